//! Clients that are slow, or stop in the middle: nobody holds a connection for longer than honest people need, and
//! honest people on a bad line are served.

use std::time::Duration;

use futures_util::future::join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::world::{Db, World};

/// Longer than any limit on a client.
const PATIENCE: Duration = Duration::from_secs(27);

/// Heads must be there after ten seconds, bodies after five, and answers must be taken within twenty.
const HEADS: u64 = 10;
const BODIES: u64 = 5;

/// Who meet the end of their connections at one time.
const SENDERS: u64 = 200;

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

/// Reads one answer; nothing where the connection ends before it, or stays silent.
async fn answer(stream: &mut TcpStream) -> Option<String> {
    let mut text = String::new();
    let mut part = [0; 4096];
    while !text.ends_with('}') {
        let read = tokio::time::timeout(PATIENCE, stream.read(&mut part)).await;
        let length = read.ok()?.ok().filter(|length| *length > 0)?;
        text.push_str(&String::from_utf8_lossy(&part[..length]));
    }
    Some(text)
}

/// Keeps a connection, and sends its second event at the moment at which the server gives the connection up: so many
/// milliseconds after ten seconds, less sixty. Says how many events were answered with 200.
async fn meets_the_end(address: &str, number: u64) -> i64 {
    let event = |ts: u64| {
        let body = format!("event=ONAPPPAYMENT&ts={ts}&auth%5Bmember_id%5D=00000000000000000000000000000001");
        format!("{}{body}", post("/events", body.len()))
    };
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(event(2 * number).as_bytes()).await.unwrap();
    let first = answer(&mut stream).await.unwrap();
    tokio::time::sleep(Duration::from_millis(HEADS * 1000 - 60 + number % 80)).await;
    let _ = stream.write_all(event(2 * number + 1).as_bytes()).await;
    let second = answer(&mut stream).await;
    let kept = |answer: &String| answer.starts_with("HTTP/1.1 200");
    i64::from(kept(&first)) + i64::from(second.is_some_and(|answer| kept(&answer)))
}

/// Whoever keeps a connection for as long as the server does may send into its end, and hears nothing. That event was not
/// accepted either: nobody believes to have lost what is kept, or to be rid of what is not.
#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_meets_the_end_of_its_connection_is_kept_exactly_if_that_is_said() {
    let world = World::new(Db::Sqlite).await;
    let address = world.app_url.strip_prefix("http://").unwrap();
    let said: i64 = join_all((0..SENDERS).map(|number| meets_the_end(address, number)))
        .await
        .into_iter()
        .sum();
    let kept = world.database.number("select count(*) from events").await;
    assert_eq!(kept, said, "of {} that were sent", 2 * SENDERS);
}
