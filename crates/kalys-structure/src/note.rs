//! Editorial notes and remarks, which publishers put into an act: `(В редакции Закона …)`, `(Утратила силу …)`, `Внимание! …`.
//!
//! They are no words of the legislator.

use crate::letters;
use crate::words;
use kalys_model::Span;

/// The longest note that is looked for: a list of amending laws of a code takes some thousand bytes.
const LONGEST: usize = 12_000;

/// Notes in brackets, in order, without overlap.
pub(crate) fn find(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut found: Vec<Span> = Vec::new();
    // Brackets that are open, and whether a note may begin with them.
    let mut open: Vec<(usize, bool)> = Vec::new();
    for at in memchr::memchr2_iter(b'(', b')', bytes) {
        if bytes[at] == b'(' {
            open.push((at, letters::starts_any(&text[at + 1..], words::NOTE_STARTS)));
            continue;
        }
        let Some((start, true)) = open.pop() else { continue };
        let inner = &text[start + 1..at];
        if inner.len() <= LONGEST
            && letters::has_any(inner, words::NOTE_KEYS, inner.len())
            && names_act(inner)
            && is_one_passage(inner)
        {
            found.push(Span::new(start as u32, at as u32 + 1));
        }
    }
    found.sort_unstable_by_key(|it| it.start);
    // A note within a note is part of it.
    found.dedup_by(|inner, outer| outer.contains(*inner));
    found
}

/// True when the lines of a note go on with it. A bracket that was never closed would make a note of whole articles.
fn is_one_passage(inner: &str) -> bool {
    inner.len() <= 600
        || inner.lines().skip(1).all(|line| {
            let line = line.trim_start();
            !line.starts_with(char::is_uppercase) || line.contains('№') || line.contains(" N ")
        })
}

/// A note says by which act, or that something lost its force; a norm in brackets says neither.
fn names_act(inner: &str) -> bool {
    inner.bytes().any(|byte| byte.is_ascii_digit())
        || letters::has_any(inner, &["утрати", "исключ", "күчүн жогот", "repealed"], inner.len())
}

/// True when a paragraph is nothing but notes in brackets.
pub(crate) fn is_only_notes(text: &str, paragraph: Span, notes: &[Span]) -> bool {
    let mut at = paragraph.start;
    let first = notes.partition_point(|it| it.end <= paragraph.start);
    for note in &notes[first..] {
        // A note may run over several paragraphs; then it begins before this one.
        let between = text.get(at as usize..note.start.max(at) as usize).unwrap_or("x");
        if note.start >= paragraph.end || between.chars().any(letters::is_word) {
            break;
        }
        at = note.end;
    }
    at >= paragraph.end
        || at > paragraph.start
            && !text.get(at as usize..paragraph.end as usize).unwrap_or("x").chars().any(letters::is_word)
}

/// True when a paragraph is a remark of the publisher.
pub(crate) fn is_remark(paragraph: &str) -> bool {
    let first = paragraph.chars().next().map_or(' ', letters::key);
    matches!(first, 'в' | 'с' | 'к' | 'п' | 'о') && letters::starts_any(paragraph, words::REMARKS)
}
