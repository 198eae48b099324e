use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{Format, ReadError};

fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn check(bytes: impl AsRef<[u8]>, name: &str, expected: &str) {
    let name = Some(name).filter(|it| !it.is_empty());
    let found = match Format::detect(bytes.as_ref(), name) {
        Ok(format) => format!("{format:?}"),
        Err(ReadError::NotYet { format }) => format!("not yet {}", format.name()),
        Err(error) => error.code().to_owned(),
    };
    assert_eq!(found, expected, "{name:?}");
}

#[test]
fn text_is_what_its_name_says() {
    check("Статья 1.", "", "Txt");
    check("Статья 1.", "dir.md/закон", "Txt");
    check("Статья 1.", "C:\\acts\\Закон.TXT", "Txt");
    check("# Закон", "a.md", "Markdown");
    check("<p>Закон", "a.htm", "Html");
    check("<p>Закон", "", "Html");
    check("<p>Закон", "a.txt", "Txt");
    check("<!-- kalys: ok x -->\n<p>Закон", "a.md", "Markdown");
    check("a,b", "a.csv", "not yet data");
    check("1\tА\t_", "a.conllu", "not yet data");
    check(" \n", "a.txt", "Txt");
    check("", "a.docx", "empty");
}

#[test]
fn content_goes_before_the_name() {
    check("\u{feff}\n<!DOCTYPE html PUBLIC>", "a.doc", "Html");
    check("<?xml version='1.0'?><!-- c -->\n<html>", "a.xml", "Html");
    check("{\\rtf1\\ansi", "a.doc", "not yet rtf");
    check("%PDF-1.4\n%\u{1}", "a.txt", "not yet pdf");
    check("<?xml version=\"1.0\"?>\n<akn:akomaNtoso xmlns:akn=\"x\">", "", "not yet akoma-ntoso");
    check("<akomaNtoso>", "a.akn", "not yet akoma-ntoso");
    check("<?xml version=\"1.0\"?><office:document>", "a.fodt", "not yet fodt");
    check("<?xml version=\"1.0\"?><?mso-application?><pkg:package>", "a.xml", "not yet word-xml");
    check("<?xml version=\"1.0\"?><rss>", "", "not yet xml");
    check("MIME-Version: 1.0\n", "a.doc", "not yet mhtml");
    check(b"\x89PNG\r\n\x1a\n\0\0", "a.docx", "not yet image");
    check(b"\x1F\x8B\x08\0", "a.txt", "not yet archive");
    let utf16: Vec<u8> = "\u{feff}<html><p>Ө".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&utf16, "", "Html");
}

#[test]
fn packages() {
    let types = ("[Content_Types].xml", "<Types/>");
    check(zip(&[types, ("word/document.xml", "<x/>")]), "a.bin", "Docx");
    check(zip(&[types, ("xl/workbook.xml", "<x/>")]), "a.docx", "not yet spreadsheet");
    check(zip(&[types, ("ppt/presentation.xml", "<x/>")]), "", "not yet presentation");
    check(zip(&[("mimetype", "application/vnd.oasis.opendocument.text")]), "a.docx", "not yet odt");
    check(
        zip(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]),
        "",
        "not yet open-document",
    );
    check(zip(&[("mimetype", "application/epub+zip")]), "", "not yet epub");
    check(zip(&[("a.txt", "x")]), "a.zip", "not yet archive");
    let whole = zip(&[types, ("word/document.xml", "<x/>")]);
    check(&whole[..whole.len() / 2], "a.docx", "damaged-archive");
    check(b"\x01\x02\x03\0\0\0", "a.odt", "damaged-archive");
    check(b"\x7fELF\x01\x02\0\0", "a.txt", "unknown-binary");
}

#[test]
fn compound_files() {
    let file = |stream: &str| {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0".to_vec();
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    check(file("EncryptedPackage"), "a.docx", "encrypted");
    check(file("WordDocument"), "a.docx", "not yet doc");
    check(file("Workbook"), "a.xls", "not yet spreadsheet");
    check(file("PowerPoint Document"), "", "not yet presentation");
    check(file("Thumbs"), "a.doc", "unknown-binary");
}

#[test]
fn every_error_has_a_listed_code() {
    let errors = [
        ReadError::Empty,
        ReadError::NotYet { format: crate::Unread::Rtf },
        ReadError::UnknownBinary,
        ReadError::NotText { offset: 1 },
        ReadError::WrongEncoding { offset: 1 },
        ReadError::DamagedArchive { detail: String::new() },
        ReadError::Encrypted,
        ReadError::TooLarge { what: crate::Limit::Part, limit: 1, found: None },
        ReadError::MalformedXml { part: String::new(), offset: 0, detail: String::new() },
    ];
    assert_eq!(errors.each_ref().map(ReadError::code), ReadError::CODES);
}
