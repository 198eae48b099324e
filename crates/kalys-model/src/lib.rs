//! The words that everybody in kalys uses: [`Act`], [`Unit`], [`Span`], [`Finding`], [`Fix`].
//!
//! This crate is for naming things once. It does no I/O, knows no file format, no language and no law, and
//! nothing in it can fail. It does not read, lint or print; see the crates that do.

mod act;
mod catalog;
mod finding;
mod map;
mod source;
mod span;

pub use act::{Act, ActKind, Alphabet, Doubt, DoubtKind, Inline, Lang, Number, Unit, UnitId, UnitKind, Zone};
pub use catalog::{Catalog, FactorCard, FactorId, Grade, LegalReference, ProfileCard, RuleCard, RuleId};
pub use finding::{
    Evidence, Finding, Fingerprint, Fix, FixKind, Related, Safeguard, Severity, Text, Unknown,
};
pub use map::{Encoding, Mark, Place, Segment, Shape, SourceMap, SourceRange};
pub use source::{Block, BlockKind, Source};
pub use span::Span;
