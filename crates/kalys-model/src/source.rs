use crate::{SourceMap, Span};

/// What a reader took from a file: its text, the blocks it knows of, and the way back to the bytes.
///
/// Readers change nothing in the text but what the format obliges them to (entities, encodings, markup left out);
/// wrapped lines, hyphens and legacy letters stay as they are and are understood later.
/// Superscript digits are written as `¹²³` (`21<sup>1</sup>` becomes `21¹`), so that an inserted article keeps its number.
#[derive(Clone, Debug)]
pub struct Source {
    /// UTF-8 text, blocks separated by `\n`, or by several where the file has blank lines.
    pub text: String,
    /// Blocks in order of the text, without overlap. Every byte that is not a separator belongs to one block.
    pub blocks: Vec<Block>,
    /// The way back to the file.
    pub map: SourceMap,
}

/// A piece of text that the format itself sets apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where, in bytes of [`Source::text`], without the separator after it.
    pub span: Span,
    /// What the format says it is.
    pub kind: BlockKind,
}

/// What a format says about a block; a format that says nothing gives [`Line`](BlockKind::Line).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A line of plain text: it may be a wrapped piece of a paragraph, structure decides.
    Line,
    /// A whole paragraph.
    Paragraph,
    /// A heading with its level, 1 the highest.
    Heading(u8),
    /// An item of a list with its depth, 1 the outermost; its label, typed or computed, is part of the text.
    Item(u8),
    /// A cell of a table: table's ordinal in the file, row and column from 0.
    Cell {
        /// Which table of the file, from 0.
        table: u16,
        /// Row from 0.
        row: u16,
        /// Column from 0.
        column: u16,
    },
    /// The text of a footnote or endnote.
    Footnote,
    /// A block quotation.
    Quote,
    /// Text that a tracked change or a struck-out part deletes. It stands after the block that it is deleted from, so
    /// that the words that stay can be read as they will stand.
    Deleted,
    /// Program code or another preformatted block: not read as norms.
    Code,
}
