//! The rules of the house, read off the source: which room may import whom, which room owns which library,
//! and what no lint can hold. `src/lib.rs` tells the same in words.

use std::collections::BTreeSet;

use channel_connect::config::VARIABLES;

mod links;
mod outgoing;
mod packages;
mod papers;
mod proofs;
mod secrets;
mod sessions;
mod source;
mod supply;

use source::{Source, root, rust_files};

/// Which rooms a room may import; what it has inside itself needs no permission.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("main", &["cli"]),
    ("lib", &[]),
    ("bitrix24", &[]),
    ("seal", &[]),
    ("words", &[]),
    ("telemetry", &[]),
    ("store", &["bitrix24", "seal"]),
    ("app", &["store", "bitrix24", "seal", "telemetry"]),
    ("sentences", &["app", "bitrix24", "words"]),
    ("web", &["app", "bitrix24", "sentences", "telemetry", "words"]),
    // Makes plain values of the rooms' own types, once.
    (
        "config",
        &["app", "bitrix24", "seal", "store", "telemetry", "web", "words"],
    ),
    // What fuzzers feed: only in tests and in the fuzzing build.
    ("fuzzing", &["app", "bitrix24", "config", "seal", "web"]),
    // The assembly.
    (
        "service",
        &[
            "app",
            "bitrix24",
            "config",
            "seal",
            "store",
            "telemetry",
            "web",
            "words",
        ],
    ),
    (
        "cli",
        &[
            "app",
            "bitrix24",
            "config",
            "seal",
            "sentences",
            "service",
            "store",
            "telemetry",
            "words",
        ],
    ),
];

/// Who in the platform's room speaks on the wire. The deeds and the operator's commands talk to the platform, and
/// the assembly makes the speakers; everybody else knows its words.
const SPEAKERS: &[&str] = &["AuthorizationServer", "Portals", "Visitor", "Gate"];
const MAY_SPEAK: &[&str] = &["app", "service", "cli"];

/// Which rooms may name a library.
const OWNERS: &[(&str, &[&str])] = &[
    // Calls of Bitrix24; and batches of spans, to the operator's own collector.
    ("reqwest", &["bitrix24", "telemetry"]),
    ("oauth2", &["bitrix24"]),
    // The configuration parses PRIVATE_PORTALS for the platform's egress policy, and TRUSTED_PROXIES for the doors.
    ("ipnet", &["bitrix24", "config", "web"]),
    ("lru", &["web"]),
    ("rustix", &["web"]),
    ("tokio_io_timeout", &["web"]),
    ("toml", &["config"]),
    ("percent_encoding", &["bitrix24", "config", "web"]),
    ("metrics_exporter_prometheus", &["telemetry"]),
    ("metrics_process", &["telemetry"]),
    ("opentelemetry", &["telemetry"]),
    ("opentelemetry_http", &["telemetry"]),
    ("opentelemetry_otlp", &["telemetry"]),
    ("opentelemetry_sdk", &["telemetry"]),
    ("tracing_opentelemetry", &["telemetry"]),
    ("async_trait", &["telemetry"]),
    ("sqlx", &["store"]),
    ("axum", &["web"]),
    ("axum_server", &["web"]),
    ("hyper_util", &["web"]),
    ("http_body_util", &["web"]),
    ("tower", &["web"]),
    ("tower_http", &["web"]),
    ("askama", &["web"]),
    ("cookie", &["web"]),
    ("rust_embed", &["web"]),
    ("brotli", &["web"]),
    ("flate2", &["web"]),
    ("chacha20poly1305", &["seal"]),
    ("hkdf", &["seal"]),
    ("hmac", &["seal"]),
    // The doors name files by what is in them.
    ("sha2", &["seal", "web"]),
    ("subtle", &["seal"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("comfy_table", &["cli"]),
    ("indicatif", &["cli"]),
    ("terminal_size", &["cli"]),
    ("fluent_bundle", &["words"]),
    ("unic_langid", &["words"]),
    ("icu_datetime", &["words"]),
    ("icu_locale_core", &["words"]),
    ("icu_provider", &["words"]),
    // A command that serves nothing chooses the provider itself.
    ("rustls", &["service", "cli"]),
    ("anyhow", &["main", "cli", "service"]),
    // The app and the emulator share nothing.
    ("bitrix24_emulator", &[]),
];

/// No file is longer; most are far shorter.
const MOST_LINES: usize = 400;

fn rooms_allowed(room: &str) -> &'static [&'static str] {
    let found = MAY_IMPORT.iter().find(|(name, _)| *name == room);
    found
        .unwrap_or_else(|| panic!("src/{room} is a new room: say in MAY_IMPORT whom it may import"))
        .1
}

/// Which other rooms a file imports.
fn imports(file: &Source) -> BTreeSet<String> {
    let rooms = file.own_paths().into_iter().map(|path| path[0].clone());
    rooms
        .filter(|room| room != file.room() && MAY_IMPORT.iter().any(|(name, _)| name == room))
        .collect()
}

#[test]
fn rooms_import_only_whom_they_may() {
    for file in rust_files(&["src"]) {
        let allowed = rooms_allowed(file.room());
        for room in imports(&file) {
            assert!(
                allowed.contains(&room.as_str()),
                "{} imports {room}: {} may import {allowed:?}",
                file.path,
                file.room()
            );
        }
    }
}

#[test]
fn doors_and_store_do_not_speak_to_the_platform() {
    for file in rust_files(&["src"]) {
        if MAY_SPEAK.contains(&file.room()) {
            continue;
        }
        for path in file.own_paths() {
            let speaker = path.get(1).filter(|name| SPEAKERS.contains(&name.as_str()));
            assert!(
                path[0] != "bitrix24" || speaker.is_none(),
                "{} names {speaker:?}: it may know the platform's words only",
                file.path
            );
        }
    }
}

/// Acting for whoever the operator names needs no session, and sessions that are nobody's need keys: no door may come
/// there.
#[test]
fn only_commands_act_without_a_session() {
    for file in rust_files(&["src"]) {
        let allowed = ["app", "cli"].contains(&file.room());
        let named = file
            .own_paths()
            .iter()
            .any(|path| ["app::Operator", "app::Worthless"].contains(&&*path.join("::")));
        assert!(allowed || !named, "{} names what is for commands", file.path);
    }
}

#[test]
fn each_library_has_its_room() {
    for file in rust_files(&["src"]) {
        for (library, owners) in OWNERS {
            assert!(
                owners.contains(&file.room()) || !file.names_library(library),
                "{} names {library}, which belongs to {owners:?}",
                file.path
            );
        }
    }
}

#[test]
fn the_emulator_knows_nothing_of_the_app() {
    for file in rust_files(&["emulator"]) {
        assert!(
            !file.names_library("channel_connect"),
            "{} names the app",
            file.path
        );
    }
    let manifest = std::fs::read_to_string(root().join("emulator/Cargo.toml")).unwrap();
    assert!(
        !manifest.contains("channel-connect"),
        "the emulator depends on the app"
    );
}

#[test]
fn no_file_is_too_long() {
    for file in rust_files(&["build", "src", "emulator", "tests", "examples", "benches"]) {
        let lines = file.text.lines().count();
        assert!(
            lines <= MOST_LINES,
            "{} has {lines} lines of {MOST_LINES}",
            file.path
        );
    }
}

#[test]
fn an_ignored_test_says_what_it_needs() {
    for file in rust_files(&["src", "emulator", "tests", "examples", "benches"]) {
        let marks = file
            .code()
            .lines()
            .map(str::trim)
            .map(str::to_owned)
            .collect::<Vec<_>>();
        for mark in marks.iter().filter(|line| line.starts_with("#[ignore")) {
            let reason = mark.strip_prefix("#[ignore = \"").unwrap_or_default();
            assert!(
                reason.contains("needs "),
                "{}: {mark} does not say what is needed",
                file.path
            );
        }
    }
}

/// Secrets have no `==` of their own; what they expose must not be compared by one either, because how long that takes
/// tells where they differ.
#[test]
fn secrets_are_compared_in_constant_time() {
    for file in rust_files(&["src"]) {
        for line in file.code_without_tests().lines() {
            let exposed = line.contains("expose()") || line.contains("expose_secret()");
            // What tests alone can see.
            let exposed = exposed && line.trim() != "self.expose() == text";
            let compared = line.contains(" == ") || line.contains(" != ") || line.contains(".eq(");
            assert!(!exposed || !compared, "{}: {line}: use seal::same", file.path);
        }
    }
    let secrets = std::fs::read_to_string(root().join("src/bitrix24/secrets.rs")).unwrap();
    let of_secrets = secrets.split("macro_rules!").nth(1).unwrap();
    let of_secrets = of_secrets.split("\n}\n").next().unwrap();
    assert!(!of_secrets.contains("PartialEq"), "a secret has a == of its own");
}

#[test]
fn nothing_panics_without_saying_why_it_cannot() {
    let files = rust_files(&["src"]);
    for file in files.iter().filter(|file| !is_a_test_module(file, &files)) {
        let code = file.code_without_tests();
        for panicking in [".unwrap()", "panic!("] {
            assert!(
                !code.contains(panicking),
                "{} has {panicking}: say with expect why it cannot fail, or handle it",
                file.path
            );
        }
    }
}

/// Whether the file's module is one of those that its parent has for tests only.
fn is_a_test_module(file: &Source, files: &[Source]) -> bool {
    let (folder, name) = file.path.rsplit_once('/').unwrap();
    let parent = files
        .iter()
        .find(|parent| parent.path == format!("{folder}/mod.rs"));
    let name = name.strip_suffix(".rs").unwrap();
    parent.is_some_and(|parent| parent.test_modules().contains(&name))
}

#[test]
fn the_readme_names_every_variable_with_its_default_and_no_other() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let documented: Vec<_> = environment_table(&readme).collect();
    let known: Vec<_> = VARIABLES
        .iter()
        .map(|variable| (variable.name, variable.default.unwrap_or("–")))
        .collect();
    assert_eq!(
        documented, known,
        "README.md (left) and config::VARIABLES (right)"
    );
}

/// Name and default in each row of the table whose first heading is “variable”.
fn environment_table(readme: &str) -> impl Iterator<Item = (&str, &str)> {
    readme
        .lines()
        .skip_while(|line| !line.starts_with("| variable |"))
        .skip(2)
        .map_while(|row| {
            let mut cells = row.strip_prefix('|')?.split('|');
            let mut cell = || Some(cells.next()?.trim().trim_matches('`'));
            Some((cell()?, cell()?))
        })
}
