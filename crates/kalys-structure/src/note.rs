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
    let mut notes: Vec<Span> = Vec::new();
    for at in memchr::memchr_iter(b'(', text.as_bytes()) {
        if notes.last().is_some_and(|it| at < it.end as usize) {
            continue;
        }
        let inner = &text[at + 1..];
        let mut to = 60.min(inner.len());
        while !inner.is_char_boundary(to) {
            to -= 1;
        }
        if !letters::starts_any(&inner[..to], words::NOTE_STARTS) {
            continue;
        }
        let Some(len) = closing_bracket(inner) else { continue };
        if letters::has_any(&inner[..len], words::NOTE_KEYS, len) && names_act(&inner[..len]) {
            notes.push(Span::new(at as u32, (at + len + 2) as u32));
        }
    }
    notes
}

/// Offset of the bracket that closes the one before `inner`.
fn closing_bracket(inner: &str) -> Option<usize> {
    let mut depth = 1;
    let until = inner.len().min(LONGEST);
    for at in memchr::memchr2_iter(b'(', b')', &inner.as_bytes()[..until]) {
        depth += if inner.as_bytes()[at] == b'(' { 1 } else { -1 };
        if depth == 0 {
            return Some(at);
        }
    }
    None
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
