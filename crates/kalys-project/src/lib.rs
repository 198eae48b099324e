//! What belongs to a user's folder: the configuration `kalys.toml`.
//!
//! It is for finding the files that configure a run, reading them strictly, and remembering which file said what.
//! It does not know rules, factors or profiles: whether a name in a list exists is asked later, by who knows them.

mod config;
mod nearest;

pub use config::{
    ConfigError, ConfigErrorKind, FILE_NAME, Origin, Setting, Settings, find, load, parse, user_file,
};
pub use nearest::nearest;
