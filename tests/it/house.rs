//! The house rules that no lint holds: who may import whom, which room owns which library, how large a file
//! may be. Read from the sources as text.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A file grows no further than this; half of it is the aim.
const LONGEST_FILE: usize = 400;

struct Room {
    name: &'static str,
    imports: &'static [&'static str],
    owns: &'static [&'static str],
}

const ROOMS: [Room; 10] = [
    Room {
        name: "bitrix24",
        imports: &[],
        owns: &["reqwest", "oauth2", "ipnet", "percent_encoding"],
    },
    Room {
        name: "seal",
        imports: &[],
        owns: &["chacha20poly1305", "hkdf", "hmac", "sha2", "subtle"],
    },
    Room {
        name: "words",
        imports: &[],
        owns: &["fluent_bundle", "unic_langid"],
    },
    Room {
        name: "store",
        imports: &["bitrix24", "seal"],
        owns: &["sqlx"],
    },
    Room {
        name: "app",
        imports: &["bitrix24", "seal", "store"],
        owns: &[],
    },
    Room {
        name: "sentences",
        imports: &["app", "bitrix24", "words"],
        owns: &[],
    },
    Room {
        name: "web",
        imports: &["app", "bitrix24", "sentences", "words"],
        owns: &[
            "axum",
            "axum_server",
            "tower_http",
            "askama",
            "rust_embed",
            "hyper_util",
            "http_body_util",
        ],
    },
    // Read once by `main`: it makes the plain values that the rooms take, so it knows their types.
    Room {
        name: "config",
        imports: &["app", "bitrix24", "seal", "store", "web"],
        owns: &[],
    },
    // The assembly knows all rooms.
    Room {
        name: "service",
        imports: &["app", "bitrix24", "config", "store", "web"],
        owns: &["rustls"],
    },
    Room {
        name: "cli",
        imports: &[
            "app",
            "bitrix24",
            "config",
            "seal",
            "sentences",
            "service",
            "store",
            "words",
        ],
        owns: &["clap"],
    },
];

/// Who may name another room's library, and why.
const EXCEPTIONS: [(&str, &str); 3] = [
    ("cli", "rustls"),   // a command that serves nothing chooses the provider itself
    ("config", "ipnet"), // parses PRIVATE_PORTALS for the egress policy
    ("web", "percent_encoding"),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every file of a room with its code: no comments, and nothing from `#[cfg(test)]` on.
fn code_of(room: &str) -> Vec<(PathBuf, String)> {
    let (folder, file) = (
        root().join("src").join(room),
        root().join(format!("src/{room}.rs")),
    );
    let mut found = Vec::new();
    if folder.is_dir() {
        sources(&folder, &mut found);
    } else {
        found.push(file);
    }
    let tests = |path: &PathBuf| {
        matches!(
            path.file_stem().and_then(|stem| stem.to_str()),
            Some("tests" | "gallery")
        )
    };
    found.retain(|path| !tests(path));
    assert!(!found.is_empty(), "room {room} has files");
    found
        .into_iter()
        .map(|path| (path.clone(), code(&std::fs::read_to_string(path).unwrap())))
        .collect()
}

fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    text.lines()
        .map(|line| line.split("//").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The names behind `crate::`, also in braces.
fn rooms_named(code: &str) -> BTreeSet<String> {
    let name = |text: &str| {
        text.trim()
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
            .unwrap()
            .to_owned()
    };
    let mut named = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(group) => named.extend(group.split('}').next().unwrap().split(',').map(name)),
            None => {
                named.insert(name(rest));
            }
        }
    }
    named.retain(|name| !name.is_empty());
    named
}

#[test]
fn rooms_import_only_what_lies_below_them() {
    for room in &ROOMS {
        for (path, code) in code_of(room.name) {
            for named in rooms_named(&code) {
                let allowed = named == room.name || room.imports.contains(&named.as_str());
                assert!(
                    allowed,
                    "{} may not import {named}: {}",
                    room.name,
                    path.display()
                );
            }
        }
    }
}

#[test]
fn every_library_has_one_room() {
    for room in &ROOMS {
        for (path, code) in code_of(room.name) {
            for owner in ROOMS.iter().filter(|owner| owner.name != room.name) {
                for library in owner.owns {
                    let named = code.match_indices(&format!("{library}::")).any(|(at, _)| {
                        !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                    });
                    let excepted = EXCEPTIONS.contains(&(room.name, library));
                    assert!(
                        !named || excepted,
                        "{library} belongs to {}: {}",
                        owner.name,
                        path.display()
                    );
                }
            }
        }
    }
}

#[test]
fn the_rules_would_notice() {
    assert!(
        rooms_named(&code(
            "use crate::{store::Store, web};\nlet x = crate::seal::same;"
        ))
        .len()
            == 3
    );
    assert!(rooms_named(&code("// crate::store\n")).is_empty());
    let missing: Vec<_> = std::fs::read_dir(root().join("src"))
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .filter(|name| {
            !["lib", "main"].contains(&name.as_str()) && !ROOMS.iter().any(|room| room.name == name)
        })
        .collect();
    assert!(missing.is_empty(), "rooms without rules: {missing:?}");
}

#[test]
fn no_file_is_longer_than_comfort() {
    let mut found = vec![root().join("build.rs")];
    for folder in ["src", "tests", "examples", "emulator"] {
        sources(&root().join(folder), &mut found);
    }
    for path in found {
        let lines = std::fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", path.display());
    }
}

#[test]
fn nothing_in_the_service_panics_without_saying_why_it_cannot() {
    for room in &ROOMS {
        for (path, code) in code_of(room.name) {
            assert!(
                !code.contains(".unwrap()") && !code.contains("panic!("),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn no_test_is_skipped_without_a_reason() {
    let mut found = Vec::new();
    for folder in ["src", "tests", "emulator"] {
        sources(&root().join(folder), &mut found);
    }
    for path in found {
        let text = std::fs::read_to_string(&path).unwrap();
        let bare = concat!("#[ign", "ore]");
        assert!(!text.contains(bare), "{}", path.display());
    }
}

#[test]
fn the_readme_names_every_variable_and_its_default() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    for variable in channel_connect::config::VARIABLES {
        let row = readme
            .lines()
            .find(|line| line.starts_with('|') && line.contains(&format!("`{}`", variable.name)));
        let row = row.unwrap_or_else(|| panic!("the README's table lacks {}", variable.name));
        if let Some(default) = variable.default {
            assert!(
                row.contains(&format!("`{default}`")),
                "{} defaults to {default}: {row}",
                variable.name
            );
        }
    }
}
