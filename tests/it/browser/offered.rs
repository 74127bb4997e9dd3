//! The publisher's channels and legal pages, as a person sees them.

use channel_connect::app::{OfferedChannel, Texts};
use channel_connect::bitrix24::OpenChannelCode;
use serde_json::json;

use super::chromium::Browser;
use super::{JOIN, joins, open_without_portal};
use crate::offered::{example, offering};
use crate::world::{CODE, Db, Process, World};

/// The second channel of the example.
const SECOND: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_card_connects_its_channel_and_opens_the_chat() {
    let world = offering(Db::Sqlite).await;
    let browser = Browser::start().await;
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter_app().await;
    browser.fits_its_frame().await;
    browser.screenshot("5-offered").await;
    world
        .faults(json!([{"on": JOIN, "nth": 1, "do": "delay", "ms": 1500}]))
        .await;
    let said = browser.press_cards(CODE, SECOND).await;
    assert_eq!(said, "Connecting the channel…");
    let bot_id = browser.outcome("connected").await;
    assert_eq!(
        joins(&world).await,
        1,
        "one press, one request, whatever is pressed meanwhile"
    );
    browser.fits_its_frame().await;
    browser.screenshot("6-offered-connected").await;
    browser.click(&format!("#offer-{CODE} a[data-dialog-id]")).await;
    browser.leave_frame().await;
    assert_eq!(
        browser.attribute("#chat:not([hidden])", "data-dialog").await,
        bot_id
    );
    browser.close_without_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_refused_card_is_tried_again_from_the_outcome() {
    let world = offering(Db::Sqlite).await;
    let browser = Browser::start().await;
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter_app().await;
    world
        .faults(json!([{"on": JOIN, "times": 1, "do": "error", "status": 400, "error": "NETWORK_ERROR"}]))
        .await;
    browser.press_card(SECOND).await;
    browser.outcome("refused").await;
    browser.fits_its_frame().await;
    browser.screenshot("7-offered-refused").await;
    assert!(browser.has(".offer.wanted").await);
    browser.click("#outcome button[type=\"submit\"]").await;
    browser.outcome("connected").await;
    let codes: Vec<_> = world
        .calls()
        .await
        .into_iter()
        .filter(|call| call.method == JOIN)
        .collect();
    assert!(
        codes.iter().all(|call| call.params["CODE"] == SECOND),
        "the same channel both times"
    );
    browser.close_without(&["422"]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn without_script_a_card_is_a_plain_post_and_so_is_its_retry() {
    let world = offering(Db::Sqlite).await;
    let browser = Browser::without_script().await;
    open_without_portal(&browser, &world).await;
    world
        .faults(json!([{"on": JOIN, "times": 1, "do": "error", "status": 400, "error": "NETWORK_ERROR"}]))
        .await;
    browser.press_card(CODE).await;
    browser.outcome("refused").await;
    browser.click("#outcome button[type=\"submit\"]").await;
    browser.outcome("connected").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn without_custom_codes_only_the_cards_are_there() {
    let world = World::with(Db::Sqlite, |config| {
        config.rules.offered = example();
        config.rules.custom_codes = false;
    })
    .await;
    let browser = Browser::start().await;
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter_app().await;
    assert!(!browser.has("input[type=\"text\"]").await);
    browser.fits_its_frame().await;
    browser.screenshot("8-offered-only").await;
    browser.press_card(CODE).await;
    browser.outcome("connected").await;
    browser.close_without_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn neither_long_words_nor_a_hundred_channels_break_the_page() {
    let long = |letter: &str, length| Texts::for_all(letter.repeat(length));
    let channel = |number: usize| OfferedChannel {
        code: OpenChannelCode::find(&format!("{number:032x}")).unwrap(),
        title: long("W", 100),
        description: Some(long("a", 500)),
        welcome_message: None,
    };
    let world = World::with(Db::Sqlite, |config| {
        config.rules.offered = (0..100).map(channel).collect();
    })
    .await;
    let first = format!("{:032x}", 0);
    let channel = json!({"code": first, "name": "Long", "active": true});
    world.control("channels", channel).await;
    let browser = Browser::start().await;
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter_app().await;
    browser.fits_its_frame().await;
    browser.press_card(&first).await;
    browser.outcome("connected").await;
    browser.fits_its_frame().await;
    browser.screenshot("8-long-words").await;
    browser.close_without_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn the_legal_pages_are_reached_from_the_foot_of_the_app() {
    let mut world = World::without_app(Db::Sqlite).await;
    let publisher = [
        ("PUBLISHER_NAME", "Northwind GmbH"),
        ("PUBLISHER_EMAIL", "privacy@northwind.example"),
        ("PUBLISHER_ADDRESS", "1 Example Street, 10115 Berlin, Germany"),
    ];
    let process = Process::start(&world, &publisher).await;
    world.turn_to(&process.app_url);
    let browser = Browser::start().await;
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter_app().await;
    for (path, name) in [("privacy", "9-privacy"), ("license", "10-license")] {
        let link = format!("{}/{path}", process.app_url);
        assert!(
            browser
                .has(&format!(".foot a[href=\"{link}\"][target=\"_blank\"]"))
                .await
        );
        browser.open(&link).await;
        assert!(browser.text("address").await.contains("Northwind GmbH"));
        browser.screenshot(name).await;
        browser.open(&world.emulator.portal_url("acme")).await;
        browser.enter_app().await;
    }
    browser.close_without_complaints().await;
}
