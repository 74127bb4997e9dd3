//! Every state of every page, also those that the script makes of them, and sheets that show many of them at once.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::chromium::Browser;
use crate::deeds::{DEEDS, Deed};
use crate::gallery::{CODE, Gallery, State};
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
        let shots = shots(gallery.states(code), only);
        let main: Vec<_> = shots.iter().copied().filter(|shot| shot.main).collect();
        for width in WIDTHS {
            let set = format!("{code}-{width}");
            take_set(&browser, &gallery, (code, width, ""), (&set, &shots)).await;
            let set = format!("{code}-{width}-dark");
            take_set(&browser, &gallery, (code, width, "?dark"), (&set, &main)).await;
        }
    }
    browser.close().await;
}

/// What becomes one picture: a state as it is, or after a deed.
#[derive(Clone, Copy)]
struct Shot<'a> {
    name: &'a str,
    state: &'a State,
    deed: Option<&'static Deed>,
    /// Whether it is taken in the dark, too.
    main: bool,
}

fn shots<'a>(states: &'a [State], only: &str) -> Vec<Shot<'a>> {
    let plain = states.iter().map(|state| Shot {
        name: &state.name,
        state,
        deed: None,
        main: state.main,
    });
    let done = DEEDS.iter().map(|deed| Shot {
        name: deed.name,
        state: states.iter().find(|state| state.name == deed.on).unwrap(),
        deed: Some(deed),
        main: true,
    });
    plain
        .chain(done)
        .filter(|shot| shot.name.starts_with(only))
        .collect()
}

async fn take_set(
    browser: &Browser,
    gallery: &Gallery,
    (code, width, query): (&str, u32, &str),
    (set, shots): (&str, &[Shot<'_>]),
) {
    let place = folder(&format!("target/pictures/{set}"));
    for shot in shots {
        let address = if shot.state.framed {
            gallery.framed(code, &shot.state.name)
        } else {
            gallery.page(code, &shot.state.name)
        };
        browser.resize(width, 100).await;
        browser.open(&format!("{address}{query}")).await;
        if let Some(deed) = shot.deed {
            browser.run(&done(deed)).await;
        }
        let height = browser.look(HEIGHT).await;
        browser.resize(width, number(&height)).await;
        photograph(browser, &place.join(format!("{}.png", shot.name))).await;
    }
    println!("target/pictures/{set}: {} pictures", shots.len());
    for (number, some) in shots.chunks(ON_A_SHEET).enumerate() {
        sheet(browser, &place, some, &format!("{set}-{}", number + 1)).await;
    }
}

/// The deed once the page's script runs, and the script's own timers after it.
fn done(deed: &Deed) -> String {
    format!(
        "const frame = document.querySelector('body > iframe'); \
         const view = frame ? frame.contentWindow : window; const page = view.document; const code = '{CODE}'; \
         {} await new Promise((done) => setTimeout(done, 60));",
        deed.script
    )
}

/// Photographs a page of pictures, which stays as a page, too.
async fn sheet(browser: &Browser, place: &Path, shots: &[Shot<'_>], name: &str) {
    let mut page = "<!DOCTYPE html><meta charset=utf-8><style>body { margin: 16px; background: #777; \
                    columns: 4; column-gap: 16px; font: 14px sans-serif; color: #fff } \
                    figure { margin: 0 0 16px; break-inside: avoid } img { width: 100% }</style>"
        .to_owned();
    for Shot { name, .. } in shots {
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
