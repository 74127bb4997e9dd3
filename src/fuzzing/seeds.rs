//! The seeds of the fuzzers, read once in every run of the tests: what a seed's name promises is what its reader says,
//! so that no seed becomes worthless unnoticed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{TARGETS, feed};

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// Names and contents of the files in a folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let file = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.unwrap();
        (
            entry.file_name().into_string().unwrap(),
            fs::read(entry.path()).unwrap(),
        )
    };
    entries.map(file).collect()
}

#[test]
fn every_seed_is_read_as_its_name_says() {
    for target in TARGETS {
        let seeds = files(&fuzz().join("corpus").join(target.name));
        for (name, seed) in &seeds {
            let good = name.starts_with("good-");
            assert!(
                good || name.starts_with("bad-"),
                "{}/{name} promises nothing",
                target.name
            );
            assert_eq!(feed(target.name, seed), good, "{}/{name}", target.name);
        }
        assert!(
            seeds.iter().any(|(name, _)| name.starts_with("good-")),
            "{} has no good seed",
            target.name
        );
        assert!(
            seeds.iter().any(|(name, _)| name.starts_with("bad-")),
            "{} has no bad seed",
            target.name
        );
    }
}

/// What is cut anywhere, or of which one bit is another, still upholds everything.
#[test]
fn no_seed_breaks_a_reader_when_it_is_cut_or_altered() {
    for target in TARGETS {
        for (_, seed) in files(&fuzz().join("corpus").join(target.name)) {
            let step = 1 + seed.len() / 24;
            for at in (0..seed.len()).step_by(step) {
                let _ = feed(target.name, &seed[..at]);
                let mut altered = seed.clone();
                altered[at] ^= 1 << (at % 8);
                let _ = feed(target.name, &altered);
            }
        }
    }
}

#[test]
fn every_target_has_its_program_its_seeds_and_its_dictionary() {
    let names: BTreeSet<_> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    let listed = |folder: &str, ending: &str| -> BTreeSet<_> {
        let entries = fs::read_dir(fuzz().join(folder)).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names
            .filter_map(|name| Some(name.strip_suffix(ending)?.to_owned()))
            .collect()
    };
    assert_eq!(
        listed("corpus", ""),
        names,
        "fuzz/corpus (left) and fuzzing::TARGETS"
    );
    assert_eq!(
        listed("fuzz_targets", ".rs"),
        names,
        "fuzz/fuzz_targets (left) and fuzzing::TARGETS"
    );
    assert_eq!(
        listed("dictionaries", ".dict"),
        names,
        "fuzz/dictionaries (left) and fuzzing::TARGETS"
    );
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    let page = fs::read_to_string(fuzz().join("../docs/fuzzing.md")).unwrap();
    for name in &names {
        assert!(
            manifest.contains(&format!("name = \"{name}\"\n")),
            "fuzz/Cargo.toml lacks {name}"
        );
        assert!(
            page.contains(&format!("| `{name}` |")),
            "docs/fuzzing.md lacks {name}"
        );
    }
}
