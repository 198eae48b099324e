//! Acts that nobody writes, each the worst for some part of the way from bytes to findings: all of it is done in time
//! that grows with the text and no faster.

use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use kalys_engine::{Ruleset, lint};
use kalys_formats::{Format, read};
use kalys_packs::PackSource;

/// A slow machine with other work needs no longer; what is quadratic does.
const PATIENCE: Duration = Duration::from_secs(60);

fn in_time(rules: &Arc<Ruleset>, name: &'static str, format: Format, text: String) {
    let (sender, receiver) = mpsc::channel();
    let rules = Arc::clone(rules);
    std::thread::spawn(move || {
        let bytes = text.into_bytes();
        let source = read(&bytes, format).expect("there is text");
        let act = kalys_structure::build(source);
        let findings = lint(&act, &rules);
        // What the output asks of every finding and doubt.
        let spans = findings.iter().map(|it| it.span).chain(act.doubts.iter().map(|it| it.span));
        let columns: u64 = spans
            .map(|it| u64::from(act.map.place(it.start, &act.text, &bytes).column.unwrap_or_default()))
            .sum();
        // Nobody waits any longer when the time is over.
        let _ = sender.send((findings.len(), columns));
    });
    receiver.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("{name}: {error}"));
}

#[test]
fn long_and_strange_acts_take_no_longer_than_others() {
    let rules = kalys_packs::load(&[PackSource::Embedded]).expect("the pack is sound").ruleset;
    let rules = Arc::new(rules);
    let numbered = |n: u32, line: fn(u32) -> String| (0..n).map(line).collect::<String>();
    let txt = [
        ("a sentence without an end", "Орган вправе отказать по иным основаниям ".repeat(6_000)),
        ("brackets", "(1) (".repeat(100_000)),
        ("quotes that are not closed", "«слова «".repeat(60_000)),
        ("points", numbered(60_000, |it| format!("{it}) орган вправе;\n"))),
        ("one number", "1. Орган вправе отказать.\n".repeat(40_000)),
        ("articles", numbered(30_000, |it| format!("Статья {it}. Название\n1. Орган вправе отказать.\n"))),
        ("amendments", "1. В статье 5 слова «а» заменить словами «б».\n".repeat(20_000)),
        (
            "new texts in new texts",
            "Статья 1. А\n1. Изложить в следующей редакции:\n«Статья 2. Б\n".repeat(10_000),
        ),
        ("contents", numbered(30_000, |it| format!("Глава {it}. Общие положения ..... {it}\n"))),
        ("spaced words", "П р и к а з ".repeat(40_000)),
        ("broken words", "слово-\nслово ".repeat(40_000)),
        ("annexes", "Приложение 1\nк Закону Кыргызской Республики\n".repeat(20_000)),
        (
            "references",
            numbered(20_000, |it| {
                format!(
                    "Статья {it}. Н\n1. Согласно статье {} и пункту {it} части 2 статьи {}.\n",
                    it + 1,
                    it * 7
                )
            }),
        ),
        ("titles", "ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ\n".repeat(30_000)),
        ("lists", "Перечень документов: а, б, в и другие документы, ".repeat(6_000)),
    ];
    for (name, text) in txt {
        in_time(&rules, name, Format::Txt, text);
    }
    in_time(&rules, "one line of HTML", Format::Html, "<p>1. Орган вправе.<p>а) иное;".repeat(30_000));
    in_time(
        &rules,
        "headings",
        Format::Markdown,
        "# Глава\n\n## Статья 5\n\nОрган вправе отказать.\n\n".repeat(15_000),
    );
}
