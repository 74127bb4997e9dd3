//! Pages for everybody: rules of accessibility, contrast, the way by keyboard, and what a screen reader says.

use serde_json::{Value, json};

use super::chromium::Browser;
use crate::gallery::{Gallery, State};

/// Where the rules are: a development dependency of `frontend/`.
const AXE: &str = "frontend/node_modules/axe-core/axe.min.js";

/// WCAG up to 2.2 AA, and what else is known to help. Contrast is among it.
const RULES: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];

/// Checks the page as it is; in the dark, where nothing but colours is another, what is about colours. Gives what breaks
/// a rule, and where.
const CHECK: &str = "
    const [rules, done] = arguments;
    const { dataset } = document.documentElement;
    const look = async (theme, runOnly) => {
      const options = { runOnly, resultTypes: ['violations', 'incomplete'] };
      const { violations, incomplete } = await axe.run(document, options);
      const unsure = incomplete.filter(({ id }) => id === 'color-contrast');
      const tell = ({ target, any, all }) => [target, ...[...any, ...all].map(({ message }) => message)].join(' ');
      return [...violations, ...unsure].map(({ id, nodes }) => `${theme} ${id}: ${nodes.map(tell).join('; ')}`);
    };
    (async () => {
      const light = await look('light', rules);
      dataset.theme = 'dark';
      const dark = await look('dark', { type: 'rule', values: ['color-contrast', 'link-in-text-block'] });
      delete dataset.theme;
      return [...light, ...dark];
    })().then(done, (error) => done([String(error)]));";

async fn browser_with_rules() -> Browser {
    let axe = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(AXE));
    let browser = Browser::still().await;
    browser
        .bring_along(&axe.expect("axe-core: npm ci in frontend (scripts/test does it)"))
        .await;
    browser
}

/// Opens a state where a portal would show it, else alone.
async fn open(browser: &Browser, gallery: &Gallery, code: &str, state: &State) {
    if state.framed {
        browser.open(&gallery.framed(code, &state.name)).await;
        browser.enter_only_frame().await;
    } else {
        browser.open(&gallery.page(code, &state.name)).await;
    }
}

/// Looks at all states in a language, in both colours, wide and narrow.
async fn nothing_breaks_a_rule(code: &str) {
    let gallery = Gallery::open().await;
    let browser = browser_with_rules().await;
    let mut broken = Vec::new();
    for state in gallery.states(code) {
        open(&browser, &gallery, code, state).await;
        for width in [1280, 390] {
            browser.resize(width, 900).await;
            let found = browser.ask(CHECK, vec![json!(RULES)]).await;
            let found = found.as_array().unwrap().iter();
            broken.extend(found.map(|what| format!("{} at {width}: {what}", state.name)));
        }
    }
    assert!(broken.is_empty(), "{code}: {broken:#?}");
    browser.close_without_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn no_state_of_any_page_breaks_a_rule_of_accessibility() {
    nothing_breaks_a_rule("en").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn nor_does_it_from_right_to_left() {
    nothing_breaks_a_rule("ar").await;
}

/// Whoever checks finds what is there to be found: a page with faults made on purpose.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_page_that_breaks_a_rule_is_found_out() {
    let gallery = Gallery::open().await;
    let browser = browser_with_rules().await;
    browser.open(&gallery.page("en", "connect")).await;
    browser
        .look(
            "document.querySelector('label').remove(); \
             document.querySelector('.lead').style.color = '#ccc'; \
             document.querySelector('.hint').style.color = '#333';",
        )
        .await;
    let found = browser.ask(CHECK, vec![json!(RULES)]).await.to_string();
    for rule in ["light label", "light color-contrast", "dark color-contrast"] {
        assert!(found.contains(rule), "{rule}: {found}");
    }
    browser.close().await;
}

/// What has the focus: its name, and whether it can be seen that it has.
const FOCUSED: &str = "
    const here = document.activeElement;
    if (here === document.body) { return null; }
    const style = getComputedStyle(here);
    const { top, bottom } = here.getBoundingClientRect();
    const labels = (here.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent.trim());
    return {
      name: here.ariaLabel ?? (labels.join(' ').trim() || here.labels?.[0]?.textContent.trim() || here.textContent.trim()),
      ringed: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && style.outlineColor !== 'rgba(0, 0, 0, 0)',
      shown: bottom > 0 && top < innerHeight,
      order: [...document.querySelectorAll('*')].indexOf(here),
    };";

/// Walks by Tab from the top to the foot; gives the names of what was walked through.
async fn walk(browser: &Browser) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut before = -1;
    loop {
        browser.tap("Tab").await;
        let focused = browser.look(FOCUSED).await;
        if focused.is_null() || focused["order"].as_i64().unwrap() <= before {
            return names;
        }
        let name = focused["name"].as_str().unwrap().to_owned();
        assert_eq!(
            focused["ringed"],
            json!(true),
            "nobody sees that {name} has the focus"
        );
        assert_eq!(focused["shown"], json!(true), "{name} is out of sight");
        before = focused["order"].as_i64().unwrap();
        names.push(name);
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn everything_is_reached_by_keyboard_in_the_order_of_reading() {
    let gallery = Gallery::open().await;
    let browser = Browser::start().await;
    browser.resize(1280, 900).await;
    browser.open(&gallery.page("en", "offered")).await;
    assert_eq!(
        walk(&browser).await,
        [
            "Connect channel Northwind Support",
            "Open chat with channel مكتب مساعدة كونتوسو",
            "Connect again مكتب مساعدة كونتوسو",
            "Connect channel Rechtsschutzversicherungsgesellschaftskundendienst und Donaudampfschifffahrtsberatung",
            "Connect channel Contoso Helpdesk",
            "Channel code or link",
            "Connect channel",
            "Open chat with channel 5f2c8a1e90b74d36a1e80c5742d9f6b3",
            "User 12",
            "Open chat with channel Northwind Support",
            "How do I disconnect a channel?",
            "Privacy policy",
            "License agreement",
            "Support",
            "Dark mode",
        ]
    );
    browser.open(&gallery.page("en", "list-middle")).await;
    let names = walk(&browser).await;
    let end = &names[names.len() - 7..];
    assert_eq!(&end[..3], ["Newer", "Older", "How do I disconnect a channel?"]);
    for code in ["en", "ar"] {
        for state in gallery.states(code).iter().filter(|state| state.main) {
            browser.open(&gallery.page(code, &state.name)).await;
            assert!(!walk(&browser).await.is_empty(), "{}", state.name);
        }
    }
    browser.close_without_complaints().await;
}

/// Tabs on until something has the focus.
async fn tab_to(browser: &Browser, name: &str) {
    for _ in 0..60 {
        browser.tap("Tab").await;
        if browser.look(FOCUSED).await["name"] == name {
            return;
        }
    }
    panic!("{name} is not reached");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn what_is_reached_by_keyboard_is_used_by_keyboard() {
    let gallery = Gallery::open().await;
    let browser = Browser::start().await;
    browser.open(&gallery.page("en", "connect")).await;
    tab_to(&browser, "How do I disconnect a channel?").await;
    browser.tap("Enter").await;
    assert_eq!(
        browser
            .look("return document.querySelector('details').open")
            .await,
        true
    );
    tab_to(&browser, "Dark mode").await;
    let dark =
        "return [document.documentElement.dataset.theme ?? '', document.getElementById('theme').ariaChecked]";
    assert_eq!(browser.look(dark).await, json!(["", "false"]));
    browser.tap(" ").await;
    assert_eq!(browser.look(dark).await, json!(["dark", "true"]));
    browser.tap(" ").await;
    assert_eq!(browser.look(dark).await, json!(["", "false"]));
    browser.open(&gallery.page("en", "connect")).await;
    browser.type_code("5f2c8a1e90b74d36a1e80c5742d9f6b3").await;
    browser.tap("Enter").await;
    browser.outcome("connected").await;
    let focused = browser.look("return document.activeElement.id").await;
    assert_eq!(focused, "outcome", "the news have the focus");
    browser.tap("Tab").await;
    let next = browser.look(FOCUSED).await;
    assert_eq!(
        next["name"], "Open chat with channel 5f2c8a1e90b74d36a1e80c5742d9f6b3",
        "and what to do with them comes next"
    );
    browser.close_without_complaints().await;
}

/// What a screen reader is told of a page: role, name and description of each thing that has any.
async fn told(browser: &Browser, address: &str) -> Vec<(String, String, Value)> {
    browser.open(address).await;
    let tree = browser.devtools("Accessibility.getFullAXTree", json!({})).await;
    let nodes = tree["nodes"].as_array().unwrap().iter();
    let text = |node: &Value, field: &str| {
        node[field]["value"]
            .as_str()
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    nodes
        .filter(|node| node["ignored"] == false)
        .map(|node| (text(node, "role"), text(node, "name"), node.clone()))
        .collect()
}

/// Whether there is such a thing, by role and name.
#[track_caller]
fn tells<'a>(told: &'a [(String, String, Value)], role: &str, name: &str) -> &'a Value {
    let found = told.iter().find(|(of, called, _)| of == role && called == name);
    let same: Vec<_> = told
        .iter()
        .filter(|(of, ..)| of == role)
        .map(|(_, name, _)| name)
        .collect();
    &found
        .unwrap_or_else(|| panic!("no {role} “{name}”, but {same:?}"))
        .2
}

fn property<'a>(node: &'a Value, name: &str) -> &'a Value {
    let properties = node["properties"].as_array().unwrap();
    let found = properties.iter().find(|property| property["name"] == name);
    found.map_or(&Value::Null, |property| &property["value"]["value"])
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: scripts/test"]
async fn a_screen_reader_is_told_what_everything_is_and_does() {
    let gallery = Gallery::open().await;
    let browser = Browser::start().await;
    let page = told(&browser, &gallery.page("en", "offered")).await;
    tells(&page, "heading", "Connect an open channel");
    tells(&page, "button", "Connect channel Northwind Support");
    tells(
        &page,
        "link",
        "Open chat with channel 5f2c8a1e90b74d36a1e80c5742d9f6b3",
    );
    let field = tells(&page, "textbox", "Channel code or link");
    let description = field["description"]["value"].as_str().unwrap();
    assert!(description.contains("A code has 32 characters"), "{description}");
    assert_eq!(property(field, "required"), true);
    tells(
        &page,
        "image",
        "Drawing: the Bitrix24.Network channel in the Contact Center, with the code and the link of the channel marked.",
    );
    assert_eq!(
        tells(&page, "switch", "Dark mode")["properties"]
            .as_array()
            .map(Vec::is_empty),
        Some(false)
    );
    tells(&page, "navigation", "About this app");
    tells(&page, "region", "Connected channels 2");
    assert!(page.iter().any(|(role, ..)| role == "main") && page.iter().any(|(role, ..)| role == "list"));
    assert!(page.iter().filter(|(role, ..)| role == "listitem").count() > 6);
    let status = page.iter().find(|(role, ..)| role == "status");
    assert_eq!(property(&status.unwrap().2, "live"), "polite");

    let page = told(&browser, &gallery.page("en", "refused-not-found")).await;
    let field = tells(&page, "textbox", "Channel code or link");
    assert_eq!(property(field, "invalid"), "true");
    let description = field["description"]["value"].as_str().unwrap();
    assert!(
        description.contains("Bitrix24 knows no channel with this code."),
        "{description}"
    );
    tells(&page, "region", "The channel was not connected");

    let page = told(&browser, &gallery.page("en", "connected")).await;
    tells(&page, "region", "The channel is connected");
    let page = told(&browser, &gallery.page("en", "install-failed")).await;
    assert!(page.iter().any(|(role, ..)| role == "alert"));
    tells(&page, "button", "Try again");
    let page = told(&browser, &gallery.page("en", "list-middle")).await;
    tells(&page, "form", "Pages of the list");
    tells(&page, "button", "Older");
    browser.close_without_complaints().await;
}
