//! What `frontend/` installs, held against `docs/dependencies.md` and `deny.toml`: pinned, with a checksum, under a
//! licence that is allowed, and with a reason. None of it is a part of the program or of its pages.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Map, Value};
use toml::Table;

use super::source::root;

/// Licences of single packages, none of which is passed on.
const EXCEPTIONS: &[(&str, Option<&str>)] = &[
    ("argparse", Some("Python-2.0")),
    ("axe-core", Some("MPL-2.0")),
    ("spdx-exceptions", Some("CC-BY-3.0")),
    // Says so in its own file alone: MIT.
    ("svg-tags", None),
];

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn parsed(path: &str) -> Value {
    serde_json::from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What we name ourselves, with its version.
fn named() -> Map<String, Value> {
    let manifest = parsed("frontend/package.json");
    assert_eq!(manifest["private"], true);
    assert!(
        manifest.get("dependencies").is_none(),
        "browsers get our own files alone"
    );
    manifest["devDependencies"].as_object().unwrap().clone()
}

#[test]
fn every_package_that_we_name_is_pinned_and_has_its_reason() {
    let page = read("docs/dependencies.md");
    let rows: BTreeSet<_> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| npm `")?.split_once("` | "))
        .map(|(name, reason)| {
            assert!(reason.len() > 20, "docs/dependencies.md: {name} has no reason");
            name.to_owned()
        })
        .collect();
    for (name, version) in named() {
        let digits = version.as_str().unwrap().split('.');
        let is_exact =
            digits.clone().count() == 3 && digits.flat_map(str::bytes).all(|letter| letter.is_ascii_digit());
        assert!(is_exact, "{name} is {version}");
    }
    assert_eq!(rows, named().keys().cloned().collect());
}

#[test]
fn every_package_is_known_by_its_checksum_and_free_to_use() {
    let deny: Table = read("deny.toml").parse().unwrap();
    let allowed = deny["licenses"]["allow"].as_array().unwrap();
    let lock = parsed("frontend/package-lock.json");
    let packages = lock["packages"].as_object().unwrap();
    assert!(packages.len() > 50);
    for (place, package) in packages.iter().filter(|(place, _)| !place.is_empty()) {
        let (_, name) = place.rsplit_once("node_modules/").unwrap();
        let checksum = package["integrity"].as_str().unwrap_or_default();
        assert!(checksum.starts_with("sha512-"), "{place} has no checksum");
        assert!(
            package.get("resolved").is_none(),
            "{place} says where a registry is"
        );
        let licence = package.get("license").and_then(Value::as_str);
        let known =
            licence.is_some_and(|licence| allowed.iter().any(|known| known.as_str() == Some(licence)));
        assert!(
            known || EXCEPTIONS.contains(&(name, licence)),
            "{name} is under {licence:?}"
        );
    }
}
