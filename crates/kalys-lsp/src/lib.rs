//! The place of the language server, which is not written yet.
