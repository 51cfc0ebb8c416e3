//! The door: hands the command line to the library and its status to the system.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "the door hands arguments on")]

fn main() -> std::process::ExitCode {
    qun::command_line(std::env::args_os())
}
