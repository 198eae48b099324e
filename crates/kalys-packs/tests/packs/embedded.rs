//! The packs inside the program have no error and pass their own tests.

use kalys_packs::{Loaded, PackSource, load, run_tests};

use crate::common::{failure, sentence};

#[test]
fn the_embedded_packs_load() {
    let loaded = embedded();
    assert!(!loaded.packs.is_empty());
    assert!(!loaded.ruleset.catalog().rules.is_empty());
}

#[test]
fn the_embedded_packs_pass_their_tests() {
    let report = run_tests(&embedded(), |_| true);
    let errors: Vec<String> = report.errors.iter().map(sentence).collect();
    assert!(errors.is_empty(), "{} errors in tests\n{}", errors.len(), errors.join("\n"));
    let failures: Vec<String> = report.failures.iter().map(failure).collect();
    assert!(failures.is_empty(), "{} tests failed\n{}", failures.len(), failures.join("\n"));
    assert!(report.rules > 0 && report.passed > 0 && report.guards > 0);
}

fn embedded() -> Loaded {
    load(&[PackSource::Embedded]).unwrap_or_else(|errors| {
        let errors: Vec<String> = errors.iter().map(sentence).collect();
        panic!("{} errors\n{}", errors.len(), errors.join("\n"));
    })
}
