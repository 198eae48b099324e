//! Whether the words of each finding stand where the finding says, asked of the bytes of the file and not of kalys.

use std::io::{Cursor, Read as _};

use kalys_tests::{items, text};
use libtest_mimic::Trial;
use serde_json::{Value, json};

/// The comparison itself, on a file made for it: a comparison that lets everything pass would say nothing of real acts.
pub(crate) fn trials() -> Vec<Trial> {
    let page = "<p>Орган <b>впра&shy;ве</b>&nbsp;отказать.</p>";
    let start = page.find("впра").expect("it is there");
    let end = page.find("</b>").expect("it is there");
    let act = move |shift: usize| {
        let source = json!({"byte_start": start + shift, "byte_end": end + shift});
        json!({"format": "html", "findings": [{"rule": "r", "words": "вправе", "source": source}]})
    };
    let test = |name: &str, shift: usize, wrong: usize| {
        Trial::test(format!("spans::{name}"), move || {
            let found = misplaced(&act(shift), page.as_bytes());
            if found.len() == wrong { Ok(()) } else { Err(format!("{found:?}").into()) }
        })
    };
    vec![test("a range that holds its words", 0, 0), test("a range that is shifted by a letter", 2, 1)]
}

/// Findings of an act whose range in the file does not hold their words.
pub(crate) fn misplaced(act: &Value, bytes: &[u8]) -> Vec<String> {
    let mut parts = Parts::new(bytes);
    let markup = text(act, "format") != "txt";
    let wrong = items(&act["findings"]).iter().filter_map(|finding| {
        let source = &finding["source"];
        let offset = |key: &str| source[key].as_u64().unwrap_or(u64::MAX) as usize;
        let whole = match source["part"].as_str() {
            Some(name) => parts.open(name)?,
            None => bytes,
        };
        let found = whole.get(offset("byte_start")..offset("byte_end")).unwrap_or_default();
        let words = text(finding, "words");
        let there = decoded(found, bytes);
        let there = if markup { without_markup(&there) } else { there };
        // A label that Word computes is in the text and not in the file.
        let (want, have) = (letters(words), letters(&there));
        let fits = want == have || (source["part"].is_string() && !have.is_empty() && want.ends_with(&have));
        (!fits).then(|| {
            format!(
                "{} at {}..{}: «{words}» is not «{there}»",
                text(finding, "rule"),
                offset("byte_start"),
                offset("byte_end")
            )
        })
    });
    wrong.collect()
}

/// The parts of a package, the last one kept open.
pub(crate) struct Parts<'a> {
    bytes: &'a [u8],
    name: Option<String>,
    part: Vec<u8>,
}

impl<'a> Parts<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Parts<'a> {
        Parts { bytes, name: None, part: Vec::new() }
    }

    pub(crate) fn open(&mut self, name: &str) -> Option<&[u8]> {
        if self.name.as_deref() != Some(name) {
            let mut archive = zip::ZipArchive::new(Cursor::new(self.bytes)).ok()?;
            self.part.clear();
            archive.by_name(name).ok()?.read_to_end(&mut self.part).ok()?;
            self.name = Some(name.to_owned());
        }
        Some(&self.part)
    }
}

/// Bytes of a file as text, in the encoding that the whole file shows.
pub(crate) fn decoded(found: &[u8], whole: &[u8]) -> String {
    let wide = |to: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = found.chunks_exact(2).map(|it| to([it[0], it[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match whole {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        _ => match std::str::from_utf8(found) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1251.decode(found).0.into_owned(),
        },
    }
}

/// Text between tags, with the entities that acts use.
pub(crate) fn without_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = if rest.starts_with('<') { rest.find('>') } else { rest.find(';').filter(|it| *it < 12) };
        let Some(end) = end else { break };
        if let Some(name) = rest[..end].strip_prefix("&#") {
            let code = match name.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => name.parse().ok(),
            };
            out.extend(code.and_then(char::from_u32));
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out
}

/// What is compared: letters and digits, without case. Letters that a legacy font puts in place of Kyrgyz ones are one
/// letter with them.
pub(crate) fn letters(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            'ё' | 'ө' | 'ъ' | 'ү' | '\\' => Some('*'),
            '⁰' => Some('0'),
            '¹' => Some('1'),
            '²' => Some('2'),
            '³' => Some('3'),
            '⁴'..='⁹' => char::from_digit(c as u32 - '⁰' as u32, 10),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .collect()
}
