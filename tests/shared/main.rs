//! What needs the shared material (real acts, passages marked by experts), which is not public: `KALYS_SHARED`, default
//! `../shared`. Where it is absent, each test is reported as ignored, with the reason.

mod gold;
mod map;
mod spans;
mod structure;
mod sweep;

use libtest_mimic::{Arguments, Completion, Trial};

/// The program under test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_kalys-under-test");

fn main() {
    let mut trials = sweep::trials();
    trials.extend(gold::trials());
    trials.extend(spans::trials());
    trials.extend(structure::trials());
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// A test that cannot be run here, and why.
fn absent(name: &str, reason: String) -> Trial {
    Trial::ignorable_test(name, move || Ok(Completion::ignored_with(reason)))
}
