//! The tests of a rule file: texts in which the rule must fire at marked words, and texts in which it must stay silent.
//!
//! They are read when somebody runs or checks them, not when an act is checked.

use kalys_engine::Guard;
use kalys_engine::def::{PerLang, RuleDef, RuleKind};
use kalys_model::{ActKind, Evidence, Lang, RuleId, Severity, Span, Zone};

use crate::embedded;
use crate::error::PackErrorKind as Kind;
use crate::fields::{Checker, Fields, FileId};
use crate::names::{ACT_KINDS, LANGS, LEVELS, SEVERITIES, ZONES, listed, nearest};
use crate::node::{Node, Place, Value};
use crate::rule::RESERVED;

/// The tests of one rule, not yet read, and what is needed to judge them.
#[derive(Debug)]
pub(crate) struct RuleTests {
    pub(crate) rule: RuleId,
    pub(crate) file: FileId,
    pub(crate) stash: Stash,
    pub(crate) at: Place,
    /// Whether every exception and predicate must have a guard.
    pub(crate) stable: bool,
    pub(crate) languages: Vec<Lang>,
    exceptions: Vec<Exception>,
    predicates: Vec<(&'static str, Place)>,
    filter: bool,
    /// Languages in which the rule looks for something that it reports as absent.
    expects: Vec<Lang>,
}

/// Where tests wait.
#[derive(Debug)]
pub(crate) enum Stash {
    Parsed(Option<Node>),
    Packed(embedded::Span),
}

#[derive(Debug)]
struct Exception {
    name: String,
    /// In which languages it has phrases.
    phrases: PerLang<bool>,
    at: Place,
}

impl RuleTests {
    pub(crate) fn new(
        c: &Checker,
        rule: RuleId,
        (file, at): (FileId, Place),
        stash: Stash,
        def: &RuleDef,
        (stable, languages): (bool, Vec<Lang>),
    ) -> RuleTests {
        let exceptions = def.exceptions.iter().map(|it| Exception {
            name: it.name.clone(),
            phrases: PerLang {
                ky: !it.phrases.ky.is_empty(),
                ru: !it.phrases.ru.is_empty(),
                en: !it.phrases.en.is_empty(),
            },
            at: c.place(it.origin).1,
        });
        let mut predicates: Vec<(&'static str, Place)> = Vec::new();
        for test in def.conditions.all.iter().chain(def.conditions.any.iter().flatten()) {
            if !predicates.iter().any(|it| it.0 == test.predicate) {
                predicates.push((test.predicate, c.place(test.origin).1));
            }
        }
        let filter = matches!(def.kind, RuleKind::Match { filter: Some(_), .. });
        let exceptions = exceptions.collect();
        let expected = |lang: &Lang| {
            let slots = def.absence.iter().flat_map(|it| &it.slots);
            slots.into_iter().any(|it| it.phrases.get(*lang).is_some_and(|it| !it.is_empty()))
        };
        let expects = Lang::KNOWN.into_iter().filter(expected).collect();
        RuleTests { rule, file, stash, at, stable, languages, exceptions, predicates, filter, expects }
    }

    /// Reads the tests and checks that nothing of the rule is without one.
    pub(crate) fn read(&self, c: &mut Checker) -> Vec<Case> {
        c.enter(self.file);
        let unpacked;
        let root = match &self.stash {
            Stash::Parsed(node) => node.as_ref(),
            Stash::Packed(span) => {
                unpacked = span.node();
                Some(&unpacked)
            }
        };
        let Some(root) = root else {
            c.error(self.at, Kind::MissingKey, ["tests".to_owned()]);
            return Vec::new();
        };
        let Some(mut fields) = c.fields("tests", root) else { return Vec::new() };
        let mut cases = Vec::new();
        for (code, lang) in LANGS {
            if let Some(node) = fields.optional(code) {
                let items = c.list(code, node);
                cases.extend(items.iter().filter_map(|it| self.case(c, *lang, it)));
            }
        }
        fields.finish(c);
        self.coverage(c, root.at, &cases);
        cases
    }

    fn coverage(&self, c: &mut Checker, at: Place, cases: &[Case]) {
        for lang in &self.languages {
            if !cases.iter().any(|it| it.lang == *lang && it.wish == Wish::Bad) {
                c.error(at, Kind::MissingTest, [lang.code().to_owned()]);
            }
        }
        if !self.stable {
            return;
        }
        let guarded = |wanted: &Guard, lang: Option<Lang>| {
            cases.iter().any(|it| lang.is_none_or(|lang| it.lang == lang) && it.guards.contains(wanted))
        };
        for exception in &self.exceptions {
            let guard = Guard::Exception(exception.name.clone());
            let langs: Vec<Lang> =
                Lang::KNOWN.into_iter().filter(|it| exception.phrases.get(*it) == Some(&true)).collect();
            for lang in &langs {
                if !guarded(&guard, Some(*lang)) {
                    let values = [exception.name.clone(), lang.code().to_owned()];
                    c.error(exception.at, Kind::MissingGuard, values);
                }
            }
            if langs.is_empty() && !guarded(&guard, None) {
                let any = listed(LANGS.iter().map(|it| it.0));
                c.error(exception.at, Kind::MissingGuard, [exception.name.clone(), any]);
            }
        }
        for lang in &self.expects {
            if !guarded(&Guard::Expect, Some(*lang)) {
                c.error(at, Kind::MissingGuard, ["expect".to_owned(), lang.code().to_owned()]);
            }
        }
        for (predicate, at) in &self.predicates {
            if !guarded(&Guard::Predicate((*predicate).to_owned()), None) {
                c.error(*at, Kind::MissingPredicateGuard, [(*predicate).to_owned()]);
            }
        }
    }

    fn case(&self, c: &mut Checker, lang: Lang, node: &Node) -> Option<Case> {
        let mut fields = c.fields("tests", node)?;
        let wishes = [("bad", Wish::Bad), ("ok", Wish::Ok), ("todo", Wish::Todo)];
        let found: Vec<(&str, Wish, &Node)> =
            wishes.into_iter().filter_map(|(key, wish)| Some((key, wish, fields.optional(key)?))).collect();
        let guard_node = fields.optional("guard");
        let options = Options::read(c, &mut fields);
        fields.finish(c);
        let [(key, wish, text_node)] = found[..] else {
            c.error(node.at, Kind::TestKind, []);
            return None;
        };
        let (text, marks) = match marked(c.text(key, text_node)?) {
            Ok(it) => it,
            Err(at) => {
                c.error_within(text_node, at, Kind::TestMarks, Vec::new());
                return None;
            }
        };
        if wish == Wish::Bad && marks.is_empty() {
            c.error(text_node.at, Kind::TestWithoutMark, []);
        }
        if wish == Wish::Ok && !marks.is_empty() {
            c.error(text_node.at, Kind::TestWithMark, []);
        }
        let guards = guard_node.map(|it| self.guards(c, it)).unwrap_or_default();
        if let (Some(node), Wish::Bad) = (guard_node, wish) {
            c.error(node.at, Kind::GuardOnBad, []);
        }
        Some(Case { lang, line: text_node.at.line, wish, text, marks, guards, options })
    }

    fn guards(&self, c: &mut Checker, node: &Node) -> Vec<Guard> {
        let items = match &node.value {
            Value::Scalar(..) => std::slice::from_ref(node),
            _ => c.items("guard", node),
        };
        items.iter().filter_map(|it| self.guard(c, it)).collect()
    }

    fn guard(&self, c: &mut Checker, node: &Node) -> Option<Guard> {
        let text = c.text("guard", node)?;
        let found = match text {
            "zone" => Some(Guard::Zone),
            "kind" => Some(Guard::Kind),
            "scope" => Some(Guard::Unit),
            "match" if self.filter => Some(Guard::Filter),
            "expect" if !self.expects.is_empty() => Some(Guard::Expect),
            _ => match ["where.", "norm.", "when."].iter().find_map(|it| text.strip_prefix(it)) {
                Some(name) => {
                    let known = self.predicates.iter().any(|it| it.0 == name);
                    known.then(|| Guard::Predicate(name.to_owned()))
                }
                None => {
                    let known = self.exceptions.iter().any(|it| it.name == text);
                    known.then(|| Guard::Exception(text.to_owned()))
                }
            },
        };
        if found.is_none() {
            let mut names: Vec<String> = self.exceptions.iter().map(|it| it.name.clone()).collect();
            names.extend(self.predicates.iter().map(|it| format!("where.{}", it.0)));
            names.extend(
                RESERVED
                    .iter()
                    .filter(|it| self.filter || **it != "match")
                    .filter(|it| !self.expects.is_empty() || **it != "expect")
                    .map(|it| (*it).to_owned()),
            );
            let near = nearest(text, names.iter().map(String::as_str));
            c.error(node.at, Kind::UnknownGuard, [text.to_owned(), near]);
        }
        found
    }
}

/// A test of a rule.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) lang: Lang,
    /// Line on which the text begins.
    pub(crate) line: u32,
    pub(crate) wish: Wish,
    /// The text without marks.
    pub(crate) text: String,
    /// The marked words, sorted.
    pub(crate) marks: Vec<Span>,
    pub(crate) guards: Vec<Guard>,
    pub(crate) options: Options,
}

/// What a test wants of its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Findings at the marks and nowhere else.
    Bad,
    /// No finding.
    Ok,
    /// A known gap: what `Bad` wants (or `Ok`, without marks), and does not get.
    Todo,
}

/// Circumstances and further wishes of a test.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// Zone of the whole text.
    pub(crate) zone: Option<Zone>,
    /// Kind of the act.
    pub(crate) kind: Option<ActKind>,
    /// The text is a whole article, not a passage of one.
    pub(crate) whole: bool,
    /// Level of every finding.
    pub(crate) level: Option<Evidence>,
    /// Severity of every finding.
    pub(crate) severity: Option<Severity>,
    /// Words of the related places, in order of the text.
    pub(crate) also: Option<Vec<String>>,
}

impl Options {
    fn read(c: &mut Checker, fields: &mut Fields) -> Options {
        let mut options = Options {
            zone: fields.optional("zone").and_then(|it| c.named("zone", it, ZONES)),
            kind: fields.optional("kind").and_then(|it| c.named("kind", it, ACT_KINDS)),
            level: fields.optional("level").and_then(|it| c.named("level", it, LEVELS)),
            severity: fields.optional("severity").and_then(|it| c.named("severity", it, SEVERITIES)),
            ..Options::default()
        };
        let wholes = [("article", true), ("act", true), ("fragment", false)];
        if let Some(node) = fields.optional("as") {
            options.whole = c.named("as", node, &wholes).unwrap_or(false);
        }
        if let Some(node) = fields.optional("also") {
            let items = c.list("also", node);
            options.also =
                Some(items.iter().filter_map(|it| c.text("also", it)).map(str::to_owned).collect());
        }
        if let Some(node) = fields.optional("note") {
            c.text("note", node);
        }
        options
    }
}

/// Takes the marks out of a text; the offset of the mark without a partner, or around nothing, is the error.
fn marked(text: &str) -> Result<(String, Vec<Span>), usize> {
    let mut out = String::with_capacity(text.len());
    let mut marks = Vec::new();
    let mut open = None;
    let mut at = 0;
    while let Some(step) = text[at..].find("[[").into_iter().chain(text[at..].find("]]")).min() {
        out.push_str(&text[at..at + step]);
        at += step;
        match (open.take(), &text[at..at + 2]) {
            (None, "[[") => open = Some((at, out.len())),
            (Some((_, from)), "]]") if from < out.len() => {
                marks.push(Span::new(from as u32, out.len() as u32))
            }
            (Some((mark, _)), _) => return Err(mark),
            (None, _) => return Err(at),
        }
        at += 2;
    }
    if let Some((mark, _)) = open {
        return Err(mark);
    }
    out.push_str(text[at..].trim_end());
    Ok((out, marks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans() {
        let (text, marks) = marked("а [[б в]] г [[д]].\n").unwrap();
        assert_eq!(text, "а б в г д.");
        let words: Vec<&str> = marks.iter().map(|it| &text[it.range()]).collect();
        assert_eq!(words, ["б в", "д"]);
    }

    #[test]
    fn marks_without_partner_are_errors() {
        for (text, at) in [("а [[б", 3), ("а]] б", 2), ("[[а [[б]]", 0), ("[[]]", 0)] {
            assert_eq!(marked(text), Err(at), "{text}");
        }
    }
}
