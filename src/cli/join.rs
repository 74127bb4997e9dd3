//! `join`: connects a channel, in the name of a user whose tokens are kept, or through an incoming webhook with no
//! app and no database.

use anyhow::Context as _;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};

use crate::app::{Clock, Failure};
use crate::bitrix24::{Gate, NetworkJoin, OpenChannelCode, Portals, Timeouts, Webhook};
use crate::config::{self, ConfigFault, Environment};

use super::open::refused;
use super::{Stop, args, credentials, open, print};

const EXAMPLES: &str = "Examples:
  channel-connect join --portal 3f1c0a5e9b7d42688d1e6f0a2c4b8d97 --user 1 CODE
  channel-connect join --webhook https://acme.bitrix24.com/rest/1/SECRET/ CODE

CODE looks like ab515f5d85a8b844d484f6ea75a2e494. It is checked before anything
is sent. With --portal, the tokens of a user who has opened the app are used,
and the connection is recorded, as if the user had pressed the button. With
--webhook nothing else is needed; the webhook must have the permission
imopenlines, and its address is a secret that is never printed.";

/// The command's words.
pub(super) fn command() -> Command {
    Command::new("join")
        .about("Connects a channel to a portal")
        .after_help(EXAMPLES)
        .arg(
            Arg::new("webhook")
                .long("webhook")
                .env("BITRIX24_WEBHOOK")
                .hide_env_values(true)
                .value_name("URL")
                .required_unless_present("portal")
                .help(
                    "A webhook's address, https://PORTAL/rest/USER/SECRET/. As an argument it is seen by everybody on \
                     the machine; as a variable it is not",
                ),
        )
        .arg(
            Arg::new("portal")
                .long("portal")
                .value_name("MEMBER_ID")
                .requires("user")
                .help("The portal, as portals list shows it"),
        )
        .arg(
            Arg::new("user")
                .long("user")
                .value_name("USER_ID")
                .requires("portal")
                .help("In whose name, as credentials list shows it"),
        )
        .arg(args::word(
            "code",
            "CODE",
            "The channel's code, or a link that holds it",
        ))
}

/// Joins, and prints what came of it.
pub(super) async fn run(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    if !given.contains_id("portal") {
        return through_webhook(given, environment).await;
    }
    if given.value_source("webhook") == Some(ValueSource::CommandLine) {
        return Err(Stop::Config(ConfigFault {
            variable: "--webhook".into(),
            fault: "is given beside --portal; give one of the two".into(),
        }));
    }
    for_user(given, environment).await
}

async fn for_user(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    let pasted = args::text(given, "code");
    OpenChannelCode::find(pasted).map_err(|fault| refused(&fault.into()))?;
    let key = open::credential_key(args::text(given, "portal"), args::text(given, "user"))?;
    let connected = open::with_app(environment, async |operator| {
        let known = operator.known(&key).await.map_err(|failure| refused(&failure))?;
        credentials::usable(known, &key)?;
        operator
            .connect(&key, pasted)
            .await
            .map_err(|failure| refused(&failure))
    })
    .await?;
    connected_line(connected.code.as_str(), connected.bot_id, &connected.dialog_url)
}

async fn through_webhook(given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    let code = OpenChannelCode::find(args::text(given, "code")).map_err(|fault| refused(&fault.into()))?;
    let webhook = Webhook::parse(args::text(given, "webhook")).map_err(|fault| ConfigFault {
        variable: "--webhook".into(),
        fault: fault.to_string(),
    })?;
    let egress = config::egress(environment)?;
    let timeouts = Timeouts::default();
    // Nothing else in this process has chosen a provider yet; if it had, it would be the same.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let gate = Gate::open(&egress, &timeouts).context("are certificate authorities installed?")?;
    let portals = Portals::new(gate);
    let call = NetworkJoin { code: &code }.call(timeouts.join);
    let joined = portals
        .call_webhook(&webhook, &call)
        .await
        .and_then(|result| NetworkJoin::read(&result));
    let bot_id = joined.map_err(|error| refused(&Failure::of_portal(error, Clock::system().now())))?;
    connected_line(code.as_str(), bot_id, &webhook.endpoint().dialog_url(bot_id))
}

fn connected_line(code: &str, bot_id: impl std::fmt::Display, dialog_url: &str) -> Result<(), Stop> {
    print::line(&format!(
        "connected: channel {code} is bot {bot_id}, {dialog_url}"
    ))
}
