//! The norm around a match: who may or must do what to whom, within which bounds, by when.
//!
//! Every predicate is yes, no or unknown. They are computed when a rule asks, for the sentence in which its words stand;
//! where the sentence does not tell (an item of an enumeration), the head line, then the heading of the article.
//! The words by which roles, acts and modals are told come from lexicons with a `use`; nothing of them is here.

use kalys_model::{Act, ActKind, Lang, UnitId, UnitKind};
use kalys_morph::Features;

use crate::def::{ActClass, Modality, Role, Usage};
use crate::matcher::Matcher;
use crate::ruleset::LangRules;
use crate::token::Token;
use crate::unit::UnitAnalysis;
use crate::words::{Kind, LangWords};

/// The sentence in which words stand, and the words.
#[derive(Clone, Copy)]
pub(crate) struct Norm<'a> {
    pub(crate) act: &'a Act,
    pub(crate) lang: Lang,
    pub(crate) rules: &'a LangRules,
    pub(crate) words: &'a LangWords,
    pub(crate) tokens: &'a [Token],
    /// The sentence, in tokens.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The words, in tokens.
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) unit: UnitId,
    /// For each token of the sentence the number of the clause that it stands in, see [`Norm::number_clauses`].
    pub(crate) clauses: &'a [u8],
    /// The head line, when the unit is an item of an enumeration.
    pub(crate) head: Option<&'a Norm<'a>>,
    /// Role that the heading of the article names, when there is one.
    pub(crate) heading: Option<Role>,
    /// Whether an authority, a person is named anywhere in the article.
    pub(crate) around: Around,
}

/// Who is named in the article (or, in an act without articles, in the unit's surroundings).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around {
    pub(crate) authority: bool,
    pub(crate) person: bool,
}

/// A place where somebody is named.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    pub(crate) role: Role,
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Cases that the head can stand in, number included.
    pub(crate) cases: Features,
}

const CASES: Features = Features(
    Features::NOM.0
        | Features::GEN.0
        | Features::DAT.0
        | Features::ACC.0
        | Features::INS.0
        | Features::LOC.0
        | Features::ABL.0,
);

/// The last of those that stand at a place with equal length wins: «жол берилбейт» is no permission.
const MODALS: [Modality; 4] = [Modality::Permission, Modality::Duty, Modality::Right, Modality::Prohibition];

const ROLES: [Role; 3] = [Role::Authority, Role::Court, Role::Person];

/// How far from the words an act, a modal or an agent may stand, in tokens.
pub(crate) const NEAR: usize = 14;

pub(crate) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Authority => "authority",
        Role::Person => "person",
        Role::Court => "court",
    }
}

fn act_name(act: ActClass) -> &'static str {
    match act {
        ActClass::Grant => "grant",
        ActClass::Deny => "deny",
        ActClass::Stop => "stop",
        ActClass::Extend => "extend",
        ActClass::Relieve => "relieve",
        ActClass::Punish => "punish",
        ActClass::Check => "check",
        ActClass::Allocate => "allocate",
        ActClass::Rule => "rule",
        ActClass::Internal => "internal",
    }
}

fn modality_name(modality: Modality) -> &'static str {
    match modality {
        Modality::Duty => "duty",
        Modality::Permission => "permission",
        Modality::Right => "right",
        Modality::Prohibition => "prohibition",
    }
}

fn yes(it: bool) -> &'static str {
    if it { "yes" } else { "no" }
}

impl<'a> Norm<'a> {
    /// The norm of a head line: its words are its last predicate, or the whole sentence.
    pub(crate) fn of_head(mut self, analysis: &'a UnitAnalysis) -> Option<Norm<'a>> {
        let last = analysis.sentences.last()?;
        (self.from, self.to) = (last.from as usize, last.to as usize);
        (self.first, self.last) = (self.from, self.to);
        self.tokens = &analysis.tokens;
        let predicate = (self.from..self.to).rev().find(|at| self.is_predicate(*at));
        if let Some(at) = predicate {
            (self.first, self.last) = (at, at + 1);
        }
        Some(self)
    }

    /// The value or values of a predicate; `None` when it cannot be told.
    pub(crate) fn value(&self, predicate: &str) -> Option<Vec<&'static str>> {
        let one = |it: &'static str| Some(vec![it]);
        match predicate {
            "subject" => self.subject().map(|it| vec![it.map_or("none", role_name)]),
            "agent" => one(self.agent().map_or("none", role_name)),
            "modality" => one(self.modality().map_or("none", modality_name)),
            "negated" => one(yes(self.negated())),
            "epistemic" => one(yes(self.epistemic())),
            "act" => {
                let acts = self.acts();
                if acts.is_empty() { one("none") } else { Some(acts.into_iter().map(act_name).collect()) }
            }
            "touches" => one(if self.touches() { "person" } else { "none" }),
            "bounds" => one(self.bounds()),
            "deadline" => one(if self.has_entity("deadline") { "number" } else { "none" }),
            "reference" => one(self.reference()),
            "list" => one(self.list()),
            "amount" => {
                one(if self.has_entity("money") || self.has_entity("percent") { "yes" } else { "none" })
            }
            "in_condition" => one(yes(self.in_condition())),
            "in_list" => one(yes(self.head.is_some())),
            "authority" => one(if self.around.authority { "present" } else { "absent" }),
            "person" => one(if self.around.person { "present" } else { "absent" }),
            "act_kind" => match self.act.kind {
                ActKind::Law => one("law"),
                ActKind::Code => one("code"),
                ActKind::Decree => one("decree"),
                ActKind::GovernmentAct => one("government-act"),
                ActKind::MinistryOrder => one("ministry-order"),
                ActKind::CouncilResolution => one("council-resolution"),
                ActKind::Plan => one("plan"),
                ActKind::ExplanatoryNote => one("explanatory-note"),
                ActKind::Unknown => None,
            },
            "in_annex" => one(yes(self.act.enclosing(self.unit, UnitKind::Annex).is_some())),
            "fragment" => one(yes(self.act.fragment)),
            _ => None,
        }
    }

    fn clause(&self, at: usize) -> u8 {
        self.clauses.get(at - self.from).copied().unwrap_or(0)
    }

    pub(crate) fn matcher(&self) -> Matcher<'a> {
        Matcher { rules: self.rules, words: self.words, tokens: self.tokens, to: self.to }
    }

    pub(crate) fn has(&self, at: usize, wanted: Features) -> bool {
        crate::token::has(self.words, &self.tokens[at], wanted)
    }

    pub(crate) fn sign(&self, at: usize) -> Option<char> {
        match self.words.word(self.tokens[at].word).kind {
            Kind::Sign(c) => Some(c),
            _ => None,
        }
    }

    pub(crate) fn any(&self, at: usize) -> Features {
        self.words.word(self.tokens[at].word).any
    }

    /// Where an entry with this usage that begins at `at` ends.
    pub(crate) fn entry(&self, usage: Usage, at: usize) -> Option<usize> {
        self.entry_of(usage.index(), at)
    }

    /// As [`entry`](Norm::entry), by [`Usage::index`].
    fn entry_of(&self, usage: usize, at: usize) -> Option<usize> {
        if !self.words.may_begin_at(self.tokens[at].word, usage) {
            return None;
        }
        self.rules.usage_at(usage).and_then(|list| self.matcher().entry_at(list, at))
    }

    pub(crate) fn has_usage(&self, usage: Usage, from: usize, to: usize) -> bool {
        let usage = usage.index();
        (from..to).any(|at| self.entry_of(usage, at).is_some())
    }

    /// True for «и», «жана», «или» between numbers.
    pub(crate) fn any_is_conjunction(&self, at: usize) -> bool {
        self.any(at).has(Features::CONJ)
    }

    fn has_entity(&self, name: &'static str) -> bool {
        self.has_usage(Usage::Entity(name), self.from, self.to)
    }

    /// Everybody who is named between two tokens, in order.
    pub(crate) fn mentions(&self, from: usize, to: usize) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut at = from;
        while at < to {
            match self.mention_at(at) {
                Some(mention) => {
                    at = mention.last;
                    found.push(mention);
                }
                None => at += 1,
            }
        }
        found
    }

    /// The role that is named at a token, and where its name ends.
    fn role_at(&self, at: usize) -> Option<(Role, usize)> {
        ROLES
            .iter()
            .filter_map(|role| self.entry(Usage::Role(*role), at).map(|end| (*role, end)))
            // The first role with the longest name: an official whose name holds «суд» is no court.
            .fold(None, |best: Option<(Role, usize)>, it| match best {
                Some(other) if other.1 >= it.1 => best,
                _ => Some(it),
            })
    }

    /// Cases and numbers of the head of a noun phrase.
    fn head_cases(&self, first: usize, last: usize) -> Features {
        // English nouns have no cases: place and prepositions tell.
        if self.lang == Lang::En {
            return CASES;
        }
        let noun = |at: &usize| self.any(*at).has(Features::NOUN);
        let head = match self.lang {
            Lang::Ky => last - 1,
            _ => (first..last).find(noun).unwrap_or(first),
        };
        let wanted = CASES | Features::SG | Features::PL;
        self.words
            .readings(self.tokens[head].word)
            .iter()
            .filter(|it| {
                it.features.any(Features::NOUN | Features::ADJ | Features::PRON | Features::PARTICIPLE)
            })
            .fold(Features::NONE, |acc, it| acc | (it.features & wanted))
    }

    /// True for a finite verb, a short form or a predicative, unless the word is rather a noun or a preposition.
    pub(crate) fn is_predicate(&self, at: usize) -> bool {
        if self.is_modal(at) {
            return true;
        }
        // «For issuing», «the turn»: after a preposition or an article an English verb is a noun.
        if self.lang == Lang::En
            && at > self.from
            && self.any(at - 1).any(Features::ADP | Features::ADJ)
            && !self.any(at - 1).any(Features::NOUN | Features::VERB)
        {
            return false;
        }
        let any = self.any(at);
        any.any(Features::FIN | Features::SHORT | Features::PRED)
            && !any.any(Features::NOUN | Features::ADP | Features::CONJ | Features::ADV)
    }

    /// For each token of the sentence the number of the subordinate clause that it stands in, 0 for the main clause.
    pub(crate) fn number_clauses(&self) -> Vec<u8> {
        let mut out = vec![0_u8; self.to - self.from];
        let mut number = 0_u8;
        let mut open: Option<u8> = None;
        let relative = |at: usize| at < self.to && self.entry(Usage::Relative, at).is_some();
        for at in self.from..self.to {
            let sign = self.sign(at);
            let starts = if at == self.from {
                self.lang != Lang::Ky && relative(at)
            } else if sign == Some(',') && self.lang != Lang::Ky {
                let next = at + 1;
                let after_preposition =
                    next < self.to && self.any(next).has(Features::ADP) && relative(next + 1);
                let participle = next < self.to
                    && self.has(next, Features::VERB | Features::PARTICIPLE)
                    && !self.has(next, Features::SHORT)
                    || next + 1 < self.to
                        && self.any(next).any(Features::ADV | Features::PART)
                        && self.has(next + 1, Features::VERB | Features::PARTICIPLE)
                        && !self.has(next + 1, Features::SHORT);
                relative(next) || after_preposition || self.lang == Lang::Ru && participle
            } else {
                sign == Some('(')
            };
            if starts {
                number = number.saturating_add(1);
                open = Some(number);
            } else if open.is_some() && matches!(sign, Some(',' | ')' | ';' | ':')) {
                open = None;
            }
            out[at - self.from] = open.unwrap_or(0);
        }
        if self.lang == Lang::Ky {
            // A Kyrgyz conditional clause runs from the clause's beginning up to its verb in -са or to «учурда».
            let mut begin = self.from;
            for at in self.from..self.to {
                match self.sign(at) {
                    Some(',' | ';' | ':') => begin = at + 1,
                    _ if self.has(at, Features::VERB | Features::COND)
                        || self.entry(Usage::Condition, at).is_some() =>
                    {
                        number = number.saturating_add(1);
                        for token in begin..=at {
                            out[token - self.from] = number;
                        }
                        begin = at + 1;
                    }
                    _ => {}
                }
            }
        }
        out
    }

    /// The predicate that the words belong to.
    fn predicate(&self) -> Option<usize> {
        let inside = (self.first..self.last).find(|at| self.is_predicate(*at));
        if inside.is_some() {
            return inside;
        }
        let here = self.clause(self.first);
        let same = |at: &usize| {
            let clause = self.clause(*at);
            (clause == here || clause == 0) && self.is_predicate(*at)
        };
        let stop = |at: &usize| !matches!(self.sign(*at), Some(';'));
        let left = (self.from..self.first).rev().take_while(stop).find(same);
        let right = (self.last..self.to).take_while(stop).find(same);
        match self.lang {
            Lang::Ky => right.or(left),
            _ => left.or(right),
        }
    }

    /// True when the predicate at `at` is passive, alone or with the participle or infinitive that follows.
    fn is_passive(&self, at: usize) -> bool {
        match self.lang {
            Lang::Ky => (at.saturating_sub(4).max(self.from)..=at)
                .rev()
                .find(|it| self.has(*it, Features::VERB) && !self.is_modal(*it))
                .is_some_and(|it| self.has(it, Features::VERB | Features::PASSIVE)),
            _ => {
                let short = Features::PARTICIPLE | Features::PASSIVE;
                // «Обязан» has the form of a passive, but the modal is none; what it governs may be.
                let modal = self.is_modal(at);
                let governs = modal || self.lang == Lang::En && self.has(at, Features::VERB | Features::FIN);
                !modal && self.has(at, Features::VERB | Features::PASSIVE) && !self.has(at, Features::NOUN)
                    || governs
                        && (at + 1..(at + 4).min(self.to)).take_while(|it| self.sign(*it).is_none()).any(
                            |it| {
                                self.has(it, short | Features::SHORT)
                                    || self.has(it, Features::INF | Features::PASSIVE)
                                    || self.lang == Lang::En && self.has(it, short)
                            },
                        )
            }
        }
    }

    pub(crate) fn is_modal(&self, at: usize) -> bool {
        self.modal_at(at).is_some()
    }

    /// A Kyrgyz modal adjective before a noun is its attribute («милдеттүү камсыздандыруу»), not what the sentence says.
    fn is_modal_attribute(&self, at: usize, end: usize) -> bool {
        let adjective = end == at + 1 && self.any(at).any(Features::LUU | Features::ADJ);
        adjective
            && end < self.to
            && self.any(end).any(Features::NOUN | Features::VN)
            && !self.any(end).any(Features::PRED | Features::ADP | Features::CONJ)
    }

    /// The modal that begins at a token: the longest one, and none within a name («ыйгарым укуктуу орган»).
    fn modal_at(&self, at: usize) -> Option<Modality> {
        let (end, modal) = MODALS
            .iter()
            .filter_map(|it| self.entry(Usage::Modal(*it), at).map(|end| (end, *it)))
            .max_by_key(|(end, _)| *end)?;
        if self.lang == Lang::Ky && self.is_modal_attribute(at, end) {
            return None;
        }
        let named = (at.saturating_sub(3).max(self.from)..at)
            .any(|begin| self.role_at(begin).is_some_and(|(_, last)| last > at));
        (!named).then_some(modal)
    }

    /// Who does it: `Some(None)` when nobody is named and surely so, `None` when it cannot be told.
    fn subject(&self) -> Option<Option<Role>> {
        if self.is_attribute() {
            return Some(self.performer().flatten());
        }
        let Some(predicate) = self.predicate() else { return self.subject_of_head() };
        // Words of a condition speak of the decision that hangs on it: who decides stands in the main clause.
        if self.clause(predicate) != 0
            && self.in_condition()
            && let Some(main) = self.main_predicate()
            && let Some(decides) = self.subject_of(main)
        {
            return Some(decides);
        }
        self.subject_of(predicate)
    }

    /// The predicate of the main clause that is nearest to the words.
    fn main_predicate(&self) -> Option<usize> {
        let main = |at: &usize| {
            self.clause(*at) == 0 && self.is_predicate(*at) && !self.has(*at, Features::VERB | Features::COND)
        };
        let left = (self.from..self.first).rev().find(main);
        let right = (self.last..self.to).find(main);
        match self.lang {
            Lang::Ky => right.or(left),
            _ => left.or(right),
        }
    }

    fn subject_of(&self, predicate: usize) -> Option<Option<Role>> {
        let passive = self.is_passive(predicate);
        if passive {
            if let Some(agent) = self.agent() {
                return Some(Some(agent));
            }
            return Some(self.dative_subject(predicate));
        }
        if let Some(role) = self.nominative(predicate) {
            return Some(Some(role));
        }
        if let Some(role) = self.dative_subject(predicate).or_else(|| self.genitive_holder(predicate)) {
            return Some(Some(role));
        }
        if let Some(role) = self.pronoun(predicate) {
            return Some(Some(role));
        }
        if let Some(role) = self.subject_before_condition(predicate) {
            return Some(Some(role));
        }
        if self.has_other_subject(predicate) {
            return Some(None);
        }
        match self.subject_of_head() {
            Some(role) => Some(role),
            // «допускается», «запрещается» without anybody: an impersonal norm.
            None if self.is_modal(predicate) => Some(self.agent()),
            None => None,
        }
    }

    /// True when the words are an attribute: a participle, with nothing in them that is a predicate.
    fn is_attribute(&self) -> bool {
        let participle = Features::VERB | Features::PARTICIPLE;
        let inside = |at: usize| self.has(at, participle) && !self.has(at, Features::SHORT);
        (self.first..self.last).any(inside) && !(self.first..self.last).any(|at| self.is_predicate(at))
    }

    fn subject_of_head(&self) -> Option<Option<Role>> {
        match self.head {
            Some(head) => match head.subject() {
                Some(Some(role)) => Some(Some(role)),
                other => self.heading.map(Some).or(other),
            },
            None => self.heading.map(Some),
        }
    }

    /// The nearest one in the nominative that the predicate can agree with.
    fn nominative(&self, predicate: usize) -> Option<Role> {
        let clause = self.clause(predicate);
        let fits = |it: &Mention| {
            it.cases.has(Features::NOM)
                && self.clause(it.first) == clause
                && !self.is_oblique(it)
                && !self.is_modifier(it)
        };
        let begin = (self.from..predicate)
            .rev()
            .find(|at| matches!(self.sign(*at), Some(';')))
            .map_or(self.from, |at| at + 1);
        let left = self.mentions(begin, predicate);
        if self.lang == Lang::Ky {
            // The first noun without a case is the subject; a later one may be the object («жумушчу топ түзөт»).
            return left.iter().find(|it| fits(it)).map(|it| it.role);
        }
        if let Some(found) = left.iter().rev().find(|it| fits(it)) {
            return Some(found.role);
        }
        let end = (predicate + 1 + 5).min(self.to);
        self.mentions(predicate + 1, end)
            .iter()
            .find(|it| fits(it) && !it.cases.has(Features::ACC) || fits(it) && it.first == predicate + 1)
            .map(|it| it.role)
    }

    /// True when a preposition governs it (ru, en), or a postposition or participle follows (ky).
    fn is_oblique(&self, mention: &Mention) -> bool {
        if self.lang == Lang::Ky {
            return mention.last < self.to
                && (self.entry(Usage::Agent, mention.last).is_some()
                    || self.any(mention.last).has(Features::ADP)
                    || self.has(mention.last, Features::VERB | Features::PARTICIPLE)
                        && !self.has(mention.last, Features::FIN)
                        // «Инспекция алуучудан»: the noun for a person has the form of a participle.
                        && self.role_at(mention.last).is_none());
        }
        let mut at = mention.first;
        for _ in 0..4 {
            if at == self.from {
                return false;
            }
            at -= 1;
            let any = self.any(at);
            if any.has(Features::ADP) && !any.any(Features::NOUN | Features::ADV) {
                return true;
            }
            if !any.any(Features::ADJ | Features::PARTICIPLE | Features::PRON) {
                return false;
            }
        }
        false
    }

    /// True for a genitive after a noun («решение органа»): the nominative reading of such a form is a homonym.
    fn is_modifier(&self, mention: &Mention) -> bool {
        if self.lang != Lang::Ru || !mention.cases.has(Features::GEN) || mention.first == self.from {
            return false;
        }
        let before = self.any(mention.first - 1);
        before.has(Features::NOUN) && !before.any(Features::FIN | Features::CONJ)
    }

    /// «Комиссия башка негиздер боюнча баш тартат», «орган зарыл болсо токтотот»: a Kyrgyz subject may stand before the
    /// condition, which is then no clause with a subject of its own.
    fn subject_before_condition(&self, predicate: usize) -> Option<Role> {
        if self.lang != Lang::Ky || self.clause(predicate) != 0 {
            return None;
        }
        let first = *self.mentions(self.from, predicate).first()?;
        let inside = self.clause(first.first);
        if inside == 0
            || !first.cases.has(Features::NOM)
            || self.is_oblique(&first)
            || (self.from..first.first).any(|at| self.sign(at).is_none())
        {
            return None;
        }
        let verb = |at: usize| {
            self.clause(at) == inside
                && self.has(at, Features::VERB)
                && self.any(at).any(Features::COND | Features::PARTICIPLE)
        };
        let has_verb = (first.last..predicate).any(verb);
        (!has_verb || !self.has_other_subject(predicate)).then_some(first.role)
    }

    /// «органу предоставляется право», «органдарга … тыюу салынат»: the dative holds the right or the ban.
    fn dative_subject(&self, predicate: usize) -> Option<Role> {
        if !self.is_modal(predicate) {
            return None;
        }
        let mentions = self.mentions(self.from, self.to);
        let found = mentions
            .iter()
            .find(|it| it.cases.has(Features::DAT) && !it.cases.has(Features::NOM) && !self.is_oblique(it));
        // A dative in «может быть предоставлен гражданину» is the addressee.
        if self.is_passive(predicate) && self.passive_participle(predicate) {
            None
        } else {
            found.map(|it| it.role)
        }
    }

    fn passive_participle(&self, predicate: usize) -> bool {
        let end = (predicate + 4).min(self.to);
        match self.lang {
            Lang::Ky => (predicate.saturating_sub(3).max(self.from)..=predicate)
                .any(|at| self.has(at, Features::VERB | Features::VN | Features::PASSIVE)),
            _ => (predicate..end).any(|at| {
                self.has(at, Features::PARTICIPLE | Features::PASSIVE)
                    || self.has(at, Features::INF | Features::PASSIVE)
            }),
        }
    }

    /// «органдардын … укугу бар»: the genitive holds the right.
    fn genitive_holder(&self, predicate: usize) -> Option<Role> {
        if self.lang != Lang::Ky || !self.is_modal(predicate) {
            return None;
        }
        let held =
            (predicate.saturating_sub(1).max(self.from)..=predicate).any(|at| self.has(at, Features::P3));
        if !held {
            return None;
        }
        let mentions = self.mentions(self.from, predicate);
        mentions.iter().find(|it| it.cases.has(Features::GEN) && !self.is_oblique(it)).map(|it| it.role)
    }

    /// A pronoun in the nominative stands for the last one who was named.
    fn pronoun(&self, predicate: usize) -> Option<Role> {
        let at = (self.from..predicate).rev().find(|at| self.entry(Usage::Pronoun, *at).is_some())?;
        let end = self.entry(Usage::Pronoun, at)?;
        let cases = self.head_cases(at, end);
        if !cases.has(Features::NOM) && cases != Features::NONE {
            return None;
        }
        let earlier = Norm { from: 0, to: self.from, head: None, ..*self };
        earlier.mentions(0, self.from).last().map(|it| it.role)
    }

    /// True when another noun than those of the lexicons is surely the subject.
    fn has_other_subject(&self, predicate: usize) -> bool {
        let clause = self.clause(predicate);
        // «баш тартат», «талап кылат»: the noun of a compound verb is no subject.
        let compound = (predicate.saturating_sub(2).max(self.from)..predicate)
            .find(|at| {
                let ends = |it: ActClass| self.entry(Usage::Act(it), *at).is_some_and(|end| end > predicate);
                self.lang == Lang::Ky && ActClass::ALL.into_iter().any(ends)
            })
            .unwrap_or(predicate);
        (self.from..compound).rev().take_while(|at| !matches!(self.sign(*at), Some(';'))).any(|at| {
            let nominative = self.words.readings(self.tokens[at].word).iter().any(|it| {
                it.features.has(Features::NOUN | Features::NOM) && !it.features.has(Features::GUESS)
            });
            self.clause(at) == clause
                && nominative
                && !self.any(at).any(Features::ADP | Features::CONJ)
                && !self.is_oblique(&Mention {
                    role: Role::Person,
                    first: at,
                    last: at + 1,
                    cases: Features::NOM,
                })
        })
    }

    /// Who does what a passive says, or by whose decision it is done.
    fn agent(&self) -> Option<Role> {
        self.performer().flatten().or_else(|| self.decider())
    }

    /// Who does what a passive says: `Some(None)` when something else than a role does it («законодательством»), `None`
    /// when nobody is named.
    fn performer(&self) -> Option<Option<Role>> {
        let passive = Features::VERB | Features::PASSIVE;
        let inside = (self.first..self.last).rev().find(|at| self.has(*at, passive));
        if self.lang == Lang::Ky && inside.is_none() {
            let found = self.before_participle();
            if found.is_some() {
                return found;
            }
        }
        let anchor = inside.or_else(|| self.predicate().filter(|at| self.is_passive(*at)));
        match self.lang {
            Lang::Ky => self.by_postposition(anchor?),
            Lang::En => self.by_preposition(anchor?),
            _ => self.by_case(anchor?),
        }
    }

    /// The agent of a Russian passive is the first noun in the instrumental after it; before it only a role counts.
    /// «Утверждается приказом министерства»: of an instrument the one whose it is.
    fn by_case(&self, anchor: usize) -> Option<Option<Role>> {
        let mut at = anchor + 1;
        while at < self.to && at <= anchor + NEAR && !matches!(self.sign(at), Some(',' | ';' | ':' | '(')) {
            if let Some(mention) = self.mention_at(at) {
                if mention.cases.has(Features::INS) && !self.is_oblique(&mention) {
                    return Some(Some(mention.role));
                }
                at = mention.last;
                continue;
            }
            let noun = Features::NOUN | Features::INS;
            let place = Mention { role: Role::Person, first: at, last: at + 1, cases: Features::INS };
            if self.has(at, noun)
                && !self.any(at).any(Features::ADP | Features::ADV)
                && !self.is_oblique(&place)
            {
                let owner = (at + 1..(at + 6).min(self.to))
                    .take_while(|it| self.sign(*it).is_none())
                    .find_map(|it| self.mention_at(it))
                    .filter(|it| it.cases.has(Features::GEN) && it.role == Role::Authority);
                return Some(owner.map(|it| it.role));
            }
            at += 1;
        }
        // An attribute («установленный органом») has its agent after it.
        if self.has(anchor, Features::PARTICIPLE) && !self.has(anchor, Features::SHORT) {
            return None;
        }
        let left = (self.from..anchor)
            .rev()
            .take_while(|at| !matches!(self.sign(*at), Some(',' | ';' | ':')))
            .last()
            .unwrap_or(anchor);
        let by = |it: &&Mention| it.cases.has(Features::INS) && !self.is_oblique(it);
        self.mentions(left, anchor).iter().rev().find(by).map(|it| Some(it.role))
    }

    fn by_preposition(&self, anchor: usize) -> Option<Option<Role>> {
        let by = (anchor + 1..(anchor + NEAR).min(self.to))
            .take_while(|at| !matches!(self.sign(*at), Some(';' | ':')))
            .find(|at| self.entry(Usage::Agent, *at).is_some())?;
        let found = (by + 1..(by + 6).min(self.to)).find_map(|at| self.mention_at(at));
        Some(found.map(|it| it.role))
    }

    fn by_postposition(&self, anchor: usize) -> Option<Option<Role>> {
        let by = (self.from..self.last.max(anchor))
            .rev()
            .take_while(|at| !matches!(self.sign(*at), Some(';' | ':')))
            .find(|at| self.entry(Usage::Agent, *at).is_some())?;
        let mentions = self.mentions(by.saturating_sub(8).max(self.from), by);
        Some(mentions.last().filter(|it| it.last == by).map(|it| it.role))
    }

    /// «Министрлик аныктаган тартипте»: the agent of a Kyrgyz participle stands in the nominative right before it.
    fn before_participle(&self) -> Option<Option<Role>> {
        let participle = Features::VERB | Features::PARTICIPLE;
        let at = (self.first..self.last).find(|at| self.has(*at, participle))?;
        let mentions = self.mentions(at.saturating_sub(8).max(self.from), at);
        let holder = mentions.last().filter(|it| it.last == at && it.cases.has(Features::NOM))?;
        Some(Some(holder.role))
    }

    fn mention_at(&self, at: usize) -> Option<Mention> {
        let (role, last) = self.role_at(at)?;
        Some(Mention { role, first: at, last, cases: self.head_cases(at, last) })
    }

    /// «по решению органа», «органдын чечими боюнча».
    fn decider(&self) -> Option<Role> {
        for at in self.from..self.to {
            let Some(end) = self.entry(Usage::Decision, at) else { continue };
            let (from, to) = match self.lang {
                Lang::Ky => (at.saturating_sub(4).max(self.from), at + 1),
                _ => (at, (end + 5).min(self.to)),
            };
            let holds = |it: &&Mention| {
                it.cases.has(Features::GEN) || self.lang == Lang::En || it.cases.has(Features::INS)
            };
            if let Some(found) = self.mentions(from, to).iter().find(holds) {
                return Some(found.role);
            }
        }
        None
    }

    /// The modal that governs the words.
    fn modality(&self) -> Option<Modality> {
        let at = |at: usize| self.modal_at(at);
        let inside = (self.first..self.last).find_map(at);
        if inside.is_some() {
            return inside;
        }
        let here = self.clause(self.first);
        let same = |token: &usize| self.clause(*token) == here;
        let stop = |token: &usize| !matches!(self.sign(*token), Some(';'));
        let left = || (self.from..self.first).rev().take_while(stop).filter(same).take(2 * NEAR).find_map(at);
        let right = || (self.last..self.to).take_while(stop).filter(same).take(2 * NEAR).find_map(at);
        let own = match self.lang {
            Lang::Ky => right().or_else(left),
            _ => left().or_else(right),
        };
        match self.head {
            Some(head) if own.is_none() && self.predicate().is_none() => head.modality(),
            _ => own,
        }
    }

    fn negated(&self) -> bool {
        let negation = |at: usize| self.entry(Usage::Negation, at).is_some();
        let before = |at: usize| at > self.from && negation(at - 1);
        let predicate = self.predicate();
        match self.lang {
            Lang::Ky => {
                let denied =
                    |at: usize| (at + 1..(at + 3).min(self.to)).any(negation) || self.has(at, Features::NEG);
                // What hangs on a condition is denied in the main clause, which ends the sentence.
                let main = || self.in_condition() && self.main_predicate().is_some_and(denied);
                predicate.is_some_and(denied)
                    || (self.first..self.last).any(|it| self.has(it, Features::FIN | Features::NEG))
                    || main()
            }
            Lang::En => {
                let denied = |at: usize| before(at) || at + 1 < self.to && negation(at + 1);
                before(self.first) || predicate.is_some_and(denied)
            }
            _ => before(self.first) || predicate.is_some_and(before),
        }
    }

    fn epistemic(&self) -> bool {
        let Some(at) = self.predicate() else { return false };
        match self.lang {
            Lang::Ky => self.has_usage(Usage::Epistemic, at.saturating_sub(5).max(self.from), at),
            _ => self.has_usage(Usage::Epistemic, at, (at + 5).min(self.to)),
        }
    }

    /// Classes of what is done: of the words themselves, else of the nearest act that they govern.
    fn acts(&self) -> Vec<ActClass> {
        // An attribute («в установленном порядке») is not what is done.
        let attribute = self.is_attribute();
        let participle = Features::VERB | Features::PARTICIPLE;
        let at = |at: usize| -> Vec<ActClass> {
            if attribute && (self.first..self.last).contains(&at) && self.has(at, participle) {
                return Vec::new();
            }
            ActClass::ALL.into_iter().filter(|it| self.entry(Usage::Act(*it), at).is_some()).collect()
        };
        let mut found: Vec<ActClass> = (self.first..self.last).flat_map(at).collect();
        if found.is_empty()
            && let Some(head) = self.head.filter(|it| it.opens_conditions())
        {
            // «Отказывает в следующих случаях: …»: the items are conditions, what is done stands in the head line.
            found = head.acts();
        }
        if found.is_empty() {
            // «Отказывает в выдаче»: the verb that governs says what is done, not the noun that depends on it.
            // What hangs on a condition is done in the main clause.
            let main = self
                .main_predicate()
                .filter(|_| self.predicate().is_some_and(|it| self.clause(it) != 0) && self.in_condition());
            found = main.map(|it| self.acts_at_predicate(it)).unwrap_or_default();
            if found.is_empty() {
                found = self.predicate().map(|it| self.acts_at_predicate(it)).unwrap_or_default();
            }
        }
        if found.is_empty() {
            let stop = |token: &usize| !matches!(self.sign(*token), Some(';'));
            let right = (self.last..self.to).take_while(stop).take(NEAR).map(at).find(|it| !it.is_empty());
            let left = || {
                (self.from..self.first).rev().take_while(stop).take(NEAR).map(at).find(|it| !it.is_empty())
            };
            found = match self.lang {
                Lang::Ky => left().or(right),
                _ => right.or_else(left),
            }
            .unwrap_or_default();
        }
        if found.is_empty()
            && let Some(head) = self.head
        {
            found = head.acts();
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// True for a head line whose items are conditions: «… отказывает, если:», «төмөнкү учурларда … баш тартат:».
    fn opens_conditions(&self) -> bool {
        let from = if self.lang == Lang::Ky { self.from } else { self.first };
        !self.is_modal(self.first) && self.has_usage(Usage::Condition, from, self.to)
    }

    /// Classes of the predicate itself: an entry that holds its word, or the infinitive of a modal.
    fn acts_at_predicate(&self, predicate: usize) -> Vec<ActClass> {
        let begin = predicate.saturating_sub(2).max(self.from);
        let end = if self.is_modal(predicate) { (predicate + 4).min(self.to) } else { predicate + 1 };
        let holds = |it: ActClass| {
            (begin..end).any(|at| self.entry(Usage::Act(it), at).is_some_and(|last| last > predicate))
        };
        ActClass::ALL.into_iter().filter(|it| holds(*it)).collect()
    }

    /// True when a person is named in the sentence or its head line, or the act is one that is done to persons.
    fn touches(&self) -> bool {
        let person =
            |norm: &Norm<'_>| norm.mentions(norm.from, norm.to).iter().any(|it| it.role == Role::Person);
        let implied = |it: &ActClass| {
            matches!(
                it,
                ActClass::Grant
                    | ActClass::Deny
                    | ActClass::Stop
                    | ActClass::Punish
                    | ActClass::Relieve
                    | ActClass::Extend
            )
        };
        person(self) || self.head.is_some_and(person) || self.acts().iter().any(implied)
    }

    /// Whether grounds or conditions bound the decision.
    fn bounds(&self) -> &'static str {
        if self.has_usage(Usage::Bound, self.from, self.to) {
            return "closed";
        }
        let mut open = false;
        for at in self.from..self.to {
            let postposed = self.lang == Lang::Ky
                && (self.has(at, Features::VERB | Features::COND)
                    || self.entry(Usage::Condition, at).is_some());
            let opens = self.lang != Lang::Ky && self.entry(Usage::Condition, at).is_some();
            if !postposed && !opens {
                continue;
            }
            open = true;
            let (from, to) = if postposed {
                (at.saturating_sub(NEAR).max(self.from), at + 1)
            } else {
                (at, (at + NEAR).min(self.to))
            };
            let negated = (from..to).any(|it| {
                self.entry(Usage::Negation, it).is_some()
                    || self.lang == Lang::Ky && self.has(it, Features::PARTICIPLE | Features::NEG)
            });
            let referred = self.has_usage(Usage::Entity("ref"), from, to);
            if referred && !negated && !self.has_usage(Usage::Open, from, to) {
                return "closed";
            }
        }
        let enumerates = self.sign(self.to - 1) == Some(':');
        if enumerates && open {
            return if self.list() == "open" { "open" } else { "closed" };
        }
        if open { "open" } else { "none" }
    }

    fn reference(&self) -> &'static str {
        if self.has_entity("ref") || self.has_entity("act") { "resolved" } else { "none" }
    }

    fn list(&self) -> &'static str {
        if self.has_usage(Usage::Open, self.from, self.to) {
            "open"
        } else if self.sign(self.to - 1) == Some(':') || self.head.is_some() {
            "closed"
        } else {
            "none"
        }
    }

    fn in_condition(&self) -> bool {
        if self.lang == Lang::Ky {
            let end = (self.last..self.to).take_while(|at| !matches!(self.sign(*at), Some(',' | ';' | ':')));
            return (self.first..self.last).chain(end.take(NEAR)).any(|at| {
                self.has(at, Features::VERB | Features::COND) || self.entry(Usage::Condition, at).is_some()
            });
        }
        let clause =
            (self.from..self.first).rev().take_while(|at| !matches!(self.sign(*at), Some(';' | ':')));
        let mut commas = 0;
        for at in clause.take(2 * NEAR) {
            if self.sign(at) == Some(',') {
                commas += 1;
            }
            if commas > 1 {
                return false;
            }
            if let Some(end) = self.entry(Usage::Condition, at)
                && end <= self.first
            {
                // A preposition governs its own phrase only; a conjunction governs the clause.
                return commas == 0 || self.any(at).has(Features::CONJ);
            }
        }
        self.entry(Usage::Condition, self.first).is_some()
            || self.head.is_some_and(|head| head.has_usage(Usage::Condition, head.from, head.to))
    }
}
