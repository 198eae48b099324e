//! Every word that the program itself says, one file per language, parsed when the first word is needed.

use std::collections::HashMap;
use std::fmt::{Display, Write};
use std::sync::OnceLock;

use kalys_model::Lang;

/// The program's words in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrases {
    lang: Lang,
}

/// The files of a language: the program's own, and those of rule packs.
const KY: [&str; 2] = [include_str!("../phrases/ky.txt"), include_str!("../phrases/ky.packs.txt")];
const RU: [&str; 2] = [include_str!("../phrases/ru.txt"), include_str!("../phrases/ru.packs.txt")];
const EN: [&str; 2] = [include_str!("../phrases/en.txt"), include_str!("../phrases/en.packs.txt")];

type Table = HashMap<&'static str, String>;

impl Phrases {
    /// The words in this language; English for a language that kalys does not speak.
    pub const fn new(lang: Lang) -> Phrases {
        match lang {
            Lang::Ky | Lang::Ru | Lang::En => Phrases { lang },
            Lang::Other => Phrases { lang: Lang::En },
        }
    }

    /// The language.
    pub const fn lang(self) -> Lang {
        self.lang
    }

    /// The phrase of this key as it stands in the file. A key without a phrase gives itself: a test keeps that from happening.
    pub fn text(self, key: &str) -> &str {
        self.find(key).unwrap_or(key)
    }

    /// The phrase of this key, if there is one.
    pub fn find(self, key: &str) -> Option<&'static str> {
        self.table().get(key).map(String::as_str)
    }

    /// Whether there is a phrase of this key.
    pub fn has(self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// The phrase with its placeholders filled: `{n}` is the argument, `{n|файл|файла|файлов}` the form of a word that
    /// goes with the number.
    pub fn fill(self, key: &str, args: &[(&str, &dyn Display)]) -> String {
        let mut out = String::new();
        let mut rest = self.text(key);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((inside, after)) = after.split_once('}') else {
                rest = "";
                break;
            };
            let mut parts = inside.split('|');
            let name = parts.next().unwrap_or_default();
            let forms: Vec<&str> = parts.collect();
            if let Some((_, value)) = args.iter().find(|(it, _)| *it == name) {
                if forms.is_empty() {
                    // Writing to a string cannot fail.
                    let _ = write!(out, "{value}");
                } else {
                    let n = value.to_string().parse().unwrap_or(0);
                    out.push_str(forms[plural(self.lang, n).min(forms.len() - 1)]);
                }
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }

    fn table(self) -> &'static Table {
        static TABLES: [OnceLock<Table>; 3] = [const { OnceLock::new() }; 3];
        let (slot, files) = match self.lang {
            Lang::Ky => (0, KY),
            Lang::Ru => (1, RU),
            Lang::En | Lang::Other => (2, EN),
        };
        TABLES[slot].get_or_init(|| files.into_iter().flat_map(entries).collect())
    }
}

/// The program's language that a locale asks for: `ky_KG.UTF-8` is Kyrgyz. `None` for a language that it does not speak.
pub fn ui_of_locale(locale: &str) -> Option<Lang> {
    Lang::from_code(locale.split(['_', '.', '-', '@']).next()?)
}

/// `key = text` lines; `#` opens a comment, `\n` in a text is a line break.
fn entries(file: &'static str) -> impl Iterator<Item = (&'static str, String)> {
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (key, text) = line.split_once('=')?;
        let text = text.strip_prefix(' ').unwrap_or(text).trim_end();
        Some((key.trim_end(), text.replace("\\n", "\n")))
    })
}

/// Which form of a word goes with the number: 0 one, 1 few, 2 many. Kyrgyz nouns keep their singular after a numeral.
fn plural(lang: Lang, n: u64) -> usize {
    match lang {
        Lang::Ru if n % 10 == 1 && n % 100 != 11 => 0,
        Lang::Ru if (2..=4).contains(&(n % 10)) && !(12..=14).contains(&(n % 100)) => 1,
        Lang::Ru => 2,
        Lang::Ky => 0,
        Lang::En | Lang::Other => usize::from(n != 1),
    }
}

#[cfg(test)]
mod tests;
