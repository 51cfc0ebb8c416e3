//! What an edit does, held against both bases: edited copies of the shipped base,
//! each with the step of the version that a person decided for it beforehand.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it finds nothing")]

use super::support::{domains, toy, toy_folder};
use crate::thorough::thorough;
use qun::answer::{Answer, Answers};
use qun::diagnostic::Files;
use qun::diff::Diff;
use qun::diff::changes::Step;
use qun::diff::flips::{Flips, flips, leader};
use qun::diff::joint::{Bases, Side};
use qun::ids::{CandidateId, CaseId, DecisionId, FactId};
use qun::kb::{Folder, Keep, KnowledgeBase};
use qun::proof::solve::Outcome;
use std::collections::BTreeSet;

/// An edit: what it is, the step that it calls for, and in which files what stands
/// instead of what. Where nothing stood, it is added at the end of the file, or is
/// a file of its own; a file is taken away where neither is named.
struct Edit {
    name: &'static str,
    step: Option<Step>,
    parts: &'static [(&'static str, &'static str, &'static str)],
}

const fn edit(name: &'static str, step: Step, parts: &'static [(&'static str, &'static str, &'static str)]) -> Edit {
    Edit { name, step: Some(step), parts }
}

const LINE: &str = "\n[[evidence]]\ntrait = { zh = \"成员是邻居\", en = \"Members are neighbours of ours\" }\nwhen = { is = [\"members-are\", \"neighbours\"] }\nstrength = \"strong\"\nsource = \"judgement\"\n";
const NEED: &str = "\n[[need]]\nlacks = { zh = \"先让两个人来管。\", en = \"Let two people run it first.\" }\nwhen = { at-least = [\"people-running\", 2] }\nsource = \"judgement\"\n";
const FACT: &str = "\n[[fact]]\nid = \"keeps-minutes\"\nkind = \"yes-no\"\nnature = \"observed\"\nlabel = { zh = \"有会议记录\", en = \"Keeps minutes\" }\nquestion = { zh = \"每次活动有没有记录？\", en = \"Are minutes kept of events?\" }\nhelp = { zh = \"看上一次。\", en = \"Look at the last one.\" }\nexample = { zh = \"上周有：是。\", en = \"Last week's were: yes.\" }\nneutral = { zh = \"只作参考。\", en = \"For reference only.\" }\nsource = \"judgement\"\n";
const RULE: &str = "name = { zh = \"示例规定\", en = \"An example rule\" }\ngoverns = [\"channel/tips\"]\nwhen = { at-least = [\"members\", 100000] }\nobtainable = true\narticle = { zh = \"示例\", en = \"Example\" }\nplace = { zh = \"某地\", en = \"Somewhere\" }\nasks = { zh = \"先登记。\", en = \"Register first.\" }\nsure = \"low\"\nsource = \"common-knowledge\"\n";

const EDITS: &[Edit] = &[
    edit(
        "a strength up",
        Step::Minor,
        &[(
            "types/brand.toml",
            "when = { is = [\"talk-most\", \"name-stories\"] }\nstrength = \"strong\"",
            "when = { is = [\"talk-most\", \"name-stories\"] }\nstrength = \"decisive\"",
        )],
    ),
    edit(
        "a strength down",
        Step::Minor,
        &[(
            "types/brand.toml",
            "when = { is = [\"rival\", \"most-leave\"] }\nstrength = \"strong-against\"",
            "when = { is = [\"rival\", \"most-leave\"] }\nstrength = \"slight-against\"",
        )],
    ),
    edit("what slight is worth", Step::Minor, &[("qun.toml", "slight = 2\n", "slight = 3\n")]),
    edit("the floor", Step::Minor, &[("qun.toml", "\nfloor = 10\n", "\nfloor = 12\n")]),
    edit("the margin", Step::Minor, &[("qun.toml", "hybrid-margin = 44", "hybrid-margin = 40")]),
    edit("the temperature", Step::Minor, &[("qun.toml", "temperature = 2.5", "temperature = 2.4")]),
    edit(
        "a strength of a mode",
        Step::Minor,
        &[(
            "modes/ip-community.toml",
            "when = { is = [\"goods-kind\", \"mass\"] }\nstrength = \"against\"",
            "when = { is = [\"goods-kind\", \"mass\"] }\nstrength = \"slight-against\"",
        )],
    ),
    edit(
        "a line gone",
        Step::Minor,
        &[(
            "types/brand.toml",
            "[[evidence]]\ntrait = { zh = \"常办的活动有品牌的节日与聚会\", en = \"Gatherings held include the brand’s festivals and rallies\" }\nwhen = { has = [\"gatherings\", \"rallies\"] }\nstrength = \"strong\"\nsource = \"eight-models#5\"\n",
            "",
        )],
    ),
    edit("a line more", Step::Minor, &[("types/learning.toml", "", LINE)]),
    edit(
        "a line asks more",
        Step::Minor,
        &[(
            "types/brand.toml",
            "when = { is = [\"entry\", [\"fee\", \"pledge\", \"residence\"]] }",
            "when = { is = [\"entry\", [\"fee\", \"pledge\", \"residence\", \"open\"]] }",
        )],
    ),
    edit(
        "options in another order",
        Step::Patch,
        &[
            ("types/brand.toml", "[\"fee\", \"pledge\", \"residence\"]", "[\"pledge\", \"fee\", \"residence\"]"),
            ("types/brand.toml", "Members wear our name with pride", "Members wear our name, and proudly"),
        ],
    ),
    edit(
        "the words of a line",
        Step::Patch,
        &[("types/brand.toml", "Members wear our name with pride", "Members wear our name proudly")],
    ),
    edit(
        "a need gone",
        Step::Minor,
        &[(
            "channels/membership.toml",
            "[[need]]\nid = \"hours\"\nlacks = { zh = \"每周腾出至少 5 小时，专门兑现会员权益。\", en = \"Set aside five hours a week to deliver the benefits.\" }\nwhen = { at-least = [\"team-hours\", 5] }\nsource = \"judgement\"\n",
            "",
        )],
    ),
    edit("a need more", Step::Minor, &[("channels/tips.toml", "", NEED)]),
    edit(
        "a need asks less",
        Step::Minor,
        &[(
            "channels/membership.toml",
            "{ at-least = [\"members\", 300] }, { is = [\"entry\"",
            "{ at-least = [\"members\", 200] }, { is = [\"entry\"",
        )],
    ),
    edit(
        "the words of a need",
        Step::Patch,
        &[(
            "channels/membership.toml",
            "Help people free of charge until some come to you unasked;",
            "Help people free of charge until some come to you by themselves;",
        )],
    ),
    edit(
        "a need that cannot change",
        Step::Minor,
        &[(
            "channels/membership.toml",
            "when = { at-least = [\"team-hours\", 5] }",
            "when = { at-least = [\"team-hours\", 5] }\nfixed = true",
        )],
    ),
    edit(
        "an option more",
        Step::Minor,
        &[(
            "facts/bonds.toml",
            "  { id = \"no-offer\",",
            "  { id = \"no-telling\", label = { zh = \"说不准\", en = \"No telling\" } },\n  { id = \"no-offer\",",
        )],
    ),
    edit(
        "an option gone",
        Step::Major,
        &[
            ("facts/money.toml", "  { id = \"year\", ", "  { id = \"half-year\", "),
            ("qun.toml", "month = 4, quarter = 13, year = 52", "month = 4, quarter = 13, half-year = 26"),
        ],
    ),
    edit(
        "the label of an option",
        Step::Major,
        &[("facts/bonds.toml", "en = \"Weaker but alive\"", "en = \"Weaker and still alive\"")],
    ),
    edit(
        "the label of an option, the old one kept",
        Step::Minor,
        &[(
            "facts/bonds.toml",
            "en = \"Weaker but alive\" }",
            "en = \"Weaker and still alive\" }, former = [\"Weaker but alive\"]",
        )],
    ),
    edit(
        "a former name gone",
        Step::Major,
        &[("facts/means.toml", ", former = [\"场地\", \"A venue\"]", ", former = [\"场地\"]")],
    ),
    edit(
        "the help of a fact",
        Step::Patch,
        &[(
            "facts/bonds.toml",
            "Think of the last time this person was away for a month.",
            "Think of the last month without this person.",
        )],
    ),
    edit(
        "the label of a fact",
        Step::Major,
        &[("facts/bonds.toml", "en = \"If the main person stopped\"", "en = \"If the main person gave up\"")],
    ),
    edit(
        "the question of a fact",
        Step::Patch,
        &[("facts/bonds.toml", "stopped tomorrow, what would happen?", "gave up tomorrow, what would happen?")],
    ),
    edit("a fact more", Step::Minor, &[("facts/means.toml", "", FACT)]),
    edit("a smaller range", Step::Major, &[("facts/means.toml", "max = 1000000000", "max = 500000000")]),
    edit("a larger range", Step::Minor, &[("facts/means.toml", "max = 1000000000", "max = 2000000000")]),
    edit("a measure gone", Step::Major, &[("plays/rotate-hosts.toml", "", "")]),
    edit("a rule more", Step::Minor, &[("rules/zz-example.toml", "", RULE)]),
    edit(
        "a section's text",
        Step::Patch,
        &[(
            "types/brand.toml",
            "This is a brand community: people come for what the brand stands for.",
            "This is a brand community: people come for the brand.",
        )],
    ),
    edit("a decision's heading", Step::Patch, &[("qun.toml", "en = \"Commerce mode\"", "en = \"Mode of commerce\"")]),
    edit("the hours of a plan", Step::Minor, &[("qun.toml", "\nhours = 10\n", "\nhours = 8\n")]),
    Edit { name: "a comment", step: None, parts: &[("qun.toml", "", "\n# Nothing more.\n")] },
];

/// A base with an edit made.
fn edited(mut folder: Folder, edit: &Edit) -> Folder {
    for (path, old, new) in edit.parts {
        match folder.files.iter().position(|(name, _)| name == path) {
            None => folder.files.push(((*path).to_owned(), (*new).to_owned())),
            Some(at) if old.is_empty() && new.is_empty() => {
                folder.files.remove(at);
            }
            Some(at) if old.is_empty() => folder.files[at].1 += new,
            Some(at) => {
                let text = &mut folder.files[at].1;
                assert!(text.contains(old), "{}: {path} has no {old:?}", edit.name);
                *text = text.replacen(old, new, 1);
            }
        }
    }
    folder.files.sort();
    folder
}

fn load(folder: &Folder) -> KnowledgeBase {
    KnowledgeBase::load(folder, &mut Files::default()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// Random numbers that are the same every time (S. Vigna's `SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap()
    }
}

/// Profiles at random: some with few answers, some with many, some a case with some
/// answers exchanged.
fn random_profiles(kb: &KnowledgeBase, random: &mut Random, count: usize) -> Vec<Answers> {
    let domains = domains(kb);
    let one = |number: usize| {
        let mut answers = Answers::unknown(kb.facts.len());
        if number.is_multiple_of(2) {
            answers = kb.cases[CaseId::new(random.below(kb.cases.len()))].answers.clone();
        }
        let known = random.below(10);
        for (fact, domain) in domains.pairs() {
            let is_changed = if number.is_multiple_of(2) { random.below(10) < 2 } else { random.below(10) < known };
            if is_changed && !domain.is_empty() {
                answers.set(fact, Some(domain[random.below(domain.len())]));
            }
        }
        answers
    };
    (0..count).map(one).collect()
}

/// The pairs of a decision that are proven impossible.
fn refused(one: &Flips) -> BTreeSet<(Option<CandidateId>, Option<CandidateId>)> {
    let pairs = one.pairs.iter().filter(|pair| pair.found == Outcome::Impossible);
    pairs.map(|pair| (pair.from, pair.to)).collect()
}

#[test]
fn each_edit_calls_for_the_step_that_a_person_decided() {
    let folder = Folder::embedded();
    let old = load(&folder);
    let others: Vec<_> = EDITS.iter().map(|edit| (edit, edited(folder.clone(), edit))).collect();
    for (edit, other) in others.into_iter().step_by(thorough(1, 6)) {
        let new = load(&other);
        let changes = qun::diff::changes::changes((&folder, &old), (&other, &new));
        let called_for = changes.iter().map(|change| change.step).max();
        assert_eq!(called_for, edit.step, "{}: {changes:#?}", edit.name);
    }
}

#[test]
fn every_witness_is_judged_as_claimed_and_no_profile_takes_a_way_that_is_proven_impossible() {
    let folder = Folder::embedded();
    let old = load(&folder);
    let number = |name: &str, usual: u64| std::env::var(name).map_or(usual, |text| text.parse().unwrap());
    let leaders = |kb: &KnowledgeBase, answers: &Answers, decision: DecisionId| {
        qun::proof::outcome::chosen(kb, answers, decision, None).leader()
    };
    let decisions: Vec<DecisionId> = old.decisions.ids().filter(|one| old.decisions[*one].keep == Keep::Leaders).collect();
    let edits: Vec<&Edit> = EDITS.iter().step_by(thorough(1, 6)).collect();
    let bases: Vec<KnowledgeBase> = edits.iter().map(|edit| load(&edited(folder.clone(), edit))).collect();
    let mut never = Vec::new();
    let (mut shown, mut refusals, mut open) = (0, 0, 0);
    for (edit, new) in edits.iter().zip(&bases) {
        let bases = Bases::new(&old, new);
        let found = flips(&bases);
        for one in &found {
            for pair in &one.pairs {
                match &pair.found {
                    Outcome::Impossible => refusals += 1,
                    Outcome::Undecided => open += 1,
                    Outcome::Shown(answers) => {
                        shown += 1;
                        let judged = |kb: &KnowledgeBase, answers: &Answers, decision: DecisionId| {
                            qun::judge(kb, answers).decisions[decision].leader()
                        };
                        assert_eq!(judged(&old, answers, one.decision[0]), pair.from, "{}", edit.name);
                        assert_eq!(judged(new, &bases.carry.answers(answers), one.decision[1]), pair.to, "{}", edit.name);
                    }
                }
            }
        }
        never.push(found.iter().map(|one| (one.decision[1], refused(one))).collect::<Vec<_>>());
    }
    let mut random = Random(number("QUN_SEED", 14));
    let mut left = usize::try_from(number("QUN_DIFF_PROFILES", thorough(10_000, 1_000))).unwrap();
    // A part at a time, so that a million take no room.
    while left > 0 {
        let profiles = random_profiles(&old, &mut random, left.min(10_000));
        left -= profiles.len();
        let before: Vec<Vec<Option<CandidateId>>> =
            profiles.iter().map(|answers| decisions.iter().map(|one| leaders(&old, answers, *one)).collect()).collect();
        for ((edit, new), never) in edits.iter().zip(&bases).zip(&never) {
            let carry = Bases::new(&old, new).carry;
            for (answers, before) in profiles.iter().zip(&before) {
                let carried = carry.answers(answers);
                for ((decision, never), from) in never.iter().zip(before) {
                    let to = leaders(new, &carried, *decision);
                    assert!(!never.contains(&(*from, to)), "{}: {from:?} → {to:?} by {answers:?}", edit.name);
                }
            }
        }
    }
    assert!(shown > thorough(100, 10), "{shown} pairs are shown to happen, {refusals} proven impossible, {open} not decided");
    assert!(refusals > thorough(1_000, 150), "{refusals} pairs are proven impossible");
    assert!(open * 50 < shown + refusals, "{open} pairs are not decided");
}

/// Edits of the toy base, small enough that every profile can be judged.
const TOY: &[(&str, &str, &str)] = &[
    (
        "kinds/canine.toml",
        "when = { yes = \"walks\" }\nstrength = \"clear\"",
        "when = { yes = \"walks\" }\nstrength = \"strong\"",
    ),
    (
        "kinds/canine.toml",
        "when = { is = [\"pet\", \"dog\"] }\nstrength = \"strong\"",
        "when = { is = [\"pet\", \"dog\"] }\nstrength = \"slight\"",
    ),
    ("qun.toml", "\nfloor = 5", "\nfloor = 9"),
    ("qun.toml", "slight = 2", "slight = 4"),
    (
        "kinds/aquatic.toml",
        "when = { has = [\"toys\", \"castle\"] }",
        "when = { any = [{ has = [\"toys\", \"castle\"] }, { is = [\"pet\", \"fish\"] }] }",
    ),
];

#[test]
fn on_the_toy_base_the_pairs_are_those_that_some_profile_of_all_takes() {
    let old = toy();
    let reads = |fact: FactId| old.conditions().any(|when| qun::proof::idle::reads(when, fact));
    let mut all = vec![Answers::unknown(old.facts.len())];
    for (fact, domain) in domains(&old).pairs().filter(|(fact, _)| reads(*fact)) {
        let longer = |answers: &Answers| {
            let with = |answer: Option<Answer>| {
                let mut longer = answers.clone();
                longer.set(fact, answer);
                longer
            };
            std::iter::once(None).chain(domain.iter().copied().map(Some)).map(with).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    for (path, from, to) in TOY {
        let new = load(&super::support::changed(path, from, to));
        let bases = Bases::new(&old, &new);
        for one in flips(&bases) {
            let taken: BTreeSet<_> = all
                .iter()
                .map(|answers| {
                    let by = |side: Side| leader(&bases, side, answers, one.decision[side as usize]);
                    (by(Side::Old), by(Side::New))
                })
                .collect();
            for pair in &one.pairs {
                let is_taken = taken.contains(&(pair.from, pair.to));
                match pair.found {
                    Outcome::Shown(_) => assert!(is_taken),
                    Outcome::Impossible => assert!(!is_taken, "{to}: {pair:?}"),
                    Outcome::Undecided => panic!("{to}: not decided on a small base"),
                }
            }
        }
    }
}

#[test]
fn the_lines_that_did_it_add_up_to_what_the_points_moved() {
    let folder = Folder::embedded();
    let old = load(&folder);
    let mut moves = 0;
    for edit in EDITS.iter().filter(|edit| edit.step == Some(Step::Minor)).step_by(thorough(1, 3)) {
        let new = load(&edited(folder.clone(), edit));
        let bases = Bases::new(&old, &new);
        for case in &old.cases {
            let carried = bases.carry.answers(&case.answers);
            for one in qun::diff::verdicts::moved(&bases, &case.answers).leaders {
                moves += 1;
                let points = |kb: &KnowledgeBase, answers: &Answers, decision: DecisionId, id: &str| {
                    let kept = qun::engine::chain::chain(kb, answers, decision);
                    let candidate = kb.decisions[decision].candidate(id).unwrap();
                    qun::engine::score::points(kb.candidate(decision, candidate), answers, &kept)
                };
                for id in one.before.iter().map(|candidate| &old.candidate(one.decision[0], candidate).id) {
                    let sum: i32 = one
                        .because
                        .iter()
                        .filter(|because| because.candidate == *id)
                        .map(|because| match because.counts {
                            qun::diff::verdicts::Counts::Points(before, after) => after - before,
                            qun::diff::verdicts::Counts::Need(..) => 0,
                        })
                        .sum();
                    let by = |kb, answers, side: usize| points(kb, answers, one.decision[side], id);
                    assert_eq!(sum, by(&new, &carried, 1) - by(&old, &case.answers, 0), "{}: {}", edit.name, case.id);
                }
            }
        }
    }
    assert!(moves > thorough(20, 5), "{moves} cases keep others");
}

#[test]
fn a_profile_is_read_by_the_other_base_as_far_as_that_can() {
    let old = toy();
    let folder = edited(toy_folder(), &Edit { name: "", step: None, parts: &[("facts/all.toml", "", FACT)] });
    let new = load(&folder);
    let diff = Diff::of((&toy_folder(), &old), (&folder, &new));
    assert_eq!(diff.called_for, Some(Step::Minor));
    assert!(diff.is_version_due());
    for case in &old.cases {
        assert!(diff.bases.carry.lost(&case.answers).is_empty());
        let carried = diff.bases.carry.answers(&case.answers);
        assert_eq!(carried.known(), case.answers.known());
        assert_eq!(Bases::new(&new, &old).carry.answers(&carried), case.answers);
    }
    assert!(diff.flips.iter().flat_map(|one| &one.pairs).all(|pair| pair.found == Outcome::Impossible));
}

#[test]
fn a_comparison_keeps_to_its_schema_in_every_state() {
    let (folder, toy_base) = (toy_folder(), toy());
    let schema = serde_json::from_str(&qun::report::schema::render(&toy_base, "diff").unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let changed = super::support::changed("kinds/canine.toml", "strength = \"clear\"", "strength = \"strong\"");
    let new = load(&changed);
    let embedded = Folder::embedded();
    let shipped = load(&embedded);
    let mut profiles = qun::diff::profiles::Profiles::default();
    for (old, new) in [((&folder, &toy_base), (&changed, &new)), ((&folder, &toy_base), (&embedded, &shipped))] {
        let diff = Diff::of(old, new);
        for (row, case) in (1..).zip(&old.1.cases) {
            let profile = qun::profile::Profile { id: Some(case.id.clone()), ..qun::profile::Profile::of(case.answers.clone()) };
            profiles.judge(&diff.bases, &profile, row);
        }
        let value = qun::report::diff::json::diff(&diff, Some(&profiles));
        let errors: Vec<String> =
            validator.iter_errors(&value).map(|error| format!("{error} at {}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn a_line_that_asks_something_else_is_one_change_and_its_place_is_told() {
    let folder = toy_folder();
    let old = toy();
    let other = super::support::changed("kinds/canine.toml", "when = { yes = \"walks\" }", "when = { is = [\"pet\", \"dog\"] }");
    let new = load(&other);
    let changes = qun::diff::changes::changes((&folder, &old), (&other, &new));
    assert_eq!(changes.len(), 1, "{changes:#?}");
    assert!(changes[0].was.is_some());
    assert_eq!(changes[0].details.iter().map(|detail| detail.key.as_str()).collect::<Vec<_>>(), ["when"]);
    let (path, line) = &changes[0].place;
    let (_, text) = other.files.iter().find(|(name, _)| name == path).unwrap();
    assert!(text.lines().nth(*line).unwrap().contains("trait = "), "the place is that of its table");
}
