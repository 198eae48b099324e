//! Every real act: checked, or refused with an error that says why. What comes of each file is kept in `sweep.tsv`;
//! `UPDATE=1` rewrites it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use kalys_tests::{by_level, items, program, root, shared, text, updating};
use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::{absent, map, spans};

/// No run over all acts takes longer on a small machine with an unoptimised program.
const PATIENCE: Duration = Duration::from_secs(600);

/// What the run over all acts came to, made once.
type Run = Arc<OnceLock<Result<BTreeMap<String, Came>, String>>>;

/// What came of a file.
struct Came {
    line: String,
    /// Findings whose words were looked up in the file.
    placed: usize,
    /// Why the findings do not stand where they say, or nothing.
    misplaced: Vec<String>,
}

pub(crate) fn trials() -> Vec<Trial> {
    let acts = match shared("acts/MANIFEST.tsv") {
        Ok(manifest) => manifest,
        Err(reason) => return vec![absent("sweep", reason)],
    };
    let folder = acts.parent().map(Path::to_owned).unwrap_or_default();
    let names: Vec<String> = match std::fs::read_to_string(&acts) {
        Ok(text) => text.lines().skip(1).filter_map(|it| it.split('\t').next()).map(str::to_owned).collect(),
        Err(error) => return vec![absent("sweep", format!("{}: {error}", acts.display()))],
    };
    let kept = Arc::new(kept());
    let run: Run = Arc::default();
    let mut trials = Vec::new();
    for name in &names {
        trials.push(map::trial(&folder, name));
        let (name, kept, run) = (name.clone(), kept.clone(), run.clone());
        let (folder, names) = (folder.clone(), names.clone());
        trials.push(Trial::test(format!("sweep::{name}"), move || {
            let came = run.get_or_init(|| sweep(&folder, &names)).as_ref().map_err(Failed::from)?;
            judge(&name, came.get(&name), kept.get(&name))
        }));
    }
    let every = names.clone();
    trials.push(Trial::test("sweep::findings of every format have been placed", move || {
        let came = run.get_or_init(|| sweep(&folder, &every)).as_ref().map_err(Failed::from)?;
        for format in ["txt", "html", "markdown", "docx"] {
            let placed: usize =
                came.values().filter(|it| it.line.starts_with(format)).map(|it| it.placed).sum();
            if placed < 20 {
                return Err(format!("only {placed} findings in files of format {format}").into());
            }
        }
        Ok(())
    }));
    trials.push(Trial::test("sweep::no file is gone", move || {
        let gone: Vec<&String> = kept.keys().filter(|it| !names.contains(it)).collect();
        if gone.is_empty() || updating() {
            Ok(())
        } else {
            Err(format!("in sweep.tsv only: {gone:?}").into())
        }
    }));
    trials
}

fn judge(name: &str, came: Option<&Came>, kept: Option<&String>) -> Result<(), Failed> {
    let came = came.ok_or("neither checked nor refused")?;
    if came.line.contains("\tpanic") {
        return Err(format!("kalys failed: {}", came.line).into());
    }
    if !came.misplaced.is_empty() {
        return Err(came.misplaced.join("\n").into());
    }
    match kept {
        _ if updating() => Ok(()),
        Some(kept) if *kept == came.line => Ok(()),
        Some(kept) => Err(format!(
            "UPDATE=1 rewrites tests/shared/sweep.tsv\n- {name}\t{kept}\n+ {name}\t{}",
            came.line
        )
        .into()),
        None => Err("not in tests/shared/sweep.tsv; UPDATE=1 rewrites it".into()),
    }
}

fn snapshot() -> PathBuf {
    root().join("tests/shared/sweep.tsv")
}

/// File name → the rest of its line.
fn kept() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(snapshot()).unwrap_or_default();
    let lines = text.lines().filter(|it| !it.starts_with('#'));
    lines
        .filter_map(|it| it.split_once('\t'))
        .map(|(name, rest)| (name.to_owned(), rest.to_owned()))
        .collect()
}

/// Checks every act in one run.
fn sweep(folder: &Path, names: &[String]) -> Result<BTreeMap<String, Came>, String> {
    let document = check(folder, names)?;
    let mut came = BTreeMap::new();
    for act in items(&document["acts"]) {
        let path = text(act, "path").to_owned();
        let bytes = std::fs::read(folder.join(&path)).map_err(|error| format!("{path}: {error}"))?;
        let misplaced = spans::misplaced(act, &bytes);
        let line = format!(
            "{}\t{} {}{}\t{}\t{}",
            text(act, "format"),
            text(act, "language"),
            text(act, "kind"),
            if act["fragment"] == true { " fragment" } else { "" },
            units(&act["units"]),
            by_level(act),
        );
        came.insert(path, Came { line, placed: items(&act["findings"]).len(), misplaced });
    }
    for failure in items(&document["failures"]) {
        let mut line = format!("–\t{}", text(failure, "code"));
        for key in ["format", "what"] {
            if let Some(value) = failure["args"][key].as_str() {
                line += &format!(" {value}");
            }
        }
        if text(failure, "code") == "panic" {
            line += &format!(": {}", failure["args"]["detail"]);
        }
        came.insert(text(failure, "path").to_owned(), Came { line, placed: 0, misplaced: Vec::new() });
    }
    if updating() {
        write(&came).map_err(|error| error.to_string())?;
    }
    Ok(came)
}

fn write(came: &BTreeMap<String, Came>) -> std::io::Result<()> {
    let mut out = File::create(snapshot())?;
    writeln!(out, "# file, format, then: language and kind, units, findings; or why it was refused")?;
    came.iter().try_for_each(|(name, it)| writeln!(out, "{name}\t{}", it.line))
}

/// Units that are cited, by kind.
fn units(units: &Value) -> String {
    let kinds =
        ["annex", "division", "section", "chapter", "article", "part", "point", "subpoint", "paragraph"];
    let counts: Vec<String> =
        kinds.iter().filter_map(|kind| units[*kind].as_u64().map(|n| format!("{kind} {n}"))).collect();
    if counts.is_empty() { "–".to_owned() } else { counts.join(" ") }
}

/// The document of a run over the named files, which must end in time.
fn check(folder: &Path, names: &[String]) -> Result<Value, String> {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (out, err) = (scratch.join("sweep.json"), scratch.join("sweep.err"));
    let create = |path: &Path| File::create(path).map_err(|error| format!("{}: {error}", path.display()));
    let mut child = program(crate::PROGRAM)
        .args(["check", "--isolated", "--format", "json", "--no-progress"])
        .args(names)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(create(&out)?)
        .stderr(create(&err)?)
        .spawn()
        .map_err(|error| error.to_string())?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            // 2: some of the files are there to be refused.
            if status.code() != Some(2) {
                let said = std::fs::read_to_string(&err).unwrap_or_default();
                return Err(format!("the run ended with {status}\n{said}"));
            }
            break;
        }
        if start.elapsed() > PATIENCE {
            let _ = child.kill();
            return Err(format!("the run hangs: it took over {} s", PATIENCE.as_secs()));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let bytes = std::fs::read(&out).map_err(|error| error.to_string())?;
    serde_json::from_slice(&bytes).map_err(|error| format!("no JSON document: {error}"))
}
