//! Word: the text that stands on the page, with the bytes of `word/document.xml` it comes from.
//!
//! Deleted text is kept and marked, since a reviewer sees it; moved text is read once, at the place it was moved to.
//! Headers and footers are not read: they repeat on every page and hold no norms.

mod document;
mod numbering;
mod package;
mod styles;
mod xml;

use kalys_model::{Source, SourceMap};

use crate::ReadError;
use crate::builder::Builder;
use document::{NoteKind, Notes, Part, Reading};
use numbering::Numbering;
use package::Package;
use styles::Styles;

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
    let name_of = |kind: &str| relationships.iter().find(|it| it.kind == kind).map(|it| it.target.clone());

    let mut named = |kind: &str| -> Result<Option<(String, String)>, ReadError> {
        let Some(name) = name_of(kind) else { return Ok(None) };
        Ok(package.part(&name)?.map(|text| (name, text)))
    };
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
    let mut reading =
        Reading { styles: &styles, numbering: &mut numbering, tables: &mut tables, notes: Notes::new() };
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
