//! Legacy 8-bit Kyrgyz fonts: which letters of a document stand for ө and ү.
//!
//! The same ъ means ү in one font and ө in the other, so the choice is made once per document.

use crate::letters;
use kalys_model::{Alphabet, Span};

/// The alphabet of a text, and the first place that shows a legacy one.
///
/// Russian and standard Kyrgyz write ъ only before е, ё, ю, я. A ъ elsewhere, together with many ё or with backslashes
/// between letters, is a legacy letter.
pub(crate) fn detect(text: &str) -> (Alphabet, Option<Span>) {
    let mut n_odd = 0_u32;
    let mut first = None;
    for at in memchr::memmem::find_iter(text.as_bytes(), "ъ".as_bytes()) {
        let next = text[at + 2..].chars().next().unwrap_or(' ');
        let before = text[..at].chars().next_back().unwrap_or(' ');
        let usual = matches!(next, 'е' | 'ё' | 'ю' | 'я' | 'и' | 'э') && letters::is_letter(before);
        // Capitals elsewhere in the word (`статЪя`) and hyphens (`№ 5-ъ`) are slips.
        if !usual && (letters::is_letter(next) || letters::is_letter(before) || next == '\\') {
            n_odd += 1;
            first.get_or_insert(at);
        }
        // Enough is known; a long legacy text need not be counted to its end.
        if n_odd > 400 {
            break;
        }
    }
    let Some(first) = first.filter(|_| n_odd >= 3) else { return (Alphabet::Standard, None) };
    let n_slashes = memchr::memchr_iter(b'\\', text.as_bytes())
        .filter(|at| text[..*at].chars().next_back().is_some_and(|c| is_cyrillic(c) || c == '\\'))
        .take(50)
        .count() as u32;
    let n_yo = memchr::memmem::find_iter(text.as_bytes(), "ё".as_bytes()).take(500).count() as u32;
    let n_own = memchr::memmem::find_iter(text.as_bytes(), "ө".as_bytes()).take(500).count() as u32;
    let alphabet = if n_slashes >= 2 {
        Alphabet::LegacyHardSign
    } else if n_yo >= 3 && n_own < n_odd {
        Alphabet::LegacyYo
    } else {
        return (Alphabet::Standard, None);
    };
    (alphabet, Some(word_around(text, first)))
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

fn word_around(text: &str, at: usize) -> Span {
    let inside = |c: char| is_cyrillic(c) || c == '\\';
    let start = text[..at]
        .char_indices()
        .rev()
        .take(60)
        .take_while(|(_, c)| inside(*c))
        .last()
        .map_or(at, |(it, _)| it);
    let rest = &text[at..];
    let end = rest.char_indices().take(60).find(|(_, c)| !inside(*c)).map(|(it, _)| at + it);
    let end = end
        .unwrap_or_else(|| rest.char_indices().take(60).last().map_or(at, |(it, c)| at + it + c.len_utf8()));
    Span::new(start as u32, end as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, alphabet: Alphabet, word: &str) {
        let (found, span) = detect(text);
        assert_eq!(found, alphabet, "{text}");
        assert_eq!(span.map_or("", |it| &text[it.range()]), word);
    }

    #[test]
    fn fonts_are_told_apart() {
        check("айылдык бюджетти бекит\\\\ жън\\ндъ, ъз алдынча", Alphabet::LegacyHardSign, "жън\\ндъ");
        check("ёзгёртъълёрдъ киргизъъ жёнъндё токтом", Alphabet::LegacyYo, "ёзгёртъълёрдъ");
        check("подъезд, объём, съёмка, отъём, подъём, ёлка", Alphabet::Standard, "");
        check("статЪя 5, 5-ъ, ещё ёлка, ёж", Alphabet::Standard, "");
        check("өзгөртүүлөр киргизүү жөнүндө", Alphabet::Standard, "");
    }
}
