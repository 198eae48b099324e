//! Kyrgyz: a suffix grammar anchored at a list of stems.
//!
//! A word is a form of a lexeme when it is a shape of its stem followed by a legal chain of suffixes. It is for telling
//! which lexemes and forms a word can be; it does not choose between them by context.
//!
//! Every form has the part of speech of its stem, so «мыйзамсыз» is a noun with `siz` unless it is listed as an adjective
//! of its own, which then is the only reading and has `siz` too. What can stand in a sentence as a noun and has no case
//! suffix has `nom`; participles, relational forms (-дагы) and adverbs have no case then. -ган is `participle past`,
//! -уучу `participle pres`, -ат `fin pres`, -ар `aor fut`, and -ышат, whether «each other» or «they», is `recp`.
//!
//! A word that no listed stem explains is read, in this order, as a loan ([`loans`]), as its last part if it has a hyphen,
//! as a word typed without ө ү ң, and else as what its ending tells.

mod letters;
mod loans;
mod stems;
mod suffixes;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use self::letters::{
    A, E, LONGEST, Letter, NG, O, OE, U, UE, Word, hash_step, is_open, is_vowel, last_vowel, letter,
};
use self::stems::{Entry, Index, Shape, Stems};
use self::suffixes::{Start, State, Tail};
use crate::{Features, LexemeId, Reading, distance};

/// A Kyrgyz stem that a pack adds: `укук`, or `кара-` for a verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stem {
    /// The stem; a verb ends in `-`.
    pub stem: String,
    /// Its part of speech: one of the classes of [`Features`].
    pub class: Features,
}

#[derive(Debug)]
pub(crate) struct Grammar {
    stems: Stems,
    // Needed only when an act has words typed without ө ү ң.
    without_dots: OnceLock<Index>,
}

/// Numbers of words that are in no list have this bit.
const UNLISTED: u32 = 0x8000_0000;

impl Grammar {
    pub(crate) fn new(stems: &[Stem]) -> Grammar {
        Grammar { stems: Stems::new(stems), without_dots: OnceLock::new() }
    }

    pub(crate) fn analyze(&self, word: &str, out: &mut Vec<Reading>) {
        let from = out.len();
        self.listed(word, out);
        if out.len() == from && word.chars().any(char::is_alphabetic) {
            guess(word, out);
        }
    }

    pub(crate) fn knows(&self, word: &str) -> bool {
        let mut readings = Vec::new();
        self.listed(word, &mut readings);
        !readings.is_empty()
    }

    pub(crate) fn nearest(&self, word: &str) -> Vec<String> {
        let Some(word) = Word::new(word.trim_end_matches('-')) else { return Vec::new() };
        let letters = word.letters();
        let farthest = (letters.len() / 3).clamp(1, 3);
        let mut near: Vec<(usize, usize)> = Vec::new();
        for (at, lexeme) in self.stems.lexemes.iter().enumerate() {
            if (lexeme.len as usize).abs_diff(letters.len()) > farthest {
                continue;
            }
            let Some(stem) = Word::new(&lexeme.stem) else { continue };
            let distance = distance(letters, stem.letters());
            if distance <= farthest {
                near.push((distance, at));
            }
        }
        near.sort_unstable();
        let mut res = Vec::new();
        for (_, at) in near {
            let lemma = self.lemma(LexemeId(at as u32)).unwrap_or_default();
            if !res.contains(&lemma) {
                res.push(lemma);
            }
            if res.len() == 3 {
                break;
            }
        }
        res
    }

    pub(crate) fn lemma(&self, lexeme: LexemeId) -> Option<String> {
        let lexeme = self.stems.lexemes.get(lexeme.0 as usize)?;
        let hyphen = if lexeme.class.has(Features::VERB) { "-" } else { "" };
        Some(format!("{}{hyphen}", lexeme.stem))
    }

    fn listed(&self, text: &str, out: &mut Vec<Reading>) {
        if text.starts_with(|it: char| it.is_ascii_digit()) {
            return self.number(text, out);
        }
        if let Some(stem) = text.strip_suffix('-') {
            if let Some(lexeme) = Word::new(stem).and_then(|it| self.stems.find(&it, Features::VERB)) {
                out.push(Reading { lexeme: LexemeId(lexeme), features: Features::VERB });
            }
            return;
        }
        let Some(word) = Word::new(text) else { return };
        let mut candidates = self.candidates(&word, &self.stems.index, false);
        let from = out.len();
        if candidates.is_empty() {
            if text.contains('-') {
                self.compound(text, out);
            } else {
                loans::read(&word, out);
            }
        }
        // «милдеттуу» is «милдет» with a suffix out of harmony, or «милдеттүү» typed without ү.
        if out.len() == from
            && candidates.iter().all(|it| it.penalty > 0)
            && !word.letters().iter().any(|it| matches!(*it, OE | UE | NG))
        {
            let index = self.without_dots.get_or_init(|| self.stems.without_dots());
            candidates.extend(self.candidates(&word, index, true));
        }
        choose(candidates, out);
    }

    /// «ККМ-ди» is one word with its suffix; «министр-мүчөлөр» is read as its last part.
    fn compound(&self, text: &str, out: &mut Vec<Reading>) {
        let joined: String = text.chars().filter(|it| *it != '-').collect();
        let Some(word) = Word::new(&joined) else { return };
        let from = out.len();
        choose(self.candidates(&word, &self.stems.index, false), out);
        if let Some((first, last)) = text.rsplit_once('-')
            && out.len() == from
        {
            // «төртүнчү-1» is numbered, not named, by its last part.
            let numbered = last.bytes().all(|it| it.is_ascii_digit());
            self.listed(if numbered { first } else { last }, out);
        }
    }

    // «20сынан», «10дон», and «2012-жылдын» when it comes in one piece.
    fn number(&self, text: &str, out: &mut Vec<Reading>) {
        let rest = text.trim_start_matches(|it: char| it.is_ascii_digit());
        let digits = &text[..text.len() - rest.len()];
        let rest = rest.trim_start_matches(['-', '–', '‑', '%']);
        let Some(word) = Word::new(rest) else { return };
        let lexeme = unlisted(digits.chars().map(letter_of_digit), Features::NUM);
        let mut tails = Vec::new();
        let start =
            Start { state: State::Numeral, at: 0, vowel: None, letter: None, features: Features::NUM };
        suffixes::read(word.letters(), start, &mut tails);
        if tails.is_empty() {
            self.listed(rest, out);
            let cases = CASES.with(Features::P3).with(Features::PL);
            let features = out.iter().fold(Features::NONE, |acc, it| acc | (it.features & cases));
            if !out.is_empty() {
                out.push(Reading { lexeme, features: Features::NUM | features });
            }
            return;
        }
        let best = tails.iter().map(|it| it.penalty).min().unwrap_or(0);
        for tail in tails.iter().filter(|it| it.penalty == best) {
            push(out, Reading { lexeme, features: tail.features });
        }
    }

    fn candidates(&self, word: &Word, index: &Index, lax: bool) -> Vec<Candidate> {
        let mut res = Vec::new();
        let mut tails = Vec::new();
        index.prefixes(word.letters(), |entry, len| {
            tails.clear();
            self.tails(word, entry, len, &mut tails);
            let lexeme = &self.stems.lexemes[entry.lexeme as usize];
            for tail in &tails {
                // Short stems are found by chance too easily.
                if lexeme.len <= 3 && tail.penalty > 0 && !lax {
                    continue;
                }
                res.push(Candidate {
                    lexeme: entry.lexeme,
                    class: lexeme.class,
                    stem: len,
                    features: lexeme.class | tail.features,
                    penalty: tail.penalty,
                });
            }
        });
        res
    }

    fn tails(&self, word: &Word, entry: Entry, len: usize, out: &mut Vec<Tail>) {
        let lexeme = &self.stems.lexemes[entry.lexeme as usize];
        let letters = word.letters();
        let rest = letters.get(len).copied();
        let mut start = Start {
            state: state_of(lexeme.class),
            at: len,
            vowel: last_vowel(&letters[..len]),
            letter: Some(letters[len - 1]),
            features: Features::NONE,
        };
        if lexeme.acronym {
            (start.vowel, start.letter) = (None, None);
        }
        match entry.shape {
            Shape::Plain => {}
            Shape::BeforeVowel => {
                if !rest.is_some_and(is_vowel) {
                    return;
                }
            }
            Shape::Buffered => {
                if rest.is_none() {
                    return;
                }
            }
            Shape::LostT => {
                if rest != Some(letter('т')) {
                    return;
                }
                start.letter = Some(letter('т'));
            }
            Shape::LostIot => {
                let without_iot = match rest {
                    Some(it) if it == letter('ю') => U,
                    Some(it) if it == letter('я') => A,
                    Some(it) if it == E && start.vowel == Some(O) => O,
                    _ => return,
                };
                start.letter = Some(letter('й'));
                suffixes::read(word.with(len, without_iot).letters(), start, out);
                return;
            }
            Shape::LostVowel(vowel) => {
                start.state = if is_open(vowel) { State::LongOpen } else { State::LongClose };
                start.vowel = Some(vowel);
            }
            Shape::LongConverb => {
                if rest.is_none() {
                    out.push(Tail { features: Features::CONVERB, penalty: 0 });
                }
                return;
            }
            Shape::Form(at) => {
                let form = self.stems.forms[at as usize];
                start.state = form.state;
                start.features = form.features;
            }
        }
        suffixes::read(letters, start, out);
    }
}

const CASES: Features = Features::NOM
    .with(Features::GEN)
    .with(Features::DAT)
    .with(Features::ACC)
    .with(Features::LOC)
    .with(Features::ABL);

/// Derivations that make another word, which may be listed itself.
const DERIVED: Features =
    Features::LUU.with(Features::SIZ).with(Features::LIK).with(Features::DERIV).with(Features::REL);

const CLASSES: Features = Features((Features::PRED.0 << 1) - 1);

fn state_of(class: Features) -> State {
    if class.has(Features::VERB) {
        State::Verb
    } else if class.any(Features::ADJ | Features::PRED) {
        State::Adjective
    } else if class.has(Features::NUM) {
        State::Numeral
    } else if class.has(Features::ADV) {
        State::Adverb
    } else if class.has(Features::ADP) {
        State::Postposition
    } else if class.any(Features::CONJ | Features::PART) {
        State::Fixed
    } else {
        State::Noun
    }
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    lexeme: u32,
    class: Features,
    /// How many letters of the word the stem takes.
    stem: usize,
    features: Features,
    penalty: u8,
}

impl Candidate {
    /// True when this longer stem makes the reading `other` unlikely.
    fn beats(&self, other: &Candidate) -> bool {
        self.stem > other.stem
            && self.penalty <= other.penalty
            && (self.class == other.class || self.covers_derivation_of(other))
    }

    /// True when this reads as a plural what `other` reads as the aorist of a verb in -ла: «талап|тар», not «талапта|р».
    fn is_plural_of(&self, other: &Candidate) -> bool {
        other.features.has(Features::VERB | Features::AOR)
            && !other.features.any(Features::NEG | Features::PASSIVE)
            && self.features.has(Features::PL)
            && !self.class.has(Features::VERB)
            && self.stem + 2 == other.stem
            && self.penalty <= other.penalty
    }

    /// True when `other` derives from its stem what is listed as the stem of this one.
    fn covers_derivation_of(&self, other: &Candidate) -> bool {
        let inflection = |it: &Candidate| it.features.0 & !(DERIVED.0 | CLASSES.0 | Features::NOM.0);
        self.stem > other.stem
            && other.features.any(DERIVED)
            && !self.class.has(Features::VERB)
            && !other.class.has(Features::VERB)
            && inflection(self) == inflection(other)
    }
}

fn choose(mut candidates: Vec<Candidate>, out: &mut Vec<Reading>) {
    let all = candidates.clone();
    candidates.retain(|it| !all.iter().any(|other| other.beats(it) || other.is_plural_of(it)));
    for it in &mut candidates {
        let derived = all
            .iter()
            .filter(|shorter| it.covers_derivation_of(shorter))
            .fold(Features::NONE, |acc, shorter| acc | (shorter.features & DERIVED));
        it.features |= derived;
    }
    candidates.sort_unstable_by_key(|it| (it.penalty, usize::MAX - it.stem, it.lexeme, it.features));
    for it in candidates {
        push(out, Reading { lexeme: LexemeId(it.lexeme), features: it.features });
    }
}

fn push(out: &mut Vec<Reading>, reading: Reading) {
    if !out.contains(&reading) {
        out.push(reading);
    }
}

/// What an unlisted word can be by its ending: always a noun, often a verb.
fn guess(text: &str, out: &mut Vec<Reading>) {
    let Some(word) = Word::new(text) else {
        let lexeme = unlisted(text.chars().take(LONGEST).map(letter), Features::NOUN);
        out.push(Reading { lexeme, features: Features::GUESS | Features::NOUN | Features::NOM });
        return;
    };
    let letters = word.letters();
    let mut tails = Vec::new();
    for len in 4.min(letters.len())..=letters.len() {
        read_guess(letters, len, State::Guess, &mut tails);
        tails.retain(|it| it.penalty == 0);
        if tails.is_empty() {
            continue;
        }
        let lexeme = unlisted(canonical(&letters[..len]).iter().copied(), Features::NOUN);
        for tail in &tails {
            let features = Features::GUESS | Features::NOUN | tail.features;
            push(out, Reading { lexeme, features });
        }
        break;
    }
    for len in 3..letters.len() {
        for state in [State::LongOpen, State::LongClose, State::Verb] {
            read_guess(letters, len, state, &mut tails);
            tails.retain(|it| it.penalty == 0 && it.features.any(CLEARLY_VERBAL));
            if tails.is_empty() {
                continue;
            }
            let lexeme = unlisted(verb_canonical(&letters[..len]).iter().copied(), Features::VERB);
            for tail in &tails {
                let features = Features::GUESS | Features::VERB | tail.features;
                push(out, Reading { lexeme, features });
            }
            return;
        }
    }
}

const CLEARLY_VERBAL: Features = Features::VN
    .with(Features::PARTICIPLE)
    .with(Features::COND)
    .with(Features::PRES)
    .with(Features::IMP)
    .with(Features::NEG);

fn read_guess(letters: &[Letter], len: usize, state: State, out: &mut Vec<Tail>) {
    out.clear();
    let vowel = last_vowel(&letters[..len]);
    let start =
        Start { state, at: len, vowel, letter: vowel.map(|_| letters[len - 1]), features: Features::NONE };
    suffixes::read(letters, start, out);
}

// The stem that «участок» and «участогу» share.
fn canonical(stem: &[Letter]) -> Vec<Letter> {
    let mut stem = stem.to_vec();
    if let Some(last) = stem.last_mut() {
        if *last == letter('г') {
            *last = letter('к');
        } else if *last == letter('б') {
            *last = letter('п');
        }
    }
    stem
}

// The stem that «карады» and «кароо» share is «кар».
fn verb_canonical(stem: &[Letter]) -> Vec<Letter> {
    let mut stem = canonical(stem);
    if stem.last().is_some_and(|it| is_vowel(*it)) {
        stem.pop();
    }
    stem
}

fn unlisted(letters: impl Iterator<Item = Letter>, class: Features) -> LexemeId {
    let hash = letters.fold(class.0, hash_step);
    LexemeId(UNLISTED | (hash >> 32) as u32)
}

// Digits are letters of no word, but two numbers are not one lexeme.
fn letter_of_digit(digit: char) -> Letter {
    digit as u32 as Letter
}
