//! An act with findings for tests of this crate: its words are made up.

use kalys_model::{
    Act, ActKind, Alphabet, Catalog, Doubt, DoubtKind, Evidence, FactorCard, FactorId, Finding, Fingerprint,
    Fix, FixKind, Grade, Lang, LegalReference, Number, ProfileCard, Related, RuleCard, RuleId, Safeguard,
    Severity, SourceMap, Span, Text, Unit, UnitId, UnitKind, Unknown, Zone,
};

use crate::phrases::Phrases;
use crate::{Checked, View};

pub(crate) const TEXT: &str = "Закон о пробах\nСтатья 1. Общие правила\n1. Проба бесплатна.\n\
Статья 2. Отказ в пробе\n1. Комиссия вправе отказать заявителю,\nесли сочтёт нужным, и потребовать иные доку-\nменты \
по своему выбору.\n";

pub(crate) fn text(ky: &str, ru: &str, en: &str) -> Text {
    Text { ky: ky.to_owned(), ru: ru.to_owned(), en: en.to_owned() }
}

pub(crate) fn catalog() -> Catalog {
    let factor = |key: &str, name: Text, grade, number: &str| FactorCard {
        key: key.to_owned(),
        name,
        grade,
        references: vec![LegalReference {
            profile: "trial".to_owned(),
            number: number.to_owned(),
            verified: false,
        }],
    };
    let rule = |name: &str, factor| RuleCard {
        name: name.to_owned(),
        pack: "trial".to_owned(),
        factor: FactorId(factor),
        title: text("Аталышы", "Название", "Title"),
        why: text("Себеби", "Причина", "Reason"),
        remedy: text("Оңдоо", "Замените «{docs}».", "Replace “{docs}”."),
        question: Text::default(),
        level: Evidence::Risk,
        severity: Severity::Medium,
        exceptions: vec!["voluntary".to_owned()],
        languages: vec![Lang::Ky, Lang::Ru],
        reviewed: Vec::new(),
        version: 1,
    };
    Catalog {
        rules: vec![rule("competence.may", 0), rule("documents.open-list", 1)],
        factors: vec![
            factor(
                "discretion/may-formula",
                text("«укуктуу» формуласы", "формула «вправе»", "the “may” formula"),
                Grade::A,
                "A2",
            ),
            factor(
                "burden/open-document-list",
                text("ачык тизме", "открытый перечень", "open list"),
                Grade::A,
                "3(б)",
            ),
            factor("collision/external", text("коллизия", "коллизии", "collisions"), Grade::D, "C18"),
        ],
        profiles: vec![ProfileCard {
            key: "trial".to_owned(),
            name: text("Сыноо нускамасы", "Пробная инструкция", "Trial instruction"),
            verified: false,
        }],
    }
}

pub(crate) fn span(words: &str) -> Span {
    let at = TEXT.find(words).expect("the words stand in the sample") as u32;
    Span::new(at, at + words.len() as u32)
}

pub(crate) fn act() -> Act {
    let end = TEXT.len() as u32;
    let unit = |kind, number: Option<&str>, span, heading, body, parent: Option<u32>| Unit {
        kind,
        number: number.map(|it| Number(it.into())),
        span,
        heading,
        body,
        parent: parent.map(UnitId),
        zone: Zone::Normative,
        lang: Lang::Ru,
    };
    let from = |words: &str| span(words).start;
    let first = Span::new(from("Статья 1"), from("Статья 2"));
    let second = Span::new(from("Статья 2"), end);
    let part = Span::new(from("1. Комиссия"), end);
    Act {
        text: TEXT.to_owned(),
        map: SourceMap::identity(TEXT),
        units: vec![
            unit(UnitKind::Act, None, Span::new(0, end), None, Span::at(0), None),
            unit(
                UnitKind::Article,
                Some("1"),
                first,
                Some(span("Общие правила")),
                Span::at(first.end),
                Some(0),
            ),
            unit(
                UnitKind::Part,
                Some("1"),
                span("1. Проба бесплатна."),
                None,
                span("Проба бесплатна."),
                Some(1),
            ),
            unit(
                UnitKind::Article,
                Some("2"),
                second,
                Some(span("Отказ в пробе")),
                Span::at(part.start),
                Some(0),
            ),
            unit(UnitKind::Part, Some("1"), part, None, Span::new(from("Комиссия"), end), Some(3)),
        ],
        inlines: Vec::new(),
        joins: vec![span("доку-\nменты")],
        alphabet: Alphabet::Standard,
        lang: Lang::Ru,
        kind: ActKind::Law,
        kind_evidence: Some(span("Закон")),
        fragment: false,
        doubts: vec![Doubt { span: span("доку-\nменты"), kind: DoubtKind::UncertainJoin }],
    }
}

pub(crate) fn findings() -> Vec<Finding> {
    let clause = Span::new(span("Комиссия вправе").start, span("выбору.").end);
    let finding = |rule: u16, words: &str| Finding {
        rule: RuleId(rule),
        factor: FactorId(rule),
        level: Evidence::Risk,
        severity: Severity::High,
        span: span(words),
        clause,
        unit: UnitId(4),
        message: text(
            "Каталык",
            "Право вместо обязанности: «вправе отказать»",
            "A power where a duty is expected",
        ),
        question: Text::default(),
        remedy: text("Негиздерин атаңыз.", "Назовите основания и срок.", "Name the grounds."),
        missing: vec![Safeguard::Grounds, Safeguard::Deadline],
        searched: Vec::new(),
        unknown: Vec::new(),
        related: Vec::new(),
        fix: None,
        fingerprint: Fingerprint([7; 16]),
    };
    let mut second = finding(1, "иные доку-\nменты");
    second.level = Evidence::Review;
    second.message = text("Тизме ачык", "Перечень открыт: «иные документы»", "The list is open");
    second.question = text("Кайсы?", "Какие именно?", "Which ones?");
    second.missing = vec![Safeguard::ClosedList];
    second.unknown = vec![Unknown::Bounds];
    second.related = vec![Related {
        span: span("по своему выбору"),
        message: text("тандоо", "выбор", "choice"),
    }];
    second.fix = Some(Fix {
        kind: FixKind::Suggestion,
        span: second.span,
        replacement: "следующие документы: …".to_owned(),
    });
    vec![finding(0, "вправе отказать"), second]
}

pub(crate) fn view(catalog: &Catalog, lang: Lang) -> View<'_> {
    View { catalog, profile: "trial", phrases: Phrases::new(lang), color: false, width: 80 }
}

pub(crate) fn checked<'a>(act: &'a Act, findings: &'a [Finding]) -> Checked<'a> {
    Checked { path: "проба.txt", format: "txt", source: TEXT.as_bytes(), act, findings }
}
