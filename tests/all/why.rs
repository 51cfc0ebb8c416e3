//! Why a candidate stands where it stands: sums, answers behind lines, both formats.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use crate::thorough::thorough;
use qun::advice::advise;
use qun::ids::{CandidateId, DecisionId};
use qun::kb::KnowledgeBase;
use qun::profile::Profile;
use qun::report::{schema, terminal, why_candidate, why_json};
use qun::text::Lang;
use serde_json::Value;

/// The first decision.
const FIRST: DecisionId = DecisionId::new(0);

fn validator(kb: &KnowledgeBase, name: &str) -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(&schema::render(kb, name).unwrap()).unwrap()).unwrap()
}

fn numbers(values: &Value, of: &dyn Fn(&Value) -> i64) -> i64 {
    values.as_array().unwrap().iter().map(of).sum()
}

#[test]
fn the_lines_that_hold_sum_to_the_points_for_every_candidate_of_every_case() {
    let kb = KnowledgeBase::embedded();
    let shape = validator(&kb, "why");
    let setting = terminal::Setting { width: 80, colour: false };
    for case in kb.cases.iter().step_by(thorough(9, 40)) {
        let advice = advise(&kb, &case.answers);
        let profile = Profile { id: Some(case.id.clone()), ..Profile::of(case.answers.clone()) };
        for (decision, one) in kb.decisions.pairs() {
            for candidate in one.candidates.ids() {
                let rival = CandidateId::new((candidate.index() + 1) % one.candidates.len());
                let asked = [((decision, candidate), Some(rival))];
                let value = why_json::why(&kb, &profile, &advice, &asked);
                assert!(shape.is_valid(&value), "{:?}", shape.iter_errors(&value).next().map(|error| error.to_string()));
                let account = &value["accounts"][0];
                let held = |line: &Value| if line["truth"] == "yes" { line["points"].as_i64().unwrap() } else { 0 };
                let points =
                    |candidate: CandidateId| i64::from(advice.judgement.decisions[decision].of(candidate).unwrap().points);
                assert_eq!(numbers(&account["evidence"], &held), account["points"].as_i64().unwrap());
                assert_eq!(account["points"], points(candidate));
                let parting = numbers(&account["against"]["lines"], &|line| line["adds"].as_i64().unwrap());
                assert_eq!(parting, points(candidate) - points(rival));
                for lang in Lang::BOTH {
                    for against in [None, Some(rival)] {
                        let page = why_candidate::page(&kb, &case.answers, &advice, lang, (decision, candidate), against);
                        let text = terminal::render(&page, setting);
                        assert!(!text.contains('{'), "{text}");
                        let name = one.candidates[candidate].name.get(lang);
                        let first: String =
                            text.lines().take(3).collect::<Vec<_>>().join(if lang == Lang::En { " " } else { "" });
                        assert!(first.contains(name), "{name} is not in the first lines: {first}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_line_that_holds_names_answers_or_an_earlier_choice() {
    let kb = KnowledgeBase::embedded();
    for case in kb.cases.iter().step_by(20) {
        let advice = advise(&kb, &case.answers);
        let profile = Profile::of(case.answers.clone());
        let asked: Vec<_> = kb.decisions[FIRST].candidates.ids().map(|one| ((FIRST, one), None)).collect();
        let value = why_json::why(&kb, &profile, &advice, &asked);
        for line in value["accounts"].as_array().unwrap().iter().flat_map(|one| one["evidence"].as_array().unwrap()) {
            if line["truth"] == "yes" {
                assert!(line["answers"].as_array().unwrap().iter().any(|one| !one["answer"].is_null()), "{line}");
            }
        }
    }
}
