use expect_test::{Expect, expect};
use kalys_model::Encoding;

use super::check_map;
use crate::{Format, read};

fn check(input: impl AsRef<[u8]>, expect: Expect) {
    super::check(Format::Txt, input, expect);
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let mut bytes = if big { vec![0xFE, 0xFF] } else { vec![0xFF, 0xFE] };
    for unit in text.encode_utf16() {
        bytes.extend(if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
    }
    bytes
}

#[test]
fn lines_are_blocks_and_the_text_stays() {
    let input = "  1. Орган вправе\r\nотказать. \r\n\r\n\u{c}2. Иное\t\n";
    check(
        input,
        expect![[r#"
            Line 0..28 "  1. Орган вправе"
            Line 30..47 "отказать."
            Line 53..64 "2. Иное"
        "#]],
    );
    assert_eq!(read(input.as_bytes(), Format::Txt).unwrap().text, input);
}

#[test]
fn a_byte_order_mark_is_no_text() {
    let input = "\u{feff}Берене\nэки";
    check(
        input,
        expect![[r#"
            Line 3..15 "Берене"
            Line 16..22 "эки"
        "#]],
    );
    let source = read(input.as_bytes(), Format::Txt).unwrap();
    let place = source.map.place(13, &source.text, input.as_bytes());
    assert_eq!((place.line, place.column), (Some(2), Some(1)));
}

#[test]
fn old_macintosh_lines() {
    let input = "1. Бир\r2. Эки\r";
    check(
        input,
        expect![[r#"
            Line 0..9 "1. Бир"
            Line 10..19 "2. Эки"
        "#]],
    );
    let source = read(input.as_bytes(), Format::Txt).unwrap();
    assert_eq!(source.map.lines, [0, 10, 20]);
}

#[test]
fn utf16_of_both_orders() {
    for big in [false, true] {
        check(
            utf16("Өкмөт 𝕏\nбекитет", big),
            expect![[r#"
                Line 2..18 "Өкмөт 𝕏"
                Line 20..34 "бекитет"
            "#]],
        );
    }
    check_map(
        Format::Txt,
        utf16("а𝕏б", false),
        expect![[r#"
            "а" 2..4 Chars(2)
            "𝕏" 4..8 Whole
            "б" 8..10 Chars(2)
        "#]],
    );
}

#[test]
fn half_a_utf16_character_is_an_error() {
    let mut bytes = utf16("ab", false);
    bytes.push(0x30);
    check(
        bytes,
        expect![[r#"
        wrong-encoding [("offset", "6")]
    "#]],
    );
    check(
        [0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00],
        expect![[r#"
        wrong-encoding [("offset", "2")]
    "#]],
    );
}

#[test]
fn cp1251_is_told_by_its_letters() {
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("Статья 1. «Орган» — вправе\nотказать № 5.");
    check(
        &bytes,
        expect![[r#"
            Line 0..26 "Статья 1. «Орган» — вправе"
            Line 27..40 "отказать № 5."
        "#]],
    );
    let source = read(&bytes, Format::Txt).unwrap();
    assert_eq!(source.map.encoding, Encoding::Cp1251);
    assert_eq!(source.map.lines, [0, 27]);
}

#[test]
fn a_legacy_kyrgyz_font_reads_as_cp1251() {
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("Ченемдик актыларга ёзгёртъълёр");
    check(
        bytes,
        expect![[r#"
            Line 0..30 "Ченемдик актыларга ёзгёртъълёр"
        "#]],
    );
}

#[test]
fn english_quotation_marks_of_windows_are_read() {
    check(
        b"The body \x93may\x94 refuse \x96 or not.",
        expect![[r#"
            Line 0..31 "The body “may” refuse – or not."
        "#]],
    );
}

#[test]
fn other_code_pages_are_not_guessed() {
    let text = "Орган вправе отказать в выдаче разрешения по иным основаниям";
    let error = |bytes: &[u8]| read(bytes, Format::Txt).unwrap_err().code();
    for encoding in [encoding_rs::KOI8_R, encoding_rs::IBM866, encoding_rs::ISO_8859_5] {
        let (bytes, _, _) = encoding.encode(text);
        assert_eq!(error(&bytes), "wrong-encoding", "{}", encoding.name());
    }
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode("Le décret du préfet crée un comité");
    assert_eq!(error(&bytes), "wrong-encoding");
    // UTF-8 with one byte lost.
    let mut bytes = text.as_bytes().to_vec();
    bytes.remove(20);
    check(
        bytes,
        expect![[r#"
        wrong-encoding [("offset", "19")]
    "#]],
    );
}

#[test]
fn nothing_and_no_text() {
    check(
        "",
        expect![[r#"
        empty []
    "#]],
    );
    check(
        " \n\u{c}\r\n",
        expect![[r#"
        empty []
    "#]],
    );
    check(
        "text\0text",
        expect![[r#"
        not-text [("offset", "4")]
    "#]],
    );
    check(
        "a\u{1}\u{2}\u{3}b",
        expect![[r#"
        not-text [("offset", "1")]
    "#]],
    );
    // One stray control character in a page of text is no reason to refuse it.
    let text = "Орган вправе\u{2} отказать. ".repeat(20);
    assert!(read(text.replacen('\u{2}', "", 19).as_bytes(), Format::Txt).is_ok());
}
