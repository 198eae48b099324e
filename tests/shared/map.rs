//! Every word of every act that is read: the bytes that kalys says it comes from hold it, and line and column are those
//! at which an editor shows it.

use std::path::Path;

use kalys_formats::{Format, read};
use kalys_model::{Source, Span};
use libtest_mimic::{Failed, Trial};

use crate::spans::{Parts, decoded, letters, without_markup};

/// A test of one file; nothing for a file that is refused, which the sweep shows.
pub(crate) fn trial(folder: &Path, name: &str) -> Trial {
    let path = folder.join(name);
    let own = name.to_owned();
    Trial::test(format!("map::{name}"), move || {
        let bytes = std::fs::read(&path)?;
        let Ok(format) = Format::detect(&bytes, Some(&own)) else { return Ok(()) };
        let source = read(&bytes, format).map_err(|error| format!("{error}"))?;
        let wrong = misplaced(&source, format, &bytes);
        if wrong.is_empty() { Ok(()) } else { Err(Failed::from(wrong.join("\n"))) }
    })
}

/// Words whose place is wrong, the first of them.
fn misplaced(source: &Source, format: Format, bytes: &[u8]) -> Vec<String> {
    const ENOUGH: usize = 10;
    let mut parts = Parts::new(bytes);
    let lines: Vec<usize> = std::iter::once(0)
        .chain(bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1))
        .collect();
    let mut wrong = Vec::new();
    let words = source.blocks.iter().flat_map(|block| {
        words(&source.text[block.span.range()]).map(move |word| (block, word.shift(block.span.start)))
    });
    // The words of a label that the format computes come from no bytes; only text follows.
    let mut labelled: Option<Span> = None;
    for (block, word) in words {
        let range = source.map.source(word, &source.text);
        let whole = match source.map.parts.get(usize::from(range.part)) {
            Some(name) => match parts.open(name) {
                Some(part) => part,
                None => return vec![format!("there is no part {name}")],
            },
            None => bytes,
        };
        let found = whole.get(range.bytes.start as usize..range.bytes.end as usize).unwrap_or_default();
        let mut there = decoded(found, bytes);
        if format != Format::Txt {
            there = without_markup(&there);
        }
        if format == Format::Markdown {
            there = without_links(&there);
        }
        let want = letters(&source.text[word.range()]);
        let have = letters(&there);
        let computed = range.bytes.is_empty() && labelled != Some(block.span);
        if !computed {
            labelled = Some(block.span);
        }
        if want != have && !(computed && matches!(format, Format::Docx | Format::Html)) {
            wrong.push(format!("«{}» at {:?} is «{there}»", &source.text[word.range()], range.bytes));
        }
        if source.map.parts.is_empty() {
            let at = range.bytes.start as usize;
            let line = lines.partition_point(|start| *start <= at);
            let column =
                decoded(&bytes[lines[line - 1]..at], bytes).trim_start_matches('\u{feff}').chars().count();
            let place = source.map.place(word.start, &source.text, bytes);
            if (place.line, place.column) != (Some(line as u32), Some(column as u32 + 1)) {
                wrong.push(format!(
                    "«{}» at {line}:{}, not {place:?}",
                    &source.text[word.range()],
                    column + 1
                ));
            }
        }
        if wrong.len() >= ENOUGH {
            break;
        }
    }
    wrong
}

/// Markdown without what its links lead to.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find(')') else { break };
        rest = &rest[at + end + 1..];
    }
    out + rest
}

/// Runs of letters and digits.
fn words(text: &str) -> impl Iterator<Item = Span> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        Span::new(start as u32, (start + word.len()) as u32)
    })
}
