//! `qun` (群) settles which kind of community somebody runs, how it can earn,
//! and what to do next, and shows the evidence for every word.
//!
//! All knowledge is data: TOML under `data/`, embedded or read from a folder.
//! This library turns it into a checked [`KnowledgeBase`], reads [`Profile`]s
//! against it, judges them and says what to do. It never prints, reads no clock
//! and no network, and the same input gives the same output on every machine.
//!
//! ```
//! use qun::{Files, KnowledgeBase, Lang, Readiness, advise};
//!
//! let kb = KnowledgeBase::embedded();
//! let written = "entry = \"purchase\"\ntie = [\"uses\"]\njoins-for = [\"our-product\"]\nmembers = 3000\n";
//! let read = kb.read_profile("fans.toml", written.as_bytes(), &mut Files::default());
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
//! | to | go to |
//! | --- | --- |
//! | load and check a base | [`Folder`], [`KnowledgeBase::load`], [`KnowledgeBase::findings`] |
//! | say what is wrong, and where | [`Diagnostic::message`], [`Files`] |
//! | look into a base | [`KnowledgeBase::facts`], [`KnowledgeBase::decisions`], [`Fact`], [`Candidate`] |
//! | read one profile, or make one | [`KnowledgeBase::read_profile`], [`Answers`] |
//! | judge one profile, with every line | [`judge()`], [`Judge`], [`Outcome`] |
//! | say what to do: questions, law, plan, money | [`advise`], [`Advice::json`], [`Advice::markdown`] |
//! | ask a person, question by question | [`Interview`] |
//! | judge many rows | [`Batch`], [`Options`] |
//! | describe what is read and written | [`KnowledgeBase::schema`] |
//!
//! What the command line does besides, from comparisons and proofs to the export as
//! SQL, is not promised to programs: its JSON is, by its schemas. That parts of a base
//! ([`Fact`], [`Candidate`] and what they hold) can be serialised is how the program
//! carries its own base; the shape may change with every version.
//!
//! Not here: no community words (they are data), no unit of money but that of
//! the base, no learning of weights, no file, terminal or network of its own.
#![forbid(unsafe_code)]
#![warn(unnameable_types, clippy::missing_docs_in_private_items)]

mod advice;
mod answer;
mod batch;
mod calibrate;
mod cli;
mod compare;
mod condition;
mod diagnostic;
mod diff;
mod embedded;
mod engine;
mod export;
mod fact;
mod ids;
mod interview;
mod kb;
mod lint;
mod money;
mod profile;
mod proof;
mod report;
mod spelling;
mod syntax;
mod text;
mod truth;
mod whatif;
mod words;

#[cfg(test)]
#[path = "../tests/all/mod.rs"]
mod all_tests;
#[cfg(test)]
#[path = "../tests/batch/mod.rs"]
mod batch_tests;
#[cfg(fuzzing)]
#[path = "../tests/fuzz/rows.rs"]
pub mod fuzzed;
#[cfg(test)]
#[path = "../tests/all/thorough.rs"]
mod thorough;

extern crate self as qun;

#[doc(hidden)]
pub use cli::run as command_line;

pub use advice::{Advice, advise};
pub use answer::{Answer, Answers};
pub use batch::Batch;
pub use batch::complete::Reject;
pub use batch::options::{Detail, Options};
pub use batch::rows::{Judged, RowsOf, Trouble};
pub use diagnostic::{Diagnostic, FileId, Files, Level, Place};
pub use engine::compiled::verdict::{Ruling, Verdict};
pub use engine::judge::{Judge, judge};
pub use engine::judgement::{Account, Gap, Judgement, Lead, Outcome, Ranked, Ranking, Sorted, Sorting, Sureness};
pub use engine::kernel::{Chosen, Points, Readiness};
pub use fact::{Choice, Fact, Kind, Range};
pub use ids::{CandidateId, CandidateRef, ClashId, DecisionId, FactId, Id, IndexVec, LineId, NeedId, OptionId, OptionSet};
pub use interview::{AtOffer, Interview, Offer, Progress, Question, Step};
pub use kb::files::FolderFault;
pub use kb::{Candidate, Decision, Evidence, Folder, Keep, KnowledgeBase, Need};
pub use profile::Profile;
pub use text::{Lang, Text};
pub use truth::Truth;
