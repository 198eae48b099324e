//! Stable codes of the closed sets, used in JSON and as the last part of a phrase's key.

use kalys_model::{
    ActKind, Alphabet, DoubtKind, Evidence, FixKind, Grade, Lang, Safeguard, Severity, UnitKind, Unknown,
    Zone,
};

/// A value of a closed set with a code in ASCII.
pub trait Named: Copy {
    /// The first part of the phrase's key: `level`.
    const SET: &'static str;

    /// The code: `risk`.
    fn code(self) -> &'static str;

    /// The phrase's key: `level.risk`.
    fn key(self) -> String {
        format!("{}.{}", Self::SET, self.code())
    }
}

macro_rules! named {
    ($type:ident, $set:literal, { $($variant:ident => $code:literal),* $(,)? }) => {
        impl Named for $type {
            const SET: &'static str = $set;

            fn code(self) -> &'static str {
                match self {
                    $($type::$variant => $code,)*
                }
            }
        }

        #[cfg(test)]
        impl Every for $type {
            const EVERY: &'static [$type] = &[$($type::$variant),*];
        }
    };
}

/// Every value of a set, for tests of completeness.
#[cfg(test)]
pub(crate) trait Every: Named + 'static {
    const EVERY: &'static [Self];
}

named!(Evidence, "level", { Risk => "risk", Review => "review", Info => "info" });
named!(Severity, "severity", { High => "high", Medium => "medium", Low => "low" });
named!(FixKind, "fix", { Safe => "safe", Suggestion => "suggestion" });
named!(Grade, "grade", { A => "a", B => "b", C => "c", D => "d" });
named!(Lang, "lang", { Ky => "ky", Ru => "ru", En => "en", Other => "und" });
named!(Alphabet, "alphabet", {
    Standard => "standard",
    LegacyYo => "legacy-yo",
    LegacyHardSign => "legacy-hard-sign",
});
named!(Safeguard, "safeguard", {
    Criteria => "criteria",
    Grounds => "grounds",
    Deadline => "deadline",
    ClosedList => "closed-list",
    Reference => "reference",
    Definition => "definition",
    Authority => "authority",
    Competition => "competition",
    Amount => "amount",
    Cap => "cap",
    Appeal => "appeal",
    Procedure => "procedure",
});
named!(Unknown, "unknown", {
    Subject => "subject",
    Act => "act",
    Touches => "touches",
    Bounds => "bounds",
    Exception => "exception",
    Outside => "outside",
    ActKind => "act-kind",
});
named!(UnitKind, "unit", {
    Act => "act",
    Annex => "annex",
    Division => "division",
    Section => "section",
    Chapter => "chapter",
    Article => "article",
    Part => "part",
    Point => "point",
    Subpoint => "subpoint",
    Paragraph => "paragraph",
    Sentence => "sentence",
    Heading => "heading",
    Cell => "cell",
    Footnote => "footnote",
});
named!(Zone, "zone", {
    Normative => "normative",
    AmendmentNew => "amendment-new",
    AmendmentOld => "amendment-old",
    Quote => "quote",
    Definition => "definition",
    Preamble => "preamble",
    Heading => "heading",
    Form => "form",
    Transitional => "transitional",
    Title => "title",
    Explanatory => "explanatory",
    Treaty => "treaty",
    CivilLaw => "civil-law",
    Instruction => "instruction",
});
named!(ActKind, "kind", {
    Law => "law",
    Code => "code",
    Decree => "decree",
    GovernmentAct => "government-act",
    MinistryOrder => "ministry-order",
    CouncilResolution => "council-resolution",
    Plan => "plan",
    ExplanatoryNote => "explanatory-note",
    Unknown => "unknown",
});
named!(DoubtKind, "doubt", {
    RepeatedNumber => "repeated-number",
    NumberOutOfOrder => "number-out-of-order",
    NumberGap => "number-gap",
    LookAlikeNumber => "look-alike-number",
    LostSuperscript => "lost-superscript",
    HeadingOrText => "heading-or-text",
    UncertainJoin => "uncertain-join",
    UnknownLanguage => "unknown-language",
    LegacyFont => "legacy-font",
    UnclosedQuote => "unclosed-quote",
    TableOfContents => "table-of-contents",
});
