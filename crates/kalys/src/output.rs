//! Where the program writes: the standard output, or a file that appears when it is complete.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use kalys_report::Phrases;

use crate::exit::Stop;

/// Where results go.
pub(crate) enum Sink {
    /// The standard output.
    Standard(BufWriter<io::Stdout>),
    /// A file beside the one that is asked for, which it replaces in the end.
    File {
        /// The file that is written.
        writer: BufWriter<File>,
        /// Its path.
        beside: PathBuf,
        /// The path that is asked for.
        path: PathBuf,
    },
}

impl Sink {
    /// The file, or the standard output.
    pub(crate) fn open(file: Option<&Path>, phrases: Phrases) -> Result<Sink, Stop> {
        let Some(path) = file else {
            return Ok(Sink::Standard(BufWriter::with_capacity(1 << 16, io::stdout())));
        };
        let beside =
            beside(path).ok_or_else(|| failed(path, &io::ErrorKind::IsADirectory.into(), phrases))?;
        if path.is_dir() {
            return Err(failed(path, &io::ErrorKind::IsADirectory.into(), phrases));
        }
        let file = File::create(&beside).map_err(|it| failed(path, &it, phrases))?;
        Ok(Sink::File { writer: BufWriter::new(file), beside, path: path.to_owned() })
    }

    /// Completes the file. A reader of the standard output that went away is no error: it has what it wanted.
    pub(crate) fn close(self, written: io::Result<()>, phrases: Phrases) -> Result<(), Stop> {
        match self {
            Sink::Standard(mut out) => match written.and_then(|()| out.flush()) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                Err(error) => Err(failed(Path::new("-"), &error, phrases)),
                Ok(()) => Ok(()),
            },
            Sink::File { mut writer, beside, path } => {
                let done = written
                    .and_then(|()| writer.flush())
                    .and_then(|()| writer.get_ref().sync_all())
                    .and_then(|()| std::fs::rename(&beside, &path));
                done.map_err(|error| {
                    // What is left of a failed attempt is of no use, and the error above says enough.
                    let _ = std::fs::remove_file(&beside);
                    failed(&path, &error, phrases)
                })
            }
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Standard(out) => out.write(bytes),
            Sink::File { writer, .. } => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::Standard(out) => out.flush(),
            Sink::File { writer, .. } => writer.flush(),
        }
    }
}

/// Writes a text to the standard output.
pub(crate) fn print(text: &str, phrases: Phrases) -> Result<(), Stop> {
    let mut sink = Sink::open(None, phrases)?;
    let written = sink.write_all(text.as_bytes());
    sink.close(written, phrases)
}

/// Writes an error for a person to the standard error.
pub(crate) fn complain(phrases: Phrases, color: bool, message: &str) {
    let label = phrases.text("error.label");
    let label = if color { format!("\x1b[1;31m{label}\x1b[0m") } else { label.to_owned() };
    // Nobody is left to tell when the standard error is closed.
    let _ = writeln!(io::stderr(), "{label}: {message}");
}

/// Writes an error that begins with its place to the standard error.
pub(crate) fn complain_at(message: &str) {
    // Nobody is left to tell when the standard error is closed.
    let _ = writeln!(io::stderr(), "{message}");
}

/// Columns for text: those of the terminal, within what is read with ease.
pub(crate) fn width() -> usize {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    terminal.unwrap_or(100).clamp(40, 110)
}

fn beside(path: &Path) -> Option<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name()?);
    name.push(format!(".{}.tmp", std::process::id()));
    Some(path.with_file_name(name))
}

fn failed(path: &Path, error: &io::Error, phrases: Phrases) -> Stop {
    let path = path.display();
    Stop::wrong(phrases, phrases.fill("error.write", &[("path", &path), ("reason", error)]))
}
