//! Decompresses the dictionary, so that the program embeds it raw and reads it without a start-up cost.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let source = "data/ru.dict.gz";
    println!("cargo::rerun-if-changed={source}");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    let mut raw = fs::File::create(Path::new(&out).join("ru.dict"))?;
    io::copy(&mut flate2::read::GzDecoder::new(fs::File::open(source)?), &mut raw)?;
    Ok(())
}
