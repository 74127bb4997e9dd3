//! While Bitrix24 is working: what is said, and that nothing is sent twice however impatient people are.

use std::time::Duration;

use fantoccini::key::Key;
use serde_json::json;

use super::{JOIN, joins, opened};
use crate::world::{CODE, Db, World};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_slow_join_says_three_times_that_it_goes_on_and_takes_no_second_press() {
    let world = World::new(Db::Sqlite).await;
    let browser = opened(&world).await;
    browser.listen().await;
    world
        .faults(json!([{"on": JOIN, "do": "delay", "ms": 11_500}]))
        .await;
    browser.click("#code").await;
    browser.press(CODE).await;
    // By the key and by the button, at once and again.
    browser.press_key(Key::Enter).await;
    browser.press_connect().await;
    browser.double_press_connect().await;
    assert_eq!(browser.text("#connect .busy").await, "Connecting the channel…");
    assert!(
        browser
            .has("#connect[aria-busy=\"true\"] button[type=\"submit\"][aria-disabled=\"true\"]")
            .await
    );
    let button = "document.activeElement.matches('#connect button[type=submit]')";
    assert_eq!(
        browser.tells(button).await,
        "true",
        "the pressed button keeps the focus"
    );
    browser.fits_its_frame().await;

    let said =
        |text: &str| format!("document.querySelector('#connect .busy').textContent.startsWith('{text}')");
    browser.becomes(&said("Bitrix24 is still working on it.")).await;
    browser.fits_its_frame().await;
    browser.screenshot("12-slow").await;
    browser.press_key(Key::Enter).await;
    browser.is_accessible().await;
    browser.becomes(&said("Still waiting for Bitrix24.")).await;
    browser.outcome("connected").await;
    let mut heard = browser.heard().await;
    heard.retain(|said| !said.starts_with("Channel code recognized"));
    let [busy, still, long, outcome] = heard.as_slice() else {
        panic!("{heard:?}");
    };
    assert!(
        busy == "Connecting the channel…" && still.contains("up to a minute"),
        "{heard:?}"
    );
    assert!(long.contains("leave this page open") && outcome.contains("The channel is connected"));
    assert_eq!(joins(&world).await, 1);
    assert!(
        !browser.has("[aria-busy], [aria-disabled]").await,
        "nothing is busy any more"
    );
    browser.close_without_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn when_the_app_cannot_be_reached_the_page_says_so_and_tries_again() {
    let world = World::new(Db::Sqlite).await;
    let browser = opened(&world).await;
    browser.listen().await;
    browser.type_code(CODE).await;
    browser
        .run("window.fetched = window.fetch; window.fetch = () => Promise.reject(new TypeError('offline'));")
        .await;
    browser.press_connect().await;
    browser
        .becomes("document.querySelector('#outcome')?.textContent.includes('could not reach the app')")
        .await;
    assert_eq!(browser.focused().await, "outcome");
    assert_eq!(browser.typed().await, CODE);
    assert!(
        browser
            .heard()
            .await
            .last()
            .unwrap()
            .contains("Check your internet connection")
    );
    browser.fits_its_frame().await;
    browser.is_accessible().await;
    browser.screenshot("13-offline").await;
    browser.click("#outcome [data-retry]").await;
    browser
        .becomes("document.querySelectorAll('#outcome [data-retry]').length === 1")
        .await;

    // Something that answers, but is not the app: a network that wants a login first.
    browser.run("window.fetch = () => Promise.resolve(new Response('<p>Log in</p>', {headers: {'content-type': 'text/html'}}));").await;
    browser.click("#outcome [data-retry]").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(browser.text("#outcome").await.contains("could not reach the app"));
    browser.run("window.fetch = window.fetched;").await;
    browser.click("#outcome [data-retry]").await;
    browser.outcome("connected").await;
    assert_eq!(joins(&world).await, 1);
    browser.close_without_complaints().await;
}
