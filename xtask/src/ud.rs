//! `cargo xtask ud`: how well the Kyrgyz grammar tells words, and how many words of real acts are known, in Kyrgyz and
//! Russian, at what cost.
//!
//! Every lemma of the treebank is treated as the word of a rule. A hit is a word that the grammar takes for a form of it;
//! it is right when the treebank gives that lemma. Precision is the share of right hits, recall the share of words with
//! their lemma hit. Lemmas are told apart by spelling and by verb or no verb.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use kalys_model::{Alphabet, Lang};
use kalys_morph::{Features, Morphology, Reading, Stem, fold};

/// What `cargo xtask ud` takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A treebank in CoNLL-U; left out, acts/ky_general/ktmu-train.conllu of the shared folder (KALYS_SHARED)
    treebank: Option<PathBuf>,
    /// Print so many of the commonest unknown words and wrong hits
    #[arg(long, default_value_t = 0)]
    show: usize,
}

/// Scores, and prints the figures.
#[expect(clippy::print_stdout, reason = "the figures are the output of this command")]
pub(crate) fn run(args: &Args) -> Result<()> {
    let shared = std::env::var_os("KALYS_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let treebank = args.treebank.clone().unwrap_or_else(|| shared.join("acts/ky_general/ktmu-train.conllu"));
    let text = fs::read_to_string(&treebank)
        .with_context(|| format!("cannot read {}; set KALYS_SHARED or give a path", treebank.display()))?;
    let words = read_words(&text);
    if words.is_empty() {
        bail!("{} has no words with lemmas; give a treebank in CoNLL-U", treebank.display());
    }
    let rules: HashSet<Rule> = words.iter().map(Word::rule).collect();
    let stems: Vec<Stem> = words
        .iter()
        .map(|it| Stem { stem: it.lemma.clone() + if it.verb { "-" } else { "" }, class: it.class })
        .collect();
    let morphology = Morphology::new(&stems);
    println!("{}: {} words, {} lemmas", file_name(&treebank), words.len(), rules.len());
    let mut wrong = BTreeMap::new();
    for (name, keep) in [("every reading", Keep::Every), ("the longest lemma", Keep::Longest)] {
        for (which, chosen) in [
            ("all", (|_| true) as fn(&Word) -> bool),
            ("four letters or more", |it| it.lemma.chars().count() >= 4),
            ("verbs", |it| it.verb),
            ("nouns, names, adjectives", |it| it.nominal),
        ] {
            let score = score(&morphology, &words, &rules, keep, chosen, &mut wrong);
            println!("  {name}, {which}: P {:.3} R {:.3}", score.precision(), score.recall());
        }
    }
    print_commonest(&wrong, args.show);
    let start = Instant::now();
    let morphology = Morphology::new(&[]);
    println!("start: {:.2} ms", start.elapsed().as_secs_f64() * 1000.0);
    for (lang, name) in [(Lang::Ky, "acts/ky_legal"), (Lang::Ru, "acts/ru_kg/codes_txt")] {
        let folder = shared.join(name);
        if folder.is_dir() {
            coverage(&morphology, lang, &folder, args.show)?;
        } else {
            println!("no {}: not measured", folder.display());
        }
    }
    Ok(())
}

/// A lemma and whether it is a verb.
type Rule = (String, bool);

struct Word {
    form: String,
    lemma: String,
    class: Features,
    verb: bool,
    nominal: bool,
}

impl Word {
    fn rule(&self) -> Rule {
        (self.lemma.clone(), self.verb)
    }
}

fn folded(word: &str) -> String {
    let mut out = String::new();
    fold(Lang::Ky, Alphabet::Standard, word, &mut out);
    out
}

fn read_words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for line in text.lines().filter(|it| !it.starts_with('#')) {
        let mut columns = line.split('\t').skip(1);
        let (Some(form), Some(lemma), Some(tag)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        let class = match tag {
            "NOUN" | "PROPN" => Features::NOUN,
            "VERB" | "AUX" => Features::VERB,
            "ADJ" => Features::ADJ,
            "ADV" => Features::ADV,
            "PRON" | "DET" => Features::PRON,
            "NUM" => Features::NUM,
            "ADP" => Features::ADP,
            "CCONJ" | "SCONJ" => Features::CONJ,
            "PART" | "INTJ" => Features::PART,
            _ => continue,
        };
        let (form, lemma) = (folded(form), folded(lemma));
        let readable = |it: &str| it.chars().all(char::is_alphabetic) && !it.is_empty();
        if !readable(&form) || !readable(&lemma) {
            continue;
        }
        let verb = class.has(Features::VERB);
        words.push(Word { form, lemma, class, verb, nominal: class.any(Features::NOUN | Features::ADJ) });
    }
    words
}

#[derive(Clone, Copy)]
enum Keep {
    Every,
    Longest,
}

#[derive(Default)]
struct Score {
    hits: usize,
    right: usize,
    words: usize,
    found: usize,
}

impl Score {
    fn precision(&self) -> f64 {
        self.right as f64 / self.hits.max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.found as f64 / self.words.max(1) as f64
    }
}

fn score(
    morphology: &Morphology,
    words: &[Word],
    rules: &HashSet<Rule>,
    keep: Keep,
    chosen: fn(&Word) -> bool,
    wrong: &mut BTreeMap<String, usize>,
) -> Score {
    // The rules that are chosen, and their hits among all words.
    let chosen_rules: HashSet<Rule> = words.iter().filter(|it| chosen(it)).map(Word::rule).collect();
    let mut score = Score::default();
    let mut readings: Vec<Reading> = Vec::new();
    for word in words {
        readings.clear();
        morphology.analyze(Lang::Ky, &word.form, &mut readings);
        let mut hits: Vec<Rule> = Vec::new();
        for reading in &readings {
            let Some(lemma) = morphology.lemma(Lang::Ky, reading.lexeme) else { continue };
            let rule = (folded(lemma.trim_end_matches('-')), reading.features.has(Features::VERB));
            if rules.contains(&rule) && !hits.contains(&rule) {
                hits.push(rule);
            }
        }
        if let Keep::Longest = keep {
            let longest = hits.iter().map(|it| it.0.len()).max().unwrap_or(0);
            hits.retain(|it| it.0.len() == longest);
        }
        hits.retain(|it| chosen_rules.contains(it));
        let gold = word.rule();
        score.hits += hits.len();
        for hit in &hits {
            if *hit == gold {
                score.right += 1;
            } else {
                *wrong.entry(format!("{} ({}) taken for {}", word.form, gold.0, hit.0)).or_default() += 1;
            }
        }
        if chosen(word) {
            score.words += 1;
            score.found += usize::from(hits.contains(&gold));
            if hits.is_empty() {
                *wrong.entry(format!("{} not taken for {}", word.form, gold.0)).or_default() += 1;
            }
        }
    }
    score
}

#[expect(clippy::print_stdout, reason = "the figures are the output of this command")]
fn print_commonest(counts: &BTreeMap<String, usize>, show: usize) {
    let mut counts: Vec<_> = counts.iter().collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    for (what, n) in counts.iter().take(show) {
        println!("    {n:5} {what}");
    }
}

#[expect(clippy::print_stdout, reason = "the figures are the output of this command")]
fn coverage(morphology: &Morphology, lang: Lang, folder: &Path, show: usize) -> Result<()> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.map(|it| Ok(it?.path())).collect::<Result<_>>()?;
    paths.retain(|it| it.extension().is_some_and(|it| it == "txt"));
    paths.sort();
    let (mut running, mut known) = (0, 0);
    let mut distinct: HashMap<String, (usize, bool)> = HashMap::new();
    // As they come in the acts: it is the order in which a check analyses them.
    let mut words: Vec<String> = Vec::new();
    for path in &paths {
        let text = String::from_utf8_lossy(&fs::read(path)?).into_owned();
        // The reader of a document chooses the alphabet by other signs; here the one that makes most words known is right.
        let best = [Alphabet::Standard, Alphabet::LegacyYo, Alphabet::LegacyHardSign]
            .map(|it| counted(morphology, lang, &text, it))
            .into_iter()
            .max_by_key(|words| words.iter().filter(|it| it.1).count())
            .unwrap_or_default();
        running += best.len();
        known += best.iter().filter(|it| it.1).count();
        for (word, known) in best {
            let (n_times, _) = distinct.entry(word.clone()).or_insert_with(|| {
                words.push(word);
                (0, known)
            });
            *n_times += 1;
        }
    }
    let known_distinct = distinct.values().filter(|it| it.1).count();
    println!(
        "{}: {known} of {running} running words known ({:.1} %), {known_distinct} of {} distinct ({:.1} %)",
        file_name(folder),
        100.0 * known as f64 / running.max(1) as f64,
        distinct.len(),
        100.0 * known_distinct as f64 / distinct.len().max(1) as f64,
    );
    let unknown = distinct.iter().filter(|(_, it)| !it.1).map(|(word, it)| (word.clone(), it.0)).collect();
    print_commonest(&unknown, show);
    let mut readings = Vec::new();
    // The system counts the time of a thread in steps of milliseconds.
    let passes = 300_000 / words.len().max(1) + 1;
    let mut best = u64::MAX;
    for _ in 0..RUNS {
        let start = cpu_time();
        for word in (0..passes).flat_map(|_| &words) {
            readings.clear();
            morphology.analyze(lang, word, &mut readings);
        }
        best = best.min(cpu_time() - start);
    }
    let each = best as f64 / (passes * words.len()).max(1) as f64;
    println!("{each:.0} ns of CPU for a distinct word (best of {RUNS} runs)");
    Ok(())
}

/// The words of a text, each with whether it is known. Hyphens and apostrophes inside a word belong to it.
fn counted(morphology: &Morphology, lang: Lang, text: &str, alphabet: Alphabet) -> Vec<(String, bool)> {
    let joins = |it: char| matches!(it, '-' | '\u{2011}' | '\'' | '’' | '\u{ad}');
    let in_word = |it: char| joins(it) || alphabet.letter(it).is_alphanumeric();
    text.split(|it| !in_word(it))
        .map(|it| it.trim_matches(joins))
        .filter(|it| it.chars().next().is_some_and(|it| !it.is_numeric()))
        .filter(|it| it.chars().any(|it| ('\u{400}'..='\u{52f}').contains(&it)))
        .map(|it| {
            let mut word = String::new();
            fold(lang, alphabet, it, &mut word);
            let known = morphology.knows(lang, &word);
            (word, known)
        })
        .collect()
}

const RUNS: usize = 5;

/// Nanoseconds that this thread has run; where the system does not tell, those of the clock.
fn cpu_time() -> u64 {
    let times = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    match times.split_whitespace().next().and_then(|it| it.parse().ok()) {
        Some(time) => time,
        None => START.elapsed().as_nanos() as u64,
    }
}

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
