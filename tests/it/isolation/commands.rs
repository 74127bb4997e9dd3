//! Every command that is about a portal, asked about the other one.

use super::ACMES;
use crate::world::{CODE, World};

/// Commands that are about the whole deployment, or about nothing that is kept.
const OF_THE_WHOLE: [(&str, &str); 8] = [
    ("serve", "the service itself"),
    ("migrate", "the schema"),
    ("health", "asks the service"),
    ("doctor", "counts what is kept"),
    ("verify", "made-up portals alone"),
    ("completions", "nothing is read"),
    ("keys generate", "nothing is read"),
    ("keys rotate", "seals everybody's rows anew"),
];

/// Asks every command about `globex`, the erasure last.
pub async fn all(world: &World, acme: &str) {
    let globex = world.member_id("globex").await;
    let listed = ["events", "list", "--portal", &globex, "--json"];
    let events = world.command(&listed).await.json();
    let id = events[0]["id"].as_str().unwrap();
    let asked: [&[&str]; 14] = [
        &["portals", "list", "--domain", "globex"],
        &["portals", "list", "--domain", "globex", "--json"],
        &["portals", "show", &globex],
        &["portals", "show", &globex, "--json"],
        &["credentials", "list", "--portal", &globex],
        &[
            "credentials",
            "list",
            "--portal",
            &globex,
            "--user",
            "1",
            "--json",
        ],
        &["credentials", "refresh", &globex, "1"],
        &listed,
        &["events", "list", "--portal", &globex],
        &["events", "replay", id],
        &["rest-log", "--portal", &globex],
        &["rest-log", "--portal", &globex, "--user", "2", "--json"],
        &["join", "--portal", &globex, "--user", "1", CODE],
        &["portals", "forget", &globex],
    ];
    let mut whole = channel_connect::cli::command();
    whole.build();
    for words in crate::canaries::leaves(&whole, &[]) {
        let words = words.join(" ");
        let known = OF_THE_WHOLE.iter().any(|(known, _)| *known == words)
            || asked.iter().any(|asked| asked.join(" ").starts_with(&words));
        assert!(
            known,
            "{words} is a new command: ask it about globex, or say in OF_THE_WHOLE why not"
        );
    }
    let host = world.portal_host("acme");
    for words in asked {
        let ran = world.command(words).await;
        // What was wiped is not replayed; all others do what they are asked.
        assert_eq!(
            ran.code,
            i32::from(words[1] == "replay"),
            "{words:?}: {}",
            ran.said()
        );
        for word in [acme, &host, ACMES] {
            assert!(
                !ran.said().contains(word),
                "{words:?} shows {word}: {}",
                ran.said()
            );
        }
    }
}
