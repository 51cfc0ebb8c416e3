//! Faces: a judgement, a knowledge base or a finding as text. No decisions, no I/O.
//!
//! [`advice`] turns a judgement into a [`page`]; every output format is one small
//! file over that page.

pub mod advice;
pub mod certificate;
mod detail;
pub mod diagnostics;
pub mod earning;
pub mod exam;
pub mod exam_json;
pub mod explain;
pub mod findings;
pub mod forecast;
pub mod json;
pub mod lines;
pub mod markdown;
pub mod money;
mod nearest;
pub mod page;
mod phrases;
mod plan;
pub mod plan_csv;
pub mod plan_ics;
mod plan_json;
mod promises;
pub mod reported;
mod robust;
pub mod schema;
mod screen;
pub mod show;
pub mod summary;
pub mod template;
pub mod terminal;
pub mod text;
mod trade;
pub mod whatif;
mod why;
pub mod why_candidate;
pub mod why_json;
pub mod wrap;
