//! Files of packs to rules that can run: reads, checks every file and what files say of each other, compiles.

use std::fs;
use std::path::{Path, PathBuf};

use kalys_engine::def::{ENTITIES, Origin, PackDef, Usage};
use kalys_engine::{Flaw, FlawKind, Ruleset};
use kalys_model::{Catalog, Lang, RuleId};
use kalys_morph::Morphology;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::case::{RuleTests, Stash};
use crate::embedded;
use crate::error::{PackError, PackErrorKind as Kind};
use crate::fields::{Checker, FileId};
use crate::lexicon::{self, LexiconFile};
use crate::names::{listed, nearest, usages};
use crate::node::{self, Node, Place, Style, Value, YamlError, place_within};
use crate::pack::{self, Factors, PackCard};
use crate::rule::{self, RuleFile, World};

/// Where a pack comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackSource {
    /// The packs that are compiled into the program.
    Embedded,
    /// A folder with a `pack.yaml`.
    Folder(PathBuf),
}

/// Packs that are ready: the rules, and what belongs to them beside a check.
#[derive(Debug)]
pub struct Loaded {
    /// The rules, with their catalog.
    pub ruleset: Ruleset,
    /// The packs, in the order in which they were named.
    pub packs: Vec<PackCard>,
    pub(crate) tests: Vec<RuleTests>,
    pub(crate) checker: Checker,
}

impl Loaded {
    /// File and line of a rule.
    pub fn place(&self, rule: RuleId) -> Option<(&str, u32)> {
        let tests = self.tests.iter().find(|it| it.rule == rule)?;
        Some((self.checker.path(tests.file), tests.at.line))
    }
}

/// Files of one pack that are read.
const MAX_FILES: usize = 5000;
/// Folders inside each other that are looked into.
const MAX_FOLDERS: usize = 8;

/// Loads packs. Every error of every file is reported at once, sorted by file and place.
///
/// The tests of a folder's rules are checked too, though not run; those of embedded packs were checked when the program was
/// built, and are not even read.
///
/// A folder whose pack has the name of an embedded one stands in its place: so a built-in pack can be worked on.
pub fn load(sources: &[PackSource]) -> Result<Loaded, Vec<PackError>> {
    let mut c = Checker::default();
    let mut packs = Vec::new();
    for source in sources {
        match source {
            PackSource::Embedded => packs.extend(embedded_packs(&mut c)),
            PackSource::Folder(path) => packs.push(folder_pack(&mut c, path)),
        }
    }
    let mut loader = Loader::default();
    for pack in &mut packs {
        loader.card(&mut c, pack);
    }
    let own: Vec<String> = packs.iter().filter(|it| !it.embedded).filter_map(|it| it.name()).collect();
    packs.retain(|it| !it.embedded || it.name().is_none_or(|name| !own.contains(&name)));
    for pack in &packs {
        loader.factors(&mut c, pack);
    }
    for pack in &packs {
        loader.lexicons(&mut c, pack);
    }
    for pack in &mut packs {
        loader.rules(&mut c, pack);
    }
    for pack in &packs {
        loader.order(&mut c, pack);
    }
    loader.unused(&mut c);
    for tests in &loader.tests {
        if matches!(tests.stash, Stash::Parsed(_)) {
            tests.read(&mut c);
        }
    }
    loader.compile(c, packs)
}

/// The files of a pack, parsed.
struct PackFiles {
    /// Its folder, as the errors name it.
    folder: String,
    /// Whether it is compiled into the program.
    embedded: bool,
    docs: Vec<Doc>,
    card: Option<PackCard>,
    /// False when a file could not be parsed: then what it should hold is no error.
    whole: bool,
    /// Stems of rule and lexicon files, parsed or not.
    rule_stems: Vec<String>,
    lexicon_stems: Vec<String>,
}

struct Doc {
    file: FileId,
    part: Part,
    root: Node,
    tests: Option<Stash>,
}

/// What a file of a pack is for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Card,
    Factors,
    Order,
    Lexicon(String),
    Rule(String),
}

impl Part {
    /// The part that a path within the pack stands for; `None` for a file that no pack has.
    fn of(path: &str) -> Option<Part> {
        match path {
            "pack.yaml" => return Some(Part::Card),
            "factors.yaml" => return Some(Part::Factors),
            "order.yaml" => return Some(Part::Order),
            _ => {}
        }
        let (folder, name) = path.split_once('/')?;
        let stem = name.strip_suffix(".yaml").filter(|it| !it.contains('/'))?.to_owned();
        match folder {
            "lexicons" => Some(Part::Lexicon(stem)),
            "rules" => Some(Part::Rule(stem)),
            _ => None,
        }
    }
}

/// Written by the measuring command, read by nobody here.
fn ignored(path: &str) -> bool {
    path == "stats.yaml" || path.starts_with("fixtures/")
}

impl PackFiles {
    fn new(folder: String, embedded: bool) -> PackFiles {
        PackFiles {
            folder,
            embedded,
            docs: Vec::new(),
            card: None,
            whole: true,
            rule_stems: Vec::new(),
            lexicon_stems: Vec::new(),
        }
    }

    fn add(
        &mut self,
        c: &mut Checker,
        file: FileId,
        path: &str,
        parsed: Result<(Node, Option<Stash>), Vec<YamlError>>,
    ) {
        let Some(part) = Part::of(path) else {
            c.error(Place { line: 1, column: 1 }, Kind::StrayFile, []);
            return;
        };
        match &part {
            Part::Rule(stem) => self.rule_stems.push(stem.clone()),
            Part::Lexicon(stem) => self.lexicon_stems.push(stem.clone()),
            _ => {}
        }
        match parsed {
            Ok((root, tests)) => self.docs.push(Doc { file, part, root, tests }),
            Err(errors) => {
                self.whole = false;
                for error in errors {
                    let (kind, values) = Kind::of_yaml(error.kind);
                    c.error(error.at, kind, values);
                }
            }
        }
    }

    fn name(&self) -> Option<String> {
        self.card.as_ref().map(|it| it.name.clone())
    }

    fn part(&self, part: &Part) -> Option<&Doc> {
        self.docs.iter().find(|it| it.part == *part)
    }
}

fn embedded_packs(c: &mut Checker) -> Vec<PackFiles> {
    let mut packs: Vec<PackFiles> = Vec::new();
    for file in embedded::FILES {
        // rules/kg/pack.yaml: the pack is rules/kg.
        let mut parts = file.path.splitn(3, '/');
        let (Some(root), Some(pack), Some(path)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        if ignored(path) {
            continue;
        }
        let folder = format!("{root}/{pack}");
        if packs.last().is_none_or(|it| it.folder != folder) {
            packs.push(PackFiles::new(folder, true));
        }
        let id = c.open(file.path.to_owned(), None);
        let parsed = file.read().map(|(mut root, tests)| {
            let stash = match tests {
                Some(span) => Some(Stash::Packed(span)),
                None => node::take(&mut root, "tests").map(|it| Stash::Parsed(Some(it))),
            };
            (root, stash)
        });
        if let Some(pack) = packs.last_mut() {
            pack.add(c, id, path, parsed);
        }
    }
    packs
}

fn folder_pack(c: &mut Checker, folder: &Path) -> PackFiles {
    let name = folder.to_string_lossy().replace('\\', "/");
    let mut pack = PackFiles::new(name.trim_end_matches('/').to_owned(), false);
    let mut paths = Vec::new();
    let listed = list(folder, String::new(), 0, &mut paths);
    let start = Place { line: 1, column: 1 };
    if let Err(error) = listed {
        c.open(pack.folder.clone(), None);
        c.error(start, Kind::Unreadable, [error.to_string()]);
        pack.whole = false;
    }
    if paths.len() > MAX_FILES {
        c.open(pack.folder.clone(), None);
        c.error(start, Kind::TooManyFiles, [MAX_FILES.to_string()]);
        pack.whole = false;
        return pack;
    }
    paths.sort();
    for path in paths {
        let shown = format!("{}/{path}", pack.folder);
        match read_file(&folder.join(&path)) {
            Ok(text) => {
                let parsed = node::parse(&text).map(|mut root| {
                    let tests = node::take(&mut root, "tests");
                    (root, tests.map(|it| Stash::Parsed(Some(it))))
                });
                let file = c.open(shown, Some(text));
                pack.add(c, file, &path, parsed);
            }
            Err((kind, values)) => {
                c.open(shown, None);
                c.error(start, kind, values);
                pack.whole = false;
            }
        }
    }
    pack
}

fn read_file(path: &Path) -> Result<String, (Kind, Vec<String>)> {
    let unreadable = |error: std::io::Error| (Kind::Unreadable, vec![error.to_string()]);
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if size > node::MAX_BYTES as u64 {
        return Err(Kind::of_yaml(node::YamlErrorKind::TooLarge));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|_| (Kind::NotUtf8, Vec::new()))
}

/// Lists the YAML files of a folder by their paths within it. Linked folders are left out, lest they lead in a circle.
fn list(folder: &Path, within: String, depth: usize, out: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = if within.is_empty() { name } else { format!("{within}/{name}") };
        if entry.file_type()?.is_dir() {
            if depth < MAX_FOLDERS && !ignored(&format!("{path}/")) {
                list(&entry.path(), path, depth + 1, out)?;
            }
        } else if (path.ends_with(".yaml") || path.ends_with(".yml"))
            && !ignored(&path)
            && out.len() <= MAX_FILES
        {
            out.push(path);
        }
    }
    Ok(())
}

#[derive(Default)]
struct Loader {
    factors: Factors,
    lexicons: Vec<(FileId, LexiconFile)>,
    usages: FxHashMap<String, Option<Usage>>,
    rules: Vec<(FileId, RuleFile)>,
    tests: Vec<RuleTests>,
    order: Vec<String>,
    /// Names of lexicons that are there but could not be read.
    unread: FxHashSet<String>,
    /// A rule or lexicon could not be read, so a lexicon without user may have one.
    gaps: bool,
}

impl Loader {
    fn card(&mut self, c: &mut Checker, pack: &mut PackFiles) {
        pack.card = match pack.part(&Part::Card) {
            Some(doc) => {
                c.enter(doc.file);
                Some(pack::read(c, &doc.root).unwrap_or_else(PackCard::unknown))
            }
            None => {
                if pack.whole {
                    c.open(pack.folder.clone(), None);
                    c.error(Place { line: 1, column: 1 }, Kind::MissingFile, ["pack.yaml".to_owned()]);
                }
                // The rules are read all the same, without what only the pack can ask of them.
                Some(PackCard::unknown())
            }
        };
    }

    fn factors(&mut self, c: &mut Checker, pack: &PackFiles) {
        if let Some(doc) = pack.part(&Part::Factors) {
            c.enter(doc.file);
            self.factors.read(c, doc.file, &doc.root, needed(pack));
        }
    }

    fn lexicons(&mut self, c: &mut Checker, pack: &PackFiles) {
        let usages = usages();
        for stem in &pack.lexicon_stems {
            self.unread.insert(stem.clone());
        }
        for doc in &pack.docs {
            let Part::Lexicon(stem) = &doc.part else { continue };
            c.enter(doc.file);
            let Some(lexicon) = lexicon::read(c, &doc.root, stem, &usages) else { continue };
            self.unread.remove(stem);
            let other = self.lexicons.iter().find(|it| it.1.def.name == *stem);
            if let Some((file, other)) = other {
                let values = [stem.clone(), c.path(*file).to_owned(), other.at.line.to_string()];
                c.error(lexicon.at, Kind::DuplicateName, values);
                continue;
            }
            self.usages.insert(stem.clone(), lexicon.def.usage);
            self.lexicons.push((doc.file, lexicon));
        }
        self.gaps |= !self.unread.is_empty();
    }

    fn rules(&mut self, c: &mut Checker, pack: &mut PackFiles) {
        let Some(card) = &pack.card else {
            self.gaps = true;
            return;
        };
        self.gaps |= !pack.whole;
        // Equal rules are an error of one pack: whoever loads two packs can mend neither.
        let before = self.rules.len();
        for doc in &mut pack.docs {
            let Part::Rule(stem) = &doc.part else { continue };
            c.enter(doc.file);
            let world = World { pack: card, factors: &self.factors, usages: &self.usages };
            let Some(rule) = rule::read(c, &doc.root, stem, &world) else {
                self.gaps = true;
                continue;
            };
            if let Some((file, other)) = self.rules.iter().find(|it| it.1.def.name == *stem) {
                let values = [stem.clone(), c.path(*file).to_owned(), other.at.line.to_string()];
                c.error(rule.at, Kind::DuplicateName, values);
                continue;
            }
            if !rule.whole {
                self.gaps = true;
            } else if let Some((_, other)) =
                self.rules[before..].iter().find(|it| it.1.signature == rule.signature)
            {
                c.error(rule.at, Kind::EqualRules, [other.def.name.clone()]);
            }
            let id = RuleId(self.rules.len() as u16);
            let stash = doc.tests.take().unwrap_or(Stash::Parsed(None));
            let standing = (rule.stable, rule.card.languages.clone());
            self.tests.push(RuleTests::new(c, id, (doc.file, rule.at), stash, &rule.def, standing));
            self.rules.push((doc.file, rule));
        }
    }

    fn order(&mut self, c: &mut Checker, pack: &PackFiles) {
        let Some(doc) = pack.part(&Part::Order) else {
            if pack.whole && pack.rule_stems.len() > 1 {
                c.open(pack.folder.clone(), None);
                c.error(Place { line: 1, column: 1 }, Kind::MissingFile, ["order.yaml".to_owned()]);
            }
            self.order.extend(pack.rule_stems.iter().cloned());
            return;
        };
        c.enter(doc.file);
        let mut seen: FxHashMap<&str, Place> = FxHashMap::default();
        for (name, at) in pack::order(c, &doc.root) {
            if let Some(first) = seen.insert(name, at) {
                let values = [name.to_owned(), c.path(doc.file).to_owned(), first.line.to_string()];
                c.error(at, Kind::DuplicateName, values);
            } else if !pack.rule_stems.iter().any(|it| it == name) {
                let near = nearest(name, pack.rule_stems.iter().map(String::as_str));
                c.error(at, Kind::OrderUnknown, [name.to_owned(), near]);
            } else {
                self.order.push(name.to_owned());
            }
        }
        for stem in &pack.rule_stems {
            if !seen.contains_key(stem.as_str()) {
                c.error(doc.root.at, Kind::OrderMissing, [stem.clone()]);
            }
        }
    }

    /// Reports lexicons that neither a phrase names nor the engine uses.
    fn unused(&self, c: &mut Checker) {
        if self.gaps || c.unread_phrases > 0 {
            return;
        }
        let mut named: FxHashSet<&str> = FxHashSet::default();
        let lexicons = self.lexicons.iter().map(|it| (it.1.def.name.as_str(), &it.1.def.entries));
        for (name, entries) in lexicons {
            // A lexicon that only names itself has no user.
            let mut name_other = |list| {
                if list != name {
                    named.insert(list);
                }
            };
            for phrases in [&entries.ky, &entries.ru, &entries.en] {
                phrases.iter().for_each(|it| lists(&it.phrase, &mut name_other));
            }
        }
        for (_, rule) in &self.rules {
            let exceptions = rule.def.exceptions.iter().map(|it| &it.phrases);
            let find = match &rule.def.kind {
                kalys_engine::def::RuleKind::Find(phrases) => Some(phrases),
                kalys_engine::def::RuleKind::Match { .. } => None,
            };
            let slots = rule.def.absence.iter().flat_map(|it| &it.slots).map(|it| &it.phrases);
            for phrases in exceptions.chain(find).chain(slots).flat_map(|it| [&it.ky, &it.ru, &it.en]) {
                for it in phrases {
                    lists(&it.phrase, |list| {
                        named.insert(list);
                    });
                }
            }
        }
        for (file, lexicon) in &self.lexicons {
            let name = lexicon.def.name.as_str();
            if lexicon.has_entries() && lexicon.def.usage.is_none() && !named.contains(name) {
                c.enter(*file);
                c.error(lexicon.at, Kind::UnusedLexicon, [name.to_owned()]);
            }
        }
    }

    fn compile(self, mut c: Checker, packs: Vec<PackFiles>) -> Result<Loaded, Vec<PackError>> {
        let mut def = PackDef { order: self.order, ..PackDef::default() };
        let mut catalog = Catalog::default();
        let mut names = Vec::with_capacity(self.lexicons.len());
        for (_, lexicon) in self.lexicons {
            names.push(lexicon.def.name.clone());
            def.lexicons.push(lexicon.def);
            def.stems.extend(lexicon.stems);
        }
        for (_, rule) in self.rules {
            def.rules.push(rule.def);
            catalog.rules.push(rule.card);
        }
        catalog.factors = self.factors.cards;
        catalog.profiles = self.factors.profiles;
        // Rules in the order need not be there when their files are flawed.
        def.order.retain(|name| def.rules.iter().any(|it| it.name == *name));

        let clean = c.clean();
        let morphology = Morphology::new(&def.stems);
        match Ruleset::compile(&def, morphology, catalog) {
            Ok(ruleset) if clean => {
                let packs = packs.into_iter().filter_map(|it| it.card).collect();
                Ok(Loaded { ruleset, packs, tests: self.tests, checker: c })
            }
            Ok(_) => Err(c.into_errors()),
            Err(flaws) => {
                let mut locator = Locator::default();
                for flaw in flaws {
                    report(&mut c, &mut locator, flaw, clean, &names, &self.unread);
                }
                Err(c.into_errors())
            }
        }
    }
}

/// Languages whose texts a pack must have.
fn needed(pack: &PackFiles) -> &[Lang] {
    match &pack.card {
        Some(card) if card.stable => &card.languages,
        _ => &[],
    }
}

fn lists<'a>(phrase: &'a kalys_engine::phrase::Phrase, mut f: impl FnMut(&'a str)) {
    phrase.visit(&mut |atom, _| {
        if let kalys_engine::phrase::Atom::List { name, .. } = atom {
            f(name);
        }
    });
}

/// Reports what the engine found, at the place in the file.
fn report(
    c: &mut Checker,
    locator: &mut Locator,
    flaw: Flaw,
    clean: bool,
    lexicons: &[String],
    unread: &FxHashSet<String>,
) {
    let (kind, values) = match flaw.kind {
        FlawKind::UnknownWord { word, nearest, .. } => (Kind::UnknownWord, vec![word, nearest.join(", ")]),
        FlawKind::ImpossibleFeatures { word, features } => (Kind::ImpossibleFeatures, vec![word, features]),
        FlawKind::UnknownList(list) => {
            // Its file has an error of its own.
            if unread.contains(&list) {
                return;
            }
            let near = nearest(&list, lexicons.iter().map(String::as_str));
            (Kind::UnknownList, vec![list, near])
        }
        FlawKind::EmptyList { .. } if c.unread_phrases > 0 => return,
        FlawKind::EmptyList { name, lang } => (Kind::EmptyLexicon, vec![name, lang.code().to_owned()]),
        FlawKind::UnknownEntity(entity) => {
            // A known entity may lack a lexicon; then there is nothing to guess.
            let known = ENTITIES.contains(&entity.as_str());
            let near = if known { String::new() } else { nearest(&entity, ENTITIES.iter().copied()) };
            (Kind::UnknownEntity, vec![entity, near, listed(ENTITIES.iter().copied())])
        }
        FlawKind::Circular(list) => (Kind::Circular, vec![list]),
        FlawKind::MatchesEmpty => (Kind::MatchesEmpty, Vec::new()),
        FlawKind::ImpossibleLiteral(literal) => (Kind::ImpossibleLiteral, vec![literal]),
        FlawKind::UnknownCapture(_) | FlawKind::UnknownFact(_) if !clean => return,
        FlawKind::UnknownCapture(capture) => (Kind::UnknownCapture, vec![capture]),
        FlawKind::UnknownFact(fact) => {
            let near = nearest(&fact, kalys_engine::FACTS.iter().map(|it| it.0));
            (Kind::UnknownFact, vec![fact, near])
        }
    };
    let at = locator.locate(c, flaw.origin, flaw.at as usize);
    c.error(at, kind, values);
}

/// Finds the exact places of flaws inside scalars.
///
/// A file is parsed again for it: this happens only when there is an error to report, and nothing needs to be kept for it.
#[derive(Default)]
struct Locator {
    file: Option<FileId>,
    root: Option<Node>,
    /// Places found in this file.
    found: usize,
}

impl Locator {
    /// Enters the file of an origin and gives the place of the byte at `offset` of the scalar that stands there; of more
    /// errors than are shown, the place of the scalar.
    fn locate(&mut self, c: &mut Checker, origin: Origin, offset: usize) -> Place {
        let (file, at) = c.place(origin);
        c.enter(file);
        let Some(source) = c.source(file) else { return at };
        if self.file != Some(file) {
            *self = Locator { file: Some(file), root: node::parse(source).ok(), found: 0 };
        }
        self.found += 1;
        if self.found > node::MAX_ERRORS {
            return at;
        }
        match self.root.as_ref().and_then(|it| scalar_at(it, at)) {
            Some((text, style)) => place_within(source, at, style, text, offset),
            None => at,
        }
    }
}

fn scalar_at(node: &Node, at: Place) -> Option<(&str, Style)> {
    match &node.value {
        Value::Scalar(text, style) => (node.at == at).then_some((text, *style)),
        Value::List(items) => items.iter().find_map(|it| scalar_at(it, at)),
        Value::Map(entries) => entries.iter().find_map(|(_, it)| scalar_at(it, at)),
    }
}
