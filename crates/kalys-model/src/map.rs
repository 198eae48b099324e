use std::ops::Range;

use crate::Span;

/// The way from bytes of the text back to the file it came from.
///
/// A run of segments, sorted by `text`. Bytes between segments (separators that the reader put in) belong to the place
/// where the next segment begins.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    /// Sorted by start of text, without overlap.
    pub segments: Vec<Segment>,
    /// Names of the parts of a package (`word/document.xml`); empty for a plain file.
    pub parts: Vec<String>,
    /// Byte offsets in the source at which its lines begin, the first is 0 (or the length of the byte order mark);
    /// empty when the format has no lines.
    pub lines: Vec<u32>,
    /// Code points before every [`STEP`](SourceMap::STEP)-th byte of a source with lines so long that counting through them would take
    /// long for every column; empty for any other.
    pub counts: Vec<u32>,
    /// How the source writes its characters.
    pub encoding: Encoding,
    /// Paragraph and run ordinals of an office file, sorted by `at`; empty elsewhere.
    pub marks: Vec<Mark>,
}

/// A run of text that comes from one run of source bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Bytes of the text.
    pub text: Span,
    /// Bytes of the source part.
    pub source: Span,
    /// Index into [`SourceMap::parts`], 0 for a plain file.
    pub part: u16,
    /// How the bytes of the two correspond.
    pub shape: Shape,
}

/// How the bytes of a segment's text and source correspond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Byte for byte the same.
    Exact,
    /// Every character takes this many bytes in the source (CP1251: 1, UTF-16: 2).
    Chars(u8),
    /// Only the whole corresponds (an entity, a surrogate pair, a computed label: then the source is empty).
    Whole,
}

/// How a source writes its characters; decides what a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[default]
    Utf8,
    /// UTF-16, little endian.
    Utf16Le,
    /// UTF-16, big endian.
    Utf16Be,
    /// Windows code page 1251.
    Cp1251,
    /// Another code page with one byte a character (KOI8-R, CP866), as the file itself declares it.
    SingleByte,
}

/// From here on the text belongs to this paragraph and run of an office file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// First byte of the text.
    pub at: u32,
    /// Ordinal of the paragraph in its part, from 0.
    pub paragraph: u32,
    /// Ordinal of the run in its paragraph, from 0.
    pub run: u32,
}

/// A range of bytes in one part of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRange {
    /// Index into [`SourceMap::parts`], 0 for a plain file.
    pub part: u16,
    /// Bytes of that part.
    pub bytes: Range<u32>,
}

/// A place as a person looks it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Byte offset in the part.
    pub byte: u32,
    /// Line from 1, where the format has lines.
    pub line: Option<u32>,
    /// Column from 1 in Unicode code points, where the format has lines.
    pub column: Option<u32>,
    /// Paragraph and run from 0, in an office file.
    pub paragraph: Option<(u32, u32)>,
}

impl SourceMap {
    /// Bytes from one of [`counts`](SourceMap::counts) to the next.
    pub const STEP: usize = 4096;

    /// The map of a text that is byte for byte its source, with lines.
    pub fn identity(text: &str) -> SourceMap {
        let whole = Span::new(0, text.len() as u32);
        let mut lines = vec![0];
        lines
            .extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1));
        SourceMap {
            segments: vec![Segment { text: whole, source: whole, part: 0, shape: Shape::Exact }],
            parts: Vec::new(),
            lines,
            counts: Vec::new(),
            encoding: Encoding::Utf8,
            marks: Vec::new(),
        }
    }

    /// What [`counts`](SourceMap::counts) must be for this source, of which lines and encoding are known.
    pub fn count(&mut self, source: &[u8]) {
        let end = source.len() as u32;
        let ends = self.lines.iter().skip(1).copied().chain(std::iter::once(end));
        let longest = self.lines.iter().zip(ends).map(|(start, end)| end.saturating_sub(*start)).max();
        if longest.is_none_or(|it| (it as usize) < 8 * Self::STEP) {
            return;
        }
        let mut before = 0;
        self.counts = source
            .chunks(Self::STEP)
            .map(|chunk| {
                let here = before;
                before += self.encoding.count(chunk);
                here
            })
            .collect();
    }

    /// Code points of the source from one byte to another of the same line.
    fn between(&self, from: u32, until: u32, source: &[u8]) -> u32 {
        let before = |byte: u32| {
            let step = byte as usize / Self::STEP;
            let counted = self.counts.get(step)?;
            Some(counted + self.encoding.count(source.get(step * Self::STEP..byte as usize)?))
        };
        match (before(from), before(until)) {
            (Some(from), Some(until)) => until.saturating_sub(from),
            _ => self.encoding.count(source.get(from as usize..until as usize).unwrap_or_default()),
        }
    }

    /// The smallest range of source bytes that holds the text of `span`. `text` is the text that the map belongs to.
    ///
    /// A span whose ends lie in two parts (it cannot, inside one unit) gives the range of the first.
    pub fn source(&self, span: Span, text: &str) -> SourceRange {
        let (part, start) = self.begin(span.start, text);
        let (end_part, end) = if span.is_empty() { (part, start) } else { self.end(span.end, text) };
        if end_part == part && end >= start {
            SourceRange { part, bytes: start..end }
        } else {
            SourceRange { part, bytes: start..start }
        }
    }

    /// Line, column or paragraph of the byte at `offset` of the text. `source` is the bytes of the plain file; an office
    /// file needs none.
    pub fn place(&self, offset: u32, text: &str, source: &[u8]) -> Place {
        let (_, byte) = self.begin(offset, text);
        let mut place = Place { byte, line: None, column: None, paragraph: None };
        if !self.lines.is_empty() {
            let line = self.lines.partition_point(|start| *start <= byte).max(1);
            let until = byte.min(source.len() as u32);
            place.line = Some(line as u32);
            place.column = Some(self.between(self.lines[line - 1], until, source) + 1);
        }
        let mark = self.marks.partition_point(|mark| mark.at <= offset);
        if let Some(mark) = mark.checked_sub(1).and_then(|it| self.marks.get(it)) {
            place.paragraph = Some((mark.paragraph, mark.run));
        }
        place
    }

    /// Source offset at which the text from `offset` on begins.
    fn begin(&self, offset: u32, text: &str) -> (u16, u32) {
        let index = self.segments.partition_point(|it| it.text.end <= offset);
        match self.segments.get(index) {
            Some(it) if offset <= it.text.start => (it.part, it.source.start),
            Some(it) => (it.part, it.within(offset, text, it.source.start)),
            None => self.segments.last().map_or((0, 0), |it| (it.part, it.source.end)),
        }
    }

    /// Source offset at which the text before `offset` ends.
    fn end(&self, offset: u32, text: &str) -> (u16, u32) {
        let index = self.segments.partition_point(|it| it.text.start < offset);
        match index.checked_sub(1).and_then(|it| self.segments.get(it)) {
            Some(it) if offset >= it.text.end => (it.part, it.source.end),
            Some(it) => (it.part, it.within(offset, text, it.source.end)),
            None => (0, 0),
        }
    }
}

impl Segment {
    fn within(&self, offset: u32, text: &str, whole: u32) -> u32 {
        match self.shape {
            Shape::Exact => self.source.start + (offset - self.text.start),
            Shape::Chars(width) => {
                let before = text.get(self.text.start as usize..offset as usize).unwrap_or_default();
                self.source.start + before.chars().count() as u32 * u32::from(width)
            }
            Shape::Whole => whole,
        }
    }
}

impl Encoding {
    /// Code points in these bytes.
    fn count(self, bytes: &[u8]) -> u32 {
        let n = match self {
            Encoding::Utf8 => bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count(),
            Encoding::Cp1251 | Encoding::SingleByte => bytes.len(),
            Encoding::Utf16Le | Encoding::Utf16Be => {
                let high = if self == Encoding::Utf16Le { 1 } else { 0 };
                // The second half of a surrogate pair is no code point of its own.
                bytes.chunks_exact(2).filter(|unit| unit[high] & 0xFC != 0xDC).count()
            }
        };
        n as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_code_points() {
        let text = "Орган\nвправе";
        let map = SourceMap::identity(text);
        let at = text.find("праве").expect("it is there") as u32;
        let place = map.place(at, text, text.as_bytes());
        assert_eq!((place.line, place.column), (Some(2), Some(2)));
    }

    #[test]
    fn columns_of_a_long_line_are_counted_by_steps() {
        let text = "Өкмөт укуктуу. ".repeat(4000);
        let long = format!("биринчи сап\n{text}");
        let mut map = SourceMap::identity(&long);
        let plain: Vec<Place> =
            (0..long.len() as u32).step_by(997).map(|it| map.place(it, &long, long.as_bytes())).collect();
        assert!(map.counts.is_empty());
        map.count(long.as_bytes());
        assert!(!map.counts.is_empty());
        let by_steps: Vec<Place> =
            (0..long.len() as u32).step_by(997).map(|it| map.place(it, &long, long.as_bytes())).collect();
        assert_eq!(by_steps, plain);
    }

    #[test]
    fn an_entity_maps_as_a_whole() {
        // «a&laquo;b»: the text is «a«b».
        let text = "a«b";
        let map = SourceMap {
            segments: vec![
                Segment { text: Span::new(0, 1), source: Span::new(0, 1), part: 0, shape: Shape::Exact },
                Segment { text: Span::new(1, 3), source: Span::new(1, 8), part: 0, shape: Shape::Whole },
                Segment { text: Span::new(3, 4), source: Span::new(8, 9), part: 0, shape: Shape::Exact },
            ],
            ..SourceMap::default()
        };
        assert_eq!(map.source(Span::new(1, 3), text).bytes, 1..8);
        assert_eq!(map.source(Span::new(0, 4), text).bytes, 0..9);
        assert_eq!(map.source(Span::new(3, 4), text).bytes, 8..9);
    }

    #[test]
    fn single_bytes_map_by_characters() {
        let text = "Өкмөт"; // as if each letter were one byte of the source
        let map = SourceMap {
            segments: vec![Segment {
                text: Span::new(0, text.len() as u32),
                source: Span::new(10, 15),
                part: 0,
                shape: Shape::Chars(1),
            }],
            ..SourceMap::default()
        };
        assert_eq!(map.source(Span::new(2, 6), text).bytes, 11..13);
    }
}
