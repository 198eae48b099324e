//! The phrase language of rules: its syntax tree and its parser.
//!
//! ```text
//! phrase  = item { item }
//! item    = atom [ "?" ]
//! atom    = capture | group | literal | gap | list | entity | feature | word [ feature ]
//! ```
//! It is for reading patterns. What a word means in a language, and whether a pattern can match, is found out when
//! the rules are compiled.

use kalys_morph::Features;

/// A phrase: items that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// At least one item.
    pub items: Vec<Item>,
}

/// An item of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What must stand here.
    pub atom: Atom,
    /// Whether it may be left out.
    pub optional: bool,
    /// Byte offset of the item in the pattern's text.
    pub at: u32,
}

/// What can stand in a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Atom {
    /// Any form of a word, narrowed by features of the reading: `учур[loc]`.
    Word {
        /// The word, in any form.
        word: String,
        /// Features that the reading must have.
        features: Features,
    },
    /// One token in this exact form, case and ё folded: `'не'`. Several words in the quotes are several literals.
    Literal(String),
    /// Any word with these features: `[participle passive short]`.
    Feature(Features),
    /// An entry of a lexicon: `@document`, `@touching[vn dat]` (the features are those of the entry's head).
    List {
        /// Name of the lexicon.
        name: String,
        /// Features that the head's reading must have.
        features: Features,
    },
    /// A number, a deadline, a reference …: `<ref>`.
    Entity(String),
    /// Up to this many tokens, never across the border of the unit: `..4`.
    Gap(u8),
    /// Alternatives: `(приложить | представить)`.
    Group(Vec<Phrase>),
    /// A named part: `$docs:(@open @document)`.
    Capture {
        /// Its name, without the sign.
        name: String,
        /// What is captured.
        atom: Box<Atom>,
    },
}

/// Why a phrase cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseError {
    /// Byte offset in the pattern's text.
    pub at: u32,
    /// What is wrong there.
    pub kind: PhraseErrorKind,
}

/// What is wrong with a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhraseErrorKind {
    /// There is no item.
    Empty,
    /// This character begins no atom.
    Unexpected(char),
    /// A bracket, quotation mark or angle bracket is not closed.
    Unclosed(char),
    /// There is no such feature.
    UnknownFeature(String),
    /// A gap needs a number from 1 to 40.
    BadGap,
    /// A name is missing after `$` or `@`.
    NoName,
    /// Groups are nested too deeply.
    TooDeep,
    /// Nothing can be optional here (a gap).
    BadOptional,
}

impl Phrase {
    /// Reads a phrase.
    pub fn parse(text: &str) -> Result<Phrase, PhraseError> {
        let mut parser = Parser { text, at: 0, depth: 0 };
        let phrase = parser.phrase()?;
        match parser.peek() {
            None => Ok(phrase),
            Some(c) => Err(parser.error(PhraseErrorKind::Unexpected(c))),
        }
    }

    /// Calls `f` for every atom, groups and captures before what is in them.
    pub fn visit<'a>(&'a self, f: &mut impl FnMut(&'a Atom, u32)) {
        for item in &self.items {
            visit_atom(&item.atom, item.at, f);
        }
    }
}

fn visit_atom<'a>(atom: &'a Atom, at: u32, f: &mut impl FnMut(&'a Atom, u32)) {
    f(atom, at);
    match atom {
        Atom::Group(alternatives) => alternatives.iter().for_each(|it| it.visit(f)),
        Atom::Capture { atom, .. } => visit_atom(atom, at, f),
        _ => {}
    }
}

/// Deeper nesting of groups is refused: no real pattern needs it, and parsing stays bounded.
const MAX_DEPTH: u8 = 12;

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: u8,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let hit = self.peek() == Some(wanted);
        if hit {
            self.at += wanted.len_utf8();
        }
        hit
    }

    fn spaces(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.bump();
        }
    }

    fn error(&self, kind: PhraseErrorKind) -> PhraseError {
        PhraseError { at: self.at as u32, kind }
    }

    fn phrase(&mut self) -> Result<Phrase, PhraseError> {
        let mut items = Vec::new();
        loop {
            self.spaces();
            match self.peek() {
                None | Some(')' | '|') => break,
                Some(_) => self.item(&mut items)?,
            }
        }
        if items.is_empty() { Err(self.error(PhraseErrorKind::Empty)) } else { Ok(Phrase { items }) }
    }

    fn item(&mut self, items: &mut Vec<Item>) -> Result<(), PhraseError> {
        let at = self.at as u32;
        if self.eat('\'') {
            let from = self.at;
            let Some(len) = self.text[from..].find('\'') else {
                self.at = at as usize;
                return Err(self.error(PhraseErrorKind::Unclosed('\'')));
            };
            let literal = &self.text[from..from + len];
            self.at = from + len + 1;
            let mut words = literal.split_whitespace().peekable();
            if words.peek().is_none() {
                return Err(PhraseError { at, kind: PhraseErrorKind::Empty });
            }
            let optional = self.eat('?');
            let mut literals: Vec<Item> = words
                .map(|word| Item { atom: Atom::Literal(word.to_owned()), optional: false, at })
                .collect();
            if optional && literals.len() > 1 {
                let group = Atom::Group(vec![Phrase { items: literals }]);
                literals = vec![Item { atom: group, optional: true, at }];
            } else if optional {
                literals[0].optional = true;
            }
            items.extend(literals);
            return Ok(());
        }
        let atom = self.atom()?;
        let optional = self.eat('?');
        if optional && matches!(atom, Atom::Gap(_)) {
            return Err(PhraseError { at, kind: PhraseErrorKind::BadOptional });
        }
        items.push(Item { atom, optional, at });
        Ok(())
    }

    fn atom(&mut self) -> Result<Atom, PhraseError> {
        match self.peek() {
            Some('$') => {
                self.bump();
                let name = self.name()?;
                if !self.eat(':') {
                    let found = self.peek().unwrap_or(' ');
                    return Err(self.error(PhraseErrorKind::Unexpected(found)));
                }
                if self.peek() == Some('\'') {
                    let mut items = Vec::new();
                    self.item(&mut items)?;
                    let atom = Box::new(Atom::Group(vec![Phrase { items }]));
                    return Ok(Atom::Capture { name, atom });
                }
                Ok(Atom::Capture { name, atom: Box::new(self.atom()?) })
            }
            Some('(') => {
                let open = self.at;
                self.bump();
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(self.error(PhraseErrorKind::TooDeep));
                }
                let mut alternatives = vec![self.phrase()?];
                while self.eat('|') {
                    alternatives.push(self.phrase()?);
                }
                if !self.eat(')') {
                    self.at = open;
                    return Err(self.error(PhraseErrorKind::Unclosed('(')));
                }
                self.depth -= 1;
                Ok(Atom::Group(alternatives))
            }
            Some('@') => {
                self.bump();
                let name = self.name()?;
                let features = self.features()?;
                Ok(Atom::List { name, features })
            }
            Some('<') => {
                let open = self.at;
                self.bump();
                let from = self.at;
                let Some(len) = self.text[from..].find('>') else {
                    self.at = open;
                    return Err(self.error(PhraseErrorKind::Unclosed('<')));
                };
                let name = self.text[from..from + len].trim().to_owned();
                self.at = from + len + 1;
                Ok(Atom::Entity(name))
            }
            Some('[') => Ok(Atom::Feature(self.features()?)),
            Some('.') if self.text[self.at..].starts_with("..") => {
                self.at += 2;
                let from = self.at;
                while self.peek().is_some_and(|c| c.is_ascii_digit()) {
                    self.bump();
                }
                match self.text[from..self.at].parse::<u8>() {
                    Ok(n @ 1..=40) => Ok(Atom::Gap(n)),
                    _ => Err(self.error(PhraseErrorKind::BadGap)),
                }
            }
            Some(c) if c.is_alphanumeric() => {
                let from = self.at;
                while let Some(c) = self.peek() {
                    // A hyphen belongs to the word only between letters.
                    let inside = c.is_alphanumeric()
                        || c == '-'
                            && self.text[self.at + 1..].chars().next().is_some_and(char::is_alphanumeric);
                    if !inside {
                        break;
                    }
                    self.bump();
                }
                let word = self.text[from..self.at].to_owned();
                let features = self.features()?;
                Ok(Atom::Word { word, features })
            }
            Some(c) => Err(self.error(PhraseErrorKind::Unexpected(c))),
            None => Err(self.error(PhraseErrorKind::Empty)),
        }
    }

    fn name(&mut self) -> Result<String, PhraseError> {
        let from = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
            self.bump();
        }
        if from == self.at {
            return Err(self.error(PhraseErrorKind::NoName));
        }
        Ok(self.text[from..self.at].to_owned())
    }

    fn features(&mut self) -> Result<Features, PhraseError> {
        let open = self.at;
        if !self.eat('[') {
            return Ok(Features::NONE);
        }
        let from = self.at;
        let Some(len) = self.text[from..].find(']') else {
            self.at = open;
            return Err(self.error(PhraseErrorKind::Unclosed('[')));
        };
        let mut features = Features::NONE;
        for name in self.text[from..from + len].split_whitespace() {
            match Features::from_name(name) {
                Some(feature) => features |= feature,
                None => return Err(self.error(PhraseErrorKind::UnknownFeature(name.to_owned()))),
            }
        }
        self.at = from + len + 1;
        if features == Features::NONE {
            self.at = from;
            return Err(self.error(PhraseErrorKind::Empty));
        }
        Ok(features)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(phrase: &Phrase) -> String {
        phrase
            .items
            .iter()
            .map(|it| atom(&it.atom) + if it.optional { "?" } else { "" })
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn atom(it: &Atom) -> String {
        match it {
            Atom::Word { word, features } if *features == Features::NONE => word.clone(),
            Atom::Word { word, features } => format!("{word}[{features}]"),
            Atom::Literal(word) => format!("'{word}'"),
            Atom::Feature(features) => format!("[{features}]"),
            Atom::List { name, features } if *features == Features::NONE => format!("@{name}"),
            Atom::List { name, features } => format!("@{name}[{features}]"),
            Atom::Entity(name) => format!("<{name}>"),
            Atom::Gap(n) => format!("..{n}"),
            Atom::Group(phrases) => {
                format!("({})", phrases.iter().map(shape).collect::<Vec<_>>().join(" | "))
            }
            Atom::Capture { name, atom: inner } => format!("${name}:{}", atom(inner)),
        }
    }

    #[test]
    fn every_atom_is_read() {
        for text in [
            "$docs:(@open_adj @document)",
            "вправе (приложить | представить)",
            "по ..1 желание",
            "$power:(мочь быть ..1 [participle short passive])",
            "$power:($act:[vn dat] укуктуу)",
            "учур[loc] гана",
            "'не' <ref>? @touching[vn dat]",
            "купля-продажа",
        ] {
            let phrase = Phrase::parse(text).expect(text);
            // Features print in the order of the table; these samples use that order.
            assert_eq!(shape(&phrase), text);
        }
    }

    #[test]
    fn a_literal_of_several_words_is_several_items() {
        let phrase = Phrase::parse("'в том числе'?").expect("it reads");
        assert_eq!(shape(&phrase), "('в' 'том' 'числе')?");
    }

    #[test]
    fn errors_name_the_place() {
        let cases: [(&str, u32, PhraseErrorKind); 7] = [
            ("", 0, PhraseErrorKind::Empty),
            ("(вправе", 0, PhraseErrorKind::Unclosed('(')),
            ("вправе *", 13, PhraseErrorKind::Unexpected('*')),
            ("[vn dta]", 1, PhraseErrorKind::UnknownFeature("dta".to_owned())),
            ("не ..0 так", 8, PhraseErrorKind::BadGap),
            ("@", 1, PhraseErrorKind::NoName),
            ("'не", 0, PhraseErrorKind::Unclosed('\'')),
        ];
        for (text, at, kind) in cases {
            assert_eq!(Phrase::parse(text), Err(PhraseError { at, kind }), "{text}");
        }
    }
}
