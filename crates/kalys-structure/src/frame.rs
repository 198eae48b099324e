//! Tables that are none: text in one cell only is framed or set aside.
//!
//! `Приложение 2` and `Утверждено` stand in a table without lines as often as on the right half of the page.

use kalys_model::BlockKind;
use rustc_hash::FxHashMap;

use crate::note;
use crate::paragraph::Paragraph;

/// Makes paragraphs of the cells of tables that have text in one cell only, unless it is an editor's remark, which fills
/// its frame, or a table inside a cell of another.
pub(crate) fn unframe(text: &str, list: &mut [Paragraph]) {
    /// A table: the place of its first cell, where its cells begin and end in the list.
    struct Table {
        place: (u16, u16),
        alone: bool,
        first: usize,
        last: usize,
    }
    let mut tables: FxHashMap<u16, Table> = FxHashMap::default();
    for (index, paragraph) in list.iter().enumerate() {
        let BlockKind::Cell { table, row, column } = paragraph.form else { continue };
        let place = (row, column);
        let seen = tables.entry(table).or_insert(Table { place, alone: true, first: index, last: index });
        seen.alone &= seen.place == place;
        seen.last = index;
    }
    for (ordinal, Table { first, last, .. }) in tables.into_iter().filter(|it| it.1.alone) {
        let beside = |index: Option<usize>| match index.and_then(|it| list.get(it))?.form {
            BlockKind::Cell { table, .. } => Some(table),
            _ => None,
        };
        let (before, after) = (beside(first.checked_sub(1)), beside(Some(last + 1)));
        let inside = before.is_some() && before == after;
        if inside || note::is_remark(&text[list[first].span.range()]) {
            continue;
        }
        for paragraph in &mut list[first..=last] {
            if matches!(paragraph.form, BlockKind::Cell { table, .. } if table == ordinal) {
                paragraph.form = BlockKind::Paragraph;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kalys_model::{BlockKind, Span};

    use super::unframe;
    use crate::paragraph::Paragraph;

    /// Cells as (table, row, column) with their text; anything else is a paragraph. Gives the kinds after.
    fn check(cells: &[(u16, u16, u16, &str)], expected: &str) {
        let mut text = String::new();
        let mut list = Vec::new();
        for (table, row, column, words) in cells {
            let start = text.len() as u32;
            text.push_str(words);
            let form = match table {
                0 => BlockKind::Paragraph,
                _ => BlockKind::Cell { table: *table, row: *row, column: *column },
            };
            list.push(Paragraph { span: Span::new(start, text.len() as u32), form, gap: false });
            text.push('\n');
        }
        unframe(&text, &mut list);
        let kinds: Vec<&str> = list
            .iter()
            .map(|it| if matches!(it.form, BlockKind::Cell { .. }) { "cell" } else { "paragraph" })
            .collect();
        assert_eq!(kinds.join(" "), expected);
    }

    #[test]
    fn text_in_one_cell_only_is_no_table() {
        check(
            &[(1, 0, 1, "Приложение 2"), (1, 0, 1, "к Правилам"), (0, 0, 0, "ФОРМА")],
            "paragraph paragraph paragraph",
        );
        check(&[(1, 0, 0, "Министр"), (1, 0, 2, "А. Иванов")], "cell cell");
        check(
            &[(1, 0, 0, "1"), (2, 0, 0, "рамка в клетке"), (1, 0, 0, "а"), (1, 0, 1, "2")],
            "cell cell cell cell",
        );
        check(&[(1, 0, 0, "рамка"), (2, 0, 0, "в рамке")], "paragraph paragraph");
        check(
            &[(1, 0, 2, "КонсультантПлюс: примечание."), (1, 0, 2, "Пункт 2 не применяется.")],
            "cell cell",
        );
    }
}
