//! The doors: routes, pages, headers, and the table that makes answers of failures. Reaches portals' rows only
//! through a [`crate::app::Session`].

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use url::Url;

use crate::app::App;

pub mod assets;
pub mod pages;

mod admin;
mod answer;
mod connect;
mod error;
mod events;
mod form;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod headers;
mod health;
mod landing;
mod launch;
mod legal;
mod oauth;
mod offered;
mod request_id;
mod serving;
mod tracing_span;

pub use admin::{admin_router, count_requests};
pub use legal::Legal;
pub use serving::{Serving, serve};

/// What the publisher shows on every page.
#[derive(Clone, Debug)]
pub struct Look {
    /// The platform's own frame library.
    pub js_url: Url,
    /// Privacy policy.
    pub privacy_url: Option<Url>,
    /// License agreement.
    pub license_url: Option<Url>,
    /// Help.
    pub support_url: Option<Url>,
    /// What fills the legal pages of our own; none if the publisher is not named.
    pub legal: Option<Legal>,
}

/// What every door knows.
#[derive(Debug)]
pub struct Doors {
    app: Arc<App>,
    look: Look,
    headers: headers::Policy,
    closing: AtomicBool,
}

impl Doors {
    /// `secure` says that the public origin is https.
    #[must_use]
    pub fn new(app: Arc<App>, look: Look, secure: bool) -> Arc<Self> {
        let headers = headers::Policy::new(&look.js_url, secure, app.knows_plain_portals());
        Arc::new(Self {
            app,
            look,
            headers,
            closing: AtomicBool::new(false),
        })
    }

    /// Tells load balancers to send nobody new; what runs goes on.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }
}

/// All public routes.
pub fn router(doors: Arc<Doors>) -> Router {
    let request_id = request_id::HEADER;
    Router::new()
        .route("/", get(landing::welcome))
        .route("/app", post(launch::open).get(oauth::arrive))
        .route("/install", post(launch::install).get(landing::show))
        .route("/connect", post(connect::submit))
        .route("/privacy", get(legal::privacy))
        .route("/license", get(legal::license))
        .route("/events", post(events::receive))
        .route("/oauth/start", get(oauth::start))
        // Looking at a callback's headers must not use up what it brings.
        .route("/oauth/callback", get(oauth::callback).head(oauth::not_by_head))
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz))
        .route(
            assets::ROUTE,
            get(assets::serve).layer(tower_http::compression::CompressionLayer::new()),
        )
        .fallback(landing::nothing_here)
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(axum::middleware::from_fn_with_state(
            Arc::clone(&doors),
            headers::complete,
        ))
        .layer(axum::middleware::from_fn(count_requests))
        .layer(axum::middleware::from_fn(request_id::correlate))
        .layer(tower_http::trace::TraceLayer::new_for_http().make_span_with(tracing_span::span))
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid))
        .layer(axum::middleware::from_fn(request_id::accept))
        .with_state(doors)
}
