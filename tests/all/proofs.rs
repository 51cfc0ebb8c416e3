//! Proofs against brute force: whatever is claimed about all profiles is held
//! against every profile there is, on the toy base and on random small ones.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it finds nothing")]

use super::support::{domains, toy, toy_folder};
use crate::thorough::thorough;
use qun::answer::Answers;
use qun::diagnostic::Files;
use qun::engine::chain::chain;
use qun::engine::judge::Judge;
use qun::engine::kernel::Readiness;
use qun::ids::{CandidateRef, FactId};
use qun::kb::rules::Standing;
use qun::kb::{Folder, Keep, KnowledgeBase};
use qun::proof::outcome::{chosen, sorted};
use qun::proof::pivots::turns;
use qun::proof::solve::Outcome;
use qun::proof::space::Edit;
use qun::proof::{Part, Proofs};
use qun::truth::Truth;
use std::fmt::Write;

/// Every profile: each fact that a condition reads has every answer that
/// conditions can tell apart, or none.
fn profiles(kb: &KnowledgeBase) -> Vec<Answers> {
    let rules = || kb.invariants.iter().flat_map(|rule| rule.when.iter().chain(&rule.unless));
    let read = |fact: FactId| {
        kb.facts[fact].options_of.is_some() || kb.conditions().chain(rules()).any(|when| qun::proof::idle::reads(when, fact))
    };
    let mut found = vec![Answers::unknown(kb.facts.len())];
    for (fact, domain) in domains(kb).pairs().filter(|(fact, _)| read(*fact)) {
        let mut next = Vec::new();
        for partial in &found {
            for answer in std::iter::once(None).chain(domain.iter().copied().map(Some)) {
                let mut more = partial.clone();
                more.set(fact, answer);
                next.push(more);
            }
        }
        found = next;
    }
    found
}

fn is_full(kb: &KnowledgeBase, answers: &Answers) -> bool {
    kb.facts.ids().all(|fact| answers.get(fact).is_some() || !kb.conditions().any(|when| qun::proof::idle::reads(when, fact)))
}

fn agree(what: &str, brute: bool, proven: &Outcome<Answers>) {
    match proven {
        Outcome::Shown(_) => assert!(brute, "{what}: shown, and no profile has it"),
        Outcome::Impossible => assert!(!brute, "{what}: said to be impossible, and a profile has it"),
        Outcome::Undecided => panic!("{what}: not decided on a small base"),
    }
}

/// Holds every proof about a base against all of its profiles; how many of them said no.
fn hold_against_brute_force(kb: &KnowledgeBase, name: &str) -> usize {
    let all = profiles(kb);
    let proofs = Proofs::of(kb);
    let judge = Judge::new(kb);
    let mut refusals = 0;
    let mut check = |what: &str, brute: bool, proven: &Outcome<Answers>| {
        refusals += usize::from(*proven == Outcome::Impossible);
        agree(&format!("{name}, {what}"), brute, proven);
    };
    for answers in all.iter().step_by(7) {
        let judged = judge.judge(answers);
        for (decision, outcome) in judged.decisions.pairs() {
            match kb.decisions[decision].keep {
                Keep::Leaders => assert_eq!(outcome.chosen(), chosen(kb, answers, decision, None)),
                Keep::All => {
                    for one in outcome.sorted() {
                        assert_eq!(one.readiness(), sorted(kb, answers, (decision, one.account.candidate), None));
                    }
                }
            }
        }
    }
    for (decision, reaches) in proofs.reach.pairs() {
        for (candidate, reach) in reaches.pairs() {
            let wins = |answers: &&Answers| chosen(kb, answers, decision, None).leader() == Some(candidate);
            let brute = all.iter().filter(|answers| is_full(kb, answers)).any(|answers| wins(&answers));
            check(&format!("{candidate:?} of {decision:?} wins"), brute, &reach.found);
            if let Outcome::Shown(witness) = &reach.found {
                assert_eq!(judge.judge(witness).decisions[decision].leader(), Some(candidate));
                assert!(kb.facts.ids().all(|fact| witness.get(fact).is_some()), "a witness is a full profile");
            }
        }
    }
    for condition in &proofs.conditions {
        let one = kb.candidate(condition.at.0, condition.at.1);
        let when = match condition.part {
            Part::Evidence(line) => &one.evidence[line].when,
            Part::Need(need) => &one.needs[need].when,
        };
        let comes_out = |wanted| all.iter().any(|answers| when.truth(answers, &chain(kb, answers, condition.at.0)) == wanted);
        check(&format!("{:?} of {:?} holds", condition.part, condition.at), comes_out(Truth::Yes), &condition.holds);
        check(&format!("{:?} of {:?} fails", condition.part, condition.at), comes_out(Truth::No), &condition.fails);
    }
    for (line, proven) in &proofs.lines {
        let brute = all.iter().any(|answers| match kb.decisions[line.0].keep {
            Keep::Leaders => chosen(kb, answers, line.0, None) != chosen(kb, answers, line.0, Some(*line)),
            Keep::All => sorted(kb, answers, (line.0, line.1), None) != sorted(kb, answers, (line.0, line.1), Some(*line)),
        });
        check(&format!("line {line:?} turns"), brute, proven);
    }
    let places: Vec<CandidateRef> =
        (kb.decisions.pairs()).flat_map(|(number, one)| one.candidates.ids().map(move |candidate| (number, candidate))).collect();
    let turned = |edit: Edit| all.iter().any(|answers| places.iter().any(|at| turns(kb, answers, edit, *at)));
    for (fact, proven) in &proofs.facts {
        check(&format!("fact {fact:?} turns"), turned(Edit { fact: *fact, option: None }), proven);
    }
    for ((fact, option), proven) in &proofs.options {
        check(&format!("option {option:?} of {fact:?} turns"), turned(Edit { fact: *fact, option: Some(*option) }), proven);
    }
    for one in &proofs.standings {
        let open = |answers: &Answers| sorted(kb, answers, one.at, None) == Readiness::Open;
        check(&format!("{:?} open", one.at), all.iter().any(open), &one.open);
        let is_well = |group: Readiness| matches!(group, Readiness::Open | Readiness::Keep | Readiness::InPlace);
        let shut = all.iter().filter(|answers| is_full(kb, answers)).any(|answers| !is_well(sorted(kb, answers, one.at, None)));
        check(&format!("{:?} shut", one.at), shut, &one.shut);
    }
    for (rule, proven) in kb.invariants.iter().zip(&proofs.breaches) {
        let brute = all.iter().any(|answers| {
            let kept = chain(kb, answers, rule.decision);
            let yes = |when: &Option<qun::condition::Condition>| when.as_ref().map(|when| when.truth(answers, &kept).is_yes());
            let at = (rule.decision, rule.candidate);
            let stands = match rule.standing {
                Standing::Leader => chosen(kb, answers, rule.decision, None).leader() == Some(rule.candidate),
                Standing::Chosen => chosen(kb, answers, rule.decision, None).contains(rule.candidate),
                Standing::Open => sorted(kb, answers, at, None) == Readiness::Open,
                Standing::Confirm => sorted(kb, answers, at, None) == Readiness::Confirm,
                Standing::Later => sorted(kb, answers, at, None) == Readiness::Later,
                Standing::Keep => sorted(kb, answers, at, None) == Readiness::Keep,
                Standing::Mend => sorted(kb, answers, at, None) == Readiness::Mend,
            };
            stands && yes(&rule.when).unwrap_or(true) && !yes(&rule.unless).unwrap_or(false)
        });
        check(&format!("invariant {}", rule.id), brute, proven);
    }
    refusals
}

#[test]
fn proofs_about_the_toy_base_hold_over_all_of_its_profiles() {
    assert!(profiles(&toy()).len() > 1_000);
    hold_against_brute_force(&toy(), "toy");
}

/// A small generator of pseudo-random numbers (D. H. Lehmer), the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0 * 48_271 % 0x7fff_ffff;
        usize::try_from(self.0 / 7).unwrap() % sides
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.roll(all.len())]
    }

    fn condition(&mut self, depth: usize, decision: usize) -> String {
        let atoms = if decision == 0 { 6 } else { 9 };
        match self.roll(if depth == 0 { atoms } else { atoms + 3 }) {
            0 => format!("{{ is = [\"pet\", \"{}\"] }}", self.of(&["cat", "dog", "fish"])),
            1 => format!("{{ is = [\"pet\", [\"{}\", \"fish\"]] }}", self.of(&["cat", "dog"])),
            2 => format!("{{ has = [\"toys\", \"{}\"] }}", self.of(&["ball", "none"])),
            3 => "{ has = [\"toys\", [\"ball\", \"wool\"]] }".to_owned(),
            4 => format!("{{ {} = [\"size\", 8] }}", self.of(&["at-least", "below"])),
            5 => "{ yes = \"walks\" }".to_owned(),
            6 | 7 if decision > 0 => {
                format!("{{ chosen = [\"kind\", \"{}\"] }}", self.of(&["aquatic", "canine", "feline"]))
            }
            8 if decision == 1 => "{ chosen = [\"kind\", \"feline\"] }".to_owned(),
            8 if decision > 1 => format!("{{ chosen = [\"style\", \"{}\"] }}", self.of(&["calm", "lively"])),
            other => {
                let (one, two) = (self.condition(depth - 1, decision), self.condition(depth - 1, decision));
                match other % 3 {
                    0 => format!("{{ all = [{one}, {two}] }}"),
                    1 => format!("{{ any = [{one}, {two}] }}"),
                    _ => format!("{{ not = {one} }}"),
                }
            }
        }
    }
}

/// The toy base with random evidence, needs and invariants on four facts.
fn random_base(seed: u64) -> Folder {
    let mut dice = Dice(seed * 7_919 + 1);
    let mut folder = toy_folder();
    folder.files.retain(|(path, _)| !path.starts_with("cases/"));
    for (path, text) in &mut folder.files {
        let decision = ["kinds/", "styles/", "offers/"].iter().position(|prefix| path.starts_with(prefix));
        let Some(decision) = decision else { continue };
        text.truncate(text.find("[[evidence]]").unwrap());
        for line in 0..2 + dice.roll(3) {
            let strength = dice.of(&["strong", "clear", "slight", "against", "strong-against", "clear"]);
            let when = dice.condition(1, decision);
            let _ = writeln!(
                text,
                "[[evidence]]\ntrait = {{ zh = \"第{line}条\", en = \"Line {line}\" }}\nwhen = {when}\nstrength = \"{strength}\"\nsource = \"judgement\"\n"
            );
        }
        for need in 0..if decision == 2 { 1 + dice.roll(2) } else { 0 } {
            let (when, fixed) = (dice.condition(1, decision), dice.roll(3) == 0);
            let _ = writeln!(
                text,
                "[[need]]\nlacks = {{ zh = \"缺{need}\", en = \"Lacks {need}\" }}\nwhen = {when}\nsource = \"judgement\"\nfixed = {fixed}\n"
            );
        }
    }
    let mut rules = String::new();
    for rule in 0..3 {
        let (candidate, group, decision) = match dice.roll(3) {
            0 => ("offer/walking", dice.of(&["open", "confirm", "later"]), 2),
            1 => ("offer/grooming", "open", 2),
            _ => ("style/calm", dice.of(&["leader", "chosen"]), 1),
        };
        let key = dice.of(&["unless", "when"]);
        let condition = dice.condition(1, decision);
        let _ = writeln!(
            rules,
            "[[never]]\nid = \"rule-{rule}\"\nsays = {{ zh = \"不可。\", en = \"Never.\" }}\ncandidate = \"{candidate}\"\ngroup = \"{group}\"\n{key} = {condition}\n"
        );
    }
    folder.files.push(("invariants.toml".to_owned(), rules));
    folder.files.sort();
    folder
}

fn random_bases_hold(seeds: std::ops::Range<u64>) {
    let mut refusals = 0;
    for seed in seeds.step_by(thorough(1, 8)) {
        let kb =
            KnowledgeBase::load(&random_base(seed), &mut Files::default()).unwrap_or_else(|faults| panic!("{seed}: {faults:?}"));
        refusals += hold_against_brute_force(&kb, &format!("seed {seed}"));
    }
    assert!(refusals > thorough(100, 10), "the random bases also have what cannot be: {refusals}");
}

#[test]
fn proofs_hold_over_all_profiles_of_the_first_fifty_random_bases() {
    random_bases_hold(1..51);
}

#[test]
fn proofs_hold_over_all_profiles_of_the_second_fifty_random_bases() {
    random_bases_hold(51..101);
}

#[test]
fn proofs_hold_over_all_profiles_of_the_third_fifty_random_bases() {
    random_bases_hold(101..151);
}

#[test]
fn proofs_hold_over_all_profiles_of_the_fourth_fifty_random_bases() {
    random_bases_hold(151..201);
}

#[test]
fn a_witness_written_as_a_profile_reads_back_as_the_same_answers() {
    let kb = toy();
    for answers in profiles(&kb).iter().filter(|answers| answers.known() > 0) {
        let text = qun::profile::toml::write(&kb.facts, answers);
        let read = qun::profile::read(&kb.facts, "witness.toml", text.as_bytes(), &mut Files::default()).unwrap();
        assert_eq!(read.answers, *answers, "{text}");
    }
}
