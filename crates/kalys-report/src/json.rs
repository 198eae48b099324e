//! Findings as JSON, our promise to other programs: the shape changes only with [`SCHEMA_VERSION`].
//!
//! Offsets `start` and `end` are Unicode code points of the text that was extracted from the file; `source` says where
//! that is in the file itself.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use kalys_model::{
    Act, Evidence, Finding, FixKind, Grade, Lang, Safeguard, Span, Text, UnitId, UnitKind, Unknown,
};
use serde::{Serialize, Serializer};

use crate::address::{Address, Addresses, in_three};
use crate::names::Named;
use crate::phrases::Phrases;
use crate::place::Points;
use crate::{Checked, Summary, View};

/// Version of the JSON documents.
pub const SCHEMA_VERSION: u32 = 1;

pub(crate) fn begin(out: &mut dyn Write, view: &View) -> io::Result<()> {
    let profile = view.catalog.profiles.iter().find(|it| it.key == view.profile);
    let head = Head {
        schema: SCHEMA_VERSION,
        kalys: env!("CARGO_PKG_VERSION"),
        profile: JsonProfile {
            key: view.profile,
            name: profile.map(|it| Words::of(&it.name)),
            verified: profile.is_some_and(|it| it.verified),
        },
    };
    let head = serde_json::to_string(&head)?;
    // The document is written as it comes: its opening brace stays open until the end.
    writeln!(out, "{},\"acts\":[", head.strip_suffix('}').unwrap_or(&head))
}

pub(crate) fn act(checked: &Checked, view: &View) -> Vec<u8> {
    let writer = Writer::new(checked, view);
    let act = checked.act;
    let json = JsonAct {
        path: checked.path,
        format: checked.format,
        language: act.lang.code(),
        kind: act.kind.code(),
        fragment: act.fragment,
        doubts: act.doubts.len(),
        units: units(act),
        findings: Findings { writer: &writer, list: checked.findings },
    };
    let mut out = Vec::with_capacity(256 + checked.findings.len() * 2048);
    write_into(&mut out, &json);
    out
}

pub(crate) fn lines(checked: &Checked, view: &View) -> Vec<u8> {
    let writer = Writer::new(checked, view);
    let mut out = Vec::with_capacity(checked.findings.len() * 2048);
    for finding in checked.findings {
        write_into(&mut out, &writer.finding(finding, Some(checked.path)));
        out.push(b'\n');
    }
    out
}

pub(crate) fn end(out: &mut dyn Write, summary: &Summary, view: &View) -> io::Result<()> {
    let tail = Tail {
        failures: summary
            .failures
            .iter()
            .map(|it| JsonFailure {
                path: &it.path,
                code: &it.code,
                args: it.args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect(),
                message: Words::from(Lang::KNOWN.map(|lang| Cow::Owned(it.message(Phrases::new(lang))))),
            })
            .collect(),
        summary: JsonSummary {
            files: summary.files,
            skipped: summary.skipped,
            risk: summary.count(Evidence::Risk),
            review: summary.count(Evidence::Review),
            info: summary.count(Evidence::Info),
        },
        for_expert: view
            .catalog
            .factors
            .iter()
            .filter(|it| it.grade >= Grade::C)
            .map(|it| JsonFactor { factor: &it.key, number: view.number(it), name: Words::of(&it.name) })
            .collect(),
    };
    let tail = serde_json::to_string(&tail)?;
    writeln!(out, "\n],{}", tail.strip_prefix('{').unwrap_or(&tail))
}

/// How many units of each kind the act has.
fn units(act: &Act) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for unit in act.units.iter().filter(|it| it.kind != UnitKind::Act) {
        *counts.entry(unit.kind.code()).or_default() += 1;
    }
    counts
}

/// Findings of one record of `kalys stream`: offsets are code points of the record's own text.
pub fn stream_findings<'a>(
    act: &'a Act,
    text: &'a str,
    findings: &'a [Finding],
    view: &'a View<'a>,
) -> impl Iterator<Item = StreamFinding<'a>> + 'a {
    let points = (!findings.is_empty()).then(|| Points::new(text));
    findings.iter().map(move |finding| {
        let range = act.map.source(finding.span, &act.text).bytes;
        let at = |byte| points.as_ref().map_or(0, |it| it.at(byte));
        let lang = view.phrases.lang();
        StreamFinding {
            factor: &view.catalog.factor(finding.factor).key,
            rule: &view.catalog.rule(finding.rule).name,
            level: finding.level.code(),
            severity: finding.severity.code(),
            start: at(range.start),
            end: at(range.end),
            words: act.quote(finding.span),
            message: finding.message.get(lang),
            remedy: finding.remedy.get(lang),
            missing: finding.missing.iter().map(|it| it.code()).collect(),
            searched: finding.searched.iter().map(|it| it.code()).collect(),
            unknown: finding.unknown.iter().map(|it| it.code()).collect(),
            fingerprint: finding.fingerprint.to_string(),
        }
    })
}

/// A finding in a line of `kalys stream`.
#[derive(Debug, Serialize)]
pub struct StreamFinding<'a> {
    factor: &'a str,
    rule: &'a str,
    level: &'static str,
    severity: &'static str,
    start: u32,
    end: u32,
    words: String,
    message: &'a str,
    remedy: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    searched: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unknown: Vec<&'static str>,
    fingerprint: String,
}

#[derive(Serialize)]
struct Head<'a> {
    schema: u32,
    kalys: &'a str,
    profile: JsonProfile<'a>,
}

#[derive(Serialize)]
struct JsonProfile<'a> {
    key: &'a str,
    name: Option<Words<'a>>,
    verified: bool,
}

#[derive(Serialize)]
struct JsonAct<'a> {
    path: &'a str,
    format: &'a str,
    language: &'a str,
    kind: &'a str,
    fragment: bool,
    doubts: usize,
    units: BTreeMap<&'static str, usize>,
    findings: Findings<'a>,
}

/// Findings that are put into their JSON form one at a time.
struct Findings<'a> {
    writer: &'a Writer<'a>,
    list: &'a [Finding],
}

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.list.iter().map(|it| self.writer.finding(it, None)))
    }
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    rule: &'a str,
    factor: &'a str,
    number: String,
    number_verified: bool,
    level: &'static str,
    severity: &'static str,
    address: JsonAddress,
    start: u32,
    end: u32,
    source: JsonSource<'a>,
    words: String,
    clause: JsonClause,
    message: Words<'a>,
    question: Words<'a>,
    remedy: Words<'a>,
    missing: Codes<'a, Safeguard>,
    #[serde(skip_serializing_if = "Codes::is_empty")]
    searched: Codes<'a, UnitKind>,
    unknown: Codes<'a, Unknown>,
    related: Vec<JsonRelated<'a>>,
    fix: Option<JsonFix<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct JsonAddress {
    units: Vec<JsonStep>,
    ky: String,
    ru: String,
    en: String,
}

#[derive(Serialize)]
struct JsonStep {
    kind: &'static str,
    number: String,
}

/// Where the words are in the file; line and column from 1, paragraph and run from 0.
#[derive(Serialize)]
struct JsonSource<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a str>,
    byte_start: u32,
    byte_end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<u32>,
}

#[derive(Serialize)]
struct JsonClause {
    start: u32,
    end: u32,
    text: String,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    start: u32,
    end: u32,
    source: JsonSource<'a>,
    words: String,
    message: Words<'a>,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    kind: &'static str,
    start: u32,
    end: u32,
    replacement: &'a str,
}

#[derive(Serialize)]
struct Tail<'a> {
    failures: Vec<JsonFailure<'a>>,
    summary: JsonSummary,
    for_expert: Vec<JsonFactor<'a>>,
}

#[derive(Serialize)]
struct JsonFailure<'a> {
    path: &'a str,
    code: &'a str,
    args: BTreeMap<&'a str, &'a str>,
    message: Words<'a>,
}

#[derive(Serialize)]
struct JsonSummary {
    files: usize,
    skipped: usize,
    risk: usize,
    review: usize,
    info: usize,
}

#[derive(Serialize)]
struct JsonFactor<'a> {
    factor: &'a str,
    number: String,
    name: Words<'a>,
}

/// A text in the three languages.
#[derive(Serialize)]
struct Words<'a> {
    ky: Cow<'a, str>,
    ru: Cow<'a, str>,
    en: Cow<'a, str>,
}

impl<'a> Words<'a> {
    fn of(text: &'a Text) -> Words<'a> {
        Words::from([&text.ky, &text.ru, &text.en].map(|it| Cow::Borrowed(it.as_str())))
    }

    /// In the order of [`Lang::KNOWN`].
    fn from([ky, ru, en]: [Cow<'a, str>; 3]) -> Words<'a> {
        Words { ky, ru, en }
    }
}

/// Values of a closed set by their codes.
struct Codes<'a, T>(&'a [T]);

impl<T> Codes<'_, T> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Named> Serialize for Codes<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|it| it.code()))
    }
}

struct Writer<'a> {
    checked: &'a Checked<'a>,
    view: &'a View<'a>,
    points: Option<Points<'a>>,
    addresses: Option<Addresses<'a>>,
}

impl<'a> Writer<'a> {
    fn new(checked: &'a Checked<'a>, view: &'a View<'a>) -> Writer<'a> {
        let any = !checked.findings.is_empty();
        Writer {
            checked,
            view,
            points: any.then(|| Points::new(&checked.act.text)),
            addresses: any.then(|| Addresses::new(checked.act)),
        }
    }

    fn finding(&self, finding: &'a Finding, path: Option<&'a str>) -> JsonFinding<'a> {
        let act = self.checked.act;
        let factor = self.view.catalog.factor(finding.factor);
        let clause = finding.clause.join(finding.span);
        JsonFinding {
            path,
            rule: &self.view.catalog.rule(finding.rule).name,
            factor: &factor.key,
            number: self.view.number(factor),
            number_verified: self.view.verified(factor),
            level: finding.level.code(),
            severity: finding.severity.code(),
            address: self.address(finding.unit),
            start: self.point(finding.span.start),
            end: self.point(finding.span.end),
            source: self.source(finding.span),
            words: act.quote(finding.span),
            clause: JsonClause {
                start: self.point(clause.start),
                end: self.point(clause.end),
                text: act.quote(clause),
            },
            message: Words::of(&finding.message),
            question: Words::of(&finding.question),
            remedy: Words::of(&finding.remedy),
            missing: Codes(&finding.missing),
            searched: Codes(&finding.searched),
            unknown: Codes(&finding.unknown),
            related: finding
                .related
                .iter()
                .map(|it| JsonRelated {
                    start: self.point(it.span.start),
                    end: self.point(it.span.end),
                    source: self.source(it.span),
                    words: act.quote(it.span),
                    message: Words::of(&it.message),
                })
                .collect(),
            fix: finding.fix.as_ref().map(|it| JsonFix {
                kind: FixKind::code(it.kind),
                start: self.point(it.span.start),
                end: self.point(it.span.end),
                replacement: &it.replacement,
            }),
            fingerprint: finding.fingerprint.to_string(),
        }
    }

    fn address(&self, unit: UnitId) -> JsonAddress {
        let address = self.addresses.as_ref().map_or_else(Address::default, |it| it.of(unit));
        let [ky, ru, en] = in_three(&address);
        JsonAddress {
            ky,
            ru,
            en,
            units: address
                .0
                .into_iter()
                .map(|it| JsonStep { kind: it.kind.code(), number: it.number })
                .collect(),
        }
    }

    fn point(&self, byte: u32) -> u32 {
        self.points.as_ref().map_or(0, |it| it.at(byte))
    }

    fn source(&self, span: Span) -> JsonSource<'a> {
        let map = &self.checked.act.map;
        let range = map.source(span, &self.checked.act.text);
        let place = map.place(span.start, &self.checked.act.text, self.checked.source);
        JsonSource {
            part: map.parts.get(usize::from(range.part)).map(String::as_str),
            byte_start: range.bytes.start,
            byte_end: range.bytes.end,
            line: place.line,
            column: place.column,
            paragraph: place.paragraph.map(|it| it.0),
            run: place.paragraph.map(|it| it.1),
        }
    }
}

fn write_into<T: Serialize>(out: &mut Vec<u8>, value: &T) {
    serde_json::to_writer(out, value).expect("writing to memory cannot fail and every key is a string");
}

#[cfg(test)]
mod tests;
