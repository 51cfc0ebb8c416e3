//! Help in both languages: every text comes from the shell's words, under
//! `help.COMMAND` and `help.COMMAND.ARGUMENT`.

use clap::{Arg, ArgAction, Command};
use qun::text::Lang;
use qun::words;
use std::ffi::OsString;

/// The language of a command line, before it is parsed: `--lang`, else the locale.
pub fn language(args: &[OsString]) -> Lang {
    let texts: Vec<String> = args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let given = texts.iter().enumerate().find_map(|(at, arg)| match arg.strip_prefix("--lang") {
        Some("") => texts.get(at + 1).cloned(),
        Some(value) => value.strip_prefix('=').map(str::to_owned),
        None => None,
    });
    match given.as_deref().and_then(|given| given.split(',').next()) {
        Some("zh") => Lang::Zh,
        Some("en") => Lang::En,
        _ => Lang::of_locale(locale().as_deref()),
    }
}

/// The locale by the variables that POSIX names, in their order; where none is
/// set, what the system says.
fn locale() -> Option<String> {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(|name| std::env::var(name).ok());
    match set.into_iter().find(|value| !value.is_empty()) {
        Some(value) => Some(value),
        None => sys_locale::get_locale(),
    }
}

/// The command with its help in one language.
pub fn localised(command: Command, lang: Lang) -> Command {
    translate(command, "help", lang)
}

fn translate(command: Command, path: &str, lang: Lang) -> Command {
    let say = |key: &str| words::say(key, lang).to_owned();
    let heading = say("help.headings.options");
    let template = format!("{{about-with-newline}}\n{}{{usage}}\n\n{{all-args}}{{after-help}}", say("help.headings.usage"));
    let mut command = command
        .about(say(&format!("{path}.about")))
        .help_template(template)
        .subcommand_help_heading(say("help.headings.commands"))
        .subcommand_value_name(say("help.headings.command"))
        .disable_help_flag(true)
        .disable_version_flag(path != "help")
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help(say("help.flags.help")));
    if path == "help" {
        command = command.disable_version_flag(true);
        command = command
            .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help(say("help.flags.version")))
            .after_help(say("help.after"));
    }
    let arguments: Vec<(String, bool, bool)> =
        command.get_arguments().map(|arg| (arg.get_id().to_string(), arg.is_positional(), arg.is_global_set())).collect();
    for (id, positional, global) in arguments {
        let heading = if positional { say("help.headings.arguments") } else { heading.clone() };
        let own = format!("{path}.{id}");
        let shared = if global { format!("help.flags.{id}") } else { own };
        command = command.mut_arg(&id, |arg| {
            let arg = if arg.get_action().takes_values() {
                arg.help_heading(heading).hide_possible_values(true).hide_default_value(true)
            } else {
                arg.help_heading(heading)
            };
            match words::find(&shared) {
                Some(text) => arg.help(text.get(lang)),
                None => arg,
            }
        });
    }
    let children: Vec<String> = command.get_subcommands().map(|child| child.get_name().to_owned()).collect();
    for child in children {
        let below = format!("{path}.{child}");
        command = command.mut_subcommand(&child, |child| translate(child, &below, lang));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn every_argument_has_help_in_both_languages() {
        for lang in Lang::BOTH {
            let mut missing = Vec::new();
            let mut left = vec![localised(crate::cli::Cli::command(), lang)];
            while let Some(command) = left.pop() {
                let name = command.get_name().to_owned();
                let bare = command.get_arguments().filter(|arg| arg.get_help().is_none());
                missing.extend(bare.map(|arg| format!("{name} {}", arg.get_id())));
                left.extend(command.get_subcommands().cloned());
            }
            assert!(missing.is_empty(), "without help in {lang}: {missing:?}");
        }
    }

    #[test]
    fn the_language_is_the_flag_before_the_locale() {
        let args = |texts: &[&str]| texts.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(language(&args(&["qun", "--lang", "zh"])), Lang::Zh);
        assert_eq!(language(&args(&["qun", "advise", "--lang=en"])), Lang::En);
    }
}
