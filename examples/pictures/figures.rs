//! How heavy the pages are on an emulated Bitrix24, and how soon they are ready: a table for docs/performance.md.

use std::collections::BTreeMap;

use crate::chromium::Browser;
use crate::stage::Stage;
use crate::weighing::Weight;

/// Of so many visits the one in the middle counts.
const VISITS: usize = 5;

/// Weighs the installer and the page of the app, and prints both.
pub(crate) async fn print() -> anyhow::Result<()> {
    let installer = of_visits("true", false).await?;
    let app = of_visits("false", true).await?;
    println!("| | installer | app |");
    println!("|---|---:|---:|");
    for ((what, one), (_, other)) in rows(&installer).into_iter().zip(rows(&app)) {
        println!("| {what} | {one} | {other} |");
    }
    Ok(())
}

/// The visit in the middle, by when the page was ready; each in a browser and a portal that know nothing of the others.
async fn of_visits(install: &str, installed: bool) -> anyhow::Result<(Weight, String)> {
    let mut visits = Vec::new();
    for _ in 0..VISITS {
        let stage = Stage::set().await?;
        let browser = if installed {
            Browser::start().await
        } else {
            Browser::observing().await
        };
        browser.open(&stage.portal_url()).await;
        let browser = if installed {
            // The first visit installs, with nobody looking on.
            browser.enter_app().await;
            browser.close().await;
            let fresh = Browser::observing().await;
            fresh.open(&stage.portal_url()).await;
            fresh
        } else {
            browser
        };
        let frame = format!("iframe#app-frame[data-install=\"{install}\"]");
        visits.push((browser.weigh(&frame).await, stage.app_url().to_owned()));
        browser.close().await;
        stage.clear().await?;
    }
    visits.sort_by(|(one, _), (other, _)| one.frame.total_cmp(&other.frame));
    Ok(visits.swap_remove(VISITS / 2))
}

fn rows((weight, own): &(Weight, String)) -> Vec<(String, String)> {
    let mut kinds = BTreeMap::from([("page", (0, 0)), ("style", (0, 0)), ("script", (0, 0))]);
    for request in weight.requests.iter().filter(|request| request.origin() == *own) {
        let kind = match &request.name {
            _ if request.kind == "page" => "page",
            name if name.contains(".css") => "style",
            name if name.contains(".js") => "script",
            _ => "other",
        };
        let (requests, bytes) = kinds.entry(kind).or_insert((0, 0));
        *requests += 1;
        *bytes += request.bytes;
    }
    let told = |(requests, bytes): (u64, u64)| format!("{requests} · {bytes}");
    let sum = kinds
        .values()
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let platforms = weight.requests.len() as u64 - sum.0;
    let line = |what: &str, value| (what.to_owned(), value);
    let mut rows = vec![line("requests · bytes of ours", told(sum))];
    rows.extend(
        kinds
            .into_iter()
            .map(|(kind, one)| (format!("of which {kind}"), told(one))),
    );
    rows.extend([
        line("requests of the platform’s library", platforms.to_string()),
        line("layout shift", weight.shift.to_string()),
        line("first contentful paint, ms", format!("{:.0}", weight.paint)),
        line("the page’s script has run, ms", format!("{:.0}", weight.script)),
        line(
            "the portal has answered the library, ms",
            format!("{:.0}", weight.frame),
        ),
        line("elements", weight.elements.to_string()),
    ]);
    rows
}
