//! The table from spellings to words: a token of a text costs one look at one line of memory.
//!
//! Nearly every word fits into 24 bytes, which are kept in the table itself, padded with zeros, and compared as three
//! numbers. Longer ones stand in a map of their own.

use rustc_hash::FxHashMap;

use crate::words::WordId;

/// Bytes of a spelling that is kept in the table itself.
const SHORT: usize = 24;

type Key = [u64; 3];

#[derive(Clone, Copy, Debug)]
struct Slot {
    key: Key,
    id: u32,
}

const FREE: Slot = Slot { key: [0; 3], id: u32::MAX };

/// Spellings of one language, as they stand in texts.
#[derive(Debug, Default)]
pub(crate) struct Spellings {
    /// Open addressing; the length is a power of two, and at most half is taken.
    slots: Vec<Slot>,
    taken: usize,
    long: FxHashMap<Box<str>, WordId>,
}

impl Spellings {
    /// The word of `text[from..to]`, which is not empty and holds no zero byte at its end.
    pub(crate) fn get(&self, text: &str, from: usize, to: usize) -> Option<WordId> {
        if to - from > SHORT {
            return self.long.get(text.get(from..to)?).copied();
        }
        if self.slots.is_empty() {
            return None;
        }
        let key = key(text.as_bytes(), from, to);
        let slot = self.slots[self.place(&key)];
        (slot.id != FREE.id).then_some(WordId(slot.id))
    }

    pub(crate) fn insert(&mut self, text: &str, from: usize, to: usize, word: WordId) {
        if to - from > SHORT {
            self.long.insert(text[from..to].into(), word);
            return;
        }
        if self.taken * 2 >= self.slots.len() {
            let grown = vec![FREE; (self.slots.len() * 2).max(1024)];
            for slot in std::mem::replace(&mut self.slots, grown) {
                if slot.id != FREE.id {
                    let place = self.place(&slot.key);
                    self.slots[place] = slot;
                }
            }
        }
        let key = key(text.as_bytes(), from, to);
        let place = self.place(&key);
        self.taken += usize::from(self.slots[place].id == FREE.id);
        self.slots[place] = Slot { key, id: word.0 };
    }

    pub(crate) fn clear(&mut self) {
        *self = Spellings::default();
    }

    /// Where the key stands or would stand.
    fn place(&self, key: &Key) -> usize {
        let mixed = key[0] ^ key[1].rotate_left(23) ^ key[2].rotate_left(41);
        let hash = mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mask = self.slots.len() - 1;
        let mut place = (hash ^ hash >> 29) as usize & mask;
        while self.slots[place].id != FREE.id && self.slots[place].key != *key {
            place = (place + 1) & mask;
        }
        place
    }
}

/// The bytes of a short spelling, padded with zeros.
fn key(text: &[u8], from: usize, to: usize) -> Key {
    let n = to - from;
    match text.get(from..from + SHORT).and_then(|it| <&[u8; SHORT]>::try_from(it).ok()) {
        Some(wide) => std::array::from_fn(|index| {
            let mut part = [0; 8];
            part.copy_from_slice(&wide[index * 8..index * 8 + 8]);
            let kept = n.saturating_sub(index * 8).min(8);
            let mask = if kept == 8 { u64::MAX } else { (1 << (kept * 8)) - 1 };
            u64::from_le_bytes(part) & mask
        }),
        None => {
            let mut wide = [0; SHORT];
            wide[..n].copy_from_slice(&text[from..to]);
            std::array::from_fn(|index| {
                let mut part = [0; 8];
                part.copy_from_slice(&wide[index * 8..index * 8 + 8]);
                u64::from_le_bytes(part)
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Spellings;
    use crate::words::WordId;

    #[test]
    fn every_spelling_is_found_again() {
        let mut table = Spellings::default();
        let words: Vec<String> = (0..5000)
            .flat_map(|it| [format!("слово{it}"), format!("w{it}"), format!("оченьдлинноеслово{it}")])
            .collect();
        let text = words.join(" ");
        let mut at = 0;
        let mut places = Vec::new();
        for (index, word) in words.iter().enumerate() {
            assert!(table.get(&text, at, at + word.len()).is_none(), "{word}");
            table.insert(&text, at, at + word.len(), WordId(index as u32));
            places.push((at, at + word.len()));
            at += word.len() + 1;
        }
        for (index, (from, to)) in places.into_iter().enumerate() {
            assert_eq!(table.get(&text, from, to), Some(WordId(index as u32)));
        }
        // The last word, with nothing after it to be read along.
        let last = words.len() as u32 - 1;
        let alone = words.last().unwrap();
        assert_eq!(table.get(alone, 0, alone.len()), Some(WordId(last)));
    }
}
