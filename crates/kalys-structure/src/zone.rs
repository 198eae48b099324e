//! What words are for, as far as headings and the words themselves tell it.

use crate::kind::Sort;
use crate::label::Level;
use crate::letters;
use crate::words;
use kalys_model::{ActKind, Zone};

/// The zone of an act's own norms.
pub(crate) fn of_act(sort: &Sort) -> Zone {
    if sort.treaty {
        Zone::Treaty
    } else if sort.civil {
        Zone::CivilLaw
    } else if matches!(sort.kind, Some((ActKind::ExplanatoryNote, _))) {
        Zone::Explanatory
    } else {
        Zone::Normative
    }
}

/// The zone of an article or of something wider, by its heading.
pub(crate) fn of_wide(inherited: Zone, level: Level, heading: &str, own: &str) -> Zone {
    match inherited {
        Zone::Normative | Zone::CivilLaw => {}
        other => return other,
    }
    if level == Level::Annex && heading.lines().any(is_form) {
        return Zone::Form;
    }
    if is_transitional(heading) || (heading.is_empty() && is_entry(own)) {
        return Zone::Transitional;
    }
    inherited
}

/// True for a title line that calls what follows a form: `ФОРМА`, `(үлгү)`.
fn is_form(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches('(');
    words::FORM_HEADINGS.iter().any(|it| letters::word(line, it).is_some())
}

/// True for a heading of transitional provisions, or of the entry into force, and of nothing else.
fn is_transitional(heading: &str) -> bool {
    heading.len() <= 400
        && words::TRANSITIONAL_HEADINGS
            .iter()
            .filter_map(|it| letters::find(heading, it, 400))
            .min()
            .is_some_and(|at| {
                let before = &heading[..at];
                let alone =
                    !words::CONJUNCTIONS.iter().any(|it| letters::find(before, it, before.len()).is_some());
                // «Заключительные и переходные положения»
                alone || letters::starts_any(heading, words::FINAL_HEADINGS)
            })
}

/// True for a heading that speaks of the meaning of terms.
pub(crate) fn defines(heading: &str) -> bool {
    heading.len() <= 400 && letters::has_any(heading, words::DEFINITION_HEADINGS, 400)
}

/// True for words that introduce a list of definitions; `defines` when the heading around them speaks of terms.
pub(crate) fn heads_definitions(head: &str, defines: bool) -> bool {
    head.len() <= 800
        && letters::has_any(head, words::LIST_WORDS, 800)
        && (defines || letters::has_any(head, words::DEFINITION_HEADINGS, 800))
}

/// The zone of a paragraph by its own words; `defines` when the heading around them speaks of terms.
pub(crate) fn of_words(inherited: Zone, own: &str, defines: bool) -> Zone {
    if !matches!(inherited, Zone::Normative | Zone::CivilLaw) {
        return inherited;
    }
    if is_definition(own, defines) {
        return Zone::Definition;
    }
    if is_entry(own) {
        return Zone::Transitional;
    }
    inherited
}

/// Bytes of a paragraph in which the term of a definition must end.
const TERM: usize = 240;

/// `орган - это …`; under a heading on terms the dash is enough.
fn is_definition(own: &str, defines: bool) -> bool {
    let mut to = own.len().min(TERM);
    while !own.is_char_boundary(to) {
        to -= 1;
    }
    let beginning = &own[..to];
    let bytes = beginning.as_bytes();
    for at in memchr::memchr_iter(b' ', bytes) {
        let rest = &beginning[at + 1..];
        let Some(first) = rest.chars().next() else { break };
        if letters::is_dash(first) && rest[first.len_utf8()..].starts_with(' ') {
            return defines
                || words::DEFINING.iter().any(|it| letters::prefix(&beginning[at..], it).is_some());
        }
        if first == 'm' && rest.starts_with("means ") {
            return true;
        }
    }
    false
}

/// True for a point on the entry into force, or one that puts acts out of force.
fn is_entry(own: &str) -> bool {
    if own.len() > 1500 || !letters::starts_any(own, words::ACT_BEGINNINGS) {
        return false;
    }
    letters::has_any(own, words::ENTRY, 600)
}
