//! Reads the dictionary of the Python package pymorphy3-dicts-ru: every form of every word with its tag.
//!
//! It is for getting at the data of OpenCorpora without Python. The words are in a DAWG as dawgdic writes it, with the
//! number of a paradigm and of the form in it as payload; the tags are those of OpenCorpora.

use std::io::{Read, Seek};

use anyhow::{Context, Result, bail, ensure};

/// What the package's file holds.
pub(crate) struct Dictionary {
    units: Vec<u32>,
    guide: Vec<u8>,
    paradigms: Vec<Vec<u16>>,
    suffixes: Vec<String>,
    tags: Vec<String>,
}

/// One form of one word.
pub(crate) struct Form<'a> {
    /// The form, with its ё.
    pub(crate) word: &'a str,
    /// The citation form of the word it belongs to, with its ё.
    pub(crate) lemma: String,
    /// Grammemes of the form, as OpenCorpora writes them.
    pub(crate) tag: &'a str,
    /// Grammemes of the citation form.
    pub(crate) lemma_tag: &'a str,
}

const FOLDER: &str = "pymorphy3_dicts_ru/data/";
/// The prefixes a paradigm may put before the stem, in the order of `compile_options` in the package's `meta.json`.
const PREFIXES: [&str; 3] = ["", "по", "наи"];

impl Dictionary {
    /// Opens the wheel.
    pub(crate) fn read(wheel: impl Read + Seek) -> Result<Dictionary> {
        let mut archive = zip::ZipArchive::new(wheel).context("the wheel is not a zip archive")?;
        let mut member = |name: &str| -> Result<Vec<u8>> {
            let mut bytes = Vec::new();
            archive
                .by_name(&format!("{FOLDER}{name}"))
                .with_context(|| format!("the wheel has no {name}"))?
                .read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let words = member("words.dawg")?;
        let (units, guide) = read_dawg(&words)?;
        Ok(Dictionary {
            units,
            guide,
            paradigms: read_paradigms(&member("paradigms.array")?)?,
            suffixes: serde_json::from_slice(&member("suffixes.json")?)?,
            tags: serde_json::from_slice(&member("gramtab-opencorpora-int.json")?)?,
        })
    }

    /// Calls `found` for every form, words in the order of their bytes.
    pub(crate) fn for_each(&self, mut found: impl FnMut(Form<'_>)) -> Result<()> {
        let mut key = Vec::new();
        // Nodes from the root to here, each with the label of the child to visit next; 0 when none is left.
        let mut path = vec![(0_usize, self.guide[0])];
        while let Some(last) = path.last_mut() {
            let (node, label) = *last;
            if label == 0 {
                path.pop();
                key.pop();
                continue;
            }
            let child = self.child(node, label)?;
            last.1 = self.guide[2 * child + 1];
            key.push(label);
            if self.units[child] >> 8 & 1 == 1 {
                found(self.form(&key)?);
            }
            path.push((child, self.guide[2 * child]));
        }
        Ok(())
    }

    fn child(&self, node: usize, label: u8) -> Result<usize> {
        let unit = self.units[node];
        let offset = (unit >> 10) << ((unit & 0x200) >> 6);
        let child = node ^ offset as usize ^ usize::from(label);
        ensure!(
            self.units.get(child).is_some_and(|it| it & 0x8000_00ff == u32::from(label)),
            "words.dawg: a link leads nowhere"
        );
        Ok(child)
    }

    /// `key` is the word, a byte 1, and the base64 of paradigm and form number, each big-endian 16 bit.
    fn form<'a>(&'a self, key: &'a [u8]) -> Result<Form<'a>> {
        let border = key.iter().position(|it| *it == 1).context("words.dawg: a key without payload")?;
        let word = std::str::from_utf8(&key[..border])?;
        let payload = base64(&key[border + 1..]);
        let [p0, p1, f0, f1] = payload[..] else { bail!("words.dawg: a payload that is not 4 bytes") };
        let paradigm = self
            .paradigms
            .get(usize::from(u16::from_be_bytes([p0, p1])))
            .context("words.dawg: an unknown paradigm")?;
        let form = usize::from(u16::from_be_bytes([f0, f1]));
        let n_forms = paradigm.len() / 3;
        ensure!(form < n_forms, "words.dawg: an unknown form");
        let part = |form: usize| {
            (
                PREFIXES[usize::from(paradigm[2 * n_forms + form])],
                self.suffixes[usize::from(paradigm[form])].as_str(),
                self.tags[usize::from(paradigm[n_forms + form])].as_str(),
            )
        };
        let (prefix, suffix, tag) = part(form);
        let (lemma_prefix, lemma_suffix, lemma_tag) = part(0);
        let stem = word
            .strip_prefix(prefix)
            .and_then(|it| it.strip_suffix(suffix))
            .context("words.dawg: a word that does not fit its paradigm")?;
        Ok(Form { word, lemma: format!("{lemma_prefix}{stem}{lemma_suffix}"), tag, lemma_tag })
    }
}

/// Count and units of the automaton, then count and two bytes a unit (label of the first child, of the next sibling).
fn read_dawg(bytes: &[u8]) -> Result<(Vec<u32>, Vec<u8>)> {
    let count = |at: usize| -> Result<usize> {
        let four = bytes.get(at..at + 4).context("words.dawg is cut off")?;
        Ok(u32::from_le_bytes([four[0], four[1], four[2], four[3]]) as usize)
    };
    let n_units = count(0)?;
    let guide_at = 4 + 4 * n_units;
    let n_guide = count(guide_at)?;
    ensure!(n_guide == n_units, "words.dawg: {n_units} units, but {n_guide} in the guide");
    let units = bytes[4..guide_at]
        .chunks_exact(4)
        .map(|it| u32::from_le_bytes([it[0], it[1], it[2], it[3]]))
        .collect();
    let guide = bytes.get(guide_at + 4..guide_at + 4 + 2 * n_guide).context("words.dawg is cut off")?;
    Ok((units, guide.to_vec()))
}

/// Each paradigm is its length and then numbers of suffixes, of tags and of prefixes, a third each.
fn read_paradigms(bytes: &[u8]) -> Result<Vec<Vec<u16>>> {
    let mut numbers = bytes.chunks_exact(2).map(|it| u16::from_le_bytes([it[0], it[1]]));
    let n_paradigms = numbers.next().context("paradigms.array is empty")?;
    (0..n_paradigms)
        .map(|_| {
            let length = usize::from(numbers.next().context("paradigms.array is cut off")?);
            let paradigm: Vec<u16> = numbers.by_ref().take(length).collect();
            ensure!(paradigm.len() == length, "paradigms.array is cut off");
            Ok(paradigm)
        })
        .collect()
}

fn base64(text: &[u8]) -> Vec<u8> {
    let (mut bits, mut n_bits, mut out) = (0_u32, 0, Vec::with_capacity(4));
    for byte in text {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            // Padding and the line end that Python's encoder adds.
            _ => continue,
        };
        bits = bits << 6 | u32::from(six);
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            out.push((bits >> n_bits) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn base64_of_a_payload() {
        assert_eq!(super::base64(b"AAEBAg==\n"), [0, 1, 1, 2]);
    }

    #[test]
    fn cut_off_files_are_errors() {
        assert!(super::read_dawg(&[1, 0, 0, 0, 0]).is_err());
        assert!(super::read_paradigms(&[1, 0, 3, 0, 1, 0]).is_err());
    }
}
