//! `qun` (群) settles which kind of community somebody runs, how it can earn,
//! and what to do next, and shows the evidence for every word.
//!
//! All knowledge is data: TOML under `data/`, embedded or read from a folder.
//! This library turns it into a checked [`kb::KnowledgeBase`], reads
//! [`profile`]s against it, and judges them. It never prints, reads no clock and
//! no network, and the same input gives the same output on every machine.
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
