//! Where readers of marked-up formats write: text, blocks and the map grow together, so that they cannot disagree.

use kalys_model::{Block, BlockKind, Encoding, Inline, Mark, Segment, Shape, Source, SourceMap, Span, Zone};

use crate::superscript::superscript;

/// A [`Source`] in the making: blocks are opened, written to and closed.
///
/// Invariant: blocks are closed without white space at their end, and a block without anything else leaves no trace.
#[derive(Default)]
pub(crate) struct Builder {
    text: String,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    segments: Vec<Segment>,
    marks: Vec<Mark>,
    open: Option<Open>,
    /// Where the open struck-out part begins.
    struck: Option<u32>,
}

struct Open {
    start: u32,
    kind: BlockKind,
    /// Length of the computed label at the beginning, which alone makes no block.
    label: u32,
}

impl Builder {
    /// True while a block is open.
    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// True when nothing has been written to the open block, or none is open.
    pub(crate) fn at_start(&self) -> bool {
        self.open.as_ref().is_none_or(|it| self.text.len() as u32 == it.start + it.label)
    }

    /// Opens a block, closing the one before.
    pub(crate) fn begin(&mut self, kind: BlockKind) {
        self.end();
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.open = Some(Open { start: self.len(), kind, label: 0 });
    }

    /// Writes a computed label (`1. `) at the beginning of the open block; it comes from no bytes, but stands at `at`.
    pub(crate) fn label(&mut self, label: &str, at: u32, part: u16) {
        let before = self.len();
        self.whole(label, Span::at(at), part);
        let written = self.len() - before;
        if let Some(open) = &mut self.open {
            open.label += written;
        }
    }

    /// Writes a piece that is byte for byte in the source, at `source`.
    pub(crate) fn exact(&mut self, piece: &str, source: u32, part: u16) {
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

    /// Writes a piece that corresponds to `source` as a whole.
    pub(crate) fn whole(&mut self, piece: &str, source: Span, part: u16) {
        if piece.is_empty() {
            return;
        }
        let text = self.len();
        self.text.push_str(piece);
        self.segments.push(Segment { text: Span::new(text, self.len()), source, part, shape: Shape::Whole });
    }

    /// Writes a raised piece that is in the source at `source`: digits become superscript digits.
    pub(crate) fn raised(&mut self, piece: &str, source: u32, part: u16) {
        let mut from = 0;
        for (at, c) in piece.char_indices() {
            if let Some(digit) = superscript(c) {
                self.exact(&piece[from..at], source + from as u32, part);
                from = at + 1;
                self.whole(digit, Span::new(source + at as u32, source + from as u32), part);
            }
        }
        self.exact(&piece[from..], source + from as u32, part);
    }

    /// From here on the text is struck out. The part lasts until [`unstrike`](Builder::unstrike) or the end of the block.
    pub(crate) fn strike(&mut self) {
        self.struck.get_or_insert(self.text.len() as u32);
    }

    /// The struck-out part ends here.
    pub(crate) fn unstrike(&mut self) {
        if let Some(start) = self.struck.take()
            && start < self.len()
        {
            self.inlines.push(Inline { span: Span::new(start, self.len()), zone: Zone::AmendmentOld });
        }
    }

    /// From here on the text belongs to this paragraph and run of an office file.
    pub(crate) fn mark(&mut self, paragraph: u32, run: u32) {
        let mark = Mark { at: self.len(), paragraph, run };
        match self.marks.last_mut() {
            Some(last) if last.at == mark.at => *last = mark,
            _ => self.marks.push(mark),
        }
    }

    /// Closes the open block, if any.
    pub(crate) fn end(&mut self) {
        let Some(open) = self.open.take() else { return };
        let own = (open.start + open.label) as usize;
        let kept = self.text[own..].trim_end().len();
        if kept == 0 {
            // The separator that was written for the block goes too.
            self.truncate(open.start.saturating_sub(1));
        } else {
            self.truncate((own + kept) as u32);
            self.blocks.push(Block { span: Span::new(open.start, self.len()), kind: open.kind });
        }
        self.unstrike();
    }

    /// Appends what another builder has written, as blocks of its own. Neither may have a block open.
    pub(crate) fn append(&mut self, other: Builder) {
        if other.text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let by = self.len();
        self.text.push_str(&other.text);
        self.blocks.extend(other.blocks.into_iter().map(|it| Block { span: it.span.shift(by), ..it }));
        self.inlines.extend(other.inlines.into_iter().map(|it| Inline { span: it.span.shift(by), ..it }));
        self.segments.extend(other.segments.into_iter().map(|it| Segment { text: it.text.shift(by), ..it }));
        self.marks.extend(other.marks.into_iter().map(|it| Mark { at: it.at + by, ..it }));
    }

    /// The finished source. `lines` and `encoding` are those of the file, `parts` the names of a package's parts.
    pub(crate) fn finish(mut self, parts: Vec<String>, lines: Vec<u32>, encoding: Encoding) -> Source {
        self.end();
        Source {
            text: self.text,
            blocks: self.blocks,
            inlines: self.inlines,
            map: SourceMap { segments: self.segments, parts, lines, encoding, marks: self.marks },
        }
    }

    fn len(&self) -> u32 {
        self.text.len() as u32
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
        while self.inlines.last().is_some_and(|it| it.span.start >= to) {
            self.inlines.pop();
        }
        if let Some(last) = self.inlines.last_mut() {
            last.span.end = last.span.end.min(to);
        }
        while self.marks.last().is_some_and(|it| it.at > to) {
            self.marks.pop();
        }
    }
}

/// Byte offsets at which the lines of a UTF-8 text begin, the first at `0`.
pub(crate) fn line_starts(text: &[u8]) -> Vec<u32> {
    let mut lines = Vec::with_capacity(text.len() / 64 + 1);
    lines.push(0);
    lines.extend(memchr::memchr_iter(b'\n', text).map(|at| at as u32 + 1));
    lines
}
