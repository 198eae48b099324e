//! Exit codes, and what stops a run.

use std::process::ExitCode;

use kalys_report::Phrases;

use crate::output;

/// What a run comes to; the highest wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Checked, and nothing at or above `--fail-on`.
    Clean = 0,
    /// Findings at or above `--fail-on`, or a failing test of a rule.
    Found = 1,
    /// An input could not be read, or nothing was checked.
    Unread = 2,
    /// An error in rules, configuration or options.
    Wrong = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// What stops a run before it is through, in the user's language.
#[derive(Debug)]
pub(crate) struct Stop {
    exit: Exit,
    phrases: Phrases,
    /// Errors in files: each begins with its place.
    placed: Vec<String>,
    /// Errors without a place.
    messages: Vec<String>,
}

impl Stop {
    /// Stops for one reason.
    pub(crate) fn new(exit: Exit, phrases: Phrases, message: String) -> Stop {
        Stop { exit, phrases, placed: Vec::new(), messages: vec![message] }
    }

    /// Stops for an error in rules, configuration or options.
    pub(crate) fn wrong(phrases: Phrases, message: String) -> Stop {
        Stop::new(Exit::Wrong, phrases, message)
    }

    /// Stops for errors in files, each with its place in front.
    pub(crate) fn placed(phrases: Phrases, errors: Vec<String>) -> Stop {
        Stop { exit: Exit::Wrong, phrases, placed: errors, messages: Vec::new() }
    }

    /// Adds a reason without a place.
    pub(crate) fn and(mut self, message: String) -> Stop {
        self.messages.push(message);
        self
    }

    /// Adds the reasons of another stop.
    pub(crate) fn join(mut self, other: Stop) -> Stop {
        self.exit = self.exit.max(other.exit);
        self.placed.extend(other.placed);
        self.messages.extend(other.messages);
        self
    }

    /// Says why, and gives the exit code.
    pub(crate) fn tell(&self, color: bool) -> Exit {
        self.placed.iter().for_each(|it| output::complain_at(it));
        self.messages.iter().for_each(|it| output::complain(self.phrases, color, it));
        self.exit
    }
}

/// Why a command ends before its work is done.
pub(crate) type Outcome = Result<Exit, Stop>;
