//! What sort of act a text is, by its title, its enacting formula, or how it speaks of itself.

use crate::letters;
use crate::words::{self, ActWord};
use kalys_model::{ActKind, Span};

/// What is known about the sort of an act.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sort {
    /// The kind and the words that say so.
    pub(crate) kind: Option<(ActKind, Span)>,
    /// A code of civil law.
    pub(crate) civil: bool,
    /// An international treaty.
    pub(crate) treaty: bool,
}

/// The sort that a title block tells. Lines are spans of `text`.
pub(crate) fn of_title(text: &str, lines: &[Span]) -> Sort {
    let mut sort = Sort::default();
    let mut by_law = None;
    for line in lines {
        let piece = &text[line.range()];
        let Some((word, at, end)) = named(piece) else { continue };
        let span = Span::new(line.start + at as u32, line.start + end as u32);
        let kind = match word {
            ActWord::Note => ActKind::ExplanatoryNote,
            ActWord::Code => {
                let civil =
                    letters::has_any(piece, &["гражданский кодекс", "жарандык кодекс", "civil code"], 300);
                sort.civil |= civil;
                ActKind::Code
            }
            ActWord::Law => ActKind::Law,
            ActWord::Decree => ActKind::Decree,
            ActWord::Plan => ActKind::Plan,
            ActWord::Treaty => {
                sort.treaty = true;
                continue;
            }
            ActWord::Resolution => author(text, lines, *line).unwrap_or(ActKind::GovernmentAct),
            ActWord::Order => match author(text, lines, *line) {
                Some(ActKind::CouncilResolution) => ActKind::CouncilResolution,
                _ => ActKind::MinistryOrder,
            },
            ActWord::ByLaw => {
                by_law.get_or_insert(span);
                continue;
            }
        };
        sort.kind = Some((kind, span));
        return sort;
    }
    if let Some(span) = by_law {
        let kind = author(text, lines, span).unwrap_or(ActKind::Unknown);
        sort.kind = Some((kind, span));
    }
    sort
}

/// What a title line calls the act that begins with it.
pub(crate) fn named_by(line: &str) -> Option<ActWord> {
    named(line).map(|it| it.0)
}

/// The word for an act that a title line consists of, and its bytes: `ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ`, `… Өкмөтүнүн токтому`.
fn named(line: &str) -> Option<(ActWord, usize, usize)> {
    // Notes in brackets and approvals name other acts.
    if line.len() > 600
        || line.starts_with('(')
        || letters::starts_any(line, &["о ", "об ", "утвержд", "в редакции", "on "])
    {
        return None;
    }
    let packed;
    let spaced = line.chars().filter(|c| *c == ' ').count() * 5 > line.chars().count() * 2;
    let view = if spaced {
        packed = line.replace(' ', "");
        packed.as_str()
    } else {
        line
    };
    for (stem, word) in words::ACT_WORDS {
        let Some(at) = letters::find(view, stem, 600) else { continue };
        let stem_end = at + letters::prefix(&view[at..], stem)?;
        let ending = view[stem_end..].chars().take_while(|c| letters::is_letter(*c)).count();
        let end = stem_end
            + view[stem_end..].find(|c: char| !letters::is_letter(c)).unwrap_or(view.len() - stem_end);
        if ending > 4 {
            continue;
        }
        let n_before = view[..at].split_whitespace().count();
        let after = view[end..].trim_matches(|c: char| !letters::is_word(c) && c != '№');
        let alone = after.is_empty()
            || after.starts_with(['№', 'N'])
            || after.starts_with(|c: char| c.is_ascii_digit())
            || letters::starts_any(after, &["долбоор", "менен"]);
        // Russian and English name the act first, Kyrgyz last.
        let first = n_before <= usize::from(!view[..at].trim_end().ends_with(',')) * 2;
        let case = view[..at].chars().next().is_none_or(char::is_uppercase);
        let fits = match word {
            ActWord::Note => true,
            // «Арбитражный процессуальный кодекс Российской Федерации»
            ActWord::Code if n_before > 0 && !alone => first && case && line.split_whitespace().count() <= 8,
            ActWord::Law if n_before > 0 && !alone => first && case && n_before <= 1,
            _ => alone || (n_before == 0) || (first && case && letters::is_capitals(&view[at..end])),
        };
        if fits {
            return Some(if spaced { (*word, 0, line.len()) } else { (*word, at, end) });
        }
    }
    None
}

/// Who made the act: the first author named in its own title line, else in the others.
fn author(text: &str, lines: &[Span], own: Span) -> Option<ActKind> {
    let own_line = lines.iter().find(|it| it.contains(own)).copied().unwrap_or(own);
    std::iter::once(&own_line).chain(lines).find_map(|line| author_in(&text[line.range()]))
}

fn author_in(line: &str) -> Option<ActKind> {
    words::AUTHORS
        .iter()
        .filter_map(|(stem, kind)| {
            let at = letters::find(line, stem, 600)?;
            // The parliament is no local council.
            let parliament = letters::find(line, "жогорку", 600).is_some_and(|it| it < at && at - it < 20);
            (!parliament || !stem.starts_with("кен") && !stem.starts_with("кең")).then_some((at, *kind))
        })
        .min_by_key(|(at, _)| *at)
        .map(|(_, kind)| kind)
}

/// The kind that an enacting formula at the end of a preamble tells. The author is looked for in the same paragraph.
pub(crate) fn of_formula(text: &str, span: Span) -> Option<(ActKind, Span)> {
    let piece = &text[span.range()];
    let (at, end, kind) = formula(piece)?;
    let kind = match kind {
        Some(kind) => kind,
        None => author_in(&piece[at.saturating_sub(at)..at]).unwrap_or(ActKind::GovernmentAct),
    };
    Some((kind, Span::new(span.start + at as u32, span.start + end as u32)))
}

/// True when a paragraph ends with an enacting formula.
pub(crate) fn is_enacting(paragraph: &str) -> bool {
    formula(paragraph).is_some()
}

fn formula(paragraph: &str) -> Option<(usize, usize, Option<ActKind>)> {
    let trimmed = paragraph.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | ','));
    if trimmed.len() == paragraph.len() && !paragraph.ends_with(':') {
        return None;
    }
    // The formula is the end of the paragraph; with spaced letters it takes some forty characters.
    let mut from = trimmed.len().saturating_sub(90);
    while !trimmed.is_char_boundary(from) {
        from += 1;
    }
    let tail = &trimmed[from..];
    for (words, kind) in words::ENACTING {
        if let Some(at) = letters::find(tail, words, tail.len())
            && letters::word(&tail[at..], words) == Some(tail.len() - at)
        {
            return Some((from + at, trimmed.len(), *kind));
        }
    }
    // Letter-spaced: `Т О К Т О М   К Ы Л А Т`.
    let packed: String = tail.chars().filter(|c| !c.is_whitespace()).map(letters::key).collect();
    for (words, kind) in words::ENACTING {
        let want: String = words.chars().filter(|c| *c != ' ').collect();
        if packed.ends_with(&want) && packed.len() < tail.len() {
            let n_letters = want.chars().count();
            let at = tail
                .char_indices()
                .rev()
                .filter(|(_, c)| !c.is_whitespace())
                .nth(n_letters - 1)
                .map_or(0, |it| it.0);
            return Some((from + at, trimmed.len(), *kind));
        }
    }
    None
}

/// The kind that an act without a title tells when it speaks of itself: `настоящего Кодекса`.
pub(crate) fn of_itself(text: &str) -> Option<(ActKind, Span)> {
    for mark in words::SELF_MARKS {
        // The first few mentions are enough; a text that never names itself is not searched to the end for every one.
        for at in memchr::memmem::find_iter(text.as_bytes(), mark.as_bytes()).take(8) {
            let rest = &text[at..];
            let word_end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let next = word_end + letters::skip_space(&rest[word_end..]);
            for (stem, kind) in words::SELF_WORDS {
                if letters::prefix(&rest[next..], stem).is_some() {
                    let end = rest[next..]
                        .find(|c: char| !letters::is_letter(c))
                        .map_or(rest.len(), |it| next + it);
                    return Some((*kind, Span::new((at + next) as u32, (at + end) as u32)));
                }
            }
        }
    }
    None
}

/// The author named first in these lines.
pub(crate) fn author_of(text: &str, lines: &[Span]) -> Option<ActKind> {
    lines.iter().find_map(|line| author_in(&text[line.range()]))
}
