//! Commands that are left alone half-way: the reader goes away, or somebody interrupts them.

use std::process::Child;
use std::time::Duration;

use serde_json::json;

use crate::world::{Db, KEYS, World, exit_code, free_port, lived_in, signal};

on_both_databases!(
    what_nobody_reads_is_done_all_the_same,
    a_service_whose_log_nobody_reads_goes_on,
    an_interrupted_refresh_keeps_the_new_tokens,
);

const NEW: &str = "canary-key-2:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

/// The reader of the result goes away, and whoever reads the messages, too.
fn unread(mut child: Child) -> Child {
    drop(child.stdout.take());
    drop(child.stderr.take());
    child
}

async fn what_nobody_reads_is_done_all_the_same(db: Db) {
    let (world, _) = lived_in(db).await;
    let run = async |changes: &[(&str, Option<&str>)], words: &[&str]| {
        exit_code(unread(world.begin_command(changes, words))).await
    };
    // What would be said is lost, the exit code is not.
    let unknown = "0".repeat(32);
    assert_eq!(run(&[], &["portals", "show", &unknown]).await, Some(1));
    assert_eq!(run(&[], &["join", "--webhook", "none", "none"]).await, Some(1));
    assert_eq!(
        run(&[("DATABASE_URL", Some("none"))], &["portals", "list"]).await,
        Some(2)
    );
    assert_eq!(run(&[], &["credentials", "list", "--limit", "1"]).await, Some(0));
    assert_eq!(
        run(&[("RUST_LOG", Some("trace"))], &["credentials", "list"]).await,
        Some(0)
    );
    let health = world.app_url.strip_prefix("http://").unwrap();
    assert_eq!(run(&[("LISTEN_ADDR", Some(health))], &["health"]).await, Some(0));
    assert_eq!(
        run(&[("BITRIX24_CLIENT_SECRET", Some("kT3xw9"))], &["doctor"]).await,
        Some(1)
    );
    assert_eq!(
        run(
            &[("BITRIX24_CLIENT_SECRET", Some("kT3xw9"))],
            &["doctor", "--json"]
        )
        .await,
        Some(1)
    );

    let both = format!("{NEW},{KEYS}");
    let keys = [("ENCRYPTION_KEYS", Some(both.as_str()))];
    assert_eq!(run(&keys, &["keys", "rotate"]).await, Some(0));
    let again = world.command_with(&keys, &["keys", "rotate"]).await.expect(0);
    assert!(
        again
            .out
            .contains("application tokens: 0 sealed anew, 1 were current"),
        "{}",
        again.out
    );
}

async fn a_service_whose_log_nobody_reads_goes_on(db: Db) {
    let world = World::without_app(db).await;
    let address = format!("127.0.0.1:{}", free_port());
    let settings = [
        ("LISTEN_ADDR", Some(address.as_str())),
        ("ADMIN_ADDR", Some("127.0.0.1:0")),
        ("PUBLIC_URL", Some("http://127.0.0.1:1")),
        ("RUST_LOG", Some("debug")),
    ];
    let service = unread(world.begin_command(&settings, &["serve"]));
    let ready = async || {
        let answer = reqwest::get(format!("http://{address}/readyz")).await;
        answer.is_ok_and(|answer| answer.status().is_success())
    };
    let mut tries = 0;
    while !ready().await {
        tries += 1;
        assert!(tries < 200, "it never gets ready");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    signal(&service, "TERM");
    assert_eq!(exit_code(service).await, Some(0));
}

async fn an_interrupted_refresh_keeps_the_new_tokens(db: Db) {
    let (world, member_id) = lived_in(db).await;
    let live = "select count(*) from credentials where state = 'live'";
    for (user, name) in [("1", "INT"), ("2", "TERM"), ("1", "HUP")] {
        let late = json!([{"on": "token", "do": "rotate_then_delay", "ms": 1500}]);
        world.faults(late).await;
        world.forget_calls().await;
        let refresh = world.begin_command(&[], &["credentials", "refresh", &member_id, user]);
        while world.called().await.is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        signal(&refresh, name);
        assert_eq!(
            exit_code(refresh).await,
            Some(0),
            "{name}: what has begun is brought to its end"
        );
        world
            .command(&["credentials", "refresh", &member_id, user])
            .await
            .expect(0);
        assert_eq!(world.database.number(live).await, 2, "{name}");
    }
}
