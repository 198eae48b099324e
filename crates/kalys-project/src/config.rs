//! `kalys.toml`: found, read, and laid one over the other.

use std::fmt;
use std::path::{Path, PathBuf};

use kalys_model::{Evidence, Lang};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::nearest::nearest;

/// The name of a configuration file.
pub const FILE_NAME: &str = "kalys.toml";

/// The largest configuration that is read, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// Everything that can be configured. A key that no file has keeps its built-in value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Language of the program; `None`: from the environment.
    pub ui: Setting<Option<Lang>>,
    /// The least level that is shown.
    pub level: Setting<Evidence>,
    /// The least level that makes the run fail; `None`: never.
    pub fail_on: Setting<Option<Evidence>>,
    /// Rules, factors and families to check; empty: all.
    pub select: Setting<Vec<String>>,
    /// Rules, factors and families to leave out.
    pub ignore: Setting<Vec<String>>,
    /// Key of the legal order by which factors are numbered.
    pub profile: Setting<String>,
    /// The language to read acts in; `None`: told from the text.
    pub lang: Setting<Option<Lang>>,
    /// Folders of packs beside the built-in one.
    pub packs: Setting<Vec<PathBuf>>,
    /// Globs of paths that a walk leaves out, relative to the folder of the file that says so.
    pub exclude: Setting<Vec<String>>,
}

impl Settings {
    /// What holds when nothing is configured.
    pub fn built_in() -> Settings {
        fn built_in<T>(value: T) -> Setting<T> {
            Setting { value, origin: Origin::BuiltIn }
        }
        Settings {
            ui: built_in(None),
            level: built_in(Evidence::Review),
            fail_on: built_in(Some(Evidence::Risk)),
            select: built_in(Vec::new()),
            ignore: built_in(Vec::new()),
            profile: built_in("kg-gov-2010".to_owned()),
            lang: built_in(None),
            packs: built_in(Vec::new()),
            exclude: built_in(Vec::new()),
        }
    }
}

/// A value and who said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Who said it.
    pub origin: Origin,
}

impl<T> Setting<T> {
    /// Puts an option of the command line over it, when there is one.
    pub fn overlay(&mut self, value: Option<T>) {
        if let Some(value) = value {
            *self = Setting { value, origin: Origin::Option };
        }
    }
}

/// Who said a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody: it is the default.
    BuiltIn,
    /// A file, at this line from 1.
    File {
        /// Its path.
        path: PathBuf,
        /// The line of the key.
        line: u32,
    },
    /// An option of the command line.
    Option,
}

/// What is wrong with a configuration file. The words for it are the edge's: `config.CODE` with [`args`](Self::args).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The file.
    pub file: PathBuf,
    /// Line from 1.
    pub line: u32,
    /// What.
    pub kind: ConfigErrorKind,
}

/// What can be wrong with a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigErrorKind {
    /// It cannot be read.
    Unreadable {
        /// What the system said.
        reason: String,
    },
    /// It is no TOML.
    Syntax {
        /// What the parser said, in English.
        reason: String,
    },
    /// There is no such key.
    UnknownKey {
        /// The key.
        key: String,
        /// The key that was perhaps meant.
        nearest: Option<&'static str>,
    },
    /// The value is of another type.
    WrongType {
        /// The key.
        key: &'static str,
    },
    /// The value is none of those that the key takes.
    WrongValue {
        /// The key.
        key: &'static str,
        /// The value.
        value: String,
        /// The values that it takes.
        allowed: &'static [&'static str],
    },
}

impl ConfigError {
    /// Every code, for a test that each has its phrase.
    pub const CODES: [&'static str; 6] =
        ["unreadable", "syntax", "unknown-key", "unknown-key-nearest", "wrong-type", "wrong-value"];

    /// The phrase's key without `config.`.
    pub fn code(&self) -> &'static str {
        match &self.kind {
            ConfigErrorKind::Unreadable { .. } => "unreadable",
            ConfigErrorKind::Syntax { .. } => "syntax",
            ConfigErrorKind::UnknownKey { nearest: None, .. } => "unknown-key",
            ConfigErrorKind::UnknownKey { nearest: Some(_), .. } => "unknown-key-nearest",
            ConfigErrorKind::WrongType { .. } => "wrong-type",
            ConfigErrorKind::WrongValue { .. } => "wrong-value",
        }
    }

    /// What the phrase's placeholders stand for.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match &self.kind {
            ConfigErrorKind::Unreadable { reason } | ConfigErrorKind::Syntax { reason } => {
                vec![("reason", reason.clone())]
            }
            ConfigErrorKind::UnknownKey { key, nearest } => vec![
                ("key", key.clone()),
                ("nearest", nearest.unwrap_or_default().to_owned()),
                ("keys", KEYS.join(", ")),
            ],
            ConfigErrorKind::WrongType { key } => vec![("key", (*key).to_owned())],
            ConfigErrorKind::WrongValue { key, value, allowed } => {
                vec![("key", (*key).to_owned()), ("value", value.clone()), ("allowed", allowed.join(", "))]
            }
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.line, self.code())
    }
}

impl std::error::Error for ConfigError {}

/// The nearest `kalys.toml` in the folder or above it.
pub fn find(folder: &Path) -> Option<PathBuf> {
    let folder = std::path::absolute(folder).ok()?;
    folder.ancestors().map(|it| it.join(FILE_NAME)).find(|it| it.is_file())
}

/// The user's own file: `$XDG_CONFIG_HOME/kalys/kalys.toml`, else `~/.config/kalys/kalys.toml`; `variable` reads the
/// environment.
pub fn user_file(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let config = variable("XDG_CONFIG_HOME")
        .filter(|it| it.is_absolute())
        .or_else(|| Some(variable("HOME")?.join(".config")))?;
    Some(config.join("kalys").join(FILE_NAME)).filter(|it| it.is_file())
}

/// The built-in settings with the given files over them, the first file the least.
pub fn load(files: &[PathBuf]) -> Result<Settings, Vec<ConfigError>> {
    let mut settings = Settings::built_in();
    let mut errors = Vec::new();
    for file in files {
        let unreadable = |reason: String| ConfigError {
            file: file.clone(),
            line: 1,
            kind: ConfigErrorKind::Unreadable { reason },
        };
        match std::fs::metadata(file) {
            Ok(it) if it.len() > MAX_BYTES => {
                errors.push(unreadable(format!("{} > {MAX_BYTES} B", it.len())));
                continue;
            }
            Ok(_) => {}
            Err(error) => {
                errors.push(unreadable(error.to_string()));
                continue;
            }
        }
        match std::fs::read_to_string(file) {
            Ok(text) => parse(file, &text, &mut settings, &mut errors),
            Err(error) => errors.push(unreadable(error.to_string())),
        }
    }
    if errors.is_empty() { Ok(settings) } else { Err(errors) }
}

/// Lays the values of one file over the settings. Takes the text, so that a test needs no files.
pub fn parse(file: &Path, text: &str, settings: &mut Settings, errors: &mut Vec<ConfigError>) {
    let error = |at: usize, kind| ConfigError { file: file.to_owned(), line: line_of(text, at), kind };
    let (table, faults) = DeTable::parse_recoverable(text);
    if !faults.is_empty() {
        errors.extend(faults.iter().map(|it| {
            let at = it.span().map_or(0, |span| span.start);
            error(at, ConfigErrorKind::Syntax { reason: it.message().to_owned() })
        }));
        return;
    }
    for (key, value) in table.get_ref() {
        let at = key.span().start;
        let reader = Reader { file, line: line_of(text, at), value };
        let result = match key.get_ref().as_ref() {
            "ui" => reader.choice("ui", LANGS).map(|it| settings.ui = it.map(lang_of)),
            "lang" => reader.choice("lang", LANGS).map(|it| settings.lang = it.map(lang_of)),
            "level" => reader.choice("level", LEVELS).map(|it| {
                settings.level = it.map(|name| level_of(name).unwrap_or(Evidence::Review));
            }),
            "fail-on" => reader.choice("fail-on", FAIL_ON).map(|it| settings.fail_on = it.map(level_of)),
            "profile" => reader.text("profile").map(|it| settings.profile = it),
            "select" => reader.texts("select").map(|it| settings.select = it),
            "ignore" => reader.texts("ignore").map(|it| settings.ignore = it),
            "exclude" => reader.texts("exclude").map(|it| settings.exclude = it),
            "packs" => reader.texts("packs").map(|it| {
                let folder = file.parent().unwrap_or(Path::new(""));
                settings.packs = it.map(|paths| paths.iter().map(|path| folder.join(path)).collect());
            }),
            other => Err(ConfigErrorKind::UnknownKey {
                key: other.to_owned(),
                nearest: nearest(other, KEYS.iter().copied()),
            }),
        };
        if let Err(kind) = result {
            errors.push(error(at, kind));
        }
    }
    errors.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
}

const KEYS: &[&str] = &["ui", "level", "fail-on", "select", "ignore", "profile", "lang", "packs", "exclude"];
const LANGS: &[&str] = &["ky", "ru", "en"];
const LEVELS: &[&str] = &["risk", "review", "info"];
const FAIL_ON: &[&str] = &["risk", "review", "info", "never"];

fn lang_of(code: &str) -> Option<Lang> {
    Lang::from_code(code)
}

fn level_of(name: &str) -> Option<Evidence> {
    match name {
        "risk" => Some(Evidence::Risk),
        "review" => Some(Evidence::Review),
        "info" => Some(Evidence::Info),
        _ => None,
    }
}

/// The value of one key.
struct Reader<'a> {
    file: &'a Path,
    line: u32,
    value: &'a Spanned<DeValue<'a>>,
}

impl Reader<'_> {
    fn text(&self, key: &'static str) -> Result<Setting<String>, ConfigErrorKind> {
        let text = self.value.get_ref().as_str().ok_or(ConfigErrorKind::WrongType { key })?;
        Ok(self.setting(text.to_owned()))
    }

    fn choice(
        &self,
        key: &'static str,
        allowed: &'static [&'static str],
    ) -> Result<Setting<&'static str>, ConfigErrorKind> {
        let text = self.text(key)?.value;
        match allowed.iter().find(|it| **it == text) {
            Some(it) => Ok(self.setting(*it)),
            None => Err(ConfigErrorKind::WrongValue { key, value: text, allowed }),
        }
    }

    /// A list of texts; one text stands for a list of one.
    fn texts(&self, key: &'static str) -> Result<Setting<Vec<String>>, ConfigErrorKind> {
        let value = self.value.get_ref();
        let list: Option<Vec<String>> = match (value.as_str(), value.as_array()) {
            (Some(text), _) => Some(vec![text.to_owned()]),
            (None, Some(list)) => list.iter().map(|it| it.get_ref().as_str().map(str::to_owned)).collect(),
            (None, None) => None,
        };
        Ok(self.setting(list.ok_or(ConfigErrorKind::WrongType { key })?))
    }

    fn setting<T>(&self, value: T) -> Setting<T> {
        Setting { value, origin: Origin::File { path: self.file.to_owned(), line: self.line } }
    }
}

impl<T> Setting<T> {
    fn map<U>(self, convert: impl FnOnce(T) -> U) -> Setting<U> {
        Setting { value: convert(self.value), origin: self.origin }
    }
}

fn line_of(text: &str, at: usize) -> u32 {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    before.iter().filter(|byte| **byte == b'\n').count() as u32 + 1
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    /// Files laid one over the other: what each key comes to and who said it, or the errors.
    fn check(files: &[&str], expected: Expect) {
        let mut settings = Settings::built_in();
        let mut errors = Vec::new();
        for (number, text) in files.iter().enumerate() {
            parse(Path::new(&format!("{number}/kalys.toml")), text, &mut settings, &mut errors);
        }
        fn show<T: fmt::Debug>(name: &str, setting: &Setting<T>) -> String {
            match &setting.origin {
                Origin::BuiltIn => String::new(),
                Origin::Option => format!("{name} = {:?}, option\n", setting.value),
                Origin::File { path, line } => {
                    format!("{name} = {:?}, {}:{line}\n", setting.value, path.display())
                }
            }
        }
        let mut out = [
            show("ui", &settings.ui),
            show("level", &settings.level),
            show("fail-on", &settings.fail_on),
            show("select", &settings.select),
            show("ignore", &settings.ignore),
            show("profile", &settings.profile),
            show("lang", &settings.lang),
            show("packs", &settings.packs),
            show("exclude", &settings.exclude),
        ]
        .concat();
        for error in &errors {
            out += &format!("{error} {:?}\n", error.args());
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn the_nearer_file_wins_key_by_key() {
        check(
            &[
                "ui = \"ky\"\nlevel = \"info\"\npacks = [\"mine\"]\n",
                "# draft\nlevel = \"risk\"\nfail-on = \"never\"\nselect = \"burden/\"\nexclude = [\"old/**\"]\n",
            ],
            expect![[r#"
                ui = Some(Ky), 0/kalys.toml:1
                level = Risk, 1/kalys.toml:2
                fail-on = None, 1/kalys.toml:3
                select = ["burden/"], 1/kalys.toml:4
                packs = ["0/mine"], 0/kalys.toml:3
                exclude = ["old/**"], 1/kalys.toml:5
            "#]],
        );
    }

    #[test]
    fn every_error_has_its_line() {
        check(
            &["levle = \"risk\"\nui = \"kz\"\nselect = 5\nignore = [1]\nwhatever = true\n"],
            expect![[r#"
                0/kalys.toml:1: unknown-key-nearest [("key", "levle"), ("nearest", "level"), ("keys", "ui, level, fail-on, select, ignore, profile, lang, packs, exclude")]
                0/kalys.toml:2: wrong-value [("key", "ui"), ("value", "kz"), ("allowed", "ky, ru, en")]
                0/kalys.toml:3: wrong-type [("key", "select")]
                0/kalys.toml:4: wrong-type [("key", "ignore")]
                0/kalys.toml:5: unknown-key [("key", "whatever"), ("nearest", ""), ("keys", "ui, level, fail-on, select, ignore, profile, lang, packs, exclude")]
            "#]],
        );
    }

    #[test]
    fn a_file_that_is_no_toml_is_an_error() {
        check(
            &["level = \nui = \"ru\"\n"],
            expect![[r#"
            0/kalys.toml:1: syntax [("reason", "string values must be quoted, expected literal string")]
        "#]],
        );
    }

    #[test]
    fn a_missing_file_is_an_error() {
        let errors = load(&[PathBuf::from("no/such/kalys.toml")]).unwrap_err();
        assert_eq!(errors[0].code(), "unreadable");
    }

    #[test]
    fn the_users_file_needs_an_absolute_folder() {
        assert_eq!(user_file(|_| None), None);
        assert_eq!(user_file(|name| (name == "XDG_CONFIG_HOME").then(|| PathBuf::from("relative"))), None);
    }
}
