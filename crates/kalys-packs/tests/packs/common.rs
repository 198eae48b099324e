//! The one place that knows how packs are loaded and shown.

use std::fmt::Display;

use kalys_model::Lang;
use kalys_packs::{PackError, TestFailure};
use kalys_report::Phrases;

/// An error as the program prints it.
pub(crate) fn sentence(error: &PackError) -> String {
    let values: Vec<(&str, &str)> = error.args().collect();
    let args: Vec<(&str, &dyn Display)> =
        values.iter().map(|(name, value)| (*name, value as &dyn Display)).collect();
    let text = Phrases::new(Lang::En).fill(&format!("pack.{}", error.code()), &args);
    format!("{}:{}:{}: {text}", error.file, error.line, error.column)
}

/// A failed test: place, outcome, the text with its marks, what was found.
pub(crate) fn failure(failure: &TestFailure) -> String {
    let mut text = failure.text.clone();
    for mark in failure.marks.iter().rev() {
        text.insert_str(mark.range().end, "]]");
        text.insert_str(mark.range().start, "[[");
    }
    let found: Vec<&str> = failure.found.iter().map(|it| &failure.text[it.range()]).collect();
    format!("{}:{}: {:?}\n    {text}\n    found {found:?}", failure.file, failure.line, failure.outcome)
}
