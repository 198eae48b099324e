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
