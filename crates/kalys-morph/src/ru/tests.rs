use super::*;

fn readings(word: &str) -> Vec<Reading> {
    let mut out = Vec::new();
    analyze(word, &mut out);
    out
}

/// True when the two may be forms of one word.
fn one_word(a: &str, b: &str) -> bool {
    let (a, b) = (readings(a), readings(b));
    a.iter().any(|a| b.iter().any(|b| a.lexeme == b.lexeme))
}

/// True when some reading of `word` shares its word with `lemma` and has these features.
fn is(word: &str, lemma: &str, features: Features) -> bool {
    let lemmas = readings(lemma);
    readings(word)
        .iter()
        .any(|it| it.features.has(features) && lemmas.iter().any(|lemma| lemma.lexeme == it.lexeme))
}

#[test]
fn participles_belong_to_their_verb() {
    let passive = Features::VERB | Features::PARTICIPLE | Features::PASSIVE;
    for verb in ["предусмотреть", "предусматривать"] {
        assert!(is("предусмотренный", verb, passive | Features::NOM | Features::MASC), "{verb}");
        assert!(is("предусмотренными", verb, passive | Features::INS | Features::PL), "{verb}");
    }
    for verb in ["продлить", "продлевать"] {
        assert!(is("продлен", verb, passive | Features::SHORT | Features::SG), "{verb}");
    }
    assert!(is("отказано", "отказать", passive | Features::SHORT | Features::NEUT));
    assert!(is("рассматривая", "рассмотреть", Features::VERB | Features::CONVERB));
    assert!(is("рассматривающий", "рассмотреть", Features::PARTICIPLE | Features::PRES));
}

#[test]
fn aspect_partners_are_one_word() {
    for (imperfective, perfective) in [
        ("приостанавливать", "приостановить"),
        ("рассматривать", "рассмотреть"),
        ("предоставлять", "предоставить"),
        ("отказывать", "отказать"),
        ("запрещать", "запретить"),
        ("принимать", "принять"),
        ("выдавать", "выдать"),
        ("возлагать", "возложить"),
        ("вносить", "внести"),
        ("привлекать", "привлечь"),
        ("добывать", "добыть"),
        ("изымать", "изъять"),
        ("начинать", "начать"),
        ("переходить", "перейти"),
        ("присваивать", "присвоить"),
        ("обращаться", "обратиться"),
        ("допускать", "допустить"),
        ("подвергать", "подвергнуть"),
    ] {
        assert!(one_word(imperfective, perfective), "{imperfective} {perfective}");
        assert!(is(imperfective, perfective, Features::IPFV | Features::INF), "{imperfective}");
        assert!(is(perfective, imperfective, Features::PFV | Features::INF), "{perfective}");
    }
}

#[test]
fn different_verbs_stay_apart() {
    for (a, b) in [
        ("добывать", "добить"),
        ("купать", "купить"),
        ("располагать", "расположить"),
        ("отказать", "оказать"),
        ("отчуждать", "отчудить"),
        ("обращаться", "обращать"),
        ("отказаться", "отказать"),
        ("являться", "явить"),
        ("пользоваться", "использовать"),
        ("рассмотреть", "смотреть"),
        ("выдать", "дать"),
        ("может", "поможет"),
        ("единых", "иной"),
        ("относиться", "относить"),
        ("покушаться", "покушать"),
    ] {
        assert!(!one_word(a, b), "{a} {b}");
    }
}

#[test]
fn reflexive_verb_is_the_passive_of_its_verb() {
    for form in ["выдается", "выдаваться", "выдавались"] {
        assert!(is(form, "выдавать", Features::VERB | Features::PASSIVE), "{form}");
    }
    assert!(readings("выдает").iter().all(|it| !it.features.has(Features::PASSIVE)));
    assert!(readings("является").iter().all(|it| !it.features.has(Features::PASSIVE)));
    assert!(is("рассматривается", "рассмотреть", Features::PASSIVE | Features::PRES | Features::PERS3));
}

#[test]
fn words_of_other_classes() {
    assert!(is("вправе", "вправе", Features::PRED));
    assert!(is("иных", "иной", Features::ADJ | Features::GEN | Features::PL));
    assert!(is("иных", "иной", Features::ADJ | Features::ACC | Features::PL));
    assert!(is("иных", "иной", Features::ADJ | Features::LOC | Features::PL));
    assert!(is("органом", "орган", Features::NOUN | Features::INS | Features::SG));
    assert!(is("статьи", "статья", Features::NOUN | Features::GEN | Features::SG));
    assert!(is("статьи", "статья", Features::NOUN | Features::NOM | Features::PL));
    assert!(is("лучше", "хороший", Features::ADJ | Features::CMP) || is("лучше", "лучше", Features::ADV));
    assert!(is("обязан", "обязанный", Features::ADJ | Features::SHORT));
    assert!(readings("при").iter().all(|it| it.features.has(Features::ADP)));
    assert!(readings("для").iter().all(|it| it.features.has(Features::ADP)));
}

#[test]
fn words_of_the_republic() {
    assert!(is("кенеша", "кенеш", Features::NOUN | Features::GEN | Features::SG));
    assert!(is("кенешем", "кенеш", Features::NOUN | Features::INS | Features::SG));
    assert!(is("жогорку", "жогорку", Features::ADJ));
    assert!(is("цифровизации", "цифровизация", Features::NOUN | Features::GEN | Features::FEM));
    assert!(is("правоустанавливающих", "правоустанавливающий", Features::ADJ | Features::GEN | Features::PL));
    assert!(is("акимом", "аким", Features::NOUN | Features::INS));
    assert!(knows("окмоту") && knows("нпа") && knows("еаэс"));
    assert_eq!(lemma(readings("кенешу")[0].lexeme).as_deref(), Some("кенеш"));
}

#[test]
fn every_line_of_the_list_is_understood() {
    let lines: Vec<&str> =
        include_str!("../../data/ru.txt").lines().filter(|it| !it.starts_with('#')).collect();
    for line in &lines {
        assert!(extra_word(line).is_some(), "ru.txt: {line}");
    }
    for extra in extra_words() {
        assert!(!dictionary::contains(&extra.lemma), "ru.txt: the dictionary has {}", extra.lemma);
        assert!(knows(&extra.lemma), "ru.txt: {} does not read itself", extra.lemma);
    }
    assert_eq!(extra_words().len(), lines.len());
}

#[test]
fn compounds_are_read_by_their_parts() {
    assert!(is("купли-продажи", "продажа", Features::NOUN | Features::GEN));
    assert!(is("лица-нерезидента", "лицо", Features::NOUN | Features::GEN));
    assert!(is("лица-нерезидента", "нерезидент", Features::NOUN | Features::GEN));
    assert!(is("15-дневного", "дневной", Features::ADJ | Features::GEN));
    assert!(!one_word("проектно-изыскательских", "проект"));
    assert!(is("каких-либо", "какой-либо", Features::ADJ | Features::GEN));
}

#[test]
fn hard_sign_for_soft() {
    assert!(is("статъя", "статья", Features::NOUN | Features::NOM));
    assert!(is("объект", "объект", Features::NOUN | Features::NOM));
}

#[test]
fn forms_of_an_unknown_word_meet() {
    let guess = Features::GUESS;
    assert!(is("глоксирования", "глоксирование", guess | Features::NOUN));
    assert!(is("глоксального", "глоксальный", guess | Features::ADJ | Features::GEN));
    assert!(is("глоксирует", "глоксировать", guess | Features::VERB | Features::FIN));
    assert!(is("глоксирован", "глоксированный", guess | Features::PASSIVE | Features::SHORT));
    assert!(readings("глоксом").iter().all(|it| it.lexeme.0 >= 0x8000_0000));
    assert!(!knows("глоксом"));
    assert_eq!(lemma(readings("глоксом")[0].lexeme), None);
}

#[test]
fn what_is_no_word_has_no_reading() {
    for word in ["", "-", "12", "№", "…"] {
        assert_eq!(readings(word), [], "{word}");
    }
}

#[test]
fn near_words() {
    assert!(nearest("прекратитть").contains(&"прекратить".to_owned()));
    assert!(nearest("лицензея").contains(&"лицензия".to_owned()));
}

proptest::proptest! {
    #[test]
    fn any_word_can_be_analyzed(word in "([а-яёъ-]{0,70}|\\PC{0,20})") {
        let found = readings(&word);
        let mut distinct = found.clone();
        distinct.sort();
        distinct.dedup();
        proptest::prop_assert_eq!(found.len(), distinct.len());
        knows(&word);
        for it in found {
            lemma(it.lexeme);
        }
    }
}
