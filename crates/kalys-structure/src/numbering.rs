//! Doubts about numbers: repeated ones, gaps, wrong order, and superscripts that were lost.

use kalys_model::{Doubt, DoubtKind, Unit, UnitKind};
use rustc_hash::FxHashSet;

/// Looks at every run of siblings. Articles are counted through the whole act or annex, whatever chapter they are in.
pub(crate) fn doubts(units: &[Unit], acc: &mut Vec<Doubt>) {
    // (where the numbers run on, kind, unit); the sort keeps the order of the text.
    let mut runs: Vec<(u32, UnitKind, u32)> = Vec::new();
    for (index, unit) in units.iter().enumerate() {
        if unit.number.is_none() {
            continue;
        }
        let through = matches!(unit.kind, UnitKind::Article | UnitKind::Chapter);
        let key = if through { home(units, unit) } else { unit.parent.map_or(0, |it| it.0) };
        // Chapters of a code may begin anew in each part of it; only articles run on everywhere.
        let key = if unit.kind == UnitKind::Chapter && is_inner(units, unit) {
            unit.parent.map_or(0, |it| it.0)
        } else {
            key
        };
        runs.push((key, unit.kind, index as u32));
    }
    runs.sort();
    let mut seen = FxHashSet::default();
    for run in runs.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        seen.clear();
        let numbers: Vec<Parsed> = run.iter().map(|it| Parsed::read(&units[it.2 as usize])).collect();
        let mut before: Option<u32> = None;
        for (at, (_, _, index)) in run.iter().enumerate() {
            let unit = &units[*index as usize];
            let Some(number) = unit.number.as_ref() else { continue };
            let mut doubt = |kind| acc.push(Doubt { span: label_span(unit), kind });
            if !seen.insert(number.0.as_ref()) {
                doubt(DoubtKind::RepeatedNumber);
                continue;
            }
            let Some(main) = numbers[at].main else { continue };
            if let Some(last) = before {
                let next = numbers.get(at + 1).and_then(|it| it.main);
                if main > last + 1 && is_lost_superscript(last, main, next) {
                    doubt(DoubtKind::LostSuperscript);
                    continue;
                }
                if main < last {
                    doubt(DoubtKind::NumberOutOfOrder);
                } else if main > last + 1 {
                    doubt(DoubtKind::NumberGap);
                }
            }
            before = Some(main);
        }
    }
}

/// The annex, the instruction or the act in which the numbers of a unit run on.
fn home(units: &[Unit], unit: &Unit) -> u32 {
    let mut at = unit.parent;
    while let Some(id) = at {
        let parent = &units[id.0 as usize];
        // Whatever an article stands in, if it is not a wider unit, is an instruction that brings the article in.
        let wider = matches!(parent.kind, UnitKind::Division | UnitKind::Section | UnitKind::Chapter);
        if !wider {
            return id.0;
        }
        at = parent.parent;
    }
    0
}

/// True for a § in a chapter.
fn is_inner(units: &[Unit], unit: &Unit) -> bool {
    unit.parent.is_some_and(|it| units[it.0 as usize].kind == UnitKind::Chapter)
}

/// `241` between 24 and 25 is 24¹: one or two digits more than the number before it, and the next number goes on from there.
fn is_lost_superscript(last: u32, main: u32, next: Option<u32>) -> bool {
    let grows = main / 10 == last || main / 100 == last;
    grows
        && next.is_some_and(|it| {
            it == last + 1 || it == main + 1 && it / 10 == last || it / 10 == last && it > main
        })
}

struct Parsed {
    /// The number before any suffix; `None` for letters.
    main: Option<u32>,
}

impl Parsed {
    fn read(unit: &Unit) -> Parsed {
        let number = unit.number.as_ref().map_or("", |it| it.0.as_ref());
        // In `1.12` the last part runs.
        let last = number.rsplit('.').next().unwrap_or(number);
        let end = last.find(|c: char| !c.is_ascii_digit()).unwrap_or(last.len());
        Parsed { main: last[..end].parse().ok() }
    }
}

/// The beginning of a unit, up to its heading or words.
fn label_span(unit: &Unit) -> kalys_model::Span {
    let end = unit.heading.map_or(unit.body.start, |it| it.start).clamp(unit.span.start, unit.span.end);
    kalys_model::Span::new(unit.span.start, end)
}
