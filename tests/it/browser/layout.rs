//! No sentence of any language breaks a page: nothing overflows, however narrow the frame.

use serde_json::{Value, json};

use super::chromium::Browser;
use crate::gallery::Gallery;

/// From the narrowest phone to a wide screen.
const WIDTHS: [u32; 5] = [320, 390, 600, 900, 1280];

/// Puts each page of a language into the frame, shows what is hidden and says what comes later, and measures.
const MEASURE: &str = include_str!("layout.js");

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn no_sentence_of_any_language_breaks_a_page() {
    let gallery = Gallery::open().await;
    let browser = Browser::start().await;
    browser.resize(1280, 900).await;
    browser.open(&format!("{}/frame", gallery.url())).await;
    let mut measured = 0;
    for code in gallery.codes() {
        let answer = browser.ask(MEASURE, vec![json!(code), json!(WIDTHS)]).await;
        let broken = answer["broken"].as_array().unwrap();
        assert!(broken.is_empty(), "{code}: {broken:#?}");
        measured += answer["measured"].as_u64().unwrap();
    }
    let pages: usize = gallery.codes().map(|code| gallery.states(code).len()).sum();
    assert_eq!(measured, (pages * WIDTHS.len()) as u64);
    browser.close_without_complaints().await;
}

/// What measures is measured: a page that is broken on purpose is found out.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_page_that_overflows_is_found_out() {
    let gallery = Gallery::open().await;
    let browser = Browser::start().await;
    browser.resize(1280, 900).await;
    browser.open(&format!("{}/frame", gallery.url())).await;
    for (what, change) in [
        (
            "a button narrower than its text",
            ".button { width: 20px; white-space: nowrap; padding: 0 }",
        ),
        ("a card wider than the frame", ".card { min-width: 700px }"),
        ("a line that cannot break", ".lead { white-space: nowrap }"),
    ] {
        let answer = browser
            .ask(MEASURE, vec![json!("en"), json!([390]), json!(change)])
            .await;
        let broken = answer["broken"].as_array().map(Vec::len);
        assert_ne!(broken, Some(0), "{what}");
        assert_ne!(answer["broken"], Value::Null, "{what}");
    }
    browser.close_without_complaints().await;
}
