//! What a pack says about itself: `pack.yaml`, the table of factors, the order of rules.

use kalys_model::{FactorCard, FactorId, Grade, Lang, LegalReference, ProfileCard, Text};

use crate::error::PackErrorKind as Kind;
use crate::fields::{Checker, FileId};
use crate::names::{GRADES, LANGS, nearest};
use crate::node::{Node, Place, Value};

/// A pack, as `pack.yaml` describes it.
#[derive(Clone, Debug)]
pub struct PackCard {
    /// Its name: `kg`.
    pub name: String,
    /// Its version, as written.
    pub version: String,
    /// Whether missing translations and guards are errors.
    pub stable: bool,
    /// SPDX expression.
    pub licence: String,
    /// Title for readers.
    pub title: Text,
    /// Languages that its rules have patterns and texts in.
    pub languages: Vec<Lang>,
    /// Codes of languages whose texts a native lawyer has reviewed.
    pub reviewed: Vec<String>,
}

impl PackCard {
    /// Stands for a card that cannot be read, so that the rest of the pack can.
    pub(crate) fn unknown() -> PackCard {
        PackCard {
            name: String::new(),
            version: String::new(),
            stable: false,
            licence: String::new(),
            title: Text::default(),
            languages: Vec::new(),
            reviewed: Vec::new(),
        }
    }
}

/// Reads `pack.yaml`.
pub(crate) fn read(c: &mut Checker, root: &Node) -> Option<PackCard> {
    let mut fields = c.fields("pack.yaml", root)?;
    let name = fields.required("pack").and_then(|it| name(c, "pack", it));
    let version = fields.text(c, "version");
    let stable = fields.required("stable").and_then(|it| c.truth("stable", it));
    let licence = fields.text(c, "licence");
    let languages = fields.required("languages").map(|it| c.all_named("languages", it, LANGS));
    let languages = languages.unwrap_or_default();
    if let Some(node) = fields.optional("engine") {
        engine(c, node);
    }
    let title = fields.required("title").map(|it| c.words("title", it, &languages).text);
    let reviewed = fields.optional("reviewed").map(|it| {
        // Nobody may have reviewed anything yet, so the list may be empty.
        let items = c.list("reviewed", it);
        items.iter().filter_map(|it| c.named("reviewed", it, LANGS)).map(|it| it.code().to_owned()).collect()
    });
    fields.finish(c);
    Some(PackCard {
        name: name.unwrap_or_default().to_owned(),
        version: version.unwrap_or_default().to_owned(),
        stable: stable.unwrap_or(true),
        licence: licence.unwrap_or_default().to_owned(),
        title: title.unwrap_or_default(),
        languages,
        reviewed: reviewed.unwrap_or_default(),
    })
}

/// `>=0.1`: the oldest engine that the pack works with.
fn engine(c: &mut Checker, node: &Node) {
    let Some(wanted) = c.text("engine", node) else { return };
    let parts = |version: &str| {
        let numbers: Option<Vec<u32>> = version.trim().split('.').map(|it| it.parse().ok()).collect();
        numbers.filter(|it| (1..=3).contains(&it.len())).map(|mut it| {
            it.resize(3, 0);
            it
        })
    };
    let have = env!("CARGO_PKG_VERSION");
    match wanted.trim().strip_prefix(">=").and_then(parts) {
        None => c.error(node.at, Kind::WrongVersion, [wanted.to_owned()]),
        Some(oldest) if Some(&oldest) > parts(have).as_ref() => {
            c.error(node.at, Kind::EngineVersion, [wanted.to_owned(), have.to_owned()]);
        }
        Some(_) => {}
    }
}

/// Factors and profiles of all packs, and where each stands.
#[derive(Debug, Default)]
pub(crate) struct Factors {
    pub(crate) cards: Vec<FactorCard>,
    pub(crate) profiles: Vec<ProfileCard>,
    places: Vec<(String, FileId, Place)>,
}

impl Factors {
    /// The factor with this key.
    pub(crate) fn find(&self, key: &str) -> Option<(FactorId, Grade)> {
        let at = self.cards.iter().position(|it| it.key == key)?;
        Some((FactorId(at as u16), self.cards[at].grade))
    }

    /// Reads a `factors.yaml` into the table.
    pub(crate) fn read(&mut self, c: &mut Checker, file: FileId, root: &Node, needed: &[Lang]) {
        let Some(mut fields) = c.fields("factors.yaml", root) else { return };
        if let Some(node) = fields.optional("profiles") {
            for item in c.list("profiles", node) {
                self.profile(c, file, item, needed);
            }
        }
        let mut families = Vec::new();
        if let Some(it) = fields.required("families").and_then(|it| c.fields("families", it)) {
            for (key, node) in it.entries() {
                c.words("families", node, needed);
                families.push(key.text.as_ref());
            }
        }
        if let Some(node) = fields.required("factors") {
            for item in c.items("factors", node) {
                self.factor(c, file, item, needed, &families);
            }
        }
        fields.finish(c);
    }

    fn profile(&mut self, c: &mut Checker, file: FileId, node: &Node, needed: &[Lang]) {
        let Some(mut fields) = c.fields("profiles", node) else { return };
        let key = fields.required("key").and_then(|it| self.new_key(c, file, it));
        let name = fields.required("name").map(|it| c.words("name", it, needed).text);
        let verified = fields.required("verified").and_then(|it| c.truth("verified", it));
        for optional in ["note", "source"] {
            if let Some(node) = fields.optional(optional) {
                c.text(optional, node);
            }
        }
        fields.finish(c);
        if let Some(key) = key {
            let name = name.unwrap_or_default();
            self.profiles.push(ProfileCard { key, name, verified: verified.unwrap_or(false) });
        }
    }

    fn factor(&mut self, c: &mut Checker, file: FileId, node: &Node, needed: &[Lang], families: &[&str]) {
        let Some(mut fields) = c.fields("factors", node) else { return };
        let key_node = fields.required("key");
        let key = key_node.and_then(|it| self.new_key(c, file, it));
        if let (Some(key), Some(node)) = (&key, key_node) {
            let family = key.split('/').next().unwrap_or_default();
            if !families.contains(&family) {
                let values = [family.to_owned(), nearest(family, families.iter().copied())];
                c.error(node.at, Kind::UnknownFamily, values);
            }
        }
        let name = fields.required("name").map(|it| c.words("name", it, needed).text);
        let grade = fields.required("grade").and_then(|it| c.named("grade", it, GRADES));
        let mut references = Vec::new();
        if let Some(node) = fields.optional("refs") {
            references = c.list("refs", node).iter().filter_map(|it| self.reference(c, it)).collect();
        }
        if let Some(node) = fields.optional("note") {
            c.text("note", node);
        }
        fields.finish(c);
        if let Some(key) = key {
            let grade = grade.unwrap_or(Grade::A);
            self.cards.push(FactorCard { key, name: name.unwrap_or_default(), grade, references });
        }
    }

    fn reference(&mut self, c: &mut Checker, node: &Node) -> Option<LegalReference> {
        let mut fields = c.fields("refs", node)?;
        let profile_node = fields.required("profile");
        let profile = profile_node.and_then(|it| c.text("profile", it));
        if let (Some(profile), Some(node)) = (profile, profile_node)
            && !self.profiles.iter().any(|it| it.key == profile)
        {
            let near = nearest(profile, self.profiles.iter().map(|it| it.key.as_str()));
            c.error(node.at, Kind::UnknownProfile, [profile.to_owned(), near]);
        }
        let number_node = fields.required("number");
        let number = number_node.and_then(|it| c.text("number", it));
        for key in ["from", "to"] {
            if let Some(text) = fields.optional(key).and_then(|it| Some((it, c.text(key, it)?))) {
                date(c, text.0, text.1);
            }
        }
        let verified = fields.required("verified").and_then(|it| c.truth("verified", it));
        for key in ["act", "note"] {
            if let Some(node) = fields.optional(key) {
                c.text(key, node);
            }
        }
        fields.finish(c);
        let official = self.profiles.iter().any(|it| it.verified && Some(it.key.as_str()) == profile);
        if let (true, Some(false), Some(number), Some(node)) = (official, verified, number, number_node) {
            let values = [profile.unwrap_or_default().to_owned(), number.to_owned()];
            c.error(node.at, Kind::UnverifiedReference, values);
        }
        Some(LegalReference {
            profile: profile?.to_owned(),
            number: number?.to_owned(),
            verified: verified.unwrap_or(false),
        })
    }

    fn new_key(&mut self, c: &mut Checker, file: FileId, node: &Node) -> Option<String> {
        let key = c.text("key", node)?;
        if let Some((_, other, at)) = self.places.iter().find(|it| it.0 == key) {
            let values = [key.to_owned(), c.path(*other).to_owned(), at.line.to_string()];
            c.error(node.at, Kind::DuplicateName, values);
            return None;
        }
        self.places.push((key.to_owned(), file, node.at));
        Some(key.to_owned())
    }
}

/// Reports a text that is no `YYYY-MM-DD`.
pub(crate) fn date(c: &mut Checker, node: &Node, text: &str) {
    let parts: Vec<Option<u32>> = text.split('-').map(|it| it.parse().ok()).collect();
    let fits = text.len() == 10
        && matches!(parts[..], [Some(_), Some(month), Some(day)] if (1..=12).contains(&month) && (1..=31).contains(&day));
    if !fits {
        c.error(node.at, Kind::NotDate, [text.to_owned()]);
    }
}

/// Reads `order.yaml`: names of rules and where each stands.
pub(crate) fn order<'n>(c: &mut Checker, root: &'n Node) -> Vec<(&'n str, Place)> {
    let Some(mut fields) = c.fields("order.yaml", root) else { return Vec::new() };
    let list = fields.required("order").map(|it| c.list("order", it)).unwrap_or_default();
    fields.finish(c);
    list.iter().filter_map(|it| Some((c.text("order", it)?, it.at))).collect()
}

/// A name of a lexicon, an exception or a pack: lower-case Latin letters, digits, hyphens, underscores.
pub(crate) fn name<'n>(c: &mut Checker, key: &str, node: &'n Node) -> Option<&'n str> {
    let text = c.text(key, node)?;
    if !is_name(text) {
        c.error(node.at, Kind::BadName, [text.to_owned()]);
    }
    Some(text)
}

/// Whether a text is such a name.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-' || it == b'_')
}

/// Whether a node is a list or mapping without anything in it.
pub(crate) fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Scalar(..) => false,
    }
}
