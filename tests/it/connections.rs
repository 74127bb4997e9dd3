//! The list of connected channels: its pages, who connected what and when, and who may see it.

use serde_json::{Value, json};

use crate::world::{Answer, CODE, Db, MovedClock, World};

on_both_databases!(
    the_list_is_turned_page_by_page_and_every_channel_is_on_exactly_one,
    any_number_leads_to_a_page_and_none_of_them_anywhere_else,
    the_list_says_who_connected_what_to_each_reader,
    when_a_channel_was_connected_stands_there_for_people_and_for_machines,
    a_session_that_does_not_count_turns_no_page,
    another_portals_session_turns_the_pages_of_its_own_list,
    without_the_database_the_list_says_so,
);

/// The second channel of the emulator.
const SECOND: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";

/// Turns to a page of the list.
async fn turn(world: &World, session: &str, page: &str) -> Answer {
    let form = [("session", session), ("page", page)];
    world
        .send(world.request("POST", "/connections").form(&form))
        .await
}

/// Connects so many channels, one after the other; gives their codes, the newest first.
async fn connect_many(world: &World, session: &str, count: usize) -> Vec<String> {
    let mut codes = Vec::new();
    for number in 0..count {
        let code = format!("{number:032x}");
        let channel = json!({"code": code, "name": "Northwind", "active": true});
        world.control("channels", channel).await;
        world.connect(session, &code).await.expect(200);
        codes.push(code);
    }
    codes.reverse();
    codes
}

/// The codes in the list of a page, in their order.
fn codes(page: &Answer) -> Vec<String> {
    let pieces = page.body.split("<code class=\"code\">").skip(1);
    pieces.map(|piece| piece[..32].to_owned()).collect()
}

/// The pages that the list's buttons lead to, and what of it is shown.
fn paging(page: &Answer) -> (Vec<String>, String) {
    let form = page.body.split("action=\"/connections\"").nth(1);
    let form = form
        .and_then(|rest| rest.split("</form>").next())
        .unwrap_or_default();
    let buttons = form.split("name=\"page\" value=\"").skip(1);
    let numbers = buttons.map(|button| button.split('"').next().unwrap().to_owned());
    let range = form.split("class=\"range\">").nth(1).unwrap_or_default();
    (numbers.collect(), range.split('<').next().unwrap().to_owned())
}

async fn the_list_is_turned_page_by_page_and_every_channel_is_on_exactly_one(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    let all = connect_many(&world, &session, 10).await;
    let page = turn(&world, &session, "1").await.expect(200);
    assert_eq!(codes(&page), all);
    assert_eq!(paging(&page).0.len(), 0, "ten of them are one page");

    let all = connect_many(&world, &session, 23).await;
    let opened = world.post(&world.launch("acme", 1).await).await.expect(200);
    let connected = world.connect_page(&session, &all[0]).await.expect(200);
    world.forget_calls().await;
    let turned = [
        turn(&world, &session, "1").await.expect(200),
        turn(&world, &session, "2").await.expect(200),
        turn(&world, &session, "3").await.expect(200),
    ];
    for first in [&opened, &turned[0]] {
        assert_eq!(codes(first), all[..10]);
        assert_eq!(paging(first), (vec!["2".into()], "1–10 of 23".into()));
    }
    assert_eq!(codes(&connected)[1..], all[..10], "after the outcome's own");
    assert_eq!(codes(&turned[1]), all[10..20]);
    assert_eq!(
        paging(&turned[1]),
        (vec!["1".into(), "3".into()], "11–20 of 23".into())
    );
    assert_eq!(codes(&turned[2]), all[20..]);
    assert_eq!(paging(&turned[2]), (vec!["2".into()], "21–23 of 23".into()));
    assert_eq!(
        world.called().await,
        [""; 0],
        "nobody is asked for a list of ours"
    );
    for page in &turned {
        assert_eq!(page.session(), session, "the page goes on with its session");
        assert!(!page.body.contains("id=\"outcome\""), "nothing was tried");
        assert!(
            page.body
                .contains("id=\"code\" name=\"code\" type=\"text\" value=\"\"")
        );
        assert_eq!(page.frame_ancestors(), world.emulator.portal_url("acme"));
        assert_eq!(page.header("cache-control"), "no-store");
    }
}

async fn any_number_leads_to_a_page_and_none_of_them_anywhere_else(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    let none = turn(&world, &session, "7").await.expect(200);
    assert!(none.body.contains("No channels yet") && paging(&none).0.is_empty());
    let all = connect_many(&world, &session, 12).await;
    for last in ["2", "3", "99", "18446744073709551615"] {
        let page = turn(&world, &session, last).await.expect(200);
        assert_eq!(codes(&page), all[10..], "{last}");
    }
    let garbage = [
        "1",
        "0",
        "-1",
        "",
        " 2",
        "2 ",
        "2x",
        "1e1",
        "٢",
        "18446744073709551616",
        "<script>",
        "%00",
    ];
    for first in garbage {
        let page = turn(&world, &session, first).await.expect(200);
        assert_eq!(codes(&page), all[..10], "{first}");
        assert!(!page.body.contains("<script>"));
    }
    let form = [("session", session.as_str())];
    let page = world
        .send(world.request("POST", "/connections").form(&form))
        .await;
    assert_eq!(codes(&page.expect(200)), all[..10], "no page is the first one");
    let session = [("session", session.as_str()), ("page", "2")];
    let query = world.request("GET", "/connections").query(&session);
    world.send(query).await.expect(405);
}

/// The line of a channel in the list.
fn line<'a>(page: &'a Answer, code: &str) -> &'a str {
    let list = page.body.split("<ul class=\"channels\">").nth(1).unwrap();
    let lines = list.split("</ul>").next().unwrap().split("<li>");
    lines.into_iter().find(|line| line.contains(code)).unwrap()
}

async fn the_list_says_who_connected_what_to_each_reader(db: Db) {
    let world = World::new(db).await;
    world.install("acme").await;
    let (one, two) = (world.open("acme", 1).await, world.open("acme", 2).await);
    world.connect(&one, CODE).await.expect(200);
    world.connect(&two, SECOND).await.expect(200);
    for (reader, own, theirs, other) in [(&one, CODE, SECOND, 2), (&two, SECOND, CODE, 1)] {
        let page = turn(&world, reader, "1").await.expect(200);
        assert!(
            line(&page, own).contains("Connected by:</span> You"),
            "{}",
            page.body
        );
        let portal = world.emulator.portal_url("acme");
        let link = format!(
            "<a href=\"{portal}/company/personal/user/{other}/\" target=\"_blank\" rel=\"noopener\">User {other}</a>"
        );
        assert!(line(&page, theirs).contains(&link), "{}", page.body);
    }
    let uninstall = json!({"portal": "acme", "clean": false});
    world.control("uninstall", uninstall).await;
    world
        .becomes("select count(*) from events where state = 'done'", 1)
        .await;
    world.install("acme").await;
    let again = world.open("acme", 1).await;
    let page = turn(&world, &again, "1").await.expect(200);
    assert_eq!(codes(&page), [SECOND, CODE], "the channels are still connected");
    assert!(!page.body.contains("Connected by:"), "who did it was forgotten");
}

async fn when_a_channel_was_connected_stands_there_for_people_and_for_machines(db: Db) {
    let clock = MovedClock::default();
    let world = World::with(db, |config| config.clock = clock.still()).await;
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
    let moment = clock.still().now();
    clock.forward_hours(3);
    let page = turn(&world, &session, "1").await.expect(200);
    let at = page.body.split("<time datetime=\"").nth(1).unwrap();
    let (datetime, rest) = at.split_once('"').unwrap();
    let datetime: jiff::Timestamp = datetime.parse().unwrap();
    assert!((moment - datetime).get_seconds().abs() < 5, "{datetime}");
    assert!(
        rest.starts_with(" data-label=\"Connected on %\">Connected on "),
        "{rest}"
    );
    let said = rest.split(['>', '<']).nth(1).unwrap();
    let there = datetime.to_zoned(jiff::tz::TimeZone::UTC);
    assert_eq!(
        said,
        there
            .strftime("Connected on %B %-d, %Y at %-I:%M\u{202f}%p UTC")
            .to_string()
    );
}

/// Turns to a page and asks for JSON.
async fn turn_for_json(world: &World, session: &str) -> Value {
    let form = [("session", session), ("page", "1")];
    let request = world.request("POST", "/connections").form(&form);
    let answer = world.send(request.header("accept", "application/json")).await;
    answer.json()
}

async fn a_session_that_does_not_count_turns_no_page(db: Db) {
    let clock = MovedClock::default();
    let world = World::with(db, |config| config.clock = clock.clock()).await;
    world.install("acme").await;
    let before = world.open("acme", 1).await;
    world.connect(&before, CODE).await.expect(200);
    let nothing = |page: &Answer| !page.body.contains(CODE) && !page.body.contains("data-dialog-id");

    let mut forged = before.clone();
    let last = forged.pop().unwrap();
    forged.push(if last == 'A' { 'B' } else { 'A' });
    for session in ["", "x", &forged] {
        let page = turn(&world, session, "1").await.expect(403);
        assert_eq!(
            (page.slug().as_str(), page.frame_ancestors()),
            ("forged", "'none'")
        );
        assert!(nothing(&page));
        assert_eq!(turn_for_json(&world, session).await["error"], "forged");
    }
    world
        .control("uninstall", json!({"portal": "acme", "clean": false}))
        .await;
    world
        .becomes("select count(*) from events where state = 'done'", 1)
        .await;
    world.install("acme").await;
    assert!(nothing(&turn(&world, &before, "1").await.expect(200)));
    let after = world.open("acme", 1).await;
    assert!(!nothing(&turn(&world, &after, "1").await.expect(200)));
    assert!(
        nothing(&turn(&world, &before, "1").await.expect(200)),
        "an older installation's"
    );

    clock.forward_hours(12);
    let page = turn(&world, &after, "1").await.expect(401);
    assert_eq!(page.slug(), "session_expired");
    assert_eq!(
        page.frame_ancestors(),
        world.emulator.portal_url("acme"),
        "it is read in the frame"
    );
    assert!(nothing(&page) && page.body.contains("data-reopen"));
    assert_eq!(turn_for_json(&world, &after).await["error"], "session_expired");
}

async fn another_portals_session_turns_the_pages_of_its_own_list(db: Db) {
    let world = World::new(db).await;
    let (acme, globex) = (world.open("acme", 1).await, world.open("globex", 1).await);
    let of_acme = connect_many(&world, &acme, 11).await;
    world.connect(&globex, SECOND).await.expect(200);
    for page in ["1", "2"] {
        let page = turn(&world, &globex, page).await.expect(200);
        assert_eq!(codes(&page), [SECOND]);
        assert!(!of_acme.iter().any(|code| page.body.contains(code)));
    }
    assert!(!turn(&world, &acme, "2").await.expect(200).body.contains(SECOND));
}

async fn without_the_database_the_list_says_so(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
    world
        .database
        .execute("alter table connections rename to away")
        .await;
    let page = turn(&world, &session, "1").await.expect(503);
    assert_eq!(page.slug(), "storage_unavailable");
    assert_eq!(page.frame_ancestors(), world.emulator.portal_url("acme"));
    assert_eq!(
        turn_for_json(&world, &session).await["error"],
        "storage_unavailable"
    );
    world
        .database
        .execute("alter table away rename to connections")
        .await;
    assert_eq!(codes(&turn(&world, &session, "1").await.expect(200)), [CODE]);
}
