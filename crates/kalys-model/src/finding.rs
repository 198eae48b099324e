use std::fmt;

use crate::{FactorId, RuleId, Span, UnitId, UnitKind};

/// A norm that a rule points at: the words, what is wrong with them, and the way out.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that found it.
    pub rule: RuleId,
    /// The corruption-enabling factor that it is.
    pub factor: FactorId,
    /// How sure.
    pub level: Evidence,
    /// How harmful.
    pub severity: Severity,
    /// The words.
    pub span: Span,
    /// The clause around the words, for an excerpt.
    pub clause: Span,
    /// The unit that the words stand in.
    pub unit: UnitId,
    /// What is wrong, with the words filled in.
    pub message: Text,
    /// What an expert would ask, empty when the rule has no question.
    pub question: Text,
    /// How to mend it.
    pub remedy: Text,
    /// The safeguards that were looked for and not found.
    pub missing: Vec<Safeguard>,
    /// Where they were looked for, from the words outwards; empty when only the norm itself was asked.
    pub searched: Vec<UnitKind>,
    /// The predicates that could not be told; each lowers the level.
    pub unknown: Vec<Unknown>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// A proposed wording.
    pub fix: Option<Fix>,
    /// Identity that survives edits elsewhere and renumbering.
    pub fingerprint: Fingerprint,
}

/// A text in the three languages of kalys, with captures filled in; the edge chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// In Kyrgyz.
    pub ky: String,
    /// In Russian.
    pub ru: String,
    /// In English.
    pub en: String,
}

impl Text {
    /// The text in this language; English for a language without one.
    pub fn get(&self, lang: crate::Lang) -> &str {
        match lang {
            crate::Lang::Ky => &self.ky,
            crate::Lang::Ru => &self.ru,
            crate::Lang::En | crate::Lang::Other => &self.en,
        }
    }
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// Only the words were found, or several predicates are unknown. Off by default.
    Info,
    /// One predicate is unknown, or the rule is a heuristic: for the expert to judge.
    Review,
    /// Marker, role and missing safeguard were all found.
    Risk,
}

/// How harmful a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// An expert would mention it.
    Low,
    /// An expert would recommend a change.
    Medium,
    /// An expert would insist.
    High,
}

/// A safeguard whose absence makes a norm risky.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safeguard {
    /// Criteria or conditions of the decision.
    Criteria,
    /// Closed grounds of the decision.
    Grounds,
    /// A deadline with a number.
    Deadline,
    /// A closed list.
    ClosedList,
    /// A reference to a named provision or act.
    Reference,
    /// A definition of the term.
    Definition,
    /// A named body.
    Authority,
    /// A competition.
    Competition,
    /// An amount, or a rule by which it is reckoned.
    Amount,
    /// A cap.
    Cap,
    /// A way to appeal.
    Appeal,
    /// How a body decides: its members, quorum, vote, records.
    Procedure,
}

/// A predicate that could not be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unknown {
    /// Who acts.
    Subject,
    /// What is done.
    Act,
    /// Whether it touches a person.
    Touches,
    /// Whether grounds or conditions bound it.
    Bounds,
    /// Whether an exception applies.
    Exception,
    /// Whether the safeguard stands outside the passage.
    Outside,
    /// What kind of act it is.
    ActKind,
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What it is; may be empty.
    pub message: Text,
}

/// A proposed wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Whether it may be applied without a person.
    pub kind: FixKind,
    /// What it replaces.
    pub span: Span,
    /// The wording, in the language of the act; `…` marks a gap to fill.
    pub replacement: String,
}

/// Whether a fix may be applied without a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixKind {
    /// Changes no meaning.
    Safe,
    /// Changes meaning: a person decides.
    Suggestion,
}

/// Identity of a finding, version 1: a BLAKE3 hash (first 16 bytes) of the rule id, the folded words of the clause with
/// internal reference numbers masked, and an ordinal among equals. No message, severity, path or number is in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub [u8; 16]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
