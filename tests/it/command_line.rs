//! What an operator types.

use std::process::{Command, Output};

use serde_json::json;

use crate::world::{CODE, Db, Process, World};

const GOOD: [(&str, &str); 4] = [
    ("BITRIX24_CLIENT_ID", "app.5f0c"),
    ("BITRIX24_CLIENT_SECRET", "kT3xw9"),
    ("PUBLIC_URL", "http://127.0.0.1:1"),
    ("LISTEN_ADDR", "127.0.0.1:0"),
];

fn run(folder: &tempfile::TempDir, variables: &[(&str, &str)], words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_channel-connect"));
    command
        .current_dir(folder.path())
        .env_clear()
        .envs(variables.iter().copied())
        .args(words)
        .output()
        .unwrap()
}

#[test]
fn a_bad_setting_is_one_line_and_exit_2() {
    let folder = tempfile::tempdir().unwrap();
    for (name, value) in [
        ("BITRIX24_CLIENT_ID", ""),
        ("BITRIX24_CLIENT_SECRET", "changeme"),
        ("PUBLIC_URL", "http://connect.example.com"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "postgres://app@127.0.0.1/app"),
        ("ENCRYPTION_KEYS", "short:AAAA"),
        ("LISTEN_ADDR", "everywhere"),
        ("LOG_FORMAT", "xml"),
        ("RUST_LOG", "loud=very"),
        ("BITRIX24_OAUTH_URL", "http://127.0.0.1:8091"),
        ("BITRIX24_OAUTH_URL", "https://oauth.bitrix.info.evil.example"),
        ("BITRIX24_JS_URL", "http://127.0.0.1:8092/api/v1/"),
        ("PRIVATE_PORTALS", "10.0.0.0/99"),
        ("TRUSTED_PROXIES", "0.0.0.0/0"),
    ] {
        let variables: Vec<_> = GOOD
            .into_iter()
            .filter(|(good, _)| *good != name)
            .chain([(name, value)])
            .collect();
        let output = run(&folder, &variables, &[]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{name}={value}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(
            said.contains(name) || (said.contains("ENCRYPTION_KEYS") && value.starts_with("postgres")),
            "{said}"
        );
        assert!(
            value.is_empty() || name == "RUST_LOG" || !said.contains(value),
            "the value is not repeated: {said}"
        );
    }
    let in_public = [
        ("PUBLIC_URL", "https://connect.example.com"),
        ("DEVELOPMENT", "true"),
    ];
    let variables: Vec<_> = GOOD
        .into_iter()
        .filter(|(good, _)| *good != "PUBLIC_URL")
        .chain(in_public)
        .collect();
    let output = run(&folder, &variables, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "channel-connect: PUBLIC_URL must be loopback while DEVELOPMENT is true\n"
    );
    let output = run(&folder, &[], &["serve"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("BITRIX24_CLIENT_ID is missing")
    );
}

#[test]
fn a_fault_in_the_channels_file_is_one_line_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("channels.toml");
    std::fs::write(&file, "[[channels]]\ntitle = \"A\"\ncode = \"0f1e2d3c\"\n").unwrap();
    let variables: Vec<_> = GOOD
        .into_iter()
        .chain([("CHANNELS_FILE", file.to_str().unwrap())])
        .collect();
    let output = run(&folder, &variables, &["serve"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "channel-connect: CHANNELS_FILE line 3: code is no channel code: a code has 32 hexadecimal digits\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_can_connect_nothing_says_so() {
    let world = World::without_app(Db::Sqlite).await;
    let process = Process::start(&world, &[("CUSTOM_CODES", "false")]).await;
    let log = process.log();
    assert!(
        log.contains("nothing can be connected: CUSTOM_CODES is false and CHANNELS_FILE offers no channel"),
        "{log}"
    );
}

#[test]
fn a_generated_key_is_one_line_that_the_service_takes() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(&folder, &[], &["keys", "generate"]);
    assert!(output.status.success());
    let key = String::from_utf8(output.stdout).unwrap();
    assert_eq!(key.lines().count(), 1);
    let (id, encoded) = key.trim_end().split_once(':').unwrap();
    assert!(
        !id.is_empty() && encoded.len() == 44 && encoded.ends_with('='),
        "standard alphabet, padded"
    );
    let variables: Vec<_> = GOOD
        .into_iter()
        .chain([("ENCRYPTION_KEYS", key.trim_end()), ("LISTEN_ADDR", "wrong")])
        .collect();
    let said = String::from_utf8(run(&folder, &variables, &[]).stderr).unwrap();
    assert!(said.contains("LISTEN_ADDR"), "the key was fine: {said}");
}

#[test]
fn a_database_that_nobody_serves_is_said_with_its_variable_and_its_cause() {
    let folder = tempfile::tempdir().unwrap();
    let variables: Vec<_> = GOOD
        .into_iter()
        .chain([
            ("DATABASE_URL", "postgres://app:pa55word@127.0.0.1:1/app"),
            ("ENCRYPTION_KEYS", crate::world::KEYS),
            ("LISTEN_ADDR", "127.0.0.1:0"),
            ("ADMIN_ADDR", "127.0.0.1:0"),
            ("RUST_LOG", "error"),
        ])
        .collect();
    for command in ["serve", "migrate"] {
        let output = run(&folder, &variables, &[command]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains("DATABASE_URL") && said.contains("refused"),
            "{said}"
        );
        assert!(said.lines().count() == 1 && !said.contains("pa55word"), "{said}");
    }
}

#[test]
fn migrate_needs_nothing_but_a_database_and_may_be_repeated() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let output = run(&folder, &[], &["migrate"]);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert!(folder.path().join("channel-connect.db").exists());
    assert!(!folder.path().join("channel-connect.db.key").exists());
    let output = run(
        &folder,
        &[("DATABASE_URL", "sqlite:///nowhere/app.db")],
        &["migrate"],
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("DATABASE_URL"));
}

#[test]
fn usage_faults_exit_2_and_help_names_every_variable() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(&folder, &[], &["dance"]).status.code(), Some(2));
    let help = String::from_utf8(run(&folder, &[], &["--help"]).stdout).unwrap();
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for variable in channel_connect::config::VARIABLES {
        assert!(
            help.contains(&format!("[env: {}]", variable.name)),
            "{}",
            variable.name
        );
    }
    let shown = run(&folder, &[("BITRIX24_CLIENT_SECRET", "kT3xw9")], &["--help"]);
    assert!(
        !String::from_utf8(shown.stdout).unwrap().contains("kT3xw9"),
        "help shows no values"
    );
}

#[test]
fn a_webhook_in_the_wrong_place_is_not_printed() {
    let folder = tempfile::tempdir().unwrap();
    let url = "https://acme.bitrix24.com/rest/1/kT3xw9/";
    for words in [
        &["join", CODE, url][..],
        &["join", url, CODE],
        &["join", "--webhook", url, CODE, url],
        &["join", "--webhoook", url, CODE],
        &["join", &format!("--webhoook={url}"), CODE],
        &["join", "--webhook", url, "--user", url, CODE],
        &["rest-log", "--portal", url],
        &["rest-log", "--since", url],
        &["credentials", "list", "--state", url],
        &["portals", url],
        &[url],
    ] {
        let output = run(&folder, &[], words);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("error:") && !said.contains("kT3xw9"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_is_joined_through_a_webhook_without_app_and_database() {
    let world = World::without_app(Db::Sqlite).await;
    let webhook = world
        .control("webhook", json!({"portal": "acme", "user": 1}))
        .await;
    let (url, secret) = (
        webhook["url"].as_str().unwrap().to_owned(),
        webhook["secret"].as_str().unwrap().to_owned(),
    );
    let join = |code: &str| {
        let (url, code, folder) = (url.clone(), code.to_owned(), tempfile::tempdir().unwrap());
        tokio::task::spawn_blocking(move || {
            let output = run(
                &folder,
                &[("DEVELOPMENT", "true")],
                &["join", "--webhook", &url, &code],
            );
            assert_eq!(
                std::fs::read_dir(folder.path()).unwrap().count(),
                0,
                "nothing is left behind"
            );
            (
                output.status.code(),
                String::from_utf8([output.stdout, output.stderr].concat()).unwrap(),
            )
        })
    };
    let (status, said) = join(&format!("networkLines{CODE}")).await.unwrap();
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains(CODE) && said.contains("bot 603"), "{said}");
    assert_eq!(world.called().await, ["imopenlines.network.join"]);

    let (status, said) = join("Northwind Support, the channel!!").await.unwrap();
    assert_eq!(
        (status, world.called().await.len()),
        (Some(1), 1),
        "the code is checked first: {said}"
    );
    let (status, said) = join(&"0123456789abcdef".repeat(2)).await.unwrap();
    assert_eq!(status, Some(1));
    assert!(
        said.contains("knows no channel") && !said.contains(&secret),
        "{said}"
    );

    let folder = tempfile::tempdir().unwrap();
    let output = run(
        &folder,
        &[],
        &["join", "--webhook", "https://acme.example/rest/", CODE],
    );
    assert_eq!(output.status.code(), Some(2));
    let output = run(&folder, &[], &["join", "--webhook", &url, CODE]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        output.status.code(),
        Some(1),
        "loopback is for development: {said}"
    );
    assert!(!said.contains(&secret));
}
