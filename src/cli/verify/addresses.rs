//! Addresses in a request that lead elsewhere: nobody may believe them.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::time::Duration;

use crate::bitrix24::Unseen;

use super::launches::{form, nobodys_id};
use super::outcome::{Attempt, Found, Tally};
use super::probe::{Probe, Question};

/// Time for whoever is in the background.
const LONGEST_WAY: Duration = Duration::from_secs(1);

/// A name that nobody can own.
const ELSEWHERE: &str = "verify-elsewhere.invalid";

pub(super) const CONTACT: Attempt = Attempt {
    name: "hostile SERVER_ENDPOINT",
    must: "nobody comes to the address that a launch or a sign-in names as DOMAIN or SERVER_ENDPOINT",
};

pub(super) const FRAME: Attempt = Attempt {
    name: "hostile DOMAIN",
    must: "the DOMAIN of a forged launch may not frame the answer",
};

pub(super) const HOST: Attempt = Attempt {
    name: "hostile Host",
    must: "a foreign Host, X-Forwarded-Host or Forwarded stands in no page, header or redirect",
};

/// Names a listener of our own, and sees whether anybody comes.
pub(super) async fn contact(probe: &Probe) -> Result<Found, Unseen> {
    if !probe.target.is_here() {
        let why = "only a deployment on this machine could come here: try it with a loopback --target, too";
        return Ok(Found::Skipped(why.into()));
    }
    let trap = TcpListener::bind("127.0.0.1:0").and_then(|trap| trap.set_nonblocking(true).map(|()| trap));
    let Some((trap, address)) = trap
        .ok()
        .and_then(|trap| trap.local_addr().ok().map(|at| (trap, at)))
    else {
        return Ok(Found::Skipped("no port on loopback can be listened on".into()));
    };
    let endpoint = format!("http://{address}/rest/");
    let (token, member_id, authority) = (probe.made_up(), nobodys_id(), address.to_string());
    for door in ["/app", "/install"] {
        let mut form = form(token, token, &member_id);
        form.extend([("SERVER_ENDPOINT", &*endpoint), ("client_endpoint", &*endpoint)]);
        let query = format!("{door}?DOMAIN={authority}&PROTOCOL=0&LANG=en&APP_SID=verify");
        probe.ask(Question::post(query, &form)).await?;
    }
    let back = [
        ("code", token),
        ("state", token),
        ("member_id", &*member_id),
        ("domain", &*authority),
        ("server_domain", &*authority),
    ];
    probe.ask(Question::get_with("/oauth/callback", &back)).await?;
    tokio::time::sleep(LONGEST_WAY).await;
    Ok(match trap.accept() {
        Err(error) if error.kind() == ErrorKind::WouldBlock => Found::Held,
        _ => Found::Fell("somebody came to the address that a forged request had named".into()),
    })
}

/// Looks at who may frame the answer to a forged launch.
pub(super) async fn frame(probe: &Probe) -> Result<Found, Unseen> {
    let (token, member_id) = (probe.made_up(), nobodys_id());
    let mut tally = Tally::default();
    for door in ["/app", "/install"] {
        let query = format!("{door}?DOMAIN={ELSEWHERE}&PROTOCOL=1&LANG=en&APP_SID=verify");
        let page = probe
            .ask(Question::post(query, &form(token, token, &member_id)))
            .await?;
        // What the authorization server calls expired is refused by a page that may be read where it is.
        if tally.expect(&format!("a forged launch at {door}"), &page, &[401, 403]) && page.status == 403 {
            tally.require(
                !page.shows(ELSEWHERE) && page.frame_ancestors() == "'none'",
                || format!("the DOMAIN of a forged launch at {door} may frame the answer"),
            );
        }
    }
    Ok(tally.found())
}

/// Says to be called by another name. Whoever stands before the app may refuse that.
pub(super) async fn host(probe: &Probe) -> Result<Found, Unseen> {
    let mut tally = Tally::default();
    let pages = [
        Question::get("/"),
        Question::get("/app"),
        Question::get("/oauth/start?portal=nobody.example.com"),
        Question::get("/verify-nothing-here"),
        Question::post("/app", &[("AUTH_ID", "")]),
    ];
    for page in pages {
        let forwarded = page
            .clone()
            .with("x-forwarded-host", ELSEWHERE)
            .with("x-forwarded-server", ELSEWHERE)
            .with("x-original-host", ELSEWHERE)
            .with("forwarded", format!("host={ELSEWHERE}"));
        for (named, question) in [
            ("a foreign Host", page.with("host", ELSEWHERE)),
            ("a forwarded host", forwarded),
        ] {
            let answer = match probe.ask(question).await {
                Err(Unseen::Broken) => continue,
                answer => answer?,
            };
            tally.require(!answer.shows(ELSEWHERE), || {
                format!("{named} comes back from {}", answer.asked)
            });
        }
    }
    Ok(tally.found())
}
