use expect_test::{Expect, expect};
use kalys_model::Lang;

use super::*;
use crate::sample;
use crate::{Failure, Output, card, concise, outline, render};

/// The sample act as it is shown in a language.
fn check(lang: Lang, output: Output, expected: Expect) {
    let catalog = sample::catalog();
    let (act, findings) = (sample::act(), sample::findings());
    let rendered = render(&sample::checked(&act, &findings), output, &sample::view(&catalog, lang));
    expected.assert_eq(std::str::from_utf8(&rendered).unwrap());
}

#[test]
fn an_act_in_russian() {
    check(
        Lang::Ru,
        Output::Text,
        expect![[r#"
            проба.txt (закон, русский, сомнений при чтении: 1, см. kalys outline)

            ст. 2. Отказ в пробе

              риск · вред высокий · ст. 2, ч. 1
              A2 формула «вправе»
              строка 5 · competence.may
                │ Комиссия вправе отказать заявителю, если сочтёт нужным, и потребовать
                │          ^^^^^^^^^^^^^^^
                │ иные документы по своему выбору.
                Право вместо обязанности: «вправе отказать»
                Не найдено: закрытый перечень оснований, срок с числом
                Как исправить: Назовите основания и срок.

              на проверку · вред высокий · ст. 2, ч. 1
              3(б) открытый перечень
              строка 6 · documents.open-list
                │ Комиссия вправе отказать заявителю, если сочтёт нужным, и потребовать
                │ иные документы по своему выбору.
                │ ^^^^^^^^^^^^^^
                Перечень открыт: «иные документы»
                Не найдено: закрытый перечень
                Не удалось определить: ограничено ли основаниями или условиями
                Вопрос: Какие именно?
                Как исправить: Назовите основания и срок.
                Предлагаемая редакция: следующие документы: …
                См. также: строка 7 «по своему выбору»: выбор

        "#]],
    );
}

#[test]
fn an_act_in_kyrgyz() {
    check(
        Lang::Ky,
        Output::Text,
        expect![[r#"
            проба.txt (мыйзам, орусча, окуудагы күмөн жерлер: 1, kalys outline буйругун караңыз)

            2-берене. Отказ в пробе

              тобокелдик · зыяны чоң · 2-берене, 1-бөлүк
              A2 «укуктуу» формуласы
              5-сап · competence.may
                │ Комиссия вправе отказать заявителю, если сочтёт нужным, и потребовать
                │          ^^^^^^^^^^^^^^^
                │ иные документы по своему выбору.
                Каталык
                Табылган жок: негиздердин жабык тизмеси, саны көрсөтүлгөн мөөнөт
                Оңдоо: Негиздерин атаңыз.

              текшерүүгө · зыяны чоң · 2-берене, 1-бөлүк
              3(б) ачык тизме
              6-сап · documents.open-list
                │ Комиссия вправе отказать заявителю, если сочтёт нужным, и потребовать
                │ иные документы по своему выбору.
                │ ^^^^^^^^^^^^^^
                Тизме ачык
                Табылган жок: жабык тизме
                Аныкталган жок: негиздер же шарттар менен чектелгенби
                Суроо: Кайсы?
                Оңдоо: Негиздерин атаңыз.
                Сунушталган редакция: следующие документы: …
                Ошондой эле: 7-сап «по своему выбору»: тандоо

        "#]],
    );
}

#[test]
fn one_line_a_finding() {
    check(
        Lang::En,
        Output::Concise,
        expect![[r#"
        проба.txt:5:13: risk discretion/may-formula competence.may: A power where a duty is expected
        проба.txt:6:35: review burden/open-document-list documents.open-list: The list is open
    "#]],
    );
    let catalog = sample::catalog();
    let act = sample::act();
    assert!(concise::act(&sample::checked(&act, &[]), &sample::view(&catalog, Lang::Ru)).is_empty());
}

#[test]
fn the_end_says_what_no_machine_checks() {
    let catalog = sample::catalog();
    let mut summary = Summary::default();
    let view = sample::view(&catalog, Lang::Ru);
    summary.add(&view, &sample::findings());
    summary.add(&view, &[]);
    summary.skipped = 3;
    summary.failures.push(Failure {
        path: "скан.pdf".to_owned(),
        code: "not-yet".to_owned(),
        args: vec![("format".to_owned(), "pdf".to_owned())],
    });
    let mut out = Vec::new();
    end(&mut out, &summary, &view).unwrap();
    expect![[r#"
        Проверено: 2 файла. Найдено — риск: 1, на проверку: 1.
        Автоматически не проверяется; для оценки экспертом: коллизии.
        Нумерация факторов не сверена с официальным текстом (Пробная инструкция).
        Пропущено файлов другого типа: 3.
        не прочитан: скан.pdf: PDF пока не читается; возьмите исходный файл docx
    "#]]
    .assert_eq(std::str::from_utf8(&out).unwrap());
}

#[test]
fn nothing_found_is_not_nothing_there() {
    let catalog = sample::catalog();
    let view = sample::view(&catalog, Lang::Ru);
    let mut summary = Summary::default();
    summary.add(&view, &[]);
    let mut out = Vec::new();
    end(&mut out, &summary, &view).unwrap();
    expect![[r#"
        Проверено: 1 файл. Автоматически не найдено.
        Автоматически не проверяется; для оценки экспертом: коллизии.
    "#]]
    .assert_eq(std::str::from_utf8(&out).unwrap());
}

#[test]
fn how_the_act_was_read() {
    let catalog = sample::catalog();
    let act = sample::act();
    let text = outline::outline(&sample::checked(&act, &[]), &sample::view(&catalog, Lang::Ru));
    expect![[r#"
        проба.txt
          Формат: txt
          Вид акта: закон («Закон»)
          Язык: русский
          Единицы: статья 2, часть 2

        ст. 1 Общие правила
          ч. 1 Проба бесплатна.
        ст. 2 Отказ в пробе
          ч. 1 Комиссия вправе отказать заявителю, если сочтёт нужным, и …

        Сомнения при чтении (по строкам)
          6: строка присоединена без уверенности «документы»
    "#]]
    .assert_eq(&text);
}

#[test]
fn a_rule_card_and_the_list() {
    let catalog = sample::catalog();
    let view = sample::view(&catalog, Lang::En);
    let text = card::rule_card(kalys_model::RuleId(1), &view) + &card::rule_list(&view);
    expect![[r#"
        documents.open-list  Title

          Factor: open list (burden/open-document-list)
          Number: 3(б) — Trial instruction (not verified)
          Level: risk
          Harm: medium harm
          Why: Reason
          Remedy: Replace “{docs}”.
          Exceptions: voluntary
          Languages: ky,ru
          Reviewed by a lawyer: by nobody yet
          Pack: trial (rule version 1)
        rule                 factor                     number  level  harm         languages  reviewed  number verified
        competence.may       discretion/may-formula     A2      risk   medium harm  ky,ru      no        no
        documents.open-list  burden/open-document-list  3(б)    risk   medium harm  ky,ru      no        no
    "#]].assert_eq(&text);
}

#[test]
fn a_long_clause_is_cropped_around_the_words() {
    let mut act = sample::act();
    let long = "очень ".repeat(60);
    act.text = format!("{long}долго [вправе] ждать {long}конца");
    act.joins.clear();
    let start = act.text.find('[').unwrap() as u32;
    let end = act.text.find(']').unwrap() as u32 + 1;
    let quoted = Quoted::new(&act, Span::new(0, act.text.len() as u32), Span::new(start, end));
    let mut shown = String::new();
    for (line, marks) in quoted.lines(60) {
        assert!(line.width() <= 60, "{line}");
        shown += &format!("{line}|{}\n", &line[marks]);
    }
    expect![[r#"
        … очень очень очень очень очень очень очень очень очень|
        очень очень очень очень очень очень очень очень очень очень|
        очень очень очень очень очень очень долго [вправе] ждать|[вправе]
        очень очень очень очень очень очень очень очень очень очень|
        очень очень очень очень очень очень очень …|
    "#]]
    .assert_eq(&shown);
}

#[test]
fn a_word_longer_than_the_line_is_broken() {
    let mut act = sample::act();
    act.text = "ы".repeat(50);
    act.joins.clear();
    let whole = Span::new(0, 100);
    let lines = Quoted::new(&act, whole, whole).lines(20);
    assert_eq!(lines.iter().map(|(line, _)| line.width()).collect::<Vec<_>>(), [20, 20, 10]);
}

#[test]
fn a_terminal_is_not_steered_by_an_act() {
    assert_eq!(clean("a\u{1b}[31mb\u{202e}c"), "a\u{fffd}[31mb\u{fffd}c");
}

#[test]
fn lines_are_wrapped_with_their_indent() {
    let mut out = String::new();
    wrap(&mut out, "один два три четыре пять", "  ", "    ", 14);
    assert_eq!(out, "  один два три\n    четыре\n    пять\n");
}
