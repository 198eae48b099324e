//! Events of a part with their bytes, with a limit to depth.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::{Limit, ReadError};

/// Elements may be so deep inside one another; Word writes about forty.
const MAX_DEPTH: u32 = 256;

/// Reads a part event by event.
pub(crate) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a str,
    depth: u32,
    /// Bytes of a byte order mark, which are no part of what is read.
    mark: u32,
}

/// An event and where it is.
pub(crate) struct Located<'a> {
    pub(crate) event: Event<'a>,
    /// First byte in the part.
    pub(crate) start: u32,
    /// One past the last.
    pub(crate) end: u32,
}

impl<'a> Xml<'a> {
    /// `part` is the name for errors.
    pub(crate) fn new(text: &'a str, part: &'a str) -> Xml<'a> {
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        Xml { reader: Reader::from_str(body), part, depth: 0, mark: (text.len() - body.len()) as u32 }
    }

    /// How many elements are open; an element that has just begun counts, one that has just ended does not.
    pub(crate) fn depth(&self) -> u32 {
        self.depth
    }

    /// The next event; `None` at the end.
    #[inline]
    pub(crate) fn next(&mut self) -> Result<Option<Located<'a>>, ReadError> {
        let start = self.reader.buffer_position() as u32 + self.mark;
        let event = match self.reader.read_event() {
            Ok(event) => event,
            Err(error) => return Err(self.malformed(self.reader.error_position(), error.to_string())),
        };
        match event {
            Event::Start(_) => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(ReadError::TooLarge {
                        what: Limit::Depth,
                        limit: MAX_DEPTH.into(),
                        found: None,
                    });
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof if self.depth > 0 => {
                let detail = format!("{} elements are not closed", self.depth);
                return Err(self.malformed(self.reader.buffer_position(), detail));
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
        Ok(Some(Located { event, start, end: self.reader.buffer_position() as u32 + self.mark }))
    }

    fn malformed(&self, offset: u64, detail: String) -> ReadError {
        ReadError::MalformedXml { part: self.part.to_owned(), offset: offset + u64::from(self.mark), detail }
    }
}

impl<'a> Located<'a> {
    /// The element that begins here, empty or not.
    pub(crate) fn element(&self) -> Option<&BytesStart<'a>> {
        match &self.event {
            Event::Start(element) | Event::Empty(element) => Some(element),
            _ => None,
        }
    }
}

/// The value of the attribute with this local name. Word's attributes keep their meaning under any prefix.
pub(crate) fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    element.attributes().with_checks(false).flatten().find(|it| it.key.local_name().into_inner() == name).map(
        |it| match quick_xml::escape::unescape(&it.value) {
            Ok(Cow::Owned(value)) => Cow::Owned(value),
            // A value with a broken reference is taken as it stands.
            _ => match it.value {
                Cow::Borrowed(value) => Cow::Borrowed(value),
                Cow::Owned(value) => Cow::Owned(value),
            },
        },
    )
}

/// The attribute `val` as a number.
pub(crate) fn number<T: std::str::FromStr>(element: &BytesStart<'_>) -> Option<T> {
    attribute(element, "val")?.trim().parse().ok()
}

/// True unless `val` says no: `<w:b/>` is true, `<w:b w:val="0"/>` is not.
pub(crate) fn toggle(element: &BytesStart<'_>) -> bool {
    !attribute(element, "val").is_some_and(|it| matches!(&*it, "0" | "false" | "off" | "none"))
}
