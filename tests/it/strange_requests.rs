//! Requests such as no browser, portal or proxy sends: each is answered or cut off at once, none leads to a 5xx or a
//! second reading of the same bytes, and nothing of them is believed.

use std::time::Duration;

use crate::world::{Db, World};

/// Nothing here needs to wait for anything.
const AT_ONCE: Duration = Duration::from_millis(900);

const FORM: &str = "host: app\r\ncontent-type: application/x-www-form-urlencoded\r\n";
const LIVEZ: &str = "GET /livez HTTP/1.1\r\nhost: app\r\n\r\n";

/// What is to come of it: statuses, and whether the connection ends.
type Expected = (&'static [u16], bool);

const ENDS: Expected = (&[400], true);

async fn send(world: &World, bytes: &str, (statuses, closed): Expected) {
    let named = bytes.chars().take(120).collect::<String>();
    let mut wire = world.wire().await;
    wire.say(bytes).await;
    let heard = wire.hear(AT_ONCE).await;
    assert_eq!(heard.statuses(), statuses, "{named:?}: {heard:?}");
    assert_eq!(heard.closed, closed, "{named:?}: {heard:?}");
}

/// A body to `/events` with these headers about its length.
fn framed(headers: &str, body: &str) -> String {
    format!("POST /events HTTP/1.1\r\n{FORM}{headers}\r\n{body}")
}

const CHUNKED: &str = "transfer-encoding: chunked\r\n";
const CHUNKS: &str = "3\r\na=1\r\n0\r\n\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn no_body_can_be_read_in_two_ways() {
    let world = World::new(Db::Sqlite).await;
    for (headers, body, expected) in [
        ("content-length: 3\r\ncontent-length: 4\r\n", "a=1", ENDS),
        ("content-length: 3, 3\r\n", "a=1", ENDS),
        ("content-length: +3\r\n", "a=1", ENDS),
        ("content-length: 3a\r\n", "a=1", ENDS),
        ("content-length : 3\r\n", "a=1", ENDS),
        ("transfer-encoding: xchunked\r\n", CHUNKS, ENDS),
        ("transfer-encoding: chunked, identity\r\n", CHUNKS, ENDS),
        (CHUNKED, "fffffffffffffffff\r\na=1\r\n0\r\n\r\n", ENDS),
        (CHUNKED, "3\na=1\n0\n\n", ENDS),
        (CHUNKED, "-3\r\na=1\r\n0\r\n\r\n", ENDS),
        // The same length twice says one thing.
        (
            "content-length: 3\r\ncontent-length: 3\r\n",
            "a=1",
            (&[400], false),
        ),
        (CHUNKED, CHUNKS, (&[400], false)),
    ] {
        send(&world, &framed(headers, body), expected).await;
    }
    // Both lengths at once: the chunks are read, and what follows them is not read as a request.
    for headers in [
        "content-length: 3\r\ntransfer-encoding: chunked\r\n",
        "transfer-encoding: chunked\r\ncontent-length: 3\r\n",
    ] {
        let smuggling = framed(headers, CHUNKS) + LIVEZ;
        send(&world, &smuggling, ENDS).await;
    }
    let old = framed(CHUNKED, CHUNKS).replace("HTTP/1.1", "HTTP/1.0");
    send(&world, &old, ENDS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_along_with_chunks_is_bounded() {
    let world = World::new(Db::Sqlite).await;
    let long = "x".repeat(100_000);
    for body in [
        format!("3;{long}\r\na=1\r\n0\r\n\r\n"),
        "1;extension-of-a-chunk\r\na\r\n".repeat(5000) + "0\r\n\r\n",
        format!("3\r\na=1\r\n0\r\nx-trailer: {long}\r\n\r\n"),
    ] {
        send(&world, &framed(CHUNKED, &body), ENDS).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_that_are_none_are_refused() {
    let world = World::new(Db::Sqlite).await;
    let get = |headers: &str| format!("GET /app HTTP/1.1\r\n{headers}\r\n");
    let many = "x-many: y\r\n".repeat(200);
    for (bytes, expected) in [
        (get("host: a\u{1}b\r\n"), ENDS),
        (get("x: a\0b\r\n"), ENDS),
        (get("x: a\rb\r\n"), ENDS),
        (get("x: a\r\n b\r\n"), ENDS),
        (get("no colon\r\n"), ENDS),
        (get(&many), (&[431], true)),
        (get(&format!("x: {}\r\n", "y".repeat(200_000))), (&[431], true)),
        ("G@T /app HTTP/1.1\r\n\r\n".into(), ENDS),
        ("GET /app\r\n\r\n".into(), ENDS),
        ("GET /app HTTP/3.0\r\n\r\n".into(), ENDS),
        ("\0\u{1}\u{2}\u{3} \r\n\r\n".into(), ENDS),
        (LIVEZ.to_owned() + "\0 garbage\r\n\r\n", (&[200, 400], true)),
    ] {
        send(&world, &bytes, expected).await;
    }
    // Whether the server's own limit or ours meets it first depends on how much is read at once.
    let long = "y".repeat(33_000);
    for bytes in [
        get(&format!("x: {long}\r\n")),
        format!("GET /{long} HTTP/1.1\r\n\r\n"),
    ] {
        let mut wire = world.wire().await;
        wire.say(bytes).await;
        assert_eq!(wire.hear(AT_ONCE).await.statuses(), [431]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_targets_and_methods_are_answered_as_any_other() {
    let world = World::new(Db::Sqlite).await;
    let line = |line: &str| format!("{line} HTTP/1.1\r\nhost: app\r\n\r\n");
    for (request, status) in [
        ("GET http://evil.example/livez", 200),
        ("GET http://evil.example/nothing", 404),
        ("CONNECT evil.example:443", 404),
        ("OPTIONS *", 404),
        ("OPTIONS /app", 405),
        ("TRACE /app", 405),
        ("BREW /app", 405),
        ("PUT /events", 405),
        ("GET //livez", 404),
        ("GET /livez/../app", 404),
        ("GET /%00", 404),
        ("GET /static/%ff%fe", 404),
        ("GET /\u{fc}", 404),
    ] {
        let heard_statuses: &[u16] = &[status];
        let mut wire = world.wire().await;
        wire.say(line(request)).await;
        let heard = wire.hear(AT_ONCE).await;
        assert_eq!(heard.statuses(), heard_statuses, "{request}: {heard:?}");
        assert!(!heard.text.contains("evil.example"), "{request}: {heard:?}");
    }
    for bytes in ["GET /livez HTTP/1.1\r\n\r\n", "GET /livez HTTP/1.0\r\n\r\n"] {
        let mut wire = world.wire().await;
        wire.say(bytes).await;
        assert_eq!(wire.hear(AT_ONCE).await.statuses(), [200], "without a host");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn http_2_and_upgrades_are_not_spoken_here() {
    let world = World::new(Db::Sqlite).await;
    let mut wire = world.wire().await;
    wire.say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0")
        .await;
    let heard = wire.hear(AT_ONCE).await;
    assert!(heard.closed && heard.text.is_empty(), "{heard:?}");
    for upgrade in ["h2c", "websocket", "TLS/1.2"] {
        let request = LIVEZ.replace(
            "\r\n\r\n",
            &format!("\r\nconnection: upgrade, http2-settings\r\nupgrade: {upgrade}\r\nhttp2-settings: AAMAAABk\r\n\r\n"),
        );
        let mut wire = world.wire().await;
        wire.say(request).await;
        assert_eq!(wire.hear(AT_ONCE).await.statuses(), [200], "{upgrade}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_waits_to_be_asked_for_is_asked_for_and_a_coded_one_is_no_form() {
    let world = World::new(Db::Sqlite).await;
    let mut wire = world.wire().await;
    wire.say(framed("content-length: 3\r\nexpect: 100-continue\r\n", ""))
        .await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    wire.say("a=1").await;
    assert_eq!(wire.hear(AT_ONCE).await.statuses(), [100, 400]);
    let coded = framed("content-encoding: gzip\r\ncontent-length: 9\r\n", "event=ONA");
    send(&world, &coded, (&[400], false)).await;
}
