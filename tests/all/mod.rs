//! Every test that reaches into the library, but those of many rows at once.

#![allow(clippy::needless_for_each, clippy::format_push_string, reason = "tests read plainly")]
#![allow(clippy::missing_docs_in_private_items, clippy::disallowed_methods, reason = "a test may look around")]

mod beside;
mod brand;
mod broken;
mod calibrate;
mod compare;
mod data;
mod diff;
mod earning;
mod engine;
mod findings;
mod floors;
mod formats;
mod four;
mod html;
mod interview;
mod kb;
mod law;
mod lengths;
mod lints;
mod money;
mod nearest;
mod plan;
mod profile;
mod proofs;
mod readiness;
mod readmes;
mod report;
mod robust;
mod schema;
mod show;
mod support;
mod tables;
mod verify;
mod whatif;
mod why;
mod words;
