//! The label at the beginning of a paragraph: `Статья 21¹.`, `5-берене.`, `1)`, `–`.
//!
//! It tells what a paragraph calls itself, from its own characters. Where it belongs is decided in [`crate::tree`].

use crate::letters::{self, is_dash, is_hyphen, key};
use crate::words::{self, Side};
use kalys_model::{DoubtKind, Number};

/// What a label stands at the head of, the widest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Level {
    Annex,
    Division,
    Section,
    Subsection,
    Chapter,
    /// §, a section of a chapter.
    Paragraph,
    Article,
    /// A numbered or dashed piece of an article, or of an act without articles.
    Item(Style),
}

/// How an item is labelled. The order is the usual order of nesting, the outer first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Style {
    /// `I.`
    Roman,
    /// `1.`
    Dot,
    /// `1.1.`, with the number of its parts.
    Dots(u8),
    /// `(1)`
    BracketNumber,
    /// `1)`
    Paren,
    /// `(a)`
    BracketLetter,
    /// `а)`
    Letter,
    /// `(i)`
    BracketRoman,
    /// `-`, or a bullet.
    Dash,
}

/// A label that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// What it is the label of.
    pub(crate) level: Level,
    /// The number in it.
    pub(crate) number: Option<Number>,
    /// Bytes of the paragraph up to the words after it.
    pub(crate) len: u32,
    /// Bytes of the paragraph that come before it (an opening quotation mark).
    pub(crate) skip: u32,
    /// What is unsure about it.
    pub(crate) doubt: Option<DoubtKind>,
}

/// Reads the label of a paragraph. `marked` is true when the format itself says that this is a heading.
pub(crate) fn read(paragraph: &str, marked: bool) -> Option<Label> {
    let skip = match paragraph.chars().next()? {
        c if letters::opens_quote(c) => {
            let rest = &paragraph[c.len_utf8()..];
            c.len_utf8() + letters::skip_space(rest)
        }
        _ => 0,
    };
    let text = &paragraph[skip..];
    let first = text.chars().next()?;
    let label = match first {
        '0'..='9' => item_number(text).or_else(|| number_first(text)).or_else(|| number_with_sign(text)),
        '(' => bracketed(text),
        '§' => paragraph_sign(text),
        '№' => number_with_sign(text),
        c if is_dash(c) || matches!(c, '•' | '*' | '·' | '●' | '▪' | '■' | '\u{f0b7}' | '‣' | '○') => {
            dash(text, c)
        }
        c if letters::is_letter(c) => lettered(text)
            .or_else(|| roman_item(text))
            .or_else(|| structural(text, marked))
            .or_else(|| number_first(text)),
        _ => None,
    };
    let mut label = label?;
    label.skip = skip as u32;
    label.len += skip as u32;
    let rest = &paragraph[label.len as usize..];
    label.len += letters::skip_space(rest) as u32;
    Some(label)
}

fn item(style: Style, number: Option<Number>, len: usize) -> Option<Label> {
    Some(Label { level: Level::Item(style), number, len: len as u32, skip: 0, doubt: None })
}

/// `1.` `1.1.` `1)` `2-1.` `2¹)`
fn item_number(text: &str) -> Option<Label> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut number = String::new();
    let mut n_parts: u8 = 0;
    loop {
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        // Four digits are a year or a sum, not a number of a point.
        if at == start || at - start > 3 {
            return None;
        }
        if n_parts > 0 {
            number.push('.');
        }
        number.push_str(&text[start..at]);
        n_parts += 1;
        at += suffix(&text[at..], &mut number);
        match bytes.get(at) {
            Some(b')') => return (n_parts <= 2).then(|| item(Style::Paren, Some(boxed(&number)), at + 1))?,
            Some(b'.') if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) && n_parts < 5 => at += 1,
            Some(b'.') if bytes.get(at + 1) == Some(&b')') => {
                return item(Style::Paren, Some(boxed(&number)), at + 2);
            }
            Some(b'.') => {
                let style = if n_parts == 1 { Style::Dot } else { Style::Dots(n_parts) };
                return item(style, Some(boxed(&number)), at + 1);
            }
            _ => break,
        }
    }
    // `1.1 Текст`: without a closing point only before a capital, or a decimal fraction would be a label.
    let rest = &text[at..];
    let space = letters::skip_space(rest);
    let capital = rest[space..].chars().next().is_some_and(char::is_uppercase);
    if n_parts >= 2 && space > 0 && capital {
        return item(Style::Dots(n_parts), Some(boxed(&number)), at);
    }
    // `1а)`, `2б.`
    let mut chars = rest.chars();
    if n_parts == 1
        && let (Some(letter), Some(close)) = (chars.next(), chars.next())
        && letter.is_lowercase()
        && matches!(close, ')' | '.')
    {
        number.extend(letter.to_lowercase());
        let style = if close == ')' { Style::Paren } else { Style::Dot };
        return item(style, Some(boxed(&number)), at + letter.len_utf8() + 1);
    }
    None
}

/// What makes an inserted number of a number: `-1`, `¹`, `^1`. Appends it and gives its bytes.
fn suffix(text: &str, number: &mut String) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let Some(first) = rest.chars().next() else { return at };
        if let Some(digit) = superscript(first) {
            number.push('-');
            number.push(digit);
            at += first.len_utf8();
            for c in text[at..].chars() {
                let Some(digit) = superscript(c) else { break };
                number.push(digit);
                at += c.len_utf8();
            }
        } else if first == '(' {
            // `11(1).`
            let n_digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
            let closed =
                rest[1 + n_digits..].strip_prefix(')').is_some_and(|it| it.starts_with(['.', ')', ' ']));
            if n_digits == 0 || n_digits > 2 || !closed {
                return at;
            }
            number.push('-');
            number.push_str(&rest[1..1 + n_digits]);
            at += n_digits + 2;
        } else if is_hyphen(first)
            && rest[first.len_utf8()..].chars().next().is_some_and(|c| superscript(c).is_some())
        {
            // `50⁴-¹`
            at += first.len_utf8();
        } else if is_hyphen(first) || first == '^' || first == '–' {
            let n_digits = rest[first.len_utf8()..].bytes().take_while(u8::is_ascii_digit).count();
            if n_digits == 0 || n_digits > 3 {
                return at;
            }
            number.push('-');
            let from = first.len_utf8();
            number.push_str(&rest[from..from + n_digits]);
            at += from + n_digits;
        } else {
            return at;
        }
    }
}

fn superscript(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        _ => return None,
    })
}

fn boxed(number: &str) -> Number {
    // Zeros before a number say nothing.
    let trimmed = number.trim_start_matches('0');
    let canonical = if trimmed.starts_with(|c: char| c.is_ascii_digit()) { trimmed } else { number };
    Number(canonical.into())
}

/// `(1)` `(a)` `(iv)`
fn bracketed(text: &str) -> Option<Label> {
    let inner = &text[1..];
    let close = inner.bytes().take(12).position(|byte| byte == b')')?;
    let name = &inner[..close];
    let after = inner[close + 1..].chars().next();
    if name.is_empty() || after.is_some_and(|c| !c.is_whitespace() && !letters::is_letter(c)) {
        return None;
    }
    let len = close + 2;
    if name.bytes().all(|byte| byte.is_ascii_digit()) && name.len() <= 3 {
        return item(Style::BracketNumber, Some(boxed(name)), len);
    }
    let mut chars = name.chars();
    let first = chars.next()?;
    let single = chars.next().is_none();
    if name.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x')) && (!single || first != 'v') {
        return item(Style::BracketRoman, Some(boxed(&roman(name)?.to_string())), len);
    }
    if single && first.is_lowercase() {
        return item(Style::BracketLetter, Some(Number(name.into())), len);
    }
    None
}

/// `а)`, `a.`
fn lettered(text: &str) -> Option<Label> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let close = chars.next()?;
    let lower = key(first);
    let after = chars.next();
    let len = first.len_utf8() + 1;
    let name: String = lower.to_string();
    match close {
        ')' if !matches!(first, 'I' | 'V' | 'X') => item(Style::Letter, Some(Number(name.into())), len),
        // `г. Бишкек`: only a Latin letter can be a label with a point.
        '.' if first.is_ascii_lowercase() && after.is_some_and(char::is_whitespace) => {
            item(Style::Letter, Some(Number(name.into())), len)
        }
        _ => None,
    }
}

/// `IV. Общие положения`, `II) …`
fn roman_item(text: &str) -> Option<Label> {
    let (value, at) = roman_run(text)?;
    let mut number = value.to_string();
    let at = at + suffix(&text[at..], &mut number);
    let close = text[at..].chars().next()?;
    if !matches!(close, '.' | ')') {
        return None;
    }
    let rest = &text[at + 1..];
    let mut words = rest.trim_start().chars();
    let first = words.next()?;
    // `V. Petrov` and `I. I. Ivanov` are names.
    let initials = text.len() < 40
        && at <= 2
        && (words.next() == Some('.')
            || rest.split_whitespace().count() == 1 && !letters::is_capitals(rest) && value > 10);
    (first.is_uppercase() || letters::opens_quote(first)).then_some(())?;
    (!initials).then(|| item(Style::Roman, Some(Number(number.into())), at + 1))?
}

/// The Roman number at the beginning, written with Latin letters or their Cyrillic look-alikes.
fn roman_run(text: &str) -> Option<(u16, usize)> {
    let mut latin = String::new();
    let mut at = 0;
    for c in text.chars() {
        let letter = match c {
            'I' | 'V' | 'X' | 'L' | 'C' => c,
            'І' | 'Ӏ' => 'I',
            'Х' => 'X',
            'С' => 'C',
            c if letters::is_word(c) => return None,
            _ => break,
        };
        latin.push(letter.to_ascii_lowercase());
        at += c.len_utf8();
        if latin.len() > 8 {
            return None;
        }
    }
    Some((roman(&latin)?, at))
}

/// The value of a Roman number in lower case, if it is one in canonical writing.
fn roman(digits: &str) -> Option<u16> {
    const PARTS: [(&str, u16); 9] =
        [("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)];
    let mut rest = digits;
    let mut value = 0;
    for (part, worth) in PARTS {
        let most = if worth == 100 || worth == 10 || worth == 1 { 3 } else { 1 };
        for _ in 0..most {
            match rest.strip_prefix(part) {
                Some(after) => {
                    rest = after;
                    value += worth;
                }
                None => break,
            }
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}

fn dash(text: &str, first: char) -> Option<Label> {
    let len = first.len_utf8();
    let next = text[len..].chars().next()?;
    let bullet = !is_dash(first);
    // `-ыйгарым …`: the space is often forgotten. A number after a dash is a sum below zero.
    let fits = next.is_whitespace() || (letters::is_letter(next) && (bullet || next.is_lowercase()));
    fits.then(|| item(Style::Dash, None, len))?
}

fn paragraph_sign(text: &str) -> Option<Label> {
    let at = '§'.len_utf8();
    let at = at + letters::skip_space(&text[at..]);
    let found = number(&text[at..], false)?;
    let mut end = at + found.len;
    if text[end..].starts_with('.') {
        end += 1;
    }
    Some(Label {
        level: Level::Paragraph,
        number: Some(found.number),
        len: end as u32,
        skip: 0,
        doubt: found.doubt,
    })
}

/// A number of a structural unit that was read.
struct Found {
    number: Number,
    len: usize,
    doubt: Option<DoubtKind>,
    /// Written as a word (`первая`).
    spelled: bool,
}

/// `21`, `21-1`, `21¹`, `З09-3`, `14.1`, `IV`, `четырнадцатая-1`. `look_alikes` allows letters for digits.
fn number(text: &str, look_alikes: bool) -> Option<Found> {
    let first = text.chars().next()?;
    if (first.is_ascii_digit() || (look_alikes && digit_look_alike(first).is_some()))
        && let Some(found) = digits(text, look_alikes)
    {
        return Some(found);
    }
    if let Some((value, at)) = roman_run(text) {
        let mut number = value.to_string();
        let mut at = at + suffix(&text[at..], &mut number);
        // `Раздел III.1.`
        let n_digits =
            text[at..].strip_prefix('.').map_or(0, |it| it.bytes().take_while(u8::is_ascii_digit).count());
        if (1..=2).contains(&n_digits) {
            number.push_str(&text[at..at + 1 + n_digits]);
            at += 1 + n_digits;
        }
        return Some(Found { number: Number(number.into()), len: at, doubt: None, spelled: false });
    }
    let (value, at) = ordinal(text)?;
    let mut number = value.to_string();
    let at = at + suffix(&text[at..], &mut number);
    Some(Found { number: Number(number.into()), len: at, doubt: None, spelled: true })
}

fn digits(text: &str, look_alikes: bool) -> Option<Found> {
    let mut number = String::new();
    let mut at = 0;
    let mut n_real = 0;
    let mut doubt = None;
    for c in text.chars() {
        if c.is_ascii_digit() {
            number.push(c);
            n_real += 1;
        } else if let Some(digit) = digit_look_alike(c).filter(|_| look_alikes) {
            number.push(digit);
            doubt = Some(DoubtKind::LookAlikeNumber);
        } else {
            break;
        }
        at += c.len_utf8();
    }
    if n_real == 0 || number.len() > 5 {
        return None;
    }
    at += suffix(&text[at..], &mut number);
    // `Статья 14.1.`: a point with a digit right after it belongs to the number.
    while text[at..].starts_with('.') {
        let n_digits = text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        if n_digits == 0 || n_digits > 3 {
            break;
        }
        number.push_str(&text[at..at + 1 + n_digits]);
        at += 1 + n_digits;
        at += suffix(&text[at..], &mut number);
    }
    // `Статья 14(1)`
    if text[at..].starts_with('(') {
        let n_digits = text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        if (1..=2).contains(&n_digits) && text[at + 1 + n_digits..].starts_with(')') {
            number.push('-');
            number.push_str(&text[at + 1..at + 1 + n_digits]);
            at += n_digits + 2;
        }
    }
    Some(Found { number: boxed(&number), len: at, doubt, spelled: false })
}

fn digit_look_alike(c: char) -> Option<char> {
    Some(match c {
        'З' | 'з' => '3',
        'О' | 'о' | 'O' | 'o' => '0',
        'б' => '6',
        'l' | 'І' | 'I' => '1',
        'Ч' => '4',
        _ => return None,
    })
}

/// An ordinal in words at the beginning: `двадцать первая`, `он экинчи`.
fn ordinal(text: &str) -> Option<(u16, usize)> {
    let mut at = 0;
    let mut value = 0;
    for (tens, worth) in words::TENS {
        if let Some(len) = letters::word(text, tens) {
            value = *worth;
            at = len + letters::skip_space(&text[len..]);
            break;
        }
    }
    let rest = &text[at..];
    let end = rest.find(|c: char| !letters::is_letter(c)).unwrap_or(rest.len());
    let name = &rest[..end];
    for (stem, worth) in words::ORDINALS {
        if let Some(len) = letters::prefix(name, stem)
            && words::ORDINAL_ENDINGS
                .iter()
                .any(|ending| letters::prefix(&name[len..], ending) == Some(name.len() - len))
        {
            return Some((value + worth, at + end));
        }
    }
    // `Жыйырма`-type tens need their ordinal.
    None
}

/// `Статья 5.`, `Глава первая`, `Приложение № 2 к …`, `ОБЩАЯ ЧАСТЬ`
fn structural(text: &str, marked: bool) -> Option<Label> {
    let first = key(text.chars().next()?);
    // Nearly every paragraph begins with none of these letters.
    if !matches!(
        first,
        'с' | 'г'
            | 'р'
            | 'п'
            | 'ч'
            | 'о'
            | 'ж'
            | 'ө'
            | 'т'
            | 'c'
            | 'p'
            | 'a'
            | 's'
            | 't'
            | 'g'
            | 'o'
            | 'ь'
            | 'е'
    ) {
        return None;
    }
    if text.len() <= 60 {
        for name in words::NAMED_DIVISIONS {
            if let Some(len) = letters::word(text, name)
                && text[len..].trim_matches(|c: char| c == '.' || c.is_whitespace()).is_empty()
            {
                // The name is the heading, so the label itself is empty.
                return Some(Label { level: Level::Division, number: None, len: 0, skip: 0, doubt: None });
            }
        }
    }
    let spaced = text[text.chars().next()?.len_utf8()..].starts_with(' ');
    for unit in words::UNIT_WORDS.iter().filter(|it| it.side == Side::Word) {
        let len = if spaced { spaced_word(text, unit.word) } else { letters::word(text, unit.word) };
        if let Some(len) = len {
            return after_word(text, len, unit.level, marked);
        }
    }
    None
}

/// Bytes that a letter-spaced word takes: `С т а т ь я`.
fn spaced_word(text: &str, word: &str) -> Option<usize> {
    let mut at = 0;
    for (n, letter) in word.chars().enumerate() {
        if n > 0 {
            at += text[at..].strip_prefix(' ').map(|_| 1)?;
        }
        let mut buffer = [0; 4];
        at += letters::prefix(&text[at..], letter.encode_utf8(&mut buffer))?;
    }
    text[at..].starts_with(char::is_whitespace).then_some(at)
}

fn after_word(text: &str, len: usize, level: Level, marked: bool) -> Option<Label> {
    let mut at = len + letters::skip_space(&text[len..]);
    if text[at..].starts_with('№') || (level == Level::Annex && text[at..].starts_with('N')) {
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        at += letters::skip_space(&text[at..]);
    }
    let found = number(&text[at..], level == Level::Article);
    if level == Level::Annex {
        let end = found.as_ref().map_or(len, |it| at + it.len);
        let rest = text[end..].trim();
        // `Annex. Form of the application`
        let titled = (marked || text.len() <= 200)
            && rest
                .strip_prefix(['.', ':'])
                .is_some_and(|it| it.is_empty() || it.trim_start().starts_with(char::is_uppercase));
        // «Приложение 1 к Положению утверждается …» is a sentence.
        let fits = text.len() <= 600
            && !letters::last_sign(rest)
                .is_some_and(|c| matches!(c, '.' | ';' | ':' | ',') && rest.len() > 2)
            && (found.is_some()
                || titled
                || rest.is_empty()
                || letters::prefix(rest, "к ").is_some()
                || letters::prefix(rest, "to ").is_some()
                || rest.starts_with('\n'));
        let end = end + usize::from(text[end..].starts_with('.'));
        return fits.then(|| Label {
            level,
            number: found.as_ref().map(|it| it.number.clone()),
            len: end as u32,
            skip: 0,
            doubt: found.and_then(|it| it.doubt),
        });
    }
    let found = found?;
    let end = at + found.len;
    let (end, doubt) = closing(text, end, level, marked)?;
    Some(Label { level, number: Some(found.number), len: end as u32, skip: 0, doubt: doubt.or(found.doubt) })
}

/// What follows the number or the word of a heading: a point, the end, or a title without a point before it.
/// Gives the end of the label, or nothing when this is a sentence.
fn closing(text: &str, end: usize, level: Level, marked: bool) -> Option<(usize, Option<DoubtKind>)> {
    let rest = &text[end..];
    let Some(next) = rest.chars().next() else { return Some((end, None)) };
    if matches!(next, '.' | ':' | ')') {
        let after = &rest[1..];
        // `Статья 5.` takes a title; `статьи 5.Б` does not occur, but `Раздел 1.2.` does.
        return Some((end + 1 + usize::from(after.starts_with('.')), None));
    }
    // `Глава 14(Утратила силу …)`
    if !next.is_whitespace() {
        return (next == '(').then_some((end, None));
    }
    let title = rest.trim_start();
    let Some(first) = title.chars().next() else { return Some((end, None)) };
    if is_dash(first) {
        return Some((end + letters::skip_space(rest) + first.len_utf8(), None));
    }
    if marked {
        return Some((end, None));
    }
    let opens = first.is_uppercase() || letters::opens_quote(first) || first == '(';
    let reference = words::REFERENCE_WORDS.iter().any(|it| letters::word(title, it).is_some());
    let sentence = letters::last_sign(title).is_some_and(|c| matches!(c, '.' | ';' | ':' | ','));
    if !opens || reference || (sentence && first != '(') || title.len() > 500 {
        return None;
    }
    let doubt = (level == Level::Article && first != '(').then_some(DoubtKind::HeadingOrText);
    Some((end, doubt))
}

/// `5-берене.`, `I БӨЛҮМ.`, `Он экинчи глава`, `2-тиркеме`
fn number_first(text: &str) -> Option<Label> {
    let found = number(text, false)?;
    let mut at = found.len;
    let rest = &text[at..];
    let hyphen = rest.trim_start().starts_with(is_dash);
    let space = letters::skip_space(rest);
    at += space;
    if hyphen {
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        at += letters::skip_space(&text[at..]);
    } else if space == 0 {
        return None;
    }
    let spelled = found.spelled;
    // `5 статья` without a hyphen is no heading, `V бөлүм` is.
    let roman = !text.starts_with(|c: char| c.is_ascii_digit());
    if !hyphen && !roman && !spelled {
        return None;
    }
    for unit in words::UNIT_WORDS.iter().filter(|it| it.side == Side::Number) {
        let Some(len) = letters::word(&text[at..], unit.word) else { continue };
        let end = at + len;
        let (end, doubt) = closing(text, end, unit.level, false)?;
        return Some(Label {
            level: unit.level,
            number: Some(found.number),
            len: end as u32,
            skip: 0,
            doubt: doubt.or(found.doubt),
        });
    }
    None
}

/// `№ 2 тиркеме`, `1 тиркеме`
fn number_with_sign(text: &str) -> Option<Label> {
    let mut at = text.strip_prefix('№').map_or(0, |_| '№'.len_utf8());
    at += letters::skip_space(&text[at..]);
    let found = number(&text[at..], false)?;
    at += found.len;
    at += letters::skip_space(&text[at..]);
    let len = letters::word(&text[at..], "тиркеме")?;
    let rest = text[at + len..].trim();
    (rest.is_empty() || !letters::last_sign(rest).is_some_and(letters::is_terminal)).then(|| Label {
        level: Level::Annex,
        number: Some(found.number),
        len: (at + len) as u32,
        skip: 0,
        doubt: None,
    })
}

/// The number of an annex that is named at the end of its title lines: `… токтомуна 2-тиркеме`.
pub(crate) fn annex_number(words: &str) -> Option<Number> {
    for line in words.lines().take(12) {
        let line = line.trim_end();
        let start = line.rfind(|c: char| c.is_whitespace()).map_or(0, |it| it + 1);
        if let Some(it) = number_first(line.get(start..)?)
            && it.level == Level::Annex
        {
            return it.number;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(lines: &str, expected: Expect) {
        let mut out = String::new();
        for line in lines.lines() {
            let line = line.trim();
            match read(line, false) {
                Some(it) => {
                    let number = it.number.map(|it| it.0).unwrap_or_default();
                    let rest: String = line[it.len as usize..].chars().take(12).collect();
                    let doubt = it.doubt.map(|it| format!(" {it:?}")).unwrap_or_default();
                    out.push_str(&format!("{:?} {number}{doubt} | {rest}\n", it.level));
                }
                None => out.push_str(&format!("- | {}\n", line.chars().take(12).collect::<String>())),
            }
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn articles() {
        check(
            "Статья 21. Выдача справки
            Статья 21¹. Вставленная
            Статья 317¹.
            Статья 21-1. Ещё одна
            Статья 14.1. Через точку
            Статья З09-3. Похожая буква
            статЪя 7. Твёрдый знак
            Cтатья 8. Латинская буква
            СТАТЬЯ 9
            Статья 21 настоящего Кодекса не применяется.
            Статья 21 Кодекса не применяется
            Статья 5 Права заявителя
            Статьи 5 и 6 применяются.
            5-берене. Жалпы жоболор
            21-1-берене. Кошумча
            38¹-берене.
            11-статья. Эски берене
            34-1-главада каралган тартипте
            5-берененин талаптары
            Article 5. Licences",
            expect![[r#"
                Article 21 | Выдача справ
                Article 21-1 | Вставленная
                Article 317-1 | 
                Article 21-1 | Ещё одна
                Article 14.1 | Через точку
                Article 309-3 LookAlikeNumber | Похожая букв
                Article 7 | Твёрдый знак
                Article 8 | Латинская бу
                Article 9 | 
                - | Статья 21 на
                - | Статья 21 Ко
                Article 5 HeadingOrText | Права заявит
                - | Статьи 5 и 6
                Article 5 | Жалпы жоболо
                Article 21-1 | Кошумча
                Article 38-1 | 
                Article 11 | Эски берене
                - | 34-1-главада
                - | 5-берененин 
                Article 5 | Licences
            "#]],
        );
    }

    #[test]
    fn wider_units() {
        check(
            "Глава первая
            Глава четырнадцатая-1
            Глава двадцать вторая. Сроки
            ГЛАВА ІІ. Кириллические цифры
            Раздел III
            ЧАСТЬ I
            ОБЩАЯ ЧАСТЬ
            Часть 2 настоящей статьи применяется
            I БӨЛҮМ. ЖАЛПЫ ЖОБОЛОР
            3-Глава Лицензиялар
            Он экинчи глава
            ӨЗГӨЧӨ БӨЛҮК
            § 2. Порядок
            Параграф 1. Понятия
            Приложение
            Приложение № 2 к постановлению
            Приложение 1 к Положению утверждается приказом.
            2-тиркеме
            № 3 тиркеме
            Chapter II. Scope",
            expect![[r#"
                Chapter 1 | 
                Chapter 14-1 | 
                Chapter 22 | Сроки
                Chapter 2 | Кириллически
                Section 3 | 
                Division 1 | 
                Division  | ОБЩАЯ ЧАСТЬ
                - | Часть 2 наст
                Section 1 | ЖАЛПЫ ЖОБОЛО
                Chapter 3 | Лицензиялар
                Chapter 12 | 
                Division  | ӨЗГӨЧӨ БӨЛҮК
                Paragraph 2 | Порядок
                Paragraph 1 | Понятия
                Annex  | 
                Annex 2 | к постановле
                - | Приложение 1
                Annex 2 | 
                Annex 3 | 
                Chapter 2 | Scope
            "#]],
        );
    }

    #[test]
    fn items() {
        check(
            "1. Первая часть
            1.Без пробела
            2-1. Вставленная часть
            2¹) вставленный пункт
            1) пункт
            1.1. Дробный
            1.1 Без точки
            1.5 процента
            20.01.2023. Дата
            2012. Год
            1000 штук
            а) подпункт
            1а) пункт с буквой
            (1) subsection
            (a) paragraph
            (iv) item
            (далее - орган)
            - абзац
            -тире без пробела
            -5 градусов
            • знак
            IV. Общие положения
            В. Иванов
            г. Бишкек
            \"4. Кавычка перед номером",
            expect![[r#"
                Item(Dot) 1 | Первая часть
                Item(Dot) 1 | Без пробела
                Item(Dot) 2-1 | Вставленная 
                Item(Paren) 2-1 | вставленный 
                Item(Paren) 1 | пункт
                Item(Dots(2)) 1.1 | Дробный
                Item(Dots(2)) 1.1 | Без точки
                - | 1.5 процента
                - | 20.01.2023. 
                - | 2012. Год
                - | 1000 штук
                Item(Letter) а | подпункт
                Item(Paren) 1а | пункт с букв
                Item(BracketNumber) 1 | subsection
                Item(BracketLetter) a | paragraph
                Item(BracketRoman) 4 | item
                - | (далее - орг
                Item(Dash)  | абзац
                Item(Dash)  | тире без про
                - | -5 градусов
                Item(Dash)  | знак
                Item(Roman) 4 | Общие положе
                - | В. Иванов
                - | г. Бишкек
                Item(Dot) 4 | Кавычка пере
            "#]],
        );
    }
}
