//! The program as its users meet it: commands, terminals, files and exit statuses.
//! It is run as a whole; what the library does inside is tested inside.

#![allow(clippy::needless_for_each, clippy::format_push_string, reason = "tests read plainly")]
#![allow(clippy::disallowed_methods, reason = "a test may look around")]

mod action;
mod analyst;
mod ask;
mod bad;
#[path = "../batch/bad_rows.rs"]
mod bad_rows;
mod batch;
mod brand;
mod calibrate;
mod compare;
mod earning;
mod ends;
mod examples;
mod formats;
#[path = "../all/four.rs"]
mod four;
mod hostile;
mod nearest;
mod plays;
#[cfg(unix)]
mod screen;
mod show;
#[cfg(unix)]
mod stops;
mod whatif;
mod why;
