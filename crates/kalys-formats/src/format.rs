//! Which format a file is in, told by its bytes first and by its name second.

use std::io::{Cursor, Read as _};

use crate::ReadError;
use crate::decode::control_byte;

/// A file format that kalys reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text.
    Txt,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// Word 2007 and later, with or without macros.
    Docx,
}

/// A format that kalys knows, so that it can say so, but does not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unread {
    /// OpenDocument text.
    Odt,
    /// OpenDocument text in one XML file.
    Fodt,
    /// Rich Text Format.
    Rtf,
    /// Word 97–2003.
    Doc,
    /// Word 2003 XML, or a docx package in one XML file.
    WordXml,
    /// Portable Document Format.
    Pdf,
    /// Akoma Ntoso.
    AkomaNtoso,
    /// Another XML vocabulary.
    Xml,
    /// A web page with its images in one file.
    Mhtml,
    /// Excel, of any age.
    Spreadsheet,
    /// PowerPoint, of any age.
    Presentation,
    /// Another OpenDocument file.
    OpenDocument,
    /// An electronic book.
    Epub,
    /// An archive of files.
    Archive,
    /// A picture.
    Image,
    /// Rows of data: csv, tsv, conllu, json, yaml, toml.
    Data,
}

impl Unread {
    /// A stable name: `odt`, `akoma-ntoso`, `data` …
    pub const fn name(self) -> &'static str {
        match self {
            Unread::Odt => "odt",
            Unread::Fodt => "fodt",
            Unread::Rtf => "rtf",
            Unread::Doc => "doc",
            Unread::WordXml => "word-xml",
            Unread::Pdf => "pdf",
            Unread::AkomaNtoso => "akoma-ntoso",
            Unread::Xml => "xml",
            Unread::Mhtml => "mhtml",
            Unread::Spreadsheet => "spreadsheet",
            Unread::Presentation => "presentation",
            Unread::OpenDocument => "open-document",
            Unread::Epub => "epub",
            Unread::Archive => "archive",
            Unread::Image => "image",
            Unread::Data => "data",
        }
    }
}

impl Format {
    /// Endings of names that a walk through a folder takes for files to read, in lower case.
    pub const EXTENSIONS: [&str; 10] =
        ["txt", "md", "markdown", "mdown", "html", "htm", "xhtml", "docx", "docm", "dotx"];

    /// Tells the format of a file from its bytes and its name.
    ///
    /// The content decides where it is certain (a package, a signature, `<!doctype html>`); plain text is what its name
    /// says, and without a name plain text.
    pub fn detect(bytes: &[u8], name: Option<&str>) -> Result<Format, ReadError> {
        let extension = name.and_then(extension).unwrap_or_default();
        if bytes.is_empty() {
            return Err(ReadError::Empty);
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return package(bytes);
        }
        if let Some(error) = signature(bytes) {
            return Err(error);
        }
        let head = head(bytes);
        if let Some(result) = markup(&head, &extension) {
            return result;
        }
        let utf16 = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
        if !utf16 && let Some(offset) = control_byte(bytes) {
            return Err(match extension.as_str() {
                "docx" | "docm" | "dotx" | "odt" | "ott" | "xlsx" | "pptx" => {
                    ReadError::DamagedArchive { detail: "no archive header".to_owned() }
                }
                // A text file with a few foreign bytes at its end is told apart from a program.
                _ if control_byte(&bytes[..bytes.len().min(4096)]).is_none() => ReadError::NotText { offset },
                _ => ReadError::UnknownBinary,
            });
        }
        match extension.as_str() {
            "md" | "markdown" | "mdown" | "mkd" => Ok(Format::Markdown),
            "html" | "htm" | "xhtml" | "xht" => Ok(Format::Html),
            "csv" | "tsv" | "conllu" | "json" | "jsonl" | "ndjson" | "yaml" | "yml" | "toml" => {
                Err(ReadError::NotYet { format: Unread::Data })
            }
            "xml" | "akn" | "fodt" => Err(ReadError::NotYet { format: Unread::Xml }),
            "mht" | "mhtml" => Err(ReadError::NotYet { format: Unread::Mhtml }),
            _ => Ok(Format::Txt),
        }
    }
}

/// The ending of a file name, in lower case.
fn extension(name: &str) -> Option<String> {
    let file = name.rsplit(['/', '\\']).next()?;
    file.rsplit_once('.').map(|(_, it)| it.to_ascii_lowercase())
}

/// What the first bytes say for certain.
fn signature(bytes: &[u8]) -> Option<ReadError> {
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    let not_yet = |format| Some(ReadError::NotYet { format });
    if bytes.starts_with(OLE) {
        return Some(compound(bytes));
    }
    let start = bytes.trim_ascii_start();
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    if start.starts_with(b"{\\rtf") {
        return not_yet(Unread::Rtf);
    }
    // Readers of PDF accept the signature anywhere in the first kilobyte.
    if start.starts_with(b"%PDF-")
        || (control_byte(bytes).is_some()
            && memchr::memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some())
    {
        return not_yet(Unread::Pdf);
    }
    if start.starts_with(b"MIME-Version:") {
        return not_yet(Unread::Mhtml);
    }
    let images: [&[u8]; 6] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*", b"AT&TFORM"];
    if images.iter().any(|it| bytes.starts_with(it)) {
        return not_yet(Unread::Image);
    }
    let archives: [&[u8]; 5] = [b"\x1F\x8B", b"BZh", b"\xFD7zXZ", b"7z\xBC\xAF", b"Rar!"];
    if archives.iter().any(|it| bytes.starts_with(it)) {
        return not_yet(Unread::Archive);
    }
    None
}

/// What is in a compound file (OLE2): its directory names the streams in UTF-16.
fn compound(bytes: &[u8]) -> ReadError {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if holds("EncryptedPackage") {
        ReadError::Encrypted
    } else if holds("WordDocument") {
        ReadError::NotYet { format: Unread::Doc }
    } else if holds("Workbook") {
        ReadError::NotYet { format: Unread::Spreadsheet }
    } else if holds("PowerPoint Document") {
        ReadError::NotYet { format: Unread::Presentation }
    } else {
        ReadError::UnknownBinary
    }
}

/// What is in a zip package.
fn package(bytes: &[u8]) -> Result<Format, ReadError> {
    let damaged = |error: zip::result::ZipError| ReadError::DamagedArchive { detail: error.to_string() };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if let Ok(part) = archive.by_name("mimetype") {
        let mut kind = String::new();
        // A type that cannot be read is no type; the parts below decide.
        let _ = part.take(128).read_to_string(&mut kind);
        let format = match kind.trim() {
            "application/vnd.oasis.opendocument.text" => Some(Unread::Odt),
            "application/epub+zip" => Some(Unread::Epub),
            it if it.starts_with("application/vnd.oasis.opendocument.") => Some(Unread::OpenDocument),
            _ => None,
        };
        if let Some(format) = format {
            return Err(ReadError::NotYet { format });
        }
    }
    if archive.index_for_name("[Content_Types].xml").is_none() {
        return Err(ReadError::NotYet { format: Unread::Archive });
    }
    let holds = |folder: &str| archive.file_names_raw().any(|it| it.starts_with(folder.as_bytes()));
    if holds("xl/") {
        Err(ReadError::NotYet { format: Unread::Spreadsheet })
    } else if holds("ppt/") {
        Err(ReadError::NotYet { format: Unread::Presentation })
    } else {
        // The main part may have any name: its type is looked at when the package is read.
        Ok(Format::Docx)
    }
}

/// The beginning of the file as ASCII in lower case, other characters left out, so that UTF-16 is looked at as well.
fn head(bytes: &[u8]) -> String {
    bytes[..bytes.len().min(4096)]
        .iter()
        .filter(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..=0x7E))
        .map(|byte| byte.to_ascii_lowercase() as char)
        .collect()
}

/// What the first tags say.
fn markup(head: &str, extension: &str) -> Option<Result<Format, ReadError>> {
    let mut rest = head.trim_start();
    let declared = rest.starts_with("<?xml");
    // Declarations and comments go before the first element.
    loop {
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|it| it + 3)
        } else if rest.starts_with("<?") {
            rest.find("?>").map(|it| it + 2)
        } else {
            break;
        };
        rest = rest.get(end?..)?.trim_start();
    }
    if rest.starts_with("<!doctype html") {
        return Some(Ok(Format::Html));
    }
    let tag: &str = rest.strip_prefix('<')?;
    let tag = &tag[..tag.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(tag.len())];
    let not_yet = |format| Some(Err(ReadError::NotYet { format }));
    match tag {
        "html" | "head" | "body" => Some(Ok(Format::Html)),
        "akomantoso" => not_yet(Unread::AkomaNtoso),
        it if it.ends_with(":akomantoso") => not_yet(Unread::AkomaNtoso),
        "office:document" => not_yet(Unread::Fodt),
        "w:worddocument" | "w:document" | "pkg:package" => not_yet(Unread::WordXml),
        // A piece of a page; in Markdown and in a file that calls itself text, tags are the author's matter.
        "p" | "div" | "span" | "table" | "article" | "section" | "main" | "center" | "font" | "pre"
        | "ol" | "ul" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "meta" | "title" | "style" | "b" | "a"
            if extension.is_empty() =>
        {
            Some(Ok(Format::Html))
        }
        _ if declared || extension == "xml" || extension == "akn" => not_yet(Unread::Xml),
        _ => None,
    }
}
