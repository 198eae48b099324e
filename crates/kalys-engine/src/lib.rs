//! Act and rules to findings.
//!
//! It is for the one step `lint(&act, &ruleset)`: sentences, tokens, lexemes, norms, facts, phrases. It is pure, total and
//! deterministic. It knows no file format, no jurisdiction and no prose: every word of law or language comes with the rules.

pub mod def;
pub mod expr;
pub mod phrase;
