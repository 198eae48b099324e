//! The body of a document, or its notes: paragraphs, tables and what stands in them.

use std::collections::HashMap;

use kalys_model::{BlockKind, Span};
use quick_xml::events::{BytesStart, Event};

use super::numbering::Numbering;
use super::styles::{Styles, outline};
use super::xml::{Located, Xml, attribute, number};
use crate::ReadError;
use crate::builder::Builder;

/// What the parts of a document share.
pub(crate) struct Reading<'a> {
    pub(crate) styles: &'a Styles,
    pub(crate) numbering: &'a mut Numbering,
    /// Tables seen in the file.
    pub(crate) tables: &'a mut u16,
    /// Footnotes and endnotes that nothing has referred to yet.
    pub(crate) notes: Notes,
    /// Pages of HTML that the body takes in, by the id it refers to them with.
    pub(crate) chunks: HashMap<String, Builder>,
}

/// The texts of notes by kind and id: each is written after the paragraph that refers to it.
pub(crate) type Notes = HashMap<(NoteKind, String), Builder>;

/// Footnotes and endnotes are counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum NoteKind {
    /// At the foot of the page.
    Footnote,
    /// At the end of the document.
    Endnote,
}

/// A part with text for the reader of an act.
pub(crate) struct Part<'a> {
    pub(crate) text: &'a str,
    pub(crate) name: &'a str,
    /// Its index in the map's parts.
    pub(crate) index: u16,
    /// What notes it holds; none for the body.
    pub(crate) notes: Option<NoteKind>,
}

/// Reads a part into `builder`, or its notes into [`Reading::notes`].
pub(crate) fn read(
    reading: &mut Reading<'_>,
    part: Part<'_>,
    builder: &mut Builder,
) -> Result<(), ReadError> {
    let mut body = Body {
        styles: reading.styles,
        numbering: reading.numbering,
        tables_seen: reading.tables,
        index: part.index,
        kind: part.notes,
        notes: &mut reading.notes,
        chunks: &mut reading.chunks,
        note: None,
        out: builder,
        boxes: Vec::new(),
        prefix: None,
        paragraphs: Vec::new(),
        paragraphs_seen: 0,
        frames: Vec::new(),
        fields: Fields::default(),
        skip: None,
        choices: Vec::new(),
        properties: Properties::None,
        in_text: false,
        deleted: 0,
    };
    let mut xml = Xml::new(part.text, part.name);
    while let Some(located) = xml.next()? {
        body.event(&located, xml.depth(), part.text);
    }
    body.close_boxes();
    Ok(())
}

/// A paragraph that is open. Paragraphs stand inside one another only through text boxes.
#[derive(Default)]
struct Paragraph {
    ordinal: u32,
    runs: u32,
    /// The run that the last mark named, and whether it is deleted.
    marked: Option<(u32, bool)>,
    style: Option<usize>,
    list: Option<u32>,
    level: Option<u8>,
    /// What the paragraph itself says of its level of heading: 1 to 9, 10 for none.
    outline: Option<u8>,
    /// The current run is raised, as it says itself or its style.
    raised: bool,
    /// Text that stays has begun, so that it has been counted and has a block.
    begun: bool,
    /// The mark at its end is deleted or moved away: it goes on with the next paragraph, or is not there.
    unmarked: bool,
    /// Text boxes that are anchored in it, and its notes: they follow it.
    boxes: Vec<Builder>,
}

/// The fields that are open: what an instruction says is not shown, what comes of it is.
#[derive(Default)]
struct Fields {
    /// For every field, the outermost first: whether its instruction is being read.
    open: Vec<bool>,
    instructions: u32,
    /// Fields inside one another deeper than anybody nests them are only counted.
    beyond: u32,
}

impl Fields {
    const DEPTH: usize = 64;

    fn hide(&self) -> bool {
        self.instructions > 0
    }

    fn begin(&mut self) {
        if self.open.len() < Fields::DEPTH {
            self.open.push(true);
            self.instructions += 1;
        } else {
            self.beyond += 1;
        }
    }

    fn separate(&mut self) {
        if self.beyond == 0
            && let Some(instruction) = self.open.last_mut()
        {
            self.instructions -= u32::from(std::mem::take(instruction));
        }
    }

    fn end(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(instruction) = self.open.pop() {
            self.instructions -= u32::from(instruction);
        }
    }

    /// An instruction that no end follows must not swallow the rest of the document.
    fn end_paragraph(&mut self) {
        if self.hide() {
            self.open.retain(|instruction| !instruction);
            (self.instructions, self.beyond) = (0, 0);
        }
    }
}

/// A table, or the wall of a text box: a paragraph in the box is in no cell of the table around it.
enum Frame {
    Table(Table),
    Box,
}

#[derive(Default)]
struct Table {
    ordinal: u16,
    row: Option<u16>,
    column: u16,
    next: u16,
    in_cell: bool,
}

/// Whose properties are being read.
#[derive(PartialEq)]
enum Properties {
    None,
    Paragraph,
    /// The mark at the end of a paragraph.
    Mark,
    Run,
}

struct Body<'a> {
    styles: &'a Styles,
    numbering: &'a mut Numbering,
    tables_seen: &'a mut u16,
    index: u16,
    /// What notes the part holds.
    kind: Option<NoteKind>,
    notes: &'a mut Notes,
    chunks: &'a mut HashMap<String, Builder>,
    /// The id of the note that is open.
    note: Option<String>,
    out: &'a mut Builder,
    /// The texts around the text boxes that are open.
    boxes: Vec<Builder>,
    /// The prefix of Word's elements with its colon, told by the root element.
    prefix: Option<String>,
    paragraphs: Vec<Paragraph>,
    paragraphs_seen: u32,
    frames: Vec<Frame>,
    fields: Fields,
    /// Depth of the element whose content is left out.
    skip: Option<u32>,
    /// For every `mc:AlternateContent` that is open: whether a choice has been read.
    choices: Vec<bool>,
    properties: Properties,
    in_text: bool,
    /// Tracked deletions around this place.
    deleted: u32,
}

impl Body<'_> {
    fn event(&mut self, located: &Located<'_>, depth: u32, part: &str) {
        match &located.event {
            Event::Start(element) => self.start(element, true, depth, located),
            Event::Empty(element) => self.start(element, false, depth + 1, located),
            Event::End(element) => {
                if let Some(skipped) = self.skip {
                    // The end of an element leaves one level fewer than its beginning had.
                    if depth < skipped {
                        self.skip = None;
                    }
                    return;
                }
                let name = element.name().into_inner();
                self.end(self.local(name));
            }
            Event::Text(_) if self.in_text => {
                let piece = part.get(located.start as usize..located.end as usize).unwrap_or_default();
                self.write(piece, located.start);
            }
            Event::CData(_) if self.in_text => {
                // Between `<![CDATA[` and `]]>`.
                let range = located.start as usize + 9..(located.end as usize).saturating_sub(3);
                self.write(part.get(range).unwrap_or_default(), located.start + 9);
            }
            Event::GeneralRef(reference) if self.in_text => {
                let c = match reference.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    _ => match reference.borrow().into_inner().as_ref() {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => None,
                    },
                };
                if let Some(c) = c {
                    self.put(c.encode_utf8(&mut [0; 4]), located);
                }
            }
            _ => {}
        }
    }

    /// The local name of an element of Word; of a foreign one the whole name.
    fn local<'n>(&self, name: &'n str) -> &'n str {
        self.prefix.as_deref().and_then(|prefix| name.strip_prefix(prefix)).unwrap_or(name)
    }

    fn start(&mut self, element: &BytesStart<'_>, opens: bool, depth: u32, located: &Located<'_>) {
        if self.prefix.is_none() {
            self.prefix = Some(word_prefix(element));
        }
        let qualified = element.name().into_inner();
        let name = self.local(qualified);
        if name == "p" {
            let ordinal = self.paragraphs_seen;
            self.paragraphs_seen += 1;
            if self.skip.is_none() {
                self.paragraphs.push(Paragraph { ordinal, ..Paragraph::default() });
                // An empty paragraph of a list is counted too.
                if !opens {
                    self.close_paragraph();
                }
            }
            return;
        }
        if self.skip.is_some() {
            return;
        }
        match self.properties {
            Properties::None => self.content(name, element, opens, depth, located),
            Properties::Paragraph => self.paragraph_property(name, element, opens, depth),
            Properties::Mark => match name {
                "del" | "moveFrom" => {
                    if let Some(paragraph) = self.paragraphs.last_mut() {
                        paragraph.unmarked = true;
                    }
                }
                "rPrChange" if opens => self.skip = Some(depth),
                _ => {}
            },
            Properties::Run => self.run_property(name, element, opens, depth),
        }
    }

    fn content(
        &mut self,
        name: &str,
        element: &BytesStart<'_>,
        opens: bool,
        depth: u32,
        located: &Located<'_>,
    ) {
        match name {
            "r" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.runs += 1;
                    paragraph.raised = false;
                }
            }
            "rPr" if opens => self.properties = Properties::Run,
            "t" | "delText" | "m:t" => self.in_text = opens,
            "pPr" if opens => self.properties = Properties::Paragraph,
            "tab" | "ptab" => self.put("\t", located),
            "br" | "cr" => self.break_line(element, located),
            "noBreakHyphen" => self.put("\u{2011}", located),
            "softHyphen" => self.put("\u{ad}", located),
            "sym" => self.symbol(element, located),
            "fldChar" => match attribute(element, "fldCharType").as_deref() {
                Some("begin") => self.fields.begin(),
                Some("separate") => self.fields.separate(),
                Some("end") => self.fields.end(),
                _ => {}
            },
            "del" if opens => self.deleted += 1,
            "tbl" if opens => {
                self.out.end();
                let ordinal = *self.tables_seen;
                *self.tables_seen = ordinal.saturating_add(1);
                self.frames.push(Frame::Table(Table { ordinal, ..Table::default() }));
            }
            "tr" if opens => {
                if let Some(table) = self.table() {
                    table.row = Some(table.row.map_or(0, |it| it.saturating_add(1)));
                    table.next = 0;
                }
            }
            "tc" if opens => {
                if let Some(table) = self.table() {
                    table.column = table.next;
                    table.next = table.next.saturating_add(1);
                    table.in_cell = true;
                }
            }
            "gridSpan" => {
                if let (Some(span), Some(table)) = (number::<u16>(element), self.table()) {
                    table.next = table.column.saturating_add(span.max(1));
                }
            }
            "gridBefore" => {
                if let (Some(before), Some(table)) = (number::<u16>(element), self.table()) {
                    table.next = before;
                }
            }
            "txbxContent" if opens => {
                self.boxes.push(std::mem::take(self.out));
                self.frames.push(Frame::Box);
                self.in_text = false;
            }
            "mc:AlternateContent" if opens => self.choices.push(false),
            "mc:Choice" if opens => {
                // One form of the content is enough; the others say the same for other programs.
                match self.choices.last_mut() {
                    Some(taken) if *taken => self.skip = Some(depth),
                    Some(taken) => *taken = true,
                    None => {}
                }
            }
            "footnote" | "endnote" if opens => {
                // The lines that part notes from the text are of another type.
                match attribute(element, "type").is_none_or(|it| it == "normal") {
                    true => self.note = attribute(element, "id").map(|it| it.into_owned()),
                    false => self.skip = Some(depth),
                }
            }
            "altChunk" => {
                self.out.end();
                if let Some(chunk) = attribute(element, "id").and_then(|it| self.chunks.remove(&*it)) {
                    self.out.append(chunk);
                }
            }
            "footnoteReference" => self.refer(NoteKind::Footnote, element),
            "endnoteReference" => self.refer(NoteKind::Endnote, element),
            "mc:Fallback" | "moveFrom" | "instrText" | "delInstrText" | "sectPr" | "tblPr" | "tblGrid"
            | "sdtPr" | "sdtEndPr" | "tcPrChange" | "trPrChange" | "tblPrExChange" | "ffData" | "rt"
                if opens =>
            {
                self.skip = Some(depth);
            }
            _ => {}
        }
    }

    fn paragraph_property(&mut self, name: &str, element: &BytesStart<'_>, opens: bool, depth: u32) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match name {
            "pStyle" => {
                paragraph.style = attribute(element, "val").and_then(|it| self.styles.find(&it));
            }
            "numId" => paragraph.list = number(element),
            "ilvl" => paragraph.level = number(element),
            "outlineLvl" => paragraph.outline = outline(element),
            "rPr" if opens => self.properties = Properties::Mark,
            // What the properties were before a tracked change.
            "pPrChange" | "sectPr" if opens => self.skip = Some(depth),
            _ => {}
        }
    }

    fn run_property(&mut self, name: &str, element: &BytesStart<'_>, opens: bool, depth: u32) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match name {
            "vertAlign" => {
                paragraph.raised = attribute(element, "val").is_some_and(|it| it == "superscript");
            }
            // Raised by hand, in half points; a point is the least that an eye notices.
            "position" => paragraph.raised |= number::<i32>(element).is_some_and(|it| it >= 2),
            "rStyle" => {
                let style = attribute(element, "val")
                    .and_then(|it| self.styles.find(&it))
                    .and_then(|it| self.styles.get(it));
                paragraph.raised |= style.and_then(|it| it.raised).unwrap_or(false);
            }
            "rPrChange" if opens => self.skip = Some(depth),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.close_paragraph(),
            "t" | "delText" | "m:t" => self.in_text = false,
            "pPr" => self.properties = Properties::None,
            "rPr" => {
                self.properties = match self.properties {
                    Properties::Mark => Properties::Paragraph,
                    _ => Properties::None,
                };
            }
            "del" => self.deleted = self.deleted.saturating_sub(1),
            "tbl" if self.table().is_some() => {
                self.frames.pop();
            }
            "tc" => {
                self.out.end();
                if let Some(table) = self.table() {
                    table.in_cell = false;
                }
            }
            "txbxContent" => self.close_box(),
            "footnote" | "endnote" => self.close_note(),
            "mc:AlternateContent" => {
                self.choices.pop();
            }
            _ => {}
        }
    }

    fn table(&mut self) -> Option<&mut Table> {
        match self.frames.last_mut() {
            Some(Frame::Table(table)) => Some(table),
            _ => None,
        }
    }

    /// The cell that is open.
    fn cell(&self) -> Option<BlockKind> {
        match self.frames.last() {
            Some(Frame::Table(Table { ordinal, row: Some(row), column, in_cell: true, .. })) => {
                Some(BlockKind::Cell { table: *ordinal, row: *row, column: *column })
            }
            _ => None,
        }
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.last() else { return };
        let goes_on = paragraph.unmarked && self.out.is_open() && paragraph.boxes.is_empty();
        if !paragraph.begun && !paragraph.unmarked && !self.out.is_open() {
            self.number();
        }
        if !goes_on {
            self.out.end();
        }
        self.in_text = false;
        self.properties = Properties::None;
        self.fields.end_paragraph();
        let Some(paragraph) = self.paragraphs.pop() else { return };
        for text in paragraph.boxes {
            self.out.append(text);
        }
    }

    fn close_box(&mut self) {
        let Some(around) = self.boxes.pop() else { return };
        while !matches!(self.frames.pop(), Some(Frame::Box) | None) {}
        let mut inside = std::mem::replace(self.out, around);
        inside.end();
        match self.paragraphs.last_mut() {
            Some(paragraph) => paragraph.boxes.push(inside),
            None => {
                self.out.end();
                self.out.append(inside);
            }
        }
    }

    /// The note follows the paragraph, as a text box does.
    fn refer(&mut self, kind: NoteKind, element: &BytesStart<'_>) {
        let Some(id) = attribute(element, "id").filter(|_| self.deleted == 0) else { return };
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        paragraph.boxes.extend(self.notes.remove(&(kind, id.into_owned())));
    }

    fn close_note(&mut self) {
        let (Some(kind), Some(id)) = (self.kind, self.note.take()) else { return };
        self.out.end();
        self.notes.insert((kind, id), std::mem::take(self.out));
    }

    /// What is left when a part ends inside text boxes; a well-formed one does not.
    fn close_boxes(&mut self) {
        while !self.boxes.is_empty() {
            self.close_box();
        }
        while !self.paragraphs.is_empty() {
            self.close_paragraph();
        }
    }

    /// Counts the paragraph in its list and says what kind of block it is and with which label.
    fn number(&mut self) -> (BlockKind, String) {
        let Some(paragraph) = self.paragraphs.last() else { return (BlockKind::Paragraph, String::new()) };
        let style = self.styles.paragraph(paragraph.style);
        // A level without a list, or a list 0, is that of the style or of none.
        let own = paragraph.list;
        let list = own.or_else(|| style?.list).filter(|it| *it != 0);
        let level = if own.is_some() { Some(paragraph.level.unwrap_or(0)) } else { paragraph.level };
        let claiming = style.filter(|_| own.is_none());
        let counted = list.and_then(|it| self.numbering.count(it, level, claiming, self.styles));
        let heading = paragraph.outline.or_else(|| style?.heading).filter(|it| *it <= 9);
        let (depth, label) = match counted {
            Some((depth, label)) => (Some(depth + 1), label),
            None => (None, String::new()),
        };
        let kind = if self.kind.is_some() {
            BlockKind::Footnote
        } else if let Some(cell) = self.cell() {
            cell
        } else if let Some(level) = heading {
            BlockKind::Heading(level)
        } else if let Some(depth) = depth.filter(|_| !label.is_empty()) {
            BlockKind::Item(depth)
        } else {
            BlockKind::Paragraph
        };
        (kind, label)
    }

    /// Makes ready for text at `at`: false when it is not shown or stands in no paragraph.
    fn ready(&mut self, at: u32) -> bool {
        if self.fields.hide() {
            return false;
        }
        let Some(begun) = self.paragraphs.last().map(|it| it.begun) else { return false };
        self.out.delete(self.deleted > 0);
        if self.deleted > 0 {
            // A paragraph of which nothing stays is not counted.
            self.mark();
            return true;
        }
        // An open block is that of the paragraph before, whose mark is deleted.
        let label = if begun || self.out.is_open() { None } else { Some(self.number()) };
        if let Some((kind, _)) = label {
            self.out.begin(kind);
        } else if !self.out.is_open() {
            // Text straight in a text box, without a paragraph of its own.
            self.out.begin(BlockKind::Paragraph);
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.begun = true;
        }
        self.mark();
        if let Some((_, label)) = label {
            self.out.label(&label, at, self.index);
        }
        true
    }

    /// Names the paragraph and the run of what follows, where they have changed.
    fn mark(&mut self) {
        let deleted = self.deleted > 0;
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let run = (paragraph.runs.saturating_sub(1), deleted);
        if paragraph.marked != Some(run) {
            paragraph.marked = Some(run);
            self.out.mark(paragraph.ordinal, run.0);
        }
    }

    /// Text that is in the part as it stands.
    fn write(&mut self, piece: &str, at: u32) {
        if piece.is_empty() || !self.ready(at) {
            return;
        }
        if self.raised() {
            self.out.raised(piece, at, self.index);
        } else {
            self.out.exact(piece, at, self.index);
        }
    }

    /// A line break; one of a page or a column ends the paragraph.
    fn break_line(&mut self, element: &BytesStart<'_>, located: &Located<'_>) {
        if self.fields.hide() {
            return;
        }
        let ends = attribute(element, "type").is_some_and(|it| it == "page" || it == "column");
        self.out.delete(self.deleted > 0);
        self.out.break_line(Span::new(located.start, located.end), self.index, ends);
    }

    /// A character that an element or a reference stands for.
    fn put(&mut self, piece: &str, located: &Located<'_>) {
        if !self.ready(located.start) {
            return;
        }
        let digit = piece.chars().next().filter(|_| self.raised()).and_then(crate::superscript::superscript);
        self.out.whole(digit.unwrap_or(piece), Span::new(located.start, located.end), self.index);
    }

    fn raised(&self) -> bool {
        self.paragraphs.last().is_some_and(|it| it.raised)
    }

    /// A character of a symbol font: what it looks like is known to the font only, unless its code is Unicode's.
    fn symbol(&mut self, element: &BytesStart<'_>, located: &Located<'_>) {
        let code = attribute(element, "char").and_then(|it| u32::from_str_radix(&it, 16).ok());
        let c = code.filter(|it| !(0xE000..=0xF8FF).contains(it)).and_then(char::from_u32);
        let c = c.filter(|it| !it.is_control()).unwrap_or('•');
        self.put(c.encode_utf8(&mut [0; 4]), located);
    }
}

/// The prefix that the root binds to Word's namespace, with its colon; empty when it is the default namespace.
fn word_prefix(root: &BytesStart<'_>) -> String {
    const NAMESPACES: [&str; 2] = [
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ];
    for attribute in root.attributes().with_checks(false).flatten() {
        let key = attribute.key.into_inner();
        if !NAMESPACES.contains(&attribute.value.as_ref()) {
            continue;
        }
        match key.strip_prefix("xmlns") {
            Some("") => return String::new(),
            Some(prefix) => return format!("{}:", prefix.trim_start_matches(':')),
            None => {}
        }
    }
    "w:".to_owned()
}
