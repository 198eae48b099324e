//! The suffixes of Kyrgyz and the order in which they may follow a stem.
//!
//! It is for reading what stands after a stem: every legal way to cut it into suffixes, with the features they add up to.
//! It does not know stems. The tables are written with one sign for all the shapes that harmony and assimilation give a
//! suffix; a shape that the sounds before it do not ask for is read, but costs a [penalty](Tail::penalty).

use std::sync::LazyLock;

use super::letters::{
    A, E, I, LETTERS, Letter, O, OE, Sound, U, UE, Y, close_vowel, is_front, is_vowel, letter, open_vowel,
    sound,
};
use crate::Features;

/// What has been read so far, and so what may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// A noun stem, or a derivation that behaves like one.
    Noun,
    /// An adjective.
    Adjective,
    /// A numeral: like a noun, with ordinals.
    Numeral,
    /// An adverb: «кийин», «кийинки».
    Adverb,
    /// A postposition: «чейин», «чейинки», «жөнүндөгү».
    Postposition,
    /// Whatever never changes.
    Fixed,
    /// After -лар.
    Plural,
    /// After -ы, -сы.
    Third,
    /// After -ым, -быз, -ың.
    FirstSecond,
    /// After -дагы, -кы, -ныкы.
    Relational,
    /// After -лыг: a possessive must follow.
    Lig,
    /// A verb stem, with or without voice suffixes.
    Verb,
    /// A verb stem that lost its last, open vowel to a long one: «кар|оо».
    LongOpen,
    /// A verb stem that lost its last, close vowel to a long one: «таан|уу».
    LongClose,
    /// After -ба.
    Negated,
    /// After -уу or -ыш.
    VerbalNoun,
    /// After -ган, -уучу.
    Participle,
    /// After -ар, -бас.
    Aorist,
    /// After -а, -й.
    Converb,
    /// After -ып.
    PastConverb,
    /// After -са.
    Conditional,
    /// After -ды.
    Past,
    /// A stem that is only guessed: a noun with inflection, without derivation.
    Guess,
}

const STATES: usize = State::Guess as usize + 1;

/// One way to read the letters after a stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tail {
    /// Everything the suffixes say.
    pub(super) features: Features,
    /// How many letters are not those that strict harmony and assimilation ask for, and how many rare suffixes there are.
    pub(super) penalty: u8,
}

/// Where reading begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    pub(super) state: State,
    /// First letter after the stem.
    pub(super) at: usize,
    /// The vowel that decides harmony; none in an acronym.
    pub(super) vowel: Option<Letter>,
    /// The last letter of the stem; none when any shape of a suffix is right (acronyms, numbers in digits).
    pub(super) letter: Option<Letter>,
    /// What is known before the first suffix.
    pub(super) features: Features,
}

/// Every legal way to read `word` from `start` to its end, appended to `out`.
pub(super) fn read(word: &[Letter], start: Start, out: &mut Vec<Tail>) {
    let place = Place {
        state: start.state,
        at: start.at,
        vowel: start.vowel.unwrap_or(0),
        letter: start.letter.unwrap_or(0),
        features: start.features,
        penalty: 0,
    };
    let mut steps = 0;
    step(word, place, &mut steps, out);
}

// A word of 64 letters made of nothing but ambiguous suffixes must not cost more than a long honest one.
const STEPS: u32 = 600;

// Beyond this a shape is no longer wavering spelling but another word.
const WORST: u8 = 3;

#[derive(Clone, Copy)]
struct Place {
    state: State,
    at: usize,
    // 0 stands for «no vowel yet» and «any shape is right».
    vowel: Letter,
    letter: Letter,
    features: Features,
    penalty: u8,
}

// The recursion is as deep as there are suffixes; each takes a letter and a word has 64 at most.
fn step(word: &[Letter], place: Place, steps: &mut u32, out: &mut Vec<Tail>) {
    *steps += 1;
    if *steps > STEPS {
        return;
    }
    let table = &TABLES[place.state as usize];
    let Some(&first) = word.get(place.at) else {
        if let Some((features, penalty)) = table.end {
            let tail = Tail { features: place.features | features, penalty: place.penalty + penalty };
            if !out.contains(&tail) {
                out.push(tail);
            }
        }
        return;
    };
    let mut candidates = table.by_first[first as usize];
    while candidates != 0 {
        let suffix = &table.suffixes[candidates.trailing_zeros() as usize];
        candidates &= candidates - 1;
        if let Some(next) = suffix.follow(word, place) {
            step(word, next, steps, out);
        }
    }
}

/// One element of a suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Exactly(Letter),
    /// а е о ө.
    Open,
    /// ы и у ү.
    Close,
    /// у ү.
    Round,
    /// о ө.
    RoundOpen,
    /// д т.
    Dt,
    /// л д т.
    Ldt,
    /// н д т.
    Ndt,
    /// г к.
    Gk,
    /// б п.
    Bp,
}

impl Sign {
    fn of(c: char) -> Sign {
        match c {
            'A' => Sign::Open,
            'I' => Sign::Close,
            'U' => Sign::Round,
            'O' => Sign::RoundOpen,
            'D' => Sign::Dt,
            'L' => Sign::Ldt,
            'N' => Sign::Ndt,
            'G' => Sign::Gk,
            'B' => Sign::Bp,
            other => Sign::Exactly(letter(other)),
        }
    }

    fn letters(self) -> Vec<Letter> {
        match self {
            Sign::Exactly(it) => vec![it],
            Sign::Open => vec![A, E, O, OE],
            Sign::Close => vec![Y, I, U, UE],
            Sign::Round => vec![U, UE],
            Sign::RoundOpen => vec![O, OE],
            Sign::Dt => vec![D, T],
            Sign::Ldt => vec![L, D, T],
            Sign::Ndt => vec![N, D, T],
            Sign::Gk => vec![G, K],
            Sign::Bp => vec![B, P],
        }
    }

    /// The penalty for `it` in this place, nothing when it cannot stand here.
    fn fits(self, it: Letter, vowel: Letter, before: Letter) -> Option<u8> {
        let right = match self {
            Sign::Exactly(wanted) => return (it == wanted).then_some(0),
            Sign::Open => {
                if !matches!(it, A | E | O | OE) {
                    return None;
                }
                vowel == 0 || it == open_vowel(vowel)
            }
            Sign::Close => {
                if !matches!(it, Y | I | U | UE) {
                    return None;
                }
                vowel == 0 || it == close_vowel(vowel)
            }
            Sign::Round | Sign::RoundOpen => {
                let (back, front) = if self == Sign::Round { (U, UE) } else { (O, OE) };
                if it != back && it != front {
                    return None;
                }
                vowel == 0 || (it == front) == is_front(vowel)
            }
            Sign::Dt | Sign::Gk | Sign::Bp => {
                let (voiced, voiceless) = match self {
                    Sign::Dt => (D, T),
                    Sign::Gk => (G, K),
                    _ => (B, P),
                };
                if it != voiced && it != voiceless {
                    return None;
                }
                before == 0 || (it == voiceless) == (sound(before) == Sound::Voiceless)
            }
            Sign::Ldt => {
                if !matches!(it, L | D | T) {
                    return None;
                }
                match sound(before) {
                    _ if before == 0 => true,
                    Sound::Vowel => it == L,
                    // шаардык and министрлик, ишкердик and батирлүү: both are usual.
                    Sound::Liquid => it != T,
                    Sound::Voiced => it == D,
                    Sound::Voiceless => it == T,
                }
            }
            Sign::Ndt => {
                if !matches!(it, N | D | T) {
                    return None;
                }
                match sound(before) {
                    _ if before == 0 => true,
                    Sound::Vowel => it == N,
                    Sound::Liquid | Sound::Voiced => it == D,
                    Sound::Voiceless => it == T,
                }
            }
        };
        Some(u8::from(!right))
    }
}

const B: Letter = letter('б');
const G: Letter = letter('г');
const D: Letter = letter('д');
const K: Letter = letter('к');
const L: Letter = letter('л');
const N: Letter = letter('н');
const P: Letter = letter('п');
const T: Letter = letter('т');

/// What must stand before a suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    Any,
    Vowel,
    Consonant,
    /// л, the place of the passive -ын.
    El,
    /// A vowel, р, л or й, the place of the causative -т.
    Open,
}

impl After {
    fn allows(self, before: Letter) -> bool {
        match self {
            _ if before == 0 => true,
            After::Any => true,
            After::Vowel => is_vowel(before),
            After::Consonant => !is_vowel(before),
            After::El => before == L,
            After::Open => is_vowel(before) || before == L || sound(before) == Sound::Liquid,
        }
    }
}

#[derive(Debug)]
struct Suffix {
    signs: Vec<Sign>,
    after: After,
    features: Features,
    next: State,
    penalty: u8,
}

impl Suffix {
    fn follow(&self, word: &[Letter], place: Place) -> Option<Place> {
        if !self.after.allows(place.letter) {
            return None;
        }
        let letters = word.get(place.at..place.at + self.signs.len())?;
        let mut next = place;
        next.penalty += self.penalty;
        for (&sign, &it) in self.signs.iter().zip(letters) {
            next.penalty += sign.fits(it, next.vowel, next.letter)?;
            if is_vowel(it) {
                next.vowel = it;
            }
            next.letter = it;
        }
        if next.penalty > WORST {
            return None;
        }
        next.at += self.signs.len();
        next.features |= self.features;
        next.state = self.next;
        Some(next)
    }
}

#[derive(Debug)]
struct Table {
    suffixes: Vec<Suffix>,
    /// For each first letter, which suffixes can begin with it: one bit each.
    by_first: [u64; LETTERS],
    /// What the end of the word here means, and its penalty; nothing when a suffix must follow.
    end: Option<(Features, u8)>,
}

type Line = (&'static str, After, Features, State, u8);

const NONE: Features = Features::NONE;

const CASES: &[Line] = &[
    ("NIн", After::Any, Features::GEN, State::Fixed, 0),
    ("NI", After::Any, Features::ACC, State::Fixed, 0),
    ("GA", After::Any, Features::DAT, State::Fixed, 0),
    ("DA", After::Any, Features::LOC, State::Fixed, 0),
    ("DAн", After::Any, Features::ABL, State::Fixed, 0),
    ("DAгI", After::Any, Features::REL, State::Relational, 0),
    ("NIкI", After::Any, Features::GEN.with(Features::DERIV), State::Relational, 0),
    // «бүгүнгө чейин» in one word: күнгөчө.
    ("GAчA", After::Any, Features::DAT.with(Features::DERIV), State::Fixed, 1),
];

const POSSESSIVES: &[Line] = &[
    ("I", After::Consonant, Features::P3, State::Third, 0),
    ("сI", After::Vowel, Features::P3, State::Third, 0),
    ("Iм", After::Consonant, Features::P1, State::FirstSecond, 1),
    ("м", After::Vowel, Features::P1, State::FirstSecond, 1),
    ("IбIз", After::Consonant, Features::P1, State::FirstSecond, 0),
    ("бIз", After::Vowel, Features::P1, State::FirstSecond, 0),
    ("Iң", After::Consonant, Features::P2, State::FirstSecond, 1),
    ("ң", After::Vowel, Features::P2, State::FirstSecond, 1),
    ("IңIз", After::Consonant, Features::P2, State::FirstSecond, 1),
    ("ңIз", After::Vowel, Features::P2, State::FirstSecond, 1),
    ("IңAр", After::Consonant, Features::P2, State::FirstSecond, 1),
    ("ңAр", After::Vowel, Features::P2, State::FirstSecond, 1),
];

const PLURAL: &[Line] = &[("LAр", After::Any, Features::PL, State::Plural, 0)];

const LIKE: &[Line] = &[
    ("DAй", After::Any, Features::DERIV, State::Fixed, 0),
    ("чA", After::Any, Features::DERIV, State::Fixed, 0),
];

const LIK: &[Line] =
    &[("LIк", After::Any, Features::LIK, State::Noun, 0), ("LIг", After::Any, Features::LIK, State::Lig, 0)];

const SIZ: &[Line] = &[("сIз", After::Any, Features::SIZ, State::Adjective, 0)];

const LUU: &[Line] = &[("LUU", After::Any, Features::LUU, State::Adjective, 0)];

const CHI: &[Line] = &[
    ("чI", After::Any, Features::DERIV, State::Noun, 0),
    ("чIл", After::Any, Features::DERIV, State::Adjective, 0),
];

const COMPARISON: &[Line] = &[
    ("рAAк", After::Vowel, Features::CMP, State::Adjective, 0),
    ("IрAAк", After::Consonant, Features::CMP, State::Adjective, 0),
];

const GI: &[Line] = &[("GI", After::Any, Features::REL, State::Relational, 0)];

const ORDINAL: &[Line] = &[
    ("нчI", After::Vowel, Features::DERIV, State::Relational, 0),
    ("IнчI", After::Consonant, Features::DERIV, State::Relational, 0),
];

const AFTER_THIRD: &[Line] = &[
    ("н", After::Any, Features::ACC, State::Fixed, 0),
    ("нIн", After::Any, Features::GEN, State::Fixed, 0),
    ("нA", After::Any, Features::DAT, State::Fixed, 0),
    ("ндA", After::Any, Features::LOC, State::Fixed, 0),
    ("нAн", After::Any, Features::ABL, State::Fixed, 0),
    ("ндAгI", After::Any, Features::REL, State::Relational, 0),
    ("нчA", After::Any, Features::DERIV, State::Fixed, 0),
    ("ндAй", After::Any, Features::DERIV, State::Fixed, 0),
    ("нIкI", After::Any, Features::GEN.with(Features::DERIV), State::Relational, 0),
];

const AFTER_FIRST_SECOND: &[Line] = &[("A", After::Consonant, Features::DAT, State::Fixed, 0)];

const AFTER_LIG: &[Line] = &[
    ("I", After::Any, Features::P3, State::Third, 0),
    ("IбIз", After::Any, Features::P1, State::FirstSecond, 0),
    ("IңIз", After::Any, Features::P2, State::FirstSecond, 1),
    ("Iм", After::Any, Features::P1, State::FirstSecond, 1),
];

const VOICES: &[Line] = &[
    ("т", After::Open, Features::CAUS, State::Verb, 0),
    ("DIр", After::Consonant, Features::CAUS, State::Verb, 0),
    ("GIз", After::Consonant, Features::CAUS, State::Verb, 0),
    ("Iш", After::Consonant, Features::RECP, State::Verb, 0),
    ("ш", After::Vowel, Features::RECP, State::Verb, 0),
    ("Iл", After::Consonant, Features::PASSIVE, State::Verb, 0),
    ("л", After::Vowel, Features::PASSIVE, State::Verb, 0),
    ("Iн", After::El, Features::PASSIVE, State::Verb, 0),
    ("н", After::Vowel, Features::PASSIVE, State::Verb, 0),
];

const PAST_PARTICIPLE: Features = Features::PARTICIPLE.with(Features::PAST);
const AGENT: Features = Features::PARTICIPLE.with(Features::PRES);
const NEG_CONVERB: Features = Features::NEG.with(Features::CONVERB);
const IMP3: Features = Features::IMP.with(Features::FIN).with(Features::PERS3);
const IMP12: Features = Features::IMP.with(Features::FIN).with(Features::PERS12);
const AORIST: Features = Features::AOR.with(Features::FUT);
const FIN_PAST: Features = Features::FIN.with(Features::PAST);
const FIN_PRES: Features = Features::FIN.with(Features::PRES);

const NEGATION: &[Line] = &[
    ("BA", After::Any, Features::NEG, State::Negated, 0),
    ("BOO", After::Any, Features::NEG.with(Features::VN), State::VerbalNoun, 0),
    ("BOOчI", After::Any, Features::NEG.with(AGENT), State::Participle, 0),
    ("мAйIнчA", After::Any, NEG_CONVERB, State::Fixed, 0),
    // й and у are written ю: болмоюнча.
    ("мAюнчA", After::Any, NEG_CONVERB, State::Fixed, 0),
];

// Endings that verbs take after a consonant and after a vowel, negated ones too.
const VERB_ENDINGS: &[Line] = &[
    ("GAн", After::Any, PAST_PARTICIPLE, State::Participle, 0),
    ("сA", After::Any, Features::COND, State::Conditional, 0),
    ("сIн", After::Any, IMP3, State::Fixed, 0),
    ("сIндAр", After::Any, IMP3, State::Fixed, 0),
    ("DI", After::Any, Features::PAST, State::Past, 0),
    ("й", After::Vowel, NONE, State::Converb, 0),
    ("ңIз", After::Vowel, IMP12, State::Fixed, 0),
    ("ңIздAр", After::Vowel, IMP12, State::Fixed, 0),
    ("йлI", After::Vowel, IMP12, State::Fixed, 1),
    ("йлIк", After::Vowel, IMP12, State::Fixed, 1),
];

const POSITIVE_ENDINGS: &[Line] = &[
    ("UU", After::Consonant, Features::VN, State::VerbalNoun, 0),
    ("UUчI", After::Consonant, AGENT, State::Participle, 0),
    ("Iш", After::Consonant, Features::VN, State::VerbalNoun, 0),
    ("ш", After::Vowel, Features::VN, State::VerbalNoun, 0),
    ("Aр", After::Consonant, AORIST, State::Aorist, 0),
    ("AAр", After::Consonant, AORIST, State::Aorist, 0),
    ("р", After::Vowel, AORIST, State::Aorist, 0),
    ("Iп", After::Consonant, NONE, State::PastConverb, 0),
    ("п", After::Vowel, NONE, State::PastConverb, 0),
    ("A", After::Consonant, NONE, State::Converb, 0),
    ("мAкчI", After::Any, Features::FIN.with(Features::FUT), State::Fixed, 0),
    ("чI", After::Any, PAST_PARTICIPLE, State::Fixed, 1),
    ("GIч", After::Any, Features::DERIV, State::Noun, 1),
    ("GIс", After::Any, Features::PARTICIPLE.with(Features::NEG), State::Participle, 0),
    ("IңIз", After::Consonant, IMP12, State::Fixed, 0),
    ("IңIздAр", After::Consonant, IMP12, State::Fixed, 0),
    ("AлI", After::Consonant, IMP12, State::Fixed, 1),
    ("AлIк", After::Consonant, IMP12, State::Fixed, 1),
];

const NEGATIVE_ENDINGS: &[Line] = &[
    ("с", After::Any, AORIST, State::Aorist, 0),
    ("стAн", After::Any, Features::CONVERB, State::Fixed, 0),
    ("ш", After::Any, Features::VN, State::VerbalNoun, 0),
];

const LONG_OPEN: &[Line] = &[
    ("OO", After::Any, Features::VN, State::VerbalNoun, 0),
    ("OOчI", After::Any, AGENT, State::Participle, 0),
    // иштээр, караар
    ("AAр", After::Any, AORIST, State::Aorist, 0),
];

const LONG_CLOSE: &[Line] = &[
    ("UU", After::Any, Features::VN, State::VerbalNoun, 0),
    ("UUчI", After::Any, AGENT, State::Participle, 0),
];

const AFTER_CONVERB: &[Line] = &[
    ("т", After::Any, FIN_PRES.with(Features::PERS3), State::Fixed, 0),
    ("м", After::Any, FIN_PRES.with(Features::PERS12), State::Fixed, 0),
    ("мIн", After::Any, FIN_PRES.with(Features::PERS12), State::Fixed, 0),
    ("бIз", After::Any, FIN_PRES.with(Features::PERS12), State::Fixed, 0),
    ("сIң", After::Any, FIN_PRES.with(Features::PERS12), State::Fixed, 1),
    ("сIз", After::Any, FIN_PRES.with(Features::PERS12), State::Fixed, 1),
    ("сIздAр", After::Any, FIN_PRES.with(Features::PERS12), State::Fixed, 1),
];

const AFTER_PAST_CONVERB: &[Line] = &[("тIр", After::Any, FIN_PAST.with(Features::PERS3), State::Fixed, 0)];

const SHORT_PERSONS: &[Line] = &[
    ("м", After::Any, Features::PERS12, State::Fixed, 0),
    ("к", After::Any, Features::PERS12, State::Fixed, 0),
    ("ң", After::Any, Features::PERS12, State::Fixed, 1),
    ("ңIз", After::Any, Features::PERS12, State::Fixed, 1),
    ("ңAр", After::Any, Features::PERS12, State::Fixed, 1),
];

static TABLES: LazyLock<[Table; STATES]> = LazyLock::new(|| std::array::from_fn(|at| table(ORDER[at])));

const ORDER: [State; STATES] = [
    State::Noun,
    State::Adjective,
    State::Numeral,
    State::Adverb,
    State::Postposition,
    State::Fixed,
    State::Plural,
    State::Third,
    State::FirstSecond,
    State::Relational,
    State::Lig,
    State::Verb,
    State::LongOpen,
    State::LongClose,
    State::Negated,
    State::VerbalNoun,
    State::Participle,
    State::Aorist,
    State::Converb,
    State::PastConverb,
    State::Conditional,
    State::Past,
    State::Guess,
];

fn table(state: State) -> Table {
    let nom = Some((Features::NOM, 0));
    let bare = Some((NONE, 0));
    let (parts, end): (&[&[Line]], _) = match state {
        State::Noun => (&[PLURAL, POSSESSIVES, CASES, LIKE, LIK, SIZ, LUU, CHI], nom),
        State::Adjective => (&[PLURAL, POSSESSIVES, CASES, LIKE, LIK, SIZ, LUU, CHI, COMPARISON, GI], nom),
        State::Numeral => (&[ORDINAL, PLURAL, POSSESSIVES, CASES, LIKE, LIK, LUU], nom),
        State::Adverb => (&[GI, CASES, LIK, LIKE, COMPARISON], bare),
        State::Postposition => (&[GI, &[CASES[5]]], bare),
        State::Fixed => (&[], bare),
        State::Plural => (&[POSSESSIVES, CASES, LIKE], nom),
        State::Third => (&[AFTER_THIRD], nom),
        State::FirstSecond => (&[AFTER_FIRST_SECOND, CASES], nom),
        State::Relational => (&[PLURAL, &[POSSESSIVES[1]], CASES, &[LIKE[0]], LIK], bare),
        State::Lig => (&[AFTER_LIG], None),
        State::Verb => {
            // A bare stem is a command to one person, which acts do not give.
            (&[VOICES, NEGATION, VERB_ENDINGS, POSITIVE_ENDINGS], Some((IMP12, 1)))
        }
        State::LongOpen => (&[LONG_OPEN], None),
        State::LongClose => (&[LONG_CLOSE], None),
        State::Negated => (&[VERB_ENDINGS, NEGATIVE_ENDINGS], Some((IMP12, 1))),
        State::VerbalNoun => (&[PLURAL, POSSESSIVES, CASES, LIKE, LIK, SIZ], nom),
        State::Participle => (&[PLURAL, POSSESSIVES, CASES, LIKE, LIK], bare),
        State::Aorist => (&[&[POSSESSIVES[0]], CASES, LIK], Some((Features::FIN, 0))),
        State::Converb => (&[AFTER_CONVERB], Some((Features::CONVERB, 0))),
        State::PastConverb => (&[AFTER_PAST_CONVERB], Some((Features::CONVERB, 0))),
        State::Conditional => (&[SHORT_PERSONS], Some((Features::PERS3, 0))),
        State::Past => (&[SHORT_PERSONS], Some((Features::FIN.with(Features::PERS3), 0))),
        State::Guess => (&[PLURAL, POSSESSIVES, CASES], nom),
    };
    let suffixes: Vec<Suffix> = parts
        .iter()
        .copied()
        .flatten()
        .map(|&(text, after, features, next, penalty)| Suffix {
            signs: text.chars().map(Sign::of).collect(),
            after,
            // A person after -ды makes it finite.
            features: if state == State::Past { features | Features::FIN } else { features },
            next,
            penalty,
        })
        .collect();
    assert!(suffixes.len() <= 64, "the masks have 64 bits");
    let mut by_first = [0; LETTERS];
    for (at, suffix) in suffixes.iter().enumerate() {
        for it in suffix.signs[0].letters() {
            by_first[it as usize] |= 1 << at;
        }
    }
    Table { suffixes, by_first, end }
}
