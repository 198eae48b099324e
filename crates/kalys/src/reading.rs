//! One file to an act, or to a failure that says why not; `kalys outline`.

use std::cell::{Cell, RefCell};
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use kalys_formats::{Format, Limit, MAX_FILE, ReadError};
use kalys_model::{Act, Catalog, Lang};
use kalys_report::{Checked, Failure};

use crate::args::{self, Common, is_stdin};
use crate::exit::{Exit, Outcome};
use crate::output;
use crate::session::Session;

/// A file that was read.
#[derive(Debug)]
pub(crate) struct File {
    /// The path as it is shown.
    pub(crate) path: String,
    /// Its format.
    pub(crate) format: Format,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// The act in it.
    pub(crate) act: Act,
}

impl File {
    /// The file with what was found in it.
    pub(crate) fn checked<'a>(&'a self, findings: &'a [kalys_model::Finding]) -> Checked<'a> {
        Checked { path: &self.path, format: name(self.format), source: &self.bytes, act: &self.act, findings }
    }
}

/// Reads a file; `-` is the standard input, whose text then has the name `stdin_path`.
pub(crate) fn read(path: &Path, stdin_path: Option<&Path>, lang: Option<Lang>) -> Result<File, Failure> {
    let bytes = bytes(path).map_err(|it| it.failure(path))?;
    let named = if is_stdin(path) { stdin_path.unwrap_or(path) } else { path };
    let shown = shown(named);
    let format = Format::detect(&bytes, Some(&shown)).map_err(|it| failure(&shown, &it))?;
    let act = act(&bytes, format, lang).map_err(|it| failure(&shown, &it))?;
    Ok(File { path: shown, format, bytes, act })
}

/// Bytes to an act. The language that was asked for holds where the text does not tell its own.
pub(crate) fn act(bytes: &[u8], format: Format, lang: Option<Lang>) -> Result<Act, ReadError> {
    let mut act = kalys_structure::build(kalys_formats::read(bytes, format)?);
    if let Some(lang) = lang {
        if act.lang == Lang::Other {
            act.lang = lang;
        }
        act.units.iter_mut().filter(|it| it.lang == Lang::Other).for_each(|it| it.lang = lang);
    }
    Ok(act)
}

/// Why an act that was read is not to be checked: nothing is in it, or most of it is in a language that kalys does not know.
pub(crate) fn unfit(act: &Act) -> Option<&'static str> {
    let own = |unit: &kalys_model::Unit| u64::from(unit.body.len() + unit.heading.map_or(0, |it| it.len()));
    let all: u64 = act.units.iter().map(own).sum();
    let foreign: u64 = act.units.iter().filter(|it| it.lang == Lang::Other).map(own).sum();
    match () {
        () if all == 0 => Some("no-text"),
        () if act.lang == Lang::Other || foreign * 2 > all => Some("unknown-language"),
        () => None,
    }
}

/// A failure of a file that the system does not give.
pub(crate) fn io_failure(path: &Path, error: &io::Error) -> Failure {
    let code = match error.kind() {
        io::ErrorKind::NotFound => "not-found",
        io::ErrorKind::PermissionDenied => "not-permitted",
        io::ErrorKind::IsADirectory => "is-folder",
        _ => "io",
    };
    let args = if code == "io" { vec![("reason".to_owned(), error.to_string())] } else { Vec::new() };
    Failure { path: shown(path), code: code.to_owned(), args }
}

/// A failure of a file without further circumstances.
pub(crate) fn plain_failure(path: &Path, code: &str) -> Failure {
    Failure { path: shown(path), code: code.to_owned(), args: Vec::new() }
}

/// Code and circumstances of an error of reading.
pub(crate) fn failure(path: &str, error: &ReadError) -> Failure {
    let args = error.args().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Failure { path: path.to_owned(), code: error.code().to_owned(), args }
}

/// Runs what may hold a mistake of kalys itself. A panic in it becomes what went wrong, and the run goes on.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    GUARDED.set(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    result.map_err(|_| PANIC.take().unwrap_or_default())
}

/// The failure that a panic is.
pub(crate) fn panic_failure(path: &Path, detail: String) -> Failure {
    Failure { path: shown(path), code: "panic".to_owned(), args: vec![("detail".to_owned(), detail)] }
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Lets panics inside [`guarded`] be told as failures of a file instead of being printed.
pub(crate) fn keep_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !GUARDED.get() {
            return usual(info);
        }
        let payload = info.payload();
        let message = payload.downcast_ref::<String>().map(String::as_str);
        let message = message.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or_default();
        let place = info.location().map(|it| format!(" ({}:{})", it.file(), it.line()));
        PANIC.set(Some(format!("{message}{}", place.unwrap_or_default())));
    }));
}

/// `kalys outline`
pub(crate) fn outline(common: &Common, args: &args::Outline) -> Outcome {
    let named = if is_stdin(&args.file) { args.stdin_path.as_deref() } else { Some(args.file.as_path()) };
    let session = Session::new(common, &args.choice, &[named.unwrap_or(Path::new(""))])?;
    let lang = session.settings.lang.value;
    let read = guarded(|| read(&args.file, args.stdin_path.as_deref(), lang))
        .unwrap_or_else(|detail| Err(panic_failure(&args.file, detail)));
    let file = match read {
        Ok(file) => file,
        Err(failure) => {
            session.complain(&format!("{}: {}", failure.path, failure.message(session.phrases)));
            return Ok(Exit::Unread);
        }
    };
    // An outline names no rules: none need be loaded.
    let catalog = Catalog::default();
    let view = session.view(&catalog, io::IsTerminal::is_terminal(&io::stdout()));
    output::print(&kalys_report::outline(&file.checked(&[]), &view), session.phrases)?;
    Ok(Exit::Clean)
}

/// Why bytes could not be had.
enum Missing {
    Io(io::Error),
    Read(ReadError),
}

impl Missing {
    fn failure(&self, path: &Path) -> Failure {
        match self {
            Missing::Io(error) => io_failure(path, error),
            Missing::Read(error) => failure(&shown(path), error),
        }
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Missing> {
    let mut bytes = Vec::new();
    if is_stdin(path) {
        io::stdin().lock().take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(Missing::Io)?;
    } else {
        let file = std::fs::File::open(path).map_err(Missing::Io)?;
        let size = file.metadata().map_err(Missing::Io)?.len();
        // A size of the file system is a hint: a device has none.
        bytes.reserve(usize::try_from(size.min(MAX_FILE)).unwrap_or(0));
        file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(Missing::Io)?;
    }
    if bytes.len() as u64 > MAX_FILE {
        let found = Some(bytes.len() as u64);
        return Err(Missing::Read(ReadError::TooLarge { what: Limit::File, limit: MAX_FILE, found }));
    }
    Ok(bytes)
}

/// A path as it is shown: with `/`, on every system.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// The name of a format.
pub(crate) fn name(format: Format) -> &'static str {
    match format {
        Format::Txt => "txt",
        Format::Markdown => "markdown",
        Format::Html => "html",
        Format::Docx => "docx",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_and_the_thread_goes_on() {
        keep_panics();
        let told = guarded(|| -> u32 { panic!("no such unit") }).unwrap_err();
        assert!(told.starts_with("no such unit ("), "{told}");
        assert!(told.contains("reading.rs:"), "{told}");
        assert_eq!(guarded(|| 7), Ok(7));
    }

    #[test]
    fn a_language_that_was_asked_for_holds_where_the_text_tells_none() {
        let text = "1.\n2.\n";
        let act = act(text.as_bytes(), Format::Txt, Some(Lang::Ky)).expect("it can be read");
        assert_eq!(act.lang, Lang::Ky);
        assert!(act.units.iter().all(|it| it.lang == Lang::Ky));
    }

    #[test]
    fn what_holds_no_words_or_foreign_ones_is_unfit() {
        let unfit = |text: &str| unfit(&act(text.as_bytes(), Format::Txt, None).expect("it can be read"));
        assert_eq!(
            unfit("Уповноважений орган розглядає заяву протягом трьох робочих днів."),
            Some("unknown-language")
        );
        assert_eq!(unfit("Орган рассматривает заявление в течение трёх рабочих дней."), None);
    }
}
