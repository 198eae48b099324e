//! English: a list of the words of law, regular inflection by rule, irregular forms by list, the rest by a guess.
//!
//! It is for saying which listed words a folded form may belong to. It does not choose between readings: every noun is
//! nominative («nom») unless it has an apostrophe, and «-ed» is a finite past and a passive participle at once.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use crate::{Features, LexemeId, Reading, distance, ru::stem_number};

static LIST: &str = include_str!("../data/en.txt");

/// Every reading of a listed word, else those of the last part of a word with hyphens, else a guess.
pub(crate) fn analyze(word: &str, out: &mut Vec<Reading>) {
    let start = out.len();
    listed(word, out);
    if out.len() == start {
        guess(word, out);
    }
}

pub(crate) fn knows(word: &str) -> bool {
    let mut readings = Vec::new();
    listed(word, &mut readings);
    !readings.is_empty()
}

pub(crate) fn nearest(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let farthest = (letters.len() / 3).clamp(1, 2);
    let mut near: Vec<(usize, &str)> = words()
        .lexemes
        .iter()
        .filter(|it| it.lemma.len().abs_diff(letters.len()) <= farthest)
        .map(|it| (distance(&letters, &it.lemma.chars().collect::<Vec<_>>()), it.lemma.as_ref()))
        .filter(|(distance, _)| *distance <= farthest)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(3).map(|(_, lemma)| lemma.to_owned()).collect()
}

pub(crate) fn lemma(lexeme: LexemeId) -> Option<String> {
    words().lexemes.get(lexeme.0 as usize).map(|it| it.lemma.clone().into_owned())
}

const NONE: u32 = u32::MAX;

#[derive(Debug)]
struct Lexeme {
    lemma: Cow<'static, str>,
    class: Features,
    /// Its plural, or its past and its participle, are listed.
    irregular: bool,
}

/// What a listed form is of its lexeme.
#[derive(Clone, Copy, Debug)]
struct Form {
    lexeme: u32,
    /// `None` for the citation form, from which the others are made.
    features: Option<Features>,
    /// The next form with the same letters.
    next: u32,
}

#[derive(Debug, Default)]
struct Words {
    lexemes: Vec<Lexeme>,
    forms: Vec<Form>,
    first: FxHashMap<Cow<'static, str>, u32>,
}

// Made when the first English word is met: most acts have none.
fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(Words::new)
}

impl Words {
    fn new() -> Words {
        let mut words = Words::default();
        for (class, list) in
            LIST.lines().filter(|it| !it.starts_with('#')).filter_map(|it| it.split_once(':'))
        {
            match class {
                "form" => words.add_form(list),
                "modal" => {
                    for it in list.split_ascii_whitespace() {
                        let lexeme = words.add(Cow::Borrowed(it), Features::VERB);
                        words.lexemes[lexeme as usize].irregular = true;
                        words.enter(Cow::Borrowed(it), lexeme, Some(MODAL));
                    }
                }
                "adj+ly" => {
                    for it in list.split_ascii_whitespace() {
                        words.add_inflected(it, Features::ADJ);
                        let adverb = adverb(it);
                        if words.find(&adverb, Features::ADV).is_none() {
                            words.add_inflected_owned(adverb, Features::ADV);
                        }
                    }
                }
                name => {
                    let class = Features::from_name(name).unwrap_or_default();
                    for it in list.split_ascii_whitespace() {
                        words.add_inflected(it, class);
                    }
                }
            }
        }
        words
    }

    fn find(&self, lemma: &str, class: Features) -> Option<u32> {
        self.forms_of(lemma)
            .map(|it| it.lexeme)
            .find(|it| self.lexemes[*it as usize].class == class && self.lexemes[*it as usize].lemma == lemma)
    }

    fn add(&mut self, lemma: Cow<'static, str>, class: Features) -> u32 {
        self.lexemes.push(Lexeme { lemma, class, irregular: false });
        self.lexemes.len() as u32 - 1
    }

    fn add_inflected_owned(&mut self, lemma: String, class: Features) {
        let lexeme = self.add(Cow::Owned(lemma.clone()), class);
        self.enter(Cow::Owned(lemma), lexeme, None);
    }

    /// A word of the list with its irregular forms.
    fn add_inflected(&mut self, listed: &'static str, class: Features) {
        let mut forms = listed.split('/');
        // A conjunction may have a stroke itself: and/or.
        let (lemma, forms): (_, Vec<&'static str>) = match class {
            Features::NOUN | Features::VERB => (forms.next().unwrap_or_default(), forms.collect()),
            _ => (listed, Vec::new()),
        };
        if self.find(lemma, class).is_some() {
            return;
        }
        let lexeme = self.add(Cow::Borrowed(lemma), class);
        self.enter(Cow::Borrowed(lemma), lexeme, None);
        self.lexemes[lexeme as usize].irregular = !forms.is_empty();
        for (index, form) in forms.iter().enumerate() {
            let form = Cow::Borrowed(*form);
            if class == Features::NOUN {
                self.enter(form, lexeme, Some(PLURAL));
                continue;
            }
            // One form stands for the past and for the participle; of two the first is the past.
            if index == 0 {
                self.enter(form.clone(), lexeme, Some(PAST));
            }
            if index == 1 || forms.len() == 1 {
                self.enter(form, lexeme, Some(PASSIVE_PARTICIPLE));
            }
        }
    }

    /// `form lemma class feature…`
    fn add_form(&mut self, line: &'static str) {
        let mut parts = line.split_ascii_whitespace();
        let (Some(form), Some(lemma), Some(class)) = (parts.next(), parts.next(), parts.next()) else {
            return;
        };
        let class = Features::from_name(class).unwrap_or_default();
        let features = parts.filter_map(Features::from_name).fold(class, Features::with);
        let lexeme = match self.lexemes.iter().position(|it| it.lemma == lemma && it.class == class) {
            Some(at) => at as u32,
            None => {
                let lexeme = self.add(Cow::Borrowed(lemma), class);
                self.lexemes[lexeme as usize].irregular = true;
                lexeme
            }
        };
        self.enter(Cow::Borrowed(form), lexeme, Some(features));
    }

    fn enter(&mut self, form: Cow<'static, str>, lexeme: u32, features: Option<Features>) {
        let at = self.forms.len() as u32;
        let next = self.first.insert(form, at).unwrap_or(NONE);
        self.forms.push(Form { lexeme, features, next });
    }

    fn forms_of(&self, form: &str) -> impl Iterator<Item = Form> {
        let mut at = self.first.get(form).copied().unwrap_or(NONE);
        std::iter::from_fn(move || {
            let form = self.forms.get(at as usize).copied()?;
            at = form.next;
            Some(form)
        })
    }

    /// The lexemes of this class with this citation form, whose regular forms exist.
    fn regular(&self, lemma: &str, class: Features) -> impl Iterator<Item = u32> {
        self.forms_of(lemma)
            .filter(move |it| it.features.is_none() && self.lexemes[it.lexeme as usize].class == class)
            .map(|it| it.lexeme)
    }
}

const fn all(features: &[Features]) -> Features {
    let mut set = Features::NONE;
    let mut index = 0;
    while index < features.len() {
        set = set.with(features[index]);
        index += 1;
    }
    set
}

const MODAL: Features = all(&[Features::VERB, Features::FIN, Features::PRES, Features::SG, Features::PL]);
const SINGULAR: Features = all(&[Features::NOUN, Features::NOM, Features::SG]);
const PLURAL: Features = all(&[Features::NOUN, Features::NOM, Features::PL]);
const INFINITIVE: Features = all(&[Features::VERB, Features::INF]);
const PRESENT: Features = all(&[Features::VERB, Features::FIN, Features::PRES, Features::PL]);
const THIRD: Features = all(&[Features::VERB, Features::FIN, Features::PRES, Features::PERS3, Features::SG]);
const PAST: Features = all(&[Features::VERB, Features::FIN, Features::PAST]);
const PASSIVE_PARTICIPLE: Features =
    all(&[Features::VERB, Features::PARTICIPLE, Features::PASSIVE, Features::PAST]);
const ACTIVE_PARTICIPLE: Features = all(&[Features::VERB, Features::PARTICIPLE, Features::PRES]);
const GERUND: Features = all(&[Features::VERB, Features::VN]);
const COMPARED: Features = all(&[Features::ADJ, Features::CMP]);

fn listed(word: &str, out: &mut Vec<Reading>) {
    let start = out.len();
    if let Some((owner, features)) = possessive(word) {
        inflected(owner, out);
        // «authority's» is a noun and nothing else.
        let mut kept = start;
        for at in start..out.len() {
            let it = out[at];
            if it.features.has(Features::NOUN) && it.features.has(features) {
                let features = Features(it.features.0 & !Features::NOM.0) | Features::GEN;
                out[kept] = Reading { features, ..it };
                kept += 1;
            }
        }
        out.truncate(kept);
    } else {
        inflected(word, out);
    }
    if out.len() == start {
        compound(word, out);
    }
    // In a fixed order, each once.
    out[start..].sort_unstable();
    let mut kept = start;
    for at in start..out.len() {
        if at == start || out[at] != out[kept - 1] {
            out[kept] = out[at];
            kept += 1;
        }
    }
    out.truncate(kept);
}

/// The owner, and the number that it has.
fn possessive(word: &str) -> Option<(&str, Features)> {
    word.strip_suffix("'s")
        .map(|it| (it, Features::NONE))
        .or_else(|| word.strip_suffix('\'').map(|it| (it, Features::PL)))
}

fn inflected(word: &str, out: &mut Vec<Reading>) {
    let words = words();
    let mut push = |lexeme: u32, features: Features| out.push(Reading { lexeme: LexemeId(lexeme), features });
    let mut noun = false;
    for form in words.forms_of(word) {
        let class = words.lexemes[form.lexeme as usize].class;
        noun |= class == Features::NOUN;
        match form.features {
            Some(features) => push(form.lexeme, features),
            None if class == Features::NOUN => push(form.lexeme, SINGULAR),
            None if class == Features::VERB => {
                push(form.lexeme, INFINITIVE);
                push(form.lexeme, PRESENT);
            }
            None => push(form.lexeme, class),
        }
    }
    with_base(word, "s", |base| {
        for lexeme in words.regular(base, Features::NOUN) {
            if !words.lexemes[lexeme as usize].irregular {
                push(lexeme, PLURAL);
            }
        }
        words.regular(base, Features::VERB).for_each(|it| push(it, THIRD));
    });
    with_base(word, "ed", |base| {
        for lexeme in words.regular(base, Features::VERB) {
            if !words.lexemes[lexeme as usize].irregular {
                push(lexeme, PAST);
                push(lexeme, PASSIVE_PARTICIPLE);
            }
        }
    });
    with_base(word, "ing", |base| {
        for lexeme in words.regular(base, Features::VERB) {
            push(lexeme, ACTIVE_PARTICIPLE);
            push(lexeme, GERUND);
        }
    });
    if !noun {
        // «owner» is no comparative of «own».
        for ending in ["er", "est"] {
            with_base(word, ending, |base| {
                words.regular(base, Features::ADJ).for_each(|it| push(it, COMPARED));
            });
        }
    }
}

/// Calls `found` with every word that this regular ending, spelled as it is after such a word, may have been put to.
fn with_base(word: &str, ending: &str, mut found: impl FnMut(&str)) {
    let Some(stem) = word.strip_suffix(ending) else { return };
    // Folding leaves other alphabets in; the rules below cut letters of one byte.
    if stem.len() < 2 || !stem.is_ascii() {
        return;
    }
    let bytes = stem.as_bytes();
    let last = bytes[bytes.len() - 1];
    let before = bytes[bytes.len() - 2];
    if ending == "s" {
        let hissing = |it: &str| ["s", "x", "z", "ch", "sh"].iter().any(|end| it.ends_with(end));
        if let Some(base) = stem.strip_suffix("ie") {
            found(&format!("{base}y"));
        }
        if let Some(base) = stem.strip_suffix('e')
            && (hissing(base) || base.ends_with('o'))
        {
            found(base);
        }
        if !hissing(stem) && (last != b'y' || is_vowel(before)) {
            found(stem);
        }
        return;
    }
    // The vowel of the ending takes the place of a silent e: determin|ed, determin|ing, larg|er.
    if !matches!(last, b'e' | b'i') || ending == "ing" {
        found(&format!("{stem}e"));
    }
    if last == b'e' && ending != "ing" {
        // agre|ed
        found(&format!("{stem}e"));
    }
    if ending == "ing" {
        if let Some(base) = stem.strip_suffix('y') {
            // ly|ing of lie
            found(&format!("{base}ie"));
        }
        if (last != b'e' || matches!(before, b'e' | b'o' | b'y')) && !doubles(bytes) {
            found(stem);
        }
    } else {
        if let Some(base) = stem.strip_suffix('i') {
            found(&format!("{base}y"));
        }
        if last != b'e' && (last != b'y' || is_vowel(before)) && !doubles(bytes) {
            found(stem);
        }
    }
    if last == before && !is_vowel(last) && ends_in_short_syllable(&bytes[..bytes.len() - 1]) {
        found(&stem[..stem.len() - 1]);
    }
}

/// True for a word of one syllable that doubles its last letter before a vowel: plan, planned.
fn doubles(word: &[u8]) -> bool {
    let syllables =
        word.iter().zip(word.iter().skip(1)).filter(|(a, b)| is_vowel(**a) && !is_vowel(**b)).count();
    syllables == 1 && ends_in_short_syllable(word)
}

/// True when the word ends with a single vowel letter and a single consonant that can be doubled.
fn ends_in_short_syllable(word: &[u8]) -> bool {
    match word {
        [.., a, b, c] => {
            !is_vowel(*c)
                && !matches!(c, b'w' | b'x' | b'y')
                && is_vowel(*b)
                && (!is_vowel(*a) || word.ends_with(b"quit"))
        }
        _ => false,
    }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn adverb(adjective: &str) -> String {
    if let Some(stem) = adjective.strip_suffix('y') {
        format!("{stem}ily")
    } else if let Some(stem) =
        adjective.strip_suffix("le").filter(|it| !it.ends_with(['a', 'e', 'i', 'o', 'u']) && it.len() > 3)
    {
        format!("{stem}ly")
    } else if adjective.ends_with("ic") && adjective != "public" {
        format!("{adjective}ally")
    } else if adjective.ends_with("ll") {
        format!("{adjective}y")
    } else {
        match adjective {
            "true" | "due" | "whole" => format!("{}ly", &adjective[..adjective.len() - 1]),
            _ => format!("{adjective}ly"),
        }
    }
}

/// «co-applicant», «sub-contractor», «state-owned»: the word is read as its last part, when both parts are words.
///
/// Not so with «non-»: a «non-payment» is no payment.
fn compound(word: &str, out: &mut Vec<Reading>) {
    const PREFIXES: &[&str] =
        &["co", "sub", "inter", "pre", "post", "re", "vice", "multi", "semi", "ex", "sole"];
    let Some((first, last)) = word.rsplit_once('-') else { return };
    if first.is_empty() || last.is_empty() || first == "non" {
        return;
    }
    let mut readings = Vec::new();
    if !PREFIXES.contains(&first) {
        for part in first.split('-') {
            readings.clear();
            inflected(part, &mut readings);
            if readings.is_empty() {
                return;
            }
        }
    }
    inflected(last, out);
}

/// A lexeme made from the stem, with the class that the ending tells.
fn guess(word: &str, out: &mut Vec<Reading>) {
    if !word.chars().any(char::is_alphabetic) {
        return;
    }
    let (word, owner) = match possessive(word) {
        Some((word, number)) => (word, Some(number)),
        None => (word, None),
    };
    if !word.is_ascii() {
        let features = Features::GUESS | SINGULAR;
        out.push(Reading { lexeme: LexemeId(stem_number(word)), features });
        return;
    }
    let stem = Stemmer::create(Algorithm::English).stem(word);
    let lexeme = LexemeId(stem_number(&stem));
    if let Some(number) = owner {
        let features = Features::GUESS | Features::NOUN | Features::GEN | number;
        out.push(Reading { lexeme, features });
        return;
    }
    let fits = |ending: &str| word.len() >= ending.len() + 3 && word.ends_with(ending);
    let guessed = ENDINGS.iter().find(|(ending, _)| fits(ending)).map_or(&[SINGULAR][..], |(_, it)| it);
    out.extend(guessed.iter().map(|it| Reading { lexeme, features: Features::GUESS | *it }));
}

/// The first ending that fits; a singular noun when none does.
const ENDINGS: &[(&str, &[Features])] = &[
    ("ly", &[Features::ADV]),
    ("ing", &[ACTIVE_PARTICIPLE, GERUND]),
    ("ed", &[PAST, PASSIVE_PARTICIPLE]),
    ("ness", &[SINGULAR]),
    ("ss", &[SINGULAR]),
    ("ous", &[Features::ADJ]),
    ("us", &[SINGULAR]),
    ("is", &[SINGULAR]),
    ("ises", &[PLURAL, THIRD]),
    ("izes", &[THIRD]),
    ("ifies", &[THIRD]),
    ("s", &[PLURAL]),
    ("ise", &[SINGULAR, INFINITIVE, PRESENT]),
    ("ize", &[INFINITIVE, PRESENT]),
    ("ify", &[INFINITIVE, PRESENT]),
    ("able", &[Features::ADJ]),
    ("ible", &[Features::ADJ]),
    ("ical", &[Features::ADJ]),
    ("ional", &[Features::ADJ]),
    ("ful", &[Features::ADJ]),
    ("less", &[Features::ADJ]),
    ("ive", &[Features::ADJ]),
    ("ish", &[Features::ADJ]),
    ("ory", &[Features::ADJ]),
];
