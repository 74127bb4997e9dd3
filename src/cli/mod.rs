//! The operator's commands. Exit 0 done, 1 refused or failed, 2 usage or configuration.

use std::fmt::Write as _;
use std::net::TcpListener;
use std::pin::pin;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use clap::builder::Styles;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};
use tokio::runtime::Runtime;

use crate::config::{self, Config, ConfigFault, Environment, SECRET_VARIABLES, VARIABLES};
use crate::service::Service;
use crate::store::StoreError;
use crate::telemetry::{Exposition, TraceSettings, Traces};

mod args;
mod completions;
mod credentials;
mod doctor;
mod events;
mod health;
mod join;
mod keys;
mod logging;
mod migrate;
mod open;
mod panics;
mod portal;
mod portals;
mod print;
mod progress;
mod rest_log;
mod verify;

/// Metrics forget idle series and age their quantiles at this pace.
const METRICS_UPKEEP: Duration = Duration::from_secs(5);

/// What the last spans may take, after everything else is over.
const LAST_SPANS: Duration = Duration::from_secs(3);

/// The longest words of the command line, and the longest numbers that are still no secret.
const LONGEST_WORD: usize = 32;
const LONGEST_NUMBER: usize = 10;

/// Why a command did not do what it was asked.
enum Stop {
    /// Exit 2.
    Config(ConfigFault),
    /// Exit 1.
    Failed(anyhow::Error),
    /// Whoever read the result has seen enough. Exit 0.
    NobodyReads,
}

impl From<ConfigFault> for Stop {
    fn from(fault: ConfigFault) -> Self {
        Self::Config(fault)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

/// Reads the command line, does what it says, and gives the exit code.
#[must_use]
pub fn run() -> ExitCode {
    panics::tell_without_values();
    let done = readable_environment().map_err(Stop::Config).and_then(|()| {
        dispatch(
            &command()
                .try_get_matches()
                .unwrap_or_else(|fault| without_secrets(fault).exit()),
        )
    });
    match done {
        Ok(()) | Err(Stop::NobodyReads) => ExitCode::SUCCESS,
        Err(Stop::Config(fault)) => {
            print::aside(&format!("channel-connect: {fault}"));
            ExitCode::from(2)
        }
        Err(Stop::Failed(error)) => {
            print::aside(&format!("channel-connect: {}", told(&error)));
            ExitCode::FAILURE
        }
    }
}

/// A fault of usage repeats what was typed. In the wrong place that may be a webhook's address, a password or a key, so
/// only what looks like a word of the command line, or like a number, is repeated.
fn without_secrets(mut fault: clap::Error) -> clap::Error {
    let typed: &[ContextKind] = match fault.kind() {
        ErrorKind::UnknownArgument => &[ContextKind::InvalidArg],
        _ => &[ContextKind::InvalidSubcommand, ContextKind::InvalidValue],
    };
    for kind in typed.iter().copied() {
        if matches!(fault.get(kind), Some(ContextValue::String(typed)) if !is_word(typed)) {
            fault.insert(kind, ContextValue::String("(not repeated)".to_owned()));
            // Advice how to write the same in another way.
            fault.remove(ContextKind::Suggested);
        }
    }
    fault
}

fn is_word(typed: &str) -> bool {
    // A whole command line in quotes is one argument, and begins with a word.
    let letters = |b: u8| b.is_ascii_lowercase() || b == b'-';
    let word = typed.len() <= LONGEST_WORD && typed.bytes().all(letters);
    word || (typed.len() <= LONGEST_NUMBER && typed.bytes().all(|b| b.is_ascii_digit()))
}

/// An error with its causes, without those that its own words repeat already.
fn told(error: &anyhow::Error) -> String {
    let mut told = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if told.is_empty() {
            told = cause;
        } else if !told.contains(&cause) {
            told = format!("{told}: {cause}");
        }
    }
    told
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
        .subcommand(portals::command())
        .subcommand(credentials::command())
        .subcommand(events::command())
        .subcommand(rest_log::command())
        .subcommand(keys::command())
        .subcommand(doctor::command())
        .subcommand(verify::command())
        .subcommand(completions::command())
        .mut_subcommands(examples_first)
}

/// Examples come before the settings, which are many and the same everywhere.
fn examples_first(command: Command) -> Command {
    let command = command.mut_subcommands(examples_first);
    if command.get_after_help().is_none() {
        return command;
    }
    command.help_template("{about-with-newline}\n{usage-heading} {usage}{after-help}\n\n{all-args}")
}

fn flag(variable: &config::Variable) -> Arg {
    let mut help = variable.help.to_owned();
    if SECRET_VARIABLES.contains(&variable.name) {
        help.push_str(". Not as an argument: those are seen by everybody on the machine");
    }
    if let Some(default) = variable.default {
        let _ = write!(help, " [default: {default}]");
    }
    Arg::new(variable.name)
        .long(variable.name.to_ascii_lowercase().replace('_', "-"))
        .env(variable.name)
        .hide_env_values(true)
        .hide_short_help(true)
        .help_heading("Settings")
        .global(true)
        .value_name("VALUE")
        .allow_hyphen_values(true)
        .help(help)
}

fn dispatch(matches: &ArgMatches) -> Result<(), Stop> {
    let environment = given(matches);
    match matches.subcommand() {
        Some(("completions", given)) => completions::run(given),
        Some(("health", _)) => health::run(&environment),
        Some(("keys", given)) if given.subcommand_name() == Some("generate") => keys::generate(),
        // A wrong setting is a finding of its, and no reason to end.
        Some(("doctor", given)) => {
            let runtime = runtime()?;
            let done = runtime.block_on(doctor::run(given, &environment));
            // A name that does not resolve may still be looked for: nobody waits for that.
            runtime.shutdown_background();
            done
        }
        Some(("migrate", given)) => migrate::run(given, &environment, &runtime()?),
        Some((name, given)) if name != "serve" => command_of(name, given, &environment),
        _ => serve(&environment, &shown_to_everybody(matches)),
    }
}

/// Commands beside the service, which say themselves what there is to say.
fn command_of(name: &str, given: &ArgMatches, environment: &Environment) -> Result<(), Stop> {
    logging::start_quietly(environment)?;
    runtime()?.block_on(async {
        match name {
            "join" => join::run(given, environment).await,
            "portals" => portals::run(given, environment).await,
            "credentials" => credentials::run(given, environment).await,
            "events" => events::run(given, environment).await,
            "verify" => verify::run(given, environment).await,
            "rest-log" => rest_log::run(given, environment).await,
            _ => keys::run_rotate(environment).await,
        }
    })
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

/// Secrets that were given as arguments: whoever lists the processes of this machine reads them.
fn shown_to_everybody(matches: &ArgMatches) -> Vec<&'static str> {
    let given = |name: &&str| matches.value_source(name) == Some(ValueSource::CommandLine);
    SECRET_VARIABLES.into_iter().filter(given).collect()
}

fn serve(environment: &Environment, shown: &[&str]) -> Result<(), Stop> {
    let config = Config::read(environment)?;
    let runtime = runtime()?;
    let traces = opened(config.traces.as_ref(), &runtime)?;
    logging::start(environment, traces.as_ref())?;
    for variable in shown {
        tracing::warn!(
            variable,
            "a secret was given as an argument, which everybody on this machine can see"
        );
    }
    let served = runtime.block_on(serve_until_signal(config));
    if let Some(traces) = traces {
        // The runtime still does the sending.
        traces.finish(LAST_SPANS);
    }
    served?;
    Ok(())
}

/// Traces, if a collector is named.
fn opened(settings: Option<&TraceSettings>, runtime: &Runtime) -> anyhow::Result<Option<Traces>> {
    let Some(settings) = settings else {
        return Ok(None);
    };
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    Ok(Some(Traces::open(settings, runtime.handle().clone())?))
}

async fn serve_until_signal(config: Config) -> anyhow::Result<()> {
    // Before anybody can see that the program is there: whoever stops it then means it.
    let mut stop = pin!(stop_signal());
    let bind = |address| TcpListener::bind(address).with_context(|| format!("cannot listen on {address}"));
    let (listener, admin) = (bind(config.listen_addr)?, bind(config.admin_addr)?);
    let metrics = Exposition::install()?;
    let upkeep = metrics.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(METRICS_UPKEEP).await;
            upkeep.upkeep();
        }
    });
    let service = tokio::select! {
        service = Service::assemble(config) => service?,
        () = &mut stop => return Ok(()),
    };
    let (address, admin_address) = (listener.local_addr()?, admin.local_addr()?);
    let admin = service.serve_admin(admin, metrics)?;
    tracing::info!(%address, %admin_address, "listening");
    service.serve(listener, stop).await?;
    admin.stop(Duration::ZERO);
    Ok(())
}

/// Resolves at SIGTERM or Ctrl-C, of which each counts from this call on.
fn stop_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = [SignalKind::terminate(), SignalKind::interrupt()].map(signal);
    async move {
        let [Ok(mut terminate), Ok(mut interrupt)] = signals else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
}

fn runtime() -> anyhow::Result<Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}
