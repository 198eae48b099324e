//! Where a finding stands, as lawyers cite it: «ст. 12, ч. 3, п. 2».

use std::collections::{HashMap, HashSet};

use kalys_model::{Act, Lang, UnitId, UnitKind, Zone};

use crate::names::Named;
use crate::phrases::Phrases;

/// One step of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The kind of unit.
    pub kind: UnitKind,
    /// Its number; for an unnumbered paragraph its ordinal within the numbered unit, from 1. Empty where there is none to give.
    pub number: String,
    /// True for the first unit of words that an amendment brings into another act.
    pub inserted: bool,
}

/// The units from the outermost that is cited to the one that holds the words. Empty for words that stand in no unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address(pub Vec<Step>);

impl Address {
    /// As it is written in the given language; the words for "no unit" when it is empty.
    pub fn display(&self, phrases: Phrases) -> String {
        if self.0.is_empty() {
            return phrases.text("address.none").to_owned();
        }
        let mut out = String::new();
        for (index, step) in self.0.iter().enumerate() {
            if index > 0 {
                out.push_str(if step.inserted { " → " } else { ", " });
            }
            out.push_str(&step.display(phrases));
        }
        out
    }
}

impl Step {
    fn display(&self, phrases: Phrases) -> String {
        let digits = self.number.bytes().last().is_some_and(|it| it.is_ascii_digit());
        let form = match () {
            () if self.number.is_empty() => "bare",
            () if digits => "number",
            () => "letter",
        };
        phrases.fill(&format!("address.{}.{form}", self.kind.code()), &[("n", &self.number)])
    }
}

/// Addresses of the units of one act.
#[derive(Debug)]
pub struct Addresses<'a> {
    act: &'a Act,
    /// Ordinals of unnumbered paragraphs, footnotes and cells within the numbered unit, from 1.
    ordinals: HashMap<UnitId, u32>,
    /// Paragraphs that announce the only list of numbered items in their article or part.
    only_lists: HashSet<UnitId>,
}

/// True for a paragraph without a number.
fn is_unnumbered(act: &Act, id: UnitId) -> bool {
    let unit = act.unit(id);
    unit.kind == UnitKind::Paragraph && unit.number.is_none()
}

impl<'a> Addresses<'a> {
    /// Counts the unnumbered paragraphs.
    pub fn new(act: &'a Act) -> Addresses<'a> {
        let mut counts: HashMap<(UnitId, UnitKind), u32> = HashMap::new();
        let mut ordinals = HashMap::new();
        let mut holders: HashMap<UnitId, HashSet<UnitId>> = HashMap::new();
        for (index, unit) in act.units.iter().enumerate() {
            let id = UnitId(index as u32);
            let Some(parent) = unit.parent else { continue };
            let counted = matches!(unit.kind, UnitKind::Paragraph | UnitKind::Footnote | UnitKind::Cell);
            if counted && unit.number.is_none() {
                // Dashed items are paragraphs of the unit that holds the paragraph announcing them.
                let home = act.ancestors(parent).find(|it| !is_unnumbered(act, *it)).unwrap_or(parent);
                let count = counts.entry((home, unit.kind)).or_insert_with(|| {
                    // The words after a number are the first paragraph of what the number stands for.
                    u32::from(unit.kind == UnitKind::Paragraph && !act.unit(home).body.is_empty())
                });
                *count += 1;
                ordinals.insert(id, *count);
            } else if is_unnumbered(act, parent)
                && let Some(home) = act.ancestors(parent).find(|it| !is_unnumbered(act, *it))
            {
                holders.entry(home).or_default().insert(parent);
            }
        }
        let only_lists = holders.into_values().filter(|it| it.len() == 1).flatten().collect();
        Addresses { act, ordinals, only_lists }
    }

    /// The address of a unit: the annex and the article with what is below it. Chapters and sections are named only for
    /// units outside articles, since articles are numbered through.
    pub fn of(&self, id: UnitId) -> Address {
        let mut path: Vec<UnitId> = self.act.ancestors(id).collect();
        path.reverse();
        let mut steps: Vec<Step> = Vec::new();
        let mut amended = false;
        for (at, id) in path.iter().copied().enumerate() {
            let unit = self.act.unit(id);
            if matches!(unit.kind, UnitKind::Act | UnitKind::Sentence) {
                continue;
            }
            // «ст. 5, п. 2», though the point stands under «Орган вправе:»; of two such lists the paragraph tells which.
            let below = path.get(at + 1).map(|it| self.act.unit(*it));
            if is_unnumbered(self.act, id)
                && below.is_some_and(|it| it.kind == UnitKind::Paragraph || self.only_lists.contains(&id))
            {
                continue;
            }
            let begins = unit.zone == Zone::AmendmentNew && !amended && !steps.is_empty();
            amended |= begins;
            // A paragraph below its instruction is a deeper step, not another act's unit.
            let mut inserted = begins && steps.last().is_none_or(|it| unit.kind <= it.kind);
            if unit.kind == UnitKind::Article {
                while let Some(last) = steps.pop() {
                    if !matches!(last.kind, UnitKind::Division | UnitKind::Section | UnitKind::Chapter) {
                        steps.push(last);
                        break;
                    }
                    inserted |= last.inserted;
                }
            }
            let number = match &unit.number {
                Some(number) => number.to_string(),
                None => self.ordinals.get(&id).map(u32::to_string).unwrap_or_default(),
            };
            steps.push(Step { kind: unit.kind, number, inserted });
        }
        Address(steps)
    }

    /// The article that holds the unit, or else the topmost unit below the act: what findings are grouped by.
    pub fn group(&self, id: UnitId) -> UnitId {
        let mut top = id;
        let mut article = None;
        for it in self.act.ancestors(id) {
            match self.act.unit(it).kind {
                UnitKind::Act => break,
                UnitKind::Article => article = Some(it),
                _ => {}
            }
            top = it;
        }
        article.unwrap_or(match self.act.unit(top).kind {
            UnitKind::Paragraph
            | UnitKind::Cell
            | UnitKind::Heading
            | UnitKind::Sentence
            | UnitKind::Footnote => UnitId(0),
            _ => top,
        })
    }
}

/// The address in the languages of kalys, in the order of [`Lang::KNOWN`].
pub(crate) fn in_three(address: &Address) -> [String; 3] {
    Lang::KNOWN.map(|lang| address.display(Phrases::new(lang)))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use kalys_model::{ActKind, Alphabet, Number, SourceMap, Span, Unit};

    use super::*;

    /// Units one inside the other, given as `kind number`, and the address of the last in three languages. A numbered unit
    /// has words of its own.
    fn check(path: &[(UnitKind, &str, Zone)], expected: Expect) {
        let span = Span::new(0, 1);
        let mut units = Vec::new();
        for (index, (kind, number, zone)) in path.iter().enumerate() {
            units.push(Unit {
                kind: *kind,
                number: (!number.is_empty()).then(|| Number((*number).into())),
                span,
                heading: None,
                body: span,
                parent: index.checked_sub(1).map(|it| UnitId(it as u32)),
                zone: *zone,
                lang: Lang::Ru,
            });
        }
        let last = UnitId(units.len() as u32 - 1);
        let act = Act {
            text: "x".to_owned(),
            map: SourceMap::identity("x"),
            units,
            inlines: Vec::new(),
            joins: Vec::new(),
            alphabet: Alphabet::Standard,
            lang: Lang::Ru,
            kind: ActKind::Law,
            kind_evidence: None,
            fragment: false,
            doubts: Vec::new(),
        };
        let address = Addresses::new(&act).of(last);
        expected.assert_eq(&in_three(&address).join("\n"));
    }

    const N: Zone = Zone::Normative;

    #[test]
    fn article_part_point() {
        check(
            &[
                (UnitKind::Act, "", N),
                (UnitKind::Chapter, "2", N),
                (UnitKind::Article, "12", N),
                (UnitKind::Part, "3", N),
                (UnitKind::Point, "2", N),
            ],
            expect![[r#"
                12-берене, 3-бөлүк, 2-пункт
                ст. 12, ч. 3, п. 2
                art. 12, par. 3, pt. 2"#]],
        );
    }

    #[test]
    fn a_letter_and_an_unnumbered_paragraph() {
        check(
            &[
                (UnitKind::Act, "", N),
                (UnitKind::Chapter, "2", N),
                (UnitKind::Point, "21-1", N),
                (UnitKind::Subpoint, "а", N),
                (UnitKind::Paragraph, "", N),
            ],
            expect![[r#"
                2-глава, 21-1-пункт, «а» пунктчасы, 2-абзац
                гл. 2, п. 21-1, подп. «а», абз. 2
                ch. 2, pt. 21-1, subpt. (а), para. 2"#]],
        );
    }

    #[test]
    fn items_of_an_unnumbered_paragraph() {
        check(
            &[
                (UnitKind::Act, "", N),
                (UnitKind::Article, "5", N),
                (UnitKind::Paragraph, "", N),
                (UnitKind::Point, "2", N),
            ],
            expect![[r#"
                5-берене, 2-пункт
                ст. 5, п. 2
                art. 5, pt. 2"#]],
        );
        check(
            &[
                (UnitKind::Act, "", N),
                (UnitKind::Article, "5", N),
                (UnitKind::Paragraph, "", N),
                (UnitKind::Paragraph, "", N),
            ],
            expect![[r#"
                5-берене, 3-абзац
                ст. 5, абз. 3
                art. 5, para. 3"#]],
        );
    }

    #[test]
    fn words_that_an_amendment_brings_in() {
        check(
            &[
                (UnitKind::Act, "", N),
                (UnitKind::Article, "1", N),
                (UnitKind::Point, "4", Zone::Instruction),
                (UnitKind::Article, "15", Zone::AmendmentNew),
                (UnitKind::Part, "2", Zone::AmendmentNew),
            ],
            expect![[r#"
                1-берене, 4-пункт → 15-берене, 2-бөлүк
                ст. 1, п. 4 → ст. 15, ч. 2
                art. 1, pt. 4 → art. 15, par. 2"#]],
        );
    }

    #[test]
    fn words_outside_units() {
        check(
            &[(UnitKind::Act, "", N)],
            expect![[r#"
            бөлүктөрдөн тышкары
            вне структурных единиц
            outside the numbered units"#]],
        );
    }
}
