use std::collections::HashSet;

use super::*;

fn readings(word: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    analyze(word, &mut out);
    out.iter().map(|it| (lemma(it.lexeme).unwrap_or_default(), it.features.to_string())).collect()
}

/// Each line: the word, then its readings as `lemma: features`, separated by semicolons.
#[track_caller]
fn check(lines: &str) {
    let mut wrong = String::new();
    for line in lines.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let (word, wanted) = line.split_once(" = ").expect("a word and its readings");
        let mut wanted: Vec<String> = wanted.split("; ").map(str::to_owned).collect();
        let mut got: Vec<String> =
            readings(word).iter().map(|(lemma, features)| format!("{lemma}: {features}")).collect();
        wanted.sort();
        got.sort();
        if wanted != got {
            wrong += &format!("{word} = {}\n", got.join("; "));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn regular_forms() {
    check(
        "
        authorities = authority: noun nom pl
        authority = authority: noun nom sg
        authority's = authority: noun gen sg
        authorities' = authority: noun gen pl
        taxes = tax: noun nom pl; tax: verb fin sg pers3 pres
        days = day: noun nom pl
        refuses = refuse: verb fin sg pers3 pres
        notifies = notify: verb fin sg pers3 pres
        refused = refuse: verb fin past; refuse: verb participle passive past
        notified = notify: verb fin past; notify: verb participle passive past
        obliged = oblige: verb fin past; oblige: verb participle passive past; obliged: adj
        agreed = agree: verb fin past; agree: verb participle passive past; agreed: adj
        referred = refer: verb fin past; refer: verb participle passive past
        offered = offer: verb fin past; offer: verb participle passive past
        planned = plan: verb fin past; plan: verb participle passive past
        annulled = annul: verb fin past; annul: verb participle passive past
        determining = determine: verb vn; determine: verb participle pres
        applying = apply: verb vn; apply: verb participle pres
        overseeing = oversee: verb vn; oversee: verb participle pres
        larger = large: adj cmp
        heaviest = heavy: adj cmp
        reasonably = reasonably: adv
        necessarily = necessarily: adv
        systematically = systematically: adv
        ",
    );
}

#[test]
fn irregular_forms() {
    check(
        "
        criteria = criterion: noun nom pl
        persons = person: noun nom pl
        written = write: verb participle passive past; written: adj
        forbidden = forbid: verb participle passive past
        taken = take: verb participle passive past
        took = take: verb fin past
        made = make: verb fin past; make: verb participle passive past
        set = set: noun nom sg; set: verb inf; set: verb fin pl pres; set: verb fin past; set: verb participle passive past
        is = be: verb fin sg pers3 pres
        been = be: verb participle past
        has = have: verb fin sg pers3 pres
        may = may: verb fin sg pl pres
        these = this: pron nom acc pl
        others = other: pron nom acc pl
        further = far: adj cmp; further: adv
        ",
    );
}

#[test]
fn one_syllable_doubles_its_consonant() {
    // «planed» is of «plane», which is not listed; «plan» would double its n.
    assert!(!knows("planed"));
    assert!(knows("cancelled") && knows("canceled"));
}

#[test]
fn owner_is_no_comparative() {
    check("owner = owner: noun nom sg");
}

#[test]
fn hyphens() {
    check(
        "
        co-applicant = applicant: noun nom sg
        non-payment = non-payment: noun nom sg
        ",
    );
    assert!(!knows("non-existence"));
    assert!(!knows("xyzzy-payment"));
    assert!(!knows("-") && !knows("-payment") && !knows("payment-"));
}

#[test]
fn forms_of_an_unknown_word_meet() {
    let lexemes = |word: &str| {
        assert!(!knows(word), "{word}");
        let mut out = Vec::new();
        analyze(word, &mut out);
        assert!(out.iter().all(|it| it.features.has(Features::GUESS)), "{word}");
        out.iter().map(|it| it.lexeme).collect::<HashSet<_>>()
    };
    assert!(!lexemes("blorking").is_disjoint(&lexemes("blorked")));
    assert!(!lexemes("glibbets").is_disjoint(&lexemes("glibbet")));
    assert!(lexemes("glibbets").is_disjoint(&lexemes("blorked")));
    check(
        "
        blorked = : verb fin past guess; : verb participle passive past guess
        glibbets = : noun nom pl guess
        өкмөт = : noun nom sg guess
        glibbet's = : noun gen guess
        ",
    );
}

#[test]
fn near_words() {
    assert_eq!(nearest("authorty").first().map(String::as_str), Some("authority"));
    assert!(nearest("a").len() <= 3);
    assert!(nearest("").len() <= 3);
    assert_eq!(nearest("өкмөттөрдө"), Vec::<String>::new());
}

#[test]
fn every_line_of_the_list_is_understood() {
    let mut seen = HashSet::new();
    for line in LIST.lines().filter(|it| !it.starts_with('#') && !it.is_empty()) {
        let (class, list) = line.split_once(':').unwrap_or_else(|| panic!("no class: {line}"));
        if class == "form" {
            let mut parts = list.split_whitespace().skip(2);
            assert!(parts.clone().count() >= 1, "{line}");
            assert!(parts.all(|it| Features::from_name(it).is_some()), "{line}");
            continue;
        }
        assert!(["modal", "adj+ly"].contains(&class) || Features::from_name(class).is_some(), "{line}");
        let class = if class == "adj+ly" { "adj" } else { class };
        for word in list.split_whitespace() {
            assert!(seen.insert((class, word.split('/').next())), "twice: {class} {word}");
            assert!(word.is_ascii() || word == "vis-à-vis", "{word}");
        }
    }
    for lexeme in 0..words().lexemes.len() as u32 {
        let lemma = lemma(LexemeId(lexeme)).expect("a lexeme without lemma");
        assert!(knows(&lemma), "{lemma}");
    }
}

proptest::proptest! {
    #[test]
    fn any_word(word in "[a-z'-]{0,12}|\\PC{0,12}") {
        let mut out = Vec::new();
        analyze(&word, &mut out);
        proptest::prop_assert_eq!(knows(&word), out.iter().any(|it| !it.features.has(Features::GUESS)));
        nearest(&word);
    }
}
