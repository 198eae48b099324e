//! The words of drafting technique in three languages: what units are called, how titles, signatures, notes, definitions
//! and amendments are worded.
//!
//! Data only. Everything is written in lower case and compared with [`crate::letters`], which forgives case, ё, look-alike
//! letters and Kyrgyz typed without ө ү ң.

use crate::label::Level;
use kalys_model::{ActKind, Lang};

/// Where the number of a unit stands: `Статья 5`, or `5-берене`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The number follows the word.
    Word,
    /// The number comes first.
    Number,
}

/// What a unit is called.
pub(crate) struct UnitWord {
    /// The word in the form in which it begins a unit; any other case form is text.
    pub(crate) word: &'static str,
    /// Its place in the hierarchy.
    pub(crate) level: Level,
    /// Where its number stands.
    pub(crate) side: Side,
}

const fn unit(word: &'static str, level: Level, side: Side) -> UnitWord {
    UnitWord { word, level, side }
}

/// The names of units. `статья` with the number first is the article of Kyrgyz laws of before about 2008.
pub(crate) const UNIT_WORDS: &[UnitWord] = &[
    unit("статья", Level::Article, Side::Word),
    unit("глава", Level::Chapter, Side::Word),
    unit("раздел", Level::Section, Side::Word),
    unit("подраздел", Level::Subsection, Side::Word),
    unit("параграф", Level::Paragraph, Side::Word),
    unit("часть", Level::Division, Side::Word),
    unit("приложение", Level::Annex, Side::Word),
    unit("берене", Level::Article, Side::Number),
    unit("статья", Level::Article, Side::Number),
    unit("глава", Level::Chapter, Side::Number),
    unit("бөлүм", Level::Section, Side::Number),
    unit("бөлүк", Level::Division, Side::Number),
    unit("параграф", Level::Paragraph, Side::Number),
    unit("тиркеме", Level::Annex, Side::Number),
    unit("тиркеме", Level::Annex, Side::Word),
    unit("article", Level::Article, Side::Word),
    unit("section", Level::Article, Side::Word),
    unit("chapter", Level::Chapter, Side::Word),
    unit("part", Level::Division, Side::Word),
    unit("title", Level::Section, Side::Word),
    unit("annex", Level::Annex, Side::Word),
    unit("appendix", Level::Annex, Side::Word),
    unit("schedule", Level::Annex, Side::Word),
];

/// Divisions of a code that have a name instead of a number. The whole paragraph is this.
pub(crate) const NAMED_DIVISIONS: &[&str] =
    &["общая часть", "особенная часть", "жалпы бөлүк", "өзгөчө бөлүк", "general part", "special part"];

/// After the number of an article these words make a reference of it: `Статья 21 настоящего Кодекса …`.
pub(crate) const REFERENCE_WORDS: &[&str] = &[
    "кодекса",
    "закона",
    "конституции",
    "указа",
    "постановления",
    "положения",
    "договора",
    "конвенции",
    "гк",
    "ук",
    "нк",
    "тк",
    "кодексинин",
    "мыйзамынын",
    "конституциянын",
];

/// Ordinals by stem, with their value; the ending follows.
pub(crate) const ORDINALS: &[(&str, u16)] = &[
    ("перв", 1),
    ("втор", 2),
    ("трет", 3),
    ("четверт", 4),
    ("пят", 5),
    ("шест", 6),
    ("седьм", 7),
    ("восьм", 8),
    ("девят", 9),
    ("десят", 10),
    ("одиннадцат", 11),
    ("двенадцат", 12),
    ("тринадцат", 13),
    ("четырнадцат", 14),
    ("пятнадцат", 15),
    ("шестнадцат", 16),
    ("семнадцат", 17),
    ("восемнадцат", 18),
    ("девятнадцат", 19),
    ("двадцат", 20),
    ("тридцат", 30),
    ("сороков", 40),
    ("пятидесят", 50),
    ("биринчи", 1),
    ("экинчи", 2),
    ("үчүнчү", 3),
    ("төртүнчү", 4),
    ("бешинчи", 5),
    ("алтынчы", 6),
    ("жетинчи", 7),
    ("сегизинчи", 8),
    ("тогузунчу", 9),
    ("онунчу", 10),
    ("жыйырманчы", 20),
    ("отузунчу", 30),
    ("кыркынчы", 40),
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
];

/// Endings of Russian ordinals in the nominative; other languages have none.
pub(crate) const ORDINAL_ENDINGS: &[&str] = &["", "ая", "ый", "ой", "ое", "ий", "ья"];

/// The tens before an ordinal of one digit.
pub(crate) const TENS: &[(&str, u16)] = &[
    ("двадцать", 20),
    ("тридцать", 30),
    ("сорок", 40),
    ("пятьдесят", 50),
    ("он", 10),
    ("жыйырма", 20),
    ("отуз", 30),
    ("кырк", 40),
    ("элүү", 50),
];

/// Words that begin the signature of an act.
pub(crate) const OFFICES: &[&str] = &[
    "президент",
    "премьер",
    "председатель",
    "торага",
    "министр",
    "спикер",
    "мэр",
    "аким",
    "губернатор",
    "ректор",
    "исполняющий",
    "первый заместитель",
    "заместитель",
    "вице",
    "глава администрации",
    "директор",
    "руководитель",
    "төрага",
    "төраганын",
    "төрагасы",
    "кыргыз республикасынын президенти",
    "кыргыз республикасынын премьер",
    "кыргыз республикасынын министр",
    "министрлер кабинетинин төрагасы",
    "мамлекеттик катчы",
    "башчы",
    "айыл өкмөтүнүн башчысы",
    "president",
    "prime minister",
    "minister",
    "chair",
    "speaker",
    "принят",
    "принята",
    "жогорку кеңеш",
];

/// Words that end the signature of an act when the name is left out.
pub(crate) const OFFICE_ENDS: &[&str] =
    &["төрага", "төрагасы", "башчысы", "акими", "мэри", "председатель", "министр"];

/// The last word of the lines before `1-тиркеме`: what the annex belongs to.
pub(crate) const ANNEX_HOLDERS: &[&str] = &[
    "токтомуна",
    "буйругуна",
    "мыйзамына",
    "жарлыгына",
    "чечимине",
    "жобосуна",
    "тескемесине",
    "кодексине",
    "эрежелерине",
    "тартибине",
];

/// How a sentence about the act itself begins; no title begins so.
pub(crate) const SELF_BEGINNINGS: &[&str] =
    &["настоящий ", "настоящая ", "настоящее ", "настоящие ", "ушул ", "бул ", "this "];

/// Headings of a table of contents.
pub(crate) const CONTENTS: &[&str] =
    &["содержание", "оглавление", "мазмуну", "contents", "table of contents"];

/// Words that show that a title block approves something: a document begins that the act brings into force.
pub(crate) const APPROVAL: &[&str] =
    &["утвержд", "приложение", "бекитил", "тиркеме", "approved", "annex", "schedule"];

/// What an act is called, with its kind. The stem stands at the beginning of a word of the title.
pub(crate) const ACT_WORDS: &[(&str, ActWord)] = &[
    ("пояснительная записк", ActWord::Note),
    ("справка-обоснован", ActWord::Note),
    ("негиздеме-маалымкат", ActWord::Note),
    ("маалымдама-негиздеме", ActWord::Note),
    ("негиздеме маалымкат", ActWord::Note),
    ("түшүндүрмө кат", ActWord::Note),
    ("explanatory note", ActWord::Note),
    ("explanatory memorandum", ActWord::Note),
    ("кодекс", ActWord::Code),
    ("code", ActWord::Code),
    ("закон", ActWord::Law),
    ("мыйзам", ActWord::Law),
    ("law", ActWord::Law),
    ("act", ActWord::Law),
    ("конституция", ActWord::Law),
    ("указ", ActWord::Decree),
    ("жарлы", ActWord::Decree),
    ("decree", ActWord::Decree),
    ("постановлени", ActWord::Resolution),
    ("токтом", ActWord::Resolution),
    ("распоряжени", ActWord::Resolution),
    ("буйру", ActWord::Order),
    ("приказ", ActWord::Order),
    ("order", ActWord::Order),
    ("тескеме", ActWord::Resolution),
    ("решени", ActWord::Resolution),
    ("чечим", ActWord::Resolution),
    ("resolution", ActWord::Resolution),
    ("положени", ActWord::ByLaw),
    ("жобо", ActWord::ByLaw),
    ("правила", ActWord::ByLaw),
    ("эреже", ActWord::ByLaw),
    ("инструкци", ActWord::ByLaw),
    ("нускама", ActWord::ByLaw),
    ("регламент", ActWord::ByLaw),
    ("порядок", ActWord::ByLaw),
    ("тартиби", ActWord::ByLaw),
    ("устав", ActWord::ByLaw),
    ("regulation", ActWord::ByLaw),
    ("план", ActWord::Plan),
    ("стратеги", ActWord::Plan),
    ("программ", ActWord::Plan),
    ("концепци", ActWord::Plan),
    ("дорожная карта", ActWord::Plan),
    ("strategy", ActWord::Plan),
    ("programme", ActWord::Plan),
    ("plan", ActWord::Plan),
    ("соглашение", ActWord::Treaty),
    ("конвенция", ActWord::Treaty),
    ("договор между", ActWord::Treaty),
    ("протокол между", ActWord::Treaty),
    ("agreement between", ActWord::Treaty),
    ("convention", ActWord::Treaty),
];

/// What a title calls the act, before its author is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ActWord {
    Note,
    Code,
    Law,
    Decree,
    Resolution,
    Order,
    ByLaw,
    Plan,
    Treaty,
}

/// Authors of resolutions and orders; the first that is named in the title decides.
pub(crate) const AUTHORS: &[(&str, ActKind)] = &[
    ("кенеш", ActKind::CouncilResolution),
    ("кеңеш", ActKind::CouncilResolution),
    ("муниципал", ActKind::CouncilResolution),
    ("мэри", ActKind::CouncilResolution),
    ("айыл өкмөт", ActKind::CouncilResolution),
    ("айыл окмот", ActKind::CouncilResolution),
    ("айылдык", ActKind::CouncilResolution),
    ("городск", ActKind::CouncilResolution),
    ("сельск", ActKind::CouncilResolution),
    ("думы", ActKind::CouncilResolution),
    ("администрации", ActKind::CouncilResolution),
    ("министрлер кабинет", ActKind::GovernmentAct),
    ("кабинета министров", ActKind::GovernmentAct),
    ("кабинет министров", ActKind::GovernmentAct),
    ("правительств", ActKind::GovernmentAct),
    ("өкмөт", ActKind::GovernmentAct),
    ("cabinet of ministers", ActKind::GovernmentAct),
    ("government", ActKind::GovernmentAct),
    ("президент", ActKind::Decree),
    ("president", ActKind::Decree),
    ("министерств", ActKind::MinistryOrder),
    ("министрлиг", ActKind::MinistryOrder),
    ("банк", ActKind::MinistryOrder),
    ("служб", ActKind::MinistryOrder),
    ("агентств", ActKind::MinistryOrder),
    ("комитет", ActKind::MinistryOrder),
    ("кызмат", ActKind::MinistryOrder),
    ("ministry", ActKind::MinistryOrder),
    ("bank", ActKind::MinistryOrder),
];

/// How an act names itself in its text: `настоящего Кодекса`.
pub(crate) const SELF_WORDS: &[(&str, ActKind)] = &[
    ("кодекс", ActKind::Code),
    ("закон", ActKind::Law),
    ("конституционн", ActKind::Law),
    ("федеральн", ActKind::Law),
    ("мыйзам", ActKind::Law),
    ("конституциялык", ActKind::Law),
    ("указ", ActKind::Decree),
    ("жарлы", ActKind::Decree),
    ("приказ", ActKind::MinistryOrder),
    ("буйрук", ActKind::MinistryOrder),
    ("буйру", ActKind::MinistryOrder),
    ("code", ActKind::Code),
    ("law", ActKind::Law),
    ("act", ActKind::Law),
    ("стратеги", ActKind::Plan),
];

/// The words before [`SELF_WORDS`].
pub(crate) const SELF_MARKS: &[&str] = &["астоящ", "шул ", "Бул ", "This ", "this "];

/// The last words of a preamble, and the kind of act that ends its preamble so.
pub(crate) const ENACTING: &[(&str, Option<ActKind>)] = &[
    ("токтом кылам", Some(ActKind::Decree)),
    ("постановляю", None),
    ("приказываю", Some(ActKind::MinistryOrder)),
    ("буйрук кылам", Some(ActKind::MinistryOrder)),
    ("буйрук кылат", Some(ActKind::MinistryOrder)),
    ("буйрук берем", Some(ActKind::MinistryOrder)),
    ("токтом кылат", None),
    ("постановляет", None),
    ("токтом кылды", None),
    ("чечим кабыл алды", None),
    ("решил", None),
    ("решила", None),
    ("решает", None),
    ("hereby resolves", None),
    ("hereby orders", None),
    ("чечти", None),
];

/// Words that are letter-spaced in enacting formulas and titles; where the spacing does not show the border of two words, these do.
pub(crate) const SPACED_WORDS: &[&str] =
    &["токтом", "буйрук", "кылат", "кылам", "кылды", "чечим", "закон", "указ", "приказ"];

/// Headings of articles and chapters that define terms, and words of the line that introduces their list.
/// `определени` alone is also the setting of prices and terms of office.
pub(crate) const DEFINITION_HEADINGS: &[&str] = &[
    "понятия",
    "понятий",
    "термин",
    "используемые определения",
    "основные определения",
    "следующие определения",
    "түшүнүк",
    "аныктамалар",
    "definition",
    "interpretation",
];

/// What a list of definitions is introduced by, besides a word of [`DEFINITION_HEADINGS`].
pub(crate) const LIST_WORDS: &[&str] = &["следующ", "төмөнкү", "төмөндөгү", "following"];

/// A term is set apart from its definition by one of these.
pub(crate) const DEFINING: &[&str] =
    &[" - это ", " – это ", " — это ", " - бул ", " – бул ", " — бул ", " means ", "” means", "\" means"];

/// Headings of transitional provisions and of those on the entry into force. Under a heading of final provisions stand
/// norms too; there each paragraph speaks for itself.
pub(crate) const TRANSITIONAL_HEADINGS: &[&str] = &[
    "переходн",
    "вступление в силу",
    "вступления в силу",
    "вступление настоящ",
    "введения в действие",
    "введение в действие",
    "вступает в силу",
    "өткөөл",
    "күчүнө кир",
    "колдонууга киргиз",
    "transitional",
    "entry into force",
    "commencement",
];

/// How a heading of final provisions begins.
pub(crate) const FINAL_HEADINGS: &[&str] = &["заключительн", "корутунду", "final"];

/// Between these and a heading's first words the heading speaks of something else as well.
pub(crate) const CONJUNCTIONS: &[&str] = &[" и ", " жана ", " and "];

/// How a point on the entry into force, or one that repeals, begins.
pub(crate) const ACT_BEGINNINGS: &[&str] = &[
    "настоящ",
    "закон",
    "указ",
    "постановлен",
    "ушул",
    "бул",
    "мыйзам",
    "жарлы",
    "токтом",
    "признать",
    "this ",
    "the law",
    "күчүн жогот",
    "ввести в действие",
    "төмөнкү",
    "кыргыз республикасынын",
];

/// How a point on the entry into force speaks: a word for the act at its beginning, then one of these.
pub(crate) const ENTRY: &[&str] = &[
    "вступает в силу",
    "вступают в силу",
    "вводится в действие",
    "күчүнө кирет",
    "enters into force",
    "comes into force",
    "shall enter into force",
    "күчүн жоготту деп",
    "признать утратившим",
    "признать утратившей",
];

/// Headings of forms.
pub(crate) const FORM_HEADINGS: &[&str] = &["форма", "бланк", "үлгү", "образец", "анкета", "form"];

/// Beginnings of an editorial note in brackets. One of [`NOTE_KEYS`] must follow inside.
pub(crate) const NOTE_STARTS: &[&str] = &[
    "в ред",
    "с учет",
    "утрати",
    "исключ",
    "дополн",
    "введен",
    "вступ",
    "абзац",
    "част",
    "пункт",
    "подпункт",
    "стать",
    "глава",
    "наименован",
    "назван",
    "раздел",
    "параграф",
    "преамбул",
    "измен",
    "текст",
    "кр ",
    "кыргыз респ",
    "берене",
    "күчүн",
    "редакци",
    "as amended",
    "repealed",
    "пп ",
    "слова",
    "п.",
    "пп.",
    "ред.",
    "приложени",
];

/// What an editorial note says.
pub(crate) const NOTE_KEYS: &[&str] = &[
    "редакци",
    "с учет",
    "в ред.",
    "утрати",
    "исключ",
    "дополн",
    "введен",
    "изменен",
    "күчүн жогот",
    "ылайык",
    "кошумчалан",
    "толуктал",
    "as amended",
    "repealed",
    "алып салын",
    "не вступил",
];

/// Beginnings of an editorial remark that is a paragraph of its own.
pub(crate) const REMARKS: &[&str] = &[
    "внимание!",
    "консультантплюс: примечание",
    "список изменяющих документов",
    "см.:",
    "см. также",
    "см.также",
    "см. ",
    "көңүл буруңуздар",
    "көңүл бургула",
    "кара:",
    "караңыз",
    "примечание: измен",
    "примечание: дополн",
    "примечание изго",
    "официальный источник",
];

/// A document in which none of these occurs amends nothing.
pub(crate) const AMENDING_STEMS: &[&str] = &[
    "заменить",
    "исключить",
    "дополнить",
    "изложить",
    "следующего содержания",
    "алмаштырылсын",
    "алып салынсын",
    "толукталсын",
    "баяндалсын",
    "киргизилсин",
    "replaced",
    "substituted",
    "insert",
    "omit",
    "amended to read",
    "substitute",
    "өзгөртүүлөр киргизилсин",
    "следующие изменения",
    "следующие дополнения",
    "следующее изменение",
    "следующее дополнение",
    "деген сөз",
];

/// The verbs of an amending instruction that has quoted words in it.
pub(crate) const AMENDING_VERBS: &[(&str, Lang)] = &[
    ("заменить", Lang::Ru),
    ("исключить", Lang::Ru),
    ("дополнить", Lang::Ru),
    ("изложить", Lang::Ru),
    ("заменяются", Lang::Ru),
    ("исключаются", Lang::Ru),
    ("алмаштырылсын", Lang::Ky),
    ("алып салынсын", Lang::Ky),
    ("толукталсын", Lang::Ky),
    ("баяндалсын", Lang::Ky),
    ("алып ташталсын", Lang::Ky),
    ("replaced", Lang::En),
    ("substitut", Lang::En),
    ("inserted", Lang::En),
    ("omitted", Lang::En),
    ("deleted", Lang::En),
    ("insert", Lang::En),
    ("omit", Lang::En),
];

/// Words that an instruction about words must have by its quotation.
pub(crate) const QUOTED_WORDS: &[&str] = &[
    "слов",
    "цифр",
    "предложени",
    "аббревиатур",
    "знак",
    "деген сөз",
    "деген сан",
    "деген цифр",
    "деген белги",
    "деген сүйлөм",
    "деген аббревиатура",
    "word",
    "figure",
    "expression",
    "for ",
    "after ",
    "before ",
];

/// Ends of an instruction after which the new text stands.
pub(crate) const NEW_TEXT: &[&str] = &[
    "следующего содержания",
    "следующей редакции",
    "следующем виде",
    "редакцияда баяндалсын",
    "редакцияда берилсин",
    "менен толукталсын",
    "редакцияда",
    "мазмундагы",
    "as follows",
    "to read as follows",
    "the following",
];

/// Heads of a list of amendments.
pub(crate) const AMENDING_HEADS: &[&str] = &[
    "следующие изменения",
    "следующие дополнения",
    "следующее изменение",
    "следующее дополнение",
    "өзгөртүүлөр киргизилсин",
    "толуктоолор киргизилсин",
    "өзгөртүүлөр жана толуктоолор",
    "өзгөртүү киргизилсин",
    "толуктоо киргизилсин",
    "is amended as follows",
];

/// Words at which no paragraph ends.
pub(crate) const CONTINUING: &[&str] = &[
    "жана",
    "же",
    "менен",
    "үчүн",
    "боюнча",
    "кыргыз",
    "и",
    "или",
    "в",
    "во",
    "на",
    "с",
    "со",
    "к",
    "по",
    "от",
    "до",
    "из",
    "о",
    "об",
    "для",
    "при",
    "не",
    "без",
    "за",
    "and",
    "or",
    "the",
    "of",
    "to",
    "in",
    "a",
    "by",
    "for",
];

/// Left parts of words that are written with a hyphen wherever they stand in a line.
pub(crate) const HYPHEN_PREFIXES: &[&str] = &[
    "социально",
    "научно",
    "кое",
    "по",
    "во",
    "из",
    "какой",
    "какая",
    "какое",
    "кто",
    "что",
    "где",
    "премьер",
    "вице",
    "экс",
    "бизнес",
    "интернет",
    "веб",
    "онлайн",
    "пресс",
    "иш",
    "түп",
    "жол",
    "ак",
    "жүрүм",
    "адеп",
    "эсеп",
    "акыл",
    "үй",
    "ата",
    "эл",
    "аңдап",
    "күч",
    "өз",
    "бара",
    "жазык",
    "ченемдик",
    "материалдык",
    "коомдук",
    "саясый",
    "негиздеме",
    "справка",
    "маалымдама",
    "администрациялык",
    "административно",
    "нормативно",
    "информационно",
    "организационно",
    "материально",
    "культурно",
    "non",
    "co",
];
