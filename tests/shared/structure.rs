//! How real acts are read, against counts that know nothing of kalys.

use std::path::Path;

use kalys_formats::Format;
use kalys_model::{Act, UnitKind};
use kalys_tests::shared;
use libtest_mimic::{Failed, Trial};

use crate::absent;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = codes();
    trials.push(strategy());
    trials
}

/// Every code in plain text: its articles are the lines that begin with the word and a number that a point follows.
fn codes() -> Vec<Trial> {
    let folder = match shared("acts/ru_kg/codes_txt") {
        Ok(folder) => folder,
        Err(reason) => return vec![absent("structure::codes", reason)],
    };
    let mut files: Vec<_> = match std::fs::read_dir(&folder) {
        Ok(entries) => entries.filter_map(Result::ok).map(|it| it.path()).collect(),
        Err(error) => return vec![absent("structure::codes", format!("{}: {error}", folder.display()))],
    };
    files.sort();
    let test = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Trial::test(format!("structure::articles of {name}"), move || articles(&path))
    };
    files.into_iter().map(test).collect()
}

fn articles(path: &Path) -> Result<(), Failed> {
    let text = std::fs::read_to_string(path)?;
    let act = read(path)?;
    let line_of = |at: usize| text[..at].bytes().filter(|it| *it == b'\n').count() + 1;
    let wanted: Vec<usize> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| is_article_heading(line))
        .map(|(index, _)| index + 1)
        .collect();
    let articles = act.units.iter().filter(|it| it.kind == UnitKind::Article);
    let found: Vec<usize> = articles.map(|it| line_of(it.span.start as usize)).collect();
    let missing: Vec<_> = wanted.iter().filter(|it| !found.contains(it)).collect();
    let invented: Vec<_> = found.iter().filter(|it| !wanted.contains(it)).collect();
    if wanted.len() < 20 || !missing.is_empty() || !invented.is_empty() || found.len() != wanted.len() {
        let counts = format!("{} articles by count, {} found", wanted.len(), found.len());
        return Err(
            format!("{counts}; not found, lines {missing:?}; not in the text, lines {invented:?}").into()
        );
    }
    Ok(())
}

/// «Статья 5.», «Статья 5-1.»: the word, a number, a point or the end of the line.
fn is_article_heading(line: &str) -> bool {
    let line = line.trim();
    let Some(rest) = line.strip_prefix("Статья").or_else(|| line.strip_prefix("СТАТЬЯ")) else {
        return false;
    };
    let rest = rest.trim_start();
    let number: String =
        rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '¹' | '²' | '³' | '.')).collect();
    let ends = number.ends_with('.') || rest.len() == number.len();
    number.starts_with(|c: char| c.is_ascii_digit()) && ends
}

/// The decree and the strategy that it approves: seven points, then an annex with eight chapters.
fn strategy() -> Trial {
    let name = "structure::the strategy of 2012";
    let path = match shared("acts/ky_legal/kg_anticorruption_strategy_2012.txt") {
        Ok(path) => path,
        Err(reason) => return absent(name, reason),
    };
    Trial::test(name, move || {
        let act = read(&path)?;
        let numbers = |kind: UnitKind, inside: UnitKind| -> Vec<String> {
            let here = act.units.iter().filter(|it| it.kind == kind);
            let here = here.filter(|it| it.parent.is_some_and(|parent| act.unit(parent).kind == inside));
            here.map(|it| it.number.as_ref().map_or(String::new(), ToString::to_string)).collect()
        };
        let points = numbers(UnitKind::Point, UnitKind::Act);
        let chapters = numbers(UnitKind::Chapter, UnitKind::Annex);
        let annexes = numbers(UnitKind::Annex, UnitKind::Act);
        let wanted = |n: u32| (1..=n).map(|it| it.to_string()).collect::<Vec<_>>();
        if points != wanted(7) || chapters != wanted(8) || annexes.len() != 1 {
            return Err(format!("points {points:?}, annexes {annexes:?}, chapters {chapters:?}").into());
        }
        // A sentence that runs over a page break is one paragraph.
        let words =
            act.units.iter().map(|it| act.quote(it.body)).find(|it| it.contains("демилге кылуу укугун"));
        match words {
            Some(words) if words.contains("ченемдик-укуктук актыларын кабыл алуунун") => {
                Ok(())
            }
            other => Err(format!("the sentence over the page break is read as {other:?}").into()),
        }
    })
}

fn read(path: &Path) -> Result<Act, Failed> {
    let source = kalys_formats::read(&std::fs::read(path)?, Format::Txt).map_err(|it| format!("{it:?}"))?;
    Ok(kalys_structure::build(source))
}
