//! The reader's language: the portal's in its frame, the browser's own outside of it.

use serde_json::json;

use super::chromium::Browser;
use super::opened;
use crate::world::{CODE, Db, World};

/// What Bitrix24 calls a language, its tag, and the button in it.
const SPOKEN: [(&str, &str); 9] = [
    ("de", "de"),
    ("ru", "ru"),
    ("ar", "ar"),
    ("sc", "zh-CN"),
    ("la", "es"),
    ("br", "pt-BR"),
    ("ua", "uk"),
    ("kz", "kk"),
    ("in", "hi"),
];

/// A sentence of a language's file that has no placeholders, as the driver reads it: with plain blanks.
fn sentence(tag: &str, name: &str) -> String {
    crate::languages::sentence(tag, name).replace('\u{a0}', " ")
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn the_portals_language_stays_through_everything_that_happens() {
    let world = World::new(Db::Sqlite).await;
    let browser = opened(&world).await;
    for (lang, tag) in SPOKEN {
        world
            .control("user", json!({"portal": "acme", "user": 1, "language": lang}))
            .await;
        browser.open(&world.emulator.portal_url("acme")).await;
        browser.enter_app().await;
        let is = format!("document.documentElement.lang === '{tag}'");
        browser.becomes(&is).await;
        assert_eq!(
            browser.text("#connect button[type=\"submit\"]").await,
            sentence(tag, "connect-button")
        );
        browser.fits_its_frame().await;
        browser.type_code(&"0123456789abcdef".repeat(2)).await;
        browser.press_connect().await;
        browser.outcome("not_found").await;
        browser.becomes(&is).await;
        assert_eq!(browser.text("#outcome-text").await, sentence(tag, "not-found"));
        browser.fits_its_frame().await;
        browser.type_code(CODE).await;
        browser.press_connect().await;
        browser.outcome("connected").await;
        assert_eq!(
            browser.text("#outcome-title").await,
            sentence(tag, "connected-title")
        );
        browser.fits_its_frame().await;
        let direction = browser.tells("getComputedStyle(document.body).direction").await;
        assert_eq!(direction, if tag == "ar" { "rtl" } else { "ltr" });
        browser.screenshot(&format!("21-{tag}")).await;
    }
    browser.close_without(&["422"]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn written_from_the_right_codes_still_read_from_the_left() {
    let world = World::new(Db::Sqlite).await;
    world
        .control("user", json!({"portal": "acme", "user": 1, "language": "ar"}))
        .await;
    let browser = opened(&world).await;
    browser.type_code(CODE).await;
    assert_eq!(
        browser
            .tells("getComputedStyle(document.getElementById('code')).direction")
            .await,
        "ltr"
    );
    // The button stands where a line ends: on the left of the field.
    let mirrored = "document.querySelector('#connect button[type=submit]').getBoundingClientRect().right \
                    <= document.getElementById('code').getBoundingClientRect().left + 1";
    assert_eq!(browser.tells(mirrored).await, "true");
    browser.press_connect().await;
    browser.outcome("connected").await;
    browser.is_accessible().await;
    browser.close_without_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn outside_the_frame_the_browsers_own_language_is_spoken() {
    let world = World::new(Db::Sqlite).await;
    let browser = Browser::with(json!({"intl.accept_languages": "uk,de;q=0.5"})).await;
    browser.open(&world.app_url).await;
    browser.becomes("document.documentElement.lang === 'uk'").await;
    browser.enter_portal("none at all").await;
    browser.outcome("invalid_portal").await;
    browser.becomes("document.documentElement.lang === 'uk'").await;
    browser.enter_portal(&world.emulator.portal_url("acme")).await;
    browser.type_code("x").await;
    browser.press_connect().await;
    browser.outcome("invalid_code").await;
    assert_eq!(
        browser.text("#outcome-text").await,
        sentence("uk", "code-not-hex")
    );
    browser.close_without(&["422"]).await;
}
