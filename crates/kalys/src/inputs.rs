//! Paths to files: walks folders, understands globs, leaves out what is excluded.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, WalkBuilder};
use kalys_formats::Format;
use kalys_project::{Origin, Setting};
use kalys_report::{Failure, Phrases};

use crate::args::is_stdin;
use crate::exit::Stop;
use crate::reading;

/// What paths come to.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// Files to check, in the order of the paths, those of a folder by name; `-` is the standard input.
    pub(crate) files: Vec<PathBuf>,
    /// Files that a walk met and whose names are of no type that kalys reads.
    pub(crate) skipped: usize,
    /// Paths that are not there, and folders that cannot be looked into.
    pub(crate) failures: Vec<Failure>,
}

/// Finds the files. `own` is a file that the run itself writes: it is no input.
pub(crate) fn find(
    paths: &[PathBuf],
    exclude: &Setting<Vec<String>>,
    own: Option<&Path>,
    phrases: Phrases,
) -> Result<Inputs, Stop> {
    let exclude = Exclude::new(exclude, phrases)?;
    let mut finder = Finder {
        inputs: Inputs::default(),
        seen: HashSet::new(),
        exclude,
        own: own.and_then(|it| std::path::absolute(it).ok()),
    };
    for path in paths {
        finder.path(path, phrases)?;
    }
    Ok(finder.inputs)
}

struct Finder {
    inputs: Inputs,
    seen: HashSet<PathBuf>,
    exclude: Option<Exclude>,
    own: Option<PathBuf>,
}

impl Finder {
    fn path(&mut self, path: &Path, phrases: Phrases) -> Result<(), Stop> {
        if path.is_dir() {
            self.walk(path, None);
        } else if is_stdin(path) || path.exists() {
            self.add(path.to_owned());
        } else if let Some((base, glob)) = glob(path) {
            let mut builder = OverrideBuilder::new(&base);
            let overrides = builder.add(&format!("/{glob}")).and_then(|it| it.build());
            let overrides = overrides.map_err(|error| bad_glob(&path.to_string_lossy(), &error, phrases))?;
            if !self.walk(&base, Some(&overrides)) {
                self.fail(path, &std::io::ErrorKind::NotFound.into());
            }
        } else {
            // Whatever the system says of it: most often that it is not there.
            let error = std::fs::metadata(path).err().unwrap_or(std::io::ErrorKind::NotFound.into());
            self.fail(path, &error);
        }
        Ok(())
    }

    /// Takes the files of a folder, or those of them that fit; whether there were any.
    fn walk(&mut self, folder: &Path, only: Option<&Override>) -> bool {
        let mut any = false;
        let exclude = self.exclude.clone();
        let walk = WalkBuilder::new(folder)
            .require_git(false)
            .sort_by_file_name(std::ffi::OsStr::cmp)
            .filter_entry(move |it| {
                it.depth() == 0 || exclude.as_ref().is_none_or(|exclude| !exclude.hits(it))
            })
            .build();
        for entry in walk {
            let entry = match entry {
                Ok(it) => it,
                Err(error) => {
                    let path = place(&error).unwrap_or(folder).to_owned();
                    let error = error.into_io_error().unwrap_or(std::io::ErrorKind::Other.into());
                    self.fail(&path, &error);
                    continue;
                }
            };
            // A link is followed to a file, not to a folder, lest the walk go in a circle.
            if !entry.path().is_file()
                || only.is_some_and(|it| !it.matched(entry.path(), false).is_whitelist())
            {
                continue;
            }
            any = true;
            let path = entry.into_path();
            // `kalys check` without a path walks `.`, and nobody writes `./a.txt`.
            let path = if folder == Path::new(".") {
                path.strip_prefix(".").map(Path::to_owned).unwrap_or(path)
            } else {
                path
            };
            let extension = path.extension().and_then(|it| it.to_str()).map(str::to_ascii_lowercase);
            if extension.is_none_or(|it| !Format::EXTENSIONS.contains(&it.as_str())) {
                self.inputs.skipped += 1;
            } else if self.own.is_none() || std::path::absolute(&path).ok() != self.own {
                self.add(path);
            }
        }
        any
    }

    fn add(&mut self, path: PathBuf) {
        if self.seen.insert(path.clone()) {
            self.inputs.files.push(path);
        }
    }

    fn fail(&mut self, path: &Path, error: &std::io::Error) {
        self.inputs.failures.push(reading::io_failure(path, error));
    }
}

/// Globs of paths that a walk leaves out.
#[derive(Clone, Debug)]
struct Exclude {
    folder: PathBuf,
    globs: Gitignore,
}

impl Exclude {
    fn new(setting: &Setting<Vec<String>>, phrases: Phrases) -> Result<Option<Exclude>, Stop> {
        let folder = match &setting.origin {
            Origin::File { path, .. } => path.parent().unwrap_or(Path::new("")),
            Origin::BuiltIn | Origin::Option => Path::new(""),
        };
        if setting.value.is_empty() {
            return Ok(None);
        }
        // Only what cannot be told of the current folder leaves this relative, and then globs are relative too.
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let mut builder = GitignoreBuilder::new(&folder);
        for glob in &setting.value {
            builder.add_line(None, glob).map_err(|error| bad_glob(glob, &error, phrases))?;
        }
        let globs = builder.build().map_err(|error| bad_glob(&setting.value.join(", "), &error, phrases))?;
        Ok(Some(Exclude { folder, globs }))
    }

    fn hits(&self, entry: &DirEntry) -> bool {
        let is_dir = entry.file_type().is_some_and(|it| it.is_dir());
        let Ok(path) = std::path::absolute(entry.path()) else { return false };
        path.strip_prefix(&self.folder).is_ok_and(|it| self.globs.matched(it, is_dir).is_ignore())
    }
}

/// The folder before the first part of a path with `*`, `?`, `[` or `{`, and the rest.
fn glob(path: &Path) -> Option<(PathBuf, String)> {
    let text = path.to_str()?;
    let special = text.find(['*', '?', '[', '{'])?;
    let (base, glob) = match text[..special].rfind('/') {
        Some(0) => ("/", &text[1..]),
        Some(slash) => (&text[..slash], &text[slash + 1..]),
        None => (".", text),
    };
    let base = PathBuf::from(base);
    base.is_dir().then(|| (base, glob.to_owned()))
}

fn bad_glob(glob: &str, error: &ignore::Error, phrases: Phrases) -> Stop {
    Stop::wrong(phrases, phrases.fill("error.bad-glob", &[("glob", &glob), ("reason", error)]))
}

/// The path that an error of a walk is about.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}
