use std::io::{Cursor, Read as _, Write as _};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::assert_sound;
use crate::{Format, read};

/// Pieces of which broken and whole pages are made.
const HTML: [&str; 44] = [
    "<p>",
    "</p>",
    "<br>",
    "<b>",
    "</b>",
    "<sup>",
    "</sup>",
    "<del>",
    "</del>",
    "<s>",
    "</s>",
    "<ol>",
    "</ol>",
    "<li>",
    "<li value=3>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<h1>",
    "</h1>",
    "<span class=W9>",
    "</span>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<title>",
    "&nbsp;",
    "&amp;",
    "&#1257",
    "&",
    "<",
    " ",
    "\r\n",
    "\n  ",
    "Статья 21",
    "өз",
    "𝕏",
    "\u{ad}1.",
];

const MARKDOWN: [&str; 30] = [
    "# ",
    "\n\n",
    "\n",
    "1. ",
    "- ",
    "> ",
    "    ",
    "```\n",
    "|",
    "\n|---|---|\n",
    "~~",
    "**",
    "*",
    "<sup>",
    "</sup>",
    "<del>",
    "<table><tr><td>",
    "<!-- ",
    " -->",
    "[^1]",
    "\n[^1]: ",
    "&amp;",
    "\\.",
    "\r\n",
    "  \n",
    "Статья 21",
    "өз",
    "𝕏 ",
    "`",
    "---\n",
];

const WORD: [&str; 34] = [
    "<w:p>",
    "</w:p>",
    "<w:p/>",
    "<w:r>",
    "</w:r>",
    "<w:t>",
    "</w:t>",
    "<w:delText>",
    "</w:delText>",
    "<w:del>",
    "</w:del>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "</w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<w:txbxContent>",
    "</w:txbxContent>",
    "<mc:AlternateContent>",
    "</mc:AlternateContent>",
    "<mc:Choice>",
    "</mc:Choice>",
    "<mc:Fallback>",
    "</mc:Fallback>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:fldChar w:fldCharType=\"end\"/>",
    "<w:tab/>",
    "&amp;",
    "&#51;",
    "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>",
    "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>",
    "ст. 21",
    " 𝕏",
];

fn pieces(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(of), 0..60).prop_map(|it| it.concat())
}

/// Well-formed content: what a random text opens is closed, what it closes without opening is left out.
fn balance(text: &str) -> String {
    let mut out = String::new();
    let mut open: Vec<&str> = Vec::new();
    for piece in text.split_inclusive('>') {
        let at = piece.find('<').unwrap_or(piece.len());
        let (words, tag) = piece.split_at(at);
        out.push_str(words);
        if let Some(name) = tag.strip_prefix("</") {
            let name = name.trim_end_matches('>');
            if open.last() == Some(&name) {
                open.pop();
                out.push_str(tag);
            }
        } else if let Some(inner) = tag.strip_prefix('<') {
            out.push_str(tag);
            if !inner.ends_with("/>") {
                open.push(inner.trim_end_matches('>').split(' ').next().unwrap_or_default());
            }
        }
    }
    for name in open.iter().rev() {
        out.push_str(&format!("</{name}>"));
    }
    out
}

fn package(body: &str) -> Vec<u8> {
    const LIST: &str = "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:lvlText w:val=\"%1.\"/></w:lvl>\
                        </w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
    const RELATIONSHIPS: &str =
        "<Relationships><Relationship Type=\"x/numbering\" Target=\"numbering.xml\"/></Relationships>";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    for (name, text) in [
        ("word/document.xml", document.as_str()),
        ("word/numbering.xml", LIST),
        ("word/_rels/document.xml.rels", RELATIONSHIPS),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn part(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut out).unwrap();
    out
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn html_maps_to_its_bytes(text in pieces(&HTML)) {
        if let Ok(source) = read(text.as_bytes(), Format::Html) {
            assert_sound(&source, |_| Some(text.as_bytes().to_vec()));
        }
    }

    #[test]
    fn markdown_maps_to_its_bytes(text in pieces(&MARKDOWN)) {
        if let Ok(source) = read(text.as_bytes(), Format::Markdown) {
            assert_sound(&source, |_| Some(text.as_bytes().to_vec()));
        }
    }

    #[test]
    fn docx_maps_to_its_part(text in pieces(&WORD)) {
        let bytes = package(&balance(&text));
        match read(&bytes, Format::Docx) {
            Ok(source) => {
                let document = part(&bytes, &source.map.parts[0]);
                assert_sound(&source, |_| Some(document.clone()));
            }
            Err(error) => assert_eq!(error.code(), "empty"),
        }
    }

    /// A page in another encoding reads as in UTF-8, and its map leads to the same characters.
    #[test]
    fn encodings_change_nothing_but_the_map(text in pieces(&HTML)) {
        let Ok(source) = read(text.as_bytes(), Format::Html) else { return Ok(()) };
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let wide = read(&bytes, Format::Html).unwrap();
        prop_assert_eq!(&wide.text, &source.text);
        assert_sound(&wide, |_| None);
        for (at, c) in wide.text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            let span = kalys_model::Span::new(at as u32, (at + c.len_utf8()) as u32);
            let narrow = source.map.source(span, &source.text).bytes;
            let range = wide.map.source(span, &wide.text).bytes;
            let units: Vec<u16> = bytes[range.start as usize..range.end as usize]
                .chunks_exact(2)
                .map(|it| u16::from_le_bytes([it[0], it[1]]))
                .collect();
            let there = String::from_utf16(&units).unwrap();
            prop_assert_eq!(there.as_str(), &text[narrow.start as usize..narrow.end as usize]);
        }
    }

    #[test]
    fn plain_text_stays(text in "[а-яөүң0-9 .\r\n\t\u{c}\u{a0}]{0,80}") {
        if let Ok(source) = read(text.as_bytes(), Format::Txt) {
            prop_assert_eq!(&source.text, &text);
            assert_sound(&source, |_| Some(text.as_bytes().to_vec()));
        }
    }

    #[test]
    fn any_bytes_can_be_tried(bytes in prop::collection::vec(any::<u8>(), 0..300), name in "[a-z]{0,3}\\.(txt|md|html|docx|odt)") {
        let _ = Format::detect(&bytes, Some(&name));
        for format in [Format::Txt, Format::Markdown, Format::Html, Format::Docx] {
            if let Ok(source) = read(&bytes, format) {
                assert_sound(&source, |_| None);
            }
        }
    }

    /// A package with spoiled bytes gives a text or an error.
    #[test]
    fn spoiled_packages_can_be_tried(text in pieces(&WORD), at in any::<prop::sample::Index>(), with in any::<u8>()) {
        let mut bytes = package(&balance(&text));
        let at = at.index(bytes.len());
        bytes[at] = with;
        let _ = Format::detect(&bytes, None);
        let _ = read(&bytes, Format::Docx);
    }
}
