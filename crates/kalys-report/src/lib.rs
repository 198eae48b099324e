//! Findings to what people and programs read: text for a terminal, one-line lists, JSON, the outline of an act, rule cards.
//!
//! It is for turning [`Finding`]s into bytes, in Kyrgyz, Russian and English; every word that the program says is in
//! `phrases/`. It does not read files, does not judge norms, and decides nothing about which findings are shown.

mod address;
mod card;
mod concise;
mod json;
mod names;
mod outline;
mod phrases;
mod place;
#[cfg(test)]
mod sample;
mod text;

use std::io::{self, Write};

use kalys_model::{Act, Catalog, Evidence, FactorCard, Finding, Lang, LegalReference};

pub use address::{Address, Addresses, Step};
pub use card::{rule_card, rule_list};
pub use json::{SCHEMA_VERSION, StreamFinding, stream_findings};
pub use names::Named;
pub use outline::outline;
pub use phrases::{Phrases, ui_of_locale};
pub use place::Points;

/// What findings are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// For a person: by article, with excerpt, reason and remedy.
    Text,
    /// One line a finding: `path:line:column: level factor rule: message`.
    Concise,
    /// One JSON document for the run.
    Json,
    /// One JSON object a line for each finding.
    Ndjson,
}

impl Output {
    /// Every output with the name that `--format` knows it by.
    pub const ALL: [(&'static str, Output); 4] = [
        ("text", Output::Text),
        ("concise", Output::Concise),
        ("json", Output::Json),
        ("ndjson", Output::Ndjson),
    ];
}

/// How everything of a run is shown.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// Names and cards of rules and factors.
    pub catalog: &'a Catalog,
    /// Key of the legal order whose numbers factors are given.
    pub profile: &'a str,
    /// The program's own language.
    pub phrases: Phrases,
    /// Whether to color with ANSI codes.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
}

impl<'a> View<'a> {
    /// The number of a factor in the chosen profile, `A2` or `3(б)`; several are joined by a comma, none is empty.
    pub fn number(&self, factor: &FactorCard) -> String {
        let numbers: Vec<&str> = self.references(factor).map(|it| it.number.as_str()).collect();
        numbers.join(", ")
    }

    /// Whether a person has checked the number of the factor against the official text.
    pub fn verified(&self, factor: &FactorCard) -> bool {
        self.references(factor).all(|it| it.verified)
    }

    fn references<'f>(
        &self,
        factor: &'f FactorCard,
    ) -> impl Iterator<Item = &'f LegalReference> + use<'a, 'f> {
        let profile = self.profile;
        factor.references.iter().filter(move |it| it.profile == profile)
    }
}

/// An act that was checked, with what was found in it.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The path as the user gave it, or as the walk found it.
    pub path: &'a str,
    /// Name of the file's format: `txt`, `docx`.
    pub format: &'a str,
    /// The bytes of the file, for columns.
    pub source: &'a [u8],
    /// The act.
    pub act: &'a Act,
    /// What is to be shown, sorted by place.
    pub findings: &'a [Finding],
}

/// A file that could not be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its path.
    pub path: String,
    /// Stable code; `read.CODE.VALUE` with the first argument's value, or else `read.CODE`, is the phrase for it.
    pub code: String,
    /// What the phrase's placeholders stand for.
    pub args: Vec<(String, String)>,
}

impl Failure {
    /// What happened and what to do, in the given language.
    pub fn message(&self, phrases: Phrases) -> String {
        let mut key = format!("read.{}", self.code);
        // A phrase for the very format or limit says more than the one for the kind of failure.
        let special = self.args.first().map(|(_, value)| format!("{key}.{value}"));
        if let Some(special) = special.filter(|it| phrases.has(it)) {
            key = special;
        }
        let args: Vec<(&str, &dyn std::fmt::Display)> =
            self.args.iter().map(|(name, value)| (name.as_str(), value as &dyn std::fmt::Display)).collect();
        phrases.fill(&key, &args)
    }
}

/// What a whole run comes to.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Files that were checked.
    pub files: usize,
    /// Findings shown, by [`Evidence`] from info to risk.
    pub counts: [usize; 3],
    /// Walked files whose type kalys does not read.
    pub skipped: usize,
    /// Files that could not be checked, in order of their paths.
    pub failures: Vec<Failure>,
    /// Whether a number of a factor was shown that nobody has checked against the official text.
    pub unverified: bool,
}

impl Summary {
    /// Counts a checked act.
    pub fn add(&mut self, view: &View, findings: &[Finding]) {
        self.files += 1;
        for finding in findings {
            self.counts[finding.level as usize] += 1;
            let factor = view.catalog.factor(finding.factor);
            self.unverified |= !view.verified(factor);
        }
    }

    /// Findings of one level.
    pub fn count(&self, level: Evidence) -> usize {
        self.counts[level as usize]
    }

    /// Findings of all levels.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// Writes what stands before the first act.
pub fn begin(out: &mut dyn Write, output: Output, view: &View) -> io::Result<()> {
    match output {
        Output::Json => json::begin(out, view),
        Output::Text | Output::Concise | Output::Ndjson => Ok(()),
    }
}

/// One act as bytes, apart from what stands between acts: see [`write_act`].
pub fn render(checked: &Checked, output: Output, view: &View) -> Vec<u8> {
    match output {
        Output::Text => text::act(checked, view),
        Output::Concise => concise::act(checked, view),
        Output::Json => json::act(checked, view),
        Output::Ndjson => json::lines(checked, view),
    }
}

/// Writes a rendered act; `first` says that no act was written before it.
pub fn write_act(out: &mut dyn Write, output: Output, rendered: &[u8], first: bool) -> io::Result<()> {
    if output == Output::Json && !first {
        out.write_all(b",\n")?;
    }
    out.write_all(rendered)
}

/// Writes what stands after the last act: failures and the summary. `quiet` leaves out the words for people.
pub fn end(
    out: &mut dyn Write,
    output: Output,
    summary: &Summary,
    view: &View,
    quiet: bool,
) -> io::Result<()> {
    match output {
        Output::Text if quiet => Ok(()),
        Output::Text => text::end(out, summary, view),
        Output::Json => json::end(out, summary, view),
        Output::Concise | Output::Ndjson => Ok(()),
    }
}

/// Name of a factor in the program's language.
fn factor_name(factor: &FactorCard, lang: Lang) -> &str {
    let name = factor.name.get(lang);
    if name.is_empty() { &factor.key } else { name }
}
