//! Any bytes as the main part of a Word package.
#![no_main]

mod sound;

use std::io::{Cursor, Write as _};

use kalys_formats::Format;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("word/document.xml", stored).expect("a part can be written");
    zip.write_all(bytes).expect("a part can be written");
    let package = zip.finish().expect("a package can be written").into_inner();
    sound::read(&package, Format::Docx);
});
