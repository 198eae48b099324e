//! Automatic numbering: labels that Word shows and does not store.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::styles::{Style, Styles};
use super::xml::{Xml, attribute, number, toggle};
use crate::ReadError;
use crate::numeral::Numeral;

/// Levels of a list.
const LEVELS: usize = 9;
/// A label is cut at so many bytes: it is repeated for every item.
const MAX_LABEL: usize = 128;

/// The lists of a document and how far each has been counted.
#[derive(Default)]
pub(crate) struct Numbering {
    /// Definitions by `abstractNumId`.
    definitions: HashMap<u32, Definition>,
    /// Lists by `numId`.
    lists: HashMap<u32, List>,
    counters: HashMap<u32, Counters>,
}

#[derive(Default)]
struct Definition {
    levels: [Level; LEVELS],
    /// The style whose list is meant instead of this definition.
    style: Option<String>,
}

#[derive(Clone)]
struct Level {
    start: i64,
    numeral: Numeral,
    text: String,
    /// All numbers in the label are decimal, whatever their levels say.
    legal: bool,
    /// The level after which this one begins anew, counted from 1; 0 for never.
    restart: Option<u8>,
    /// The paragraph style that this level belongs to.
    style: Option<String>,
    /// Nothing stands between label and text.
    tight: bool,
}

impl Default for Level {
    fn default() -> Self {
        Level {
            start: 1,
            numeral: Numeral::Decimal,
            text: String::new(),
            legal: false,
            restart: None,
            style: None,
            tight: false,
        }
    }
}

#[derive(Default)]
struct List {
    definition: u32,
    starts: [Option<i64>; LEVELS],
    levels: [Option<Box<Level>>; LEVELS],
    /// Levels whose changed start has been used.
    started: [bool; LEVELS],
}

/// Counters belong to a definition: lists that share it go on counting.
#[derive(Default)]
struct Counters([Option<i64>; LEVELS]);

/// What kind of element the reader is inside.
enum Inside {
    Nothing,
    Definition(u32, Box<Definition>),
    List(u32, Box<List>),
}

impl Numbering {
    pub(crate) fn read(text: &str, part: &str) -> Result<Numbering, ReadError> {
        let mut numbering = Numbering::default();
        let mut xml = Xml::new(text, part);
        let mut inside = Inside::Nothing;
        let mut index: Option<usize> = None;
        let mut level: Option<Level> = None;
        while let Some(located) = xml.next()? {
            if let Event::End(element) = &located.event {
                match element.local_name().into_inner() {
                    "abstractNum" | "num" => match std::mem::replace(&mut inside, Inside::Nothing) {
                        Inside::Definition(id, it) => {
                            numbering.definitions.insert(id, *it);
                        }
                        Inside::List(id, it) => {
                            numbering.lists.insert(id, *it);
                        }
                        Inside::Nothing => {}
                    },
                    "lvl" => {
                        if let (Some(index), Some(level)) = (index, level.take()) {
                            match &mut inside {
                                Inside::Definition(_, it) => it.levels[index] = level,
                                Inside::List(_, it) => it.levels[index] = Some(Box::new(level)),
                                Inside::Nothing => {}
                            }
                        }
                    }
                    _ => {}
                }
                continue;
            }
            let Some(element) = located.element() else { continue };
            let opens = matches!(located.event, Event::Start(_));
            match element.local_name().into_inner() {
                "abstractNum" if opens => {
                    let id = attribute(element, "abstractNumId").and_then(|it| it.parse().ok());
                    inside = id.map_or(Inside::Nothing, |id| Inside::Definition(id, Box::default()));
                }
                "num" if opens => {
                    let id = attribute(element, "numId").and_then(|it| it.parse().ok());
                    inside = id.map_or(Inside::Nothing, |id| Inside::List(id, Box::default()));
                }
                "abstractNumId" => {
                    if let (Inside::List(_, it), Some(id)) = (&mut inside, number(element)) {
                        it.definition = id;
                    }
                }
                "numStyleLink" => {
                    if let Inside::Definition(_, it) = &mut inside {
                        it.style = attribute(element, "val").map(|it| it.into_owned());
                    }
                }
                "lvlOverride" => index = level_index(attribute(element, "ilvl")),
                "startOverride" => {
                    if let (Inside::List(_, it), Some(index)) = (&mut inside, index) {
                        it.starts[index] = number(element);
                    }
                }
                "lvl" if opens => {
                    index = level_index(attribute(element, "ilvl"));
                    level = Some(Level::default());
                }
                name => {
                    if let Some(level) = &mut level {
                        level.set(name, element);
                    }
                }
            }
        }
        Ok(numbering)
    }

    /// Counts a paragraph of the list `list` and gives its depth from 0 and its label with what stands after it; `None`
    /// when there is no such list.
    ///
    /// `level` is what the paragraph itself says, `style` is its style where that put it into the list: then a level
    /// may claim the style.
    pub(crate) fn count(
        &mut self,
        list: u32,
        level: Option<u8>,
        style: Option<&Style>,
        styles: &Styles,
    ) -> Option<(u8, String)> {
        let definition = self.definition_of(list, styles)?;
        let levels = &self.definitions.get(&definition)?.levels;
        let list = self.lists.get_mut(&list)?;
        let claimed = || {
            style?
                .claimants()
                .iter()
                .filter(|it| !it.is_empty())
                .find_map(|style| levels.iter().position(|it| it.style.as_deref() == Some(*style)))
        };
        let inherited = || style?.level.map(usize::from);
        let index = level.map(usize::from).or_else(claimed).or_else(inherited).unwrap_or(0).min(LEVELS - 1);
        let counters = self.counters.entry(definition).or_default();
        let start_of = |list: &List, at: usize| list.starts[at].unwrap_or(list.level(levels, at).start);

        let value = match counters.0[index] {
            _ if list.starts[index].is_some() && !list.started[index] => start_of(list, index),
            Some(value) => value.saturating_add(1),
            None => start_of(list, index),
        };
        list.started[index] = true;
        counters.0[index] = Some(value);
        for deeper in index + 1..LEVELS {
            // By default a level begins anew after any level above it.
            let restarts = match list.level(levels, deeper).restart {
                Some(0) => false,
                Some(after) => index < usize::from(after),
                None => true,
            };
            if restarts {
                counters.0[deeper] = None;
            }
        }

        let level = list.level(levels, index);
        let mut label = String::new();
        if level.numeral == Numeral::Bullet {
            label.push('-');
        } else {
            let mut rest = level.text.as_str();
            while let Some(at) = rest.find('%') {
                label.push_str(&rest[..at]);
                rest = &rest[at + 1..];
                match rest.bytes().next() {
                    Some(digit @ b'1'..=b'9') => {
                        let at = usize::from(digit - b'1');
                        rest = &rest[1..];
                        let numeral = list.level(levels, at).numeral;
                        let numeral =
                            if level.legal && numeral != Numeral::None { Numeral::Decimal } else { numeral };
                        let value = counters.0[at].unwrap_or_else(|| start_of(list, at));
                        label.push_str(&numeral.write(value));
                    }
                    _ => label.push('%'),
                }
            }
            label.push_str(rest);
        }
        label.truncate(label.floor_char_boundary(MAX_LABEL));
        if !level.tight && !label.is_empty() && !label.ends_with(char::is_whitespace) {
            label.push(' ');
        }
        Some((index as u8, label))
    }

    /// The definition of a list; a definition may stand for the list of a numbering style.
    fn definition_of(&self, list: u32, styles: &Styles) -> Option<u32> {
        let mut id = self.lists.get(&list)?.definition;
        for _ in 0..LEVELS {
            let Some(style) = self.definitions.get(&id)?.style.as_deref() else { break };
            let linked = styles.find(style).and_then(|it| styles.get(it)).and_then(|it| it.list);
            let Some(next) = linked.and_then(|it| self.lists.get(&it)) else { break };
            id = next.definition;
        }
        Some(id)
    }
}

impl List {
    fn level<'a>(&'a self, levels: &'a [Level; LEVELS], index: usize) -> &'a Level {
        self.levels[index].as_deref().unwrap_or(&levels[index])
    }
}

impl Level {
    fn set(&mut self, name: &str, element: &quick_xml::events::BytesStart<'_>) {
        match name {
            "start" => self.start = number(element).unwrap_or(1),
            "numFmt" => self.numeral = Numeral::of_word(&attribute(element, "val").unwrap_or_default()),
            "lvlText" => {
                let text = attribute(element, "val").unwrap_or_default();
                self.text = text[..text.floor_char_boundary(MAX_LABEL)].to_owned();
            }
            "isLgl" => self.legal = toggle(element),
            "lvlRestart" => self.restart = number(element),
            "pStyle" => self.style = attribute(element, "val").map(|it| it.into_owned()),
            "suff" => self.tight = attribute(element, "val").is_some_and(|it| it == "nothing"),
            _ => {}
        }
    }
}

fn level_index(value: Option<std::borrow::Cow<'_, str>>) -> Option<usize> {
    value?.parse().ok().filter(|it| *it < LEVELS)
}
