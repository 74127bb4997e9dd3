//! Bitrix24, as cheap as it can be: an authorization server and the portals behind one address, which answer at once
//! and remember next to nothing. The emulator keeps a journal of all calls and judges each of them, which costs more
//! than what is measured here; this one is there only so that somebody answers.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

/// The app that all tokens are of.
pub const CLIENT_ID: &str = "local.bench0000000000.00000000";

/// The bot that stands for every channel.
pub const BOT: i64 = 603;

/// As long as access tokens are good.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// How many digits of a token say whose it is.
const PORTAL_DIGITS: usize = 8;

/// A pair of tokens.
pub struct Tokens {
    pub access: String,
    pub refresh: String,
}

/// A running platform.
pub struct Platform {
    /// Where it answers.
    pub address: SocketAddr,
    state: Arc<Pool>,
}

#[derive(Default)]
struct Pool {
    address: String,
    issued: AtomicU64,
    /// Whether an access token is good for one call only.
    hasty: AtomicBool,
    used: Mutex<HashSet<String>>,
}

impl Platform {
    /// Starts it on a free port of this machine.
    pub async fn start() -> anyhow::Result<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let state = Arc::new(Pool {
            address: format!("http://{address}"),
            ..Pool::default()
        });
        let router = Router::new()
            .route("/rest/app.info", post(app_info))
            .route("/rest/profile", post(profile))
            .route("/rest/imopenlines.network.join", post(join))
            .route("/oauth/token/", post(token))
            .with_state(Arc::clone(&state));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, state })
    }

    /// Its origin, which is the authorization server's and every portal's.
    pub fn url(&self) -> &str {
        &self.state.address
    }

    /// From now on an access token is good for one call: each further one meets `expired_token`.
    pub fn expire_at_once(&self, hasty: bool) {
        self.state.hasty.store(hasty, Ordering::Relaxed);
    }

    /// A fresh pair of a portal's administrator.
    pub fn issue(&self, portal: usize) -> Tokens {
        self.state.issue(&format!("{portal:0PORTAL_DIGITS$x}"))
    }
}

/// The portal's key.
pub fn member_id(portal: usize) -> String {
    member_of(&format!("{portal:0PORTAL_DIGITS$x}"))
}

fn member_of(portal: &str) -> String {
    format!("{portal:0>32}")
}

impl Pool {
    /// As long as real ones are.
    fn issue(&self, portal: &str) -> Tokens {
        let number = self.issued.fetch_add(1, Ordering::Relaxed);
        Tokens {
            access: format!("{portal}{number:032x}aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
            refresh: format!("{portal}{number:032x}ffffffffffffffffffffffffffffff"),
        }
    }

    fn endpoint(&self) -> String {
        format!("{}/rest/", self.address)
    }
}

#[derive(Deserialize)]
struct Shown {
    auth: String,
}

#[derive(Deserialize)]
struct Renewal {
    refresh_token: String,
}

async fn app_info(State(pool): State<Arc<Pool>>, Form(shown): Form<Shown>) -> Json<Value> {
    let now = super::now();
    let install = json!({
        "installed": true, "version": "1", "status": "F", "scope": "imopenlines", "domain": pool.address,
        "uri": pool.address, "client_endpoint": pool.endpoint(),
        "member_id": member_of(&shown.auth[..PORTAL_DIGITS]), "member_type": "c_com",
    });
    let result = json!({
        "client_id": CLIENT_ID, "scope": "imopenlines", "expires": (now + HOUR).to_string(), "install": install,
        "user_id": 1,
    });
    Json(json!({"result": result, "time": time(now)}))
}

async fn profile() -> Json<Value> {
    let user = json!({"ID": "1", "ADMIN": true, "NAME": "A", "LAST_NAME": "B"});
    Json(json!({"result": user, "time": time(super::now())}))
}

async fn join(State(pool): State<Arc<Pool>>, Json(shown): Json<Shown>) -> (StatusCode, Json<Value>) {
    let hasty = pool.hasty.load(Ordering::Relaxed);
    let used = || pool.used.lock().unwrap_or_else(PoisonError::into_inner);
    if hasty && !used().insert(shown.auth) {
        let error =
            json!({"error": "expired_token", "error_description": "The access token provided has expired."});
        return (StatusCode::UNAUTHORIZED, Json(error));
    }
    (
        StatusCode::OK,
        Json(json!({"result": BOT, "time": time(super::now())})),
    )
}

async fn token(State(pool): State<Arc<Pool>>, Form(renewal): Form<Renewal>) -> Json<Value> {
    let portal = &renewal.refresh_token[..PORTAL_DIGITS];
    let tokens = pool.issue(portal);
    Json(json!({
        "access_token": tokens.access, "refresh_token": tokens.refresh, "expires_in": 3600,
        "expires": (super::now() + HOUR).as_second(), "scope": "app", "domain": pool.address,
        "server_endpoint": pool.endpoint(), "client_endpoint": pool.endpoint(), "status": "F",
        "member_id": member_of(portal), "user_id": 1,
    }))
}

fn time(now: Timestamp) -> Value {
    let seconds = now.as_duration().as_secs_f64();
    json!({
        "start": seconds, "finish": seconds, "duration": 0.01, "processing": 0.008, "date_start": now.to_string(),
        "date_finish": now.to_string(), "operating_reset_at": now.as_second() + 600, "operating": 0,
    })
}
