//! Text to act: finds units, zones, languages and the kind of act in what a reader gave.
//!
//! It is for understanding how an act is built. Nothing in it can fail: what it is unsure of becomes a
//! [`Doubt`](kalys_model::Doubt). The words of drafting technique (статья, берене, деген сөздөр) are a data table here.
//! It does not read files, and it does not judge norms.

use kalys_model::{Act, Source};

/// Builds the act.
pub fn build(source: Source) -> Act {
    let _ = source;
    unimplemented!()
}
