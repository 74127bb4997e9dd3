//! Settings and arguments: a secret in the wrong variable, or in the wrong place of a command line.

use channel_connect::config::VARIABLES;
use clap::Command;

use super::flock::Flock;
use crate::world::{CODE, Db, World, lived_in};

/// Settings that stand in what is public anyway.
const SHOWN: [(&str, &str); 1] = [("APP_CODE", "doctor prints the links that everybody is given")];

/// What reads settings. `serve` ends because its address is taken.
const READERS: [&[&str]; 2] = [&["serve"], &["doctor"]];

/// A secret in every variable: in the environment, as an argument, and where a file is named, in the file.
pub async fn settings(flock: &Flock) {
    let world = World::new(Db::Sqlite).await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let shown = |name: &str| SHOWN.iter().any(|(shown, _)| *shown == name);
    for name in VARIABLES
        .iter()
        .map(|variable| variable.name)
        .filter(|name| !shown(name))
    {
        let flag = format!("--{}", name.to_lowercase().replace('_', "-"));
        // Commands that only look begin to log before they read where.
        let looking = name
            .starts_with("DATABASE_URL")
            .then_some(&["portals", "list"][..]);
        for words in READERS.into_iter().chain(looking) {
            let secret = |place: &str| flock.at(format!("{name} as {place} of {words:?}"));
            let file = folder.path().join("file");
            let lines = format!("{0} = {0}\n{0}\n", secret("content of a file"));
            std::fs::write(&file, lines).unwrap();
            let quoted = folder.path().join("quoted");
            let line = format!("{0} = \"{0}\"\n", secret("key of a file"));
            std::fs::write(&quoted, line).unwrap();
            for value in [
                secret("variable"),
                format!("postgres://app:{}@127.0.0.1:1/app", secret("password")),
                format!("postgres://app@127.0.0.1:1/app?passwd={}", secret("parameter")),
                format!("https://{}@example.com/", secret("user")),
                format!("id:{}", secret("key")),
                file.display().to_string(),
                quoted.display().to_string(),
            ] {
                // Files that are named are read by the variable that names them.
                let usual = [("LISTEN_ADDR", Some(&*taken)), ("RUST_LOG", Some("trace"))];
                let mut changes = vec![(name, Some(&*value))];
                changes.extend(usual.into_iter().filter(|(usual, _)| *usual != name));
                if let Some(plain) = name.strip_suffix("_FILE") {
                    changes.push((plain, None));
                }
                look(&world, flock, &changes[..], words).await;
            }
            let value = secret("argument");
            let words: Vec<&str> = words.iter().copied().chain([&*flag, &*value]).collect();
            look(&world, flock, &[("LISTEN_ADDR", Some(&taken))], &words).await;
        }
    }
}

async fn look(world: &World, flock: &Flock, changes: &[(&str, Option<&str>)], words: &[&str]) {
    let ran = world.command_with(changes, words).await;
    flock.saw_lines(&format!("what {words:?} says"), &ran.said());
}

/// A secret in every place of every command, alone and beside what it needs.
pub async fn arguments(flock: &Flock) {
    let (world, member_id) = lived_in(Db::Sqlite).await;
    let mut whole = channel_connect::cli::command();
    whole.build();
    for words in leaves(&whole, &[]) {
        let command = words
            .iter()
            .fold(&whole, |command, word| command.find_subcommand(word).unwrap());
        let quoted = format!(
            "{} --webhook {}",
            words.join(" "),
            flock.at(format!("{words:?} in quotes"))
        );
        look(&world, flock, &[], &[&quoted]).await;
        let own = command.get_arguments().filter(|arg| !arg.is_global_set());
        let places = own.map(|arg| arg.get_long().map(|long| format!("--{long}")));
        for place in places.chain([Some("--nobody-knows".into()), Some("--webhook".into())]) {
            let secret = |how: &str| flock.at(format!("{words:?} {place:?} {how}"));
            let given = match &place {
                Some(flag) => vec![
                    vec![flag.clone(), secret("alone")],
                    vec![format!("{flag}={}", secret("together"))],
                    vec![format!("{flag} {}", secret("in one word"))],
                ],
                None => vec![
                    vec![secret("alone")],
                    vec![format!("--{}", secret("as a flag"))],
                    vec![member_id.clone(), secret("behind")],
                    vec![format!("code {}", secret("behind a word"))],
                ],
            };
            for given in given {
                let line: Vec<&str> = words
                    .iter()
                    .copied()
                    .chain(given.iter().map(String::as_str))
                    .collect();
                look(
                    &world,
                    flock,
                    &[
                        ("LISTEN_ADDR", Some("127.0.0.1:1")),
                        ("ADMIN_ADDR", Some("127.0.0.1:1")),
                    ],
                    &line,
                )
                .await;
            }
        }
    }
}

/// Commands that have no commands below them, by the words that lead there.
pub fn leaves<'c>(command: &'c Command, above: &[&'c str]) -> Vec<Vec<&'c str>> {
    let mut found = Vec::new();
    for below in command
        .get_subcommands()
        .filter(|below| below.get_name() != "help")
    {
        let words: Vec<&str> = above.iter().copied().chain([below.get_name()]).collect();
        if below.has_subcommands() {
            found.extend(leaves(below, &words));
        } else {
            found.push(words);
        }
    }
    found
}

/// A webhook's address, which is a secret as a whole, in joins that succeed, are refused, and go astray.
pub async fn webhooks(flock: &Flock) {
    let world = World::new(Db::Sqlite).await;
    let made = world
        .control("webhook", serde_json::json!({"portal": "acme", "user": 1}))
        .await;
    let url = made["url"].as_str().unwrap();
    let (root, _) = url.split_once("/rest/").unwrap();
    let unknown = format!("{root}/rest/1/{}/", flock.at("webhook that is unknown"));
    let nowhere = format!(
        "http://127.0.0.1:1/rest/1/{}/",
        flock.at("webhook that leads nowhere")
    );
    let odd = format!("{root}/rest/1/{}/?x", flock.at("webhook that is none"));
    for url in [url, &unknown, &nowhere, &odd] {
        for code in [CODE, &flock.at("join CODE"), &"0".repeat(32)] {
            let loud = [("RUST_LOG", Some("trace"))];
            look(&world, flock, &loud, &["join", "--webhook", url, code]).await;
            let by_variable = [("RUST_LOG", Some("trace")), ("BITRIX24_WEBHOOK", Some(url))];
            look(&world, flock, &by_variable, &["join", code]).await;
        }
    }
}
