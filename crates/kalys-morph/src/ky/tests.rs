use super::*;

fn features(names: &str) -> Features {
    names.split_whitespace().map(|it| Features::from_name(it).expect(it)).fold(Features::NONE, Features::with)
}

fn readings(grammar: &Grammar, word: &str) -> Vec<(String, Features)> {
    let mut out = Vec::new();
    grammar.analyze(word, &mut out);
    out.iter().map(|it| (grammar.lemma(it.lexeme).unwrap_or_default(), it.features)).collect()
}

/// Each line: the word, its lemma, its features without the part of speech. One reading must have exactly these.
#[track_caller]
fn check(grammar: &Grammar, lines: &str) {
    let mut wrong = String::new();
    for line in lines.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let (word, rest) = line.split_once(' ').unwrap();
        let (lemma, names) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
        let wanted = features(names);
        let readings = readings(grammar, word);
        let right = |(it, has): &(String, Features)| it == lemma && has.0 & !CLASSES.0 == wanted.0;
        if !readings.iter().any(right) {
            wrong += &format!("{word}: wanted {lemma} [{wanted}], got {readings:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn sixty_words() {
    check(
        &Grammar::new(&[]),
        "
        мыйзамдарында мыйзам pl p3 loc
        тартибин тартип p3 acc
        укугуна укук p3 dat
        талабынан талап p3 abl
        ордуна орун p3 dat
        бөлүгүнүн бөлүк p3 gen
        участогундагы участок p3 rel
        комиссиясынын комиссия p3 gen
        беренесине берене p3 dat
        актылардын акт pl gen
        мөөнөтүнөн мөөнөт p3 abl
        министрлигине министрлик lik p3 dat
        жоопкерчилиги жоопкерчилик lik deriv p3 nom
        төлөөчүлөргө төлөөчү pl dat
        пунктундагы пункт p3 rel
        январындагы январь p3 rel
        контролго контроль dat
        фонддун фонд gen
        органдарындагы орган pl p3 rel
        көлөмдө көлөм loc
        сотко сот dat
        жарандык жарандык lik nom
        укуктуу укуктуу luu nom
        мыйзамсыз мыйзамсыз siz nom
        талаптагыдай талап rel deriv
        тийиштүүлүгүнө тийиштүүлүк lik luu p3 dat
        башкача башкача deriv
        төмөнкүлөрдү төмөнкү rel pl acc
        жетинчи жетинчи deriv nom
        анын ал gen
        мындан бул abl
        өздөрүнүн өз pl p3 gen
        ккмди ккм acc
        бекитилсин бекит- passive imp fin pers3
        жүктөлсүн жүктө- passive imp fin pers3
        каралбаса кара- passive neg cond pers3
        берилиши бер- passive vn p3 nom
        токтотулушу токтот- passive vn p3 nom
        кароонун кара- vn gen
        төлөөдөн төлө- vn abl
        коюудан кой- vn abl
        тыюу тый- vn nom
        бербөөгө бер- neg vn dat
        таркатпоого таркат- neg vn dat
        төлөнүүчү төлө- passive participle pres
        көрсөтүлбөгөн көрсөт- passive neg participle past
        аныктаган аныкта- participle past
        катышкандыгы катыш- participle past lik p3 nom
        кечиктирбестен кечиктир- neg converb
        жарыялангандан жарыяла- passive participle past abl
        кошпогондо кош- neg participle past loc
        аткарышат аткар- recp fin pres pers3
        алышпайт ал- recp neg fin pres pers3
        таанылат тааны- passive fin pres pers3
        чыгып чык- converb
        жаап жап- converb
        болмоюнча бол- neg converb
        даярдалууда даярда- passive vn loc
        акылуу акылуу luu nom
        ",
    );
    let mut out = Vec::new();
    Grammar::new(&[]).analyze("20сынан", &mut out);
    assert_eq!(out[0].features, features("num p3 abl"));
}

/// A loan that no list has: its lexeme has no citation form, but its forms meet.
#[test]
fn loans_of_russian() {
    let grammar = Grammar::new(&[]);
    for (a, b, wanted) in [
        ("тахографтын", "тахографы", "noun gen"),
        ("коносаменттерди", "коносамент", "noun pl acc"),
        ("трибунага", "трибунасынын", "noun dat"),
        ("дебаркадерлерде", "дебаркадер", "noun pl loc"),
        ("панелдик", "панель", "noun nom lik"),
        ("тюбигинин", "тюбик", "noun p3 gen"),
        ("сегрегациялоого", "сегрегацияланган", "verb vn dat"),
        ("периодикалуу", "периодикасы", "noun nom luu"),
        ("вариативдүү", "вариативдик", "adj nom luu"),
    ] {
        let read = |word: &str| {
            let mut out = Vec::new();
            grammar.analyze(word, &mut out);
            out
        };
        let (found, other) = (read(a), read(b));
        assert!(found.iter().any(|it| it.features == features(wanted)), "{a}: {found:?}");
        assert!(found.iter().any(|it| other.iter().any(|other| it.lexeme == other.lexeme)), "{a} {b}");
        assert!(grammar.knows(a) && grammar.knows(b), "{a} {b}");
    }
    assert!(!grammar.knows("глокстун") && !grammar.knows("зилкенин"));
}

#[test]
fn hyphens() {
    check(
        &Grammar::new(&[]),
        "
        үй-бүлөсүнө үй-бүлө p3 dat
        ккм-ди ккм acc
        кр-нын кр gen
        министр-мүчөлөргө мүчө pl dat
        it-компанияларды компания pl acc
        төртүнчү-1 төртүнчү deriv nom
        ",
    );
    // «жол-жобо» is a procedure, not a by-law.
    let grammar = Grammar::new(&[]);
    assert!(readings(&grammar, "жол-жобосу").iter().all(|(lemma, _)| lemma == "жол-жобо"));
}

#[test]
fn typed_without_dots() {
    check(
        &Grammar::new(&[]),
        "
        бекитуу бекит- vn nom
        кенеш кеңеш nom
        олчомдо өлчөм loc
        милдеттуу милдеттүү luu nom
        жонундо жөнүндө
        журушун жүрүш p3 acc
        ",
    );
}

/// Pairs that differ in the dots alone: the first is never read as a form of the second.
#[test]
fn collisions() {
    let grammar = Grammar::new(&[]);
    for (typed, lemma) in [
        ("болуу", "бөл-"),
        ("болот", "бөл-"),
        ("согуш", "сөгүш"),
        ("оз", "өз"),
        ("уч", "үч"),
        ("учун", "үчүн"),
        ("тен", "тең"),
        ("он", "оң"),
        ("он", "өң"),
        ("эн", "эң"),
        ("кен", "кең"),
        ("жаны", "жаңы"),
        ("мин", "миң"),
        ("тануу", "таң-"),
        ("тур", "түр"),
        ("турда", "түр"),
        ("турдо", "түр"),
        ("туруу", "түр-"),
        ("кун", "күн"),
        ("кунго", "күн"),
        ("куч", "күч"),
        ("кол", "көл"),
        ("козго", "көз"),
        ("козгоо", "көз"),
        ("коруу", "көр-"),
        ("туз", "түз"),
        ("туз", "түз-"),
        ("жуз", "жүз"),
        ("от", "өт-"),
        ("ото", "өтө"),
        ("жоо", "жөө"),
        ("кул", "күл"),
        ("уй", "үй"),
        ("улуш", "үлүш"),
    ] {
        let readings = readings(&grammar, typed);
        assert!(readings.iter().all(|(it, _)| it != lemma), "{typed}: {readings:?}");
    }
}

#[test]
fn words_that_look_like_forms_of_others() {
    let grammar = Grammar::new(&[]);
    for (word, lemma) in [
        ("токтом", "токто-"),
        ("токтоосуз", "токтом"),
        ("тийиштүү", "тийиш"),
        ("башкаруу", "башка"),
        ("башкача", "баш"),
        ("ылайыктуу", "ылайык"),
        ("мүмкүнчүлүк", "мүмкүн"),
        ("жобо", "жоба"),
        ("аркылуу", "арк"),
        ("тууралуу", "туу"),
        ("убактылуу", "убакыт"),
    ] {
        let readings = readings(&grammar, word);
        assert!(!readings.is_empty() && readings.iter().all(|(it, _)| it != lemma), "{word}: {readings:?}");
    }
    // A gerund that is also a noun is both.
    let both = readings(&grammar, "билдирүүнү");
    assert!(both.iter().any(|it| it.0 == "билдирүү") && both.iter().any(|it| it.0 == "билдир-"), "{both:?}");
}

#[test]
fn stems_of_packs() {
    let stem = |stem: &str, class| Stem { stem: stem.to_owned(), class };
    let grammar = Grammar::new(&[
        stem("глокс", Features::NOUN),
        stem("зыбырла-", Features::VERB),
        stem("укук", Features::NOUN),
        stem("", Features::NOUN),
        stem("-", Features::VERB),
        stem(&"а".repeat(300), Features::NOUN),
    ]);
    check(&grammar, "глокстордун глокс pl gen\nзыбырлоого зыбырла- vn dat");
    assert_eq!(readings(&grammar, "укук").len(), 1);
}

#[test]
fn every_line_of_the_lists_is_understood() {
    let grammar = Grammar::new(&[]);
    let mut seen = std::collections::HashSet::new();
    for line in stems::LIST.lines().filter(|it| !it.starts_with('#')) {
        let (class, words) = line.split_once(':').unwrap_or_else(|| panic!("no class: {line}"));
        let features = if class == "acronym" { Features::NOUN } else { features(class) };
        assert!(CLASSES.has(features), "{class}");
        for word in words.split_whitespace() {
            let stem = word.split('/').next().unwrap();
            assert!(seen.insert((class, stem)), "twice: {class} {stem}");
            assert_eq!(class == "verb", stem.ends_with('-'), "{class} {stem}");
            let letters = |it: char| matches!(it, 'а'..='я' | 'ё' | 'ө' | 'ү' | 'ң' | '-');
            assert!(stem.chars().all(letters), "{stem}: a letter of another alphabet");
            let found = readings(&grammar, stem);
            assert!(
                found.iter().any(|(lemma, it)| lemma == stem && it.has(features)),
                "{class} {stem} does not read itself: {found:?}"
            );
        }
    }
    for line in stems::FORMS.lines().filter(|it| !it.starts_with('#')) {
        let mut words = line.split_whitespace();
        let (form, stem) = (words.next().unwrap(), words.next().unwrap());
        for name in words.filter(|it| !it.starts_with('…')) {
            assert!(Features::from_name(name).is_some(), "{line}");
        }
        assert!(readings(&grammar, form).iter().any(|it| it.0 == stem), "{line}");
    }
}

#[test]
fn near_stems() {
    let grammar = Grammar::new(&[]);
    assert!(grammar.nearest("лицензея").contains(&"лицензия".to_owned()));
    assert!(grammar.nearest("бекитүүү-").len() <= 3);
    assert_eq!(grammar.nearest(""), Vec::<String>::new());
}

static GRAMMAR: std::sync::LazyLock<Grammar> = std::sync::LazyLock::new(|| Grammar::new(&[]));

proptest::proptest! {
    #[test]
    fn any_word(word in "([а-яөүңё-]{0,70}|\\PC{0,20}|[0-9]{1,4}[-%]?[а-яөүң]{0,10})") {
        let grammar = &*GRAMMAR;
        let mut out = Vec::new();
        grammar.analyze(&word, &mut out);
        let mut distinct = out.clone();
        distinct.sort();
        distinct.dedup();
        proptest::prop_assert_eq!(out.len(), distinct.len());
        grammar.knows(&word);
        grammar.nearest(&word);
        for it in out {
            grammar.lemma(it.lexeme);
        }
    }

    /// Suffixes chained without end must not cost without end.
    #[test]
    fn long_chains(suffixes in proptest::collection::vec("(лар|ын|да|гы|лык|сыз|луу|ча|н|ы)", 0..30)) {
        let grammar = &*GRAMMAR;
        let mut out = Vec::new();
        grammar.analyze(&format!("мыйзам{}", suffixes.concat()), &mut out);
        proptest::prop_assert!(out.len() < 200);
    }
}
