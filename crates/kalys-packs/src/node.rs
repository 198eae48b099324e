//! YAML 1.2 text to a tree of nodes with places.
//!
//! It is for reading what a person wrote in a pack, and only that: anchors, aliases, tags, merge keys and several documents
//! in one file are refused, since a rule must say what it means where it stands. Scalars stay text; whether `no` is a word
//! or a truth is decided by whoever asks for it. Nothing here knows rules; build.rs uses this module too.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle};

/// Bytes of the largest file that is read.
pub(crate) const MAX_BYTES: usize = 2 * 1024 * 1024;
/// Lists and mappings that may stand inside each other.
pub(crate) const MAX_DEPTH: usize = 32;
/// After so many errors the rest of the file is not looked at.
pub(crate) const MAX_ERRORS: usize = 100;

/// A value and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// Where it begins; of a block scalar, where its sign (`|`, `>`) stands.
    pub(crate) at: Place,
    /// The value.
    pub(crate) value: Value,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    /// Line from 1.
    pub(crate) line: u32,
    /// Column from 1, in Unicode code points.
    pub(crate) column: u32,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Text in some style.
    Scalar(Cow<'static, str>, Style),
    /// A list.
    List(Vec<Node>),
    /// A mapping in the order of the file. Invariant: no key stands twice.
    Map(Vec<(Key, Node)>),
}

/// A key of a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// Its text.
    pub(crate) text: Cow<'static, str>,
    /// Where it stands.
    pub(crate) at: Place,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Without quotation marks.
    Plain,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `|` or `>`
    Block,
}

/// What is wrong with a file as YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct YamlError {
    /// Where.
    pub(crate) at: Place,
    /// What.
    pub(crate) kind: YamlErrorKind,
}

/// What can be wrong with a file as YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum YamlErrorKind {
    /// It is no YAML; the parser's own words.
    Syntax(String),
    /// There is nothing in it.
    Empty,
    /// More than [`MAX_BYTES`].
    TooLarge,
    /// More than [`MAX_DEPTH`].
    TooDeep,
    /// `&name`
    Anchor,
    /// `*name`
    Alias,
    /// `!name`
    Tag,
    /// `<<:`
    MergeKey,
    /// A second `---`.
    SecondDocument,
    /// A list or a mapping stands as a key.
    KeyIsNotText,
    /// The mapping has the key already.
    DuplicateKey {
        /// The key.
        key: String,
        /// Line on which it stands first.
        first: u32,
    },
    /// The file has more errors than are worth listing.
    TooManyErrors,
}

/// Reads a file. Every error is collected; after a syntax error there is no more to read.
pub(crate) fn parse(text: &str) -> Result<Node, Vec<YamlError>> {
    if text.len() > MAX_BYTES {
        return Err(vec![YamlError { at: Place { line: 1, column: 1 }, kind: YamlErrorKind::TooLarge }]);
    }
    let mut builder = Builder { stack: Vec::new(), root: None, errors: Vec::new() };
    let mut documents = 0;
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = match event {
            Ok(it) => it,
            Err(error) => {
                let at = place(error.marker());
                builder.errors.push(YamlError { at, kind: YamlErrorKind::Syntax(error.info().to_owned()) });
                break;
            }
        };
        let at = place(&span.start);
        if let Event::DocumentStart(_) = event {
            documents += 1;
            if documents > 1 {
                builder.errors.push(YamlError { at, kind: YamlErrorKind::SecondDocument });
                break;
            }
        }
        if !builder.event(event, at) {
            break;
        }
        if builder.errors.len() >= MAX_ERRORS {
            builder.errors.push(YamlError { at, kind: YamlErrorKind::TooManyErrors });
            break;
        }
    }
    if builder.errors.is_empty() {
        let empty = YamlError { at: Place { line: 1, column: 1 }, kind: YamlErrorKind::Empty };
        match builder.root {
            Some(Node { value: Value::Scalar(text, Style::Plain), .. }) if text.is_empty() => {
                Err(vec![empty])
            }
            Some(root) => Ok(root),
            None => Err(vec![empty]),
        }
    } else {
        Err(builder.errors)
    }
}

/// Takes the value of a key out of a mapping.
pub(crate) fn take(node: &mut Node, key: &str) -> Option<Node> {
    let Value::Map(entries) = &mut node.value else { return None };
    let at = entries.iter().position(|(it, _)| it.text == key)?;
    Some(entries.remove(at).1)
}

/// The place of the byte at `offset` of a scalar's value, exact for every style but for escapes of white space.
///
/// Line breaks of the file are spaces in a folded value and escapes have another length, so the two texts are walked side
/// by side by their characters that are no white space: those correspond one to one.
pub(crate) fn place_within(source: &str, start: Place, style: Style, value: &str, offset: usize) -> Place {
    let before = value.get(..offset).unwrap_or(value);
    let mut left = before.chars().filter(|c| !c.is_whitespace()).count();
    let mut at = start;
    let mut chars = tail(source, start).chars().peekable();
    match style {
        Style::Plain => {}
        Style::Single | Style::Double => {
            chars.next();
            at.column += 1;
        }
        Style::Block => {
            // The header ends with its line, a comment included.
            while chars.next_if(|c| *c != '\n').is_some() {}
        }
    }
    // At the end of the value the place after its last character is meant, not the next word of the file.
    let mut end = before.len() == value.len();
    while let Some(c) = chars.next() {
        if c == '\n' {
            if end && left == 0 {
                break;
            }
            at = Place { line: at.line + 1, column: 1 };
            continue;
        }
        if c.is_whitespace() {
            if left == 0 && end {
                break;
            }
            at.column += 1;
            continue;
        }
        if left == 0 {
            break;
        }
        left -= 1;
        at.column += 1;
        match (style, c) {
            (Style::Single, '\'') => {
                chars.next();
                at.column += 1;
            }
            (Style::Double, '\\') => match chars.next() {
                Some('\n') => {
                    // A broken line: neither character stands for anything.
                    left += 1;
                    at = Place { line: at.line + 1, column: 1 };
                }
                Some(kind) => {
                    let digits = match kind {
                        'x' => 2,
                        'u' => 4,
                        'U' => 8,
                        _ => 0,
                    };
                    for _ in 0..digits {
                        chars.next();
                    }
                    at.column += 1 + digits;
                    if matches!(kind, 'n' | 't' | 'r' | ' ' | '_' | 'N' | 'L' | 'P' | 'v' | 'f') {
                        left += 1;
                    }
                }
                None => end = true,
            },
            _ => {}
        }
    }
    at
}

fn tail(source: &str, start: Place) -> &str {
    let mut rest = source.strip_prefix('\u{feff}').unwrap_or(source);
    for _ in 1..start.line {
        match rest.find('\n') {
            Some(at) => rest = &rest[at + 1..],
            None => return "",
        }
    }
    let skip = start.column.saturating_sub(1) as usize;
    rest.char_indices().nth(skip).map_or("", |(at, _)| &rest[at..])
}

fn place(marker: &saphyr_parser::Marker) -> Place {
    Place { line: marker.line().max(1) as u32, column: marker.col() as u32 + 1 }
}

enum Open {
    List(Place, Vec<Node>),
    Map { at: Place, entries: Vec<(Key, Node)>, key: Option<Key> },
}

struct Builder {
    stack: Vec<Open>,
    root: Option<Node>,
    errors: Vec<YamlError>,
}

impl Builder {
    /// Takes an event; false when the rest of the file cannot be read.
    fn event(&mut self, event: Event<'_>, at: Place) -> bool {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.plainness(at, anchor, tag.is_some());
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted => Style::Single,
                    ScalarStyle::DoubleQuoted => Style::Double,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                self.put(Node { at, value: Value::Scalar(Cow::Owned(text.into_owned()), style) });
            }
            Event::Alias(_) => {
                self.errors.push(YamlError { at, kind: YamlErrorKind::Alias });
                self.put(Node { at, value: Value::Scalar(Cow::Borrowed(""), Style::Double) });
            }
            Event::SequenceStart(anchor, tag) => {
                self.plainness(at, anchor, tag.is_some());
                self.stack.push(Open::List(at, Vec::new()));
            }
            Event::MappingStart(anchor, tag) => {
                self.plainness(at, anchor, tag.is_some());
                self.stack.push(Open::Map { at, entries: Vec::new(), key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => match self.stack.pop() {
                Some(Open::List(at, items)) => self.put(Node { at, value: Value::List(items) }),
                Some(Open::Map { at, entries, .. }) => {
                    self.unique(&entries);
                    self.put(Node { at, value: Value::Map(entries) });
                }
                None => {}
            },
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
        if self.stack.len() > MAX_DEPTH {
            self.errors.push(YamlError { at, kind: YamlErrorKind::TooDeep });
            return false;
        }
        true
    }

    fn plainness(&mut self, at: Place, anchor: usize, tag: bool) {
        if anchor != 0 {
            self.errors.push(YamlError { at, kind: YamlErrorKind::Anchor });
        }
        if tag {
            self.errors.push(YamlError { at, kind: YamlErrorKind::Tag });
        }
    }

    fn put(&mut self, node: Node) {
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map { entries, key, .. }) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => {
                    let at = node.at;
                    let text = match node.value {
                        Value::Scalar(text, style) => {
                            if style == Style::Plain && text == "<<" {
                                self.errors.push(YamlError { at, kind: YamlErrorKind::MergeKey });
                            }
                            text
                        }
                        Value::List(_) | Value::Map(_) => {
                            self.errors.push(YamlError { at, kind: YamlErrorKind::KeyIsNotText });
                            Cow::Borrowed("")
                        }
                    };
                    *key = Some(Key { text, at });
                }
            },
        }
    }

    fn unique(&mut self, entries: &[(Key, Node)]) {
        let mut keys: Vec<&Key> = entries.iter().map(|(key, _)| key).collect();
        // By text, then by place: of equal keys the first in the file leads.
        keys.sort_by(|a, b| (&a.text, a.at).cmp(&(&b.text, b.at)));
        let mut repeated = Vec::new();
        for group in keys.chunk_by(|a, b| a.text == b.text) {
            for key in &group[1..] {
                let kind = YamlErrorKind::DuplicateKey { key: key.text.to_string(), first: group[0].at.line };
                repeated.push(YamlError { at: key.at, kind });
            }
        }
        repeated.truncate(MAX_ERRORS);
        repeated.sort_by_key(|it| it.at);
        self.errors.extend(repeated);
    }
}
