//! Bitrix24's side: whether the authorization server answers, knows this app, and has the same time.

use http::Method;
use jiff::{SignedDuration, Timestamp};

use crate::app::Clock;
use crate::bitrix24::{
    AccessToken, AuthorizationServer, CallError, Gate, RefreshToken, RefusalCode, Seen, Timeouts, Unseen,
    Visitor, Whose,
};
use crate::config::{self, ConfigFault, Environment};

use super::{ANSWER, Finding};

const SERVER: &str = "authorization server";
const CLIENT: &str = "client credentials";
const CLOCK: &str = "clock";

/// No token of anybody: long enough to be one, and plainly made up.
const MADE_UP: &str = "channel-connect-doctor-asks-with-a-made-up-token";

/// Clocks that differ by less do no harm.
const SMALL_DRIFT: SignedDuration = SignedDuration::from_secs(30);

/// From here on, which of two events came first is judged wrongly.
const LARGE_DRIFT: SignedDuration = SignedDuration::from_mins(5);

/// Who is asked, as whom.
struct Asked {
    server: AuthorizationServer,
    visitor: Visitor,
    witness: url::Url,
}

/// Looks at the authorization server from here.
pub(super) async fn examine(environment: &Environment) -> Vec<Finding> {
    let asked = match asked(environment) {
        Ok(asked) => asked,
        Err(finding) => return vec![finding],
    };
    let seen = match asked.visitor.visit(Method::GET, &asked.witness).await {
        Ok(seen) => seen,
        Err(unseen) => return vec![unreachable(&unseen), Finding::skipped(CLIENT, "nobody answers")],
    };
    let access = AccessToken::parse(MADE_UP);
    let refresh = RefreshToken::parse(MADE_UP);
    let (Ok(access), Ok(refresh)) = (access, refresh) else {
        return vec![Finding::skipped(SERVER, "no token can be made up")];
    };
    let (witness, granted) = tokio::join!(
        asked.server.app_info(&access),
        asked.server.refresh(Whose::default(), &refresh)
    );
    vec![
        witnessed(&witness.map(drop)),
        known(&granted.map(drop)),
        clock(&seen, Clock::system().now()),
    ]
}

fn asked(environment: &Environment) -> Result<Asked, Finding> {
    let skipped = |fault: ConfigFault| Finding::skipped(SERVER, fault);
    let development = config::development(environment).map_err(skipped)?;
    let url = config::oauth_url(environment, development).map_err(skipped)?;
    let egress = config::egress(environment).map_err(skipped)?;
    let (id, secret) = config::client(environment).map_err(skipped)?;
    let timeouts = Timeouts::default();
    let gate = Gate::open(&egress, &timeouts).map_err(|_| {
        let says = "no certificate authorities are installed on this machine";
        Finding::fail(SERVER, says, "install the package ca-certificates")
    })?;
    Ok(Asked {
        witness: url.witness(),
        server: AuthorizationServer::new(gate.clone(), &url, (id, &secret), timeouts),
        visitor: Visitor::new(gate, ANSWER),
    })
}

fn unreachable(unseen: &Unseen) -> Finding {
    let mend = match unseen {
        Unseen::Certificate(_) => {
            "see whether something in between opens TLS connections, and whether ca-certificates is up to date"
        }
        Unseen::NoAddress => "see whether this machine resolves names",
        _ => "let this machine connect to BITRIX24_OAUTH_URL, without a proxy",
    };
    Finding::fail(
        SERVER,
        format!("BITRIX24_OAUTH_URL is not reached: {unseen}"),
        mend,
    )
}

/// A made-up token must be refused, and in the platform's words.
fn witnessed(answer: &Result<(), CallError>) -> Finding {
    match answer {
        Err(CallError::Refused(refusal)) if refusal.status < 500 && refusal.code != RefusalCode::Unknown => {
            Finding::ok(SERVER, "answers, and refuses a made-up token as it should")
        }
        Err(error) => Finding::fail(
            SERVER,
            format!("BITRIX24_OAUTH_URL answers otherwise than Bitrix24 does: {error}"),
            "see whether BITRIX24_OAUTH_URL is right, and try again later: it may be down",
        ),
        Ok(()) => Finding::fail(
            SERVER,
            "BITRIX24_OAUTH_URL believes a made-up token: this is not Bitrix24",
            "set BITRIX24_OAUTH_URL to one of the two official servers",
        ),
    }
}

/// A made-up refresh token must be what is wrong, and not the client that shows it.
fn known(answer: &Result<(), CallError>) -> Finding {
    let card = "as the app's card in Bitrix24 shows it";
    match answer.as_ref().map_err(CallError::code) {
        Err(Some(RefusalCode::InvalidGrant)) => Finding::ok(
            CLIENT,
            "the authorization server knows BITRIX24_CLIENT_ID and takes the secret",
        ),
        Err(Some(RefusalCode::WrongClient)) => Finding::fail(
            CLIENT,
            "the authorization server does not know BITRIX24_CLIENT_ID",
            format!("set BITRIX24_CLIENT_ID (client_id) {card}"),
        ),
        Err(Some(RefusalCode::InvalidClient)) => Finding::fail(
            CLIENT,
            "the authorization server does not take BITRIX24_CLIENT_SECRET",
            format!("set BITRIX24_CLIENT_SECRET (client_secret) {card}"),
        ),
        _ => {
            let error = answer
                .as_ref()
                .err()
                .map_or_else(String::new, ToString::to_string);
            Finding::fail(
                CLIENT,
                format!(
                    "the token endpoint answers a made-up refresh token otherwise than Bitrix24 does: {error}"
                ),
                "try again later; see whether BITRIX24_OAUTH_URL is right",
            )
        }
    }
}

fn clock(seen: &Seen, now: Timestamp) -> Finding {
    let Some(theirs) = seen.date() else {
        return Finding::skipped(CLOCK, "the authorization server does not say what time it is");
    };
    let drift = now.duration_since(theirs);
    let direction = if drift.is_negative() { "behind" } else { "ahead of" };
    let seconds = drift.abs().as_secs();
    let about = match seconds {
        0..120 => format!("{seconds} s"),
        _ => format!("about {} minutes", (seconds + 30) / 60),
    };
    let says = format!("this machine is {about} {direction} the authorization server");
    let mend = "let a time service set this machine's clock";
    match drift.abs() {
        drift if drift <= SMALL_DRIFT => {
            Finding::ok(CLOCK, "agrees with the authorization server's to half a minute")
        }
        drift if drift <= LARGE_DRIFT => Finding::warn(CLOCK, says, mend),
        _ => Finding::fail(CLOCK, says, mend),
    }
}
