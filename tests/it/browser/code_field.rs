//! The field for a code: what it recognizes, what it says while somebody types, and how a code in it is sent.

use fantoccini::key::Key;

use super::{joins, link_to, opened};
use crate::world::{CODE, Db, World};

/// What stands under the field: how it looks, and what it says.
const STATE: &str = "(({ hidden, dataset, textContent }) => hidden ? '' : `${dataset.state}: ${textContent.trim()}`)\
                     (document.getElementById('code-state'))";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_pasted_link_becomes_its_code_and_enter_connects_it() {
    let world = World::new(Db::Sqlite).await;
    let browser = opened(&world).await;
    browser.listen().await;
    browser.click("#code").await;
    let message = format!(
        "Here it is:\n{}&amp;x=1 – best regards",
        link_to(&CODE.to_uppercase())
    );
    browser.paste(&message).await;
    browser
        .becomes(&format!("document.getElementById('code').value === '{CODE}'"))
        .await;
    assert_eq!(
        browser.tells(STATE).await,
        format!("ok: Channel code recognized: {CODE}")
    );
    browser.becomes("window.heard.length > 0").await;
    assert_eq!(
        browser.heard().await,
        [format!("Channel code recognized: {CODE}")],
        "said once"
    );
    browser.fits_its_frame().await;
    assert_eq!(joins(&world).await, 0, "recognizing is not connecting");

    browser.run("window.same = true;").await;
    browser.press_key(Key::Enter).await;
    browser.outcome("connected").await;
    assert_eq!(browser.focused().await, "outcome");
    let said = browser.heard().await;
    let last = said.last().unwrap();
    assert!(
        last.starts_with("The channel is connected") && last.contains("your whole Bitrix24"),
        "{said:?}"
    );
    assert_eq!(browser.typed().await, "", "the next one can be pasted at once");
    assert_eq!(
        browser.tells("window.same").await,
        "true",
        "the page was never left"
    );
    assert!(
        browser.text("#list .channels").await.contains("You"),
        "and the list has it"
    );
    assert_eq!(joins(&world).await, 1);
    browser.close_without_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn the_field_says_what_is_wrong_while_somebody_types() {
    let world = World::new(Db::Sqlite).await;
    let browser = opened(&world).await;
    browser.listen().await;
    assert_eq!(browser.tells(STATE).await, "");
    for (text, state) in [
        ("0f1e2d", "wait: Characters so far: 6 of 32"),
        ("networkLines0f1e", "wait: Characters so far: 4 of 32"),
        ("0f1e2d3g", "wrong: This does not look like a channel code"),
        (&format!("{CODE}0"), "wrong: This code is too short or too long"),
        (
            &format!("{CODE} {}", CODE.replace('0', "1")),
            "wrong: There is more than one channel code",
        ),
        (CODE, &format!("ok: Channel code recognized: {CODE}")),
        ("   ", ""),
    ] {
        browser.type_code(text).await;
        let said = browser.tells(STATE).await;
        assert!(
            said.starts_with(state) && said.is_empty() == state.is_empty(),
            "{text}: {said}"
        );
        assert_eq!(browser.typed().await, text, "what is typed stays as it is typed");
    }
    // Whoever stops typing is told once how it is, not at every key.
    browser.type_code("0f1e2d3c4b5a").await;
    browser
        .becomes("window.heard.at(-1) === 'Characters so far: 12 of 32'")
        .await;
    assert!(browser.heard().await.len() < 12, "{:?}", browser.heard().await);
    assert_eq!(joins(&world).await, 0);

    // Pasting what has no code changes nothing of it; and what has one can be had back.
    browser.type_code("").await;
    browser.paste("call me").await;
    browser
        .becomes("document.getElementById('code').value === 'call me'")
        .await;
    browser.paste(&link_to(CODE)).await;
    browser
        .becomes(&format!("document.getElementById('code').value === '{CODE}'"))
        .await;
    let undo = format!("{}z{}", char::from(Key::Control), char::from(Key::Null));
    browser.press(&undo).await;
    browser
        .becomes("document.getElementById('code').value === 'call me'")
        .await;
    browser.close_without_complaints().await;
}
