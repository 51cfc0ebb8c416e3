//! `qun whatif`: answers changed, and what would have to change.

use super::why::{Format, candidates, near};
use super::{Door, Ending, Told, base};
use anyhow::{Result, bail};
use clap::Args;
use qun::advice::Adviser;
use qun::answer::Answers;
use qun::diagnostic::{At, Files, Place};
use qun::fact::{Kind, find};
use qun::ids::CandidateRef;
use qun::kb::{Keep, KnowledgeBase};
use qun::profile::{Value, Written, check};
use qun::report::whatif as report;
use qun::text::harmless_line;
use qun::whatif::{each, lead, open};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Whatif {
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
    #[arg(long, value_name = "FACT=VALUE", conflicts_with_all = ["lead", "open", "each"])]
    set: Vec<String>,
    #[arg(long = "become", value_name = "TYPE", conflicts_with_all = ["open", "each"])]
    lead: Option<String>,
    #[arg(long, value_name = "STREAM", conflicts_with = "each")]
    open: Option<String>,
    #[arg(long)]
    each: bool,
    #[arg(long, value_enum, default_value = "terminal")]
    format: Format,
}

impl Whatif {
    pub fn run(self, door: &Door) -> Result<Ending> {
        let kb = base::sound(door)?;
        let profile = base::profile(door, &kb, &self.profile)?;
        let answers = &profile.answers;
        let (page, value) = if let Some(name) = &self.lead {
            let at = one_of(door, &kb, name, true)?;
            let found = lead::lead(&kb, answers, at.1);
            (report::become_page(&kb, answers, at, &found, door.lang), report::json::become_it(&kb, &profile, at, &found))
        } else if let Some(name) = &self.open {
            let at = one_of(door, &kb, name, false)?;
            let found = open::open(&kb, answers, at);
            (report::open_page(&kb, answers, at, &found, door.lang), report::json::open_it(&kb, &profile, at, &found))
        } else if let Some(each) = self.each.then(|| each::each(&kb, answers)).flatten() {
            (report::each(&kb, answers, &each, door.lang), report::json::each(&kb, &profile, &each))
        } else if self.set.is_empty() {
            bail!(door.fill("whatif.one-thing", &[]));
        } else {
            let changed = changed(door, &kb, answers, &self.set)?;
            let adviser = Adviser::new(&kb);
            let (before, after) =
                (adviser.advise_with(answers, &profile.streams), adviser.advise_with(&changed, &profile.streams));
            let (before, after) = ((answers, &before), (&changed, &after));
            (report::effect(&kb, before, after, door.lang), report::json::effect(&kb, &profile, before, after))
        };
        self.format.print(door, &[page], &value)?;
        Ok(Ending::Done)
    }
}

/// The candidate of that name, of the first leader decision or of one that keeps all.
fn one_of(door: &Door, kb: &KnowledgeBase, name: &str, leads: bool) -> Result<CandidateRef> {
    let first = lead::decision(kb);
    let fits = |at: &CandidateRef| if leads { Some(at.0) == first } else { kb.decisions[at.0].keep == Keep::All };
    if let Some(at) = candidates(kb, name).into_iter().find(fits) {
        return Ok(at);
    }
    let heading = first.map_or("", |first| kb.decisions[first].heading.get(door.lang));
    let given = harmless_line(name);
    let headline = if leads {
        door.fill("whatif.not-leader", &[("given", &given), ("heading", heading)])
    } else {
        door.fill("whatif.not-stream", &[("given", &given)])
    };
    let near = near(kb, name).map(|near| door.fill("near.help", &[("near", &harmless_line(&near))]));
    bail!(near.map_or(headline.clone(), |near| format!("{headline}\n{}: {near}", qun::words::say("level.help", door.lang))))
}

/// The answers with every `fact=value` made, read as profiles are.
fn changed(door: &Door, kb: &KnowledgeBase, answers: &Answers, given: &[String]) -> Result<Answers> {
    let mut files = Files::default();
    let mut written: Option<Written> = None;
    for one in given {
        let file = files.add("--set", one);
        let Some((key, value)) = one.split_once(['=', '＝']) else {
            bail!(door.fill("whatif.bad-set", &[("given", &harmless_line(one))]));
        };
        let at = |span| Place { file, span };
        let start = one.len() - value.len();
        let (key_at, value_at) = (at(0..key.len()), at(start..one.len()));
        let kind = find(&kb.facts, key.trim()).map(|fact| &kb.facts[fact].kind);
        let value = value.trim();
        let value = match kind {
            Some(Kind::Number(_)) if !qun::fact::is_unknown(value) => Value::Number(value.to_owned()),
            Some(Kind::Choices { .. }) => Value::List(
                value
                    .split([',', '，', ';', '；', '、', '|'])
                    .map(|item| At { value: item.trim().to_owned(), place: value_at.clone() })
                    .collect(),
            ),
            _ => Value::Text(value.to_owned()),
        };
        let written = written.get_or_insert_with(|| Written::empty(key_at.clone()));
        written.entries.push((At { value: key.trim().to_owned(), place: key_at }, At { value, place: value_at }));
    }
    let mut faults = Vec::new();
    let Some(written) = written else { return Ok(answers.clone()) };
    let set = check::check(&kb.facts, &written, &mut faults).answers;
    if !faults.is_empty() {
        base::complain(door, &faults, &files);
        return Err(Told(Ending::CouldNotRun).into());
    }
    let mut found = answers.clone();
    for fact in kb.facts.ids() {
        match set.get(fact) {
            Some(answer) => found.set(fact, Some(answer)),
            None if set.is_declined(fact) => found.decline(fact),
            None => {}
        }
    }
    Ok(found)
}
