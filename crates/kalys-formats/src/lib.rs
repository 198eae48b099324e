//! Files to text with a map back to their bytes: txt, Markdown, HTML, docx.
//!
//! It is for turning bytes into a [`Source`], or into an error that says why that cannot be done.
//! It does not look for structure: wrapped lines, numbers and headings that the format does not mark are left to
//! kalys-structure. Formats that it knows but does not read are told apart, so that nobody takes a file that was not
//! read for one without findings.

mod builder;
mod decode;
mod docx;
mod error;
mod format;
mod html;
mod markdown;
mod numeral;
mod superscript;
mod txt;

#[cfg(test)]
mod tests;

use kalys_model::Source;

pub use decode::{Decoded, decode};
pub use error::{Limit, ReadError};
pub use format::{Format, Unread};

/// Files larger than this are not read, in bytes: the largest code of laws takes a fiftieth of it.
pub const MAX_FILE: u64 = 200 << 20;

/// Reads a file. See [`Format::detect`] for choosing the format.
///
/// A `Source` that is given back has text in it: a file without any is [`ReadError::Empty`].
pub fn read(bytes: &[u8], format: Format) -> Result<Source, ReadError> {
    if bytes.len() as u64 > MAX_FILE {
        return Err(ReadError::TooLarge {
            what: Limit::File,
            limit: MAX_FILE,
            found: Some(bytes.len() as u64),
        });
    }
    let source = match format {
        Format::Txt => txt::read(bytes)?,
        Format::Markdown => markdown::read(bytes)?,
        Format::Html => html::read(bytes)?,
        Format::Docx => docx::read(bytes)?,
    };
    if source.blocks.is_empty() { Err(ReadError::Empty) } else { Ok(source) }
}
