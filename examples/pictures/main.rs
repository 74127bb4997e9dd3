//! Pictures and figures of the pages, taken in the browser that the stories use: run by `scripts/pictures` and
//! `scripts/page-figures`.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "what is printed is what was asked for, a failed unwrap is a failed picture, and modules are shared with the stories"
)]

#[expect(dead_code, reason = "stories do more in it")]
#[path = "../../tests/it/browser/chromium.rs"]
mod chromium;
mod deeds;
#[expect(dead_code, reason = "stories do more with them")]
#[path = "../../tests/it/browser/devtools.rs"]
mod devtools;
#[path = "../../tests/it/browser/driver.rs"]
mod driver;
mod figures;
#[path = "../gallery/mod.rs"]
mod gallery;
mod market;
#[expect(dead_code, reason = "the demonstration does more on it")]
#[path = "../demo/stage.rs"]
mod stage;
mod states;
#[expect(dead_code, reason = "stories look at more of it")]
#[path = "../../tests/it/browser/weighing.rs"]
mod weighing;

/// What the browser asks of the world that stories are told in.
mod world {
    /// A port that was free a moment ago.
    pub fn free_port() -> u16 {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    }
}

use std::path::{Path, PathBuf};

use base64::Engine as _;
use clap::{Parser, Subcommand};
use serde_json::json;

use chromium::Browser;
use gallery::Gallery;

/// Takes pictures and figures of the pages.
#[derive(Parser)]
struct Asked {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Every state of every page, into target/pictures
    States {
        /// Bitrix24's codes of the languages, or `all`
        #[arg(long, value_delimiter = ',', default_value = "en,de,ru,ar,sc")]
        lang: Vec<String>,
        /// Only states whose names begin so
        #[arg(long, default_value = "")]
        only: String,
    },
    /// What the Market shows, into docs/market
    Market,
    /// How heavy the pages are, and how soon they are ready
    Figures,
    /// Serves all states in all languages, to be looked at
    Gallery,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Asked::parse().what {
        What::States { lang, only } => states::take(&lang, &only).await,
        What::Market => market::take().await,
        What::Figures => figures::print().await?,
        What::Gallery => {
            let gallery = Gallery::open().await;
            println!("{}\nCtrl-C ends it.", gallery.url());
            tokio::signal::ctrl_c().await?;
        }
    }
    Ok(())
}

/// A folder of the repository, made if it is not there.
fn folder(path: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// What is on the screen right now.
async fn photograph(browser: &Browser, file: &Path) {
    let shot = browser
        .devtools("Page.captureScreenshot", json!({"format": "png"}))
        .await;
    let bytes = base64::engine::general_purpose::STANDARD.decode(shot["data"].as_str().unwrap());
    std::fs::write(file, bytes.unwrap()).unwrap();
}
