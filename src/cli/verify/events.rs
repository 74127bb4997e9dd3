//! Events that somebody else has sent: an uninstall would erase a portal.

use crate::bitrix24::Unseen;

use super::launches::nobodys_id;
use super::outcome::{Attempt, Found, Tally};
use super::probe::{Probe, Question};
use super::{Database, shrugged};

/// Before any installation: even who believed the forgery would have nothing to erase.
const LONG_AGO: &str = "1000000000";

pub(super) const UNKNOWN: Attempt = Attempt {
    name: "forged uninstall, unknown portal",
    must: "an uninstall of a portal that is not known is answered with 403",
};

pub(super) const UNPROVEN: Attempt = Attempt {
    name: "forged uninstall, known portal",
    must: "without its application_token, or with an empty or a wrong one, an uninstall is answered with 403",
};

/// The form of an uninstall that asks for nothing to be erased beyond the tokens.
pub(super) fn uninstall<'a>(
    member_id: &'a str,
    application_token: Option<&'a str>,
    ts: &'a str,
) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("event", "ONAPPUNINSTALL"),
        ("data[CLEAN]", "0"),
        ("data[LANGUAGE_ID]", "en"),
        ("ts", ts),
        ("auth[domain]", "verify-nobody.invalid"),
        ("auth[member_id]", member_id),
    ];
    form.extend(application_token.map(|token| ("auth[application_token]", token)));
    form
}

/// Of a portal that nobody has.
pub(super) async fn unknown(probe: &Probe) -> Result<Found, Unseen> {
    let member_id = nobodys_id();
    let mut tally = Tally::default();
    for token in [Some(probe.made_up()), None] {
        let form = uninstall(&member_id, token, LONG_AGO);
        let answer = probe.ask(Question::post("/events", &form)).await?;
        tally.expect("an uninstall of an unknown portal", &answer, &[403]);
    }
    Ok(tally.found())
}

/// Of a portal that is known, with anything but its proof.
pub(super) async fn unproven(probe: &Probe, database: &Database) -> Result<Found, Unseen> {
    let kept = match database {
        Ok(kept) => kept,
        Err(why) => return Ok(Found::Skipped(why.clone())),
    };
    let portal = match kept.provable_portal().await {
        Ok(Some(portal)) => portal,
        Ok(None) => {
            let why =
                "no portal with a known application_token has the app: an administrator must open it once";
            return Ok(Found::Skipped(why.into()));
        }
        Err(error) => return Ok(shrugged(&error)),
    };
    let mut tally = Tally::default();
    for (what, token) in [
        ("an uninstall without a token", None),
        ("an uninstall with an empty token", Some("")),
        ("an uninstall with a wrong token", Some(probe.made_up())),
    ] {
        let form = uninstall(portal.member_id.as_str(), token, LONG_AGO);
        let answer = probe.ask(Question::post("/events", &form)).await?;
        tally.expect(what, &answer, &[403]);
    }
    match kept.portal(&portal.member_id).await {
        Ok(left) => tally.require(left.is_some_and(|left| left.gone_at.is_none()), || {
            format!("the portal {} is gone", portal.member_id)
        }),
        Err(error) => tally.fell(format!("there is no telling what was erased: {error}")),
    }
    Ok(tally.found())
}
