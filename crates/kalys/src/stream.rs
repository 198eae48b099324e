//! `kalys stream`: records of text to records of findings, one JSON object a line, in order, in bounded memory.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;

use kalys_engine::Ruleset;
use kalys_formats::Format;
use kalys_model::{Evidence, Finding, Lang};
use kalys_report::{Failure, Phrases, StreamFinding, View};
use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::args::{self, Common, is_stdin};
use crate::check::{Worker, jobs};
use crate::exit::{Exit, Outcome, Stop};
use crate::ordered;
use crate::output::Sink;
use crate::reading;
use crate::session::Session;

/// Bytes of the longest line that is read. With [`BATCH`], the number of jobs bounds the memory of a run.
const MAX_LINE: usize = 64 << 20;

/// Bytes of lines that one worker takes at a time.
const BATCH: usize = 256 << 10;

/// `kalys stream`
pub(crate) fn run(common: &Common, args: &args::Stream) -> Outcome {
    let input = args.input.as_deref().filter(|it| !is_stdin(it));
    let session = Session::new(common, &args.choice, &[input.unwrap_or(Path::new(""))])?;
    let rules = session.rules()?;
    let view = session.view(rules.catalog(), false);
    let reader: Box<dyn Read + Send> = match input {
        None => Box::new(io::stdin()),
        Some(path) => Box::new(std::fs::File::open(path).map_err(|error| {
            let failure = reading::io_failure(path, &error);
            Stop::new(
                Exit::Unread,
                session.phrases,
                format!("{}: {}", failure.path, failure.message(session.phrases)),
            )
        })?),
    };
    let job = Job {
        rules: &rules,
        view: &view,
        lang: session.settings.lang.value,
        least: session.settings.level.value,
        phrases: session.phrases,
    };
    let mut sink = Sink::open(args.output_file.as_deref(), session.phrases)?;
    let jobs = jobs(args.jobs);
    let mut written = Ok(());
    let (mut records, mut failed) = (0, false);
    let batches = Batches { reader: BufReader::with_capacity(BATCH, reader), ended: false };
    ordered::run(
        batches,
        jobs,
        jobs * 2,
        Worker::default,
        |worker, it| job.batch(worker, it),
        |it| {
            records += it.records;
            failed |= it.failed;
            if let Some(reason) = &it.broken {
                session.complain(&session.phrases.fill("stream.input", &[("reason", reason)]));
            }
            written = sink.write_all(&it.bytes).and_then(|()| sink.flush());
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    sink.close(written, session.phrases)?;
    if records == 0 && !failed {
        session.complain(session.phrases.text("error.no-records"));
        return Ok(Exit::Unread);
    }
    Ok(if failed { Exit::Unread } else { Exit::Clean })
}

/// Lines that one worker takes.
struct Batch {
    lines: Vec<Line>,
    /// Why the input broke off.
    broken: Option<io::Error>,
}

enum Line {
    Text(Vec<u8>),
    TooLong,
}

/// The input in batches: as many lines as are there without waiting, so that whoever sends one record gets its answer.
struct Batches<R> {
    reader: BufReader<R>,
    ended: bool,
}

impl<R: Read> Iterator for Batches<R> {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        if self.ended {
            return None;
        }
        let mut batch = Batch { lines: Vec::new(), broken: None };
        let mut size = 0;
        loop {
            match self.line() {
                Ok(Some(line)) => {
                    if let Line::Text(text) = &line {
                        size += text.len();
                    }
                    batch.lines.push(line);
                }
                Ok(None) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    batch.broken = Some(error);
                }
            }
            if self.ended || size >= BATCH || memchr(self.reader.buffer()).is_none() {
                break;
            }
        }
        (!batch.lines.is_empty() || batch.broken.is_some()).then_some(batch)
    }
}

fn memchr(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|it| *it == b'\n')
}

impl<R: Read> Batches<R> {
    /// The next line; of one that is too long, only the fact.
    fn line(&mut self) -> io::Result<Option<Line>> {
        let mut text = Vec::new();
        let n = self.reader.by_ref().take(MAX_LINE as u64 + 1).read_until(b'\n', &mut text)?;
        if n == 0 {
            return Ok(None);
        }
        if n <= MAX_LINE || text.ends_with(b"\n") {
            return Ok(Some(Line::Text(text)));
        }
        drop(text);
        self.reader.skip_until(b'\n')?;
        Ok(Some(Line::TooLong))
    }
}

/// Answers to a batch.
struct Answers {
    bytes: Vec<u8>,
    records: usize,
    failed: bool,
    broken: Option<io::Error>,
}

struct Job<'a> {
    rules: &'a Ruleset,
    view: &'a View<'a>,
    lang: Option<Lang>,
    least: Evidence,
    phrases: Phrases,
}

impl Job<'_> {
    fn batch(&self, worker: &mut Worker, batch: Batch) -> Answers {
        let mut answers =
            Answers { bytes: Vec::new(), records: 0, failed: batch.broken.is_some(), broken: batch.broken };
        for line in &batch.lines {
            match line {
                Line::Text(text) if text.trim_ascii().is_empty() => continue,
                Line::Text(text) => self.line(worker, text, &mut answers),
                Line::TooLong => {
                    let message = self.phrases.fill("stream.too-long", &[("limit", &MAX_LINE)]);
                    answers.add(&Answer::error(&[], Trouble { code: "too-long".to_owned(), message }));
                }
            }
            answers.records += 1;
        }
        answers
    }

    fn line(&self, worker: &mut Worker, line: &[u8], answers: &mut Answers) {
        let record: Record = match serde_json::from_slice(line) {
            Ok(it) => it,
            Err(error) => {
                let message = self.phrases.fill("stream.bad-json", &[("reason", &error)]);
                return answers.add(&Answer::error(&[], Trouble { code: "bad-json".to_owned(), message }));
            }
        };
        let done = reading::guarded(|| self.record(worker, &record, answers));
        let trouble = match done {
            Ok(Ok(())) => return,
            Ok(Err(trouble)) => trouble,
            Err(detail) => {
                *worker = Worker::default();
                self.trouble(&reading::panic_failure(Path::new(""), detail))
            }
        };
        answers.add(&Answer::error(&record.keys, trouble));
    }

    fn record(&self, worker: &mut Worker, record: &Record, answers: &mut Answers) -> Result<(), Trouble> {
        let text = record.string("text").flatten().ok_or_else(|| Trouble {
            code: "no-text".to_owned(),
            message: self.phrases.text("stream.no-text").to_owned(),
        })?;
        let lang = self.lang(record)?;
        let format = self.format(record)?;
        let unread = |error| self.trouble(&reading::failure("", &error));
        let act = reading::act(text.as_bytes(), format, lang).map_err(unread)?;
        if let Some(code) = reading::unfit(&act) {
            return Err(self.trouble(&reading::plain_failure(Path::new(""), code)));
        }
        let mut findings: Vec<Finding> = worker.lint(&act, self.rules);
        findings.retain(|it| it.level >= self.least);
        let shown = kalys_report::stream_findings(&act, &text, &findings, self.view).collect();
        answers.add(&Answer { keys: &record.keys, result: Ok((act.lang, shown)) });
        Ok(())
    }

    /// The language that the record or else the run gives.
    fn lang(&self, record: &Record) -> Result<Option<Lang>, Trouble> {
        let Some(value) = record.get("lang") else { return Ok(self.lang) };
        match record.string("lang").flatten().as_deref() {
            Some("und") => Ok(self.lang),
            Some(code) if Lang::from_code(code).is_some() => Ok(Lang::from_code(code)),
            _ if value == "null" => Ok(self.lang),
            _ => Err(self.bad_value("bad-lang", value)),
        }
    }

    fn format(&self, record: &Record) -> Result<Format, Trouble> {
        let Some(value) = record.get("format") else { return Ok(Format::Txt) };
        match record.string("format").flatten().as_deref() {
            Some("txt") => Ok(Format::Txt),
            Some("md" | "markdown") => Ok(Format::Markdown),
            Some("html") => Ok(Format::Html),
            _ if value == "null" => Ok(Format::Txt),
            _ => Err(self.bad_value("bad-format", value)),
        }
    }

    fn bad_value(&self, code: &str, value: &str) -> Trouble {
        Trouble {
            code: code.to_owned(),
            message: self.phrases.fill(&format!("stream.{code}"), &[("value", &value)]),
        }
    }

    fn trouble(&self, failure: &Failure) -> Trouble {
        Trouble { code: failure.code.clone(), message: failure.message(self.phrases) }
    }
}

impl Answers {
    fn add(&mut self, answer: &Answer) {
        self.failed |= answer.result.is_err();
        serde_json::to_writer(&mut self.bytes, answer)
            .expect("memory takes everything, and every key is a text");
        self.bytes.push(b'\n');
    }
}

/// The keys of a record in their order, with their values as they stand in the line.
struct Record<'a> {
    keys: Vec<(String, &'a RawValue)>,
}

impl Record<'_> {
    /// The value of a key, as it stands in the line; of several, the last.
    fn get(&self, key: &str) -> Option<&str> {
        self.keys.iter().rev().find(|it| it.0 == key).map(|it| it.1.get())
    }

    /// The value of a key; the inner `None` is a value that is no text.
    fn string(&self, key: &str) -> Option<Option<String>> {
        self.get(key).map(|it| serde_json::from_str(it).ok())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Record<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Record<'a>, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Record<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Record<'de>, M::Error> {
                let mut keys = Vec::new();
                while let Some(it) = map.next_entry()? {
                    keys.push(it);
                }
                Ok(Record { keys })
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

/// A line of the output: the keys of the record, unread, and what came of its text.
struct Answer<'a> {
    keys: &'a [(String, &'a RawValue)],
    result: Result<(Lang, Vec<StreamFinding<'a>>), Trouble>,
}

/// Why a record could not be checked.
#[derive(Serialize)]
struct Trouble {
    code: String,
    message: String,
}

impl<'a> Answer<'a> {
    fn error(keys: &'a [(String, &'a RawValue)], trouble: Trouble) -> Answer<'a> {
        Answer { keys, result: Err(trouble) }
    }
}

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        // The answer has these of its own, whatever came in under their names.
        let carried =
            self.keys.iter().filter(|it| !["text", "lang", "findings", "error"].contains(&it.0.as_str()));
        for (key, value) in carried {
            map.serialize_entry(key, value)?;
        }
        match &self.result {
            Ok((lang, findings)) => {
                map.serialize_entry("lang", lang.code())?;
                map.serialize_entry("findings", findings)?;
            }
            Err(trouble) => map.serialize_entry("error", trouble)?,
        }
        map.end()
    }
}
