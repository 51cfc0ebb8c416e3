//! The sentences of a comparison of bases.

use crate::answer::Answers;
use crate::diff::Diff;
use crate::diff::changes::{Change, Detail, How, Step};
use crate::diff::entries::{Kind, Leaf};
use crate::diff::flips::Pair;
use crate::diff::joint::Side;
use crate::diff::verdicts::{Because, Counts, Moved};
use crate::engine::kernel::{Chosen, Readiness};
use crate::ids::{CandidateId, DecisionId};
use crate::report::page::{Block, Extent};
use crate::report::show;
use crate::text::Lang;
use crate::truth::Truth;
use crate::words;

/// How many lines a usual page names as the reason of one verdict.
const REASONS: usize = 3;

/// What writes the page.
#[derive(Clone, Copy)]
pub struct Writer<'a> {
    pub diff: &'a Diff<'a>,
    pub lang: Lang,
    pub extent: Extent,
}

impl Writer<'_> {
    pub fn say(&self, key: &str) -> String {
        words::say(key, self.lang).to_owned()
    }

    pub fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        words::fill(key, self.lang, gaps)
    }

    pub fn colon(&self) -> String {
        self.say("diff.colon")
    }

    pub fn list(&self, parts: impl Iterator<Item = String>) -> String {
        parts.collect::<Vec<_>>().join(&self.say("diff.joint"))
    }

    pub fn kind(&self, kind: Kind) -> String {
        self.say(&format!("diff.kind.{}", kind.id()))
    }

    pub fn standing(&self, readiness: Readiness) -> String {
        self.say(&format!("group.{}", readiness.id()))
    }

    /// Points, of which a usual page lists so many.
    pub fn points(&self, mut lines: Vec<String>, most: usize) -> Vec<Block> {
        let more = lines.len().saturating_sub(most);
        if self.extent == Extent::Full || more == 0 {
            return if lines.is_empty() { Vec::new() } else { vec![Block::Points(lines)] };
        }
        lines.truncate(most);
        vec![Block::Points(lines), Block::Text(self.fill("diff.more", &[("n", &more.to_string())]))]
    }

    /// A change in a sentence.
    pub fn change(&self, change: &Change) -> String {
        let kind = self.kind(change.kind);
        let id = change.was.as_ref().map_or_else(|| change.id.clone(), |was| format!("{was} → {}", own(&change.id)));
        let name = change.name.as_ref().filter(|_| change.kind != Kind::Manifest);
        let named = name.map(|name| self.fill("diff.named", &[("name", name.get(self.lang))])).unwrap_or_default();
        let thing = self.fill("diff.thing", &[("kind", &kind), ("id", &id), ("name", &named)]);
        let details = self.details(change);
        let key = match (change.how, details.is_empty()) {
            (How::Added, true) => "diff.sentence.added",
            (How::Added, false) => "diff.sentence.added-with",
            (How::Removed, true) => "diff.sentence.removed",
            (How::Removed, false) => "diff.sentence.removed-with",
            (How::Changed, _) => "diff.sentence.changed",
        };
        self.fill(key, &[("thing", &thing), ("details", &details)])
    }

    fn details(&self, change: &Change) -> String {
        let is_words = |detail: &&Detail| change.how == How::Changed && detail.step == Step::Patch;
        let (plain, other): (Vec<&Detail>, Vec<&Detail>) = change.details.iter().partition(is_words);
        let mut parts: Vec<String> = other.into_iter().map(|detail| self.detail(change.how, detail)).collect();
        if !plain.is_empty() {
            // Of the variants of a text it is enough that some are worded otherwise.
            let whole = |detail: &Detail| detail.key.split(".variant[").next().unwrap_or_default().to_owned();
            let mut keys: Vec<String> = plain.into_iter().map(whole).collect();
            keys.dedup();
            let keys = self.list(keys.iter().map(|key| self.key(key)));
            parts.push(self.fill("diff.sentence.words-of", &[("keys", &keys)]));
        }
        parts.join(&self.say("diff.part-joint"))
    }

    fn detail(&self, how: How, detail: &Detail) -> String {
        let (key, none) = (self.key(&detail.key), self.say("diff.nothing"));
        // A label that is another one in the other language only is told in that.
        let lang = match (&detail.old, &detail.new) {
            (Some(Leaf::Text(old)), Some(Leaf::Text(new))) if old.get(self.lang) == new.get(self.lang) => other(self.lang),
            _ => self.lang,
        };
        let said = |side: Side, leaf: &Option<Leaf>| {
            leaf.as_ref().map_or_else(|| none.clone(), |leaf| self.leaf(side, &detail.key, leaf, lang))
        };
        let (old, new) = (said(Side::Old, &detail.old), said(Side::New, &detail.new));
        match how {
            How::Changed => self.fill("diff.sentence.detail", &[("key", &key), ("old", &old), ("new", &new)]),
            How::Added => format!("{key}{}{new}", self.colon()),
            How::Removed => format!("{key}{}{old}", self.colon()),
        }
    }

    /// A key in words, or as it is written if it has none.
    fn key(&self, key: &str) -> String {
        words::find(&format!("diff.key.{key}")).map_or_else(|| key.to_owned(), |text| text.get(self.lang).to_owned())
    }

    fn leaf(&self, side: Side, key: &str, leaf: &Leaf, lang: Lang) -> String {
        let kb = self.diff.bases.of(side);
        match leaf {
            Leaf::Text(text) => self.fill("diff.quoted", &[("text", text.get(lang))]),
            Leaf::When(_, Some(condition)) => show::condition(kb, condition, self.lang),
            Leaf::Plain(written) if key == "strength" => {
                let points = kb.strengths.iter().find(|(name, _)| name == written).map_or(0, |(_, points)| *points);
                format!("{written} ({points:+})")
            }
            Leaf::Plain(written) | Leaf::When(written, None) => written.clone(),
        }
    }

    /// What became of a case or profile: who is kept, and why.
    pub fn moved(&self, name: &str, id: &str, moved: &Moved) -> String {
        let [old, new] = [self.diff.bases.old, self.diff.bases.new];
        let mut parts: Vec<String> = Vec::new();
        for one in &moved.leaders {
            let heading = old.decisions[one.decision[0]].heading.get(self.lang);
            let before = self.kept(Side::Old, one.decision[0], one.before);
            let after = self.kept(Side::New, one.decision[1], one.after);
            let because = self.because(&one.because);
            let gaps = [("decision", heading), ("before", &before), ("after", &after), ("because", &because)];
            parts.push(self.fill(if because.is_empty() { "diff.sentence.led-by-others" } else { "diff.sentence.led" }, &gaps));
        }
        let stood = moved.stands.iter().filter(|_| moved.leaders.is_empty()).map(|one| {
            let name = new.candidate(one.decision[1], one.candidate[1]).name.get(self.lang);
            let (before, after) = (self.standing(one.before), self.standing(one.after));
            self.fill("diff.sentence.stood-short", &[("name", name), ("before", &before), ("after", &after)])
        });
        parts.extend(stood.take(REASONS));
        let id = if id.is_empty() { String::new() } else { self.fill("diff.id", &[("id", id)]) };
        format!("{name}{id}{}{}", self.colon(), parts.join(&self.say("diff.part-joint")))
    }

    fn kept(&self, side: Side, decision: DecisionId, kept: Chosen) -> String {
        let kb = self.diff.bases.of(side);
        let names: Vec<&str> = kept.iter().map(|one| kb.candidate(decision, one).name.get(self.lang)).collect();
        if names.is_empty() { self.say("diff.nobody") } else { names.join(" + ") }
    }

    /// The lines and needs that did it, those that did most first.
    pub fn because(&self, because: &[Because]) -> String {
        let most = if self.extent == Extent::Full { usize::MAX } else { REASONS };
        let one = |one: &Because| {
            let text = one.text.get(self.lang);
            let gaps = [("text", text), ("candidate", one.candidate.as_str()), ("id", one.id.as_str())];
            match one.counts {
                Counts::Points(before, after) => {
                    let signed = |points: i32| if points == 0 { points.to_string() } else { format!("{points:+}") };
                    let points = [("before", signed(before)), ("after", signed(after))];
                    let points = points.iter().map(|(gap, text)| (*gap, text.as_str()));
                    self.fill("diff.sentence.line-counts", &gaps.into_iter().chain(points).collect::<Vec<_>>())
                }
                Counts::Need(before, after) => {
                    let (before, after) = (self.met(before), self.met(after));
                    let needs = [("before", before.as_str()), ("after", after.as_str())];
                    self.fill("diff.sentence.need-counts", &gaps.into_iter().chain(needs).collect::<Vec<_>>())
                }
            }
        };
        let more = because.len().saturating_sub(most);
        let more = (more > 0).then(|| self.fill("diff.more-lines", &[("n", &more.to_string())]));
        self.list(because.iter().take(most).map(one).chain(more))
    }

    fn met(&self, truth: Option<Truth>) -> String {
        self.say(match truth {
            None => "diff.need.absent",
            Some(Truth::Yes) => "diff.need.met",
            Some(Truth::No) => "diff.need.lacking",
            Some(Truth::Unknown) => "diff.need.unknown",
        })
    }

    /// The names of a pair.
    pub fn between(&self, decision: [DecisionId; 2], pair: &Pair) -> String {
        let name = |side: Side, one: Option<CandidateId>| {
            let kb = self.diff.bases.of(side);
            one.map_or_else(
                || self.say("diff.nobody"),
                |one| kb.candidate(decision[side as usize], one).name.get(self.lang).to_owned(),
            )
        };
        format!("{} → {}", name(Side::Old, pair.from), name(Side::New, pair.to))
    }

    /// A profile of the old base in words.
    pub fn profile(&self, answers: &Answers) -> String {
        let facts = self.diff.bases.old.facts.pairs();
        let given = facts.filter_map(|(number, fact)| {
            let answer = answers.get(number)?;
            Some(format!("{}{}{}", fact.label.get(self.lang), self.colon(), fact.words(answer, self.lang)))
        });
        let given: Vec<String> = given.collect();
        if given.is_empty() { self.say("diff.no-answers") } else { given.join(&self.say("diff.answer-joint")) }
    }
}

/// The id of a line without its file.
fn own(id: &str) -> &str {
    id.rsplit('#').next().unwrap_or(id)
}

fn other(lang: Lang) -> Lang {
    if lang == Lang::Zh { Lang::En } else { Lang::Zh }
}
