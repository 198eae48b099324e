//! The command line: its shape here, its words in the phrases.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use kalys_model::{Evidence, Lang};
use kalys_report::{Output, Phrases, ui_of_locale};

use crate::exit::Exit;
use crate::output;
use crate::usage;

/// A command line that was understood.
#[derive(Debug)]
pub(crate) struct Cli {
    /// What every command takes.
    pub(crate) common: Common,
    /// Whether to color.
    pub(crate) color: Color,
    /// What is to be done.
    pub(crate) command: Command,
}

/// A command with its options.
#[derive(Debug)]
pub(crate) enum Command {
    /// `kalys check`
    Check(Check),
    /// `kalys outline`
    Outline(Outline),
    /// `kalys stream`
    Stream(Stream),
    /// `kalys explain`
    Explain(Explain),
    /// `kalys rules list`
    RulesList(Choice),
    /// `kalys rules test`
    RulesTest(RulesTest),
    /// `kalys config show`
    ConfigShow(Choice),
}

/// What every command takes.
#[derive(Clone, Debug)]
pub(crate) struct Common {
    /// The program's language, when it is asked for.
    pub(crate) ui: Option<Lang>,
    /// Whether to color.
    pub(crate) color: Color,
    /// Whether to read no configuration.
    pub(crate) isolated: bool,
}

/// Options that stand over the settings of `kalys.toml`.
#[derive(Debug, Default)]
pub(crate) struct Choice {
    /// `--select`
    pub(crate) select: Option<Vec<String>>,
    /// `--ignore`
    pub(crate) ignore: Option<Vec<String>>,
    /// `--level`
    pub(crate) level: Option<Evidence>,
    /// `--fail-on`; the inner `None` is never.
    pub(crate) fail_on: Option<Option<Evidence>>,
    /// `--profile`
    pub(crate) profile: Option<String>,
    /// `--lang`
    pub(crate) lang: Option<Lang>,
    /// `--pack`
    pub(crate) packs: Option<Vec<PathBuf>>,
}

/// Options of `kalys check`.
#[derive(Debug)]
pub(crate) struct Check {
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) stdin_path: Option<PathBuf>,
    pub(crate) format: Output,
    pub(crate) output_file: Option<PathBuf>,
    pub(crate) jobs: Option<usize>,
    pub(crate) no_progress: bool,
    pub(crate) quiet: bool,
    pub(crate) choice: Choice,
}

/// Options of `kalys outline`.
#[derive(Debug)]
pub(crate) struct Outline {
    pub(crate) file: PathBuf,
    pub(crate) stdin_path: Option<PathBuf>,
    pub(crate) choice: Choice,
}

/// Options of `kalys stream`.
#[derive(Debug)]
pub(crate) struct Stream {
    pub(crate) input: Option<PathBuf>,
    pub(crate) output_file: Option<PathBuf>,
    pub(crate) jobs: Option<usize>,
    pub(crate) choice: Choice,
}

/// Options of `kalys explain`.
#[derive(Debug)]
pub(crate) struct Explain {
    pub(crate) rule: String,
    pub(crate) choice: Choice,
}

/// Options of `kalys rules test`.
#[derive(Debug)]
pub(crate) struct RulesTest {
    pub(crate) targets: Vec<String>,
    pub(crate) choice: Choice,
}

/// When to color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Color {
    /// On a terminal that can, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Whether to color what goes to a terminal, or to something else.
    pub(crate) fn on(self, terminal: bool) -> bool {
        let set = |name| std::env::var_os(name).is_some_and(|it| !it.is_empty());
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                terminal && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|it| it != "dumb")
            }
        }
    }
}

/// The program's language before the command line is understood and a configuration read: `--ui`, else the environment.
pub(crate) fn ui(words: &[OsString]) -> Lang {
    let mut asked = None;
    let mut words = words.iter().skip(1).map(|it| it.to_string_lossy());
    while let Some(word) = words.next() {
        match word.strip_prefix("--ui") {
            _ if word == "--" => break,
            Some("") => asked = words.next().and_then(|it| Lang::from_code(&it)),
            Some(rest) => asked = rest.strip_prefix('=').and_then(Lang::from_code).or(asked),
            None => {}
        }
    }
    asked.unwrap_or_else(ui_of_environment)
}

/// The program's language by the environment, as POSIX orders the variables.
pub(crate) fn ui_of_environment() -> Lang {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(std::env::var_os)
        .find(|it| !it.is_empty())
        .and_then(|it| ui_of_locale(&it.to_string_lossy()))
        .unwrap_or(Lang::En)
}

/// Understands a command line. Help, version and errors are written here; then only the exit code is left.
pub(crate) fn parse(words: &[OsString], phrases: Phrases) -> Result<Cli, Exit> {
    let mut command = localized(command(), "help.kalys", phrases);
    // `kalys help check` is `kalys check --help`.
    let asked: Vec<OsString>;
    let words = match words {
        [name, help, rest @ ..] if help == "help" => {
            asked = [std::slice::from_ref(name), rest, &[OsString::from("--help")]].concat();
            &asked
        }
        _ => words,
    };
    match command.try_get_matches_from_mut(words) {
        Ok(matches) => Ok(cli(&matches)),
        Err(error) => Err(usage::answer(&error, words, &command, phrases)),
    }
}

/// The shape of the command line, without words.
fn command() -> clap::Command {
    let lang = || {
        PossibleValuesParser::new(Lang::KNOWN.map(Lang::code))
            .map(|it| Lang::from_code(&it).unwrap_or(Lang::En))
    };
    let common = [
        option("ui", "ky|ru|en").value_parser(lang()).global(true),
        option("color", "auto|always|never")
            .value_parser(PossibleValuesParser::new(["auto", "always", "never"]))
            .global(true),
        flag("isolated").global(true),
        flag("help").short('h').action(ArgAction::Help).global(true),
    ];
    // What every command takes stands below its own options.
    let common = common.map(|it| it.display_order(900));
    let select = option("select", "NAMES").value_delimiter(',').action(ArgAction::Append);
    let ignore = option("ignore", "NAMES").value_delimiter(',').action(ArgAction::Append);
    let level_of = |it: String| level(&it);
    let level = option("level", "risk|review|info")
        .value_parser(PossibleValuesParser::new(["risk", "review", "info"]).map(level_of));
    let fail_on = option("fail-on", "risk|review|info|never")
        .value_parser(PossibleValuesParser::new(["risk", "review", "info", "never"]).map(level_of));
    let profile = option("profile", "KEY");
    let language = option("lang", "ky|ru|en").value_parser(lang());
    let pack = option("pack", "PATH").value_parser(value_parser!(PathBuf)).action(ArgAction::Append);
    let stdin_path = option("stdin-path", "PATH").value_parser(value_parser!(PathBuf));
    let output_file = option("output-file", "FILE").value_parser(value_parser!(PathBuf));
    let jobs = option("jobs", "N").short('j').value_parser(|text: &str| match text.parse() {
        Ok(0) | Err(_) => Err(""),
        Ok(n) => Ok::<usize, &str>(n),
    });
    let path = |id: &'static str, name: &'static str| {
        Arg::new(id).value_name(name).value_parser(value_parser!(PathBuf))
    };
    let sub = clap::Command::new;

    clap::Command::new("kalys")
        .bin_name("kalys")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .args(common)
        .arg(flag("version").short('V').action(ArgAction::Version).display_order(900))
        .subcommand(
            sub("check").arg(path("paths", "PATH").num_args(0..)).args([
                select.clone(),
                ignore.clone(),
                level.clone(),
                fail_on.clone(),
                profile.clone(),
                language.clone(),
                option("format", "text|concise|json|ndjson")
                    .value_parser(PossibleValuesParser::new(Output::ALL.map(|it| it.0))),
                output_file.clone(),
                stdin_path.clone(),
                pack.clone(),
                jobs.clone(),
                flag("no-progress"),
                flag("quiet").short('q'),
            ]),
        )
        .subcommand(
            sub("outline").arg(path("file", "FILE").required(true)).args([language.clone(), stdin_path]),
        )
        .subcommand(sub("stream").arg(path("input", "FILE")).args([
            select.clone(),
            ignore.clone(),
            level.clone(),
            language.clone(),
            output_file,
            pack.clone(),
            jobs,
        ]))
        .subcommand(
            sub("explain")
                .arg(Arg::new("rule").value_name("RULE").required(true))
                .args([profile.clone(), pack.clone()]),
        )
        .subcommand(
            sub("rules")
                .subcommand_required(true)
                .subcommand(sub("list").args([profile.clone(), pack.clone()]))
                .subcommand(
                    sub("test").arg(Arg::new("targets").value_name("TARGET").num_args(0..)).arg(pack.clone()),
                ),
        )
        .subcommand(
            sub("config")
                .subcommand_required(true)
                .subcommand(sub("show").args([select, ignore, level, fail_on, profile, language, pack])),
        )
        // For the list of commands: its words are understood before clap sees them.
        .subcommand(sub("help"))
}

fn option(id: &'static str, value: &'static str) -> Arg {
    Arg::new(id).long(id).value_name(value).hide_possible_values(true)
}

fn flag(id: &'static str) -> Arg {
    Arg::new(id).long(id).action(ArgAction::SetTrue)
}

fn level(name: &str) -> Option<Evidence> {
    match name {
        "risk" => Some(Evidence::Risk),
        "review" => Some(Evidence::Review),
        "info" => Some(Evidence::Info),
        _ => None,
    }
}

/// Puts the words of a language into a command and those below it.
fn localized(command: clap::Command, key: &str, phrases: Phrases) -> clap::Command {
    // A key without a phrase is no word: a test keeps that from happening.
    let word = |key: &str| phrases.find(key).unwrap_or_default();
    let template = format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}", word("help.usage"));
    let mut command = command
        .about(word(key))
        .help_template(template)
        .subcommand_help_heading(word("help.commands"))
        .subcommand_value_name("COMMAND")
        .max_term_width(110)
        .term_width(output::width())
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "help.arguments" } else { "help.options" };
            let help = word(&format!("help.arg.{}", arg.get_id().as_str().replace('-', "_")));
            arg.help(help).help_heading(word(heading))
        });
    for sub in command.get_subcommands_mut() {
        let key = format!("{key}.{}", sub.get_name());
        *sub = localized(std::mem::take(sub), &key, phrases);
    }
    command
}

fn cli(matches: &ArgMatches) -> Cli {
    let color = match matches.get_one::<String>("color").map(String::as_str) {
        Some("always") => Color::Always,
        Some("never") => Color::Never,
        _ => Color::Auto,
    };
    let common = Common { ui: matches.get_one("ui").copied(), color, isolated: matches.get_flag("isolated") };
    let (name, sub) = matches.subcommand().expect("clap asks for a command");
    let path = |id: &str| sub.get_one::<PathBuf>(id).cloned();
    let command = match name {
        "check" => Command::Check(Check {
            paths: many(sub, "paths").unwrap_or_default(),
            stdin_path: path("stdin-path"),
            format: sub
                .get_one::<String>("format")
                .and_then(|name| Output::ALL.into_iter().find(|it| it.0 == name))
                .map_or(Output::Text, |it| it.1),
            output_file: path("output-file"),
            jobs: sub.get_one("jobs").copied(),
            no_progress: sub.get_flag("no-progress"),
            quiet: sub.get_flag("quiet"),
            choice: choice(sub),
        }),
        "outline" => Command::Outline(Outline {
            file: path("file").unwrap_or_default(),
            stdin_path: path("stdin-path"),
            choice: choice(sub),
        }),
        "stream" => Command::Stream(Stream {
            input: path("input"),
            output_file: path("output-file"),
            jobs: sub.get_one("jobs").copied(),
            choice: choice(sub),
        }),
        "explain" => Command::Explain(Explain {
            rule: sub.get_one::<String>("rule").cloned().unwrap_or_default(),
            choice: choice(sub),
        }),
        "rules" => {
            let (name, sub) = sub.subcommand().expect("clap asks for a command");
            match name {
                "list" => Command::RulesList(choice(sub)),
                _ => Command::RulesTest(RulesTest {
                    targets: many(sub, "targets").unwrap_or_default(),
                    choice: choice(sub),
                }),
            }
        }
        _ => {
            let (_, sub) = sub.subcommand().expect("clap asks for a command");
            Command::ConfigShow(choice(sub))
        }
    };
    Cli { common, color, command }
}

/// The options of a command that stand over settings; those that the command does not have are not given.
fn choice(matches: &ArgMatches) -> Choice {
    let level = |id: &str| matches.try_get_one::<Option<Evidence>>(id).ok().flatten().copied();
    Choice {
        select: many(matches, "select"),
        ignore: many(matches, "ignore"),
        level: level("level").flatten(),
        fail_on: level("fail-on"),
        profile: matches.try_get_one::<String>("profile").ok().flatten().cloned(),
        lang: matches.try_get_one::<Lang>("lang").ok().flatten().copied(),
        packs: many(matches, "pack"),
    }
}

fn many<T: Clone + Send + Sync + 'static>(matches: &ArgMatches, id: &str) -> Option<Vec<T>> {
    matches.try_get_many::<T>(id).ok().flatten().map(|it| it.cloned().collect())
}

/// The standard input is named `-`.
pub(crate) fn is_stdin(path: &std::path::Path) -> bool {
    path.as_os_str() == OsStr::new("-")
}
