//! The shipped base: what it must be able to do. Changing `data/` breaks these tests and no others.
//!
//! How many entries there are and how well they do stands in the manifest, so that a question or a
//! case more changes nothing here. The shares are floors, set before the last changes to the data.

#![allow(clippy::unwrap_used, reason = "a test that unwraps nothing fails, and says where")]

use qun::advice::nearest::Neighbours;
use qun::answer::{Answer, Answers};
use qun::calibrate::equal::equal_strengths;
use qun::calibrate::exam::first_leaders;
use qun::calibrate::falsify::falsify;
use qun::calibrate::fit::fit;
use qun::calibrate::promises::broken;
use qun::calibrate::{Exam, Verdict};
use qun::condition::Variable;
use qun::engine::chain::Kept;
use qun::engine::kernel::Rule;
use qun::engine::score::all_points;
use qun::fact::{Kind, Nature};
use qun::ids::{CandidateId, FactId, SectionId, SourceId};
use qun::kb::citation::Holder;
use qun::kb::effort::Counts;
use qun::kb::{Case, KnowledgeBase};
use qun::text::Text;
use std::collections::BTreeSet;
use std::sync::OnceLock;

fn base() -> &'static KnowledgeBase {
    static BASE: OnceLock<KnowledgeBase> = OnceLock::new();
    BASE.get_or_init(KnowledgeBase::embedded)
}

fn exam(without: &[FactId]) -> Exam<'static> {
    Exam::take(base(), base().seen(), first_leaders(base()).unwrap(), without)
}

/// Whether so many of so many are at least this share, in percent.
fn is_share(n: usize, all: usize, percent: usize) -> bool {
    all > 0 && n * 100 >= all * percent
}

/// The facts that are opinions of the operator.
fn stated() -> Vec<FactId> {
    let facts = base().facts.pairs();
    facts.filter(|(_, fact)| fact.nature == Nature::Stated).map(|(number, _)| number).collect()
}

/// What a person called a case, in the decision that is judged.
fn labels(case: &Case) -> &[CandidateId] {
    let leaders = first_leaders(base()).unwrap();
    &case.expect.iter().find(|(of, _)| *of == leaders).unwrap().1
}

fn ids<'a>(verdicts: impl Iterator<Item = &'a Verdict<'a>>) -> Vec<String> {
    verdicts.map(|one| one.case.id.clone()).collect()
}

#[test]
fn the_manifest_counts_what_is_there() {
    let hybrids = base().cases.iter().filter(|case| labels(case).len() > 1).count();
    let counted = Counts { cases: Some(base().cases.len()), facts: Some(base().facts.len()), hybrids: Some(hybrids) };
    assert_eq!(base().counts, counted, "put the counts that are there into data/qun.toml, [counts]");
}

#[test]
fn the_manifest_promises_how_well_it_does_and_keeps_it() {
    let promised = base().measured(first_leaders(base()).unwrap()).expect("[[measured]] names the first decision");
    assert!(promised.first.is_some() && promised.kept.is_some() && promised.extra.is_some());
    assert_eq!(broken(base()), []);
}

#[test]
fn every_type_has_a_dozen_cases_or_more_and_a_dozen_cases_stay_apart() {
    assert!(base().cases.iter().filter(|case| case.unseen).count() >= 40);
    let leaders = first_leaders(base()).unwrap();
    for label in base().decisions[leaders].candidates.ids() {
        let of_it = base().cases.iter().filter(|case| labels(case).contains(&label)).count();
        assert!(of_it >= 12, "{} has {of_it}", base().candidate(leaders, label).id);
    }
}

#[test]
fn nearly_all_cases_have_their_label_among_the_first_two_and_nobody_is_left_without_a_verdict() {
    let found = exam(&[]).measures();
    assert!(is_share(found.top_two, found.cases, 98), "{} of {}", found.top_two, found.cases);
    assert_eq!(found.abstentions, 0);
}

#[test]
fn all_case_studies_of_the_founding_articles_are_on_top() {
    let exam = exam(&[]);
    let article = &base().sources.documents[SourceId::new(0)].id;
    let is_study = |one: &&Verdict<'_>| one.case.sources.iter().any(|source| source.split('#').next() == Some(article));
    let studies: Vec<&Verdict<'_>> = exam.verdicts.iter().filter(is_study).collect();
    assert_eq!(studies.len(), 7);
    assert_eq!(ids(studies.into_iter().filter(|one| !one.is_on_top())), [""; 0]);
}

#[test]
fn the_log_loss_is_at_most_a_quarter_also_for_cases_that_the_temperature_was_not_fitted_on() {
    let exam = exam(&[]);
    assert!(exam.measures().log_loss <= 0.25, "{}", exam.measures().log_loss);
    assert!(exam.measures().brier <= 0.25, "{}", exam.measures().brier);
    let fit = fit(&exam).unwrap();
    assert!(fit.held_out_loss <= 0.25, "{}", fit.held_out_loss);
}

#[test]
fn without_the_stated_reason_most_cases_have_their_label_on_top() {
    let stated = stated();
    assert!(!stated.is_empty());
    let exam = exam(&stated);
    let found = exam.measures();
    assert!(is_share(found.top_one, found.cases, 87), "{} on top; misses: {:?}", found.top_one, ids(exam.misses()));
}

#[test]
fn a_false_reason_changes_few_verdicts_and_the_gap_is_named() {
    let exam = exam(&[]);
    for fact in stated() {
        let found = falsify(&exam, fact);
        assert!(is_share(found.cases, exam.verdicts.len(), 85), "most cases answer it");
        assert!(found.holds * 10 >= found.trials * 9, "the leader stays in {} of {}", found.holds, found.trials);
        assert!(is_share(found.gaps, found.trials, 88), "the gap is named in {} of {}", found.gaps, found.trials);
    }
    let quiet = exam.verdicts.len() - exam.measures().gaps;
    assert!(is_share(quiet, exam.verdicts.len(), 93), "true answers seldom show a gap: {}", exam.measures().gaps);
}

#[test]
fn no_single_fact_carries_the_type() {
    let (decision, nothing) = (first_leaders(base()).unwrap(), Kept::default());
    for fact in base().facts.ids() {
        let leads = |case: &&Case| {
            let mut answers = case.answers.clone();
            answers.set(fact, None);
            let points = all_points(base(), decision, &answers, &nothing);
            Rule::of(base()).choose(&points).leader() == labels(case).first().copied()
        };
        let on_top = base().seen().filter(leads).count();
        assert!(is_share(on_top, base().seen().count(), 87), "without `{}` only {on_top} are on top", base().facts[fact].id);
    }
}

#[test]
fn the_facts_tell_more_than_their_strengths_do() {
    let (equal, _) = equal_strengths(base());
    let exam = Exam::take(&equal, base().seen(), first_leaders(base()).unwrap(), &[]);
    let found = exam.measures();
    assert!(is_share(found.top_one, found.cases, 87), "{} of {}", found.top_one, found.cases);
}

#[test]
fn every_fact_is_used_or_says_why_not() {
    let used: BTreeSet<Variable> = base().conditions().flat_map(qun::condition::Condition::variables).collect();
    let idle: Vec<&str> = base()
        .facts
        .pairs()
        .filter(|(number, fact)| !used.contains(&Variable::Fact(*number)) && !is_list_of_candidates(fact))
        .filter(|(number, fact)| fact.neutral.is_none() && !base().is_looked_at(*number))
        .map(|(_, fact)| fact.id.as_str())
        .collect();
    assert_eq!(idle, [""; 0]);
}

/// What is sold today is held against the verdict instead.
fn is_list_of_candidates(fact: &qun::fact::Fact) -> bool {
    matches!(fact.kind, qun::fact::Kind::Choices { candidates_of: Some(_), .. })
}

#[test]
fn every_candidate_can_win_points_and_all_that_it_says_is_sourced() {
    for citation in base().citations() {
        let is_entry = citation.part == qun::kb::citation::Part::Itself;
        assert!(!citation.sources.is_empty() || is_entry, "{} has a part without a source", citation.holder.path(base()));
    }
    for decision in &base().decisions {
        for one in &decision.candidates {
            assert!(one.evidence.iter().any(|line| line.points > 0), "{} can never be open", one.id);
        }
    }
}

#[test]
fn every_stream_says_what_it_takes_how_it_grows_and_how_it_ends() {
    for (decision, sections) in [("channel", &["sold", "first-step", "grow", "leave", "risk", "law"][..]), ("play", &["stop"])] {
        let decision = &base().decisions[base().decision(decision).unwrap()];
        for one in &decision.candidates {
            let effort = one.effort.as_ref().unwrap_or_else(|| panic!("{} says no effort", one.id));
            assert!(effort.setup_hours.is_some() && effort.weekly_hours.is_some(), "{}", one.id);
            assert!(decision.id == "play" || effort.first_cash_weeks.is_some(), "{}", one.id);
            for section in sections {
                assert!(
                    one.texts[decision.sections.position(|one| one.id == *section).unwrap()].is_some(),
                    "{} has no {section}",
                    one.id
                );
            }
        }
    }
}

#[test]
fn every_line_of_activity_has_its_file_with_words_roles_messages_a_sign_and_a_stop_rule() {
    let fact = &base().facts[base().trade_fact.unwrap()];
    let nothing = Answers::unknown(base().facts.len());
    for (option, of) in fact.options().pairs().filter(|(_, of)| of.id != "other") {
        let trade = base().trade(option).unwrap_or_else(|| panic!("{} has no file", of.id));
        assert_eq!(trade.roles.iter().map(|role| role.people).collect::<Vec<_>>(), [1, 2, 3, 4, 5], "{}", of.id);
        assert!(trade.offers.len() >= 2 && trade.sign.is_some() && trade.stop.is_some(), "{}", of.id);
        for message in ["invitation", "price-list", "group-rules", "renewal"] {
            assert!(trade.message(message, &nothing).is_some(), "{} has no {message} for everybody", of.id);
        }
    }
    assert!(base().trades.len() >= 18, "{}", base().trades.len());
    for (number, platform) in base().platforms.pairs() {
        assert!(base().trades.iter().any(|trade| trade.platforms.contains(&number)), "{} serves no trade", platform.id);
    }
}

#[test]
fn every_rule_that_bars_names_the_lawful_way_and_a_document_that_was_read_on_a_day() {
    for rule in &base().rules {
        assert!(rule.only_informs() || rule.instead.is_some(), "{} names no lawful way", rule.id);
        let mut documents = rule.sources.iter().filter_map(|source| base().document(source));
        let is_read = documents.any(|one| one.url.is_some() && one.read.is_some());
        assert!(rule.only_informs() || is_read, "{} rests on nothing that was read", rule.id);
    }
    assert!(base().rules.iter().filter(|rule| !rule.only_informs()).count() >= 20);
}

#[test]
fn every_case_says_how_it_ended_and_what_runs_earns() {
    for case in &base().cases {
        assert!(case.outcome.is_some() && !case.sources.is_empty(), "{}", case.id);
        let Some(runs) = &case.runs else { continue };
        assert!(runs.most.is_none_or(|most| runs.streams.contains(&most)), "{}", case.id);
    }
    assert!(base().cases.iter().filter(|case| case.runs.is_some()).count() * 5 >= base().cases.len() * 4);
}

#[test]
fn every_claim_of_the_founding_articles_is_held_or_waived() {
    let sources = &base().sources;
    let articles: Vec<&str> = sources.documents.iter().take(2).map(|document| document.id.as_str()).collect();
    for document in sources.documents.iter().take(2) {
        for section in &document.sections {
            let reference = format!("{}#{}", document.id, section.id);
            assert!(sources.claims.iter().any(|claim| claim.section == reference), "no claim of {reference}");
        }
    }
    for claim in &sources.claims {
        assert!(articles.contains(&claim.section.split('#').next().unwrap()), "{}", claim.id);
        assert_ne!(claim.held_by.is_empty(), claim.waived.is_none(), "{}", claim.id);
    }
}

#[test]
fn every_sentence_of_the_founding_articles_stands_in_the_ledger_and_a_deleted_claim_shows() {
    let sources = &base().sources;
    for document in sources.documents.iter().take(2) {
        assert!(document.digest.is_some(), "{} has no ledger", document.id);
        let of = sources.sentences.iter().filter(|one| one.section.split('#').next() == Some(document.id.as_str()));
        assert!(of.count() > 90, "{}", document.id);
    }
    let hash = |one: &qun::kb::Sentence| one.hash.len() == 16 && one.hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    assert!(sources.sentences.iter().all(hash), "a hash has 16 hex digits");
    let mut folder = qun::kb::Folder::embedded();
    let (_, text) = folder.files.iter_mut().find(|(name, _)| name == "sources.toml").unwrap();
    let (start, rest) = text.split_once("[[claim]]").unwrap();
    *text = format!("{start}[[claim]]{}", rest.split_once("[[claim]]").unwrap().1);
    let faults = KnowledgeBase::load(&folder, &mut qun::diagnostic::Files::default()).unwrap_err();
    assert!(faults.iter().any(|fault| fault.name == "unknown-claim"), "{faults:?}");
}

/// A text without what differs from one writer's habit to the next.
fn bare(text: &Text) -> String {
    text.en.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn no_sentence_of_one_candidate_is_said_again_by_another() {
    for decision in &base().decisions {
        let mut seen: Vec<(String, &str, SectionId)> = Vec::new();
        for one in &decision.candidates {
            for (section, text) in one.texts.pairs() {
                let Some(text) = text.as_ref().filter(|text| text.text.en.len() > 60) else { continue };
                let words = bare(&text.text);
                let twin = seen.iter().find(|(other, _, at)| *other == words && *at == section);
                assert!(twin.is_none(), "{} and {} say the same: {}", one.id, twin.unwrap().1, text.text.en);
                seen.push((words, &one.id, section));
            }
        }
    }
}

#[test]
fn each_case_is_shown_another_mostly_of_its_kind() {
    let neighbours = Neighbours::new(base());
    let mut alike = 0;
    for (number, case) in base().cases.pairs() {
        let next = neighbours.nearest(base(), &case.answers);
        let mut more = case.answers.clone();
        let open = more.facts().find(|fact| more.get(*fact).is_none() && matches!(base().facts[*fact].kind, Kind::YesNo));
        open.iter().for_each(|fact| more.set(*fact, Some(Answer::YesNo(true))));
        for found in [&next, &neighbours.nearest(base(), &more)] {
            assert!(found.as_ref().is_none_or(|near| near.case != number), "{}", case.id);
        }
        alike +=
            usize::from(next.is_some_and(|near| labels(&base().cases[near.case]).iter().any(|one| labels(case).contains(one))));
    }
    assert!(alike * 4 >= base().cases.len() * 3, "the next case shares a label for {alike} of {}", base().cases.len());
    assert_eq!(neighbours.nearest(base(), &Answers::unknown(base().facts.len())), None);
}

#[test]
fn every_case_and_candidate_can_be_browsed() {
    for (decision, of) in base().decisions.pairs() {
        for candidate in of.candidates.ids() {
            let path = Holder::Candidate(decision, candidate).path(base());
            assert_eq!(base().find(&path).len(), 1, "{path}");
        }
    }
    let known: BTreeSet<String> = base().names().into_iter().collect();
    assert!(known.contains("sources") && known.contains("gaps") && known.contains("restored"));
}

#[test]
fn what_a_need_asks_for_can_be_brought_about_unless_the_need_is_fixed() {
    let kb = KnowledgeBase::embedded();
    for one in kb.decisions.iter().flat_map(|decision| &decision.candidates) {
        for need in one.needs.iter().filter(|need| need.is_written() && !need.fixed && !need.law) {
            let can_change = need.when.variables().into_iter().any(|variable| match variable {
                Variable::Fact(fact) => qun::whatif::others::is_lever(&kb.facts[fact]),
                Variable::Choice(_) => true,
            });
            assert!(can_change, "{}: {} hangs on nothing that can change", one.id, need.id);
        }
    }
}
