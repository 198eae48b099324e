//! Styles: which paragraphs are headings or items of a list, which characters are raised.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::xml::{Xml, attribute, number};
use crate::ReadError;

/// Styles based on one another in a longer chain than this are not followed further.
const MAX_CHAIN: usize = 32;

/// The styles of a document, resolved along their chains.
#[derive(Default)]
pub(crate) struct Styles {
    by_id: HashMap<String, usize>,
    styles: Vec<Style>,
    /// The style of paragraphs that name none.
    default: Option<usize>,
}

/// What a style says, with what it inherits.
#[derive(Clone, Default)]
pub(crate) struct Style {
    /// Its id, by which a level of a list may name it.
    pub(crate) id: String,
    /// Level of heading, 1 the highest.
    pub(crate) heading: Option<u8>,
    /// Number of the list, 0 for none.
    pub(crate) list: Option<u32>,
    /// Level in the list, from 0.
    pub(crate) level: Option<u8>,
    /// The style of the chain that names the list.
    list_style: String,
    /// Whether its characters are raised.
    pub(crate) raised: Option<bool>,
    based_on: Option<String>,
}

impl Style {
    /// Ids of styles under which a level of the list may claim the paragraph.
    pub(crate) fn claimants(&self) -> [&str; 2] {
        [&self.id, &self.list_style]
    }
}

impl Styles {
    pub(crate) fn read(text: &str, part: &str) -> Result<Styles, ReadError> {
        let mut styles = Styles::default();
        let mut xml = Xml::new(text, part);
        let mut open: Option<Style> = None;
        // Former properties are inside `…Change` elements.
        let mut skip: Option<u32> = None;
        while let Some(located) = xml.next()? {
            match &located.event {
                Event::End(element) => {
                    if skip == Some(xml.depth()) {
                        skip = None;
                    }
                    if element.local_name().into_inner() == "style"
                        && let Some(style) = open.take()
                    {
                        styles.by_id.insert(style.id.clone(), styles.styles.len());
                        styles.styles.push(style);
                    }
                    continue;
                }
                Event::Start(_) | Event::Empty(_) if skip.is_none() => {}
                _ => continue,
            }
            let Some(element) = located.element() else { continue };
            let name = element.local_name().into_inner();
            if name == "style" && matches!(located.event, Event::Start(_)) {
                let id = attribute(element, "styleId").unwrap_or_default().into_owned();
                let is_default = attribute(element, "default").is_some_and(|it| it == "1" || it == "true");
                if is_default && attribute(element, "type").is_some_and(|it| it == "paragraph") {
                    styles.default = Some(styles.styles.len());
                }
                open = Some(Style { id, ..Style::default() });
                continue;
            }
            let Some(style) = &mut open else { continue };
            match name {
                "name" => {
                    let value = attribute(element, "val").unwrap_or_default();
                    style.heading = style.heading.or_else(|| heading_level(&value));
                }
                "basedOn" => style.based_on = attribute(element, "val").map(|it| it.into_owned()),
                "outlineLvl" => style.heading = outline(element),
                "numId" => {
                    style.list = number(element);
                    style.list_style = style.id.clone();
                }
                "ilvl" => style.level = number(element),
                "vertAlign" => {
                    style.raised = Some(attribute(element, "val").is_some_and(|it| it == "superscript"));
                }
                "pPrChange" | "rPrChange" | "tblStylePr" if matches!(located.event, Event::Start(_)) => {
                    skip = Some(xml.depth() - 1);
                }
                _ => {}
            }
        }
        styles.resolve();
        Ok(styles)
    }

    /// The style with this id.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The style of a paragraph: the one it names, else the default.
    pub(crate) fn paragraph(&self, named: Option<usize>) -> Option<&Style> {
        self.styles.get(named.or(self.default)?)
    }

    /// The style at an index that [`find`](Styles::find) gave.
    pub(crate) fn get(&self, index: usize) -> Option<&Style> {
        self.styles.get(index)
    }

    fn resolve(&mut self) {
        let resolved = self
            .styles
            .iter()
            .map(|own| {
                let mut style = own.clone();
                let mut base = self.base(own);
                for _ in 0..MAX_CHAIN {
                    let Some(it) = base else { break };
                    style.heading = style.heading.or(it.heading);
                    if style.list.is_none() && it.list.is_some() {
                        style.list = it.list;
                        style.list_style = it.list_style.clone();
                    }
                    style.level = style.level.or(it.level);
                    style.raised = style.raised.or(it.raised);
                    base = self.base(it);
                }
                // Level 10 stands for body text, which a style may say to undo the heading it is based on.
                style.heading = style.heading.filter(|it| *it <= 9);
                style
            })
            .collect();
        self.styles = resolved;
    }

    fn base(&self, style: &Style) -> Option<&Style> {
        self.styles.get(self.find(style.based_on.as_deref()?)?)
    }
}

/// `w:outlineLvl`: 0 is the first level of headings, 9 is body text. Given back from 1 to 10.
pub(crate) fn outline(element: &quick_xml::events::BytesStart<'_>) -> Option<u8> {
    number::<u8>(element).map(|it| it.min(9) + 1)
}

/// The level in the name of a built-in style of headings.
fn heading_level(name: &str) -> Option<u8> {
    let name = name.trim().to_lowercase();
    let rest = name.strip_prefix("heading").or_else(|| name.strip_prefix("заголовок"))?;
    rest.trim().parse().ok().filter(|it| (1..=9).contains(it))
}
