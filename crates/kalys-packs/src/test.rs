//! Runs the tests that stand in rule files: each text becomes an act, its rule is run alone, and the findings are compared
//! with the marks, byte for byte.

use std::time::{Duration, Instant};

use kalys_engine::{Guard, lint_rule};
use kalys_model::{
    Act, Block, BlockKind, Evidence, Finding, Lang, RuleCard, RuleId, Severity, Source, SourceMap, Span, Zone,
};

use crate::case::{Case, Wish};
use crate::error::PackError;
use crate::load::Loaded;

/// What came of running tests.
#[derive(Debug, Default)]
pub struct TestReport {
    /// Tests that did not get what they want, in the order of the rules and their files.
    pub failures: Vec<TestFailure>,
    /// Errors in the tests themselves; with any of them the report is not complete.
    pub errors: Vec<PackError>,
    /// Rules whose tests were run.
    pub rules: usize,
    /// Texts that got what they want.
    pub passed: usize,
    /// Guards that were shown to matter.
    pub guards: usize,
    /// Known gaps that are still gaps.
    pub todo: usize,
    /// How long it took.
    pub elapsed: Duration,
}

impl TestReport {
    /// True when nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.failures.is_empty() && self.errors.is_empty()
    }
}

/// A test that did not get what it wants.
#[derive(Clone, Debug)]
pub struct TestFailure {
    /// The rule.
    pub rule: RuleId,
    /// Its file.
    pub file: String,
    /// Line on which the text begins.
    pub line: u32,
    /// Language of the text.
    pub lang: Lang,
    /// The text, without marks.
    pub text: String,
    /// What the test marks.
    pub marks: Vec<Span>,
    /// What the rule found, sorted; levels below the rule's own tests are left out as in the test.
    pub found: Vec<Span>,
    /// What is wrong.
    pub outcome: TestOutcome,
}

/// What can be wrong with a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestOutcome {
    /// Marked words were not found, or not with these borders.
    Missing,
    /// Words were found that are not marked.
    Noisy,
    /// With this part left out the rule should fire, and does not: the text is silent for another reason.
    GuardIdle(String),
    /// A known gap is closed: make the test a `bad` or an `ok`.
    TodoPasses,
    /// The finding has this level.
    Level(Evidence),
    /// The finding has this severity.
    Severity(Severity),
    /// The related places have these words.
    Related(Vec<String>),
}

impl TestOutcome {
    /// Every code, for a test that each has its phrase.
    pub const CODES: [&'static str; 7] = [
        "test-missing",
        "test-noisy",
        "test-guard-idle",
        "test-todo-passes",
        "test-level",
        "test-severity",
        "test-related",
    ];

    /// The key of its sentence in the phrase files, without `pack.`.
    pub fn code(&self) -> &'static str {
        match self {
            TestOutcome::Missing => "test-missing",
            TestOutcome::Noisy => "test-noisy",
            TestOutcome::GuardIdle(_) => "test-guard-idle",
            TestOutcome::TodoPasses => "test-todo-passes",
            TestOutcome::Level(_) => "test-level",
            TestOutcome::Severity(_) => "test-severity",
            TestOutcome::Related(_) => "test-related",
        }
    }
}

/// Runs the tests of every rule for which `filter` is true.
pub fn run_tests(loaded: &Loaded, filter: impl Fn(&RuleCard) -> bool) -> TestReport {
    let start = Instant::now();
    let mut report = TestReport::default();
    let mut checker = loaded.checker.fork();
    for tests in &loaded.tests {
        let card = loaded.ruleset.catalog().rule(tests.rule);
        if !filter(card) {
            continue;
        }
        report.rules += 1;
        for case in tests.read(&mut checker) {
            let run = Run { loaded, rule: tests.rule, least: card.level.min(Evidence::Review), case: &case };
            run.judge(&mut report, loaded.checker.path(tests.file));
        }
    }
    report.errors = checker.into_errors();
    report.elapsed = start.elapsed();
    report
}

struct Run<'a> {
    loaded: &'a Loaded,
    rule: RuleId,
    /// Findings below this level do not count; a rule that only informs is tested by what it informs of.
    least: Evidence,
    case: &'a Case,
}

impl Run<'_> {
    fn judge(&self, report: &mut TestReport, file: &str) {
        let case = self.case;
        let act = act(case, case.options.zone);
        let findings = self.findings(&act, None);
        let counted: Vec<&Finding> = findings.iter().filter(|it| it.level >= self.least).collect();
        let mut found: Vec<Span> = counted.iter().map(|it| it.span).collect();
        found.sort();
        let mut fail = |outcome: TestOutcome| {
            report.failures.push(TestFailure {
                rule: self.rule,
                file: file.to_owned(),
                line: case.line,
                lang: case.lang,
                text: case.text.clone(),
                marks: case.marks.clone(),
                found: found.clone(),
                outcome,
            });
        };

        let wrong = self.wrong(&act, &counted, &found);
        match (case.wish, wrong) {
            (Wish::Todo, None) => return fail(TestOutcome::TodoPasses),
            (Wish::Todo, Some(_)) => {
                report.todo += 1;
                return;
            }
            (_, Some(outcome)) => return fail(outcome),
            (_, None) => {}
        }
        let idle: Vec<&Guard> = case.guards.iter().filter(|guard| self.is_idle(&act, guard)).collect();
        idle.iter().for_each(|guard| fail(TestOutcome::GuardIdle(name(guard))));
        report.guards += case.guards.len() - idle.len();
        report.passed += usize::from(idle.is_empty());
    }

    /// True when the rule keeps silent without the guard too. A zone that no rule looks at is not even read, so a test
    /// of the zone asks whether the same words are found where norms stand.
    fn is_idle(&self, read: &Act, guard: &Guard) -> bool {
        if *guard == Guard::Zone {
            return self.findings(&act(self.case, Some(Zone::Normative)), None).is_empty();
        }
        self.findings(read, Some(guard)).is_empty()
    }

    fn findings(&self, act: &Act, without: Option<&Guard>) -> Vec<Finding> {
        lint_rule(act, &self.loaded.ruleset, self.rule, without)
    }

    fn wrong(&self, act: &Act, counted: &[&Finding], found: &[Span]) -> Option<TestOutcome> {
        let case = self.case;
        if case.marks.iter().any(|it| !found.contains(it)) {
            return Some(TestOutcome::Missing);
        }
        if found != case.marks {
            return Some(TestOutcome::Noisy);
        }
        let options = &case.options;
        for finding in counted {
            if options.level.is_some_and(|it| it != finding.level) {
                return Some(TestOutcome::Level(finding.level));
            }
            if options.severity.is_some_and(|it| it != finding.severity) {
                return Some(TestOutcome::Severity(finding.severity));
            }
        }
        if let Some(also) = &options.also {
            let mut related: Vec<Span> =
                counted.iter().flat_map(|it| &it.related).map(|it| it.span).collect();
            related.sort();
            let words: Vec<String> = related.into_iter().map(|it| act.slice(it).to_owned()).collect();
            if words != *also {
                return Some(TestOutcome::Related(words));
            }
        }
        None
    }
}

/// A guard as the test names it.
fn name(guard: &Guard) -> String {
    match guard {
        Guard::Exception(name) => name.clone(),
        Guard::Predicate(name) => format!("where.{name}"),
        Guard::Zone => "zone".to_owned(),
        Guard::Kind => "kind".to_owned(),
        Guard::Unit => "scope".to_owned(),
        Guard::Filter => "match".to_owned(),
        Guard::Expect => "expect".to_owned(),
    }
}

/// The act that a test's text is, in the circumstances that the test asks for.
fn act(case: &Case, zone: Option<Zone>) -> Act {
    let text = case.text.clone();
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len() as u32;
        if start < end {
            blocks.push(Block { span: Span::new(start, end), kind: BlockKind::Line });
        }
        start = end + 1;
    }
    let map = SourceMap::identity(&text);
    let mut act = kalys_structure::build(Source { text, blocks, map });
    act.lang = case.lang;
    act.units.iter_mut().for_each(|it| it.lang = case.lang);
    if let Some(zone) = zone {
        act.units.iter_mut().for_each(|it| it.zone = zone);
        act.inlines.clear();
    }
    if let Some(kind) = case.options.kind {
        act.kind = kind;
    }
    act.fragment = !case.options.whole;
    act
}
