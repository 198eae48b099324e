//! Plain text: one block a line, nothing changed.

use kalys_model::{Block, BlockKind, Source, Span};

use crate::ReadError;
use crate::decode::{decode, newline};

pub(crate) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let decoded = decode(bytes, None)?;
    let text = decoded.text.into_owned();
    let newline = newline(text.as_bytes());
    let mut blocks = Vec::with_capacity(text.len() / 64);
    push_lines(&text, 0, newline, &mut blocks);
    Ok(Source { text, blocks, map: decoded.map })
}

/// One [`Line`](BlockKind::Line) for each line of `text` that is not blank. Indentation stays in the block, page breaks
/// before it and white space after it do not.
fn push_lines(text: &str, base: u32, newline: u8, blocks: &mut Vec<Block>) {
    let mut from = 0;
    let ends = memchr::memchr_iter(newline, text.as_bytes()).chain(std::iter::once(text.len()));
    for end in ends {
        let line = trim_end(&text[from..end]);
        let indented = line.trim_start_matches('\u{c}');
        if !indented.is_empty() {
            let start = base + (from + line.len() - indented.len()) as u32;
            blocks
                .push(Block { span: Span::new(start, start + indented.len() as u32), kind: BlockKind::Line });
        }
        from = end + 1;
    }
}

/// `str::trim_end`, without decoding where the last byte is a sign or a Cyrillic letter, as nearly always.
fn trim_end(line: &str) -> &str {
    match line.as_bytes() {
        [.., 0x21..=0x7E] | [.., 0xD0 | 0xD1, _] => line,
        _ => line.trim_end(),
    }
}
