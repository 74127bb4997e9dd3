//! The installer: it shows what is being done, ends by itself, and says what to do where it cannot.

use std::time::Duration;

use serde_json::json;

use super::chromium::Browser;
use super::library::{WHOLE, library};
use crate::world::{Db, World};

const INSTALLER: &str = "iframe#app-frame[data-install=\"true\"]";

/// The steps as they stand there: class and words, one a line.
const STEPS: &str = "[...document.querySelectorAll('.steps li')]\
                     .map((step) => `${step.className}: ${step.textContent.trim().replace(/\\s+/g, ' ')}`).join('\\n')";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn the_installer_shows_its_steps_and_opens_the_app_by_itself() {
    let slow = library(WHOLE, Duration::from_secs(3));
    let world = World::with(Db::Sqlite, |config| config.look.js_url = slow).await;
    let browser = Browser::start().await;
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter(INSTALLER).await;
    assert_eq!(
        browser.tells(STEPS).await,
        "done: Bitrix24 confirms the app (Done)\n\
         done: The app gets ready for your Bitrix24 (Done)\n\
         running: Bitrix24 finishes the installation (In progress)"
    );
    assert!(browser.text("#install-wait").await.contains("open by itself"));
    browser.is_accessible().await;
    browser.leave_frame().await;
    browser.screenshot("14-installing").await;
    browser.enter_app().await;
    assert!(browser.text("#list").await.contains("No channels yet"));
    browser.leave_frame().await;
    browser
        .becomes("document.getElementById('page-title').textContent === 'Channel Connect'")
        .await;
    assert_eq!(world.portal("acme").await["installed"], json!(true));
    browser.close_without_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_step_that_fails_is_named_and_trying_again_installs() {
    let world = World::new(Db::Sqlite).await;
    world
        .faults(json!([{"on": "event.bind", "do": "error", "error": "ERROR_WRONG_HANDLER_URL"}]))
        .await;
    let browser = Browser::start().await;
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter(INSTALLER).await;
    browser.outcome("refused").await;
    let steps = browser.tells(STEPS).await;
    let steps: Vec<_> = steps.lines().collect();
    assert_eq!(
        steps[1],
        "failed: The app gets ready for your Bitrix24 (Did not work)"
    );
    assert!(
        steps[2].starts_with("waiting: ") && steps[2].ends_with("(Not started)"),
        "{steps:?}"
    );
    let says = browser.text("#outcome").await;
    assert!(
        says.contains("could not set up the notifications") && says.contains("Try again in a few minutes"),
        "{says}"
    );
    browser.fits_its_frame().await;
    browser.is_accessible().await;
    browser.screenshot("15-install-failed").await;
    assert_eq!(world.portal("acme").await["installed"], json!(false));
    browser.click_away("#again").await;
    browser.leave_frame().await;
    browser.enter_app().await;
    browser.close_without(&["422"]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_portal_that_does_not_go_on_is_told_apart_and_nobody_waits_for_ever() {
    let deaf = library(
        "window.BX24 = { init: (ready) => ready(), installFinish() {} };",
        Duration::ZERO,
    );
    let world = World::with(Db::Sqlite, |config| config.look.js_url = deaf).await;
    let browser = Browser::start().await;
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter(INSTALLER).await;
    browser
        .becomes("document.getElementById('install-wait').textContent.startsWith('Done.')")
        .await;
    assert!(
        browser
            .tells(STEPS)
            .await
            .lines()
            .all(|step| step.starts_with("done: ") && step.ends_with("(Done)"))
    );
    // Then nothing happens, which must not be the last word.
    browser
        .becomes("document.getElementById('install-stuck').checkVisibility()")
        .await;
    let says = browser.text("#install-stuck").await;
    assert!(
        says.contains("has not answered yet") && says.contains("open Channel Connect again"),
        "{says}"
    );
    assert!(!browser.has("#install-wait:not([hidden])").await);
    assert!(
        browser.has("[role=\"alert\"] #install-stuck").await,
        "it is read out"
    );
    browser.is_accessible().await;
    browser.close_without_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn an_installer_whose_script_does_not_come_says_so_by_itself() {
    let world = World::new(Db::Sqlite).await;
    let browser = Browser::blocking("*/static/page-*").await;
    browser.open(&world.emulator.portal_url("acme")).await;
    browser.enter("iframe#app-frame").await;
    let shown = "document.getElementById('install-stuck').checkVisibility({ visibilityProperty: true })";
    browser
        .becomes("document.getElementById('install-stuck') !== null")
        .await;
    assert_eq!(browser.tells(shown).await, "false", "it may still go well");
    browser
        .run("for (const waiting of document.getElementById('install-stuck').getAnimations()) { waiting.finish(); }")
        .await;
    browser.becomes(shown).await;
    assert!(
        browser
            .text("#install-stuck")
            .await
            .contains("has not answered yet")
    );
    browser.close().await;
}
