//! Byte offsets of a text to code points, without counting from its beginning each time.

/// Offsets of a text in Unicode code points.
///
/// Counts once, then answers any offset by counting less than a kilobyte.
#[derive(Clone, Debug)]
pub struct Points<'a> {
    text: &'a [u8],
    /// Code points before each multiple of [`STEP`] bytes.
    before: Vec<u32>,
}

const STEP: usize = 1024;

impl<'a> Points<'a> {
    /// Counts the code points of the text.
    pub fn new(text: &'a str) -> Points<'a> {
        let text = text.as_bytes();
        let mut total = 0;
        let before = text
            .chunks(STEP)
            .map(|chunk| {
                let here = total;
                total += count(chunk);
                here
            })
            .collect();
        Points { text, before }
    }

    /// Code points before the byte at `offset`; an offset past the end counts as the end.
    pub fn at(&self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.text.len());
        let step = offset / STEP;
        match self.before.get(step) {
            Some(before) => before + count(&self.text[step * STEP..offset]),
            // The end of a text whose length is a multiple of the step.
            None => match step.checked_sub(1) {
                Some(last) => self.before[last] + count(&self.text[last * STEP..]),
                None => 0,
            },
        }
    }
}

fn count(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(byte & 0xC0 != 0x80)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offset_is_counted_as_from_the_beginning() {
        for text in ["", "a", &"орган".repeat(300), &"a".repeat(1024), &"ү".repeat(512), &"ң1".repeat(2048)]
        {
            let points = Points::new(text);
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for (number, at) in ends.enumerate() {
                assert_eq!(points.at(at as u32), number as u32, "byte {at} of {}", text.len());
            }
            assert_eq!(points.at(u32::MAX), text.chars().count() as u32);
        }
    }
}
