//! Tracked changes, from Word's file to findings: words that go out are silent, words that come in are judged in the
//! sentence that they come into.

use kalys_engine::{Ruleset, lint};
use kalys_formats::{Format, read};
use kalys_packs::PackSource;
use kalys_tests::root;

use crate::spoiled::with_parts;

const GROUND: &str = "<w:t xml:space=\"preserve\">имеются иные причины, по которым предоставление</w:t>";

/// The findings of the draft on subsidies with its open ground for refusal written in another way: what rule finds what.
fn findings(rules: &Ruleset, run: &str) -> Vec<String> {
    let bytes =
        std::fs::read(root().join("corpus/ru-drip-irrigation-resolution.docx")).expect("the act is there");
    let mut n_changed = 0;
    let bytes = with_parts(&bytes, |part| {
        let text = String::from_utf8(std::mem::take(part)).expect("Word writes UTF-8");
        let whole = format!("<w:r>{GROUND}</w:r>");
        n_changed += text.matches(&whole).count();
        *part = text.replace(&whole, run).into_bytes();
    });
    assert_eq!(n_changed, 1, "the ground stands once in the act");
    let act = kalys_structure::build(read(&bytes, Format::Docx).expect("the act is read"));
    let findings = lint(&act, rules);
    findings.iter().map(|it| format!("{:?} {}", it.rule, act.quote(it.span))).collect()
}

#[test]
fn words_that_go_out_are_silent_and_words_that_come_in_are_judged() {
    let rules = kalys_packs::load(&[PackSource::Embedded]).expect("the pack is sound").ruleset;
    let plain = findings(&rules, &format!("<w:r>{GROUND}</w:r>"));
    let n_of = |found: &[String]| found.iter().filter(|it| it.contains("иные причины")).count();
    assert!(n_of(&plain) > 0, "the ground is found: {plain:?}");

    let gone = findings(
        &rules,
        &format!("<w:del w:id=\"1\"><w:r>{}</w:r></w:del>", GROUND.replace("w:t", "w:delText")),
    );
    let left: Vec<String> = plain.iter().filter(|it| !it.contains("иные причины")).cloned().collect();
    assert_eq!(gone, left);

    let come = findings(&rules, &format!("<w:ins w:id=\"1\"><w:r>{GROUND}</w:r></w:ins>"));
    assert_eq!(come, plain);

    // A word of which the middle is changed, and a word that goes out before it.
    let changed = "<w:r><w:t>имеются </w:t></w:r><w:del><w:r><w:delText>две тр</w:delText></w:r></w:del>\
                   <w:ins><w:r><w:t>и</w:t></w:r></w:ins><w:r><w:t>н</w:t></w:r>\
                   <w:del><w:r><w:delText>ет</w:delText></w:r></w:del><w:r><w:t>ы</w:t></w:r>\
                   <w:ins><w:r><w:t>е</w:t></w:r></w:ins><w:r><w:t xml:space=\"preserve\"> причины, по которым \
                   предоставление</w:t></w:r>";
    assert_eq!(findings(&rules, changed), plain);
}
