//! Requests that are none of ours.

use crate::bitrix24::Unseen;

use super::outcome::{Attempt, Found, Tally};
use super::probe::{Probe, Question};

/// Past what a body may have, below what a proxy in between would cut.
const TOO_LARGE: usize = 70_000;

/// A launch has about fifteen.
const TOO_MANY: usize = 300;

/// Past what any browser or portal sends in all headers together, and past what a server reads at once before it counts.
const TOO_LONG: usize = 100 * 1024;

pub(super) const BODY: Attempt = Attempt {
    name: "oversize body",
    must: "a body of more than 64 KB is refused at every door that takes one: 413",
};

pub(super) const FORMS: Attempt = Attempt {
    name: "malformed forms",
    must: "too many parameters, a parameter twice, and any other content type are answered with 400",
};

pub(super) const HEADER: Attempt = Attempt {
    name: "oversize header",
    must: "a header of 100 KB is refused",
};

const DOORS: [&str; 4] = ["/app", "/install", "/connect", "/events"];

/// A long body.
pub(super) async fn body(probe: &Probe) -> Result<Found, Unseen> {
    let long = "a".repeat(TOO_LARGE);
    let mut tally = Tally::default();
    for door in DOORS {
        match probe.ask(Question::post(door, &[("AUTH_ID", &long)])).await {
            // Cut off while it was still being sent.
            Err(Unseen::Broken) => {}
            answer => {
                tally.expect(&format!("a body of 70 KB at {door}"), &answer?, &[413]);
            }
        }
    }
    Ok(tally.found())
}

/// Forms that nobody honest sends.
pub(super) async fn forms(probe: &Probe) -> Result<Found, Unseen> {
    let names: Vec<String> = (0..TOO_MANY).map(|number| format!("p{number}")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "1")).collect();
    let mut tally = Tally::default();
    for door in DOORS {
        for (what, question) in [
            ("300 parameters", Question::post(door, &many)),
            (
                "a parameter twice",
                Question::post(door, &[("event", "x"), ("event", "y")]),
            ),
            (
                "JSON",
                Question::post_raw(door, "application/json", r#"{"session":"x","code":"x"}"#.into()),
            ),
        ] {
            let answer = probe.ask(question).await?;
            tally.expect(&format!("{what} at {door}"), &answer, &[400]);
        }
    }
    Ok(tally.found())
}

/// A header that fills memory. Whoever stands before the app may refuse it in other words.
pub(super) async fn header(probe: &Probe) -> Result<Found, Unseen> {
    let mut tally = Tally::default();
    match probe
        .ask(Question::get("/app").with("x-verify", "a".repeat(TOO_LONG)))
        .await
    {
        Err(Unseen::Broken) => {}
        answer => {
            tally.expect("a header of 100 KB", &answer?, &[400, 413, 414, 431, 494]);
        }
    }
    Ok(tally.found())
}
