use crate::{Evidence, Severity, Text};

/// Index of a rule in [`Catalog::rules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u16);

/// Index of a factor in [`Catalog::factors`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactorId(pub u16);

/// What reports need of rules and factors: names, cards, numbering. Filled by kalys-packs, plain data for everybody else.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// Rules in order of their ids.
    pub rules: Vec<RuleCard>,
    /// Factors in order of the factor table.
    pub factors: Vec<FactorCard>,
    /// Profiles: legal orders by which factors are numbered.
    pub profiles: Vec<ProfileCard>,
}

impl Catalog {
    /// The card of a rule.
    pub fn rule(&self, id: RuleId) -> &RuleCard {
        &self.rules[id.0 as usize]
    }

    /// The card of a factor.
    pub fn factor(&self, id: FactorId) -> &FactorCard {
        &self.factors[id.0 as usize]
    }
}

/// A rule as a reader meets it.
#[derive(Clone, Debug)]
pub struct RuleCard {
    /// Name with dots: `documents.open-list`.
    pub name: String,
    /// The pack it comes from.
    pub pack: String,
    /// The factor it finds.
    pub factor: FactorId,
    /// Short title.
    pub title: Text,
    /// Why it is a risk.
    pub why: Text,
    /// The remedy as the rule file has it, placeholders unfilled.
    pub remedy: Text,
    /// The question as the rule file has it.
    pub question: Text,
    /// Level when every predicate holds.
    pub level: Evidence,
    /// Severity before it is raised or lowered.
    pub severity: Severity,
    /// Names of its exceptions.
    pub exceptions: Vec<String>,
    /// Languages it has patterns for.
    pub languages: Vec<crate::Lang>,
    /// Whether a native lawyer has reviewed the texts, per language code; empty when nobody has.
    pub reviewed: Vec<String>,
    /// Version of the rule.
    pub version: u32,
}

/// A corruption-enabling factor.
#[derive(Clone, Debug)]
pub struct FactorCard {
    /// Key with a slash: `discretion/may-formula`.
    pub key: String,
    /// Official or working name.
    pub name: Text,
    /// What a deterministic engine can honestly do with it.
    pub grade: Grade,
    /// Where legal orders number it.
    pub references: Vec<LegalReference>,
}

/// What a deterministic engine can honestly do with a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// A rule with structural evidence.
    A,
    /// A heuristic, to be reviewed.
    B,
    /// Only a question for the expert.
    C,
    /// A checklist question.
    D,
}

/// Where a legal order numbers a factor.
#[derive(Clone, Debug)]
pub struct LegalReference {
    /// Key of the profile: `ru-96`.
    pub profile: String,
    /// The number or letter there: `3(б)`.
    pub number: String,
    /// Whether a person has checked it against the official text.
    pub verified: bool,
}

/// A legal order by which factors are numbered.
#[derive(Clone, Debug)]
pub struct ProfileCard {
    /// Key: `kg-jk-2008`.
    pub key: String,
    /// The act it follows.
    pub name: Text,
    /// Whether its numbering was checked against the official text.
    pub verified: bool,
}
