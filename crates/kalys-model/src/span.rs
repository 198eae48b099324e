use std::ops::Range;

/// A half-open range of bytes of [`Act::text`](crate::Act::text) (or of the text that is being spoken of).
///
/// Both ends lie on `char` boundaries. A span is made once, by whoever matched, and carried; it is never found
/// again by searching.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    pub const fn new(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    /// An empty span at `at`.
    pub const fn at(at: u32) -> Span {
        Span { start: at, end: at }
    }

    /// Length in bytes; 0 for an inverted span.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// True when there is no byte in it.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// True when `other` lies inside or is equal.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the byte at `offset` is inside.
    pub const fn holds(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// True when the two share at least a byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same range moved by `by` bytes to the right.
    pub const fn shift(self, by: u32) -> Span {
        Span { start: self.start + by, end: self.end + by }
    }

    /// As a range of `usize`, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
