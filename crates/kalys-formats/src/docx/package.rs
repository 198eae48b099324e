//! The zip package around the parts of an office file.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{Xml, attribute};
use crate::{Limit, ReadError};

/// A part may expand to so many bytes.
pub(crate) const MAX_PART: u64 = 256 << 20;
/// So many parts may be in a package.
const MAX_PARTS: u64 = 20_000;
/// A part larger than [`EXPANSION_FROM`] may be so many times larger than its packed bytes; tables of an act come to
/// 60, bombs to 1000.
const MAX_EXPANSION: u64 = 250;
const EXPANSION_FROM: u64 = 8 << 20;

/// An opened package.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

/// A relationship from one part to another.
pub(crate) struct Relationship {
    /// How the part refers to it.
    pub(crate) id: String,
    /// The last word of its type: `styles`, `footnotes`, `officeDocument`.
    pub(crate) kind: String,
    /// Name of the part it leads to.
    pub(crate) target: String,
}

impl<'a> Package<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Package<'a>, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        let parts = archive.len() as u64;
        if parts > MAX_PARTS {
            return Err(ReadError::TooLarge { what: Limit::Parts, limit: MAX_PARTS, found: Some(parts) });
        }
        Ok(Package { archive })
    }

    /// The text of the part with this name; `None` when there is none.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let index = match self.archive.index_for_name(name) {
            Some(index) => index,
            // Names of parts are equal whatever their case.
            None => {
                match self.archive.file_names_raw().position(|it| it.eq_ignore_ascii_case(name.as_bytes())) {
                    Some(index) => index,
                    None => return Ok(None),
                }
            }
        };
        let entry = self.archive.by_index(index).map_err(damaged)?;
        let (size, packed) = (entry.size(), entry.compressed_size());
        if size > MAX_PART {
            return Err(ReadError::TooLarge { what: Limit::Part, limit: MAX_PART, found: Some(size) });
        }
        // The sizes are what the archive says of itself, so reading stops at the limit all the same.
        let limit = if packed.saturating_mul(MAX_EXPANSION) < MAX_PART {
            packed.saturating_mul(MAX_EXPANSION).max(EXPANSION_FROM)
        } else {
            MAX_PART
        };
        let mut bytes = Vec::with_capacity(size.min(limit) as usize);
        entry
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| ReadError::DamagedArchive { detail: format!("{name}: {error}") })?;
        if bytes.len() as u64 > limit {
            let expansion = limit < MAX_PART;
            return Err(ReadError::TooLarge {
                what: if expansion { Limit::Expansion } else { Limit::Part },
                limit: if expansion { MAX_EXPANSION } else { MAX_PART },
                found: None,
            });
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to() as u64;
                Err(ReadError::MalformedXml { part: name.to_owned(), offset, detail: "not UTF-8".to_owned() })
            }
        }
    }

    /// The relationships of a part, or of the package itself for an empty name.
    pub(crate) fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let name = format!("{folder}{slash}_rels/{file}.rels");
        let Some(text) = self.part(&name)? else { return Ok(Vec::new()) };
        let mut relationships = Vec::new();
        let mut xml = Xml::new(&text, &name);
        while let Some(event) = xml.next()? {
            let Some(element) = event.element() else { continue };
            if element.local_name().into_inner() != "Relationship"
                || attribute(element, "TargetMode").is_some_and(|it| it == "External")
            {
                continue;
            }
            let (Some(kind), Some(target)) = (attribute(element, "Type"), attribute(element, "Target"))
            else {
                continue;
            };
            relationships.push(Relationship {
                id: attribute(element, "Id").unwrap_or_default().into_owned(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: resolve(folder, &target),
            });
        }
        Ok(relationships)
    }
}

/// The name of the part that `target` leads to from a part in `folder`.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

fn damaged(error: ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError::Encrypted
        }
        error => ReadError::DamagedArchive { detail: error.to_string() },
    }
}
