//! Every refusal, as a person meets it: its sentence and the next step, a button only where it helps, the focus where
//! it belongs, and a page that everybody can read.

use std::time::Duration;

use channel_connect::bitrix24::ClientSecret;
use fantoccini::key::Key;
use serde_json::{Value, json};

use super::chromium::Browser;
use super::{JOIN, opened};
use crate::languages::{refusal, sentence};
use crate::world::{CODE, Db, World};

/// What the portal does with the join; slug and sentence that come of it, and whether trying again helps.
type Case = (Value, &'static str, &'static str, bool);

/// The refusals that a code can meet at the portal.
fn of_the_portal() -> Vec<Case> {
    let error = |status: u16, error: &str| json!({"do": "error", "status": status, "error": error});
    vec![
        (error(400, "CODE"), "invalid_code", "invalid-code", false),
        (error(400, "LINE_NOT_FOUND"), "not_found", "not-found", false),
        (error(400, "INACTIVE"), "inactive", "inactive", false),
        (error(400, "IMBOT_ERROR"), "refused", "refused-bot", true),
        (error(400, "NETWORK_ERROR"), "refused", "refused-network", true),
        (error(400, "ANSWER_MALFORMED"), "refused", "refused-answer", true),
        (
            error(404, "ERROR_METHOD_NOT_FOUND"),
            "refused",
            "refused-module",
            false,
        ),
        (error(400, ""), "refused", "refused-unknown", true),
        (
            error(403, "insufficient_scope"),
            "missing_scope",
            "missing-scope",
            false,
        ),
        (
            error(403, "INVALID_CREDENTIALS"),
            "missing_scope",
            "missing-credentials",
            false,
        ),
        (
            error(403, "user_access_error"),
            "access_restricted",
            "access-restricted",
            false,
        ),
        (
            error(403, "WRONG_AUTH_TYPE"),
            "access_restricted",
            "wrong-auth-type",
            false,
        ),
        (
            error(403, "ACCESS_DENIED"),
            "plan_required",
            "plan-required",
            false,
        ),
        (
            error(402, "PAYMENT_REQUIRED"),
            "payment_required",
            "payment-required",
            false,
        ),
        (error(401, "ERROR_OAUTH"), "not_installed", "not-installed", false),
        (
            error(503, "OVERLOAD_LIMIT"),
            "portal_unavailable",
            "portal-overloaded",
            false,
        ),
        (
            error(410, "PORTAL_DELETED"),
            "portal_unavailable",
            "portal-closed",
            true,
        ),
        (
            json!({"do": "redirect", "same_host": true}),
            "portal_unavailable",
            "portal-licence",
            true,
        ),
        (
            json!({"do": "html", "status": 502}),
            "portal_unavailable",
            "portal-failed",
            true,
        ),
        (json!({"do": "hang"}), "timeout", "timeout", true),
        (error(400, "INVALID_REQUEST"), "internal", "internal", true),
    ]
}

/// Presses the button, and looks at everything that the refusal shows.
pub async fn refused(browser: &Browser, slug: &str, says: &[String], retry: bool) {
    // The outcome before may have been the same.
    browser
        .run("window.heard = []; document.getElementById('outcome')?.removeAttribute('data-slug');")
        .await;
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser.outcome(slug).await;
    let text = browser.text("#outcome").await;
    for sentence in says {
        assert!(text.contains(sentence.as_str()), "{slug}: {sentence} in {text}");
    }
    let button = browser
        .has("#outcome button[type=\"submit\"][form=\"connect\"]")
        .await;
    assert_eq!(button, retry, "{slug}: {text}");
    let reopens = says
        .iter()
        .any(|sentence| sentence.contains("Close the app and open it again"));
    assert_eq!(browser.has("[data-reopen]").await, reopens, "{slug}: {text}");
    // A code that is wrong can be mended at once; anything else is to be read first.
    let of_the_code = ["invalid_code", "not_found"].contains(&slug);
    let focus = if of_the_code { "code" } else { "outcome" };
    assert_eq!(browser.focused().await, focus, "{slug}");
    assert_eq!(
        browser.has("#code[aria-invalid=\"true\"]").await,
        of_the_code,
        "{slug}"
    );
    let heard = browser.heard().await;
    assert!(heard.last().unwrap().contains(&says[0]), "{slug}: {heard:?}");
    assert_eq!(browser.typed().await, CODE, "what was typed stays");
    browser.is_accessible().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn every_refusal_of_the_portal_is_read_in_place_with_its_next_step() {
    let world = World::with(Db::Sqlite, |config| {
        config.timeouts.join = Duration::from_millis(700);
    })
    .await;
    let browser = opened(&world).await;
    browser.listen().await;
    browser.run("window.same = true;").await;
    for (mut fault, slug, name, retry) in of_the_portal() {
        fault["on"] = json!(JOIN);
        fault["times"] = json!(0);
        world.faults(json!([fault])).await;
        refused(&browser, slug, &refusal(name), retry).await;
        browser.fits_its_frame().await;
    }
    world.faults(json!([])).await;
    browser.press_connect().await;
    browser.outcome("connected").await;
    assert_eq!(
        browser.tells("window.same").await,
        "true",
        "all of it on one page"
    );
    browser
        .close_without(&["the server responded with a status of"])
        .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn limits_outages_and_our_own_faults_say_when_to_come_back_and_whose_they_are() {
    let world = World::new(Db::Sqlite).await;
    let browser = opened(&world).await;
    browser.listen().await;
    for (error, name, next) in [
        ("QUERY_LIMIT_EXCEEDED", "rate-limited", " second"),
        ("OPERATION_TIME_LIMIT", "operation-limited", " minute"),
    ] {
        world
            .faults(json!([{"on": JOIN, "times": 0, "do": "error", "error": error}]))
            .await;
        let says = [sentence("en", name), next.to_owned()];
        refused(&browser, "rate_limited", &says, true).await;
    }
    world.expire("acme").await;
    world
        .faults(json!([{"on": "token", "times": 0, "do": "status", "status": 503}]))
        .await;
    let says = refusal("bitrix24-unavailable");
    refused(&browser, "bitrix24_unavailable", &says, true).await;
    world.faults(json!([])).await;

    world
        .database
        .execute("alter table credentials rename to away")
        .await;
    refused(
        &browser,
        "storage_unavailable",
        &refusal("storage-unavailable"),
        true,
    )
    .await;
    world
        .database
        .execute("alter table away rename to credentials")
        .await;

    // By keyboard alone: from the outcome, the next stop is the button.
    browser.press_key(Key::Tab).await;
    browser.press_key(Key::Enter).await;
    browser.outcome("connected").await;
    browser
        .close_without(&["the server responded with a status of"])
        .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_secret_that_is_wrong_is_our_own_fault() {
    let world = World::with(Db::Sqlite, |config| {
        config.client_secret = ClientSecret::parse("another-5ecret-than-the-apps").unwrap();
    })
    .await;
    let browser = opened(&world).await;
    browser.listen().await;
    world.expire("acme").await;
    refused(&browser, "internal", &refusal("internal"), true).await;
    browser.close_without(&["500"]).await;
}
