//! What is wrong with a command line, in the user's language; help and version.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use kalys_report::Phrases;

use crate::args::Color;
use crate::exit::Exit;
use crate::output;

/// Writes what clap wants to say and gives the exit code.
pub(crate) fn answer(
    error: &clap::Error,
    words: &[OsString],
    command: &clap::Command,
    phrases: Phrases,
) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // Nobody is left to tell that a help text could not be printed.
            let _ = error.print();
            return Exit::Clean;
        }
        _ => {}
    }
    let color = Color::Auto.on(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    let hint = phrases.fill("usage.hint", &[("command", &asked(words, command))]);
    output::complain(phrases, color, &format!("{}\n{hint}", message(error, phrases)));
    Exit::Wrong
}

/// The command that was meant, as far as its words are known: `kalys rules test`.
fn asked(words: &[OsString], command: &clap::Command) -> String {
    let mut name = command.get_name().to_owned();
    let mut command = command;
    for word in words.iter().skip(1) {
        let Some(sub) = command.find_subcommand(word) else { continue };
        name = format!("{name} {}", sub.get_name());
        command = sub;
    }
    name
}

fn message(error: &clap::Error, phrases: Phrases) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(it)) => it.clone(),
        Some(ContextValue::Strings(it)) => it.join(", "),
        Some(ContextValue::StyledStr(it)) => it.to_string(),
        Some(ContextValue::Number(it)) => it.to_string(),
        _ => String::new(),
    };
    // `--level <risk|review|info>` is shown as it is typed.
    let bare = |it: String| it.split(" <").next().unwrap_or_default().to_owned();
    let argument = bare(text(ContextKind::InvalidArg));
    let value = text(ContextKind::InvalidValue);
    let allowed = text(ContextKind::ValidValue);
    let fill = |key: &str, nearest: &str, argument: &str| {
        phrases.fill(
            &format!("usage.{key}"),
            &[("argument", &argument), ("value", &value), ("allowed", &allowed), ("nearest", &nearest)],
        )
    };
    match error.kind() {
        ErrorKind::UnknownArgument if !argument.starts_with('-') => fill("too-many", "", &argument),
        ErrorKind::UnknownArgument => match text(ContextKind::SuggestedArg) {
            nearest if nearest.is_empty() => fill("unknown-argument", "", &argument),
            nearest => fill("unknown-argument-nearest", &nearest, &argument),
        },
        ErrorKind::InvalidSubcommand => {
            let argument = text(ContextKind::InvalidSubcommand);
            match text(ContextKind::SuggestedSubcommand) {
                nearest if nearest.is_empty() => fill("unknown-command", "", &argument),
                nearest => fill("unknown-command-nearest", &nearest, &argument),
            }
        }
        ErrorKind::InvalidValue if value.is_empty() => fill("no-value", "", &argument),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if allowed.is_empty() => {
            fill("bad-value-free", "", &argument)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => fill("bad-value", "", &argument),
        ErrorKind::MissingRequiredArgument => {
            phrases.fill("usage.missing", &[("argument", &text(ContextKind::InvalidArg))])
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            fill("missing-command", "", "")
        }
        ErrorKind::ArgumentConflict if text(ContextKind::PriorArg) == text(ContextKind::InvalidArg) => {
            fill("repeated", "", &argument)
        }
        ErrorKind::ArgumentConflict => {
            let other = bare(text(ContextKind::PriorArg));
            phrases.fill("usage.conflict", &[("argument", &argument), ("other", &other)])
        }
        _ => fill("other", "", ""),
    }
}
