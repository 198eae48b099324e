//! Act and rules to findings.
//!
//! It is for the one step `lint(&act, &ruleset)`: sentences, tokens, lexemes, norms, facts, phrases. It is pure, total and
//! deterministic. It knows no file format, no jurisdiction and no prose: every word of law or language comes with the rules.

pub mod def;
pub mod expr;
pub mod phrase;
mod ruleset;

use kalys_model::{Act, Finding, RuleId};

pub use ruleset::{Flaw, FlawKind, Ruleset};

/// Names of the facts that `match` rules filter, with the properties of each that a filter may use.
pub const FACTS: &[(&str, &[&str])] =
    &[("internal_ref", &["resolved", "in_amendment"]), ("sanction", &["low", "high"])];

/// A part of a rule that a test leaves out, to see whether the rule then fires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guard {
    /// The exception of this name.
    Exception(String),
    /// Every test of this predicate.
    Predicate(String),
    /// The zones of the scope.
    Zone,
    /// The kinds of act of the scope.
    Kind,
    /// The units of the scope.
    Unit,
    /// The filter of a `match` rule.
    Filter,
}

/// What was analysed before: words, and units by the hash of their text, language, zone and rules. Spans in it are relative
/// to the unit.
#[derive(Debug, Default)]
pub struct Memo {}

/// Findings of all rules in the act, sorted by place and then by rule; the same for the same act and rules, always.
pub fn lint(act: &Act, rules: &Ruleset) -> Vec<Finding> {
    lint_with(act, rules, &mut Memo::default())
}

/// As [`lint`], with what was analysed before.
pub fn lint_with(act: &Act, rules: &Ruleset, memo: &mut Memo) -> Vec<Finding> {
    let _ = (act, rules, memo);
    Vec::new()
}

/// Findings of one rule alone, with a part of it left out: for tests of rules.
pub fn lint_rule(act: &Act, rules: &Ruleset, rule: RuleId, without: Option<&Guard>) -> Vec<Finding> {
    let _ = (act, rules, rule, without);
    Vec::new()
}
