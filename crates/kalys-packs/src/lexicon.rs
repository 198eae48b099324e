//! Lexicon files: lists of words and phrases, what the engine uses them for, and Kyrgyz stems.

use kalys_engine::def::{LexiconDef, PerLang, PhraseDef, Usage};
use kalys_engine::phrase::{Phrase, PhraseErrorKind};
use kalys_model::Lang;
use kalys_morph::{Features, Stem};

use crate::error::PackErrorKind as Kind;
use crate::fields::Checker;
use crate::names::{LANGS, listed, nearest};
use crate::node::{Node, Place, Value};
use crate::pack::name;

/// Classes that a stem can have.
const CLASSES: [Features; 10] = [
    Features::NOUN,
    Features::VERB,
    Features::ADJ,
    Features::ADV,
    Features::PRON,
    Features::NUM,
    Features::ADP,
    Features::CONJ,
    Features::PART,
    Features::PRED,
];

/// What a lexicon file holds.
#[derive(Debug)]
pub(crate) struct LexiconFile {
    pub(crate) def: LexiconDef,
    pub(crate) stems: Vec<Stem>,
    /// Where its name stands.
    pub(crate) at: Place,
}

impl LexiconFile {
    /// Whether it has phrases in any language.
    pub(crate) fn has_entries(&self) -> bool {
        let PerLang { ky, ru, en } = &self.def.entries;
        !(ky.is_empty() && ru.is_empty() && en.is_empty())
    }
}

/// Reads a lexicon file whose stem is `stem`.
pub(crate) fn read(
    c: &mut Checker,
    root: &Node,
    stem: &str,
    usages: &[(String, Usage)],
) -> Option<LexiconFile> {
    let mut fields = c.fields("lexicon", root)?;
    let name_node = fields.required("lexicon");
    if let Some((node, text)) = name_node.and_then(|it| Some((it, name(c, "lexicon", it)?)))
        && text != stem
    {
        c.error(node.at, Kind::NameNotStem, [text.to_owned(), stem.to_owned()]);
    }
    let usage = fields.optional("use").and_then(|node| {
        let text = c.text("use", node)?;
        let found = usages.iter().find(|(name, _)| name == text);
        if found.is_none() {
            c.wrong_value(node.at, text, usages.iter().map(|(name, _)| name.as_str()));
        }
        found.map(|(_, usage)| *usage)
    });
    fields.text(c, "source");
    if let Some(node) = fields.optional("note") {
        c.text("note", node);
    }
    let mut entries = PerLang::default();
    for (code, lang) in LANGS {
        if let Some(node) = fields.optional(code) {
            let items = c.list(code, node);
            c.unread_phrases += usize::from(!matches!(node.value, Value::List(_)));
            let found = items.iter().filter_map(|it| phrase(c, code, it)).map(|it| it.1).collect();
            if let Some(slot) = PerLang::get_mut(&mut entries, *lang) {
                *slot = found;
            }
        }
    }
    let mut stems = Vec::new();
    if let Some(mut words) = fields.optional("words").and_then(|it| c.fields("words", it)) {
        if let Some(node) = words.optional(Lang::Ky.code()) {
            stems = c.items("words", node).iter().filter_map(|it| read_stem(c, it)).collect();
        }
        words.finish(c);
    }
    let at = name_node.map_or(root.at, |it| it.at);
    fields.finish(c);
    Some(LexiconFile { def: LexiconDef { name: stem.to_owned(), usage, entries }, stems, at })
}

/// `лицензиар noun`, `кара- verb`.
fn read_stem(c: &mut Checker, node: &Node) -> Option<Stem> {
    let text = c.text("words", node)?;
    let class = text.split_once(' ').and_then(|(stem, class)| {
        let class = Features::from_name(class.trim()).filter(|it| CLASSES.contains(it))?;
        // A hyphen at the end and the class must say the same.
        (stem.ends_with('-') == (class == Features::VERB)).then(|| Stem { stem: stem.to_owned(), class })
    });
    if class.is_none() {
        let names: Vec<String> = CLASSES.iter().map(Features::to_string).collect();
        c.error(node.at, Kind::WrongStem, [text.to_owned(), listed(names.iter().map(String::as_str))]);
    }
    class
}

/// The phrases under `key`, a single one or a list, each with its text.
pub(crate) fn phrases<'n>(c: &mut Checker, key: &str, node: &'n Node) -> Vec<(&'n Node, PhraseDef)> {
    let items = match &node.value {
        Value::Scalar(..) => std::slice::from_ref(node),
        _ => c.list(key, node),
    };
    items.iter().filter_map(|it| phrase(c, key, it)).collect()
}

fn phrase<'n>(c: &mut Checker, key: &str, node: &'n Node) -> Option<(&'n Node, PhraseDef)> {
    let Some(text) = c.text(key, node) else {
        c.unread_phrases += 1;
        return None;
    };
    match Phrase::parse(text) {
        Ok(phrase) => {
            let origin = c.origin(node.at);
            Some((node, PhraseDef { phrase, origin }))
        }
        Err(error) => {
            let (kind, values) = match error.kind {
                PhraseErrorKind::Empty => (Kind::PhraseEmpty, Vec::new()),
                PhraseErrorKind::Unexpected(found) => (Kind::PhraseUnexpected, vec![found.to_string()]),
                PhraseErrorKind::Unclosed(open) => (Kind::PhraseUnclosed, vec![open.to_string()]),
                PhraseErrorKind::UnknownFeature(feature) => {
                    let near = nearest(&feature, Features::TABLE.iter().map(|(_, name)| *name));
                    (Kind::UnknownFeature, vec![feature, near])
                }
                PhraseErrorKind::BadGap => (Kind::GapRange, Vec::new()),
                PhraseErrorKind::NoName => (Kind::PhraseNoName, Vec::new()),
                PhraseErrorKind::TooDeep => (Kind::PhraseTooDeep, Vec::new()),
                PhraseErrorKind::BadOptional => (Kind::OptionalGap, Vec::new()),
            };
            c.error_within(node, error.at as usize, kind, values);
            c.unread_phrases += 1;
            None
        }
    }
}
