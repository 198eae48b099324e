use expect_test::{Expect, expect};
use kalys_model::{BlockKind, Encoding};

use super::check_map;
use crate::{Format, read};

fn check(input: impl AsRef<[u8]>, expect: Expect) {
    super::check(Format::Html, input, expect);
}

#[test]
fn blocks_of_every_kind() {
    check(
        "<!doctype html><head><title>нет</title><style>p{}</style><script>var a='<p>нет';</script></head>\
         <body><h1>Мыйзам</h1>Текст<p>абзац<div>бөлүк<p>ичинде</div><blockquote>Цитата</blockquote>\
         <ul><li>тире<ul><li>ичинде</ul></ul><hr>соңу<!-- нет -->",
        expect![[r#"
            Heading(1) 112..124 "Мыйзам"
            Paragraph 129..139 "Текст"
            Paragraph 142..152 "абзац"
            Paragraph 157..167 "бөлүк"
            Paragraph 170..182 "ичинде"
            Quote 200..212 "Цитата"
            Item(1) 233..241 "тире"
            Item(2) 249..261 "ичинде"
            Paragraph 275..283 "соңу"
        "#]],
    );
}

#[test]
fn superscript_numbers_stay_apart() {
    check(
        "<p>Статья 21<sup>1</sup>. <p>Статья 317<sup>1.</sup> Название<p>ст. 5<span class=\"W9\">12</span>, \
         м<span style='font-size:8pt; vertical-align: super'>2</span>, 10<sup>забыт</p><p>2000",
        expect![[r#"
            Paragraph 3..31 "Статья 21¹."
            Paragraph 35..81 "Статья 317¹. Название"
            Paragraph 84..199 "ст. 5¹², м², 10забыт"
            Paragraph 206..210 "2000"
        "#]],
    );
    check_map(
        Format::Html,
        "<p>21<sup>1.</sup> А",
        expect![[r#"
        "21" 3..5 Exact
        "¹" 10..11 Whole
        "." 11..12 Exact
        " А" 18..21 Exact
    "#]],
    );
}

#[test]
fn white_space_collapses_and_the_map_stays_exact() {
    check_map(
        Format::Html,
        "<p>\n  Орган <b> вправе</b>\n\tотказать&nbsp;&amp;\r\n  уйти. \n</p> <p>2",
        expect![[r#"
            "Орган " 6..17 Exact
            "вправе" 21..33 Exact
            " " 37..39 Whole
            "отказать" 39..55 Exact
            "\u{a0}" 55..61 Whole
            "&" 61..66 Whole
            " " 66..67 Whole
            "уйти." 70..79 Exact
            "2" 89..90 Exact
        "#]],
    );
}

#[test]
fn character_references() {
    check_map(
        Format::Html,
        "&#1257;к&ouml;лд&#x4E9;р&nbsp &laquo;AT&T&raquo; 5 < 6 a<я &nosuch; &shy;&#0;",
        expect![[r#"
            "ө" 0..7 Whole
            "к" 7..9 Exact
            "ö" 9..15 Whole
            "лд" 15..19 Exact
            "ө" 19..26 Whole
            "р" 26..28 Exact
            "\u{a0}" 28..33 Whole
            " " 33..34 Exact
            "«" 34..41 Whole
            "AT&T" 41..45 Exact
            "»" 45..52 Whole
            " 5 < 6 a<я &nosuch; " 52..73 Exact
            "\u{ad}" 73..78 Whole
            "�" 78..82 Whole
        "#]],
    );
}

#[test]
fn line_breaks_part_a_paragraph() {
    check(
        "<p>Глава 1<br>Общие<br/>положения</p><ol><li>а<br>б</ol><h2>1<br>2</h2>",
        expect![[r#"
        Paragraph 3..15 "Глава 1"
        Paragraph 19..52 "Общие\nположения"
        Item(1) 64..72 "1. а\nб"
        Heading(2) 81..82 "1"
        Heading(2) 86..87 "2"
    "#]],
    );
}

#[test]
fn line_breaks_in_a_sentence_part_nothing() {
    check(
        "<p>Орган вправе<br> отказать<br>&nbsp;<br>Далее.<br>1) а<br><br>б<td>до<br>(после)<p><br>х<br></p>",
        expect![[r#"
            Paragraph 3..47 "Орган вправе\nотказать"
            Paragraph 61..72 "Далее."
            Paragraph 76..81 "1) а"
            Paragraph 89..91 "б"
            Paragraph 95..115 "до\n(после)"
            Paragraph 122..124 "х"
        "#]],
    );
}

#[test]
fn numbers_of_ordered_lists_are_computed() {
    check(
        "<ol><li>бир<li><p>эки<p>дагы</li><li value=7>жети<ol type=a><li>а<li>б</ol><li>сегиз</ol>\
         <ol start=3 type=I><li>үч</li><li>4. төрт<li><b>5</b>. беш<li>- сызык<li>а) тамга</ol>",
        expect![[r#"
            Item(1) 8..14 "1. бир"
            Item(1) 21..27 "2. эки"
            Paragraph 30..38 "дагы"
            Item(1) 55..63 "7. жети"
            Item(2) 78..80 "a. а"
            Item(2) 84..86 "b. б"
            Item(1) 95..105 "8. сегиз"
            Item(1) 133..137 "III. үч"
            Item(1) 146..157 "4. төрт"
            Item(1) 164..177 "5. беш"
            Item(1) 181..193 "- сызык"
            Item(1) 197..211 "а) тамга"
        "#]],
    );
}

#[test]
fn tables() {
    check(
        "<table><tr><th>Разряд<th>Ставка<tr><td><p>1<p>2<td><table><tr><td>ичинде</table>кийин</table>текст<td>стол жок",
        expect![[r#"
            Cell(0.0.0) 15..27 "Разряд"
            Cell(0.0.1) 31..43 "Ставка"
            Cell(0.1.0) 54..55 "1"
            Cell(0.1.0) 58..59 "2"
            Cell(1.0.0) 78..90 "ичинде"
            Cell(0.1.1) 98..108 "кийин"
            Paragraph 116..126 "текст"
            Paragraph 130..145 "стол жок"
        "#]],
    );
}

#[test]
fn cells_that_reach_over_others() {
    check(
        "<table><tr><td rowspan=3>а<td colspan=2>б<td>в<tr><td rowspan=2>г<td>д<td>е<tr><td>ж<td>з<tr><td>и<td colspan=0>к\
         <td colspan=9999999>л<td>м</table>",
        expect![[r#"
            Cell(0.0.0) 25..27 "а"
            Cell(0.0.1) 41..43 "б"
            Cell(0.0.3) 47..49 "в"
            Cell(0.1.1) 67..69 "г"
            Cell(0.1.2) 73..75 "д"
            Cell(0.1.3) 79..81 "е"
            Cell(0.2.2) 89..91 "ж"
            Cell(0.2.3) 95..97 "з"
            Cell(0.3.0) 105..107 "и"
            Cell(0.3.1) 121..123 "к"
            Cell(0.3.2) 143..145 "л"
            Cell(0.3.3) 149..151 "м"
        "#]],
    );
}

#[test]
fn a_page_that_tables_lay_out() {
    let page =
        format!("<table><tr><td>меню<td>{}<table><tr><td>1<td>2</table></table>", "<p>Статья".repeat(30));
    let source = read(page.as_bytes(), Format::Html).unwrap();
    assert_eq!(source.blocks.iter().filter(|it| it.kind == BlockKind::Paragraph).count(), 30);
}

#[test]
fn preformatted_text_is_lines_of_an_act() {
    check(
        "<pre>\n     Статья 1. <b>Орган</b>\r\nвправе  отказать&#10;  2\n\n</pre><pre><code>let a;\n  b\n</code></pre>x",
        expect![[r#"
            Line 6..40 "     Статья 1. Орган"
            Line 46..76 "вправе  отказать"
            Line 81..84 "  2"
            Code 103..113 "let a;\n  b"
            Paragraph 127..128 "x"
        "#]],
    );
}

#[test]
fn deleted_words_are_marked() {
    check(
        "<p>обяз<del>ан</del>ывается <s>в срок\n дня</s>\n <s>и</s> всем<del><p>1<br>2</del><li><s>нет</s>да",
        expect![[r#"
            Paragraph 3..87 "обязывается всем"
            Deleted 16..20 "ан"
            Deleted 44..63 "в срок дня"
            Deleted 72..74 "и"
            Deleted 95..101 "1\n2"
            Deleted 114..120 "нет"
            Item(1) 124..128 "да"
        "#]],
    );
    check(
        "<p>Слово <del>старое</del> новое <s>а<p>б</s> в <strike> </strike>",
        expect![[r#"
        Paragraph 3..48 "Слово новое"
        Deleted 19..31 "старое"
        Deleted 52..54 "а"
        Deleted 57..59 "б"
        Paragraph 64..66 "в"
    "#]],
    );
}

#[test]
fn hidden_content_is_left_out() {
    check(
        "<xml><w:View>нет</w:View></xml><svg><text>нет</text></svg><template><p>нет</template>\
         <noscript>нет</noscript><textarea>бар</textarea><p>бар<![if !supportLists]>1.<![endif]> бар",
        expect![[r#"
            Paragraph 131..137 "бар"
            Paragraph 151..197 "бар1. бар"
        "#]],
    );
}

#[test]
fn a_wrong_declaration_does_not_spoil_utf8() {
    check(
        "<meta charset=windows-1251><p>Өкмөт",
        expect![[r#"
        Paragraph 30..40 "Өкмөт"
    "#]],
    );
}

#[test]
fn declared_code_pages() {
    let page = "<html><meta http-equiv=content-type content='text/html; charset=KOI8-R'><p>Орган\n вправе";
    let (bytes, _, _) = encoding_rs::KOI8_R.encode(page);
    check(
        &bytes,
        expect![[r#"
        Paragraph 75..88 "Орган вправе"
    "#]],
    );
    assert_eq!(read(&bytes, Format::Html).unwrap().map.encoding, Encoding::SingleByte);

    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("<p>Орган &laquo;сам&raquo;<p>Ст. 2<sup>1</sup>");
    check_map(
        Format::Html,
        &bytes,
        expect![[r#"
        "Орган " 3..9 Chars(1)
        "«" 9..16 Whole
        "сам" 16..19 Chars(1)
        "»" 19..26 Whole
        "Ст. 2" 29..34 Chars(1)
        "¹" 39..40 Whole
    "#]],
    );
}

#[test]
fn utf16_pages_map_to_their_bytes() {
    let mut bytes = vec![0xFF, 0xFE];
    bytes.extend("<p>аб 𝕏 &lt;в<p>г".encode_utf16().flat_map(u16::to_le_bytes));
    check_map(
        Format::Html,
        &bytes,
        expect![[r#"
        "аб " 8..14 Chars(2)
        "𝕏" 14..18 Whole
        " " 18..20 Chars(2)
        "<" 20..28 Whole
        "в" 28..30 Chars(2)
        "г" 36..38 Chars(2)
    "#]],
    );
}

#[test]
fn a_page_without_text_is_empty() {
    check(
        "<html><head><title>Скан</title></head><body><img src=a.png>&nbsp;<p> </body>",
        expect![[r#"
        empty []
    "#]],
    );
}

#[test]
fn bad_nesting_and_depth_do_no_harm() {
    let deep = format!(
        "{}x{}",
        "<div><ol><table><tr><td><span class=sup>".repeat(20_000),
        "</td></div>".repeat(30_000)
    );
    let source = read(deep.as_bytes(), Format::Html).unwrap();
    assert_eq!(source.text, "x");
    check(
        "</p></td></sup></del></ol>а</span><li>б<tr><td>в</table>г",
        expect![[r#"
        Paragraph 26..28 "а"
        Item(1) 39..41 "б"
        Paragraph 49..51 "в"
        Paragraph 59..61 "г"
    "#]],
    );
}
