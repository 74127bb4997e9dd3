//! The pictures of the Market's card, each 1280 by 720: the app's pages before a plain ground, and the icon.

use serde_json::json;

use crate::chromium::Browser;
use crate::gallery::{CODE, Gallery};
use crate::{folder, photograph};

/// Name, state, whether in the dark, and what is said above the page.
const PICTURES: [(&str, &str, bool, &str); 5] = [
    (
        "1-offered",
        "offered-at-home",
        false,
        "One press connects a channel",
    ),
    ("2-recognized", "connect", false, "Paste a code, or a whole link"),
    (
        "3-connected",
        "connected",
        false,
        "Connected for all of your Bitrix24",
    ),
    ("4-list", "list-full", false, "Who connected what, and when"),
    ("5-dark", "offered-at-home-connected", true, "In the dark, too"),
];

/// The one whose field has just been pasted into.
const PASTED: &str = "2-recognized";

/// The one that begins at the list.
const LIST: &str = "4-list";

/// The page is shown a little smaller than it is, so that more of it can be seen.
const GROUND: &str = "
    const [address, caption, from, done] = arguments;
    document.body.innerHTML = '<h1></h1><div><iframe></iframe></div>';
    document.querySelector('h1').textContent = caption;
    const style = document.createElement('style');
    style.textContent = `
      body { margin: 0; height: 720px; overflow: hidden; background: linear-gradient(150deg, #0b3c7d, #1469c7 55%, #35b7e8); }
      h1 { margin: 0; padding: 34px 64px 26px; color: #fff; font: 300 36px/1.2 system-ui, 'Noto Sans', sans-serif; }
      div { position: absolute; inset: 112px 64px 0; overflow: hidden; border-radius: 14px 14px 0 0; box-shadow: 0 12px 48px rgb(0 20 60 / 45%); }
      iframe { width: 1280px; height: 2400px; border: 0; transform: scale(.9); transform-origin: 0 0; }`;
    document.head.append(style);
    const frame = document.querySelector('iframe');
    frame.onload = () => {
      const top = frame.contentDocument.querySelector(from)?.getBoundingClientRect().top ?? 28;
      frame.style.marginTop = `${(28 - top) * .9}px`;
      setTimeout(done, 300);
    };
    frame.src = address;";

/// Takes the set, and draws the icon.
pub(crate) async fn take() {
    let gallery = Gallery::open().await;
    let browser = Browser::still().await;
    let market = folder("docs/market");
    for (name, state, dark, caption) in PICTURES {
        browser.resize(1280, 720).await;
        browser.open(&format!("{}/frame", gallery.url())).await;
        let query = if dark { "?dark" } else { "" };
        let address = format!("/page/en/{state}{query}");
        let from = if name == LIST { "#list" } else { ".top" };
        let wishes = vec![json!(address), json!(caption), json!(from)];
        browser.ask(GROUND, wishes).await;
        if name == PASTED {
            paste(&browser, &link()).await;
        }
        photograph(&browser, &market.join(format!("{name}.png"))).await;
    }
    icon(&browser).await;
    browser.close().await;
    println!("docs/market: {} pictures and the icon", PICTURES.len());
}

/// Puts a text into the field at once, as pasting does.
async fn paste(browser: &Browser, text: &str) {
    browser.enter_only_frame().await;
    browser.look("document.getElementById('code').focus()").await;
    browser.leave_frame().await;
    browser.devtools("Input.insertText", json!({"text": text})).await;
}

/// A link as people are sent it.
fn link() -> String {
    format!("https://www.bitrix24.net/oauth/select/?preset=im&IM_DIALOG=networkLines{CODE}")
}

/// The icon as the Market wants it, of the drawing beside it.
async fn icon(browser: &Browser) {
    let market = folder("docs/market");
    browser.resize(512, 512).await;
    let drawing = market.join("icon.svg");
    browser.open(&format!("file://{}", drawing.display())).await;
    photograph(browser, &market.join("icon.png")).await;
}
