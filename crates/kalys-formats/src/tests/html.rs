use expect_test::{Expect, expect};
use kalys_model::Encoding;

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
        expect![[]],
    );
}

#[test]
fn superscript_numbers_stay_apart() {
    check(
        "<p>Статья 21<sup>1</sup>. <p>Статья 317<sup>1.</sup> Название<p>ст. 5<span class=\"W9\">12</span>, \
         м<span style='font-size:8pt; vertical-align: super'>2</span>, 10<sup>забыт</p><p>2000",
        expect![[]],
    );
    check_map(Format::Html, "<p>21<sup>1.</sup> А", expect![[]]);
}

#[test]
fn white_space_collapses_and_the_map_stays_exact() {
    check_map(
        Format::Html,
        "<p>\n  Орган <b> вправе</b>\n\tотказать&nbsp;&amp;\r\n  уйти. \n</p> <p>2",
        expect![[]],
    );
}

#[test]
fn character_references() {
    check_map(
        Format::Html,
        "&#1257;к&ouml;лд&#x4E9;р&nbsp &laquo;AT&T&raquo; 5 < 6 a<я &nosuch; &shy;&#0;",
        expect![[]],
    );
}

#[test]
fn line_breaks_part_a_paragraph() {
    check("<p>Глава 1<br>Общие<br/>положения</p><ol><li>а<br>б</ol><h2>1<br>2</h2>", expect![[]]);
}

#[test]
fn numbers_of_ordered_lists_are_computed() {
    check(
        "<ol><li>бир<li><p>эки<p>дагы</li><li value=7>жети<ol type=a><li>а<li>б</ol><li>сегиз</ol>\
         <ol start=3 type=I><li>үч</li><li>4. төрт<li><b>5</b>. беш<li>- сызык<li>а) тамга</ol>",
        expect![[]],
    );
}

#[test]
fn tables() {
    check(
        "<table><tr><th>Разряд<th>Ставка<tr><td><p>1<p>2<td><table><tr><td>ичинде</table>кийин</table>текст<td>стол жок",
        expect![[]],
    );
}

#[test]
fn preformatted_text_is_lines_of_an_act() {
    check(
        "<pre>\n     Статья 1. <b>Орган</b>\r\nвправе  отказать&#10;  2\n\n</pre><pre><code>let a;\n  b\n</code></pre>x",
        expect![[]],
    );
}

#[test]
fn deleted_words_are_marked() {
    check("<p>Слово <del>старое</del> новое <s>а<p>б</s> в <strike> </strike>", expect![[]]);
}

#[test]
fn hidden_content_is_left_out() {
    check(
        "<xml><w:View>нет</w:View></xml><svg><text>нет</text></svg><template><p>нет</template>\
         <noscript>нет</noscript><textarea>бар</textarea><p>бар<![if !supportLists]>1.<![endif]> бар",
        expect![[]],
    );
}

#[test]
fn a_wrong_declaration_does_not_spoil_utf8() {
    check("<meta charset=windows-1251><p>Өкмөт", expect![[]]);
}

#[test]
fn declared_code_pages() {
    let page = "<html><meta http-equiv=content-type content='text/html; charset=KOI8-R'><p>Орган\n вправе";
    let (bytes, _, _) = encoding_rs::KOI8_R.encode(page);
    check(&bytes, expect![[]]);
    assert_eq!(read(&bytes, Format::Html).unwrap().map.encoding, Encoding::SingleByte);

    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("<p>Орган &laquo;сам&raquo;<p>Ст. 2<sup>1</sup>");
    check_map(Format::Html, &bytes, expect![[]]);
}

#[test]
fn utf16_pages_map_to_their_bytes() {
    let mut bytes = vec![0xFF, 0xFE];
    bytes.extend("<p>аб 𝕏 &lt;в<p>г".encode_utf16().flat_map(u16::to_le_bytes));
    check_map(Format::Html, &bytes, expect![[]]);
}

#[test]
fn a_page_without_text_is_empty() {
    check("<html><head><title>Скан</title></head><body><img src=a.png>&nbsp;<p> </body>", expect![[]]);
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
    check("</p></td></sup></del></ol>а</span><li>б<tr><td>в</table>г", expect![[]]);
}
