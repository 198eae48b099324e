//! Why a file could not be read: for telling a user what to do, without the words.

use crate::Unread;

/// Why a file could not be read.
///
/// The words for users are the edge's: it chooses them by [`code`](ReadError::code) and fills in
/// [`args`](ReadError::args). The English given here is for developers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is no text in it.
    #[error("the file holds no text")]
    Empty,
    /// A format that kalys knows but does not read.
    #[error("reading {} is not supported", format.name())]
    NotYet {
        /// Which format.
        format: Unread,
    },
    /// Bytes of no format that kalys knows.
    #[error("neither text nor a document of a known format")]
    UnknownBinary,
    /// Control bytes where text should be.
    #[error("not text: control byte at {offset}")]
    NotText {
        /// Offset of the first control byte.
        offset: u64,
    },
    /// Neither UTF-8 nor another encoding that can be told with certainty.
    #[error("the encoding cannot be told: first byte that is not UTF-8 at {offset}")]
    WrongEncoding {
        /// Offset of the first byte that is not UTF-8.
        offset: u64,
    },
    /// A package (docx, odt …) that cannot be opened, or lacks what every package has.
    #[error("damaged archive: {detail}")]
    DamagedArchive {
        /// What the archive reader said, in English.
        detail: String,
    },
    /// The document is protected by a password.
    #[error("the document is encrypted")]
    Encrypted,
    /// A limit was passed.
    #[error("{} is over the limit of {limit}", what.name())]
    TooLarge {
        /// What was too large.
        what: Limit,
        /// How large it may be, in the unit of `what`.
        limit: u64,
        /// How large it is, where that is known without reading it all.
        found: Option<u64>,
    },
    /// A part of a package is not well-formed XML.
    #[error("{part}: malformed XML at byte {offset}: {detail}")]
    MalformedXml {
        /// Name of the part.
        part: String,
        /// Byte offset in the part.
        offset: u64,
        /// What the parser said, in English.
        detail: String,
    },
}

impl ReadError {
    /// A stable name of the kind of error, for choosing a message.
    pub const fn code(&self) -> &'static str {
        match self {
            ReadError::Empty => "empty",
            ReadError::NotYet { .. } => "not-yet",
            ReadError::UnknownBinary => "unknown-binary",
            ReadError::NotText { .. } => "not-text",
            ReadError::WrongEncoding { .. } => "wrong-encoding",
            ReadError::DamagedArchive { .. } => "damaged-archive",
            ReadError::Encrypted => "encrypted",
            ReadError::TooLarge { .. } => "too-large",
            ReadError::MalformedXml { .. } => "malformed-xml",
        }
    }

    /// Every [`code`](ReadError::code) there is, for checking that each has its words.
    pub const CODES: [&str; 9] = [
        "empty",
        "not-yet",
        "unknown-binary",
        "not-text",
        "wrong-encoding",
        "damaged-archive",
        "encrypted",
        "too-large",
        "malformed-xml",
    ];

    /// What the message may fill in, by name: `format`, `offset`, `detail`, `what`, `limit`, `found`, `part`.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            ReadError::Empty | ReadError::UnknownBinary | ReadError::Encrypted => Vec::new(),
            ReadError::NotYet { format } => vec![("format", format.name().to_owned())],
            ReadError::NotText { offset } | ReadError::WrongEncoding { offset } => {
                vec![("offset", offset.to_string())]
            }
            ReadError::DamagedArchive { detail } => vec![("detail", detail.clone())],
            ReadError::TooLarge { what, limit, found } => {
                let mut args = vec![("what", what.name().to_owned()), ("limit", limit.to_string())];
                args.extend(found.map(|it| ("found", it.to_string())));
                args
            }
            ReadError::MalformedXml { part, offset, detail } => {
                vec![("part", part.clone()), ("offset", offset.to_string()), ("detail", detail.clone())]
            }
        }
    }
}

/// What a limit is set on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of the file.
    File,
    /// Bytes of an expanded part of a package.
    Part,
    /// How many times larger an expanded part is than its packed bytes.
    Expansion,
    /// Parts in a package.
    Parts,
    /// Elements inside one another.
    Depth,
}

impl Limit {
    /// A stable name: `file`, `part`, `expansion`, `parts`, `depth`.
    pub const fn name(self) -> &'static str {
        match self {
            Limit::File => "file",
            Limit::Part => "part",
            Limit::Expansion => "expansion",
            Limit::Parts => "parts",
            Limit::Depth => "depth",
        }
    }
}
