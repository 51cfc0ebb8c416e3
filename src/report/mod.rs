//! Faces: a judgement, a knowledge base or a finding as text. No decisions, no I/O.
//!
//! [`advice`] turns a judgement into a [`page`]; every output format is one small
//! file over that page.

pub mod advice;
pub mod certificate;
mod changing;
pub mod chart;
pub mod compare;
mod detail;
pub mod diagnostics;
pub mod diff;
mod document_json;
pub mod earning;
pub mod exam;
pub mod exam_json;
pub mod explain;
mod figures;
pub mod findings;
mod for_programs;
pub mod forecast;
mod given;
pub mod html;
pub mod json;
mod law;
pub mod markdown;
pub mod money;
mod nearest;
pub mod page;
mod percent;
mod phrases;
mod plan;
pub mod plan_csv;
pub mod plan_ics;
mod plan_json;
mod promises;
pub mod receipt;
pub mod reported;
mod right;
mod robust;
pub mod schema;
mod screen;
pub mod show;
mod sources;
pub mod summary;
pub mod template;
pub mod template_html;
pub mod terminal;
pub mod text;
mod textbars;
mod trade;
pub mod verify;
pub mod whatif;
mod why;
pub mod why_candidate;
pub mod why_json;
pub mod wrap;
