//! The documents say what the program does.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use kalys_tests::{document, program, root};
use serde_json::Value;

fn page(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// `--long` options in a text.
fn options(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for piece in text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')) {
        if let Some(name) =
            piece.strip_prefix("--").filter(|it| it.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            found.insert(name.to_owned());
        }
    }
    found
}

fn help(command: &[&str]) -> String {
    let output = program(crate::PROGRAM).args(command).arg("--help").output().expect("the program starts");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("help is UTF-8")
}

#[test]
fn the_guide_knows_every_option_of_check() {
    let guide = page("docs/user-guide.md");
    let offered: BTreeSet<String> =
        options(&help(&["check"])).into_iter().filter(|it| it != "help").collect();
    let described = options(&guide);
    let missing: Vec<&String> = offered.difference(&described).collect();
    assert!(missing.is_empty(), "not in docs/user-guide.md: {missing:?}");
}

#[test]
fn the_guide_promises_no_option_that_is_not_there() {
    let commands: [&[&str]; 8] = [
        &[],
        &["check"],
        &["outline"],
        &["stream"],
        &["explain"],
        &["rules", "list"],
        &["rules", "test"],
        &["config", "show"],
    ];
    let offered: BTreeSet<String> = commands.iter().flat_map(|it| options(&help(it))).collect();
    for document in ["docs/user-guide.md", "docs/json.md", "docs/rule-language.md"] {
        let kalys_only: String =
            page(document).lines().filter(|it| !it.contains("cargo ")).collect::<Vec<_>>().join("\n");
        let extra: Vec<String> = options(&kalys_only).difference(&offered).cloned().collect();
        assert!(extra.is_empty(), "{document} names options that no command has: {extra:?}");
    }
}

/// Keys of a JSON value and of everything in it; the values of `units` are kinds and not keys.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                found.insert(key.clone());
                if key != "units" || value.is_array() {
                    keys(value, found);
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|it| keys(it, found)),
        _ => {}
    }
}

#[test]
fn every_key_of_the_json_is_described() {
    let page = page("docs/json.md");
    let run = |args: &[&str]| program(crate::PROGRAM).args(args).output().expect("the program starts");
    let mut found = BTreeSet::new();
    let output = run(&["check", "corpus", "no-such-file", "--isolated", "--format", "json"]);
    keys(&document(&output), &mut found);
    let output = run(&["stream", "tests/cmd/stream.stdin", "--isolated"]);
    for line in String::from_utf8(output.stdout).expect("JSON is UTF-8").lines() {
        let mut record: Value = serde_json::from_str(line).expect("a line is a JSON object");
        // A key of the record, carried over unread.
        record.as_object_mut().expect("a line is a JSON object").remove("from");
        keys(&record, &mut found);
    }
    assert!(found.len() > 40, "{found:?}");
    let missing: Vec<&String> = found.iter().filter(|it| !page.contains(&format!("`{it}`"))).collect();
    assert_eq!(missing, Vec::<&String>::new(), "not in docs/json.md");
}

/// Links from one page to another lead somewhere.
#[test]
fn links_lead_somewhere() {
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/user-guide.md", "docs/json.md"]
    {
        let folder = root().join(document).parent().map(Path::to_owned).unwrap_or_default();
        for target in page(document).split("](").skip(1).filter_map(|it| it.split(')').next()) {
            let file = target.split('#').next().unwrap_or_default();
            if file.is_empty() || file.starts_with("http") {
                continue;
            }
            assert!(folder.join(file).exists(), "{document}: no {target}");
        }
    }
}

/// The exit code that README and guide promise for the corpus.
#[test]
fn the_corpus_has_findings_and_exit_code_1() {
    let mut command: Command = program(crate::PROGRAM);
    let output = command.args(["check", "corpus"]).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!output.stdout.is_empty());
}
