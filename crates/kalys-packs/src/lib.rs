//! Rule packs: folders of YAML to rules that run.
//!
//! It is for everything that concerns packs as such: reading them, saying all that is wrong with them at once, each error
//! with its place and what to do about it, and running the tests that stand beside the rules. It matches nothing and prints
//! nothing; the sentences for its errors are the program's.

mod case;
mod embedded;
mod error;
mod fields;
mod lexicon;
mod load;
mod names;
mod node;
mod pack;
mod packed;
#[cfg(test)]
mod packing;
mod rule;
mod test;

pub use error::{PackError, PackErrorKind};
pub use load::{Loaded, PackSource, load};
pub use pack::PackCard;
pub use test::{TestFailure, TestOutcome, TestReport, run_tests};
