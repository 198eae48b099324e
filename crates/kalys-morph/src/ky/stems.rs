//! The stems of Kyrgyz: the list that comes with the program, what packs add, and every shape a stem takes in a word.
//!
//! It is for finding which lexemes a word can begin with. It does not read suffixes.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::letters::{
    A, E, I, Letter, O, OE, Sound, U, UE, Word, Y, close_vowel, hash_step, is_vowel, last_vowel, letter,
    sound, without_dots,
};
use super::suffixes::State;
use super::{Features, Stem};

/// The list, one class a paragraph: see the head of the file.
pub(super) const LIST: &str = include_str!("../../data/ky.txt");

/// Irregular forms of listed stems, one a line.
pub(super) const FORMS: &str = include_str!("../../data/ky-forms.txt");

#[derive(Debug)]
pub(super) struct Lexeme {
    /// As listed, without the hyphen of a verb.
    pub(super) stem: Cow<'static, str>,
    pub(super) class: Features,
    /// Letters of the stem.
    pub(super) len: u8,
    /// Read aloud letter by letter, so that any vowel may follow: ККМди, ККМны.
    pub(super) acronym: bool,
}

/// How the letters of an [`Entry`] stand for its stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// The stem as listed.
    Plain,
    /// With a last consonant voiced or a vowel lost; only before a vowel: укуг|у, орд|у.
    BeforeVowel,
    /// With a vowel put in to carry suffixes: акты|лар. A suffix must follow.
    Buffered,
    /// Without a last й, which is in the letter that follows: ко|юу, ко|ет.
    LostIot,
    /// Without its last vowel, which became long: кар|оо.
    LostVowel(Letter),
    /// Without a last т that the suffix has too: пунк|тар.
    LostT,
    /// A converb with a long vowel in place of -ып: жаап.
    LongConverb,
    /// A form that no rule gives: index into [`Stems::forms`].
    Form(u16),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) lexeme: u32,
    pub(super) shape: Shape,
    key: u32,
    len: u8,
    next: u32,
}

/// A form that no rule gives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub(super) features: Features,
    /// What may follow.
    pub(super) state: State,
}

#[derive(Debug)]
pub(super) struct Stems {
    pub(super) lexemes: Vec<Lexeme>,
    pub(super) forms: Vec<Form>,
    pub(super) index: Index,
}

const NOWHERE: u32 = u32::MAX;

/// Beginnings of words to entries.
#[derive(Debug, Default)]
pub(super) struct Index {
    keys: Vec<Letter>,
    entries: Vec<Entry>,
    first: FxHashMap<u64, u32>,
}

impl Index {
    /// Calls `found` with every entry that `word` begins with and the length of that beginning, the shortest first.
    pub(super) fn prefixes(&self, word: &[Letter], mut found: impl FnMut(Entry, usize)) {
        let mut hash = 0;
        for (at, &it) in word.iter().enumerate() {
            hash = hash_step(hash, it);
            let mut next = self.first.get(&hash).copied().unwrap_or(NOWHERE);
            while let Some(&entry) = self.entries.get(next as usize) {
                if self.key(entry) == &word[..=at] {
                    found(entry, at + 1);
                }
                next = entry.next;
            }
        }
    }

    fn contains(&self, letters: &[Letter]) -> bool {
        let mut next = self.first.get(&hash(letters)).copied().unwrap_or(NOWHERE);
        while let Some(&entry) = self.entries.get(next as usize) {
            if self.key(entry) == letters {
                return true;
            }
            next = entry.next;
        }
        false
    }

    fn key(&self, entry: Entry) -> &[Letter] {
        &self.keys[entry.key as usize..entry.key as usize + entry.len as usize]
    }

    fn insert(&mut self, letters: &[Letter], lexeme: u32, shape: Shape) {
        let entry =
            Entry { lexeme, shape, key: self.keys.len() as u32, len: letters.len() as u8, next: NOWHERE };
        self.keys.extend_from_slice(letters);
        let at = self.entries.len() as u32;
        self.entries.push(entry);
        let head = self.first.entry(hash(letters)).or_insert(NOWHERE);
        self.entries[at as usize].next = *head;
        *head = at;
    }
}

fn hash(letters: &[Letter]) -> u64 {
    letters.iter().fold(0, |hash, it| hash_step(hash, *it))
}

impl Stems {
    /// The built-in list and then `extra`. A stem that is listed with the same class is not added again.
    pub(super) fn new(extra: &[Stem]) -> Stems {
        let mut stems =
            Stems { lexemes: Vec::with_capacity(4096), forms: Vec::new(), index: Index::default() };
        stems.index.keys.reserve(64 * 1024);
        stems.index.entries.reserve(8192);
        stems.index.first.reserve(8192);
        for line in LIST.lines() {
            let Some((class, words)) = line.split_once(':').filter(|_| !line.starts_with('#')) else {
                continue;
            };
            let (acronym, class) = if class == "acronym" {
                (true, Some(Features::NOUN))
            } else {
                (false, Features::from_name(class))
            };
            let Some(class) = class else { continue };
            for word in words.split_ascii_whitespace() {
                stems.add_listed(word, class, acronym);
            }
        }
        for line in FORMS.lines().filter(|it| !it.starts_with('#')) {
            stems.add_form(line);
        }
        for stem in extra {
            let text = stem.stem.trim().to_lowercase();
            let class = if text.ends_with('-') { Features::VERB } else { stem.class };
            let text = text.trim_end_matches('-');
            if let Some(word) = Word::new(text)
                && stems.find(&word, class).is_none()
            {
                stems.add(Cow::Owned(text.to_owned()), &word, class, false);
            }
        }
        stems
    }

    /// The lexeme with exactly this stem and class.
    pub(super) fn find(&self, word: &Word, class: Features) -> Option<u32> {
        let mut res = None;
        self.index.prefixes(word.letters(), |entry, len| {
            if len == word.letters().len()
                && entry.shape == Shape::Plain
                && self.lexemes[entry.lexeme as usize].class == class
            {
                res = Some(entry.lexeme);
            }
        });
        res
    }

    /// The same stems as they are typed without ө ү ң, those left out that would then be taken for other words.
    pub(super) fn without_dots(&self) -> Index {
        let mut index = Index::default();
        for entry in &self.index.entries {
            let letters = self.index.key(*entry);
            let lexeme = &self.lexemes[entry.lexeme as usize];
            if lexeme.len <= 3 || COLLISIONS.contains(&lexeme.stem.as_ref()) {
                continue;
            }
            let typed: Vec<Letter> = letters.iter().map(|it| without_dots(*it)).collect();
            if typed == letters || !self.index.contains(&typed) {
                let shape = match entry.shape {
                    Shape::LostVowel(vowel) => Shape::LostVowel(without_dots(vowel)),
                    shape => shape,
                };
                index.insert(&typed, entry.lexeme, shape);
            }
        }
        index
    }

    fn add_listed(&mut self, listed: &'static str, class: Features, acronym: bool) {
        let (stem, irregular) = match listed.split_once('/') {
            Some((stem, irregular)) => (stem, Some(irregular)),
            None => (listed, None),
        };
        let stem = stem.trim_end_matches('-');
        let Some(word) = Word::new(stem) else { return };
        let lexeme = self.add(Cow::Borrowed(stem), &word, class, acronym);
        if let Some(word) = irregular.and_then(Word::new) {
            let letters = word.letters();
            let shape =
                if is_vowel(letters[letters.len() - 1]) { Shape::Buffered } else { Shape::BeforeVowel };
            self.index.insert(letters, lexeme, shape);
        }
    }

    // A line: the form, the stem, its class, the features, and `…` with what the form goes on like.
    fn add_form(&mut self, line: &'static str) {
        let mut words = line.split_ascii_whitespace();
        let (Some(form), Some(stem), Some(class)) = (words.next(), words.next(), words.next()) else {
            return;
        };
        let (Some(form), Some(stem), Some(class)) =
            (Word::new(form), Word::new(stem), Features::from_name(class))
        else {
            return;
        };
        let Some(lexeme) = self.find(&stem, class) else { return };
        let mut res = Form { features: Features::NONE, state: State::Fixed };
        for word in words {
            match word {
                "…plural" => res.state = State::Plural,
                "…third" => res.state = State::Third,
                "…noun" => res.state = State::Noun,
                "…relational" => res.state = State::Relational,
                "…person" => res.state = State::FirstSecond,
                name => res.features |= Features::from_name(name).unwrap_or_default(),
            }
        }
        let at = self.forms.len() as u16;
        self.forms.push(res);
        self.index.insert(form.letters(), lexeme, Shape::Form(at));
    }

    fn add(&mut self, stem: Cow<'static, str>, word: &Word, class: Features, acronym: bool) -> u32 {
        let lexeme = self.lexemes.len() as u32;
        let letters = word.letters();
        let acronym = acronym || last_vowel(letters).is_none();
        self.lexemes.push(Lexeme { stem, class, len: letters.len() as u8, acronym });
        self.index.insert(letters, lexeme, Shape::Plain);
        if !acronym && !class.any(UNCHANGING) && letters.len() > 1 {
            self.add_shapes(letters, lexeme, class.has(Features::VERB));
        }
        lexeme
    }

    fn add_shapes(&mut self, letters: &[Letter], lexeme: u32, verb: bool) {
        let (&last, before) = (letters.last().expect("has two letters"), &letters[..letters.len() - 1]);
        let previous = before[before.len() - 1];
        if last == K || last == P {
            // Only after a vowel: укуг|у, but банк|ы.
            if is_vowel(previous) {
                self.index.insert(
                    &with_last(before, if last == K { G } else { B }),
                    lexeme,
                    Shape::BeforeVowel,
                );
                if verb && last == P {
                    let mut long = with_last(before, previous);
                    long.push(P);
                    self.index.insert(&long, lexeme, Shape::LongConverb);
                }
            }
        } else if last == IOT {
            self.index.insert(before, lexeme, Shape::LostIot);
        } else if last == SOFT_SIGN {
            self.index.insert(before, lexeme, Shape::Plain);
        } else if verb && letters.len() > 2 && matches!(last, A | O | E | OE | Y | I | U | UE) {
            self.index.insert(before, lexeme, Shape::LostVowel(last));
        } else if !verb && last == T && sound(previous) != Sound::Vowel {
            if (previous == K || previous == S)
                && let Some(vowel) = last_vowel(letters)
            {
                let mut buffered = letters.to_vec();
                buffered.push(close_vowel(vowel));
                self.index.insert(&buffered, lexeme, Shape::Buffered);
            }
            self.index.insert(before, lexeme, Shape::LostT);
        }
    }
}

fn with_last(before: &[Letter], last: Letter) -> Vec<Letter> {
    let mut letters = before.to_vec();
    letters.push(last);
    letters
}

const UNCHANGING: Features = Features::CONJ.with(Features::PART).with(Features::ADP);

const K: Letter = letter('к');
const G: Letter = letter('г');
const P: Letter = letter('п');
const B: Letter = letter('б');
const T: Letter = letter('т');
const S: Letter = letter('с');
const IOT: Letter = letter('й');
const SOFT_SIGN: Letter = letter('ь');

/// Words that without ө ү ң are other words: «бөлүү» and «болуу», «сөгүш» and «согуш». Shorter stems are left out anyway.
const COLLISIONS: &[&str] =
    &["сөгүш", "үчүн", "жаңы", "таңуу", "көрүү", "үлүш", "бөлүү", "көзгө", "күлүк", "өтө", "көрүш", "түрүү"];
