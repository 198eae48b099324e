//! Every error of a pack, as its author reads it. Each case spoils a sound pack in one way.

use std::collections::BTreeSet;

use expect_test::{Expect, expect};
use kalys_packs::PackErrorKind;

use crate::common::{Files, LEXICON, RULE};

type Case = (Files, Expect);

fn check(cases: Vec<Case>) {
    for (files, expect) in cases {
        expect.assert_eq(&files.errors().1);
    }
}

/// Errors with tests of their own.
const APART: [PackErrorKind; 3] =
    [PackErrorKind::Unreadable, PackErrorKind::TooManyErrors, PackErrorKind::TooManyFiles];

/// No error is there that nobody has seen.
#[test]
fn every_error_has_a_case() {
    let groups = [
        three(),
        files(),
        yaml(),
        types_and_values(),
        names(),
        phrases_as_they_are_read(),
        phrases_as_they_are_compiled(),
        rules(),
        tests_of_rules(),
    ];
    let mut seen = BTreeSet::from(APART);
    for (files, _) in groups.into_iter().flatten() {
        seen.extend(files.errors().0);
    }
    let unseen: Vec<_> = PackErrorKind::ALL.iter().filter(|it| !seen.contains(it)).collect();
    assert!(unseen.is_empty(), "{unseen:?}");
}

#[test]
fn a_folder_that_is_not_there() {
    let errors = kalys_packs::load(&[kalys_packs::PackSource::Folder("nowhere".into())]).unwrap_err();
    let codes: Vec<_> = errors.iter().map(|it| (it.file.as_str(), it.line, it.code())).collect();
    assert_eq!(codes, [("nowhere", 1, "unreadable")]);
}

#[test]
fn a_list_of_errors_has_an_end() {
    let anchors: String = (0..200).map(|n| format!("a{n}: &a{n} b\n")).collect();
    let errors = Files::sound().write(LEXICON, anchors).errors().1;
    assert_eq!(errors.lines().count(), 101);
    expect!["lexicons/place.yaml:100:6: the file has more errors; mend those above and check again"]
        .assert_eq(errors.lines().last().unwrap_or_default());
}

fn rule(from: &str, to: &str) -> Files {
    Files::sound().edit(RULE, from, to)
}

fn lexicon(from: &str, to: &str) -> Files {
    Files::sound().edit(LEXICON, from, to)
}

fn pack(from: &str, to: &str) -> Files {
    Files::sound().edit("pack.yaml", from, to)
}

fn factors(from: &str, to: &str) -> Files {
    Files::sound().edit("factors.yaml", from, to)
}

/// A second rule beside the first, made of it, and an order of both.
fn two_rules(from: &str, to: &str) -> Files {
    let second = Files::sound().text(RULE).replace("visit.sudden", "visit.second").replacen(from, to, 1);
    let order = "order:\n  - visit.second\n  - visit.sudden\n";
    Files::sound().write("rules/visit.second.yaml", second).write("order.yaml", order)
}

/// A second rule beside the first, over a fact.
fn fact_rule(from: &str, to: &str) -> Files {
    const FACT: &str = "rules/sanction.wide.yaml";
    let order = "order:\n  - sanction.wide\n  - visit.sudden\n";
    let files =
        Files::sound().write(FACT, include_str!("sound/sanction.wide.yaml")).write("order.yaml", order);
    files.edit(FACT, from, to)
}

/// The pattern of the rule written anew.
fn phrase(pattern: &str) -> Files {
    rule("\"$visit:(внезапный посещение) @place\"", &format!("\"{pattern}\""))
}

#[test]
fn a_sound_pack_has_no_error() {
    check(sound());
}

fn sound() -> Vec<Case> {
    vec![(Files::sound(), expect![""])]
}

#[test]
fn an_unknown_key_an_unknown_word_and_a_missing_guard_are_three_errors() {
    check(three());
}

fn three() -> Vec<Case> {
    vec![(
        rule("severity:", "serverity:").edit(RULE, "внезапный посещение", "внезапный посищение").edit(
            RULE,
            "      guard: complaint\n",
            "",
        ),
        expect![[r#"
            rules/visit.sudden.yaml:11:26: no dictionary has the word `посищение`; the nearest are: посинение, посещение, похищение. Correct it, put an exact form into '…', or add a stem under `words` of a lexicon
            rules/visit.sudden.yaml:15:3: no test in `ru` shows that the exception `complaint` is needed; write an `ok` test with `guard: complaint` in which the rule would fire without it
            rules/visit.sudden.yaml:22:1: there is no key `serverity` here; did you mean `severity`?
        "#]],
    )]
}

#[test]
fn errors_of_files() {
    check(files());
}

fn files() -> Vec<Case> {
    vec![
        (
            Files::sound().write("rules/visit.second.yaml", b"rule: \xff".to_vec()),
            expect![[r#"
            rules/visit.second.yaml:1:1: the file is not UTF-8; save it as UTF-8
        "#]],
        ),
        (
            Files::sound().write("rules/visit.second.yaml", "# ".repeat(1 << 21)),
            expect![[r#"
            rules/visit.second.yaml:1:1: the file is larger than 2 MB; split it into several files
        "#]],
        ),
        (
            Files::sound().remove("pack.yaml"),
            expect![[r#"
            the pack:1:1: the pack has no `pack.yaml`; add it
        "#]],
        ),
        (
            two_rules("по жалоба", "по сигнал").remove("order.yaml"),
            expect![[r#"
            the pack:1:1: the pack has no `order.yaml`; add it
            rules/visit.sudden.yaml:1:7: the rule `visit.second` looks for the same; join the two or tell them apart
        "#]],
        ),
        (
            Files::sound().write("rules/more/visit.third.yaml", "rule: visit.third\n"),
            expect![[r#"
            rules/more/visit.third.yaml:1:1: no file of a pack stands here; rules belong in rules/NAME.yaml, word lists in lexicons/NAME.yaml, beside them only pack.yaml, factors.yaml and order.yaml
        "#]],
        ),
        (
            Files::sound().write("rules/visit.third.yml", "rule: visit.third\n"),
            expect![[r#"
            rules/visit.third.yml:1:1: no file of a pack stands here; rules belong in rules/NAME.yaml, word lists in lexicons/NAME.yaml, beside them only pack.yaml, factors.yaml and order.yaml
        "#]],
        ),
        (
            pack(">=0.1", ">=9.0"),
            expect![[r#"
            pack.yaml:6:9: the pack needs kalys >=9.0, this is 0.1.0; update kalys, or change `engine` if the pack works with this version
        "#]],
        ),
        (
            pack(">=0.1", "~9"),
            expect![[r#"
            pack.yaml:6:9: `~9` is no range of versions; write for instance `>=0.1`
        "#]],
        ),
    ]
}

#[test]
fn errors_of_yaml() {
    check(yaml());
}

fn yaml() -> Vec<Case> {
    vec![
        (
            rule("find:\n", "find:\n   x: [\n"),
            expect![[r#"
            rules/visit.sudden.yaml:12:3: this is not YAML: invalid indentation; check indents, colons and quotation marks, and quote texts that begin with @, $, ', < or a bracket
        "#]],
        ),
        (
            rule("level: review", "level: review\n  deeper: 1"),
            expect![[r#"
            rules/visit.sudden.yaml:6:9: this is not YAML: mapping values are not allowed in this context; check indents, colons and quotation marks, and quote texts that begin with @, $, ', < or a bracket
        "#]],
        ),
        (
            Files::sound().write(LEXICON, "# nothing\n"),
            expect![[r#"
            lexicons/place.yaml:1:1: the file is empty; fill it or remove it
        "#]],
        ),
        (
            rule("scope: {not_in: [chapter]}", &format!("scope: {}{}", "[".repeat(40), "]".repeat(40))),
            expect![[r#"
                rules/visit.sudden.yaml:21:39: lists and mappings are nested deeper than 32; flatten them
            "#]],
        ),
        (
            rule("level: review", "level: &level review").edit(RULE, "since: \"1\"", "since: &one 1").edit(
                RULE,
                "base: medium",
                "base: *level",
            ),
            expect![[r#"
                rules/visit.sudden.yaml:3:8: anchors (`&name`) are not allowed; write the value out
                rules/visit.sudden.yaml:5:8: anchors (`&name`) are not allowed; write the value out
                rules/visit.sudden.yaml:23:9: aliases (`*name`) are not allowed; write the value out, or quote the text if it begins with an asterisk
            "#]],
        ),
        (
            rule("level: review", "level: *level"),
            expect![[r#"
            rules/visit.sudden.yaml:5:8: this is not YAML: while parsing node, found unknown anchor; check indents, colons and quotation marks, and quote texts that begin with @, $, ', < or a bracket
        "#]],
        ),
        (
            rule("level: review", "level: !!str review"),
            expect![[r#"
            rules/visit.sudden.yaml:5:8: tags (`!name`) are not allowed; remove it, or quote the text if it begins with an exclamation mark
        "#]],
        ),
        (
            rule("level: review", "<<: {level: review}"),
            expect![[r#"
            rules/visit.sudden.yaml:5:1: merge keys (`<<`) are not allowed; write the keys out
        "#]],
        ),
        (
            rule("tests:", "---\ntests:"),
            expect![[r#"
            rules/visit.sudden.yaml:32:1: a second document begins here; put it into a file of its own
        "#]],
        ),
        (
            rule("level: review", "[level]: review"),
            expect![[r#"
            rules/visit.sudden.yaml:5:1: a key must be a text; quote it if it begins with a bracket
        "#]],
        ),
        (
            rule("level: review", "level: review\nlevel: risk"),
            expect![[r#"
            rules/visit.sudden.yaml:6:1: the key `level` stands already on line 5; keep one of the two
        "#]],
        ),
    ]
}

#[test]
fn errors_of_types_and_values() {
    check(types_and_values());
}

fn types_and_values() -> Vec<Case> {
    vec![
        (
            rule("level: review", "levle: review"),
            expect![[r#"
            rules/visit.sudden.yaml:5:1: there is no key `levle` here; did you mean `level`?
        "#]],
        ),
        (
            rule("since: \"1\"\n", ""),
            expect![[r#"
            rules/visit.sudden.yaml:1:1: the key `since` is missing; add it
        "#]],
        ),
        (
            rule("since: \"1\"", "since: [1]"),
            expect![[r#"
            rules/visit.sudden.yaml:3:8: `since` must be a text; write it on one line or after `|`
        "#]],
        ),
        (
            lexicon("[магазин, склад]", "магазин"),
            expect![[r#"
                lexicons/place.yaml:3:5: `ru` must be a list; write `- …` lines or `[…]`
            "#]],
        ),
        (
            rule("scope: {not_in: [chapter]}", "scope: chapter"),
            expect![[r#"
            rules/visit.sudden.yaml:21:8: `scope` must have keys of its own; write `key: value` lines below it
        "#]],
        ),
        (
            rule("version: 1", "version: \"1\""),
            expect![[r#"
            rules/visit.sudden.yaml:2:10: `version` must be a whole number from 1, without quotation marks
        "#]],
        ),
        (
            pack("stable: true", "stable: yes"),
            expect![[r#"
            pack.yaml:3:9: `stable` must be `true` or `false`, without quotation marks
        "#]],
        ),
        (
            factors("2020-01-31", "31.01.2020"),
            expect![[r#"
            factors.yaml:12:44: `31.01.2020` is no date; write it as YYYY-MM-DD
        "#]],
        ),
        (
            rule("\"Посещение без повода\"", "\"\""),
            expect![[r#"
            rules/visit.sudden.yaml:7:7: the text of `title.ru` is empty; write it or remove the key
        "#]],
        ),
        (
            rule("missing: [grounds]", "missing: []"),
            expect![[r#"
            rules/visit.sudden.yaml:27:10: the list `missing` is empty; add an entry or remove the key
        "#]],
        ),
        (
            rule("level: review", "level: revue"),
            expect![[r#"
            rules/visit.sudden.yaml:5:8: `revue` is not allowed here; did you mean `review`?
        "#]],
        ),
        (
            rule("once_per: sentence", "once_per: day"),
            expect![[r#"
            rules/visit.sudden.yaml:26:32: `day` is not allowed here; allowed: sentence, paragraph, point, part, article, chapter, act
        "#]],
        ),
        (
            rule("in_condition: no", "in_condition: never"),
            expect![[r#"
                rules/visit.sudden.yaml:13:17: `never` is not allowed here; allowed: yes, no
            "#]],
        ),
    ]
}

#[test]
fn errors_of_names() {
    check(names());
}

fn names() -> Vec<Case> {
    vec![
        (
            lexicon("lexicon: place", "lexicon: Place"),
            expect![[r#"
            lexicons/place.yaml:1:10: `Place` cannot be a name here; use lower-case Latin letters, digits, hyphens and underscores
            lexicons/place.yaml:1:10: the name `Place` differs from that of the file, `place`; change one of the two
        "#]],
        ),
        (
            rule("rule: visit.sudden", "rule: visit"),
            expect![[r#"
            rules/visit.sudden.yaml:1:7: `visit` is no name of a rule; write at least two parts with a dot between them, of lower-case Latin letters, digits and hyphens, as in `documents.open-list`
        "#]],
        ),
        (
            rule("rule: visit.sudden", "rule: visit.other"),
            expect![[r#"
            rules/visit.sudden.yaml:1:7: the name `visit.other` differs from that of the file, `visit.sudden`; change one of the two
        "#]],
        ),
        (
            rule("  complaint:", "  zone:").edit(RULE, "guard: complaint", "guard: zone"),
            expect![[r#"
            rules/visit.sudden.yaml:15:3: an exception cannot be called `zone`, since a guard of that name means a part of the rule; choose another name
            rules/visit.sudden.yaml:15:3: no test in `ru` shows that the exception `zone` is needed; write an `ok` test with `guard: zone` in which the rule would fire without it
        "#]],
        ),
        (
            rule("  complaint:", "  Complaint:").edit(RULE, "guard: complaint", "guard: Complaint"),
            expect![[r#"
                rules/visit.sudden.yaml:15:3: `Complaint` cannot be a name here; use lower-case Latin letters, digits, hyphens and underscores
            "#]],
        ),
        (
            rule("scope:", "given:\n  complaint:\n    same: sentence\n    ru: [\"по жалоба\"]\nscope:"),
            expect![[r#"
                rules/visit.sudden.yaml:22:3: the name `complaint` is taken: rules/visit.sudden.yaml:15; choose another
            "#]],
        ),
        (
            factors("discretion/questions", "discretion/visits"),
            expect![[r#"
            factors.yaml:13:10: the name `discretion/visits` is taken: factors.yaml:8; choose another
        "#]],
        ),
        (
            rule("discretion/visits", "discretion/visit"),
            expect![[r#"
            rules/visit.sudden.yaml:4:9: there is no factor `discretion/visit`; did you mean `discretion/visits`?
        "#]],
        ),
        (
            rule("discretion/visits", "burden/documents"),
            expect![[r#"
            rules/visit.sudden.yaml:4:9: there is no factor `burden/documents`; see factors.yaml
        "#]],
        ),
        (
            factors("key: discretion/questions", "key: burden/questions"),
            expect![[r#"
            factors.yaml:13:10: there is no family `burden`; add it to `families`
        "#]],
        ),
        (
            factors("key: discretion/questions", "key: discretoin/questions"),
            expect![[r#"
            factors.yaml:13:10: there is no family `discretoin`; did you mean `discretion`?
        "#]],
        ),
        (
            factors("profile: mine", "profile: theirs"),
            expect![[r#"
            factors.yaml:12:19: there is no profile `theirs`; add it to `profiles`
        "#]],
        ),
        (
            factors("profile: mine", "profile: mein"),
            expect![[r#"
            factors.yaml:12:19: there is no profile `mein`; did you mean `mine`?
        "#]],
        ),
        (
            rule("discretion/visits", "discretion/questions"),
            expect![[r#"
            rules/visit.sudden.yaml:4:9: `discretion/questions` has grade C: it is a question for an expert and never a finding; choose a factor of grade A or B
        "#]],
        ),
        (
            factors("verified: true}", "verified: false}"),
            expect![[r#"
            factors.yaml:12:33: the profile `mine` is verified, its number 1 for this factor is not; compare the number with the official text and set `verified: true`, or set the profile to `verified: false`
        "#]],
        ),
        (
            fact_rule("fact: sanction", "fact: sanctions"),
            expect![[r#"
            rules/sanction.wide.yaml:11:9: there is no fact `sanctions`; did you mean `sanction`?
        "#]],
        ),
        (
            fact_rule("high / low", "high / lowest"),
            expect![[r#"
            rules/sanction.wide.yaml:12:10: there is nothing named `lowest` to ask for; docs/rule-language.md lists what there is
        "#]],
        ),
        (
            rule("count(visit) > 0", "in_anex == yes"),
            expect![[r#"
            rules/visit.sudden.yaml:25:22: there is nothing named `in_anex` to ask for; did you mean `in_annex`?
        "#]],
        ),
        (
            rule("count(visit) > 0", "visits > 0 and act in [grant, refuse]"),
            expect![[r#"
            rules/visit.sudden.yaml:25:22: `refuse` is not allowed here; allowed: grant, deny, stop, extend, relieve, punish, check, allocate, rule, internal, none
            rules/visit.sudden.yaml:25:22: there is nothing named `visits` to ask for; did you mean `visit`?
        "#]],
        ),
    ]
}

#[test]
fn errors_of_phrases_as_they_are_read() {
    check(phrases_as_they_are_read());
}

fn phrases_as_they_are_read() -> Vec<Case> {
    vec![
        (
            phrase("$visit:(внезапный ()) @place"),
            expect![[r#"
            rules/visit.sudden.yaml:11:27: there is nothing here to look for; write a word or remove the bracket
        "#]],
        ),
        (
            phrase("$visit:(внезапный * посещение) @place"),
            expect![[r#"
            rules/visit.sudden.yaml:11:26: `*` begins nothing here; remove it, or put the exact form into '…'
        "#]],
        ),
        (
            phrase("$visit:(внезапный посещение @place"),
            expect![[r#"
            rules/visit.sudden.yaml:11:15: `(` is not closed; add its partner
        "#]],
        ),
        (
            phrase("$visit:(внезапный посещение) @"),
            expect![[r#"
            rules/visit.sudden.yaml:11:38: a name is missing after `$` or `@`; write it, as in `@document` or `$docs:(…)`
        "#]],
        ),
        (
            phrase(&format!("$visit:{}посещение{} @place", "(".repeat(20), ")".repeat(20))),
            expect![[r#"
            rules/visit.sudden.yaml:11:28: groups are nested too deeply; move the inner ones into a lexicon
        "#]],
        ),
        (
            phrase("$visit:(внезапный[nom sgg] посещение) @place"),
            expect![[r#"
            rules/visit.sudden.yaml:11:26: there is no feature `sgg`; did you mean `sg`?
        "#]],
        ),
        (
            phrase("$visit:(внезапный ..50 посещение) @place"),
            expect![[r#"
            rules/visit.sudden.yaml:11:31: a gap needs a number from 1 to 40, as in `..4`
        "#]],
        ),
        (
            phrase("$visit:(внезапный ..5? посещение) @place"),
            expect![[r#"
            rules/visit.sudden.yaml:11:26: a gap is optional as it is; remove the question mark
        "#]],
        ),
        (
            rule("count(visit) > 0", "count(visit) > > 0"),
            expect![[r#"
            rules/visit.sudden.yaml:25:38: `>` is not understood here; write names, numbers, comparisons, `in […]`, `and`, `or`, `not`, `count(…)`
        "#]],
        ),
        (
            rule("count(visit) > 0", "count(visit) >"),
            expect![[r#"
            rules/visit.sudden.yaml:25:37: the expression breaks off; complete it
        "#]],
        ),
        (
            lexicon("магазин", "\"магазин (\""),
            expect![[r#"
            lexicons/place.yaml:3:16: there is nothing here to look for; write a word or remove the bracket
        "#]],
        ),
    ]
}

#[test]
fn errors_of_phrases_as_they_are_compiled() {
    check(phrases_as_they_are_compiled());
}

fn phrases_as_they_are_compiled() -> Vec<Case> {
    vec![
        (
            phrase("$visit:(внезапный посищение) @place"),
            expect![[r#"
            rules/visit.sudden.yaml:11:26: no dictionary has the word `посищение`; the nearest are: посинение, посещение, похищение. Correct it, put an exact form into '…', or add a stem under `words` of a lexicon
        "#]],
        ),
        (
            phrase("$visit:(внезапный щщщщщщщщщщщщщщщ) @place"),
            expect![[r#"
            rules/visit.sudden.yaml:11:26: no dictionary has the word `щщщщщщщщщщщщщщщ`, nor one like it; correct it, put an exact form into '…', or add a stem under `words` of a lexicon
        "#]],
        ),
        (
            phrase("$visit:(внезапный посещение) @place магазин[inf]"),
            expect![[r#"
            rules/visit.sudden.yaml:11:44: `магазин` has no form with [inf]; change the word or the features
        "#]],
        ),
        (
            phrase("$visit:(внезапный посещение) @places"),
            expect![[r#"
            lexicons/place.yaml:1:10: nothing uses the lexicon `place`; name it in a phrase as @place, give it `use`, or remove the file
            rules/visit.sudden.yaml:11:37: there is no lexicon `places`; did you mean `place`?
        "#]],
        ),
        (
            lexicon("[магазин, склад]", "[]\nen: [shop]"),
            expect![[r#"
            rules/visit.sudden.yaml:11:37: the lexicon `place` has no entry in `ru`; add one, or leave it out of this phrase
        "#]],
        ),
        (
            phrase("$visit:(внезапный посещение) @place <moneys>"),
            expect![[r#"
            rules/visit.sudden.yaml:11:44: there is no entity `<moneys>`; did you mean `<money>`?
        "#]],
        ),
        (
            phrase("$visit:(внезапный посещение) @place <money>"),
            expect![[r#"
            rules/visit.sudden.yaml:11:44: there is no entity `<money>`, or no lexicon says how it is written in this language; add a lexicon with `use: entity money`, or take one of: num, percent, date, money, deadline, range, ref, act, term, role:authority, role:person, role:court
        "#]],
        ),
        (
            lexicon("[магазин, склад]", "[\"магазин @place\"]"),
            expect![[r#"
                lexicons/place.yaml:3:15: the lexicon `place` names itself, or lexicons that name lexicons go deeper than six; break the circle, or write the words out
            "#]],
        ),
        (
            phrase("$visit:(посещение?) ..3 @place?"),
            expect![[r#"
            rules/visit.sudden.yaml:11:8: the phrase matches no words at all; make one of its parts obligatory
        "#]],
        ),
        (
            phrase("$visit:(внезапный посещение) 'склад,' @place"),
            expect![[r#"
            rules/visit.sudden.yaml:11:37: the form 'склад,' cannot stand in a text as kalys reads it; write one word of letters or digits between quotation marks
        "#]],
        ),
    ]
}

#[test]
fn errors_of_rules() {
    check(rules());
}

fn rules() -> Vec<Case> {
    vec![
        (
            rule("find:\n", "match: {fact: sanction}\nfind:\n"),
            expect![[r#"
                rules/visit.sudden.yaml:1:1: a rule looks for one thing: phrases (`find`), decisions (`norm`), a safeguard that is not there (`absent`), the parts of a procedure (`frame`) or facts (`match`); write exactly one of the five
            "#]],
        ),
        (
            pack("[ru]", "[ky, ru]"),
            expect![[r#"
            factors.yaml:3:11: `name` lacks the language `ky`; write it, or make the rule a draft (`status: draft`) or the pack unstable (`stable: false`)
            factors.yaml:6:15: `families` lacks the language `ky`; write it, or make the rule a draft (`status: draft`) or the pack unstable (`stable: false`)
            factors.yaml:9:11: `name` lacks the language `ky`; write it, or make the rule a draft (`status: draft`) or the pack unstable (`stable: false`)
            factors.yaml:14:11: `name` lacks the language `ky`; write it, or make the rule a draft (`status: draft`) or the pack unstable (`stable: false`)
            pack.yaml:8:3: `title` lacks the language `ky`; write it, or make the rule a draft (`status: draft`) or the pack unstable (`stable: false`)
            rules/visit.sudden.yaml:7:3: `title` lacks the language `ky`; write it, or make the rule a draft (`status: draft`) or the pack unstable (`stable: false`)
            rules/visit.sudden.yaml:9:3: `why` lacks the language `ky`; write it, or make the rule a draft (`status: draft`) or the pack unstable (`stable: false`)
            rules/visit.sudden.yaml:11:3: `find` lacks the language `ky`; write its patterns (or `[]` under an exception), or set `status: draft`
            rules/visit.sudden.yaml:16:5: `unless.complaint` lacks the language `ky`; write its patterns (or `[]` under an exception), or set `status: draft`
            rules/visit.sudden.yaml:19:5: `unless.school` lacks the language `ky`; write its patterns (or `[]` under an exception), or set `status: draft`
            rules/visit.sudden.yaml:29:3: `message` lacks the language `ky`; write it, or make the rule a draft (`status: draft`) or the pack unstable (`stable: false`)
            rules/visit.sudden.yaml:31:3: `remedy` lacks the language `ky`; write it, or make the rule a draft (`status: draft`) or the pack unstable (`stable: false`)
        "#]],
        ),
        (
            rule("  complaint:\n", "  complaint:\n    en: [complaint]\n").edit(
                RULE,
                "    ru: [\"по жалоба\"]\n",
                "",
            ),
            expect![[r#"
                rules/visit.sudden.yaml:15:3: no test in `en` shows that the exception `complaint` is needed; write an `ok` test with `guard: complaint` in which the rule would fire without it
                rules/visit.sudden.yaml:16:5: `unless.complaint` lacks the language `ru`; write its patterns (or `[]` under an exception), or set `status: draft`
            "#]],
        ),
        (
            phrase("$visit:(внезапный посещение)"),
            expect![[r#"
            lexicons/place.yaml:1:10: nothing uses the lexicon `place`; name it in a phrase as @place, give it `use`, or remove the file
        "#]],
        ),
        (
            rule("«{visit}»", "«{visit»"),
            expect![[r#"
            rules/visit.sudden.yaml:29:31: this brace has no partner; write a capture as a name in braces, and a brace itself doubled
        "#]],
        ),
        (
            rule("«{visit}»", "«{visitor}»"),
            expect![[r#"
            rules/visit.sudden.yaml:29:32: `visitor` stands for nothing in `ru`; use a capture that every pattern of that language has
        "#]],
        ),
        (
            rule("at: $visit", "at: $visitor"),
            expect![[r#"
            rules/visit.sudden.yaml:26:9: `visitor` stands for nothing in `ru`; use a capture that every pattern of that language has
        "#]],
        ),
        (
            fact_rule("at: match", "at: $range"),
            expect![[r#"
            rules/sanction.wide.yaml:14:9: there is no capture `$range`; correct the name, or mark the words in every pattern. A rule over facts has no captures but `match`, the whole of the words
        "#]],
        ),
        (
            fact_rule("«{match}»", "«{range}»"),
            expect![[r#"
            rules/sanction.wide.yaml:17:42: there is no capture `$range`; correct the name, or mark the words in every pattern. A rule over facts has no captures but `match`, the whole of the words
        "#]],
        ),
        (
            phrase("$visit:(внезапный посещение) $where:@place"),
            expect![[r#"
            rules/visit.sudden.yaml:11:37: nothing uses the capture `$where`; use it in report.at, a text, severity or fix, or remove it
        "#]],
        ),
        (
            phrase("$visit:(внезапный посещение) @place <role:authority>").edit(
                LEXICON,
                "lexicon: place\n",
                "lexicon: place\nuse: role authority\n",
            ),
            expect![[r#"
                rules/visit.sudden.yaml:11:37: the phrase names `@place` to prove a role; ask for it with `where: subject`
                rules/visit.sudden.yaml:11:44: the phrase names `<role:authority>` to prove a role; ask for it with `where: subject`
            "#]],
        ),
        (
            two_rules("по жалоба", "по сигнал"),
            expect![[r#"
            rules/visit.sudden.yaml:1:7: the rule `visit.second` looks for the same; join the two or tell them apart
        "#]],
        ),
        (
            rule("scope: {not_in: [chapter]}", "scope: {in: [article]}").edit(
                RULE,
                "once_per: sentence",
                "once_per: act",
            ),
            expect![[r#"
                rules/visit.sudden.yaml:26:32: one finding per `act` is wider than the scope (article); count per unit of the scope or a narrower one
            "#]],
        ),
        (
            rule("    same: sentence\n", ""),
            expect![[r#"
            rules/visit.sudden.yaml:15:3: the exception `complaint` needs exactly one reach; choose one of: overlaps, before, after, same, heading, inside
        "#]],
        ),
        (
            rule("    same: sentence\n", "    same: sentence\n    before: 3 tokens\n"),
            expect![[r#"
            rules/visit.sudden.yaml:15:3: the exception `complaint` needs exactly one reach; choose one of: overlaps, before, after, same, heading, inside
        "#]],
        ),
        (
            rule("    same: sentence\n", "    before: three tokens\n"),
            expect![[r#"
            rules/visit.sudden.yaml:16:13: `three tokens` is no number of tokens; write for instance `4 tokens`
        "#]],
        ),
        (
            rule("    same: sentence\n", "    inside: {zone: normative}\n"),
            expect![[r#"
            rules/visit.sudden.yaml:15:3: the exception `complaint` goes by place, so it has no phrases; remove them or choose another reach
        "#]],
        ),
        (
            rule("    ru: [\"по жалоба\"]\n", "    ru: []\n"),
            expect![[r#"
            rules/visit.sudden.yaml:15:3: the exception `complaint` has no phrase in any language; add one or remove the exception
        "#]],
        ),
        (
            rule("    same: sentence\n", "    same: chapter\n"),
            expect![[r#"
            rules/visit.sudden.yaml:15:3: the exception `complaint` speaks of `chapter`, where the rule does not look; remove the exception, or widen `zone` or `scope`
        "#]],
        ),
        (
            rule("same: sentence\n    ru: [\"по жалоба\"]\n", "inside: {zone: quote}\n"),
            expect![[r#"
            rules/visit.sudden.yaml:15:3: the exception `complaint` speaks of `quote`, where the rule does not look; remove the exception, or widen `zone` or `scope`
        "#]],
        ),
        (
            Files::sound().write("order.yaml", "order: []\n"),
            expect![[r#"
            order.yaml:1:1: the order lacks the rule `visit.sudden`; add it, the more specific ones first
        "#]],
        ),
        (
            Files::sound().write("order.yaml", "order: [visit.sudden, visit.suden]\n"),
            expect![[r#"
            order.yaml:1:23: there is no rule `visit.suden`; did you mean `visit.sudden`?
        "#]],
        ),
        (
            Files::sound().write("order.yaml", "order: [visit.sudden, all.the.others]\n"),
            expect![[r#"
            order.yaml:1:23: there is no rule `all.the.others`; delete the line
        "#]],
        ),
        (
            Files::sound().write("order.yaml", "order: [visit.sudden, visit.sudden]\n"),
            expect![[r#"
            order.yaml:1:23: the name `visit.sudden` is taken: order.yaml:1; choose another
        "#]],
        ),
        (
            lexicon("ru: [магазин, склад]", "ru: [магазин, склад]\nwords: {ky: [\"кара verb\"]}"),
            expect![[r#"
            lexicons/place.yaml:4:14: `кара verb` is no stem; write `stem class`, a verb with a hyphen at its end (`кара- verb`); classes are: noun, verb, adj, adv, pron, num, adp, conj, part, pred
        "#]],
        ),
    ]
}

#[test]
fn errors_of_tests_of_rules() {
    check(tests_of_rules());
}

fn tests_of_rules() -> Vec<Case> {
    vec![
        (
            rule("    - bad: \"Инспекция проводит [[внезапное посещение]] магазина.\"\n", ""),
            expect![[r#"
            rules/visit.sudden.yaml:33:3: there is no `bad` test in `ru`; write one with the words to be found in [[…]]
        "#]],
        ),
        (
            rule("    - bad: \"Инспекция", "    - note: x\n    - bad: \"Инспекция"),
            expect![[r#"
            rules/visit.sudden.yaml:34:7: a test is exactly one of `bad`, `ok` and `todo`; keep one
        "#]],
        ),
        (
            rule("[[внезапное посещение]]", "внезапное посещение"),
            expect![[r#"
            rules/visit.sudden.yaml:34:12: the test marks no words; put those to be found into [[…]]
        "#]],
        ),
        (
            rule("внезапное посещение магазина по жалобе", "[[внезапное посещение]] магазина по жалобе"),
            expect![[r#"
                rules/visit.sudden.yaml:35:11: an `ok` test must find nothing; remove the marks, or make it `bad`
            "#]],
        ),
        (
            rule("[[внезапное посещение]]", "[[внезапное посещение"),
            expect![[r#"
            rules/visit.sudden.yaml:33:3: there is no `bad` test in `ru`; write one with the words to be found in [[…]]
            rules/visit.sudden.yaml:34:32: the marks are not paired or hold nothing; write [[words]]
        "#]],
        ),
        (
            rule("guard: complaint", "guard: compliant"),
            expect![[r#"
            rules/visit.sudden.yaml:15:3: no test in `ru` shows that the exception `complaint` is needed; write an `ok` test with `guard: complaint` in which the rule would fire without it
            rules/visit.sudden.yaml:36:14: the rule has no part named `compliant`; did you mean `complaint`?
        "#]],
        ),
        (
            rule("guard: complaint", "guard: [complaint, weather]"),
            expect![[r#"
            rules/visit.sudden.yaml:36:26: the rule has no part named `weather`; name an exception, `where.PREDICATE`, `zone`, `kind` or `scope`
        "#]],
        ),
        (
            rule(
                "guard: complaint",
                "guard: complaint\n    - bad: \"[[внезапное посещение]] магазина\"\n      guard: complaint",
            ),
            expect![[r#"
                rules/visit.sudden.yaml:38:14: a guard belongs to a test that stays silent; make it `ok` or remove the guard
            "#]],
        ),
        (
            rule("      guard: complaint\n", ""),
            expect![[r#"
            rules/visit.sudden.yaml:15:3: no test in `ru` shows that the exception `complaint` is needed; write an `ok` test with `guard: complaint` in which the rule would fire without it
        "#]],
        ),
        (
            rule("      guard: where.in_condition\n", ""),
            expect![[r#"
                rules/visit.sudden.yaml:13:3: no test shows that `where.in_condition` is needed; write an `ok` test with `guard: where.in_condition` in which the rule would fire without it
            "#]],
        ),
        (
            rule("tests:", "test:"),
            expect![[r#"
            rules/visit.sudden.yaml:1:7: the key `tests` is missing; add it
            rules/visit.sudden.yaml:32:1: there is no key `test` here; did you mean `tests`?
        "#]],
        ),
    ]
}
