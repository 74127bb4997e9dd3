//! The language of a portal, at every door and on every later page; the visitor's own outside of it.

use serde_json::{Value, json};

use crate::world::{Answer, CODE, Db, MovedClock, World};

on_both_databases!(
    every_language_of_bitrix24_is_spoken_and_kept_in_the_session,
    what_is_no_language_of_ours_reads_english,
    an_expired_page_says_so_in_its_language,
    dates_are_written_as_the_language_writes_them,
    outside_the_frame_the_browser_says_which_language,
);

/// What Bitrix24 sends as `LANG`, the language's tag, and its direction.
const LANGUAGES: [(&str, &str, &str); 20] = [
    ("en", "en", "ltr"),
    ("de", "de", "ltr"),
    ("la", "es", "ltr"),
    ("br", "pt-BR", "ltr"),
    ("fr", "fr", "ltr"),
    ("it", "it", "ltr"),
    ("pl", "pl", "ltr"),
    ("ru", "ru", "ltr"),
    ("ua", "uk", "ltr"),
    ("tr", "tr", "ltr"),
    ("sc", "zh-CN", "ltr"),
    ("tc", "zh-TW", "ltr"),
    ("ja", "ja", "ltr"),
    ("vn", "vi", "ltr"),
    ("id", "id", "ltr"),
    ("ms", "ms", "ltr"),
    ("th", "th", "ltr"),
    ("in", "hi", "ltr"),
    ("ar", "ar", "rtl"),
    ("kz", "kk", "ltr"),
];

/// A sentence of a language's file that has no placeholders.
pub fn sentence(tag: &str, name: &str) -> String {
    let file = format!("{}/locales/{tag}.ftl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(file).unwrap();
    let begins = format!("{name} = ");
    let line = text.lines().find_map(|line| line.strip_prefix(&begins));
    line.unwrap_or_else(|| panic!("{tag}: {name}")).to_owned()
}

/// What an English refusal says, and what to do.
pub fn refusal(name: &str) -> [String; 2] {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/locales/en.ftl");
    let text = std::fs::read_to_string(file).unwrap();
    let (_, after) = text
        .split_once(&format!("\n{name} = "))
        .unwrap_or_else(|| panic!("{name}"));
    let mut lines = after.lines();
    let says = lines.next().unwrap().to_owned();
    let next = lines.next().unwrap().strip_prefix("    .next = ");
    [says, next.unwrap_or_else(|| panic!("{name}")).to_owned()]
}

/// That a page is in this language.
fn speaks(page: &Answer, tag: &str, dir: &str) {
    let root = format!("<html lang=\"{tag}\" dir=\"{dir}\">");
    assert!(page.body.contains(&root), "no {root}: {}", page.body);
}

async fn open_in(world: &World, lang: &str) -> Answer {
    let wish = json!({"portal": "acme", "user": 1, "lang": lang});
    world.post(&world.launch_with(wish).await).await
}

async fn every_language_of_bitrix24_is_spoken_and_kept_in_the_session(db: Db) {
    let world = World::new(db).await;
    let unknown = "0123456789abcdef".repeat(2);
    for (lang, tag, dir) in LANGUAGES {
        let page = open_in(&world, lang).await.expect(200);
        speaks(&page, tag, dir);
        assert!(page.body.contains(&sentence(tag, "connect-button")), "{tag}");
        let session = page.session();
        let refused = world.connect_page(&session, &unknown).await.expect(422);
        speaks(&refused, tag, dir);
        assert!(
            refused.body.contains(&sentence(tag, "not-found")),
            "{tag}: {}",
            refused.body
        );
        let error = world.connect(&session, &unknown).await.expect(422).json();
        assert_eq!(error["message"], Value::String(sentence(tag, "not-found")));
        let connected = world.connect_page(&session, CODE).await.expect(200);
        speaks(&connected, tag, dir);
        assert!(connected.body.contains(&sentence(tag, "connected-title")));
        let form = [("session", session.as_str()), ("page", "1")];
        let list = world
            .send(world.request("POST", "/connections").form(&form))
            .await;
        speaks(&list.expect(200), tag, dir);
        let install = json!({"portal": "acme", "user": 1, "install": true, "lang": lang});
        let installer = world.post(&world.launch_with(install).await).await.expect(200);
        speaks(&installer, tag, dir);
        assert!(
            installer.body.contains(&sentence(tag, "install-prepared")),
            "{tag}"
        );
    }
}

async fn what_is_no_language_of_ours_reads_english(db: Db) {
    let world = World::new(db).await;
    for lang in [
        "xx",
        "by",
        "eo",
        "EN",
        "english",
        "e\"n",
        "<b>",
        " ",
        &"e".repeat(300),
    ] {
        let page = open_in(&world, lang).await.expect(200);
        speaks(&page, "en", "ltr");
        let refused = world.connect_page(&page.session(), "x").await.expect(422);
        speaks(&refused, "en", "ltr");
    }
    // In another letter case, and as the web writes it.
    for (lang, tag) in [("DE", "de"), ("Sc", "zh-CN"), ("pt-br", "pt-BR"), ("uk", "uk")] {
        speaks(&open_in(&world, lang).await.expect(200), tag, "ltr");
    }
    let launch = world.launch("acme", 1).await;
    let url = crate::world::with_parameter(&launch.url, "LANG", None);
    let page = world
        .post(&crate::world::Launch { url, ..launch })
        .await
        .expect(200);
    speaks(&page, "en", "ltr");
}

async fn an_expired_page_says_so_in_its_language(db: Db) {
    let clock = MovedClock::default();
    let world = World::with(db, |config| config.clock = clock.clock()).await;
    let session = open_in(&world, "ar").await.expect(200).session();
    clock.forward_hours(12);
    let page = world.connect_page(&session, CODE).await.expect(401);
    speaks(&page, "ar", "rtl");
    assert!(page.body.contains(&sentence("ar", "session-expired")));
    let error = world.connect(&session, CODE).await.expect(401).json();
    assert_eq!(error["message"], Value::String(sentence("ar", "session-expired")));
    // A launch that is refused is refused in the language that it says.
    world.faults(json!([{"on": "app.info", "do": "html"}])).await;
    speaks(&open_in(&world, "ua").await.expect(503), "uk", "ltr");
}

async fn dates_are_written_as_the_language_writes_them(db: Db) {
    use channel_connect::app::Clock;
    let then: jiff::Timestamp = "2026-03-05T14:07:00Z".parse().unwrap();
    let world = World::with(db, |config| config.clock = Clock::new(move || then)).await;
    let session = open_in(&world, "en").await.expect(200).session();
    world.connect(&session, CODE).await.expect(200);
    for (lang, written) in [
        ("en", "March 5, 2026"),
        ("de", "5. März 2026"),
        ("ru", "5 марта 2026"),
        ("la", "5 de marzo de 2026"),
        ("br", "5 de março de 2026"),
        ("sc", "2026年3月5日"),
        ("ua", "5 березня 2026"),
        ("kz", "2026 ж. 5 наурыз"),
        ("in", "5 मार्च, 2026"),
        ("ar", "مارس"),
        ("th", "มีนาคม"),
        ("tr", "5 Mart 2026"),
    ] {
        let page = open_in(&world, lang).await.expect(200);
        let time = page
            .body
            .split("<time datetime=\"2026-03-05T14:07:00Z\"")
            .nth(1)
            .unwrap();
        let time = time.split("</time>").next().unwrap();
        // Spaces of all kinds keep its parts together.
        let time = time.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(time.contains(written), "{lang}: {time}");
        assert!(time.ends_with("UTC"), "the server's own zone is named: {time}");
        assert!(time.contains('%'), "the script can write the reader's: {time}");
    }
}

async fn outside_the_frame_the_browser_says_which_language(db: Db) {
    let world = World::new(db).await;
    for (header, tag, dir) in [
        ("de-AT,de;q=0.9,en;q=0.5", "de", "ltr"),
        ("xx, ar;q=0.8, en;q=0.2", "ar", "rtl"),
        ("pt-PT", "pt-BR", "ltr"),
        ("zh-HK,zh;q=0.9", "zh-TW", "ltr"),
        ("en;q=0.3,uk", "uk", "ltr"),
        ("tlh", "en", "ltr"),
    ] {
        for path in [
            "/",
            "/app",
            "/install",
            "/oauth/start?portal=x",
            "/oauth/callback?code=1",
        ] {
            let request = world.request("GET", path).header("accept-language", header);
            let page = world.send(request).await;
            speaks(&page, tag, dir);
        }
    }
}
