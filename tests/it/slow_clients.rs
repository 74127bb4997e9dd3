//! Clients that are slow, or stop in the middle: nobody holds a connection for longer than honest people need, and
//! honest people on a bad line are served.

use std::time::Duration;

use crate::world::{Db, World};

/// Longer than any limit on a client.
const PATIENCE: Duration = Duration::from_secs(27);

/// Heads must be there after ten seconds, bodies after five, and answers must be taken within twenty.
const HEADS: u64 = 10;
const BODIES: u64 = 5;

const LIVEZ: &str = "GET /livez HTTP/1.1\r\nhost: app\r\n\r\n";

fn post(path: &str, length: usize) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: app\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {length}\r\n\r\n"
    )
}

/// Sends this and no more; the connection must end after about so many seconds, with these answers.
async fn stops_after(world: &World, sent: &str, seconds: u64, statuses: &[u16]) {
    let mut wire = world.wire().await;
    wire.say(sent).await;
    let heard = wire.hear(PATIENCE).await;
    let named = sent.lines().next().unwrap_or("nothing at all");
    assert!(heard.closed, "{named}: held open: {heard:?}");
    assert_eq!(heard.statuses(), statuses, "{named}: {heard:?}");
    let late = heard.after.as_secs_f64() - f64::from(u32::try_from(seconds).unwrap());
    assert!(
        (-0.5..4.0).contains(&late),
        "{named}: ended after {:?}",
        heard.after
    );
}

async fn drips_a_head(world: &World) {
    let mut wire = world.wire().await;
    wire.say("GET /livez HTTP/1.1\r\nx-slow: ").await;
    wire.drip("a line that never comes to its end").await;
    let heard = wire.hear(PATIENCE).await;
    assert!(heard.closed && heard.after.as_secs() < HEADS + 5, "{heard:?}");
    assert_eq!(heard.statuses(), [0; 0]);
}

async fn drips_a_body(world: &World) {
    let mut wire = world.wire().await;
    wire.say(post("/events", 30)).await;
    wire.drip("event=ONAPPUPDATE&so=on&on=and").await;
    let heard = wire.hear(PATIENCE).await;
    assert!(heard.closed && heard.after.as_secs() < BODIES + 5, "{heard:?}");
}

async fn never_reads(world: &World) {
    let mut wire = world.wire().await;
    let ended = wire
        .flood(&LIVEZ.replace("livez", "app").repeat(50), PATIENCE)
        .await;
    assert!(ended, "a connection is held for somebody who never reads");
}

async fn is_slow_but_honest(world: &World) {
    let mut wire = world.wire().await;
    wire.drip("GET /li").await;
    wire.say("vez HTTP/1.1\r\nhost: app\r\n\r\n").await;
    wire.say(post("/events", 13)).await;
    wire.drip("ev").await;
    wire.say("ent=NOTHING").await;
    let heard = wire.hear(Duration::from_secs(1)).await;
    assert_eq!(heard.statuses(), [200, 200], "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_clients_are_cut_off_and_honest_ones_on_a_bad_line_are_served() {
    let world = World::new(Db::Sqlite).await;
    let half_body = post("/app", 30) + "AUTH_ID=";
    let half_body_nowhere = post("/nothing", 30) + "AUTH_ID=";
    tokio::join!(
        stops_after(&world, "", HEADS, &[]),
        stops_after(&world, "GET /liv", HEADS, &[]),
        stops_after(&world, "GET /livez HTTP/1.1\r\nhost: app\r\n", HEADS, &[]),
        stops_after(&world, LIVEZ, HEADS, &[200]),
        stops_after(&world, &half_body, BODIES, &[408]),
        stops_after(&world, &half_body_nowhere, 0, &[404]),
        drips_a_head(&world),
        drips_a_body(&world),
        never_reads(&world),
        is_slow_but_honest(&world),
    );
}
