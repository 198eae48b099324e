//! Amending instructions: which words go, which words come, and where a block of new text begins.
//!
//! «слова «A» заменить словами «B»», «A» деген сөздөр «B» деген сөздөргө алмаштырылсын, the words "A" shall be replaced by "B".
//! Russian and English say what a quotation is for before it, Kyrgyz says it after.

use crate::letters::{self, closes_quote, opens_quote};
use crate::words;
use aho_corasick::AhoCorasick;
use kalys_model::{Lang, Span, Zone};
use std::sync::LazyLock;

/// What an instruction says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Instruction {
    /// Quoted words, without the marks around them, with what becomes of them.
    pub(crate) quotes: Vec<(Span, Zone)>,
    /// Where the new text begins when its quotation is not closed in this paragraph.
    pub(crate) opens: Option<u32>,
    /// The new text follows in the next paragraphs.
    pub(crate) announces: bool,
    /// The kind of unit that is brought in, as far as it is said: `частью 4 следующего содержания`.
    pub(crate) brings: Option<Brings>,
}

/// What sort of unit new text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Brings {
    Part,
    Point,
    Subpoint,
}

static STEMS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(words::AMENDING_STEMS).ok());

/// True when a paragraph holds a word of amending. A quick look that nearly every paragraph fails.
fn may_amend(paragraph: &str) -> bool {
    STEMS.as_ref().is_none_or(|it| it.is_match(paragraph))
}

/// Reads the instruction that a paragraph is, if it is one.
pub(crate) fn read(text: &str, span: Span) -> Option<Instruction> {
    let piece = &text[span.range()];
    let quoted = memchr::memchr3(b'"', 0xC2, 0xE2, piece.as_bytes()).is_some();
    if (!quoted && !piece.ends_with(':')) || !may_amend(piece) {
        return None;
    }
    let (quotes, unclosed) = quotations(piece);
    let outside = Outside { piece, quotes: &quotes, unclosed };
    let lang = outside.verb()?;
    let new_text = words::NEW_TEXT.iter().any(|it| outside.has(it));
    let about_words = !quotes.is_empty() && words::QUOTED_WORDS.iter().any(|it| outside.has(it));
    let announces = new_text && piece.trim_end().ends_with(':');
    let opens = unclosed.filter(|_| new_text);
    let inline_new = new_text && quotes.iter().any(|it| piece[..it.open].trim_end().ends_with(':'));
    if !about_words && !announces && opens.is_none() && !inline_new {
        return None;
    }
    let zones = if lang == Lang::Ky { roles_ky(piece, &quotes) } else { roles(piece, &quotes, lang) };
    let mut instruction = Instruction {
        quotes: quotes
            .iter()
            .zip(zones)
            .filter_map(|(quote, zone)| {
                let inner = Span::new(span.start + quote.start as u32, span.start + quote.end as u32);
                zone.filter(|_| !inner.is_empty()).map(|it| (inner, it))
            })
            .collect(),
        opens: opens.map(|at| span.start + at as u32),
        announces,
        brings: outside.brings(),
    };
    if let Some(start) = instruction.opens {
        instruction.quotes.push((Span::new(start, span.end), Zone::AmendmentNew));
    }
    Some(instruction)
}

/// True for the head of a list of amendments: «внести следующие изменения:».
pub(crate) fn is_head(paragraph: &str) -> bool {
    may_amend(paragraph)
        && words::AMENDING_HEADS.iter().any(|it| {
            let mut from = paragraph.len().saturating_sub(300);
            while !paragraph.is_char_boundary(from) {
                from += 1;
            }
            letters::find(&paragraph[from..], it, 300).is_some()
        })
}

/// True for an instruction without quoted words: «пункт 3 исключить». Only of use among other instructions.
pub(crate) fn is_bare(paragraph: &str) -> bool {
    paragraph.len() < 600
        && may_amend(paragraph)
        && words::AMENDING_VERBS.iter().any(|(verb, _)| letters::find(paragraph, verb, 600).is_some())
}

/// A quotation within a paragraph, in bytes of it. Quotations inside quotations are part of the outer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Quotation {
    open: usize,
    start: usize,
    end: usize,
    close: usize,
}

/// The outer quotations, and the first byte after an opening mark that is never closed.
fn quotations(piece: &str) -> (Vec<Quotation>, Option<usize>) {
    let mut found = Vec::new();
    let mut outer: Option<(usize, usize, char)> = None;
    let mut depth = 0;
    let mut before = ' ';
    for (at, c) in piece.char_indices() {
        let after = at + c.len_utf8();
        match outer {
            // A straight mark after a word or a comma closes what was not opened.
            None if opens_quote(c) && (c != '"' || !letters::is_word(before) && before != ',') => {
                outer = Some((at, after, c));
                depth = 1;
            }
            None => {}
            Some((open, start, mark)) => {
                let next = piece[after..].chars().next();
                if closes(mark, c, before, next) {
                    depth -= 1;
                    if depth == 0 {
                        found.push(Quotation { open, start, end: at, close: after });
                        outer = None;
                    }
                } else if nests(mark, c, before) {
                    depth += 1;
                }
            }
        }
        before = c;
    }
    let mut unclosed = outer.map(|(_, start, _)| start);
    // `«… «…»;`: one mark closes both.
    if let Some((open, start, _)) = outer {
        let trimmed = piece.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ','));
        if let Some(last) = trimmed.chars().next_back().filter(|c| closes_quote(*c))
            && trimmed.len() - last.len_utf8() > start
            && depth > 1
        {
            found.push(Quotation { open, start, end: trimmed.len() - last.len_utf8(), close: trimmed.len() });
            unclosed = None;
        }
    }
    (found, unclosed)
}

/// True when `c` closes a quotation that `mark` opened. The straight mark is told by what stands around it.
fn closes(mark: char, c: char, before: char, next: Option<char>) -> bool {
    match mark {
        '«' => c == '»',
        '„' => matches!(c, '“' | '”'),
        '“' => matches!(c, '”' | '“') || (c == '"' && !before.is_whitespace()),
        _ => {
            (c == mark || c == '”')
                && (!before.is_whitespace() || next.is_none_or(|it| !letters::is_word(it)))
        }
    }
}

fn nests(mark: char, c: char, before: char) -> bool {
    match mark {
        '«' => c == '«',
        '„' => c == '„',
        '"' => c == '"' && before.is_whitespace(),
        _ => false,
    }
}

/// How far a quotation that runs over paragraphs is open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpenQuote {
    mark: char,
    depth: i32,
}

impl OpenQuote {
    /// The quotation that a paragraph begins with.
    pub(crate) fn begin(paragraph: &str) -> Option<OpenQuote> {
        let mark = paragraph.chars().next().filter(|c| opens_quote(*c))?;
        Some(OpenQuote { mark, depth: 0 })
    }

    /// The quotation that opens before the byte `start` of a paragraph.
    pub(crate) fn before(paragraph: &str, start: usize) -> Option<OpenQuote> {
        let mark = paragraph[..start].chars().next_back()?;
        Some(OpenQuote { mark, depth: 1 })
    }

    /// Reads on; true when the quotation closes at the end of this paragraph.
    pub(crate) fn closes_in(&mut self, paragraph: &str) -> bool {
        for c in paragraph.chars() {
            match (self.mark, c) {
                ('«', '«') | ('„', '„') | ('“', '“') => self.depth += 1,
                ('«', '»') | ('„', '“' | '”') | ('“', '”') => self.depth -= 1,
                ('"', '"') => self.depth ^= 1,
                _ => {}
            }
        }
        let tail = paragraph.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ','));
        self.depth <= 0
            && tail.chars().next_back().is_some_and(|c| closes_quote(c) || self.mark == '"' && c == '"')
    }
}

/// A paragraph without the quotations in it.
struct Outside<'a> {
    piece: &'a str,
    quotes: &'a [Quotation],
    unclosed: Option<usize>,
}

impl Outside<'_> {
    fn parts(&self) -> impl Iterator<Item = &str> {
        let ends = self.quotes.iter().map(|it| it.open).chain([self.unclosed.unwrap_or(self.piece.len())]);
        let starts = std::iter::once(0).chain(self.quotes.iter().map(|it| it.close));
        starts.zip(ends).filter_map(|(start, end)| self.piece.get(start..end))
    }

    fn has(&self, stem: &str) -> bool {
        self.parts().any(|it| letters::find(it, stem, it.len()).is_some())
    }

    fn verb(&self) -> Option<Lang> {
        let n_latin = self.piece.bytes().take(400).filter(u8::is_ascii_alphabetic).count();
        let latin = n_latin * 2 > self.piece.len().min(400);
        words::AMENDING_VERBS
            .iter()
            .filter(|(_, lang)| (*lang == Lang::En) == latin)
            .find(|(verb, _)| self.has(verb))
            .map(|(_, lang)| *lang)
            // `менен толукталсын` may stand in the next line of a broken instruction; a head with `редакцияда` needs none.
            .or_else(|| (self.has("редакцияда") && self.piece.ends_with(':')).then_some(Lang::Ky))
    }

    fn brings(&self) -> Option<Brings> {
        if self.has("подпункт") || self.has("пунктча") {
            Some(Brings::Subpoint)
        } else if self.has("частью")
            || self.has("частями")
            || self.has("часть")
            || self.has("бөлүк")
            || self.has("бөлүг")
        {
            Some(Brings::Part)
        } else if self.has("пункт") {
            Some(Brings::Point)
        } else {
            None
        }
    }
}

/// What each quotation is for, by the words before it.
fn roles(piece: &str, quotes: &[Quotation], lang: Lang) -> Vec<Option<Zone>> {
    let (anchors, old, new): (&[&str], &[&str], &[&str]) = if lang == Lang::En {
        (
            &[
                "after",
                "before",
                "after the word",
                "after the words",
                "before the word",
                "before the words",
                "after the figure",
            ],
            &["word", "words", "for", "figure", "figures", "omit", "delete", "expression"],
            &[
                "by the word",
                "by the words",
                "by the figure",
                "with the word",
                "with the words",
                "insert the word",
                "insert the words",
                "by",
                "with",
                "replaced",
                "substitute",
                "substituted",
                "insert",
                "inserted",
                "add",
                "added",
                "read",
                "following",
            ],
        )
    } else {
        (
            &[
                "после слова",
                "после слов",
                "перед словом",
                "перед словами",
                "после цифр",
                "после цифры",
                "перед цифрами",
                "после предложения",
            ],
            &["слова", "слово", "цифры", "цифру", "предложение", "знак", "аббревиатуру", "слов"],
            &[
                "словами",
                "словом",
                "цифрами",
                "цифрой",
                "на",
                "следующего содержания",
                "редакции",
                "предложением",
                "знаком",
                "заменить",
                "дополнить",
                "виде",
            ],
        )
    };
    let mut zones: Vec<Option<Zone>> = Vec::with_capacity(quotes.len());
    let mut from = 0;
    for (index, quote) in quotes.iter().enumerate() {
        let between = &piece[from..quote.open];
        let said = between.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '(' | ','));
        let ends = |words: &[&str]| words.iter().any(|it| ends_with_word(said, it));
        let after = piece[quote.close..].trim_start();
        let zone = if ends(anchors) {
            Some(Zone::Quote)
        } else if ends(new) {
            Some(Zone::AmendmentNew)
        } else if ends(old) {
            Some(Zone::AmendmentOld)
        } else if index > 0 && is_list_link(between) {
            zones[index - 1]
        } else if lang == Lang::En
            && letters::starts_any(
                after,
                &[
                    "shall be replaced",
                    "is replaced",
                    "shall be omitted",
                    "is omitted",
                    "shall be deleted",
                    "shall be substituted",
                ],
            )
        {
            Some(Zone::AmendmentOld)
        } else {
            None
        };
        zones.push(zone);
        from = quote.close;
    }
    zones
}

/// What each quotation is for, by the words after it.
fn roles_ky(piece: &str, quotes: &[Quotation]) -> Vec<Option<Zone>> {
    let mut zones = vec![None; quotes.len()];
    for (index, quote) in quotes.iter().enumerate().rev() {
        let until = quotes.get(index + 1).map_or(piece.len(), |it| it.open);
        let after = piece[quote.close..until].trim_start();
        let head = piece[..quote.open].trim_end();
        zones[index] = if let Some(len) = letters::word(after, "деген") {
            let word = after[len..].trim_start();
            let end = word.find(|c: char| !letters::is_letter(c)).unwrap_or(word.len());
            let (word, rest) = (&word[..end], word[end..].trim_start());
            let ablative = ["дөн", "нөн", "дан", "нан", "ден", "тан"].iter().any(|it| word.ends_with(it));
            let dative = ["гө", "ге", "га", "ко", "нө", "на", "го"].iter().any(|it| word.ends_with(it));
            if ablative || letters::starts_any(rest, &["кийин", "мурда", "мурун", "мурдагы"])
            {
                Some(Zone::Quote)
            } else if dative || letters::prefix(rest, "менен").is_some() {
                Some(Zone::AmendmentNew)
            } else {
                Some(Zone::AmendmentOld)
            }
        } else if head.ends_with(':') {
            Some(Zone::AmendmentNew)
        } else if is_list_link(after) && index + 1 < quotes.len() {
            zones[index + 1]
        } else {
            None
        };
    }
    zones
}

/// A comma or a conjunction and nothing else.
fn is_list_link(between: &str) -> bool {
    let word = between.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    matches!(word, "" | "и" | "или" | "жана" | "же" | "and" | "or")
}

/// True when `text` ends with the word or words `ending`.
fn ends_with_word(text: &str, ending: &str) -> bool {
    let n_chars = ending.chars().count();
    let Some((at, _)) = text.char_indices().rev().nth(n_chars.saturating_sub(1)) else { return false };
    let before = text[..at].chars().next_back();
    before.is_none_or(|c| !letters::is_word(c))
        && letters::prefix(&text[at..], ending) == Some(text.len() - at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: Expect) {
        let mut out = String::new();
        for line in text.lines() {
            let line = line.trim();
            match read(line, Span::new(0, line.len() as u32)) {
                Some(it) => {
                    out.push_str(if it.announces { "block" } else { "inline" });
                    for (span, zone) in it.quotes {
                        out.push_str(&format!(" {zone:?}[{}]", &line[span.range()]));
                    }
                }
                None => out.push('-'),
            }
            out.push('\n');
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn russian() {
        check(
            "в части 1 слова «в порядке усмотрения» заменить словами «в течение пяти дней»;
            слова \"иные документы\", \"иные сведения\" исключить;
            после слов «лицензирующий орган» дополнить словами «и заявитель»;
            дополнить частью 4 следующего содержания:
            пункт 3 изложить в следующей редакции: «3) копия устава;».
            слова «лица (далее – «лица»)» заменить словом «граждане»;
            Орган «Кызмат» обязан заменить справку.
            Заявитель вправе:",
            expect![[r#"
                inline AmendmentOld[в порядке усмотрения] AmendmentNew[в течение пяти дней]
                inline AmendmentOld[иные документы] AmendmentOld[иные сведения]
                inline Quote[лицензирующий орган] AmendmentNew[и заявитель]
                block
                inline AmendmentNew[3) копия устава;]
                inline AmendmentOld[лица (далее – «лица»)] AmendmentNew[граждане]
                -
                -
            "#]],
        );
    }

    #[test]
    fn kyrgyz() {
        check(
            "2-бөлүгүндө \"өз кароосу боюнча\" деген сөздөр \"беш күндүн ичинде\" деген сөздөргө алмаштырылсын;
            \"башка документтер\", \"башка маалыматтар\" деген сөздөр алып салынсын.
            «орган» деген сөздөн кийин «жана арыз ээси» деген сөздөр менен толукталсын;
            берене төмөнкүдөй мазмундагы 4-бөлүк менен толукталсын:
            5-пункт төмөнкү редакцияда баяндалсын: «5) көчүрмө;».
            \"Мыйзам\" деген сөз көп маанилүү.",
            expect![[r#"
                inline AmendmentOld[өз кароосу боюнча] AmendmentNew[беш күндүн ичинде]
                inline AmendmentOld[башка документтер] AmendmentOld[башка маалыматтар]
                inline Quote[орган] AmendmentNew[жана арыз ээси]
                block
                inline AmendmentNew[5) көчүрмө;]
                -
            "#]],
        );
    }

    #[test]
    fn english() {
        check(
            "in subsection (1), the words \"at its discretion\" shall be replaced by the words \"within ten days\";
            after the word \"authority\" insert \"or the applicant\";
            the words \"other documents\" shall be omitted;
            The licence shall be replaced on request.",
            expect![[r#"
                inline AmendmentOld[at its discretion] AmendmentNew[within ten days]
                inline Quote[authority] AmendmentNew[or the applicant]
                inline AmendmentOld[other documents]
                -
            "#]],
        );
    }
}
