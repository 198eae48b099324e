//! What holds in a fresh clone: the program as its users meet it, the findings of the corpus, the tidiness of the project.

mod cmd;
mod corpus;
mod dependencies;
mod docs;
mod hostile;
mod spoiled;
mod tidy;
mod tracked;

/// The program under test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_kalys-under-test");
