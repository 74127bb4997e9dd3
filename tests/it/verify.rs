//! `verify`: on our own app everything holds, on a weak one everything falls, and nobody else's is tried.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bitrix24_emulator::{Emulator, Options};
use serde_json::{Value, json};

use crate::world::{Db, KEYS, Process, Ran, World, free_port, lived_in};

mod skipped;
mod spoiled;
mod weak;

on_both_databases!(
    everything_holds_on_our_own_app,
    only_ones_own_deployment_is_tried,
    on_a_weak_app_every_attempt_falls,
);

/// What `verify` says of each attempt.
pub struct Outcomes(BTreeMap<String, Value>);

impl Outcomes {
    pub fn of(ran: &Ran) -> Self {
        let name = |outcome: &Value| outcome["attempt"].as_str().unwrap().to_owned();
        Self(
            ran.json()
                .into_iter()
                .map(|outcome| (name(&outcome), outcome))
                .collect(),
        )
    }

    /// The attempts with this verdict, in the order of their names.
    pub fn with(&self, verdict: &str) -> Vec<&str> {
        let found = self.0.iter().filter(|(_, outcome)| outcome["verdict"] == verdict);
        found.map(|(name, _)| name.as_str()).collect()
    }

    pub fn says(&self, attempt: &str) -> &str {
        self.0[attempt]["says"].as_str().unwrap_or_default()
    }

    /// What did not hold, for a test that expected it.
    fn shown(&self) -> String {
        let odd = self.0.values().filter(|outcome| outcome["verdict"] != "held");
        odd.map(Value::to_string).collect::<Vec<_>>().join("\n")
    }
}

/// A token of another app, for the same portal.
async fn foreign_token(world: &World) -> String {
    let wish = json!({"portal": "acme", "user": 1, "client_id": "app.somebody.elses"});
    let token = world.control("token", wish).await;
    token["access_token"].as_str().unwrap().to_owned()
}

async fn everything_holds_on_our_own_app(db: Db) {
    let (mut world, member_id) = lived_in(db).await;
    let process = Process::start(&world, &[]).await;
    world.turn_to(&process.app_url);
    let token = foreign_token(&world).await;
    let rows = world.database.rows().await;
    let events = world.database.number("select count(*) from events").await;
    world.forget_calls().await;
    let words = [
        "verify",
        "--target",
        &process.app_url,
        "--replay",
        &member_id,
        "--json",
    ];
    let loud = [
        ("BITRIX24_FOREIGN_TOKEN", Some(&*token)),
        ("RUST_LOG", Some("trace")),
    ];
    let ran = world.command_with(&loud, &words).await.expect(0);
    let outcomes = Outcomes::of(&ran);
    assert_eq!(outcomes.with("fell"), [""; 0], "{}", outcomes.shown());
    assert_eq!(outcomes.with("skipped"), ["plain http"], "{}", outcomes.shown());
    assert_eq!(outcomes.with("held").len(), 24);
    assert!(
        ran.err.contains("24 of 25 attempts held, 1 skipped"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("TRACE"), "the log is a log");
    let sealed = URL_SAFE_NO_PAD.encode(b"\x01\x0acanary-key");
    let (_, key) = KEYS.split_once(':').unwrap();
    for secret in ["5ec2e75ec2e7", &sealed[..sealed.len() - 1], key] {
        assert!(!ran.said().contains(secret), "{}", ran.said());
    }

    assert_eq!(world.database.rows().await, rows, "nothing is stored");
    let kept = world.database.number("select count(*) from events").await;
    assert_eq!(kept - events, 1, "the one event of --replay");
    let known = ["app.info", "token"];
    let called = world.called().await;
    assert!(
        called.iter().all(|call| known.contains(&call.as_str())),
        "{called:?}"
    );
    assert!(
        called.len() < 20,
        "the authorization server is not bothered: {called:?}"
    );
    let session = world.open("acme", 1).await;
    world.connect(&session, crate::world::CODE).await.expect(200);
}

async fn only_ones_own_deployment_is_tried(db: Db) {
    let (world, _) = lived_in(db).await;
    for target in [
        "https://www.bitrix24.com",
        "http://192.168.1.1",
        "http://127.0.0.1.evil.example",
        "http://user@127.0.0.1:8080",
        "http://127.0.0.1:8080/app",
        "127.0.0.1",
        "",
    ] {
        let ran = world.command(&["verify", "--target", target]).await.expect(2);
        assert!(
            ran.err.contains("--target") && ran.err.lines().count() == 1,
            "{target}: {}",
            ran.err
        );
        assert_eq!(ran.out, "", "{target}");
    }
    world.command(&["verify"]).await.expect(2);
    let replay = ["verify", "--target", &world.app_url, "--replay", "acme"];
    world.command(&replay).await.expect(2);
    let nowhere = format!("http://127.0.0.1:{}", free_port());
    let ran = world.command(&["verify", "--target", &nowhere]).await.expect(1);
    assert!(ran.err.contains("is not reached: no connection"), "{}", ran.err);
    assert_eq!(ran.out, "");
    let options = Options {
        tls: true,
        ..Options::default()
    };
    let emulator = Emulator::start(options).await.unwrap();
    let untrusted = emulator.control_url().replace("http://", "https://");
    let ran = world.command(&["verify", "--target", &untrusted]).await.expect(1);
    assert!(ran.err.contains("no valid certificate"), "{}", ran.err);
}

async fn on_a_weak_app_every_attempt_falls(db: Db) {
    let (world, member_id) = lived_in(db).await;
    let token = foreign_token(&world).await;
    let weak = weak::serve(&world.database).await;
    let words = [
        "verify",
        "--target",
        &weak,
        "--foreign-token",
        &token,
        "--replay",
        &member_id,
    ];
    let ran = world.command(&[&words[..], &["--json"]].concat()).await.expect(1);
    let outcomes = Outcomes::of(&ran);
    assert_eq!(outcomes.with("held"), [""; 0], "{}", outcomes.shown());
    assert_eq!(outcomes.with("skipped"), ["plain http"], "{}", outcomes.shown());
    assert!(
        ran.err.ends_with("channel-connect: 24 of 25 attempts fell\n"),
        "{}",
        ran.err
    );
    assert!(
        !ran.said().contains(&token) && !ran.said().contains("5ec2e7"),
        "{}",
        ran.said()
    );
    for (attempt, what) in [
        ("hostile SERVER_ENDPOINT", "somebody came"),
        ("hostile Host", "comes back from GET /app"),
        ("replayed uninstall", "has erased"),
        ("session of another portal", "the other portal's data"),
        ("a state twice", "a state that was used is answered with 200"),
        ("open redirect", "javascript:alert(1)"),
        ("inline script", "an inline script"),
        ("echoes", "POST /connect"),
    ] {
        assert!(
            outcomes.says(attempt).contains(what),
            "{attempt}: {}",
            outcomes.shown()
        );
    }
}
