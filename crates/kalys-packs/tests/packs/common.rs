//! The one place that knows how packs are loaded and shown.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use kalys_model::Lang;
use kalys_packs::{Loaded, PackError, PackErrorKind, PackSource, TestFailure, load};
use kalys_report::Phrases;

/// An error as the program prints it.
pub(crate) fn sentence(error: &PackError) -> String {
    let values: Vec<(&str, &str)> = error.args().collect();
    let args: Vec<(&str, &dyn Display)> =
        values.iter().map(|(name, value)| (*name, value as &dyn Display)).collect();
    let text = Phrases::new(Lang::En).fill(&format!("pack.{}", error.code()), &args);
    format!("{}:{}:{}: {text}", error.file, error.line, error.column)
}

/// A failed test: place, outcome, the text with its marks, what was found.
pub(crate) fn failure(failure: &TestFailure) -> String {
    let mut text = failure.text.clone();
    for mark in failure.marks.iter().rev() {
        text.insert_str(mark.range().end, "]]");
        text.insert_str(mark.range().start, "[[");
    }
    let found: Vec<&str> = failure.found.iter().map(|it| &failure.text[it.range()]).collect();
    format!("{}:{}: {:?}\n    {text}\n    found {found:?}", failure.file, failure.line, failure.outcome)
}

/// The files of a pack: a sound one in Russian with one rule and one lexicon, to be spoilt by a test.
#[derive(Clone)]
pub(crate) struct Files(BTreeMap<String, Vec<u8>>);

/// The rule of that pack.
pub(crate) const RULE: &str = "rules/visit.sudden.yaml";
/// Its lexicon.
pub(crate) const LEXICON: &str = "lexicons/place.yaml";

impl Files {
    pub(crate) fn sound() -> Files {
        let files = [
            ("pack.yaml", include_str!("sound/pack.yaml")),
            ("factors.yaml", include_str!("sound/factors.yaml")),
            ("lexicons/condition.yaml", include_str!("sound/lexicons/condition.yaml")),
            (LEXICON, include_str!("sound/lexicons/place.yaml")),
            (RULE, include_str!("sound/rules/visit.sudden.yaml")),
        ];
        Files(files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect())
    }

    /// Replaces words of a file, which must be there.
    pub(crate) fn edit(mut self, path: &str, from: &str, to: &str) -> Files {
        let text = self.text(path);
        assert!(text.contains(from), "{path} has no {from:?}");
        let text = text.replacen(from, to, 1);
        self.0.insert(path.to_owned(), text.into_bytes());
        self
    }

    /// Adds a file, or writes it anew.
    pub(crate) fn write(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Files {
        self.0.insert(path.to_owned(), bytes.into());
        self
    }

    pub(crate) fn remove(mut self, path: &str) -> Files {
        assert!(self.0.remove(path).is_some(), "there is no {path}");
        self
    }

    pub(crate) fn text(&self, path: &str) -> String {
        String::from_utf8(self.0[path].clone()).expect("the files of the sound pack are UTF-8")
    }

    /// Loads them from a folder of their own, and gives what `f` makes of the outcome and of the folder's name.
    pub(crate) fn load<T>(&self, f: impl FnOnce(Result<Loaded, Vec<PackError>>, &str) -> T) -> T {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let id = (std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("pack-{}-{}", id.0, id.1));
        for (path, bytes) in &self.0 {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("it is inside the folder")).expect("it can be made");
            fs::write(path, bytes).expect("it can be written");
        }
        let loaded = load(&[PackSource::Folder(folder.clone())]);
        fs::remove_dir_all(&folder).expect("it was made above");
        f(loaded, &folder.to_string_lossy().replace('\\', "/"))
    }

    /// What is wrong with them, and the same as the program prints it, one error a line.
    pub(crate) fn errors(&self) -> (Vec<PackErrorKind>, String) {
        self.load(|loaded, folder| {
            let errors = loaded.err().unwrap_or_default();
            let text: String = errors.iter().map(|it| sentence(it) + "\n").collect();
            let kinds = errors.iter().map(|it| it.kind).collect();
            // Where the folder stands is nobody's business.
            (kinds, text.replace(&format!("{folder}/"), "").replace(folder, "the pack"))
        })
    }
}
