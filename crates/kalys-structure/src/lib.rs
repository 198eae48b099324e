//! Text to act: finds units, zones, languages and the kind of act in what a reader gave.
//!
//! It is for understanding how an act is built. Nothing in it can fail: what it is unsure of becomes a
//! [`Doubt`]. The words of drafting technique (статья, берене, деген сөздөр) are a data table here.
//! It does not read files, and it does not judge norms.

mod alphabet;
mod amendment;
mod frame;
mod kind;
mod label;
mod language;
mod letters;
mod note;
mod numbering;
mod paragraph;
mod role;
mod tree;
mod words;
mod zone;

#[cfg(test)]
mod tests;

use kalys_model::{Act, ActKind, Alphabet, Doubt, DoubtKind, Inline, Lang, Source, Span, Zone};

/// Builds the act.
///
/// Units are in preorder, each inside its parent, siblings apart; every sign of a block lies in some unit below the act.
pub fn build(source: Source) -> Act {
    let (alphabet, legacy) = alphabet::detect(&source.text);
    let mut paragraphs = paragraph::paragraphs(&source);
    frame::unframe(&source.text, &mut paragraphs.list);
    let notes = note::find(&source.text);
    let mut pieces = role::pieces(&source.text, &paragraphs.list, &notes);
    let mut doubts = paragraphs.doubts;
    doubts.append(&mut pieces.doubts);
    doubts.extend(legacy.map(|span| Doubt { span, kind: DoubtKind::LegacyFont }));
    let mut tree = tree::grow(&source.text, &pieces, &notes, &mut doubts);
    numbering::settle(&mut tree.units, &mut doubts);
    let notes = notes.into_iter().map(|span| Inline { span, zone: Zone::Explanatory });
    let (kind, evidence) = pieces.sort.kind.unzip();
    let mut act = Act {
        inlines: overlay(notes.collect(), &tree.inlines),
        text: source.text,
        map: source.map,
        units: tree.units,
        joins: paragraphs.joins,
        alphabet,
        lang: Lang::Other,
        kind: kind.unwrap_or(ActKind::Unknown),
        kind_evidence: evidence,
        fragment: !pieces.begins,
        doubts,
    };
    language::assign(&mut act);
    if act.lang == Lang::Other && act.alphabet != Alphabet::Standard {
        // The letters of a language that kalys does not know are no legacy font of Kyrgyz.
        act.alphabet = Alphabet::Standard;
        act.doubts.retain(|it| it.kind != DoubtKind::LegacyFont);
    }
    act.doubts.sort_by_key(|it| (it.span.start, it.span.end, it.kind));
    act.doubts.dedup();
    act
}

/// One sorted list without overlap: notes go before quotations, and what the upper list covers is cut out of the lower.
fn overlay(upper: Vec<Inline>, lower: &[Inline]) -> Vec<Inline> {
    if lower.is_empty() {
        return upper;
    }
    let mut out = Vec::with_capacity(upper.len() + lower.len());
    let mut next = upper.into_iter().peekable();
    // Both lists are sorted; what overlaps itself is cut too.
    let mut at = 0;
    for it in lower {
        let mut start = it.span.start.max(at);
        while let Some(cover) = next.peek().filter(|cover| cover.span.start < it.span.end).copied() {
            if cover.span.end > start {
                if cover.span.start > start {
                    out.push(Inline { span: Span::new(start, cover.span.start), zone: it.zone });
                }
                start = cover.span.end;
            }
            at = at.max(cover.span.end);
            out.push(cover);
            next.next();
        }
        if start < it.span.end {
            out.push(Inline { span: Span::new(start, it.span.end), zone: it.zone });
            at = it.span.end;
        }
    }
    out.extend(next);
    out
}
