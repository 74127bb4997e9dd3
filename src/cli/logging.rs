//! Log lines, to stderr: text for people, or one JSON object a line.

use tracing_subscriber::filter::EnvFilter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer, Registry, fmt};

use super::Stop;
use crate::config::{self, Environment, LogFormat};
use crate::telemetry::Traces;

/// What is logged unless `RUST_LOG` says otherwise: by what serves, and by what prints its own results.
const USUAL: &str = "info";
const QUIET: &str = "error";

/// For what serves; with a collector, its spans are recorded beside the log, whatever the log leaves out.
pub(super) fn start(environment: &Environment, traces: Option<&Traces>) -> Result<(), Stop> {
    let (filter, format) = wished(environment, USUAL)?;
    match traces {
        // As one filter for everything, which costs less than one for each layer.
        None => Registry::default().with(filter).with(lines(format)).init(),
        Some(traces) => Registry::default()
            .with(lines(format).with_filter(filter))
            .with(traces.layer())
            .init(),
    }
    Ok(())
}

/// For commands that print what they have to say.
pub(super) fn start_quietly(environment: &Environment) -> Result<(), Stop> {
    let (filter, format) = wished(environment, QUIET)?;
    Registry::default().with(filter).with(lines(format)).init();
    Ok(())
}

fn wished(environment: &Environment, unless_set: &str) -> Result<(EnvFilter, LogFormat), Stop> {
    let given = config::log_filter(environment)?;
    let filter = if environment.gives("RUST_LOG") {
        &given
    } else {
        unless_set
    };
    Ok((EnvFilter::new(filter), config::log_format(environment)?))
}

fn lines<S>(format: LogFormat) -> Box<dyn Layer<S> + Send + Sync>
where
    S: tracing::Subscriber + for<'span> LookupSpan<'span>,
{
    let lines = fmt::layer()
        .with_writer(std::io::stderr)
        // Told to the same stderr, and with a panic where that is closed: whoever reads the log may go away.
        .log_internal_errors(false)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().boxed(),
    }
}
