//! From the matches of phrases and from facts to findings: scope, exceptions, predicates, level, precedence.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use kalys_model::{
    Act, Evidence, Finding, Fingerprint, Fix, Lang, Related, RuleId, Severity, Span, Text, Unit, UnitId,
    UnitKind, Unknown, Zone,
};
use rustc_hash::FxHashMap;

use crate::def::{PREDICATES, Reach, Role, Test, Usage};
use crate::expr::{Expr, Value};
use crate::facts::{self, FACTS, Fact, decisions, references, sanctions};
use crate::matcher::Matcher;
use crate::norm::{Around, Norm};
use crate::ruleset::{Absence, Context, LangRules, Rule, Ruleset};
use crate::unit::{Match, Sentence, Stretch, UnitAnalysis};
use crate::words::Words;
use crate::{Guard, NormReading};

/// How far head lines are followed upwards.
const HEADS: usize = 3;

/// One run over one act.
pub(crate) struct Run<'a> {
    act: &'a Act,
    rules: &'a Ruleset,
    pub(crate) words: &'a mut Words,
    /// Analyses of units that were needed as context: head lines, articles, headings.
    contexts: FxHashMap<(UnitId, bool), Rc<UnitAnalysis>>,
    arounds: FxHashMap<UnitId, Around>,
    /// The unit that heads the enumeration which a unit is an item of.
    heads: FxHashMap<UnitId, Option<UnitId>>,
    /// The roles that headings of articles name.
    heading_roles: FxHashMap<UnitId, Option<Role>>,
    numbered: Option<Rc<references::Numbered>>,
    /// What is known of the norms in the unit and stretch `known_of`, by sentence and words.
    known: FxHashMap<(u32, usize, usize), Known>,
    known_of: (UnitId, Span),
    /// For each of [`crate::FACTS`] the rules that run and ask for it.
    askers: [Vec<RuleId>; FACTS.len()],
    /// Whether a slot of a rule was found in a unit.
    searched: FxHashMap<(RuleId, u8, UnitId), bool>,
    /// The only rule that is run, and what is left out of it.
    only: Option<RuleId>,
    without: Option<&'a Guard>,
    drafts: Vec<Draft>,
}

/// A finding before precedence and aggregation.
struct Draft {
    rule: RuleId,
    level: Evidence,
    severity: Severity,
    span: Span,
    clause: Span,
    sentence: (UnitId, u32),
    unit: UnitId,
    unknown: Vec<Unknown>,
    /// Slots of the rule that were not found.
    lacking: Vec<u8>,
    captures: Vec<(String, Span)>,
    related: Vec<Related>,
    lang: Lang,
    /// The words of the clause and those of the finding, hashed.
    identity: (u128, u128),
}

/// Words that a rule looks at: a match of a phrase, or a fact.
struct Candidate<'c> {
    rule: RuleId,
    sentence: u32,
    first: usize,
    last: usize,
    captures: Vec<(&'c str, usize, usize)>,
    fact: Option<&'c Fact>,
}

/// Where the words of a candidate stand.
struct Place<'p> {
    unit: UnitId,
    stretch: Stretch,
    analysis: &'p UnitAnalysis,
    sentence: Sentence,
}

/// The predicates of the norm around some words that were asked for so far, by their places in [`PREDICATES`].
type Known = Vec<Option<Option<Vec<&'static str>>>>;

/// Predicates of a norm, from what is known of it or from the norm itself.
struct Values<'v> {
    /// `None` as long as what is known may be enough.
    norm: Option<&'v Norm<'v>>,
    known: &'v RefCell<Known>,
    /// Whether something was asked that only the norm could answer.
    missed: Cell<bool>,
}

impl Values<'_> {
    /// The value or values of a predicate; `None` when it cannot be told.
    fn of(&self, name: &str) -> Option<Vec<&'static str>> {
        let place = PREDICATES.iter().position(|(it, _)| *it == name)?;
        let mut known = self.known.borrow_mut();
        if known.is_empty() {
            known.resize(PREDICATES.len(), None);
        }
        if let Some(value) = &known[place] {
            return value.clone();
        }
        match self.norm {
            Some(norm) => {
                let value = norm.value(name);
                known[place] = Some(value.clone());
                value
            }
            None => {
                self.missed.set(true);
                None
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Truth {
    Yes,
    No,
    Unknown,
}

impl<'a> Run<'a> {
    pub(crate) fn new(act: &'a Act, rules: &'a Ruleset, words: &'a mut Words) -> Run<'a> {
        let mut run = Run {
            act,
            rules,
            words,
            contexts: FxHashMap::default(),
            arounds: FxHashMap::default(),
            heads: FxHashMap::default(),
            heading_roles: FxHashMap::default(),
            numbered: None,
            known: FxHashMap::default(),
            known_of: (UnitId(0), Span::at(0)),
            askers: Default::default(),
            searched: FxHashMap::default(),
            only: None,
            without: None,
            drafts: Vec::new(),
        };
        run.choose_facts();
        run
    }

    pub(crate) fn only(mut self, rule: RuleId, without: Option<&'a Guard>) -> Run<'a> {
        self.only = Some(rule);
        self.without = without;
        self.choose_facts();
        self
    }

    fn choose_facts(&mut self) {
        self.askers = std::array::from_fn(|index| {
            let all = (0..self.rules.rules.len()).map(|number| RuleId(number as u16));
            let asks = |it: &RuleId| self.rules.rule(*it).fact.as_ref().is_some_and(|it| it.0 == index);
            all.filter(|it| self.wants(*it) && asks(it)).collect()
        });
    }

    /// Judges the matches and facts of one unit's analysis.
    pub(crate) fn judge(&mut self, unit: UnitId, stretch: Stretch, analysis: &UnitAnalysis) {
        let Some(table) = self.rules.lang(stretch.lang) else { return };
        for it in &analysis.matches {
            if !self.wants(it.rule) {
                continue;
            }
            let candidate = candidate(it, table);
            self.consider(unit, stretch, analysis, &candidate);
        }
        let facts = self.facts(unit, stretch, analysis);
        for (sentence, index, fact) in &facts {
            for number in 0..self.askers[*index].len() {
                let id = self.askers[*index][number];
                let filter = self.rules.rule(id).fact.as_ref().and_then(|it| it.1.as_ref());
                let filtered = self.without != Some(&Guard::Filter);
                let lookup = |name: &str| {
                    let value = fact.values.iter().find(|(it, _)| *it == name);
                    value.map_or(Value::Unknown, |(_, value)| value.clone())
                };
                let passes = !filtered || filter.is_none_or(|it| it.truth(&lookup) == Some(true));
                if passes {
                    let candidate = Candidate {
                        rule: id,
                        sentence: *sentence,
                        first: fact.first,
                        last: fact.last,
                        captures: Vec::new(),
                        fact: Some(fact),
                    };
                    self.consider(unit, stretch, analysis, &candidate);
                }
            }
        }
    }

    /// The norm around the word at `offset`: its sentence, and the value of every predicate.
    pub(crate) fn reading(&mut self, unit: UnitId, stretch: Stretch, offset: u32) -> Option<NormReading> {
        let mut analysis = UnitAnalysis::default();
        UnitAnalysis::read(self.act, stretch, self.rules, self.words, &mut analysis);
        let within = offset.checked_sub(stretch.span.start)?;
        let at = analysis.tokens.iter().position(|it| it.end > within)?;
        let sentence = analysis.sentences.iter().find(|it| at < it.to as usize)?;
        let (from, to) = (sentence.from as usize, sentence.to as usize);
        let around = self.around(unit);
        self.prepare(unit, stretch, true);
        let mut values = Vec::new();
        self.with_norm(unit, stretch, &analysis, (from, to), (at, at + 1), around, &mut |norm| {
            values.extend(crate::def::PREDICATES.iter().map(|(name, _)| (*name, norm.value(name))));
        });
        let base = stretch.span.start;
        let span = Span::new(analysis.tokens[from].start + base, analysis.tokens[to - 1].end + base);
        Some(NormReading { sentence: span, values })
    }

    fn wants(&self, id: RuleId) -> bool {
        match self.only {
            Some(only) => only == id,
            None => self.rules.rule(id).on,
        }
    }

    /// Facts in the sentences of a unit: (sentence, number of the fact in [`crate::FACTS`], fact).
    fn facts(&mut self, unit: UnitId, stretch: Stretch, analysis: &UnitAnalysis) -> Vec<(u32, usize, Fact)> {
        let mut out = Vec::new();
        if self.askers.iter().all(Vec::is_empty) {
            return out;
        }
        let masks: [u64; FACTS.len()] = std::array::from_fn(|index| facts::begins(FACTS[index].0));
        let text = self.act.slice(stretch.span);
        let mut found = Vec::new();
        for (number, sentence) in analysis.sentences.iter().enumerate() {
            let (from, to) = (sentence.from as usize, sentence.to as usize);
            let Some(words) = self.words.get(stretch.lang) else { return out };
            let begun = analysis.tokens[from..to].iter().fold(0, |acc, it| acc | words.word(it.word).begins);
            let wanted: [bool; FACTS.len()] =
                std::array::from_fn(|index| !self.askers[index].is_empty() && begun & masks[index] != 0);
            if wanted.iter().all(|it| !it) {
                continue;
            }
            self.prepare(unit, stretch, false);
            let act = self.act;
            let numbered = self.numbered.get_or_insert_with(|| Rc::new(references::Numbered::of(act)));
            let numbered = Rc::clone(numbered);
            self.with_norm(unit, stretch, analysis, (from, to), (from, to), Around::default(), &mut |norm| {
                for (index, (name, _)) in FACTS.iter().enumerate().filter(|(index, _)| wanted[*index]) {
                    match *name {
                        "internal_ref" => references::collect(norm, &numbered, text, &mut found),
                        "sanction" => sanctions::collect(norm, text, &mut found),
                        _ => decisions::collect(norm, &mut found),
                    }
                    out.extend(found.drain(..).map(|fact| (number as u32, index, fact)));
                }
            });
        }
        out
    }

    fn consider(
        &mut self,
        unit: UnitId,
        stretch: Stretch,
        analysis: &UnitAnalysis,
        candidate: &Candidate<'_>,
    ) {
        let id = candidate.rule;
        let rules = self.rules;
        let rule = rules.rule(id);
        let sentence = analysis.sentences[candidate.sentence as usize];
        if !self.in_scope(rule, unit, sentence.zone) {
            return;
        }
        let mut unknown = Vec::new();
        if !self.no_exception_by_words(rule, id, unit, stretch, analysis, candidate) {
            return;
        }
        let asks_around = asks(rule, &["authority", "person"]);
        let around = if asks_around { self.around(unit) } else { Around::default() };
        self.prepare(unit, stretch, true);
        let (from, to) = (sentence.from as usize, sentence.to as usize);
        let words = (candidate.first, candidate.last);
        // Several rules speak of the same words: what one has asked of their norm the next need not ask again.
        if self.known_of != (unit, stretch.span) {
            self.known_of = (unit, stretch.span);
            self.known.clear();
        }
        let key = (candidate.sentence, candidate.first, candidate.last);
        let known = RefCell::new(self.known.remove(&key).unwrap_or_default());
        let values = Values { norm: None, known: &known, missed: Cell::new(false) };
        let mut verdict = self.verdict(rule, &values, candidate, &mut unknown);
        if values.missed.get() {
            unknown.clear();
            self.with_norm(unit, stretch, analysis, (from, to), words, around, &mut |norm| {
                let values = Values { norm: Some(norm), known: &known, missed: Cell::new(false) };
                verdict = self.verdict(rule, &values, candidate, &mut unknown);
            });
        }
        self.known.insert(key, known.into_inner());
        let Some(severity) = verdict else { return };
        let mut lacking = Vec::new();
        if let Some(absence) = &rule.absence {
            let place = Place { unit, stretch, analysis, sentence };
            if !self.lacks(id, absence, &place, &mut lacking, &mut unknown) {
                return;
            }
        }
        let level = match unknown.len() {
            0 => rule.level,
            // What is only a hint where it is missing for certain is no more than information where it may stand elsewhere.
            1 if rule.absence.is_none() || rule.level == Evidence::Risk => rule.level.min(Evidence::Review),
            _ => Evidence::Info,
        };
        let base = stretch.span.start;
        let tokens = &analysis.tokens;
        let span_of = |first: usize, last: usize| {
            Span::new(tokens[first].start + base, tokens[last.max(first + 1) - 1].end + base)
        };
        let captures: Vec<(String, Span)> = candidate
            .captures
            .iter()
            .filter(|(_, first, last)| first < last)
            .map(|(name, first, last)| ((*name).to_owned(), span_of(*first, *last)))
            .collect();
        let whole = span_of(candidate.first, candidate.last);
        let identity = self.words.get(stretch.lang).map_or((0, 0), |words| {
            (words.identity(&tokens[from..to]), words.identity(&tokens[candidate.first..candidate.last]))
        });
        let at = rule.at.as_ref().and_then(|at| captures.iter().find(|(name, _)| name == at));
        let span = at.map_or(whole, |(_, span)| *span);
        let related = candidate.fact.and_then(|it| it.related);
        self.drafts.push(Draft {
            rule: id,
            level,
            severity,
            span,
            clause: span_of(from, to),
            sentence: (unit, candidate.sentence),
            unit: self.act.unit_at(span.start),
            unknown,
            lacking,
            captures,
            related: related.into_iter().map(|span| Related { span, message: Text::default() }).collect(),
            lang: stretch.lang,
            identity,
        });
    }

    fn in_scope(&self, rule: &Rule, unit: UnitId, zone: Zone) -> bool {
        let scope = &rule.scope;
        let inside = |kind: &UnitKind| self.act.enclosing(unit, *kind).is_some();
        let zone_fits = scope.zones.contains(&zone) || self.without == Some(&Guard::Zone);
        let kind_fits = scope.kinds.is_empty()
            || scope.kinds.contains(&self.act.kind)
            || self.without == Some(&Guard::Kind);
        let unit_fits = (scope.inside.is_empty() || scope.inside.iter().any(inside))
            && !scope.not_inside.iter().any(inside)
            || self.without == Some(&Guard::Unit);
        zone_fits && kind_fits && unit_fits
    }

    /// False when an exception made of words silences the rule here.
    fn no_exception_by_words(
        &mut self,
        rule: &Rule,
        id: RuleId,
        unit: UnitId,
        stretch: Stretch,
        analysis: &UnitAnalysis,
        candidate: &Candidate<'_>,
    ) -> bool {
        let Some(table) = self.rules.lang(stretch.lang) else { return true };
        let sentence = analysis.sentences[candidate.sentence as usize];
        let (from, to) = (sentence.from as usize, sentence.to as usize);
        for (number, (name, reach, given)) in rule.exceptions.iter().enumerate() {
            if matches!(self.without, Some(Guard::Exception(it)) if it == name) {
                continue;
            }
            let phrases = &table.exceptions[id.0 as usize][number];
            let holds = match reach {
                Reach::InsideZone(zone) => sentence.zone == *zone || self.act.unit(unit).zone == *zone,
                Reach::InsideUnit(kind) => self.act.enclosing(unit, *kind).is_some(),
                Reach::Holds(_) => false,
                _ if phrases.is_empty() => *given,
                Reach::Unit(kind) => {
                    let holder = self.act.enclosing(unit, *kind).unwrap_or(unit);
                    self.stands_in(holder, phrases)
                }
                Reach::Heading(kind) => match self.act.enclosing(unit, *kind) {
                    Some(holder) => {
                        let heading = self.context(holder, true);
                        self.stands(&heading, self.act.unit(holder).lang, phrases)
                    }
                    None => false,
                },
                Reach::Overlaps | Reach::Before(_) | Reach::After(_) | Reach::Clause | Reach::Sentence => {
                    let Some(words) = self.words.get(stretch.lang) else { continue };
                    let (lo, hi) = reach_of(reach, analysis, words, (from, to), candidate);
                    let matcher = Matcher { rules: table, words, tokens: &analysis.tokens, to: hi };
                    phrases.iter().any(|context| {
                        let begins = |at: &usize| words.may_start(analysis.tokens[*at].word, context.id);
                        (lo..hi).filter(begins).any(|at| {
                            matcher.at(&context.program, at).is_some_and(|hit| {
                                *reach != Reach::Overlaps
                                    || (hit.first as usize) < candidate.last
                                        && candidate.first < hit.last as usize
                            })
                        })
                    })
                }
            };
            let holds = holds
                // What the head line of an enumeration says, it says of every item.
                || *given && *reach == Reach::Sentence && self.stands_in_heads(unit, phrases);
            if holds != *given {
                return false;
            }
        }
        true
    }

    /// Looks for the slots of a rule from the sentence outwards; true when the rule has something to report.
    fn lacks(
        &mut self,
        id: RuleId,
        absence: &Absence,
        place: &Place<'_>,
        lacking: &mut Vec<u8>,
        unknown: &mut Vec<Unknown>,
    ) -> bool {
        let Some(table) = self.rules.lang(place.stretch.lang) else { return false };
        let left_out = self.without == Some(&Guard::Expect);
        let mut seen_all = true;
        for (slot, phrases) in table.slots[id.0 as usize].iter().enumerate() {
            let mut found = false;
            for rung in &absence.look_in {
                let (stands, whole) = self.stands_on(*rung, (id, slot as u8), phrases, place);
                found |= stands && !left_out;
                seen_all &= found || whole;
            }
            if !found {
                lacking.push(slot as u8);
            }
        }
        let (missing, slots) = (lacking.len() as f64, absence.titles.len() as f64);
        let lookup = |name: &str| match name {
            "missing" => Value::Number(missing),
            "slots" => Value::Number(slots),
            _ => Value::Unknown,
        };
        let reports = match &absence.when {
            Some(when) => when.truth(&lookup) == Some(true),
            None => !lacking.is_empty(),
        };
        // What is missing here may stand in what was not given to read.
        if reports && !seen_all {
            unknown.push(Unknown::Outside);
        }
        reports
    }

    /// Whether a phrase stands on a rung of the ladder, and whether all of the rung could be read.
    fn stands_on(
        &mut self,
        rung: UnitKind,
        (id, slot): (RuleId, u8),
        phrases: &[Context],
        place: &Place<'_>,
    ) -> (bool, bool) {
        let Place { unit, stretch, analysis, sentence } = *place;
        if rung == UnitKind::Sentence {
            let here = self.stands_between(analysis, stretch.lang, (sentence.from, sentence.to), phrases);
            return (here || self.stands_in_heads(unit, phrases), true);
        }
        let (act, amends) = (self.act, sentence.zone == Zone::AmendmentNew);
        let (holder, whole) = match (rung, act.enclosing(unit, rung)) {
            (UnitKind::Act, _) => (UnitId(0), !act.fragment && !amends),
            (UnitKind::Article, None) => (self.surroundings(unit), !act.fragment),
            (_, None) => return (false, !act.fragment && !amends),
            (_, Some(holder)) => (holder, !amends),
        };
        let stands = match self.searched.get(&(id, slot, holder)) {
            Some(stands) => *stands,
            None => {
                let stands = self.stands_in(holder, phrases);
                self.searched.insert((id, slot, holder), stands);
                stands
            }
        };
        (stands, whole)
    }

    fn stands_in_heads(&mut self, unit: UnitId, phrases: &[Context]) -> bool {
        let mut here = unit;
        for _ in 0..HEADS {
            let Some(head) = self.head(here) else { return false };
            let context = self.context(head, false);
            if self.stands(&context, self.act.unit(head).lang, phrases) {
                return true;
            }
            here = head;
        }
        false
    }

    /// Severity when the rule holds; `None` when a predicate or an exception silences it.
    fn verdict(
        &self,
        rule: &Rule,
        values: &Values<'_>,
        candidate: &Candidate<'_>,
        unknown: &mut Vec<Unknown>,
    ) -> Option<Severity> {
        for (name, reach, _) in &rule.exceptions {
            let Reach::Holds(tests) = reach else { continue };
            if matches!(self.without, Some(Guard::Exception(it)) if it == name) {
                continue;
            }
            match self.all(tests, values, &mut Vec::new()) {
                Truth::Yes => return None,
                Truth::Unknown => unknown.push(Unknown::Exception),
                Truth::No => {}
            }
        }
        if self.all(&rule.conditions.all, values, unknown) == Truth::No {
            return None;
        }
        if !rule.conditions.any.is_empty() {
            let mut best: Option<Vec<Unknown>> = None;
            for group in &rule.conditions.any {
                let mut open = Vec::new();
                if self.all(group, values, &mut open) == Truth::No {
                    continue;
                }
                if best.as_ref().is_none_or(|it| open.len() < it.len()) {
                    best = Some(open);
                }
            }
            unknown.extend(best?);
        }
        unknown.sort_unstable();
        unknown.dedup();
        let lookup = |name: &str| self.lookup(name, values, candidate);
        let step =
            rule.severity.1.iter().find(|(_, expr): &&(Severity, Expr)| expr.truth(&lookup) == Some(true));
        Some(step.map_or(rule.severity.0, |(severity, _)| *severity))
    }

    fn all(&self, tests: &[Test], values: &Values<'_>, unknown: &mut Vec<Unknown>) -> Truth {
        let mut truth = Truth::Yes;
        for test in tests {
            if matches!(self.without, Some(Guard::Predicate(it)) if it == test.predicate) {
                continue;
            }
            match values.of(test.predicate) {
                Some(values) if values.iter().any(|it| test.values.contains(it)) => {}
                Some(_) => return Truth::No,
                None => {
                    truth = Truth::Unknown;
                    unknown.push(unknown_of(test.predicate));
                }
            }
        }
        truth
    }

    fn lookup(&self, name: &str, values: &Values<'_>, candidate: &Candidate<'_>) -> Value {
        if let Some((_, value)) = candidate.fact.and_then(|it| it.values.iter().find(|(own, _)| *own == name))
        {
            return value.clone();
        }
        match values.of(name) {
            Some(values) if values == ["yes"] => Value::Truth(true),
            Some(values) if values == ["no"] => Value::Truth(false),
            Some(values) => Value::Names(values),
            None => Value::Unknown,
        }
    }

    fn head(&mut self, unit: UnitId) -> Option<UnitId> {
        let act = self.act;
        *self.heads.entry(unit).or_insert_with(|| head_line(act, unit))
    }

    /// Makes the analyses that the norm of a unit may need.
    fn prepare(&mut self, unit: UnitId, stretch: Stretch, heading: bool) {
        let mut here = unit;
        for _ in 0..HEADS {
            let Some(head) = self.head(here) else { break };
            self.context(head, false);
            here = head;
        }
        if heading
            && let Some(article) = self.act.enclosing(unit, UnitKind::Article)
            && !self.heading_roles.contains_key(&article)
        {
            self.context(article, true);
            let role = self.heading_role(article);
            self.heading_roles.insert(article, role);
        }
        self.words.lang(stretch.lang, self.rules);
    }

    /// Calls `f` with the norm of some words, its head lines attached.
    #[allow(clippy::too_many_arguments, reason = "a norm is a place in an act and what surrounds it")]
    fn with_norm(
        &self,
        unit: UnitId,
        stretch: Stretch,
        analysis: &UnitAnalysis,
        sentence: (usize, usize),
        words: (usize, usize),
        around: Around,
        f: &mut dyn FnMut(&Norm<'_>),
    ) {
        let (Some(table), Some(known)) = (self.rules.lang(stretch.lang), self.words.get(stretch.lang)) else {
            return;
        };
        let article = self.act.enclosing(unit, UnitKind::Article);
        let heading = article.and_then(|it| self.heading_roles.get(&it).copied().flatten());
        let mut chain = Vec::new();
        let mut here = unit;
        while chain.len() < HEADS
            && let Some(head) = self.heads.get(&here).copied().flatten()
            && let Some(context) = self.contexts.get(&(head, false))
        {
            chain.push((head, Rc::clone(context)));
            here = head;
        }
        let norm = Norm {
            act: self.act,
            lang: stretch.lang,
            rules: table,
            words: known,
            tokens: &analysis.tokens,
            from: sentence.0,
            to: sentence.1,
            first: words.0,
            last: words.1,
            unit,
            clauses: &[],
            head: None,
            heading,
            around,
        };
        let clauses = norm.number_clauses();
        let norm = Norm { clauses: &clauses, ..norm };
        attach(&norm, &chain, self, f);
    }

    /// The role that the heading of the article names.
    fn heading_role(&self, article: UnitId) -> Option<Role> {
        let context = self.contexts.get(&(article, true))?;
        let holder = self.act.unit(article);
        let (table, words) = (self.rules.lang(holder.lang)?, self.words.get(holder.lang)?);
        let norm = Norm {
            act: self.act,
            lang: holder.lang,
            rules: table,
            words,
            tokens: &context.tokens,
            from: 0,
            to: context.tokens.len(),
            first: 0,
            last: 0,
            unit: article,
            clauses: &[],
            head: None,
            heading: None,
            around: Around::default(),
        };
        norm.mentions(0, context.tokens.len()).first().map(|it| it.role)
    }

    /// Keeps the analysis of a unit whose words head an enumeration: its items will ask for it.
    pub(crate) fn remember(&mut self, unit: UnitId, analysis: &UnitAnalysis) {
        let UnitAnalysis { tokens, sentences, .. } = analysis;
        let kept =
            UnitAnalysis { tokens: tokens.clone(), sentences: sentences.clone(), ..Default::default() };
        self.contexts.insert((unit, false), Rc::new(kept));
    }

    /// The analysis of a unit's own words, or of its heading.
    fn context(&mut self, unit: UnitId, heading: bool) -> Rc<UnitAnalysis> {
        if let Some(context) = self.contexts.get(&(unit, heading)) {
            return Rc::clone(context);
        }
        let mut analysis = UnitAnalysis::default();
        let holder = self.act.unit(unit);
        let span = if heading { holder.heading.unwrap_or(Span::at(holder.span.start)) } else { holder.body };
        // Context is read whatever its zone is: an instruction's head line too.
        let stretch = Stretch { span, lang: holder.lang, zone: Zone::Normative };
        UnitAnalysis::read(self.act, stretch, self.rules, self.words, &mut analysis);
        let context = Rc::new(analysis);
        self.contexts.insert((unit, heading), Rc::clone(&context));
        context
    }

    /// Who is named in the article around a unit; in an act without articles, in the widest unit below the act, its
    /// annexes and chapters; in a passage, anywhere.
    fn around(&mut self, unit: UnitId) -> Around {
        let holder = self.surroundings(unit);
        if let Some(around) = self.arounds.get(&holder) {
            return *around;
        }
        let mut around = Around::default();
        let end = self.act.unit(holder).span.end;
        for index in holder.0..self.act.units.len() as u32 {
            let id = UnitId(index);
            let here: &Unit = self.act.unit(id);
            if index > holder.0 && here.span.start >= end {
                break;
            }
            for heading in [false, true] {
                if heading && here.heading.is_none() || !heading && here.body.is_empty() {
                    continue;
                }
                let context = self.context(id, heading);
                let (Some(table), Some(words)) = (self.rules.lang(here.lang), self.words.get(here.lang))
                else {
                    continue;
                };
                let tokens = &context.tokens;
                let matcher = Matcher { rules: table, words, tokens, to: tokens.len() };
                let named = |role: Role| {
                    table
                        .usage(Usage::Role(role))
                        .is_some_and(|list| (0..tokens.len()).any(|at| matcher.entry_at(list, at).is_some()))
                };
                around.authority |= named(Role::Authority);
                around.person |= named(Role::Person);
            }
            if around.authority && around.person {
                break;
            }
        }
        self.arounds.insert(holder, around);
        around
    }

    fn surroundings(&self, unit: UnitId) -> UnitId {
        if let Some(article) = self.act.enclosing(unit, UnitKind::Article) {
            return article;
        }
        if self.act.fragment {
            return UnitId(0);
        }
        let wide = [UnitKind::Act, UnitKind::Annex, UnitKind::Division, UnitKind::Section, UnitKind::Chapter];
        let below = |it: &UnitId| !wide.contains(&self.act.unit(*it).kind);
        self.act.ancestors(unit).take_while(below).last().unwrap_or(unit)
    }

    fn stands(&self, analysis: &UnitAnalysis, lang: Lang, phrases: &[Context]) -> bool {
        let within = |it: &Sentence| self.stands_between(analysis, lang, (it.from, it.to), phrases);
        analysis.sentences.iter().any(within)
    }

    fn stands_between(
        &self,
        analysis: &UnitAnalysis,
        lang: Lang,
        (from, to): (u32, u32),
        phrases: &[Context],
    ) -> bool {
        let (Some(table), Some(words)) = (self.rules.lang(lang), self.words.get(lang)) else { return false };
        let tokens = &analysis.tokens;
        let (from, to) = (from as usize, to as usize);
        let matcher = Matcher { rules: table, words, tokens, to };
        phrases.iter().any(|context| {
            let begins = |at: &usize| words.may_start(tokens[*at].word, context.id);
            (from..to).filter(begins).any(|at| matcher.at(&context.program, at).is_some())
        })
    }

    /// True when a phrase stands anywhere in a unit, its heading and the units that it holds.
    fn stands_in(&mut self, holder: UnitId, phrases: &[Context]) -> bool {
        let end = self.act.unit(holder).span.end;
        for index in holder.0..self.act.units.len() as u32 {
            let id = UnitId(index);
            let here = self.act.unit(id);
            if index > holder.0 && here.span.start >= end {
                break;
            }
            let lang = here.lang;
            for heading in [false, true] {
                let context = self.context(id, heading);
                if self.stands(&context, lang, phrases) {
                    return true;
                }
            }
        }
        false
    }

    /// Precedence, aggregation, texts: the findings, sorted by place.
    pub(crate) fn finish(mut self) -> Vec<Finding> {
        let alone = self.only.is_some();
        self.drafts.sort_by_key(|it| (it.span.start, it.span.end, it.rule));
        let mut drafts = std::mem::take(&mut self.drafts);
        if !alone {
            drafts = self.precedence(drafts);
        }
        let drafts = self.aggregate(drafts);
        let floor = self.rules.floor();
        let mut seen: FxHashMap<[u8; 16], u32> = FxHashMap::default();
        drafts
            .into_iter()
            .filter(|it| it.level >= floor)
            .map(|draft| self.finding(draft, &mut seen))
            .collect()
    }

    /// On overlapping spans the rule that stands earlier in the order of precedence wins. A mere marker never silences a
    /// finding that is shown.
    fn precedence(&self, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut lost = vec![false; drafts.len()];
        for (index, it) in drafts.iter().enumerate() {
            for (other_index, other) in drafts.iter().enumerate().skip(index + 1) {
                if other.span.start >= it.span.end {
                    break;
                }
                let key = |draft: &Draft| (draft.level == Evidence::Info, self.rules.rule(draft.rule).rank);
                if key(it) <= key(other) {
                    lost[other_index] = true;
                } else {
                    lost[index] = true;
                }
            }
        }
        drafts.into_iter().zip(lost).filter(|(_, lost)| !lost).map(|(draft, _)| draft).collect()
    }

    /// `once_per`: of the findings of a rule in a unit the surest and first stands, the others become related places.
    fn aggregate(&self, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
        let mut first: FxHashMap<(RuleId, UnitId, u32), usize> = FxHashMap::default();
        for draft in drafts {
            let rule = self.rules.rule(draft.rule);
            let Some(kind) = rule.once_per else {
                out.push(draft);
                continue;
            };
            let key = if kind == UnitKind::Sentence {
                (draft.rule, draft.sentence.0, draft.sentence.1)
            } else {
                (draft.rule, self.counted(draft.unit, kind), u32::MAX)
            };
            match first.get(&key) {
                None => {
                    first.insert(key, out.len());
                    out.push(draft);
                }
                Some(index) => {
                    let kept = &mut out[*index];
                    let related = |span| Related { span, message: Text::default() };
                    if draft.level > kept.level {
                        let mut draft = draft;
                        draft.related.push(related(kept.span));
                        draft.related.append(&mut kept.related);
                        *kept = draft;
                    } else {
                        kept.related.push(related(draft.span));
                    }
                }
            }
        }
        out.sort_by_key(|it| (it.span.start, it.span.end, it.rule));
        out
    }

    /// The unit of this kind around another; where an act has none (a resolution made of points has no parts and no
    /// articles), the nearest numbered unit around it, and in words without numbers the act.
    fn counted(&self, unit: UnitId, kind: UnitKind) -> UnitId {
        let numbered = [UnitKind::Article, UnitKind::Part, UnitKind::Point, UnitKind::Subpoint];
        let nearest = || self.act.ancestors(unit).find(|it| numbered.contains(&self.act.unit(*it).kind));
        let stands_for = |it: UnitId| match kind {
            // An article without parts is the narrowest unit that a part can be counted in.
            UnitKind::Part => self.act.enclosing(it, UnitKind::Article).unwrap_or(it),
            _ => it,
        };
        let narrow =
            matches!(kind, UnitKind::Part | UnitKind::Point | UnitKind::Subpoint | UnitKind::Paragraph);
        self.act
            .enclosing(unit, kind)
            .or_else(|| nearest().filter(|_| narrow).map(stands_for))
            .unwrap_or(UnitId(0))
    }

    fn finding(&self, draft: Draft, seen: &mut FxHashMap<[u8; 16], u32>) -> Finding {
        let rule = self.rules.rule(draft.rule);
        let render = |text: &Text| Text {
            ky: self.fill(&text.ky, Lang::Ky, &draft),
            ru: self.fill(&text.ru, Lang::Ru, &draft),
            en: self.fill(&text.en, Lang::En, &draft),
        };
        let fix = rule.fixes.first().map(|(kind, replace, text)| {
            let span = replace
                .as_ref()
                .and_then(|name| draft.captures.iter().find(|(it, _)| it == name))
                .map_or(draft.span, |(_, span)| *span);
            Fix { kind: *kind, span, replacement: self.fill(text.get(draft.lang), draft.lang, &draft) }
        });
        Finding {
            rule: draft.rule,
            factor: rule.factor,
            level: draft.level,
            severity: draft.severity,
            span: draft.span,
            clause: draft.clause,
            unit: draft.unit,
            message: render(&rule.message),
            question: render(&rule.question),
            remedy: render(&rule.remedy),
            missing: rule.missing.clone(),
            searched: rule.absence.as_ref().map(|it| it.look_in.clone()).unwrap_or_default(),
            unknown: draft.unknown.clone(),
            fix,
            fingerprint: self.fingerprint(&draft, seen),
            related: draft.related,
        }
    }

    /// Fills `{name}` with the words of a capture, `{match}` with those of the finding and `{missing}` with the names of
    /// what a frame lacks; `{{` is a brace.
    fn fill(&self, template: &str, lang: Lang, draft: &Draft) -> String {
        let mut out = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            out.push_str(&rest[..at]);
            let brace = &rest[at..=at];
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix(brace) {
                out.push_str(brace);
                rest = after;
            } else if brace == "{"
                && let Some(end) = rest.find('}')
            {
                let name = &rest[..end];
                let absence = self.rules.rule(draft.rule).absence.as_ref();
                match (draft.captures.iter().find(|(it, _)| it == name), absence) {
                    (Some((_, span)), _) => out.push_str(&self.act.quote(*span)),
                    (None, Some(absence)) if name == "missing" => {
                        let titles =
                            draft.lacking.iter().map(|it| absence.titles[usize::from(*it)].get(lang));
                        out.push_str(&titles.collect::<Vec<_>>().join(", "));
                    }
                    (None, _) => out.push_str(&self.act.quote(draft.span)),
                }
                rest = &rest[end + 1..];
            } else {
                out.push_str(brace);
            }
        }
        out.push_str(rest);
        out
    }

    /// Rule, words of the clause, words of the finding, ordinal among equals. Numbers are masked: those of units move when
    /// articles are inserted.
    fn fingerprint(&self, draft: &Draft, seen: &mut FxHashMap<[u8; 16], u32>) -> Fingerprint {
        let card = self.rules.catalog().rules.get(draft.rule.0 as usize);
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"kalys-finding-1\0");
        hasher.update(card.map_or("", |it| it.name.as_str()).as_bytes());
        hasher.update(b"\0");
        hasher.update(&draft.identity.0.to_le_bytes());
        hasher.update(&draft.identity.1.to_le_bytes());
        let mut key = [0; 16];
        key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        let ordinal = seen.entry(key).or_insert(0);
        *ordinal += 1;
        if *ordinal > 1 {
            hasher.update(&ordinal.to_le_bytes());
            key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        }
        Fingerprint(key)
    }
}

/// Calls `f` with the norm whose head lines are those of the chain, the nearest first.
fn attach(
    norm: &Norm<'_>,
    chain: &[(UnitId, Rc<UnitAnalysis>)],
    run: &Run<'_>,
    f: &mut dyn FnMut(&Norm<'_>),
) {
    let Some(((unit, analysis), rest)) = chain.split_first() else { return f(norm) };
    let lang = run.act.unit(*unit).lang;
    let (Some(table), Some(words)) = (run.rules.lang(lang), run.words.get(lang)) else { return f(norm) };
    let plain =
        Norm { lang, rules: table, words, tokens: &analysis.tokens, unit: *unit, head: None, ..*norm };
    let Some(head) = plain.of_head(analysis) else { return f(norm) };
    let clauses = head.number_clauses();
    let head = Norm { clauses: &clauses, ..head };
    attach(&head, rest, run, &mut |head| f(&Norm { head: Some(head), ..*norm }));
}

fn candidate<'c>(it: &Match, table: &'c LangRules) -> Candidate<'c> {
    let pattern = &table.patterns[it.pattern as usize];
    let captures = pattern.captures.iter().zip(it.captures);
    Candidate {
        rule: it.rule,
        sentence: it.sentence,
        first: it.first as usize,
        last: it.last as usize,
        captures: captures.map(|(name, (from, to))| (name.as_str(), from as usize, to as usize)).collect(),
        fact: None,
    }
}

/// The tokens in which the phrases of an exception may stand.
fn reach_of(
    reach: &Reach,
    analysis: &UnitAnalysis,
    words: &crate::words::LangWords,
    (from, to): (usize, usize),
    candidate: &Candidate<'_>,
) -> (usize, usize) {
    match reach {
        Reach::Before(n) => (candidate.first.saturating_sub(usize::from(*n)).max(from), candidate.first),
        Reach::After(n) => (candidate.last, (candidate.last + usize::from(*n)).min(to)),
        Reach::Clause => {
            let border = |at: &usize| {
                let kind = words.word(analysis.tokens[*at].word).kind;
                matches!(kind, crate::words::Kind::Sign(',' | ';' | ':' | '(' | ')'))
            };
            let lo = (from..candidate.first).rev().find(border).map_or(from, |at| at + 1);
            let hi = (candidate.last..to).find(border).unwrap_or(to);
            (lo, hi)
        }
        _ => (from, to),
    }
}

/// The unit whose words head the enumeration that `unit` is an item of: its parent, or the sibling before the items,
/// when those words end in a colon.
pub(crate) fn head_line(act: &Act, unit: UnitId) -> Option<UnitId> {
    let heads = |it: UnitId| act.slice(act.unit(it).body).trim_end().ends_with(':');
    let parent = act.unit(unit).parent?;
    if heads(parent) {
        return Some(parent);
    }
    let item =
        |it: UnitId| matches!(act.unit(it).kind, UnitKind::Point | UnitKind::Subpoint | UnitKind::Paragraph);
    if !item(unit) {
        return None;
    }
    // Dashed items are siblings of the paragraph that heads them.
    let mut here = unit.0;
    for _ in 0..MOST_ITEMS {
        here = here.checked_sub(1)?;
        let before = UnitId(here);
        if before == parent {
            return None;
        }
        if act.unit(before).parent != Some(parent) {
            continue;
        }
        if heads(before) {
            return Some(before);
        }
        // An item ends in a semicolon or a comma; a full stop ends the enumeration.
        let body = act.slice(act.unit(before).body).trim_end();
        if !(body.ends_with(';') || body.ends_with(',')) {
            return None;
        }
    }
    None
}

/// Longer enumerations are not followed back to their head.
const MOST_ITEMS: usize = 120;

fn asks(rule: &Rule, predicates: &[&str]) -> bool {
    let held = |tests: &[Test]| tests.iter().any(|it| predicates.contains(&it.predicate));
    let mut names = Vec::new();
    rule.severity.1.iter().for_each(|(_, expr)| expr.names(&mut names));
    held(&rule.conditions.all)
        || rule.conditions.any.iter().any(|it| held(it))
        || rule.exceptions.iter().any(|(_, reach, _)| matches!(reach, Reach::Holds(tests) if held(tests)))
        || names.iter().any(|it| predicates.contains(&it.as_str()))
}

fn unknown_of(predicate: &str) -> Unknown {
    match predicate {
        "subject" | "agent" | "authority" | "person" => Unknown::Subject,
        "act" | "modality" => Unknown::Act,
        "touches" => Unknown::Touches,
        "bounds" | "deadline" | "reference" | "list" => Unknown::Bounds,
        "act_kind" => Unknown::ActKind,
        _ => Unknown::Outside,
    }
}
