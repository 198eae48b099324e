//! The words of a run: every distinct spelling is folded and analysed once, then it is a number.
//!
//! What a word means to the rules (the symbols of their phrases that it satisfies, the patterns that it may begin or
//! carry) is kept beside its readings, so that a token costs a hash and an index.

use kalys_model::{Alphabet, Lang};
use kalys_morph::{Features, Reading};
use rustc_hash::FxHashMap;

use crate::ruleset::{ContextId, LangRules, Ruleset, Symbol, Trigger};
use crate::spellings::Spellings;
use crate::token::Token;

/// Number of a distinct word within one language of a [`Words`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WordId(pub(crate) u32);

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters.
    Word,
    /// Digits, perhaps with points or hyphens between them.
    Number,
    /// A punctuation mark or another sign.
    Sign(char),
}

/// A distinct word.
#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) kind: Kind,
    /// Length in characters of the folded form.
    pub(crate) letters: u8,
    /// Features of all readings together.
    pub(crate) any: Features,
    /// Usages, as bits, whose entries can begin with this word.
    pub(crate) begins: u64,
    /// The folded form, hashed; the same on every machine and with every pack.
    hash: u64,
    /// Ranges into the flat vectors of [`LangWords`].
    readings: (u32, u32),
    symbols: (u32, u32),
    triggers: (u32, u32),
    starts: (u32, u32),
}

/// The words of one language.
#[derive(Debug, Default)]
pub(crate) struct LangWords {
    /// Spelling as it stands in a text → word.
    spellings: Spellings,
    /// Folded form → word.
    forms: FxHashMap<Box<str>, WordId>,
    words: Vec<Word>,
    /// What every token is asked, apart from the rest, so that it stays in the nearest memory: see [`Flags`].
    flags: Vec<Flags>,
    readings: Vec<Reading>,
    symbols: Vec<Symbol>,
    triggers: Vec<Trigger>,
    starts: Vec<ContextId>,
    alphabet: Alphabet,
    scratch: String,
    found: Vec<Reading>,
}

/// What is asked of every token of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Flags(u8);

impl Flags {
    /// A pattern may stand around the word.
    pub(crate) const TRIGGERS: Flags = Flags(1);
    /// A fact may begin with the word.
    pub(crate) const FACT: Flags = Flags(2);
    /// A full stop.
    pub(crate) const STOP: Flags = Flags(4);
    /// A sign that always ends a sentence.
    pub(crate) const END: Flags = Flags(8);

    pub(crate) fn has(self, flag: Flags) -> bool {
        self.0 & flag.0 != 0
    }
}

impl LangWords {
    pub(crate) fn flags(&self, id: WordId) -> Flags {
        self.flags[id.0 as usize]
    }

    pub(crate) fn word(&self, id: WordId) -> &Word {
        &self.words[id.0 as usize]
    }

    pub(crate) fn readings(&self, id: WordId) -> &[Reading] {
        let (from, to) = self.word(id).readings;
        &self.readings[from as usize..to as usize]
    }

    /// Symbols of the rules that this word satisfies, sorted.
    pub(crate) fn symbols(&self, id: WordId) -> &[Symbol] {
        let (from, to) = self.word(id).symbols;
        &self.symbols[from as usize..to as usize]
    }

    pub(crate) fn has(&self, id: WordId, symbol: Symbol) -> bool {
        self.symbols(id).binary_search(&symbol).is_ok()
    }

    /// What is said by these tokens, hashed: letters folded, numbers masked, signs left out.
    pub(crate) fn identity(&self, tokens: &[Token]) -> u128 {
        tokens.iter().fold(FNV_OFFSET, |acc, token| {
            let word = self.word(token.word);
            let hash = match word.kind {
                Kind::Word => word.hash,
                Kind::Number => u64::MAX,
                Kind::Sign(_) => return acc,
            };
            (acc ^ u128::from(hash)).wrapping_mul(FNV_PRIME)
        })
    }

    /// False when no entry of a lexicon with this usage, given by [`Usage::index`], begins with the word.
    pub(crate) fn may_begin_at(&self, id: WordId, index: usize) -> bool {
        self.word(id).begins & 1 << index != 0
    }

    /// Patterns that this word may be part of.
    pub(crate) fn triggers(&self, id: WordId) -> &[Trigger] {
        let (from, to) = self.word(id).triggers;
        &self.triggers[from as usize..to as usize]
    }

    /// False when the phrase of a context (`unless`, `given`) does not begin with this word.
    pub(crate) fn may_start(&self, id: WordId, context: ContextId) -> bool {
        let (from, to) = self.word(id).starts;
        self.starts[from as usize..to as usize].binary_search(&context).is_ok()
    }

    /// The word of the spelling `text[from..to]`, analysed if it is met for the first time.
    pub(crate) fn intern(
        &mut self,
        text: &str,
        (from, to): (usize, usize),
        lang: Lang,
        alphabet: Alphabet,
        rules: &Ruleset,
    ) -> WordId {
        if alphabet != self.alphabet {
            // Another font: the same spelling is another word.
            self.spellings.clear();
            self.alphabet = alphabet;
        }
        if let Some(id) = self.spellings.get(text, from, to) {
            return id;
        }
        let spelling = &text[from..to];
        let mut folded = std::mem::take(&mut self.scratch);
        folded.clear();
        let first = spelling.chars().next().unwrap_or(' ');
        let kind = if first.is_alphabetic() {
            kalys_morph::fold(lang, alphabet, spelling, &mut folded);
            Kind::Word
        } else if first.is_numeric() {
            folded.push_str(spelling);
            if spelling.chars().any(char::is_alphabetic) {
                folded.clear();
                kalys_morph::fold(lang, alphabet, spelling, &mut folded);
            }
            Kind::Number
        } else {
            folded.push_str(spelling);
            Kind::Sign(first)
        };
        let id = match self.forms.get(folded.as_str()) {
            Some(id) => *id,
            None => self.add(&folded, kind, lang, rules),
        };
        self.spellings.insert(text, from, to, id);
        self.scratch = folded;
        id
    }

    fn add(&mut self, folded: &str, kind: Kind, lang: Lang, rules: &Ruleset) -> WordId {
        let id = WordId(self.words.len() as u32);
        self.found.clear();
        if !matches!(kind, Kind::Sign(_)) {
            rules.morphology().analyze(lang, folded, &mut self.found);
        }
        let readings = (self.readings.len() as u32, (self.readings.len() + self.found.len()) as u32);
        self.readings.extend_from_slice(&self.found);
        let table: Option<&LangRules> = rules.lang(lang);
        let from = self.symbols.len();
        let first_trigger = self.triggers.len() as u32;
        if let Some(table) = table {
            table.symbols_of(folded, kind, &self.found, &mut self.symbols);
            let own = &mut self.symbols[from..];
            own.sort_unstable();
            let mut kept = from;
            for index in from..self.symbols.len() {
                if kept == from || self.symbols[kept - 1] != self.symbols[index] {
                    self.symbols[kept] = self.symbols[index];
                    kept += 1;
                }
            }
            self.symbols.truncate(kept);
            for symbol in &self.symbols[from..] {
                self.triggers.extend_from_slice(table.triggers_of(*symbol));
            }
        }
        let first_start = self.starts.len();
        if let Some(table) = table {
            let mut own: Vec<ContextId> =
                self.symbols[from..].iter().flat_map(|it| table.starts_of(*it)).copied().collect();
            own.sort_unstable();
            own.dedup();
            self.starts.extend(own);
        }
        let begins = table.map_or(0, |it| it.begins(&self.symbols[from..]));
        let mut flags = match kind {
            Kind::Sign('.') => Flags::STOP,
            Kind::Sign('!' | '?') => Flags::END,
            _ => Flags::default(),
        };
        if self.triggers.len() as u32 > first_trigger {
            flags.0 |= Flags::TRIGGERS.0;
        }
        if begins & table.map_or(0, |it| it.fact_begins) != 0 {
            flags.0 |= Flags::FACT.0;
        }
        self.flags.push(flags);
        self.words.push(Word {
            kind,
            begins,
            hash: stable_hash(folded),
            letters: folded.chars().take(200).count() as u8,
            any: self.found.iter().fold(Features::NONE, |acc, it| acc | it.features),
            readings,
            symbols: (from as u32, self.symbols.len() as u32),
            triggers: (first_trigger, self.triggers.len() as u32),
            starts: (first_start as u32, self.starts.len() as u32),
        });
        self.forms.insert(folded.into(), id);
        id
    }
}

// FNV-1a of 128 and of 64 bits: fixed by their definition, so that a fingerprint outlives the program that made it.
const FNV_OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const FNV_PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

fn stable_hash(folded: &str) -> u64 {
    folded
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |acc, byte| (acc ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// The words of a run, per language. Belongs to one [`Ruleset`].
#[derive(Debug, Default)]
pub(crate) struct Words {
    languages: [LangWords; 3],
    ruleset: u64,
}

impl Words {
    /// The words of a known language. Words of another ruleset are forgotten.
    pub(crate) fn lang(&mut self, lang: Lang, rules: &Ruleset) -> Option<&mut LangWords> {
        if self.ruleset != rules.id() {
            *self = Words { languages: Default::default(), ruleset: rules.id() };
        }
        let index = Lang::KNOWN.iter().position(|it| *it == lang)?;
        Some(&mut self.languages[index])
    }

    pub(crate) fn get(&self, lang: Lang) -> Option<&LangWords> {
        let index = Lang::KNOWN.iter().position(|it| *it == lang)?;
        Some(&self.languages[index])
    }
}
