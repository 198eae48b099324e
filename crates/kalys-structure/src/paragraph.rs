//! Blocks to paragraphs: lines that were wrapped are put together, and words that were broken are found again.
//!
//! A paragraph is a span; the line breaks stay inside it. What this module decides from: the usual length of a full line,
//! how a line ends, how the next one begins.

use crate::label;
use crate::letters::{self, is_hyphen};
use crate::words;
use kalys_model::{Block, BlockKind, Doubt, DoubtKind, Source, Span};
use rustc_hash::FxHashSet;

/// A paragraph, or a block that the format set apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paragraph {
    /// From its first to its last sign, without the white space around.
    pub(crate) span: Span,
    /// What the format says about it; wrapped lines become `Paragraph`.
    pub(crate) form: BlockKind,
    /// True when an empty line stands before it.
    pub(crate) gap: bool,
}

/// What became of the blocks of a source.
#[derive(Debug, Default)]
pub(crate) struct Paragraphs {
    /// In order of the text.
    pub(crate) list: Vec<Paragraph>,
    /// Words with a line break or spaces in them.
    pub(crate) joins: Vec<Span>,
    /// Page numbers that stand inside a paragraph.
    pub(crate) page_numbers: Vec<Span>,
    /// Joins without certainty.
    pub(crate) doubts: Vec<Doubt>,
}

/// Puts the blocks of a source together into paragraphs.
pub(crate) fn paragraphs(source: &Source) -> Paragraphs {
    let text = source.text.as_str();
    let lines = trim(text, &source.blocks);
    let wrap = Wrap::measure(text, &lines);
    let mut acc = Paragraphs { list: Vec::with_capacity(lines.len()), ..Paragraphs::default() };
    let mut breaks = Vec::new();
    let mut n_open: i32 = 0;
    let mut index = 0;
    while index < lines.len() {
        let line = &lines[index];
        if line.kind != BlockKind::Line {
            acc.list.push(Paragraph { span: line.span, form: line.kind, gap: line.gap });
            index += 1;
            continue;
        }
        let mut span = line.span;
        let mut last = index;
        n_open = open_brackets(text, line.span, 0, wrap.is_some());
        let mut next = index + 1;
        while let Some(candidate) = lines.get(next).filter(|it| it.kind == BlockKind::Line) {
            // A page number in mid-sentence is stepped over.
            if let Some(wrap) = &wrap
                && is_page_number(text, candidate.span)
                && let Some(after) = lines.get(next + 1).filter(|it| it.kind == BlockKind::Line)
                && next == last + 1
                && !ends_sentence(text, lines[last].span)
                && begins_lower(text, after.span)
                && joins(text, &lines[last], after, Some(wrap), n_open) != Joining::No
            {
                acc.page_numbers.push(candidate.span);
                next += 1;
                continue;
            }
            match joins(text, &lines[last], candidate, wrap.as_ref(), n_open) {
                Joining::No => break,
                Joining::Unsure => {
                    acc.doubts.push(Doubt { span: candidate.span, kind: DoubtKind::UncertainJoin });
                }
                Joining::Sure => {}
            }
            if ends_with_hyphen(text, lines[last].span) {
                breaks.push((lines[last].span.end, candidate.span.start));
            }
            span = Span::new(span.start, candidate.span.end);
            n_open = open_brackets(text, candidate.span, n_open, wrap.is_some());
            last = next;
            next += 1;
        }
        // A page number that nothing followed belongs to no paragraph.
        while acc.page_numbers.last().is_some_and(|it| it.start >= span.end) {
            acc.page_numbers.pop();
            next = last + 1;
        }
        acc.list.push(Paragraph { span, form: BlockKind::Paragraph, gap: line.gap });
        index = next.max(index + 1);
    }
    let _ = n_open;
    broken_words(text, &breaks, &mut acc.joins);
    spaced_words(text, &acc.list, &mut acc.joins);
    acc.joins.sort_unstable_by_key(|it| it.start);
    acc.joins.dedup_by(|b, a| b.start < a.end);
    acc
}

/// A block with the white space around it taken off.
struct Line {
    span: Span,
    kind: BlockKind,
    gap: bool,
    /// Characters of white space before the first sign.
    indent: u32,
    /// Characters between first and last sign.
    n_chars: u32,
}

fn trim(text: &str, blocks: &[Block]) -> Vec<Line> {
    let mut lines = Vec::with_capacity(blocks.len());
    let mut before = 0;
    for block in blocks {
        let Some(piece) = text.get(block.span.range()) else { continue };
        let content = piece.trim();
        if content.is_empty() {
            continue;
        }
        let lead = piece.len() - piece.trim_start().len();
        let start = block.span.start as usize + lead;
        let end = start + content.len();
        let between = text.get(before..start).unwrap_or_default();
        let gap = lines.is_empty() || memchr::memchr_iter(b'\n', between.as_bytes()).take(2).count() >= 2;
        let from_line = between.rfind('\n').map_or(0, |it| it + 1);
        lines.push(Line {
            span: Span::new(start as u32, end as u32),
            kind: block.kind,
            gap,
            indent: between[from_line..].chars().count() as u32,
            n_chars: content.bytes().filter(|byte| byte & 0xC0 != 0x80).count() as u32,
        });
        before = end;
    }
    lines
}

/// How the lines of a document were wrapped.
struct Wrap {
    /// Characters of a full line.
    width: u32,
}

impl Wrap {
    /// Tells whether lines end because they were full: many of them end in mid-sentence, and none is much longer.
    fn measure(text: &str, lines: &[Line]) -> Option<Wrap> {
        const LONGEST: usize = 160;
        let mut lengths = [0_u32; LONGEST + 1];
        let (mut n_lines, mut n_long, mut n_broken) = (0_u32, 0_u32, 0_u32);
        let mut before: Option<&Line> = None;
        for line in lines.iter().filter(|it| it.kind == BlockKind::Line) {
            n_lines += 1;
            let reach = (line.n_chars + line.indent) as usize;
            if reach > LONGEST {
                n_long += 1;
            } else if let Some(first) = before
                && first.n_chars >= 30
                && begins_lower(text, line.span)
                && !ends_sentence(text, first.span)
            {
                n_broken += 1;
            }
            before = (reach <= LONGEST).then_some(line);
            lengths[reach.min(LONGEST)] += 1;
        }
        if n_lines < 2 || n_broken == 0 || n_long * 25 > n_lines || n_broken * 8 < n_lines {
            return None;
        }
        // The length that one line in twenty reaches.
        let mut n_above = 0;
        let mut width = 0;
        for length in (0..LONGEST).rev() {
            n_above += lengths[length];
            if n_above * 20 >= n_lines {
                width = length as u32;
                break;
            }
        }
        (40..=150).contains(&width).then_some(Wrap { width })
    }

    /// True when the first word of the next line would not have fitted at the end of this one.
    fn is_full(&self, text: &str, line: &Line, next: &Line) -> bool {
        let piece = text.get(next.span.range()).unwrap_or_default();
        let word = piece.chars().take_while(|c| !c.is_whitespace()).take(40).count() as u32;
        line.indent + line.n_chars + 1 + word + 2 > self.width
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Joining {
    No,
    Unsure,
    Sure,
}

/// Whether the next line goes on with the paragraph of this one.
fn joins(text: &str, line: &Line, next: &Line, wrap: Option<&Wrap>, n_open: i32) -> Joining {
    let lower = begins_lower(text, next.span);
    let Some(wrap) = wrap else {
        // Lines are paragraphs here; one that stops in mid-phrase may still have been broken by hand.
        let piece = text.get(line.span.range()).unwrap_or_default();
        let ends_in_word = piece.chars().next_back().is_some_and(|c| c.is_lowercase());
        let broken = lower
            && ends_in_word
            && !next.gap
            && line.n_chars >= 30
            && !memchr::memchr(b'\t', piece.as_bytes()).is_some_and(|_| true)
            && memchr::memchr(b'\t', text.get(next.span.range()).unwrap_or_default().as_bytes()).is_none()
            && !begin_alike(piece, text.get(next.span.range()).unwrap_or_default())
            && label::read(text.get(next.span.range()).unwrap_or_default(), false).is_none();
        return if broken { Joining::Unsure } else { Joining::No };
    };
    let piece = text.get(line.span.range()).unwrap_or_default();
    let next_piece = text.get(next.span.range()).unwrap_or_default();
    if ends_with_hyphen(text, line.span) && (lower || !next.gap) && next_piece.starts_with(letters::is_letter)
    {
        return Joining::Sure;
    }
    let ended = ends_sentence(text, line.span);
    let full = wrap.is_full(text, line, next);
    if let Some(label) = label::read(next_piece, false) {
        if ended && n_open <= 0 {
            return Joining::No;
        }
        let dash = label.level == label::Level::Item(label::Style::Dash);
        if dash && full && (n_open > 0 || !next.gap) && !ended {
            return Joining::Sure;
        }
        // «… в соответствии с пунктом⏎5. …»
        return if full && !next.gap && awaits_number(piece) { Joining::Sure } else { Joining::No };
    }
    let goes_on = !ended && ends_in_mid_phrase(piece);
    let lower = lower || begins_with_number(next_piece) && (full || !next.gap && line.n_chars >= 30);
    if lower {
        return match (ended, full || goes_on, next.gap) {
            (false, true, _) | (false, _, false) => Joining::Sure,
            (false, false, true) => Joining::Unsure,
            // A list of unnumbered items, each ending in `;`.
            (true, true, false) if !matches!(letters::last_sign(piece), Some(';' | ':')) => Joining::Sure,
            _ => Joining::No,
        };
    }
    if next.gap {
        let goes_on = goes_on || !ended && full && (n_open > 0 || piece.ends_with([',', '-', '–', '(']));
        return if goes_on { Joining::Unsure } else { Joining::No };
    }
    if goes_on {
        return Joining::Sure;
    }
    // A heading in capitals follows.
    if letters::is_capitals(next_piece) && !letters::is_capitals(piece) && next_piece.contains(' ') {
        return Joining::No;
    }
    // A deeper indent begins a paragraph.
    if next.indent >= line.indent + 2 && ended {
        return Joining::No;
    }
    if full && (!ended || !matches!(letters::last_sign(piece), Some(';' | ':'))) && line.n_chars >= 30 {
        return Joining::Sure;
    }
    Joining::No
}

/// True when the last word of a line asks for a number: `пунктом⏎5.`
fn awaits_number(line: &str) -> bool {
    let last = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    matches!(last, "№" | "N" | "и" | "или" | "до" | "с" | "жана" | "ст." | "п." | "and" | "or")
        || letters::starts_any(
            last,
            &["пункт", "част", "стать", "подпункт", "абзац", "глав", "section", "article", "paragraph"],
        )
}

/// True for the words after which a sentence cannot end: `жана`, `в`.
fn ends_in_mid_phrase(line: &str) -> bool {
    let last = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    last.len() <= 14 && words::CONTINUING.iter().any(|it| letters::word(last, it) == Some(last.len()))
}

/// True for lines with the same first word: items of a list without signs at their ends.
fn begin_alike(line: &str, next: &str) -> bool {
    let first = |it: &'_ str| it.find(char::is_whitespace).unwrap_or(it.len());
    line[..first(line)] == next[..first(next)]
}

fn begins_lower(text: &str, span: Span) -> bool {
    text.get(span.range()).unwrap_or_default().chars().next().is_some_and(char::is_lowercase)
}

/// A number that goes on with small letters: `22-февралындагы`. Only where lines are wrapped: `1-бап` begins an article.
fn begins_with_number(words: &str) -> bool {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < words.len()
        && rest.strip_prefix(is_hyphen).is_some_and(|it| it.starts_with(char::is_lowercase))
}

fn ends_sentence(text: &str, span: Span) -> bool {
    let piece = text.get(span.range()).unwrap_or_default();
    letters::last_sign(piece).is_some_and(|c| matches!(c, '.' | ';' | ':' | '!' | '?'))
        // A comma ends an item only when the next line is one too; that is seen from its label.
        && !piece.ends_with(',')
}

fn ends_with_hyphen(text: &str, span: Span) -> bool {
    let mut chars = text.get(span.range()).unwrap_or_default().chars().rev();
    let last = chars.next();
    last.is_some_and(|c| is_hyphen(c) || c == '\u{ad}') && chars.next().is_some_and(letters::is_letter)
}

/// Round brackets that are open at the end of `span`. Counted only where lines are wrapped.
fn open_brackets(text: &str, span: Span, before: i32, counts: bool) -> i32 {
    if !counts {
        return 0;
    }
    let bytes = text.get(span.range()).unwrap_or_default().as_bytes();
    let mut n_open = before;
    for at in memchr::memchr2_iter(b'(', b')', bytes) {
        if bytes[at] == b'(' {
            n_open += 1;
        } else if n_open > 0 {
            // `1)` closes nothing.
            n_open -= 1;
        }
    }
    n_open
}

fn is_page_number(text: &str, span: Span) -> bool {
    let piece = text.get(span.range()).unwrap_or_default();
    let digits = piece.trim_matches(|c: char| c.is_whitespace() || letters::is_dash(c));
    !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Words at line ends: which of the broken ones are one word, and which keep their hyphen.
///
/// A word that loses its hyphen is joined as a whole. One that keeps it is joined from behind the hyphen, so that only the
/// line break goes.
fn broken_words(text: &str, breaks: &[(u32, u32)], joins: &mut Vec<Span>) {
    if breaks.is_empty() {
        return;
    }
    let hyphenated = hyphenated_words(text);
    let mut whole = String::new();
    for &(end, start) in breaks {
        let left = &text[..end as usize];
        let hyphen = left.chars().next_back().unwrap_or('-');
        let stem_end = left.len() - hyphen.len_utf8();
        let from = left[..stem_end]
            .char_indices()
            .rev()
            .take_while(|(_, c)| letters::is_letter(*c) || is_hyphen(*c) || *c == '\u{ad}')
            .last()
            .map_or(stem_end, |(at, _)| at);
        let right = &text[start as usize..];
        let to = right.find(|c: char| !letters::is_letter(c) && c != '\u{ad}').unwrap_or(right.len());
        let prefix = &text[from..stem_end];
        whole.clear();
        whole.extend(prefix.chars().map(letters::key));
        whole.push('-');
        whole.extend(right[..to].chars().map(letters::key));
        let last_part = prefix.rsplit(is_hyphen).next().unwrap_or(prefix);
        let keeps = hyphen != '\u{ad}'
            && (!right.starts_with(char::is_lowercase)
                || hyphenated.contains(whole.as_str())
                || words::HYPHEN_PREFIXES
                    .iter()
                    .any(|it| letters::word(last_part, it) == Some(last_part.len())));
        if keeps {
            joins.push(Span::new(end, start));
        } else {
            joins.push(Span::new(from as u32, start + to as u32));
        }
    }
}

/// Every word of the text that is written with a hyphen within a line.
fn hyphenated_words(text: &str) -> FxHashSet<String> {
    let mut words = FxHashSet::default();
    for at in memchr::memchr_iter(b'-', text.as_bytes()) {
        let left =
            text[..at].char_indices().rev().take(40).take_while(|(_, c)| letters::is_letter(*c)).last();
        let right = &text[at + 1..];
        let to = right
            .char_indices()
            .take(40)
            .find(|(_, c)| !letters::is_letter(*c))
            .map_or(right.len().min(80), |(at, _)| at);
        if let (Some((from, _)), Some(after)) = (left, right.get(..to).filter(|it| !it.is_empty())) {
            let mut word: String = text[from..at].chars().map(letters::key).collect();
            word.push('-');
            word.extend(after.chars().map(letters::key));
            words.insert(word);
        }
    }
    words
}

/// Words whose letters are set apart by spaces: `Т О К Т О М   К Ы Л А Т`. A wider gap parts two words.
fn spaced_words(text: &str, paragraphs: &[Paragraph], joins: &mut Vec<Span>) {
    for paragraph in paragraphs {
        let piece = text.get(paragraph.span.range()).unwrap_or_default();
        // Spacing is for headings and formulas; their paragraphs, or the last words of them, are short on letters.
        if !has_single_letters(piece) {
            continue;
        }
        let mut run: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        let mut width = 1;
        for token in piece.split(' ') {
            let (start, end) = (at, at + token.len());
            at = end + 1;
            if token.is_empty() {
                width += 1;
                continue;
            }
            let name = token.trim_end_matches([':', '.', ',']);
            let n_letters = name.chars().count();
            let fits = n_letters <= 2
                && n_letters > 0
                && name.chars().all(letters::is_letter)
                && (n_letters == 1 || run.len() >= 2);
            if !fits || width > 1 || !same_case(piece, run.last(), name, run.len() == 1) {
                finish_run(piece, paragraph.span.start, &mut run, joins);
            }
            if fits {
                run.push((start, start + name.len()));
            }
            if fits && name.len() < token.len() {
                finish_run(piece, paragraph.span.start, &mut run, joins);
            }
            width = 1;
        }
        finish_run(piece, paragraph.span.start, &mut run, joins);
    }
}

/// Three single letters in a row with one space between them, by a look at the bytes.
fn has_single_letters(piece: &str) -> bool {
    let bytes = piece.as_bytes();
    let mut n_row = 0;
    let mut before = None;
    for at in memchr::memchr_iter(b' ', bytes) {
        let single = before.is_some_and(|it: usize| {
            let letter = &bytes[it + 1..at];
            (letter.len() == 2 && letter[0] >= 0xC3) || (letter.len() == 1 && letter[0].is_ascii_alphabetic())
        });
        n_row = if single { n_row + 1 } else { 0 };
        if n_row >= 2 {
            return true;
        }
        before = Some(at);
    }
    false
}

fn same_case(piece: &str, last: Option<&(usize, usize)>, name: &str, is_first: bool) -> bool {
    let upper = |it: &str| it.chars().next().is_some_and(char::is_uppercase);
    // `С т а т ь я`: a capital may begin the word.
    last.is_none_or(|(start, end)| {
        upper(&piece[*start..*end]) == upper(name) || upper(&piece[*start..*end]) && is_first
    })
}

fn finish_run(piece: &str, base: u32, run: &mut Vec<(usize, usize)>, joins: &mut Vec<Span>) {
    let n_single = run.iter().filter(|(start, end)| piece[*start..*end].chars().count() == 1).count();
    let capitals = run.first().is_some_and(|(start, _)| piece[*start..].starts_with(char::is_uppercase));
    let least = if capitals { 4 } else { 5 };
    if run.len() >= least && n_single + 1 >= least {
        let mut from = 0;
        while from < run.len() {
            let to = spaced_word_end(piece, &run[from..]).map_or(run.len(), |n| from + n);
            joins.push(Span::new(base + run[from].0 as u32, base + run[to - 1].1 as u32));
            from = to;
        }
    }
    run.clear();
}

/// Pieces that a known word takes at the beginning of a run of letters, when more follow.
fn spaced_word_end(piece: &str, run: &[(usize, usize)]) -> Option<usize> {
    let mut word = String::new();
    for (n, (start, end)) in run.iter().enumerate() {
        word.push_str(&piece[*start..*end]);
        let known = words::SPACED_WORDS.iter().any(|it| letters::word(&word, it) == Some(word.len()));
        if known && run.len() - n > 4 {
            return Some(n + 1);
        }
    }
    None
}
