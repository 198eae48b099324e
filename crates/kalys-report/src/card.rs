//! Rules as a reader meets them: the card of one, and the list of all.

use std::fmt::Write;

use kalys_model::{Lang, RuleId};
use unicode_width::UnicodeWidthStr;

use crate::names::Named;
use crate::text::{Paint, wrap};
use crate::{View, factor_name};

/// The card of a rule, for `kalys explain RULE`.
pub fn rule_card(rule: RuleId, view: &View) -> String {
    let phrases = view.phrases;
    let lang = phrases.lang();
    let paint = Paint(view.color);
    let card = view.catalog.rule(rule);
    let factor = view.catalog.factor(card.factor);
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}  {}\n", paint.bold(&card.name), card.title.get(lang));
    let mut line = |key: &str, value: &str| {
        if !value.is_empty() {
            wrap(&mut out, &format!("{}: {value}", phrases.text(key)), "  ", "    ", view.width);
        }
    };
    line("card.factor", &format!("{} ({})", factor_name(factor, lang), factor.key));
    for reference in &factor.references {
        let profile = view.catalog.profiles.iter().find(|it| it.key == reference.profile);
        let name = profile.map_or(reference.profile.as_str(), |it| it.name.get(lang));
        let checked = if reference.verified { "card.verified" } else { "card.unverified" };
        line("card.number", &format!("{} — {name} ({})", reference.number, phrases.text(checked)));
    }
    line("card.level", phrases.text(&card.level.key()));
    line("card.severity", phrases.text(&card.severity.key()));
    line("card.why", card.why.get(lang));
    line("card.question", card.question.get(lang));
    line("card.remedy", card.remedy.get(lang));
    line("card.exceptions", &card.exceptions.join(", "));
    line("card.languages", &codes(&card.languages));
    let reviewed =
        if card.reviewed.is_empty() { phrases.text("card.nobody") } else { &card.reviewed.join(", ") };
    line("card.reviewed", reviewed);
    line("card.pack", &format!("{} ({})", card.pack, phrases.fill("card.version", &[("n", &card.version)])));
    out
}

/// Every rule in a line, for `kalys rules list`.
pub fn rule_list(view: &View) -> String {
    let phrases = view.phrases;
    let paint = Paint(view.color);
    let head = ["rule", "factor", "number", "level", "severity", "languages", "reviewed", "verified"]
        .map(|it| phrases.text(&format!("list.{it}")).to_owned());
    let mut rows = vec![head];
    for card in &view.catalog.rules {
        let factor = view.catalog.factor(card.factor);
        let number = view.number(factor);
        let verified = match () {
            () if number.is_empty() => "–",
            () if view.verified(factor) => phrases.text("list.yes"),
            () => phrases.text("list.no"),
        };
        let reviewed = if card.reviewed.is_empty() {
            phrases.text("list.no").to_owned()
        } else {
            card.reviewed.join(",")
        };
        rows.push([
            card.name.clone(),
            factor.key.clone(),
            if number.is_empty() { "–".to_owned() } else { number.clone() },
            phrases.text(&card.level.key()).to_owned(),
            phrases.text(&card.severity.key()).to_owned(),
            codes(&card.languages),
            reviewed,
            verified.to_owned(),
        ]);
    }
    let mut widths = [0; 8];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut out = String::new();
    for (index, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
        }
        let line = line.trim_end();
        let _ = writeln!(out, "{}", if index == 0 { paint.bold(line) } else { line.to_owned() });
    }
    out
}

fn codes(languages: &[Lang]) -> String {
    languages.iter().map(|it| it.code()).collect::<Vec<_>>().join(",")
}
