//! The operator's commands. Exit 0 done, 1 refused or failed, 2 usage or configuration.

use std::net::TcpListener;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use clap::builder::Styles;
use clap::{Arg, ArgMatches, Command};
use tracing_subscriber::EnvFilter;

use crate::config::{self, Config, ConfigFault, Environment, LogFormat, VARIABLES};
use crate::seal::{KeyId, MasterKey};
use crate::service::{Service, serve_admin};

mod health;
mod join;
mod migrate;

/// Metrics forget idle series and age their quantiles at this pace.
const METRICS_UPKEEP: Duration = Duration::from_secs(5);

/// Why a command did not do what it was asked.
enum Stop {
    /// Exit 2.
    Config(ConfigFault),
    /// Exit 1.
    Failed(anyhow::Error),
}

impl From<ConfigFault> for Stop {
    fn from(fault: ConfigFault) -> Self {
        Self::Config(fault)
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

/// Reads the command line, does what it says, and gives the exit code.
#[must_use]
#[expect(clippy::print_stderr, reason = "the one line that says why nothing was done")]
pub fn run() -> ExitCode {
    let done = readable_environment()
        .map_err(Stop::Config)
        .and_then(|()| dispatch(&command().get_matches()));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Config(fault)) => {
            eprintln!("channel-connect: {fault}");
            ExitCode::from(2)
        }
        Err(Stop::Failed(error)) => {
            eprintln!("channel-connect: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The command line, with every variable as a flag.
#[must_use]
pub fn command() -> Command {
    Command::new("channel-connect")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Connects external open channels to Bitrix24 portals")
        .styles(Styles::plain())
        .args(VARIABLES.iter().map(flag))
        .subcommand(Command::new("serve").about("Serves the app (the default)"))
        .subcommand(migrate::command())
        .subcommand(health::command())
        .subcommand(join::command())
        .subcommand(
            Command::new("keys")
                .about("Encryption keys")
                .subcommand_required(true)
                .subcommand(
                    Command::new("generate").about("Prints a new key, id:base64, for ENCRYPTION_KEYS"),
                ),
        )
}

fn flag(variable: &config::Variable) -> Arg {
    let help = match variable.default {
        Some(default) => format!("{} [default: {default}]", variable.help),
        None => variable.help.to_owned(),
    };
    Arg::new(variable.name)
        .long(variable.name.to_ascii_lowercase().replace('_', "-"))
        .env(variable.name)
        .hide_env_values(true)
        .global(true)
        .value_name("VALUE")
        .allow_hyphen_values(true)
        .help(help)
}

fn dispatch(matches: &ArgMatches) -> Result<(), Stop> {
    let environment = given(matches);
    match matches.subcommand() {
        Some(("keys", _)) => generate_key(),
        Some(("join", given)) => join::run(given, &environment, &runtime()?),
        Some(("migrate", given)) => migrate::run(given, &environment, &runtime()?),
        Some(("health", _)) => health::run(&environment),
        _ => serve(&environment),
    }
}

/// The one fault of a variable that would be found before we look at it, and told in many lines.
fn readable_environment() -> Result<(), ConfigFault> {
    let unreadable = |name: &str| std::env::var_os(name).is_some_and(|value| value.to_str().is_none());
    match VARIABLES.iter().find(|variable| unreadable(variable.name)) {
        Some(variable) => Err(ConfigFault {
            variable: variable.name.to_owned(),
            fault: "is not UTF-8".to_owned(),
        }),
        None => Ok(()),
    }
}

/// What was given by flag or environment; defaults are filled in where the value is read.
fn given(matches: &ArgMatches) -> Environment {
    let value = |name: &'static str| matches.get_one::<String>(name).map(|value| (name, value.clone()));
    VARIABLES
        .iter()
        .filter_map(|variable| value(variable.name))
        .collect()
}

fn serve(environment: &Environment) -> Result<(), Stop> {
    let config = Config::read(environment)?;
    start_logging(environment)?;
    runtime()?.block_on(serve_until_signal(config))?;
    Ok(())
}

async fn serve_until_signal(config: Config) -> anyhow::Result<()> {
    let bind = |address| TcpListener::bind(address).with_context(|| format!("cannot listen on {address}"));
    let (listener, admin) = (bind(config.listen_addr)?, bind(config.admin_addr)?);
    let metrics = metrics_exporter_prometheus::PrometheusBuilder::new().install_recorder()?;
    let upkeep = metrics.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(METRICS_UPKEEP).await;
            upkeep.run_upkeep();
        }
    });
    let service = Service::assemble(config).await?;
    let (address, admin_address) = (listener.local_addr()?, admin.local_addr()?);
    let admin = serve_admin(admin, metrics)?;
    tracing::info!(%address, %admin_address, "listening");
    service.serve(listener, stop_signal()).await?;
    admin.stop(Duration::ZERO);
    Ok(())
}

/// Resolves at SIGTERM or Ctrl-C.
async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

#[expect(clippy::print_stdout, reason = "the key is what was asked for")]
fn generate_key() -> Result<(), Stop> {
    // The id only has to differ from those on the ring; the date tells an operator which key is which.
    let id = format!("k{}", crate::app::Clock::system().now().strftime("%Y%m%d%H%M%S"));
    let key = KeyId::parse(&id)
        .context("no key id")
        .and_then(|id| Ok(MasterKey::generate(id)?))?;
    println!("{}", *key.to_line());
    Ok(())
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

fn start_logging(environment: &Environment) -> Result<(), Stop> {
    let filter = config::log_filter(environment)?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    match config::log_format(environment)? {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().init(),
    }
    Ok(())
}
