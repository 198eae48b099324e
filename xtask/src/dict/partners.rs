//! Which Russian verbs are one word for a rule: aspect partners (рассматривать, рассмотреть) and the passive use of -ся
//! (выдавать, выдаваться).
//!
//! It is for joining lexemes of the packed dictionary, whose source does not link them. Partners are derived from the
//! regular patterns of aspect; both verbs must be in the dictionary, with opposite aspects, and a verb with two possible
//! partners gets none. What the patterns miss or get wrong is in two short lists, `aspect.txt` and `reflexive.txt`.
//! It knows nothing of meaning beyond those lists, so it rather leaves partners apart than joins two verbs.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};

/// What the dictionary says about a verb, homonyms together.
#[derive(Clone, Copy, Default)]
pub(crate) struct Verb {
    /// Has perfective forms.
    pub(crate) perfective: bool,
    /// Has imperfective forms.
    pub(crate) imperfective: bool,
    /// Takes a direct object.
    pub(crate) transitive: bool,
}

/// Verbs by infinitive, with е for ё.
pub(crate) type Verbs = BTreeMap<String, Verb>;

/// The lists that correct the patterns.
pub(crate) struct Lists {
    pairs: Vec<(String, String)>,
    apart: BTreeSet<(String, String)>,
    reflexive: BTreeSet<String>,
}

impl Lists {
    /// `aspect` has a line `imperfective perfective` for each pair to add and `! imperfective perfective` for each to
    /// keep apart; `reflexive` has the -ся verbs, any number a line, that are words of their own. `#` begins a comment.
    pub(crate) fn parse(aspect: &str, reflexive: &str) -> Result<Lists> {
        let mut lists = Lists { pairs: Vec::new(), apart: BTreeSet::new(), reflexive: BTreeSet::new() };
        for (index, line) in aspect.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default();
            let (words, apart) = match line.trim().strip_prefix('!') {
                Some(rest) => (rest, true),
                None => (line, false),
            };
            let words: Vec<&str> = words.split_whitespace().collect();
            let pair = match words[..] {
                [] => continue,
                [imperfective, perfective] => (imperfective.to_owned(), perfective.to_owned()),
                _ => anyhow::bail!("aspect.txt:{}: give two verbs", index + 1),
            };
            if apart {
                lists.apart.insert(pair);
            } else {
                lists.pairs.push(pair);
            }
        }
        for line in reflexive.lines() {
            let words = line.split('#').next().unwrap_or_default().split_whitespace();
            lists.reflexive.extend(words.map(str::to_owned));
        }
        Ok(lists)
    }
}

/// How verbs are joined.
pub(crate) struct Partners {
    /// Pairs of imperfective and perfective.
    pub(crate) aspect: Vec<(String, String)>,
    /// -ся verbs that are the passive of the verb without -ся.
    pub(crate) passive: BTreeSet<String>,
}

/// Finds what to join.
///
/// # Errors
///
/// When a list names a verb that the dictionary lacks, or one that is of the wrong aspect: a misspelling there would
/// otherwise go unseen.
pub(crate) fn find(verbs: &Verbs, lists: &Lists) -> Result<Partners> {
    let errors = misspellings(verbs, lists);
    ensure!(errors.is_empty(), "{}", errors.join("\n"));
    let mut aspect = lists.pairs.clone();
    let passive = verbs
        .keys()
        .filter(|it| !lists.reflexive.contains(*it))
        .filter(|it| base(it).and_then(|base| verbs.get(base)).is_some_and(|base| base.transitive))
        .cloned()
        .collect();
    let listed: BTreeSet<&String> = lists.pairs.iter().map(|(imperfective, _)| imperfective).collect();
    for (verb, what) in verbs {
        if !what.imperfective || listed.contains(verb) {
            continue;
        }
        let stem = base(verb).unwrap_or(verb);
        let known = |candidates: Vec<String>| -> BTreeSet<String> {
            candidates
                .into_iter()
                .map(|it| if stem.len() < verb.len() { reflexive(&it) } else { it })
                .filter(|it| it != verb && verbs.get(it).is_some_and(|it| it.perfective))
                .collect()
        };
        let mut found = known(without_va(stem));
        if found.is_empty() {
            found = known(candidates(stem));
        }
        let found: Vec<&String> = found.iter().collect();
        if let [partner] = found[..]
            && !lists.apart.contains(&(verb.clone(), partner.clone()))
            && is_safe(verb, partner, verbs[partner])
        {
            aspect.push((verb.clone(), partner.clone()));
        }
    }
    Ok(Partners { aspect, passive })
}

fn misspellings(verbs: &Verbs, lists: &Lists) -> Vec<String> {
    let pairs = lists.pairs.iter().chain(&lists.apart);
    let mut errors: Vec<String> = pairs
        .clone()
        .flat_map(|(imperfective, perfective)| [imperfective, perfective])
        .chain(&lists.reflexive)
        .filter(|it| !verbs.contains_key(*it))
        .map(|it| format!("the dictionary has no verb {it}: correct aspect.txt or reflexive.txt"))
        .collect();
    for (imperfective, perfective) in pairs {
        if verbs.get(imperfective).is_some_and(|it| !it.imperfective) {
            errors.push(format!("aspect.txt: {imperfective} is not imperfective"));
        }
        if verbs.get(perfective).is_some_and(|it| !it.perfective) {
            errors.push(format!("aspect.txt: {perfective} is not perfective"));
        }
    }
    errors
}

/// The verb without -ся.
pub(crate) fn base(verb: &str) -> Option<&str> {
    verb.strip_suffix("ся").or_else(|| verb.strip_suffix("сь"))
}

fn reflexive(verb: &str) -> String {
    format!("{verb}{}", if verb.ends_with('и') { "сь" } else { "ся" })
}

/// «Заносить» is imperfective of «занести» and, another word, perfective of «занашивать»; the first is meant in law.
fn is_safe(imperfective: &str, perfective: &str, partner: Verb) -> bool {
    let moves = ["водить", "носить", "возить", "ходить"];
    let perfective_base = base(perfective).unwrap_or(perfective);
    let imperfective_base = base(imperfective).unwrap_or(imperfective);
    let of_both_aspects = partner.imperfective;
    let of_motion =
        moves.iter().any(|it| perfective_base.ends_with(it)) && imperfective_base.ends_with("вать");
    let ivat_of_ovat = imperfective_base.ends_with("ивать") && perfective_base.ends_with("овать");
    !of_both_aspects || !of_motion && !ivat_of_ovat
}

const VOWELS: [char; 9] = ['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я'];

/// Families of irregular stems: what stands in place of the imperfective ending in the perfective.
const FAMILIES: &[(&str, &[&str])] = &[
    ("нимать", &["нять"]),
    ("бирать", &["брать"]),
    ("зывать", &["звать"]),
    ("сылать", &["слать"]),
    ("мирать", &["мереть"]),
    ("тирать", &["тереть"]),
    ("пирать", &["переть"]),
    ("чинать", &["чать"]),
    ("жигать", &["жечь"]),
    ("лагать", &["ложить"]),
    ("кладывать", &["ложить"]),
    ("ретать", &["рести"]),
    ("падать", &["пасть"]),
    ("водить", &["вести"]),
    ("носить", &["нести"]),
    ("возить", &["везти"]),
    ("ходить", &["йти"]),
    ("текать", &["течь"]),
    ("секать", &["сечь"]),
    ("лекать", &["лечь"]),
    ("могать", &["мочь"]),
    ("регать", &["речь"]),
    ("стигать", &["стигнуть"]),
    ("вергать", &["вергнуть"]),
    ("торгать", &["торгнуть"]),
    ("никать", &["никнуть"]),
    ("чезать", &["чезнуть"]),
    ("сягать", &["сягнуть"]),
    ("бегать", &["бежать", "бегнуть"]),
];

/// откры-вать откры-ть, созда-вать созда-ть, добы-вать добы-ть (and not доб-ить).
fn without_va(verb: &str) -> Vec<String> {
    let stem = verb.strip_suffix("вать").filter(|it| it.ends_with(VOWELS));
    stem.map(|it| format!("{it}ть")).into_iter().collect()
}

/// What the perfective partner of this imperfective verb may be, by the patterns of Russian aspect.
fn candidates(verb: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (ending, partners) in FAMILIES {
        if let Some(stem) = verb.strip_suffix(ending) {
            found.extend(partners.iter().map(|it| format!("{stem}{it}")));
        }
    }
    // указ-ывать указ-ать, рассматр-ивать рассмотр-еть, приостанавл-ивать приостанов-ить
    if let Some(stem) = verb.strip_suffix("ывать").or_else(|| verb.strip_suffix("ивать"))
        && stem.contains(VOWELS)
    {
        for root in [Some(stem.to_owned()), with_last_a_as_o(stem)].into_iter().flatten() {
            found.push(format!("{root}ать"));
            found.push(format!("{root}ять"));
            found.push(format!("{root}еть"));
            found.extend(hard_stems(&root).into_iter().map(|it| format!("{it}ить")));
            found.extend(hard_stems(&root).into_iter().map(|it| format!("{it}еть")));
        }
    }
    // продл-евать продл-ить
    if let Some(stem) = verb.strip_suffix("евать") {
        found.push(format!("{stem}ить"));
    }
    // предоставл-ять предостав-ить, запрещ-ать запрет-ить, реш-ать реш-ить
    if let Some(stem) = verb.strip_suffix("ать").or_else(|| verb.strip_suffix("ять"))
        && !verb.ends_with("вать")
    {
        found.extend(hard_stems(stem).into_iter().map(|it| format!("{it}ить")));
    }
    found
}

/// The last vowel of the root, if it is а, as о: рассматр, рассмотр.
fn with_last_a_as_o(stem: &str) -> Option<String> {
    let (at, vowel) = stem.char_indices().rev().find(|(_, it)| VOWELS.contains(it))?;
    (vowel == 'а').then(|| format!("{}о{}", &stem[..at], &stem[at + vowel.len_utf8()..]))
}

/// The stem as it may stand before -ить: приостанавл, приостанов; запрещ, запрет; возмещ, возмест.
fn hard_stems(stem: &str) -> Vec<String> {
    const SOFTENED: &[(&str, &[&str])] = &[
        ("бл", &["б"]),
        ("вл", &["в"]),
        ("мл", &["м"]),
        ("пл", &["п"]),
        ("фл", &["ф"]),
        ("жд", &["д"]),
        ("щ", &["т", "ст", "ск"]),
        ("ч", &["т"]),
        ("ш", &["с"]),
        ("ж", &["д", "з"]),
        ("ск", &["ст"]),
    ];
    let mut found = vec![stem.to_owned()];
    for (soft, hard) in SOFTENED {
        if let Some(root) = stem.strip_suffix(soft) {
            found.extend(hard.iter().map(|it| format!("{root}{it}")));
        }
    }
    found
}

#[cfg(test)]
mod tests;
