//! HTML: the text that a browser shows, block by block, with the bytes it comes from.
//!
//! Tags are read one after another and no tree is built, so that neither depth nor bad nesting can do harm.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};
use kalys_model::{BlockKind, Source, Span};

use crate::ReadError;
use crate::builder::{Builder, has_label};
use crate::decode::{decode, through};
use crate::numeral::Numeral;

pub(crate) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let decoded = decode(bytes, declared_charset(bytes))?;
    let mut builder = Builder::default();
    let mut tables = 0;
    read_into(&mut builder, &decoded.text, 0..decoded.text.len(), &mut tables);
    let mut source = builder.finish(decoded.map_of_file());
    source.map.segments = through(source.map.segments, &decoded);
    Ok(source)
}

/// Reads the HTML in `range` of `text` into `builder`; positions in the map are those of `text`. `tables` counts the
/// tables of the file.
pub(crate) fn read_into(builder: &mut Builder, text: &str, range: Range<usize>, tables: &mut u16) {
    let base = range.start;
    let Some(html) = text.get(range) else { return };
    let page = Page {
        html,
        base: base as u32,
        builder,
        tables_seen: tables,
        position: 0,
        consumed: 0,
        run: 0..0,
        space: None,
        deleted_space: None,
        skip: None,
        raw: None,
        sup: 0,
        del: 0,
        pre: 0,
        code: 0,
        quote: 0,
        heading: None,
        spans: Nest::default(),
        tables: Nest::default(),
        lists: Nest::default(),
        item: None,
        tag: Tag::default(),
        last_start_tag: Vec::new(),
    };
    let Ok(()) = Tokenizer::new_with_emitter(html, page).finish();
}

/// The value of `charset=` in the first bytes, where browsers look for it.
fn declared_charset(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(4096)];
    let value = memchr::memmem::find_iter(head, b"charset")
        .find_map(|at| head[at + 7..].trim_ascii_start().strip_prefix(b"="))?
        .trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|it| !it.is_ascii_alphanumeric() && !matches!(it, b'-' | b'_' | b':'));
    Some(&value[..end.unwrap_or(value.len())])
}

/// Open elements of one sort. Deeper than anybody nests them, only the depth is counted.
struct Nest<T> {
    open: Vec<T>,
    beyond: u32,
}

impl<T> Nest<T> {
    const DEPTH: usize = 256;

    fn push(&mut self, it: T) {
        if self.open.len() < Self::DEPTH { self.open.push(it) } else { self.beyond += 1 }
    }

    fn pop(&mut self) -> Option<T> {
        if self.beyond > 0 {
            self.beyond -= 1;
            return None;
        }
        self.open.pop()
    }

    fn last_mut(&mut self) -> Option<&mut T> {
        self.open.last_mut()
    }
}

impl<T> Default for Nest<T> {
    fn default() -> Self {
        Nest { open: Vec::new(), beyond: 0 }
    }
}

struct Table {
    ordinal: u16,
    /// Blocks that were written before it.
    first: usize,
    row: Option<u16>,
    /// The column of the open cell, and the one after it.
    columns: Range<u16>,
    in_cell: bool,
    /// For every column, how many rows further the cell of a row above reaches.
    reach: Vec<u16>,
}

impl Table {
    /// A cell with so many blocks is a page that a table lays out.
    const PAGE: usize = 30;
    /// Columns of which it is known that a cell above reaches into them; nobody makes wider tables.
    const COLUMNS: usize = 64;

    fn next_row(&mut self) {
        self.reach.iter_mut().for_each(|it| *it = it.saturating_sub(1));
        self.row = Some(self.row.map_or(0, |it| it.saturating_add(1)));
        self.columns = 0..0;
        self.in_cell = false;
    }

    fn next_cell(&mut self, n_columns: u16, n_rows: u16) {
        self.row.get_or_insert(0);
        let mut column = self.columns.end;
        while self.reach.get(usize::from(column)).is_some_and(|it| *it > 0) {
            column += 1;
        }
        self.columns = column..column.saturating_add(n_columns);
        self.in_cell = true;
        if n_rows > 1 {
            let covered = usize::from(column)..usize::from(self.columns.end).min(Self::COLUMNS);
            if self.reach.len() < covered.end {
                self.reach.resize(covered.end, 0);
            }
            if let Some(covered) = self.reach.get_mut(covered) {
                covered.fill(n_rows);
            }
        }
    }
}

struct List {
    /// Number of the next item and the letter of `type`, for an ordered list.
    next: Option<(i64, u8)>,
}

/// An `li` whose text has not begun.
struct Item {
    label: Option<String>,
    depth: u8,
}

#[derive(Default)]
struct Tag {
    name: Vec<u8>,
    closing: bool,
    self_closing: bool,
    attribute: Vec<u8>,
    value: Vec<u8>,
    /// Attributes that matter: `start`, `type`, `value`, `colspan`, `rowspan`, `class`, `style`.
    start: Option<i64>,
    ordinal: Option<i64>,
    kind: Option<u8>,
    n_columns: Option<u16>,
    n_rows: Option<u16>,
    raised: bool,
}

/// The state of reading: what is open, and the run of source that has not been written yet.
struct Page<'a> {
    html: &'a str,
    /// Offset of `html` in the decoded file.
    base: u32,
    builder: &'a mut Builder,
    tables_seen: &'a mut u16,
    /// Where the tokenizer stands.
    position: usize,
    /// Up to here the source has become text or was left out.
    consumed: usize,
    /// Source that is text as it stands, not yet written.
    run: Range<usize>,
    /// White space that becomes one space if more text follows in the block.
    space: Option<Range<usize>>,
    /// The same in deleted text.
    deleted_space: Option<Range<usize>>,
    /// An element whose content is left out, with the number of those open.
    skip: Option<(&'static [u8], u32)>,
    /// Inside an element whose content is not HTML: `true` when it is left out.
    raw: Option<bool>,
    sup: u32,
    del: u32,
    pre: u32,
    code: u32,
    quote: u32,
    heading: Option<u8>,
    /// For every open `span` and `font`: whether it raises its text.
    spans: Nest<bool>,
    tables: Nest<Table>,
    lists: Nest<List>,
    item: Option<Item>,
    tag: Tag,
    last_start_tag: Vec<u8>,
}

impl Page<'_> {
    fn hidden(&self) -> bool {
        self.skip.is_some() || self.raw == Some(true)
    }

    /// Writes the pending run of source.
    fn flush(&mut self) {
        let run = std::mem::replace(&mut self.run, 0..0);
        if run.is_empty() {
            return;
        }
        let html = self.html;
        let Some(piece) = html.get(run.clone()) else {
            // A run that the tokenizer cut inside a character; it does not, but the bytes are not lost if it did.
            let lossy = String::from_utf8_lossy(&html.as_bytes()[run.clone()]).into_owned();
            return self.decoded(&lossy, run);
        };
        if self.pre > 0 {
            self.lines(piece, run.start);
        } else {
            self.words(run);
        }
    }

    /// Text where white space collapses.
    fn words(&mut self, run: Range<usize>) {
        let bytes = self.html.as_bytes();
        let mut from = run.start;
        let mut at = run.start;
        while let Some(found) = bytes[at..run.end].iter().position(|it| is_space(*it)) {
            let start = at + found;
            // A single space inside a run needs no segment of its own.
            if bytes[start] == b' '
                && start > from
                && bytes[start + 1..run.end].first().is_some_and(|it| !is_space(*it))
            {
                at = start + 1;
                continue;
            }
            self.visible(from..start);
            let after = bytes[start..run.end].iter().position(|it| !is_space(*it));
            let end = after.map_or(run.end, |it| start + it);
            self.pending_space().get_or_insert(start..end);
            from = end;
            at = end;
        }
        self.visible(from..run.end);
    }

    /// Text where white space is kept: one block a line.
    fn lines(&mut self, piece: &str, at: usize) {
        let mut from = 0;
        for end in memchr::memchr_iter(b'\n', piece.as_bytes()).chain(std::iter::once(piece.len())) {
            let line = &piece[from..end];
            let line = line.strip_suffix('\r').unwrap_or(line);
            if !line.is_empty() {
                self.open(line, at + from);
                self.write(line, at + from);
            }
            if end < piece.len() {
                self.line_end(at + end);
            }
            from = end + 1;
        }
    }

    /// The end of a line of preformatted text. Program code stays one block, anything else is a line of an act.
    fn line_end(&mut self, at: usize) {
        if self.code > 0 {
            if self.builder.is_open() {
                self.builder.whole("\n", self.place(at..at + 1), 0);
            }
        } else {
            if !self.builder.is_open() {
                self.builder.gap();
            }
            self.builder.end();
        }
    }

    /// Source that has neither white space at its ends nor runs of it inside.
    fn visible(&mut self, range: Range<usize>) {
        let html = self.html;
        let Some(mut piece) = html.get(range.clone()) else { return };
        if self.del == 0 && self.builder.at_start() {
            // No-break spaces at the beginning are an indent.
            piece = piece.trim_start();
            self.space = None;
        }
        if piece.is_empty() {
            return;
        }
        let start = range.end - piece.len();
        self.open(piece, start);
        self.write_space();
        self.write(piece, start);
    }

    fn pending_space(&mut self) -> &mut Option<Range<usize>> {
        if self.del > 0 {
            return &mut self.deleted_space;
        }
        self.builder.delete(false);
        &mut self.space
    }

    fn write_space(&mut self) {
        let at_start =
            if self.del > 0 { self.builder.at_start_of_deletion() } else { self.builder.at_start() };
        if let Some(space) = self.pending_space().take()
            && !at_start
        {
            let source = self.place(space.clone());
            if self.html.as_bytes()[space] == *b" " {
                self.builder.exact(" ", source.start, 0);
            } else {
                self.builder.whole(" ", source, 0);
            }
        }
    }

    fn write(&mut self, piece: &str, at: usize) {
        let source = self.base + at as u32;
        if self.sup > 0 {
            self.builder.raised(piece, source, 0);
        } else {
            self.builder.exact(piece, source, 0);
        }
    }

    /// Text that stands otherwise in the source: a character reference.
    fn decoded(&mut self, text: &str, source: Range<usize>) {
        if self.pre > 0 && text.starts_with('\n') {
            return self.line_end(source.start);
        }
        if self.pre == 0 && text.bytes().all(is_space) {
            self.pending_space().get_or_insert(source);
            return;
        }
        if self.del == 0 && self.builder.at_start() && text.trim_start().is_empty() {
            return;
        }
        self.open(text, source.start);
        self.write_space();
        let place = self.place(source);
        match text.chars().next().filter(|_| self.sup > 0).and_then(crate::superscript::superscript) {
            Some(digit) => self.builder.whole(digit, place, 0),
            None => self.builder.whole(text, place, 0),
        }
    }

    /// Opens a block for `text`, which stands at `at`, unless one is open.
    fn open(&mut self, text: &str, at: usize) {
        self.builder.delete(self.del > 0);
        if self.del > 0 || self.builder.is_open() {
            return;
        }
        self.space = None;
        let item = self.item.take();
        let kind = if self.pre > 0 {
            if self.code > 0 { BlockKind::Code } else { BlockKind::Line }
        } else if let Some(cell) = self.cell() {
            cell
        } else if let Some(level) = self.heading {
            BlockKind::Heading(level)
        } else if let Some(item) = &item {
            BlockKind::Item(item.depth)
        } else if self.quote > 0 {
            BlockKind::Quote
        } else {
            BlockKind::Paragraph
        };
        self.builder.begin(kind);
        if let Some(label) = item.and_then(|it| it.label)
            && !has_label(text)
        {
            self.builder.label(&label, self.base + at as u32, 0);
        }
    }

    fn place(&self, range: Range<usize>) -> Span {
        Span::new(self.base + range.start as u32, self.base + range.end as u32)
    }

    /// The end of a block, or a line break in it.
    fn end_block(&mut self) {
        self.builder.end();
        (self.space, self.deleted_space) = (None, None);
    }

    /// The start tag at `tag`.
    fn opened(&mut self, tag: Range<usize>) {
        let name = std::mem::take(&mut self.tag.name);
        match name.as_slice() {
            b"sup" => self.sup += 1,
            b"del" | b"s" | b"strike" => self.del += 1,
            b"span" | b"font" => {
                self.sup += u32::from(self.tag.raised);
                self.spans.push(self.tag.raised);
            }
            b"code" => self.code += 1,
            b"br" => self.break_line(tag),
            b"template" => self.skip = Some((b"template", 1)),
            b"svg" if !self.tag.self_closing => self.skip = Some((b"svg", 1)),
            b"xml" if !self.tag.self_closing => self.skip = Some((b"xml", 1)),
            it if is_block(it) => {
                self.end_block();
                self.open_block(it);
            }
            _ => {}
        }
        self.last_start_tag.clear();
        self.last_start_tag.extend_from_slice(&name);
        self.tag.name = name;
    }

    fn open_block(&mut self, name: &[u8]) {
        // Markup inside a line does not last over blocks, whatever a page forgot to close.
        self.sup = 0;
        self.spans.open.iter_mut().for_each(|it| *it = false);
        match name {
            [b'h', level @ b'1'..=b'6'] => self.heading = Some(level - b'0'),
            b"pre" | b"listing" => {
                self.pre += 1;
                self.code = 0;
            }
            b"blockquote" => self.quote += 1,
            b"ol" => {
                let kind = self.tag.kind.unwrap_or(b'1');
                self.lists.push(List { next: Some((self.tag.start.unwrap_or(1), kind)) });
                self.item = None;
            }
            b"ul" | b"menu" | b"dir" => {
                self.lists.push(List { next: None });
                self.item = None;
            }
            b"li" => {
                let depth = (self.lists.open.len() as u32 + self.lists.beyond).clamp(1, 255) as u8;
                let ordinal = self.tag.ordinal;
                let label = self.lists.last_mut().and_then(|it| it.next.as_mut()).map(|(next, kind)| {
                    if let Some(ordinal) = ordinal {
                        *next = ordinal;
                    }
                    let number = *next;
                    *next = next.saturating_add(1);
                    format!("{}. ", Numeral::of_list(*kind).write(number))
                });
                self.item = Some(Item { label, depth });
            }
            b"table" => {
                let ordinal = *self.tables_seen;
                *self.tables_seen = ordinal.saturating_add(1);
                self.tables.push(Table {
                    ordinal,
                    first: self.builder.n_blocks(),
                    row: None,
                    columns: 0..0,
                    in_cell: false,
                    reach: Vec::new(),
                });
            }
            b"tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.next_row();
                }
            }
            b"td" | b"th" => {
                let [n_columns, n_rows] = [self.tag.n_columns, self.tag.n_rows].map(|it| it.unwrap_or(1));
                if let Some(table) = self.tables.last_mut() {
                    // Browsers take no more than a thousand of either; a cell of no columns takes one.
                    table.next_cell(n_columns.clamp(1, 1000), n_rows.clamp(1, 1000));
                }
            }
            _ => {}
        }
    }

    /// The end tag at `tag`.
    fn closed(&mut self, tag: Range<usize>) {
        let name = std::mem::take(&mut self.tag.name);
        match name.as_slice() {
            b"sup" => self.sup = self.sup.saturating_sub(1),
            b"del" | b"s" | b"strike" => self.del = self.del.saturating_sub(1),
            b"span" | b"font" => {
                let raised = self.spans.pop() == Some(true);
                self.sup = self.sup.saturating_sub(u32::from(raised));
            }
            b"code" => self.code = self.code.saturating_sub(1),
            // A browser takes `</br>` for `<br>`.
            b"br" => self.break_line(tag),
            it if is_block(it) => {
                self.end_block();
                self.close_block(it);
            }
            _ => {}
        }
        self.tag.name = name;
    }

    fn close_block(&mut self, name: &[u8]) {
        match name {
            [b'h', b'1'..=b'6'] => self.heading = None,
            b"pre" | b"listing" => {
                self.pre = self.pre.saturating_sub(1);
                self.code = 0;
            }
            b"blockquote" => self.quote = self.quote.saturating_sub(1),
            b"ol" | b"ul" | b"menu" | b"dir" => {
                self.lists.pop();
                self.item = None;
            }
            b"li" => self.item = None,
            b"table" => {
                if let Some(table) = self.tables.pop() {
                    self.end_table(&table);
                }
            }
            b"td" | b"th" | b"tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_cell = false;
                }
            }
            _ => {}
        }
    }

    /// The cell that is open.
    fn cell(&self) -> Option<BlockKind> {
        match self.tables.open.last() {
            Some(Table { ordinal, row: Some(row), columns, in_cell: true, .. }) => {
                Some(BlockKind::Cell { table: *ordinal, row: *row, column: columns.start })
            }
            _ => None,
        }
    }

    fn end_table(&mut self, table: &Table) {
        let around = self.cell().unwrap_or(BlockKind::Paragraph);
        self.builder.end_table(table.ordinal, table.first, Table::PAGE, around);
    }

    fn break_line(&mut self, tag: Range<usize>) {
        if self.pre > 0 {
            return self.line_end(tag.start);
        }
        self.builder.delete(self.del > 0);
        self.builder.break_line(self.place(tag), 0, false);
        self.space = None;
    }

    fn attribute(&mut self) {
        let value = self.tag.value.as_slice();
        let text = || std::str::from_utf8(value).unwrap_or_default().trim();
        match self.tag.attribute.as_slice() {
            b"start" => self.tag.start = text().parse().ok(),
            b"value" => self.tag.ordinal = text().parse().ok(),
            b"colspan" => self.tag.n_columns = text().parse().ok(),
            b"rowspan" => self.tag.n_rows = text().parse().ok(),
            b"type" => {
                self.tag.kind = match value {
                    [it @ (b'1' | b'a' | b'A' | b'i' | b'I')] => Some(*it),
                    _ => None,
                }
            }
            // W9 is the class of raised digits on pravo.gov.ru, whose style sheet does not come with the page.
            b"class" => {
                self.tag.raised |= value
                    .split(|it| is_space(*it))
                    .any(|it| matches!(it, b"W9" | b"sup" | b"super" | b"superscript"))
            }
            b"style" => {
                self.tag.raised |= memchr::memmem::find(value, b"vertical-align").is_some_and(|at| {
                    let rest = &value[at + 14..];
                    let end = memchr::memchr(b';', rest).unwrap_or(rest.len());
                    memchr::memmem::find(&rest[..end], b"super").is_some()
                })
            }
            _ => {}
        }
        self.tag.attribute.clear();
        self.tag.value.clear();
    }
}

impl Emitter for Page<'_> {
    type Token = Infallible;

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.last_start_tag.clear();
        self.last_start_tag.extend_from_slice(last_start_tag.unwrap_or_default());
    }

    fn emit_eof(&mut self) {
        self.flush();
        while let Some(table) = self.tables.open.pop() {
            self.end_table(&table);
        }
        self.builder.end();
    }

    fn emit_error(&mut self, _: Error) {}

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    #[inline]
    fn emit_string(&mut self, text: &[u8]) {
        let position = self.position.min(self.html.len());
        if self.hidden() || text.is_empty() {
            self.consumed = position;
            return;
        }
        let bytes = self.html.as_bytes();
        let here = |start: usize| bytes.get(start..start + text.len()) == Some(text);
        // The tokenizer stands after the text; where it has looked one character ahead, the text begins where the one
        // before ended. A reference to a character is found in neither place.
        let start = position
            .checked_sub(text.len())
            .filter(|it| *it >= self.consumed && here(*it))
            .or_else(|| Some(self.consumed).filter(|it| it + text.len() + 1 >= position && here(*it)));
        match start {
            Some(start) => {
                if start != self.run.end || self.run.is_empty() {
                    self.flush();
                    self.run = start..start;
                }
                self.run.end = start + text.len();
                self.consumed = self.run.end;
            }
            None => {
                self.flush();
                let source = self.consumed.min(position)..position;
                match std::str::from_utf8(text) {
                    Ok(text) => self.decoded(text, source),
                    Err(_) => self.decoded(&String::from_utf8_lossy(text), source),
                }
                self.consumed = position;
            }
        }
    }

    fn init_start_tag(&mut self) {
        self.tag.name.clear();
        self.tag.closing = false;
        self.tag.self_closing = false;
        self.tag.start = None;
        self.tag.ordinal = None;
        self.tag.kind = None;
        self.tag.n_columns = None;
        self.tag.n_rows = None;
        self.tag.raised = false;
        self.tag.attribute.clear();
        self.tag.value.clear();
    }

    fn init_end_tag(&mut self) {
        self.init_start_tag();
        self.tag.closing = true;
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        self.attribute();
        self.flush();
        let tag = self.consumed.min(self.position)..self.position;
        self.consumed = self.position;
        if self.raw.take().is_some() && self.tag.closing {
            return None;
        }
        if let Some((name, depth)) = &mut self.skip {
            if self.tag.name == *name {
                if self.tag.closing {
                    *depth -= 1;
                } else if !self.tag.self_closing {
                    *depth += 1;
                }
                if *depth == 0 {
                    self.skip = None;
                }
            }
            return None;
        }
        if self.tag.closing {
            self.closed(tag);
            return None;
        }
        self.opened(tag);
        let state = naive_next_state(&self.tag.name);
        if state.is_some() {
            let shown = matches!(self.tag.name.as_slice(), b"textarea" | b"plaintext" | b"xmp");
            self.raw = Some(!shown);
        }
        state
    }

    fn emit_current_comment(&mut self) {
        self.flush();
        self.consumed = self.position;
    }

    fn emit_current_doctype(&mut self) {
        self.flush();
        self.consumed = self.position;
    }

    fn set_self_closing(&mut self) {
        self.tag.self_closing = true;
    }

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, s: &[u8]) {
        self.tag.name.extend_from_slice(s);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn init_attribute(&mut self) {
        self.attribute();
    }

    fn push_attribute_name(&mut self, s: &[u8]) {
        self.tag.attribute.extend_from_slice(s);
    }

    fn push_attribute_value(&mut self, s: &[u8]) {
        self.tag.value.extend_from_slice(s);
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag.closing && !self.last_start_tag.is_empty() && self.tag.name == self.last_start_tag
    }

    #[inline]
    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }
}

/// White space as HTML understands it: a no-break space is not.
const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}

/// Elements that begin and end a block.
fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"div"
            | b"tr"
            | b"td"
            | b"th"
            | b"li"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"table"
            | b"thead"
            | b"tbody"
            | b"tfoot"
            | b"caption"
            | b"ol"
            | b"ul"
            | b"menu"
            | b"dir"
            | b"dl"
            | b"dt"
            | b"dd"
            | b"pre"
            | b"listing"
            | b"blockquote"
            | b"section"
            | b"article"
            | b"header"
            | b"footer"
            | b"main"
            | b"nav"
            | b"aside"
            | b"figure"
            | b"figcaption"
            | b"address"
            | b"center"
            | b"fieldset"
            | b"legend"
            | b"form"
            | b"details"
            | b"summary"
            | b"option"
            | b"body"
            | b"html"
            | b"head"
            | b"hr"
    )
}
