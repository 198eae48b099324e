//! Rules compiled: words to symbols, phrases to programs, one trigger index for all of them.
//!
//! A *symbol* is a test on one token (a form of these lexemes with these features, an exact form, a number, a one-word
//! entry of a lexicon). A distinct word is tested against all symbols once. A *program* is a phrase over symbols. Every
//! program is entered in the index under its rarest obligatory symbol, so that the cost of a text grows with hits, not
//! with rules.

use std::sync::atomic::{AtomicU64, Ordering};

use kalys_model::{Catalog, FactorId, FixKind, Lang, RuleId, Severity, Text, UnitKind};
use kalys_model::{Evidence, Safeguard};
use kalys_morph::{Features, LexemeId, Morphology, Reading};
use rustc_hash::FxHashMap;

use crate::def::{
    Conditions, Origin, PackDef, PerLang, PhraseDef, Reach, Role, RuleDef, RuleKind, Scope, Usage,
};
use crate::expr::Expr;
use crate::phrase::{Atom, Item, Phrase};
use crate::words::Kind;

/// A test on one token; see the module's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Symbol(pub(crate) u32);

/// A pattern that may stand around a token: it begins between `lo` and `hi` tokens before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trigger {
    pub(crate) pattern: u32,
    pub(crate) lo: u8,
    pub(crate) hi: u8,
}

/// A step of a program.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) node: Node,
    pub(crate) optional: bool,
}

/// What a step asks for.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    Symbol(Symbol),
    Gap(u8),
    Either(Box<[Box<[Step]>]>),
    List(ListId),
    Capture(u8, Box<[Step]>),
}

/// Index into [`LangRules::lists`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ListId(pub(crate) u32);

/// A lexicon, an entity or a set of lexicons of one usage, with the features that its heads must have.
#[derive(Debug, Default)]
pub(crate) struct List {
    /// Satisfied by every entry of one word.
    pub(crate) single: Option<Symbol>,
    /// Entries of several words; the head of each stands at this item.
    pub(crate) entries: Vec<Box<[Step]>>,
    /// Symbols with which entries of several words begin.
    pub(crate) first: FxHashMap<Symbol, Vec<u32>>,
    /// The keys of `first`, as bits: most symbols of a word begin nothing here.
    first_bits: Vec<u64>,
    cost: u32,
    least: u32,
    most: u32,
}

/// Number of a phrase (a pattern's or a context's) within its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ContextId(pub(crate) u32);

/// A phrase of a context (`unless`, `given`).
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) id: ContextId,
    pub(crate) program: Box<[Step]>,
}

/// A phrase of a rule.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) rule: RuleId,
    /// Where the words say which patterns can begin with them.
    pub(crate) start: ContextId,
    pub(crate) program: Box<[Step]>,
    pub(crate) captures: Vec<String>,
}

/// The rules in one language.
#[derive(Debug, Default)]
pub(crate) struct LangRules {
    by_lexeme: FxHashMap<LexemeId, Vec<(Features, Symbol)>>,
    by_form: FxHashMap<Box<str>, Vec<Symbol>>,
    by_features: Vec<(Features, Symbol)>,
    number: Option<Symbol>,
    triggers: Vec<Vec<Trigger>>,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) lists: Vec<List>,
    /// By [`Usage::index`].
    usages: Vec<Option<ListId>>,
    /// For each symbol the usages, as bits, whose entries can begin with it.
    masks: Vec<u64>,
    /// Phrases of the contexts (`unless`, `given`) of each rule, in order.
    pub(crate) exceptions: Vec<Vec<Vec<Context>>>,
    /// Phrases of the slots (`absent`, `frame`) of each rule, in order.
    pub(crate) slots: Vec<Vec<Vec<Context>>>,
    /// Usages with which a fact that some rule asks for can begin, as bits.
    pub(crate) fact_begins: u64,
    /// For each symbol the contexts whose phrases can begin with it.
    starts: Vec<Vec<ContextId>>,
}

impl List {
    /// True when an entry of several words begins with the symbol.
    pub(crate) fn begins_with(&self, symbol: Symbol) -> bool {
        let place = symbol.0 as usize;
        self.first_bits.get(place / 64).is_some_and(|it| it & 1 << (place % 64) != 0)
    }
}

impl LangRules {
    pub(crate) fn list(&self, id: ListId) -> &List {
        &self.lists[id.0 as usize]
    }

    /// The list of everything with this usage, if the packs have any.
    pub(crate) fn usage(&self, usage: Usage) -> Option<ListId> {
        self.usage_at(usage.index())
    }

    /// As [`usage`](LangRules::usage), by [`Usage::index`].
    pub(crate) fn usage_at(&self, index: usize) -> Option<ListId> {
        self.usages.get(index).copied().flatten()
    }

    /// The usages, as bits, whose entries can begin with a word that satisfies these symbols.
    pub(crate) fn begins(&self, symbols: &[Symbol]) -> u64 {
        symbols.iter().fold(0, |acc, it| acc | self.masks.get(it.0 as usize).copied().unwrap_or(0))
    }

    /// The symbol of the one-word entries with this usage.
    pub(crate) fn usage_symbol(&self, usage: Usage) -> Option<Symbol> {
        self.usage(usage).and_then(|it| self.list(it).single)
    }

    pub(crate) fn starts_of(&self, symbol: Symbol) -> &[ContextId] {
        self.starts.get(symbol.0 as usize).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn triggers_of(&self, symbol: Symbol) -> &[Trigger] {
        self.triggers.get(symbol.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Appends the symbols that a word satisfies, perhaps with repetitions.
    pub(crate) fn symbols_of(&self, folded: &str, kind: Kind, readings: &[Reading], out: &mut Vec<Symbol>) {
        for reading in readings {
            if let Some(symbols) = self.by_lexeme.get(&reading.lexeme) {
                out.extend(
                    symbols.iter().filter(|(f, _)| reading.features.has(*f)).map(|(_, symbol)| *symbol),
                );
            }
            let held = self.by_features.iter().filter(|(f, _)| reading.features.has(*f));
            out.extend(held.map(|(_, symbol)| *symbol));
        }
        if let Some(symbols) = self.by_form.get(folded) {
            out.extend_from_slice(symbols);
        }
        if kind == Kind::Number {
            out.extend(self.number);
        }
    }
}

/// A rule without its phrases.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) factor: FactorId,
    pub(crate) level: Evidence,
    pub(crate) fact: Option<(usize, Option<Expr>)>,
    pub(crate) conditions: Conditions,
    /// Name, reach, and whether the phrases must stand there (`given`) or must not.
    pub(crate) exceptions: Vec<(String, Reach, bool)>,
    pub(crate) absence: Option<Absence>,
    pub(crate) scope: Scope,
    pub(crate) severity: (Severity, Vec<(Severity, Expr)>),
    pub(crate) at: Option<String>,
    pub(crate) once_per: Option<UnitKind>,
    pub(crate) missing: Vec<Safeguard>,
    pub(crate) message: Text,
    pub(crate) question: Text,
    pub(crate) remedy: Text,
    pub(crate) fixes: Vec<(FixKind, Option<String>, Text)>,
    /// Place in the order of precedence, the more specific first.
    pub(crate) rank: u16,
    pub(crate) on: bool,
}

/// What must stand around the words of a rule; its phrases are in [`LangRules::slots`].
#[derive(Debug)]
pub(crate) struct Absence {
    /// Names of the slots for readers.
    pub(crate) titles: Vec<Text>,
    pub(crate) look_in: Vec<UnitKind>,
    pub(crate) when: Option<Expr>,
}

/// Rules ready to run, with everything that [`lint`](crate::lint) needs beside the act: the morphology and the catalog.
#[derive(Debug)]
pub struct Ruleset {
    id: u64,
    morphology: Morphology,
    catalog: Catalog,
    languages: [LangRules; 3],
    pub(crate) rules: Vec<Rule>,
    /// Zones that some rule looks at, as bits.
    zones: u32,
    floor: Evidence,
}

/// What is wrong with a definition, found when it is compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Where.
    pub origin: Origin,
    /// Byte offset in the phrase.
    pub at: u32,
    /// What.
    pub kind: FlawKind,
}

/// What can be wrong with a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlawKind {
    /// No dictionary has this word; the nearest words that it has.
    UnknownWord {
        /// Language of the phrase.
        lang: Lang,
        /// The word.
        word: String,
        /// Up to three words that look like it.
        nearest: Vec<String>,
    },
    /// The word has no reading with these features.
    ImpossibleFeatures {
        /// The word.
        word: String,
        /// The features, as written.
        features: String,
    },
    /// There is no lexicon of this name.
    UnknownList(String),
    /// The lexicon has no entry in this language.
    EmptyList {
        /// Its name.
        name: String,
        /// The language.
        lang: Lang,
    },
    /// There is no entity of this name, or no lexicon defines it in this language.
    UnknownEntity(String),
    /// Lexicons name each other in a circle, or too deeply.
    Circular(String),
    /// The phrase can match nothing: it is made of gaps and optional items only.
    MatchesEmpty,
    /// The exact form can never stand in a text: folding changes it.
    ImpossibleLiteral(String),
    /// A capture is named that the patterns of this language do not have.
    UnknownCapture(String),
    /// There is no fact of this name.
    UnknownFact(String),
}

impl Ruleset {
    /// Compiles definitions. Every flaw is reported at once.
    pub fn compile(def: &PackDef, morphology: Morphology, catalog: Catalog) -> Result<Ruleset, Vec<Flaw>> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let mut flaws = Vec::new();
        let rank: FxHashMap<&str, u16> =
            def.order.iter().enumerate().map(|(index, name)| (name.as_str(), index as u16)).collect();
        let mut rules = Vec::with_capacity(def.rules.len());
        for rule in &def.rules {
            let rank = rank.get(rule.name.as_str()).copied().unwrap_or(u16::MAX);
            rules.push(compile_rule(rule, rank, &mut flaws));
        }
        let languages = Lang::KNOWN.map(|lang| {
            let mut compiler = Compiler {
                def,
                lang,
                morphology: &morphology,
                out: LangRules::default(),
                weights: Vec::new(),
                words: FxHashMap::default(),
                forms: FxHashMap::default(),
                groups: FxHashMap::default(),
                features: FxHashMap::default(),
                lists: FxHashMap::default(),
                compiled: Vec::new(),
                open: Vec::new(),
                deepest: 0,
                n_contexts: 0,
                flaws: &mut flaws,
                readings: Vec::new(),
            };
            compiler.run();
            compiler.out
        });
        flaws.sort_by_key(|it| (it.origin, it.at));
        flaws.dedup();
        if !flaws.is_empty() {
            return Err(flaws);
        }
        let zones = rules.iter().flat_map(|it| &it.scope.zones).fold(0, |acc, zone| acc | 1 << *zone as u32);
        Ok(Ruleset {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            morphology,
            catalog,
            languages,
            rules,
            zones,
            floor: Evidence::Info,
        })
    }

    /// Cards of the rules and factors.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The morphology that the rules were compiled with.
    pub fn morphology(&self) -> &Morphology {
        &self.morphology
    }

    /// Switches off every rule for which `keep` is false; the others behave as if those were not there.
    pub fn retain(&mut self, keep: impl Fn(RuleId) -> bool) {
        for (index, rule) in self.rules.iter_mut().enumerate() {
            rule.on &= keep(RuleId(index as u16));
        }
    }

    /// Leaves out findings below this level. They cost nothing then; what they would have silenced is silenced all the same.
    pub fn set_floor(&mut self, floor: Evidence) {
        self.floor = floor;
    }

    pub(crate) fn floor(&self) -> Evidence {
        self.floor
    }

    pub(crate) fn id(&self) -> u64 {
        self.id
    }

    pub(crate) fn lang(&self, lang: Lang) -> Option<&LangRules> {
        let index = Lang::KNOWN.iter().position(|it| *it == lang)?;
        Some(&self.languages[index])
    }

    pub(crate) fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id.0 as usize]
    }

    pub(crate) fn looks_at(&self, zone: kalys_model::Zone) -> bool {
        self.zones & 1 << zone as u32 != 0
    }
}

fn compile_rule(def: &RuleDef, rank: u16, flaws: &mut Vec<Flaw>) -> Rule {
    let fact = match &def.kind {
        RuleKind::Find(_) => None,
        RuleKind::Match { fact, filter } => match crate::FACTS.iter().position(|(name, _)| name == fact) {
            Some(index) => Some((index, filter.clone())),
            None => {
                flaws.push(Flaw { origin: def.origin, at: 0, kind: FlawKind::UnknownFact(fact.clone()) });
                None
            }
        },
    };
    Rule {
        factor: def.factor,
        level: def.level,
        fact,
        conditions: def.conditions.clone(),
        exceptions: def.exceptions.iter().map(|it| (it.name.clone(), it.reach.clone(), it.given)).collect(),
        absence: def.absence.as_ref().map(|it| Absence {
            titles: it.slots.iter().map(|it| it.title.clone()).collect(),
            look_in: it.look_in.clone(),
            when: it.when.clone(),
        }),
        scope: def.scope.clone(),
        severity: (def.severity.base, def.severity.steps.clone()),
        at: def.report.at.clone(),
        once_per: def.report.once_per,
        missing: def.missing.clone(),
        message: def.message.clone(),
        question: def.question.clone(),
        remedy: def.remedy.clone(),
        fixes: def.fixes.iter().map(|it| (it.kind, it.replace.clone(), it.text.clone())).collect(),
        rank,
        on: true,
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum ListKey {
    Named(String),
    Entity(String),
    Usage(Usage),
}

/// Frequency of a function word against that of a word of meaning, which is 1: where a pattern may be entered in the
/// index under either, the word of meaning is taken.
const FUNCTION_WORD: u32 = 60;
const NUMBER: u32 = 80;
const ANY_WORD: u32 = 10_000;
/// A longer reach of a trigger than any sensible pattern has.
const MAX_LENGTH: u32 = 60;
const MAX_NESTING: usize = 6;

struct Compiler<'a> {
    def: &'a PackDef,
    lang: Lang,
    morphology: &'a Morphology,
    out: LangRules,
    weights: Vec<u32>,
    words: FxHashMap<(Vec<LexemeId>, Features), Symbol>,
    forms: FxHashMap<String, Symbol>,
    groups: FxHashMap<Group, Symbol>,
    features: FxHashMap<Features, Symbol>,
    lists: FxHashMap<(ListKey, Features), ListId>,
    /// What is known of each list that is compiled, by number.
    compiled: Vec<Compiled>,
    open: Vec<ListKey>,
    /// How deeply the lists nest that the open list has named so far.
    deepest: usize,
    n_contexts: u32,
    flaws: &'a mut Vec<Flaw>,
    readings: Vec<Reading>,
}

/// Where a program may be entered in the index.
/// Alternatives of one word each: lexemes with features, and exact forms.
type Group = (Vec<(Vec<LexemeId>, Features)>, Vec<String>);

/// What is asked of a list wherever it is named: found once, since lists name lists.
#[derive(Debug)]
struct Compiled {
    /// Where a match can be entered; `None` when an entry of the list can match nothing.
    entry: Option<Entry>,
    depth: usize,
}

#[derive(Clone, Debug)]
struct Entry {
    cost: u32,
    symbols: Vec<(Symbol, u32, u32)>,
}

impl<'a> Compiler<'a> {
    fn run(&mut self) {
        let number = self.symbol(NUMBER);
        self.out.number = Some(number);
        let usages = Usage::all();
        self.out.usages = vec![None; usages.len()];
        for usage in &usages {
            if self.def.lexicons.iter().any(|it| it.usage == Some(*usage)) {
                self.out.usages[usage.index()] =
                    self.list(ListKey::Usage(*usage), Features::NONE, Origin::default(), 0);
            }
        }
        // A lexicon that no rule uses yet is checked all the same: its words must be words.
        for lexicon in &self.def.lexicons {
            if let Some(entries) = lexicon.entries.get(self.lang)
                && !entries.is_empty()
            {
                self.list(ListKey::Named(lexicon.name.clone()), Features::NONE, Origin::default(), 0);
            }
        }
        for (index, rule) in self.def.rules.iter().enumerate() {
            let exceptions = rule.exceptions.iter().map(|it| self.contexts(&it.phrases)).collect();
            self.out.exceptions.push(exceptions);
            let slots = rule.absence.iter().flat_map(|it| &it.slots);
            let slots = slots.map(|it| self.contexts(&it.phrases)).collect();
            self.out.slots.push(slots);
            if let RuleKind::Match { fact, .. } = &rule.kind {
                self.out.fact_begins |= crate::facts::begins(fact);
            }
            if let RuleKind::Find(find) = &rule.kind {
                self.patterns(RuleId(index as u16), rule, find);
            }
        }
        let mut masks = vec![0; self.weights.len()];
        for (index, id) in self.out.usages.iter().enumerate() {
            let Some(list) = id.map(|it| self.out.list(it)) else { continue };
            for symbol in list.single.iter().chain(list.first.keys()) {
                masks[symbol.0 as usize] |= 1 << index;
            }
        }
        self.out.masks = masks;
    }

    fn contexts(&mut self, phrases: &PerLang<Vec<PhraseDef>>) -> Vec<Context> {
        let phrases = phrases.get(self.lang).map_or(&[][..], Vec::as_slice);
        let programs = phrases.iter().filter_map(|it| self.program(it, &mut Vec::new()));
        let programs: Vec<Box<[Step]>> = programs.collect();
        programs.into_iter().map(|it| self.enter_context(it)).collect()
    }

    fn patterns(&mut self, id: RuleId, rule: &RuleDef, find: &PerLang<Vec<PhraseDef>>) {
        for phrase in find.get(self.lang).map_or(&[][..], Vec::as_slice) {
            let mut captures = Vec::new();
            let Some(program) = self.program(phrase, &mut captures) else { continue };
            if let Some(at) = &rule.report.at
                && !captures.contains(at)
            {
                self.flaw(phrase.origin, 0, FlawKind::UnknownCapture(at.clone()));
            }
            let Some(entry) = self.entry(&program) else {
                self.flaw(phrase.origin, 0, FlawKind::MatchesEmpty);
                continue;
            };
            let pattern = self.out.patterns.len() as u32;
            for (symbol, lo, hi) in entry.symbols {
                let trigger = Trigger { pattern, lo: lo.min(255) as u8, hi: hi.min(MAX_LENGTH) as u8 };
                self.out.triggers[symbol.0 as usize].push(trigger);
            }
            let Context { id: start, program } = self.enter_context(program);
            self.out.patterns.push(Pattern { rule: id, start, program, captures });
        }
    }

    fn enter_context(&mut self, program: Box<[Step]>) -> Context {
        let id = ContextId(self.n_contexts);
        self.n_contexts += 1;
        let mut first = Vec::new();
        self.first(&program, &mut first);
        for symbol in first {
            let index = symbol.0 as usize;
            if self.out.starts.len() <= index {
                self.out.starts.resize_with(index + 1, Vec::new);
            }
            if self.out.starts[index].last() != Some(&id) {
                self.out.starts[index].push(id);
            }
        }
        Context { id, program }
    }

    fn flaw(&mut self, origin: Origin, at: u32, kind: FlawKind) {
        self.flaws.push(Flaw { origin, at, kind });
    }

    fn symbol(&mut self, weight: u32) -> Symbol {
        self.weights.push(weight);
        self.out.triggers.push(Vec::new());
        Symbol(self.weights.len() as u32 - 1)
    }

    fn program(&mut self, def: &PhraseDef, captures: &mut Vec<String>) -> Option<Box<[Step]>> {
        let before = self.flaws.len();
        let steps = self.steps(&def.phrase, def.origin, captures);
        if self.flaws.len() > before {
            return None;
        }
        if self.entry(&steps).is_none() {
            self.flaw(def.origin, 0, FlawKind::MatchesEmpty);
            return None;
        }
        Some(steps)
    }

    fn steps(&mut self, phrase: &Phrase, origin: Origin, captures: &mut Vec<String>) -> Box<[Step]> {
        let mut steps = Vec::with_capacity(phrase.items.len());
        for item in &phrase.items {
            if let Some(node) = self.node(&item.atom, origin, item.at, captures) {
                steps.push(Step { node, optional: item.optional });
            }
        }
        steps.into()
    }

    fn node(&mut self, atom: &Atom, origin: Origin, at: u32, captures: &mut Vec<String>) -> Option<Node> {
        match atom {
            Atom::Word { word, features } => self.word(word, *features, origin, at).map(Node::Symbol),
            Atom::Literal(form) => self.literal(form, origin, at).map(Node::Symbol),
            Atom::Feature(features) => Some(Node::Symbol(self.feature(*features))),
            Atom::Gap(n) => Some(Node::Gap(*n)),
            Atom::Group(alternatives) => {
                if let Some(symbol) = self.any_word(alternatives, origin) {
                    return Some(Node::Symbol(symbol));
                }
                let either = alternatives.iter().map(|it| self.steps(it, origin, captures)).collect();
                Some(Node::Either(either))
            }
            Atom::Capture { name, atom } => {
                let slot = captures.iter().position(|it| it == name).unwrap_or_else(|| {
                    captures.push(name.clone());
                    captures.len() - 1
                });
                let node = self.node(atom, origin, at, captures)?;
                Some(Node::Capture(slot as u8, Box::new([Step { node, optional: false }])))
            }
            Atom::List { name, features } => {
                self.list(ListKey::Named(name.clone()), *features, origin, at).map(Node::List)
            }
            Atom::Entity(name) => match name.as_str() {
                "num" => self.out.number.map(Node::Symbol),
                _ => self.list(ListKey::Entity(name.clone()), Features::NONE, origin, at).map(Node::List),
            },
        }
    }

    /// The lexemes of a word as a rule writes it: those whose citation form it is, else every one that it is a form of.
    fn lexemes(&mut self, word: &str) -> (Vec<LexemeId>, Features) {
        let mut folded = String::new();
        kalys_morph::fold(self.lang, kalys_model::Alphabet::Standard, word, &mut folded);
        self.readings.clear();
        self.morphology.analyze(self.lang, &folded, &mut self.readings);
        let cites = |it: &Reading| {
            self.morphology.lemma(self.lang, it.lexeme).is_some_and(|lemma| {
                let mut key = String::new();
                kalys_morph::fold(self.lang, kalys_model::Alphabet::Standard, &lemma, &mut key);
                key == folded
            })
        };
        let mut own: Vec<Reading> = self.readings.iter().copied().filter(cites).collect();
        // Kyrgyz verbs are cited by their verbal noun; where the dictionary has it as a noun too, a rule means both. An
        // adjective is another word: «жетиштүү» is no form of «жетишүү».
        if own.iter().any(|it| it.features.has(Features::NOUN) && !it.features.has(Features::VN)) {
            own.extend(self.readings.iter().copied().filter(|it| self.is_plain_verbal_noun(it)));
        }
        let kept = if own.is_empty() { &self.readings } else { &own };
        let mut lexemes: Vec<LexemeId> = kept.iter().map(|it| it.lexeme).collect();
        lexemes.sort_unstable();
        lexemes.dedup();
        let any = kept.iter().fold(Features::NONE, |acc, it| acc | it.features);
        (lexemes, any)
    }

    fn is_plain_verbal_noun(&self, reading: &Reading) -> bool {
        const MARKED: [Features; 6] =
            [Features::P1, Features::P2, Features::P3, Features::PASSIVE, Features::RECP, Features::NEG];
        self.lang == Lang::Ky
            && reading.features.has(Features::VN | Features::NOM)
            && !MARKED.iter().any(|it| reading.features.has(*it))
    }

    fn word(&mut self, word: &str, features: Features, origin: Origin, at: u32) -> Option<Symbol> {
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return self.literal(word, origin, at);
        }
        let (lexemes, weight) = self.known(word, features, origin, at)?;
        if let Some(symbol) = self.words.get(&(lexemes.clone(), features)) {
            return Some(*symbol);
        }
        let symbol = self.symbol(weight);
        self.enter(&lexemes, features, symbol);
        self.words.insert((lexemes, features), symbol);
        Some(symbol)
    }

    /// One symbol for alternatives of one word each, so that a token is asked once whether it is one of them. `None` when
    /// an alternative is something else.
    fn any_word(&mut self, alternatives: &[Phrase], origin: Origin) -> Option<Symbol> {
        let single = |it: &'_ Phrase| match it.items.as_slice() {
            [Item { atom: atom @ (Atom::Word { .. } | Atom::Literal(_)), optional: false, at }] => {
                Some((atom.clone(), *at))
            }
            _ => None,
        };
        let atoms: Vec<(Atom, u32)> = alternatives.iter().map(single).collect::<Option<_>>()?;
        let (mut words, mut forms, mut weight) = (Vec::new(), Vec::new(), 0u32);
        for (atom, at) in &atoms {
            let form = match atom {
                Atom::Word { word, features } if !word.starts_with(|c: char| c.is_ascii_digit()) => {
                    if let Some((lexemes, own)) = self.known(word, *features, origin, *at) {
                        words.push((lexemes, *features));
                        weight = weight.saturating_add(own);
                    }
                    continue;
                }
                Atom::Word { word: form, .. } | Atom::Literal(form) => form,
                _ => continue,
            };
            if let Some((folded, own)) = self.form(form, origin, *at) {
                forms.push(folded);
                weight = weight.saturating_add(own);
            }
        }
        let key = (words, forms);
        if let Some(symbol) = self.groups.get(&key) {
            return Some(*symbol);
        }
        let symbol = self.symbol(weight);
        for (lexemes, features) in &key.0 {
            self.enter(lexemes, *features, symbol);
        }
        for folded in &key.1 {
            let symbols = self.out.by_form.entry(folded.as_str().into()).or_default();
            if !symbols.contains(&symbol) {
                symbols.push(symbol);
            }
        }
        self.groups.insert(key, symbol);
        Some(symbol)
    }

    fn enter(&mut self, lexemes: &[LexemeId], features: Features, symbol: Symbol) {
        for lexeme in lexemes {
            let symbols = self.out.by_lexeme.entry(*lexeme).or_default();
            if !symbols.contains(&(features, symbol)) {
                symbols.push((features, symbol));
            }
        }
    }

    /// Lexemes and weight of a word that the dictionary has; a flaw otherwise.
    fn known(
        &mut self,
        word: &str,
        features: Features,
        origin: Origin,
        at: u32,
    ) -> Option<(Vec<LexemeId>, u32)> {
        let mut folded = String::new();
        kalys_morph::fold(self.lang, kalys_model::Alphabet::Standard, word, &mut folded);
        let (lexemes, any) = self.lexemes(word);
        if lexemes.is_empty() || !self.morphology.knows(self.lang, &folded) {
            // Each guess looks through the dictionary; nobody reads the guesses for thousands of words.
            const GUESSED: usize = 100;
            let guess = self.flaws.len() < GUESSED;
            let nearest = if guess { self.morphology.nearest(self.lang, &folded) } else { Vec::new() };
            self.flaw(origin, at, FlawKind::UnknownWord { lang: self.lang, word: word.to_owned(), nearest });
            return None;
        }
        let verbal = Features::VN
            | Features::PARTICIPLE
            | Features::CONVERB
            | Features::INF
            | Features::FIN
            | Features::PASSIVE
            | Features::IMP
            | Features::COND;
        if features.any(verbal) && !any.has(Features::VERB) {
            let kind = FlawKind::ImpossibleFeatures { word: word.to_owned(), features: features.to_string() };
            self.flaw(origin, at, kind);
            return None;
        }
        let function = Features::ADP | Features::CONJ | Features::PART | Features::PRON;
        let weight = if any.any(function) || folded.chars().count() <= 2 { FUNCTION_WORD } else { 1 };
        Some((lexemes, weight))
    }

    fn literal(&mut self, form: &str, origin: Origin, at: u32) -> Option<Symbol> {
        let (folded, weight) = self.form(form, origin, at)?;
        if let Some(symbol) = self.forms.get(&folded) {
            return Some(*symbol);
        }
        let symbol = self.symbol(weight);
        self.out.by_form.entry(folded.as_str().into()).or_default().push(symbol);
        self.forms.insert(folded, symbol);
        Some(symbol)
    }

    /// An exact form, folded, and its weight; a flaw when it can never stand as one token.
    fn form(&mut self, form: &str, origin: Origin, at: u32) -> Option<(String, u32)> {
        let mut folded = String::new();
        let letters = form.chars().next().is_some_and(char::is_alphabetic);
        if letters {
            kalys_morph::fold(self.lang, kalys_model::Alphabet::Standard, form, &mut folded);
        } else {
            folded.push_str(form);
        }
        // One token or nothing: `5-берене` and `слово,` would never stand as one.
        let one = if letters {
            form.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '\'')
        } else {
            form.chars().count() == 1 || form.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-')
        };
        if folded.is_empty() || !one {
            self.flaw(origin, at, FlawKind::ImpossibleLiteral(form.to_owned()));
            return None;
        }
        let weight = if folded.chars().count() <= 3 { FUNCTION_WORD } else { 2 };
        Some((folded, weight))
    }

    fn feature(&mut self, features: Features) -> Symbol {
        if let Some(symbol) = self.features.get(&features) {
            return *symbol;
        }
        let symbol = self.symbol(ANY_WORD);
        self.out.by_features.push((features, symbol));
        self.features.insert(features, symbol);
        symbol
    }

    fn list(&mut self, key: ListKey, features: Features, origin: Origin, at: u32) -> Option<ListId> {
        let done = self.lists.get(&(key.clone(), features)).copied();
        let depth = done.map_or(0, |id| self.compiled[id.0 as usize].depth);
        self.deepest = self.deepest.max(depth);
        if self.open.contains(&key) || self.open.len() + depth > MAX_NESTING {
            let name = match &key {
                ListKey::Named(name) | ListKey::Entity(name) => name.clone(),
                ListKey::Usage(_) => String::new(),
            };
            self.flaw(origin, at, FlawKind::Circular(name));
            return None;
        }
        if done.is_some() {
            return done;
        }
        let entries = self.entries(&key, origin, at)?;
        let outer = std::mem::take(&mut self.deepest);
        self.open.push(key.clone());
        let mut list = List { least: u32::MAX, ..List::default() };
        let single = self.symbol(0);
        let mut weight = 0;
        let mut programs = Vec::new();
        for entry in entries {
            self.entry_of_list(&entry.phrase, features, entry.origin, single, &mut weight, &mut programs);
        }
        self.open.pop();
        if weight > 0 {
            self.weights[single.0 as usize] = weight;
            list.single = Some(single);
            list.cost = weight;
            (list.least, list.most) = (1, 1);
        }
        for program in programs {
            let (least, most) = self.length(&program);
            list.least = list.least.min(least);
            list.most = list.most.max(most).min(MAX_LENGTH);
            let cost = self.entry(&program).map_or(ANY_WORD, |it| it.cost);
            list.cost = list.cost.saturating_add(cost);
            let index = list.entries.len() as u32;
            let mut first = Vec::new();
            self.first(&program, &mut first);
            first.sort_unstable();
            first.dedup();
            for symbol in first {
                list.first.entry(symbol).or_default().push(index);
            }
            list.entries.push(program);
        }
        for symbol in list.first.keys() {
            let place = symbol.0 as usize;
            if list.first_bits.len() <= place / 64 {
                list.first_bits.resize(place / 64 + 1, 0);
            }
            list.first_bits[place / 64] |= 1 << (place % 64);
        }
        let id = ListId(self.out.lists.len() as u32);
        let depth = self.deepest + 1;
        self.deepest = outer.max(depth);
        self.compiled.push(Compiled { entry: self.list_entry(&list), depth });
        self.out.lists.push(list);
        self.lists.insert((key, features), id);
        Some(id)
    }

    fn entries(&mut self, key: &ListKey, origin: Origin, at: u32) -> Option<Vec<&'a PhraseDef>> {
        let lang = self.lang;
        let of = |keep: &dyn Fn(&crate::def::LexiconDef) -> bool| -> Vec<&'a PhraseDef> {
            let lexicons = self.def.lexicons.iter().filter(|it| keep(it));
            lexicons.flat_map(|it| it.entries.get(lang).into_iter().flatten()).collect()
        };
        match key {
            ListKey::Named(name) => {
                if !self.def.lexicons.iter().any(|it| it.name == *name) {
                    self.flaw(origin, at, FlawKind::UnknownList(name.clone()));
                    return None;
                }
                let entries = of(&|it| it.name == *name);
                if entries.is_empty() {
                    self.flaw(origin, at, FlawKind::EmptyList { name: name.clone(), lang });
                    return None;
                }
                Some(entries)
            }
            ListKey::Entity(name) => {
                let usage = match name.as_str() {
                    "role:authority" => Some(Usage::Role(Role::Authority)),
                    "role:person" => Some(Usage::Role(Role::Person)),
                    "role:court" => Some(Usage::Role(Role::Court)),
                    _ => crate::def::ENTITIES.iter().find(|it| *it == name).map(|it| Usage::Entity(it)),
                };
                let entries = usage.map(|usage| of(&|it| it.usage == Some(usage))).unwrap_or_default();
                if entries.is_empty() {
                    self.flaw(origin, at, FlawKind::UnknownEntity(name.clone()));
                    return None;
                }
                Some(entries)
            }
            ListKey::Usage(usage) => Some(of(&|it| it.usage == Some(*usage))),
        }
    }

    /// Enters one entry: a single word under `single`, anything longer as a program.
    fn entry_of_list(
        &mut self,
        phrase: &Phrase,
        features: Features,
        origin: Origin,
        single: Symbol,
        weight: &mut u32,
        programs: &mut Vec<Box<[Step]>>,
    ) {
        if let [Item { atom, optional: false, at }] = phrase.items.as_slice() {
            match atom {
                Atom::Word { word, features: own } if !word.starts_with(|c: char| c.is_ascii_digit()) => {
                    if let Some((lexemes, w)) = self.known(word, *own, origin, *at) {
                        self.enter(&lexemes, *own | features, single);
                        *weight += w;
                    }
                    return;
                }
                Atom::Literal(form) if features == Features::NONE => {
                    let mut folded = String::new();
                    if form.chars().next().is_some_and(char::is_alphabetic) {
                        kalys_morph::fold(self.lang, kalys_model::Alphabet::Standard, form, &mut folded);
                    } else {
                        folded.push_str(form);
                    }
                    let symbols = self.out.by_form.entry(folded.as_str().into()).or_default();
                    if !symbols.contains(&single) {
                        symbols.push(single);
                    }
                    *weight += if folded.chars().count() <= 3 { FUNCTION_WORD } else { 2 };
                    return;
                }
                Atom::Group(alternatives) => {
                    for it in alternatives {
                        self.entry_of_list(it, features, origin, single, weight, programs);
                    }
                    return;
                }
                _ => {}
            }
        }
        let mut phrase = phrase.clone();
        if features != Features::NONE {
            self.narrow_head(&mut phrase, features);
        }
        let before = self.flaws.len();
        let steps = self.steps(&phrase, origin, &mut Vec::new());
        if self.flaws.len() > before {
            return;
        }
        if self.entry(&steps).is_none() {
            self.flaw(origin, 0, FlawKind::MatchesEmpty);
            return;
        }
        programs.push(steps);
    }

    /// The head of an entry: in Kyrgyz its last word, elsewhere its first noun or verb, or its first word.
    fn narrow_head(&mut self, phrase: &mut Phrase, features: Features) {
        let mut head = None;
        for (index, item) in phrase.items.iter().enumerate() {
            if let Atom::Word { word, .. } = &item.atom {
                let (_, any) = self.lexemes(word);
                let meant = any.any(Features::NOUN | Features::VERB) && !any.has(Features::ADP);
                match self.lang {
                    Lang::Ky => head = Some(index),
                    _ if meant => {
                        head = Some(index);
                        break;
                    }
                    _ => head = head.or(Some(index)),
                }
            } else if let Atom::Group(_) | Atom::List { .. } = &item.atom {
                head = head.or(Some(index));
                if self.lang == Lang::Ky {
                    head = Some(index);
                }
            }
        }
        let Some(item) = head.and_then(|it| phrase.items.get_mut(it)) else { return };
        match &mut item.atom {
            Atom::Word { features: own, .. } | Atom::List { features: own, .. } => *own |= features,
            Atom::Group(alternatives) => {
                for it in alternatives {
                    self.narrow_head(it, features);
                }
            }
            _ => {}
        }
    }

    /// Least and most tokens that a program takes.
    fn length(&self, steps: &[Step]) -> (u32, u32) {
        steps.iter().fold((0, 0), |(least, most), step| {
            let (a, b) = self.node_length(&step.node);
            (least + if step.optional { 0 } else { a }, (most + b).min(MAX_LENGTH))
        })
    }

    fn node_length(&self, node: &Node) -> (u32, u32) {
        match node {
            Node::Symbol(_) => (1, 1),
            Node::Gap(n) => (0, u32::from(*n)),
            Node::Either(alternatives) => alternatives.iter().fold((u32::MAX, 0), |(least, most), it| {
                let (a, b) = self.length(it);
                (least.min(a), most.max(b))
            }),
            Node::List(id) => {
                let list = self.out.list(*id);
                if list.most == 0 { (1, 1) } else { (list.least, list.most) }
            }
            Node::Capture(_, inner) => self.length(inner),
        }
    }

    /// The cheapest obligatory step of a program; `None` when it can match nothing.
    fn entry(&self, steps: &[Step]) -> Option<Entry> {
        let mut best: Option<Entry> = None;
        let (mut lo, mut hi) = (0, 0);
        for step in steps {
            if !step.optional
                && let Some(mut found) = self.node_entry(&step.node)
                && best.as_ref().is_none_or(|it| found.cost < it.cost)
            {
                for (_, a, b) in &mut found.symbols {
                    *a += lo;
                    *b = (*b + hi).min(MAX_LENGTH);
                }
                best = Some(found);
            }
            let (a, b) = self.node_length(&step.node);
            lo += if step.optional { 0 } else { a };
            hi = (hi + b).min(MAX_LENGTH);
        }
        best
    }

    fn node_entry(&self, node: &Node) -> Option<Entry> {
        match node {
            Node::Symbol(symbol) => {
                Some(Entry { cost: self.weights[symbol.0 as usize], symbols: vec![(*symbol, 0, 0)] })
            }
            Node::Gap(_) => None,
            Node::Either(alternatives) => {
                let mut all = Entry { cost: 0, symbols: Vec::new() };
                for it in alternatives {
                    let found = self.entry(it)?;
                    all.cost = all.cost.saturating_add(found.cost);
                    all.symbols.extend(found.symbols);
                }
                Some(all)
            }
            Node::List(id) => self.compiled[id.0 as usize].entry.clone(),
            Node::Capture(_, inner) => self.entry(inner),
        }
    }

    fn list_entry(&self, list: &List) -> Option<Entry> {
        let mut all = Entry { cost: list.cost, symbols: Vec::new() };
        all.symbols.extend(list.single.map(|it| (it, 0, 0)));
        for entry in &list.entries {
            all.symbols.extend(self.entry(entry)?.symbols);
        }
        all.symbols.sort_unstable();
        all.symbols.dedup();
        Some(all)
    }

    /// Symbols with which a program can begin.
    fn first(&self, steps: &[Step], out: &mut Vec<Symbol>) -> bool {
        for step in steps {
            let must = match &step.node {
                Node::Symbol(symbol) => {
                    out.push(*symbol);
                    true
                }
                Node::Gap(_) => false,
                Node::Either(alternatives) => {
                    // Every alternative is asked, whatever the one before it says.
                    alternatives.iter().map(|it| self.first(it, out)).fold(true, |acc, it| acc & it)
                }
                Node::List(id) => {
                    let list = self.out.list(*id);
                    out.extend(list.single);
                    out.extend(list.first.keys());
                    true
                }
                Node::Capture(_, inner) => self.first(inner, out),
            };
            if must && !step.optional {
                return true;
            }
        }
        false
    }
}
