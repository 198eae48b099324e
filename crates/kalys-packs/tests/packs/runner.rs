//! What the runner says of tests that do not hold.

use expect_test::{Expect, expect};
use kalys_packs::run_tests;

use crate::common::{Files, RULE, failure};

fn check(files: Files, expect: Expect) {
    let text = files.load(|loaded, folder| {
        let loaded = loaded.unwrap_or_else(|errors| panic!("{errors:?}"));
        let report = run_tests(&loaded, |_| true);
        assert_eq!(report.is_clean(), report.failures.is_empty());
        let mut text: String = report.failures.iter().map(|it| failure(it) + "\n").collect();
        text += &format!("{} passed, {} guards, {} todo\n", report.passed, report.guards, report.todo);
        text.replace(&format!("{folder}/"), "")
    });
    expect.assert_eq(&text);
}

fn rule(from: &str, to: &str) -> Files {
    Files::sound().edit(RULE, from, to)
}

#[test]
fn tests_that_hold() {
    check(
        Files::sound(),
        expect![[r#"
            4 passed, 3 guards, 0 todo
        "#]],
    );
}

#[test]
fn missing_words() {
    check(
        rule("[[внезапное посещение]] магазина", "[[внезапное посещение]] лавки"),
        expect![[r#"
            rules/visit.sudden.yaml:34: Missing
                Инспекция проводит [[внезапное посещение]] лавки.
                found []
            3 passed, 3 guards, 0 todo
        "#]],
    );
    check(
        rule("[[внезапное посещение]] магазина", "[[внезапное]] посещение магазина"),
        expect![[r#"
            rules/visit.sudden.yaml:34: Missing
                Инспекция проводит [[внезапное]] посещение магазина.
                found ["внезапное посещение"]
            3 passed, 3 guards, 0 todo
        "#]],
    );
}

#[test]
fn noisy_words() {
    check(
        rule(
            "[[внезапное посещение]] магазина.",
            "[[внезапное посещение]] магазина. Внезапное посещение склада.",
        ),
        expect![[r#"
            rules/visit.sudden.yaml:34: Noisy
                Инспекция проводит [[внезапное посещение]] магазина. Внезапное посещение склада.
                found ["внезапное посещение", "Внезапное посещение"]
            3 passed, 3 guards, 0 todo
        "#]],
    );
    check(
        rule("посещение магазина по жалобе", "посещение магазина по просьбе"),
        expect![[r#"
            rules/visit.sudden.yaml:35: Noisy
                Инспекция проводит внезапное посещение магазина по просьбе.
                found ["внезапное посещение"]
            3 passed, 2 guards, 0 todo
        "#]],
    );
}

#[test]
fn idle_guards() {
    check(
        rule("внезапное посещение магазина по жалобе", "посещение магазина по жалобе"),
        expect![[r#"
            rules/visit.sudden.yaml:35: GuardIdle("complaint")
                Инспекция проводит посещение магазина по жалобе.
                found []
            3 passed, 2 guards, 0 todo
        "#]],
    );
    check(
        rule(
            "1. Инспекция проводит внезапное посещение магазина.\"\n      guard: school",
            "1. Инспекция проводит внезапное посещение магазина.\"\n      guard: [school, scope]",
        ),
        expect![[r#"
            rules/visit.sudden.yaml:37: GuardIdle("scope")
                Статья 1. Школы
            1. Инспекция проводит внезапное посещение магазина.
                found []
            3 passed, 3 guards, 0 todo
        "#]],
    );
}

#[test]
fn known_gaps() {
    check(
        rule(
            "- bad: \"Инспекция проводит [[внезапное посещение]] магазина.\"",
            "- bad: \"Инспекция проводит [[внезапное посещение]] магазина.\"\n    - todo: \"Инспекция проводит [[внезапную проверку]] магазина.\"",
        ),
        expect![[r#"
            4 passed, 3 guards, 1 todo
        "#]],
    );
    check(
        rule(
            "- bad: \"Инспекция проводит [[внезапное посещение]] магазина.\"",
            "- bad: \"Инспекция проводит [[внезапное посещение]] магазина.\"\n    - todo: \"Инспекция проводит [[внезапное посещение]] склада.\"",
        ),
        expect![[r#"
            rules/visit.sudden.yaml:35: TodoPasses
                Инспекция проводит [[внезапное посещение]] склада.
                found ["внезапное посещение"]
            4 passed, 3 guards, 0 todo
        "#]],
    );
}

#[test]
fn further_wishes() {
    let with = |option: &str| rule("магазина.\"\n", &format!("магазина.\"\n      {option}\n"));
    check(
        with("severity: low"),
        expect![[r#"
            rules/visit.sudden.yaml:34: Severity(Medium)
                Инспекция проводит [[внезапное посещение]] магазина.
                found ["внезапное посещение"]
            3 passed, 3 guards, 0 todo
        "#]],
    );
    check(
        with("level: risk"),
        expect![[r#"
            rules/visit.sudden.yaml:34: Level(Review)
                Инспекция проводит [[внезапное посещение]] магазина.
                found ["внезапное посещение"]
            3 passed, 3 guards, 0 todo
        "#]],
    );
    check(
        with("also: [\"склад\"]"),
        expect![[r#"
            rules/visit.sudden.yaml:34: Related([])
                Инспекция проводит [[внезапное посещение]] магазина.
                found ["внезапное посещение"]
            3 passed, 3 guards, 0 todo
        "#]],
    );
    check(
        with("zone: preamble"),
        expect![[r#"
            rules/visit.sudden.yaml:34: Missing
                Инспекция проводит [[внезапное посещение]] магазина.
                found []
            3 passed, 3 guards, 0 todo
        "#]],
    );
}
