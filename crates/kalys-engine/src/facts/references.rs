//! References from one unit of the act to another: «пунктом 3 статьи 12 настоящего Закона», «ушул мыйзамдын 12-беренеси».
//!
//! Only references that name this act are followed: a number without an act may belong to the act cited before it.
//! Words for units and for «this» come from lexicons (`use: unit article`, `use: this-act`).

use kalys_model::{Act, Lang, UnitId, UnitKind};
use rustc_hash::FxHashMap;

use crate::def::Usage;
use crate::expr::Value;
use crate::facts::Fact;
use crate::norm::Norm;
use crate::words::Kind;

const KINDS: [UnitKind; 7] = [
    UnitKind::Annex,
    UnitKind::Section,
    UnitKind::Chapter,
    UnitKind::Article,
    UnitKind::Part,
    UnitKind::Point,
    UnitKind::Subpoint,
];

/// One level of a reference: a kind of unit and the numbers that are named.
struct Level {
    kind: UnitKind,
    numbers: Vec<String>,
    last: usize,
}

/// References of a sentence to units of the same act.
pub(crate) fn collect(norm: &Norm<'_>, numbered: &Numbered, text: &str, out: &mut Vec<Fact>) {
    let act = norm.act;
    if act.fragment {
        return;
    }
    let mut at = norm.from;
    while at < norm.to {
        let Some((levels, first, last)) = chain(norm, text, at) else {
            at += 1;
            continue;
        };
        let resolved = numbered.resolves(act, &levels);
        let zone = act.unit(norm.unit).zone;
        let amends = matches!(zone, kalys_model::Zone::AmendmentNew | kalys_model::Zone::Instruction);
        let values = vec![("resolved", Value::Truth(resolved)), ("in_amendment", Value::Truth(amends))];
        out.push(Fact { first, last, values, related: None });
        at = last;
    }
}

/// A chain of levels with a «this» that makes it internal. Levels are ordered from the outermost to the innermost.
fn chain(norm: &Norm<'_>, text: &str, at: usize) -> Option<(Vec<Level>, usize, usize)> {
    let this = |at: usize| at < norm.to && norm.has_usage(Usage::ThisAct, at, at + 1);
    match norm.lang {
        Lang::Ky => {
            if !this(at) {
                return None;
            }
            // ушул Кодекстин 40-беренесинин 1-бөлүгүнүн 9-пунктуна
            let mut here = at + 1;
            let is_number =
                |at: usize| at < norm.to && norm.words.word(norm.tokens[at].word).kind == Kind::Number;
            if here < norm.to && !is_number(here) {
                here += 1;
            }
            let mut levels = Vec::new();
            while let Some(level) = postposed_level(norm, text, here) {
                here = level.last;
                levels.push(level);
            }
            let last = levels.last()?.last;
            Some((levels, at, last))
        }
        _ => {
            let mut levels = Vec::new();
            let mut here = at;
            while let Some(level) = level(norm, text, here) {
                here = level.last;
                levels.push(level);
                // English joins the levels by a word, the others by the genitive: «part 2 of article 9 of this Law».
                if norm.lang == Lang::En && here < norm.to && is_word(norm, here) && !this(here) {
                    here += 1;
                }
            }
            if levels.is_empty() || !this(here) {
                return None;
            }
            // «настоящей статьи», «настоящего Закона»: the named unit itself is the outermost level.
            let end = (here + 2).min(norm.to);
            levels.reverse();
            let own = KINDS
                .into_iter()
                .find(|it| here + 1 < norm.to && norm.has_usage(Usage::Unit(*it), here + 1, here + 2));
            if let Some(kind) = own {
                let number = act_number(norm, kind)?;
                levels.insert(0, Level { kind, numbers: vec![number], last: end });
            }
            Some((levels, at, end))
        }
    }
}

fn is_word(norm: &Norm<'_>, at: usize) -> bool {
    norm.words.word(norm.tokens[at].word).kind == Kind::Word
}

/// Number of the unit of this kind that the reference stands in.
fn act_number(norm: &Norm<'_>, kind: UnitKind) -> Option<String> {
    let unit = norm.act.enclosing(norm.unit, kind)?;
    norm.act.unit(unit).number.as_ref().map(|it| it.0.to_string())
}

/// `статьями 12, 13 и 15`: a unit's word and the numbers after it.
fn level(norm: &Norm<'_>, text: &str, at: usize) -> Option<Level> {
    if at >= norm.to {
        return None;
    }
    let kind = KINDS.into_iter().find(|it| norm.has_usage(Usage::Unit(*it), at, at + 1))?;
    let mut here = at + 1;
    let mut numbers = Vec::new();
    while here < norm.to {
        let token = &norm.tokens[here];
        match norm.words.word(token.word).kind {
            Kind::Number => numbers.push(canonical(&text[token.span().range()])),
            Kind::Sign(',' | '-' | '–' | '—' | '«' | '»' | '(' | ')') if !numbers.is_empty() => {}
            _ if !numbers.is_empty() && norm.any_is_conjunction(here) => {}
            _ => break,
        }
        here += 1;
    }
    while here > at + 1 && norm.words.word(norm.tokens[here - 1].word).kind != Kind::Number {
        here -= 1;
    }
    (!numbers.is_empty()).then_some(Level { kind, numbers, last: here })
}

/// `19 жана 43-беренелерине`: numbers and the unit's word after them.
fn postposed_level(norm: &Norm<'_>, text: &str, at: usize) -> Option<Level> {
    let mut here = at;
    let mut numbers = Vec::new();
    while here < norm.to {
        let token = &norm.tokens[here];
        match norm.words.word(token.word).kind {
            Kind::Number => numbers.push(canonical(&text[token.span().range()])),
            Kind::Sign(',' | '-' | '–') if !numbers.is_empty() => {}
            _ if !numbers.is_empty() && norm.any_is_conjunction(here) => {}
            _ => break,
        }
        here += 1;
    }
    if numbers.is_empty() || here >= norm.to {
        return None;
    }
    let kind = KINDS.into_iter().find(|it| norm.has_usage(Usage::Unit(*it), here, here + 1))?;
    Some(Level { kind, numbers, last: here + 1 })
}

/// `21¹` → `21-1`, as [`Number`](kalys_model::Number) has it.
fn canonical(text: &str) -> String {
    let mut out = String::new();
    let mut raised = false;
    for c in text.chars() {
        let digit = match c {
            '¹' => Some('1'),
            '²' => Some('2'),
            '³' => Some('3'),
            '⁰' | '⁴'..='⁹' => char::from_digit(c as u32 - 0x2070, 10),
            _ => None,
        };
        match digit {
            Some(digit) => {
                if !raised {
                    out.push('-');
                }
                raised = true;
                out.push(digit);
            }
            None => out.push(c),
        }
    }
    out
}

/// The numbered units of an act by kind, in the order of the text: made once for an act, asked for every reference.
#[derive(Debug, Default)]
pub(crate) struct Numbered {
    by_kind: FxHashMap<UnitKind, Vec<UnitId>>,
    by_number: FxHashMap<(UnitKind, Box<str>), Vec<UnitId>>,
}

impl Numbered {
    pub(crate) fn of(act: &Act) -> Numbered {
        let mut all = Numbered::default();
        for (index, unit) in act.units.iter().enumerate() {
            let Some(number) = &unit.number else { continue };
            let id = UnitId(index as u32);
            all.by_kind.entry(unit.kind).or_default().push(id);
            all.by_number.entry((unit.kind, number.0.clone())).or_default().push(id);
        }
        all
    }

    /// The ids of a sorted list that lie in the unit `holder`, itself left out.
    fn within<'a>(act: &Act, ids: &'a [UnitId], holder: UnitId) -> &'a [UnitId] {
        let end = act.unit(holder).span.end;
        let from = ids.partition_point(|it| *it <= holder);
        let n = ids[from..].partition_point(|it| act.unit(*it).span.start < end);
        &ids[from..from + n]
    }

    /// True unless a level surely does not exist. A level below an article is checked only where the article numbers its
    /// units of that kind: unnumbered parts are counted in ways that a reader cannot be sure of.
    fn resolves(&self, act: &Act, levels: &[Level]) -> bool {
        let mut holders: Vec<UnitId> = vec![UnitId(0)];
        for level in levels {
            let of_kind = self.by_kind.get(&level.kind).map_or(&[][..], Vec::as_slice);
            if holders.iter().all(|holder| Numbered::within(act, of_kind, *holder).is_empty()) {
                return true;
            }
            let mut found = Vec::new();
            for number in &level.numbers {
                let key = (level.kind, number.as_str().into());
                let named = self.by_number.get(&key).map_or(&[][..], Vec::as_slice);
                // An annex has articles and points of its own: a reference in it may mean the act or the annex, either
                // resolves.
                let before = found.len();
                found
                    .extend(holders.iter().flat_map(|holder| Numbered::within(act, named, *holder)).copied());
                if found.len() == before {
                    return false;
                }
            }
            holders = found;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn raised_digits_make_an_inserted_number() {
        assert_eq!(["21¹", "317¹²", "5", "21-1"].map(canonical), ["21-1", "317-12", "5", "21-1"]);
    }
}
