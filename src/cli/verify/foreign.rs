//! The token of another app: true, and not meant for this one.

use anyhow::Context as _;

use crate::bitrix24::{AccessToken, AppInfo, AuthorizationServer, CallError, Gate, Timeouts, Unseen};
use crate::config::{self, Environment};

use super::launches::{PAGE, expect_refused, form};
use super::outcome::{Attempt, Found, Tally};
use super::probe::{Probe, Question};

pub(super) const FOREIGN: Attempt = Attempt {
    name: "another app's token",
    must: "a true token that was issued to another app opens nothing, in its own portal either",
};

const HOW: &str = "needs --foreign-token TOKEN: register a second local app in a portal of your own, open it, and take \
                   the AUTH_ID that the portal posts to it (it is good for an hour)";

/// Launches the app with it, in the name of the portal to which it belongs.
pub(super) async fn foreign(
    probe: &Probe,
    token: Option<&String>,
    environment: &Environment,
) -> Result<Found, Unseen> {
    let Some(token) = token else {
        return Ok(Found::Skipped(HOW.into()));
    };
    let witness = match witness(token, environment).await {
        Ok(witness) => witness,
        Err(why) => return Ok(Found::Skipped(why)),
    };
    probe.watch(token);
    let mut tally = Tally::default();
    for door in ["/app", "/install"] {
        let form = form(token, probe.made_up(), witness.member_id.as_str());
        let page = probe.ask(Question::post(format!("{door}{PAGE}"), &form)).await?;
        let what = format!("another app's token at {door}");
        expect_refused(&mut tally, &what, &page);
        tally.require(page.status != 401, || format!("{what} is answered with 401"));
    }
    Ok(tally.found())
}

/// Whose token it is. Without its portal's id the launch would be refused for another reason.
async fn witness(token: &str, environment: &Environment) -> Result<AppInfo, String> {
    let token = AccessToken::parse(token).map_err(|_| "the foreign token is no token".to_owned())?;
    let server = server(environment).map_err(|error| error.to_string())?;
    let witness = server.app_info(&token).await.map_err(|error| match error {
        CallError::Refused(_) => {
            "the authorization server does not know the foreign token (any more)".to_owned()
        }
        error => format!("the authorization server does not say whose the foreign token is: {error}"),
    })?;
    if &witness.client_id == server.client_id() {
        return Err("the foreign token is one of this app".into());
    }
    Ok(witness)
}

fn server(environment: &Environment) -> anyhow::Result<AuthorizationServer> {
    let url = config::oauth_url(environment, config::development(environment)?)?;
    let (id, secret) = config::client(environment)?;
    let timeouts = Timeouts::default();
    let gate = Gate::open(&config::egress(environment)?, &timeouts)
        .context("are certificate authorities installed?")?;
    Ok(AuthorizationServer::new(gate, &url, (id, &secret), timeouts))
}
