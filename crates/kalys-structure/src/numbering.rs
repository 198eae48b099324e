//! Doubts about numbers: repeated ones, gaps, wrong order, and superscripts that were lost.

use crate::letters;
use kalys_model::{Doubt, DoubtKind, Number, Span, Unit, UnitKind, Zone};
use rustc_hash::FxHashSet;

/// Looks at every run of siblings, and puts right the numbers that lost a superscript (`241` between 24 and 25 is 24-1).
/// Articles are counted through the whole act or annex, whatever chapter they are in.
pub(crate) fn settle(units: &mut [Unit], acc: &mut Vec<Doubt>) {
    // (where the numbers run on, kind, unit); the sort keeps the order of the text.
    let mut runs: Vec<((u32, u32), UnitKind, u32)> = Vec::new();
    // After a second title (the act in the other language) everything is counted anew.
    let (mut edition, mut counted) = (0, false);
    for (index, unit) in units.iter().enumerate() {
        if unit.number.is_none() {
            if counted && unit.zone == Zone::Title {
                (edition, counted) = (edition + 1, false);
            }
            continue;
        }
        counted = true;
        let parent = unit.parent.map_or(0, |it| it.0);
        // Chapters of chapters begin anew in each of them.
        let through = unit.kind == UnitKind::Article
            || unit.kind == UnitKind::Chapter && units[parent as usize].kind != UnitKind::Chapter;
        let key = if through { home(units, unit) } else { parent };
        runs.push(((key, edition), unit.kind, index as u32));
    }
    runs.sort_unstable();
    let mut seen = FxHashSet::default();
    let mut counts = Vec::new();
    for run in runs.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        if run.len() == 1 {
            continue;
        }
        counts.clear();
        counts.extend(run.iter().map(|it| Count::read(&units[it.2 as usize])));
        lost_superscripts(&mut counts, &mut seen, |at, number| {
            let unit = &mut units[run[at].2 as usize];
            unit.number = Some(number);
            acc.push(Doubt { span: label_span(unit), kind: DoubtKind::LostSuperscript });
        });
        seen.clear();
        let mut before: Option<Count> = None;
        let mut highest = Count([0; 4]);
        for (count, (_, _, index)) in counts.iter().zip(run) {
            let mut doubt = |kind| acc.push(Doubt { span: label_span(&units[*index as usize]), kind });
            if !seen.insert(*count) {
                doubt(DoubtKind::RepeatedNumber);
                continue;
            }
            if let Some(last) = before {
                if *count < last {
                    doubt(DoubtKind::NumberOutOfOrder);
                } else if count.leaves_gap(last) && count.leaves_gap(highest) {
                    doubt(DoubtKind::NumberGap);
                }
            }
            before = Some(*count);
            highest = highest.max(*count);
        }
    }
}

/// Finds stretches such as `24, 241, 242, 25`: what grows by a digit and then goes on as if nothing had been.
fn lost_superscripts(
    counts: &mut [Count],
    seen: &mut FxHashSet<Count>,
    mut found: impl FnMut(usize, Number),
) {
    seen.clear();
    let mut at = 0;
    let mut before: Option<u32> = None;
    while at < counts.len() {
        let Some(last) = before else {
            seen.insert(counts[at]);
            before = counts[at].plain();
            at += 1;
            continue;
        };
        if counts[at].plain().is_none_or(|it| it <= last + 1) {
            seen.insert(counts[at]);
            before = counts[at].plain().or(before);
            at += 1;
            continue;
        }
        let high = |it: &Count| it.plain().is_some_and(|it| it > last + 1);
        let n = counts[at..].iter().take_while(|it| high(it)).count();
        let end = at + n;
        let returns = counts.get(end).is_some_and(|it| it.0[0] == last + 1);
        let base = counts[at].plain().and_then(|it| base_of(it, last, returns, seen));
        let split: Option<Vec<u32>> = base.and_then(|base| {
            let mut least = 0;
            counts[at..end]
                .iter()
                .map(|it| {
                    let tail = tail_of(it.plain()?, base).filter(|tail| *tail > least)?;
                    least = tail;
                    Some(tail)
                })
                .collect()
        });
        if let (Some(base), Some(tails)) = (base, split) {
            for (offset, tail) in tails.into_iter().enumerate() {
                counts[at + offset] = Count([base, tail, 0, 0]);
                found(at + offset, Number(format!("{base}-{tail}").into()));
            }
        } else {
            before = counts[end - 1].plain();
        }
        seen.extend(&counts[at..end]);
        at = end;
    }
}

/// The number that `high` begins with: the one before it, or an earlier one when the numbers return to their order.
fn base_of(high: u32, last: u32, returns: bool, seen: &FxHashSet<Count>) -> Option<u32> {
    let known = |it: u32| seen.contains(&Count([it, 0, 0, 0]));
    // At the end of a run only the numbers before it speak for it: `1, 2, 3, 31`.
    let in_order = returns || last >= 3 && known(last - 1) && known(last - 2);
    [high / 10, high / 100].into_iter().find(|base| {
        let Some(tail) = tail_of(high, *base).filter(|_| *base > 0) else { return false };
        if *base == last { in_order && (tail == 1 || returns) } else { tail == 1 && returns && known(*base) }
    })
}

/// What `number` has after the digits of `base`.
fn tail_of(number: u32, base: u32) -> Option<u32> {
    match (number / 10 == base, number / 100 == base) {
        (true, _) => Some(number % 10).filter(|it| *it > 0),
        (_, true) => Some(number % 100).filter(|it| *it >= 10),
        _ => None,
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

/// The parts of a number: `21-1` and `21.1` are 21, 1; a letter counts by its place in the alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Count([u32; 4]);

impl Count {
    fn read(unit: &Unit) -> Count {
        let number = unit.number.as_ref().map_or("", |it| it.0.as_ref());
        let mut parts = [0_u32; 4];
        let mut n = 0;
        let mut digit_before = false;
        for c in number.chars() {
            match c.to_digit(10) {
                Some(digit) => {
                    if !digit_before {
                        n += 1;
                    }
                    if let Some(part) = parts.get_mut(n - 1) {
                        *part = part.saturating_mul(10).saturating_add(digit);
                    }
                    digit_before = true;
                }
                None => {
                    if letters::is_letter(c) {
                        n += 1;
                        if let Some(part) = parts.get_mut(n - 1) {
                            *part = alphabetic_place(c);
                        }
                    }
                    digit_before = false;
                }
            }
        }
        Count(parts)
    }

    /// The number, when it has one part.
    fn plain(self) -> Option<u32> {
        (self.0[1] == 0).then_some(self.0[0])
    }

    /// True when a number is missing between `last` and this one.
    fn leaves_gap(self, last: Count) -> bool {
        let Some(at) = (0..4).find(|at| self.0[*at] != last.0[*at]) else { return false };
        // 21-1 comes after 21, and 22 after 21-1.
        self.0[at] > last.0[at] + 1
    }
}

/// The place of a small letter among those that label subpoints: `ё` and `й` are left out.
fn alphabetic_place(c: char) -> u32 {
    match c {
        'а'..='и' => c as u32 - 'а' as u32 + 1,
        'к'..='я' => c as u32 - 'а' as u32,
        'a'..='z' => c as u32 - 'a' as u32 + 1,
        _ => c as u32,
    }
}

/// The beginning of a unit, up to its heading or words.
fn label_span(unit: &Unit) -> Span {
    let end = unit.heading.map_or(unit.body.start, |it| it.start).clamp(unit.span.start, unit.span.end);
    Span::new(unit.span.start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(numbers: &str, expected: Expect) {
        let unit = |kind, number: Option<&str>, parent| Unit {
            kind,
            number: number.map(|it| Number(it.into())),
            span: Span::at(0),
            heading: None,
            body: Span::at(0),
            parent,
            zone: kalys_model::Zone::Normative,
            lang: kalys_model::Lang::Ru,
        };
        let mut units = vec![unit(UnitKind::Act, None, None)];
        units.extend(
            numbers.split(' ').map(|it| unit(UnitKind::Article, Some(it), Some(kalys_model::UnitId(0)))),
        );
        for (at, it) in units.iter_mut().enumerate() {
            it.span = Span::new(at as u32, at as u32 + 1);
            it.body = Span::at(at as u32 + 1);
        }
        let mut doubts = Vec::new();
        settle(&mut units, &mut doubts);
        doubts.sort_by_key(|it| it.span.start);
        let mut out = String::new();
        for it in &units[1..] {
            out.push_str(&it.number.as_ref().map_or(String::new(), ToString::to_string));
            for doubt in doubts.iter().filter(|doubt| doubt.span == it.span) {
                out.push_str(&format!(" {:?}", doubt.kind));
            }
            out.push_str("; ");
        }
        expected.assert_eq(out.trim_end());
    }

    #[test]
    fn order() {
        check("1 2 2 4 3 5", expect![["1; 2; 2 RepeatedNumber; 4 NumberGap; 3 NumberOutOfOrder; 5;"]]);
        check("1 1-1 1-2 2 3.1 4", expect![["1; 1-1; 1-2; 2; 3.1; 4;"]]);
        check("а б в е и к м", expect![["а; б; в; е NumberGap; и NumberGap; к; м NumberGap;"]]);
    }

    #[test]
    fn superscripts_that_were_lost() {
        check("24 241 242 25 26", expect![["24; 24-1 LostSuperscript; 24-2 LostSuperscript; 25; 26;"]]);
        check("1 2 3 31", expect![["1; 2; 3; 3-1 LostSuperscript;"]]);
        check("1 11 12", expect![["1; 11 NumberGap; 12;"]]);
        check(
            "23 24 25 231 232 2310 26",
            expect![[
                "23; 24; 25; 23-1 LostSuperscript NumberOutOfOrder; 23-2 LostSuperscript; 23-10 LostSuperscript; 26;"
            ]],
        );
        check("34 341 35 340 341 342", expect![["34; 34-1 LostSuperscript; 35; 340 NumberGap; 341; 342;"]]);
        check("1 2 5 6 7", expect![["1; 2; 5 NumberGap; 6; 7;"]]);
        check("9 10 100 101", expect![["9; 10; 100 NumberGap; 101;"]]);
    }
}
