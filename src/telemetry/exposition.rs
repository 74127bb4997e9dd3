//! `/metrics`: every metric described, and there from the start with all its labels, so that the first of something
//! rare is a step from 0 to 1 and not a series that begins with 1.

use metrics::{Key, KeyName, Label, Level, Metadata};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use metrics_process::Collector;

use super::catalogue::{CATALOGUE, Kind, Metric};

/// Gauges that not every value of a label has.
const BUILD_INFO: &str = "build_info";
const POOLS: &str = "database_pool_";

/// Given when the program is built; a source tree without its history does not know.
const REVISION: Option<&str> = option_env!("BUILD_REVISION");

/// The metrics of this process.
#[derive(Clone)]
pub struct Exposition {
    handle: PrometheusHandle,
    process: Collector,
}

impl std::fmt::Debug for Exposition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Exposition")
    }
}

impl Exposition {
    /// Counts from now on. Once in a process, before anybody asks for a counter.
    ///
    /// # Errors
    /// When somebody counts already.
    pub fn install() -> Result<Self, BuildError> {
        let mut builder = PrometheusBuilder::new();
        for metric in CATALOGUE {
            if let Kind::Histogram(bounds) = metric.kind {
                builder = builder.set_buckets_for_metric(Matcher::Full(metric.name.to_owned()), bounds)?;
            }
        }
        let handle = builder.install_recorder()?;
        CATALOGUE.iter().for_each(begin);
        build_info();
        let process = Collector::default();
        process.describe();
        Ok(Self { handle, process })
    }

    /// What Prometheus reads.
    #[must_use]
    pub fn render(&self) -> String {
        self.process.collect();
        self.handle.render()
    }

    /// Takes in what was measured; to be done every few seconds.
    pub fn upkeep(&self) {
        self.handle.run_upkeep();
    }
}

fn begin(metric: &Metric) {
    let (name, unit) = (KeyName::from_const_str(metric.name), Some(metric.unit));
    metrics::with_recorder(|recorder| match metric.kind {
        Kind::Counter => recorder.describe_counter(name, unit, metric.help.into()),
        Kind::Gauge => recorder.describe_gauge(name, unit, metric.help.into()),
        Kind::Histogram(_) => recorder.describe_histogram(name, unit, metric.help.into()),
    });
    let metadata = Metadata::new(module_path!(), Level::INFO, None);
    for labels in every_series(metric) {
        let key = Key::from_parts(metric.name, labels);
        metrics::with_recorder(|recorder| match metric.kind {
            Kind::Counter => recorder.register_counter(&key, &metadata).increment(0),
            Kind::Histogram(_) => drop(recorder.register_histogram(&key, &metadata)),
            // There is one version, and pools of one database alone.
            Kind::Gauge if metric.name == BUILD_INFO || metric.name.starts_with(POOLS) => {}
            Kind::Gauge => recorder.register_gauge(&key, &metadata).set(0.0),
        });
    }
}

/// Every combination of the labels' values.
fn every_series(metric: &Metric) -> Vec<Vec<Label>> {
    let mut series = vec![Vec::new()];
    for (name, values) in metric.labels {
        let with = |labels: Vec<Label>| {
            let label = |value: &&'static str| Label::from_static_parts(name, value);
            values
                .iter()
                .map(move |value| [labels.clone(), vec![label(value)]].concat())
        };
        series = series.into_iter().flat_map(with).collect();
    }
    series
}

fn build_info() {
    let version = env!("CARGO_PKG_VERSION");
    let revision = REVISION.unwrap_or("unknown");
    metrics::gauge!("build_info", "version" => version, "revision" => revision).set(1.0);
}
