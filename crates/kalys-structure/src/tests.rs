//! Outlines of small acts, as a lawyer would check them.

use crate::build;
use expect_test::{Expect, expect};
use kalys_model::{Act, Block, BlockKind, Source, SourceMap, Span};

mod properties;

/// A source as the reader of plain text gives it.
pub(crate) fn source(text: &str) -> Source {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let end = at + line.len();
        if !line.trim().is_empty() {
            blocks.push(Block { span: Span::new(at as u32, end as u32), kind: BlockKind::Line });
        }
        at = end + 1;
    }
    Source { text: text.to_owned(), blocks, inlines: Vec::new(), map: SourceMap::identity(text) }
}

/// One line a unit: kind and number, zone, heading in brackets, first words.
pub(crate) fn outline(act: &Act) -> String {
    let mut out = format!("{:?} {}", act.kind, act.lang.code());
    if act.fragment {
        out.push_str(" fragment");
    }
    out.push('\n');
    let mut depths: Vec<usize> = Vec::new();
    for unit in &act.units {
        let depth = unit.parent.map_or(0, |it| depths[it.0 as usize] + 1);
        depths.push(depth);
        if depth == 0 {
            continue;
        }
        out.push_str(&format!("{:1$}{2:?}", "", 2 * depth - 2, unit.kind));
        if let Some(number) = &unit.number {
            out.push_str(&format!(" {number}"));
        }
        if unit.zone != kalys_model::Zone::Normative {
            out.push_str(&format!(" {:?}", unit.zone));
        }
        if unit.lang != act.lang {
            out.push_str(&format!(" {}", unit.lang.code()));
        }
        if let Some(heading) = unit.heading {
            out.push_str(&format!(" [{}]", act.quote(heading)));
        }
        let words = act.quote(unit.body);
        if !words.is_empty() {
            let short: String = words.chars().take(44).collect();
            out.push_str(&format!(" | {short}"));
        }
        out.push('\n');
    }
    for inline in &act.inlines {
        out.push_str(&format!("{:?} «{}»\n", inline.zone, act.quote(inline.span)));
    }
    for doubt in &act.doubts {
        let words: String = act.quote(doubt.span).chars().take(40).collect();
        out.push_str(&format!("? {:?} «{words}»\n", doubt.kind));
    }
    out
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&outline(&build(source(text))));
}

#[test]
fn law_with_parts_points_and_paragraphs() {
    check(
        "ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ
О лицензиях

Глава 1. Общие положения
Статья 1. Предмет
Настоящий Закон регулирует выдачу лицензий.
Он не применяется к связи.
Статья 2. Права органа
1. Орган вправе:
1) выдавать лицензии;
2) отказывать:
а) по просьбе;
б) без просьбы.
2. Решение принимает комиссия.
Она заседает открыто.
Статья 3. Заявление
Заявление содержит:
- имя;
- адрес.
К нему прилагается копия.",
        expect![[r#"
            Law ru
            Heading Title | ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ
            Heading Title | О лицензиях
            Chapter 1 [Общие положения]
              Article 1 [Предмет]
                Paragraph | Настоящий Закон регулирует выдачу лицензий.
                Paragraph | Он не применяется к связи.
              Article 2 [Права органа]
                Part 1 | Орган вправе:
                  Point 1 | выдавать лицензии;
                  Point 2 | отказывать:
                    Subpoint а | по просьбе;
                    Subpoint б | без просьбы.
                Part 2 | Решение принимает комиссия.
                  Paragraph | Она заседает открыто.
              Article 3 [Заявление]
                Paragraph | Заявление содержит:
                  Paragraph | имя;
                  Paragraph | адрес.
                Paragraph | К нему прилагается копия.
        "#]],
    );
}

#[test]
fn references_are_no_headings() {
    check(
        "Статья 20. Срок
Срок устанавливается в соответствии со статьёй 15 настоящего Кодекса.
Статья 21 настоящего Кодекса при этом не применяется.
Статья 21¹. Вставленная
Текст.
Статья 21-1-1.
Особый порядок
Текст.
Статья З09-3. Похожая буква
статЪя 310. Твёрдый знак",
        expect![[r#"
            Code ru fragment
            Article 20 [Срок]
              Paragraph | Срок устанавливается в соответствии со стать
              Paragraph | Статья 21 настоящего Кодекса при этом не при
            Article 21-1 [Вставленная]
              Paragraph | Текст.
            Article 21-1-1 [Особый порядок]
              Paragraph | Текст.
            Article 309-3 [Похожая буква]
            Article 310 [Твёрдый знак]
            ? NumberGap «Статья З09-3.»
            ? LookAlikeNumber «Статья З09-3.»
        "#]],
    );
}

#[test]
fn old_and_new_kyrgyz_markers() {
    check(
        "КЫРГЫЗ РЕСПУБЛИКАСЫНЫН МЫЙЗАМЫ
Карантин жөнүндө
I БӨЛҮМ. ЖАЛПЫ ЖОБОЛОР
1-глава. Негизги жоболор
1-берене. Предмет
1. Бул Мыйзам карантинди жөнгө салат.
34-1-главада каралган тартипте чечим чыгарылат.
11-статья. Эски берене
Орган:
1) текшерет;
2) чечим чыгарат.
3-Глава Лицензиялар
12-статья. Акыркы
Текст.",
        expect![[r#"
            Law ky
            Heading Title | КЫРГЫЗ РЕСПУБЛИКАСЫНЫН МЫЙЗАМЫ
            Heading Title | Карантин жөнүндө
            Section 1 [ЖАЛПЫ ЖОБОЛОР]
              Chapter 1 [Негизги жоболор]
                Article 1 [Предмет]
                  Part 1 | Бул Мыйзам карантинди жөнгө салат.
                    Paragraph | 34-1-главада каралган тартипте чечим чыгарыл
                Article 11 [Эски берене]
                  Paragraph | Орган:
                    Point 1 | текшерет;
                    Point 2 | чечим чыгарат.
              Chapter 3 [Лицензиялар]
                Article 12 [Акыркы]
                  Paragraph | Текст.
            ? NumberGap «11-статья.»
            ? NumberGap «3-Глава»
        "#]],
    );
}

#[test]
fn superscripts_lost_in_plain_text() {
    check(
        "Статья 24. Первая
Текст.
Статья 241. Вторая
1. Часть.
11. Вставленная часть.
2. Часть.
Статья 25. Третья
Текст.",
        expect![[r#"
            Unknown ru fragment
            Article 24 [Первая]
              Paragraph | Текст.
            Article 24-1 [Вторая]
              Part 1 | Часть.
              Part 1-1 | Вставленная часть.
              Part 2 | Часть.
            Article 25 [Третья]
              Paragraph | Текст.
            ? LostSuperscript «Статья 241.»
            ? LostSuperscript «11.»
        "#]],
    );
}

#[test]
fn sections_of_a_chapter() {
    check(
        "Глава 5. Юридические лица
§ 1. Основные положения
Статья 83. Понятие юридического лица
1. Текст.
2. Текст.
§ 2. Товарищества
Статья 84. Общее
Текст.
Глава шестая
Права и обязанности собственников.
Права граждан по охране
земель

Статья 85. Право
1. Текст.
Глава 7. Сделки
1. Понятие и виды
Статья 86. Виды
1. Текст.
2. Недействительность
Статья 87. Основания
Текст.",
        expect![[r#"
            Unknown ru fragment
            Chapter 5 [Юридические лица]
              Section 1 [Основные положения]
                Article 83 [Понятие юридического лица]
                  Part 1 | Текст.
                  Part 2 | Текст.
              Section 2 [Товарищества]
                Article 84 [Общее]
                  Paragraph | Текст.
            Chapter 6 [Права и обязанности собственников. Права граждан по охране земель]
              Article 85 [Право]
                Part 1 | Текст.
            Chapter 7 [Сделки]
              Section 1 [Понятие и виды]
                Article 86 [Виды]
                  Part 1 | Текст.
              Section 2 [Недействительность]
                Article 87 [Основания]
                  Paragraph | Текст.
        "#]],
    );
}

#[test]
fn contents_is_no_second_act() {
    check(
        "Мазмуну
1-глава. Жалпы жоболор
1-берене. Предмет
2-берене. Түшүнүктөр
2-глава. Лицензия
3-берене. Берүү

1-глава. Жалпы жоболор
1-берене. Предмет
Бул Мыйзам лицензияны жөнгө салат.
2-берене. Түшүнүктөр
Лицензия - уруксат.
2-глава. Лицензия
3-берене. Берүү
Лицензия берилет.",
        expect![[r#"
            Law ky fragment
            Heading Heading | Мазмуну
            Heading Heading | 1-глава. Жалпы жоболор
            Heading Heading | 1-берене. Предмет
            Heading Heading | 2-берене. Түшүнүктөр
            Heading Heading ru | 2-глава. Лицензия
            Heading Heading | 3-берене. Берүү
            Chapter 1 [Жалпы жоболор]
              Article 1 [Предмет]
                Paragraph | Бул Мыйзам лицензияны жөнгө салат.
              Article 2 [Түшүнүктөр]
                Paragraph Definition | Лицензия - уруксат.
            Chapter 2 [Лицензия]
              Article 3 [Берүү]
                Paragraph | Лицензия берилет.
            ? TableOfContents «Мазмуну 1-глава. Жалпы жоболор 1-берене.»
        "#]],
    );
}

#[test]
fn decree_with_annex() {
    check(
        "Мамлекеттик бийликтин органдарын
мобилизациялоо максатында
токтом кылам:

1. Стратегия бекитилсин.
2. Бул Жарлык жарыяланган күндөн тартып күчүнө кирет.

Кыргыз Республикасынын Президенти А.Асанов

Кыргыз Республикасынын Президентинин
2012-жылдын 2-февралындагы
N 26 Жарлыгы менен бекитилген

Каршы туруунун
МАМЛЕКЕТТИК СТРАТЕГИЯСЫ

1. Преамбула
2. Талдоо
3. Максаты

Стратегия максатты аныктайт.

1. Преамбула

Түшүнүк. Бул көрүнүш өсүүдө.
Белгилери:
анын формасы;
анын мүнөзү.
Ошондуктан чара керек.

2. Талдоо

Баа берүү жүргүзүлөт.

3. Максаты

Максат аныкталат.",
        expect![[r#"
            Decree ky
            Paragraph Preamble | Мамлекеттик бийликтин органдарын мобилизация
            Paragraph Preamble | токтом кылам:
            Point 1 | Стратегия бекитилсин.
            Point 2 Transitional | Бул Жарлык жарыяланган күндөн тартып күчүнө 
            Heading Title | Кыргыз Республикасынын Президенти А.Асанов
            Annex [Кыргыз Республикасынын Президентинин 2012-жылдын 2-февралындагы N 26 Жарлыгы менен бекитилген Каршы туруунун МАМЛЕКЕТТИК СТРАТЕГИЯСЫ]
              Heading Heading | 1. Преамбула
              Heading Heading | 2. Талдоо
              Heading Heading | 3. Максаты
              Paragraph | Стратегия максатты аныктайт.
              Chapter 1 [Преамбула]
                Paragraph | Түшүнүк. Бул көрүнүш өсүүдө.
                Paragraph | Белгилери:
                  Paragraph | анын формасы;
                  Paragraph | анын мүнөзү.
                Paragraph | Ошондуктан чара керек.
              Chapter 2 [Талдоо]
                Paragraph | Баа берүү жүргүзүлөт.
              Chapter 3 [Максаты]
                Paragraph | Максат аныкталат.
            ? UncertainJoin «мобилизациялоо максатында»
            ? TableOfContents «1. Преамбула 2. Талдоо 3. Максаты»
        "#]],
    );
}

#[test]
fn hard_wraps_and_page_breaks() {
    check(
        "КЫРГЫЗ РЕСПУБЛИКАСЫНЫН МЫЙЗАМЫ

1-берене. Жалпы жоболор

     Бул Мыйзам мамлекеттик сатып алуулардын тартибин жана шарттарын анык-
тайт, ошондой эле сатып алуучу уюмдардын укуктарын жана милдеттерин белги-
лейт. Мыйзам бардык мамлекеттик органдарга, мекемелерге, уюмдарга жана
жергиликтүү өз алдынча башкаруу органдарына колдонулат, ошондой эле Кыргыз

Республикасынын башка уюмдарына колдонулушу мүмкүн, алардын тизмеси 2012-

жылдын 22-февралындагы токтом менен бекитилет жана социалдык-экономикалык
иштерге тиешелүү.

     Экинчи абзац кыска.

                                    12

2-берене. Колдонуу чөйрөсү

     Ушул Мыйзамдын жоболору эл аралык келишимдердин негизинде жүргүзүлгөн
сатып алууларга колдонулбайт.",
        expect![[r#"
            Law ky
            Heading Title | КЫРГЫЗ РЕСПУБЛИКАСЫНЫН МЫЙЗАМЫ
            Article 1 [Жалпы жоболор]
              Paragraph | Бул Мыйзам мамлекеттик сатып алуулардын тарт
              Paragraph | Экинчи абзац кыска.
                Heading Heading | 12
            Article 2 [Колдонуу чөйрөсү]
              Paragraph | Ушул Мыйзамдын жоболору эл аралык келишимдер
            ? UncertainJoin «Республикасынын башка уюмдарына колдонул»
        "#]],
    );
}

#[test]
fn village_resolution() {
    check(
        "Кызыл-Октябрь айылдык кеңешинин кезектеги I отуруму

                         ТОКТОМ

 11-май 2021-жыл          № 1          Эски Покровка айылы

     Айылдык кеңештин төрагасын шайлоо жөнүндө.

     Айылдык кеңештин төрагасын шайлоо өткөрүлүп, жыйынтыгы чыккандыгына байланыштуу айылдык кеңештин VII чакырылышынын I кезектеги отуруму «Жергиликтүү өз алдынча башкаруу жөнүндө» Кыргыз Республикасынын мыйзамынын 37-беренесинин негизинде төмөндөгүдөй

                Т О К Т ОМ  К Ы Л А Т:

1.Төраганы шайлоо мыйзам талабына ылайык өткөнү белгиленсин.

 1. Асанов Үсөн төрага болуп эсептелсин.

 Уюштуруу отурумдун төрагасы:",
        expect![[r#"
            CouncilResolution ky
            Heading Title | Кызыл-Октябрь айылдык кеңешинин кезектеги I 
            Heading Title | ТОКТОМ
            Heading Title | 11-май 2021-жыл № 1 Эски Покровка айылы
            Heading Title | Айылдык кеңештин төрагасын шайлоо жөнүндө.
            Paragraph Preamble | Айылдык кеңештин төрагасын шайлоо өткөрүлүп,
            Paragraph Preamble | ТОКТОМ КЫЛАТ:
            Point 1 | Төраганы шайлоо мыйзам талабына ылайык өткөн
            Point 1 | Асанов Үсөн төрага болуп эсептелсин.
            Heading Title | Уюштуруу отурумдун төрагасы:
            ? RepeatedNumber «1.»
        "#]],
    );
}

#[test]
fn legacy_fonts() {
    check(
        "МАДЫ АЙЫЛДЫК КЕНЕШИНИН СЕССИЯСЫНЫН Т О К Т О М У

«Регламентти бекит\\ жън\\ндъ»

Жергиликт\\ ъз алдынча башкаруу боюнча сессия

 Т О К Т О М     К Ы Л А Т :

 1. Регламент бекитилсин.",
        expect![[r#"
            CouncilResolution ky
            Heading Title | МАДЫ АЙЫЛДЫК КЕНЕШИНИН СЕССИЯСЫНЫН ТОКТОМУ
            Heading Title | «Регламентти бекитү жөнүндө»
            Heading Title | Жергиликтү өз алдынча башкаруу боюнча сессия
            Paragraph Preamble | ТОКТОМ КЫЛАТ :
            Point 1 | Регламент бекитилсин.
            ? LegacyFont «жөнүндө»
        "#]],
    );
}

#[test]
fn amending_law_in_kyrgyz() {
    check(
        "КЫРГЫЗ РЕСПУБЛИКАСЫНЫН МЫЙЗАМЫ
\"Ченемдик актылар жөнүндө\" Мыйзамга өзгөртүүлөрдү киргизүү тууралуу

1-берене.

\"Ченемдик актылар жөнүндө\" Кыргыз Республикасынын Мыйзамына (Жарчы, 2009-ж., № 7) төмөнкүдөй өзгөртүүлөр жана толуктоолор киргизилсин:

1. 4-берененин 1-бөлүгүндө \"мыйзамдарда\" деген сөз алып салынсын.

2. 6-беренеде:

3-бөлүгү \"түп нуска\" деген сөздөрдөн кийин \"башка учурларда\" деген сөздөр менен толукталсын;

берене төмөнкүдөй мазмундагы 4-бөлүк менен толукталсын:

\"4. Айырма болгон учурларда орган:

- текстти салыштырат;

- чечим чыгарат.\".

2-берене.

Бул Мыйзам расмий жарыяланган күндөн тартып күчүнө кирет.",
        expect![[r#"
            Law ky
            Heading Title | КЫРГЫЗ РЕСПУБЛИКАСЫНЫН МЫЙЗАМЫ
            Heading Title | "Ченемдик актылар жөнүндө" Мыйзамга өзгөртүү
            Article 1
              Paragraph Instruction | "Ченемдик актылар жөнүндө" Кыргыз Республика
                Part 1 Instruction | 4-берененин 1-бөлүгүндө "мыйзамдарда" деген 
                Part 2 Instruction | 6-беренеде:
                  Paragraph Instruction | 3-бөлүгү "түп нуска" деген сөздөрдөн кийин "
                  Paragraph Instruction | берене төмөнкүдөй мазмундагы 4-бөлүк менен т
                    Part 4 AmendmentNew | Айырма болгон учурларда орган:
                      Paragraph AmendmentNew | текстти салыштырат;
                      Paragraph AmendmentNew | чечим чыгарат.".
            Article 2
              Paragraph Transitional | Бул Мыйзам расмий жарыяланган күндөн тартып 
            AmendmentOld «мыйзамдарда»
            Quote «түп нуска»
            AmendmentNew «башка учурларда»
        "#]],
    );
}

#[test]
fn amending_law_in_russian() {
    check(
        "ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ
О внесении изменений в Закон «О лицензиях»
Статья 1
Внести в Закон Кыргызской Республики «О лицензиях» следующие изменения:
1) в части 1 статьи 5 слова «в порядке усмотрения» заменить словами «в течение пяти дней»;
2) статью 7 изложить в следующей редакции:
«Статья 7. Отказ
1. Орган вправе отказать:
1) по заявлению;
2) в иных случаях.
2. Отказ обжалуется.»;
3) дополнить статьёй 7-1 следующего содержания: «Статья 7-1. Срок
Срок составляет десять дней.»;
4) статью 9 признать утратившей силу.
Статья 2
Настоящий Закон вступает в силу со дня опубликования.",
        expect![[r#"
            Law ru
            Heading Title | ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ
            Heading Title | О внесении изменений в Закон «О лицензиях»
            Article 1
              Paragraph Instruction | Внести в Закон Кыргызской Республики «О лице
                Point 1 Instruction | в части 1 статьи 5 слова «в порядке усмотрен
                Point 2 Instruction | статью 7 изложить в следующей редакции:
                  Article 7 AmendmentNew [Отказ]
                    Part 1 AmendmentNew | Орган вправе отказать:
                      Point 1 AmendmentNew | по заявлению;
                      Point 2 AmendmentNew | в иных случаях.
                    Part 2 AmendmentNew | Отказ обжалуется.»;
                Point 3 Instruction | дополнить статьёй 7-1 следующего содержания:
                  Article 7-1 AmendmentNew [Срок]
                    Paragraph AmendmentNew | Срок составляет десять дней.»;
                Point 4 Instruction | статью 9 признать утратившей силу.
            Article 2
              Paragraph Transitional | Настоящий Закон вступает в силу со дня опубл
            AmendmentOld «в порядке усмотрения»
            AmendmentNew «в течение пяти дней»
        "#]],
    );
}

#[test]
fn editorial_notes() {
    check(
        "Внимание! Изменения, внесённые Законом КР от 14 ноября 2025 года № 257, вступают в силу с 1 января 2027 года

ТРУДОВОЙ КОДЕКС КЫРГЫЗСКОЙ РЕСПУБЛИКИ

(В редакции Законов КР от 23 июня 2026 года № 112,
24 июня 2026 года № 113)

Настоящий Кодекс регулирует трудовые отношения.

Статья 1. Оплата

(Название статьи в редакции Закона КР от 17 октября 2008 года № 231)

Оплата производится раз в месяц (в редакции Закона КР от 1 мая 2000 года № 5).

См.:

Решение Конституционной палаты от 13 февраля 2019 года

(Утратила силу в соответствии с Законом КР от 19 апреля 2019 года № 49)",
        expect![[r#"
            Code ru
            Footnote Explanatory | Внимание! Изменения, внесённые Законом КР от
            Heading Title | ТРУДОВОЙ КОДЕКС КЫРГЫЗСКОЙ РЕСПУБЛИКИ
            Footnote Explanatory | (В редакции Законов КР от 23 июня 2026 года 
            Footnote Explanatory | 24 июня 2026 года № 113)
            Paragraph Preamble | Настоящий Кодекс регулирует трудовые отношен
            Article 1 [Оплата]
              Footnote Explanatory | (Название статьи в редакции Закона КР от 17 
              Paragraph | Оплата производится раз в месяц (в редакции 
                Footnote Explanatory | См.:
                Footnote Explanatory | Решение Конституционной палаты от 13 февраля
                Footnote Explanatory | (Утратила силу в соответствии с Законом КР о
            Explanatory «(В редакции Законов КР от 23 июня 2026 года № 112, 24 июня 2026 года № 113)»
            Explanatory «(Название статьи в редакции Закона КР от 17 октября 2008 года № 231)»
            Explanatory «(в редакции Закона КР от 1 мая 2000 года № 5)»
            Explanatory «(Утратила силу в соответствии с Законом КР от 19 апреля 2019 года № 49)»
        "#]],
    );
}

#[test]
fn definitions_transitional_and_forms() {
    check(
        "ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ
О реестре
Статья 1. Понятия, используемые в настоящем Законе
1. В настоящем Законе используются следующие понятия:
1) реестр – база данных, в которой:
а) хранятся сведения;
б) ведётся учёт;
2) заявитель – лицо.
2. Иные понятия применяются в значениях, установленных законодательством.
Статья 2. Порядок определения размера платы
Плата определяется органом.
Статья 3. Заключительные положения
Положения статьи 2 применяются с 1 января.
Приложение 1
к Закону «О реестре»
ФОРМА
заявления
Прошу внести ________ в реестр.",
        expect![[r#"
            Law ru
            Heading Title | ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ
            Heading Title | О реестре
            Article 1 [Понятия, используемые в настоящем Законе]
              Part 1 | В настоящем Законе используются следующие по
                Point 1 Definition | реестр – база данных, в которой:
                  Subpoint а Definition | хранятся сведения;
                  Subpoint б Definition | ведётся учёт;
                Point 2 Definition | заявитель – лицо.
              Part 2 | Иные понятия применяются в значениях, устано
            Article 2 [Порядок определения размера платы]
              Paragraph | Плата определяется органом.
            Article 3 Transitional [Заключительные положения]
              Paragraph Transitional | Положения статьи 2 применяются с 1 января.
            Annex 1 Form [к Закону «О реестре» ФОРМА заявления]
              Paragraph Form | Прошу внести ________ в реестр.
        "#]],
    );
}

#[test]
fn order_with_points_and_rules() {
    check(
        "МИНИСТЕРСТВО ЮСТИЦИИ КЫРГЫЗСКОЙ РЕСПУБЛИКИ
ПРИКАЗ
от 25 декабря 2015 г. № 938
ОБ УТВЕРЖДЕНИИ ПОРЯДКА,
ФОРМЫ И СРОКОВ ОТЧЁТА
В соответствии с Законом приказываю:
1. Утвердить прилагаемый Порядок.
2. Признать утратившим силу приказ от 1 мая 2010 г. № 5.
Министр
А.А. Асанов

Утверждён
приказом Министерства юстиции
от 25 декабря 2015 г. № 938

ПОРЯДОК
представления отчёта

I. Общие положения

1. Настоящий Порядок определяет сроки.
1.1. Отчёт подаётся ежегодно.
2. Отчёт содержит:
а) сведения;
б) иные данные.

II. Сроки

3. Срок составляет десять дней.
Он может быть продлён.",
        expect![[r#"
            MinistryOrder ru
            Heading Title | МИНИСТЕРСТВО ЮСТИЦИИ КЫРГЫЗСКОЙ РЕСПУБЛИКИ
            Heading Title | ПРИКАЗ
            Heading Title | от 25 декабря 2015 г. № 938
            Heading Title | ОБ УТВЕРЖДЕНИИ ПОРЯДКА,
            Heading Title | ФОРМЫ И СРОКОВ ОТЧЁТА
            Paragraph Preamble | В соответствии с Законом приказываю:
            Point 1 | Утвердить прилагаемый Порядок.
            Point 2 Transitional | Признать утратившим силу приказ от 1 мая 201
            Heading Title | Министр
            Heading Title | А.А. Асанов
            Annex [Утверждён приказом Министерства юстиции от 25 декабря 2015 г. № 938 ПОРЯДОК представления отчёта]
              Chapter 1 [Общие положения]
                Point 1 | Настоящий Порядок определяет сроки.
                  Subpoint 1.1 | Отчёт подаётся ежегодно.
                Point 2 | Отчёт содержит:
                  Subpoint а | сведения;
                  Subpoint б | иные данные.
              Chapter 2 [Сроки]
                Point 3 | Срок составляет десять дней.
                  Paragraph | Он может быть продлён.
        "#]],
    );
}

#[test]
fn english_act() {
    check(
        "LAW ON ARCHIVES

Chapter 1. General provisions

Article 1. Definitions
In this Law, the following definitions apply:
(a) \"archive\" means a collection;
(b) \"owner\" means a person.

Article 2. Powers
(1) The authority may:
(a) refuse access;
(b) extend the term.
(2) The decision is final.

Article 3. Entry into force
This Law enters into force on the day of its publication.",
        expect![[r#"
            Law en
            Heading Title | LAW ON ARCHIVES
            Chapter 1 [General provisions]
              Article 1 [Definitions]
                Paragraph | In this Law, the following definitions apply
                  Point a Definition | "archive" means a collection;
                  Point b Definition | "owner" means a person.
              Article 2 [Powers]
                Part 1 | The authority may:
                  Point a | refuse access;
                  Point b | extend the term.
                Part 2 | The decision is final.
              Article 3 Transitional [Entry into force]
                Paragraph Transitional | This Law enters into force on the day of its
        "#]],
    );
}

#[test]
fn passage_is_a_fragment() {
    check(
        "2. Орган вправе отказать в выдаче лицензии:
1) при неполных сведениях;
2) в иных случаях.",
        expect![[r#"
            Unknown ru fragment
            Point 2 | Орган вправе отказать в выдаче лицензии:
              Subpoint 1 | при неполных сведениях;
              Subpoint 2 | в иных случаях.
        "#]],
    );
}

#[test]
fn kazakh_is_no_kyrgyz() {
    check(
        "Рұқсаттар мен хабарламалар туралы
1-бап. Уәкілетті орган өтінішті үш жұмыс күні ішінде қарайды және шешім қабылдайды.
2-бап. Лицензия беруден бас тарту туралы шешім жазбаша түрде беріледі.",
        expect![[r#"
            Unknown und fragment
            Paragraph | Рұқсаттар мен хабарламалар туралы
            Paragraph | 1-бап. Уәкілетті орган өтінішті үш жұмыс күн
            Paragraph | 2-бап. Лицензия беруден бас тарту туралы шеш
        "#]],
    );
}

#[test]
fn two_languages() {
    check(
        "МЫЙЗАМ
ЗАКОН
О лицензиях
1-берене. Предмет
Ушул Мыйзам лицензиялоо чөйрөсүндөгү мамилелерди жөнгө салат.
Уполномоченный орган рассматривает заявление в течение трёх дней.
2-берене. Орган
Ыйгарым укуктуу орган арызды үч күндүн ичинде карайт жана чечим чыгарат.",
        expect![[r#"
            Law ky
            Heading Title | МЫЙЗАМ
            Heading Title | ЗАКОН
            Heading Title ru | О лицензиях
            Article 1 [Предмет]
              Paragraph | Ушул Мыйзам лицензиялоо чөйрөсүндөгү мамилел
              Paragraph ru | Уполномоченный орган рассматривает заявление
            Article 2 [Орган]
              Paragraph | Ыйгарым укуктуу орган арызды үч күндүн ичинд
        "#]],
    );
}
