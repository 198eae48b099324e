//! Kyrgyz letters as small numbers, and what their sounds do at the border of stem and suffix.
//!
//! It is for comparing stems and suffixes without decoding text twice. It knows sounds only, no words and no suffixes.

/// A letter: 1 to 32 are а to я, then ө, ү, ң; [`OTHER`] is any other sign. There is no ё: folding has made it е.
pub(super) type Letter = u8;

/// Words longer than this are nobody's word form; they are not analysed.
pub(super) const LONGEST: usize = 64;

pub(super) const OTHER: Letter = 37;

/// One more than the greatest letter.
pub(super) const LETTERS: usize = 38;

/// A word in letters.
#[derive(Clone, Debug)]
pub(super) struct Word {
    letters: [Letter; LONGEST],
    len: usize,
}

impl Word {
    /// The word in letters, nothing when it is empty or too long.
    pub(super) fn new(word: &str) -> Option<Word> {
        let mut letters = [0; LONGEST];
        let mut len = 0;
        for c in word.chars() {
            *letters.get_mut(len)? = letter(c);
            len += 1;
        }
        (len > 0).then_some(Word { letters, len })
    }

    pub(super) fn letters(&self) -> &[Letter] {
        &self.letters[..self.len]
    }

    /// The same word with another letter at `at`.
    pub(super) fn with(&self, at: usize, letter: Letter) -> Word {
        let mut word = self.clone();
        word.letters[at] = letter;
        word
    }
}

/// The number of a lower-case letter.
pub(super) const fn letter(c: char) -> Letter {
    match c {
        'а'..='я' => (c as u32 - 'а' as u32) as u8 + 1,
        'ё' => letter('е'),
        'ө' => 34,
        'ү' => 35,
        'ң' => 36,
        _ => OTHER,
    }
}

/// The letter of a number, if it is one of а to я.
pub(super) fn character(letter: Letter) -> Option<char> {
    matches!(letter, 1..=32).then(|| char::from_u32('а' as u32 + u32::from(letter) - 1)).flatten()
}

pub(super) const A: Letter = letter('а');
pub(super) const O: Letter = letter('о');
pub(super) const E: Letter = letter('е');
pub(super) const OE: Letter = letter('ө');
pub(super) const Y: Letter = letter('ы');
pub(super) const I: Letter = letter('и');
pub(super) const U: Letter = letter('у');
pub(super) const UE: Letter = letter('ү');
pub(super) const NG: Letter = letter('ң');

/// How a letter governs the first sound of the suffix after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sound {
    Vowel,
    /// р, й: like voiced consonants, but with -лар and, often, -луу, -лык.
    Liquid,
    Voiced,
    Voiceless,
}

const SOUNDS: [Sound; LETTERS] = {
    let mut table = [Sound::Voiced; LETTERS];
    let mut at = 0;
    let vowels = [A, O, E, OE, Y, I, U, UE, letter('э'), letter('ю'), letter('я')];
    while at < vowels.len() {
        table[vowels[at] as usize] = Sound::Vowel;
        at += 1;
    }
    let voiceless = ['п', 'т', 'к', 'с', 'ш', 'ч', 'ф', 'х', 'ц', 'щ'];
    at = 0;
    while at < voiceless.len() {
        table[letter(voiceless[at]) as usize] = Sound::Voiceless;
        at += 1;
    }
    table[letter('р') as usize] = Sound::Liquid;
    table[letter('й') as usize] = Sound::Liquid;
    table
};

pub(super) fn sound(letter: Letter) -> Sound {
    SOUNDS[letter as usize]
}

pub(super) fn is_vowel(letter: Letter) -> bool {
    sound(letter) == Sound::Vowel
}

/// The vowel that decides the harmony of whatever follows these letters.
pub(super) fn last_vowel(letters: &[Letter]) -> Option<Letter> {
    letters.iter().rev().copied().find(|it| is_vowel(*it))
}

/// The open vowel (а е о ө) that strict harmony asks for after the vowel `last`.
pub(super) fn open_vowel(last: Letter) -> Letter {
    // у gives а, but о gives о: кылуу+га, сот+ко.
    if last == O {
        O
    } else if last == OE || last == UE {
        OE
    } else if is_front(last) {
        E
    } else {
        A
    }
}

/// The close vowel (ы и у ү) that strict harmony asks for after the vowel `last`.
pub(super) fn close_vowel(last: Letter) -> Letter {
    if last == O || last == U || last == letter('ю') {
        U
    } else if last == OE || last == UE {
        UE
    } else if is_front(last) {
        I
    } else {
        Y
    }
}

/// True for е э и ө ү.
pub(super) fn is_front(vowel: Letter) -> bool {
    vowel == E || vowel == I || vowel == OE || vowel == UE || vowel == letter('э')
}

/// True for а е э о ө.
pub(super) fn is_open(vowel: Letter) -> bool {
    matches!(vowel, A | E | O | OE) || vowel == letter('э')
}

/// The letter as it is typed without ө ү ң.
pub(super) fn without_dots(letter: Letter) -> Letter {
    match letter {
        OE => O,
        UE => U,
        NG => self::letter('н'),
        other => other,
    }
}

/// A hash that grows letter by letter, so that all beginnings of a word cost one pass.
pub(super) const fn hash_step(hash: u64, letter: Letter) -> u64 {
    (hash.rotate_left(7) ^ letter as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
