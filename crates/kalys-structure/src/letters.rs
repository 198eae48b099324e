//! Comparing words as a person reads them: without regard to case, ё and look-alike letters.
//!
//! Positions are bytes of the text that was given; nothing is copied.

/// One letter as the tables of [`crate::words`] write it.
pub(crate) fn key(c: char) -> char {
    match c {
        'a'..='z' | '0'..='9' | ' ' | '-' | '.' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        'ё' | 'Ё' => 'е',
        'ъ' | 'Ъ' => 'ь',
        'а'..='я' => c,
        'А'..='Я' => char::from_u32(c as u32 + 32).unwrap_or(c),
        '\u{a0}' | '\t' | '\n' | '\r' | '\u{202f}' => ' ',
        '\u{2010}' | '\u{2011}' => '-',
        'њ' | 'Њ' | 'ӊ' | 'Ӊ' | 'ҥ' | 'Ҥ' => 'ң',
        'ѳ' | 'Ѳ' | 'ɵ' => 'ө',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// True when a letter of the text may stand for a letter of a table; both went through [`key`].
fn stands_for(text: char, table: char) -> bool {
    if text == table {
        return true;
    }
    let table = key(table);
    text == table
        || match table {
            'а' => text == 'a',
            'е' => text == 'e',
            'о' => text == 'o',
            'р' => text == 'p',
            'с' => text == 'c',
            'у' => text == 'y',
            'х' => text == 'x',
            // Kyrgyz typed without its own letters, or in one of the legacy fonts.
            'ө' => matches!(text, 'о' | 'е' | 'ь'),
            'ү' => matches!(text, 'у' | 'ь' | '\\'),
            'ң' => text == 'н',
            _ => false,
        }
}

/// Bytes of `text` that `word` takes at its beginning, whatever follows.
pub(crate) fn prefix(text: &str, word: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let mut at = 0;
    let mut space = false;
    for want in word.chars() {
        loop {
            let (index, c) = chars.next()?;
            at = index + c.len_utf8();
            let got = key(c);
            if c == '\u{ad}' || (space && got == ' ') {
                continue;
            }
            if !stands_for(got, want) {
                return None;
            }
            space = got == ' ';
            break;
        }
    }
    Some(at)
}

/// Bytes of `text` that `word` takes at its beginning, when it ends there.
pub(crate) fn word(text: &str, word: &str) -> Option<usize> {
    let at = prefix(text, word)?;
    let next = text[at..].chars().next();
    next.is_none_or(|c| !is_word(c) && !is_hyphen(c) && c != '\u{ad}').then_some(at)
}

/// Byte offset at which a word of `text` begins with `stem`; looks at `limit` bytes at most.
pub(crate) fn find(text: &str, stem: &str, limit: usize) -> Option<usize> {
    let first = stem.chars().next()?;
    let mut before = ' ';
    // A stem that begins with a sign (" - это ") may follow a letter.
    let anywhere = !is_word(first);
    for (at, c) in text.char_indices() {
        if at >= limit {
            break;
        }
        if (anywhere || !is_word(before)) && stands_for(key(c), first) && prefix(&text[at..], stem).is_some()
        {
            return Some(at);
        }
        before = c;
    }
    None
}

/// True when a word of `text` begins with one of `stems`, each of which begins with a letter. One pass for all of them.
pub(crate) fn has_any(text: &str, stems: &[&str], limit: usize) -> bool {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if at >= limit {
            break;
        }
        if !is_word(before) && is_word(c) {
            let first = key(c);
            let begins = |stem: &&&str| stem.chars().next().is_some_and(|want| stands_for(first, want));
            if stems.iter().filter(begins).any(|stem| prefix(&text[at..], stem).is_some()) {
                return true;
            }
        }
        before = c;
    }
    false
}

/// True when `text` begins with one of `words`.
pub(crate) fn starts_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|it| prefix(text, it).is_some())
}

/// `char::is_alphabetic`, at the speed that a text of Cyrillic letters needs.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        'а'..='я' | 'А'..='Я' | 'a'..='z' | 'A'..='Z' => true,
        '\0'..='\u{a9}' => false,
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        '\u{2000}'..='\u{2070}' => false,
        _ => c.is_alphabetic(),
    }
}

/// `char::is_alphanumeric`, in the same way.
pub(crate) fn is_word(c: char) -> bool {
    match c {
        'а'..='я' | 'А'..='Я' | 'a'..='z' | 'A'..='Z' | '0'..='9' => true,
        '\0'..='\u{a9}' => false,
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        '\u{2000}'..='\u{206f}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// A hyphen of any kind, not a dash.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// A dash or a hyphen.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// A quotation mark that can open.
pub(crate) fn opens_quote(c: char) -> bool {
    matches!(c, '«' | '“' | '„' | '"' | '‟' | '″')
}

/// A quotation mark that can close.
pub(crate) fn closes_quote(c: char) -> bool {
    matches!(c, '»' | '”' | '“' | '"' | '″')
}

/// The last character that is no closing mark or space: what a sentence ends with.
pub(crate) fn last_sign(text: &str) -> Option<char> {
    text.chars().rev().find(|c| !c.is_whitespace() && !closes_quote(*c) && *c != ')')
}

/// True when a sentence, an item or a head ends here.
pub(crate) fn is_terminal(c: char) -> bool {
    matches!(c, '.' | ';' | ':' | '!' | '?' | ',')
}

/// Offset of the first byte after white space.
pub(crate) fn skip_space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// True when the letters of `text` are capitals, and there are at least three.
pub(crate) fn is_capitals(text: &str) -> bool {
    let mut n_letters = 0;
    for c in text.chars() {
        if is_letter(c) {
            if c.is_lowercase() {
                return false;
            }
            n_letters += 1;
        }
    }
    n_letters >= 3
}
