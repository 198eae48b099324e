//! Word: the text that stands on the page, with the bytes of `word/document.xml` it comes from.
//!
//! Deleted text is kept and marked, since a reviewer sees it; moved text is read once, at the place it was moved to.
//! Headers and footers are not read: they repeat on every page and hold no norms.

mod document;
mod numbering;
mod package;
mod styles;
mod xml;

use std::collections::HashMap;

use kalys_model::{Source, SourceMap};

use crate::builder::Builder;
use crate::{Limit, ReadError, Unread};
use document::{NoteKind, Notes, Part, Reading};
use numbering::Numbering;
use package::{Package, Relationship};
use styles::Styles;

/// So many pages may be taken in; their sizes together have the limit of one part.
const MAX_CHUNKS: usize = 1000;

pub(crate) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let mut package = Package::open(bytes)?;
    let main = package
        .relationships("")?
        .into_iter()
        .find(|it| it.kind == "officeDocument")
        .map_or_else(|| "word/document.xml".to_owned(), |it| it.target);
    let missing = || ReadError::DamagedArchive { detail: format!("there is no part {main}") };
    let body = package.part(&main)?.ok_or_else(missing)?;
    let relationships = package.relationships(&main)?;
    let mut named = |kind: &str| part_of_kind(&mut package, &relationships, kind);
    let styles = match named("styles")? {
        Some((name, text)) => Styles::read(&text, &name)?,
        None => Styles::default(),
    };
    let mut numbering = match named("numbering")? {
        Some((name, text)) => Numbering::read(&text, &name)?,
        None => Numbering::default(),
    };

    let mut parts = vec![main.clone()];
    let mut tables = 0;
    let mut chunks = HashMap::new();
    let mut taken_in = 0;
    // Documents that a program put together may take in others as they are; a text that is not read is not passed over.
    for chunk in relationships.iter().filter(|it| it.kind == "aFChunk") {
        let ending = chunk.target.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let format = match ending.as_str() {
            "htm" | "html" | "xhtml" | "txt" => None,
            "mht" | "mhtml" => Some(Unread::Mhtml),
            "rtf" => Some(Unread::Rtf),
            "xml" => Some(Unread::WordXml),
            _ => Some(Unread::Doc),
        };
        if let Some(format) = format {
            return Err(ReadError::NotYet { format });
        }
        let Some(text) = package.part(&chunk.target)? else { continue };
        taken_in += text.len() as u64;
        let (what, limit) = match chunks.len() < MAX_CHUNKS {
            true => (Limit::Part, package::MAX_PART),
            false => (Limit::Parts, MAX_CHUNKS as u64),
        };
        if chunks.len() >= MAX_CHUNKS || taken_in > limit {
            return Err(ReadError::TooLarge { what, limit, found: None });
        }
        let mut page = Builder::default();
        crate::html::read_into(&mut page, &text, 0..text.len(), &mut tables);
        chunks.insert(chunk.id.clone(), page.in_part(parts.len() as u16));
        parts.push(chunk.target.clone());
    }
    let mut named = |kind: &str| part_of_kind(&mut package, &relationships, kind);
    let mut reading = Reading {
        styles: &styles,
        numbering: &mut numbering,
        tables: &mut tables,
        notes: Notes::new(),
        chunks,
    };
    // Notes first: the body puts them where it refers to them. Notes that nothing refers to are not shown by Word.
    for (kind, notes) in [("footnotes", NoteKind::Footnote), ("endnotes", NoteKind::Endnote)] {
        let Some((name, text)) = named(kind)? else { continue };
        let part = Part { text: &text, name: &name, index: parts.len() as u16, notes: Some(notes) };
        document::read(&mut reading, part, &mut Builder::default())?;
        parts.push(name);
    }
    let mut builder = Builder::default();
    document::read(&mut reading, Part { text: &body, name: &main, index: 0, notes: None }, &mut builder)?;
    Ok(builder.finish(SourceMap { parts, ..SourceMap::default() }))
}

/// Name and text of the part that the body refers to as this kind.
fn part_of_kind(
    package: &mut Package<'_>,
    relationships: &[Relationship],
    kind: &str,
) -> Result<Option<(String, String)>, ReadError> {
    let Some(it) = relationships.iter().find(|it| it.kind == kind) else { return Ok(None) };
    Ok(package.part(&it.target)?.map(|text| (it.target.clone(), text)))
}
