//! Nodes to typed values: the one place that says what a file has and should not have, and the other way round.
//!
//! Every reader here reports what is wrong and goes on, with `None` or what could be read, so that one run over a pack shows
//! all of its errors.

use kalys_engine::def::Origin;
use kalys_model::{Lang, Text};

use crate::error::{PackError, PackErrorKind as Kind};
use crate::names::{LANGS, Table, listed, nearest};
use crate::node::{Key, MAX_ERRORS, Node, Place, Style, Value, place_within};

/// Collects errors and remembers where things stand.
#[derive(Debug, Default)]
pub(crate) struct Checker {
    files: Vec<SourceFile>,
    file: usize,
    errors: Vec<PackError>,
    /// Phrases that could not be read: what stands in them is not known.
    pub(crate) unread_phrases: usize,
    origins: Vec<(FileId, Place)>,
}

/// Index of a file in the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FileId(u32);

#[derive(Clone, Debug)]
struct SourceFile {
    path: String,
    /// The text, for the exact place inside a scalar; an embedded file has none.
    source: Option<String>,
}

impl Checker {
    /// Adds a file; what is read from here on is in it.
    pub(crate) fn open(&mut self, path: String, source: Option<String>) -> FileId {
        self.files.push(SourceFile { path, source });
        self.file = self.files.len() - 1;
        FileId(self.file as u32)
    }

    /// A checker over the same files, without errors.
    pub(crate) fn fork(&self) -> Checker {
        Checker { files: self.files.clone(), ..Checker::default() }
    }

    /// Goes back to a file.
    pub(crate) fn enter(&mut self, file: FileId) {
        self.file = file.0 as usize;
    }

    pub(crate) fn path(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].path
    }

    pub(crate) fn source(&self, file: FileId) -> Option<&str> {
        self.files[file.0 as usize].source.as_deref()
    }

    pub(crate) fn clean(&self) -> bool {
        self.errors.is_empty()
    }

    /// All errors, by file and place; of a file with very many, the first.
    pub(crate) fn into_errors(mut self) -> Vec<PackError> {
        self.errors.sort();
        self.errors.dedup();
        let mut errors = Vec::with_capacity(self.errors.len());
        for of_file in self.errors.chunk_by(|a, b| a.file == b.file) {
            errors.extend(of_file.iter().take(MAX_ERRORS).cloned());
            if let Some(next) = of_file.get(MAX_ERRORS) {
                let at = Place { line: next.line, column: next.column };
                errors.push(PackError::new(&next.file, at, Kind::TooManyErrors, Vec::new()));
            }
        }
        errors
    }

    pub(crate) fn error(&mut self, at: Place, kind: Kind, values: impl IntoIterator<Item = String>) {
        let file = self.files.get(self.file).map_or("", |it| it.path.as_str());
        self.errors.push(PackError::new(file, at, kind, values.into_iter().collect()));
    }

    /// An error at the byte `offset` of a scalar's value.
    pub(crate) fn error_within(&mut self, node: &Node, offset: usize, kind: Kind, values: Vec<String>) {
        let at = match (&node.value, self.files.get(self.file).and_then(|it| it.source.as_deref())) {
            (Value::Scalar(text, style), Some(source)) => place_within(source, node.at, *style, text, offset),
            _ => node.at,
        };
        self.error(at, kind, values);
    }

    /// A number for this place of the current file.
    pub(crate) fn origin(&mut self, at: Place) -> Origin {
        self.origins.push((FileId(self.file as u32), at));
        Origin(self.origins.len() as u32 - 1)
    }

    /// The place of an origin that this checker gave.
    pub(crate) fn place(&self, origin: Origin) -> (FileId, Place) {
        self.origins.get(origin.0 as usize).copied().unwrap_or_default()
    }

    /// A text that is not empty.
    pub(crate) fn text<'n>(&mut self, key: &str, node: &'n Node) -> Option<&'n str> {
        match &node.value {
            Value::Scalar(text, _) if text.trim().is_empty() => {
                self.error(node.at, Kind::EmptyText, [key.to_owned()]);
                None
            }
            Value::Scalar(text, _) => Some(text),
            Value::List(_) | Value::Map(_) => {
                self.error(node.at, Kind::NotText, [key.to_owned()]);
                None
            }
        }
    }

    /// The items of a list.
    pub(crate) fn list<'n>(&mut self, key: &str, node: &'n Node) -> &'n [Node] {
        match &node.value {
            Value::List(items) => items,
            _ => {
                self.error(node.at, Kind::NotList, [key.to_owned()]);
                &[]
            }
        }
    }

    /// The items of a list that must have some.
    pub(crate) fn items<'n>(&mut self, key: &str, node: &'n Node) -> &'n [Node] {
        if matches!(&node.value, Value::List(items) if items.is_empty()) {
            self.error(node.at, Kind::EmptyList, [key.to_owned()]);
        }
        self.list(key, node)
    }

    /// The fields of a mapping.
    pub(crate) fn fields<'n>(&mut self, key: &str, node: &'n Node) -> Option<Fields<'n>> {
        match &node.value {
            Value::Map(entries) => {
                Some(Fields { at: node.at, entries, known: Vec::new(), missing: Vec::new() })
            }
            _ => {
                self.error(node.at, Kind::NotMapping, [key.to_owned()]);
                None
            }
        }
    }

    /// A whole number from 1.
    pub(crate) fn number(&mut self, key: &str, node: &Node) -> Option<u32> {
        let found = match &node.value {
            Value::Scalar(text, Style::Plain) => text.parse().ok().filter(|it| *it > 0),
            _ => None,
        };
        if found.is_none() {
            self.error(node.at, Kind::NotNumber, [key.to_owned()]);
        }
        found
    }

    /// `true` or `false`.
    pub(crate) fn truth(&mut self, key: &str, node: &Node) -> Option<bool> {
        let found = match &node.value {
            Value::Scalar(text, Style::Plain) if text == "true" => Some(true),
            Value::Scalar(text, Style::Plain) if text == "false" => Some(false),
            _ => None,
        };
        if found.is_none() {
            self.error(node.at, Kind::NotTruth, [key.to_owned()]);
        }
        found
    }

    /// What a name of the table stands for.
    pub(crate) fn named<T: Copy>(&mut self, key: &str, node: &Node, table: &Table<T>) -> Option<T> {
        let text = self.text(key, node)?;
        let found = table.iter().find(|(name, _)| *name == text);
        if found.is_none() {
            self.wrong_value(node.at, text, table.iter().map(|(name, _)| *name));
        }
        found.map(|(_, value)| *value)
    }

    /// As [`named`](Checker::named) for a list, which must have items.
    pub(crate) fn all_named<T: Copy>(&mut self, key: &str, node: &Node, table: &Table<T>) -> Vec<T> {
        self.items(key, node).iter().filter_map(|it| self.named(key, it, table)).collect()
    }

    pub(crate) fn wrong_value<'a>(
        &mut self,
        at: Place,
        value: &str,
        allowed: impl Iterator<Item = &'a str> + Clone,
    ) {
        let values = [value.to_owned(), nearest(value, allowed.clone()), listed(allowed)];
        self.error(at, Kind::WrongValue, values);
    }

    /// `{ky: …, ru: …, en: …}`. Every language of `needed` must be there; of the others one at least, and those that
    /// are missing get the text of another one.
    pub(crate) fn words<'n>(&mut self, key: &str, node: &'n Node, needed: &[Lang]) -> Words<'n> {
        let mut words = Words::default();
        let Some(mut fields) = self.fields(key, node) else { return words };
        for (code, lang) in LANGS {
            let Some(node) = fields.optional(code) else {
                if needed.contains(lang) {
                    self.error(fields.at, Kind::MissingText, [key.to_owned(), (*code).to_owned()]);
                }
                continue;
            };
            if let Some(text) = self.text(&format!("{key}.{code}"), node) {
                words.nodes.push((*lang, node, text));
            }
        }
        if words.nodes.is_empty() && needed.is_empty() {
            self.error(fields.at, Kind::MissingText, [key.to_owned(), listed(LANGS.iter().map(|it| it.0))]);
        }
        fields.finish(self);
        let of = |lang: Lang| words.nodes.iter().find(|it| it.0 == lang).map(|it| it.2);
        // A draft may lack languages: the nearest one a reader may know takes the place.
        let first = |langs: [Lang; 3]| langs.into_iter().find_map(of).unwrap_or_default().trim().to_owned();
        words.text = Text {
            ky: first([Lang::Ky, Lang::Ru, Lang::En]),
            ru: first([Lang::Ru, Lang::Ky, Lang::En]),
            en: first([Lang::En, Lang::Ru, Lang::Ky]),
        };
        words
    }
}

/// A text in several languages, and where each stands.
#[derive(Debug, Default)]
pub(crate) struct Words<'n> {
    pub(crate) text: Text,
    pub(crate) nodes: Vec<(Lang, &'n Node, &'n str)>,
}

/// The fields of a mapping that are asked for one by one; what nobody asked for is an error in the end.
#[derive(Debug)]
pub(crate) struct Fields<'n> {
    /// Where the mapping begins.
    pub(crate) at: Place,
    entries: &'n [(Key, Node)],
    known: Vec<&'static str>,
    /// Required keys that are not there.
    missing: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// A field that may be missing.
    pub(crate) fn optional(&mut self, key: &'static str) -> Option<&'n Node> {
        self.known.push(key);
        self.entries.iter().find(|(it, _)| it.text == key).map(|(_, node)| node)
    }

    /// A field that must be there; [`finish`](Fields::finish) reports it.
    pub(crate) fn required(&mut self, key: &'static str) -> Option<&'n Node> {
        let found = self.optional(key);
        if found.is_none() {
            self.missing.push(key);
        }
        found
    }

    /// A required text.
    pub(crate) fn text(&mut self, checker: &mut Checker, key: &'static str) -> Option<&'n str> {
        self.required(key).and_then(|node| checker.text(key, node))
    }

    /// Entries whose keys are names that the author chooses.
    pub(crate) fn entries(&self) -> &'n [(Key, Node)] {
        self.entries
    }

    /// Reports every key that nobody asked for, and every required one that is not there. A mistyped key is one error, not
    /// an unknown key and a missing one.
    pub(crate) fn finish(mut self, checker: &mut Checker) {
        let there = |known: &str| self.entries.iter().any(|it| it.0.text == known);
        let absent: Vec<&str> = self.known.iter().copied().filter(|it| !there(it)).collect();
        let unknown =
            self.entries.iter().map(|it| &it.0).filter(|key| !self.known.contains(&key.text.as_ref()));
        // One more than is shown, so that the list says that it is not complete.
        for key in unknown.take(MAX_ERRORS + 1) {
            let mut near = nearest(&key.text, absent.iter().copied());
            if near.is_empty() {
                near = nearest(&key.text, self.known.iter().copied());
            }
            self.missing.retain(|it| *it != near);
            let values = [key.text.to_string(), near, listed(self.known.iter().copied())];
            checker.error(key.at, Kind::UnknownKey, values);
        }
        for key in self.missing {
            checker.error(self.at, Kind::MissingKey, [key.to_owned()]);
        }
    }
}
