//! What comes into the program from outside, held against `deny.toml` and `docs/dependencies.md`: licences, banned
//! crates, sources, and a reason for every crate that we name ourselves. `scripts/supply-chain` asks cargo-deny the same
//! and more; this needs nothing but cargo.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use toml::{Table, Value};

use super::source::{root, rust_files};

/// The manifests, and what a dependency in one of their tables is for.
const TABLES: &[(&str, &str, &str)] = &[
    ("Cargo.toml", "dependencies", "app"),
    ("Cargo.toml", "build-dependencies", "build"),
    ("Cargo.toml", "dev-dependencies", "tests"),
    ("emulator/Cargo.toml", "dependencies", "emulator"),
    ("emulator/Cargo.toml", "dev-dependencies", "emulator"),
    ("fuzz/Cargo.toml", "dependencies", "fuzz"),
];

/// What is ours.
const OURS: &[&str] = &["bitrix24-emulator", "channel-connect", "channel-connect-fuzz"];

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn table(path: &str) -> Table {
    read(path)
        .parse()
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The texts of a list.
fn texts(value: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    value.as_array().unwrap().iter().map(text).collect()
}

/// Name and licence of every crate that is compiled, for the program, its tests and its build.
fn compiled() -> Vec<(String, String)> {
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--locked",
            "--workspace",
            "--edges",
            "normal,build,dev",
        ])
        .args(["--prefix", "none", "--no-dedupe", "--format", "{p}|{l}"])
        .current_dir(root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&tree.stderr);
    assert!(tree.status.success(), "cargo tree: {said}");
    let lines = String::from_utf8(tree.stdout).unwrap();
    let line = |line: &str| {
        let (package, licence) = line.split_once('|')?;
        // So cargo marks this very package where it is its own tests' dependency.
        let licence = licence.trim_end_matches(" (*)");
        let name = package.split(' ').next()?;
        Some((name.to_owned(), licence.to_owned()))
    };
    let found: BTreeSet<_> = lines.lines().filter_map(line).collect();
    assert!(found.len() > 100, "{} crates", found.len());
    found.into_iter().collect()
}

/// Whether an expression such as `(MIT OR Apache-2.0) AND ISC` is satisfied by what is allowed.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let fits = either(&words, &mut at, allowed);
    assert_eq!(at, words.len(), "{expression} is no expression of licences");
    fits
}

fn either(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut fits = both(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        fits |= both(words, at, allowed);
    }
    fits
}

fn both(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut fits = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        fits &= one(words, at, allowed);
    }
    fits
}

fn one(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let word = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    if word == "(" {
        let fits = either(words, at, allowed);
        *at += 1;
        return fits;
    }
    let mut licence = word.to_owned();
    if words.get(*at) == Some(&"WITH") {
        licence = format!("{word} WITH {}", words[*at + 1]);
        *at += 2;
    }
    allowed.contains(&licence)
}

#[test]
fn every_crate_is_under_a_licence_that_is_allowed() {
    let deny = table("deny.toml");
    let licences = &deny["licenses"];
    let exceptions = licences["exceptions"].as_array().unwrap();
    for (name, licence) in compiled() {
        let mut allowed = texts(&licences["allow"]);
        let exception = exceptions
            .iter()
            .find(|exception| exception["crate"].as_str() == Some(&name));
        allowed.extend(
            exception
                .into_iter()
                .flat_map(|exception| texts(&exception["allow"])),
        );
        assert!(
            is_allowed(&licence, &allowed),
            "{name} is under {licence}: deny.toml does not allow that"
        );
    }
}

#[test]
fn no_crate_is_compiled_that_is_banned() {
    let deny = table("deny.toml");
    let banned: Vec<_> = deny["bans"]["deny"].as_array().unwrap().iter().collect();
    assert!(!banned.is_empty());
    for (name, _) in compiled() {
        let ban = banned.iter().find(|ban| ban["crate"].as_str() == Some(&name));
        assert!(ban.is_none(), "{name} is banned: {:?}", ban.unwrap()["reason"]);
    }
}

#[test]
fn every_crate_comes_from_the_registry_and_is_pinned_by_its_checksum() {
    for path in ["Cargo.lock", "fuzz/Cargo.lock"] {
        for package in table(path)["package"].as_array().unwrap() {
            let name = package["name"].as_str().unwrap();
            let source = package.get("source").and_then(Value::as_str);
            if OURS.contains(&name) {
                assert_eq!(source, None, "{path}: {name}");
                continue;
            }
            let known = source.is_some_and(|source| source.starts_with("registry+"));
            assert!(known, "{path}: {name} comes from {source:?}");
            let checksum = package
                .get("checksum")
                .and_then(Value::as_str)
                .unwrap_or_default();
            assert_eq!(checksum.len(), 64, "{path}: {name} has no checksum");
        }
    }
}

/// What the fuzzers are told of a reader must be true of the program.
#[test]
fn the_fuzzers_read_with_the_programs_own_versions() {
    let versions = |path: &str| -> BTreeSet<(String, String)> {
        let lock = table(path);
        let packages = lock["package"].as_array().unwrap().iter();
        let text = |package: &Value, key: &str| package[key].as_str().unwrap().to_owned();
        packages
            .map(|package| (text(package, "name"), text(package, "version")))
            .collect()
    };
    let (programs, fuzzers) = (versions("Cargo.lock"), versions("fuzz/Cargo.lock"));
    let known = |name: &str| programs.iter().any(|(known, _)| known == name);
    let other: Vec<_> = fuzzers
        .difference(&programs)
        .filter(|(name, _)| known(name))
        .collect();
    assert!(
        other.is_empty(),
        "fuzz/Cargo.lock has other versions: {other:?} (copy Cargo.lock over it, and let cargo add the rest)"
    );
}

/// Where and by which name each crate is named, as the documentation's table has it.
fn named() -> BTreeSet<(String, String)> {
    let mut named = BTreeSet::new();
    for (path, kind, used) in TABLES {
        let manifest = table(path);
        let Some(dependencies) = manifest.get(*kind).and_then(Value::as_table) else {
            continue;
        };
        for (name, wanted) in dependencies {
            if !OURS.contains(&name.as_str()) {
                named.insert((name.clone(), (*used).to_owned()));
                assert!(is_versioned(wanted), "{path}: {name} has no version");
            }
        }
    }
    named
}

/// A version, here or in the workspace; never any that there is, and never a place of its own.
fn is_versioned(wanted: &Value) -> bool {
    let own = wanted
        .as_str()
        .or_else(|| wanted.get("version").and_then(Value::as_str));
    let of_workspace = wanted.get("workspace").and_then(Value::as_bool) == Some(true);
    let elsewhere = ["git", "path", "registry"]
        .iter()
        .any(|word| wanted.get(word).is_some());
    !elsewhere
        && (of_workspace || own.is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit())))
}

#[test]
fn every_crate_that_we_name_has_its_reason() {
    for (name, wanted) in table("Cargo.toml")["workspace"]["dependencies"]
        .as_table()
        .unwrap()
    {
        assert!(is_versioned(wanted), "{name} has no version");
    }
    let page = read("docs/dependencies.md");
    let mut documented = BTreeSet::new();
    for row in page.lines().filter_map(|line| line.strip_prefix("| `")) {
        let (name, rest) = row.split_once("` | ").unwrap();
        let (used, why) = rest.split_once(" | ").unwrap();
        assert!(
            why.trim_end_matches(" |").len() > 10,
            "docs/dependencies.md: {name} has no reason"
        );
        for used in used.split(", ") {
            assert!(
                documented.insert((name.to_owned(), used.to_owned())),
                "{name} is there twice"
            );
        }
    }
    let named = named();
    let (more, fewer): (Vec<_>, Vec<_>) = (
        documented.difference(&named).collect(),
        named.difference(&documented).collect(),
    );
    assert!(
        more.is_empty() && fewer.is_empty(),
        "docs/dependencies.md has {more:?}, which no manifest has, and lacks {fewer:?}"
    );
}

#[test]
fn no_code_of_ours_leaves_the_safe_language() {
    let lints = |path: &str| table(path)["lints"].clone();
    let of_workspace = &table("Cargo.toml")["workspace"]["lints"]["rust"]["unsafe_code"];
    assert_eq!(of_workspace.as_str(), Some("forbid"));
    for member in ["Cargo.toml", "emulator/Cargo.toml"] {
        assert_eq!(lints(member)["workspace"].as_bool(), Some(true), "{member}");
    }
    assert_eq!(
        lints("fuzz/Cargo.toml")["rust"]["unsafe_code"].as_str(),
        Some("forbid")
    );
    let places = [
        "build",
        "src",
        "emulator",
        "tests",
        "examples",
        "benches",
        "fuzz/fuzz_targets",
    ];
    // In pieces, so that this file does not name what it looks for.
    let words = [
        ["unsafe", " {"],
        ["unsafe", " fn"],
        ["unsafe", " impl"],
        ["unsafe", "_code)"],
        ["unsafe", "("],
    ];
    for file in rust_files(&places) {
        for word in words.map(|word| word.concat()) {
            assert!(!file.code().contains(&word), "{} has {word}", file.path);
        }
    }
}

#[test]
fn an_expression_of_licences_is_read() {
    let allowed = [
        "MIT".to_owned(),
        "ISC".to_owned(),
        "Apache-2.0 WITH LLVM-exception".to_owned(),
    ];
    for (expression, fits) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("GPL-3.0 AND MIT", false),
        ("(GPL-3.0 OR ISC) AND MIT", true),
        ("ISC AND (GPL-3.0 OR (MIT AND GPL-2.0))", false),
        ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
        ("Apache-2.0", false),
    ] {
        assert_eq!(is_allowed(expression, &allowed), fits, "{expression}");
    }
}
