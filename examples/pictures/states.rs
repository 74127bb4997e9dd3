//! Every state of every page, and sheets that show many of them at once.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::chromium::Browser;
use crate::gallery::{Gallery, State};
use crate::{folder, photograph};

/// A wide screen, the frame of a portal beside its menu, a phone.
const WIDTHS: [u32; 3] = [1280, 900, 390];

/// States on one sheet: what can still be looked at.
const ON_A_SHEET: usize = 12;

/// How high the page is; a frame is made as high as what is in it, as a portal does.
const HEIGHT: &str = "
    const frame = document.querySelector('body > iframe');
    const page = frame ? frame.contentDocument : document;
    if (frame) { frame.style.height = '100px'; }
    const height = Math.ceil(page.documentElement.scrollHeight);
    if (frame) { frame.style.height = `${height}px`; }
    return height;";

/// Takes all pictures, and the sheets.
pub(crate) async fn take(languages: &[String], only: &str) {
    let gallery = Gallery::open().await;
    let browser = Browser::still().await;
    let all = languages.iter().any(|code| code == "all");
    let wanted = gallery
        .codes()
        .filter(|code| all || languages.iter().any(|wanted| wanted == code));
    for code in wanted {
        let states: Vec<_> = gallery
            .states(code)
            .iter()
            .filter(|state| state.name.starts_with(only))
            .collect();
        let main: Vec<_> = states.iter().copied().filter(|state| state.main).collect();
        for width in WIDTHS {
            let set = format!("{code}-{width}");
            take_set(&browser, &gallery, (code, width, ""), (&set, &states)).await;
            let set = format!("{code}-{width}-dark");
            take_set(&browser, &gallery, (code, width, "?dark"), (&set, &main)).await;
        }
    }
    browser.close().await;
}

async fn take_set(
    browser: &Browser,
    gallery: &Gallery,
    (code, width, query): (&str, u32, &str),
    (set, states): (&str, &[&State]),
) {
    let place = folder(&format!("target/pictures/{set}"));
    for state in states {
        let address = if state.framed {
            gallery.framed(code, &state.name)
        } else {
            gallery.page(code, &state.name)
        };
        browser.resize(width, 100).await;
        browser.open(&format!("{address}{query}")).await;
        let height = browser.look(HEIGHT).await;
        browser.resize(width, number(&height)).await;
        photograph(browser, &place.join(format!("{}.png", state.name))).await;
    }
    println!("target/pictures/{set}: {} pictures", states.len());
    for (number, some) in states.chunks(ON_A_SHEET).enumerate() {
        sheet(browser, &place, some, &format!("{set}-{}", number + 1)).await;
    }
}

/// Photographs a page of pictures, which stays as a page, too.
async fn sheet(browser: &Browser, place: &Path, states: &[&State], name: &str) {
    let mut page = "<!DOCTYPE html><meta charset=utf-8><style>body { margin: 16px; background: #777; \
                    columns: 4; column-gap: 16px; font: 14px sans-serif; color: #fff } \
                    figure { margin: 0 0 16px; break-inside: avoid } img { width: 100% }</style>"
        .to_owned();
    for State { name, .. } in states {
        let _ = write!(
            page,
            "<figure><figcaption>{name}</figcaption><img src=\"{name}.png\"></figure>"
        );
    }
    let file = place.join(format!("sheet-{name}.html"));
    std::fs::write(&file, page).unwrap();
    browser.resize(1920, 100).await;
    browser.open(&format!("file://{}", file.display())).await;
    let height = browser.look("return document.documentElement.scrollHeight").await;
    browser.resize(1920, number(&height)).await;
    photograph(
        browser,
        &folder("target/pictures").join(format!("sheet-{name}.png")),
    )
    .await;
}

fn number(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}
