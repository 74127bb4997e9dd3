//! PostgreSQL itself: frozen, restarted in the middle of everything, and out of disk. And SQLite's file, when the disk is
//! full.

use std::time::Duration;

use channel_connect::store::DatabaseUrl;
use futures_util::future::join_all;
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::wired::{pause, within};
use crate::world::{CODE, Database, Db, Process, Server, Told, World};

const IN_TIME: Duration = Duration::from_secs(14);

async fn world_on(server: &Server) -> World {
    let mut world = World::without_app(Db::Sqlite).await;
    world.database = Database::at(&server.url("postgres"));
    world
        .start_app(|config| config.database = DatabaseUrl::parse(&server.url("postgres")).unwrap())
        .await;
    world
}

/// Made-up rows of the tables that a launch and an event write, so much larger each.
const MADE_UP: [(&str, &str); 3] = [
    (
        "portals (member_id, domain, client_endpoint, status, last_seen_at, created_at, check_at)",
        "'f' || SIZE || '-' || TRY || '-' || n, repeat('x', SIZE), 'https://made.up/rest/', 'F', 0, 0, 9000000000000000",
    ),
    (
        "credentials (member_id, user_id, tokens, generation, state, unresolved, refresh_digest, created_at, updated_at)",
        "(select min(member_id) from portals), 1000000 + SIZE * 1000000 + TRY * 10000 + n, convert_to(repeat('x', SIZE), 'UTF8'), 1, \
         'live', false, '', 0, 0",
    ),
    (
        "events (id, digest, event, body, state, attempts, due_at, received_at)",
        "'f' || SIZE || '-' || TRY || '-' || n, convert_to(SIZE || '-' || TRY || '-' || n, 'UTF8'), 'MADE_UP', \
         convert_to(repeat('x', SIZE), 'UTF8'), 'done', 0, 0, 9000000000000000",
    ),
];

/// Fills tables until none takes another row of any size.
async fn fill(server: &Server) {
    let mut connection = PgConnection::connect(&server.url("postgres")).await.unwrap();
    for (table, row) in MADE_UP {
        for size in [1500, 300, 1] {
            let (mut rows, mut tries) = (2048, 0);
            while rows > 0 {
                tries += 1;
                let row = row
                    .replace("SIZE", &size.to_string())
                    .replace("TRY", &tries.to_string());
                let fill = format!("insert into {table} select {row} from generate_series(1, {rows}) n");
                let filled = sqlx::raw_sql(AssertSqlSafe(fill)).execute(&mut connection).await;
                rows /= if filled.is_ok() { 1 } else { 2 };
            }
        }
    }
}

async fn make_room(world: &World) {
    for (table, made_up) in [
        ("events", "event = 'MADE_UP'"),
        ("credentials", "user_id >= 1000000"),
        ("portals", "domain like 'x%'"),
    ] {
        world
            .database
            .execute(&format!("delete from {table} where {made_up}"))
            .await;
        world.database.execute(&format!("vacuum {table}")).await;
    }
}

/// Runs what would keep a thread waiting.
fn aside(deed: impl FnOnce() + Send) {
    tokio::task::block_in_place(deed);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn a_server_that_is_frozen_and_one_that_is_restarted_are_survived() {
    let server = Server::start(None);
    let world = world_on(&server).await;
    let mut told = Told::default();
    world.install("acme").await;
    let session = told.open(&world, "acme", 1).await;
    // Every process of it is stopped: connections stand, new ones too, and nothing is answered.
    let (answers, ()) = tokio::join!(
        within(
            IN_TIME,
            "a press",
            join_all((0..12).map(|_| world.connect(&session, CODE)))
        ),
        async { aside(|| server.freeze(true)) },
    );
    for answer in &answers {
        told.pressed("acme", CODE, answer);
    }
    let answer = within(IN_TIME, "a press", told.press(&world, "acme", &session)).await;
    assert_eq!(answer.expect(503).slug(), "storage_unavailable");
    server.freeze(false);
    told.press(&world, "acme", &session).await.expect(200);
    world.expect_invariants(&told).await;

    // Stopped at once and started again, while people press and a pair is on its way.
    world.expire("acme").await;
    world
        .faults(json!([{"on": "token", "do": "rotate_then_delay", "ms": 400}]))
        .await;
    let (answers, event) = tokio::join!(join_all((0..8).map(|_| world.connect(&session, CODE))), async {
        pause(200).await;
        aside(|| server.down());
        let event = told.event(&world, json!({"portal": "acme", "event": "ONAPPUPDATE"}));
        let (event, ()) = tokio::join!(event, async {
            pause(800).await;
            aside(|| server.up());
        });
        event
    });
    let _ = event;
    for answer in answers {
        told.pressed("acme", CODE, &answer);
        answer.expect(200);
    }
    told.press(&world, "acme", &session).await.expect(200);
    told.open(&world, "globex", 1).await;
    world.expect_invariants(&told).await;
}

/// No table can grow any more, as on a full disk: each is filled up to the largest file that the server may write.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn a_server_whose_disk_is_full_keeps_what_it_had() {
    let server = Server::start(Some(4096));
    let world = world_on(&server).await;
    let mut told = Told::default();
    world.install("acme").await;
    let session = told.open(&world, "acme", 1).await;
    told.press(&world, "acme", &session).await.expect(200);
    let kept = json!({"portal": "acme", "event": "ONAPPUPDATE", "data": {"VERSION": "1"}});
    assert!(told.event(&world, kept).await);
    world.inbox_is_empty().await;
    fill(&server).await;
    let lost = json!({"portal": "acme", "event": "ONAPPUPDATE", "data": {"VERSION": "2"}});
    assert!(
        !told.event(&world, lost).await,
        "what cannot be kept is not acknowledged"
    );
    let page = told.launch(&world, "globex", 1).await.expect(503);
    assert_eq!(page.slug(), "storage_unavailable");
    // What is stored is still good: reading needs no room.
    told.press(&world, "acme", &session).await.expect(200);
    make_room(&world).await;
    told.open(&world, "globex", 1).await;
    let kept = json!({"portal": "acme", "event": "ONAPPUPDATE", "data": {"VERSION": "3"}});
    assert!(told.event(&world, kept).await);
    world.expect_invariants(&told).await;
}

/// The process may write nothing beyond the 32 KB of a file, and somebody else has written more than that into the
/// database's log of changes: `SQLite` is told what a full disk tells it.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_under_sqlite_is_told_and_survived() {
    let mut world = World::without_app(Db::Sqlite).await;
    let mut told = Told::default();
    let roomy = Process::start(&world, &[]).await;
    world.turn_to(&roomy.app_url);
    let session = told.open(&world, "acme", 1).await;
    drop(roomy);
    let full = Process::start_with_largest_file(&world, 64).await;
    world.turn_to(&full.app_url);
    world
        .database
        .execute("create table filler as select randomblob(80000) as bytes")
        .await;
    let page = told.launch(&world, "globex", 1).await.expect(503);
    assert_eq!(page.slug(), "storage_unavailable");
    assert!(
        !told
            .event(&world, json!({"portal": "acme", "event": "ONAPPUPDATE"}))
            .await
    );
    // The portal has joined, and a pair has come: that is what the person is told and goes on with.
    told.press(&world, "acme", &session).await.expect(200);
    world.expire("acme").await;
    let pressed = told.press(&world, "acme", &session).await;
    // Whether the claim still found room is chance. Without it nothing is spent.
    let claimed = world.called().await.contains(&"token".to_owned());
    assert_eq!(pressed.status, if claimed { 200 } else { 503 });
    full.take_limit_away();
    told.recovers(&world, "acme", 1, &session).await;
    told.open(&world, "globex", 1).await;
    let kept = json!({"portal": "acme", "event": "ONAPPUPDATE", "data": {"VERSION": "2"}});
    assert!(told.event(&world, kept).await);
    world.expect_invariants(&told).await;
}
