//! Words that Kyrgyz took from Russian: a stem of the Russian dictionary with Kyrgyz suffixes.
//!
//! It is for the words of law that no list of stems can be complete for: «сертификациялоо», «регистрлеринин»,
//! «гуманитардык». It is asked only about words that no listed stem explains. Their lexemes have no citation form.

use kalys_dict_ru::Beginning;

use super::letters::{Letter, Word, character, is_vowel, last_vowel, letter, open_vowel};
use super::suffixes::{self, Start, State, Tail};
use super::unlisted;
use crate::{Features, Reading};

/// Shorter words of Russian are found in Kyrgyz ones by chance.
const SHORTEST: usize = 4;

/// A part of the word that is a Russian word.
#[derive(Clone, Copy)]
struct Loan {
    /// How many letters of the word it takes.
    len: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Noun,
    /// The stem of an adjective in -ный, to which Kyrgyz adds -лык or -луу.
    Adjective,
}

/// Readings of the longest Russian stem that a legal chain of suffixes follows, in the order of its letters.
pub(super) fn read(word: &Word, out: &mut Vec<Reading>) {
    let mut loans = [Loan { len: 0, kind: Kind::Noun }; 16];
    let mut n_loans = 0;
    find(word.letters(), |it| {
        if n_loans < loans.len() {
            loans[n_loans] = it;
            n_loans += 1;
        }
    });
    let mut tails = Vec::new();
    for it in loans[..n_loans].iter().rev() {
        let from = out.len();
        match it.kind {
            Kind::Noun => {
                noun(word, it.len, &mut tails, out);
                verb(word, it.len, &mut tails, out);
            }
            Kind::Adjective => adjective(word, it.len, &mut tails, out),
        }
        if out.len() > from {
            return;
        }
    }
}

fn find(letters: &[Letter], mut found: impl FnMut(Loan)) {
    let mut beginning = Beginning::empty();
    for (at, &it) in letters.iter().enumerate() {
        let (len, before) = (at + 1, beginning);
        // «участог|у» and «принциб|и», of «участок» and «принцип».
        let voiceless = match character(it) {
            Some('г') => Some('к'),
            Some('б') => Some('п'),
            _ => None,
        };
        if len >= SHORTEST
            && letters.get(len).is_some_and(|next| is_vowel(*next))
            && voiceless.and_then(|it| before.with(it)).is_some_and(is_noun)
        {
            found(Loan { len, kind: Kind::Noun });
        }
        let Some(next) = character(it).and_then(|it| before.with(it)) else { return };
        beginning = next;
        if len < SHORTEST {
            continue;
        }
        // The soft sign is lost before a suffix: автомобил|дер.
        let softened = beginning.with('ь');
        if is_noun(beginning) || len < letters.len() && softened.is_some_and(is_noun) {
            found(Loan { len, kind: Kind::Noun });
        }
        // гуманитар|ный, социал|ьный
        if len < letters.len() && [Some(beginning), softened].into_iter().flatten().any(is_adjective) {
            found(Loan { len, kind: Kind::Adjective });
        }
    }
}

fn is_noun(beginning: Beginning) -> bool {
    let wanted = Features::NOUN | Features::NOM | Features::SG;
    beginning.analyses().is_some_and(|mut it| it.any(|it| Features(it.features).has(wanted)))
}

fn is_adjective(stem: Beginning) -> bool {
    let ending = ['н', 'ы', 'й'].into_iter().try_fold(stem, Beginning::with);
    ending
        .and_then(Beginning::analyses)
        .is_some_and(|mut it| it.any(|it| Features(it.features).has(Features::ADJ)))
}

fn noun(word: &Word, len: usize, tails: &mut Vec<Tail>, out: &mut Vec<Reading>) {
    let letters = word.letters();
    let lexeme = unlisted(stem(&letters[..len]), Features::NOUN);
    chains(letters, len, State::Noun, last_vowel(&letters[..len]), tails);
    out.extend(tails.iter().map(|it| Reading { lexeme, features: Features::NOUN | it.features }));
}

/// «аттестация|ла-», «регламент|те-»: the verb made from the noun, a word of its own.
fn verb(word: &Word, len: usize, tails: &mut Vec<Tail>, out: &mut Vec<Reading>) {
    let letters = word.letters();
    let Some(vowel) = last_vowel(&letters[..len]).map(open_vowel) else { return };
    if !letters.get(len).is_some_and(|it| matches!(character(*it), Some('л' | 'д' | 'т'))) {
        return;
    }
    let lexeme = unlisted(stem(&letters[..len]), Features::VERB);
    // The last vowel is there, or drowned in a long one: аттестациял|оо.
    chains(letters, len + 1, State::LongOpen, Some(vowel), tails);
    if tails.is_empty() && letters.get(len + 1) == Some(&vowel) {
        chains(letters, len + 2, State::Verb, Some(vowel), tails);
    }
    out.extend(tails.iter().map(|it| Reading { lexeme, features: Features::VERB | it.features }));
}

fn adjective(word: &Word, len: usize, tails: &mut Vec<Tail>, out: &mut Vec<Reading>) {
    let letters = word.letters();
    let lexeme = unlisted(stem(&letters[..len]), Features::ADJ);
    chains(letters, len, State::Noun, last_vowel(&letters[..len]), tails);
    tails.retain(|it| it.features.any(Features::LIK | Features::LUU));
    out.extend(tails.iter().map(|it| Reading { lexeme, features: Features::ADJ | it.features }));
}

/// The chains of suffixes from `at` on that the sounds before them ask for.
fn chains(letters: &[Letter], at: usize, state: State, vowel: Option<Letter>, out: &mut Vec<Tail>) {
    out.clear();
    if at > letters.len() {
        return;
    }
    let start = Start { state, at, vowel, letter: Some(letters[at - 1]), features: Features::NONE };
    suffixes::read(letters, start, out);
    out.retain(|it| it.penalty == 0);
}

/// One spelling for «участок» and «участог».
fn stem(letters: &[Letter]) -> impl Iterator<Item = Letter> {
    let last = letters.len() - 1;
    letters.iter().enumerate().map(move |(at, &it)| match character(it) {
        Some('г') if at == last => letter('к'),
        Some('б') if at == last => letter('п'),
        _ => it,
    })
}
