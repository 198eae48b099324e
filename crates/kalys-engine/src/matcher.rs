//! Runs programs over the tokens of a sentence.
//!
//! Bounded in every way: gaps and programs are short, and a budget stops what would still explode.

use std::cell::Cell;

use crate::ruleset::{LangRules, ListId, Node, Step};
use crate::token::Token;
use crate::words::{Kind, LangWords};

/// Captures of a match: first and one-past-last token, by slot. A slot without match has an empty range.
pub(crate) type Captures = [(u32, u32); MAX_CAPTURES];

/// More captures than any rule needs.
pub(crate) const MAX_CAPTURES: usize = 6;

/// Steps that one try of one program may take.
const BUDGET: u32 = 4_000;

/// A match in tokens, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) captures: Captures,
}

/// The tokens of a unit, looked at before `to`.
pub(crate) struct Matcher<'a> {
    pub(crate) rules: &'a LangRules,
    pub(crate) words: &'a LangWords,
    pub(crate) tokens: &'a [Token],
    /// One past its last token.
    pub(crate) to: usize,
}

type Next<'n> = &'n mut dyn FnMut(usize);

struct State {
    budget: Cell<u32>,
    /// Matches that end here or later are of no interest.
    limit: Cell<usize>,
    captures: [Cell<(u32, u32)>; MAX_CAPTURES],
}

impl State {
    fn new() -> State {
        State { budget: Cell::new(BUDGET), limit: Cell::new(usize::MAX), captures: Default::default() }
    }
}

impl Matcher<'_> {
    /// The shortest match of a program that begins at `at`.
    pub(crate) fn at(&self, program: &[Step], at: usize) -> Option<Hit> {
        let state = State::new();
        let mut best: Option<Hit> = None;
        self.steps(program, at, &state, &mut |end| {
            let better = best.as_ref().is_none_or(|it| (end as u32) < it.last);
            if better && end > at {
                let captures = std::array::from_fn(|slot| state.captures[slot].get());
                best = Some(Hit { first: at as u32, last: end as u32, captures });
                state.limit.set(end);
            }
        });
        best
    }

    /// Where the longest entry of a list that begins at `at` ends.
    pub(crate) fn entry_at(&self, list: ListId, at: usize) -> Option<usize> {
        let state = State::new();
        let mut best = None;
        self.list(list, at, &state, &mut |end| best = best.max(Some(end)));
        best
    }

    fn steps(&self, steps: &[Step], at: usize, state: &State, next: Next<'_>) {
        let Some((step, rest)) = steps.split_first() else { return next(at) };
        if state.budget.get() == 0 || at >= state.limit.get() {
            return;
        }
        state.budget.set(state.budget.get() - 1);
        match &step.node {
            Node::Symbol(symbol) => {
                if at < self.to && self.words.has(self.tokens[at].word, *symbol) {
                    self.steps(rest, at + 1, state, next);
                }
            }
            Node::Gap(n) => {
                for here in at..=at + usize::from(*n) {
                    self.steps(rest, here, state, next);
                    if here >= self.to || self.closes(here) {
                        break;
                    }
                }
                return;
            }
            Node::Either(alternatives) => {
                for it in alternatives {
                    self.steps(it, at, state, &mut |end| self.steps(rest, end, state, next));
                }
            }
            Node::List(list) => {
                self.list(*list, at, state, &mut |end| self.steps(rest, end, state, next));
            }
            Node::Capture(slot, inner) => {
                let cell = state.captures.get(*slot as usize);
                self.steps(inner, at, state, &mut |end| {
                    let before = cell.map(|it| it.replace((at as u32, end as u32)));
                    self.steps(rest, end, state, next);
                    if let (Some(cell), Some(before)) = (cell, before) {
                        cell.set(before);
                    }
                });
            }
        }
        if step.optional {
            self.steps(rest, at, state, next);
        }
    }

    fn list(&self, id: ListId, at: usize, state: &State, next: Next<'_>) {
        if at >= self.to {
            return;
        }
        let list = self.rules.list(id);
        let symbols = self.words.symbols(self.tokens[at].word);
        if list.single.is_some_and(|it| symbols.binary_search(&it).is_ok()) {
            next(at + 1);
        }
        if list.first.is_empty() {
            return;
        }
        for symbol in symbols.iter().filter(|it| list.begins_with(**it)) {
            for entry in list.first.get(symbol).into_iter().flatten() {
                self.steps(&list.entries[*entry as usize], at, state, next);
            }
        }
    }

    /// True for a sign that no gap goes over: it ends a clause.
    fn closes(&self, at: usize) -> bool {
        matches!(self.words.word(self.tokens[at].word).kind, Kind::Sign(';' | ':'))
    }
}
