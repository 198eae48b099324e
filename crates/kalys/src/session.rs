//! What a run works with: settings laid over each other, the program's language, the rules.

use std::path::{Path, PathBuf};

use kalys_engine::Ruleset;
use kalys_model::{Catalog, RuleCard, RuleId};
use kalys_packs::{Loaded, PackError, PackSource};
use kalys_project::{ConfigError, Origin, Setting, Settings, nearest};
use kalys_report::{Phrases, View};

use crate::args::{Choice, Common, ui_of_environment};
use crate::exit::Stop;
use crate::output;
use crate::reading;

/// Settings and words of a run.
#[derive(Debug)]
pub(crate) struct Session {
    /// What is configured, options included.
    pub(crate) settings: Settings,
    /// The program's words.
    pub(crate) phrases: Phrases,
    color: crate::args::Color,
}

impl Session {
    /// Finds and reads the configuration that holds for all of these files and folders.
    pub(crate) fn new(common: &Common, choice: &Choice, paths: &[&Path]) -> Result<Session, Stop> {
        let early = Phrases::new(common.ui.unwrap_or_else(ui_of_environment));
        let mut files = Vec::new();
        if !common.isolated {
            files.extend(kalys_project::user_file(|name| std::env::var_os(name).map(PathBuf::from)));
            files.extend(config_of(paths, early)?);
        }
        let mut settings = kalys_project::load(&files).map_err(|errors| {
            Stop::placed(early, errors.iter().map(|it| config_error(it, early)).collect())
        })?;
        settings.ui.overlay(common.ui.map(Some));
        settings.level.overlay(choice.level);
        settings.fail_on.overlay(choice.fail_on);
        settings.select.overlay(choice.select.clone());
        settings.ignore.overlay(choice.ignore.clone());
        settings.profile.overlay(choice.profile.clone());
        settings.lang.overlay(choice.lang.map(Some));
        settings.packs.overlay(choice.packs.clone());
        let phrases = Phrases::new(settings.ui.value.unwrap_or_else(ui_of_environment));
        Ok(Session { settings, phrases, color: common.color })
    }

    /// The built-in rules and those of the configured packs.
    pub(crate) fn load(&self) -> Result<Loaded, Stop> {
        let folders = self.settings.packs.value.iter().cloned().map(PackSource::Folder);
        self.load_from(folders)
    }

    /// The built-in rules and those of the given packs.
    pub(crate) fn load_from(&self, folders: impl Iterator<Item = PackSource>) -> Result<Loaded, Stop> {
        let sources: Vec<PackSource> = std::iter::once(PackSource::Embedded).chain(folders).collect();
        let loaded = kalys_packs::load(&sources).map_err(|errors| self.broken(&errors))?;
        self.check_profile(loaded.ruleset.catalog())?;
        Ok(loaded)
    }

    /// The rules that are selected.
    pub(crate) fn rules(&self) -> Result<Ruleset, Stop> {
        let Loaded { mut ruleset, .. } = self.load()?;
        let select = self.names(&self.settings.select, ruleset.catalog());
        let ignore = self.names(&self.settings.ignore, ruleset.catalog());
        let (select, ignore) = match (select, ignore) {
            (Ok(select), Ok(ignore)) => (select, ignore),
            (Err(select), Err(ignore)) => return Err(select.join(ignore)),
            (Err(stop), _) | (_, Err(stop)) => return Err(stop),
        };
        let keep = |id: &RuleId| {
            let hit = |list: &[Vec<RuleId>]| list.iter().any(|it| it.contains(id));
            (select.is_empty() || hit(&select)) && !hit(&ignore)
        };
        let n_rules = ruleset.catalog().rules.len();
        if n_rules > 0 && !(0..n_rules).any(|it| keep(&RuleId(it as u16))) {
            return Err(Stop::wrong(self.phrases, self.phrases.text("error.nothing-selected").to_owned()));
        }
        if !(select.is_empty() && ignore.is_empty()) {
            ruleset.retain(|it| keep(&it));
        }
        ruleset.set_floor(self.settings.level.value);
        Ok(ruleset)
    }

    /// How results are shown, to a terminal or to something else.
    pub(crate) fn view<'a>(&'a self, catalog: &'a Catalog, terminal: bool) -> View<'a> {
        View {
            catalog,
            profile: &self.settings.profile.value,
            phrases: self.phrases,
            color: self.color.on(terminal),
            width: output::width(),
        }
    }

    /// An error as the user reads it.
    pub(crate) fn complain(&self, message: &str) {
        output::complain(
            self.phrases,
            self.color.on(std::io::IsTerminal::is_terminal(&std::io::stderr())),
            message,
        );
    }

    /// The rules that each name of a list stands for, or what is wrong with the names.
    fn names(&self, list: &Setting<Vec<String>>, catalog: &Catalog) -> Result<Vec<Vec<RuleId>>, Stop> {
        let mut rules = Vec::new();
        let mut errors: Option<Stop> = None;
        for name in &list.value {
            let name = name.trim();
            let known = catalog.rules.iter().any(|it| covers(name, it, catalog))
                || catalog.factors.iter().any(|it| covers_factor(name, &it.key));
            if known {
                let ids = 0..catalog.rules.len();
                rules.push(
                    ids.filter(|it| covers(name, &catalog.rules[*it], catalog))
                        .map(|it| RuleId(it as u16))
                        .collect(),
                );
                continue;
            }
            let families = catalog.factors.iter().filter_map(|it| it.key.split('/').next());
            let candidates = (catalog.rules.iter().map(|it| it.name.as_str()))
                .chain(catalog.factors.iter().map(|it| it.key.as_str()))
                .chain(families);
            let message = match nearest(name, candidates) {
                Some(near) => {
                    self.phrases.fill("error.unknown-name-nearest", &[("name", &name), ("nearest", &near)])
                }
                None => self.phrases.fill("error.unknown-name", &[("name", &name)]),
            };
            let stop = self.at(&list.origin, message);
            errors = Some(match errors {
                Some(it) => it.join(stop),
                None => stop,
            });
        }
        errors.map_or(Ok(rules), Err)
    }

    fn check_profile(&self, catalog: &Catalog) -> Result<(), Stop> {
        let profile = &self.settings.profile;
        if catalog.profiles.iter().any(|it| it.key == profile.value) {
            return Ok(());
        }
        let keys: Vec<&str> = catalog.profiles.iter().map(|it| it.key.as_str()).collect();
        let message = self
            .phrases
            .fill("error.unknown-profile", &[("name", &profile.value), ("profiles", &keys.join(", "))]);
        Err(self.at(&profile.origin, message))
    }

    /// What is wrong with a setting, with its place when it has one.
    fn at(&self, origin: &Origin, message: String) -> Stop {
        match origin {
            Origin::File { path, line } => {
                Stop::placed(self.phrases, vec![format!("{}:{line}: {message}", near(path))])
            }
            Origin::Option | Origin::BuiltIn => Stop::wrong(self.phrases, message),
        }
    }

    fn broken(&self, errors: &[PackError]) -> Stop {
        let placed = errors.iter().map(|it| self.pack_error(it)).collect();
        Stop::placed(self.phrases, placed).and(self.phrases.fill("error.packs", &[("n", &errors.len())]))
    }

    /// An error in a pack: place, what is wrong, what to do.
    pub(crate) fn pack_error(&self, error: &PackError) -> String {
        let key = format!("pack.{}", error.code());
        let args: Vec<(&str, &str)> = error.args().collect();
        let args: Vec<(&str, &dyn std::fmt::Display)> =
            args.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
        format!("{}:{}:{}: {}", error.file, error.line, error.column, self.phrases.fill(&key, &args))
    }
}

/// Whether a name (of a rule, a factor, or a family with or without its slash) stands for the rule.
fn covers(name: &str, rule: &RuleCard, catalog: &Catalog) -> bool {
    rule.name == name || covers_factor(name, &catalog.factor(rule.factor).key)
}

fn covers_factor(name: &str, key: &str) -> bool {
    key == name
        || key.strip_prefix(name.strip_suffix('/').unwrap_or(name)).is_some_and(|rest| rest.starts_with('/'))
}

/// The one configuration that holds for all paths.
fn config_of(paths: &[&Path], phrases: Phrases) -> Result<Option<PathBuf>, Stop> {
    let mut found: Option<Option<PathBuf>> = None;
    for path in paths {
        let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
        // The folder of `a.txt` is written as nothing.
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let config = kalys_project::find(folder);
        match &found {
            Some(first) if *first != config => {
                let show = |it: &Option<PathBuf>| match it {
                    Some(it) => near(it),
                    None => phrases.text("config.built-in").to_owned(),
                };
                let (first, second) = (show(first), show(&config));
                let message = phrases.fill("error.two-configs", &[("first", &first), ("second", &second)]);
                return Err(Stop::wrong(phrases, message));
            }
            _ => found = Some(config),
        }
    }
    Ok(found.flatten())
}

fn config_error(error: &ConfigError, phrases: Phrases) -> String {
    let args = error.args();
    let args: Vec<(&str, &dyn std::fmt::Display)> =
        args.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
    let message = phrases.fill(&format!("config.{}", error.code()), &args);
    format!("{}:{}: {message}", near(&error.file), error.line)
}

/// A path as it is named from the current folder, when it lies there.
pub(crate) fn near(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let path = here.and_then(|it| path.strip_prefix(it).ok()).unwrap_or(path);
    reading::shown(path)
}
