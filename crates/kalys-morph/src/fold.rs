//! Folding: the one form under which all spellings of a word are looked up.
//!
//! It is for matching only: nobody is shown a folded word. Most words of an act are small Cyrillic or Latin letters
//! already and are copied at once; what is left goes letter by letter.

use kalys_model::{Alphabet, Lang};

/// The key of a word: lower case, ё as е, soft hyphens and white space left out, њ ӊ ҥ as ң, ѳ ɵ as ө, legacy letters put
/// right, Latin look-alikes as Cyrillic when the word has Cyrillic letters and all its Latin ones look like some, 3 and 0
/// between Cyrillic letters as з and о.
///
/// Look-alikes are judged between hyphens, so that «IT-компания» keeps its Latin part. Legacy letters are put right in
/// Kyrgyz only: ъ of a Russian «объект» in a Kyrgyz act is itself.
///
/// Appends to `out`. The word is what the tokeniser cut, in one piece; positions are not kept, the token has them.
pub fn fold(lang: Lang, alphabet: Alphabet, word: &str, out: &mut String) {
    let alphabet = if lang == Lang::Ky { alphabet } else { Alphabet::Standard };
    let plain = if alphabet == Alphabet::Standard { plain_length(word.as_bytes()) } else { 0 };
    out.push_str(&word[..plain]);
    if plain == word.len() {
        return;
    }
    let rest = &word[plain..];
    if alphabet == Alphabet::Standard && simple(rest, plain > 0) {
        out.extend(rest.chars().map(lower));
        return;
    }
    // What follows may need to see the letters before it.
    out.truncate(out.len() - plain);
    for (index, part) in word.split(is_hyphen).enumerate() {
        if index > 0 {
            out.push('-');
        }
        fold_part(lang, alphabet, part, out);
    }
}

/// How many bytes at the start are letters that fold to themselves: а to я, ө ү ң, a to z, and hyphens. None, when Latin
/// letters may be look-alikes.
fn plain_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    let mut seen = 0_u8;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            0xd0 if matches!(bytes.get(at + 1), Some(0xb0..=0xbf)) => {
                seen |= 1;
                at += 2;
            }
            0xd1 if matches!(bytes.get(at + 1), Some(0x80..=0x8f)) => {
                seen |= 1;
                at += 2;
            }
            // ң ү, ө
            0xd2 if matches!(bytes.get(at + 1), Some(0xa3 | 0xaf)) => {
                seen |= 1;
                at += 2;
            }
            0xd3 if bytes.get(at + 1) == Some(&0xa9) => {
                seen |= 1;
                at += 2;
            }
            b'a'..=b'z' => {
                seen |= 2;
                at += 1;
            }
            b'-' => at += 1,
            _ => break,
        }
    }
    if seen == 3 || (seen == 2 && at < bytes.len()) { 0 } else { at }
}

/// True when each letter of the rest of a word folds alone: all are Cyrillic, or all are ASCII and, after Cyrillic ones,
/// none is a letter that may be a look-alike.
fn simple(rest: &str, after_letters: bool) -> bool {
    let ascii =
        |it: u8| it == b'-' || if after_letters { it.is_ascii_digit() } else { it.is_ascii_alphanumeric() };
    rest.bytes().all(ascii)
        || rest
            .chars()
            .all(|it| matches!(it, 'А'..='я' | 'ё' | 'Ё' | '-' | 'ө' | 'ү' | 'ң' | 'Ө' | 'Ү' | 'Ң'))
}

fn lower(letter: char) -> char {
    match letter {
        'а'..='я' | '-' | 'ө' | 'ү' | 'ң' => letter,
        'А'..='Я' => char::from_u32(letter as u32 + 32).unwrap_or(letter),
        'ё' | 'Ё' => 'е',
        _ => letter.to_lowercase().next().unwrap_or(letter),
    }
}

fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2013}')
}

fn fold_part(lang: Lang, alphabet: Alphabet, part: &str, out: &mut String) {
    let cyrillic = part.chars().any(|it| is_cyrillic(standard(lang, lower(it), false)));
    let foreign = part.chars().any(|it| it.is_ascii_alphabetic() && look_alike(lang, it).is_none());
    let n_letters = part.chars().filter(|it| it.is_alphabetic()).count();
    let mut before = None;
    let mut letters = part.chars();
    while let Some(letter) = letters.next() {
        let mut letter = alphabet.letter(letter);
        if cyrillic && !foreign {
            letter = look_alike(lang, letter).unwrap_or(letter);
            let between = matches!(letter, '3' | '0')
                && n_letters >= 3
                && before.is_some_and(is_cyrillic)
                && letters.clone().find(|it| !is_invisible(*it)).is_some_and(|next| {
                    is_cyrillic(standard(lang, lower(next), true)) || look_alike(lang, next).is_some()
                });
            if between {
                letter = match letter {
                    '3' => 'з',
                    '0' => 'о',
                    _ => letter,
                };
            }
        }
        match letter {
            it if is_invisible(it) => continue,
            // Letters taken apart: и with a breve, е with two points.
            '\u{306}' if before == Some('и') => {
                out.pop();
                out.push('й');
            }
            '\u{308}' if before == Some('е') => continue,
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            '’' | 'ʼ' | '‘' => out.push('\''),
            _ => {
                let letter = standard(lang, lower(letter), cyrillic);
                out.push(letter);
                before = Some(letter);
                continue;
            }
        }
        before = out.chars().next_back();
    }
}

/// The Kyrgyz letter for one of another alphabet that is typed in its place; ё as е.
fn standard(lang: Lang, letter: char, cyrillic: bool) -> char {
    match letter {
        'ё' => 'е',
        'њ' | 'ӊ' | 'ҥ' => 'ң',
        'ѳ' | 'ɵ' => 'ө',
        'ұ' | 'ÿ' if lang == Lang::Ky && cyrillic => 'ү',
        _ => letter,
    }
}

/// White space, signs of no width, and stress marks.
fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{300}' | '\u{301}')
        || sign.is_whitespace()
}

fn is_cyrillic(letter: char) -> bool {
    matches!(letter, '\u{400}'..='\u{52f}')
}

/// The small Cyrillic letter that looks like this Latin one.
fn look_alike(lang: Lang, letter: char) -> Option<char> {
    Some(match letter {
        'a' | 'A' => 'а',
        'c' | 'C' => 'с',
        'e' | 'E' => 'е',
        'o' | 'O' => 'о',
        'p' | 'P' => 'р',
        'x' | 'X' => 'х',
        // Who has у on the keyboard types Latin Y for the Ү that is not there.
        'Y' if lang == Lang::Ky => 'ү',
        'y' | 'Y' => 'у',
        'B' => 'в',
        'H' => 'н',
        'K' => 'к',
        'M' => 'м',
        'T' => 'т',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lang: Lang, alphabet: Alphabet, table: &[(&str, &str)]) {
        for (word, key) in table {
            let mut out = String::from("|");
            fold(lang, alphabet, word, &mut out);
            assert_eq!(out, format!("|{key}"), "{word}");
        }
    }

    #[test]
    fn russian() {
        check(
            Lang::Ru,
            Alphabet::Standard,
            &[
                ("орган", "орган"),
                ("Орган", "орган"),
                ("ОРГАНОМ", "органом"),
                ("Объём", "объем"),
                ("Ёлка", "елка"),
                ("купли-продажи", "купли-продажи"),
                ("Купли\u{2011}Продажи", "купли-продажи"),
                ("за\u{ad}кон", "закон"),
                ("ста\nтья", "статья"),
                ("П О Р Я Д О К", "порядок"),
                ("и\u{306}од", "йод"),
                ("бо\u{301}льшая", "большая"),
                ("статЪя", "статъя"),
                ("", ""),
                ("15-дневный", "15-дневный"),
                ("12", "12"),
            ],
        );
    }

    #[test]
    fn kyrgyz() {
        check(
            Lang::Ky,
            Alphabet::Standard,
            &[
                ("Өкмөтү", "өкмөтү"),
                ("Кењешинин", "кеңешинин"),
                ("Кеӊеш", "кеңеш"),
                ("Ѳкмѳт", "өкмөт"),
                ("коёт", "коет"),
                ("ұлгұ", "үлгү"),
                ("Yлгү", "үлгү"),
            ],
        );
    }

    #[test]
    fn legacy_letters_are_put_right_before_yo_is_folded() {
        check(Lang::Ky, Alphabet::LegacyYo, &[("ёзгёртъълёрдъ", "өзгөртүүлөрдү"), ("жёнъндё", "жөнүндө")]);
        check(Lang::Ky, Alphabet::LegacyHardSign, &[("бекит\\\\", "бекитүү"), ("жън\\ндъ", "жөнүндө")]);
        check(Lang::Ru, Alphabet::LegacyYo, &[("объект", "объект"), ("Ещё", "еще")]);
    }

    #[test]
    fn look_alikes() {
        check(
            Lang::Ru,
            Alphabet::Standard,
            &[
                // Latin c, a, O, p.
                ("нaлог", "налог"),
                ("Oрган", "орган"),
                ("cАлык", "салык"),
                ("оpган", "орган"),
                ("МЫЙ3АМЫ", "мыйзамы"),
                ("гл0ва", "глова"),
                ("KOICAнын", "koicaнын"),
                ("IT-компания", "it-компания"),
                ("CEO-нун", "ceo-нун"),
                ("10дней", "10дней"),
                ("а3б", "а3б"),
                ("Pн", "рн"),
                ("заявлениE", "заявление"),
                ("нaлoг1", "налог1"),
                ("law", "law"),
                ("LAW", "law"),
            ],
        );
    }

    #[test]
    fn english() {
        check(
            Lang::En,
            Alphabet::Standard,
            &[("Authority", "authority"), ("ﬁne", "fine"), ("applicant’s", "applicant's"), ("Ёж", "еж")],
        );
    }

    const LANGS: [Lang; 4] = [Lang::Ky, Lang::Ru, Lang::En, Lang::Other];

    proptest::proptest! {
        #[test]
        fn folding_twice_is_folding_once(
            word in "\\PC{0,12}|[a-zа-яA-ZА-ЯёЁөүңӨҮҢњӊѳұÿ’03 \u{ad}\u{306}\u{308}-]{0,12}",
        ) {
            for lang in LANGS {
                let mut once = String::new();
                fold(lang, Alphabet::Standard, &word, &mut once);
                let mut twice = String::new();
                fold(lang, Alphabet::Standard, &once, &mut twice);
                proptest::prop_assert_eq!(once, twice);
            }
        }

        /// The quick ways of words that need little give what going letter by letter gives.
        #[test]
        fn short_cuts_change_nothing(word in "[a-zа-яA-ZА-ЯёЁөүңӨҮҢ0-9-]{0,10}") {
            for lang in LANGS {
                let mut quick = String::new();
                fold(lang, Alphabet::Standard, &word, &mut quick);
                let mut slow = String::new();
                for (index, part) in word.split('-').enumerate() {
                    if index > 0 {
                        slow.push('-');
                    }
                    fold_part(lang, Alphabet::Standard, part, &mut slow);
                }
                proptest::prop_assert_eq!(quick, slow);
            }
        }
    }
}
