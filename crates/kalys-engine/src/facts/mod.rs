//! Facts of an act: what is found once and filtered by `match` rules.

pub(crate) mod decisions;
pub(crate) mod references;
pub(crate) mod sanctions;

use kalys_model::Span;

use crate::def::{ActClass, Usage};
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

/// Usages, as bits, of which a word of the sentence must be able to begin an entry for a fact of this name to stand in it.
pub(crate) fn begins(name: &str) -> u64 {
    let bit = |usage: Usage| 1 << usage.index();
    match name {
        "internal_ref" => bit(Usage::ThisAct),
        "sanction" => bit(Usage::Entity("range")),
        "norm" => ActClass::ALL.into_iter().fold(0, |acc, it| acc | bit(Usage::Act(it))),
        _ => 0,
    }
}

/// Names of the facts that `match` rules filter, with the properties of each that a filter may use.
pub const FACTS: &[(&str, &[&str])] =
    &[("internal_ref", &["resolved", "in_amendment"]), ("sanction", &["low", "high"]), ("norm", &[])];
