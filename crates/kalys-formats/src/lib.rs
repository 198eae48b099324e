//! Files to text with a map back to their bytes: txt, Markdown, HTML, docx.
//!
//! It is for turning bytes into a [`Source`](kalys_model::Source), or into an error that says why that cannot be done.
//! It does not look for structure: wrapped lines, numbers and headings that the format does not mark are left to
//! kalys-structure.

mod format;

use kalys_model::Source;

pub use format::Format;

/// Reads a file. See [`Format::detect`] for choosing the format.
pub fn read(bytes: &[u8], format: Format) -> Result<Source, ReadError> {
    let _ = (bytes, format);
    Err(ReadError::Empty)
}

/// Why a file could not be read. The words for it are the edge's: see `phrases` of kalys-report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is no text in it.
    #[error("the file holds no text")]
    Empty,
}
