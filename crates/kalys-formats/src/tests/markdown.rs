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
        expect![[]],
    );
}

#[test]
fn labels_are_those_that_were_typed() {
    check(
        "3. үч\n4) төрт\n5) беш\n   уланды\n\n   экинчи абзац\n\n- тире\n  * ичинде\n    1. терең\n\nСтатья 2\\. Точка\n",
        expect![[]],
    );
}

#[test]
fn tables_and_struck_words() {
    check(
        "| Разряд | Ставка |\n|---|---|\n| 1 | ~~старая~~ новая |\n| 2 | |\n\n| а |\n|---|\n| б |\n\nслово ~~выкл~~ вкл\n",
        expect![[]],
    );
}

#[test]
fn html_inside() {
    check(
        "Статья 21<sup>1</sup>. Название<br>вторая <del>нет</del> да\n\n<table><tr><td>а&nbsp;б</td></tr></table>\n\n\
         <p>Статья 5<sup>2</sup></p>\n\nпосле\n",
        expect![[]],
    );
}

#[test]
fn the_map_follows_escapes_and_entities() {
    check_map(
        Format::Markdown,
        "1\\. А&amp;Б `код` [ссылка](http://a.kg)\r\n> дальше  \nи *ещё*\n",
        expect![[]],
    );
}

#[test]
fn cp1251_markdown() {
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("# Закон\n\nОрган *вправе* отказать.\n");
    check_map(Format::Markdown, bytes, expect![[]]);
}

#[test]
fn nothing_but_a_comment_is_empty() {
    check("<!-- пусто -->\n", expect![[]]);
}
