//! Findings against experts: the program's answers to their passages, scored by the script beside the passages.

use std::path::{Path, PathBuf};
use std::process::Command;

use kalys_tests::{program, shared};
use libtest_mimic::{Completion, Failed, Trial};
use serde_json::Value;

use crate::absent;

/// A set of passages, and the least lenient precision and F1 over all languages.
const SETS: [(&str, f64); 2] = [("dev", 0.40), ("check", 0.30)];

pub(crate) fn trials() -> Vec<Trial> {
    SETS.into_iter()
        .map(|(set, least)| {
            let name = format!("gold::{set}");
            match shared("gold/score.py")
                .and_then(|script| Ok((script, shared(&format!("gold/{set}.jsonl"))?)))
            {
                Ok((script, gold)) => Trial::ignorable_test(name, move || score(&script, &gold, least)),
                Err(reason) => absent(&name, reason),
            }
        })
        .collect()
}

fn score(script: &Path, gold: &Path, least: f64) -> Result<Completion, Failed> {
    if Command::new("python3").arg("--version").output().is_err() {
        return Ok(Completion::ignored_with("python3 is not there"));
    }
    let answers = answers(gold)?;
    // The script prints no passage without `--errors`: the marks stay unseen.
    let scored = Command::new("python3").arg(script).args([gold, &answers]).arg("--json").output()?;
    if !scored.status.success() {
        return Err(String::from_utf8_lossy(&scored.stderr).into_owned().into());
    }
    let scores: Value = serde_json::from_slice(&scored.stdout)?;
    let lenient = &scores["all/lenient"];
    for measure in ["precision", "f1"] {
        let value = lenient[measure].as_f64().ok_or("the script gave no score")?;
        if value < least {
            return Err(format!("{measure} {value:.3} is below {least}: {lenient}").into());
        }
    }
    Ok(Completion::Completed)
}

fn answers(gold: &Path) -> Result<PathBuf, Failed> {
    let name = gold.file_stem().unwrap_or_default().to_string_lossy();
    let answers = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.out"));
    let output = program(crate::PROGRAM)
        .args(["stream", "--isolated", "--output-file"])
        .args([&answers, gold])
        .output()?;
    if output.status.success() {
        Ok(answers)
    } else {
        Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr)).into())
    }
}
