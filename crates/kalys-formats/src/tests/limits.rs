//! Files made to do harm, or merely very large: an error or a text comes in time that grows with the file and no faster.
//!
//! Work that is quadratic in any of them would outlast the patience of these tests.

use std::io::{Cursor, Write as _};
use std::sync::mpsc;
use std::time::Duration;

use kalys_model::Source;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{Format, Limit, ReadError, read};

/// A slow machine that does other things beside needs no longer.
const PATIENCE: Duration = Duration::from_secs(20);

fn in_time(format: Format, bytes: Vec<u8>) -> Result<Source, ReadError> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        // Nobody waits any longer when the time is over.
        let _ = sender.send(read(&bytes, format));
    });
    receiver.recv_timeout(PATIENCE).expect("reading ends in time and without a panic")
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    package(&[("word/document.xml", &format!("<w:document><w:body>{body}</w:body></w:document>"))])
}

#[test]
fn one_line_of_fifty_megabytes() {
    let line = "Орган вправе отказать по иным основаниям ".repeat(700_000);
    for format in [Format::Txt, Format::Markdown, Format::Html] {
        let source = in_time(format, line.clone().into_bytes()).unwrap();
        assert_eq!(source.blocks.len(), 1, "{format:?}");
        assert_eq!(source.text.trim_end(), line.trim_end(), "{format:?}");
    }
    let utf16 = std::iter::once(0xFEFF).chain(line.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(in_time(Format::Txt, utf16).unwrap().text, line);
}

#[test]
fn deep_and_unclosed_html() {
    for piece in [
        "<div>",
        "<span class=sup>x",
        "<table><tr><td>x",
        "<ol><li>x",
        "<del>x",
        "x<br>(",
        "</p></table></ol></sup>",
        "<sup><",
        "&nbsp;&",
        "<!-- ",
        "<p a=b c='",
        "<svg><template>",
        "<blockquote><pre>x\n",
        "<td rowspan=1000 colspan=1000>x<tr>",
        "<s>x</s>y",
    ] {
        let _ = in_time(Format::Html, piece.repeat(60_000).into_bytes());
    }
}

#[test]
fn deep_and_unclosed_markdown() {
    for piece in [
        "> ",
        "- ",
        "1. x\n   ",
        "[",
        "![x](",
        "*x _y ",
        "**x",
        "`x ",
        "~~x ",
        "<b>",
        "<div>\n\n",
        "| x ",
        "x\n",
        "x  \n",
        "[^x]: ",
        "x[^x]\n\n[^x]: y\n\n",
        "[x]: y\n[x]\n",
        "\n    x",
        "```\n",
        "&amp;\\",
        "<!-- x\n",
    ] {
        let _ = in_time(Format::Markdown, piece.repeat(30_000).into_bytes());
    }
    let row = format!("{}\n", "| x ".repeat(1000));
    let table = format!("{row}{}\n{}", "|---".repeat(1000), row.repeat(100));
    assert_eq!(in_time(Format::Markdown, table.into_bytes()).unwrap().blocks.len(), 101_000);
}

#[test]
fn thousands_of_tables_lists_and_fields() {
    let table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let source = in_time(Format::Docx, docx(&table.repeat(30_000))).unwrap();
    assert_eq!(source.blocks.len(), 30_000);
    let field = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:fldChar w:fldCharType=\"separate\"/>\
                 <w:fldChar w:fldCharType=\"begin\"/><w:t>x</w:t></w:r></w:p>";
    let _ = in_time(Format::Docx, docx(&field.repeat(30_000)));
    let deleted = "<w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:r><w:t>y</w:t><w:br/></w:r>";
    let source = in_time(Format::Docx, docx(&format!("<w:p>{}</w:p>", deleted.repeat(30_000)))).unwrap();
    assert_eq!(source.blocks.len(), 30_001);
    let merged = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>";
    assert_eq!(in_time(Format::Docx, docx(&merged.repeat(30_000))).unwrap().blocks.len(), 1);
    let html = "<table><tr><td>x</table><ol><li>y</ol>".repeat(30_000);
    assert_eq!(in_time(Format::Html, html.into_bytes()).unwrap().blocks.len(), 60_000);
}

#[test]
fn boxes_in_boxes() {
    let open = "<w:p><w:r><w:txbxContent>".repeat(80);
    let close = "</w:txbxContent></w:r></w:p>".repeat(80);
    let inner = "<w:p><w:r><w:t>x</w:t></w:r></w:p>".repeat(30_000);
    let source = in_time(Format::Docx, docx(&format!("{open}{inner}{close}"))).unwrap();
    assert_eq!(source.blocks.len(), 30_000);
}

#[test]
fn entities_are_not_expanded() {
    let mut laughs = "<!DOCTYPE w:document [<!ENTITY a0 \"ha\">".to_owned();
    for level in 1..30 {
        laughs += &format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10));
    }
    let document = format!(
        "{laughs}]><w:document><w:body><w:p><w:r><w:t>да &a29; нет</w:t></w:r></w:p></w:body></w:document>"
    );
    let source = in_time(Format::Docx, package(&[("word/document.xml", &document)])).unwrap();
    assert_eq!(source.text, "да  нет");
}

#[test]
fn bombs() {
    let error = in_time(Format::Docx, docx(&" ".repeat(32 << 20))).unwrap_err();
    assert!(matches!(error, ReadError::TooLarge { what: Limit::Expansion, .. }), "{error:?}");

    let names: Vec<String> = (0..20_001).map(|it| format!("a{it}")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|it| (it.as_str(), "")).collect();
    let error = in_time(Format::Docx, package(&parts)).unwrap_err();
    assert!(matches!(error, ReadError::TooLarge { what: Limit::Parts, .. }), "{error:?}");

    // An archive that says of a part that it is small.
    let mut bytes = docx(&" ".repeat(20 << 20));
    for at in memchr::memmem::find_iter(&bytes.clone(), &(20_971_571_u32).to_le_bytes()) {
        bytes[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    assert!(in_time(Format::Docx, bytes).is_err());

    let chunks: String = (0..2000)
        .map(|it| format!("<Relationship Id=\"c{it}\" Type=\"x/aFChunk\" Target=\"a.htm\"/>"))
        .collect();
    let bytes = package(&[
        ("word/document.xml", "<w:document><w:altChunk r:id=\"c1\"/></w:document>"),
        ("word/a.htm", &"<p>x".repeat(100)),
        ("word/_rels/document.xml.rels", &format!("<Relationships>{chunks}</Relationships>")),
    ]);
    let error = in_time(Format::Docx, bytes).unwrap_err();
    assert!(matches!(error, ReadError::TooLarge { what: Limit::Parts, .. }), "{error:?}");

    let styles: String = (0..20_000)
        .map(|it| format!("<w:style w:styleId=\"s{it}\"><w:basedOn w:val=\"s{}\"/></w:style>", it + 1))
        .collect();
    let bytes = package(&[
        (
            "word/document.xml",
            "<w:document><w:p><w:pPr><w:pStyle w:val=\"s0\"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p></w:document>",
        ),
        ("word/styles.xml", &format!("<w:styles>{styles}</w:styles>")),
        (
            "word/_rels/document.xml.rels",
            "<Relationships><Relationship Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>",
        ),
    ]);
    assert_eq!(in_time(Format::Docx, bytes).unwrap().blocks.len(), 1);
}

#[test]
fn files_over_the_limit() {
    let error = in_time(Format::Txt, vec![b'x'; crate::MAX_FILE as usize + 1]).unwrap_err();
    assert!(matches!(error, ReadError::TooLarge { what: Limit::File, .. }), "{error:?}");
}
