//! Commands that are left alone half-way: the reader goes away, or somebody interrupts them.

use std::process::Child;
use std::time::Duration;

use serde_json::json;

use crate::world::{CODE, Db, KEYS, Process, World, exit_code, free_port, lived_in, signal, until};

on_both_databases!(
    what_nobody_reads_is_done_all_the_same,
    a_service_whose_log_nobody_reads_goes_on,
    an_interrupted_refresh_keeps_the_new_tokens,
    keys_rotated_half_way_and_killed_lose_nothing,
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

#[tokio::test(flavor = "multi_thread")]
async fn looking_leaves_nothing_beside_an_embedded_database() {
    let world = World::without_app(Db::Sqlite).await;
    world.command(&["migrate"]).await.expect(0);
    let database = std::path::Path::new(world.database.url.strip_prefix("sqlite://").unwrap());
    let beside = || std::fs::read_dir(database.parent().unwrap()).unwrap().count();
    assert_eq!(beside(), 1);
    let nobody = "0".repeat(32);
    let commands: [(&[&str], i32); 9] = [
        (&["portals", "list"], 0),
        (&["portals", "show", &nobody], 1),
        (&["portals", "forget", &nobody], 1),
        (&["credentials", "list", "--json"], 0),
        (&["credentials", "refresh", &nobody, "1"], 1),
        (&["events", "list"], 0),
        (&["events", "replay", "none"], 1),
        (&["rest-log", "--json"], 0),
        (&["doctor"], 0),
    ];
    for (words, code) in commands {
        world.command(words).await.expect(code);
        // They would be the operator's, and keep a service of another user out of its own database.
        assert_eq!(beside(), 1, "{words:?} leaves files beside the database");
    }
}

/// More than one helping.
const USERS: i64 = 120;

/// In the second helping, and never refreshed by anybody.
const LAST_RESEALED: &str = "
    select count(*)
    from credentials
    where substr(tokens, 1, 12) <> (select substr(tokens, 1, 12) from credentials where user_id = 120)";

/// Makes one row of the second helping slow to write.
async fn slow_down(world: &World, db: Db) {
    let statements: &[&str] = match db {
        Db::Sqlite => &["
            create trigger slow before update of tokens on credentials when old.user_id = 115
            begin
                select count(*) from (
                    with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000000)
                    select i from n
                );
            end"],
        Db::Postgres => &[
            "create function slow() returns trigger language plpgsql as
                'begin perform pg_sleep(4); return new; end'",
            "create trigger slow before update of tokens on credentials
                for each row when (old.user_id = 115) execute function slow()",
        ],
    };
    for statement in statements {
        world.database.execute(statement).await;
    }
}

async fn keys_rotated_half_way_and_killed_lose_nothing(db: Db) {
    let mut world = World::without_app(db).await;
    let mut old = Process::start(&world, &[]).await;
    world.turn_to(&old.app_url);
    world.install("acme").await;
    for user in 2..=USERS {
        world
            .control("user", json!({"portal": "acme", "user": user}))
            .await;
        world.open("acme", user).await;
    }
    old.terminate();
    assert!(old.ended().await);
    let both = format!("{NEW},{KEYS}");
    let keys = [("ENCRYPTION_KEYS", Some(both.as_str()))];
    let service = Process::start(&world, &[("ENCRYPTION_KEYS", &both)]).await;
    world.turn_to(&service.app_url);
    let session = world.open("acme", 1).await;
    slow_down(&world, db).await;

    let mut rotate = world.begin_command(&keys, &["keys", "rotate"]);
    until(&world, LAST_RESEALED, 100).await;
    let press = async {
        world.expire("acme").await;
        world.connect(&session, CODE).await.expect(200);
    };
    let kill = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        rotate.kill().unwrap();
        rotate.wait().unwrap();
    };
    tokio::join!(press, kill);
    let resealed = world.database.number(LAST_RESEALED).await;
    assert_eq!(resealed, 100, "the first helping is done, the second is not");

    let off = match db {
        Db::Sqlite => "drop trigger slow",
        Db::Postgres => "drop trigger slow on credentials",
    };
    world.database.execute(off).await;
    world.expire("acme").await;
    world.connect(&session, CODE).await.expect(200);
    let ran = world.command_with(&keys, &["keys", "rotate"]).await.expect(0);
    assert!(
        ran.out
            .contains("tokens of users: 20 sealed anew, 100 were current, 0 unreadable"),
        "{}",
        ran.out
    );
    // Without the old key every one of them still opens, and is good.
    let alone = [("ENCRYPTION_KEYS", Some(NEW))];
    world.command_with(&alone, &["keys", "rotate"]).await.expect(0);
    let member_id = world.member_id("acme").await;
    for user in ["1", "50", "101", "115", "120"] {
        let words = ["credentials", "refresh", &member_id, user];
        world.command_with(&alone, &words).await.expect(0);
    }
}
