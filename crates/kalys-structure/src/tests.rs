//! Outlines of small acts, as a lawyer would check them.

use crate::build;
use expect_test::{Expect, expect};
use kalys_model::{Act, Block, BlockKind, Source, SourceMap, Span};

mod properties;

/// A source as the reader of plain text gives it.
pub(crate) fn source(text: &str) -> Source {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let end = at + line.len();
        if !line.trim().is_empty() {
            blocks.push(Block { span: Span::new(at as u32, end as u32), kind: BlockKind::Line });
        }
        at = end + 1;
    }
    Source { text: text.to_owned(), blocks, inlines: Vec::new(), map: SourceMap::identity(text) }
}

/// One line a unit: kind and number, zone, heading in brackets, first words.
pub(crate) fn outline(act: &Act) -> String {
    let mut out = format!("{:?} {}", act.kind, act.lang.code());
    if act.fragment {
        out.push_str(" fragment");
    }
    out.push('\n');
    let mut depths: Vec<usize> = Vec::new();
    for unit in &act.units {
        let depth = unit.parent.map_or(0, |it| depths[it.0 as usize] + 1);
        depths.push(depth);
        if depth == 0 {
            continue;
        }
        out.push_str(&format!("{:1$}{2:?}", "", 2 * depth - 2, unit.kind));
        if let Some(number) = &unit.number {
            out.push_str(&format!(" {number}"));
        }
        if unit.zone != kalys_model::Zone::Normative {
            out.push_str(&format!(" {:?}", unit.zone));
        }
        if unit.lang != act.lang {
            out.push_str(&format!(" {}", unit.lang.code()));
        }
        if let Some(heading) = unit.heading {
            out.push_str(&format!(" [{}]", act.quote(heading)));
        }
        let words = act.quote(unit.body);
        if !words.is_empty() {
            let short: String = words.chars().take(44).collect();
            out.push_str(&format!(" | {short}"));
        }
        out.push('\n');
    }
    for inline in &act.inlines {
        out.push_str(&format!("{:?} «{}»\n", inline.zone, act.quote(inline.span)));
    }
    for doubt in &act.doubts {
        let words: String = act.quote(doubt.span).chars().take(40).collect();
        out.push_str(&format!("? {:?} «{words}»\n", doubt.kind));
    }
    out
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&outline(&build(source(text))));
}

#[test]
fn law_with_parts_points_and_paragraphs() {
    check(
        "ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ
О лицензиях

Глава 1. Общие положения
Статья 1. Предмет
Настоящий Закон регулирует выдачу лицензий.
Он не применяется к связи.
Статья 2. Права органа
1. Орган вправе:
1) выдавать лицензии;
2) отказывать:
а) по просьбе;
б) без просьбы.
2. Решение принимает комиссия.
Она заседает открыто.
Статья 3. Заявление
Заявление содержит:
- имя;
- адрес.
К нему прилагается копия.",
        expect![[r#"
            Law ru
            Heading Title | ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ
            Heading Title | О лицензиях
            Chapter 1 [Общие положения]
              Article 1 [Предмет]
                Paragraph | Настоящий Закон регулирует выдачу лицензий.
                Paragraph | Он не применяется к связи.
              Article 2 [Права органа]
                Part 1 | Орган вправе:
                  Point 1 | выдавать лицензии;
                  Point 2 | отказывать:
                    Subpoint а | по просьбе;
                    Subpoint б | без просьбы.
                Part 2 | Решение принимает комиссия.
                  Paragraph | Она заседает открыто.
              Article 3 [Заявление]
                Paragraph | Заявление содержит:
                  Paragraph | имя;
                  Paragraph | адрес.
                Paragraph | К нему прилагается копия.
        "#]],
    );
}
