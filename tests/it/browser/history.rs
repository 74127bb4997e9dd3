//! Back, forward and reload: no half-done page, and nothing sent again by itself.

use serde_json::json;

use super::{JOIN, joins, opened};
use crate::world::{CODE, Db, World};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn presses_leave_no_steps_in_the_history_and_reloads_send_nothing_again() {
    let world = World::new(Db::Sqlite).await;
    world.install("acme").await;
    let portal = world.emulator.portal_url("acme");
    let browser = super::chromium::Browser::start().await;
    browser.open(&format!("{portal}/company/feed/")).await;
    browser.open(&portal).await;
    browser.enter_app().await;
    let length = browser.tells("history.length").await;
    let unknown = "0123456789abcdef".repeat(2);
    for (text, slug) in [("none", "invalid_code"), (unknown.as_str(), "not_found")] {
        browser.type_code(text).await;
        browser.press_connect().await;
        browser.outcome(slug).await;
    }
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser.outcome("connected").await;
    assert_eq!(browser.tells("history.length").await, length);

    // The frame alone, which posts the same launch again.
    world.forget_calls().await;
    browser
        .run("window.before = true; setTimeout(() => location.reload());")
        .await;
    browser
        .becomes("!window.before && document.querySelector('#list .channels') !== null")
        .await;
    assert!(
        !browser.has("#outcome").await,
        "the outcome was of the press, not of the page"
    );
    assert_eq!(joins(&world).await, 0);
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser.outcome("connected").await;

    // The portal's page.
    browser.leave_frame().await;
    browser.reload().await;
    browser.enter_app().await;
    assert!(browser.text("#list").await.contains(CODE) && !browser.has("#outcome").await);

    // One step back is the page before the app, and one forward the app, opened afresh.
    browser.leave_frame().await;
    browser.client.back().await.unwrap();
    browser.stands_at(&format!("{portal}/company/feed/")).await;
    world
        .faults(json!([{"on": JOIN, "times": 0, "do": "delay", "ms": 1500}]))
        .await;
    browser.client.forward().await.unwrap();
    browser.enter_app().await;
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser
        .becomes("document.querySelector('[aria-busy]') !== null")
        .await;

    // Away and back while Bitrix24 is still working: the page is not busy for ever.
    browser.leave_frame().await;
    browser.client.back().await.unwrap();
    browser.stands_at(&format!("{portal}/company/feed/")).await;
    browser.client.forward().await.unwrap();
    browser.enter_app().await;
    browser
        .becomes("document.querySelector('[aria-busy], [aria-disabled]') === null")
        .await;
    world.faults(json!([])).await;
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser.outcome("connected").await;
    browser.close_without(&["422"]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_page_that_the_browser_kept_is_not_busy_when_it_comes_back() {
    let world = World::new(Db::Sqlite).await;
    let browser = opened(&world).await;
    world
        .faults(json!([{"on": JOIN, "nth": 1, "do": "delay", "ms": 3000}]))
        .await;
    browser.listen().await;
    browser.type_code(CODE).await;
    browser.press_connect().await;
    // What the browser says of a page that it had put aside whole.
    browser
        .run("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));")
        .await;
    browser
        .becomes("document.querySelector('[aria-busy], [aria-disabled]') === null")
        .await;
    assert_eq!(browser.text("#connect .busy").await, "");
    assert_eq!(browser.typed().await, CODE);
    browser.press_connect().await;
    browser.outcome("connected").await;
    browser.close_without_complaints().await;
}
