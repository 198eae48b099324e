//! Decisions: the places of a sentence at which somebody does what a class of acts names.
//!
//! «Вправе приостановить», «принимает решение об отказе», «узартат»: a predicate with the act that it says, governs or
//! carries. They are what rules of the kind `norm` and `absent` look at; who decides about whom, and within which bounds,
//! is asked of the norm around them.

use kalys_model::Lang;
use kalys_morph::Features;

use crate::def::{ActClass, Usage};
use crate::facts::Fact;
use crate::norm::{NEAR, Norm};

/// How far from a verb that carries it a deverbal noun may stand, in tokens.
const CARRIED: usize = 6;

/// Decisions of a sentence, in order.
pub(crate) fn collect(norm: &Norm<'_>, out: &mut Vec<Fact>) {
    let begin = out.len();
    let mut at = norm.from;
    while at < norm.to {
        let found = if norm.is_predicate(at) { decision(norm, at) } else { None };
        match found {
            Some((first, last)) => {
                out.push(Fact { first, last, values: Vec::new(), related: None });
                at = last.max(at + 1);
            }
            None => at += 1,
        }
    }
    if out.len() == begin && norm.head.is_some() {
        out.extend(item(norm).map(|(first, last)| Fact { first, last, values: Vec::new(), related: None }));
    }
}

/// The words of the decision whose predicate stands at `at`.
fn decision(norm: &Norm<'_>, at: usize) -> Option<(usize, usize)> {
    if norm.is_modal(at) {
        return governed(norm, at);
    }
    own(norm, at).or_else(|| carried(norm, at))
}

/// The act that the predicate itself says.
fn own(norm: &Norm<'_>, at: usize) -> Option<(usize, usize)> {
    (at.saturating_sub(2).max(norm.from)..=at)
        .find_map(|begin| act(norm, begin).filter(|end| *end > at).map(|end| (begin, end)))
}

/// The act that a modal governs: after it, in Kyrgyz before it.
fn governed(norm: &Norm<'_>, at: usize) -> Option<(usize, usize)> {
    let within = |it: &usize| !matches!(norm.sign(*it), Some(';' | ':'));
    if norm.lang == Lang::Ky {
        let begin =
            (norm.from..at).rev().take_while(within).take(NEAR).find(|it| act(norm, *it).is_some())?;
        return Some((begin, at + 1));
    }
    let found = |it: usize| act(norm, it).map(|end| (at, end));
    for it in (at + 1..norm.to).take_while(within).take(NEAR) {
        if let Some(found) = found(it) {
            return Some(found);
        }
        // What the modal governs is another verb; an auxiliary («быть выдано») is followed by a short form.
        let verb = Features::INF | Features::SHORT;
        let auxiliary = || (it + 1..(it + 4).min(norm.to)).any(|next| norm.any(next).has(Features::SHORT));
        if norm.lang == Lang::Ru
            && norm.any(it).any(verb)
            && !(norm.any(it).has(Features::INF) && auxiliary())
        {
            return norm
                .entry(Usage::Light, it)
                .and_then(|end| (end..norm.to).take_while(within).take(CARRIED).find_map(found));
        }
    }
    None
}

/// The deverbal noun that a verb without a class of its own carries: «проводит проверку», «текшерүү жүргүзөт».
fn carried(norm: &Norm<'_>, at: usize) -> Option<(usize, usize)> {
    let light = |begin: usize| norm.entry(Usage::Light, begin).filter(|end| *end > at);
    let (begin, end) =
        (at.saturating_sub(3).max(norm.from)..=at).find_map(|begin| light(begin).map(|end| (begin, end)))?;
    let within = |it: &usize| norm.sign(*it).is_none();
    if norm.lang == Lang::Ky {
        let noun =
            (norm.from..begin).rev().take_while(within).take(CARRIED).find(|it| act(norm, *it).is_some())?;
        return Some((noun, end));
    }
    let found = |it: usize| act(norm, it).map(|end| (at, end));
    (end..norm.to).take_while(within).take(CARRIED).find_map(found)
}

/// An item of an enumeration without a predicate: the infinitive or deverbal noun with which it begins, in Kyrgyz ends.
fn item(norm: &Norm<'_>) -> Option<(usize, usize)> {
    if norm.lang == Lang::Ky {
        return (norm.from..norm.to).rev().take(CARRIED).find_map(|it| act(norm, it).map(|end| (it, end)));
    }
    let infinitive = (norm.from..norm.to)
        .take(NEAR)
        .filter(|it| norm.any(*it).has(Features::INF))
        .find_map(|it| act(norm, it).map(|end| (it, end)));
    infinitive.or_else(|| (norm.from..norm.to).take(3).find_map(|it| act(norm, it).map(|end| (it, end))))
}

/// Where an act of any class that begins at a token ends.
fn act(norm: &Norm<'_>, at: usize) -> Option<usize> {
    ActClass::ALL.into_iter().filter_map(|it| norm.entry(Usage::Act(it), at)).max()
}
