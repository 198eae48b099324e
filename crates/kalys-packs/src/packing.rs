//! Node trees to the bytes that [`crate::packed`] reads: for build.rs, and for the test that both agree.

use crate::node::{Node, Place, Value};
use crate::packed::{LIST, MAP, STYLES};

/// Appends a tree.
pub(crate) fn pack(node: &Node, words: &mut String, shape: &mut Vec<u8>) {
    match &node.value {
        Value::Scalar(text, style) => {
            let tag = STYLES.iter().position(|it| it == style).unwrap_or_default();
            shape.push(tag as u8);
            put_place(node.at, shape);
            put_words(text, words, shape);
        }
        Value::List(items) => {
            shape.push(LIST);
            put_place(node.at, shape);
            put(items.len() as u32, shape);
            items.iter().for_each(|it| pack(it, words, shape));
        }
        Value::Map(entries) => {
            shape.push(MAP);
            put_place(node.at, shape);
            put(entries.len() as u32, shape);
            for (key, value) in entries {
                put_place(key.at, shape);
                put_words(&key.text, words, shape);
                pack(value, words, shape);
            }
        }
    }
}

fn put_place(at: Place, shape: &mut Vec<u8>) {
    put(at.line, shape);
    put(at.column, shape);
}

fn put_words(text: &str, words: &mut String, shape: &mut Vec<u8>) {
    put(text.len() as u32, shape);
    words.push_str(text);
}

fn put(mut n: u32, shape: &mut Vec<u8>) {
    while n > 0x7f {
        shape.push(n as u8 | 0x80);
        n >>= 7;
    }
    shape.push(n as u8);
}
