//! The program: `kalys check`, `outline`, `stream`, `explain`, `rules`, `config`.
//!
//! It is for finding files, running them through the crates that read, build and lint, and saying what came of it with the
//! right exit code. It judges no norms and formats no findings; every word that it says is in kalys-report's phrases.

mod args;
mod check;
mod config;
mod exit;
mod inputs;
mod ordered;
mod output;
mod reading;
mod rules;
mod session;
mod stream;
mod usage;

use std::process::ExitCode;

use kalys_report::Phrases;

use crate::args::Command;

/// The program: does what the command line says and gives the exit code.
///
/// It is a function of a library so that the tests of the workspace run the same code under a binary of their own.
pub fn main() -> ExitCode {
    reading::keep_panics();
    let words: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let phrases = Phrases::new(args::ui(&words));
    let cli = match args::parse(&words, phrases) {
        Ok(cli) => cli,
        Err(exit) => return exit.into(),
    };
    let color = cli.color.on(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    let result = match cli.command {
        Command::Check(args) => check::run(&cli.common, &args),
        Command::Outline(args) => reading::outline(&cli.common, &args),
        Command::Stream(args) => stream::run(&cli.common, &args),
        Command::Explain(args) => rules::explain(&cli.common, &args),
        Command::RulesList(args) => rules::list(&cli.common, &args),
        Command::RulesTest(args) => rules::test(&cli.common, &args),
        Command::ConfigShow(args) => config::show(&cli.common, &args),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(stop) => stop.tell(color).into(),
    }
}
