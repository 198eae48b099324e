//! Where readers of marked-up formats write: text, blocks and the map grow together, so that they cannot disagree.

use kalys_model::{Block, BlockKind, Mark, Segment, Shape, Source, SourceMap, Span};

use crate::superscript::superscript;

/// A [`Source`] in the making: blocks are opened, written to and closed.
///
/// Deleted text is written apart and becomes blocks of its own after the block it was deleted from, so that the words
/// that stay are read as they will stand.
///
/// Invariant: blocks are closed without white space at their end, and a block without anything else leaves no trace.
#[derive(Default)]
pub(crate) struct Builder {
    kept: Written,
    blocks: Vec<Block>,
    open: Option<Open>,
    /// A blank line goes before the next block.
    gap: bool,
    /// A line break inside the open block that nothing has followed yet.
    broken: Option<Break>,
    deleted: Written,
    /// Where in `deleted` the deletions begin that text which stays parts from the one before.
    deletions: Vec<u32>,
    deleting: bool,
}

/// Text and the way back to where it comes from.
#[derive(Default)]
struct Written {
    text: String,
    segments: Vec<Segment>,
    marks: Vec<Mark>,
}

struct Open {
    start: u32,
    kind: BlockKind,
    /// Length of the computed label at the beginning, which alone makes no block.
    label: u32,
}

/// A line break that the author put inside a block.
struct Break {
    source: Span,
    part: u16,
    /// It ends the block, whatever stands around it.
    ends: bool,
}

impl Builder {
    /// True while a block is open.
    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// True when nothing has been written to the open block or line of it, or no block is open.
    pub(crate) fn at_start(&self) -> bool {
        self.broken.is_some() || self.open.as_ref().is_none_or(|it| self.kept.len() == it.start + it.label)
    }

    /// True when nothing has been written to the deletion since text that stays.
    pub(crate) fn at_start_of_deletion(&self) -> bool {
        self.deletions.last().is_none_or(|start| self.deleted.len() == *start)
    }

    /// A blank line goes before the next block.
    pub(crate) fn gap(&mut self) {
        self.gap = true;
    }

    /// Opens a block, closing the one before.
    pub(crate) fn begin(&mut self, kind: BlockKind) {
        self.end();
        if !self.kept.text.is_empty() {
            self.kept.text.push('\n');
            if self.gap {
                self.kept.text.push('\n');
            }
        }
        self.gap = false;
        self.open = Some(Open { start: self.kept.len(), kind, label: 0 });
    }

    /// How many blocks are closed.
    pub(crate) fn n_blocks(&self) -> usize {
        self.blocks.len()
    }

    /// The table with this ordinal, whose blocks are those from `first` on, is over. A cell with `page` blocks or more is
    /// no cell but a page that the table lays out: its blocks are `around`, which is what stands around the table.
    pub(crate) fn end_table(&mut self, ordinal: u16, first: usize, page: usize, around: BlockKind) {
        self.end();
        let blocks = self.blocks.get_mut(first..).unwrap_or_default();
        let cells: Vec<(usize, (u16, u16))> = blocks
            .iter()
            .enumerate()
            .filter_map(|(index, block)| match block.kind {
                BlockKind::Cell { table, row, column } if table == ordinal => Some((index, (row, column))),
                _ => None,
            })
            .collect();
        for cell in cells.chunk_by(|a, b| a.1 == b.1).filter(|it| it.len() >= page) {
            cell.iter().for_each(|(index, _)| blocks[*index].kind = around);
        }
    }

    /// The open block is a line after all.
    pub(crate) fn become_line(&mut self) {
        if let Some(open) = &mut self.open {
            open.kind = BlockKind::Line;
        }
    }

    /// Writes a computed label (`1. `) at the beginning of the open block; it comes from no bytes, but stands at `at`.
    pub(crate) fn label(&mut self, label: &str, at: u32, part: u16) {
        let before = self.kept.len();
        self.kept.whole(label, Span::at(at), part);
        let written = self.kept.len() - before;
        if let Some(open) = &mut self.open {
            open.label += written;
        }
    }

    /// Writes a piece that is byte for byte in the source, at `source`.
    pub(crate) fn exact(&mut self, piece: &str, source: u32, part: u16) {
        if !piece.is_empty() && self.settle(piece) {
            self.written().exact(piece, source, part);
        }
    }

    /// Writes a piece that corresponds to `source` as a whole.
    pub(crate) fn whole(&mut self, piece: &str, source: Span, part: u16) {
        if !piece.is_empty() && self.settle(piece) {
            self.written().whole(piece, source, part);
        }
    }

    /// Writes a raised piece that is in the source at `source`: digits become superscript digits.
    pub(crate) fn raised(&mut self, piece: &str, source: u32, part: u16) {
        if piece.is_empty() || !self.settle(piece) {
            return;
        }
        let written = self.written();
        let mut from = 0;
        for (at, c) in piece.char_indices() {
            if let Some(digit) = superscript(c) {
                written.exact(&piece[from..at], source + from as u32, part);
                from = at + 1;
                written.whole(digit, Span::new(source + at as u32, source + from as u32), part);
            }
        }
        written.exact(&piece[from..], source + from as u32, part);
    }

    /// Whether what is written from here on is deleted text. It needs no open block.
    pub(crate) fn delete(&mut self, deleting: bool) {
        if deleting && !self.deleting {
            if !self.deleted.text.is_empty() {
                self.deleted.text.push('\n');
            }
            self.deletions.push(self.deleted.len());
        }
        self.deleting = deleting;
    }

    /// A line break at `source`. Inside a sentence it parts nothing; after one, before a label or a capital letter, or
    /// beside another break, it ends the block. `ends` says that it does so anyway.
    pub(crate) fn break_line(&mut self, source: Span, part: u16, ends: bool) {
        if self.deleting {
            self.deleted.whole("\n", source, part);
        } else if self.open.is_some() && (self.broken.is_some() || !self.at_start()) {
            let ends = ends || self.broken.is_some();
            self.broken = Some(Break { source, part, ends });
        }
    }

    /// From here on the text belongs to this paragraph and run of an office file.
    pub(crate) fn mark(&mut self, paragraph: u32, run: u32) {
        let written = self.written();
        written.mark(Mark { at: written.len(), paragraph, run });
    }

    /// Closes the open block, if any.
    pub(crate) fn end(&mut self) {
        self.broken = None;
        if let Some(open) = self.open.take() {
            let own = (open.start + open.label) as usize;
            let kept = self.kept.text[own..].trim_end().len();
            if kept == 0 {
                // The separator that was written for the block goes too.
                let before = self.kept.text[..open.start as usize].trim_end_matches('\n').len();
                self.kept.truncate(before as u32);
            } else {
                self.kept.truncate((own + kept) as u32);
                self.blocks.push(Block { span: Span::new(open.start, self.kept.len()), kind: open.kind });
            }
        }
        self.deleting = false;
        if !self.deleted.text.is_empty() {
            self.put_deleted();
        }
        self.deletions.clear();
    }

    /// Appends what another builder has written, as blocks of its own. Neither may have a block open.
    pub(crate) fn append(&mut self, other: Builder) {
        if other.kept.text.is_empty() {
            return;
        }
        if !self.kept.text.is_empty() {
            self.kept.text.push('\n');
        }
        let by = self.kept.len();
        self.kept.append(&other.kept, Span::new(0, other.kept.len()));
        self.blocks.extend(other.blocks.into_iter().map(|it| Block { span: it.span.shift(by), ..it }));
    }

    /// The same, written from another part.
    pub(crate) fn in_part(mut self, part: u16) -> Builder {
        self.end();
        self.kept.segments.iter_mut().for_each(|it| it.part = part);
        self
    }

    /// The finished source. `map` says of the file what its reader knows: lines and encoding, or the names of parts.
    pub(crate) fn finish(mut self, map: SourceMap) -> Source {
        self.end();
        let Written { text, segments, marks } = self.kept;
        Source { text, blocks: self.blocks, map: SourceMap { segments, marks, ..map } }
    }

    fn written(&mut self) -> &mut Written {
        if self.deleting { &mut self.deleted } else { &mut self.kept }
    }

    /// Decides what a line break before `piece` is. False when the piece is only white space after it, which is not
    /// written.
    fn settle(&mut self, piece: &str) -> bool {
        if self.deleting {
            return true;
        }
        let Some(Break { source, part, ends }) = self.broken.take() else { return true };
        if piece.trim_start().is_empty() {
            self.broken = Some(Break { source, part, ends });
            return false;
        }
        let Some(open) = &self.open else { return true };
        let kind = open.kind;
        if !ends && goes_on(&self.kept.text[open.start as usize..], piece) {
            self.kept.whole("\n", source, part);
            return true;
        }
        let deleted = std::mem::take(&mut self.deleted);
        let deletions = std::mem::take(&mut self.deletions);
        // What follows the first line of an item is no item of its own.
        self.begin(if let BlockKind::Item(_) = kind { BlockKind::Paragraph } else { kind });
        (self.deleted, self.deletions) = (deleted, deletions);
        true
    }

    /// Writes the deletions as blocks.
    fn put_deleted(&mut self) {
        let deleted = std::mem::take(&mut self.deleted);
        let starts = std::mem::take(&mut self.deletions);
        let ends = starts.iter().skip(1).copied().chain(std::iter::once(deleted.len()));
        for (start, end) in starts.iter().copied().zip(ends) {
            if deleted.text[start as usize..end as usize].trim().is_empty() {
                continue;
            }
            self.begin(BlockKind::Deleted);
            self.kept.append(&deleted, Span::new(start, end));
            self.end();
        }
    }
}

impl Written {
    fn len(&self) -> u32 {
        self.text.len() as u32
    }

    fn exact(&mut self, piece: &str, source: u32, part: u16) {
        if piece.is_empty() {
            return;
        }
        let text = self.len();
        let len = piece.len() as u32;
        self.text.push_str(piece);
        if let Some(last) = self.segments.last_mut()
            && last.shape == Shape::Exact
            && last.part == part
            && last.text.end == text
            && last.source.end == source
        {
            last.text.end += len;
            last.source.end += len;
            return;
        }
        self.segments.push(Segment {
            text: Span::new(text, text + len),
            source: Span::new(source, source + len),
            part,
            shape: Shape::Exact,
        });
    }

    fn whole(&mut self, piece: &str, source: Span, part: u16) {
        if piece.is_empty() {
            return;
        }
        let text = self.len();
        self.text.push_str(piece);
        self.segments.push(Segment { text: Span::new(text, self.len()), source, part, shape: Shape::Whole });
    }

    /// Appends a piece of what was written elsewhere; its ends lie between segments.
    fn append(&mut self, other: &Written, piece: Span) {
        let at = self.len();
        self.text.push_str(&other.text[piece.range()]);
        let moved = |offset: u32| offset - piece.start + at;
        let first = other.segments.partition_point(|it| it.text.start < piece.start);
        let segments = other.segments[first..].iter().take_while(|it| it.text.end <= piece.end);
        self.segments.extend(
            segments.map(|it| Segment { text: Span::new(moved(it.text.start), moved(it.text.end)), ..*it }),
        );
        let first = other.marks.partition_point(|it| it.at < piece.start);
        let marks = other.marks[first..].iter().take_while(|it| it.at < piece.end);
        for it in marks {
            self.mark(Mark { at: moved(it.at), ..*it });
        }
    }

    fn mark(&mut self, mark: Mark) {
        match self.marks.last_mut() {
            Some(last) if last.at == mark.at => *last = mark,
            _ => self.marks.push(mark),
        }
    }

    fn truncate(&mut self, to: u32) {
        if to == self.len() {
            return;
        }
        self.text.truncate(to as usize);
        while let Some(last) = self.segments.last_mut() {
            if last.text.start >= to {
                self.segments.pop();
                continue;
            }
            if last.text.end > to {
                if last.shape == Shape::Exact {
                    last.source.end -= last.text.end - to;
                }
                last.text.end = to;
            }
            break;
        }
        // What comes next may belong to the run that wrote the white space.
        let mut last = None;
        while let Some(mark) = self.marks.pop_if(|it| it.at >= to) {
            last.get_or_insert(Mark { at: to, ..mark });
        }
        self.marks.extend(last);
    }
}

/// True when a line that begins with `next` goes on with the sentence that `before` ends in.
fn goes_on(before: &str, next: &str) -> bool {
    let is_bracket = |c: char| matches!(c, '(' | ')' | '[' | ']' | '«' | '»' | '"' | '“' | '”' | '„');
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || is_bracket(c));
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let ended = match last.chars().next_back() {
        Some(';' | ':' | '!' | '?' | '…') => true,
        // `ст.` and `г.` end no sentence.
        Some('.') => last.chars().nth(3).is_some() || last.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    let next = next.trim_start();
    let labelled = match has_label(next) {
        true if last.ends_with(',') => true,
        // `г. Бишкек` is no label, `а)` is.
        true => next.starts_with(|c: char| !c.is_alphabetic()) || next.chars().nth(1) == Some(')'),
        false => false,
    };
    let first = next.trim_start_matches(is_bracket).chars().next();
    !ended && !labelled && first.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
}

/// True when a line brings its own label: `1.`, `2)`, `а)`, `-`.
pub(crate) fn has_label(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < line.len() {
        return rest.is_empty() || rest.starts_with(['.', ')', '-', '¹', '²', '³']);
    }
    let mut chars = line.chars();
    match (chars.next(), chars.next()) {
        (Some('-' | '–' | '—' | '•' | '·'), _) => true,
        (Some(letter), Some(')' | '.')) => letter.is_alphabetic(),
        _ => false,
    }
}
