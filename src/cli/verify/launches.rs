//! Launches that somebody has made up.

use uuid::Uuid;

use crate::bitrix24::{MemberId, Unseen};

use super::kept::Kept;
use super::outcome::{Attempt, Found, Tally};
use super::probe::{Answer, Probe, Question};
use super::{Database, shrugged};

/// The address of a portal's page that shows the app.
pub(super) const PAGE: &str = "?DOMAIN=verify-nobody.invalid&PROTOCOL=1&LANG=en&APP_SID=verify";

/// Longer than any token.
const TOO_LONG: usize = 5000;

pub(super) const MADE_UP: Attempt = Attempt {
    name: "forged launch",
    must: "a made-up token opens nothing at /app and /install: 403 forged, framed by nobody, nothing stored",
};

pub(super) const NO_TOKEN: Attempt = Attempt {
    name: "launch without a token",
    must: "a launch with none, an empty, an unreadable or an endless token is answered with 403 forged",
};

pub(super) const SWAPPED: Attempt = Attempt {
    name: "swapped member_id",
    must: "a true token of one portal opens nothing in another one's name, and nothing is stored",
};

/// A portal that is nobody's.
pub(super) fn nobodys_id() -> String {
    Uuid::new_v4().simple().to_string()
}

/// The form of a launch.
pub(super) fn form<'a>(access: &'a str, refresh: &'a str, member_id: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("AUTH_ID", access),
        ("AUTH_EXPIRES", "3600"),
        ("REFRESH_ID", refresh),
        ("member_id", member_id),
        ("status", "F"),
        ("PLACEMENT", "DEFAULT"),
    ]
}

/// A forged launch must be answered with `forged`, and its page framed by nobody. What the authorization server calls
/// expired is no less refused; such a page holds nothing, and may be read in a frame.
pub(super) fn expect_refused(tally: &mut Tally, what: &str, answer: &Answer) {
    if !tally.expect(what, answer, &[401, 403]) {
        return;
    }
    let slug = answer.slug();
    let (meant, framed) = match answer.status {
        403 => ("forged", answer.frame_ancestors() != "'none'"),
        _ => ("reopen_app", false),
    };
    tally.require(slug == meant, || {
        format!("{what} is refused as {slug:?}, not as {meant}")
    });
    tally.require(!framed, || format!("the page that refuses {what} may be framed"));
    tally.require(!answer.body.contains("name=\"session\""), || {
        format!("{what} is answered with a session")
    });
}

/// Tokens that nobody has issued.
pub(super) async fn made_up(probe: &Probe, database: &Database) -> Result<Found, Unseen> {
    let (token, member_id) = (probe.made_up(), nobodys_id());
    let mut tally = Tally::default();
    for door in ["/app", "/install"] {
        let mut form = form(token, token, &member_id);
        form.push(("APPLICATION_TOKEN", token));
        let page = probe.ask(Question::post(format!("{door}{PAGE}"), &form)).await?;
        expect_refused(&mut tally, &format!("a made-up token at {door}"), &page);
    }
    if let Ok(kept) = database {
        stored(&mut tally, kept, &member_id).await;
    }
    Ok(tally.found())
}

/// No token, or nothing that could be one.
pub(super) async fn no_token(probe: &Probe) -> Result<Found, Unseen> {
    let (refresh, member_id) = (probe.made_up(), nobodys_id());
    let endless = "a".repeat(TOO_LONG);
    let mut tally = Tally::default();
    for (what, access) in [
        ("a launch without a token", None),
        ("an empty token", Some("")),
        ("an unreadable token", Some("gar bage\0")),
        ("an endless token", Some(endless.as_str())),
    ] {
        let mut form = form(access.unwrap_or_default(), refresh, &member_id);
        if access.is_none() {
            form.retain(|(name, _)| *name != "AUTH_ID");
        }
        let page = probe.ask(Question::post(format!("/app{PAGE}"), &form)).await?;
        expect_refused(&mut tally, what, &page);
        tally.require(page.status != 401, || format!("{what} is answered with 401"));
    }
    Ok(tally.found())
}

/// A token that is kept here, for a portal that is not its own. Its refresh token is not sent.
pub(super) async fn swapped(probe: &Probe, database: &Database) -> Result<Found, Unseen> {
    let kept = match database {
        Ok(kept) => kept,
        Err(why) => return Ok(Found::Skipped(why.clone())),
    };
    let access = match kept.live_user().await {
        Ok(Some((_, access))) => access,
        Ok(None) => {
            return Ok(Found::Skipped(
                "no tokens in force are kept: open the app once".into(),
            ));
        }
        Err(error) => return Ok(shrugged(&error)),
    };
    probe.watch(access.expose());
    let member_id = nobodys_id();
    let (mut tally, mut expired) = (Tally::default(), false);
    for door in ["/app", "/install"] {
        let form = form(access.expose(), probe.made_up(), &member_id);
        let page = probe.ask(Question::post(format!("{door}{PAGE}"), &form)).await?;
        expect_refused(&mut tally, &format!("a swapped member_id at {door}"), &page);
        expired |= page.status == 401;
    }
    stored(&mut tally, kept, &member_id).await;
    Ok(match tally.found() {
        Found::Held if expired => Found::Skipped(
            "the kept token has expired, and was refused as such: open the app, and try again within the hour".into(),
        ),
        found => found,
    })
}

/// Nothing may be kept of a portal that nobody has vouched for.
async fn stored(tally: &mut Tally, kept: &Kept, member_id: &str) {
    let Ok(member_id) = MemberId::parse(member_id) else {
        return;
    };
    match kept.knows(&member_id).await {
        Ok(known) => tally.require(!known, || format!("{member_id}, which is made up, is stored")),
        Err(error) => tally.fell(format!("there is no telling what was stored: {error}")),
    }
}
