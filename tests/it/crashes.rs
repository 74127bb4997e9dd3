//! Death at each step. The real program is started with one of its crash points armed (`src/crash.rs`), is led there
//! through the front door, dies by `kill -9`, and is started again; what follows must be true, and needs no human.
//!
//! Every story holds one deed's rows of the matrix in `docs/chaos.md`, all of them at one time: they mostly wait.

use std::collections::BTreeSet;

use crate::house::{root, rust_files};

mod connects;
mod events;
mod launches;
mod mortal;
mod refreshes;
mod rotations;
mod truth;
mod uninstalls;

/// The points of every row.
fn rows() -> BTreeSet<&'static str> {
    let refreshes = refreshes::ROWS.iter().map(|row| row.point);
    let uninstalls = uninstalls::ROWS.iter().map(|row| row.point);
    let lists = [
        launches::LAUNCH,
        launches::INSTALL,
        launches::SIGN_IN,
        connects::JOINED,
        connects::REFUSED,
        events::ROWS,
        rotations::ROWS,
    ];
    lists
        .concat()
        .into_iter()
        .chain(refreshes)
        .chain(uninstalls)
        .collect()
}

#[test]
fn every_point_of_the_source_is_met_and_every_row_has_its_point() {
    let mut points = BTreeSet::new();
    for file in rust_files(&["src"]) {
        let code = file.code_without_tests();
        for call in ["crash::point(", "crash::while_waiting("] {
            for rest in code.split(call).skip(1) {
                let name = rest.split('"').nth(1).unwrap().to_owned();
                assert!(
                    points.insert(name),
                    "{}: {call}{rest:.40}: named twice",
                    file.path
                );
            }
        }
    }
    let rows = rows();
    let points: BTreeSet<&str> = points.iter().map(String::as_str).collect();
    assert_eq!(points, rows, "the source (left) and the matrix (right)");
    let told = std::fs::read_to_string(root().join("docs/chaos.md")).unwrap();
    for point in points {
        assert!(
            told.contains(&format!("| `{point}` |")),
            "docs/chaos.md has no row of {point}"
        );
    }
}

/// What is released is built by a plain `cargo build --release`: without the tests' dependencies, which turn the feature
/// on, and without debug assertions, without which it means nothing.
#[test]
fn no_release_has_crash_points() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    assert!(!manifest["features"].as_table().unwrap().contains_key("default"));
    let turned_on = |table: &str| format!("{:?}", manifest[table]).contains("crash-points");
    assert!(turned_on("dev-dependencies"));
    for table in ["dependencies", "build-dependencies", "workspace"] {
        assert!(!turned_on(table), "{table} turn the feature on");
    }
    let profiles = manifest["profile"].as_table().unwrap();
    for (name, profile) in profiles.iter().filter(|(name, _)| *name != "dev") {
        assert!(
            profile.get("debug-assertions").is_none(),
            "{name} has debug assertions"
        );
    }
    for path in [
        "Dockerfile",
        "docker-compose.yml",
        ".cargo/config.toml",
        "fuzz/Cargo.toml",
    ] {
        let text = read(path);
        assert!(!text.contains("crash-points"), "{path} turns the feature on");
        assert!(
            !text.contains("debug-assertions") && !text.contains("DEBUG_ASSERTIONS"),
            "{path}"
        );
    }
    let guarded = "#[cfg(all(feature = \"crash-points\", debug_assertions))]\nmod armed {";
    assert!(
        read("src/crash.rs").contains(guarded),
        "the guard of src/crash.rs"
    );
}
