//! Every reader through one door: a small file goes in, its blocks with their source come out.

mod detect;
mod docx;
mod html;
mod limits;
mod map;
mod markdown;
mod properties;
mod txt;

use std::fmt::Write as _;

use expect_test::Expect;
use kalys_model::{Block, BlockKind, Shape, Source, Span};

use crate::{Format, read};

/// Reads `input` and compares its blocks: kind, range of source bytes, text.
fn check(format: Format, input: impl AsRef<[u8]>, expect: Expect) {
    match read(input.as_ref(), format) {
        Ok(source) => expect.assert_eq(&show(&source)),
        Err(error) => expect.assert_eq(&format!("{} {:?}\n", error.code(), error.args())),
    }
}

fn show(source: &Source) -> String {
    let mut out = String::new();
    let mut line = |label: &str, span: Span| {
        let range = source.map.source(span, &source.text);
        let part = if source.map.parts.is_empty() { String::new() } else { format!("{}:", range.part) };
        let text = &source.text[span.range()];
        let _ = writeln!(out, "{label} {part}{}..{} {text:?}", range.bytes.start, range.bytes.end);
    };
    for Block { span, kind } in &source.blocks {
        let label = match kind {
            BlockKind::Cell { table, row, column } => format!("Cell({table}.{row}.{column})"),
            kind => format!("{kind:?}"),
        };
        line(&label, *span);
    }
    out
}

/// The segments of the map: text, source, shape.
fn check_map(format: Format, input: impl AsRef<[u8]>, expect: Expect) {
    let source = read(input.as_ref(), format).unwrap();
    let mut out = String::new();
    for it in &source.map.segments {
        let text = &source.text[it.text.range()];
        let _ = writeln!(out, "{text:?} {}..{} {:?}", it.source.start, it.source.end, it.shape);
    }
    expect.assert_eq(&out);
}

/// What every source must hold, whatever it was read from. `part` gives the bytes of a part as UTF-8, where the file
/// itself is no plain UTF-8.
fn assert_sound(source: &Source, part: impl Fn(u16) -> Option<Vec<u8>>) {
    let text = &source.text;
    let parts: Vec<Option<Vec<u8>>> = (0..source.map.parts.len().max(1) as u16).map(part).collect();
    let mut before = 0;
    for it in &source.map.segments {
        assert!(it.text.start >= before && !it.text.is_empty(), "segments are sorted: {it:?}");
        assert!(text.is_char_boundary(it.text.start as usize) && text.is_char_boundary(it.text.end as usize));
        before = it.text.end;
        if it.shape == Shape::Exact
            && let Some(bytes) = &parts[it.part as usize]
        {
            assert_eq!(bytes.get(it.source.range()), Some(text[it.text.range()].as_bytes()), "{it:?}");
        }
    }
    let mut at = 0;
    for Block { span, .. } in &source.blocks {
        assert!(span.start >= at && !span.is_empty(), "blocks are sorted: {span:?}");
        let between = &text[at as usize..span.start as usize];
        assert!(between.chars().all(char::is_whitespace), "text outside of blocks: {between:?}");
        let last = text[span.range()].chars().next_back().unwrap();
        assert!(!last.is_whitespace(), "white space at the end of a block: {span:?}");
        at = span.end;
    }
    assert!(text[at as usize..].chars().all(char::is_whitespace), "text after the last block");
    let sorted = source.map.marks.windows(2).all(|it| it[0].at < it[1].at);
    assert!(sorted, "marks are sorted: {:?}", source.map.marks);
}
