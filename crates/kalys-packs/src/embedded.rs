//! The packs that are compiled into the program, as build.rs left them.

use std::ops::Range;

use crate::node::{self, Node, YamlError};
use crate::packed::{Packed, unpack};

/// Every YAML file of the packs, sorted by path.
pub(crate) static FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

static WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/packs.words"));
static SHAPE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/packs.shape"));

/// A file of an embedded pack.
#[derive(Debug)]
pub(crate) struct File {
    /// From the root of the workspace: `rules/kg/pack.yaml`.
    pub(crate) path: &'static str,
    pub(crate) content: Content,
}

/// What an embedded file holds.
#[derive(Debug)]
#[allow(dead_code, reason = "whether a pack has tests or flawed files is known when it is embedded")]
pub(crate) enum Content {
    /// Parsed; the tests apart, since a check does not read them.
    Packed { root: Span, tests: Option<Span> },
    /// No YAML: it is parsed again to say why.
    Text(&'static str),
}

/// Where a tree stands in the embedded words and bytes.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    pub(crate) words: Range<usize>,
    pub(crate) shape: Range<usize>,
}

impl Span {
    pub(crate) fn node(&self) -> Node {
        let packed = Packed { words: &WORDS[self.words.clone()], shape: &SHAPE[self.shape.clone()] };
        unpack(packed).expect("build.rs packed it with the same code")
    }
}

impl File {
    /// The tree without tests, and where the tests are.
    pub(crate) fn read(&self) -> Result<(Node, Option<Span>), Vec<YamlError>> {
        match &self.content {
            Content::Packed { root, tests } => Ok((root.node(), tests.clone())),
            // It failed when the program was built, so it fails again.
            Content::Text(text) => node::parse(text).map(|it| (it, None)),
        }
    }
}
