//! Where things lie in the packed file, and how they are read in place.
//!
//! All numbers are little-endian. The file is a head (magic, SHA-256 of the source, number of classes, number of lexemes,
//! offsets of the sections) and the sections in the order of [`SECTIONS`]. An automaton maps each form to
//! `words × number of classes + class`: `words` is a lexeme, or (from the number of lexemes on) a set of lexemes;
//! the class says which lexeme of the set stands with which features, and is shared by all forms that are alike in this.

/// First bytes of the file.
pub const MAGIC: [u8; 4] = *b"KDR1";
/// Sections of the file: features (u64 each); first entry of each class, with an end (u32 each); entries of classes
/// (u16: five bits which lexeme of the set, eleven bits which features); first entry of each set, with an end (u32
/// each); entries of sets (u32 a lexeme); first byte of each block of lemmas (u32 each); lemmas; the automaton.
pub const SECTIONS: usize = 8;
/// Lemmas in a block. A lemma is the number of letters it shares with the one before it (0 at the start of a block), the
/// number of its further letters, and these.
pub const LEMMA_BLOCK: u32 = 16;
/// No form belongs to more lexemes.
pub const MAX_LEXEMES_PER_FORM: usize = 32;

const FEATURE_BITS: u16 = 11;
const SHA256: usize = 4;
const N_CLASSES: usize = SHA256 + 32;
const N_LEXEMES: usize = N_CLASSES + 4;
const OFFSETS: usize = N_LEXEMES + 4;

/// One way to understand a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Analysis {
    /// The dictionary word.
    pub lexeme: u32,
    /// Its grammar, in the bits of `kalys_morph::Features`.
    pub features: u64,
}

/// The analyses of one form, by lexeme and then by features.
#[derive(Clone, Debug)]
pub struct Analyses {
    tables: Tables,
    words: Words,
    entries: std::slice::ChunksExact<'static, u8>,
}

#[derive(Clone, Copy, Debug)]
enum Words {
    One(u32),
    /// Where the set begins, in bytes of its section.
    Set(usize),
}

impl Iterator for Analyses {
    type Item = Analysis;

    fn next(&mut self) -> Option<Analysis> {
        let entry = self.entries.next()?;
        let entry = u16::from_le_bytes([entry[0], entry[1]]);
        let lexeme = match self.words {
            Words::One(lexeme) => lexeme,
            Words::Set(start) => {
                u32_at(self.tables.set_entries, start + 4 * usize::from(entry >> FEATURE_BITS))
            }
        };
        let at = 8 * usize::from(entry & ((1 << FEATURE_BITS) - 1));
        let features = self.tables.features[at..at + 8].try_into().expect("eight bytes were cut");
        Some(Analysis { lexeme, features: u64::from_le_bytes(features) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.entries.size_hint()
    }
}

impl ExactSizeIterator for Analyses {}

/// The sections of the file. They are made by `xtask dict` and are not checked here.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tables {
    head: &'static [u8],
    n_classes: u64,
    n_lexemes: u32,
    features: &'static [u8],
    classes: &'static [u8],
    class_entries: &'static [u8],
    sets: &'static [u8],
    set_entries: &'static [u8],
    lemma_blocks: &'static [u8],
    lemmas: &'static [u8],
    forms: &'static [u8],
}

impl Tables {
    pub(crate) fn new(data: &'static [u8]) -> Tables {
        assert!(
            data.starts_with(&MAGIC),
            "the packed dictionary is of another version: run `cargo xtask dict`"
        );
        let section = |index: usize| {
            let start = u32_at(data, OFFSETS + 4 * index) as usize;
            let end = u32_at(data, OFFSETS + 4 * (index + 1)) as usize;
            &data[start..end]
        };
        Tables {
            head: data,
            n_classes: u64::from(u32_at(data, N_CLASSES)),
            n_lexemes: u32_at(data, N_LEXEMES),
            features: section(0),
            classes: section(1),
            class_entries: section(2),
            sets: section(3),
            set_entries: section(4),
            lemma_blocks: section(5),
            lemmas: section(6),
            forms: section(7),
        }
    }

    pub(crate) fn forms(&self) -> &'static [u8] {
        self.forms
    }

    pub(crate) fn n_lexemes(&self) -> u32 {
        self.n_lexemes
    }

    pub(crate) fn source_sha256(&self) -> &'static [u8; 32] {
        self.head[SHA256..SHA256 + 32].try_into().expect("32 bytes were cut")
    }

    pub(crate) fn analyses(&self, value: u64) -> Analyses {
        let (words, class) = (value / self.n_classes, (value % self.n_classes) as usize);
        let words = match (words as u32).checked_sub(self.n_lexemes) {
            None => Words::One(words as u32),
            Some(set) => Words::Set(4 * u32_at(self.sets, 4 * set as usize) as usize),
        };
        let start = 2 * u32_at(self.classes, 4 * class) as usize;
        let end = 2 * u32_at(self.classes, 4 * class + 4) as usize;
        Analyses { tables: *self, words, entries: self.class_entries[start..end].chunks_exact(2) }
    }

    pub(crate) fn lemma(&self, lexeme: u32) -> Option<String> {
        if lexeme >= self.n_lexemes {
            return None;
        }
        let mut at = u32_at(self.lemma_blocks, 4 * (lexeme / LEMMA_BLOCK) as usize) as usize;
        let mut key = Vec::new();
        for _ in 0..=lexeme % LEMMA_BLOCK {
            let (shared, further) = (usize::from(self.lemmas[at]), usize::from(self.lemmas[at + 1]));
            key.truncate(shared);
            key.extend_from_slice(&self.lemmas[at + 2..at + 2 + further]);
            at += 2 + further;
        }
        Some(crate::decode(&key))
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
