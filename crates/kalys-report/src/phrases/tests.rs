use std::collections::BTreeSet;

use kalys_model::{
    ActKind, Alphabet, DoubtKind, Evidence, FixKind, Grade, Safeguard, Severity, UnitKind, Unknown, Zone,
};

use super::*;
use crate::names::Every;

#[test]
fn the_three_languages_have_the_same_phrases() {
    let keys = |files: [&'static str; 2]| -> BTreeSet<&str> {
        let mut keys = BTreeSet::new();
        for (key, text) in files.into_iter().flat_map(entries) {
            assert!(keys.insert(key), "`{key}` stands twice");
            assert!(!text.is_empty(), "`{key}` is empty");
        }
        keys
    };
    let (ky, ru, en) = (keys(KY), keys(RU), keys(EN));
    let diff = |a: &BTreeSet<&str>, b: &BTreeSet<&str>| -> Vec<String> {
        a.symmetric_difference(b).map(|it| (*it).to_owned()).collect()
    };
    assert_eq!(diff(&ky, &en), Vec::<String>::new(), "in ky or in en, not in both");
    assert_eq!(diff(&ru, &en), Vec::<String>::new(), "in ru or in en, not in both");
}

#[test]
fn translations_have_the_same_placeholders() {
    let names = |lang, key: &str| -> BTreeSet<String> {
        let text = Phrases::new(lang).text(key);
        text.split('{').skip(1).filter_map(|it| it.split(['}', '|']).next().map(str::to_owned)).collect()
    };
    for (key, _) in EN.into_iter().flat_map(entries) {
        for lang in [Lang::Ky, Lang::Ru] {
            assert_eq!(names(lang, key), names(Lang::En, key), "placeholders of `{key}` in {lang:?}");
        }
    }
}

#[test]
fn every_value_of_a_closed_set_has_a_phrase() {
    fn check<T: Every>() {
        for value in T::EVERY {
            assert!(Phrases::new(Lang::En).has(&value.key()), "no phrase `{}`", value.key());
        }
    }
    check::<Evidence>();
    check::<Severity>();
    check::<FixKind>();
    check::<Grade>();
    check::<Lang>();
    check::<Alphabet>();
    check::<Safeguard>();
    check::<Unknown>();
    check::<UnitKind>();
    check::<Zone>();
    check::<ActKind>();
    check::<DoubtKind>();
}

#[test]
fn words_agree_with_numbers() {
    let forms = |lang| {
        [0, 1, 2, 5, 11, 12, 21, 22, 101]
            .map(|n: u64| Phrases::new(lang).fill("count.files", &[("n", &n)]))
            .join(", ")
    };
    expect_test::expect![
        "0 файлов, 1 файл, 2 файла, 5 файлов, 11 файлов, 12 файлов, 21 файл, 22 файла, 101 файл"
    ]
    .assert_eq(&forms(Lang::Ru));
    expect_test::expect!["0 файл, 1 файл, 2 файл, 5 файл, 11 файл, 12 файл, 21 файл, 22 файл, 101 файл"]
        .assert_eq(&forms(Lang::Ky));
    expect_test::expect![
        "0 files, 1 file, 2 files, 5 files, 11 files, 12 files, 21 files, 22 files, 101 files"
    ]
    .assert_eq(&forms(Lang::En));
}

#[test]
fn a_locale_names_the_language() {
    assert_eq!(ui_of_locale("ky_KG.UTF-8"), Some(Lang::Ky));
    assert_eq!(ui_of_locale("en"), Some(Lang::En));
    assert_eq!(ui_of_locale("C.UTF-8"), None);
}
