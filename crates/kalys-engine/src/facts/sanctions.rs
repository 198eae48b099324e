//! Sanctions with a range: «штраф от … до …». What makes a range is said by lexicons with `use: entity range`.
//!
//! It does not judge whether a range is too wide; rules do.

use crate::def::{ActClass, Usage};
use crate::expr::Value;
use crate::facts::Fact;
use crate::norm::Norm;
use crate::words::Kind;

/// Ranges of numbers in a sentence that punishes.
pub(crate) fn collect(norm: &Norm<'_>, text: &str, out: &mut Vec<Fact>) {
    let (range, punish) = (Usage::Entity("range"), Usage::Act(ActClass::Punish));
    let mut at = norm.from;
    let mut punishes = None;
    while at < norm.to {
        let Some(end) = norm.entry(range, at) else {
            at += 1;
            continue;
        };
        let punishes = *punishes.get_or_insert_with(|| {
            norm.has_usage(punish, norm.from, norm.to)
                || norm.head.is_some_and(|head| head.has_usage(punish, head.from, head.to))
        });
        let numbers: Vec<f64> = (at..end)
            .filter(|it| norm.words.word(norm.tokens[*it].word).kind == Kind::Number)
            .filter_map(|it| number(&text[norm.tokens[it].span().range()]))
            .collect();
        if let (true, Some(low), Some(high)) = (punishes, numbers.first(), numbers.last())
            && numbers.len() > 1
            && high > low
        {
            let values = vec![("low", Value::Number(*low)), ("high", Value::Number(*high))];
            out.push(Fact { first: at, last: end, values, related: None });
        }
        at = end;
    }
}

/// A number as acts write it: `1000`, `10 000`, `1,5`, `50дөн`.
fn number(text: &str) -> Option<f64> {
    let digits: String = text
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\u{a0}'))
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == ',' { '.' } else { c })
        .collect();
    digits.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_of_acts() {
        let read = ["1000", "1,5", "50дөн", "3-", "пять", "10 000"].map(number);
        assert_eq!(read, [Some(1000.0), Some(1.5), Some(50.0), Some(3.0), None, Some(10_000.0)]);
    }
}
