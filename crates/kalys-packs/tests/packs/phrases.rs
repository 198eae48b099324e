//! Every error has a sentence in every language of the program, with placeholders that the error fills.

use std::collections::BTreeSet;

use kalys_model::{Evidence, Lang, Severity};
use kalys_packs::{PackErrorKind, TestOutcome};
use kalys_report::Phrases;

#[test]
fn every_error_says_what_is_wrong_and_what_to_do() {
    for kind in PackErrorKind::ALL {
        let guesses = kind.names().contains(&"nearest");
        let codes = [Some(kind.code()), guesses.then(|| kind.code_nearest())];
        for (code, lang) in codes.into_iter().flatten().flat_map(|it| Lang::KNOWN.map(|lang| (it, lang))) {
            let key = format!("pack.{code}");
            let phrases = Phrases::new(lang);
            assert!(phrases.has(&key), "no phrase `{key}` in {lang:?}");
            let text = phrases.text(&key);
            let named = placeholders(text);
            let known: BTreeSet<&str> = kind.names().iter().copied().collect();
            assert!(named.is_subset(&known), "`{key}` in {lang:?} names {named:?}, the error has {known:?}");
            // A sentence has two halves: the defect, and what its author can do.
            assert!(text.contains(['.', ';', ',']), "`{key}` in {lang:?} has one half only: {text}");
        }
    }
}

#[test]
fn every_outcome_of_a_test_has_a_sentence() {
    let outcomes = [
        TestOutcome::Missing,
        TestOutcome::Noisy,
        TestOutcome::GuardIdle(String::new()),
        TestOutcome::TodoPasses,
        TestOutcome::Level(Evidence::Risk),
        TestOutcome::Severity(Severity::High),
        TestOutcome::Related(Vec::new()),
    ];
    for outcome in outcomes {
        for lang in Lang::KNOWN {
            let key = format!("pack.{}", outcome.code());
            assert!(Phrases::new(lang).has(&key), "no phrase `{key}` in {lang:?}");
        }
    }
}

#[test]
fn no_sentence_belongs_to_an_error_that_does_not_exist() {
    let mut codes: BTreeSet<&str> = PackErrorKind::ALL.iter().map(|it| it.code()).collect();
    assert_eq!(codes.len(), PackErrorKind::ALL.len(), "two errors share a code");
    let guessing = PackErrorKind::ALL.iter().filter(|it| it.names().contains(&"nearest"));
    codes.extend(guessing.map(|it| it.code_nearest()));
    let source = include_str!("../../../kalys-report/phrases/en.packs.txt");
    for line in source.lines() {
        let Some(key) = line.strip_prefix("pack.").and_then(|it| it.split_once(" = ")).map(|it| it.0) else {
            continue;
        };
        assert!(codes.contains(key) || key.starts_with("test-"), "nothing says `pack.{key}`");
    }
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|it| it.split(['}', '|']).next()).collect()
}
