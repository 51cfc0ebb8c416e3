//! Rules, trades, platforms, clashes, effort and texts with slots: what is read,
//! what is said, and which faults are found. `tests/toy-more` is laid over the toy base.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::support::{faults, toy_folder};
use qun::answer::{Answer, Answers};
use qun::diagnostic::Files;
use qun::ids::{CandidateId, NeedId, OptionId, OptionSet, TradeId};
use qun::kb::law::{Concern, Sure};
use qun::kb::{CaseOutcome, Folder, KnowledgeBase, Teller};
use qun::text::Lang;
use std::path::Path;

/// What is changed in the toy base besides the new files: file, old, new.
const CHANGES: &[(&str, &str, &str)] = &[
    ("qun.toml", "hours = 4", "hours = 8\nfact = \"owners\""),
    ("qun.toml", "facts = [\"all\"]", "facts = [\"all\", \"more\"]"),
    (
        "qun.toml",
        "[units]",
        "[words]\npeople = { zh = \"主人\", en = \"owners\" }\n\n[[measured]]\ndecision = \"offer\"\nfirst = 75\nauc = 90\nnever = 5\nhides = [\"owners\"]\n\n[[measured]]\ndecision = \"kind\"\nkept = 75\n\n\
         [counts]\ncases = 2\nfacts = 9\n\n\
         [deadline]\nfact = \"soon\"\nweeks = { week = 1, month = 4 }\n\n[units]",
    ),
    ("qun.toml", "hybrid-margin = 3", "hybrid-margin = 3\nsecond-floor = 4\ngap-margin = 2"),
    ("offers/walking.toml", "fixed = true", "fixed = true\nproven-by-running = true\nid = \"not-too-heavy\""),
    (
        "offers/walking.toml",
        "[text.step]\nzh = \"今天去遛一圈。\"\nen = \"Go for one walk today.\"\nsource = \"judgement\"\n",
        "[effort]\nsetup-hours = [2, 6]\nweekly-hours = [1, 1]\nfirst-cash-weeks = [0, 2]\nsource = \"book#1\"\n\n\
         [text.step]\nzh = \"今天替一位{people}遛一圈。\"\nen = \"Walk for one of the {people} today.\"\nsource = \"judgement\"\n\
         [[text.step.variant]]\nwhen = { is = [\"pet\", \"dog\"] }\nzh = \"{name}有 {owners} 位主人。\"\nen = \"{name} has {owners} owners.\"\nsource = \"book#2\"\n\
         [[text.step.variant]]\nwhen = { is = [\"pet\", [\"dog\", \"cat\"]] }\nzh = \"遛{pet}。\"\nen = \"Walk the {pet}.\"\n",
    ),
    ("offers/grooming.toml", "[text.step]", "[effort]\nfirst-cash-weeks = [2, 4]\nsource = \"book#1\"\n\n[text.step]"),
    (
        "qun.toml",
        "  { id = \"sign\", heading = { zh = \"标志\", en = \"Sign\" } },\n",
        "  { id = \"sign\", heading = { zh = \"标志\", en = \"Sign\" } },\n\
         \u{20} { id = \"law\", heading = { zh = \"法律\", en = \"Law\" }, optional = true },\n]\n\n\
         [[decisions]]\nid = \"care\"\nfolder = \"cares\"\nkeep = \"all\"\nheading = { zh = \"照料\", en = \"Care\" }\nsections = [\n",
    ),
    (
        "cases/rex.toml",
        "[expect]",
        "outcome = \"runs\"\nunseen = true\n[runs]\nstreams = [\"grooming\"]\nmost = \"walking\"\n\
         [facts-of-record]\nsize = { zh = \"十只\", en = \"Ten of them\" }\nsource = \"book#1\"\n[expect]",
    ),
];

fn change(folder: &mut Folder, path: &str, old: &str, new: &str) {
    let (_, text) = folder.files.iter_mut().find(|(name, _)| name == path).unwrap_or_else(|| panic!("no file {path}"));
    assert!(text.contains(old), "{path} has no {old:?}");
    *text = text.replacen(old, new, 1);
}

pub fn folder() -> Folder {
    let mut folder = toy_folder();
    let (more, _) = Folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/toy-more")).unwrap();
    folder.files.extend(more.files);
    folder.files.sort();
    for (path, old, new) in CHANGES {
        change(&mut folder, path, old, new);
    }
    folder
}

pub fn base() -> KnowledgeBase {
    assert_eq!(faults(&folder()), [""; 0]);
    KnowledgeBase::load(&folder(), &mut Files::default()).unwrap()
}

fn answers(kb: &KnowledgeBase, given: &[(&str, Answer)]) -> Answers {
    let mut answers = Answers::unknown(kb.facts.len());
    for (fact, answer) in given {
        answers.set(kb.fact(fact).unwrap(), Some(*answer));
    }
    answers
}

fn dog() -> (&'static str, Answer) {
    ("pet", Answer::Choice(OptionId::new(1)))
}

#[test]
fn everything_written_is_in_the_base() {
    let kb = base();
    assert_eq!((kb.gap_margin, kb.second_floor, kb.counts.cases, kb.counts.hybrids), (2, 4, Some(2), None));
    let offer = kb.decision("offer").unwrap();
    let measured = kb.measured(offer).unwrap();
    assert_eq!((measured.first, measured.auc, measured.never, measured.kept), (Some(75), Some(90), Some(5), None));
    assert_eq!(measured.hides, [kb.fact("owners").unwrap()]);
    assert_eq!(kb.measured(kb.decision("kind").unwrap()).unwrap().kept, Some(75));
    let walking = kb.decisions[offer].candidate("walking").unwrap();
    let one = kb.candidate(offer, walking);
    let effort = one.effort.as_ref().unwrap();
    assert_eq!((effort.setup_hours.unwrap().high, effort.first_cash_weeks.unwrap().low), (6, 0));
    assert!(
        one.needs[NeedId::new(1)].proven_by_running
            && one.needs[NeedId::new(1)].id == "not-too-heavy"
            && !one.needs[NeedId::new(0)].proven_by_running
    );
    let poster = &kb.decisions[kb.decision("care").unwrap()].candidates[CandidateId::new(0)];
    assert!(poster.grows && poster.done.is_some() && poster.serves == [(offer, walking)]);
    let deadline = kb.deadline.as_ref().unwrap();
    assert_eq!(
        (deadline.fact, deadline.weeks.as_slice()),
        (kb.fact("soon").unwrap(), [(OptionId::new(0), 1), (OptionId::new(1), 4)].as_slice())
    );
    assert_eq!((kb.plan.fact, kb.plan.hours), (kb.fact("owners"), 8));
    let rex = kb.cases.iter().find(|case| case.id == "rex").unwrap();
    let runs = rex.runs.as_ref().unwrap();
    assert_eq!((runs.streams.len(), runs.most), (2, Some((offer, walking))));
    assert!(rex.unseen && rex.outcome == Some(CaseOutcome::Runs) && rex.record.as_ref().unwrap().size.is_some());
    assert_eq!(kb.facts[kb.fact("earns-most").unwrap()].options_of, Some(offer));
    let trade = kb.trade_in(&answers(&kb, &[("trade", Answer::Choice(OptionId::new(0)))])).unwrap();
    assert_eq!((trade.prices[0].low, trade.prices[0].high), (10_000, 12_500));
    assert_eq!((trade.role(2).unwrap().people, trade.role(9).unwrap().people), (1, 3));
    assert!(kb.trade_in(&answers(&kb, &[("trade", Answer::Choice(OptionId::new(1)))])).is_none());
    assert_eq!(kb.platforms[trade.platforms[0]].streams, [(offer, walking)]);
}

#[test]
fn an_offer_a_price_and_a_message_speak_to_those_they_are_meant_for() {
    let kb = base();
    let offer = kb.decision("offer").unwrap();
    let walking = (offer, kb.decisions[offer].candidate("walking").unwrap());
    let told = |owners: Option<i64>| {
        let trade = ("trade", Answer::Choice(OptionId::new(0)));
        let known: Vec<_> = owners.map(|number| ("owners", Answer::Number(number))).into_iter().chain([trade]).collect();
        let answers = answers(&kb, &known);
        let teller = Teller { kb: &kb, answers: &answers, name: None };
        let trade = kb.trade_in(&answers).unwrap();
        let said = [&trade.offer(walking, &answers).unwrap().text, &trade.message("invitation", &answers).unwrap().text];
        (said.map(|text| teller.fill(text, Lang::En)), trade.prices(&answers).count())
    };
    assert_eq!(told(Some(9)), (["A walk for five dogs.".to_owned(), "Five dogs walk together.".to_owned()], 2));
    assert_eq!(told(Some(2)).0[0], "A walk for dog owners.");
    assert_eq!(told(Some(2)).1, 1);
    assert_eq!(told(None).0[0], "A walk for dog owners.", "what is not certain is not said");
}

#[test]
fn a_rule_stands_by_whom_it_concerns_and_what_it_asks() {
    let kb = base();
    let offer = kb.decision("offer").unwrap();
    let walking = kb.decisions[offer].candidate("walking").unwrap();
    let (_, rule) = kb.rules_on((offer, walking)).next().unwrap();
    assert_eq!((rule.sure, rule.obtainable, rule.only_informs()), (Sure::High, true, false));
    let concern = |given: &[(&str, Answer)]| rule.concern(&answers(&kb, given));
    assert_eq!(concern(&[]), Concern::Open);
    assert_eq!(concern(&[("walks", Answer::YesNo(false))]), Concern::Open, "it may be no dog");
    assert_eq!(concern(&[("pet", Answer::Choice(OptionId::new(0)))]), Concern::None);
    assert_eq!(concern(&[dog()]), Concern::Check);
    assert_eq!(concern(&[dog(), ("walks", Answer::YesNo(true))]), Concern::Met);
    assert_eq!(concern(&[dog(), ("walks", Answer::YesNo(false))]), Concern::Broken);
}

#[test]
fn a_clash_is_told_only_when_it_is_certain() {
    let kb = base();
    let found = |given: &[(&str, Answer)]| kb.clashes_in(&answers(&kb, given)).count();
    let runs = ("does-now", Answer::Choices(OptionSet::of(kb.facts[kb.fact("does-now").unwrap()].option("walking").unwrap())));
    assert_eq!(found(&[("pet", Answer::Choice(OptionId::new(2))), runs]), 1);
    assert_eq!(found(&[dog(), runs]), 0);
    assert_eq!(found(&[runs]), 0);
}

#[test]
fn the_first_variant_that_applies_and_can_be_said_is_said() {
    let kb = base();
    let offer = kb.decision("offer").unwrap();
    let walking = kb.candidate(offer, kb.decisions[offer].candidate("walking").unwrap());
    let step = walking.texts[kb.decisions[offer].sections.position(|one| one.id == "step").unwrap()].as_ref().unwrap();
    let said = |given: &[(&str, Answer)], name, lang| {
        let answers = answers(&kb, given);
        step.say(&Teller { kb: &kb, answers: &answers, name }, &(), lang)
    };
    let owners = ("owners", Answer::Number(12_000));
    let trade = ("trade", Answer::Choice(OptionId::new(0)));
    assert_eq!(said(&[], Some("汪"), Lang::Zh), "今天替一位主人遛一圈。");
    assert_eq!(said(&[trade], None, Lang::En), "Walk for one of the dog owners today.");
    assert_eq!(said(&[dog(), owners], Some("汪"), Lang::Zh), "汪有 1.2万 位主人。");
    assert_eq!(said(&[dog(), owners], Some("Woof"), Lang::En), "Woof has 12,000 owners.");
    assert_eq!(said(&[dog(), owners], None, Lang::Zh), "遛狗。", "a variant without a name is passed over");
    assert_eq!(said(&[("pet", Answer::Choice(OptionId::new(0)))], None, Lang::En), "Walk the Cat.");
    assert_eq!(step.text.en, "Walk for one of the owners today.");
    let trade = &kb.trades[TradeId::new(0)];
    let known = answers(&kb, &[owners]);
    let message = &trade.message("invitation", &Answers::unknown(kb.facts.len())).unwrap().text;
    let teller = Teller { kb: &kb, answers: &known, name: None };
    assert_eq!(
        (teller.say(message, Lang::En), teller.fill(message, Lang::Zh)),
        (None, "____周日遛狗，1.2万 位主人都来。".to_owned())
    );
}

#[test]
fn ids_of_lines_outlive_reordering_and_rewording() {
    let ids = |folder: &Folder| -> Vec<String> {
        let kb = KnowledgeBase::load(folder, &mut Files::default()).unwrap();
        kb.decisions.iter().flat_map(|one| &one.candidates).flat_map(|one| &one.evidence).map(|line| line.id.clone()).collect()
    };
    let old = ids(&toy_folder());
    assert!(old.iter().all(|id| id.len() == 8 && id.starts_with("e-")), "{old:?}");
    let mut reworded = toy_folder();
    change(&mut reworded, "kinds/canine.toml", "A dog is kept", "It is a dog");
    let (_, text) = reworded.files.iter_mut().find(|(name, _)| name == "kinds/feline.toml").unwrap();
    let mut parts: Vec<&str> = text.split("[[evidence]]").collect();
    parts[1..].reverse();
    *text = parts.join("[[evidence]]");
    let mut new = ids(&reworded);
    assert_eq!(new.len(), old.len());
    new.sort_unstable();
    let mut sorted = old;
    sorted.sort_unstable();
    assert_eq!(new, sorted);
}

/// One fault each.
const BROKEN: &[(&str, &str, &str, &str)] = &[
    ("qun.toml", "people = { zh", "size = { zh = \"大\", en = \"big\" }\npeople = { zh", "duplicate-id"),
    ("qun.toml", "decision = \"offer\"\nfirst", "decision = \"ofer\"\nfirst", "unknown-decision"),
    ("qun.toml", "auc = 90", "auc = 900", "setting-out-of-range"),
    ("qun.toml", "auc = 90", "kept = 90", "measure-of-other-kind"),
    ("qun.toml", "kept = 75", "never = 75", "measure-of-other-kind"),
    ("qun.toml", "kept = 75", "hides = [\"pet\"]", "measure-of-other-kind"),
    ("qun.toml", "\"owners\"]", "\"owner\"]", "unknown-fact"),
    ("qun.toml", "decision = \"kind\"\nkept = 75", "decision = \"offer\"\nfirst = 1", "duplicate-id"),
    ("rules/leads.toml", "offer/walking", "offer/wlaking", "unknown-candidate"),
    ("rules/leads.toml", "{ yes = \"walks\" }", "{ yes = \"walk\" }", "unknown-fact"),
    ("rules/leads.toml", "{ yes = \"walks\" }", "{ chosen = [\"kind\", \"feline\"] }", "not-an-earlier-choice"),
    ("rules/leads.toml", "sure = \"high\"", "sure = \"hihg\"", "unknown-sureness"),
    ("rules/leads.toml", "2020-05-01", "1 May 2020", "bad-date"),
    ("rules/leads.toml", "asks = {", "aks = {", "unknown-key"),
    ("rules/leads.toml", "sure = \"high\"", "sure = high", "broken-syntax"),
    ("trades/walkers.toml", "stream = \"walking\"", "stream = \"walkin\"", "unknown-candidate"),
    ("trades/walkers.toml", "people = { zh", "persons = { zh", "unknown-word"),
    ("trades/walkers.toml", "给{people}", "给{poeple}", "unknown-slot"),
    ("trades/walkers.toml", "high = 12.5", "high = 2.5", "empty-range"),
    ("trades/walkers.toml", "unit = \"percent\"", "unit = \"yuan\"", "unknown-unit"),
    ("trades/walkers.toml", "as-of = \"2024-11\"", "as-of = \"2024-13\"", "bad-date"),
    ("trades/walkers.toml", "id = \"board\"", "id = \"bord\"", "unknown-platform"),
    ("trades/walkers.toml", "people = 1", "people = 0", "setting-out-of-range"),
    ("facts/more.toml", "id = \"walkers\"", "id = \"wlakers\"", "unknown-option"),
    ("facts/more.toml", "options-of = \"offer\"", "options-of = \"offers\"", "unknown-decision"),
    ("platforms/board.toml", "source = \"judgement\"", "source = \"jugdement\"", "unknown-source"),
    ("clashes.toml", "\"fish\"", "\"fihs\"", "unknown-option"),
    ("offers/walking.toml", "[2, 6]", "[6, 2]", "empty-range"),
    ("offers/walking.toml", "[2, 6]", "6", "wrong-shape"),
    ("offers/walking.toml", "[2, 6]", "[-2, 6]", "setting-out-of-range"),
    ("offers/walking.toml", "zh = \"今天替一位{people}遛", "zh = \"今天替一位{pet}遛", "slot-needs-answer"),
    ("offers/walking.toml", "遛{pet}。", "遛{pte}。", "unknown-slot"),
    (
        "offers/walking.toml",
        "when = { is = [\"pet\", [\"dog\", \"cat\"]] }",
        "when = { is = [\"pet\", \"cta\"] }",
        "unknown-option",
    ),
    ("offers/walking.toml", "id = \"not-too-heavy\"", "id = \"Not too heavy\"", "bad-id"),
    ("cares/poster.toml", "serves = [\"offer/walking\"]", "serves = [\"walking\"]", "unknown-decision"),
    ("cares/poster.toml", "serves = [\"offer/walking\"]", "serves = [\"care/poster\"]", "serves-no-earlier"),
    ("cares/poster.toml", "serves = [\"offer/walking\"]", "serves = [\"kind/canine\"]", "serves-no-earlier"),
    ("cares/poster.toml", "message = \"invitation\"", "message = \"invitaton\"", "unknown-message"),
    ("rules/wool.toml", "offer/grooming", "kind/canine", "governs-a-leader"),
    ("qun.toml", "fact = \"soon\"", "fact = \"owners\"", "condition-kind"),
    ("qun.toml", "fact = \"owners\"", "fact = \"soon\"", "condition-kind"),
    ("qun.toml", "week = 1", "weak = 1", "unknown-option"),
    ("qun.toml", "month = 4", "month = 0", "setting-out-of-range"),
    ("qun.toml", "hours = 8", "hours = 169", "setting-out-of-range"),
    ("qun.toml", "hours = 8", "hour = 8", "unknown-key"),
    ("cases/rex.toml", "most = \"walking\"", "most = \"walkin\"", "unknown-candidate"),
    ("cases/rex.toml", "outcome = \"runs\"", "outcome = \"ran\"", "unknown-outcome"),
];

#[test]
fn each_fault_of_the_new_tables_is_found_and_only_that() {
    let mut wrong = Vec::new();
    for (path, old, new, name) in BROKEN {
        let mut folder = folder();
        change(&mut folder, path, old, new);
        let found = faults(&folder);
        let names: Vec<_> = found.iter().map(|fault| fault.rsplit(' ').next().unwrap()).collect();
        if names != [*name] {
            wrong.push(format!("{path}: {new:?}: expected {name}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn more_candidates_than_a_fact_can_have_options_are_refused() {
    let mut folder = toy_folder();
    let walking = include_str!("../toy/offers/walking.toml");
    folder.files.extend((0..70).map(|at| (format!("offers/item-{at:02}.toml"), walking.to_owned())));
    folder.files.sort();
    assert!(faults(&folder).iter().any(|fault| fault.ends_with("too-many-options")));
}
