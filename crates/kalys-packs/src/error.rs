//! What is wrong with a pack: place, code and the pieces that a sentence about it needs.
//!
//! The sentences stand in the phrase files of the program, as `pack.CODE`, in every language of kalys; here are none.

use std::fmt;

use crate::node::{Place, YamlErrorKind};

/// An error in a file of a pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackError {
    /// The file, as the caller named its pack, with `/`.
    pub file: String,
    /// Line from 1.
    pub line: u32,
    /// Column from 1, in Unicode code points.
    pub column: u32,
    /// What is wrong.
    pub kind: PackErrorKind,
    values: Vec<String>,
}

impl PackError {
    /// An error with the values that its kind asks for, in the order of [`PackErrorKind::names`].
    pub(crate) fn new(file: &str, at: Place, kind: PackErrorKind, values: Vec<String>) -> PackError {
        debug_assert_eq!(values.len(), kind.names().len(), "{kind:?}");
        PackError { file: file.to_owned(), line: at.line, column: at.column, kind, values }
    }

    /// The key of its sentence in the phrase files, without `pack.`: that of the kind, or, where a name was written that is
    /// much like a known one, the sentence that asks whether the known one was meant.
    pub fn code(&self) -> &'static str {
        let guessed = self.args().any(|(name, value)| name == "nearest" && !value.is_empty());
        if guessed { self.kind.code_nearest() } else { self.kind.code() }
    }

    /// What the placeholders of the sentence stand for.
    pub fn args(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.kind.names().iter().copied().zip(self.values.iter().map(String::as_str))
    }
}

/// For developers; users read the sentences of the phrase files.
impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.kind.code().replace('-', " "))?;
        for (index, (name, value)) in self.args().enumerate() {
            write!(f, "{}{name} `{value}`", if index == 0 { ": " } else { ", " })?;
        }
        Ok(())
    }
}

impl std::error::Error for PackError {}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $code:literal [$($name:literal),*];)*) => {
        /// What can be wrong with a pack.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum PackErrorKind {
            $($(#[$doc])* $kind,)*
        }

        impl PackErrorKind {
            /// Every kind.
            pub const ALL: &[PackErrorKind] = &[$(PackErrorKind::$kind),*];

            /// The key of its sentence in the phrase files, without `pack.`.
            pub const fn code(self) -> &'static str {
                match self {
                    $(PackErrorKind::$kind => $code,)*
                }
            }

            /// The key of the sentence that names what was perhaps meant; kinds with the placeholder `nearest` have it.
            pub const fn code_nearest(self) -> &'static str {
                match self {
                    $(PackErrorKind::$kind => concat!($code, "-nearest"),)*
                }
            }

            /// The placeholders that its sentence may use.
            pub const fn names(self) -> &'static [&'static str] {
                match self {
                    $(PackErrorKind::$kind => &[$($name),*],)*
                }
            }
        }
    };
}

kinds! {
    // Files.
    /// The file or folder cannot be read.
    Unreadable = "unreadable" ["reason"];
    /// The file is not UTF-8.
    NotUtf8 = "not-utf8" [];
    /// The file is larger than is read.
    TooLarge = "too-large" ["limit"];
    /// The pack has more files than are read.
    TooManyFiles = "too-many-files" ["limit"];
    /// A file that every pack has is not there.
    MissingFile = "missing-file" ["name"];
    /// A YAML file stands where no file of a pack belongs.
    StrayFile = "stray-file" [];
    /// The pack asks for another engine.
    EngineVersion = "engine-version" ["wanted", "have"];
    // YAML.
    /// The file is no YAML.
    Syntax = "syntax" ["detail"];
    /// There is nothing in the file.
    EmptyFile = "empty-file" [];
    /// Lists and mappings are nested too deeply.
    TooDeep = "too-deep" ["limit"];
    /// An anchor (`&name`).
    Anchor = "anchor" [];
    /// An alias (`*name`).
    Alias = "alias" [];
    /// A tag (`!name`).
    Tag = "tag" [];
    /// A merge key (`<<`).
    MergeKey = "merge-key" [];
    /// A second document in one file.
    SecondDocument = "second-document" [];
    /// A list or mapping as a key.
    KeyNotText = "key-not-text" [];
    /// The same key twice in one mapping.
    DuplicateKey = "duplicate-key" ["key", "first"];
    /// The file has more errors than are listed.
    TooManyErrors = "too-many-errors" [];
    // Types and values.
    /// There is no such key here.
    UnknownKey = "unknown-key" ["key", "nearest", "allowed"];
    /// A required key is not there.
    MissingKey = "missing-key" ["key"];
    /// A text is wanted.
    NotText = "not-text" ["key"];
    /// A list is wanted.
    NotList = "not-list" ["key"];
    /// A mapping is wanted.
    NotMapping = "not-mapping" ["key"];
    /// A whole number is wanted.
    NotNumber = "not-number" ["key"];
    /// `true` or `false` is wanted.
    NotTruth = "not-truth" ["key"];
    /// A date is wanted.
    NotDate = "not-date" ["value"];
    /// The text is empty.
    EmptyText = "empty-text" ["key"];
    /// The list is empty.
    EmptyList = "empty-list" ["key"];
    /// The value is none of those that are allowed.
    WrongValue = "wrong-value" ["value", "nearest", "allowed"];
    /// The range of engines cannot be read.
    WrongVersion = "wrong-version" ["value"];
    // Names.
    /// The name has letters that names do not have.
    BadName = "bad-name" ["name"];
    /// The name of a rule has no dot, or letters that names do not have.
    BadRuleName = "bad-rule-name" ["name"];
    /// A guard of this name means a part of the rule.
    ReservedName = "reserved-name" ["name"];
    /// The name is not the stem of the file.
    NameNotStem = "name-not-stem" ["name", "stem"];
    /// The name is taken.
    DuplicateName = "duplicate-name" ["name", "file", "line"];
    /// The factor is not in the table.
    UnknownFactor = "unknown-factor" ["factor", "nearest"];
    /// The family is not in the table.
    UnknownFamily = "unknown-family" ["family", "nearest"];
    /// The profile is not in the table.
    UnknownProfile = "unknown-profile" ["profile", "nearest"];
    /// The profile counts as compared with the official text, its number for a factor does not.
    UnverifiedReference = "unverified-reference" ["profile", "number"];
    /// The factor cannot be a finding.
    FactorGrade = "factor-grade" ["factor", "grade"];
    /// There is no such fact.
    UnknownFact = "unknown-fact" ["fact", "nearest"];
    /// An expression names what it cannot ask for.
    UnknownProperty = "unknown-property" ["name", "nearest"];
    // Phrases, as they are read.
    /// The phrase, group or bracket is empty.
    PhraseEmpty = "phrase-empty" [];
    /// A character that begins nothing.
    PhraseUnexpected = "phrase-unexpected" ["found"];
    /// A bracket or quotation mark is not closed.
    PhraseUnclosed = "phrase-unclosed" ["open"];
    /// A name is missing after `$` or `@`.
    PhraseNoName = "phrase-no-name" [];
    /// Groups are nested too deeply.
    PhraseTooDeep = "phrase-too-deep" [];
    /// There is no such feature.
    UnknownFeature = "unknown-feature" ["feature", "nearest"];
    /// A gap has no number, or not one from 1 to 40.
    GapRange = "gap-range" [];
    /// A gap is marked as optional.
    OptionalGap = "optional-gap" [];
    /// An expression cannot be read.
    Expression = "expression" ["found"];
    /// An expression breaks off.
    ExpressionEnd = "expression-end" [];
    // Phrases, as they are compiled.
    /// No dictionary has the word.
    UnknownWord = "unknown-word" ["word", "nearest"];
    /// The word has no such form.
    ImpossibleFeatures = "impossible-features" ["word", "features"];
    /// There is no such lexicon.
    UnknownList = "unknown-list" ["list", "nearest"];
    /// The lexicon has no entry in the language of the phrase.
    EmptyLexicon = "empty-lexicon" ["list", "lang"];
    /// There is no such entity.
    UnknownEntity = "unknown-entity" ["entity", "nearest", "allowed"];
    /// Lexicons name each other in a circle.
    Circular = "circular" ["list"];
    /// The phrase asks for nothing.
    MatchesEmpty = "matches-empty" [];
    /// The exact form cannot stand in a text.
    ImpossibleLiteral = "impossible-literal" ["literal"];
    /// A capture is named that the pattern does not have.
    UnknownCapture = "unknown-capture" ["capture"];
    // Rules.
    /// The rule looks for nothing, or for two things.
    RuleKind = "rule-kind" [];
    /// A text is missing in a language of the pack.
    MissingText = "missing-text" ["key", "lang"];
    /// A pattern is missing in a language of the pack.
    MissingPattern = "missing-pattern" ["key", "lang"];
    /// No phrase and no part of the engine uses the lexicon.
    UnusedLexicon = "unused-lexicon" ["list"];
    /// Nothing uses the capture.
    UnusedCapture = "unused-capture" ["capture"];
    /// A brace of a text has no partner.
    PlaceholderUnclosed = "placeholder-unclosed" [];
    /// A text names a capture that a pattern does not have.
    PlaceholderUnbound = "placeholder-unbound" ["name", "lang"];
    /// A phrase names an authority or court to prove a role.
    RoleInPhrase = "role-in-phrase" ["found"];
    /// Another rule looks for the same.
    EqualRules = "equal-rules" ["rule"];
    /// One finding is wanted per unit wider than the scope.
    OncePerTooWide = "once-per-too-wide" ["once_per", "scope"];
    /// The exception has no reach, or several.
    ReachCount = "reach-count" ["exception", "allowed"];
    /// A number of tokens cannot be read.
    ReachTokens = "reach-tokens" ["value"];
    /// An exception by place has phrases.
    InsidePhrases = "inside-phrases" ["exception"];
    /// The exception has no phrase in any language.
    ExceptionWithoutPhrases = "exception-without-phrases" ["exception"];
    /// The exception speaks of a place in which the rule does not look.
    ReachOutsideScope = "reach-outside-scope" ["exception", "place"];
    /// The order lacks a rule.
    OrderMissing = "order-missing" ["rule"];
    /// The order names a rule that is not there.
    OrderUnknown = "order-unknown" ["rule", "nearest"];
    /// A stem has no part of speech.
    WrongStem = "wrong-stem" ["value", "allowed"];
    // Tests.
    /// A language of the rule has no test that must fire.
    MissingTest = "missing-test" ["lang"];
    /// A test is not exactly one of its sorts.
    TestKind = "test-kind" [];
    /// A test that must fire marks no words.
    TestWithoutMark = "test-without-mark" [];
    /// A test that must stay silent marks words.
    TestWithMark = "test-with-mark" [];
    /// The marks are not paired or hold nothing.
    TestMarks = "test-marks" [];
    /// A guard names no part of the rule.
    UnknownGuard = "unknown-guard" ["guard", "nearest"];
    /// A guard stands at a test that fires.
    GuardOnBad = "guard-on-bad" [];
    /// No test shows that the exception is needed.
    MissingGuard = "missing-guard" ["exception", "lang"];
    /// No test shows that the predicate is needed.
    MissingPredicateGuard = "missing-predicate-guard" ["predicate"];
}

impl PackErrorKind {
    /// The kind and the values for something wrong with the YAML.
    pub(crate) fn of_yaml(kind: YamlErrorKind) -> (PackErrorKind, Vec<String>) {
        match kind {
            YamlErrorKind::Syntax(detail) => (PackErrorKind::Syntax, vec![detail]),
            YamlErrorKind::Empty => (PackErrorKind::EmptyFile, Vec::new()),
            YamlErrorKind::TooLarge => (PackErrorKind::TooLarge, vec![megabytes(crate::node::MAX_BYTES)]),
            YamlErrorKind::TooDeep => (PackErrorKind::TooDeep, vec![crate::node::MAX_DEPTH.to_string()]),
            YamlErrorKind::Anchor => (PackErrorKind::Anchor, Vec::new()),
            YamlErrorKind::Alias => (PackErrorKind::Alias, Vec::new()),
            YamlErrorKind::Tag => (PackErrorKind::Tag, Vec::new()),
            YamlErrorKind::MergeKey => (PackErrorKind::MergeKey, Vec::new()),
            YamlErrorKind::SecondDocument => (PackErrorKind::SecondDocument, Vec::new()),
            YamlErrorKind::KeyIsNotText => (PackErrorKind::KeyNotText, Vec::new()),
            YamlErrorKind::DuplicateKey { key, first } => {
                (PackErrorKind::DuplicateKey, vec![key, first.to_string()])
            }
            YamlErrorKind::TooManyErrors => (PackErrorKind::TooManyErrors, Vec::new()),
        }
    }
}

fn megabytes(bytes: usize) -> String {
    format!("{} MB", bytes / (1024 * 1024))
}
