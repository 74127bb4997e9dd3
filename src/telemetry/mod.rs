//! What an operator sees from outside: which metrics there are and how they are served, traces for a collector, and
//! the context by which a trace goes on that began elsewhere. Stands beside the rooms and imports nothing of ours; they
//! count and open spans by themselves, with `metrics` and `tracing`.

mod catalogue;
mod collector;
mod conventions;
mod exposition;
mod lineage;
mod trace_parent;
mod traces;

pub use catalogue::{CATALOGUE, Kind, Metric, ROUTES, STATUSES};
pub use exposition::Exposition;
pub use lineage::{continues, follow, is_recorded, trace_of};
pub use opentelemetry::trace::TraceId;
pub use trace_parent::TraceParent;
pub use traces::{NoTraces, Share, TraceSettings, Traces};
