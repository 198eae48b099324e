//! Tidiness: what the engine must not hold, what must be complete, what must not slip into the project.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use kalys_model::Lang;
use kalys_report::Phrases;
use kalys_tests::root;

/// Files below a folder with this ending, sorted.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in
            std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        {
            let path = entry.expect("a folder can be listed").path();
            let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
            if path.is_dir() && name != "target" && !name.starts_with('.') {
                folders.push(path);
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// A piece of Rust source.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Literal(&'a str),
    Comment,
    Code(&'a str),
}

/// Splits Rust source into string literals, comments and the rest. Character literals belong to the rest.
fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let bytes = source.as_bytes();
    let (mut at, mut from) = (0, 0);
    while at < bytes.len() {
        let rest = &source[at..];
        let raw = rest.strip_prefix('r').map(|it| it.len() - it.trim_start_matches('#').len());
        let starts_word = at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
        let (skip, end) = if rest.starts_with("//") {
            (0, rest.find('\n').unwrap_or(rest.len()))
        } else if rest.starts_with("/*") {
            (0, rest.find("*/").map_or(rest.len(), |it| it + 2))
        } else if let Some(hashes) = raw.filter(|it| starts_word && rest[1 + it..].starts_with('"')) {
            let close = format!("\"{}", "#".repeat(hashes));
            let body = 2 + hashes;
            (body, rest[body..].find(&close).map_or(rest.len(), |it| body + it + close.len()))
        } else if rest.starts_with('"') {
            let mut end = 1;
            while end < rest.len() && rest.as_bytes()[end] != b'"' {
                end += if rest.as_bytes()[end] == b'\\' { 2 } else { 1 };
            }
            (1, (end + 1).min(rest.len()))
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            at += rest[1..].find('\'').map_or(1, |it| it + 2);
            continue;
        } else {
            at += 1;
            while !source.is_char_boundary(at) {
                at += 1;
            }
            continue;
        };
        out.push(Piece::Code(&source[from..at]));
        out.push(if skip == 0 { Piece::Comment } else { Piece::Literal(&rest[skip..end]) });
        at += end;
        from = at;
    }
    out.push(Piece::Code(&source[from..]));
    out
}

/// Source without the tests at its end.
fn without_tests(source: &str) -> &str {
    source.split("#[cfg(test)]\nmod tests").next().unwrap_or(source)
}

fn is_test(path: &Path) -> bool {
    path.components().any(|it| it.as_os_str() == "tests") || path.ends_with("tests.rs")
}

#[test]
fn pieces_are_told_apart() {
    let source = "let a = \"б\\\"в\"; // \"г\"\nlet r = r#\"д\"е\"#; let c = '\"'; let s = \"ж\";";
    let literals: Vec<&str> = pieces(source)
        .into_iter()
        .filter_map(|it| if let Piece::Literal(it) = it { Some(it) } else { None })
        .collect();
    assert_eq!(literals, ["б\\\"в\"", "д\"е\"#", "ж\""]);
}

#[test]
fn engine_and_model_hold_no_words_of_a_language() {
    let mut found = Vec::new();
    for folder in ["crates/kalys-engine/src", "crates/kalys-model/src"] {
        for path in files(&root().join(folder), ".rs").into_iter().filter(|it| !is_test(it)) {
            for piece in pieces(without_tests(&read(&path))) {
                if let Piece::Literal(text) = piece
                    && text.chars().any(|c| !c.is_ascii() && c.is_alphabetic())
                {
                    found.push(format!("{}: \"{text}", relative(&path)));
                }
            }
        }
    }
    assert_eq!(found, Vec::<String>::new(), "words belong into rules/");
}

#[test]
fn every_fact_is_used_by_a_rule() {
    let rules: Vec<String> = files(&root().join("rules"), ".yaml").iter().map(|it| read(it)).collect();
    for (fact, properties) in kalys_engine::FACTS {
        let keys = [format!("fact: {fact}"), format!("each: {fact}"), format!("\n{fact}:")];
        let users: Vec<&String> = rules.iter().filter(|it| keys.iter().any(|key| it.contains(key))).collect();
        assert!(!users.is_empty(), "no rule filters the fact `{fact}`");
        let used =
            properties.is_empty() || properties.iter().any(|it| users.iter().any(|rule| rule.contains(it)));
        assert!(used, "no rule asks for a property of the fact `{fact}`");
    }
}

#[test]
fn every_error_has_its_phrase() {
    let packs = kalys_packs::PackErrorKind::ALL.iter().map(|it| format!("pack.{}", it.code()));
    let reading = kalys_formats::ReadError::CODES.iter().map(|it| format!("read.{it}"));
    let config = kalys_project::ConfigError::CODES.iter().map(|it| format!("config.{it}"));
    let tests = kalys_packs::TestOutcome::CODES.iter().map(|it| format!("pack.{it}"));
    let missing: Vec<String> = packs
        .chain(reading)
        .chain(config)
        .chain(tests)
        .filter(|it| !Phrases::new(Lang::En).has(it))
        .collect();
    assert_eq!(missing, Vec::<String>::new(), "phrases that are not there");
}

#[test]
fn a_phrase_of_an_error_asks_for_nothing_that_nobody_gives() {
    for kind in kalys_packs::PackErrorKind::ALL {
        let key = format!("pack.{}", kind.code());
        for (lang, key) in
            Lang::KNOWN.into_iter().flat_map(|it| [(it, key.clone()), (it, format!("{key}-nearest"))])
        {
            let text = Phrases::new(lang).find(&key).unwrap_or_default();
            for name in text.split('{').skip(1).filter_map(|it| it.split(['}', '|']).next()) {
                assert!(kind.names().contains(&name), "`{key}` in {lang:?} asks for {{{name}}}");
            }
        }
    }
}

/// Keys that the program names in its code; those that it puts together are covered by the tests of kalys-report.
#[test]
fn every_phrase_that_the_program_asks_for_is_there() {
    let sets: BTreeSet<&str> =
        ["error", "stream", "test", "config", "count", "usage", "help", "summary", "progress", "read"].into();
    let mut asked = BTreeSet::new();
    for folder in ["crates/kalys/src", "crates/kalys-report/src"] {
        for path in files(&root().join(folder), ".rs").into_iter().filter(|it| !is_test(it)) {
            for piece in pieces(without_tests(&read(&path))) {
                let Piece::Literal(text) = piece else { continue };
                let key = text.trim_end_matches('"');
                let is_key = key.split_once('.').is_some_and(|(set, rest)| {
                    sets.contains(set)
                        && !rest.is_empty()
                        && rest.bytes().all(|it| it.is_ascii_lowercase() || b"._-".contains(&it))
                });
                if is_key {
                    asked.insert(key.to_owned());
                }
            }
        }
    }
    assert!(asked.len() > 40, "the keys are not found any more: {asked:?}");
    let missing: Vec<&String> = asked.iter().filter(|it| !Phrases::new(Lang::En).has(it)).collect();
    assert_eq!(missing, Vec::<&String>::new(), "phrases that are not there");
}

#[test]
fn licences_are_there() {
    let starts = |file: &str, words: &str| {
        let text = read(&root().join(file));
        assert!(text.contains(words), "{file} does not say «{words}»");
    };
    starts("LICENSE-MIT", "Permission is hereby granted");
    starts("LICENSE-APACHE", "Apache License");
    starts("crates/kalys-dict-ru/LICENSE", "CC BY-SA 3.0");
    starts("crates/kalys-dict-ru/NOTICE", "OpenCorpora");
    for pack in files(&root().join("rules"), "pack.yaml") {
        assert!(read(&pack).contains("licence: \"Apache-2.0 OR MIT\""), "{}", relative(&pack));
    }
}

#[test]
fn modules_open_with_what_they_are_for() {
    let mut bare = Vec::new();
    for path in files(&root().join("crates"), ".rs") {
        let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
        let in_source = path.components().any(|it| it.as_os_str() == "src") && !is_test(&path);
        // Types of the model are documented one by one, and are reached through the crate's root.
        if in_source && ["lib.rs", "main.rs"].contains(&name) && !read(&path).starts_with("//!") {
            bare.push(relative(&path));
        }
    }
    assert_eq!(bare, Vec::<String>::new());
}

#[test]
fn nothing_of_a_machine_is_in_the_project() {
    // Put together, lest this file finds itself.
    let traces =
        [["/ro", "ot/"].concat(), ["/ho", "me/"].concat(), ["/wo", "rk/"].concat(), ["/Us", "ers/"].concat()];
    let endings = [".rs", ".toml", ".md", ".yaml", ".tsv", ".txt", ".trycmd", ".findings"];
    for path in endings.iter().flat_map(|it| files(root(), it)) {
        // An act in another encoding is no place for paths.
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for trace in &traces {
            assert!(!text.contains(trace.as_str()), "{} has `{trace}`", relative(&path));
        }
    }
}
