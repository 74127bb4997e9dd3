//! The list of connected channels, page by page.

use serde_json::json;

use super::chromium::Browser;
use super::{connect_many, open_without_portal, opened};
use crate::world::{Db, World};

/// The codes in the list, joined by spaces.
const CODES: &str =
    "[...document.querySelectorAll('#list .channels .code')].map((code) => code.textContent).join(' ')";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn the_list_is_turned_in_place_and_what_was_typed_is_not_lost() {
    let world = World::new(Db::Sqlite).await;
    world.install("acme").await;
    let all = connect_many(&world, 23).await;
    let colleague = world.open("acme", 2).await;
    world.connect(&colleague, &all[12]).await.expect(200);
    let all: Vec<_> = [all[12].clone()]
        .into_iter()
        .chain(all.iter().filter(|code| **code != all[12]).cloned())
        .collect();
    let browser = opened(&world).await;
    browser.listen().await;
    browser.fits_its_frame().await;
    assert_eq!(browser.text("#list .count").await, "23");
    let user = browser.attribute("#list .by a", "href").await;
    assert_eq!(
        user,
        format!("{}/company/personal/user/2/", world.emulator.portal_url("acme"))
    );
    assert_eq!(browser.text("#list .by a").await, "User 2");
    assert!(browser.text("#list li:nth-child(2) .by").await.ends_with("You"));
    local_times(&browser).await;

    browser.type_code("0f1e2d").await;
    browser.run("window.same = true;").await;
    for (button, codes, range) in [
        ("2", &all[10..20], "11–20 of 23"),
        ("3", &all[20..], "21–23 of 23"),
        ("2", &all[10..20], "11–20 of 23"),
        ("1", &all[..10], "1–10 of 23"),
    ] {
        browser.click(&format!(".pages button[value=\"{button}\"]")).await;
        browser
            .becomes(&format!(
                "document.querySelector('.pages .range').textContent === '{range}'"
            ))
            .await;
        assert_eq!(browser.tells(CODES).await, codes.join(" "));
        assert_eq!(browser.typed().await, "0f1e2d", "half a code is still there");
        assert_eq!(browser.focused().await, "list");
        let heard = browser.heard().await;
        assert!(heard.last().unwrap().contains(range), "{heard:?}");
        browser.fits_its_frame().await;
        local_times(&browser).await;
    }
    assert_eq!(browser.tells("window.same").await, "true");
    browser.is_accessible().await;
    browser.screenshot("19-list").await;
    browser.close_without_complaints().await;
}

/// Every time is written as the reader's own browser writes it.
async fn local_times(browser: &Browser) {
    let wrong = browser
        .run(
            "const format = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short' }); \
             return [...document.querySelectorAll('#list time')].filter((time) => \
             time.textContent !== `Connected on ${format.format(new Date(time.dateTime))}`).length;",
        )
        .await;
    assert_eq!(wrong, json!(0));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn without_script_the_whole_way_is_plain_pages() {
    let world = World::new(Db::Sqlite).await;
    let all = connect_many(&world, 12).await;
    let browser = Browser::without_script().await;
    open_without_portal(&browser, &world).await;
    let shown = browser.text("#list .channels").await;
    assert!(all[..10].iter().all(|code| shown.contains(code)) && !shown.contains(&all[10]));
    assert!(
        !browser
            .has("#theme:not([hidden]), #code-state:not([hidden])")
            .await,
        "nothing that cannot work"
    );
    // A refusal, mended by its button.
    let join = super::JOIN;
    world
        .faults(json!([{"on": join, "do": "error", "status": 400, "error": "NETWORK_ERROR"}]))
        .await;
    browser.type_code(&super::link_to(&all[11])).await;
    browser.press_connect().await;
    browser.outcome("refused").await;
    browser.screenshot("20-without-script").await;
    browser.click("#outcome button[type=\"submit\"]").await;
    browser.outcome("connected").await;
    // Pages there and back.
    browser.click(".pages button[value=\"2\"]").await;
    assert_eq!(browser.text(".pages .range").await, "11–12 of 12");
    assert!(browser.text("#list .channels").await.contains(&all[10]));
    browser.click(".pages button[value=\"1\"]").await;
    browser.attribute(".pages button[value=\"2\"]", "type").await;
    assert_eq!(browser.text(".pages .range").await, "1–10 of 12");
    // A code that is none, and the chat's plain link.
    browser.type_code("none").await;
    browser.press_connect().await;
    browser.outcome("invalid_code").await;
    assert_eq!(browser.attribute("#code", "value").await, "none");
    let chat = browser.attribute("#list a[data-dialog-id]", "href").await;
    assert!(chat.starts_with(&format!(
        "{}/online/?IM_DIALOG=",
        world.emulator.portal_url("acme")
    )));
    browser.close_without(&["422"]).await;
}
