//! Words to lexemes and grammatical features, per language: Russian by dictionary, Kyrgyz by a suffix grammar anchored at
//! a list of stems, English by a short rule set.
//!
//! It is for telling which words of an act are forms of the words of a rule, and in which form they stand.
//! It knows no phrases, no norms and no law. Every function is pure; a word that is analysed once need not be analysed again.

mod en;
mod features;
mod fold;
mod ky;
mod ru;

use kalys_model::Lang;

pub use features::Features;
pub use fold::fold;
pub use ky::Stem;

/// A dictionary word, whatever its form. Numbers are stable within one [`Morphology`] and one language only.
///
/// Unknown words get a number of their own, made from their stem, so that two forms of one unknown word still meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LexemeId(pub u32);

/// One way to understand a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reading {
    /// The dictionary word.
    pub lexeme: LexemeId,
    /// Part of speech and form.
    pub features: Features,
}

/// The morphology of all languages, with the stems that packs add.
#[derive(Debug)]
pub struct Morphology {
    ky: ky::Grammar,
}

impl Morphology {
    /// The built-in morphology, with further Kyrgyz stems.
    pub fn new(stems: &[Stem]) -> Morphology {
        Morphology { ky: ky::Grammar::new(stems) }
    }

    /// Every reading of a folded word (see [`fold()`]), appended to `out` without repetition, in a fixed order.
    ///
    /// An unknown word gets readings with [`Features::GUESS`]; a word of no letters gets none.
    pub fn analyze(&self, lang: Lang, word: &str, out: &mut Vec<Reading>) {
        match lang {
            Lang::Ky => self.ky.analyze(word, out),
            Lang::Ru => ru::analyze(word, out),
            Lang::En => en::analyze(word, out),
            Lang::Other => {}
        }
    }

    /// True when the folded word is a form of a listed lexeme or, in Kyrgyz, of a loan that the Russian dictionary has.
    pub fn knows(&self, lang: Lang, word: &str) -> bool {
        match lang {
            Lang::Ky => self.ky.knows(word),
            Lang::Ru => ru::knows(word),
            Lang::En => en::knows(word),
            Lang::Other => false,
        }
    }

    /// Up to three known words that look most like this one, the nearest first: for «did you mean».
    pub fn nearest(&self, lang: Lang, word: &str) -> Vec<String> {
        match lang {
            Lang::Ky => self.ky.nearest(word),
            Lang::Ru => ru::nearest(word),
            Lang::En => en::nearest(word),
            Lang::Other => Vec::new(),
        }
    }

    /// The citation form of a lexeme, where there is one: infinitive, nominative singular, `кара-` for a Kyrgyz verb. A
    /// word that is in no list of its own language has none.
    pub fn lemma(&self, lang: Lang, lexeme: LexemeId) -> Option<String> {
        match lang {
            Lang::Ky => self.ky.lemma(lexeme),
            Lang::Ru => ru::lemma(lexeme),
            Lang::En => en::lemma(lexeme),
            Lang::Other => None,
        }
    }
}

/// How many letters must be put in, left out or changed to make one word of the other.
fn distance<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal } else { 1 + diagonal.min(above).min(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}
