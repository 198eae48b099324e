//! For a person at a terminal: findings by article, each with the clause, the words underlined, the reason and the way out.
//!
//! The excerpt is laid out here and not by a library for compiler messages: those show source lines as they are and crop
//! them at one line, while a clause of an act is a quotation (joined over line breaks, legacy letters put right) that
//! runs over several lines and must be read as a whole.

use std::fmt::Write as _;
use std::io::{self, Write};

use kalys_model::{Act, Evidence, Finding, Grade, Span, UnitId};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::address::Addresses;
use crate::names::Named;
use crate::phrases::Phrases;
use crate::{Checked, Summary, View, factor_name};

/// One act; empty when nothing is to be shown of it.
pub(crate) fn act(checked: &Checked, view: &View) -> Vec<u8> {
    if checked.findings.is_empty() {
        return Vec::new();
    }
    let page = Page { checked, view, addresses: Addresses::new(checked.act), paint: Paint(view.color) };
    let mut out = String::with_capacity(checked.findings.len() * 1024);
    page.head(&mut out);
    let mut group = None;
    for finding in checked.findings {
        let here = page.addresses.group(finding.unit);
        if group != Some(here) {
            page.heading(&mut out, here);
            group = Some(here);
        }
        page.finding(&mut out, finding);
    }
    out.into_bytes()
}

/// Failures, and what the run comes to.
pub(crate) fn end(out: &mut dyn Write, summary: &Summary, view: &View) -> io::Result<()> {
    let phrases = view.phrases;
    let paint = Paint(view.color);
    let mut text = String::new();
    if summary.files > 0 {
        let counts = [Evidence::Risk, Evidence::Review, Evidence::Info]
            .into_iter()
            .filter(|level| summary.count(*level) > 0)
            .map(|level| format!("{}: {}", phrases.text(&level.key()), summary.count(level)))
            .collect::<Vec<_>>()
            .join(", ");
        let files = phrases.fill("count.files", &[("n", &summary.files)]);
        let line = if counts.is_empty() {
            phrases.fill("summary.nothing", &[("files", &files)])
        } else {
            phrases.fill("summary.found", &[("files", &files), ("counts", &counts)])
        };
        let _ = writeln!(text, "{}", paint.bold(&line));
        let names: Vec<&str> = view
            .catalog
            .factors
            .iter()
            .filter(|it| it.grade >= Grade::C)
            .map(|it| factor_name(it, phrases.lang()))
            .collect();
        if !names.is_empty() {
            let line = phrases.fill("summary.expert", &[("factors", &names.join("; "))]);
            wrap(&mut text, &line, "", "  ", view.width);
        }
        if summary.unverified {
            let profile = view.catalog.profiles.iter().find(|it| it.key == view.profile);
            let name = profile.map_or(view.profile, |it| it.name.get(phrases.lang()));
            let line = phrases.fill("summary.unverified", &[("profile", &name)]);
            wrap(&mut text, &line, "", "  ", view.width);
        }
    }
    if summary.skipped > 0 {
        let line = phrases.fill("summary.skipped", &[("n", &summary.skipped)]);
        wrap(&mut text, &line, "", "  ", view.width);
    }
    for failure in &summary.failures {
        let line = format!("{}: {}", clean(&failure.path), clean(&failure.message(phrases)));
        let _ = writeln!(text, "{}: {line}", paint.level(Evidence::Risk, phrases.text("summary.failed")));
    }
    out.write_all(text.as_bytes())
}

/// `path:line:column`, or the paragraph of an office file: `path:¶13`.
pub(crate) fn locate(out: &mut String, checked: &Checked, span: Span) {
    let place = checked.act.map.place(span.start, &checked.act.text, checked.source);
    out.push_str(&clean(checked.path));
    // Writing to a string cannot fail.
    let _ = match (place.line, place.column, place.paragraph) {
        (Some(line), Some(column), _) => write!(out, ":{line}:{column}"),
        (_, _, Some((paragraph, _))) => write!(out, ":¶{}", paragraph + 1),
        _ => write!(out, ":@{}", place.byte),
    };
}

/// The text without characters that would steer a terminal or turn the reading direction.
pub(crate) fn clean(text: &str) -> std::borrow::Cow<'_, str> {
    let steers = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.contains(steers) {
        text.chars().map(|c| if steers(c) { '\u{fffd}' } else { c }).collect::<String>().into()
    } else {
        text.into()
    }
}

/// Appends the text in lines of at most `width` columns; the first begins with `first`, the others with `rest`.
pub(crate) fn wrap(out: &mut String, text: &str, first: &str, rest: &str, width: usize) {
    for (index, line) in text.lines().enumerate() {
        out.push_str(if index == 0 { first } else { rest });
        let mut column = if index == 0 { first.width() } else { rest.width() };
        let indent = rest.width();
        let mut fresh = true;
        for word in line.split(' ') {
            let columns = word.width();
            if !fresh && column + 1 + columns > width && indent + columns <= width.max(indent + 1) {
                out.push('\n');
                out.push_str(rest);
                column = indent;
            } else if !fresh {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += columns;
            fresh = false;
        }
        out.push('\n');
    }
}

struct Page<'a> {
    checked: &'a Checked<'a>,
    view: &'a View<'a>,
    addresses: Addresses<'a>,
    paint: Paint,
}

impl Page<'_> {
    fn act(&self) -> &Act {
        self.checked.act
    }

    fn phrases(&self) -> Phrases {
        self.view.phrases
    }

    fn head(&self, out: &mut String) {
        let phrases = self.phrases();
        let act = self.act();
        let mut about = format!("{}, {}", phrases.text(&act.kind.key()), phrases.text(&act.lang.key()));
        if act.fragment {
            let _ = write!(about, ", {}", phrases.text("act.fragment"));
        }
        if !act.doubts.is_empty() {
            let _ = write!(about, ", {}", phrases.fill("act.doubts", &[("n", &act.doubts.len())]));
        }
        let path = clean(self.checked.path);
        let _ = writeln!(out, "{} ({about})\n", self.paint.bold(&path));
    }

    fn heading(&self, out: &mut String, group: UnitId) {
        let unit = self.act().unit(group);
        if unit.parent.is_none() {
            return;
        }
        let mut line = self.addresses.of(group).display(self.phrases());
        if let Some(heading) = unit.heading {
            let _ = write!(line, ". {}", clean(&self.act().quote(heading)));
        }
        let mut wrapped = String::new();
        wrap(&mut wrapped, &line, "", "  ", self.view.width);
        let _ = writeln!(out, "{}\n", self.paint.bold(wrapped.trim_end()));
    }

    fn finding(&self, out: &mut String, finding: &Finding) {
        let phrases = self.phrases();
        let lang = phrases.lang();
        let factor = self.view.catalog.factor(finding.factor);
        let number = self.view.number(factor);
        let name = factor_name(factor, lang);
        let title = if number.is_empty() { name.to_owned() } else { format!("{number} {name}") };
        let _ = writeln!(
            out,
            "  {} · {} · {}",
            self.paint.level(finding.level, phrases.text(&finding.level.key())),
            phrases.text(&finding.severity.key()),
            self.addresses.of(finding.unit).display(phrases),
        );
        wrap(out, &title, "  ", "    ", self.view.width);
        let rule = &self.view.catalog.rule(finding.rule).name;
        let _ = writeln!(out, "  {}", self.paint.dim(&format!("{} · {rule}", self.place(finding.span))));
        self.excerpt(out, finding);
        wrap(out, &clean(finding.message.get(lang)), "    ", "    ", self.view.width);
        if !finding.missing.is_empty() {
            self.labelled(out, "finding.missing", &self.list(&finding.missing));
        }
        if !finding.searched.is_empty() {
            self.labelled(out, "finding.searched", &self.list(&finding.searched));
        }
        if !finding.unknown.is_empty() {
            self.labelled(out, "finding.unknown", &self.list(&finding.unknown));
        }
        let question = finding.question.get(lang);
        if !question.is_empty() {
            self.labelled(out, "finding.question", question);
        }
        self.labelled(out, "finding.remedy", finding.remedy.get(lang));
        if let Some(fix) = &finding.fix {
            self.labelled(out, "finding.fix", &fix.replacement);
        }
        for related in &finding.related {
            let mut text = self.place(related.span);
            let message = related.message.get(lang);
            let _ = write!(text, " «{}»", self.act().quote(related.span));
            if !message.is_empty() {
                let _ = write!(text, ": {message}");
            }
            self.labelled(out, "finding.related", &text);
        }
        out.push('\n');
    }

    /// Line or paragraph of the file; its path stands above the act.
    fn place(&self, span: Span) -> String {
        let place = self.act().map.place(span.start, &self.act().text, self.checked.source);
        let (key, n) = match (place.line, place.paragraph) {
            (Some(line), _) => ("place.line", line),
            (None, Some((paragraph, _))) => ("place.paragraph", paragraph + 1),
            (None, None) => ("place.byte", place.byte),
        };
        self.phrases().fill(key, &[("n", &n)])
    }

    fn list<T: Named>(&self, values: &[T]) -> String {
        let phrases = self.phrases();
        values.iter().map(|it| phrases.text(&it.key()).to_owned()).collect::<Vec<_>>().join(", ")
    }

    fn labelled(&self, out: &mut String, key: &str, text: &str) {
        let line = format!("{}: {}", self.phrases().text(key), clean(text));
        wrap(out, &line, "    ", "      ", self.view.width);
    }

    /// The clause with the words underlined.
    fn excerpt(&self, out: &mut String, finding: &Finding) {
        let clause = finding.clause.join(finding.span);
        let quoted = Quoted::new(self.act(), clause, finding.span);
        for (line, marks) in quoted.lines(self.view.width.saturating_sub(6).max(20)) {
            let _ = writeln!(out, "    {} {}", self.paint.dim("│"), self.emphasize(&line, marks.clone()));
            if !marks.is_empty() {
                let before = line[..marks.start].width();
                let under = "^".repeat(line[marks].width().max(1));
                let _ = writeln!(
                    out,
                    "    {} {:before$}{}",
                    self.paint.dim("│"),
                    "",
                    self.paint.level(finding.level, &under)
                );
            }
        }
    }

    fn emphasize(&self, line: &str, marks: std::ops::Range<usize>) -> String {
        format!("{}{}{}", &line[..marks.start], self.paint.bold(&line[marks.clone()]), &line[marks.end..])
    }
}

/// A clause as a person would write it, with the words of a finding in it.
struct Quoted {
    text: String,
    /// Bytes of `text` that are the words.
    words: std::ops::Range<usize>,
}

/// Columns of the clause shown before the words and after them.
const BEFORE: usize = 160;
const AFTER: usize = 110;
/// Columns of the words themselves: longer ones are cropped in the middle.
const WORDS: usize = 420;

impl Quoted {
    fn new(act: &Act, clause: Span, words: Span) -> Quoted {
        let before = act.quote(Span::new(clause.start, words.start));
        let middle = act.quote(words);
        let after = act.quote(Span::new(words.end, clause.end));
        // A quotation is trimmed; whether a space stood at the seam is asked of the text.
        let space = |at: u32, forward: bool| {
            let (left, right) = act.text.split_at_checked(at as usize).unwrap_or((&act.text, ""));
            if forward { right.chars().next() } else { left.chars().next_back() }
                .is_some_and(char::is_whitespace)
        };
        let inner_space = |forward: bool| {
            let slice = act.slice(words);
            if forward { slice.chars().next() } else { slice.chars().next_back() }
                .is_some_and(char::is_whitespace)
        };
        let mut text = crop_front(&clean(&before), BEFORE);
        if !text.is_empty() && (space(words.start, false) || inner_space(true)) {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(&crop_middle(&clean(&middle), WORDS));
        let end = text.len();
        if !after.is_empty() && (space(words.end, true) || inner_space(false)) {
            text.push(' ');
        }
        text.push_str(&crop_back(&clean(&after), AFTER));
        Quoted { text, words: start..end }
    }

    /// Lines of at most `width` columns, each with its part of the words.
    fn lines(&self, width: usize) -> Vec<(String, std::ops::Range<usize>)> {
        let mut lines = Vec::new();
        let mut from = 0;
        let mut column = 0;
        let mut last_space = None;
        for (at, c) in self.text.char_indices() {
            let columns = c.width().unwrap_or(0);
            if column + columns > width {
                let until = last_space.filter(|it| *it > from).unwrap_or(at);
                lines.push(self.line(from, until));
                from = if last_space == Some(until) { until + 1 } else { until };
                column = self.text[from.min(at)..at].width();
                last_space = None;
            }
            if c == ' ' {
                last_space = Some(at);
            }
            column += columns;
        }
        if from < self.text.len() {
            lines.push(self.line(from, self.text.len()));
        }
        lines
    }

    fn line(&self, from: usize, until: usize) -> (String, std::ops::Range<usize>) {
        let start = self.words.start.clamp(from, until) - from;
        let end = self.words.end.clamp(from, until) - from;
        (self.text[from..until].to_owned(), start..end)
    }
}

/// The last columns of the text, from the beginning of a word.
fn crop_front(text: &str, limit: usize) -> String {
    let mut columns = 0;
    for (at, c) in text.char_indices().rev() {
        columns += c.width().unwrap_or(0);
        if columns > limit {
            let rest = &text[at + c.len_utf8()..];
            let begin = rest.find(' ').map_or(0, |it| it + 1);
            return format!("… {}", &rest[begin..]);
        }
    }
    text.to_owned()
}

/// The first columns of the text, to the end of a word.
fn crop_back(text: &str, limit: usize) -> String {
    let mut columns = 0;
    for (at, c) in text.char_indices() {
        columns += c.width().unwrap_or(0);
        if columns > limit {
            let end = text[..at].rfind(' ').unwrap_or(at);
            return format!("{} …", &text[..end]);
        }
    }
    text.to_owned()
}

fn crop_middle(text: &str, limit: usize) -> String {
    if text.width() <= limit {
        return text.to_owned();
    }
    let head = crop_back(text, limit / 2);
    let tail = crop_front(text, limit / 2);
    format!("{head}{}", tail.trim_start_matches('…'))
}

/// ANSI colors, or none.
#[derive(Clone, Copy)]
pub(crate) struct Paint(pub(crate) bool);

impl Paint {
    pub(crate) fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    pub(crate) fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    pub(crate) fn level(self, level: Evidence, text: &str) -> String {
        let code = match level {
            Evidence::Risk => "1;31",
            Evidence::Review => "1;33",
            Evidence::Info => "1;36",
        };
        self.with(code, text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.0 && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

#[cfg(test)]
mod tests;
