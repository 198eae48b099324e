//! How computed labels of lists write their numbers.

/// A way of writing the number of an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Numeral {
    /// `1`, and every way that kalys does not know.
    #[default]
    Decimal,
    /// `01`.
    DecimalZero,
    /// `i`.
    LowerRoman,
    /// `I`.
    UpperRoman,
    /// `a`, after `z` `aa`, `bb`.
    LowerLetter,
    /// `A`.
    UpperLetter,
    /// `а`, after `я` `аа`, `аб`.
    RussianLower,
    /// `А`.
    RussianUpper,
    /// A sign instead of a number.
    Bullet,
    /// Nothing.
    None,
}

/// Letters that number subpoints: without ё, й, ъ and ь, as Word counts them and drafting rules ask.
const RUSSIAN: &str = "абвгдежзиклмнопрстуфхцчшщыэюя";

impl Numeral {
    /// The value of `w:numFmt`.
    pub(crate) fn of_word(value: &str) -> Numeral {
        match value {
            "decimalZero" => Numeral::DecimalZero,
            "lowerRoman" => Numeral::LowerRoman,
            "upperRoman" => Numeral::UpperRoman,
            "lowerLetter" => Numeral::LowerLetter,
            "upperLetter" => Numeral::UpperLetter,
            "russianLower" => Numeral::RussianLower,
            "russianUpper" => Numeral::RussianUpper,
            "bullet" => Numeral::Bullet,
            "none" => Numeral::None,
            _ => Numeral::Decimal,
        }
    }

    /// The value of the attribute `type` of `ol`.
    pub(crate) fn of_list(value: u8) -> Numeral {
        match value {
            b'a' => Numeral::LowerLetter,
            b'A' => Numeral::UpperLetter,
            b'i' => Numeral::LowerRoman,
            b'I' => Numeral::UpperRoman,
            _ => Numeral::Decimal,
        }
    }

    /// The number in this way of writing; decimal where the way has no form for it.
    pub(crate) fn write(self, number: i64) -> String {
        let written = match self {
            Numeral::Decimal => None,
            Numeral::DecimalZero => Some(format!("{number:02}")),
            Numeral::LowerRoman => roman(number).map(|it| it.to_lowercase()),
            Numeral::UpperRoman => roman(number),
            Numeral::LowerLetter => latin(number, b'a'),
            Numeral::UpperLetter => latin(number, b'A'),
            Numeral::RussianLower => russian(number),
            Numeral::RussianUpper => russian(number).map(|it| it.to_uppercase()),
            Numeral::Bullet => Some("-".to_owned()),
            Numeral::None => Some(String::new()),
        };
        written.unwrap_or_else(|| number.to_string())
    }
}

fn roman(number: i64) -> Option<String> {
    const PIECES: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = Some(number).filter(|it| (1..4000).contains(it))?;
    let mut out = String::new();
    for (value, letters) in PIECES {
        while left >= value {
            out.push_str(letters);
            left -= value;
        }
    }
    Some(out)
}

fn latin(number: i64, first: u8) -> Option<String> {
    // Beyond a few repetitions nobody reads it, and the label must stay short.
    let index = usize::try_from(number.saturating_sub(1)).ok().filter(|it| *it < 26 * 8)?;
    Some(String::from(char::from(first + (index % 26) as u8)).repeat(index / 26 + 1))
}

fn russian(number: i64) -> Option<String> {
    let letters: Vec<char> = RUSSIAN.chars().collect();
    let n = letters.len();
    let index = usize::try_from(number.saturating_sub(1)).ok().filter(|it| *it < n + n * n)?;
    let mut out = String::new();
    if let Some(first) = (index / n).checked_sub(1) {
        out.push(letters[first]);
    }
    out.push(letters[index % n]);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::Numeral;

    fn check(numeral: Numeral, numbers: &[i64], expected: &str) {
        let written: Vec<String> = numbers.iter().map(|it| numeral.write(*it)).collect();
        assert_eq!(written.join(" "), expected);
    }

    #[test]
    fn every_way_of_writing() {
        check(Numeral::RussianLower, &[1, 6, 7, 9, 10, 28, 29, 30, 31, 58, 59], "а е ж и к ю я аа аб ая ба");
        check(Numeral::RussianUpper, &[2, 10], "Б К");
        check(Numeral::LowerRoman, &[1, 4, 9, 49, 1990, 4000], "i iv ix xlix mcmxc 4000");
        check(Numeral::UpperRoman, &[14], "XIV");
        check(Numeral::LowerLetter, &[1, 26, 27, 28, 0, -3], "a z aa bb 0 -3");
        check(Numeral::UpperLetter, &[3], "C");
        check(Numeral::DecimalZero, &[7, 12], "07 12");
        check(Numeral::Decimal, &[7, i64::MAX], "7 9223372036854775807");
        check(Numeral::RussianLower, &[i64::MIN + 1, i64::MAX], "-9223372036854775807 9223372036854775807");
    }
}
