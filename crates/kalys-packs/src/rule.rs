//! Rule files: one legal idea each, with its patterns, words for the reader and remedy.
//!
//! The tests of a rule are read elsewhere ([`crate::case`]), when somebody runs them.

use kalys_engine::FACTS;
use kalys_engine::def::{
    AbsenceDef, Conditions, ExceptionDef, FixDef, PREDICATES, PerLang, PhraseDef, Reach, Report, Role,
    RuleDef, RuleKind, Scope, SeverityDef, SlotDef, Test, Usage,
};
use kalys_engine::expr::{Expr, Operator};
use kalys_engine::phrase::Atom;
use kalys_model::{Evidence, FactorId, Grade, Lang, RuleCard, Severity, Text, UnitKind};
use rustc_hash::FxHashMap;

use crate::error::PackErrorKind as Kind;
use crate::fields::{Checker, Fields, Words};
use crate::lexicon::phrases;
use crate::names::{
    ACT_KINDS, COUNTED, FIXES, LANGS, LEVELS, SAFEGUARDS, SEVERITIES, STATUSES, UNITS, ZONES, listed,
    name_of, nearest, width,
};
use crate::node::{Node, Place, Value};
use crate::pack::{Factors, PackCard, date, is_name};

/// What a rule may refer to.
#[derive(Debug)]
pub(crate) struct World<'a> {
    pub(crate) pack: &'a PackCard,
    pub(crate) factors: &'a Factors,
    /// What the engine uses each lexicon for.
    pub(crate) usages: &'a FxHashMap<String, Option<Usage>>,
}

/// A rule as its file has it.
#[derive(Debug)]
pub(crate) struct RuleFile {
    pub(crate) def: RuleDef,
    pub(crate) card: RuleCard,
    /// Whether the checks of a stable pack apply.
    pub(crate) stable: bool,
    /// Where the name stands.
    pub(crate) at: Place,
    /// What it looks for, written alike by equal rules.
    pub(crate) signature: String,
    /// False when nobody can say what it looks for.
    pub(crate) whole: bool,
}

/// Names that mean a part of the rule when a test uses them as a guard.
pub(crate) const RESERVED: [&str; 5] = ["zone", "kind", "scope", "match", "expect"];

/// Reads a rule file whose stem is `stem`, its tests left out.
pub(crate) fn read(c: &mut Checker, root: &Node, stem: &str, world: &World) -> Option<RuleFile> {
    let mut fields = c.fields("rule", root)?;
    let name_node = fields.required("rule");
    let at = name_node.map_or(root.at, |it| it.at);
    if let Some(name) = name_node.and_then(|it| c.text("rule", it)) {
        let kebab = |it: &str| !it.is_empty() && is_name(it) && !it.contains('_');
        if !name.contains('.') || !name.split('.').all(kebab) {
            c.error(at, Kind::BadRuleName, [name.to_owned()]);
        } else if name != stem {
            c.error(at, Kind::NameNotStem, [name.to_owned(), stem.to_owned()]);
        }
    }
    let origin = c.origin(at);
    let version = fields.required("version").and_then(|it| c.number("version", it)).unwrap_or(1);
    fields.text(c, "since");
    let status = fields.optional("status").and_then(|it| c.named("status", it, STATUSES));
    let stable = world.pack.stable && status.unwrap_or(true);
    let needed: &[Lang] = if stable { &world.pack.languages } else { &[] };
    let factor = fields.required("factor").and_then(|it| factor(c, it, world.factors));
    let level = fields.required("level").and_then(|it| c.named("level", it, LEVELS));
    if let Some(node) = fields.optional("basis") {
        basis(c, node);
    }

    let Subject { kind, patterns, conditions: own, absence, each } = what(c, &mut fields, needed);
    let mut conditions = fields.optional("where").map(|it| conditions(c, "where", it)).unwrap_or_default();
    conditions.all.extend(own.all);
    conditions.any.extend(own.any);
    let mut exceptions =
        fields.optional("unless").map(|it| contexts(c, "unless", it, needed)).unwrap_or_default();
    if let Some(node) = fields.optional("given") {
        for it in contexts(c, "given", node, needed) {
            if let Some(other) = exceptions.iter().find(|other| other.name == it.name) {
                let (file, first) = c.place(other.origin);
                let values = [it.name.clone(), c.path(file).to_owned(), first.line.to_string()];
                c.error(c.place(it.origin).1, Kind::DuplicateName, values);
            }
            exceptions.push(it);
        }
    }
    let scope = scope(c, &mut fields);
    exceptions.iter().for_each(|it| within_scope(c, it, &scope));
    let report_node = fields.required("report");
    let mut report = report_node.and_then(|it| report(c, it, &scope));
    if let Some(report) = &mut report {
        report.once_per = report.once_per.or(each);
    }
    let missing = fields.required("missing").map(|it| c.all_named("missing", it, SAFEGUARDS));

    let mut used = Uses { captures: patterns.captures(), ..Uses::default() };
    let severity = fields.required("severity").and_then(|it| severity(c, it, &mut used, &patterns));
    let fixes =
        fields.optional("fix").map(|it| fixes(c, it, needed, &mut used, &patterns)).unwrap_or_default();
    if let (Some(Some(capture)), Some(node)) = (report.as_ref().map(|it| it.at.clone()), report_node) {
        patterns.must_bind(c, node.at, &capture);
        used.names.push(capture);
    }

    let mut words = |c: &mut Checker, key: &'static str, node: Option<&Node>| match node {
        Some(node) => {
            let words = c.words(key, node, needed);
            template(c, &words, &patterns, &mut used);
            words.text
        }
        None => Text::default(),
    };
    let title_node = fields.required("title");
    let title = words(c, "title", title_node);
    let why_node = fields.required("why");
    let why = words(c, "why", why_node);
    let message_node = fields.required("message");
    let message = words(c, "message", message_node);
    let question_node = fields.optional("question");
    let question = words(c, "question", question_node);
    let remedy_node = fields.required("remedy");
    let remedy = words(c, "remedy", remedy_node);
    // The tests were taken out before; the key stays known for the list of keys.
    fields.optional("tests");
    fields.finish(c);

    let whole = kind.is_some();
    if patterns.whole {
        patterns.check(c, world.usages, &used);
    }
    let languages = match &kind {
        Some(RuleKind::Find(_)) => patterns.languages(),
        _ => world.pack.languages.clone(),
    };
    // What is missing was reported, and the run fails: the rest is read on, so that its errors show too.
    let kind = kind.unwrap_or(RuleKind::Find(PerLang::default()));
    let level = level.unwrap_or(Evidence::Review);
    let severity = severity.unwrap_or(SeverityDef { base: Severity::Medium, steps: Vec::new() });
    let report = report.unwrap_or(Report { at: None, once_per: None });
    let signature = signature(&patterns, &kind, (&conditions, &exceptions), (absence.as_ref(), &scope));
    let card = RuleCard {
        name: stem.to_owned(),
        pack: world.pack.name.clone(),
        factor: factor.unwrap_or(FactorId(0)),
        title,
        why,
        remedy: remedy.clone(),
        question: question.clone(),
        level,
        severity: severity.base,
        exceptions: exceptions.iter().map(|it| it.name.clone()).collect(),
        languages,
        reviewed: world.pack.reviewed.clone(),
        version,
    };
    let def = RuleDef {
        name: stem.to_owned(),
        factor: card.factor,
        level,
        kind,
        conditions,
        exceptions,
        absence,
        scope,
        severity,
        report,
        missing: missing.unwrap_or_default(),
        message,
        question,
        remedy,
        fixes,
        origin,
    };
    Some(RuleFile { def, card, stable, at, signature, whole })
}

fn factor(c: &mut Checker, node: &Node, factors: &Factors) -> Option<FactorId> {
    let key = c.text("factor", node)?;
    match factors.find(key) {
        Some((id, grade)) => {
            if matches!(grade, Grade::C | Grade::D) {
                let grade = if grade == Grade::C { "C" } else { "D" };
                c.error(node.at, Kind::FactorGrade, [key.to_owned(), grade.to_owned()]);
            }
            Some(id)
        }
        None => {
            let near = nearest(key, factors.cards.iter().map(|it| it.key.as_str()));
            c.error(node.at, Kind::UnknownFactor, [key.to_owned(), near]);
            // The rule is read on, so that its other errors show too; the run fails anyway.
            Some(FactorId(0))
        }
    }
}

/// Acts that the rule rests on. They are for readers of the file, so only their shape is checked.
fn basis(c: &mut Checker, node: &Node) {
    for item in c.items("basis", node) {
        if matches!(item.value, Value::Scalar(..)) {
            c.text("basis", item);
            continue;
        }
        let Some(mut fields) = c.fields("basis", item) else { continue };
        for key in ["factor", "act", "ref", "url", "note"] {
            if let Some(node) = fields.optional(key) {
                c.text(key, node);
            }
        }
        for key in ["from", "to"] {
            if let Some((node, text)) = fields.optional(key).and_then(|it| Some((it, c.text(key, it)?))) {
                date(c, node, text);
            }
        }
        fields.finish(c);
    }
}

/// The patterns of a rule with their nodes: what the checks of captures and texts need.
#[derive(Debug, Default)]
struct Patterns<'n> {
    of: Vec<(Lang, &'n Node, PhraseDef)>,
    /// False for a rule over facts, which have no captures.
    own: bool,
    /// False when a pattern could not be read, or nobody can say what the rule looks for: then any capture may be there.
    whole: bool,
    /// What a fact can be asked for.
    properties: &'static [&'static str],
    /// Names beside captures and properties that texts may use.
    in_texts: &'static [&'static str],
}

/// Names of captures that a rule uses, and those that it has.
#[derive(Debug, Default)]
struct Uses {
    captures: Vec<String>,
    names: Vec<String>,
}

impl Patterns<'_> {
    fn captures(&self) -> Vec<String> {
        let mut names = Vec::new();
        for (_, _, def) in &self.of {
            def.phrase.visit(&mut |atom, _| {
                if let Atom::Capture { name, .. } = atom {
                    names.push(name.clone());
                }
            });
        }
        names.sort();
        names.dedup();
        names
    }

    fn languages(&self) -> Vec<Lang> {
        Lang::KNOWN.into_iter().filter(|lang| self.of.iter().any(|it| it.0 == *lang)).collect()
    }

    /// Languages with a pattern in which the capture does not stand.
    fn unbound(&self, name: &str) -> Vec<Lang> {
        let lacks = |def: &PhraseDef| {
            let mut found = false;
            def.phrase
                .visit(&mut |atom, _| found |= matches!(atom, Atom::Capture { name: it, .. } if it == name));
            !found
        };
        let lacking = |lang: &Lang| self.of.iter().any(|(it, _, def)| it == lang && lacks(def));
        Lang::KNOWN.into_iter().filter(lacking).collect()
    }

    fn must_bind(&self, c: &mut Checker, at: Place, name: &str) {
        if !self.whole {
            return;
        }
        if !self.own && name != "match" {
            c.error(at, Kind::UnknownCapture, [name.to_owned()]);
        }
        for lang in self.unbound(name) {
            c.error(at, Kind::PlaceholderUnbound, [name.to_owned(), lang.code().to_owned()]);
        }
    }

    /// Captures that nobody uses, and phrases that name a role: who acts is found in the norm, not in words near by.
    fn check(&self, c: &mut Checker, usages: &FxHashMap<String, Option<Usage>>, used: &Uses) {
        for (_, node, def) in &self.of {
            let mut found = Vec::new();
            def.phrase.visit(&mut |atom, at| {
                let value = match atom {
                    Atom::Capture { name, .. } if !used.names.contains(name) => {
                        (Kind::UnusedCapture, name.clone())
                    }
                    Atom::Entity(name) if name == "role:authority" || name == "role:court" => {
                        (Kind::RoleInPhrase, format!("<{name}>"))
                    }
                    Atom::List { name, .. }
                        if matches!(
                            usages.get(name),
                            Some(Some(Usage::Role(Role::Authority) | Usage::Role(Role::Court)))
                        ) =>
                    {
                        (Kind::RoleInPhrase, format!("@{name}"))
                    }
                    _ => return,
                };
                found.push((at, value));
            });
            for (at, (kind, value)) in found {
                c.error_within(node, at as usize, kind, vec![value]);
            }
        }
    }
}

/// What a rule is about, from whichever of its kinds its file has.
#[derive(Default)]
struct Subject<'n> {
    kind: Option<RuleKind>,
    patterns: Patterns<'n>,
    conditions: Conditions,
    absence: Option<AbsenceDef>,
    /// The unit of which a frame gives one finding.
    each: Option<UnitKind>,
}

/// The keys of which a rule has exactly one.
const KINDS: [&str; 5] = ["find", "norm", "absent", "frame", "match"];

fn what<'n>(c: &mut Checker, fields: &mut Fields<'n>, needed: &[Lang]) -> Subject<'n> {
    let found: Vec<(&str, &'n Node)> =
        KINDS.into_iter().filter_map(|key| Some((key, fields.optional(key)?))).collect();
    let [(key, node)] = found[..] else {
        c.error(fields.at, Kind::RuleKind, []);
        return Subject::default();
    };
    match key {
        "find" => {
            let (phrases, patterns) = find(c, key, node, needed);
            Subject { kind: phrases.map(RuleKind::Find), patterns, ..Subject::default() }
        }
        "norm" => Subject { conditions: conditions(c, key, node), ..norms() },
        "absent" => absent(c, node, needed),
        "frame" => frame(c, node, needed),
        _ => matched(c, node),
    }
}

/// A rule over the decisions of the act.
fn norms<'n>() -> Subject<'n> {
    let kind = RuleKind::Match { fact: "norm".to_owned(), filter: None };
    Subject {
        kind: Some(kind),
        patterns: Patterns { whole: true, ..Patterns::default() },
        ..Subject::default()
    }
}

fn find<'n>(
    c: &mut Checker,
    key: &str,
    node: &'n Node,
    needed: &[Lang],
) -> (Option<PerLang<Vec<PhraseDef>>>, Patterns<'n>) {
    let mut patterns = Patterns { own: true, ..Patterns::default() };
    let unread = c.unread_phrases;
    let Some(of) = by_language(c, key, node, needed, &mut |lang, node, def| {
        patterns.of.push((lang, node, def.clone()));
    }) else {
        return (None, patterns);
    };
    patterns.whole = c.unread_phrases == unread && !patterns.of.is_empty();
    (Some(of), patterns)
}

/// Phrases by language; those of a language that the pack needs must be there.
fn by_language<'n>(
    c: &mut Checker,
    key: &str,
    node: &'n Node,
    needed: &[Lang],
    each: &mut dyn FnMut(Lang, &'n Node, &PhraseDef),
) -> Option<PerLang<Vec<PhraseDef>>> {
    let mut of = PerLang::default();
    // An entity is written alike in every language.
    if matches!(node.value, Value::Scalar(..)) {
        for (code, lang) in LANGS {
            if let Some(slot) = PerLang::get_mut(&mut of, *lang) {
                *slot = phrases(c, code, node).into_iter().map(|it| it.1).collect();
            }
        }
        return Some(of);
    }
    let mut fields = c.fields(key, node)?;
    for (code, lang) in LANGS {
        match fields.optional(code) {
            Some(node) => {
                let found = phrases(c, code, node);
                if needed.contains(lang) && matches!(&node.value, Value::List(it) if it.is_empty()) {
                    c.error(node.at, Kind::EmptyList, [format!("{key}.{code}")]);
                }
                found.iter().for_each(|(node, def)| each(*lang, node, def));
                if let Some(slot) = PerLang::get_mut(&mut of, *lang) {
                    *slot = found.into_iter().map(|it| it.1).collect();
                }
            }
            None if needed.contains(lang) => {
                let values = [key.to_owned(), (*code).to_owned()];
                c.error(fields.at, Kind::MissingPattern, values);
            }
            None => {}
        }
    }
    if needed.is_empty() && LANGS.iter().all(|it| fields.optional(it.0).is_none()) {
        let values = [key.to_owned(), listed(LANGS.iter().map(|it| it.0))];
        c.error(fields.at, Kind::MissingPattern, values);
    }
    fields.finish(c);
    Some(of)
}

fn matched<'n>(c: &mut Checker, node: &'n Node) -> Subject<'n> {
    let Some(mut fields) = c.fields("match", node) else { return Subject::default() };
    let fact_node = fields.required("fact");
    let fact = fact_node.and_then(|it| c.text("fact", it)).unwrap_or_default();
    let properties = FACTS.iter().find(|(name, _)| *name == fact).map(|(_, it)| *it);
    if let (None, Some(node), false) = (properties, fact_node, fact.is_empty()) {
        let near = nearest(fact, FACTS.iter().map(|it| it.0));
        c.error(node.at, Kind::UnknownFact, [fact.to_owned(), near]);
    }
    let filter = fields.optional("where").and_then(|node| {
        let expr = expression(c, "where", node)?;
        if let Some(properties) = properties {
            known_names(c, node, &expr, properties, &[], false);
        }
        Some(expr)
    });
    fields.finish(c);
    let patterns = Patterns {
        whole: properties.is_some(),
        properties: properties.unwrap_or_default(),
        ..Patterns::default()
    };
    let kind = RuleKind::Match { fact: fact.to_owned(), filter };
    Subject { kind: Some(kind), patterns, ..Subject::default() }
}

/// `absent`: for each decision for which `when` holds, `expect` stands nowhere in the units of `look_in`.
fn absent<'n>(c: &mut Checker, node: &'n Node, needed: &[Lang]) -> Subject<'n> {
    let Some(mut fields) = c.fields("absent", node) else { return Subject::default() };
    if let Some(node) = fields.required("each") {
        c.named("each", node, &[("norm", ())]);
    }
    let conditions = fields.required("when").map(|it| conditions(c, "when", it)).unwrap_or_default();
    let phrases =
        fields.required("expect").and_then(|it| by_language(c, "expect", it, needed, &mut |_, _, _| {}));
    let look_in = look_in(c, &mut fields);
    fields.finish(c);
    let slot = SlotDef { title: Text::default(), phrases: phrases.unwrap_or_default() };
    let absence = AbsenceDef { slots: vec![slot], look_in, when: None };
    Subject { conditions, absence: Some(absence), ..norms() }
}

/// `frame`: the named parts of a procedure, of which those that stand nowhere in the units of `look_in` are listed.
fn frame<'n>(c: &mut Checker, node: &'n Node, needed: &[Lang]) -> Subject<'n> {
    let Some(mut fields) = c.fields("frame", node) else { return Subject::default() };
    let each = fields.required("each").and_then(|it| c.named("each", it, COUNTED));
    let (kind, patterns) = match fields.required("when") {
        Some(node) => find(c, "when", node, needed),
        None => (None, Patterns::default()),
    };
    let mut slots = Vec::new();
    if let Some(of) = fields.required("slots").and_then(|it| c.fields("slots", it)) {
        for (key, node) in of.entries() {
            if !is_name(&key.text) {
                c.error(key.at, Kind::BadName, [key.text.to_string()]);
            }
            slots.extend(slot(c, &key.text, node, needed));
        }
    }
    let look_in = look_in(c, &mut fields);
    let when = fields.required("report_when").and_then(|node| {
        let expr = expression(c, "report_when", node)?;
        known_names(c, node, &expr, &["missing", "slots"], &[], false);
        Some(expr)
    });
    fields.finish(c);
    Subject {
        kind: kind.map(RuleKind::Find),
        patterns: Patterns { in_texts: &["missing"], ..patterns },
        conditions: Conditions::default(),
        absence: Some(AbsenceDef { slots, look_in, when }),
        each,
    }
}

fn slot(c: &mut Checker, name: &str, node: &Node, needed: &[Lang]) -> Option<SlotDef> {
    let mut fields = c.fields(name, node)?;
    let title = fields.required("title").map(|it| c.words("title", it, needed).text);
    let phrases =
        fields.required("expect").and_then(|it| by_language(c, "expect", it, needed, &mut |_, _, _| {}));
    fields.finish(c);
    Some(SlotDef { title: title?, phrases: phrases? })
}

fn look_in(c: &mut Checker, fields: &mut Fields) -> Vec<UnitKind> {
    let Some(node) = fields.required("look_in") else { return Vec::new() };
    let ladder = c.all_named("look_in", node, &UNITS[..UNITS.len() - 3]);
    if ladder.is_empty() {
        c.error(node.at, Kind::EmptyList, ["look_in".to_owned()]);
    }
    ladder
}

fn expression(c: &mut Checker, key: &str, node: &Node) -> Option<Expr> {
    let text = c.text(key, node)?;
    Expr::parse(text)
        .map_err(|error| {
            let (kind, values) = match error.found.as_str() {
                "" => (Kind::ExpressionEnd, Vec::new()),
                found => (Kind::Expression, vec![found.to_owned()]),
            };
            c.error_within(node, error.at as usize, kind, values);
        })
        .ok()
}

/// Reports names that the expression cannot ask for, and values that a predicate never has.
fn known_names(
    c: &mut Checker,
    node: &Node,
    expr: &Expr,
    properties: &[&str],
    captures: &[String],
    predicates: bool,
) {
    let predicate = |name: &str| PREDICATES.iter().find(|(it, _)| predicates && *it == name);
    let mut names = Vec::new();
    expr.names(&mut names);
    for name in names {
        let known =
            properties.contains(&name.as_str()) || captures.contains(&name) || predicate(&name).is_some();
        if !known {
            let all = properties.iter().copied().chain(captures.iter().map(String::as_str));
            let all = all.chain(PREDICATES.iter().filter(|_| predicates).map(|it| it.0));
            let near = nearest(&name, all);
            c.error(node.at, Kind::UnknownProperty, [name, near]);
        }
    }
    let mut todo = vec![expr];
    while let Some(expr) = todo.pop() {
        match expr {
            Expr::Not(inner) => todo.push(inner),
            Expr::Binary(Operator::In | Operator::Equal | Operator::NotEqual, left, right) => {
                let Expr::Name(name) = &**left else { continue };
                let Some((_, values)) = predicate(name) else { continue };
                let items = match &**right {
                    Expr::List(items) => items.as_slice(),
                    one => std::slice::from_ref(one),
                };
                for item in items {
                    if let Expr::Name(value) = item
                        && !values.contains(&value.as_str())
                    {
                        c.wrong_value(node.at, value, values.iter().copied());
                    }
                }
            }
            Expr::Binary(_, left, right) => todo.extend([&**left, &**right]),
            _ => {}
        }
    }
}

fn conditions(c: &mut Checker, key: &str, node: &Node) -> Conditions {
    let mut conditions = Conditions::default();
    let Value::Map(entries) = &node.value else {
        c.error(node.at, Kind::NotMapping, [key.to_owned()]);
        return conditions;
    };
    for (key, value) in entries {
        if key.text == "any" {
            for group in c.items("any", value) {
                let tests = tests(c, "any", group);
                if !tests.is_empty() {
                    conditions.any.push(tests);
                }
            }
        } else if let Some(test) = test(c, &key.text, key.at, value, &["any"]) {
            conditions.all.push(test);
        }
    }
    conditions
}

fn tests(c: &mut Checker, key: &str, node: &Node) -> Vec<Test> {
    let Some(fields) = c.fields(key, node) else { return Vec::new() };
    fields.entries().iter().filter_map(|(key, value)| test(c, &key.text, key.at, value, &[])).collect()
}

fn test(c: &mut Checker, key: &str, at: Place, node: &Node, others: &[&str]) -> Option<Test> {
    let Some((predicate, values)) = PREDICATES.iter().find(|(name, _)| *name == key) else {
        let all = || PREDICATES.iter().map(|it| it.0).chain(others.iter().copied());
        c.error(at, Kind::UnknownKey, [key.to_owned(), nearest(key, all()), listed(all())]);
        return None;
    };
    let items = match &node.value {
        Value::Scalar(..) => std::slice::from_ref(node),
        _ => c.items(key, node),
    };
    let mut accepted = Vec::new();
    for item in items {
        let Some(text) = c.text(key, item) else { continue };
        match values.iter().find(|it| **it == text) {
            Some(value) => accepted.push(*value),
            None => c.wrong_value(item.at, text, values.iter().copied()),
        }
    }
    let origin = c.origin(at);
    // Without values the run fails; the name stays known to the guards.
    Some(Test { predicate, values: accepted, origin })
}

const REACHES: [&str; 6] = ["overlaps", "before", "after", "same", "heading", "inside"];

/// The named contexts of `unless` (where the rule is silent) or of `given` (where alone it speaks).
fn contexts(c: &mut Checker, list: &'static str, node: &Node, needed: &[Lang]) -> Vec<ExceptionDef> {
    let Some(fields) = c.fields(list, node) else { return Vec::new() };
    let mut found = Vec::new();
    for (key, node) in fields.entries() {
        if RESERVED.contains(&key.text.as_ref()) {
            c.error(key.at, Kind::ReservedName, [key.text.to_string()]);
        } else if !is_name(&key.text) {
            c.error(key.at, Kind::BadName, [key.text.to_string()]);
        }
        found.extend(exception(c, (list, &key.text), key.at, node, needed));
    }
    found
}

fn exception(
    c: &mut Checker,
    (list, name): (&str, &str),
    at: Place,
    node: &Node,
    needed: &[Lang],
) -> Option<ExceptionDef> {
    let origin = c.origin(at);
    let mut fields = c.fields(name, node)?;
    let reaches: Vec<(&str, &Node)> =
        REACHES.into_iter().filter_map(|key| Some((key, fields.optional(key)?))).collect();
    let reach = match reaches[..] {
        [(key, node)] => reach(c, name, key, node),
        _ => {
            c.error(at, Kind::ReachCount, [name.to_owned(), listed(REACHES)]);
            None
        }
    };
    let by_place = matches!(reaches[..], [("inside", _)]);
    let mut of = PerLang::default();
    let mut any = false;
    for (code, lang) in LANGS {
        match fields.optional(code) {
            Some(node) => {
                let found = phrases(c, code, node);
                any |= !crate::pack::is_empty(node);
                if let Some(slot) = PerLang::get_mut(&mut of, *lang) {
                    *slot = found.into_iter().map(|it| it.1).collect();
                }
            }
            None if needed.contains(lang) && !by_place => {
                let values = [format!("{list}.{name}"), (*code).to_owned()];
                c.error(fields.at, Kind::MissingPattern, values);
            }
            None => {}
        }
    }
    fields.finish(c);
    if by_place && any {
        c.error(at, Kind::InsidePhrases, [name.to_owned()]);
    }
    if !by_place && !any {
        c.error(at, Kind::ExceptionWithoutPhrases, [name.to_owned()]);
    }
    // Without a reach the run fails; the name stays known to the guards.
    let reach = reach.unwrap_or(Reach::Sentence);
    Some(ExceptionDef { name: name.to_owned(), reach, phrases: of, given: list == "given", origin })
}

/// Reports an exception that speaks of a place in which the rule does not look at all.
fn within_scope(c: &mut Checker, exception: &ExceptionDef, scope: &Scope) {
    let place = match &exception.reach {
        Reach::InsideZone(zone) if !scope.zones.contains(zone) => name_of(ZONES, zone),
        Reach::InsideUnit(unit) | Reach::Unit(unit) | Reach::Heading(unit)
            if scope.not_inside.contains(unit) =>
        {
            name_of(UNITS, unit)
        }
        _ => return,
    };
    let at = c.place(exception.origin).1;
    c.error(at, Kind::ReachOutsideScope, [exception.name.clone(), place.to_owned()]);
}

fn reach(c: &mut Checker, name: &str, key: &str, node: &Node) -> Option<Reach> {
    match key {
        "overlaps" => c.named(key, node, &[("match", ())]).map(|()| Reach::Overlaps),
        "before" => tokens(c, key, node).map(Reach::Before),
        "after" => tokens(c, key, node).map(Reach::After),
        "same" => {
            let text = c.text(key, node)?;
            match text {
                "clause" => Some(Reach::Clause),
                "sentence" => Some(Reach::Sentence),
                _ => {
                    let units = &UNITS[..UNITS.len() - 4];
                    let found = units.iter().find(|it| it.0 == text).map(|it| Reach::Unit(it.1));
                    if found.is_none() {
                        let names = ["clause", "sentence"].into_iter().chain(units.iter().map(|it| it.0));
                        c.wrong_value(node.at, text, names);
                    }
                    found
                }
            }
        }
        "heading" => c.named(key, node, &UNITS[..UNITS.len() - 4]).map(Reach::Heading),
        _ => {
            let fields = c.fields(key, node)?;
            match fields.entries() {
                [(key, node)] if key.text == "zone" => c.named("zone", node, ZONES).map(Reach::InsideZone),
                [(key, node)] if key.text == "unit" => c.named("unit", node, UNITS).map(Reach::InsideUnit),
                [] => {
                    c.error(node.at, Kind::ReachCount, [name.to_owned(), listed(REACHES)]);
                    None
                }
                entries => {
                    let others = ["zone", "unit"];
                    let mixed = entries.iter().any(|(key, _)| others.contains(&key.text.as_ref()));
                    if mixed {
                        c.error(node.at, Kind::ReachCount, [name.to_owned(), listed(REACHES)]);
                        return None;
                    }
                    let tests: Vec<Test> = entries
                        .iter()
                        .filter_map(|(key, value)| test(c, &key.text, key.at, value, &others))
                        .collect();
                    (tests.len() == entries.len()).then_some(Reach::Holds(tests))
                }
            }
        }
    }
}

/// `4 tokens`, `1 token`.
fn tokens(c: &mut Checker, key: &str, node: &Node) -> Option<u8> {
    let text = c.text(key, node)?;
    let number = match text.split_whitespace().collect::<Vec<_>>()[..] {
        [number, "token" | "tokens"] => number.parse().ok().filter(|it| *it > 0),
        _ => None,
    };
    if number.is_none() {
        c.error(node.at, Kind::ReachTokens, [text.to_owned()]);
    }
    number
}

fn scope(c: &mut Checker, fields: &mut Fields) -> Scope {
    let mut scope = Scope::default();
    if let Some(mut inner) = fields.optional("scope").and_then(|it| c.fields("scope", it)) {
        if let Some(node) = inner.optional("in") {
            scope.inside = c.all_named("in", node, UNITS);
        }
        if let Some(node) = inner.optional("not_in") {
            scope.not_inside = c.all_named("not_in", node, UNITS);
        }
        inner.finish(c);
    }
    if let Some(node) = fields.optional("zone") {
        scope.zones = c.all_named("zone", node, ZONES);
    }
    if let Some(node) = fields.optional("kind") {
        scope.kinds = c.all_named("kind", node, ACT_KINDS);
    }
    scope
}

fn report(c: &mut Checker, node: &Node, scope: &Scope) -> Option<Report> {
    let mut fields = c.fields("report", node)?;
    let at = fields.optional("at").and_then(|node| capture(c, "at", node));
    let once_per = fields.optional("once_per").and_then(|node| {
        let kind = c.named("once_per", node, COUNTED)?;
        // One finding per chapter of words that only articles hold would hide all but one of its articles.
        let wider = |inside: &UnitKind| matches!((width(kind), width(*inside)), (Some(a), Some(b)) if a < b);
        if !scope.inside.is_empty() && scope.inside.iter().all(wider) {
            let units = scope.inside.iter().map(|it| name_of(UNITS, it));
            c.error(node.at, Kind::OncePerTooWide, [name_of(UNITS, &kind).to_owned(), listed(units)]);
        }
        Some(kind)
    });
    fields.finish(c);
    Some(Report { at, once_per })
}

/// `$name`, or `match` for the whole of the words (also `$when` of a frame and `$norm.decision`).
fn capture(c: &mut Checker, key: &str, node: &Node) -> Option<String> {
    let text = c.text(key, node)?;
    match text.strip_prefix('$') {
        Some("match" | "when" | "norm.decision") => None,
        Some(name) if !name.is_empty() => Some(name.to_owned()),
        _ => {
            if !matches!(text, "match" | "$match") {
                c.wrong_value(node.at, text, ["match", "$…"].into_iter());
            }
            None
        }
    }
}

fn severity(c: &mut Checker, node: &Node, used: &mut Uses, patterns: &Patterns) -> Option<SeverityDef> {
    let mut fields = c.fields("severity", node)?;
    let base = fields.required("base").and_then(|it| c.named("base", it, SEVERITIES));
    let mut steps: Vec<(Severity, Expr)> = Vec::new();
    for key in ["raise", "lower"] {
        let Some(node) = fields.optional(key) else { continue };
        for item in c.items(key, node) {
            let Some(mut step) = c.fields(key, item) else { continue };
            let to = step.required("to").and_then(|it| c.named("to", it, SEVERITIES));
            let when = step.required("if").and_then(|node| {
                let expr = expression(c, "if", node)?;
                if patterns.whole {
                    known_names(c, node, &expr, patterns.properties, &used.captures, true);
                }
                expr.names(&mut used.names);
                Some(expr)
            });
            step.finish(c);
            steps.extend(to.zip(when));
        }
    }
    fields.finish(c);
    Some(SeverityDef { base: base?, steps })
}

fn fixes(c: &mut Checker, node: &Node, needed: &[Lang], used: &mut Uses, patterns: &Patterns) -> Vec<FixDef> {
    let mut found = Vec::new();
    for item in c.items("fix", node) {
        let Some(mut fields) = c.fields("fix", item) else { continue };
        let kind = fields.required("kind").and_then(|it| c.named("kind", it, FIXES));
        let replace = fields.optional("replace").and_then(|node| {
            let name = capture(c, "replace", node)?;
            patterns.must_bind(c, node.at, &name);
            used.names.push(name.clone());
            Some(name)
        });
        let mut text = Text::default();
        for (code, lang) in LANGS {
            let slot = match lang {
                Lang::Ky => &mut text.ky,
                Lang::Ru => &mut text.ru,
                Lang::En | Lang::Other => &mut text.en,
            };
            match fields.optional(code) {
                Some(node) => {
                    let Some(it) = c.text(code, node) else { continue };
                    it.trim().clone_into(slot);
                    let names = placeholders(c, node, it);
                    for (at, name) in names {
                        if name != "match" {
                            if patterns.whole && !patterns.own {
                                c.error_within(node, at, Kind::UnknownCapture, vec![name.clone()]);
                            } else if patterns.whole && patterns.unbound(&name).contains(lang) {
                                let values = vec![name.clone(), (*code).to_owned()];
                                c.error_within(node, at, Kind::PlaceholderUnbound, values);
                            }
                            used.names.push(name);
                        }
                    }
                }
                None if needed.contains(lang) => {
                    c.error(fields.at, Kind::MissingText, ["fix".to_owned(), (*code).to_owned()]);
                }
                None => {}
            }
        }
        fields.finish(c);
        if let Some(kind) = kind {
            found.push(FixDef { kind, replace, text });
        }
    }
    found
}

/// Checks the placeholders of a text. A reader of any language may see a finding of any language, so each must be bound
/// in the patterns of every language.
fn template(c: &mut Checker, words: &Words, patterns: &Patterns, used: &mut Uses) {
    for (_, node, text) in &words.nodes {
        for (at, name) in placeholders(c, node, text) {
            let known = name == "match"
                || patterns.properties.contains(&name.as_str())
                || patterns.in_texts.contains(&name.as_str())
                || !patterns.whole;
            if !known && !patterns.own {
                c.error_within(node, at, Kind::UnknownCapture, vec![name.clone()]);
            } else if !known {
                for lang in patterns.unbound(&name) {
                    let values = vec![name.clone(), lang.code().to_owned()];
                    c.error_within(node, at, Kind::PlaceholderUnbound, values);
                }
            }
            used.names.push(name);
        }
    }
}

/// The names in braces with their offsets; doubled braces stand for themselves.
fn placeholders(c: &mut Checker, node: &Node, text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = text[at..].find(['{', '}']) {
        let brace = at + step;
        let rest = &text[brace..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            at = brace + 2;
            continue;
        }
        let name = rest.strip_prefix('{').and_then(|it| it.split_once('}')).map(|it| it.0);
        match name {
            Some(name) if is_capture(name) => {
                found.push((brace + 1, name.to_owned()));
                at = brace + name.len() + 2;
            }
            _ => {
                c.error_within(node, brace, Kind::PlaceholderUnclosed, Vec::new());
                at = brace + 1;
            }
        }
    }
    found
}

fn is_capture(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_' || it == b'-')
}

/// What a rule looks for and under which conditions, as one text that equal rules share. Exceptions do not count: two rules
/// over the same words differ in nothing else by right.
fn signature(
    patterns: &Patterns,
    kind: &RuleKind,
    (conditions, contexts): (&Conditions, &[ExceptionDef]),
    (absence, scope): (Option<&AbsenceDef>, &Scope),
) -> String {
    let mut parts = Vec::new();
    match kind {
        RuleKind::Find(_) => {
            for (lang, node, _) in &patterns.of {
                if let Value::Scalar(text, _) = &node.value {
                    let words: Vec<&str> = text.split_whitespace().collect();
                    parts.push(format!("{} {}", lang.code(), words.join(" ")));
                }
            }
        }
        RuleKind::Match { fact, filter } => parts.push(format!("{fact} {filter:?}")),
    }
    let tests = |tests: &[Test]| {
        let mut tests: Vec<String> = tests
            .iter()
            .map(|it| {
                let mut values = it.values.clone();
                values.sort_unstable();
                format!("{}={}", it.predicate, values.join("|"))
            })
            .collect();
        tests.sort();
        tests.join("&")
    };
    parts.sort();
    parts.push(tests(&conditions.all));
    let mut any: Vec<String> = conditions.any.iter().map(|it| tests(it)).collect();
    any.sort();
    parts.extend(any);
    let given = contexts.iter().filter(|it| it.given);
    parts.extend(given.map(|it| format!("{:?} {:?}", it.reach, phrases_of(&it.phrases))));
    let slots = absence.into_iter().flat_map(|it| &it.slots);
    parts.extend(slots.map(|it| format!("{:?}", phrases_of(&it.phrases))));
    parts.push(format!("{:?}", (&scope.inside, &scope.not_inside, &scope.zones, &scope.kinds)));
    parts.join("\n")
}

/// The phrases without their places.
fn phrases_of(of: &PerLang<Vec<PhraseDef>>) -> Vec<String> {
    let all = [&of.ky, &of.ru, &of.en].into_iter().flatten();
    all.map(|it| format!("{:?}", it.phrase)).collect()
}
