use std::fmt;

use crate::{SourceMap, Span};

/// A legal act (or a passage of one) as it was read: its text and what is known about its parts.
///
/// The text is what the reader gave, byte for byte: wrapped lines and hyphens at line ends stay in it, so that every
/// span maps back to the file. [`joins`](Act::joins) and [`alphabet`](Act::alphabet) say how to read it,
/// [`quote`](Act::quote) gives a piece of it as a person would write it.
#[derive(Clone, Debug)]
pub struct Act {
    /// The whole text, UTF-8.
    pub text: String,
    /// The way back to the file.
    pub map: SourceMap,
    /// The units, a tree in preorder; the first is the act itself, its span is the whole text.
    ///
    /// Invariant: a unit lies inside its parent, and siblings do not overlap.
    pub units: Vec<Unit>,
    /// Parts of units with a zone of their own: quoted words of an amending instruction, deleted text. Sorted, without overlap.
    pub inlines: Vec<Inline>,
    /// Places that are one word although a line break or spaces stand inside (`анык-⏎тайт`, `Т О К Т О М`). Sorted, without overlap.
    pub joins: Vec<Span>,
    /// How letters of the text are to be understood.
    pub alphabet: Alphabet,
    /// The language in which most of the act is written.
    pub lang: Lang,
    /// What sort of act it is.
    pub kind: ActKind,
    /// The words that say what sort of act it is.
    pub kind_evidence: Option<Span>,
    /// True for a passage without title and beginning: what is absent from it may stand outside.
    pub fragment: bool,
    /// What the reader was unsure of.
    pub doubts: Vec<Doubt>,
}

impl Act {
    /// The unit with this id.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.0 as usize]
    }

    /// The words of `span` as they stand in the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The smallest unit that holds the byte at `offset`.
    pub fn unit_at(&self, offset: u32) -> UnitId {
        let mut found = UnitId(0);
        let last = self.units.partition_point(|unit| unit.span.start <= offset);
        // Preorder: the innermost holder is the last unit that begins at or before the offset and still holds it.
        for (index, unit) in self.units[..last].iter().enumerate().rev() {
            if unit.span.holds(offset) {
                found = UnitId(index as u32);
                break;
            }
        }
        found
    }

    /// From the unit up to the act, the unit itself first.
    pub fn ancestors(&self, id: UnitId) -> impl Iterator<Item = UnitId> + '_ {
        std::iter::successors(Some(id), |it| self.unit(*it).parent)
    }

    /// The nearest unit of this kind that holds `id`, itself included.
    pub fn enclosing(&self, id: UnitId, kind: UnitKind) -> Option<UnitId> {
        self.ancestors(id).find(|it| self.unit(*it).kind == kind)
    }

    /// Ids of the units directly inside, in order.
    pub fn children(&self, id: UnitId) -> impl Iterator<Item = UnitId> + '_ {
        let end = self.unit(id).span.end;
        (id.0 + 1..self.units.len() as u32)
            .map(UnitId)
            .take_while(move |it| self.unit(*it).span.start < end)
            .filter(move |it| self.unit(*it).parent == Some(id))
    }

    /// The zone of the byte at `offset`: that of the inline part that holds it, else that of its unit.
    pub fn zone_at(&self, offset: u32) -> Zone {
        let index = self.inlines.partition_point(|it| it.span.end <= offset);
        match self.inlines.get(index) {
            Some(it) if it.span.holds(offset) => it.zone,
            _ => self.unit(self.unit_at(offset)).zone,
        }
    }

    /// The words of `span` as a person would write them: line breaks and runs of spaces are one space, broken and
    /// letter-spaced words are joined, soft hyphens dropped, legacy letters put right.
    pub fn quote(&self, span: Span) -> String {
        let mut out = String::with_capacity(span.len() as usize);
        let mut join = self.joins.partition_point(|it| it.end <= span.start);
        let mut at = span.start;
        while at < span.end {
            match self.joins.get(join) {
                Some(it) if it.start <= at => {
                    let until = it.end.min(span.end);
                    let piece = self.slice(Span::new(at, until));
                    // A hyphen before a line break goes; a hyphen elsewhere in the word stays.
                    let mut chars = piece.chars().peekable();
                    while let Some(c) = chars.next() {
                        let hyphen = matches!(c, '-' | '\u{2010}' | '\u{ad}');
                        if c.is_whitespace()
                            || (hyphen && chars.peek().is_none_or(|next| next.is_whitespace()))
                        {
                            continue;
                        }
                        out.push(self.alphabet.letter(c));
                    }
                    at = until;
                    join += 1;
                }
                next => {
                    let until = next.map_or(span.end, |it| it.start.min(span.end));
                    for c in self.slice(Span::new(at, until)).chars() {
                        if c.is_whitespace() {
                            if !out.ends_with(' ') {
                                out.push(' ');
                            }
                        } else if c != '\u{ad}' {
                            out.push(self.alphabet.letter(c));
                        }
                    }
                    at = until;
                }
            }
        }
        out.trim().to_owned()
    }
}

/// A structural unit of an act: an article, a point, a paragraph.
#[derive(Clone, Debug)]
pub struct Unit {
    /// What it is.
    pub kind: UnitKind,
    /// Its number, when it has one.
    pub number: Option<Number>,
    /// Everything it holds, label and children included.
    pub span: Span,
    /// Its heading, without the label.
    pub heading: Option<Span>,
    /// Its own words: after label and heading, before its first child. Empty for a unit that only holds others.
    pub body: Span,
    /// The unit that holds it; `None` only for the act.
    pub parent: Option<UnitId>,
    /// What the words in it are for.
    pub zone: Zone,
    /// The language of its own words.
    pub lang: Lang,
}

/// Index of a unit in [`Act::units`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub u32);

/// The kinds of unit, as Akoma Ntoso names them; the words for them in each language are in the design's table of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
    /// The whole act.
    Act,
    /// приложение, тиркеме, schedule.
    Annex,
    /// часть кодекса (Общая часть), бөлүк.
    Division,
    /// раздел, бөлүм, title; also a § within a chapter.
    Section,
    /// глава, chapter; in acts without articles also `1. Общие положения` over points.
    Chapter,
    /// статья, берене, article.
    Article,
    /// часть статьи, бөлүк, subsection.
    Part,
    /// пункт, point.
    Point,
    /// подпункт, пунктча, subparagraph.
    Subpoint,
    /// абзац, an unnumbered paragraph or a dashed item.
    Paragraph,
    /// A sentence.
    Sentence,
    /// A heading that belongs to no unit (title of the act, a run-in heading on a line of its own).
    Heading,
    /// A cell of a table.
    Cell,
    /// A footnote, or a note of the publisher (zone [`Explanatory`](Zone::Explanatory)).
    Footnote,
}

/// The number of a unit in a canonical form: `21-1` for 21¹, `iv` never (`IV` is `4`), a letter in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(pub Box<str>);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the words of a unit are for; rules look at normative text and at text that an amendment brings in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// Norms: the body of the act.
    Normative,
    /// Words that an amending act brings in.
    AmendmentNew,
    /// Words that an amending act, or a tracked deletion, strikes out.
    AmendmentOld,
    /// Words quoted from elsewhere.
    Quote,
    /// A definition of a term.
    Definition,
    /// The preamble.
    Preamble,
    /// A heading, also in a table of contents; a page number.
    Heading,
    /// A form to be filled in.
    Form,
    /// Transitional provisions, the entry into force, what is repealed. Norms among final provisions are normative.
    Transitional,
    /// The title, number and date of the act, and its signature.
    Title,
    /// An explanatory note or other narrative, also a note of the publisher in an act.
    Explanatory,
    /// The text of an international treaty.
    Treaty,
    /// Civil law, where parties are free.
    CivilLaw,
    /// The instruction of an amending act («слова … заменить словами …»): not a norm on persons.
    Instruction,
}

/// A part of a unit with a zone of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inline {
    /// Where, in bytes of the text, without the quotation marks around it.
    pub span: Span,
    /// Its zone.
    pub zone: Zone,
}

/// A language, decided per unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Kyrgyz.
    Ky,
    /// Russian.
    Ru,
    /// English.
    En,
    /// A language that kalys does not know, or no language at all.
    Other,
}

impl Lang {
    /// The languages that kalys knows, in the order in which data lists them.
    pub const KNOWN: [Lang; 3] = [Lang::Ky, Lang::Ru, Lang::En];

    /// Code of ISO 639-1; `und` for [`Lang::Other`].
    pub const fn code(self) -> &'static str {
        match self {
            Lang::Ky => "ky",
            Lang::Ru => "ru",
            Lang::En => "en",
            Lang::Other => "und",
        }
    }

    /// The language with this code.
    pub fn from_code(code: &str) -> Option<Lang> {
        Lang::KNOWN.into_iter().find(|it| it.code() == code)
    }
}

/// How the letters of an act are to be understood. Chosen per document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alphabet {
    /// As Unicode says.
    #[default]
    Standard,
    /// A legacy 8-bit Kyrgyz font: ё stands for ө, ъ for ү.
    LegacyYo,
    /// A legacy 8-bit Kyrgyz font: ъ stands for ө, `\` for ү.
    LegacyHardSign,
}

impl Alphabet {
    /// The letter that `c` stands for.
    pub const fn letter(self, c: char) -> char {
        match (self, c) {
            (Alphabet::LegacyYo, 'ё') => 'ө',
            (Alphabet::LegacyYo, 'Ё') => 'Ө',
            (Alphabet::LegacyYo, 'ъ') => 'ү',
            (Alphabet::LegacyYo, 'Ъ') => 'Ү',
            (Alphabet::LegacyHardSign, 'ъ') => 'ө',
            (Alphabet::LegacyHardSign, 'Ъ') => 'Ө',
            (Alphabet::LegacyHardSign, '\\') => 'ү',
            _ => c,
        }
    }
}

/// What sort of act a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActKind {
    /// A law.
    Law,
    /// A code.
    Code,
    /// A decree of the president.
    Decree,
    /// A resolution or order of the government or the cabinet, and what it approves.
    GovernmentAct,
    /// An order of a ministry or another body.
    MinistryOrder,
    /// A resolution of a local council or a local body.
    CouncilResolution,
    /// A plan, programme, strategy or concept.
    Plan,
    /// An explanatory note.
    ExplanatoryNote,
    /// Not told by the text.
    Unknown,
}

/// Something the reader was unsure of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: DoubtKind,
}

/// What a reader can be unsure of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DoubtKind {
    /// A number that its siblings already have.
    RepeatedNumber,
    /// A number smaller than the one before it.
    NumberOutOfOrder,
    /// A number is missing between two siblings.
    NumberGap,
    /// The number holds a look-alike character (`З09-3`).
    LookAlikeNumber,
    /// A superscript may have been lost (`241` between 24 and 25).
    LostSuperscript,
    /// It may be a heading or the beginning of a sentence.
    HeadingOrText,
    /// The line was joined to the one before it without certainty.
    UncertainJoin,
    /// The language of a unit could not be told.
    UnknownLanguage,
    /// Letters of a legacy font were assumed.
    LegacyFont,
    /// A quotation is not closed.
    UnclosedQuote,
    /// A table of contents was left out.
    TableOfContents,
}
