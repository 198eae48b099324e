//! What holds for any text.

use super::source;
use crate::build;
use kalys_model::{Act, BlockKind, Source, UnitId};
use proptest::prelude::*;

/// Checks the invariants that the engine relies on; `source` is what the act was built from.
pub(crate) fn hold(act: &Act, source: &Source) {
    assert_eq!(act.text, source.text);
    let inside = |span: kalys_model::Span| {
        assert!(act.text.get(span.range()).is_some(), "{span:?} lies in the text, between letters");
    };
    let mut path: Vec<usize> = vec![0];
    assert!(act.units[0].parent.is_none());
    assert_eq!(act.units[0].span.range(), 0..act.text.len());
    let mut ends = vec![0; act.units.len()];
    for (index, unit) in act.units.iter().enumerate() {
        inside(unit.span);
        inside(unit.body);
        assert!(unit.span.contains(unit.body), "{unit:?}");
        if let Some(heading) = unit.heading {
            inside(heading);
            assert!(unit.span.contains(heading) && heading.end <= unit.body.start, "{unit:?}");
        }
        let Some(parent) = unit.parent else {
            assert_eq!(index, 0);
            continue;
        };
        let parent = parent.0 as usize;
        while path.last() != Some(&parent) {
            assert!(path.pop().is_some(), "{index}: units are in preorder");
        }
        path.push(index);
        let holder = &act.units[parent];
        assert!(holder.span.contains(unit.span), "{holder:?} holds {unit:?}");
        assert!(holder.body.end <= unit.span.start || holder.body.is_empty(), "{holder:?} before {unit:?}");
        assert!(ends[parent] <= unit.span.start, "siblings lie apart: {unit:?}");
        ends[parent] = unit.span.end;
        assert!(!unit.span.is_empty());
    }
    for block in &source.blocks {
        for (at, c) in act.text[block.span.range()].char_indices() {
            if !c.is_whitespace() {
                let at = block.span.start + at as u32;
                assert_ne!(act.unit_at(at), UnitId(0), "{c:?} at {at} lies in a unit");
            }
        }
    }
    let mut end = 0;
    for inline in &act.inlines {
        inside(inline.span);
        assert!(end <= inline.span.start && !inline.span.is_empty(), "{:?}", act.inlines);
        end = inline.span.end;
    }
    let mut end = 0;
    for join in &act.joins {
        inside(*join);
        assert!(end <= join.start, "{:?}", act.joins);
        end = join.end;
    }
    act.doubts.iter().for_each(|it| inside(it.span));
    act.kind_evidence.iter().for_each(|it| inside(*it));
}

/// Lines as they occur in acts, and worse.
fn line() -> impl Strategy<Value = String> {
    const LINES: &[&str] = &[
        "ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ",
        "О лицензиях",
        "Статья 1. Предмет",
        "Статья 2.",
        "Статья 5 настоящего Кодекса",
        "5-берене.",
        "Глава 1. Общие положения",
        "Глава 2",
        "I. Общие положения",
        "ОБЩАЯ ЧАСТЬ",
        "Раздел I",
        "§ 1. Порядок",
        "Приложение 1 к Закону",
        "Содержание",
        "1. Орган вправе:",
        "1. Понятия",
        "2. Орган",
        "1.1. Текст.",
        "1) выдавать;",
        "2) отказывать:",
        "а) первое;",
        "б) второе.",
        "- тире;",
        "– тире:",
        "(1) The authority may:",
        "(a) refuse;",
        "(iv) item",
        "Орган вправе отказать.",
        "и другие слова;",
        "Т О К Т О М  К Ы Л А Т:",
        "(В редакции Закона КР от 1 мая 2000 года № 5)",
        "слова «а» заменить словами «б»;",
        "дополнить частью 4 следующего содержания:",
        "изложить в следующей редакции: «Статья 7. Новая",
        "«4. Новая часть",
        "конец».",
        "Внести в Закон следующие изменения:",
        "Президент А. Акаев",
        "17",
        "",
        "   ",
        "анык-",
        "тайт",
        "токтому менен бекитилген",
        "\u{ad}",
        "«",
        "»",
        "\"",
        "(",
        "ъ\\",
        "1.",
        "№ 5",
        "статья 5 төмөнкү редакцияда баяндалсын:",
        "«орган» деген сөздөн кийин «жана» деген сөз менен толукталсын",
        "текст\tтекст",
    ];
    prop_oneof![
        8 => proptest::sample::select(LINES).prop_map(str::to_owned),
        1 => "\\PC{0,40}",
        1 => "[а-яА-Я0-9.():;«» \"-]{0,60}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_lines(lines in proptest::collection::vec(line(), 0..30)) {
        let source = source(&lines.join("\n"));
        let act = build(source.clone());
        hold(&act, &source);
    }

    #[test]
    fn any_blocks(lines in proptest::collection::vec((line(), 0_u8..9), 0..30)) {
        let text: Vec<&str> = lines.iter().map(|it| it.0.as_str()).collect();
        let mut source = source(&text.join("\n"));
        for (block, (_, kind)) in source.blocks.iter_mut().zip(&lines) {
            block.kind = match kind {
                0 => BlockKind::Heading(1),
                1 => BlockKind::Heading(2),
                2 => BlockKind::Item(1),
                3 => BlockKind::Cell { table: 0, row: 0, column: 1 },
                4 => BlockKind::Footnote,
                5 => BlockKind::Quote,
                6 => BlockKind::Code,
                7 => BlockKind::Deleted,
                _ => BlockKind::Paragraph,
            };
        }
        let act = build(source.clone());
        hold(&act, &source);
    }
}
