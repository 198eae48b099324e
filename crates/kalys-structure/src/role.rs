//! What each paragraph is for, before the tree is built: title, preamble, note, contents, signature, heading, or plain text;
//! and which paragraphs are new text that an amendment brings in.

use crate::amendment::{self, Instruction, OpenQuote};
use crate::kind::{self, Sort};
use crate::label::{self, Label, Level, Style};
use crate::letters;
use crate::note;
use crate::paragraph::Paragraph;
use crate::words::{self, ActWord};
use kalys_model::{BlockKind, Doubt, DoubtKind, Number, Span};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

/// What a paragraph is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Text,
    Title,
    Preamble,
    /// A note or remark of the publisher.
    Note,
    Signature,
    /// An entry of a table of contents.
    Contents,
    /// A page number on a line of its own.
    PageNumber,
    /// A heading without a label.
    Heading,
    /// Part of the heading of the unit before it.
    Consumed,
}

/// A paragraph with what is known of it.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) span: Span,
    pub(crate) form: BlockKind,
    pub(crate) gap: bool,
    pub(crate) role: Role,
    pub(crate) label: Option<Label>,
    /// The heading that follows the label, over all paragraphs it takes.
    pub(crate) heading: Option<Span>,
    /// True when the words after the label are a heading and not the beginning of the body.
    pub(crate) heads: bool,
    pub(crate) instruction: Option<Instruction>,
    /// How many of the next paragraphs are the new text of this instruction.
    pub(crate) n_block: u32,
    /// True for the first paragraph of an annex that has no label of its own.
    pub(crate) begins_annex: bool,
    /// How deep a chapter lies in chapters (`1. …` in `I. …` in `Глава 1`), a § in a §.
    pub(crate) depth: u8,
}

/// The paragraphs of an act with their roles, and what they tell about the act.
pub(crate) struct Pieces {
    pub(crate) list: Vec<Piece>,
    pub(crate) sort: Sort,
    /// The text has a title or another beginning.
    pub(crate) begins: bool,
    pub(crate) doubts: Vec<Doubt>,
}

/// Decides the role of every paragraph.
pub(crate) fn pieces(text: &str, paragraphs: &[Paragraph], notes: &[Span]) -> Pieces {
    let mut list: Vec<Piece> = paragraphs.iter().map(|it| piece(text, *it, notes)).collect();
    let mut doubts = Vec::new();
    remarks(text, &mut list);
    settle_sections(text, &mut list);
    lost_paragraph_signs(text, &mut list);
    blocks(text, &mut list, &mut doubts);
    contents(text, &mut list, &mut doubts);
    signatures(text, &mut list);
    let (sort, begins) = beginning(text, &mut list);
    annexes(text, &mut list);
    second_titles(text, &mut list);
    headings(text, &mut list, notes);
    point_chapters(text, &mut list);
    free_headings(text, &mut list);
    Pieces { list, sort, begins, doubts }
}

fn piece(text: &str, paragraph: Paragraph, notes: &[Span]) -> Piece {
    let Paragraph { span, form, gap } = paragraph;
    let words = &text[span.range()];
    let read =
        matches!(form, BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Item(_) | BlockKind::Line);
    let mut role = Role::Text;
    let mut label = None;
    if matches!(form, BlockKind::Cell { .. })
        && (note::is_only_notes(text, span, notes) || note::is_remark(words))
    {
        role = Role::Note;
    }
    if read {
        if note::is_only_notes(text, span, notes) || note::is_remark(words) {
            role = Role::Note;
        } else if is_page_number(words, form, gap) {
            role = Role::PageNumber;
        } else {
            label = label::read(words, matches!(form, BlockKind::Heading(_)));
            if label.is_none()
                && let BlockKind::Item(_) = form
            {
                label = Some(Label {
                    level: Level::Item(Style::Dash),
                    number: None,
                    len: 0,
                    skip: 0,
                    doubt: None,
                });
            }
        }
    }
    Piece { form, gap, role, label, ..Piece::of(span) }
}

/// A remark that only announces («Внимание!», «См.:») takes the paragraph after it along.
fn remarks(text: &str, list: &mut [Piece]) {
    let mut index = 0;
    while index < list.len() {
        let words = list[index].words(text);
        // A remark in a table fills the table.
        if let (Role::Note, BlockKind::Cell { table, .. }) = (list[index].role, list[index].form)
            && note::is_remark(words)
        {
            index += 1;
            while let Some(it) = list.get_mut(index)
                && matches!(it.form, BlockKind::Cell { table: other, .. } if other == table)
            {
                it.role = Role::Note;
                index += 1;
            }
            continue;
        }
        let announces = list[index].role == Role::Note && words.len() < 60 && words.ends_with(['!', ':']);
        index += 1;
        if !announces {
            continue;
        }
        let mut open = true;
        // «См.:» stands before what it names even over an empty line.
        let over_gap = words.ends_with(':');
        while open && index < list.len() && list[index].is_plain() && (!list[index].gap || over_gap) {
            open = list[index].words(text).ends_with(',');
            list[index].role = Role::Note;
            index += 1;
        }
    }
}

/// `1. Общие положения` between a chapter and its article, `2. Неустойка` between two articles: a § whose sign was lost.
fn lost_paragraph_signs(text: &str, list: &mut [Piece]) {
    let mut expected = 0;
    let mut depth = 0;
    for index in 0..list.len() {
        match list[index].container() {
            Some(Level::Chapter) => (expected, depth) = (1, 0),
            // What is numbered within a § that kept its sign lies in it.
            Some(Level::Paragraph) => (expected, depth) = (1, 1),
            Some(level) if level < Level::Chapter => expected = 0,
            _ => {}
        }
        if expected == 0 {
            continue;
        }
        let Some((Style::Dot, Some(number))) = list[index].item() else { continue };
        if number.0.parse() != Ok(expected) || !is_heading(&text[list[index].rest().range()]) {
            continue;
        }
        let next = list[index + 1..].iter().find(|it| it.role != Role::Note);
        if next.is_some_and(|it| it.container() == Some(Level::Article)) {
            expected += 1;
            if let Some(label) = &mut list[index].label {
                label.level = Level::Paragraph;
            }
            list[index].depth = depth;
        }
    }
}

fn is_page_number(words: &str, form: BlockKind, gap: bool) -> bool {
    let digits = words.trim_matches(|c: char| c.is_whitespace() || letters::is_dash(c));
    form == BlockKind::Paragraph
        && gap
        && !digits.is_empty()
        && digits.len() <= 3
        && digits.bytes().all(|it| it.is_ascii_digit())
}

impl Piece {
    /// A paragraph of which nothing is known.
    pub(crate) fn of(span: Span) -> Piece {
        Piece {
            span,
            form: BlockKind::Paragraph,
            gap: false,
            role: Role::Text,
            label: None,
            heading: None,
            heads: false,
            instruction: None,
            n_block: 0,
            begins_annex: false,
            depth: 0,
        }
    }

    fn words<'a>(&self, text: &'a str) -> &'a str {
        &text[self.span.range()]
    }

    /// The words after the label.
    pub(crate) fn rest(&self) -> Span {
        let len = self.label.as_ref().map_or(0, |it| it.len);
        Span::new((self.span.start + len).min(self.span.end), self.span.end)
    }

    /// The level, when the label is that of an article or of something wider.
    pub(crate) fn container(&self) -> Option<Level> {
        self.label
            .as_ref()
            .map(|it| it.level)
            .filter(|it| !matches!(it, Level::Item(_)) && self.role == Role::Text)
    }

    /// The style and number, when the label is that of an item.
    pub(crate) fn item(&self) -> Option<(Style, Option<&Number>)> {
        match self.label.as_ref().filter(|_| self.role == Role::Text) {
            Some(Label { level: Level::Item(style), number, .. }) => Some((*style, number.as_ref())),
            _ => None,
        }
    }

    fn is_plain(&self) -> bool {
        self.role == Role::Text && self.label.is_none() && self.is_prose()
    }

    fn is_prose(&self) -> bool {
        matches!(
            self.form,
            BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Item(_) | BlockKind::Line
        )
    }
}

/// `Section 3.` is an article where there are no articles, and holds them where there are.
fn settle_sections(text: &str, list: &mut [Piece]) {
    let is_section = |it: &Piece| {
        it.container() == Some(Level::Article)
            && letters::word(
                &text[it.span.start as usize + it.label.as_ref().map_or(0, |it| it.skip as usize)..],
                "section",
            )
            .is_some()
    };
    let n_articles = list.iter().filter(|it| it.container() == Some(Level::Article)).count();
    let n_sections = list.iter().filter(|it| is_section(it)).count();
    if n_sections > 0 && n_articles > n_sections {
        for it in list.iter_mut().filter(|it| is_section(it)) {
            if let Some(label) = &mut it.label {
                label.level = Level::Section;
            }
        }
    }
}

/// Finds instructions, and the paragraphs that each of them brings in.
fn blocks(text: &str, list: &mut [Piece], doubts: &mut Vec<Doubt>) {
    let mut index = 0;
    let mut article: Option<Number> = None;
    while index < list.len() {
        let it = &list[index];
        if it.role != Role::Text || !it.is_prose() {
            index += 1;
            continue;
        }
        if it.container() == Some(Level::Article) {
            article = it.label.as_ref().and_then(|it| it.number.clone());
        }
        let Some(instruction) = amendment::read(text, it.span) else {
            index += 1;
            continue;
        };
        let mut n_block = 0;
        let words = it.words(text);
        let next = list.get(index + 1).map(|it| it.words(text));
        let quote = match instruction.opens {
            Some(start) => OpenQuote::before(words, (start - it.span.start) as usize),
            None if instruction.announces => next.and_then(OpenQuote::begin),
            None => None,
        };
        if let Some(mut quote) = quote {
            let opened_here = instruction.opens;
            if let Some(start) = opened_here {
                quote.closes_in(&text[start as usize..it.span.end as usize]);
            }
            let (n, closed) = quoted_block(text, list, index, &mut quote, article.as_ref());
            n_block = n;
            if !closed {
                let start = opened_here
                    .unwrap_or_else(|| list.get(index + 1).map_or(it.span.end, |it| it.span.start));
                doubts.push(Doubt {
                    span: Span::new(start, list[index + n as usize].span.end),
                    kind: DoubtKind::UnclosedQuote,
                });
            }
        } else if instruction.announces && instruction.quotes.is_empty() {
            n_block = bare_block(text, list, index, article.as_ref());
            if n_block > 0 {
                let span = Span::new(list[index + 1].span.start, list[index + n_block as usize].span.end);
                doubts.push(Doubt { span, kind: DoubtKind::UnclosedQuote });
            }
        }
        list[index].instruction = Some(instruction);
        list[index].n_block = n_block;
        index += 1 + n_block as usize;
    }
}

/// Paragraphs of a quotation, and whether it was closed.
fn quoted_block(
    text: &str,
    list: &[Piece],
    index: usize,
    quote: &mut OpenQuote,
    article: Option<&Number>,
) -> (u32, bool) {
    let mut n = 0;
    for (at, it) in list.iter().enumerate().skip(index + 1) {
        let begins_quoted =
            n == 0 && list[index].instruction.is_none() && it.label.as_ref().is_some_and(|it| it.skip > 0);
        if !begins_quoted && goes_on(text, list, index, at, article) {
            return (n, false);
        }
        n += 1;
        if quote.closes_in(it.words(text)) {
            return (n, true);
        }
    }
    (n, false)
}

/// New text that is not put in quotation marks: up to the next instruction, article or end.
fn bare_block(text: &str, list: &[Piece], index: usize, article: Option<&Number>) -> u32 {
    let mut n = 0;
    for (at, it) in list.iter().enumerate().skip(index + 1) {
        let stops = it.role != Role::Text
            || it.container().is_some_and(|level| level < Level::Article || n > 0)
            || goes_on(text, list, index, at, article)
            || amendment::read(text, it.span).is_some();
        if stops {
            break;
        }
        n += 1;
    }
    n
}

/// True when the paragraph at `at` takes up the numbering of the instruction at `index`, or of the article it is in.
fn goes_on(text: &str, list: &[Piece], index: usize, at: usize, article: Option<&Number>) -> bool {
    let (own, it) = (&list[index], &list[at]);
    if it.label.as_ref().is_none_or(|it| it.skip > 0) {
        return false;
    }
    let next_of = |number: Option<&Number>| {
        number.and_then(|it| it.0.parse::<u32>().ok()).map(|it| (it + 1).to_string())
    };
    let number = it.label.as_ref().and_then(|it| it.number.as_ref()).map(|it| it.0.as_ref());
    if let (Some((style, own_number)), Some((other, _))) = (own.item(), it.item()) {
        let amends = || {
            amendment::read(text, it.span).is_some()
                || amendment::is_bare(it.words(text))
                || list.get(at + 1).is_some_and(|it| {
                    amendment::read(text, it.span).is_some() || amendment::is_bare(it.words(text))
                })
        };
        if style == other && number.is_some() && number == next_of(own_number).as_deref() && amends() {
            return true;
        }
    }
    it.container() == Some(Level::Article)
        && number.is_some()
        && number == next_of(article).as_deref()
        && at > index + 1
}

/// Marks tables of contents: a run of headings with nothing between them that come again later.
fn contents(text: &str, list: &mut [Piece], doubts: &mut Vec<Doubt>) {
    let mut index = 0;
    // Where each heading stands for the last time; made when a run of headings is found.
    let mut last: Option<FxHashMap<u64, u32>> = None;
    let mut seen = FxHashSet::default();
    while index < list.len() {
        let titled = list[index].is_plain() && is_contents_title(list[index].words(text));
        let start = index + usize::from(titled);
        let mut end = start;
        seen.clear();
        while end < list.len() && entry(text, &list[end], titled) {
            // One heading alone needs no key.
            if end == start + 1 {
                seen.insert(entry_key(text, &list[start]));
            }
            if end > start && !seen.insert(entry_key(text, &list[end])) {
                break;
            }
            end += 1;
        }
        let n = end - start;
        let mut comes_again = || {
            let last = last.get_or_insert_with(|| {
                let labelled = list.iter().enumerate().filter(|(_, it)| it.label.is_some());
                labelled.map(|(at, it)| (entry_key(text, it), at as u32)).collect()
            });
            let n_later = seen.iter().filter(|it| last.get(it).is_some_and(|at| *at as usize >= end)).count();
            n_later * 4 >= seen.len() * 3
        };
        if n >= if titled { 2 } else { 3 } && (titled || comes_again()) {
            // Headings run over several lines; what follows an entry in lower case belongs to it.
            doubts.push(Doubt {
                span: Span::new(list[index].span.start, list[end - 1].span.end),
                kind: DoubtKind::TableOfContents,
            });
            for it in &mut list[index..end] {
                it.role = Role::Contents;
            }
        }
        index = end.max(index + 1);
        // A run that was no table of contents need not be tried again from its middle.
    }
}

fn is_contents_title(words: &str) -> bool {
    words.len() < 60
        && words::CONTENTS.iter().any(|it| {
            letters::word(words, it).is_some_and(|len| words[len..].trim_matches(['.', ':', ' ']).is_empty())
        })
}

/// True for a line that could be an entry: a label with a short heading, no sentence.
fn entry(text: &str, it: &Piece, titled: bool) -> bool {
    let words = it.words(text);
    if it.role != Role::Text || !it.is_prose() || words.len() > 500 || it.instruction.is_some() {
        return false;
    }
    // `2. (Пункт утратил силу …)` is no heading.
    if text[it.rest().range()].starts_with('(') {
        return false;
    }
    let leader = words.ends_with(|c: char| c.is_ascii_digit()) && words.contains("....");
    let labelled = match it.label.as_ref().map(|it| it.level) {
        Some(Level::Item(Style::Dot | Style::Roman | Style::Dots(_))) => {
            !letters::last_sign(words).is_some_and(|c| matches!(c, '.' | ':' | ',') || (c == ';' && !titled))
        }
        Some(Level::Item(_)) | None => {
            leader
                || (titled
                    && it.label.is_none()
                    && !letters::last_sign(words).is_some_and(letters::is_terminal))
        }
        Some(Level::Annex) => false,
        Some(_) => true,
    };
    labelled || leader
}

/// What an entry and the heading it stands for have in common.
fn entry_key(text: &str, it: &Piece) -> u64 {
    let rest = &text[it.rest().range()];
    let number = it.label.as_ref().and_then(|it| it.number.as_ref()).map_or("", |it| it.0.as_ref());
    let level = it.label.as_ref().map(|it| it.level);
    let mut hasher = FxHasher::default();
    (level, number).hash(&mut hasher);
    if level != Some(Level::Article) {
        rest.chars()
            .filter(|c| letters::is_letter(*c))
            .take(24)
            .map(letters::key)
            .for_each(|c| c.hash(&mut hasher));
    }
    hasher.finish()
}

/// A title block or a run of lines around a signature is not longer than this.
const MOST_LINES: usize = 60;

/// Marks signatures: short lines at the end of the act or before an annex, beginning with an office or ending with a name.
fn signatures(text: &str, list: &mut [Piece]) {
    let first_label = list.iter().position(|it| it.label.is_some()).unwrap_or(0);
    let mut end = list.len();
    loop {
        let mut start = end;
        let mut n_sure = 0;
        while start > first_label + 1 && end - start < MOST_LINES {
            let it = &list[start - 1];
            let words = it.words(text);
            let bracketed = words.starts_with('(') && words.len() < 300;
            // `А. Акаев` on a line of its own looks like a label.
            let fits = it.is_prose()
                && it.instruction.is_none()
                && matches!(it.role, Role::Text | Role::Note | Role::PageNumber)
                && (it.label.is_none() || ends_with_name(words))
                && words.len() < 260
                && (bracketed
                    || is_signature_line(words)
                    || (n_sure > 0 && short_line(words))
                    || short_line(words));
            if !fits {
                break;
            }
            n_sure += usize::from(is_signature_line(words));
            start -= 1;
        }
        // Before an annex the title lines of the annex stand after the name, or after the office.
        if end < list.len() {
            let lines = &list[start..end];
            let annex =
                lines.iter().position(|it| names_holder_of_annex(it.words(text))).unwrap_or(lines.len());
            let name = lines.iter().rposition(|it| ends_with_name(it.words(text)));
            let office = || lines[..annex].iter().rposition(|it| is_signature_line(it.words(text)));
            if let Some(last) = name.or_else(|| office().filter(|_| annex < lines.len())) {
                end = start + last + 1;
            }
        }
        if n_sure > 0 && end - start <= 12 {
            // The first line of a signature names an office or a person.
            while start < end && !begins_signature(text, &list[start..end]) {
                start += 1;
            }
            for it in &mut list[start..end] {
                if it.role != Role::Note {
                    it.role = Role::Signature;
                    it.label = None;
                }
            }
        }
        // The signature of the act stands before its first annex.
        let Some(annex) = list[..start].iter().rposition(|it| starts_annex(text, it)) else { return };
        end = annex;
        if end <= first_label {
            return;
        }
    }
}

/// True when a signature begins with the first of these lines: an office, also one that takes two lines.
fn begins_signature(text: &str, lines: &[Piece]) -> bool {
    let Some(first) = lines.first() else { return false };
    let words = first.words(text);
    let over_two_lines = || {
        let next = lines.get(1).map_or("", |it| it.words(text));
        words.len() < 80 && is_signature_line(&format!("{words} {next}"))
    };
    is_signature_line(words) || over_two_lines()
}

/// `… Министрлер Кабинетинин токтомуна` before `1-тиркеме`.
fn names_holder_of_annex(words: &str) -> bool {
    let last = words.rsplit(char::is_whitespace).next().unwrap_or_default();
    words::ANNEX_HOLDERS.iter().any(|it| letters::word(last, it) == Some(last.len()))
}

fn starts_annex(text: &str, it: &Piece) -> bool {
    it.container() == Some(Level::Annex)
        || (it.is_plain() && short_line(it.words(text)) && approves(it.words(text)))
}

fn approves(words: &str) -> bool {
    letters::has_any(words, words::APPROVAL, 300)
}

fn short_line(words: &str) -> bool {
    words.len() < 260 && !words.ends_with(['.', ';', ':', ',']) && !words.contains('\t')
        || words.split('\t').count() == 2 && words.len() < 120
}

fn is_signature_line(words: &str) -> bool {
    (words.len() < 200
        && !words.ends_with([';', ','])
        && letters::starts_any(words, words::OFFICES)
        && short_or_colon(words))
        || (words.len() < 200 && ends_with_name(words))
        || (words.len() < 120 && ends_with_office(words))
}

/// `Уюштуруу отурумдун төрагасы:`
fn ends_with_office(words: &str) -> bool {
    let words = words.trim_end_matches([':', ' ']);
    let last = words.rsplit(char::is_whitespace).next().unwrap_or_default();
    words::OFFICE_ENDS.iter().any(|it| letters::word(last, it) == Some(last.len()))
        && words.split_whitespace().count() <= 8
}

fn short_or_colon(words: &str) -> bool {
    !words.ends_with('.') && (short_line(words) || words.len() < 100)
}

/// `А. Акаев`, `С.Ж.Исаков`, `Асанов А.Б.`
fn ends_with_name(words: &str) -> bool {
    let mut tokens = words.split_whitespace().rev();
    let Some(last) = tokens.next() else { return false };
    let before = tokens.next().unwrap_or_default();
    let initials = |it: &str| {
        it.len() <= 12
            && it.ends_with('.')
            && it.split('.').all(|it| it.chars().count() <= 2)
            && it.starts_with(char::is_uppercase)
    };
    let surname = |it: &str| {
        it.chars().count() > 2
            && it.starts_with(char::is_uppercase)
            && it.chars().all(|c| letters::is_letter(c) || c == '-')
    };
    let joined = last.rsplit_once('.').is_some_and(|(head, tail)| {
        surname(tail)
            && head.split('.').all(|it| it.chars().count() <= 2 && it.starts_with(char::is_uppercase))
    });
    joined || (surname(last) && initials(before)) || (initials(last) && surname(before) && words.len() < 60)
}

/// Finds the title block and the preamble. Gives the sort of act, and whether the text has a beginning.
fn beginning(text: &str, list: &mut [Piece]) -> (Sort, bool) {
    let first_label = list
        .iter()
        .position(|it| {
            it.role == Role::Text && it.label.as_ref().is_some_and(|label| !title_label(text, it, label))
        })
        .unwrap_or(list.len());
    // The title is the run of short lines at the beginning.
    let mut end = 0;
    for it in list[..first_label.min(MOST_LINES)].iter() {
        let fits = match it.role {
            Role::Note | Role::Contents | Role::PageNumber | Role::Title => true,
            Role::Text => is_title_line(it.words(text)),
            _ => false,
        };
        if !fits {
            break;
        }
        end += 1;
    }
    // A title has something under it: one sentence («Порядок … определяется министерством.») is a passage.
    if end == list.len() && list.last().is_some_and(|it| it.words(text).ends_with('.')) {
        end = 0;
    }
    let enacting = list[..first_label].iter().position(|it| kind::is_enacting(it.words(text)));
    // «Т О К Т О М  К Ы Л А Т:» on a line of its own ends the sentence before it, which no title does.
    if let Some(formula) = enacting.filter(|it| *it == end)
        && let Some(before) = list[..formula].iter().rposition(|it| it.role == Role::Text)
        && list[formula].span.len() < 120
        && (list[before].span.len() > 250 || list[formula].words(text).starts_with(char::is_lowercase))
    {
        end = before;
    }
    let lines: Vec<Span> = list[..end].iter().filter(|it| it.role == Role::Text).map(|it| it.span).collect();
    let mut sort = kind::of_title(text, &lines);
    let titled = sort.kind.is_some() || sort.treaty;
    if titled || (enacting.is_some() && end < first_label) {
        for it in list[..end].iter_mut().filter(|it| it.role == Role::Text) {
            it.role = Role::Title;
            it.label = None;
        }
    }
    if titled || enacting.is_some() {
        // Everything between the title and the first unit leads up to it, unless the act has no units.
        let until = if first_label < list.len() { first_label } else { enacting.map_or(end, |it| it + 1) };
        for it in list[..until].iter_mut().filter(|it| it.role == Role::Text && it.is_prose()) {
            it.role = Role::Preamble;
            it.label = None;
        }
    }
    if let Some((found, span)) = enacting.and_then(|it| kind::of_formula(text, list[it].span)) {
        // A resolution is told by its author, who may stand in any line of the preamble.
        let by_preamble = sort.kind.is_none();
        if by_preamble {
            let all: Vec<Span> = list[..first_label.min(list.len())].iter().map(|it| it.span).collect();
            sort.kind = Some(
                kind::author_of(text, &all)
                    .filter(|_| found == kalys_model::ActKind::GovernmentAct)
                    .map_or((found, span), |it| (it, span)),
            );
        }
    }
    let n_articles = list.iter().filter(|it| it.container() == Some(Level::Article)).count();
    let first_article = list.iter().find(|it| it.container() == Some(Level::Article));
    let whole = n_articles >= 5
        && first_article
            .and_then(|it| it.label.as_ref()?.number.clone())
            .is_some_and(|it| it.0.as_ref() == "1");
    if sort.kind.is_none() {
        sort.kind = kind::of_itself(text);
    }
    // A code without a title block is a fragment unless it begins with its first article.
    if !titled && whole {
        preamble_of_untitled(text, list, first_label);
    }
    (sort, titled || enacting.is_some() || whole)
}

/// Before the first article of an act that lost its title, text is preamble; behind `Раздел I` only whole sentences are.
fn preamble_of_untitled(text: &str, list: &mut [Piece], first_label: usize) {
    let first_unit = list.iter().position(|it| it.container().is_some()).unwrap_or(first_label);
    let first_article =
        list.iter().position(|it| it.container() == Some(Level::Article)).unwrap_or(first_unit);
    for (index, it) in list[..first_article].iter_mut().enumerate() {
        let sentence = || it.span.len() > 100 && it.words(text).ends_with('.');
        if it.is_plain() && it.form == BlockKind::Paragraph && (index < first_unit || sentence()) {
            it.role = Role::Preamble;
        }
    }
}

/// Labels that a title may begin with: a date, an ordinal of a session, `Приложение № 1` is none of them.
fn title_label(text: &str, it: &Piece, label: &Label) -> bool {
    // `– 2023 –`, `№ 5`: a dash in the title block.
    label.level == Level::Item(Style::Dash) && it.words(text).len() < 40
}

/// True for a line that can stand in a title block.
fn is_title_line(words: &str) -> bool {
    if words.len() > 900 || words.contains('\t') && words.len() > 300 || words.contains("___") {
        return false;
    }
    let Some(last) = letters::last_sign(words) else { return true };
    let fits = match last {
        '.' => {
            words.len() < 120 && !words.contains(": ") && words.split_whitespace().count() <= 8
                || words.len() < 500 && (letters::starts_any(words, &["о ", "об "]) || ends_about(words))
        }
        ',' => letters::is_capitals(words),
        ';' | ':' => false,
        _ => words.len() < 160 || !words.starts_with(char::is_lowercase),
    };
    fits && !kind::is_enacting(words) && !letters::starts_any(words, words::SELF_BEGINNINGS)
}

fn ends_about(words: &str) -> bool {
    let tail = words.trim_end_matches(|c: char| !letters::is_letter(c));
    let last = tail.rsplit(char::is_whitespace).next().unwrap_or_default();
    ["жөнүндө", "тууралуу", "тууралу", "долбоору"]
        .iter()
        .any(|it| letters::word(last, it) == Some(last.len()))
}

/// Marks the first paragraph of annexes that begin with an approval: «… Жарлыгы менен бекитилген».
fn annexes(text: &str, list: &mut [Piece]) {
    let Some(first_label) = list.iter().position(|it| it.role == Role::Text && it.label.is_some()) else {
        return;
    };
    let mut index = first_label;
    while index < list.len() {
        // New text that an instruction brings in has no annexes of this act in it.
        if list[index].n_block > 0 {
            index += 1 + list[index].n_block as usize;
            continue;
        }
        if !(list[index].is_plain()
            && matches!(list[index].form, BlockKind::Paragraph | BlockKind::Heading(_))
            && is_title_line(list[index].words(text)))
        {
            index += 1;
            continue;
        }
        let start = index;
        while index < list.len()
            && list[index].is_plain()
            && index - start < 12
            && is_title_line(list[index].words(text))
        {
            index += 1;
        }
        let after_signature = start > 0
            && list[..start]
                .iter()
                .rev()
                .find(|it| it.role != Role::Note && it.role != Role::PageNumber)
                .is_some_and(|it| it.role == Role::Signature);
        // `… токтомуна` / `1-тиркеме`: the label stands last.
        let run = &list[start..index];
        if let Some(at) = run.iter().rposition(|it| names_holder_of_annex(it.words(text)))
            && at + 1 == run.len()
            && run.len() <= 6
            && let Some(label) = list.get_mut(index).filter(|it| it.container() == Some(Level::Annex))
        {
            label.label = None;
            list[start].begins_annex = true;
            continue;
        }
        let run = &list[start..index];
        let ends_in_annex = run.iter().any(|it| ends_with_annex(it.words(text)));
        if (after_signature && run.iter().any(|it| approves(it.words(text)))) || ends_in_annex {
            list[start].begins_annex = true;
        } else if let Some(at) = run.iter().position(|it| is_approval(it.words(text)))
            && at + 1 < run.len()
        {
            list[start + at].begins_annex = true;
        }
    }
}

/// Finds the titles of acts that follow in the same file: the other language, or what the act approves. After each of them
/// the numbering begins anew.
fn second_titles(text: &str, list: &mut [Piece]) {
    let Some(first_label) = list.iter().position(|it| it.role == Role::Text && it.label.is_some()) else {
        return;
    };
    let mut index = first_label + 1;
    while index < list.len() {
        let at = index;
        index += 1 + list[at].n_block as usize;
        let it = &list[at];
        let words = it.words(text);
        let marked = matches!(it.form, BlockKind::Heading(_));
        if !it.is_plain() || it.begins_annex || words.len() > 300 || !(marked || letters::is_capitals(words))
        {
            continue;
        }
        let next = list[at + 1..].iter().take(20).find_map(|it| it.label.as_ref());
        if next.and_then(|it| it.number.as_ref()).is_none_or(|it| it.0.as_ref() != "1") {
            continue;
        }
        match kind::named_by(words) {
            None => {}
            Some(ActWord::ByLaw | ActWord::Plan) => list[at].begins_annex = true,
            Some(_) => {
                for it in list[at..].iter_mut() {
                    if !it.is_plain() || !is_title_line(it.words(text)) {
                        break;
                    }
                    it.role = Role::Title;
                }
            }
        }
    }
}

/// True for «Утверждены» on a line of its own.
fn is_approval(words: &str) -> bool {
    words.len() < 40
        && !words.contains(char::is_whitespace)
        && letters::starts_any(words, &["утвержден", "бекитилген", "approved"])
}

/// `… токтомуна 2-тиркеме`
fn ends_with_annex(words: &str) -> bool {
    words.len() < 400
        && words
            .rsplit(|c: char| c.is_whitespace() || letters::is_hyphen(c))
            .next()
            .is_some_and(|it| letters::word(it, "тиркеме") == Some(it.len()))
}

/// Finds the heading of every wider unit and article: on its own line, or on the next ones.
fn headings(text: &str, list: &mut [Piece], notes: &[Span]) {
    for index in 0..list.len() {
        if list[index].role != Role::Text && !list[index].begins_annex {
            continue;
        }
        if list[index].container() == Some(Level::Annex) || list[index].begins_annex {
            annex_heading(text, list, index);
            continue;
        }
        let Some(level) = list[index].container() else { continue };
        let rest = before_note(list[index].rest(), notes);
        let words = text[rest.range()].trim_end();
        let rest = Span::new(rest.start, rest.start + words.len() as u32);
        if level == Level::Article {
            article_heading(text, list, index, rest);
            continue;
        }
        let mut heading = (!rest.is_empty()).then_some(rest);
        // What stands between the label and the next unit is the heading, in however many sentences.
        if heading.is_none()
            && let Some(end) = lines_to_next_unit(text, list, index + 1)
        {
            let span = list[index + 1].span.join(list[end - 1].span);
            list[index + 1..end].iter_mut().for_each(|it| it.role = Role::Consumed);
            list[index].heading = Some(span);
            list[index].heads = true;
            continue;
        }
        for next in index + 1..list.len().min(index + 6) {
            let it = &list[next];
            if it.role == Role::Note && heading.is_some() {
                break;
            }
            let words = it.words(text);
            let named_division = it.container() == Some(Level::Division) && words.starts_with('(');
            if !it.is_plain() && !named_division || it.form == BlockKind::Heading(1) && heading.is_some() {
                break;
            }
            let fits = match heading {
                None => is_heading(words),
                Some(before) => {
                    let before = &text[before.range()];
                    let open = words.trim_start_matches('(');
                    (letters::is_capitals(words) && letters::is_capitals(before) && is_heading(open))
                        || (words.starts_with('(') && words.ends_with(')') && words.len() < 100)
                        || (continues_heading(words) && !it.gap && !before.ends_with('.'))
                }
            };
            if !fits {
                break;
            }
            let span = it.span;
            heading = Some(heading.map_or(span, |it| it.join(span)));
            list[next].role = Role::Consumed;
        }
        list[index].heading = heading;
        list[index].heads = true;
    }
}

/// The end of a run of short plain lines that begins at `from` and is followed by an article or a wider unit.
fn lines_to_next_unit(text: &str, list: &[Piece], from: usize) -> Option<usize> {
    const MOST_LINES: usize = 5;
    let mut end = from;
    while end - from < MOST_LINES && list.get(end).is_some_and(|it| it.is_plain() && it.span.len() < 320) {
        end += 1;
    }
    let next = list[end..].iter().find(|it| it.role != Role::Note)?;
    let first = list.get(from).filter(|_| end > from)?.words(text);
    (next.container().is_some() && !first.starts_with(char::is_lowercase)).then_some(end)
}

/// True for a line that a heading may go on with.
fn continues_heading(words: &str) -> bool {
    words.len() <= 320
        && words.starts_with(char::is_lowercase)
        && !words.contains('\t')
        && !letters::last_sign(words).is_some_and(|c| matches!(c, '.' | ';' | ':'))
}

fn before_note(span: Span, notes: &[Span]) -> Span {
    let first = notes.partition_point(|it| it.end <= span.start);
    match notes.get(first) {
        Some(note) if note.start < span.end => Span::new(span.start, note.start.max(span.start)),
        _ => span,
    }
}

/// The title lines after `Приложение 1 к …`; the first of them may belong to the label still.
fn annex_heading(text: &str, list: &mut [Piece], index: usize) {
    let rest = if list[index].begins_annex { list[index].span } else { list[index].rest() };
    let mut heading = (!rest.is_empty()).then_some(rest);
    for next in index + 1..list.len().min(index + 14) {
        let it = &list[next];
        let words = it.words(text);
        let sentence = words.ends_with('.') && !words.ends_with("г.") && heading.is_some();
        let inner = next > index + 1 && it.form == BlockKind::Heading(2);
        if !it.is_plain() || !is_title_line(words) || sentence || inner {
            break;
        }
        heading = Some(heading.map_or(it.span, |before| before.join(it.span)));
        list[next].role = Role::Consumed;
    }
    list[index].heading = heading;
    list[index].heads = true;
}

fn article_heading(text: &str, list: &mut [Piece], index: usize, rest: Span) {
    let words = &text[rest.range()];
    if !words.is_empty() {
        let sentence = words.ends_with(['.', ';', ':']);
        // With a point at its end a title is short and something follows it.
        let followed =
            list.get(index + 1).is_some_and(|it| it.role == Role::Text && it.container().is_none());
        let title =
            if sentence { words.ends_with('.') && words.len() < 240 && followed } else { words.len() < 1200 };
        list[index].heads = title;
        list[index].heading = title.then_some(rest);
        if title
            && sentence
            && let Some(label) = &mut list[index].label
        {
            label.doubt.get_or_insert(DoubtKind::HeadingOrText);
        }
        return;
    }
    let Some(next) = list.get(index + 1).filter(|it| it.is_plain()) else { return };
    let follows = list.get(index + 2).is_some_and(|it| it.container().is_none_or(|it| it > Level::Article));
    if is_heading(next.words(text)) && follows {
        list[index].heading = Some(next.span);
        list[index].heads = true;
        list[index + 1].role = Role::Consumed;
    }
}

/// True for words that are no sentence: short, begun with a capital, without a point at the end.
fn is_heading(words: &str) -> bool {
    words.len() <= 600
        && !words.contains('\t')
        && !words.starts_with('(')
        && !letters::last_sign(words).is_some_and(letters::is_terminal)
        && words.chars().find(|c| letters::is_word(*c)).is_some_and(|c| !c.is_lowercase())
}

/// In an act without articles, `1. Общие положения` over points or text is a chapter.
fn point_chapters(text: &str, list: &mut [Piece]) {
    let mut in_article = false;
    for index in 0..list.len() {
        match list[index].container() {
            Some(Level::Article) => in_article = true,
            Some(Level::Annex) => in_article = false,
            _ => {}
        }
        if list[index].begins_annex {
            in_article = false;
        }
        if in_article || list[index].n_block > 0 {
            continue;
        }
        let Some((style @ (Style::Dot | Style::Roman), number)) = list[index].item() else { continue };
        let rest = list[index].rest();
        let words = &text[rest.range()];
        if words.is_empty() || words.len() > 320 || !is_heading(words) {
            continue;
        }
        // Lines that the heading was wrapped to.
        let n_more = list[index + 1..]
            .iter()
            .take(8)
            .take_while(|it| it.is_plain() && continues_heading(it.words(text)))
            .count();
        let end = index + 1 + n_more;
        if n_more > 0 && list[end - 1].words(text).ends_with(',') {
            continue;
        }
        let Some(next) = list[end..].iter().find(|it| !matches!(it.role, Role::Note | Role::PageNumber))
        else {
            continue;
        };
        let own: u32 = number.and_then(|it| it.0.parse().ok()).unwrap_or(0);
        let fits = match next.item() {
            Some((Style::Dot, next_number)) if style == Style::Dot => {
                let value: u32 = next_number.and_then(|it| it.0.parse().ok()).unwrap_or(0);
                value != own + 1 && !is_heading(&text[next.rest().range()])
            }
            Some((other, _)) => other > style && !matches!(other, Style::Dash | Style::Letter),
            // A sentence under it, set apart.
            None => {
                next.is_plain()
                    && next.words(text).ends_with(['.', ':'])
                    && next.words(text).starts_with(|c: char| !c.is_lowercase())
                    && (next.gap
                        || list[index].gap
                        || matches!(list[index].form, BlockKind::Heading(_))
                        || style == Style::Roman)
                    || next.container().is_some()
            }
        };
        if fits || matches!(list[index].form, BlockKind::Heading(_)) {
            if let Some(label) = &mut list[index].label {
                label.level = Level::Chapter;
            }
            list[index].depth = if style == Style::Roman { 1 } else { 2 };
            list[index].heading = Some(Span::new(rest.start, list[end - 1].span.end));
            list[index].heads = true;
            list[index + 1..end].iter_mut().for_each(|it| it.role = Role::Consumed);
        }
    }
}

/// Headings without a label: what the format says is one, and lines in capitals that stand alone.
fn free_headings(text: &str, list: &mut [Piece]) {
    for it in list.iter_mut() {
        if !it.is_plain() || it.begins_annex {
            continue;
        }
        let words = it.words(text);
        let marked = matches!(it.form, BlockKind::Heading(_));
        let alone = it.gap
            && words.len() < 300
            && letters::is_capitals(words)
            && is_heading(words)
            && words.split_whitespace().any(|it| it.chars().count() > 4);
        if marked || alone {
            it.role = Role::Heading;
        }
    }
}
