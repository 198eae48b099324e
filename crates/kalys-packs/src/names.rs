//! The closed vocabularies of rule files: zones, units, kinds of act, roles, and what each stands for.

use kalys_engine::def::{ActClass, ENTITIES, Modality, Role, Usage};
use kalys_model::{ActKind, Evidence, FixKind, Grade, Lang, Safeguard, Severity, UnitKind, Zone};

/// Names and what they stand for.
pub(crate) type Table<T> = [(&'static str, T)];

pub(crate) const LANGS: &Table<Lang> = &[("ky", Lang::Ky), ("ru", Lang::Ru), ("en", Lang::En)];

pub(crate) const LEVELS: &Table<Evidence> =
    &[("risk", Evidence::Risk), ("review", Evidence::Review), ("info", Evidence::Info)];

pub(crate) const SEVERITIES: &Table<Severity> =
    &[("low", Severity::Low), ("medium", Severity::Medium), ("high", Severity::High)];

pub(crate) const GRADES: &Table<Grade> =
    &[("A", Grade::A), ("B", Grade::B), ("C", Grade::C), ("D", Grade::D)];

pub(crate) const FIXES: &Table<FixKind> = &[("safe", FixKind::Safe), ("suggestion", FixKind::Suggestion)];

/// Whether the checks for a stable pack apply to a rule.
pub(crate) const STATUSES: &Table<bool> = &[("stable", true), ("draft", false)];

pub(crate) const SAFEGUARDS: &Table<Safeguard> = &[
    ("criteria", Safeguard::Criteria),
    ("grounds", Safeguard::Grounds),
    ("deadline", Safeguard::Deadline),
    ("closed-list", Safeguard::ClosedList),
    ("reference", Safeguard::Reference),
    ("definition", Safeguard::Definition),
    ("authority", Safeguard::Authority),
    ("competition", Safeguard::Competition),
    ("amount", Safeguard::Amount),
    ("cap", Safeguard::Cap),
    ("appeal", Safeguard::Appeal),
    ("procedure", Safeguard::Procedure),
];

pub(crate) const ZONES: &Table<Zone> = &[
    ("normative", Zone::Normative),
    ("amendment-new", Zone::AmendmentNew),
    ("amendment-old", Zone::AmendmentOld),
    ("quote", Zone::Quote),
    ("definition", Zone::Definition),
    ("preamble", Zone::Preamble),
    ("heading", Zone::Heading),
    ("form", Zone::Form),
    ("transitional", Zone::Transitional),
    ("title", Zone::Title),
    ("explanatory", Zone::Explanatory),
    ("treaty", Zone::Treaty),
    ("civil-law", Zone::CivilLaw),
    ("instruction", Zone::Instruction),
];

/// From the widest to the narrowest; those after `sentence` are beside this order.
pub(crate) const UNITS: &Table<UnitKind> = &[
    ("act", UnitKind::Act),
    ("annex", UnitKind::Annex),
    ("division", UnitKind::Division),
    ("section", UnitKind::Section),
    ("chapter", UnitKind::Chapter),
    ("article", UnitKind::Article),
    ("part", UnitKind::Part),
    ("point", UnitKind::Point),
    ("subpoint", UnitKind::Subpoint),
    ("paragraph", UnitKind::Paragraph),
    ("sentence", UnitKind::Sentence),
    ("heading", UnitKind::Heading),
    ("cell", UnitKind::Cell),
    ("footnote", UnitKind::Footnote),
];

/// Units in which findings can be counted: one finding per …
pub(crate) const COUNTED: &Table<UnitKind> = &[
    ("sentence", UnitKind::Sentence),
    ("paragraph", UnitKind::Paragraph),
    ("point", UnitKind::Point),
    ("part", UnitKind::Part),
    ("article", UnitKind::Article),
    ("chapter", UnitKind::Chapter),
    ("act", UnitKind::Act),
];

pub(crate) const ACT_KINDS: &Table<ActKind> = &[
    ("law", ActKind::Law),
    ("code", ActKind::Code),
    ("decree", ActKind::Decree),
    ("government-act", ActKind::GovernmentAct),
    ("ministry-order", ActKind::MinistryOrder),
    ("council-resolution", ActKind::CouncilResolution),
    ("plan", ActKind::Plan),
    ("explanatory-note", ActKind::ExplanatoryNote),
    ("unknown", ActKind::Unknown),
];

const ROLES: &Table<Role> =
    &[("authority", Role::Authority), ("person", Role::Person), ("court", Role::Court)];

const ACTS: &Table<ActClass> = &[
    ("grant", ActClass::Grant),
    ("deny", ActClass::Deny),
    ("stop", ActClass::Stop),
    ("extend", ActClass::Extend),
    ("relieve", ActClass::Relieve),
    ("punish", ActClass::Punish),
    ("check", ActClass::Check),
    ("allocate", ActClass::Allocate),
    ("rule", ActClass::Rule),
    ("internal", ActClass::Internal),
];

const MODALITIES: &Table<Modality> = &[
    ("duty", Modality::Duty),
    ("permission", Modality::Permission),
    ("right", Modality::Right),
    ("prohibition", Modality::Prohibition),
];

/// Every value of `use:` in a lexicon, in the order in which an error lists them.
pub(crate) fn usages() -> Vec<(String, Usage)> {
    let mut all = Vec::new();
    let mut family = |name: &str, usages: &mut dyn Iterator<Item = (&'static str, Usage)>| {
        all.extend(usages.map(|(value, usage)| (format!("{name} {value}"), usage)));
    };
    family("role", &mut ROLES.iter().map(|(name, it)| (*name, Usage::Role(*it))));
    family("act", &mut ACTS.iter().map(|(name, it)| (*name, Usage::Act(*it))));
    family("modal", &mut MODALITIES.iter().map(|(name, it)| (*name, Usage::Modal(*it))));
    // Numbers are found by the engine, roles by the lexicons of roles.
    let defined = ENTITIES.iter().filter(|it| **it != "num" && !it.contains(':'));
    family("entity", &mut defined.map(|it| (*it, Usage::Entity(it))));
    family("unit", &mut UNITS.iter().map(|(name, it)| (*name, Usage::Unit(*it))));
    let alone = [
        ("epistemic", Usage::Epistemic),
        ("light", Usage::Light),
        ("condition", Usage::Condition),
        ("bound", Usage::Bound),
        ("vague", Usage::Vague),
        ("decision", Usage::Decision),
        ("open", Usage::Open),
        ("negation", Usage::Negation),
        ("pronoun", Usage::Pronoun),
        ("relative", Usage::Relative),
        ("agent", Usage::Agent),
        ("this-act", Usage::ThisAct),
    ];
    all.extend(alone.into_iter().map(|(name, usage)| (name.to_owned(), usage)));
    all
}

/// How much a unit holds: 0 for the act. `None` for units beside the order.
pub(crate) fn width(kind: UnitKind) -> Option<usize> {
    let at = UNITS.iter().position(|(_, it)| *it == kind)?;
    (kind as usize <= UnitKind::Sentence as usize).then_some(at)
}

/// The name of a value.
pub(crate) fn name_of<T: PartialEq>(table: &Table<T>, value: &T) -> &'static str {
    table.iter().find(|(_, it)| it == value).map_or("", |(name, _)| name)
}

/// The names of a table, for an error.
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// The name that looks most like `word`, the earlier of equals; empty when none differs by a third of its letters or less.
pub(crate) fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    /// Longer words are typing of another sort; their distance would only cost time.
    const LONGEST: usize = 64;
    let word: Vec<char> = word.chars().take(LONGEST).collect();
    let limit = word.len().div_ceil(3).clamp(1, 6);
    let measured = names.into_iter().map(|name| {
        let letters: Vec<char> = name.chars().take(LONGEST).collect();
        (distance(&word, &letters), name)
    });
    let found = measured.filter(|it| it.0 <= limit).min_by_key(|it| it.0);
    found.map(|it| it.1).unwrap_or_default().to_owned()
}

/// Letters put in, left out or changed, and neighbors that changed places.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (row[j] + 1).min(last[j + 1] + 1).min(last[j] + usize::from(x != y));
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before_last[j - 1] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use kalys_engine::def::PREDICATES;

    #[test]
    fn the_nearest_name_is_found() {
        assert_eq!(nearest("mesage", ["remedy", "message", "why"]), "message");
        assert_eq!(nearest("where.sbject", ["where.subject", "where.object"]), "where.subject");
        assert_eq!(nearest("levle", ["level", "where"]), "level");
        assert_eq!(nearest("colour", ["remedy", "message"]), "");
        assert_eq!(nearest("x", []), "");
    }

    #[test]
    fn kinds_of_act_have_the_names_of_the_predicate() {
        let (_, values) = PREDICATES.iter().find(|(name, _)| *name == "act_kind").unwrap();
        assert_eq!(ACT_KINDS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), *values);
    }

    #[test]
    fn a_chapter_is_wider_than_an_article() {
        assert!(width(UnitKind::Chapter) < width(UnitKind::Article));
        assert_eq!(width(UnitKind::Cell), None);
    }
}
