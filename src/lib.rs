//! `qun` (群) settles which kind of community somebody runs, how it can earn,
//! and what to do next, and shows the evidence for every word.
//!
//! All knowledge is data: TOML under `data/`, embedded or read from a folder.
//! This library turns it into a checked [`KnowledgeBase`], reads [`Profile`]s
//! against it, judges them and says what to do. It never prints, reads no clock
//! and no network, and the same input gives the same output on every machine.
//!
//! ```
//! use qun::{Files, KnowledgeBase, Lang, Readiness, advise, profile};
//!
//! let kb = KnowledgeBase::embedded();
//! let written = "entry = \"purchase\"\ntie = [\"uses\"]\njoins-for = [\"our-product\"]\nmembers = 3000\n";
//! let read = profile::read(&kb.facts, "fans.toml", written.as_bytes(), &mut Files::default());
//! let fans = read.map_err(|faults| faults.len()).unwrap();
//!
//! let advice = advise(&kb, &fans.answers);
//! let first = advice.judgement.decisions.iter().next().unwrap();
//! let lead = first.lead().expect("enough is known");
//! let leader = kb.candidate(first.decision(), lead.leader);
//! assert_eq!(leader.name.get(Lang::En), "Product community");
//!
//! // Every line that counts is named, with what it is worth.
//! let account = first.of(lead.leader).unwrap();
//! let counted = leader.evidence.iter().zip(&account.lines).filter(|(_, truth)| truth.is_yes());
//! assert_eq!(counted.map(|(line, _)| line.points).sum::<i32>(), account.points);
//!
//! // Streams and measures stand in groups: to begin, to confirm, later, and so on.
//! let can_begin = advice.judgement.decisions.iter().flat_map(|outcome| outcome.group(Readiness::Open));
//! assert!(can_begin.count() > 0);
//! ```
//!
//! # Where things are
//!
//! The names of the crate root are what most programs need. Rooms stand on
//! floors, and each imports only from those below it.
//!
//! | to | go to |
//! | --- | --- |
//! | load, check and read a base | [`KnowledgeBase`], [`kb`]; its findings: [`lint`] |
//! | read one profile, or word it | [`profile`], [`Answers`] |
//! | judge one profile, with every line | [`judge`], [`Judge`], [`Outcome`] |
//! | say what to do: questions, law, plan | [`advise`], [`advice`] |
//! | ask a person, question by question | [`Interview`] |
//! | judge many rows | [`Batch`] |
//! | change answers, and see what follows | [`whatif`]; profiles side by side: [`compare`] |
//! | hold two bases against each other | [`diff`] |
//! | estimate the money of a year | [`money`] |
//! | prove what a base can and cannot say | [`Proofs`], [`proof`] |
//! | hold a base against real cases | [`Exam`], [`calibrate`] |
//! | write any of it, in two languages | [`report`] |
//! | judge in a database | [`export`] |
//!
//! Not here: no community words (they are data), no unit of money but that of
//! the base, no learning of weights, no file, terminal or network of its own.
#![forbid(unsafe_code)]

pub mod advice;
pub mod answer;
pub mod batch;
pub mod calibrate;
pub mod compare;
pub mod condition;
pub mod diagnostic;
pub mod diff;
pub mod engine;
pub mod export;
pub mod fact;
pub mod ids;
pub mod interview;
pub mod kb;
pub mod lint;
pub mod money;
pub mod profile;
pub mod proof;
pub mod report;
pub mod spelling;
pub mod syntax;
pub mod text;
pub mod truth;
pub mod whatif;
pub mod words;

pub use advice::{Advice, advise};
pub use answer::{Answer, Answers};
pub use batch::{Batch, options::Detail, options::Options};
pub use calibrate::Exam;
pub use condition::Condition;
pub use diagnostic::{Diagnostic, Files, Level};
pub use engine::judge::{Judge, judge};
pub use engine::judgement::{Account, Gap, Judgement, Lead, Outcome, Ranked, Ranking, Sorted, Sorting, Sureness};
pub use engine::kernel::{Chosen, Readiness, Standing};
pub use fact::{Fact, Kind};
pub use ids::{CandidateId, CandidateRef, DecisionId, FactId, LineId, NeedId};
pub use interview::Interview;
pub use kb::{Candidate, Case, Decision, Evidence, Folder, KnowledgeBase, Need};
pub use profile::Profile;
pub use proof::Proofs;
pub use text::{Lang, Text};
pub use truth::Truth;
