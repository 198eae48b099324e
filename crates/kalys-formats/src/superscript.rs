//! Raised digits: `21<sup>1</sup>` must not become the number 211.

/// The superscript form of a digit; `None` for any other character, which stays as it is.
pub(crate) fn superscript(c: char) -> Option<&'static str> {
    const DIGITS: [&str; 10] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];
    DIGITS.get(c.to_digit(10)? as usize).copied()
}
