use super::*;

/// Verbs as `word:aspects`, `t` for transitive.
fn verbs(list: &str) -> Verbs {
    list.split_whitespace()
        .filter_map(|it| it.split_once(':'))
        .map(|(word, what)| {
            let verb = Verb {
                perfective: what.contains('p'),
                imperfective: what.contains('i'),
                transitive: what.contains('t'),
            };
            (word.to_owned(), verb)
        })
        .collect()
}

fn pairs(list: &str, aspect: &str) -> Vec<String> {
    let lists = Lists::parse(aspect, "").unwrap();
    find(&verbs(list), &lists).unwrap().aspect.into_iter().map(|(i, p)| format!("{i} {p}")).collect()
}

#[test]
fn regular_partners() {
    for (imperfective, perfective) in [
        ("указывать", "указать"),
        ("рассматривать", "рассмотреть"),
        ("приостанавливать", "приостановить"),
        ("предоставлять", "предоставить"),
        ("возмещать", "возместить"),
        ("возбуждать", "возбудить"),
        ("продлевать", "продлить"),
        ("открывать", "открыть"),
        ("принимать", "принять"),
    ] {
        let list = format!("{imperfective}:i {perfective}:p");
        assert_eq!(pairs(&list, ""), [format!("{imperfective} {perfective}")]);
    }
}

#[test]
fn partners_have_opposite_aspects() {
    assert_eq!(pairs("качать:i катить:i", ""), Vec::<String>::new());
    assert_eq!(pairs("указывать:p указать:p", ""), Vec::<String>::new());
}

#[test]
fn two_possible_partners_are_none() {
    let list = "завешивать:i завесить:p завешать:p";
    assert_eq!(pairs(list, ""), Vec::<String>::new());
    assert_eq!(pairs(list, "завешивать завесить"), ["завешивать завесить"]);
}

#[test]
fn a_root_has_a_vowel() {
    assert_eq!(pairs("живать:i деть:p взывать:i взять:p", ""), Vec::<String>::new());
}

#[test]
fn lists_keep_verbs_apart() {
    assert_eq!(pairs("купать:i купить:p", "! купать купить # to bathe"), Vec::<String>::new());
}

#[test]
fn reflexive_verbs() {
    let lists = Lists::parse("", "обращаться").unwrap();
    let list = "обращать:it обращаться:i выдавать:it выдаваться:i стоять:i стояться:i";
    let found = find(&verbs(list), &lists).unwrap();
    assert_eq!(found.passive.into_iter().collect::<Vec<_>>(), ["выдаваться"]);
}

#[test]
fn misspellings_are_named_all_at_once() {
    let lists = Lists::parse("купыть купить\nкупать купить", "купаться").unwrap();
    let error = find(&verbs("купить:p купать:p"), &lists).err().unwrap().to_string();
    assert_eq!(error.lines().count(), 3, "{error}");
    assert!(Lists::parse("one two three", "").is_err());
}
