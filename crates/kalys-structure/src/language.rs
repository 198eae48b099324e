//! The language of each unit, from its trigrams of letters.
//!
//! Kyrgyz, Russian and English are told from each other and from Kazakh, Ukrainian, Uzbek, Tajik and Belarusian, which are
//! all [`Lang::Other`]. Short units follow the act. The table was counted over parallel news, treebank sentences, acts and
//! the Universal Declaration of Human Rights; only counts are kept.

use crate::letters;
use kalys_model::{Act, Alphabet, Doubt, DoubtKind, Lang, Span, Unit, UnitId, UnitKind};
use std::sync::LazyLock;

/// Sets the language of every unit and of the act.
pub(crate) fn assign(act: &mut Act) {
    let mut scores: Vec<Score> = Vec::with_capacity(act.units.len());
    let mut letters = [0_u64; N_LANGS + 1];
    for unit in &act.units {
        let own = own_words(unit);
        let join = act.joins.partition_point(|it| it.end <= own.start);
        let score = if act.joins.get(join).is_some_and(|it| it.start < own.end) {
            // Letter-spaced and broken words tell nothing until they are put together.
            score(&act.quote(own), Alphabet::Standard)
        } else {
            score(act.slice(own), act.alphabet)
        };
        letters[score.best(&[0; N_LANGS]).unwrap_or(N_LANGS)] += u64::from(own.len());
        scores.push(score);
    }
    // What has no letters to tell by has no say in the language of the act.
    let most =
        (0..N_LANGS).max_by_key(|it| (letters[*it], std::cmp::Reverse(*it))).filter(|it| letters[*it] > 0);
    act.lang = most.map_or(Lang::Other, lang_of);
    let mut prior = [PRIOR; N_LANGS];
    if let Some(most) = most {
        prior[most] = 0;
    }
    for (unit, score) in act.units.iter_mut().zip(&scores) {
        unit.lang = match score.best(&prior) {
            Some(best) => lang_of(best),
            None if score.is_foreign() => {
                act.doubts.push(Doubt { span: own_words(unit), kind: DoubtKind::UnknownLanguage });
                Lang::Other
            }
            None => act.lang,
        };
    }
    // A short unit among units of another language goes with its parent.
    for index in 1..act.units.len() {
        let parent = act.units[index].parent.unwrap_or(UnitId(0)).0 as usize;
        let parent_is_short = scores[parent].n_trigrams < SHORT || act.units[parent].kind == UnitKind::Act;
        if scores[index].n_trigrams < SHORT && !parent_is_short {
            act.units[index].lang = act.units[parent].lang;
        }
    }
}

/// The words that decide: the body, or the heading of a unit that only holds others.
fn own_words(unit: &Unit) -> Span {
    if unit.body.is_empty() { unit.heading.unwrap_or(unit.body) } else { unit.body }
}

/// The languages of the table, in its order.
const LANGS: [Lang; N_LANGS] =
    [Lang::Ky, Lang::Ru, Lang::En, Lang::Other, Lang::Other, Lang::Other, Lang::Other, Lang::Other];
const N_LANGS: usize = 8;

/// Penalty of every language that is not the act's own, in the unit of the table (a third of a nat).
const PRIOR: u32 = 18;

/// Fewer trigrams than this tell nothing.
const SHORT: u32 = 8;

/// Trigrams after which a unit is known well enough.
const ENOUGH: u32 = 200;

/// Trigrams after which it may be known well enough, when no other language comes near.
const CLEAR: u32 = 60;

fn lang_of(index: usize) -> Lang {
    LANGS[index]
}

#[derive(Clone, Copy, Default)]
struct Score {
    penalties: [u32; N_LANGS],
    /// Trigrams that the table knows.
    n_known: u32,
    n_trigrams: u32,
}

impl Score {
    /// The likeliest language, when there is enough to tell.
    fn best(&self, prior: &[u32; N_LANGS]) -> Option<usize> {
        if self.n_trigrams < SHORT || self.is_foreign() {
            return None;
        }
        (0..N_LANGS).min_by_key(|it| self.penalties[*it] + prior[*it])
    }

    /// True when no second language comes near the first, even with the act's own before it.
    fn is_clear(&self) -> bool {
        let mut least = [u32::MAX; 2];
        for penalty in self.penalties {
            if penalty < least[0] {
                least = [penalty, least[0]];
            } else {
                least[1] = least[1].min(penalty);
            }
        }
        least[1] - least[0] > 3 * PRIOR && self.n_known * 2 > self.n_trigrams
    }

    /// True for letters that make up no word of a known language.
    fn is_foreign(&self) -> bool {
        self.n_trigrams >= 40 && self.n_known * 3 < self.n_trigrams
    }
}

fn score(text: &str, alphabet: Alphabet) -> Score {
    let table = &*TABLE;
    let mut score = Score::default();
    let (mut first, mut second) = (BORDER, BORDER);
    for c in text.chars() {
        if c == '\u{ad}' {
            continue;
        }
        let c = if alphabet == Alphabet::Standard { c } else { alphabet.letter(c) };
        let letter = lower(c);
        if second != BORDER {
            score.n_trigrams += 1;
            if let Some(penalties) = table.get(pack(first, second, letter)) {
                score.n_known += 1;
                for (sum, penalty) in score.penalties.iter_mut().zip(penalties) {
                    *sum += u32::from(*penalty);
                }
            }
        }
        if letter == BORDER {
            (first, second) = (BORDER, BORDER);
            if score.n_trigrams >= ENOUGH || score.n_trigrams >= CLEAR && score.is_clear() {
                break;
            }
        } else {
            (first, second) = (second, letter);
        }
    }
    score
}

const BORDER: u16 = b'_' as u16;

/// The letter in lower case; everything else is the border of a word.
fn lower(c: char) -> u16 {
    match c {
        'а'..='я' | 'a'..='z' | 'ё' | 'ө' | 'ү' | 'ң' => c as u16,
        'А'..='Я' => c as u16 + 32,
        'A'..='Z' => c as u16 + 32,
        '\0'..='@' => BORDER,
        'њ' | 'ӊ' => 'ң' as u16,
        _ if letters::is_letter(c) => {
            let lower = c.to_lowercase().next().unwrap_or(c);
            u16::try_from(lower as u32).unwrap_or(BORDER)
        }
        _ => BORDER,
    }
}

fn pack(a: u16, b: u16, c: u16) -> u64 {
    u64::from(a) << 32 | u64::from(b) << 16 | u64::from(c)
}

/// Trigrams with the penalties they bring to each language: a hash table with open addresses, half empty.
struct Table {
    keys: Vec<u64>,
    penalties: Vec<[u8; N_LANGS]>,
}

const N_SLOTS: usize = 8192;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { keys: vec![0; N_SLOTS], penalties: vec![[0; N_LANGS]; N_SLOTS] };
    for line in include_str!("language.tsv").lines().filter(|it| !it.starts_with('#')) {
        let Some((trigram, row)) = line.split_once('\t') else { continue };
        let mut chars = trigram.chars().map(|c| c as u32 as u16);
        let (Some(a), Some(b), Some(c)) = (chars.next(), chars.next(), chars.next()) else { continue };
        let mut penalties = [0; N_LANGS];
        for (penalty, byte) in penalties.iter_mut().zip(row.bytes()) {
            *penalty = byte.saturating_sub(b'a');
        }
        table.insert(pack(a, b, c), penalties);
    }
    table
});

impl Table {
    fn slot(key: u64) -> usize {
        (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 51) as usize
    }

    fn insert(&mut self, key: u64, penalties: [u8; N_LANGS]) {
        let mut slot = Table::slot(key);
        while self.keys[slot] != 0 && self.keys[slot] != key {
            slot = (slot + 1) % N_SLOTS;
        }
        self.keys[slot] = key;
        self.penalties[slot] = penalties;
    }

    fn get(&self, key: u64) -> Option<&[u8; N_LANGS]> {
        let mut slot = Table::slot(key);
        loop {
            match self.keys[slot] {
                0 => return None,
                it if it == key => return Some(&self.penalties[slot]),
                _ => slot = (slot + 1) % N_SLOTS,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, lang: Lang) {
        let best = score(text, Alphabet::Standard).best(&[0; N_LANGS]);
        assert_eq!(best.map_or(Lang::Other, lang_of), lang, "{text}");
    }

    #[test]
    fn neighbors_are_told_apart() {
        check("Ыйгарым укуктуу орган арызды үч жумушчу күндүн ичинде карайт", Lang::Ky);
        check("жана башка документтер боюнча талап кылынат", Lang::Ky);
        check("Кенештин чечими менен олчомдор бекитилсин", Lang::Ky);
        check("Уполномоченный орган рассматривает заявление в течение трёх дней", Lang::Ru);
        check("The licensing authority shall decide within ten days", Lang::En);
        check("Уәкілетті орган өтінішті үш жұмыс күні ішінде қарайды", Lang::Other);
        check("Уповноважений орган розглядає заяву протягом трьох днів", Lang::Other);
        check("Ваколатли орган аризани уч кун ичида кўриб чиқади ва қарор қабул қилади", Lang::Other);
        check("Упаўнаважаны орган разглядае заяву на працягу трох дзён", Lang::Other);
        check(
            "Vakolatli organ arizani uch ish kuni ichida ko‘rib chiqadi va qaror qabul qiladi",
            Lang::Other,
        );
    }
}
