//! Packs through their public door: what is wrong with them, in the words that their authors read, and their tests.

mod checks;
mod common;
mod embedded;
mod hostile;
mod phrases;
mod runner;
