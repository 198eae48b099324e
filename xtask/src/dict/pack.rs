//! Writes the packed dictionary that `kalys_dict_ru` reads; the layout is described there.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result, ensure};
use kalys_dict_ru::{LEMMA_BLOCK, MAGIC, MAX_LETTERS, MAX_LEXEMES_PER_FORM, SECTIONS, decode, encode};

/// A reading, by the number of the lexeme in the order in which words were read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Analysis {
    /// The lexeme.
    pub(crate) lexeme: u32,
    /// Bits of `Features`.
    pub(crate) features: u64,
}

/// A form with all its readings.
pub(crate) struct Form {
    /// The form, folded.
    pub(crate) word: String,
    /// Lemma, its part of speech, features.
    pub(crate) readings: Vec<(String, u64, u64)>,
}

/// The file and what is to be told of it.
pub(crate) struct Packed {
    /// The file.
    pub(crate) bytes: Vec<u8>,
    /// Counts and sizes, a line each.
    pub(crate) summary: String,
}

/// Packs the forms.
pub(crate) fn pack(forms: Vec<Form>, source_sha256: &[u8; 32]) -> Result<Packed> {
    let mut lexemes: BTreeMap<(Vec<u8>, u64), u32> = BTreeMap::new();
    let mut features: BTreeMap<u64, u16> = BTreeMap::new();
    for (lemma, class, feature) in forms.iter().flat_map(|it| &it.readings) {
        lexemes.insert((key(lemma)?, *class), 0);
        features.insert(*feature, 0);
    }
    for (number, lexeme) in lexemes.values_mut().enumerate() {
        *lexeme = number as u32;
    }
    for (number, feature) in features.values_mut().enumerate() {
        *feature = number as u16;
    }
    ensure!(features.len() < 1 << 11, "{} sets of features do not fit in 11 bits", features.len());
    let n_lexemes = lexemes.len() as u32;

    let mut sets = Numbered::default();
    let mut classes = Numbered::default();
    let mut values: Vec<(Vec<u8>, u32, u32)> = Vec::with_capacity(forms.len());
    for form in &forms {
        let mut readings: Vec<(u32, u64)> = form
            .readings
            .iter()
            .map(|(lemma, class, feature)| Ok((lexemes[&(key(lemma)?, *class)], *feature)))
            .collect::<Result<_>>()?;
        readings.sort();
        readings.dedup();
        let mut set: Vec<u32> = readings.iter().map(|it| it.0).collect();
        set.dedup();
        ensure!(set.len() <= MAX_LEXEMES_PER_FORM, "{} belongs to {} lexemes", form.word, set.len());
        let class = readings
            .iter()
            .map(|(lexeme, feature)| {
                let index = set.partition_point(|it| it < lexeme) as u16;
                index << 11 | features[feature]
            })
            .collect();
        let words = match set[..] {
            [lexeme] => lexeme,
            _ => n_lexemes + sets.number(set),
        };
        values.push((key(&form.word)?, words, classes.number(class)));
    }
    values.sort();
    let n_classes = classes.len() as u64;
    let mut automaton = fst::MapBuilder::memory();
    for (key, words, class) in &values {
        automaton.insert(key, u64::from(*words) * n_classes + u64::from(*class))?;
    }

    let (class_index, class_entries) = classes.table();
    let (set_index, set_entries) = sets.table();
    let (blocks, lemmas) = front_coded(lexemes.keys().map(|it| it.0.as_slice()));
    let sections: [(&str, Vec<u8>); SECTIONS] = [
        ("features", features.keys().flat_map(|it| it.to_le_bytes()).collect()),
        ("classes", class_index),
        ("entries of classes", class_entries.iter().flat_map(|it| it.to_le_bytes()).collect()),
        ("sets", set_index),
        ("entries of sets", set_entries.iter().flat_map(|it| it.to_le_bytes()).collect()),
        ("blocks of lemmas", blocks),
        ("lemmas", lemmas),
        ("forms", automaton.into_inner()?),
    ];
    let mut bytes = Vec::new();
    bytes.extend(MAGIC);
    bytes.extend(source_sha256);
    bytes.extend((n_classes as u32).to_le_bytes());
    bytes.extend(n_lexemes.to_le_bytes());
    let mut end = (bytes.len() + 4 * (SECTIONS + 1)) as u32;
    bytes.extend(end.to_le_bytes());
    let mut summary =
        format!("{} forms, {n_lexemes} lexemes, {n_classes} classes, {} sets\n", values.len(), sets.len());
    for (name, section) in &sections {
        writeln!(summary, "  {name}: {} bytes", section.len())?;
        end += section.len() as u32;
        bytes.extend(end.to_le_bytes());
    }
    for (_, section) in sections {
        bytes.extend(section);
    }
    Ok(Packed { bytes, summary })
}

fn key(word: &str) -> Result<Vec<u8>> {
    let mut buffer = [0; MAX_LETTERS];
    let key = encode(word, &mut buffer).with_context(|| format!("{word} cannot be a key"))?;
    ensure!(decode(key) == word, "{word} does not survive its key");
    Ok(key.to_vec())
}

/// Different lists, numbered as they come.
struct Numbered<T> {
    numbers: std::collections::HashMap<Vec<T>, u32>,
    lists: Vec<Vec<T>>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Numbered { numbers: Default::default(), lists: Vec::new() }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Numbered<T> {
    fn number(&mut self, list: Vec<T>) -> u32 {
        let next = self.lists.len() as u32;
        *self.numbers.entry(list).or_insert_with_key(|it| {
            self.lists.push(it.clone());
            next
        })
    }

    fn len(&self) -> usize {
        self.lists.len()
    }

    /// The first entry of each list with an end, and the entries.
    fn table(&self) -> (Vec<u8>, Vec<T>) {
        let mut index = Vec::new();
        let mut entries = Vec::new();
        for list in &self.lists {
            index.extend((entries.len() as u32).to_le_bytes());
            entries.extend(list.iter().cloned());
        }
        index.extend((entries.len() as u32).to_le_bytes());
        (index, entries)
    }
}

/// Sorted keys, each as the number of letters shared with the one before, the number of further letters, and these.
fn front_coded<'a>(keys: impl Iterator<Item = &'a [u8]>) -> (Vec<u8>, Vec<u8>) {
    let (mut blocks, mut out) = (Vec::new(), Vec::new());
    let mut before: &[u8] = &[];
    for (index, key) in keys.enumerate() {
        if (index as u32).is_multiple_of(LEMMA_BLOCK) {
            blocks.extend((out.len() as u32).to_le_bytes());
            before = &[];
        }
        let shared = before.iter().zip(key).take_while(|(a, b)| a == b).count();
        // A key has at most MAX_LETTERS bytes.
        out.extend([shared as u8, (key.len() - shared) as u8]);
        out.extend(&key[shared..]);
        before = key;
    }
    (blocks, out)
}
