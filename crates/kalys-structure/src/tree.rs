//! Paragraphs to a tree of units.
//!
//! One pass with a stack of open units. A wider unit closes what is narrower; an item is put where its numbering goes on,
//! or under the words that announce it; a paragraph without a label goes on with the unit whose sentence is not finished.

use crate::amendment::{self, Brings, Instruction};
use crate::label::{self, Label, Level, Style};
use crate::letters;
use crate::role::{Piece, Pieces, Role};
use crate::zone;
use kalys_model::{BlockKind, Doubt, DoubtKind, Inline, Number, Span, Unit, UnitId, UnitKind, Zone};

/// What the paragraphs became.
pub(crate) struct Tree {
    /// In preorder, the act first. Languages are not set yet.
    pub(crate) units: Vec<Unit>,
    /// Quoted words of instructions, in order of the text.
    pub(crate) inlines: Vec<Inline>,
}

/// Makes units of the paragraphs.
pub(crate) fn grow(text: &str, pieces: &Pieces, notes: &[Span], doubts: &mut Vec<Doubt>) -> Tree {
    let base = zone::of_act(&pieces.sort);
    let whole = Span::new(0, text.len() as u32);
    let mut acc = Growth {
        text,
        notes,
        doubts,
        base,
        units: Vec::with_capacity(pieces.list.len() + 1),
        inlines: Vec::new(),
        stack: Vec::new(),
        floor: 1,
    };
    let root = unit(UnitKind::Act, None, whole, base);
    acc.units.push(root);
    acc.stack.push(Frame { inner: base, ..Frame::new(0, Rank::Root) });
    let mut index = 0;
    while index < pieces.list.len() {
        index = acc.piece(&pieces.list, index);
    }
    acc.close_to(1);
    acc.units[0].span = whole;
    Tree { units: acc.units, inlines: acc.inlines }
}

fn unit(kind: UnitKind, number: Option<Number>, span: Span, zone: Zone) -> Unit {
    let body = Span::at(span.start);
    Unit { kind, number, span, heading: None, body, parent: None, zone, lang: kalys_model::Lang::Other }
}

/// Where a unit stands among the others, the outermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Root,
    /// An article or something wider. The second number tells chapters of one act apart that lie in each other.
    Wide(Level, u8),
    Item(Style),
    /// A paragraph without a label.
    Plain,
}

/// An open unit.
#[derive(Clone, Copy, Debug)]
struct Frame {
    unit: usize,
    rank: Rank,
    /// Its own words announce an enumeration.
    heads: bool,
    /// What the last words in it end with.
    sign: char,
    n_children: u32,
    /// The last number of every list of items in it.
    lists: Lists,
    /// An article stands around it.
    article: bool,
    /// The kind of the nearest numbered item around it, itself included.
    item: Option<UnitKind>,
    /// What kind the numbered items directly in it are, when an instruction says so.
    brings: Option<Brings>,
    /// Zone of what stands in it.
    inner: Zone,
    /// It is about the meaning of terms.
    defines: bool,
    /// It is, or stands in, a list of amendments.
    amends: bool,
}

impl Frame {
    fn new(unit: usize, rank: Rank) -> Frame {
        Frame {
            unit,
            rank,
            heads: false,
            sign: ' ',
            n_children: 0,
            lists: Lists::default(),
            article: false,
            item: None,
            brings: None,
            inner: Zone::Normative,
            defines: false,
            amends: false,
        }
    }

    fn is_wide(&self) -> bool {
        matches!(self.rank, Rank::Root | Rank::Wide(..))
    }
}

/// A number in the order of counting: `21-1` is (21, 1), `б` comes after `а`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Count(u32, u32);

impl Count {
    fn read(number: Option<&Number>, style: Style) -> Count {
        let Some(number) = number.map(|it| it.0.as_ref()) else { return Count::default() };
        // Of `1.12` under `1.` the last part runs.
        let own = if matches!(style, Style::Dots(3..)) {
            number.rsplit('.').next().unwrap_or(number)
        } else {
            number
        };
        let digits = own.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            let mut chars = own.chars();
            let first = chars.next().map_or(0, |c| c as u32);
            return Count(first, chars.next().map_or(0, |c| c as u32));
        }
        let main = own[..digits].parse().unwrap_or(u32::MAX);
        let rest = own[digits..].trim_start_matches(|c: char| !letters::is_word(c));
        let sub = match rest.bytes().take_while(u8::is_ascii_digit).count() {
            0 => rest.chars().next().map_or(0, |c| c as u32),
            n => rest[..n].parse().unwrap_or(u32::MAX),
        };
        Count(main, sub)
    }

    /// True when this is the number that comes right after `last`.
    fn follows(self, last: Count) -> bool {
        (self.0 == last.0 + 1 && self.1 == 0) || (self.0 == last.0 && self.1 == last.1 + 1)
    }

    fn is_first(self, style: Style) -> bool {
        match style {
            Style::Dots(2) => self.1 == 1,
            Style::Letter | Style::BracketLetter => self.0 == 'а' as u32 || self.0 == 'a' as u32,
            _ => self.0 <= 1 && self.1 <= 1,
        }
    }
}

/// The lists of items that a unit holds.
#[derive(Clone, Copy, Debug, Default)]
struct Lists {
    list: [Option<(Style, Count)>; 4],
}

impl Lists {
    fn last(&self, style: Style) -> Option<Count> {
        self.list.iter().flatten().find(|it| it.0 == style).map(|it| it.1)
    }

    fn set(&mut self, style: Style, count: Count) {
        let same = self.list.iter().position(|it| it.is_some_and(|it| it.0 == style));
        let at = same.or_else(|| self.list.iter().position(Option::is_none));
        // Nobody numbers the items of one unit in five ways; the last list gives way.
        self.list[at.unwrap_or(3)] = Some((style, count));
    }
}

/// Units deeper than this hold no enumeration: a text in which every line ends with a colon is no tree.
const DEEPEST: usize = 24;

struct Growth<'a> {
    text: &'a str,
    /// Notes of the publisher, in order.
    notes: &'a [Span],
    doubts: &'a mut Vec<Doubt>,
    /// The zone of an act's own norms.
    base: Zone,
    units: Vec<Unit>,
    inlines: Vec<Inline>,
    stack: Vec<Frame>,
    /// Units of the stack that the paragraphs may not close: the act, or an instruction whose new text is being read.
    floor: usize,
}

impl Growth<'_> {
    /// Puts one paragraph, with the new text that it brings in, into the tree. Gives the index of the next.
    fn piece(&mut self, list: &[Piece], index: usize) -> usize {
        let piece = &list[index];
        let rest = piece.rest();
        match piece.role {
            Role::Consumed => self.extend(piece.span),
            Role::Note => self.leaf(UnitKind::Footnote, piece.span, Zone::Explanatory),
            Role::Title => {
                self.close_to(self.floor);
                self.apart(piece.span, Zone::Title);
            }
            Role::Signature => {
                self.close_wide(Level::Division);
                self.apart(piece.span, Zone::Title);
            }
            Role::Contents => {
                self.close_wide(Level::Article);
                self.apart(piece.span, Zone::Heading);
            }
            Role::PageNumber => self.leaf(UnitKind::Heading, piece.span, Zone::Heading),
            Role::Preamble => {
                self.close_items();
                self.leaf(UnitKind::Paragraph, piece.span, Zone::Preamble);
            }
            Role::Heading => {
                self.close_items();
                self.apart(piece.span, Zone::Heading);
            }
            Role::Text => match piece.form {
                BlockKind::Cell { .. } => self.cell(piece.span),
                BlockKind::Footnote => {
                    let zone = self.top().inner;
                    self.leaf(UnitKind::Footnote, piece.span, zone);
                }
                BlockKind::Quote => {
                    self.leaf(UnitKind::Paragraph, piece.span, Zone::Quote);
                }
                BlockKind::Deleted => self.leaf(UnitKind::Paragraph, piece.span, Zone::AmendmentOld),
                BlockKind::Code => self.leaf(UnitKind::Paragraph, piece.span, Zone::Explanatory),
                _ => return self.text(list, index, rest),
            },
        }
        index + 1
    }

    /// A paragraph of the act's own text.
    fn text(&mut self, list: &[Piece], index: usize, rest: Span) -> usize {
        let piece = &list[index];
        if piece.begins_annex {
            let label = Label {
                level: Level::Annex,
                number: annex_number(self.text, piece),
                len: 0,
                skip: 0,
                doubt: None,
            };
            self.wide(piece, &label, Span::at(piece.span.end));
            return index + 1;
        }
        // New text that begins in the instruction's own paragraph is a unit of its own.
        let opens = piece
            .instruction
            .as_ref()
            .and_then(|it| it.opens)
            .filter(|it| piece.n_block > 0 && *it > rest.start);
        let body = opens.map_or_else(|| self.before_notes(rest), |it| self.before_quote(rest, it));
        match &piece.label {
            Some(label @ Label { level: Level::Item(style), .. }) => self.item(piece, label, *style, body),
            Some(label) => self.wide(piece, label, if piece.heads { Span::at(rest.end) } else { body }),
            None => self.plain(piece, body),
        }
        if let Some(instruction) = &piece.instruction {
            self.instruction(instruction, opens.is_some());
        }
        if piece.n_block == 0 {
            return index + 1;
        }
        let until = index + 1 + piece.n_block as usize;
        let floor = self.floor;
        self.floor = self.stack.len();
        let barrier = self.top_mut();
        barrier.lists = Lists::default();
        barrier.inner = Zone::AmendmentNew;
        barrier.brings = piece.instruction.as_ref().and_then(|it| it.brings);
        barrier.article = barrier.brings != Some(Brings::Point);
        barrier.item = None;
        barrier.defines = false;
        barrier.amends = false;
        barrier.heads = false;
        if let Some(start) = opens {
            self.opened(Span::new(start, piece.span.end));
        }
        let mut index = index + 1;
        while index < until {
            index = self.piece(list, index);
        }
        self.close_to(self.floor);
        self.floor = floor;
        // The instruction is over with its new text.
        let top = self.top_mut();
        top.heads = false;
        index
    }

    /// Words without the notes at their end: «… вправе: (в редакции Закона …)».
    fn before_notes(&self, words: Span) -> Span {
        let mut words = words;
        let mut last = self.notes.partition_point(|it| it.start < words.end);
        while let Some(note) = last.checked_sub(1).map(|it| self.notes[it])
            && note.start > words.start
            && self
                .text
                .get(note.end as usize..words.end as usize)
                .is_some_and(|it| !it.contains(letters::is_word))
        {
            let kept = self.text[words.start as usize..note.start as usize].trim_end();
            words.end = words.start + kept.len() as u32;
            last -= 1;
        }
        words
    }

    /// The words of an instruction up to the quotation mark before its new text.
    fn before_quote(&self, rest: Span, start: u32) -> Span {
        let head = &self.text[rest.start as usize..start as usize];
        let head = head.trim_end_matches(|c: char| c.is_whitespace() || letters::opens_quote(c));
        Span::new(rest.start, rest.start + head.len() as u32)
    }

    /// The beginning of new text in the paragraph of its instruction: `… в следующей редакции: «Статья 5. …`.
    fn opened(&mut self, span: Span) {
        let words = &self.text[span.range()];
        let lead = letters::skip_space(words) as u32;
        let span = Span::new(span.start + lead, span.end);
        if span.is_empty() {
            return;
        }
        let label = label::read(&self.text[span.range()], false);
        let piece = Piece { label, ..Piece::of(span) };
        let rest = piece.rest();
        match &piece.label {
            Some(label @ Label { level: Level::Item(style), .. }) => self.item(&piece, label, *style, rest),
            Some(label) => {
                let heads = !self.text[rest.range()].ends_with(['.', ';', ':']);
                let piece = Piece {
                    heads,
                    heading: heads.then_some(rest).filter(|it| !it.is_empty()),
                    ..piece.clone()
                };
                self.wide(&piece, label, if heads { Span::at(rest.end) } else { rest });
            }
            None => self.plain(&piece, rest),
        }
    }

    /// Marks the unit on top as an instruction, and its quoted words with what becomes of them.
    fn instruction(&mut self, instruction: &Instruction, opens_unit: bool) {
        let top = self.top();
        let unit = &mut self.units[top.unit];
        if unit.zone != Zone::AmendmentNew {
            unit.zone = Zone::Instruction;
        }
        let body = unit.body;
        for (span, zone) in &instruction.quotes {
            // What opens a block is a unit of its own.
            let block = opens_unit && instruction.opens == Some(span.start);
            if !block && body.contains(*span) {
                self.inlines.push(Inline { span: *span, zone: *zone });
            }
        }
    }

    /// An article or something wider.
    fn wide(&mut self, piece: &Piece, label: &Label, body: Span) {
        let kind = match label.level {
            Level::Annex => UnitKind::Annex,
            Level::Division => UnitKind::Division,
            Level::Section | Level::Subsection | Level::Paragraph => UnitKind::Section,
            Level::Chapter => UnitKind::Chapter,
            Level::Article | Level::Item(_) => UnitKind::Article,
        };
        let rank = self.place_wide(piece, label.level);
        self.doubt_of(piece, label);
        let heading = piece.heading;
        let end = heading.map_or(piece.span.end, |it| it.end.max(piece.span.end));
        let parent = self.top();
        let mut frame = Frame::new(self.units.len(), rank);
        frame.article = match label.level {
            Level::Annex => false,
            Level::Article => true,
            _ => parent.article,
        };
        let inherited = if label.level == Level::Annex && parent.inner != Zone::AmendmentNew {
            self.base
        } else {
            parent.inner
        };
        let heading_words = heading.map_or("", |it| &self.text[it.range()]);
        let own = &self.text[body.range()];
        let zone = zone::of_wide(inherited, label.level, heading_words, own);
        frame.inner = zone;
        frame.defines = parent.defines && label.level != Level::Annex || zone::defines(heading_words);
        frame.amends = parent.amends && label.level > Level::Annex;
        let mut it = unit(kind, label.number.clone(), Span::new(piece.span.start, end), zone);
        it.heading = heading;
        it.body = if body.is_empty() {
            Span::at(heading.map_or(body.start, |it| it.end.max(body.start)))
        } else {
            body
        };
        self.push(it, frame);
        self.words(body);
        let top = self.top();
        if !body.is_empty() {
            let zone = self.zone_of_words(&top, body, frame.inner);
            self.units[top.unit].zone = zone;
        }
    }

    /// Closes what a wider unit of this level closes, and gives its rank.
    fn place_wide(&mut self, piece: &Piece, level: Level) -> Rank {
        let rank = Rank::Wide(level, piece.depth);
        while self.stack.len() > self.floor && self.top().rank >= rank {
            self.close();
        }
        // Items and paragraphs hold no wider unit, unless an instruction brings it in.
        self.close_items();
        rank
    }

    /// A paragraph with the label of an item.
    fn item(&mut self, piece: &Piece, label: &Label, style: Style, body: Span) {
        self.doubt_of(piece, label);
        let style = match style {
            Style::Dots(2) if self.top().article => Style::Dot,
            other => other,
        };
        let count = Count::read(label.number.as_ref(), style);
        let parent = self.place_item(style, count, label.number.as_ref());
        self.close_to(parent + 1);
        self.top_mut().lists.set(style, count);
        let parent = self.top();
        let kind = kind_of_item(style, &parent);
        let mut frame = Frame::new(self.units.len(), Rank::Item(style));
        frame.article = parent.article;
        frame.item = if style == Style::Dash { parent.item } else { Some(kind) };
        self.open(kind, label.number.clone(), piece.span, body, frame);
    }

    /// Where in the stack an item belongs.
    fn place_item(&self, style: Style, count: Count, number: Option<&Number>) -> usize {
        let top = self.stack.len() - 1;
        let first = count.is_first(style);
        let last = &self.stack[top];
        if last.heads && last.n_children == 0 && (first || style == Style::Dash) {
            return top;
        }
        // `1.2.` belongs to `1.` or `1.1.`
        if let (Style::Dots(_), Some(number)) = (style, number)
            && let Some((prefix, _)) = number.0.rsplit_once('.')
        {
            for at in (self.floor - 1..=top).rev() {
                let unit = &self.units[self.stack[at].unit];
                if matches!(self.stack[at].rank, Rank::Item(_))
                    && unit.number.as_ref().is_some_and(|it| it.0.as_ref() == prefix)
                {
                    return at;
                }
                if self.stack[at].is_wide() {
                    break;
                }
            }
        }
        let (mut greater, mut same) = (None, None);
        for at in (self.floor - 1..=top).rev() {
            if let Some(last) = self.stack[at].lists.last(style) {
                if style == Style::Dash || count.follows(last) {
                    return at;
                }
                if count > last {
                    greater.get_or_insert(at);
                }
                same.get_or_insert(at);
            }
            if self.stack[at].is_wide() {
                break;
            }
        }
        if let Some(at) = greater.or(same) {
            return at;
        }
        // A list that begins here.
        let mut at = top;
        while at >= self.floor {
            let frame = &self.stack[at];
            let takes = match frame.rank {
                Rank::Root | Rank::Wide(..) => true,
                Rank::Plain => {
                    frame.heads || (at == top && first && !matches!(frame.sign, '.' | ';' | '!' | '?'))
                }
                Rank::Item(outer) => style > outer || frame.heads,
            };
            if takes {
                break;
            }
            at -= 1;
        }
        at
    }

    /// A paragraph without a label.
    fn plain(&mut self, piece: &Piece, body: Span) {
        let words = &self.text[body.range()];
        let lower = words.starts_with(char::is_lowercase);
        while self.stack.len() > self.floor {
            let top = self.top();
            let parent = self.stack[self.stack.len() - 2];
            match top.rank {
                Rank::Root | Rank::Wide(..) => break,
                // The enumeration goes on.
                _ if top.heads && (top.n_children == 0 || matches!(top.sign, ';' | ',') && lower) => break,
                Rank::Plain => self.close(),
                // With the last item the whole enumeration ends.
                Rank::Item(_) if parent.heads && matches!(top.sign, '.' | '!' | '?') => self.close(),
                Rank::Item(_) if parent.heads && lower && matches!(top.sign, ';' | ',') => {
                    self.close();
                    break;
                }
                Rank::Item(_) => break,
            }
        }
        let parent = self.top();
        let mut frame = Frame::new(self.units.len(), Rank::Plain);
        frame.article = parent.article;
        frame.item = parent.item;
        self.open(UnitKind::Paragraph, None, piece.span, body, frame);
    }

    fn cell(&mut self, span: Span) {
        while self.stack.len() > self.floor && self.top().rank == Rank::Plain && !self.top().heads {
            self.close();
        }
        let zone = self.top().inner;
        self.leaf(UnitKind::Cell, span, zone);
        // A table takes the place of the enumeration that the words before it announce.
        let top = self.top_mut();
        top.n_children += 1;
        top.sign = '.';
    }

    /// Opens an item or a paragraph under the unit on top.
    fn open(&mut self, kind: UnitKind, number: Option<Number>, span: Span, body: Span, mut frame: Frame) {
        let parent = self.top();
        frame.defines = parent.defines;
        frame.inner = parent.inner;
        frame.amends = parent.amends;
        let mut it = unit(kind, number, span, parent.inner);
        it.body = if body.is_empty() { Span::at(span.end) } else { body };
        self.push(it, frame);
        self.words(body);
        let top = self.top();
        let zone = self.zone_of_words(&parent, body, parent.inner);
        self.units[top.unit].zone = zone;
        self.top_mut().inner = zone;
        let words = &self.text[body.range()];
        if top.heads
            && zone == parent.inner
            && zone == self.base
            && zone::heads_definitions(words, parent.defines)
        {
            self.top_mut().inner = Zone::Definition;
        }
    }

    /// The zone of a unit's own words, when the paragraph itself says more than its place.
    fn zone_of_words(&mut self, parent: &Frame, body: Span, inherited: Zone) -> Zone {
        let words = &self.text[body.range()];
        if inherited != self.base && inherited != Zone::Instruction {
            return inherited;
        }
        let heads_amendments = self.top().heads && amendment::is_head(words);
        if heads_amendments {
            self.top_mut().amends = true;
        }
        if heads_amendments || parent.amends {
            self.top_mut().inner = Zone::Instruction;
            return Zone::Instruction;
        }
        zone::of_words(inherited, words, parent.defines)
    }

    /// A unit that nothing can stand in, set apart from the numbering: a title, a heading, an entry of contents.
    fn apart(&mut self, span: Span, zone: Zone) {
        self.close_items();
        self.leaf(UnitKind::Heading, span, zone);
    }

    /// A unit that nothing can stand in, inside the unit on top.
    fn leaf(&mut self, kind: UnitKind, span: Span, zone: Zone) {
        let (sign, heads, n_children) = (self.top().sign, self.top().heads, self.top().n_children);
        let mut it = unit(kind, None, span, zone);
        it.body = span;
        self.push(it, Frame::new(self.units.len(), Rank::Plain));
        self.close();
        // It neither goes on with an enumeration nor ends one.
        let top = self.top_mut();
        (top.sign, top.heads, top.n_children) = (sign, heads, n_children);
    }

    fn push(&mut self, mut unit: Unit, frame: Frame) {
        let parent = self.top_mut();
        parent.n_children += 1;
        unit.parent = Some(UnitId(parent.unit as u32));
        self.units.push(unit);
        self.stack.push(frame);
    }

    /// Takes note of what the words of the unit on top end with.
    fn words(&mut self, body: Span) {
        let words = &self.text[body.range()];
        let sign = letters::last_sign(words).unwrap_or(' ');
        let deep = self.stack.len() > DEEPEST;
        let top = self.top_mut();
        top.sign = sign;
        top.heads = sign == ':' && !deep;
    }

    /// Heading lines that the unit on top has taken.
    fn extend(&mut self, span: Span) {
        let at = self.top().unit;
        let unit = &mut self.units[at];
        unit.span.end = unit.span.end.max(span.end);
    }

    fn close(&mut self) {
        let Some(frame) = self.stack.pop() else { return };
        let end = self.units[frame.unit].span.end;
        if let Some(parent) = self.stack.last_mut() {
            parent.sign = frame.sign;
            let parent = &mut self.units[parent.unit];
            parent.span.end = parent.span.end.max(end);
        }
    }

    fn close_to(&mut self, len: usize) {
        while self.stack.len() > len.max(1) {
            self.close();
        }
    }

    /// Closes items and paragraphs.
    fn close_items(&mut self) {
        while self.stack.len() > self.floor && !self.top().is_wide() {
            self.close();
        }
    }

    /// Closes everything of this level and below.
    fn close_wide(&mut self, level: Level) {
        while self.stack.len() > self.floor && self.top().rank >= Rank::Wide(level, 0) {
            self.close();
        }
    }

    fn doubt_of(&mut self, piece: &Piece, label: &Label) {
        if let Some(kind) = label.doubt {
            let end = (piece.span.start + label.len).min(piece.span.end);
            let span = match kind {
                DoubtKind::HeadingOrText => {
                    Span::new(piece.span.start, piece.heading.map_or(end, |it| it.end))
                }
                _ => Span::new(piece.span.start, end),
            };
            self.doubts.push(Doubt { span, kind });
        }
    }

    /// The innermost open unit. The act is never closed.
    fn top(&self) -> Frame {
        *self.stack.last().expect("the act stays open")
    }

    fn top_mut(&mut self) -> &mut Frame {
        self.stack.last_mut().expect("the act stays open")
    }
}

/// What an item is called, by its label and by what stands around it.
fn kind_of_item(style: Style, parent: &Frame) -> UnitKind {
    if style == Style::Dash {
        return UnitKind::Paragraph;
    }
    if parent.item.is_none()
        && let Some(brings) = parent.brings
    {
        return match brings {
            Brings::Part => UnitKind::Part,
            Brings::Point => UnitKind::Point,
            Brings::Subpoint => UnitKind::Subpoint,
        };
    }
    let kind = match (style, parent.article) {
        (Style::Letter | Style::BracketRoman, _) => UnitKind::Subpoint,
        (Style::Paren | Style::BracketLetter, _) | (_, false) => UnitKind::Point,
        (_, true) => UnitKind::Part,
    };
    match parent.item {
        Some(outer) if kind <= outer => match outer {
            UnitKind::Part => UnitKind::Point,
            _ => UnitKind::Subpoint,
        },
        _ => kind,
    }
}

/// The number of an annex whose first line is no label: `… токтомуна 2-тиркеме`.
fn annex_number(text: &str, piece: &Piece) -> Option<Number> {
    let words = piece.heading.map_or("", |it| &text[it.range()]);
    label::annex_number(words)
}
