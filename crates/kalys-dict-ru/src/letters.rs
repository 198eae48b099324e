//! Keys of the packed dictionary: a byte a letter, so that a lookup takes half the steps it would in UTF-8.

/// No form of the dictionary is longer.
pub const MAX_LETTERS: usize = 64;

const FIRST: u8 = b'A';

/// The key of a word of Cyrillic letters а to я, digits, hyphens, points and apostrophes, written into `buffer`.
///
/// `None` for a word with anything else in it, and for one that is too long: neither can be in the dictionary.
pub fn encode<'a>(word: &str, buffer: &'a mut [u8; MAX_LETTERS]) -> Option<&'a [u8]> {
    let mut bytes = word.as_bytes().iter();
    let mut length = 0;
    while let Some(&byte) = bytes.next() {
        let code = match byte {
            // а to п are D0 B0 to D0 BF, р to я are D1 80 to D1 8F.
            0xd0 => FIRST + bytes.next()?.checked_sub(0xb0)?,
            0xd1 => match bytes.next()? {
                it @ 0x80..=0x8f => FIRST + 16 + (it - 0x80),
                _ => return None,
            },
            b'-' | b'.' | b'\'' | b'0'..=b'9' => byte,
            _ => return None,
        };
        *buffer.get_mut(length)? = code;
        length += 1;
    }
    Some(&buffer[..length])
}

/// The byte of one letter; `None` when no form has it.
pub(crate) fn code(letter: char) -> Option<u8> {
    match letter {
        'а'..='я' => Some(FIRST + (letter as u32 - 'а' as u32) as u8),
        '-' | '.' | '\'' | '0'..='9' => Some(letter as u8),
        _ => None,
    }
}

/// The word of a key.
pub fn decode(key: &[u8]) -> String {
    key.iter()
        .map(|&it| match it {
            FIRST..=0x60 => char::from_u32('а' as u32 + u32::from(it - FIRST)).unwrap_or('?'),
            _ => char::from(it),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for word in ["абвгдежзийклмнопрстуфхцчшщъыьэюя", "купля-продажа", "1-го", ""]
        {
            assert_eq!(decode(encode(word, &mut [0; MAX_LETTERS]).unwrap()), word);
        }
    }

    #[test]
    fn other_letters() {
        for word in ["ёж", "Закон", "өкмөт", "law", "не был", "њ"] {
            assert_eq!(encode(word, &mut [0; MAX_LETTERS]), None, "{word}");
        }
    }

    #[test]
    fn keys_keep_the_order_of_words() {
        let key = |word: &str| encode(word, &mut [0; MAX_LETTERS]).map(<[u8]>::to_vec);
        assert!(key("орган") < key("органа"));
        assert!(key("по-старому") < key("поп"));
        assert!(key("п") < key("р"));
    }
}
