//! Bytes to UTF-8: byte order marks, UTF-16, declared code pages, and CP1251 where nothing is declared.

use std::borrow::Cow;

use encoding_rs::{UTF_8, WINDOWS_1251};
use kalys_model::{Encoding, Segment, Shape, SourceMap, Span};

use crate::ReadError;

/// The text of a plain file.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text without byte order mark, UTF-8; borrowed where the file is UTF-8.
    pub text: Cow<'a, str>,
    /// The way from the text to the bytes.
    pub map: SourceMap,
}

impl Decoded<'_> {
    /// Lines and encoding of the file, without the segments: for a text that was taken out of this one.
    pub(crate) fn map_of_file(&self) -> SourceMap {
        let SourceMap { lines, counts, encoding, .. } = &self.map;
        SourceMap {
            lines: lines.clone(),
            counts: counts.clone(),
            encoding: *encoding,
            ..SourceMap::default()
        }
    }
}

/// Decodes a plain file: UTF-8 or UTF-16 by byte order mark, UTF-8 without, then the code page `declared` by the file
/// itself, then CP1251 if the letters bear it out.
///
/// UTF-8 goes before a declaration, because pages that were converted keep their old `charset=windows-1251`.
pub fn decode<'a>(bytes: &'a [u8], declared: Option<&[u8]>) -> Result<Decoded<'a>, ReadError> {
    let mut decoded = decode_as(bytes, declared)?;
    decoded.map.count(bytes);
    Ok(decoded)
}

fn decode_as<'a>(bytes: &'a [u8], declared: Option<&[u8]>) -> Result<Decoded<'a>, ReadError> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => match std::str::from_utf8(rest) {
            Ok(text) => utf8(text, 3),
            Err(error) => Err(ReadError::WrongEncoding { offset: 3 + error.valid_up_to() as u64 }),
        },
        [0xFF, 0xFE, rest @ ..] => utf16(rest, Encoding::Utf16Le),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, Encoding::Utf16Be),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => utf8(text, 0),
            Err(error) => {
                let declared = declared
                    .and_then(encoding_rs::Encoding::for_label)
                    .filter(|it| it.is_single_byte() && *it != UTF_8);
                let code_page = match declared {
                    Some(it) => it,
                    None if is_cp1251(bytes) => WINDOWS_1251,
                    // Bytes that no text has make it no matter of encoding.
                    None => match control_byte(bytes) {
                        Some(offset) => return Err(ReadError::NotText { offset }),
                        None => return Err(ReadError::WrongEncoding { offset: error.valid_up_to() as u64 }),
                    },
                };
                single_byte(bytes, code_page)
            }
        },
    }
}

fn utf8(text: &str, mark: u32) -> Result<Decoded<'_>, ReadError> {
    if let Some(offset) = control_byte(text.as_bytes()) {
        return Err(ReadError::NotText { offset: offset + u64::from(mark) });
    }
    let whole = Span::new(0, text.len() as u32);
    let mut lines = line_starts(text.as_bytes());
    if mark > 0 {
        lines.iter_mut().for_each(|it| *it += mark);
    }
    let segments = if text.is_empty() {
        Vec::new()
    } else {
        vec![Segment { text: whole, source: whole.shift(mark), part: 0, shape: Shape::Exact }]
    };
    Ok(Decoded {
        text: Cow::Borrowed(text),
        map: SourceMap { segments, lines, encoding: Encoding::Utf8, ..SourceMap::default() },
    })
}

/// `bytes` without the byte order mark, which takes two.
fn utf16(bytes: &[u8], encoding: Encoding) -> Result<Decoded<'static>, ReadError> {
    const MARK: u32 = 2;
    let units = bytes.chunks_exact(2).map(|it| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes([it[0], it[1]]),
        _ => u16::from_le_bytes([it[0], it[1]]),
    });
    let newline = if units.clone().any(|it| it == u16::from(b'\n')) { '\n' } else { '\r' };
    let mut text = String::with_capacity(bytes.len());
    let mut segments: Vec<Segment> = Vec::new();
    let mut lines = vec![MARK];
    let mut at = MARK;
    for unit in char::decode_utf16(units) {
        let Ok(c) = unit else { return Err(ReadError::WrongEncoding { offset: u64::from(at) }) };
        let from = text.len() as u32;
        text.push(c);
        let to = text.len() as u32;
        let width = c.len_utf16() as u32 * 2;
        let shape = if width == 2 { Shape::Chars(2) } else { Shape::Whole };
        match segments.last_mut() {
            Some(last) if last.shape == shape && width == 2 => {
                last.text.end = to;
                last.source.end += width;
            }
            _ => segments.push(Segment {
                text: Span::new(from, to),
                source: Span::new(at, at + width),
                part: 0,
                shape,
            }),
        }
        at += width;
        if c == newline {
            lines.push(at);
        }
    }
    if bytes.len() % 2 == 1 {
        return Err(ReadError::WrongEncoding { offset: u64::from(at) });
    }
    if let Some(offset) = control_byte(text.as_bytes()) {
        return Err(ReadError::NotText { offset });
    }
    Ok(Decoded {
        text: Cow::Owned(text),
        map: SourceMap { segments, lines, encoding, ..SourceMap::default() },
    })
}

fn single_byte(
    bytes: &[u8],
    code_page: &'static encoding_rs::Encoding,
) -> Result<Decoded<'static>, ReadError> {
    if let Some(offset) = control_byte(bytes) {
        return Err(ReadError::NotText { offset });
    }
    let (text, _) = code_page.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let segments = vec![Segment {
        text: Span::new(0, text.len() as u32),
        source: Span::new(0, bytes.len() as u32),
        part: 0,
        shape: Shape::Chars(1),
    }];
    let encoding = if code_page == WINDOWS_1251 { Encoding::Cp1251 } else { Encoding::SingleByte };
    let map = SourceMap { segments, lines: line_starts(bytes), encoding, ..SourceMap::default() };
    Ok(Decoded { text: Cow::Owned(text), map })
}

/// Replaces segments that point into `decoded`'s text by segments that point into the bytes of the file.
pub(crate) fn through(mut segments: Vec<Segment>, decoded: &Decoded<'_>) -> Vec<Segment> {
    if let [only] = decoded.map.segments.as_slice()
        && only.shape == Shape::Exact
    {
        let by = only.source.start;
        return segments.into_iter().map(|it| Segment { source: it.source.shift(by), ..it }).collect();
    }
    // Deleted text stands after words that follow it in the file; the cursor goes forward only.
    segments.sort_by_key(|it| (it.source.start, it.source.end));
    let mut cursor =
        Cursor { segments: &decoded.map.segments, text: &decoded.text, index: 0, at: 0, byte: 0 };
    cursor.enter();
    let mut out = Vec::with_capacity(segments.len());
    for segment in segments {
        if segment.shape != Shape::Exact {
            let start = cursor.seek(segment.source.start);
            let end = cursor.seek(segment.source.end);
            out.push(Segment { source: Span::new(start, end), ..segment });
            continue;
        }
        // An exact run of the decoded text is cut where the encoding changes its width (a surrogate pair).
        let mut from = segment.source.start;
        while from < segment.source.end {
            let start = cursor.seek(from);
            let Some(base) = cursor.segments.get(cursor.index) else { break };
            let to = base.text.end.min(segment.source.end);
            let shift = segment.text.start.wrapping_sub(segment.source.start);
            let end = cursor.seek_within(to);
            out.push(Segment {
                text: Span::new(from.wrapping_add(shift), to.wrapping_add(shift)),
                source: Span::new(start, end),
                part: segment.part,
                shape: base.shape,
            });
            from = to;
        }
    }
    out.sort_by_key(|it| it.text.start);
    out
}

/// Walks forward through the decoded text and knows the byte of the file it stands at.
struct Cursor<'a> {
    segments: &'a [Segment],
    text: &'a str,
    index: usize,
    /// Offset in the decoded text.
    at: u32,
    /// Offset in the file.
    byte: u32,
}

impl Cursor<'_> {
    fn enter(&mut self) {
        if let Some(segment) = self.segments.get(self.index) {
            self.at = segment.text.start;
            self.byte = segment.source.start;
        }
    }

    /// The byte at which the character at `to` begins.
    fn seek(&mut self, to: u32) -> u32 {
        while let Some(segment) = self.segments.get(self.index)
            && segment.text.end <= to
            && self.index + 1 < self.segments.len()
        {
            self.index += 1;
            self.enter();
        }
        self.seek_within(to)
    }

    /// The same, without going on to the next segment: the end of this one is its own.
    fn seek_within(&mut self, to: u32) -> u32 {
        let Some(segment) = self.segments.get(self.index) else { return self.byte };
        if to < self.at {
            self.enter();
        }
        if to >= segment.text.end {
            self.at = segment.text.end;
            self.byte = segment.source.end;
        } else if to > self.at {
            if let Shape::Chars(width) = segment.shape {
                let chars = count_chars(&self.text.as_bytes()[self.at as usize..to as usize]);
                self.byte += chars * u32::from(width);
            }
            self.at = to;
        }
        self.byte
    }
}

/// Byte offsets at which the lines of a file with one byte for a line feed begin, the first at `0`.
fn line_starts(text: &[u8]) -> Vec<u32> {
    let newline = newline(text);
    let mut lines = Vec::with_capacity(text.len() / 64 + 1);
    lines.push(0);
    lines.extend(memchr::memchr_iter(newline, text).map(|at| at as u32 + 1));
    lines
}

/// What ends the lines of a text: a line feed, or, as on the classic Macintosh, a carriage return alone.
pub(crate) fn newline(text: &[u8]) -> u8 {
    if memchr::memchr(b'\n', text).is_some() { b'\n' } else { b'\r' }
}

fn count_chars(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u32
}

/// Where the first control byte stands, when there are so many that the file is no text.
///
/// One NUL is enough; of others a few in a thousand come with text taken out of old word processors.
pub(crate) fn control_byte(bytes: &[u8]) -> Option<u64> {
    if let Some(at) = memchr::memchr(0, bytes) {
        return Some(at as u64);
    }
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C);
    // Counted in small pieces, so that the counter is as narrow as what it counts and the loop becomes one of vectors.
    let controls: usize = bytes
        .chunks(255)
        .map(|chunk| chunk.iter().fold(0u8, |acc, byte| acc + u8::from(is_control(*byte))) as usize)
        .sum();
    if controls * 100 <= bytes.len() {
        return None;
    }
    bytes.iter().position(|byte| is_control(*byte)).map(|at| at as u64)
}

/// True when bytes that are not UTF-8 read as Cyrillic in CP1251.
///
/// Strict, since a wrong guess gives a text in which nothing is found: nearly all bytes above ASCII, signs aside, must
/// be letters, letters must change from small to capital within a word as seldom as they do in writing, and the letters
/// that are frequent in Russian and Kyrgyz must be frequent (in three hundred signs of either at least 60 in
/// a hundred; of KOI8-R and ISO 8859-5 read as CP1251 nearly always less than 55).
fn is_cp1251(bytes: &[u8]) -> bool {
    let (mut letters, mut others, mut capitals_inside, mut small_inside) = (0u32, 0u32, 0u32, 0u32);
    // `résumé` in a Western code page: letters above ASCII between letters of ASCII.
    let mut beside_latin = 0u32;
    let mut before = b' ';
    for &byte in bytes {
        match byte {
            0x00..=0x7F => beside_latin += u32::from(byte.is_ascii_alphabetic() && before >= 0xC0),
            // Quotation marks, dashes, dots, no-break space, «, », ©, ®, §, ° and №: signs that tell nothing.
            0x82 | 0x84..=0x87 | 0x89 | 0x8B | 0x91..=0x97 | 0x99 | 0x9B => {}
            0xA0 | 0xA6 | 0xA7 | 0xA9 | 0xAB..=0xAE | 0xB0 | 0xB1 | 0xB5..=0xB7 | 0xB9 | 0xBB => {}
            // ё, and letters of Ukrainian, Belarusian, Serbian and the Kyrgyz, Uzbek and Tajik fonts made of them.
            0xC0..=0xFF
            | 0xA8
            | 0xB8
            | 0x80
            | 0x81
            | 0x83
            | 0x8A
            | 0x8C..=0x90
            | 0x9A
            | 0x9C..=0x9F
            | 0xA1..=0xA3
            | 0xA5
            | 0xAA
            | 0xAF
            | 0xB2..=0xB4
            | 0xBA
            | 0xBC..=0xBF => {
                letters += 1;
                beside_latin += u32::from(before.is_ascii_alphabetic());
                if byte >= 0xC0 && before >= 0xC0 {
                    let capital = byte < 0xE0;
                    capitals_inside += u32::from(capital && before >= 0xE0);
                    small_inside += u32::from(!capital);
                }
            }
            _ => others += 1,
        }
        before = byte;
    }
    let mut frequent = [false; 256];
    // а д е и к л н о р с т у ы, small and capital; і in Ukrainian.
    (frequent[0xB2], frequent[0xB3]) = (true, true);
    for letter in [0xE0, 0xE4, 0xE5, 0xE8, 0xEA, 0xEB, 0xED, 0xEE, 0xF0, 0xF1, 0xF2, 0xF3, 0xFB] {
        frequent[letter] = true;
        frequent[letter - 0x20] = true;
    }
    let n_frequent = bytes.iter().filter(|byte| frequent[usize::from(**byte)]).count() as u32;
    let plain = bytes.iter().filter(|byte| **byte >= 0xC0 || matches!(byte, 0xA8 | 0xB8)).count() as u32;
    // UTF-8 with an error in it has a continuation byte after every leading one; writing has few of the rarer letters.
    others * 50 <= letters
        && beside_latin * 4 <= letters
        && letters <= plain + plain / 4
        && capitals_inside * 10 <= small_inside.max(10)
        // A few words may be of any letters.
        && (plain < 24 || n_frequent * 7 >= plain * 4)
}
