//! Acts of the corpus with bytes changed, lost, doubled and moved: whatever is read of them is sound, and nothing panics.

use std::io::{Cursor, Read as _, Write as _};
use std::time::{Duration, Instant};

use kalys_engine::lint;
use kalys_formats::{Format, read};
use kalys_model::{Act, Source, Span};
use kalys_packs::PackSource;
use kalys_tests::root;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// How often each act is spoiled. `KALYS_SPOIL` says another number.
const TIMES: u64 = 150;
/// Spoiling ends then, on a slow machine; a longer search is asked for by number.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is put into texts: signs that mean something to a reader, and those that are hard for it.
const PIECES: [&str; 32] = [
    "<",
    ">",
    "&",
    "&#",
    "&amp;",
    "</p>",
    "<table>",
    "<td>",
    "<del>",
    "</del>",
    "<sup>",
    "<pre>",
    "<!--",
    "-->",
    "\r",
    "\n",
    "\n\n",
    "\0",
    "\u{feff}",
    "𝕏",
    "\u{301}",
    "\u{ad}",
    "«",
    "»",
    "\"",
    "| ",
    "> ",
    "[^1]",
    "Статья 1.",
    "1) ",
    "</w:p>",
    "<w:br/>",
];

/// Numbers that look random and are the same in every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((it ^ (it >> 31)) % below.max(1) as u64) as usize
    }

    fn spoil(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.roll(6) {
            let at = self.roll(bytes.len());
            let end = (at + self.roll(400)).min(bytes.len());
            match self.roll(7) {
                0 if !bytes.is_empty() => bytes[at] = self.roll(256) as u8,
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let piece = bytes[at..end].to_vec();
                    let to = self.roll(bytes.len());
                    bytes.splice(to..to, piece);
                }
                3 => bytes.truncate(bytes.len() - self.roll(bytes.len() / 8)),
                _ => drop(bytes.splice(at..at, PIECES[self.roll(PIECES.len())].bytes())),
            }
        }
    }
}

#[test]
fn spoiled_acts_are_read_soundly_or_refused() {
    let rules = kalys_packs::load(&[PackSource::Embedded]).expect("the pack is sound").ruleset;
    let asked = std::env::var("KALYS_SPOIL").ok().and_then(|it| it.parse().ok());
    let start = Instant::now();
    let mut n_read = 0;
    for entry in std::fs::read_dir(root().join("corpus")).expect("the corpus is there") {
        let path = entry.expect("the corpus can be listed").path();
        let bytes = std::fs::read(&path).expect("the corpus can be read");
        let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default().to_owned();
        let Ok(format) = Format::detect(&bytes, Some(&name)) else { continue };
        let seed = name.bytes().fold(0u64, |acc, byte| acc.wrapping_mul(31).wrapping_add(u64::from(byte)));
        for time in 0..asked.unwrap_or(TIMES) {
            if asked.is_none() && start.elapsed() > PATIENCE {
                break;
            }
            let mut dice = Dice(seed ^ (time << 32));
            // A spoiled archive says little of what is in it, so its parts are spoiled as well.
            let spoiled = if format == Format::Docx && time % 4 != 0 {
                with_parts(&bytes, |part| dice.spoil(part))
            } else {
                let mut spoiled = bytes.clone();
                dice.spoil(&mut spoiled);
                spoiled
            };
            let _ = Format::detect(&spoiled, Some(&name));
            let Ok(source) = read(&spoiled, format) else { continue };
            n_read += 1;
            let place = format!("{name}, time {time}");
            sound_source(&source, &place);
            let act = kalys_structure::build(source);
            sound_act(&act, &place);
            for finding in lint(&act, &rules) {
                assert!(act.text.get(finding.span.range()).is_some(), "{place}: {finding:?}");
                let unit = &act.units[finding.unit.0 as usize];
                assert!(unit.span.contains(finding.span), "{place}: {finding:?} in {unit:?}");
            }
        }
    }
    assert!(n_read > 20, "only {n_read} of the spoiled acts were read");
}

/// The package with its text parts changed, one of them at a time.
pub(crate) fn with_parts(bytes: &[u8], mut change: impl FnMut(&mut Vec<u8>)) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("the corpus holds sound packages");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("the part is there");
        let name = entry.name().expect("parts have names of letters").into_owned();
        let mut part = Vec::new();
        entry.read_to_end(&mut part).expect("the part can be read");
        if name.starts_with("word/") && name.ends_with("document.xml") {
            change(&mut part);
        }
        out.start_file(name, SimpleFileOptions::default()).expect("a part can be written");
        out.write_all(&part).expect("a part can be written");
    }
    out.finish().expect("a package can be written").into_inner()
}

fn sound_source(source: &Source, place: &str) {
    let text = source.text.as_str();
    let mut end = 0;
    for block in &source.blocks {
        let words = text.get(block.span.range()).unwrap_or_else(|| panic!("{place}: {block:?}"));
        assert!(block.span.start >= end && !words.trim().is_empty(), "{place}: {block:?}");
        let between = &text[end as usize..block.span.start as usize];
        assert!(between.trim().is_empty(), "{place}: {between:?} lies in no block");
        let range = source.map.source(block.span, text);
        assert!(range.bytes.start <= range.bytes.end, "{place}: {block:?} at {range:?}");
        end = block.span.end;
    }
    assert!(text[end as usize..].trim().is_empty(), "{place}: text after the last block");
    let mut end = 0;
    for segment in &source.map.segments {
        assert!(
            segment.text.start >= end && text.get(segment.text.range()).is_some(),
            "{place}: {segment:?}"
        );
        assert!(segment.source.start <= segment.source.end, "{place}: {segment:?}");
        end = segment.text.end;
    }
}

fn sound_act(act: &Act, place: &str) {
    let inside = |span: Span| assert!(act.text.get(span.range()).is_some(), "{place}: {span:?}");
    let mut ends = vec![0; act.units.len()];
    for (index, unit) in act.units.iter().enumerate() {
        inside(unit.span);
        inside(unit.body);
        unit.heading.iter().for_each(|it| inside(*it));
        let Some(parent) = unit.parent else { continue };
        let parent = parent.0 as usize;
        assert!(parent < index, "{place}: units are in preorder");
        assert!(act.units[parent].span.contains(unit.span), "{place}: {unit:?}");
        assert!(ends[parent] <= unit.span.start, "{place}: siblings lie apart: {unit:?}");
        ends[parent] = unit.span.end;
    }
    let sorted = act.inlines.windows(2).all(|it| it[0].span.end <= it[1].span.start);
    assert!(sorted, "{place}: {:?}", act.inlines);
    act.inlines.iter().for_each(|it| inside(it.span));
    act.joins.iter().for_each(|it| inside(*it));
    act.doubts.iter().for_each(|it| inside(it.span));
}
