//! LANG.

use crate::{LexemeId, Reading};

pub(crate) fn analyze(_word: &str, _out: &mut Vec<Reading>) {}

pub(crate) fn knows(_word: &str) -> bool {
    false
}

pub(crate) fn nearest(_word: &str) -> Vec<String> {
    Vec::new()
}

pub(crate) fn lemma(_lexeme: LexemeId) -> Option<String> {
    None
}
