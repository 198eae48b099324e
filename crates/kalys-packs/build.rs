//! Packs the rule packs of the workspace into the program: their YAML is parsed once, here.
//!
//! A file that is no YAML is embedded as it stands, so that the program itself reports it with its line, as it would for a
//! folder, and a half-written rule does not stop the build of everything else.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[allow(dead_code, reason = "the library uses the rest of it")]
#[path = "src/node.rs"]
mod node;
#[allow(dead_code, reason = "the library uses the rest of it")]
#[path = "src/packed.rs"]
mod packed;
#[path = "src/packing.rs"]
mod packing;

fn main() -> io::Result<()> {
    let rules = Path::new("../../rules");
    println!("cargo::rerun-if-changed=../../rules");
    println!("cargo::rerun-if-changed=src/node.rs");
    println!("cargo::rerun-if-changed=src/packed.rs");
    println!("cargo::rerun-if-changed=src/packing.rs");
    let mut files = Vec::new();
    list(rules, &mut files)?;
    files.sort();

    let mut blob = Blob { words: String::new(), shape: Vec::new() };
    let mut table = String::from("&[\n");
    for file in &files {
        let text = fs::read_to_string(file)?;
        let path: Vec<_> =
            file.strip_prefix("../..").unwrap_or(file).iter().map(|it| it.to_string_lossy()).collect();
        let path = path.join("/");
        let _ = match node::parse(&text) {
            Ok(mut root) => {
                let tests = node::take(&mut root, "tests").map(|it| blob.add(&it));
                let root = blob.add(&root);
                let tests = tests.map_or("None".to_owned(), |it| format!("Some({it})"));
                writeln!(
                    table,
                    "    File {{ path: {path:?}, content: Content::Packed {{ root: {root}, tests: {tests} }} }},"
                )
            }
            Err(_) => writeln!(table, "    File {{ path: {path:?}, content: Content::Text({text:?}) }},"),
        };
    }
    table.push(']');

    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    fs::write(out.join("packs.words"), blob.words)?;
    fs::write(out.join("packs.shape"), blob.shape)?;
    fs::write(out.join("packs.rs"), table)
}

struct Blob {
    words: String,
    shape: Vec<u8>,
}

impl Blob {
    /// Adds a tree and returns the expression that stands for it.
    fn add(&mut self, node: &node::Node) -> String {
        let (words, shape) = (self.words.len(), self.shape.len());
        packing::pack(node, &mut self.words, &mut self.shape);
        format!("Span {{ words: {words}..{}, shape: {shape}..{} }}", self.words.len(), self.shape.len())
    }
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if path.extension().is_some_and(|it| it == "yaml" || it == "yml") {
            files.push(path);
        }
    }
    Ok(())
}
