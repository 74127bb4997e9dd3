//! `join --webhook URL CODE`: connects a channel through an incoming webhook, with no app and no database.

use anyhow::{Context as _, anyhow};
use clap::{Arg, ArgMatches, Command};

use crate::app::{Clock, Failure};
use crate::bitrix24::{NetworkJoin, OpenChannelCode, Portals, Timeouts, Webhook, http_client};
use crate::config::{self, ConfigFault, Environment};
use crate::sentences;
use crate::words::Words;

use super::Stop;

const EXAMPLE: &str = "Example:
  channel-connect join --webhook https://acme.bitrix24.com/rest/1/SECRET/ ab515f5d85a8b844d484f6ea75a2e494

The webhook needs the permission imopenlines. The address is a secret: CODE is checked before anything is
sent, and the address is never printed.";

/// The command's words.
pub(super) fn command() -> Command {
    Command::new("join")
        .about("Connects a channel to a portal through an incoming webhook")
        .after_help(EXAMPLE)
        .arg(
            Arg::new("webhook")
                .long("webhook")
                .env("BITRIX24_WEBHOOK")
                .hide_env_values(true)
                .value_name("URL")
                .required(true)
                .help("The webhook's address, https://PORTAL/rest/USER/SECRET/"),
        )
        .arg(
            Arg::new("code")
                .value_name("CODE")
                .required(true)
                .help("The channel's code, or a link that holds it"),
        )
}

/// Joins, and prints what came of it.
#[expect(clippy::print_stdout, reason = "the result is what was asked for")]
pub(super) fn run(
    given: &ArgMatches,
    environment: &Environment,
    runtime: &tokio::runtime::Runtime,
) -> Result<(), Stop> {
    let text = |name: &str| {
        given
            .get_one::<String>(name)
            .map(String::as_str)
            .unwrap_or_default()
    };
    let code = OpenChannelCode::find(text("code")).map_err(|fault| refused(&fault.into()))?;
    let webhook = Webhook::parse(text("webhook")).map_err(|fault| ConfigFault {
        variable: "--webhook".into(),
        fault: fault.to_string(),
    })?;
    let egress = config::egress(environment)?;
    let timeouts = Timeouts::default();
    // Nothing else in this process has chosen a provider yet; if it had, it would be the same.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let http = http_client(&egress, &timeouts).context("are certificate authorities installed?")?;
    let portals = Portals::new(http, egress);
    let call = NetworkJoin { code: &code }.call(timeouts.join);
    let joined = runtime
        .block_on(portals.call_webhook(&webhook, &call))
        .and_then(|result| NetworkJoin::read(&result));
    let bot_id = joined.map_err(|error| refused(&Failure::of_portal(error, Clock::system().now())))?;
    println!(
        "connected: channel {code} is bot {bot_id}, {}",
        webhook.endpoint().dialog_url(bot_id)
    );
    Ok(())
}

/// The same sentences that a page would show, and the refusal's own words for whoever looks it up.
fn refused(failure: &Failure) -> Stop {
    let (message, next) = sentences::of(failure, Words::for_lang("en"));
    Stop::Failed(anyhow!("{message} {next} ({failure})"))
}
