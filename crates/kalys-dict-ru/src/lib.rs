//! The Russian dictionary of OpenCorpora, packed: form → the dictionary words it may belong to, each with its grammar.
//!
//! This crate is for holding the data under its own licence (CC BY-SA 3.0, see NOTICE) and for reading it where it lies:
//! nothing is parsed or decompressed when the program starts. It knows no grammar; features are bits whose meaning is in
//! `kalys-morph`. The data are made by `cargo xtask dict`.

mod layout;
mod letters;

use std::sync::OnceLock;

use fst::automaton::Levenshtein;
use fst::raw::{CompiledAddr, Fst};
use fst::{IntoStreamer, Map, Streamer};

pub use layout::{Analyses, Analysis, LEMMA_BLOCK, MAGIC, MAX_LEXEMES_PER_FORM, SECTIONS};
pub use letters::{MAX_LETTERS, decode, encode};

use layout::Tables;

static DATA: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/ru.dict"));

/// Every analysis of a form: lower case, е for ё. `None` for a form that is not in the dictionary.
pub fn analyze(form: &str) -> Option<Analyses> {
    let mut buffer = [0; MAX_LETTERS];
    let key = encode(form, &mut buffer)?;
    let dictionary = dictionary();
    let value = find(dictionary.forms.as_fst(), key)?;
    Some(dictionary.tables.analyses(value))
}

/// True when the form is in the dictionary.
pub fn contains(form: &str) -> bool {
    let mut buffer = [0; MAX_LETTERS];
    encode(form, &mut buffer).is_some_and(|key| find(dictionary().forms.as_fst(), key).is_some())
}

/// Letters that some form of the dictionary begins with, for asking letter by letter where a form may end.
#[derive(Clone, Copy, Debug)]
pub struct Beginning {
    node: CompiledAddr,
    value: u64,
}

impl Beginning {
    /// No letter yet.
    pub fn empty() -> Beginning {
        Beginning { node: dictionary().forms.as_fst().root().addr(), value: 0 }
    }

    /// One more letter; `None` when no form goes on with it.
    pub fn with(self, letter: char) -> Option<Beginning> {
        let node = dictionary().forms.as_fst().node(self.node);
        let transition = node.transition(node.find_input(letters::code(letter)?)?);
        Some(Beginning { node: transition.addr, value: self.value + transition.out.value() })
    }

    /// The analyses of these letters, if they are a form.
    pub fn analyses(self) -> Option<Analyses> {
        let dictionary = dictionary();
        let node = dictionary.forms.as_fst().node(self.node);
        node.is_final().then(|| dictionary.tables.analyses(self.value + node.final_output().value()))
    }
}

/// The citation form of a lexeme; `None` for a number that no lexeme has.
pub fn lemma(lexeme: u32) -> Option<String> {
    dictionary().tables.lemma(lexeme)
}

/// Up to `limit` forms that look most like `word`, the nearest first, at most two letters different.
pub fn nearest(word: &str, limit: usize) -> Vec<String> {
    let mut buffer = [0; MAX_LETTERS];
    let Some(key) = encode(word, &mut buffer) else { return Vec::new() };
    // Keys are ASCII, so an edit of a byte is an edit of a letter.
    let text = String::from_utf8_lossy(key).into_owned();
    for distance in 1..=2 {
        // A word too long for the automaton has no near ones.
        let Ok(automaton) = Levenshtein::new(&text, distance) else { return Vec::new() };
        let mut stream = dictionary().forms.search(automaton).into_stream();
        let mut found = Vec::new();
        while let Some((near, _)) = stream.next() {
            if near != key {
                let rank = (likeness(key, near), near.len().abs_diff(key.len()));
                found.push((rank, near.to_vec()));
            }
        }
        if !found.is_empty() {
            found.sort();
            return found.into_iter().take(limit).map(|(_, near)| decode(&near)).collect();
        }
    }
    Vec::new()
}

/// SHA-256 of the wheel from which the data were made.
pub fn source_sha256() -> &'static [u8; 32] {
    dictionary().tables.source_sha256()
}

/// How many lexemes there are; their numbers begin at 0.
pub fn n_lexemes() -> u32 {
    dictionary().tables.n_lexemes()
}

struct Dictionary {
    forms: Map<&'static [u8]>,
    tables: Tables,
}

fn dictionary() -> &'static Dictionary {
    static DICTIONARY: OnceLock<Dictionary> = OnceLock::new();
    DICTIONARY.get_or_init(|| {
        let tables = Tables::new(DATA);
        let forms = Fst::new(tables.forms()).expect("the data are made and checked by xtask dict");
        Dictionary { forms: Map::from(forms), tables }
    })
}

fn find(forms: &Fst<&'static [u8]>, key: &[u8]) -> Option<u64> {
    forms.get(key).map(|it| it.value())
}

/// Fewer is likelier: a slip in the first letters is rare.
fn likeness(word: &[u8], near: &[u8]) -> usize {
    let same = word.iter().zip(near).take_while(|(a, b)| a == b).count();
    word.len().saturating_sub(same)
}

#[cfg(test)]
mod tests {
    #[test]
    fn forms_of_one_word_meet() {
        let lexemes =
            |form: &str| super::analyze(form).into_iter().flatten().map(|it| it.lexeme).collect::<Vec<_>>();
        let organ = lexemes("органом");
        assert_eq!(organ.len(), 1);
        assert!(lexemes("органов").contains(&organ[0]));
        assert_eq!(super::lemma(organ[0]).as_deref(), Some("орган"));
    }

    #[test]
    fn every_lexeme_has_a_lemma() {
        for lexeme in 0..super::n_lexemes() {
            let lemma = super::lemma(lexeme).expect("a lexeme without lemma");
            assert!(!lemma.is_empty());
        }
        assert_eq!(super::lemma(super::n_lexemes()), None);
        assert_eq!(super::lemma(u32::MAX), None);
    }

    #[test]
    fn letter_by_letter() {
        let mut beginning = super::Beginning::empty();
        let mut forms = Vec::new();
        for (at, letter) in "органами".chars().enumerate() {
            beginning = beginning.with(letter).expect("a form goes on so");
            if let Some(analyses) = beginning.analyses() {
                let whole: String = "органами".chars().take(at + 1).collect();
                assert!(analyses.eq(super::analyze(&whole).expect("a form")), "{whole}");
                forms.push(whole);
            }
        }
        assert!(
            ["орган", "органа", "органам", "органами"].iter().all(|it| forms.contains(&(*it).to_owned()))
        );
        assert!(beginning.with('щ').is_none());
        assert!(super::Beginning::empty().with('ө').is_none());
    }

    #[test]
    fn near_forms() {
        assert!(super::nearest("закомом", 3).contains(&"законом".to_owned()));
        // A slip late in the word is likelier than one in its beginning.
        assert_eq!(super::nearest("прекратитть", 1), ["прекратить"]);
        assert!(super::nearest("закомом", 3).len() <= 3);
        assert!(super::nearest("", 3).len() <= 3);
        assert_eq!(super::nearest("latin", 3), Vec::<String>::new());
    }

    #[test]
    fn what_is_not_a_word() {
        assert!(!super::contains(""));
        assert!(!super::contains("-"));
        assert!(!super::contains("law"));
        assert!(!super::contains(&"а".repeat(1000)));
    }
}
