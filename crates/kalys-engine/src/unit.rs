//! The analysis of one unit: its tokens, its sentences, and where phrases of rules match.
//!
//! Everything in it is relative to the unit's own words, so that it can be kept while the rest of the act changes.

use std::cmp::Reverse;

use kalys_model::{Act, Inline, Lang, RuleId, Span, Zone};

use crate::def::Usage;
use crate::matcher::{Captures, Matcher};
use crate::ruleset::Ruleset;
use crate::token::{self, Token};
use crate::words::{Flags, Words};

/// A sentence, or another stretch of one zone: a range of tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sentence {
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) zone: Zone,
}

/// A place where a phrase of a rule matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Match {
    pub(crate) sentence: u32,
    pub(crate) rule: RuleId,
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) pattern: u32,
    pub(crate) captures: Captures,
}

/// The analysis of a unit's own words.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnitAnalysis {
    pub(crate) tokens: Vec<Token>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) matches: Vec<Match>,
}

/// The words that are analysed: a stretch of the act, in one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    /// Bytes of the act.
    pub(crate) span: Span,
    pub(crate) lang: Lang,
    pub(crate) zone: Zone,
}

impl UnitAnalysis {
    /// False when neither a phrase matches nor a fact can stand in it: then nothing can be found in it.
    pub(crate) fn is_of_interest(&self, lang: Lang, words: &Words) -> bool {
        let Some(words) = words.get(lang) else { return false };
        let fact = |it: &Token| words.flags(it.word).has(Flags::FACT);
        !self.matches.is_empty() || self.tokens.iter().any(fact)
    }

    /// Tokens and sentences only.
    pub(crate) fn read(
        act: &Act,
        stretch: Stretch,
        rules: &Ruleset,
        words: &mut Words,
        out: &mut UnitAnalysis,
    ) {
        out.tokens.clear();
        out.sentences.clear();
        out.matches.clear();
        let Some(words) = words.lang(stretch.lang, rules) else { return };
        let text = act.slice(stretch.span);
        let base = stretch.span.start;
        let joins: Vec<Span> = within(&act.joins, stretch.span, |it| *it)
            .iter()
            .map(|it| Span::new(it.start - base, it.end - base))
            .collect();
        let abbreviation = rules.lang(stretch.lang).and_then(|it| it.usage_symbol(Usage::Abbreviation));
        let mut passage = |from: u32, to: u32, zone: Zone, out: &mut UnitAnalysis| {
            if from >= to || !rules.looks_at(zone) {
                return;
            }
            let first = out.tokens.len();
            token::cut(
                text,
                from as usize,
                to as usize,
                &joins,
                stretch.lang,
                act.alphabet,
                words,
                rules,
                &mut out.tokens,
            );
            let UnitAnalysis { tokens, sentences, .. } = out;
            token::sentences(text, tokens, first, words, abbreviation, |from, to| {
                sentences.push(Sentence { from, to, zone });
            });
        };
        let mut at = 0;
        for inline in within(&act.inlines, stretch.span, |it: &Inline| it.span) {
            let inner = Span::new(inline.span.start.max(base) - base, inline.span.end - base);
            passage(at, inner.start, stretch.zone, out);
            passage(inner.start, inner.end, inline.zone, out);
            at = inner.end;
        }
        passage(at, text.len() as u32, stretch.zone, out);
    }

    /// Tokens, sentences and matches.
    pub(crate) fn find(
        act: &Act,
        stretch: Stretch,
        rules: &Ruleset,
        words: &mut Words,
        out: &mut UnitAnalysis,
    ) {
        UnitAnalysis::read(act, stretch, rules, words, out);
        let (Some(table), Some(words)) = (rules.lang(stretch.lang), words.get(stretch.lang)) else { return };
        let UnitAnalysis { tokens, sentences, matches } = out;
        for (number, sentence) in sentences.iter().enumerate() {
            let (from, to) = (sentence.from as usize, sentence.to as usize);
            let matcher = Matcher { rules: table, words, tokens, to };
            let begin = matches.len();
            for at in from..to {
                if !words.flags(tokens[at].word).has(Flags::TRIGGERS) {
                    continue;
                }
                for trigger in words.triggers(tokens[at].word) {
                    let pattern = &table.patterns[trigger.pattern as usize];
                    let lo = at.saturating_sub(trigger.hi as usize).max(from);
                    let hi = (at + 1).saturating_sub(trigger.lo as usize);
                    // Near the beginning of a sentence there may be no room for what stands before the trigger.
                    let starts = tokens.get(lo..hi).unwrap_or_default();
                    for (index, token) in starts.iter().enumerate() {
                        if !words.may_start(token.word, pattern.start) {
                            continue;
                        }
                        let start = lo + index;
                        let Some(hit) = matcher.at(&pattern.program, start) else { continue };
                        matches.push(Match {
                            sentence: number as u32,
                            rule: pattern.rule,
                            first: hit.first,
                            last: hit.last,
                            pattern: trigger.pattern,
                            captures: hit.captures,
                        });
                    }
                }
            }
            if matches.len() > begin + 1 {
                // A phrase matches as little as it can; of several phrases the one that says more is taken.
                matches[begin..].sort_unstable_by_key(|it| (it.rule, it.first, Reverse(it.last), it.pattern));
                let mut kept = begin;
                for index in begin..matches.len() {
                    let it = matches[index];
                    // Of the matches of one rule that overlap, the leftmost stands.
                    let covered = matches[begin..kept]
                        .iter()
                        .any(|other| other.rule == it.rule && other.first < it.last && it.first < other.last);
                    if !covered {
                        matches[kept] = it;
                        kept += 1;
                    }
                }
                matches.truncate(kept);
            }
        }
    }
}

/// The elements of a sorted list that overlap the span.
fn within<T>(all: &[T], span: Span, of: impl Fn(&T) -> Span) -> &[T] {
    let from = all.partition_point(|it| of(it).end <= span.start);
    let to = all.partition_point(|it| of(it).start < span.end);
    &all[from..to.max(from)]
}

/// What the analysis of a stretch depends on, hashed: its words, how they are to be read, and its zones.
pub(crate) fn key(act: &Act, stretch: Stretch) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&[stretch.lang as u8, stretch.zone as u8, act.alphabet as u8]);
    let base = stretch.span.start;
    let mut place = |span: Span, tag: u8| {
        hasher.update(&[tag]);
        hasher.update(&span.start.saturating_sub(base).to_le_bytes());
        hasher.update(&(span.end - base).to_le_bytes());
    };
    within(&act.joins, stretch.span, |it| *it).iter().for_each(|it| place(*it, 0xFF));
    within(&act.inlines, stretch.span, |it: &Inline| it.span)
        .iter()
        .for_each(|it| place(it.span, it.zone as u8));
    hasher.update(act.slice(stretch.span).as_bytes());
    let mut key = [0; 16];
    key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    key
}
