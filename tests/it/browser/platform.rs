//! The platform's library is somebody else's: absent, blocked, broken, silent or half there, the page works.

use std::time::Duration;

use url::Url;

use super::chromium::Browser;
use super::library::library;
use super::{joins, opened};
use crate::world::{CODE, Db, World};

/// The page connects, reads the list, and its links are links.
async fn works_alone(what: &str, js_url: Url, blocked: bool) -> Browser {
    let world = World::with(Db::Sqlite, |config| config.look.js_url = js_url).await;
    world.install("acme").await;
    let browser = if blocked {
        Browser::blocking("*/api/v1/*").await
    } else {
        Browser::start().await
    };
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter_app().await;
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser.outcome("connected").await;
    assert_eq!(joins(&world).await, 1, "{what}");
    assert_eq!(browser.focused().await, "outcome", "{what}");
    assert!(browser.has("#theme:not([hidden])").await, "{what}");
    browser.click("#outcome a[data-dialog-id]").await;
    browser.follow_new_window().await;
    let messenger = format!("{}/online/?IM_DIALOG=", world.emulator.portal_url("acme"));
    browser.address_below(&messenger).await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn without_the_platforms_library_the_page_works_as_a_page() {
    for (what, script) in [
        ("throws", "throw new Error('Unable to initialize');"),
        ("is no script", "<!DOCTYPE html><title>Log in</title>"),
        ("is silent", "window.BX24 = { init() {} };"),
        ("is half there", "window.BX24 = { init: (ready) => ready() };"),
        (
            "throws at every call",
            "window.BX24 = new Proxy({ init: (ready) => ready() }, { get: (half, name) => \
             half[name] ?? (() => { throw new Error(name); }) });",
        ),
    ] {
        let browser = works_alone(what, library(script, Duration::ZERO), false).await;
        browser.close_without_complaints().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn where_the_library_cannot_be_loaded_the_page_works_as_a_page() {
    let nobody = "http://127.0.0.1:9/".parse().unwrap();
    let browser = works_alone("is absent", nobody, false).await;
    browser
        .close_without(&["127.0.0.1:9/ - Failed to load resource: net::ERR_"])
        .await;
    let blocked = library("window.BX24 = { init: (ready) => ready() };", Duration::ZERO);
    let blocked = blocked.join("/api/v1/").unwrap();
    let browser = works_alone("is blocked", blocked, true).await;
    browser.close_without(&["net::ERR_BLOCKED_BY_CLIENT"]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn the_frame_is_as_high_as_its_page_and_does_not_grow_by_itself() {
    let world = World::new(Db::Sqlite).await;
    let browser = opened(&world).await;
    browser.fits_its_frame().await;
    browser.leave_frame().await;
    let watch = "window.heights = []; new ResizeObserver(([{ contentRect }]) => window.heights.push(contentRect.height))\
                 .observe(document.getElementById('app-frame'));";
    browser.run(watch).await;
    browser.enter_app().await;
    browser.type_code("none").await;
    browser.press_connect().await;
    browser.outcome("invalid_code").await;
    browser.fits_its_frame().await;
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser.outcome("connected").await;
    browser.click("#list details summary").await;
    browser.fits_its_frame().await;
    let content = browser.tells("document.documentElement.scrollHeight").await;
    browser.leave_frame().await;
    let settled = browser
        .tells("document.getElementById('app-frame').clientHeight")
        .await;
    assert_eq!(settled, content);
    let steps = browser.tells("window.heights.length").await;
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert_eq!(
        browser.tells("window.heights.length").await,
        steps,
        "nothing moves while nothing happens"
    );
    assert!(
        steps.parse::<usize>().unwrap() <= 12,
        "{steps} resizes for three changes"
    );
    // The portal's own page scrolls, the frame does not, however narrow it gets.
    browser.client.set_window_size(560, 900).await.unwrap();
    browser.enter_app().await;
    browser.fits_its_frame().await;
    browser.screenshot("23-narrow").await;
    browser.close_without(&["422"]).await;
}
