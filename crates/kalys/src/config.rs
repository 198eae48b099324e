//! `kalys config show`: each value, and who said it.

use std::fmt::Write;
use std::path::Path;

use kalys_model::{Evidence, Lang};
use kalys_project::{Origin, Setting};
use kalys_report::Named;

use crate::args::{Choice, Common, ui_of_environment};
use crate::exit::{Exit, Outcome};
use crate::output;
use crate::session::{Session, near};

/// `kalys config show`
pub(crate) fn show(common: &Common, choice: &Choice) -> Outcome {
    let session = Session::new(common, choice, &[Path::new("")])?;
    let settings = &session.settings;
    let level = |it: Evidence| quoted(it.code());
    let list = |it: &[String]| format!("[{}]", it.iter().map(|it| quoted(it)).collect::<Vec<_>>().join(", "));
    let packs: Vec<String> = settings.packs.value.iter().map(|it| it.display().to_string()).collect();
    let lang = |it: Lang| quoted(it.code());
    // The language of the program is never unset: without a word of the user, the environment has one.
    let (ui, ui_origin) = match settings.ui.value {
        Some(it) => (it, session.origin(&settings.ui)),
        None => (ui_of_environment(), session.phrases.text("config.environment").to_owned()),
    };
    let lines = [
        ("ui", Some(lang(ui)), ui_origin),
        ("level", Some(level(settings.level.value)), session.origin(&settings.level)),
        (
            "fail-on",
            Some(settings.fail_on.value.map_or_else(|| quoted("never"), level)),
            session.origin(&settings.fail_on),
        ),
        ("profile", Some(quoted(&settings.profile.value)), session.origin(&settings.profile)),
        ("select", Some(list(&settings.select.value)), session.origin(&settings.select)),
        ("ignore", Some(list(&settings.ignore.value)), session.origin(&settings.ignore)),
        ("lang", settings.lang.value.map(lang), session.origin(&settings.lang)),
        ("packs", Some(list(&packs)), session.origin(&settings.packs)),
        ("exclude", Some(list(&settings.exclude.value)), session.origin(&settings.exclude)),
    ];
    let lines: Vec<(String, String)> = lines
        .into_iter()
        .map(|(key, value, origin)| match value {
            Some(value) => (format!("{key} = {value}"), origin),
            // TOML has no word for nothing: the line is one that could be written.
            None => (format!("# {key} ="), origin),
        })
        .collect();
    let width = lines.iter().map(|it| it.0.chars().count()).max().unwrap_or(0);
    let mut out = String::new();
    for (line, origin) in lines {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{line:width$}  # {origin}");
    }
    output::print(&out, session.phrases)?;
    Ok(Exit::Clean)
}

impl Session {
    fn origin<T>(&self, setting: &Setting<T>) -> String {
        match &setting.origin {
            Origin::BuiltIn => self.phrases.text("config.built-in").to_owned(),
            Origin::Option => self.phrases.text("config.option").to_owned(),
            Origin::File { path, line } => format!("{}:{line}", near(path)),
        }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
