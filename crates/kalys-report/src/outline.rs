//! How an act was read: its units with zones and languages, the kind of act with its evidence, and what was doubtful.

use std::collections::BTreeMap;
use std::fmt::Write;

use kalys_model::{Alphabet, Lang, UnitKind, Zone};

use crate::address::Addresses;
use crate::names::Named;
use crate::text::{Paint, clean};
use crate::{Checked, View};

/// Characters of a unit's own words that the outline shows.
const FIRST_WORDS: usize = 60;

/// The outline as text. It shows how the act was read, no findings.
pub fn outline(checked: &Checked, view: &View) -> String {
    let phrases = view.phrases;
    let paint = Paint(view.color);
    let act = checked.act;
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}", paint.bold(&clean(checked.path)));
    let mut fact = |key: &str, value: &str| {
        let _ = writeln!(out, "  {}: {value}", phrases.text(key));
    };
    fact("outline.format", checked.format);
    let mut kind = phrases.text(&act.kind.key()).to_owned();
    if let Some(evidence) = act.kind_evidence {
        let _ = write!(kind, " («{}»)", clean(&act.quote(evidence)));
    }
    fact("outline.kind", &kind);
    fact("outline.language", phrases.text(&act.lang.key()));
    if act.fragment {
        fact("outline.fragment", phrases.text("outline.fragment-why"));
    }
    if act.alphabet != Alphabet::Standard {
        fact("outline.alphabet", phrases.text(&act.alphabet.key()));
    }
    let mut counts: BTreeMap<UnitKind, usize> = BTreeMap::new();
    for unit in act.units.iter().filter(|it| it.kind != UnitKind::Act) {
        *counts.entry(unit.kind).or_default() += 1;
    }
    let counts: Vec<String> =
        counts.iter().map(|(kind, n)| format!("{} {n}", phrases.text(&kind.key()))).collect();
    fact("outline.units", &counts.join(", "));
    out.push('\n');

    let addresses = Addresses::new(act);
    let mut depths: Vec<usize> = Vec::with_capacity(act.units.len());
    for (index, unit) in act.units.iter().enumerate() {
        let depth = unit.parent.map_or(0, |parent| depths[parent.0 as usize] + 1);
        depths.push(depth);
        if matches!(unit.kind, UnitKind::Act | UnitKind::Sentence) {
            continue;
        }
        let _ = write!(out, "{:indent$}", "", indent = 2 * depth.saturating_sub(1));
        let label = match addresses.of(kalys_model::UnitId(index as u32)).0.pop() {
            Some(last) => crate::Address(vec![last]).display(phrases),
            None => phrases.text(&unit.kind.key()).to_owned(),
        };
        out.push_str(&paint.bold(&label));
        if unit.zone != Zone::Normative {
            let _ = write!(out, " [{}]", phrases.text(&unit.zone.key()));
        }
        if unit.lang != act.lang && unit.lang != Lang::Other {
            let _ = write!(out, " [{}]", phrases.text(&unit.lang.key()));
        }
        if let Some(heading) = unit.heading {
            let _ = write!(out, " {}", clean(&act.quote(heading)));
        }
        let words = act.quote(unit.body);
        if !words.is_empty() {
            let separator = if unit.heading.is_some() { " — " } else { " " };
            let _ = write!(out, "{separator}{}", paint.dim(&clean(&first_words(&words))));
        }
        out.push('\n');
    }

    if !act.doubts.is_empty() {
        let _ = writeln!(out, "\n{}", paint.bold(phrases.text("outline.doubts")));
        for doubt in &act.doubts {
            let place = act.map.place(doubt.span.start, &act.text, checked.source);
            let at = match (place.line, place.paragraph) {
                (Some(line), _) => line.to_string(),
                (None, Some((paragraph, _))) => format!("¶{}", paragraph + 1),
                (None, None) => format!("@{}", place.byte),
            };
            let words = first_words(&act.quote(doubt.span));
            let _ = writeln!(out, "  {at}: {} «{}»", phrases.text(&doubt.kind.key()), clean(&words));
        }
    }
    out
}

fn first_words(text: &str) -> String {
    match text.char_indices().nth(FIRST_WORDS) {
        Some((at, _)) => {
            let end = text[..at].rfind(' ').unwrap_or(at);
            format!("{} …", &text[..end])
        }
        None => text.to_owned(),
    }
}
