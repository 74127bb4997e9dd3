//! What launch and connect are measured against: a straight line from the posted form to the answer, with the same
//! HTTP library, database library, HTTP client and ciphers, and the same settings of the database. It does what
//! cannot be done without: ask the authorization server whose token it is, keep portal and sealed tokens, seal a
//! session, open it, call the portal with the opened tokens, keep the connection, answer as many bytes.
//!
//! It has none of what an app on the Market needs besides: no limits, no places, no log and no log of calls, no
//! refresh, no check of what is called, no generations and no trace of erasures, no words but one language's.

use std::net::SocketAddr;
use std::str::FromStr as _;
use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use axum::routing::{get, post};

mod doors;
mod kept;
mod paced;
pub mod platform;
pub mod rivals;
pub mod rounds;
mod sealed;

/// The argument that makes a bench's program be the baseline.
pub const NAME: &str = "baseline";

/// How many bytes the app's pages have, so that the baseline's have as many.
#[derive(Clone, Copy, Debug)]
pub struct Weights {
    pub launch: usize,
    pub connect: usize,
}

/// What both doors need.
struct Line {
    kept: kept::Kept,
    ring: sealed::Ring,
    http: reqwest::Client,
    platform: String,
    weights: Weights,
}

/// Serves until it is killed. The arguments are the database's URL, the address to listen on, the authorization
/// server's origin, and the weights of the pages.
pub async fn serve(mut arguments: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let mut argument = || {
        arguments
            .next()
            .context("baseline DATABASE_URL ADDRESS PLATFORM BYTES BYTES")
    };
    let (url, address) = (argument()?, SocketAddr::from_str(&argument()?)?);
    let line = Line {
        kept: kept::Kept::open(&url).await?,
        ring: sealed::Ring::default(),
        http: reqwest::Client::builder().no_proxy().build()?,
        platform: argument()?,
        weights: Weights {
            launch: argument()?.parse()?,
            connect: argument()?.parse()?,
        },
    };
    let router = Router::new()
        .route("/ready", get(|| async {}))
        .route("/app", post(doors::launch))
        .route("/connect", post(doors::connect))
        .with_state(Arc::new(line));
    let listener = tokio::net::TcpListener::bind(address).await?;
    Ok(axum::serve(listener, router).await?)
}

/// What time it is.
#[expect(clippy::disallowed_methods, reason = "nobody moves the clock of a bench")]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
