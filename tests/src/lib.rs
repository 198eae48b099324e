//! Ground of the workspace-wide tests: where things are, and how the program is run.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The root of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the workspace")
}

/// A folder of the shared material, or why the tests that need it are not run.
pub fn shared(part: &str) -> Result<PathBuf, String> {
    let shared = match std::env::var_os("KALYS_SHARED") {
        Some(it) => root().join(it),
        None => root().join("../shared"),
    };
    let folder = shared.join(part);
    if folder.exists() {
        Ok(folder)
    } else {
        Err(format!("{} is not there; KALYS_SHARED names the folder of shared material", folder.display()))
    }
}

/// True when snapshots are to be rewritten instead of compared.
pub fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|it| it == "1")
}

/// The program with nothing of the machine's in its surroundings.
pub fn program(path: &str) -> Command {
    let mut command = Command::new(path);
    command
        .current_dir(root())
        .env("LC_ALL", "C")
        .env("XDG_CONFIG_HOME", root().join("tests/no-such-folder"))
        .env_remove("RUST_BACKTRACE");
    command
}

/// The JSON document that a run printed.
pub fn document(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("no JSON document: {error}\n{}", String::from_utf8_lossy(&output.stderr));
    })
}

/// Findings of an act by level, `risk 3 review 5`; `–` for none.
pub fn by_level(act: &Value) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in items(&act["findings"]) {
        *counts.entry(finding["level"].as_str().unwrap_or_default()).or_default() += 1;
    }
    let mut out = String::new();
    for level in ["risk", "review", "info"] {
        if let Some(n) = counts.get(level) {
            let _ = write!(out, "{}{level} {n}", if out.is_empty() { "" } else { " " });
        }
    }
    if out.is_empty() { "–".to_owned() } else { out }
}

/// The items of a list; of anything else none.
pub fn items(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A text that must be there.
pub fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("`{key}` is no text in {value}"))
}

/// Lines that are in one text and not in the other, as a reader of a change wants them.
pub fn difference(old: &str, new: &str) -> String {
    let mut out = String::new();
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut add = |sign: char, lines: &[&str], others: &[&str]| {
        for line in lines.iter().filter(|it| !others.contains(it)) {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{sign} {line}");
        }
    };
    add('-', &old, &new);
    add('+', &new, &old);
    if out.is_empty() && old != new {
        out.push_str("the same lines in another order, or another number of times\n");
    }
    out
}
