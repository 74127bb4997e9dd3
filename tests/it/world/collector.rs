//! A collector of traces: keeps every batch of spans that it is sent, as bytes and as spans.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use http::HeaderMap;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message as _;

#[derive(Clone, Default)]
pub struct Collector {
    pub url: String,
    batches: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
}

/// A span as a story looks at it.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub name: String,
    pub trace: String,
    pub id: String,
    pub parent: String,
    pub kind: i32,
    pub status: i32,
    pub attributes: Vec<(String, String)>,
}

impl Collector {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let collector = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            ..Self::default()
        };
        let keep = async |State(kept): State<Self>, headers: HeaderMap, body: Bytes| {
            kept.batches.lock().unwrap().push((headers, body));
        };
        let routes = Router::new()
            .route("/v1/traces", post(keep))
            .with_state(collector.clone());
        tokio::spawn(async { axum::serve(listener, routes).await.unwrap() });
        collector
    }

    /// Headers and bodies, as they came.
    pub fn batches(&self) -> Vec<(HeaderMap, Bytes)> {
        self.batches.lock().unwrap().clone()
    }

    /// All spans so far.
    pub fn spans(&self) -> Vec<Recorded> {
        let batches = self.batches().into_iter();
        let requests = batches.map(|(_, body)| ExportTraceServiceRequest::decode(body).unwrap());
        let resources = requests.flat_map(|request| request.resource_spans);
        let scopes = resources.flat_map(|resource| resource.scope_spans);
        scopes.flat_map(|scope| scope.spans).map(Recorded::of).collect()
    }
}

impl Recorded {
    fn of(span: Span) -> Self {
        assert!(span.events.is_empty() && span.links.is_empty(), "{span:?}");
        let attributes = span.attributes.iter().map(|attribute| {
            let value = format!("{:?}", attribute.value);
            (attribute.key.clone(), value)
        });
        Self {
            attributes: attributes.collect(),
            trace: hex::encode(&span.trace_id),
            id: hex::encode(&span.span_id),
            parent: hex::encode(&span.parent_span_id),
            kind: span.kind,
            status: span.status.map_or(0, |status| status.code),
            name: span.name,
        }
    }

    /// An attribute, as text.
    pub fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}
