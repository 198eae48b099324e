//! Grammatical features, one closed table for all languages.

use std::fmt;
use std::ops::{BitAnd, BitOr, BitOrAssign};

/// A set of grammatical features of one reading. The names are those that rule files use in brackets: `[vn dat]`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Features(pub u64);

macro_rules! features {
    ($($(#[$doc:meta])* $constant:ident = $bit:literal $name:literal;)*) => {
        impl Features {
            $($(#[$doc])* pub const $constant: Features = Features(1 << $bit);)*
            /// Every feature with the name that rule files use.
            pub const TABLE: &[(Features, &str)] = &[$((Features::$constant, $name)),*];
        }
    };
}

features! {
    // Part of speech. A reading has exactly one.
    /// Noun.
    NOUN = 0 "noun";
    /// Verb in any form, verbal nouns and participles included.
    VERB = 1 "verb";
    /// Adjective, also a numeral adjective or possessive pronoun that behaves like one.
    ADJ = 2 "adj";
    /// Adverb.
    ADV = 3 "adv";
    /// Pronoun.
    PRON = 4 "pron";
    /// Numeral.
    NUM = 5 "num";
    /// Preposition or postposition.
    ADP = 6 "adp";
    /// Conjunction.
    CONJ = 7 "conj";
    /// Particle, interjection and whatever has no other class.
    PART = 8 "part";
    /// Predicative («вправе», «можно»; «бар», «керек»).
    PRED = 9 "pred";

    // Form of a verb.
    /// Kyrgyz verbal noun: -уу, -ыш.
    VN = 10 "vn";
    /// Participle (ru -ший, -мый, -нный; ky -ган, -уучу).
    PARTICIPLE = 11 "participle";
    /// Converb (ru деепричастие; ky -ып, -а, -бай).
    CONVERB = 12 "converb";
    /// Infinitive.
    INF = 13 "inf";
    /// Finite form.
    FIN = 14 "fin";
    /// Imperative, also the Kyrgyz third person -сын.
    IMP = 15 "imp";
    /// Conditional (ky -са).
    COND = 16 "cond";
    /// Short form of an adjective or participle (ru).
    SHORT = 17 "short";

    // Case.
    /// Nominative; in Kyrgyz a noun without case suffix.
    NOM = 18 "nom";
    /// Genitive.
    GEN = 19 "gen";
    /// Dative.
    DAT = 20 "dat";
    /// Accusative.
    ACC = 21 "acc";
    /// Instrumental (ru).
    INS = 22 "ins";
    /// Locative; in Russian the prepositional.
    LOC = 23 "loc";
    /// Ablative (ky).
    ABL = 24 "abl";

    // Number, possessive, person.
    /// Singular.
    SG = 25 "sg";
    /// Plural.
    PL = 26 "pl";
    /// Possessive of the first person (ky).
    P1 = 27 "p1";
    /// Possessive of the second person (ky).
    P2 = 28 "p2";
    /// Possessive of the third person (ky).
    P3 = 29 "p3";
    /// Third person of a verb.
    PERS3 = 30 "pers3";
    /// First or second person of a verb.
    PERS12 = 31 "pers12";

    // Gender (ru).
    /// Masculine.
    MASC = 32 "masc";
    /// Feminine.
    FEM = 33 "fem";
    /// Neuter.
    NEUT = 34 "neut";

    // Voice, polarity, tense, aspect.
    /// Passive; in Russian a passive participle or a reflexive verb (-ся).
    PASSIVE = 35 "passive";
    /// Causative (ky).
    CAUS = 36 "caus";
    /// Reciprocal or third person plural -ыш (ky).
    RECP = 37 "recp";
    /// Negated form of the verb (ky -ба).
    NEG = 38 "neg";
    /// Past.
    PAST = 39 "past";
    /// Present, or Kyrgyz present-future.
    PRES = 40 "pres";
    /// Future.
    FUT = 41 "fut";
    /// Perfective aspect (ru).
    PFV = 42 "pfv";
    /// Imperfective aspect (ru).
    IPFV = 43 "ipfv";

    // Further Kyrgyz derivations that keep the stem's lexeme.
    /// Relational -дагы, -кы.
    REL = 44 "rel";
    /// -луу.
    LUU = 45 "luu";
    /// -сыз.
    SIZ = 46 "siz";
    /// -лык.
    LIK = 47 "lik";
    /// Other derivation (-ча, -дай, -чы, ordinal).
    DERIV = 48 "deriv";
    /// Aorist -ар.
    AOR = 49 "aor";

    /// Animate (ru).
    ANIM = 50 "anim";
    /// Comparative or superlative.
    CMP = 51 "cmp";
    /// The word is in no list: the features are a guess from its ending.
    GUESS = 63 "guess";
}

impl Features {
    /// No feature.
    pub const NONE: Features = Features(0);

    /// The feature with this name.
    pub fn from_name(name: &str) -> Option<Features> {
        Features::TABLE.iter().find(|(_, it)| *it == name).map(|(feature, _)| *feature)
    }

    /// True when every feature of `wanted` is here.
    pub const fn has(self, wanted: Features) -> bool {
        self.0 & wanted.0 == wanted.0
    }

    /// True when at least one feature of `wanted` is here.
    pub const fn any(self, wanted: Features) -> bool {
        self.0 & wanted.0 != 0
    }

    /// Both sets together.
    pub const fn with(self, other: Features) -> Features {
        Features(self.0 | other.0)
    }
}

impl BitOr for Features {
    type Output = Features;
    fn bitor(self, other: Features) -> Features {
        self.with(other)
    }
}

impl BitOrAssign for Features {
    fn bitor_assign(&mut self, other: Features) {
        *self = self.with(other);
    }
}

impl BitAnd for Features {
    type Output = Features;
    fn bitand(self, other: Features) -> Features {
        Features(self.0 & other.0)
    }
}

impl fmt::Display for Features {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        for (feature, name) in Features::TABLE {
            if self.has(*feature) {
                write!(f, "{}{name}", if first { "" } else { " " })?;
                first = false;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Features {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{self}]")
    }
}
