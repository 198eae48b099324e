//! Rules and lexicons as packs say them: parsed, not yet compiled.
//!
//! Plain data between kalys-packs, which reads and checks files, and [`Ruleset::compile`](crate::Ruleset::compile).
//! An [`Origin`] travels with everything that can be wrong, so that an error finds its file and line again.

use kalys_model::{ActKind, Evidence, FactorId, FixKind, Lang, Safeguard, Severity, Text, UnitKind, Zone};
use kalys_morph::Stem;

use crate::expr::Expr;
use crate::phrase::Phrase;

/// Where something stands in the files of the packs; the number is kalys-packs' own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(pub u32);

/// One value for each known language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PerLang<T> {
    /// Kyrgyz.
    pub ky: T,
    /// Russian.
    pub ru: T,
    /// English.
    pub en: T,
}

impl<T> PerLang<T> {
    /// The value for a known language; `None` for [`Lang::Other`].
    pub fn get(&self, lang: Lang) -> Option<&T> {
        match lang {
            Lang::Ky => Some(&self.ky),
            Lang::Ru => Some(&self.ru),
            Lang::En => Some(&self.en),
            Lang::Other => None,
        }
    }

    /// The value for a known language, to change; `None` for [`Lang::Other`].
    pub fn get_mut(&mut self, lang: Lang) -> Option<&mut T> {
        match lang {
            Lang::Ky => Some(&mut self.ky),
            Lang::Ru => Some(&mut self.ru),
            Lang::En => Some(&mut self.en),
            Lang::Other => None,
        }
    }
}

/// Everything that the packs of a run say.
#[derive(Clone, Debug, Default)]
pub struct PackDef {
    /// Lexicons; names are unique.
    pub lexicons: Vec<LexiconDef>,
    /// Kyrgyz stems that the built-in list lacks.
    pub stems: Vec<Stem>,
    /// Rules, in order of their [`RuleId`](kalys_model::RuleId).
    pub rules: Vec<RuleDef>,
    /// Names of rules, the more specific first: on overlapping spans the earlier one wins.
    pub order: Vec<String>,
}

/// A list of words and phrases.
#[derive(Clone, Debug)]
pub struct LexiconDef {
    /// The name that phrases use after `@`.
    pub name: String,
    /// What the engine itself uses it for, if anything.
    pub usage: Option<Usage>,
    /// The entries.
    pub entries: PerLang<Vec<PhraseDef>>,
}

/// A phrase and where it stands.
#[derive(Clone, Debug)]
pub struct PhraseDef {
    /// The phrase.
    pub phrase: Phrase,
    /// Where it stands.
    pub origin: Origin,
}

/// What the engine uses a lexicon for when it reads a norm. In lexicon files: `use: role authority`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Usage {
    /// `role authority`, `role person`, `role court`: names of those who act or are acted upon.
    Role(Role),
    /// `act deny` …: verbs and deverbal nouns of a class of acts.
    Act(ActClass),
    /// `modal right` …: words that make a power, a duty or a ban.
    Modal(Modality),
    /// `epistemic`: verbs with which a modal speaks of what may happen (привести, повлечь).
    Epistemic,
    /// `light`: verbs that carry a deverbal noun (проводить проверку, принять решение об отказе).
    Light,
    /// `condition`: words that open a condition (если, в случае, при; болсо, учурда).
    Condition,
    /// `bound`: words that close grounds or conditions (только, исключительно, гана).
    Bound,
    /// `vague`: evaluative or open words that keep a condition from closing anything (необходимость, обстоятельства).
    Vague,
    /// `decision`: «по решению», «с разрешения» — with an authority in the genitive after (ru) or before (ky) it.
    Decision,
    /// `open`: words that leave a list open (иной, другой, прочий; башка).
    Open,
    /// `negation`: не, ни; эмес, жок.
    Negation,
    /// `pronoun`: words that stand for the body or person named before (он, указанный орган).
    Pronoun,
    /// `relative`: words that open a relative or subordinate clause (который, если, чтобы).
    Relative,
    /// `agent`: the postposition after the agent of a passive (тарабынан; by).
    Agent,
    /// `entity deadline` …: phrases that are an entity of the phrase language, usable as `<deadline>`.
    Entity(&'static str),
    /// `unit act` …: words for units of acts, for references (статья, пункт; берене).
    Unit(UnitKind),
    /// `abbreviation`: words after which a full stop ends no sentence (ст., им.; ж.б.).
    Abbreviation,
    /// `this-act`: words by which an act names itself (настоящий, ушул, this).
    ThisAct,
}

impl Usage {
    /// Every usage, by its [`index`](Usage::index).
    pub(crate) fn all() -> Vec<Usage> {
        use Modality::{Duty, Permission, Prohibition, Right};
        use UnitKind::{Annex, Article, Chapter, Division, Paragraph, Part, Point, Section, Subpoint};
        let mut all = vec![
            Usage::Epistemic,
            Usage::Light,
            Usage::Condition,
            Usage::Bound,
            Usage::Vague,
            Usage::Decision,
            Usage::Open,
            Usage::Negation,
            Usage::Pronoun,
            Usage::Relative,
            Usage::Agent,
            Usage::Abbreviation,
            Usage::ThisAct,
        ];
        all.extend([Role::Authority, Role::Person, Role::Court].map(Usage::Role));
        all.extend([Duty, Permission, Right, Prohibition].map(Usage::Modal));
        all.extend(ActClass::ALL.map(Usage::Act));
        all.extend(
            [Annex, Division, Section, Chapter, Article, Part, Point, Subpoint, Paragraph].map(Usage::Unit),
        );
        all.extend(ENTITIES.iter().map(|it| Usage::Entity(it)));
        // A word keeps the usages that it can begin as bits of one number.
        debug_assert!(all.len() <= 64);
        all
    }

    /// The place in [`Usage::all`].
    pub(crate) fn index(self) -> usize {
        match self {
            Usage::Epistemic => 0,
            Usage::Light => 1,
            Usage::Condition => 2,
            Usage::Bound => 3,
            Usage::Vague => 4,
            Usage::Decision => 5,
            Usage::Open => 6,
            Usage::Negation => 7,
            Usage::Pronoun => 8,
            Usage::Relative => 9,
            Usage::Agent => 10,
            Usage::Abbreviation => 11,
            Usage::ThisAct => 12,
            Usage::Role(it) => 13 + it as usize,
            Usage::Modal(it) => 16 + it as usize,
            Usage::Act(it) => 20 + it as usize,
            Usage::Unit(it) => 30 + (it as usize).saturating_sub(UnitKind::Annex as usize).min(8),
            Usage::Entity(name) => 39 + ENTITIES.iter().position(|it| *it == name).unwrap_or(0),
        }
    }
}

/// Names of entities that packs define by phrases; `num` is found by the engine itself.
pub const ENTITIES: &[&str] = &[
    "num",
    "percent",
    "date",
    "money",
    "deadline",
    "range",
    "ref",
    "act",
    "term",
    "role:authority",
    "role:person",
    "role:court",
];

/// Who acts or is acted upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A body or official with public power.
    Authority,
    /// A citizen, firm, applicant or another private person.
    Person,
    /// A court.
    Court,
}

/// What an act does to those whom it touches (factors.md §3.0, S2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActClass {
    /// Gives a right or benefit.
    Grant,
    /// Refuses.
    Deny,
    /// Suspends, revokes, terminates, seizes.
    Stop,
    /// Extends or defers a term.
    Extend,
    /// Relieves from a burden.
    Relieve,
    /// Punishes or levies.
    Punish,
    /// Inspects or demands information.
    Check,
    /// Distributes scarce goods or places.
    Allocate,
    /// Makes rules.
    Rule,
    /// Concerns the body itself.
    Internal,
}

impl ActClass {
    /// Every class.
    pub const ALL: [ActClass; 10] = [
        ActClass::Grant,
        ActClass::Deny,
        ActClass::Stop,
        ActClass::Extend,
        ActClass::Relieve,
        ActClass::Punish,
        ActClass::Check,
        ActClass::Allocate,
        ActClass::Rule,
        ActClass::Internal,
    ];
}

/// What a modal says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    /// обязан, должен.
    Duty,
    /// может, допускается.
    Permission,
    /// вправе, имеет право.
    Right,
    /// запрещается, не допускается.
    Prohibition,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct RuleDef {
    /// Name with dots.
    pub name: String,
    /// The factor it finds.
    pub factor: FactorId,
    /// Level when every predicate is yes.
    pub level: Evidence,
    /// What it looks for.
    pub kind: RuleKind,
    /// Predicates of the norm around the words.
    pub conditions: Conditions,
    /// Named exceptions.
    pub exceptions: Vec<ExceptionDef>,
    /// What must stand somewhere around the words: the rule reports that it does not.
    pub absence: Option<AbsenceDef>,
    /// Units and zones that it looks at.
    pub scope: Scope,
    /// Weight of harm.
    pub severity: SeverityDef,
    /// Where the finding is shown, and how often.
    pub report: Report,
    /// Safeguards that a finding says are missing.
    pub missing: Vec<Safeguard>,
    /// Message; `{name}` stands for a capture, `{match}` for the words.
    pub message: Text,
    /// Question for the expert, may be empty.
    pub question: Text,
    /// Remedy, with the same placeholders.
    pub remedy: Text,
    /// Proposed wordings.
    pub fixes: Vec<FixDef>,
    /// Where the rule stands.
    pub origin: Origin,
}

/// What a rule looks for.
#[derive(Clone, Debug)]
pub enum RuleKind {
    /// Phrases within a sentence.
    Find(PerLang<Vec<PhraseDef>>),
    /// A fact of the act that passes a filter.
    Match {
        /// Name of the fact, see [`crate::FACTS`].
        fact: String,
        /// The filter; `None` takes every one.
        filter: Option<Expr>,
    },
}

/// Predicates: all of `all`, and one of `any` when there are any.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    /// Every one must hold.
    pub all: Vec<Test>,
    /// At least one of these groups must hold as a whole.
    pub any: Vec<Vec<Test>>,
}

/// A predicate and the values that pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// Name, see [`PREDICATES`].
    pub predicate: &'static str,
    /// Accepted values, each from the predicate's row in [`PREDICATES`].
    pub values: Vec<&'static str>,
    /// Where it stands.
    pub origin: Origin,
}

/// Every predicate of a norm with its values, by the names that rule files use.
///
/// A predicate may have several values at once (two act classes); a test passes when one of them is accepted.
pub const PREDICATES: &[(&str, &[&str])] = &[
    // Who does what the words speak of.
    ("subject", &["authority", "person", "court", "none"]),
    // Who decides, when the words are a passive or a ground («по решению органа»).
    ("agent", &["authority", "person", "court", "none"]),
    ("modality", &["duty", "permission", "right", "prohibition", "none"]),
    ("negated", &["yes", "no"]),
    ("epistemic", &["yes", "no"]),
    (
        "act",
        &[
            "grant", "deny", "stop", "extend", "relieve", "punish", "check", "allocate", "rule", "internal",
            "none",
        ],
    ),
    // Whether a person is affected: named in the clause, or the act class implies it.
    ("touches", &["person", "none"]),
    // closed: only/closed list/numbered ground/cap; open: a trigger or an evaluative condition; none: no condition at all.
    ("bounds", &["closed", "open", "none"]),
    // number: with a number; vague: without; none: no term in the sentence.
    ("deadline", &["number", "vague", "none"]),
    // References in the sentence: resolved (numbered provision or named act), open (legislation at large), none.
    ("reference", &["resolved", "open", "none"]),
    // Whether the sentence (or the list it heads) ends open.
    ("list", &["open", "closed", "none"]),
    // Whether an amount of money, percent or another measure stands in the sentence.
    ("amount", &["yes", "none"]),
    // Whether the words stand in a condition (если …, при …, …са, … учурда).
    ("in_condition", &["yes", "no"]),
    // Whether the words stand in an item of an enumeration.
    ("in_list", &["yes", "no"]),
    // Whether an authority, or a person, is named anywhere in the sentence, its head line or its article's heading.
    ("authority", &["present", "absent"]),
    ("person", &["present", "absent"]),
    (
        "act_kind",
        &[
            "law",
            "code",
            "decree",
            "government-act",
            "ministry-order",
            "council-resolution",
            "plan",
            "explanatory-note",
            "unknown",
        ],
    ),
    ("in_annex", &["yes", "no"]),
    ("fragment", &["yes", "no"]),
];

/// An exception: where its phrases stand, the rule is silent; or, with `given`, speaks only there.
#[derive(Clone, Debug)]
pub struct ExceptionDef {
    /// Its name.
    pub name: String,
    /// How far it reaches.
    pub reach: Reach,
    /// Its phrases; an exception by place ([`Reach::InsideZone`], [`Reach::InsideUnit`]) has none.
    pub phrases: PerLang<Vec<PhraseDef>>,
    /// The other way round (`given`): the rule is silent where the phrases do *not* stand. Asks for nothing in a language
    /// without phrases.
    pub given: bool,
    /// Where it stands.
    pub origin: Origin,
}

/// Where the phrases of an exception must stand.
#[derive(Clone, Debug, PartialEq)]
pub enum Reach {
    /// `overlaps: match`
    Overlaps,
    /// `before: N tokens` (counted from the first token of the words).
    Before(u8),
    /// `after: N tokens`
    After(u8),
    /// `same: clause`
    Clause,
    /// `same: sentence`
    Sentence,
    /// `same: part` and wider.
    Unit(UnitKind),
    /// `heading: article`
    Heading(UnitKind),
    /// `inside: { zone: … }`
    InsideZone(Zone),
    /// `inside: { unit: … }`
    InsideUnit(UnitKind),
    /// `inside: { predicates … }`: holds when the tests hold.
    Holds(Vec<Test>),
}

/// Safeguards that are looked for from the words outwards (`absent`, `frame`).
#[derive(Clone, Debug)]
pub struct AbsenceDef {
    /// What is looked for: one slot of `absent`, the named slots of a `frame`.
    pub slots: Vec<SlotDef>,
    /// Where, in this order; the sentence takes its head lines with it.
    pub look_in: Vec<UnitKind>,
    /// Over `missing` and `slots` (numbers): whether to report. `None`: when anything is missing.
    pub when: Option<Expr>,
}

/// A safeguard that is looked for.
#[derive(Clone, Debug)]
pub struct SlotDef {
    /// Its name for readers, in a list of what is missing; empty for `absent`.
    pub title: Text,
    /// Phrases of which one must stand.
    pub phrases: PerLang<Vec<PhraseDef>>,
}

/// Units and zones that a rule looks at.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Units of which one must hold the words; empty: anywhere.
    pub inside: Vec<UnitKind>,
    /// Units that must not hold them.
    pub not_inside: Vec<UnitKind>,
    /// Zones.
    pub zones: Vec<Zone>,
    /// Kinds of act; empty: all.
    pub kinds: Vec<ActKind>,
}

impl Default for Scope {
    fn default() -> Scope {
        Scope {
            inside: Vec::new(),
            not_inside: Vec::new(),
            zones: vec![Zone::Normative, Zone::AmendmentNew],
            kinds: Vec::new(),
        }
    }
}

/// Weight of harm: the first matching step decides, else the base.
#[derive(Clone, Debug)]
pub struct SeverityDef {
    /// Without any step.
    pub base: Severity,
    /// Steps in order.
    pub steps: Vec<(Severity, Expr)>,
}

/// Where a finding is shown, and how often.
#[derive(Clone, Debug)]
pub struct Report {
    /// Capture whose words are the finding's; `None`: the whole match.
    pub at: Option<String>,
    /// One finding in each unit of this kind, further places become related; `None`: every match.
    pub once_per: Option<UnitKind>,
}

/// A proposed wording.
#[derive(Clone, Debug)]
pub struct FixDef {
    /// Whether it may be applied without a person.
    pub kind: FixKind,
    /// Capture that it replaces; `None`: the finding's words.
    pub replace: Option<String>,
    /// The wording by language of the act.
    pub text: Text,
}

#[cfg(test)]
mod tests {
    use super::Usage;

    #[test]
    fn every_usage_has_a_bit_of_its_own() {
        let all = Usage::all();
        let places: Vec<usize> = all.iter().map(|it| it.index()).collect();
        assert_eq!(places, (0..all.len()).collect::<Vec<_>>());
        assert!(all.len() <= 64);
    }
}
