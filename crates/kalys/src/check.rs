//! `kalys check`: files to findings.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kalys_engine::{Memo, Ruleset};
use kalys_model::{Evidence, Finding};
use kalys_report::{Failure, Output, Phrases, Summary, View};

use crate::args::{self, Common, is_stdin};
use crate::exit::{Exit, Outcome};
use crate::inputs;
use crate::ordered;
use crate::output::Sink;
use crate::reading;
use crate::session::Session;

/// `kalys check`
pub(crate) fn run(common: &Common, args: &args::Check) -> Outcome {
    let here = [PathBuf::from(".")];
    let paths: &[PathBuf] = if args.paths.is_empty() { &here } else { &args.paths };
    let stdin_path = args.stdin_path.as_deref();
    let named: Vec<&Path> = paths
        .iter()
        .map(|it| if is_stdin(it) { stdin_path.unwrap_or(Path::new("")) } else { it.as_path() })
        .collect();
    let session = Session::new(common, &args.choice, &named)?;
    let rules = session.rules()?;
    let inputs =
        inputs::find(paths, &session.settings.exclude, args.output_file.as_deref(), session.phrases)?;

    let to_terminal = args.output_file.is_none() && io::stdout().is_terminal();
    let view = session.view(rules.catalog(), to_terminal);
    let mut sink = Sink::open(args.output_file.as_deref(), session.phrases)?;
    let mut summary = Summary { skipped: inputs.skipped, failures: inputs.failures, ..Summary::default() };
    let job = Job { session: &session, rules: &rules, view: &view, output: args.format, stdin_path };
    let progress = Progress::new(!args.no_progress && !args.quiet, inputs.files.len(), session.phrases);
    let mut worst = None;
    let written =
        job.check_all(inputs.files, jobs(args.jobs), &mut sink, &mut summary, &mut worst, &progress);
    progress.end();
    summary.failures.sort_by(|a, b| a.path.cmp(&b.path));
    let written =
        written.and_then(|()| kalys_report::end(&mut sink, args.format, &summary, &view, args.quiet));
    sink.close(written, session.phrases)?;

    // A person must learn of failures even when the output is for a program or has no closing words.
    if args.format != Output::Text || args.quiet || args.output_file.is_some() {
        for failure in &summary.failures {
            session.complain(&format!("{}: {}", failure.path, failure.message(session.phrases)));
        }
    }
    if summary.files == 0 && summary.failures.is_empty() {
        session.complain(session.phrases.text("error.nothing-checked"));
        return Ok(Exit::Unread);
    }
    let fails = |worst: Evidence| session.settings.fail_on.value.is_some_and(|least| worst >= least);
    Ok(match () {
        () if !summary.failures.is_empty() => Exit::Unread,
        () if worst.is_some_and(fails) => Exit::Found,
        () => Exit::Clean,
    })
}

/// Acts checked at the same time.
pub(crate) fn jobs(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, |it| it.get()))
}

/// Words of so many bytes of text are remembered before a worker begins anew, so that memory stays bounded.
pub(crate) const MEMO_BYTES: usize = 64 << 20;

/// What a worker keeps from act to act.
#[derive(Default)]
pub(crate) struct Worker {
    memo: Memo,
    bytes: usize,
}

impl Worker {
    /// Lints an act, with the words that this worker has met before.
    pub(crate) fn lint(&mut self, act: &kalys_model::Act, rules: &Ruleset) -> Vec<Finding> {
        self.bytes += act.text.len();
        if self.bytes > MEMO_BYTES {
            *self = Worker { memo: Memo::default(), bytes: act.text.len() };
        }
        kalys_engine::lint_with(act, rules, &mut self.memo)
    }
}

struct Job<'a> {
    session: &'a Session,
    rules: &'a Ruleset,
    view: &'a View<'a>,
    output: Output,
    stdin_path: Option<&'a Path>,
}

/// An act as it is written, with the findings in it.
struct Rendered {
    bytes: Vec<u8>,
    findings: Vec<Finding>,
}

impl Job<'_> {
    fn check_all(
        &self,
        files: Vec<PathBuf>,
        jobs: usize,
        sink: &mut Sink,
        summary: &mut Summary,
        worst: &mut Option<Evidence>,
        progress: &Progress,
    ) -> io::Result<()> {
        kalys_report::begin(sink, self.output, self.view)?;
        let jobs = jobs.min(files.len());
        let mut result = Ok(());
        let work = |worker: &mut Worker, path: PathBuf| self.check(worker, &path);
        ordered::run(files.into_iter(), jobs, jobs * 16, Worker::default, work, |it| {
            progress.step();
            match it {
                Ok(act) => {
                    *worst = act.findings.iter().map(|it| it.level).max().max(*worst);
                    let first = summary.files == 0;
                    summary.add(self.view, &act.findings);
                    result = progress.beside(|| {
                        kalys_report::write_act(sink, self.output, &act.bytes, first)?;
                        // Whoever waits at a terminal sees each act as soon as it is checked.
                        sink.flush()
                    });
                }
                Err(failure) => summary.failures.push(failure),
            }
            if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        result
    }

    fn check(&self, worker: &mut Worker, path: &Path) -> Result<Rendered, Failure> {
        let checked = reading::guarded(|| {
            let file = reading::read(path, self.stdin_path, self.session.settings.lang.value)?;
            if let Some(code) = reading::unfit(&file.act) {
                return Err(reading::plain_failure(Path::new(&file.path), code));
            }
            let mut findings = worker.lint(&file.act, self.rules);
            let least = self.session.settings.level.value;
            findings.retain(|it| it.level >= least);
            let bytes = kalys_report::render(&file.checked(&findings), self.output, self.view);
            Ok(Rendered { bytes, findings })
        });
        checked.unwrap_or_else(|detail| {
            // What a panic left half done must not be used again.
            *worker = Worker::default();
            Err(reading::panic_failure(path, detail))
        })
    }
}

/// A bar on a terminal for a run that takes over a second.
struct Progress {
    bar: Option<ProgressBar>,
    start: Instant,
}

const PATIENCE: Duration = Duration::from_secs(1);

impl Progress {
    fn new(wanted: bool, files: usize, phrases: Phrases) -> Progress {
        let bar = (wanted && files > 1 && io::stderr().is_terminal()).then(|| {
            let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} {eta}")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden())
                .with_style(style)
                .with_message(phrases.text("progress.checking").to_owned())
        });
        Progress { bar, start: Instant::now() }
    }

    fn step(&self) {
        let Some(bar) = &self.bar else { return };
        bar.inc(1);
        if bar.is_hidden() && self.start.elapsed() > PATIENCE {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Writes without the bar in between.
    fn beside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) if !bar.is_hidden() => bar.suspend(write),
            _ => write(),
        }
    }

    fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
