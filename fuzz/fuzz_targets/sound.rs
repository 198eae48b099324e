//! What must hold of whatever is read.

use kalys_formats::Format;

/// Reads the bytes, builds the act, and checks both.
pub(crate) fn read(bytes: &[u8], format: Format) {
    let _ = Format::detect(bytes, None);
    let Ok(source) = kalys_formats::read(bytes, format) else { return };
    let text = source.text.as_str();
    let mut end = 0;
    for block in &source.blocks {
        assert!(block.span.start >= end && !text[block.span.range()].trim().is_empty(), "{block:?}");
        assert!(text[end as usize..block.span.start as usize].trim().is_empty(), "text before {block:?}");
        let range = source.map.source(block.span, text);
        assert!(range.bytes.start <= range.bytes.end, "{block:?} at {range:?}");
        if source.map.parts.is_empty() {
            assert!(range.bytes.end as usize <= bytes.len(), "{block:?} at {range:?}");
            let _ = source.map.place(block.span.start, text, bytes);
        }
        end = block.span.end;
    }
    assert!(text[end as usize..].trim().is_empty(), "text after the last block");
    let act = kalys_structure::build(source);
    for unit in &act.units {
        assert!(act.text.get(unit.span.range()).is_some(), "{unit:?}");
        let parent = unit.parent.map(|it| &act.units[it.0 as usize]);
        assert!(parent.is_none_or(|it| it.span.contains(unit.span)), "{unit:?} in {parent:?}");
    }
}
