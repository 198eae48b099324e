use expect_test::{Expect, expect};

use super::check_map;
use crate::Format;

fn check(input: impl AsRef<[u8]>, expect: Expect) {
    super::check(Format::Markdown, input, expect);
}

#[test]
fn blocks_of_every_kind() {
    check(
        "---\nlang: ru\n---\n\n# Закон\n\nГлава\n-----\n\nОрган **вправе**\nотказать\\\nвсем.\n\n> Цитата\n> дальше\n\n\
         ```\ncode\n\nmore\n```\n\n    отступ\n      два\n\n<!-- kalys: ok x -->\n\nКонец.[^1]\n\n[^1]: Сноска.\n",
        expect![[r#"
            Heading(1) 20..30 "Закон"
            Heading(2) 32..42 "Глава"
            Line 50..75 "Орган вправе"
            Line 78..94 "отказать"
            Line 96..105 "всем."
            Quote 109..136 "Цитата\nдальше"
            Code 142..152 "code\n\nmore"
            Line 162..174 "отступ"
            Line 179..187 "  два"
            Paragraph 211..222 "Конец."
            Footnote 234..247 "Сноска."
        "#]],
    );
}

#[test]
fn labels_are_those_that_were_typed() {
    check(
        "3. үч\n4) төрт\n5) беш\n   уланды\n\n   экинчи абзац\n\n- тире\n  * ичинде\n    1. терең\n\nСтатья 2\\. Точка\n",
        expect![[r#"
            Item(1) 0..7 "3. үч"
            Item(1) 8..19 "4) төрт"
            Line 20..29 "5) беш"
            Line 33..45 "уланды"
            Paragraph 50..73 "экинчи абзац"
            Item(1) 75..85 "- тире"
            Item(2) 88..102 "- ичинде"
            Item(3) 107..120 "1. терең"
            Paragraph 122..149 "Статья 2. Точка"
        "#]],
    );
}

#[test]
fn tables_and_struck_words() {
    check(
        "| Разряд | Ставка |\n|---|---|\n| 1 | ~~старая~~ новая |\n| 2 | |\n\n| а |\n|---|\n| б |\n\nслово ~~выкл~~ вкл\n",
        expect![[r#"
            Cell(0.0.0) 2..14 "Разряд"
            Cell(0.0.1) 17..29 "Ставка"
            Cell(0.1.0) 44..45 "1"
            Deleted 50..62 "старая"
            Cell(0.1.1) 64..75 " новая"
            Cell(0.2.0) 80..81 "2"
            Cell(1.0.0) 89..91 "а"
            Cell(1.1.0) 102..104 "б"
            Paragraph 108..138 "слово  вкл"
            Deleted 121..129 "выкл"
        "#]],
    );
}

#[test]
fn paragraphs_of_several_lines_are_lines() {
    let input = "Один абзац\n\nСтатья 1. Название\nа) орган\nвправе  \nб) отказать\n\n* список\n  в две строки\n* одна\n\n  * абзац\n    и\n\nконец";
    check(
        input,
        expect![[r#"
        Paragraph 0..19 "Один абзац"
        Line 21..53 "Статья 1. Название"
        Line 54..68 "а) орган"
        Line 69..81 "вправе"
        Line 84..104 "б) отказать"
        Line 106..120 "- список"
        Line 123..145 "в две строки"
        Item(1) 146..156 "- одна"
        Line 160..172 "- абзац"
        Line 177..179 "и"
        Paragraph 181..191 "конец"
    "#]],
    );
    let source = crate::read(input.as_bytes(), Format::Markdown).unwrap();
    expect![[r#"
        Один абзац

        Статья 1. Название
        а) орган
        вправе
        б) отказать

        - список
        в две строки

        - одна
        - абзац
        и
        конец"#]]
    .assert_eq(&source.text);
}

#[test]
fn notes_follow_the_paragraph_that_refers_to_them() {
    check(
        "[^b]: Не та.\n\nТекст[^a] дальше[^b]\nвторая строка ~~нет[^c]~~\n\n- пункт[^d]\n  - ниже\n\n\
         | а[^e] | б |\n|---|---|\n\n[^a]: Сноска\n    в две строки.\n\n    И абзац.\n[^c]: Удалена.\n[^d]: К пункту.\n\
         [^e]: К клетке.\n[^f]: Ничья.\n\nконец[^нет]\n",
        expect![[r#"
            Line 18..45 "Текст дальше"
            Line 50..75 "вторая строка"
            Deleted 78..84 "нет"
            Footnote 156..196 "Сноска\nв две строки."
            Footnote 202..216 "И абзац."
            Footnote 6..16 "Не та."
            Item(1) 92..104 "- пункт"
            Footnote 245..261 "К пункту."
            Item(2) 111..121 "- ниже"
            Cell(0.0.0) 125..127 "а"
            Footnote 268..284 "К клетке."
            Cell(0.0.1) 134..136 "б"
            Paragraph 304..323 "конец[^нет]"
            Footnote 223..238 "Удалена."
            Footnote 291..302 "Ничья."
        "#]],
    );
}

#[test]
fn html_inside() {
    check(
        "Статья 21<sup>1</sup>. Название<br>вторая <del>нет</del> да\n\n<table><tr><td>а&nbsp;б</td></tr></table>\n\n\
         <p>Статья 5<sup>2</sup></p>\n\nпосле\n",
        expect![[r#"
            Paragraph 0..84 "Статья 21¹. Название\nвторая  да"
            Deleted 67..73 "нет"
            Cell(0.0.0) 101..111 "а\u{a0}б"
            Paragraph 134..154 "Статья 5²"
            Paragraph 166..176 "после"
        "#]],
    );
}

#[test]
fn the_map_follows_escapes_and_entities() {
    check_map(
        Format::Markdown,
        "1\\. А&amp;Б `код` [ссылка](http://a.kg)\r\n> дальше  \nи *ещё*\n",
        expect![[r#"
            "1" 0..1 Exact
            ". А" 2..6 Exact
            "&" 6..11 Whole
            "Б " 11..14 Exact
            "код" 15..21 Exact
            " " 22..23 Exact
            "ссылка" 24..36 Exact
            "дальше" 54..66 Exact
            "\n" 66..69 Whole
            "и " 69..72 Exact
            "ещё" 73..79 Exact
        "#]],
    );
}

#[test]
fn cp1251_markdown() {
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("# Закон\n\nОрган *вправе* отказать.\n");
    check_map(
        Format::Markdown,
        bytes,
        expect![[r#"
        "Закон" 2..7 Chars(1)
        "Орган " 9..15 Chars(1)
        "вправе" 16..22 Chars(1)
        " отказать." 23..33 Chars(1)
    "#]],
    );
}

#[test]
fn nothing_but_a_comment_is_empty() {
    check(
        "<!-- пусто -->\n",
        expect![[r#"
        empty []
    "#]],
    );
}
