//! Spans as they leave the process: in OpenTelemetry's words, and with nothing but what stands in this list. A field
//! that somebody adds to a span stays inside until it is added here.

use std::borrow::Cow;

use opentelemetry::trace::{SpanKind, Status};
use opentelemetry::{KeyValue, Value};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanExporter, SpanLinks};

/// Our fields, and their names outside.
const ATTRIBUTES: [(&str, &str, &str); 12] = [
    ("request", "method", "http.request.method"),
    ("request", "route", "http.route"),
    ("request", "status", "http.response.status_code"),
    ("request", "request_id", "request_id"),
    ("call", "method", "bitrix24.method"),
    ("call", "outcome", "bitrix24.outcome"),
    ("call", "status", "http.response.status_code"),
    ("deed", "request_id", "request_id"),
    ("refresh", "request_id", "request_id"),
    ("refresh", "outcome", "outcome"),
    ("event", "event", "event"),
    ("event", "outcome", "outcome"),
];

/// The first status that is our fault, and not the sender's.
const OUR_FAULT: i64 = 500;

/// What sends spans, told in the words that others know.
#[derive(Debug)]
pub(super) struct Conventions<E>(pub(super) E);

impl<E: SpanExporter> SpanExporter for Conventions<E> {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        self.0.export(batch.into_iter().map(told).collect()).await
    }

    fn shutdown_with_timeout(&self, timeout: std::time::Duration) -> OTelSdkResult {
        self.0.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.0.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.0.set_resource(resource);
    }
}

fn told(span: SpanData) -> SpanData {
    let own = span.name.clone();
    let attributes: Vec<_> = span
        .attributes
        .iter()
        .filter_map(|attribute| renamed(&own, attribute))
        .collect();
    SpanData {
        span_kind: kind(&own),
        status: status(&attributes),
        name: name(own, &attributes),
        attributes,
        events: SpanEvents::default(),
        links: SpanLinks::default(),
        ..span
    }
}

fn renamed(span: &str, attribute: &KeyValue) -> Option<KeyValue> {
    let known = |(of, field, _): &&(&str, &str, &str)| *of == span && *field == attribute.key.as_str();
    let (_, _, name) = ATTRIBUTES.iter().find(known)?;
    Some(KeyValue::new(*name, attribute.value.clone()))
}

fn kind(span: &str) -> SpanKind {
    match span {
        "request" => SpanKind::Server,
        "call" => SpanKind::Client,
        "event" => SpanKind::Consumer,
        _ => SpanKind::Internal,
    }
}

fn name(own: Cow<'static, str>, attributes: &[KeyValue]) -> Cow<'static, str> {
    let named = |name: &str| attributes.iter().find(|of| of.key.as_str() == name);
    let text = |name: &str| named(name).map(|of| of.value.as_str().into_owned());
    let told = match &*own {
        "request" => text("http.request.method")
            .zip(text("http.route"))
            .map(|(method, route)| format!("{method} {route}")),
        "call" => text("bitrix24.method"),
        _ => None,
    };
    told.map_or(own, Cow::Owned)
}

fn status(attributes: &[KeyValue]) -> Status {
    let failed = attributes.iter().find(|of| match (of.key.as_str(), &of.value) {
        ("http.response.status_code", Value::I64(status)) => *status >= OUR_FAULT,
        ("bitrix24.outcome", outcome) => outcome.as_str() != "ok",
        _ => false,
    });
    failed.map_or(Status::Unset, |of| Status::error(of.value.as_str().into_owned()))
}
