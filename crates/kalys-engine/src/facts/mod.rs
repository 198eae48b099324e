//! Facts of an act: what is found once and filtered by `match` rules.

pub(crate) mod references;
pub(crate) mod sanctions;

use kalys_model::Span;

use crate::expr::Value;

/// A fact found in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    /// The words that say it, in tokens of the unit.
    pub(crate) first: usize,
    /// One past the last token.
    pub(crate) last: usize,
    /// Its properties, by the names of [`FACTS`].
    pub(crate) values: Vec<(&'static str, Value)>,
    /// Another place that belongs to it.
    pub(crate) related: Option<Span>,
}

/// Names of the facts that `match` rules filter, with the properties of each that a filter may use.
pub const FACTS: &[(&str, &[&str])] =
    &[("internal_ref", &["resolved", "in_amendment"]), ("sanction", &["low", "high"])];
