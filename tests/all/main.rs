//! Every test but those of `qun batch`, in one program, so that they are built and run together.

#![allow(clippy::needless_for_each, clippy::format_push_string, reason = "tests read plainly")]

mod action;
mod ask;
mod brand;
mod broken;
mod calibrate;
mod compare;
mod data;
mod diff;
mod earning;
mod engine;
mod examples;
mod findings;
mod floors;
mod formats;
mod html;
mod interview;
mod kb;
mod law;
mod lengths;
mod lints;
mod money;
mod nearest;
mod plan;
mod plays;
mod profile;
mod proofs;
mod readiness;
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
