//! `kalys explain`, `kalys rules list`, `kalys rules test`.

use std::fmt::{Display, Write};
use std::io::{self, IsTerminal};
use std::path::Path;

use kalys_model::{RuleCard, RuleId, Span};
use kalys_packs::{Loaded, PackSource, TestFailure, TestOutcome, TestReport, run_tests};
use kalys_project::nearest;
use kalys_report::Named;

use crate::args::{self, Choice, Common};
use crate::exit::{Exit, Outcome, Stop};
use crate::output;
use crate::session::Session;

/// `kalys explain RULE`
pub(crate) fn explain(common: &Common, args: &args::Explain) -> Outcome {
    let session = Session::new(common, &args.choice, &[Path::new("")])?;
    let loaded = session.load()?;
    let catalog = loaded.ruleset.catalog();
    let rule = catalog.rules.iter().position(|it| it.name == args.rule);
    let Some(rule) = rule else { return Err(unknown_rule(&session, &args.rule, &loaded)) };
    let view = session.view(catalog, io::stdout().is_terminal());
    output::print(&kalys_report::rule_card(RuleId(rule as u16), &view), session.phrases)?;
    Ok(Exit::Clean)
}

/// `kalys rules list`
pub(crate) fn list(common: &Common, choice: &Choice) -> Outcome {
    let session = Session::new(common, choice, &[Path::new("")])?;
    let loaded = session.load()?;
    let view = session.view(loaded.ruleset.catalog(), io::stdout().is_terminal());
    output::print(&kalys_report::rule_list(&view), session.phrases)?;
    Ok(Exit::Clean)
}

/// `kalys rules test`
pub(crate) fn test(common: &Common, args: &args::RulesTest) -> Outcome {
    let session = Session::new(common, &args.choice, &[Path::new("")])?;
    let (folders, names): (Vec<&String>, Vec<&String>) =
        args.targets.iter().partition(|it| Path::new(it).is_dir());
    let configured = session.settings.packs.value.iter().cloned();
    let sources = configured.chain(folders.iter().map(|it| it.into())).map(PackSource::Folder);
    let loaded = session.load_from(sources)?;
    let rules = &loaded.ruleset.catalog().rules;
    if let Some(name) = names.iter().find(|name| !rules.iter().any(|it| it.name == ***name)) {
        return Err(unknown_rule(&session, name, &loaded));
    }
    let in_folder = |rule: usize| {
        let file = loaded.place(RuleId(rule as u16)).map_or("", |it| it.0);
        folders.iter().any(|it| {
            let rest = file.strip_prefix(it.trim_end_matches('/'));
            rest.is_some_and(|rest| rest.starts_with('/'))
        })
    };
    let chosen: Vec<&str> = rules
        .iter()
        .enumerate()
        .filter(|(index, card)| args.targets.is_empty() || names.contains(&&card.name) || in_folder(*index))
        .map(|(_, card)| card.name.as_str())
        .collect();
    if chosen.is_empty() {
        session.complain(session.phrases.text("error.no-tests"));
        return Ok(Exit::Unread);
    }
    let report = run_tests(&loaded, |card: &RuleCard| chosen.contains(&card.name.as_str()));
    output::print(&show(&report, &session), session.phrases)?;
    if !report.errors.is_empty() {
        return Err(Stop::placed(
            session.phrases,
            report.errors.iter().map(|it| session.pack_error(it)).collect(),
        ));
    }
    Ok(if report.is_clean() { Exit::Clean } else { Exit::Found })
}

fn unknown_rule(session: &Session, name: &str, loaded: &Loaded) -> Stop {
    let rules = loaded.ruleset.catalog().rules.iter().map(|it| it.name.as_str());
    let message = match nearest(name, rules) {
        Some(near) => {
            session.phrases.fill("error.unknown-rule-nearest", &[("name", &name), ("nearest", &near)])
        }
        None => session.phrases.fill("error.unknown-rule", &[("name", &name)]),
    };
    Stop::wrong(session.phrases, message)
}

fn show(report: &TestReport, session: &Session) -> String {
    let phrases = session.phrases;
    let mut out = String::new();
    for failure in &report.failures {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}:{}: {}", failure.file, failure.line, outcome(&failure.outcome, session));
        for line in marked(failure).lines() {
            let _ = writeln!(out, "    {line}");
        }
        let found = match failure.found.as_slice() {
            [] => phrases.text("test.nothing").to_owned(),
            spans => quoted(failure, spans),
        };
        let _ = writeln!(out, "  {}: {found}\n", phrases.text("test.found"));
    }
    let rules = phrases.fill("count.rules", &[("n", &report.rules)]);
    let ms = report.elapsed.as_millis();
    let n = report.failures.len();
    let total = report.passed + report.todo + n;
    let tests = phrases.fill("count.tests", &[("n", &total)]);
    let args: [(&str, &dyn Display); 4] = [("n", &n), ("tests", &tests), ("rules", &rules), ("ms", &ms)];
    let key = if report.failures.is_empty() { "test.passed" } else { "test.failed" };
    let _ = writeln!(out, "{}", phrases.fill(key, &args));
    if report.todo > 0 {
        let _ = writeln!(out, "{}", phrases.fill("test.todo", &[("n", &report.todo)]));
    }
    out
}

/// What is wrong with the test, in words.
fn outcome(outcome: &TestOutcome, session: &Session) -> String {
    let phrases = session.phrases;
    let (guard, level, severity, words) = match outcome {
        TestOutcome::GuardIdle(guard) => (guard.as_str(), String::new(), String::new(), String::new()),
        TestOutcome::Level(level) => {
            ("", phrases.text(&level.key()).to_owned(), String::new(), String::new())
        }
        TestOutcome::Severity(it) => ("", String::new(), phrases.text(&it.key()).to_owned(), String::new()),
        TestOutcome::Related(words) => ("", String::new(), String::new(), words.join("», «")),
        TestOutcome::Missing | TestOutcome::Noisy | TestOutcome::TodoPasses => Default::default(),
    };
    let key = format!("pack.{}", outcome.code());
    phrases.fill(&key, &[("guard", &guard), ("level", &level), ("severity", &severity), ("words", &words)])
}

/// The text of the test with its marks.
fn marked(failure: &TestFailure) -> String {
    let mut out = String::new();
    let mut at = 0;
    for mark in &failure.marks {
        out.push_str(slice(failure, Span::new(at, mark.start)));
        out.push_str("[[");
        out.push_str(slice(failure, *mark));
        out.push_str("]]");
        at = mark.end;
    }
    out.push_str(slice(failure, Span::new(at, failure.text.len() as u32)));
    out
}

fn quoted(failure: &TestFailure, spans: &[Span]) -> String {
    let words: Vec<String> = spans.iter().map(|it| format!("«{}»", slice(failure, *it))).collect();
    words.join(", ")
}

fn slice(failure: &TestFailure, span: Span) -> &str {
    failure.text.get(span.range()).unwrap_or_default()
}
