//! The whole check beside the limit program of `KALYS_SHARED/bench`, on the same acts in the same run.
//!
//! Prints CPU times (user and system) and their ratios, medians of several runs taken in turn. Timings are never asserted:
//! they say something only on a machine that does nothing else.

#![allow(clippy::print_stdout, reason = "the figures are what the command is for")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many acts to make
    #[arg(long, default_value_t = 2000)]
    acts: u32,
    /// How many runs each figure is the median of
    #[arg(long, default_value_t = 5)]
    runs: usize,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let shared = std::env::var_os("KALYS_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let bench = shared.join("bench");
    ensure!(bench.join("limit").is_dir(), "{} has no limit program; set KALYS_SHARED", bench.display());
    let work = root.join("target/bench");
    fs::create_dir_all(&work)?;

    let limit = limit(&bench, &work)?;
    let acts = work.join(format!("acts-{}", args.acts));
    if !acts.is_dir() {
        must(
            Command::new("python3").arg(bench.join("make_corpus.py")).arg(&acts).arg(args.acts.to_string()),
        )?;
    }
    must(Command::new("cargo").args(["build", "--release", "--locked"]).current_dir(&root))?;
    let kalys = root.join("target/release/kalys");
    let packs = copies(&root.join("rules/kg"), &work)?;
    let line = work.join("line.txt");
    fs::write(&line, "1. Орган вправе отказать заявителю.\n")?;

    let check = |path: &Path, packs: &[PathBuf]| {
        let mut command = vec![kalys.display().to_string(), "check".into(), path.display().to_string()];
        command
            .extend(["--isolated", "--jobs", "1", "--no-progress", "--format", "concise"].map(str::to_owned));
        command.extend(packs.iter().flat_map(|it| ["--pack".to_owned(), it.display().to_string()]));
        command
    };
    let patterns = bench.join("p600").display().to_string();
    let commands = [
        vec![limit.display().to_string(), "lemma".into(), "1".into(), patterns, acts.display().to_string()],
        check(&acts, &[]),
        check(&acts, &packs),
        check(&line, &[]),
        check(&line, &packs),
    ];
    let mut seconds = vec![Vec::new(); commands.len()];
    for _ in 0..args.runs {
        for (command, seconds) in commands.iter().zip(&mut seconds) {
            seconds.push(cpu(command)?);
        }
    }
    let medians: Vec<f64> = seconds
        .into_iter()
        .map(|mut it| {
            it.sort_by(f64::total_cmp);
            it[it.len() / 2]
        })
        .collect();
    let [limit, once, four, line, line_four] = medians[..] else { bail!("a command is missing") };
    println!("limit, 600 patterns          {limit:7.3} s");
    println!("kalys check, one thread      {once:7.3} s   {:.2} times the limit", once / limit);
    println!(
        "with four times the rules    {four:7.3} s   {:.2} times (loading aside)",
        (four - line_four) / (once - line)
    );
    println!("one line, whole process      {line:7.3} s");
    println!(
        "the same, four times         {line_four:7.3} s   (three packs of YAML are parsed and checked besides)"
    );
    Ok(())
}

fn limit(bench: &Path, work: &Path) -> Result<PathBuf> {
    let folder = work.join("limit");
    copy(&bench.join("limit"), &folder)?;
    // It stands inside this workspace without belonging to it.
    let manifest = folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest)?;
    if !text.contains("[workspace]") {
        fs::write(&manifest, text + "\n[workspace]\n")?;
    }
    let target = work.join("limit-target");
    must(
        Command::new("cargo")
            .args(["build", "--release"])
            .env("CARGO_TARGET_DIR", &target)
            .current_dir(&folder),
    )?;
    Ok(target.join("release/limit"))
}

/// Copies files and folders, build results left out. The copies may be written to, whatever the originals say.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == "target" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to.join(name))?;
        } else {
            fs::write(to.join(name), fs::read(entry.path())?)?;
        }
    }
    Ok(())
}

/// Three packs with the rules of a pack under other names. They use its word lists and factors, so that what they add is
/// rules alone.
fn copies(pack: &Path, work: &Path) -> Result<Vec<PathBuf>> {
    ["second", "third", "fourth"].iter().map(|name| renamed(pack, name, &work.join(name))).collect()
}

fn renamed(pack: &Path, name: &str, to: &Path) -> Result<PathBuf> {
    if to.is_dir() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to.join("rules"))?;
    let card = fs::read_to_string(pack.join("pack.yaml"))?;
    fs::write(to.join("pack.yaml"), card.replacen("pack: kg", &format!("pack: {name}"), 1))?;
    let order = fs::read_to_string(pack.join("order.yaml"))?;
    fs::write(to.join("order.yaml"), order.replace("  - ", &format!("  - {name}.")))?;
    for entry in fs::read_dir(pack.join("rules"))? {
        let path = entry?.path();
        let stem = path.file_stem().and_then(|it| it.to_str()).context("a rule has a name")?;
        let text = fs::read_to_string(&path)?;
        let own = text.replacen(&format!("rule: {stem}"), &format!("rule: {name}.{stem}"), 1);
        fs::write(to.join(format!("rules/{name}.{stem}.yaml")), own)?;
    }
    Ok(to.to_owned())
}

fn must(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{command:?}"))?;
    ensure!(status.success(), "{command:?}: {status}");
    Ok(())
}

/// User and system time of a command, in seconds. An exit code of 1 says that there are findings.
fn cpu(command: &[String]) -> Result<f64> {
    let out = Command::new("bash")
        .args(["-c", "TIMEFORMAT='%U %S'; time \"$@\" > /dev/null 2> /dev/null", "bash"])
        .args(command)
        .env("OUT", "1")
        .stdin(Stdio::null())
        .output()?;
    ensure!(matches!(out.status.code(), Some(0 | 1)), "{command:?}: {}", out.status);
    let text = String::from_utf8_lossy(&out.stderr);
    let times: Vec<f64> = text.split_whitespace().filter_map(|it| it.parse().ok()).collect();
    ensure!(times.len() == 2, "no times of {command:?}: {text}");
    Ok(times.iter().sum())
}
