//! Act and rules to findings.
//!
//! It is for the one step `lint(&act, &ruleset)`: sentences, tokens, lexemes, norms, facts, phrases. It is pure, total and
//! deterministic. It knows no file format, no jurisdiction and no prose: every word of law or language comes with the rules.

pub mod def;
pub mod expr;
mod facts;
mod lint;
mod matcher;
mod norm;
pub mod phrase;
mod ruleset;
mod spellings;
mod token;
mod unit;
mod words;

use kalys_model::{Act, Finding, RuleId, Span, UnitId, Zone};
use rustc_hash::FxHashMap;

pub use facts::FACTS;
pub use ruleset::{Flaw, FlawKind, Ruleset};

use unit::{Stretch, UnitAnalysis};

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
    /// What `absent` or `frame` looks for: as if it were found nowhere.
    Expect,
}

/// What was analysed before: every distinct word, and, in a memo that remembers, the units by the hash of their text, language
/// and zone. Spans in it are relative to the unit, so that they hold wherever the unit moves.
#[derive(Debug, Default)]
pub struct Memo {
    words: words::Words,
    scratch: UnitAnalysis,
    units: Option<FxHashMap<[u8; 16], UnitAnalysis>>,
    ruleset: u64,
}

impl Memo {
    /// A memo that keeps the analyses of units: for a text that is checked again after every edit.
    pub fn remembering() -> Memo {
        Memo { units: Some(FxHashMap::default()), ..Memo::default() }
    }
}

/// Findings of all rules in the act, sorted by place and then by rule; the same for the same act and rules, always.
pub fn lint(act: &Act, rules: &Ruleset) -> Vec<Finding> {
    lint_with(act, rules, &mut Memo::default())
}

/// As [`lint`], with what was analysed before.
pub fn lint_with(act: &Act, rules: &Ruleset, memo: &mut Memo) -> Vec<Finding> {
    if memo.ruleset != rules.id() {
        memo.ruleset = rules.id();
        memo.units.as_mut().map(FxHashMap::clear);
    }
    let Memo { words, scratch, units, .. } = memo;
    let mut run = lint::Run::new(act, rules, words);
    for (unit, stretch) in stretches(act, rules) {
        let analysis = match units {
            None => {
                UnitAnalysis::find(act, stretch, rules, run.words, scratch);
                &*scratch
            }
            Some(units) => units.entry(unit::key(act, stretch)).or_insert_with(|| {
                let mut fresh = UnitAnalysis::default();
                UnitAnalysis::find(act, stretch, rules, run.words, &mut fresh);
                fresh
            }),
        };
        if stretch.zone != Zone::Heading && act.slice(stretch.span).trim_end().ends_with(':') {
            run.remember(unit, analysis);
        }
        if analysis.is_of_interest(stretch.lang, run.words) {
            run.judge(unit, stretch, analysis);
        }
    }
    run.finish()
}

/// Findings of one rule alone, with a part of it left out: for tests of rules. Precedence is off, and a rule that is switched off
/// runs all the same.
pub fn lint_rule(act: &Act, rules: &Ruleset, rule: RuleId, without: Option<&Guard>) -> Vec<Finding> {
    let mut words = words::Words::default();
    let mut run = lint::Run::new(act, rules, &mut words).only(rule, without);
    let mut analysis = UnitAnalysis::default();
    for (unit, stretch) in stretches(act, rules) {
        UnitAnalysis::find(act, stretch, rules, run.words, &mut analysis);
        run.judge(unit, stretch, &analysis);
    }
    run.finish()
}

/// A norm as the engine understands it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NormReading {
    /// The sentence, in bytes of the act's text.
    pub sentence: Span,
    /// Every predicate of [`def::PREDICATES`] with its value or values; `None` is unknown.
    pub values: Vec<(&'static str, Option<Vec<&'static str>>)>,
}

/// The norm around the word that holds the byte at `offset`, or the next word; `None` where no norm is read.
pub fn norm_at(act: &Act, rules: &Ruleset, offset: u32) -> Option<NormReading> {
    let mut words = words::Words::default();
    let unit = act.unit_at(offset);
    let holder = act.unit(unit);
    let stretch = Stretch { span: holder.body, lang: holder.lang, zone: holder.zone };
    lint::Run::new(act, rules, &mut words).reading(unit, stretch, offset)
}

/// The words of the act that rules look at, unit by unit.
fn stretches<'a>(act: &'a Act, rules: &'a Ruleset) -> impl Iterator<Item = (UnitId, Stretch)> + 'a {
    act.units.iter().enumerate().flat_map(move |(index, unit)| {
        let id = UnitId(index as u32);
        let body = Stretch { span: unit.body, lang: unit.lang, zone: unit.zone };
        // An instruction is no norm, but the words that it brings in are.
        let inner = act.inlines.partition_point(|it| it.span.end <= unit.body.start);
        let has_inline = act.inlines.get(inner).is_some_and(|it| it.span.start < unit.body.end);
        let body = (!unit.body.is_empty() && (rules.looks_at(unit.zone) || has_inline)).then_some((id, body));
        let heading = unit.heading.filter(|_| rules.looks_at(Zone::Heading)).map(|span| {
            let lang = unit.lang;
            (id, Stretch { span, lang, zone: Zone::Heading })
        });
        heading.into_iter().chain(body)
    })
}
