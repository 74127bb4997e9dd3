//! Traces for a collector that speaks OTLP over HTTP: recorded beside the log, sent in batches by a thread of their
//! own, bounded in number and dropped where nobody takes them. A request never waits for any of it.

use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::runtime::Handle;
use tracing::Subscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;
use url::Url;
use uuid::Uuid;

use super::collector::Collector;
use super::conventions::Conventions;
use super::lineage;

/// How many of all traces are recorded, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share(f64);

impl Share {
    /// Reads a number from 0 to 1.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let share: f64 = text.parse().ok()?;
        (0.0..=1.0).contains(&share).then_some(Self(share))
    }
}

/// Where traces go.
#[derive(Clone)]
pub struct TraceSettings {
    /// The collector's address; the path `/v1/traces` is added.
    pub endpoint: Url,
    /// What it wants to see with each batch; secrets, as a rule.
    pub headers: Vec<(String, SecretString)>,
    /// By which name it knows us.
    pub service_name: String,
    /// How many of all traces are recorded.
    pub share: Share,
}

/// Shows no value of a header.
impl fmt::Debug for TraceSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TraceSettings").finish_non_exhaustive()
    }
}

/// Why no spans are sent. The process does not start without what its operator wants.
#[derive(Debug, thiserror::Error)]
pub enum NoTraces {
    /// No HTTP client: most likely no certificate authorities on this machine.
    #[error("the HTTP client for the collector cannot start")]
    Client,
    /// The exporter does not take the address or a header.
    #[error("the exporter of traces cannot start")]
    Exporter,
}

/// Spans being recorded.
#[derive(Clone, Debug)]
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Starts sending; the collector need not be there.
    ///
    /// # Errors
    /// When the HTTP client cannot start, or a header is none.
    pub fn open(settings: &TraceSettings, runtime: Handle) -> Result<Self, NoTraces> {
        let headers = settings.headers.iter();
        let headers: HashMap<_, _> = headers
            .map(|(name, value)| (name.clone(), value.expose_secret().to_owned()))
            .collect();
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Collector::open(runtime).map_err(|_| NoTraces::Client)?)
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(traces_at(&settings.endpoint))
            .with_headers(headers)
            .build()
            .map_err(|_| NoTraces::Exporter)?;
        let resource = Resource::builder()
            .with_service_name(settings.service_name.clone())
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .with_attribute(KeyValue::new("service.instance.id", Uuid::new_v4().to_string()))
            .build();
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(Conventions(exporter))
            // By the trace alone: what others have recorded of it decides nothing here.
            .with_sampler(Sampler::TraceIdRatioBased(settings.share.0))
            .with_resource(resource)
            .build();
        lineage::begin();
        Ok(Self(provider))
    }

    /// What listens to our spans, beside what writes the log and whatever that leaves out.
    #[must_use]
    pub fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
    {
        let ours = concat!(env!("CARGO_CRATE_NAME"), "::");
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer(env!("CARGO_PKG_NAME")))
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_level(false)
            .with_tracked_inactivity(false)
            .with_context_activation(false)
            .with_filter(filter_fn(move |of| of.is_span() && of.target().starts_with(ours)))
    }

    /// Sends what is left, for so long at most. Not from within the runtime, which does the sending.
    pub fn finish(self, within: Duration) {
        if self.0.shutdown_with_timeout(within).is_err() {
            tracing::warn!("the last spans were not taken by the collector");
        }
    }
}

fn traces_at(endpoint: &Url) -> String {
    format!("{}/v1/traces", endpoint.as_str().trim_end_matches('/'))
}
