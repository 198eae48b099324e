//! How fast a real act is read, built, cut into words and linted: `cargo bench`.
//!
//! The act is the largest text of a megabyte or more under `KALYS_SHARED/acts` (default `../shared/acts`); without it, the
//! drafts of `corpus/` repeated up to that size, which flatters, and the output says so. Each figure is the median of
//! several runs in this process; nothing is asserted.

#![allow(clippy::print_stdout, reason = "the figures are what the benchmark is for")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs};

use kalys_formats::Format;
use kalys_model::{Alphabet, Lang};
use kalys_packs::PackSource;
use rustc_hash::FxHashSet;

const RUNS: usize = 15;
const LEAST: usize = 1_000_000;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (name, bytes) = real_act(&root).unwrap_or_else(|| drafts(&root));
    let loaded =
        kalys_packs::load(&[PackSource::Embedded]).expect("the embedded packs load, their tests hold this");
    let rules = &loaded.ruleset;
    let source = kalys_formats::read(&bytes, Format::Txt).expect("the text is UTF-8");
    let act = kalys_structure::build(source.clone());
    let findings = kalys_engine::lint(&act, rules).len();
    println!("{name}: {} bytes, {} units, {findings} findings of all levels", bytes.len(), act.units.len());

    let report = |what: &str, run: &mut dyn FnMut()| {
        let mut seconds: Vec<f64> = (0..RUNS)
            .map(|_| {
                let start = Instant::now();
                run();
                start.elapsed().as_secs_f64()
            })
            .collect();
        seconds.sort_by(f64::total_cmp);
        let median = seconds[RUNS / 2];
        println!("{what:10} {:8.1} MB/s  {:8.2} ms", bytes.len() as f64 / 1e6 / median, median * 1e3);
    };
    report("reading", &mut || {
        black_box(kalys_formats::read(&bytes, Format::Txt).is_ok());
    });
    let mut sources: Vec<_> = (0..RUNS).map(|_| source.clone()).collect();
    report("structure", &mut || {
        let source = sources.pop().expect("one for each run");
        black_box(kalys_structure::build(source).units.len());
    });
    report("words", &mut || {
        black_box(words(rules.morphology(), &act.text, act.lang));
    });
    report("linting", &mut || {
        black_box(kalys_engine::lint(&act, rules).len());
    });
    let mut memo = kalys_engine::Memo::default();
    kalys_engine::lint_with(&act, rules, &mut memo);
    report("again", &mut || {
        black_box(kalys_engine::lint_with(&act, rules, &mut memo).len());
    });
    report("loading", &mut || {
        black_box(kalys_packs::load(&[PackSource::Embedded]).is_ok());
    });
    println!(
        "again: linting with every word known; loading: the embedded packs, whatever the act (only the time counts)"
    );
}

/// Each distinct word folded and analysed once; the number of readings.
fn words(morphology: &kalys_morph::Morphology, text: &str, lang: Lang) -> usize {
    let mut seen = FxHashSet::default();
    let (mut folded, mut readings) = (String::new(), Vec::new());
    let mut n = 0;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|it| !it.is_empty()) {
        if seen.insert(word) {
            folded.clear();
            readings.clear();
            kalys_morph::fold(lang, Alphabet::Standard, word, &mut folded);
            morphology.analyze(lang, &folded, &mut readings);
            n += readings.len();
        }
    }
    n
}

fn real_act(root: &Path) -> Option<(String, Vec<u8>)> {
    let shared = env::var_os("KALYS_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let files = fs::read_dir(shared.join("acts/ru_kg/codes_txt")).ok()?;
    let largest = files
        .filter_map(|it| it.ok().map(|it| it.path()))
        .filter(|it| it.extension().is_some_and(|it| it == "txt"))
        .max_by_key(|it| fs::metadata(it).map_or(0, |it| it.len()))?;
    let bytes = fs::read(&largest).ok()?;
    let name = largest.file_name()?.to_string_lossy().into_owned();
    (bytes.len() >= LEAST && std::str::from_utf8(&bytes).is_ok()).then_some((name, bytes))
}

fn drafts(root: &Path) -> (String, Vec<u8>) {
    let mut files: Vec<PathBuf> = fs::read_dir(root.join("corpus"))
        .expect("the corpus belongs to the project")
        .filter_map(|it| it.ok().map(|it| it.path()))
        .filter(|it| it.extension().is_some_and(|it| it == "txt"))
        .collect();
    files.sort();
    let once: Vec<u8> = files.iter().flat_map(|it| fs::read(it).unwrap_or_default()).collect();
    let times = LEAST / once.len().max(1) + 1;
    (format!("corpus/*.txt {times} times (the same words again and again: too kind)"), once.repeat(times))
}
