//! Text to tokens and sentences.
//!
//! A token is a run of letters (hyphens between letters and soft hyphens inside), a number (`12`, `21-1`, `1.1`), or one
//! sign. Positions are relative to the text that is cut. Nothing is copied: a token is a range and the number of its word.

use kalys_model::{Alphabet, Lang, Span};
use kalys_morph::Features;

use crate::ruleset::Ruleset;
use crate::words::{Flags, Kind, LangWords, WordId};

/// A token, positions in bytes relative to the text of its unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) word: WordId,
}

impl Token {
    pub(crate) fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }
}

/// Cuts `text[from..to]`. `joins` are places, relative to the text, that are one word whatever stands inside.
#[allow(
    clippy::too_many_arguments,
    reason = "a cutter of one passage needs its text, its reading and its tables"
)]
pub(crate) fn cut(
    text: &str,
    from: usize,
    to: usize,
    joins: &[Span],
    lang: Lang,
    alphabet: Alphabet,
    words: &mut LangWords,
    rules: &Ruleset,
    out: &mut Vec<Token>,
) {
    let bytes = text.as_bytes();
    let mut at = from;
    let mut join = joins.partition_point(|it| (it.start as usize) < from);
    while at < to {
        if let Some(span) = joins.get(join)
            && span.start as usize <= at
        {
            join += 1;
            let end = (span.end as usize).min(to);
            if end > at {
                let joined: String = text[at..end]
                    .chars()
                    .filter(|c| !c.is_whitespace() && *c != '-' && *c != '\u{ad}')
                    .collect();
                let word = words.intern(&joined, (0, joined.len()), lang, alphabet, rules);
                out.push(Token { start: at as u32, end: end as u32, word });
                at = end;
                continue;
            }
        }
        let limit = joins.get(join).map_or(to, |it| (it.start as usize).min(to));
        let first = bytes[at];
        let start = at;
        if is_letter(bytes, at) || first == b'\\' && alphabet == Alphabet::LegacyHardSign {
            at = word_end(bytes, at, limit, alphabet);
        } else if first.is_ascii_digit() {
            at = number_end(bytes, at, limit);
        } else if first.is_ascii_whitespace() {
            at += 1;
            continue;
        } else {
            at += width(first);
            // No-break space and its kin, soft hyphens and zero-width signs are no tokens.
            if first >= 0x80 && is_space(&bytes[start..at.min(to)]) {
                continue;
            }
        }
        let at_end = at.min(to);
        let word = words.intern(text, (start, at_end), lang, alphabet, rules);
        out.push(Token { start: start as u32, end: at_end as u32, word });
        at = at_end;
    }
}

const fn width(lead: u8) -> usize {
    match lead {
        0xF0.. => 4,
        0xE0..=0xEF => 3,
        0xC0..=0xDF => 2,
        _ => 1,
    }
}

/// True for an ASCII letter and for the two-byte letters: Latin beyond ASCII, Greek, Cyrillic.
fn is_letter(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'a'..=b'z' | b'A'..=b'Z' => true,
        // × (C3 97) and ÷ (C3 B7) are signs.
        0xC3 => !matches!(bytes.get(at + 1), Some(0x97 | 0xB7)),
        0xC4..=0xDF => true,
        _ => false,
    }
}

fn is_space(sign: &[u8]) -> bool {
    matches!(
        sign,
        [0xC2, 0xA0 | 0xAD] // no-break space, soft hyphen
            | [0xE2, 0x80, 0x80..=0x8F] // spaces of all widths, zero-width signs
            | [0xE2, 0x80, 0xA8..=0xAF]
            | [0xE2, 0x81, 0x9F..=0xA0]
            | [0xE3, 0x80, 0x80]
            | [0xEF, 0xBB, 0xBF]
    )
}

fn word_end(bytes: &[u8], mut at: usize, to: usize, alphabet: Alphabet) -> usize {
    while at < to {
        match bytes[at] {
            b'a'..=b'z' | b'A'..=b'Z' => at += 1,
            0xC3..=0xDF if is_letter(bytes, at) => at += 2,
            // A digit inside a word is a look-alike or a name (С3, ПДД2020): it stays with the word.
            b'0'..=b'9' => at += 1,
            b'\\' if alphabet == Alphabet::LegacyHardSign => at += 1,
            // Soft hyphen, and a hyphen or apostrophe, only before a further letter.
            0xC2 if at + 2 < to && bytes[at + 1] == 0xAD && is_letter(bytes, at + 2) => at += 2,
            b'-' | b'\'' if at + 1 < to && is_letter(bytes, at + 1) => at += 1,
            0xE2 if at + 3 < to
                && bytes[at + 1] == 0x80
                && matches!(bytes[at + 2], 0x90 | 0x91 | 0x99)
                && is_letter(bytes, at + 3) =>
            {
                at += 3;
            }
            _ => break,
        }
    }
    at.min(to)
}

/// `12`, `21-1`, `1.1`, `317¹`, `10 000`.
fn number_end(bytes: &[u8], mut at: usize, to: usize) -> usize {
    let from = at;
    while at < to {
        match bytes[at] {
            b'0'..=b'9' => at += 1,
            b'.' | b',' | b'-' if at + 1 < to && bytes[at + 1].is_ascii_digit() => at += 1,
            // Superscripts: ¹²³ and ⁰⁴…⁹.
            0xC2 if at + 1 < to && matches!(bytes[at + 1], 0xB2 | 0xB3 | 0xB9) => at += 2,
            0xE2 if at + 2 < to && bytes[at + 1] == 0x81 && (0xB0..=0xB9).contains(&bytes[at + 2]) => at += 3,
            _ => break,
        }
    }
    let plain = |range: &[u8]| range.iter().all(u8::is_ascii_digit);
    if at - from <= 3 && plain(&bytes[from..at]) {
        // Groups of three after a blank are one number.
        while let Some(group) = thousands(&bytes[at..to]) {
            at += group;
        }
    }
    at
}

/// Length of a blank and the three digits after it, when no fourth one follows.
fn thousands(bytes: &[u8]) -> Option<usize> {
    let blank = match bytes {
        [b' ', ..] => 1,
        [0xC2, 0xA0, ..] => 2,
        _ => return None,
    };
    let group = bytes.get(blank..blank + 3)?;
    let whole = group.iter().all(u8::is_ascii_digit) && !bytes.get(blank + 3).is_some_and(u8::is_ascii_digit);
    whole.then_some(blank + 3)
}

/// Tokens after which a sentence is cut: nobody writes so long, and what is asked of the sentence around a word would
/// take as long for every word of it.
const LONGEST: usize = 1000;

/// Splits tokens into sentences: ranges of tokens. A full stop ends a sentence before a capital letter, a digit, a
/// quotation mark or the end, unless the word before it is an abbreviation.
pub(crate) fn sentences(
    text: &str,
    tokens: &[Token],
    first: usize,
    words: &LangWords,
    abbreviation: Option<crate::ruleset::Symbol>,
    mut out: impl FnMut(u32, u32),
) {
    let mut from = first;
    for index in first..tokens.len() {
        let flags = words.flags(tokens[index].word);
        let ends = flags.has(Flags::END)
            || flags.has(Flags::STOP) && ends_sentence(text, tokens, index, first, words, abbreviation)
            || index - from >= LONGEST;
        if ends {
            out(from as u32, index as u32 + 1);
            from = index + 1;
        }
    }
    if from < tokens.len() {
        out(from as u32, tokens.len() as u32);
    }
}

fn ends_sentence(
    text: &str,
    tokens: &[Token],
    dot: usize,
    first: usize,
    words: &LangWords,
    abbreviation: Option<crate::ruleset::Symbol>,
) -> bool {
    let Some(next) = tokens.get(dot + 1) else { return true };
    if dot == first {
        return false;
    }
    let before = tokens[dot - 1];
    let gap = next.start > tokens[dot].end;
    let next_char = text[next.start as usize..].chars().next().unwrap_or(' ');
    if !gap || next_char.is_lowercase() {
        return false;
    }
    let word = words.word(before.word);
    if word.kind != Kind::Word {
        return word.kind != Kind::Number || next_char.is_uppercase();
    }
    // An initial, or a known abbreviation.
    let short = word.letters == 1;
    let listed = abbreviation.is_some_and(|it| words.has(before.word, it));
    // An abbreviation of a unit before a number (ст. 5) never ends; before a capital it may, but seldom does.
    !(short || listed)
}

/// True when some reading of the word has all these features.
pub(crate) fn has(words: &LangWords, token: &Token, wanted: Features) -> bool {
    words.word(token.word).any.has(wanted)
        && words.readings(token.word).iter().any(|it| it.features.has(wanted))
}
