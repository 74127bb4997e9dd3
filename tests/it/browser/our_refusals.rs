//! What this app refuses by itself, before anything leaves for the portal.

use channel_connect::app::ConnectPolicy;
use serde_json::json;

use super::refusals::refused;
use super::{joins, opened};
use crate::languages::{refusal, sentence};
use crate::world::{CODE, Db, World};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn what_is_no_code_never_leaves_for_the_portal_and_a_forged_page_does_nothing() {
    let world = World::new(Db::Sqlite).await;
    let browser = opened(&world).await;
    let two = format!("{CODE} {}", CODE.replace('0', "1"));
    for (text, name) in [
        ("hello", "code-not-hex"),
        (&CODE[1..], "code-wrong-length"),
        (&two, "code-several"),
        ("", "code-empty"),
    ] {
        browser.type_code(text).await;
        browser.press_connect().await;
        let says = json!(sentence("en", name));
        browser
            .becomes(&format!(
                "document.querySelector('#outcome-text')?.textContent === {says}"
            ))
            .await;
        assert_eq!(browser.focused().await, "code");
        assert_eq!(browser.typed().await, text);
        browser.is_accessible().await;
    }
    browser
        .run("document.querySelector('#connect [name=session]').value += 'A';")
        .await;
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser.outcome("forged").await;
    let text = browser.text("#outcome").await;
    assert!(refusal("forged").iter().all(|says| text.contains(says)), "{text}");
    assert!(
        !browser.has("#outcome button:not([hidden])").await,
        "trying again cannot help"
    );
    assert_eq!(browser.focused().await, "outcome");
    browser.is_accessible().await;
    assert_eq!(joins(&world).await, 0);
    browser.close_without(&["422", "403"]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn where_administrators_alone_may_others_are_told_before_and_after() {
    let world = World::with(Db::Sqlite, |config| {
        config.rules.connect_policy = ConnectPolicy::Admins;
    })
    .await;
    world.install("acme").await;
    let clerk = json!({"portal": "acme", "user": 2, "current": true});
    world.control("user", clerk).await;
    let browser = opened(&world).await;
    browser.listen().await;
    let hint = sentence("en", "connect-admins-only");
    assert!(browser.text(".scope").await.contains(&hint));
    refused(&browser, "not_admin", &refusal("not-admin"), false).await;
    assert_eq!(joins(&world).await, 0);

    // The same person, made an administrator: what they are is asked anew each time.
    let promoted = json!({"portal": "acme", "user": 2, "admin": true});
    world.control("user", promoted).await;
    browser.press_connect().await;
    browser.outcome("connected").await;
    browser.close_without(&["403"]).await;
}
