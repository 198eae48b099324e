//! Kyrgyz: a suffix grammar anchored at a list of stems.

use crate::{Features, LexemeId, Reading};

/// A Kyrgyz stem that a pack adds: `укук`, or `кара-` for a verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stem {
    /// The stem; a verb ends in `-`.
    pub stem: String,
    /// Its part of speech: one of the classes of [`Features`].
    pub class: Features,
}

#[derive(Debug)]
pub(crate) struct Grammar {}

impl Grammar {
    pub(crate) fn new(_stems: &[Stem]) -> Grammar {
        Grammar {}
    }
    pub(crate) fn analyze(&self, _word: &str, _out: &mut Vec<Reading>) {}
    pub(crate) fn knows(&self, _word: &str) -> bool {
        false
    }
    pub(crate) fn nearest(&self, _word: &str) -> Vec<String> {
        Vec::new()
    }
    pub(crate) fn lemma(&self, _lexeme: LexemeId) -> Option<String> {
        None
    }
}
