//! Markdown: text from the author's own lines, without the signs that mark it up.

use std::collections::HashMap;
use std::ops::Range;

use kalys_model::{BlockKind, Source, Span};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::ReadError;
use crate::builder::Builder;
use crate::decode::{decode, through};
use crate::html;
use crate::superscript::superscript;

pub(crate) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let decoded = decode(bytes, None)?;
    let text = &*decoded.text;
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let events = || Parser::new_ext(text, options).into_offset_iter();
    let mut page = Page::new(text);
    // Notes first: they are put where the text refers to them.
    if memchr::memmem::find(text.as_bytes(), b"[^").is_some() {
        page.reads_notes = true;
        events().for_each(|(event, range)| page.event(event, range));
        page = Page { notes: page.notes, labels: page.labels, ..Page::new(text) };
    }
    events().for_each(|(event, range)| page.event(event, range));
    page.end_block();
    for note in std::mem::take(&mut page.notes).into_iter().flatten() {
        page.builder.append(note);
    }
    let mut source = page.builder.finish(decoded.map_of_file());
    source.map.segments = through(source.map.segments, &decoded);
    Ok(source)
}

#[derive(Clone, Copy, PartialEq)]
enum Code {
    None,
    /// Between fences: program code.
    Fenced,
    /// Indented by four spaces: in an act that is how somebody set a paragraph, not a program.
    Indented,
}

struct Page<'a> {
    text: &'a str,
    builder: Builder,
    /// Notes are being read and nothing else, or everything but them.
    reads_notes: bool,
    /// Notes in order, until the text refers to them.
    notes: Vec<Option<Builder>>,
    /// Which of them has which label.
    labels: HashMap<String, usize>,
    /// Notes that the open block refers to: they follow it.
    referred: Vec<Builder>,
    /// The kind of the next block, unless something around it decides.
    kind: BlockKind,
    /// For every item that is open: its label in the source, until it has been written.
    items: Vec<Option<Range<usize>>>,
    footnote: u32,
    quote: u32,
    tables: u16,
    cell: Option<(u16, u16)>,
    code: Code,
    /// The block of HTML that is open.
    html: Option<Range<usize>>,
    /// Blocks around this place that are not text (front matter).
    hidden: u32,
    sup: u32,
    del: u32,
    /// The paragraph has several lines, and structure decides which of them go together: drafts are often written
    /// line by line, by people who do not know that Markdown joins lines.
    lines: bool,
}

impl<'a> Page<'a> {
    fn new(text: &'a str) -> Page<'a> {
        Page {
            text,
            builder: Builder::default(),
            reads_notes: false,
            notes: Vec::new(),
            labels: HashMap::new(),
            referred: Vec::new(),
            kind: BlockKind::Paragraph,
            items: Vec::new(),
            footnote: 0,
            quote: 0,
            tables: 0,
            cell: None,
            code: Code::None,
            html: None,
            hidden: 0,
            sup: 0,
            del: 0,
            lines: false,
        }
    }

    /// Closes the open block and writes the notes that it refers to.
    fn end_block(&mut self) {
        self.builder.end();
        for note in self.referred.drain(..) {
            self.builder.append(note);
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.end_block();
                self.footnote += 1;
                if self.reads_notes {
                    self.labels.entry(label.into_string()).or_insert(self.notes.len());
                    self.notes.push(None);
                }
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                self.end_block();
                self.footnote = self.footnote.saturating_sub(1);
                if self.reads_notes
                    && let Some(note) = self.notes.last_mut()
                {
                    note.get_or_insert_default().append(std::mem::take(&mut self.builder));
                }
            }
            // Notes do not stand inside one another.
            _ if self.reads_notes != (self.footnote > 0) => {}
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            _ if self.hidden > 0 => {}
            Event::Text(text) if self.code != Code::None => self.code(&text, range),
            Event::Text(text) => self.write(&text, range),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                // The range takes in the backquotes.
                let inner = self.text.get(range.clone()).and_then(|it| it.find(&*text));
                let start = inner.map(|at| range.start + at);
                let range = start.map_or(range, |it| it..it + text.len());
                self.write(&text, range);
            }
            Event::SoftBreak => self.line_feed(range),
            Event::HardBreak => self.hard_break(range),
            Event::Html(_) => {
                if let Some(html) = &mut self.html {
                    html.end = range.end;
                }
            }
            Event::InlineHtml(tag) => self.inline_html(&tag, range),
            Event::Rule => self.end_block(),
            Event::FootnoteReference(label) => {
                if self.del == 0
                    && let Some(note) = self.labels.get(&*label).and_then(|at| self.notes.get_mut(*at))
                {
                    self.referred.extend(note.take());
                }
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.block(BlockKind::Paragraph);
                let lines = self.text.get(range).unwrap_or_default().trim_end().as_bytes();
                self.lines = self.is_plain() && memchr::memchr2(b'\n', b'\r', lines).is_some();
                if self.lines {
                    self.builder.gap();
                }
            }
            Tag::Heading { level, .. } => self.block(BlockKind::Heading(level as u8)),
            Tag::BlockQuote(_) => {
                self.end_block();
                self.quote += 1;
            }
            Tag::CodeBlock(kind) => {
                self.end_block();
                self.code = match kind {
                    CodeBlockKind::Fenced(_) => Code::Fenced,
                    CodeBlockKind::Indented => Code::Indented,
                };
            }
            Tag::HtmlBlock => {
                self.end_block();
                self.html = Some(range.start..range.start);
            }
            Tag::Item => {
                self.end_block();
                self.items.push(Some(label(self.text, range)));
                self.kind = BlockKind::Paragraph;
                self.lines = false;
            }
            Tag::Table(_) => self.end_block(),
            Tag::TableHead => self.cell = Some((0, 0)),
            Tag::TableRow => {
                self.cell = Some((self.cell.map_or(0, |(row, _)| row.saturating_add(1)), 0));
            }
            Tag::TableCell => self.end_block(),
            Tag::Strikethrough => self.del += 1,
            Tag::Superscript => self.sup += 1,
            Tag::MetadataBlock(_) => self.hidden += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => {
                self.block(BlockKind::Paragraph);
                if std::mem::take(&mut self.lines) {
                    self.builder.gap();
                }
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.quote = self.quote.saturating_sub(1);
            }
            TagEnd::CodeBlock => {
                self.end_block();
                self.code = Code::None;
            }
            TagEnd::HtmlBlock => {
                if let Some(range) = self.html.take() {
                    html::read_into(&mut self.builder, self.text, range, &mut self.tables);
                }
            }
            TagEnd::Item => {
                self.end_block();
                self.items.pop();
                self.lines = false;
            }
            TagEnd::Table => {
                self.end_block();
                self.cell = None;
                self.tables = self.tables.saturating_add(1);
            }
            TagEnd::TableCell => {
                self.end_block();
                if let Some((_, column)) = &mut self.cell {
                    *column = column.saturating_add(1);
                }
            }
            TagEnd::Strikethrough => self.del = self.del.saturating_sub(1),
            TagEnd::Superscript => self.sup = self.sup.saturating_sub(1),
            TagEnd::MetadataBlock(_) => self.hidden = self.hidden.saturating_sub(1),
            _ => {}
        }
    }

    fn block(&mut self, kind: BlockKind) {
        self.end_block();
        self.kind = kind;
        // Markup inside a line does not last over blocks, whatever the author forgot to close.
        self.sup = 0;
    }

    /// True outside of what is no running text of the act.
    fn is_plain(&self) -> bool {
        self.footnote == 0 && self.quote == 0 && self.cell.is_none()
    }

    /// Opens a block for text, unless one is open.
    fn open(&mut self) {
        self.builder.delete(self.del > 0);
        if self.del > 0 || self.builder.is_open() {
            return;
        }
        let depth = self.items.len().min(255) as u8;
        let label = self.items.last_mut().and_then(Option::take);
        let kind = if let Some((row, column)) = self.cell {
            BlockKind::Cell { table: self.tables, row, column }
        } else if let BlockKind::Heading(_) = self.kind {
            self.kind
        } else if self.footnote > 0 {
            BlockKind::Footnote
        } else if self.lines {
            BlockKind::Line
        } else if label.is_some() {
            BlockKind::Item(depth)
        } else if self.quote > 0 {
            BlockKind::Quote
        } else {
            BlockKind::Paragraph
        };
        self.builder.begin(kind);
        if let Some(label) = label {
            let place = Span::new(label.start as u32, label.end as u32);
            match &self.text[label.clone()] {
                // An act has dashes; the other two are signs of Markdown.
                "*" | "+" => self.builder.whole("-", place, 0),
                typed => self.builder.exact(typed, place.start, 0),
            }
            self.builder.whole(" ", Span::at(label.end as u32), 0);
        }
    }

    fn write(&mut self, text: &str, range: Range<usize>) {
        self.open();
        let at = range.start as u32;
        if self.text.get(range.clone()) != Some(text) {
            let digit = text.chars().next().filter(|_| self.sup > 0).and_then(superscript);
            self.builder.whole(digit.unwrap_or(text), Span::new(at, range.end as u32), 0);
        } else if self.sup > 0 {
            self.builder.raised(text, at, 0);
        } else {
            self.builder.exact(text, at, 0);
        }
    }

    fn hard_break(&mut self, range: Range<usize>) {
        if self.lines {
            return self.builder.end();
        }
        self.builder.delete(self.del > 0);
        self.builder.break_line(Span::new(range.start as u32, range.end as u32), 0, false);
    }

    fn line_feed(&mut self, range: Range<usize>) {
        if self.is_plain() && !self.lines && matches!(self.kind, BlockKind::Paragraph) {
            // An item of a tight list, of which no paragraph told that it has several lines.
            self.builder.become_line();
            self.lines = true;
        }
        if self.lines {
            return self.builder.end();
        }
        self.builder.delete(self.del > 0);
        let at_start =
            if self.del > 0 { self.builder.at_start_of_deletion() } else { self.builder.at_start() };
        if at_start {
            return;
        }
        let at = range.start as u32;
        if self.text.as_bytes().get(range.start) == Some(&b'\n') {
            self.builder.exact("\n", at, 0);
        } else {
            self.builder.whole("\n", Span::new(at, range.end as u32), 0);
        }
    }

    fn code(&mut self, text: &str, range: Range<usize>) {
        if self.code == Code::Fenced {
            if !self.builder.is_open() {
                self.builder.begin(BlockKind::Code);
            }
            return self.write(text, range);
        }
        // A piece of an indented block is a line, or several where the source holds them together.
        let exact = self.text.get(range.clone()) == Some(text);
        let mut from = 0;
        for line in text.split_inclusive('\n') {
            let words = line.trim_end();
            if words.is_empty() {
                self.builder.gap();
            } else {
                if !self.builder.is_open() {
                    self.builder.begin(BlockKind::Line);
                }
                let place =
                    if exact { range.start + from..range.start + from + words.len() } else { range.clone() };
                self.write(words, place);
            }
            if line.ends_with('\n') {
                self.builder.end();
            }
            from += line.len();
        }
    }

    fn inline_html(&mut self, tag: &str, range: Range<usize>) {
        let name = tag.trim_start_matches(['<', '/']);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let closes = tag.starts_with("</");
        match (name[..end].to_ascii_lowercase().as_str(), closes) {
            ("sup", false) => self.sup += 1,
            ("sup", true) => self.sup = self.sup.saturating_sub(1),
            ("del" | "s" | "strike", false) => self.del += 1,
            ("del" | "s" | "strike", true) => self.del = self.del.saturating_sub(1),
            ("br", _) => self.hard_break(range),
            _ => {}
        }
    }
}

/// The label of an item as its author typed it: `1.`, `2)`, `-`.
fn label(text: &str, item: Range<usize>) -> Range<usize> {
    let rest = text.get(item.clone()).unwrap_or_default();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let len = (digits + 1).min(rest.len());
    if rest.is_char_boundary(len) { item.start..item.start + len } else { item.start..item.start }
}
