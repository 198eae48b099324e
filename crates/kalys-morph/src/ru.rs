//! Russian: the packed dictionary, a short list of words it lacks, and for the rest a guess from stem and ending.
//!
//! It is for saying which dictionary words a folded form may belong to. It does not choose between readings.

use std::sync::OnceLock;

use kalys_dict_ru as dictionary;
use rust_stemmers::{Algorithm, Stemmer};

use crate::{Features, LexemeId, Reading};

/// Readings of the dictionary, or else of the list of further words, of the word with ь for a mistaken ъ, of the parts of
/// a word with a hyphen; a guess when none of these knows it.
pub(crate) fn analyze(word: &str, out: &mut Vec<Reading>) {
    if let Some(analyses) = dictionary::analyze(word) {
        out.extend(analyses.map(reading));
        return;
    }
    let start = out.len();
    if listed(word, out) || soft_for_hard_sign(word, out) || compound(word, out) {
        out[start..].sort();
        // A word of this kind is rare and has a handful of readings.
        let mut kept = start;
        for index in start..out.len() {
            if index == start || out[index] != out[kept - 1] {
                out[kept] = out[index];
                kept += 1;
            }
        }
        out.truncate(kept);
        return;
    }
    guess(word, out);
}

pub(crate) fn knows(word: &str) -> bool {
    dictionary::contains(word) || listed(word, &mut Vec::new()) || compound(word, &mut Vec::new())
}

pub(crate) fn nearest(word: &str) -> Vec<String> {
    dictionary::nearest(word, 3)
}

pub(crate) fn lemma(lexeme: LexemeId) -> Option<String> {
    match lexeme.0.checked_sub(dictionary::n_lexemes()) {
        None => dictionary::lemma(lexeme.0),
        Some(index) => extra_words().get(index as usize).map(|it| it.lemma.clone()),
    }
}

fn reading(it: dictionary::Analysis) -> Reading {
    Reading { lexeme: LexemeId(it.lexeme), features: Features(it.features) }
}

/// A word that the dictionary lacks.
#[derive(Debug)]
struct Extra {
    lemma: String,
    stem: &'static str,
    inflection: Inflection,
}

#[derive(Debug)]
enum Inflection {
    None(Features),
    /// As the dictionary's lexeme of this number, whose forms begin with this stem.
    Like(&'static str, u32),
}

fn extra_words() -> &'static [Extra] {
    static WORDS: OnceLock<Vec<Extra>> = OnceLock::new();
    WORDS.get_or_init(|| include_str!("../data/ru.txt").lines().filter_map(extra_word).collect())
}

/// `None` for a comment, and for a line that names an unknown model or class; a test holds that there is none of those.
fn extra_word(line: &'static str) -> Option<Extra> {
    let (word, model) = line.split('#').next()?.trim().split_once(' ')?;
    let Some((stem, ending)) = word.split_once('|') else {
        let inflection = Inflection::None(Features::from_name(model)?);
        return Some(Extra { lemma: word.to_owned(), stem: word, inflection });
    };
    let (model_stem, model_ending) = model.split_once('|')?;
    let model = format!("{model_stem}{model_ending}");
    let lexeme = dictionary::analyze(&model)?
        .map(|it| it.lexeme)
        .find(|it| dictionary::lemma(*it).is_some_and(|lemma| lemma == model))?;
    Some(Extra { lemma: format!("{stem}{ending}"), stem, inflection: Inflection::Like(model_stem, lexeme) })
}

fn listed(word: &str, out: &mut Vec<Reading>) -> bool {
    let start = out.len();
    for (index, extra) in extra_words().iter().enumerate() {
        let Some(ending) = word.strip_prefix(extra.stem) else { continue };
        let lexeme = LexemeId(dictionary::n_lexemes() + index as u32);
        match extra.inflection {
            Inflection::None(features) if ending.is_empty() => out.push(Reading { lexeme, features }),
            Inflection::None(_) => {}
            Inflection::Like(stem, model) => {
                let forms = dictionary::analyze(&format!("{stem}{ending}"));
                let forms = forms.into_iter().flatten().filter(|it| it.lexeme == model);
                out.extend(forms.map(|it| Reading { lexeme, ..reading(it) }));
            }
        }
    }
    out.len() > start
}

/// «статъя»: a slip that old typing and recognised scans are full of.
fn soft_for_hard_sign(word: &str, out: &mut Vec<Reading>) -> bool {
    if !word.contains('ъ') {
        return false;
    }
    let start = out.len();
    out.extend(dictionary::analyze(&word.replace('ъ', "ь")).into_iter().flatten().map(reading));
    out.len() > start
}

/// «купли-продажи» is read as «продажи»; «лица-нерезидента», where both parts stand in one case and number, as either.
fn compound(word: &str, out: &mut Vec<Reading>) -> bool {
    const AGREEMENT: Features = Features(
        Features::NOM.0
            | Features::GEN.0
            | Features::DAT.0
            | Features::ACC.0
            | Features::INS.0
            | Features::LOC.0
            | Features::SG.0
            | Features::PL.0,
    );
    let Some((first, last)) = word.rsplit_once('-') else { return false };
    let start = out.len();
    match dictionary::analyze(last) {
        Some(analyses) => out.extend(analyses.map(reading)),
        None if !listed(last, out) => return false,
        None => {}
    }
    let end = out.len();
    let first = first.rsplit_once('-').map_or(first, |(_, it)| it);
    for it in dictionary::analyze(first).into_iter().flatten().map(reading) {
        let agrees = |last: &Reading| {
            last.features.has(Features::NOUN) && last.features & AGREEMENT == it.features & AGREEMENT
        };
        if it.features.has(Features::NOUN) && out[start..end].iter().any(agrees) {
            out.push(it);
        }
    }
    out.len() > start
}

/// A lexeme made from the stem, with features that the ending tells.
fn guess(word: &str, out: &mut Vec<Reading>) {
    if !word.chars().any(char::is_alphabetic) {
        return;
    }
    let cyrillic = word.chars().all(|it| matches!(it, 'а'..='я' | '-'));
    if !cyrillic {
        let lexeme = LexemeId(stem_number(word));
        out.push(Reading { lexeme, features: Features::GUESS | Features::NOUN });
        return;
    }
    let stem = Stemmer::create(Algorithm::Russian).stem(word);
    // «-ировать» and «-ирует» keep different stems otherwise.
    let stem = if stem.ends_with("ирова") { &stem[..stem.len() - "ова".len()] } else { &stem };
    let features = ending_features(word) | Features::GUESS;
    out.push(Reading { lexeme: LexemeId(stem_number(stem)), features });
}

/// Numbers from 0x8000_0000 on are of stems, those below of the dictionary.
pub(crate) fn stem_number(stem: &str) -> u32 {
    // FNV-1a: short words, no seed, the same on every machine.
    let hash =
        stem.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash | 0x8000_0000
}

/// The first ending that fits, longer ones of a kind first; a noun when none does.
fn ending_features(word: &str) -> Features {
    ENDINGS
        .iter()
        .find(|(ending, _)| word.len() > ending.len() + 4 && word.ends_with(ending))
        .map_or(Features::NOUN, |(_, features)| *features)
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

const PASSIVE_PARTICIPLE: Features =
    all(&[Features::VERB, Features::PARTICIPLE, Features::PASSIVE, Features::PAST]);
const SHORT_PARTICIPLE: Features = PASSIVE_PARTICIPLE.with(Features::SHORT);
const PRESENT: Features = all(&[Features::VERB, Features::FIN, Features::PRES, Features::PERS3]);
const PAST: Features = all(&[Features::VERB, Features::FIN, Features::PAST]);
const SG: Features = Features::SG;
const PL: Features = Features::PL;

/// Only endings that nouns of law rarely have stand for verbs: «-ет» is also of «комитет», «-ует» is not.
const ENDINGS: &[(&str, Features)] = &[
    ("ированный", all(&[PASSIVE_PARTICIPLE, SG, Features::MASC, Features::NOM, Features::ACC])),
    ("ированного", all(&[PASSIVE_PARTICIPLE, SG, Features::GEN, Features::ACC])),
    ("ированному", all(&[PASSIVE_PARTICIPLE, SG, Features::DAT])),
    ("ированным", all(&[PASSIVE_PARTICIPLE, SG, PL, Features::INS, Features::DAT])),
    ("ированном", all(&[PASSIVE_PARTICIPLE, SG, Features::LOC])),
    ("ированная", all(&[PASSIVE_PARTICIPLE, SG, Features::FEM, Features::NOM])),
    (
        "ированной",
        all(&[
            PASSIVE_PARTICIPLE,
            SG,
            Features::FEM,
            Features::GEN,
            Features::DAT,
            Features::INS,
            Features::LOC,
        ]),
    ),
    ("ированную", all(&[PASSIVE_PARTICIPLE, SG, Features::FEM, Features::ACC])),
    ("ированное", all(&[PASSIVE_PARTICIPLE, SG, Features::NEUT, Features::NOM, Features::ACC])),
    ("ированные", all(&[PASSIVE_PARTICIPLE, PL, Features::NOM, Features::ACC])),
    ("ированных", all(&[PASSIVE_PARTICIPLE, PL, Features::GEN, Features::ACC, Features::LOC])),
    ("ированными", all(&[PASSIVE_PARTICIPLE, PL, Features::INS])),
    ("ирован", all(&[SHORT_PARTICIPLE, SG, Features::MASC])),
    ("ирована", all(&[SHORT_PARTICIPLE, SG, Features::FEM])),
    ("ировано", all(&[SHORT_PARTICIPLE, SG, Features::NEUT])),
    ("ированы", SHORT_PARTICIPLE.with(PL)),
    ("ого", all(&[Features::ADJ, SG, Features::GEN, Features::ACC])),
    ("его", all(&[Features::ADJ, SG, Features::GEN, Features::ACC])),
    ("ому", all(&[Features::ADJ, SG, Features::DAT])),
    ("ему", all(&[Features::ADJ, SG, Features::DAT])),
    ("ый", all(&[Features::ADJ, SG, Features::MASC, Features::NOM, Features::ACC])),
    ("ая", all(&[Features::ADJ, SG, Features::FEM, Features::NOM])),
    ("яя", all(&[Features::ADJ, SG, Features::FEM, Features::NOM])),
    ("ое", all(&[Features::ADJ, SG, Features::NEUT, Features::NOM, Features::ACC])),
    ("ее", all(&[Features::ADJ, SG, Features::NEUT, Features::NOM, Features::ACC])),
    ("ые", all(&[Features::ADJ, PL, Features::NOM, Features::ACC])),
    ("ых", all(&[Features::ADJ, PL, Features::GEN, Features::ACC, Features::LOC])),
    ("их", all(&[Features::ADJ, PL, Features::GEN, Features::ACC, Features::LOC])),
    ("ыми", all(&[Features::ADJ, PL, Features::INS])),
    ("ими", all(&[Features::ADJ, PL, Features::INS])),
    ("ую", all(&[Features::ADJ, SG, Features::FEM, Features::ACC])),
    ("ым", all(&[Features::ADJ, SG, PL, Features::INS, Features::DAT])),
    ("ться", all(&[Features::VERB, Features::INF, Features::PASSIVE])),
    ("ть", all(&[Features::VERB, Features::INF])),
    ("ется", all(&[PRESENT, SG, Features::PASSIVE])),
    ("ются", all(&[PRESENT, PL, Features::PASSIVE])),
    ("ится", all(&[PRESENT, SG, Features::PASSIVE])),
    ("ятся", all(&[PRESENT, PL, Features::PASSIVE])),
    ("утся", all(&[PRESENT, PL, Features::PASSIVE])),
    ("атся", all(&[PRESENT, PL, Features::PASSIVE])),
    ("ует", all(&[PRESENT, SG])),
    ("уют", all(&[PRESENT, PL])),
    ("ает", all(&[PRESENT, SG])),
    ("ают", all(&[PRESENT, PL])),
    ("яет", all(&[PRESENT, SG])),
    ("яют", all(&[PRESENT, PL])),
    ("ировал", all(&[PAST, SG, Features::MASC])),
    ("ировала", all(&[PAST, SG, Features::FEM])),
    ("ировало", all(&[PAST, SG, Features::NEUT])),
    ("ировали", PAST.with(PL)),
    ("ость", all(&[Features::NOUN, SG, Features::FEM, Features::NOM, Features::ACC])),
    ("ами", all(&[Features::NOUN, PL, Features::INS])),
    ("ями", all(&[Features::NOUN, PL, Features::INS])),
    ("ах", all(&[Features::NOUN, PL, Features::LOC])),
    ("ях", all(&[Features::NOUN, PL, Features::LOC])),
    ("ам", all(&[Features::NOUN, PL, Features::DAT])),
    ("ям", all(&[Features::NOUN, PL, Features::DAT])),
    ("ов", all(&[Features::NOUN, PL, Features::GEN])),
    ("ом", all(&[Features::NOUN, SG, Features::INS])),
    ("ем", all(&[Features::NOUN, SG, Features::INS])),
];

#[cfg(test)]
mod tests;
