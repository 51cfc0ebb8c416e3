//! The engine on the toy base: truth tables, laws, and bounds against brute force.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::support::{changed, completions, domains, toy};
use proptest::prelude::*;
use qun::advice::advise;
use qun::answer::Answers;
use qun::diagnostic::Files;
use qun::engine::bounds::{Endings, State, Tables};
use qun::engine::chain::Kept;
use qun::engine::judge::Judge;
use qun::engine::judgement::Outcome;
use qun::engine::kernel::{Chosen, Readiness, Rule, ranking};
use qun::engine::score;
use qun::ids::{CandidateId, DecisionId, FactId, LineId};
use qun::judge;
use qun::kb::KnowledgeBase;
use qun::profile;
use qun::truth::Truth;

pub fn given(kb: &KnowledgeBase, text: &str) -> Answers {
    let text = format!("id = \"x\"\n{text}");
    profile::read(&kb.facts, "given.toml", text.as_bytes(), &mut Files::default()).expect("a sound profile").answers
}

#[derive(serde::Deserialize)]
struct Row {
    given: String,
    when: String,
    worth: String,
}

#[test]
fn conditions_follow_kleenes_tables() {
    #[derive(serde::Deserialize)]
    struct Table {
        row: Vec<Row>,
    }
    let table: Table = toml::from_str(include_str!("../engine/kleene.toml")).expect("the table is TOML");
    for row in table.row {
        let folder = changed("kinds/feline.toml", "{ is = [\"says\", \"cats\"] }", &row.when);
        let kb = KnowledgeBase::load(&folder, &mut Files::default()).expect(&row.when);
        let condition = &kb.decisions[DecisionId::new(0)].candidates
            [kb.decisions[DecisionId::new(0)].candidate("feline").unwrap()]
        .evidence[LineId::new(0)]
        .when;
        let worth = match condition.truth(&given(&kb, &row.given), &()) {
            Truth::Yes => "yes",
            Truth::No => "no",
            Truth::Unknown => "unknown",
        };
        assert_eq!(worth, row.worth, "{} under {}", row.when, row.given);
    }
}

#[test]
fn the_second_is_kept_within_the_margin_and_both_reach_the_floor() {
    let rule = Rule { floor: 5, second_floor: 5, margin: 3, gap_margin: 3 };
    assert_eq!(rule.choose(&[10, 12, 3]), Chosen::new(CandidateId::new(1), Some(CandidateId::new(0))));
    assert_eq!(rule.choose(&[10, 14, 3]), Chosen::new(CandidateId::new(1), None));
    assert_eq!(rule.choose(&[4, 5, 3]), Chosen::new(CandidateId::new(1), None));
    assert_eq!(rule.choose(&[4, 4, 3]), Chosen::NOBODY);
    assert_eq!(rule.choose(&[7, 7, 7]), Chosen::new(CandidateId::new(0), Some(CandidateId::new(1))));
    let lower = Rule { second_floor: 4, ..rule };
    assert_eq!(lower.choose(&[4, 5, 3]), Chosen::new(CandidateId::new(1), Some(CandidateId::new(0))));
}

#[test]
fn what_is_said_is_a_gap_once_it_is_further_behind_what_is_seen_than_a_gap_may_be() {
    let rule = Rule { floor: 5, second_floor: 5, margin: 9, gap_margin: 3 };
    assert_eq!(rule.gap(&[8, 0], &[5, 8]), None);
    assert_eq!(rule.gap(&[8, 0], &[4, 8]), Some((CandidateId::new(0), CandidateId::new(1))));
    assert_eq!(Rule { gap_margin: 4, ..rule }.gap(&[8, 0], &[4, 8]), None);
}

#[test]
fn every_line_counts_only_when_it_holds() {
    let kb = toy();
    let judged = judge(&kb, &given(&kb, "pet = \"dog\"\nwalks = true\ntoys = [\"ball\"]"));
    let canine = kb.decisions[DecisionId::new(0)].candidate("canine").unwrap();
    assert_eq!(judged.decisions[DecisionId::new(0)].of(canine).unwrap().points, 8 + 5 + 2);
    assert_eq!(judged.decisions[DecisionId::new(0)].chosen(), Chosen::new(canine, None));
}

#[test]
fn a_later_decision_reads_what_an_earlier_one_kept() {
    let kb = toy();
    let judged = judge(&kb, &given(&kb, "pet = \"dog\"\nwalks = true"));
    let lively = kb.decisions[DecisionId::new(1)].candidate("lively").unwrap();
    assert_eq!(judged.decisions[DecisionId::new(1)].chosen(), Chosen::new(lively, None));
    assert!(judged.decisions[DecisionId::new(1)].assuming().is_empty(), "the kind is certain");
    let less = judge(&kb, &given(&kb, "pet = \"dog\""));
    assert_eq!(less.decisions[DecisionId::new(1)].assuming(), [DecisionId::new(0)], "an open answer may still change the kind");
    let abstained = judge(&kb, &given(&kb, "walks = \"?\""));
    assert!(abstained.decisions[DecisionId::new(1)].lead().is_none());
}

#[test]
fn a_fixed_need_that_fails_is_never_and_another_is_later() {
    let kb = toy();
    let walking = kb.decisions[DecisionId::new(2)].candidate("walking").unwrap();
    let group = |text: &str| judge(&kb, &given(&kb, text)).decisions[DecisionId::new(2)].readiness(walking).unwrap();
    assert_eq!(group("pet = \"dog\"\nwalks = true\nsize = 20"), Readiness::Open);
    assert_eq!(group("pet = \"dog\"\nwalks = true"), Readiness::Confirm);
    assert_eq!(group("pet = \"dog\"\nsays = \"dogs\"\nwalks = false\nsize = 20"), Readiness::Later);
    assert_eq!(group("pet = \"dog\"\nwalks = true\nsize = 60"), Readiness::Never);
    assert_eq!(group("pet = \"fish\"\nwalks = true\nsize = 20"), Readiness::Never);
}

#[test]
fn what_is_said_and_what_is_seen_may_differ() {
    let kb = toy();
    let judged = judge(&kb, &given(&kb, "says = \"cats\"\npet = \"dog\"\nwalks = true"));
    let gap = judged.gap.expect("they differ");
    assert_eq!(kb.candidate(DecisionId::new(0), gap.stated).id, "feline");
    assert_eq!(kb.candidate(DecisionId::new(0), gap.observed).id, "canine");
    assert!(judge(&kb, &given(&kb, "says = \"dogs\"\npet = \"dog\"")).gap.is_none());
}

#[test]
fn an_earlier_choice_is_no_statement() {
    let kb = KnowledgeBase::embedded();
    // By what is seen a learning community, whose mode the goods speak against.
    let seen = given(
        &kb,
        "tie = [\"takes-part\"]\nlearn-from = [\"members-in-turn\"]\ntalk-most = \"practice-notes\"\n\
         goods-kind = \"mass\"\ntrade-layers = \"dealers-shops\"\ndensity = \"neighbourhood\"",
    );
    assert_eq!(judge(&kb, &seen).gap, None);
}

#[test]
fn what_is_done_and_is_not_open_is_a_misfit() {
    let kb = toy();
    let judged = advise(&kb, &given(&kb, "pet = \"fish\"\nwalks = true\nsize = 3\ndoes-now = [\"walking\"]"));
    let misfit = &judged.misfits[0];
    assert_eq!((kb.candidate(DecisionId::new(2), misfit.candidate).id.as_str(), misfit.group), ("walking", Readiness::Drop));
}

#[test]
fn a_declined_question_is_not_asked_again() {
    let kb = toy();
    let judged = advise(&kb, &given(&kb, "says = \"?\"\nwalks = true"));
    assert_ne!(judged.next.expect("there is more to ask").fact, kb.fact("says").unwrap());
}

/// All answers that matter to the first two decisions of the toy base.
fn relevant(kb: &KnowledgeBase) -> Vec<FactId> {
    kb.facts.ids().filter(|fact| kb.facts[*fact].id != "does-now").collect()
}

/// A random partial profile of the toy base.
fn partial() -> impl Strategy<Value = Answers> {
    let kb = toy();
    let domains = domains(&kb);
    let relevant = relevant(&kb);
    let choice = |fact: FactId| {
        let domain = domains[fact].clone();
        prop_oneof![Just(None), prop::sample::select(domain).prop_map(Some)].boxed()
    };
    let strategies: Vec<_> = relevant.iter().map(|fact| choice(*fact)).collect();
    strategies.prop_map(move |values| {
        let mut answers = Answers::unknown(kb.facts.len());
        relevant.iter().zip(values).for_each(|(fact, value)| answers.set(*fact, value));
        answers
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn bounds_contain_every_completion_and_are_reached(answers in partial()) {
        let kb = toy();
        let tables = Tables::of(&kb, DecisionId::new(0)).expect("it keeps leaders");
        let endings = Endings::default();
        let all = completions(&kb, &answers, &relevant(&kb));
        for a in CandidateId::new(3).before() {
            for b in CandidateId::new(3).before() {
                let differences = all.iter().map(|one| {
                    let points = score::all_points(&kb, DecisionId::new(0), one, &());
                    points[a] - points[b]
                });
                let (least, most) = differences.fold((i32::MAX, i32::MIN), |(low, high), one| (low.min(one), high.max(one)));
                prop_assert_eq!(tables.difference(a, b, &answers, &endings), (least, most));
            }
        }
    }

    #[test]
    fn a_settled_leader_leads_in_every_completion_and_an_unsettled_one_does_not(answers in partial()) {
        let kb = toy();
        let judged = judge(&kb, &answers);
        if let Some(lead) = judged.decisions[DecisionId::new(0)].lead() {
            let settled = lead.sureness.expect("it is proven").settled;
            let holds = completions(&kb, &answers, &relevant(&kb)).iter().all(|one| {
                judge(&kb, one).decisions[DecisionId::new(0)].leader() == Some(lead.leader)
            });
            prop_assert_eq!(settled, holds);
        }
    }

    #[test]
    fn a_later_settled_leader_leads_in_every_completion_too(answers in partial()) {
        let kb = toy();
        let judged = judge(&kb, &answers);
        let outcome = &judged.decisions[DecisionId::new(1)];
        if outcome.is_settled() {
            for one in completions(&kb, &answers, &relevant(&kb)) {
                let then = judge(&kb, &one);
                prop_assert_eq!(then.decisions[DecisionId::new(1)].leader(), outcome.leader());
            }
        }
    }

    #[test]
    fn an_answer_only_narrows_the_bounds(answers in partial(), fact in (0_usize..5).prop_map(FactId::new), pick in any::<prop::sample::Index>()) {
        let kb = toy();
        prop_assume!(answers.get(fact).is_none());
        let tables = Tables::of(&kb, DecisionId::new(0)).expect("it keeps leaders");
        let endings = Endings::default();
        let mut more = answers.clone();
        more.set(fact, Some(*pick.get(&domains(&kb)[fact])));
        for a in CandidateId::new(3).before() {
            for b in CandidateId::new(3).before() {
                let (before, after) = (tables.difference(a, b, &answers, &endings), tables.difference(a, b, &more, &endings));
                prop_assert!(before.0 <= after.0 && after.1 <= before.1);
            }
        }
    }

    #[test]
    fn where_everything_is_answered_nothing_is_assumed(choice in proptest::collection::vec(any::<proptest::sample::Index>(), 8)) {
        let kb = toy();
        let mut answers = Answers::unknown(kb.facts.len());
        for (fact, choice) in kb.facts.ids().zip(choice.iter().cycle()) {
            answers.set(fact, Some(*choice.get(&domains(&kb)[fact])));
        }
        for outcome in judge(&kb, &answers).decisions {
            prop_assert!(outcome.assuming().is_empty());
            prop_assert!(outcome.lead().is_none() || outcome.is_settled());
        }
    }

    #[test]
    fn as_many_open_answers_as_promised_are_needed_to_change_the_leader(answers in partial()) {
        let kb = toy();
        let judged = judge(&kb, &answers);
        let Some(lead) = judged.decisions[DecisionId::new(0)].lead() else { return Ok(()) };
        let Some(promised) = lead.sureness.and_then(|sureness| sureness.open) else { return Ok(()) };
        let open: Vec<FactId> = relevant(&kb).into_iter().filter(|fact| answers.get(*fact).is_none()).collect();
        for mask in 0_u32..1 << open.len() {
            if (mask.count_ones() as usize) < promised {
                let some: Vec<FactId> = (0..open.len()).filter(|at| mask >> at & 1 == 1).map(|at| open[at]).collect();
                for one in completions(&kb, &answers, &some) {
                    let points = score::all_points(&kb, DecisionId::new(0), &one, &());
                    prop_assert_eq!(ranking(&points)[0], lead.leader);
                }
            }
        }
    }

    #[test]
    fn totals_equal_their_lines_and_a_false_need_is_never_open(answers in partial()) {
        let kb = toy();
        let judged = judge(&kb, &answers);
        for outcome in &judged.decisions {
            for account in outcome.accounts() {
                let candidate = kb.candidate(outcome.decision(), account.candidate);
                let lines = candidate.evidence.iter().zip(&account.lines).filter(|(_, truth)| truth.is_yes());
                prop_assert_eq!(account.points, lines.map(|(line, _)| line.points).sum::<i32>());
                if outcome.readiness(account.candidate) == Some(Readiness::Open) {
                    prop_assert!(account.needs.iter().all(|truth| truth.is_yes()) && account.points > 0);
                }
            }
            if let Outcome::Leaders(ranking) = outcome {
                let shares: u32 = ranking.ranked.iter().map(|one| one.share).sum();
                prop_assert!((9_990..=10_010).contains(&shares));
            }
        }
    }
}

#[test]
fn the_order_of_files_does_not_matter() {
    let mut folder = super::support::toy_folder();
    let sound = KnowledgeBase::load(&folder, &mut Files::default()).expect("sound");
    folder.files.reverse();
    let reversed = KnowledgeBase::load(&folder, &mut Files::default()).expect("sound");
    let answers = given(&sound, "pet = \"cat\"\nwalks = false");
    assert_eq!(judge(&sound, &answers), judge(&reversed, &answers));
}

#[test]
fn the_order_of_answers_does_not_matter() {
    let kb = toy();
    let one = given(&kb, "pet = \"cat\"\nwalks = false\nsize = 3");
    let other = given(&kb, "size = 3\nwalks = false\npet = \"cat\"");
    assert_eq!(judge(&kb, &one), judge(&kb, &other));
}

#[test]
fn drops_are_what_the_judgement_promises() {
    let kb = toy();
    let judge = Judge::new(&kb);
    let answers = given(&kb, "pet = \"dog\"");
    let tables = judge.tables(DecisionId::new(0)).expect("a leader decision");
    let (kept, endings) = (Kept::default(), Endings::default());
    let state = State { answers: &answers, kept: &kept, endings: &endings };
    let (canine, feline) = (
        kb.decisions[DecisionId::new(0)].candidate("canine").unwrap(),
        kb.decisions[DecisionId::new(0)].candidate("feline").unwrap(),
    );
    let drops = tables.drops(&kb, &state, (canine, feline), |fact| answers.get(fact).is_none());
    let says = drops.iter().find(|drop| drop.facts == [kb.fact("says").unwrap()]).expect("the stated fact can turn it");
    assert_eq!(says.size, 8);
}

#[test]
fn a_decision_that_does_without_proofs_has_no_tables_and_no_pairs() {
    let mut kb = toy();
    let decision = DecisionId::new(0);
    assert!(Tables::of(&kb, decision).is_some());
    kb.decisions[decision].unproven = true;
    assert!(Tables::of(&kb, decision).is_none());
    assert!(crate::proof::reach::partings(&kb, decision).is_empty());
}
