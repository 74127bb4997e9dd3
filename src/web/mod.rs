//! The doors: routes, pages, headers, and the table that makes answers of failures. Reaches portals' rows only
//! through a [`crate::app::Session`].

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::routing::{get, post};
use jiff::Timestamp;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use url::Url;

use crate::app::{App, Clock, Failure};
use crate::bitrix24::AppCode;

pub mod assets;
pub mod pages;

mod admin;
mod answer;
mod app_page;
mod bounds;
mod client;
mod connect;
mod connections;
mod doorkeeper;
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
mod limits;
mod meter;
mod oauth;
mod offered;
mod places;
mod rate;
mod request_id;
mod serving;
mod sessions;
mod tracing_span;

pub use admin::admin_router;
pub use bounds::Budgets;
pub use client::TrustedProxies;
pub use legal::Legal;
pub use places::Capacity;
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
    /// The app's code in the Market: where in a portal the app is.
    pub app_code: Option<AppCode>,
    /// What fills the legal pages of our own; none if the publisher is not named.
    pub legal: Option<Legal>,
}

/// How the doors stand towards whoever comes.
#[derive(Debug)]
pub struct Front {
    /// Whether the public origin is https.
    pub secure: bool,
    /// Whose word about the client's address counts.
    pub trusted_proxies: TrustedProxies,
    /// How much may be under way at once.
    pub capacity: Capacity,
    /// How long an answer may take.
    pub budgets: Budgets,
    /// What time it is.
    pub clock: Clock,
}

/// What every door knows.
#[derive(Debug)]
pub struct Doors {
    app: Arc<App>,
    look: Look,
    front: Front,
    headers: headers::Policy,
    limits: Arc<limits::Limits>,
    places: places::Places,
    closing: AtomicBool,
}

impl Doors {
    /// Nothing is open yet: [`router`] makes the doors of it.
    #[must_use]
    pub fn new(app: Arc<App>, look: Look, front: Front) -> Arc<Self> {
        let headers = headers::Policy::new(&look.js_url, app.knows_plain_portals());
        Arc::new(Self {
            limits: Arc::new(limits::Limits::new()),
            places: places::Places::new(front.capacity),
            app,
            look,
            front,
            headers,
            closing: AtomicBool::new(false),
        })
    }

    fn now(&self) -> Timestamp {
        self.front.clock.now()
    }

    /// Does something that has taken a place, which is free again only when it is over: whoever goes away early makes
    /// no room for another one.
    async fn in_place<T: Send + 'static>(
        &self,
        place: places::Place,
        deed: impl Future<Output = Result<T, Failure>> + Send + 'static,
    ) -> Result<T, Failure> {
        self.app
            .see_through(async move {
                let done = deed.await;
                drop(place);
                done
            })
            .await
    }

    /// Tells load balancers to send nobody new; what runs goes on.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }
}

/// All public routes.
pub fn router(doors: &Arc<Doors>) -> Router {
    let routes = Router::new()
        .route("/", get(landing::welcome))
        .route("/app", post(launch::open).get(oauth::arrive))
        .route("/install", post(launch::install).get(landing::show))
        // Written so into many an app's card. Served, because a redirected launch would lose its body.
        .route("/app/", post(launch::open).get(oauth::arrive))
        .route("/install/", post(launch::install).get(landing::show))
        .route("/connect", post(connect::submit))
        .route("/connections", post(connections::turn))
        .route("/privacy", get(legal::privacy))
        .route("/license", get(legal::license))
        .route("/events", post(events::receive))
        .route("/oauth/start", get(oauth::start))
        // Looking at a callback's headers must not use up what it brings.
        .route("/oauth/callback", get(oauth::callback).head(oauth::not_by_head))
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz))
        .route(assets::ROUTE, get(assets::serve))
        .fallback(landing::nothing_here)
        .layer(axum::middleware::from_fn_with_state(
            Arc::clone(doors),
            bounds::time,
        ))
        .with_state(Arc::clone(doors));
    dressed(routes, doors.front.secure)
}

/// What all answers have in common, those of panics included.
fn dressed(routes: Router, secure: bool) -> Router {
    let request_id = request_id::HEADER;
    routes
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(axum::middleware::from_fn(bounds::head))
        .layer(axum::middleware::from_fn_with_state(secure, headers::complete))
        .layer(axum::middleware::from_fn_with_state(
            meter::Meters::new(),
            meter::count,
        ))
        .layer(axum::middleware::from_fn(request_id::correlate))
        .layer(
            tower_http::trace::TraceLayer::new_for_http()
                .make_span_with(tracing_span::span)
                .on_response(tracing_span::answered),
        )
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid))
        .layer(axum::middleware::from_fn(request_id::accept))
}
