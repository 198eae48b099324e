//! Node trees as bytes: what build.rs makes of the packs that are compiled into the program.
//!
//! Parsing the YAML of the default pack costs about ten milliseconds, reading it packed a fraction of one. The words stand
//! in one text, so that a node borrows them from the program itself; the shape and the places stand in one run of bytes.

use std::borrow::Cow;

use crate::node::{Key, Node, Place, Style, Value};

/// A node tree inside the program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Packed {
    /// Words of keys and scalars, in preorder, without separator.
    pub(crate) words: &'static str,
    /// Shape and places, in preorder.
    pub(crate) shape: &'static [u8],
}

/// Tag bytes of scalars, by style.
pub(crate) const STYLES: [Style; 4] = [Style::Plain, Style::Single, Style::Double, Style::Block];
/// Tag byte of a list.
pub(crate) const LIST: u8 = 4;
/// Tag byte of a mapping.
pub(crate) const MAP: u8 = 5;

/// The tree again; `None` when the bytes are not those that `pack` wrote.
pub(crate) fn unpack(packed: Packed) -> Option<Node> {
    let mut reader = Reader { words: packed.words, shape: packed.shape };
    let node = reader.node()?;
    (reader.words.is_empty() && reader.shape.is_empty()).then_some(node)
}

struct Reader {
    words: &'static str,
    shape: &'static [u8],
}

impl Reader {
    // The depth is that of the YAML reader, at most 32.
    fn node(&mut self) -> Option<Node> {
        let tag = self.byte()?;
        let at = self.place()?;
        let value = match tag {
            LIST => {
                let n = self.number()?;
                Value::List((0..n).map(|_| self.node()).collect::<Option<_>>()?)
            }
            MAP => {
                let n = self.number()?;
                let mut entry = || {
                    let key = Key { at: self.place()?, text: self.text()? };
                    Some((key, self.node()?))
                };
                Value::Map((0..n).map(|_| entry()).collect::<Option<_>>()?)
            }
            tag => Value::Scalar(self.text()?, *STYLES.get(usize::from(tag))?),
        };
        Some(Node { at, value })
    }

    fn place(&mut self) -> Option<Place> {
        Some(Place { line: self.number()?, column: self.number()? })
    }

    fn text(&mut self) -> Option<Cow<'static, str>> {
        let len = self.number()? as usize;
        let (text, rest) = self.words.split_at_checked(len)?;
        self.words = rest;
        Some(Cow::Borrowed(text))
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.shape.split_first()?;
        self.shape = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u32> {
        let mut n = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.byte()?;
            n |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(n);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packing::pack;

    #[test]
    fn a_tree_comes_back_as_it_was() {
        let node = crate::node::parse(
            "a: [1, 'два', \"үч\"]\nb:\n  - x: |\n      line\n      line\n  - {}\n  - []\n  - ''\n",
        )
        .unwrap();
        let (mut words, mut shape) = (String::new(), Vec::new());
        pack(&node, &mut words, &mut shape);
        let packed = Packed { words: words.leak(), shape: shape.leak() };
        assert_eq!(unpack(packed), Some(node));
        for cut in 0..packed.shape.len() {
            assert_eq!(unpack(Packed { shape: &packed.shape[..cut], ..packed }), None, "{cut}");
        }
    }
}
