//! The expressions of rules: `high / low >= 5`, `act in [deny, stop] and not in_annex`.
//!
//! Total and without loops. Names are predicates of the norm, properties of a fact, or numbers of a capture;
//! a name without a value makes the comparison unknown, and unknown is never yes.

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A number.
    Number(f64),
    /// A name: a predicate, a property or a value.
    Name(String),
    /// `[a, b, c]`.
    List(Vec<Expr>),
    /// `count(name)`.
    Count(String),
    /// `not x`.
    Not(Box<Expr>),
    /// Two operands.
    Binary(Operator, Box<Expr>, Box<Expr>),
}

/// Operators, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `or`
    Or,
    /// `and`
    And,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `in`
    In,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// What a name stands for when an expression is evaluated.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// Names of values that hold together (`[deny, stop]`).
    Names(Vec<&'static str>),
    /// A truth.
    Truth(bool),
    /// It cannot be told.
    Unknown,
}

/// Why an expression cannot be read: what stands at this byte offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExprError {
    /// Byte offset in the expression's text.
    pub at: u32,
    /// The piece that was not expected; empty at the end.
    pub found: String,
}

impl Expr {
    /// Reads an expression.
    pub fn parse(text: &str) -> Result<Expr, ExprError> {
        let tokens = tokens(text)?;
        let mut parser = Parser { tokens: &tokens, at: 0, end: text.len() as u32, depth: 0 };
        let expr = parser.binary(0)?;
        match parser.tokens.get(parser.at) {
            None => Ok(expr),
            Some(_) => Err(parser.error()),
        }
    }

    /// The names in it, each as often as it stands there.
    pub fn names(&self, out: &mut Vec<String>) {
        match self {
            Expr::Name(name) | Expr::Count(name) => out.push(name.clone()),
            Expr::List(items) => items.iter().for_each(|it| it.names(out)),
            Expr::Not(inner) => inner.names(out),
            // The right side of `in` and `==` names values, not predicates.
            Expr::Binary(Operator::In | Operator::Equal | Operator::NotEqual, left, right) => {
                left.names(out);
                if !matches!(**right, Expr::Name(_) | Expr::List(_)) {
                    right.names(out);
                }
            }
            Expr::Binary(_, left, right) => {
                left.names(out);
                right.names(out);
            }
            Expr::Number(_) => {}
        }
    }

    /// Its truth; `None` when it cannot be told.
    pub fn truth(&self, lookup: &dyn Fn(&str) -> Value) -> Option<bool> {
        match self {
            Expr::Not(inner) => inner.truth(lookup).map(|it| !it),
            Expr::Binary(Operator::And, left, right) => match (left.truth(lookup), right.truth(lookup)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Expr::Binary(Operator::Or, left, right) => match (left.truth(lookup), right.truth(lookup)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
            Expr::Binary(Operator::In | Operator::Equal, left, right) => left.member(right, lookup),
            Expr::Binary(Operator::NotEqual, left, right) => left.member(right, lookup).map(|it| !it),
            Expr::Binary(op, left, right) => {
                let (left, right) = (left.number(lookup)?, right.number(lookup)?);
                match op {
                    Operator::Less => Some(left < right),
                    Operator::LessEqual => Some(left <= right),
                    Operator::Greater => Some(left > right),
                    Operator::GreaterEqual => Some(left >= right),
                    _ => None,
                }
            }
            Expr::Name(name) => match lookup(name) {
                Value::Truth(it) => Some(it),
                _ => None,
            },
            Expr::Number(_) | Expr::List(_) | Expr::Count(_) => None,
        }
    }

    fn member(&self, right: &Expr, lookup: &dyn Fn(&str) -> Value) -> Option<bool> {
        let Expr::Name(name) = self else {
            return Some((self.number(lookup)? - right.number(lookup)?).abs() < f64::EPSILON);
        };
        let mut wanted = Vec::new();
        match right {
            Expr::Name(value) => wanted.push(value.as_str()),
            Expr::List(items) => wanted.extend(items.iter().filter_map(|it| match it {
                Expr::Name(value) => Some(value.as_str()),
                _ => None,
            })),
            other => {
                return Some((self.number(lookup)? - other.number(lookup)?).abs() < f64::EPSILON);
            }
        }
        match lookup(name) {
            Value::Names(names) => Some(names.iter().any(|it| wanted.contains(it))),
            Value::Truth(it) => Some(wanted.contains(&if it { "yes" } else { "no" })),
            Value::Number(_) | Value::Unknown => None,
        }
    }

    fn number(&self, lookup: &dyn Fn(&str) -> Value) -> Option<f64> {
        match self {
            Expr::Number(n) => Some(*n),
            Expr::Name(name) => match lookup(name) {
                Value::Number(n) => Some(n),
                _ => None,
            },
            Expr::Count(name) => match lookup(name) {
                Value::Number(n) => Some(n),
                Value::Names(names) => Some(names.len() as f64),
                _ => None,
            },
            Expr::Binary(op, left, right) => {
                let (left, right) = (left.number(lookup)?, right.number(lookup)?);
                match op {
                    Operator::Add => Some(left + right),
                    Operator::Subtract => Some(left - right),
                    Operator::Multiply => Some(left * right),
                    Operator::Divide if right != 0.0 => Some(left / right),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Token {
    at: u32,
    text: String,
}

fn tokens(text: &str) -> Result<Vec<Token>, ExprError> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let from = at;
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.' || c == '-';
        if c.is_ascii_alphanumeric() || c == '_' {
            while text[at..].chars().next().is_some_and(word) {
                at += 1;
            }
        } else if ["==", "!=", "<=", ">="].iter().any(|it| text[at..].starts_with(it)) {
            at += 2;
        } else if "<>+-*/()[],".contains(c) {
            at += 1;
        } else {
            return Err(ExprError { at: at as u32, found: c.to_string() });
        }
        out.push(Token { at: from as u32, text: text[from..at].to_owned() });
    }
    Ok(out)
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    end: u32,
    depth: u8,
}

const LEVELS: &[&[(&str, Operator)]] = &[
    &[("or", Operator::Or)],
    &[("and", Operator::And)],
    &[
        ("==", Operator::Equal),
        ("!=", Operator::NotEqual),
        ("<=", Operator::LessEqual),
        (">=", Operator::GreaterEqual),
        ("<", Operator::Less),
        (">", Operator::Greater),
        ("in", Operator::In),
    ],
    &[("+", Operator::Add), ("-", Operator::Subtract)],
    &[("*", Operator::Multiply), ("/", Operator::Divide)],
];

impl Parser<'_> {
    fn error(&self) -> ExprError {
        match self.tokens.get(self.at) {
            Some(token) => ExprError { at: token.at, found: token.text.clone() },
            None => ExprError { at: self.end, found: String::new() },
        }
    }

    fn peek(&self) -> &str {
        self.tokens.get(self.at).map_or("", |it| it.text.as_str())
    }

    fn eat(&mut self, text: &str) -> bool {
        let hit = self.peek() == text;
        self.at += usize::from(hit);
        hit
    }

    fn binary(&mut self, level: usize) -> Result<Expr, ExprError> {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.binary(level + 1)?;
        while let Some((_, op)) = operators.iter().find(|(name, _)| *name == self.peek()) {
            self.at += 1;
            let right = self.binary(level + 1)?;
            left = Expr::Binary(*op, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Expr, ExprError> {
        self.depth += 1;
        if self.depth > 64 {
            return Err(self.error());
        }
        let expr = self.primary();
        self.depth -= 1;
        expr
    }

    fn primary(&mut self) -> Result<Expr, ExprError> {
        if self.eat("not") {
            return Ok(Expr::Not(Box::new(self.binary(2)?)));
        }
        if self.eat("(") {
            let inner = self.binary(0)?;
            return if self.eat(")") { Ok(inner) } else { Err(self.error()) };
        }
        if self.eat("[") {
            let mut items = vec![self.binary(3)?];
            while self.eat(",") {
                items.push(self.binary(3)?);
            }
            return if self.eat("]") { Ok(Expr::List(items)) } else { Err(self.error()) };
        }
        let text = self.peek().to_owned();
        if let Ok(number) = text.parse::<f64>() {
            self.at += 1;
            return Ok(Expr::Number(number));
        }
        let reserved = ["or", "and", "in", "not"].contains(&text.as_str());
        if reserved || !text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            return Err(self.error());
        }
        self.at += 1;
        if text == "count" && self.eat("(") {
            let name = self.peek().to_owned();
            self.at += 1;
            return if self.eat(")") { Ok(Expr::Count(name)) } else { Err(self.error()) };
        }
        Ok(Expr::Name(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookup(name: &str) -> Value {
        match name {
            "high" => Value::Number(500.0),
            "low" => Value::Number(50.0),
            "act" => Value::Names(vec!["deny"]),
            "in_annex" => Value::Truth(false),
            _ => Value::Unknown,
        }
    }

    #[test]
    fn truth_is_three_valued() {
        for (text, truth) in [
            ("high / low >= 5", Some(true)),
            ("high / low >= 5 and not in_annex", Some(true)),
            ("act in [deny, stop]", Some(true)),
            ("act == grant", Some(false)),
            ("subject == authority", None),
            ("subject == authority or act == deny", Some(true)),
            ("subject == authority and act == grant", Some(false)),
            ("count(act) > 0", Some(true)),
            ("not (act == deny)", Some(false)),
        ] {
            let expr = Expr::parse(text).expect(text);
            assert_eq!(expr.truth(&lookup), truth, "{text}");
        }
    }

    #[test]
    fn errors_name_the_place() {
        for (text, at) in [("high >", 6), ("act in [deny", 12), ("a ; b", 2), ("and", 0), ("", 0)] {
            assert_eq!(Expr::parse(text).map_err(|it| it.at), Err(at), "{text}");
        }
    }
}
