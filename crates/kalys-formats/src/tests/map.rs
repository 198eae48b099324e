//! The way back: documents are written word by word with the bytes of each word kept, read, and every word is looked up.

use std::io::{Cursor, Write as _};

use kalys_model::{Source, Span};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{Format, read};

/// Words of which documents are made: one, two, three and four bytes a letter, combining marks, a soft hyphen.
const ANY: [&str; 8] = ["орган", "өкмөт", "the", "й\u{306}ы", "𝕏и𝕐", "наро\u{ad}да", "ẞ‑а", "Ⅳа"];
/// Letters that count the words.
const ANY_DIGITS: [char; 3] = ['щ', 'ю', 'ж'];
/// Words that CP1251 can write, with the letters that it is told by.
const RUSSIAN: [&str; 4] = ["орган", "отказать", "решение", "Закон"];

const RUSSIAN_DIGITS: [char; 3] = ['о', 'е', 'т'];

/// What stands between words, by format.
const TXT: [&str; 6] = [" ", "\n", "\n\n", "\t", " \u{c}", "  "];
const HTML: [&str; 16] = [
    " ",
    "\n  ",
    "&nbsp;",
    "<p>",
    " <b>",
    "</b>\n",
    "<br>",
    "<table><tr><td>",
    "<td>",
    "</table>",
    "<!-- ө -->",
    "<ol><li>",
    " <del> нет <b> нет</del> ",
    "<s>нет<p>нет</s><li>",
    " 𝕏&laquo;",
    "<pre>\n",
];
const MARKDOWN: [&str; 14] = [
    " ", "\n", "\n\n", " **", "** ", "\n\n- ", "\n\n12. ", "\n> ", "\\\n", " ~~", "~~ ", "\n\n# ", "&amp; ",
    " | ",
];
const WORD: [&str; 9] = [
    " ",
    "</w:t></w:r><w:r><w:t> ",
    "</w:t></w:r></w:p><w:p><w:r><w:t>",
    "</w:t><w:tab/><w:t>",
    "</w:t><w:br/><w:t>",
    "&amp;",
    "</w:t></w:r><w:del><w:r><w:delText>нет </w:delText></w:r></w:del><w:r><w:t> ",
    "</w:t><w:noBreakHyphen/><w:t>",
    "</w:t></w:r></w:p><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t> ",
];
/// What may stand inside a word and is no letter.
const WORD_INSIDE: [&str; 3] = [
    "</w:t></w:r><w:r><w:t>",
    "</w:t></w:r><w:del><w:r><w:delText>нет</w:delText></w:r></w:del><w:r><w:t>",
    "",
];
const HTML_INSIDE: [&str; 4] = ["<b>", "<!---->", "<del>нет</del>", ""];

/// A word as the reader must give it, and as the file has it.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    file: String,
}

/// Words with what stands before each.
type Draft = Vec<(usize, Word)>;

/// Words apart from all others: each ends in four letters that count it.
fn draft(
    words: &'static [&'static str],
    n_between: usize,
    inside: &'static [&'static str],
    entities: bool,
    digits: [char; 3],
) -> impl Strategy<Value = Draft> {
    let word = (prop::sample::select(words), 0..n_between, prop::sample::select(inside), any::<bool>());
    prop::collection::vec(word, 1..60).prop_map(move |words| {
        let with_number =
            |(number, (word, between, inside, as_entity)): (usize, (&str, usize, &str, bool))| {
                let suffix: String = (0..4).map(|at| digits[number / 3usize.pow(at) % 3]).collect();
                let mut chars = word.chars();
                let first = chars.next().map(String::from).unwrap_or_default();
                let first = match first.chars().next() {
                    Some(c) if as_entity && entities => format!("&#{};", c as u32),
                    _ => first,
                };
                let file = format!("{first}{inside}{}{suffix}", chars.as_str());
                (between, Word { text: format!("{word}{suffix}"), file })
            };
        words.into_iter().enumerate().map(with_number).collect()
    })
}

/// The file as text, and where each word stands in it.
fn write(draft: &Draft, between: &[&str], newline: &str, before: &str) -> (String, Vec<(String, Span)>) {
    let mut file = before.to_owned();
    let mut places = Vec::new();
    for (separator, word) in draft {
        file.push_str(&between[*separator].replace('\n', newline));
        let start = file.len() as u32;
        file.push_str(&word.file);
        places.push((word.text.clone(), Span::new(start, file.len() as u32)));
    }
    (file, places)
}

#[derive(Clone, Copy, Debug)]
enum Writing {
    Utf8,
    Utf8Mark,
    Utf16Le,
    Utf16Be,
    Cp1251,
}

impl Writing {
    fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Writing::Utf8 => text.as_bytes().to_vec(),
            Writing::Utf8Mark => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            Writing::Utf16Le => {
                "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
            }
            Writing::Utf16Be => {
                "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
            }
            Writing::Cp1251 => encoding_rs::WINDOWS_1251.encode(text).0.into_owned(),
        }
    }

    /// How many bytes `text` takes, with the mark before it.
    fn len(self, text: &str) -> u32 {
        self.encode(text).len() as u32
    }
}

/// Looks every word up: its bytes, its line and its column.
fn check(source: &Source, file: &str, places: &[(String, Span)], writing: Writing, newline: &str) {
    let bytes = writing.encode(file);
    for (word, place) in places {
        let at = source.text.find(word.as_str());
        let Some(at) = at else { panic!("{word} is lost: {file:?}\n{:?}", source.text) };
        let span = Span::new(at as u32, (at + word.len()) as u32);
        let found = source.map.source(span, &source.text);
        let before = &file[..place.start as usize];
        let want = writing.len(before)..writing.len(&file[..place.end as usize]);
        assert_eq!(found.bytes, want, "{word} in {file:?}\n{:?}", source.text);
        if source.map.parts.is_empty() {
            let line = 1 + before.matches(newline).count() as u32;
            let column = 1 + before.rsplit(newline).next().unwrap_or_default().chars().count() as u32;
            let place = source.map.place(span.start, &source.text, &bytes);
            assert_eq!((place.line, place.column), (Some(line), Some(column)), "{word} in {file:?}");
        }
    }
}

fn package(document: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(document.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

fn wide() -> impl Strategy<Value = Writing> {
    prop::sample::select(vec![Writing::Utf8, Writing::Utf8Mark, Writing::Utf16Le, Writing::Utf16Be])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn txt(draft in draft(&ANY, TXT.len(), &[""], false, ANY_DIGITS), writing in wide(), newline in prop::sample::select(vec!["\n", "\r\n", "\r"])) {
        let (file, places) = write(&draft, &TXT, newline, "");
        let source = read(&writing.encode(&file), Format::Txt).unwrap();
        check(&source, &file, &places, writing, newline);
    }

    #[test]
    fn txt_in_cp1251(draft in draft(&RUSSIAN, TXT.len(), &[""], false, RUSSIAN_DIGITS), newline in prop::sample::select(vec!["\n", "\r\n"])) {
        let (file, places) = write(&draft, &TXT, newline, "Орган вправе отказать в выдаче по иным основаниям.");
        let source = read(&Writing::Cp1251.encode(&file), Format::Txt).unwrap();
        check(&source, &file, &places, Writing::Cp1251, newline);
    }

    #[test]
    fn html(draft in draft(&ANY, HTML.len(), &HTML_INSIDE, true, ANY_DIGITS), writing in wide(), newline in prop::sample::select(vec!["\n", "\r\n"])) {
        let (file, places) = write(&draft, &HTML, newline, "<html><p>");
        let source = read(&writing.encode(&file), Format::Html).unwrap();
        check(&source, &file, &places, writing, newline);
    }

    #[test]
    fn html_in_cp1251(draft in draft(&RUSSIAN, HTML.len(), &HTML_INSIDE, true, RUSSIAN_DIGITS)) {
        let (file, places) = write(&draft, &HTML.map(|it| if it.contains(['𝕏', 'ө']) { " " } else { it }), "\n", "<meta charset=cp1251><p>да ");
        let source = read(&Writing::Cp1251.encode(&file), Format::Html).unwrap();
        check(&source, &file, &places, Writing::Cp1251, "\n");
    }

    #[test]
    fn markdown(draft in draft(&ANY, MARKDOWN.len(), &["", "<!---->"], false, ANY_DIGITS), writing in wide(), newline in prop::sample::select(vec!["\n", "\r\n"])) {
        let (file, places) = write(&draft, &MARKDOWN, newline, "да ");
        let source = read(&writing.encode(&file), Format::Markdown).unwrap();
        check(&source, &file, &places, writing, newline);
    }

    #[test]
    fn docx(draft in draft(&ANY, WORD.len(), &WORD_INSIDE, true, ANY_DIGITS)) {
        let (file, places) = write(&draft, &WORD, "\n", "<w:document><w:body><w:p><w:r><w:t>");
        let file = file + "</w:t></w:r></w:p></w:body></w:document>";
        let source = read(&package(&file), Format::Docx).unwrap();
        check(&source, &file, &places, Writing::Utf8, "\n");
    }
}
