//! Any bytes as a file of this format.
#![no_main]

mod sound;

use kalys_formats::Format;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sound::read(bytes, Format::Html));
