//! Every refusal, as a person meets it: its sentence and the next step, a button only where it helps, the focus where
//! it belongs, and a page that everybody can read.

use std::time::Duration;

use channel_connect::bitrix24::ClientSecret;
use channel_connect::words::Words;
use fantoccini::key::Key;
use serde_json::{Value, json};

use super::chromium::Browser;
use super::{JOIN, joins, opened};
use crate::world::{CODE, Db, World};

/// A refusal: how it comes about, its slug, what it says and what to do, and whether trying again helps.
struct Case {
    faults: Value,
    slug: &'static str,
    says: [String; 2],
    retry: bool,
}

/// What the portal answers to the join.
fn portal(status: u16, error: &str, slug: &'static str, says: [String; 2], retry: bool) -> Case {
    let fault = json!([{"on": JOIN, "times": 0, "do": "error", "status": status, "error": error}]);
    fault_of(fault, slug, says, retry)
}

fn fault_of(faults: Value, slug: &'static str, says: [String; 2], retry: bool) -> Case {
    Case {
        faults,
        slug,
        says,
        retry,
    }
}

/// The refusals that a code can meet at the portal.
fn of_the_portal(w: &Words) -> Vec<Case> {
    let on_join = |fault: Value| {
        let mut fault = fault;
        fault["on"] = json!(JOIN);
        fault["times"] = json!(0);
        json!([fault])
    };
    vec![
        portal(
            400,
            "CODE",
            "invalid_code",
            [w.invalid_code(), w.invalid_code_next()],
            false,
        ),
        portal(
            400,
            "LINE_NOT_FOUND",
            "not_found",
            [w.not_found(), w.not_found_next()],
            false,
        ),
        portal(
            400,
            "INACTIVE",
            "inactive",
            [w.inactive(), w.inactive_next()],
            false,
        ),
        portal(
            400,
            "IMBOT_ERROR",
            "refused",
            [w.refused_bot(), w.refused_bot_next()],
            true,
        ),
        portal(
            400,
            "NETWORK_ERROR",
            "refused",
            [w.refused_network(), w.refused_network_next()],
            true,
        ),
        portal(
            400,
            "ANSWER_MALFORMED",
            "refused",
            [w.refused_answer(), w.refused_answer_next()],
            true,
        ),
        portal(
            404,
            "ERROR_METHOD_NOT_FOUND",
            "refused",
            [w.refused_module(), w.refused_module_next()],
            false,
        ),
        portal(
            400,
            "",
            "refused",
            [w.refused_unknown(), w.refused_unknown_next()],
            true,
        ),
        portal(
            403,
            "insufficient_scope",
            "missing_scope",
            [w.missing_scope(), w.missing_scope_next()],
            false,
        ),
        portal(
            403,
            "INVALID_CREDENTIALS",
            "missing_scope",
            [w.missing_credentials(), w.missing_credentials_next()],
            false,
        ),
        portal(
            403,
            "user_access_error",
            "access_restricted",
            [w.access_restricted(), w.access_restricted_next()],
            false,
        ),
        portal(
            403,
            "WRONG_AUTH_TYPE",
            "access_restricted",
            [w.wrong_auth_type(), w.wrong_auth_type_next()],
            false,
        ),
        portal(
            403,
            "ACCESS_DENIED",
            "plan_required",
            [w.plan_required(), w.plan_required_next()],
            false,
        ),
        portal(
            402,
            "PAYMENT_REQUIRED",
            "payment_required",
            [w.payment_required(), w.payment_required_next()],
            false,
        ),
        portal(
            401,
            "ERROR_OAUTH",
            "not_installed",
            [w.not_installed(), w.not_installed_next()],
            false,
        ),
        portal(
            503,
            "OVERLOAD_LIMIT",
            "portal_unavailable",
            [w.portal_overloaded(), w.portal_overloaded_next()],
            false,
        ),
        portal(
            410,
            "PORTAL_DELETED",
            "portal_unavailable",
            [w.portal_closed(), w.portal_closed_next()],
            true,
        ),
        portal(
            400,
            "INVALID_REQUEST",
            "internal",
            [w.internal(), w.internal_next()],
            true,
        ),
        fault_of(
            on_join(json!({"do": "redirect", "same_host": true})),
            "portal_unavailable",
            [w.portal_licence(), w.portal_licence_next()],
            true,
        ),
        fault_of(
            on_join(json!({"do": "html", "status": 502})),
            "portal_unavailable",
            [w.portal_failed(), w.portal_failed_next()],
            true,
        ),
        fault_of(
            on_join(json!({"do": "hang"})),
            "timeout",
            [w.timeout(), w.timeout_next()],
            true,
        ),
    ]
}

/// Presses the button, and looks at everything that the refusal shows.
async fn refused(browser: &Browser, case: &Case) {
    // The outcome before may have been the same.
    browser
        .run("window.heard = []; document.getElementById('outcome')?.removeAttribute('data-slug');")
        .await;
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser.outcome(case.slug).await;
    let text = browser.text("#outcome").await;
    for sentence in &case.says {
        assert!(
            text.contains(sentence.as_str()),
            "{}: {sentence} in {text}",
            case.slug
        );
    }
    let retry = browser
        .has("#outcome button[type=\"submit\"][form=\"connect\"]")
        .await;
    assert_eq!(retry, case.retry, "{}: {text}", case.slug);
    assert!(!browser.has("[data-reopen]").await, "{}", case.slug);
    // A code that is wrong can be mended at once; anything else is to be read first.
    let of_the_code = ["invalid_code", "not_found", "inactive"].contains(&case.slug);
    assert_eq!(
        browser.focused().await,
        if of_the_code { "code" } else { "outcome" },
        "{}",
        case.slug
    );
    let marked = browser.has("#code[aria-invalid=\"true\"]").await;
    assert_eq!(marked, of_the_code, "{}", case.slug);
    let heard = browser.heard().await;
    assert!(
        heard.last().unwrap().contains(&case.says[0]),
        "{}: {heard:?}",
        case.slug
    );
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
    for case in of_the_portal(Words::for_lang("en")) {
        world.faults(case.faults.clone()).await;
        refused(&browser, &case).await;
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
    let w = Words::for_lang("en");
    let limit = |error: &str| json!([{"on": JOIN, "times": 0, "do": "error", "error": error}]);
    for (faults, next) in [
        (limit("QUERY_LIMIT_EXCEEDED"), "second"),
        (limit("OPERATION_TIME_LIMIT"), "minute"),
    ] {
        world.faults(faults).await;
        let says = if next == "second" {
            w.rate_limited()
        } else {
            w.operation_limited()
        };
        let case = fault_of(json!([]), "rate_limited", [says, format!(" {next}")], true);
        refused(&browser, &case).await;
    }
    world.faults(json!([])).await;
    world.expire("acme").await;
    world
        .faults(json!([{"on": "token", "times": 0, "do": "status", "status": 503}]))
        .await;
    let says = [w.bitrix24_unavailable(), w.bitrix24_unavailable_next()];
    refused(&browser, &fault_of(json!([]), "bitrix24_unavailable", says, true)).await;
    world.faults(json!([])).await;

    world
        .database
        .execute("alter table credentials rename to away")
        .await;
    let says = [w.storage_unavailable(), w.storage_unavailable_next()];
    refused(&browser, &fault_of(json!([]), "storage_unavailable", says, true)).await;
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
    let w = Words::for_lang("en");
    refused(
        &browser,
        &fault_of(json!([]), "internal", [w.internal(), w.internal_next()], true),
    )
    .await;
    browser.close_without(&["500"]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn what_is_no_code_never_leaves_for_the_portal_and_a_forged_page_does_nothing() {
    let world = World::new(Db::Sqlite).await;
    let browser = opened(&world).await;
    let w = Words::for_lang("en");
    for (text, says, next) in [
        ("", w.code_empty(), w.code_empty_next()),
        ("hello", w.code_not_hex(), w.code_not_hex_next()),
        (&CODE[1..], w.code_wrong_length(), w.code_wrong_length_next()),
        (
            &format!("{CODE} {}", CODE.replace('0', "1")),
            w.code_several(),
            w.code_several_next(),
        ),
    ] {
        browser.type_code(text).await;
        browser.press_connect().await;
        browser
            .becomes(&format!(
                "document.querySelector('#outcome-text')?.textContent === {}",
                json!(says)
            ))
            .await;
        assert!(browser.text("#outcome").await.contains(&next));
        assert_eq!(browser.focused().await, "code");
        assert_eq!(browser.typed().await, text);
        browser.is_accessible().await;
    }
    assert_eq!(joins(&world).await, 0);

    browser
        .run("document.querySelector('#connect [name=session]').value += 'A';")
        .await;
    browser.type_code(CODE).await;
    browser.press_connect().await;
    browser.outcome("forged").await;
    let text = browser.text("#outcome").await;
    assert!(
        text.contains(&w.forged()) && text.contains(&w.forged_next()),
        "{text}"
    );
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
    use channel_connect::app::ConnectPolicy;
    let world = World::with(Db::Sqlite, |config| {
        config.rules.connect_policy = ConnectPolicy::Admins
    })
    .await;
    world.install("acme").await;
    let w = Words::for_lang("en");
    world
        .control("user", json!({"portal": "acme", "user": 2, "current": true}))
        .await;
    let browser = opened(&world).await;
    browser.listen().await;
    assert!(browser.text(".scope").await.contains(&w.connect_admins_only()));
    world.forget_calls().await;
    refused(
        &browser,
        &fault_of(json!([]), "not_admin", [w.not_admin(), w.not_admin_next()], false),
    )
    .await;
    assert_eq!(joins(&world).await, 0);

    // The same person, made an administrator: what they are is asked anew each time.
    world
        .control("user", json!({"portal": "acme", "user": 2, "admin": true}))
        .await;
    browser.press_connect().await;
    browser.outcome("connected").await;
    browser.close_without(&["403"]).await;
}
