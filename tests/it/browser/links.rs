//! Links into the app and out of it: what a link brought is filled in and never sent; chats open inside Bitrix24, and
//! where that cannot be, as plain links.

use channel_connect::bitrix24::Placement;
use serde_json::json;

use super::chromium::Browser;
use super::{joins, link_to, opened};
use crate::offered::example;
use crate::world::{CODE, Db, World};

/// What the emulator offers and the publisher does not.
const SECOND: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";

/// The code stands in the field, recognized, and nothing was sent.
async fn is_prefilled(world: &World, browser: &Browser, code: &str) {
    browser
        .becomes(&format!("document.getElementById('code')?.value === '{code}'"))
        .await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(joins(world).await, 0, "a link only fills in");
    assert!(!browser.has("#outcome").await);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_link_fills_in_the_field_on_the_apps_page_and_in_a_slider_and_never_connects() {
    let world = World::with(Db::Sqlite, |config| {
        config.placements = vec![Placement::RestAppUri];
        config.rules.offered = example();
        config.rules.offered.truncate(1);
    })
    .await;
    let scope = "imopenlines,placement,user_brief";
    world
        .control("scope", json!({"portal": "acme", "scope": scope}))
        .await;
    world.install("acme").await;
    let portal = world.emulator.portal_url("acme");
    let browser = Browser::start().await;

    browser
        .open(&format!(
            "{portal}/marketplace/app/northwind.channels/?code={SECOND}"
        ))
        .await;
    browser.enter_app().await;
    is_prefilled(&world, &browser, SECOND).await;
    browser.screenshot("17-from-a-link").await;

    browser
        .open(&format!(
            "{portal}/marketplace/view/northwind.channels/?params[code]={SECOND}"
        ))
        .await;
    browser.enter_app().await;
    is_prefilled(&world, &browser, SECOND).await;

    // What the publisher offers has a card.
    browser
        .open(&format!(
            "{portal}/marketplace/app/northwind.channels/?code={CODE}"
        ))
        .await;
    browser.enter_app().await;
    assert!(
        browser
            .text(".offer.wanted")
            .await
            .contains("The link you followed is for this channel.")
    );
    is_prefilled(&world, &browser, "").await;

    browser.open(&portal).await;
    browser.enter_app().await;
    let link = json!({"code": link_to(SECOND)});
    browser.becomes("typeof window.BX24 === 'object'").await;
    browser.run(&format!("BX24.openApplication({link});")).await;
    browser.leave_frame().await;
    browser.enter("#slider-frame").await;
    is_prefilled(&world, &browser, SECOND).await;
    browser.press_connect().await;
    browser.outcome("connected").await;
    // A slider has a height of its own: there, the page scrolls.
    browser.screenshot("18-slider").await;
    browser.close_without_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_chat_opens_in_the_messenger_and_as_a_plain_link_where_there_is_none() {
    let world = World::new(Db::Sqlite).await;
    let browser = opened(&world).await;
    browser.type_code(CODE).await;
    browser.press_connect().await;
    let bot_id = browser.outcome("connected").await;
    browser.click("#list a[data-dialog-id]").await;
    browser.leave_frame().await;
    assert_eq!(
        browser.attribute("#chat:not([hidden])", "data-dialog").await,
        bot_id
    );
    assert_eq!(browser.attribute("#chat", "data-known").await, "true");
    browser.close_without_complaints().await;

    let nobody = "http://127.0.0.1:9/".parse().unwrap();
    let world = World::with(Db::Sqlite, |config| config.look.js_url = nobody).await;
    world.install("acme").await;
    let browser = opened(&world).await;
    browser.type_code(CODE).await;
    browser.press_connect().await;
    let bot_id = browser.outcome("connected").await;
    browser.click("#outcome a[data-dialog-id]").await;
    browser.follow_new_window().await;
    let chat = format!("{}/online/?IM_DIALOG={bot_id}", world.emulator.portal_url("acme"));
    browser.stands_at(&chat).await;
    assert_eq!(
        browser.attribute("#chat:not([hidden])", "data-dialog").await,
        bot_id
    );
    browser.close_without(&["net::ERR_"]).await;
}
