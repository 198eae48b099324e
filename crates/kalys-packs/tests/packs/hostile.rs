//! Whatever stands in a pack: an answer within a second, and never a panic.

use std::time::{Duration, Instant};

use expect_test::{Expect, expect};
use kalys_packs::run_tests;
use proptest::prelude::*;

use crate::common::{Files, LEXICON, RULE};

/// The first errors, and that they came within a second of work.
fn check(files: &Files, expect: Expect) {
    let start = Clock::start();
    let (_, text) = files.errors();
    let elapsed = start.elapsed();
    assert!(elapsed < Duration::from_secs(if cfg!(debug_assertions) { 4 } else { 1 }), "{elapsed:?}");
    let first: Vec<&str> = text.lines().take(3).collect();
    let more = text.lines().count() - first.len();
    expect.assert_eq(&format!("{}\n{more} more\n", first.join("\n")));
}

/// The time that this thread works, so that a busy machine is no failure; where the system does not tell it, time as such.
enum Clock {
    Work(u64),
    Wall(Instant),
}

impl Clock {
    fn start() -> Clock {
        worked().map_or_else(|| Clock::Wall(Instant::now()), Clock::Work)
    }

    fn elapsed(&self) -> Duration {
        match self {
            Clock::Work(before) => Duration::from_nanos(worked().unwrap_or(*before) - before),
            Clock::Wall(start) => start.elapsed(),
        }
    }
}

/// Nanoseconds that this thread has worked.
fn worked() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split_whitespace().next()?.parse().ok()
}

fn write(path: &str, text: impl Into<Vec<u8>>) -> Files {
    Files::sound().write(path, text)
}

#[test]
fn a_billion_laughs() {
    let mut text = String::from("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
    for n in 1..30 {
        let all = vec![format!("*a{}", n - 1); 10].join(", ");
        text += &format!("a{n}: &a{n} [{all}]\n");
    }
    check(
        &write(LEXICON, text),
        expect![[r#"
        lexicons/place.yaml:1:5: anchors (`&name`) are not allowed; write the value out
        lexicons/place.yaml:2:5: anchors (`&name`) are not allowed; write the value out
        lexicons/place.yaml:2:10: aliases (`*name`) are not allowed; write the value out, or quote the text if it begins with an asterisk
        98 more
    "#]],
    );
}

#[test]
fn deep_nesting() {
    check(
        &write(LEXICON, "[".repeat(1_000_000)),
        expect![[r#"
        lexicons/place.yaml:1:256: this is not YAML: recursion limit exceeded; check indents, colons and quotation marks, and quote texts that begin with @, $, ', < or a bracket
        0 more
    "#]],
    );
    check(
        &write(LEXICON, "{a: ".repeat(400_000)),
        expect![[r#"
        lexicons/place.yaml:1:1021: this is not YAML: recursion limit exceeded; check indents, colons and quotation marks, and quote texts that begin with @, $, ', < or a bracket
        0 more
    "#]],
    );
    check(
        &write(LEXICON, "- ".repeat(500_000)),
        expect![[r#"
        lexicons/place.yaml:1:65: lists and mappings are nested deeper than 32; flatten them
        0 more
    "#]],
    );
    let stairs: String = (0..1400).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    check(
        &write(LEXICON, stairs),
        expect![[r#"
        lexicons/place.yaml:33:33: lists and mappings are nested deeper than 32; flatten them
        0 more
    "#]],
    );
    let phrase = format!("lexicon: place\nsource: x\nru: ['{}']\n", "(".repeat(900_000));
    check(
        &write(LEXICON, phrase),
        expect![[r#"
        lexicons/place.yaml:3:20: groups are nested too deeply; move the inner ones into a lexicon
        0 more
    "#]],
    );
    let not = Files::sound().edit(RULE, "count(visit) > 0", &"not ".repeat(400_000));
    check(
        &not,
        expect![[r#"
        rules/visit.sudden.yaml:25:279: `not` is not understood here; write names, numbers, comparisons, `in […]`, `and`, `or`, `not`, `count(…)`
        0 more
    "#]],
    );
    let brackets = Files::sound().edit(RULE, "count(visit) > 0", &"(".repeat(400_000));
    check(
        &brackets,
        expect![[r#"
        rules/visit.sudden.yaml:25:87: `(` is not understood here; write names, numbers, comparisons, `in […]`, `and`, `or`, `not`, `count(…)`
        0 more
    "#]],
    );
}

#[test]
fn a_huge_file() {
    check(
        &write(LEXICON, "x".repeat(50_000_000)),
        expect![[r#"
        lexicons/place.yaml:1:1: the file is larger than 2 MB; split it into several files
        rules/visit.sudden.yaml:11:37: there is no lexicon `place`; add lexicons/place.yaml
        0 more
    "#]],
    );
}

#[test]
fn a_lexicon_of_a_hundred_thousand_entries() {
    let known: String = (0..100_000).map(|n| format!("- склад {n}\n")).collect();
    check(
        &write(LEXICON, format!("lexicon: place\nsource: x\nru:\n{known}")),
        expect![[r#"

        0 more
    "#]],
    );
    let unknown: String = (0..100_000).map(|n| format!("- ъъ{n}ъ\n")).collect();
    check(
        &write(LEXICON, format!("lexicon: place\nsource: x\nru:\n{unknown}")),
        expect![[r#"
        lexicons/place.yaml:4:3: no dictionary has the word `ъъ0ъ`, nor one like it; correct it, put an exact form into '…', or add a stem under `words` of a lexicon
        lexicons/place.yaml:5:3: no dictionary has the word `ъъ1ъ`, nor one like it; correct it, put an exact form into '…', or add a stem under `words` of a lexicon
        lexicons/place.yaml:6:3: no dictionary has the word `ъъ2ъ`, nor one like it; correct it, put an exact form into '…', or add a stem under `words` of a lexicon
        98 more
    "#]],
    );
}

#[test]
fn a_mapping_of_a_hundred_thousand_keys() {
    let keys: String = (0..100_000).map(|n| format!("k{n}: 1\n")).collect();
    check(
        &write(LEXICON, keys),
        expect![[r#"
        lexicons/place.yaml:1:1: there is no key `k0` here; did you mean `ky`?
        lexicons/place.yaml:1:1: the key `lexicon` is missing; add it
        lexicons/place.yaml:1:1: the key `source` is missing; add it
        99 more
    "#]],
    );
    let one: String = "lexicon: place\n".repeat(100_000);
    check(
        &write(LEXICON, one),
        expect![[r#"
        lexicons/place.yaml:2:1: the key `lexicon` stands already on line 1; keep one of the two
        lexicons/place.yaml:3:1: the key `lexicon` stands already on line 1; keep one of the two
        lexicons/place.yaml:4:1: the key `lexicon` stands already on line 1; keep one of the two
        98 more
    "#]],
    );
}

#[test]
fn phrases_that_could_grow() {
    let groups = "(склад | магазин)? ".repeat(3000);
    check(
        &write(LEXICON, format!("lexicon: place\nsource: x\nru: [\"склад {groups}\"]\n")),
        expect![[r#"

        0 more
    "#]],
    );
}

#[test]
fn phrases_of_gaps() {
    let gaps = "..40 склад ".repeat(3000);
    check(
        &write(LEXICON, format!("lexicon: place\nsource: x\nru: [\"склад {gaps}\"]\n")),
        expect![[r#"

        0 more
    "#]],
    );
}

#[test]
fn lexicons_that_could_grow() {
    // Each lexicon names the one before twice.
    let mut files = Files::sound().edit(RULE, "@place", "@list-30");
    for n in 1..=30 {
        let inner = if n == 1 { "@place".to_owned() } else { format!("@list-{}", n - 1) };
        let text = format!("lexicon: list-{n}\nsource: x\nru: [\"{inner} {inner}\", \"{inner}\"]\n");
        files = files.write(&format!("lexicons/list-{n}.yaml"), text);
    }
    check(
        &files,
        expect![[r#"
        lexicons/list-10.yaml:3:15: the lexicon `list-9` names itself, or lexicons that name lexicons go deeper than six; break the circle, or write the words out
        lexicons/list-10.yaml:3:26: the lexicon `list-9` names itself, or lexicons that name lexicons go deeper than six; break the circle, or write the words out
        lexicons/list-11.yaml:3:7: the lexicon `list-10` names itself, or lexicons that name lexicons go deeper than six; break the circle, or write the words out
        73 more
    "#]],
    );
}

#[test]
fn links_that_lead_in_a_circle() {
    #[cfg(unix)]
    {
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("circle");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("rules")).unwrap();
        std::os::unix::fs::symlink(&folder, folder.join("rules/again")).unwrap();
        let errors = kalys_packs::load(&[kalys_packs::PackSource::Folder(folder)]).unwrap_err();
        let codes: Vec<&str> = errors.iter().map(|it| it.code()).collect();
        assert_eq!(codes, ["missing-file"]);
    }
}

const PIECES: &[&str] = &[
    "rule: ",
    "tests:",
    "- bad: ",
    "- ok: ",
    "[[",
    "]]",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "|",
    ">",
    "'",
    "\"",
    "$",
    "@",
    "<",
    "..3",
    "?",
    ": ",
    "\n",
    "\n  ",
    "- ",
    "&a",
    "*a",
    "!",
    "<<",
    "#",
    "---\n",
    "...",
    "\\u041f",
    "\\",
    "{visit}",
    "$visit:",
    "@place",
    "<num>",
    "[nom",
    "внезапный",
    "посещение",
    "ү",
    "\u{feff}",
    "\u{0}",
    "\u{85}",
    "\u{2028}",
    "\t",
    "\r",
    "count(visit)",
    "not ",
    " in ",
    "1e999",
    "no",
    "~",
    "null",
    "999999999999999999999",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|it| it.concat())
}

/// Loads, and runs the tests when there is anything to run.
fn survive(files: &Files) {
    files.load(|loaded, _| {
        if let Ok(loaded) = loaded {
            run_tests(&loaded, |_| true);
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if std::env::var_os("RUN_SLOW_TESTS").is_some() { 20_000 } else { 200 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_is_answered(text in any::<String>(), pieces in pieces(), at in 0..4usize) {
        let path = ["pack.yaml", "factors.yaml", LEXICON, RULE][at];
        survive(&write(path, text));
        survive(&write(path, pieces));
    }

    #[test]
    fn any_mutation_is_answered(at in 0..4usize, from in any::<prop::sample::Index>(), len in 0..40usize, pieces in pieces()) {
        let path = ["pack.yaml", "factors.yaml", LEXICON, RULE][at];
        let text: Vec<char> = Files::sound().text(path).chars().collect();
        let from = from.index(text.len());
        let to = (from + len).min(text.len());
        let before = text[..from].iter().collect::<String>();
        let after = text[to..].iter().collect::<String>();
        survive(&write(path, format!("{before}{pieces}{after}")));
        survive(&write(path, format!("{before}{after}")));
    }

    #[test]
    fn any_place_of_a_phrase_is_in_its_file(pieces in pieces()) {
        let files = Files::sound().edit(RULE, "внезапный посещение", &pieces);
        let lines = files.text(RULE).split(['\n', '\r', '\u{85}', '\u{2028}']).count() as u32;
        files.load(|loaded, _| {
            for error in loaded.err().unwrap_or_default() {
                assert!(error.line >= 1 && error.column >= 1, "{error}");
                if error.file.ends_with("visit.sudden.yaml") {
                    assert!(error.line <= lines + 1, "{error}");
                }
            }
        });
    }
}
