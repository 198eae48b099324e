//! The findings of the corpus: one file beside each act, one line a finding, each with a verdict that a person gave.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use kalys_formats::Format;
use kalys_model::Act;
use kalys_tests::{difference, document, items, program, root, text, updating};
use serde_json::Value;

const VERDICTS: [&str; 3] = ["right", "arguable", "wrong"];

/// Stands where a verdict is missing.
const OPEN: &str = "?";

/// Acts of the corpus, checked, in the order of their names.
fn acts() -> Vec<Value> {
    let output = program(crate::PROGRAM)
        .args(["check", "corpus", "--isolated", "--format", "json"])
        .output()
        .expect("the program starts");
    let document = document(&output);
    assert!(items(&document["failures"]).is_empty(), "not read: {}", document["failures"]);
    items(&document["acts"]).to_vec()
}

/// `art. 5, par. 2 | documents.open-list | risk | words`
fn line(finding: &Value) -> String {
    // A bar in the words of an act would be taken for a column.
    let words = text(finding, "words").replace('|', "¦");
    format!(
        "{} | {} | {} | {words}",
        text(&finding["address"], "en"),
        text(finding, "rule"),
        text(finding, "level"),
    )
}

fn snapshot(act: &Value) -> PathBuf {
    root().join(format!("{}.findings", text(act, "path")))
}

/// Lines of a snapshot: what was found, and the verdicts on it in their order.
fn read(path: &Path) -> Vec<(String, String)> {
    let Ok(text) = std::fs::read_to_string(path) else { return Vec::new() };
    text.lines()
        .filter(|it| !it.is_empty() && !it.starts_with('#'))
        .map(|line| {
            let (found, verdict) = line.rsplit_once(" | ").unwrap_or((line, OPEN));
            (found.to_owned(), verdict.to_owned())
        })
        .collect()
}

#[test]
fn findings_are_as_they_were_judged() {
    let mut report = String::new();
    for act in acts() {
        let path = snapshot(&act);
        let name = text(&act, "path");
        let old = read(&path);
        let mut verdicts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (found, verdict) in old.iter().rev() {
            verdicts.entry(found).or_default().push(verdict);
        }
        let mut new = String::new();
        for finding in items(&act["findings"]) {
            let found = line(finding);
            let verdict = verdicts.get_mut(found.as_str()).and_then(Vec::pop).unwrap_or(OPEN);
            let _ = writeln!(new, "{found} | {verdict}");
        }
        let written: String = old.iter().map(|(found, verdict)| format!("{found} | {verdict}\n")).collect();
        if updating() {
            let head = "# place | rule | level | words | verdict: right, arguable, wrong\n";
            std::fs::write(&path, format!("{head}{new}")).expect("a snapshot can be written");
        } else if written != new {
            let _ = write!(report, "{name}:\n{}", difference(&written, &new));
        } else if !path.exists() {
            let _ = writeln!(report, "{name}: there is no {}", path.display());
        }
        for line in new.lines() {
            let verdict = line.rsplit_once(" | ").map_or("", |it| it.1);
            if !VERDICTS.contains(&verdict) {
                let _ = writeln!(report, "{name}: no verdict (right, arguable, wrong): {line}");
            }
        }
    }
    assert!(
        report.is_empty(),
        "the findings of the corpus changed; UPDATE=1 rewrites the files and keeps the verdicts of lines that stay, \
         then read the new lines and judge them\n{report}"
    );
}

#[test]
fn no_snapshot_is_left_without_its_act() {
    for entry in std::fs::read_dir(root().join("corpus")).expect("the corpus is there") {
        let path = entry.expect("the corpus can be listed").path();
        if path.extension().is_some_and(|it| it == "findings") {
            assert!(path.with_extension("").is_file(), "{} belongs to no act", path.display());
        }
    }
}

/// The text of an act with only its letters and digits, and the byte of the text that each comes from.
struct Letters {
    letters: Vec<char>,
    bytes: Vec<u32>,
}

impl Letters {
    fn of(act: &Act) -> Letters {
        let mut it = Letters { letters: Vec::new(), bytes: Vec::new() };
        for (at, c) in act.text.char_indices().filter(|it| it.1.is_alphanumeric()) {
            for c in act.alphabet.letter(c).to_lowercase() {
                it.letters.push(c);
                it.bytes.push(at as u32);
            }
        }
        it
    }

    /// Byte ranges at which words stand as a person reads them: broken and spaced-out words are whole.
    fn find(&self, words: &str) -> Vec<(u32, u32)> {
        let words: Vec<char> =
            words.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let places = self.letters.windows(words.len().max(1)).enumerate().filter(|it| it.1 == words);
        places.map(|(at, _)| (self.bytes[at], self.bytes[at + words.len() - 1] + 1)).collect()
    }
}

fn read_act(name: &str) -> Act {
    let path = root().join("corpus").join(name);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let format = Format::detect(&bytes, Some(name)).expect("an act of the corpus is of a known format");
    kalys_structure::build(kalys_formats::read(&bytes, format).expect("an act of the corpus can be read"))
}

/// How many of the defects that were put in on purpose are found, and which are not. `UPDATE=1` rewrites the list.
#[test]
fn planted_defects() {
    let acts = acts();
    let rows = std::fs::read_to_string(root().join("corpus/planted.tsv")).expect("planted.tsv is there");
    let mut texts: BTreeMap<String, (Act, Letters)> = BTreeMap::new();
    let (mut total, mut found) = (BTreeMap::<&str, usize>::new(), BTreeMap::<&str, usize>::new());
    let mut missing = String::new();
    for row in rows.lines().skip(1).filter(|it| !it.is_empty()) {
        let [file, factor, words] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("three columns: {row}")
        };
        let (act_text, letters) = texts.entry(file.to_owned()).or_insert_with(|| {
            let act = read_act(file);
            let letters = Letters::of(&act);
            (act, letters)
        });
        let places = letters.find(words);
        assert!(!places.is_empty(), "{file}: the planted words do not stand in it: {words}");
        let act = acts.iter().find(|it| text(it, "path") == format!("corpus/{file}"));
        let act = act.unwrap_or_else(|| panic!("{file} was not checked"));
        let hit = items(&act["findings"]).iter().any(|it| {
            let byte = |key: &str| {
                let points = it[key].as_u64().expect("an offset") as usize;
                act_text.text.char_indices().nth(points).map_or(act_text.text.len(), |it| it.0) as u32
            };
            let (start, end) = (byte("start"), byte("end"));
            text(it, "factor") == factor && places.iter().any(|place| place.0 < end && start < place.1)
        });
        let lang = &file[..2];
        *total.entry(lang).or_default() += 1;
        *found.entry(lang).or_default() += usize::from(hit);
        if !hit {
            let _ = writeln!(missing, "{file}\t{factor}\t{words}");
        }
    }
    let mut summary = String::from(
        "# Planted defects that are found, by the language of the act; then those that are not.\n",
    );
    for (lang, total) in &total {
        let _ = writeln!(summary, "{lang}: {} of {total}", found[lang]);
    }
    let _ =
        writeln!(summary, "all: {} of {}\n", found.values().sum::<usize>(), total.values().sum::<usize>());
    summary += &missing;
    let path = root().join("tests/project/planted.txt");
    let page = root().join("docs/figures.md");
    let figures = std::fs::read_to_string(&page).expect("docs/figures.md is there");
    let mut current = figures.clone();
    for (lang, name) in [("ru", "Russian"), ("ky", "Kyrgyz"), ("en", "English")] {
        let row = format!("| {name} | {} | {} |", total[lang], found[lang]);
        let begin = format!("| {name} | {} | ", total[lang]);
        let old = figures.lines().find(|it| it.starts_with(&begin));
        current = current.replace(old.expect("docs/figures.md has a row for the language"), &row);
    }
    if updating() {
        std::fs::write(&path, &summary).expect("a snapshot can be written");
        std::fs::write(&page, &current).expect("a page can be written");
    }
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(old == summary, "UPDATE=1 rewrites tests/project/planted.txt\n{}", difference(&old, &summary));
    let published = if updating() { &current } else { &figures };
    assert!(*published == current, "UPDATE=1 rewrites docs/figures.md\n{}", difference(&figures, &current));
}
