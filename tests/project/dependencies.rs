//! Who may know whom: the picture of ARCHITECTURE.md, held to the manifests.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use kalys_tests::root;

type Picture = BTreeMap<String, BTreeSet<String>>;

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .other_options(vec!["--offline".to_owned(), "--locked".to_owned()])
        .exec()
        .expect("cargo describes the workspace")
}

/// The direct dependencies of each package that go into what is built.
fn built_in() -> Picture {
    let built = |kind| matches!(kind, DependencyKind::Normal | DependencyKind::Build);
    let packages = metadata().packages.into_iter();
    packages
        .map(|it| {
            let names = it.dependencies.into_iter().filter(|it| built(it.kind)).map(|it| it.name).collect();
            (it.name.to_string(), names)
        })
        .collect()
}

/// The line of ARCHITECTURE.md: `model → nothing · morph → model, dict-ru · …`.
fn drawn() -> Picture {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
    let line = page.lines().find(|it| it.starts_with("model → ")).expect("the picture is drawn");
    let mut picture = Picture::new();
    for entry in line.trim_end_matches('.').split(" · ") {
        let (name, known) = entry.split_once(" → ").expect("who → whom");
        let known = match known {
            "nothing" => BTreeSet::new(),
            "the rest" => continue,
            names => names.split(", ").map(|it| format!("kalys-{it}")).collect(),
        };
        picture.insert(format!("kalys-{name}"), known);
    }
    picture
}

#[test]
fn crates_know_only_whom_they_may() {
    let built = built_in();
    for (name, allowed) in drawn() {
        let known = built.get(&name).unwrap_or_else(|| panic!("there is no crate `{name}`"));
        let ours: BTreeSet<String> = known.iter().filter(|it| it.starts_with("kalys")).cloned().collect();
        assert_eq!(ours, allowed, "`{name}` knows others than ARCHITECTURE.md says");
    }
}

#[test]
fn every_crate_is_in_the_picture() {
    let drawn = drawn();
    for name in built_in().keys().filter(|it| it.starts_with("kalys-")) {
        let own = ["kalys-tests", "kalys-lsp"].contains(&name.as_str());
        assert!(own || drawn.contains_key(name), "`{name}` is not in the picture of ARCHITECTURE.md");
    }
}

#[test]
fn the_model_depends_on_nothing() {
    assert_eq!(built_in()["kalys-model"], BTreeSet::new());
}

/// Invariant 8: formats and notations are known at one place each.
#[test]
fn what_is_known_at_one_place() {
    let places: &[(&str, &[&str])] = &[
        ("saphyr-parser", &["kalys-packs"]),
        ("toml", &["kalys-project"]),
        ("quick-xml", &["kalys-formats"]),
        ("html5gum", &["kalys-formats"]),
        ("pulldown-cmark", &["kalys-formats"]),
        ("encoding_rs", &["kalys-formats"]),
        ("serde", &["kalys", "kalys-report"]),
        ("clap", &["kalys", "xtask"]),
    ];
    let built = built_in();
    for (name, allowed) in places {
        let users: Vec<&str> =
            built.iter().filter(|it| it.1.contains(*name)).map(|it| it.0.as_str()).collect();
        assert_eq!(users, *allowed, "users of `{name}`");
    }
}

#[test]
fn every_package_has_a_licence_and_is_not_published_by_accident() {
    for package in metadata().packages {
        let licence = package.license.as_deref().unwrap_or_default();
        let expected = if *package.name == "kalys-dict-ru" { "CC-BY-SA-3.0" } else { "Apache-2.0 OR MIT" };
        assert_eq!(licence, expected, "{}", package.name);
        assert_eq!(package.publish, Some(Vec::new()), "{}", package.name);
        assert_eq!(package.edition.to_string(), "2024", "{}", package.name);
    }
}
