//! The two doors.

use std::fmt::Write as _;
use std::sync::Arc;

use anyhow::Context as _;
use axum::Json;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Line;
use super::platform::CLIENT_ID;
use super::sealed::{Pair, Session};

const LIFETIME_SECONDS: i64 = 12 * 3600;

/// What is on a page beside what is this portal's.
const FILLER: &str = "<p class=\"lead\">Paste the code or the link of an open channel.</p>\n";

#[derive(Deserialize)]
pub(super) struct Launch {
    #[serde(rename = "AUTH_ID")]
    access: String,
    #[serde(rename = "REFRESH_ID")]
    refresh: String,
    member_id: String,
}

#[derive(Deserialize)]
pub(super) struct Press {
    session: String,
    code: String,
}

/// Whatever goes wrong, a bench ends.
pub(super) struct Fault(anyhow::Error);

impl<E: Into<anyhow::Error>> From<E> for Fault {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, format!("{:#}", self.0)).into_response()
    }
}

/// Asks whose token it is, keeps portal and tokens, and answers the page with the connected channels.
pub(super) async fn launch(
    State(line): State<Arc<Line>>,
    Form(launch): Form<Launch>,
) -> Result<Html<String>, Fault> {
    let asked = line.http.post(format!("{}/rest/app.info", line.platform));
    let answer: Value = asked
        .form(&[("auth", &launch.access)])
        .send()
        .await?
        .json()
        .await?;
    let text = |path: &str| {
        answer
            .pointer(path)
            .and_then(Value::as_str)
            .context("no app.info")
    };
    let member_id = text("/result/install/member_id")?;
    let user_id = answer["result"]["user_id"].as_i64().context("nobody's token")?;
    if text("/result/client_id")? != CLIENT_ID || member_id != launch.member_id {
        return Err(anyhow::anyhow!("a forged launch").into());
    }
    let at = (
        text("/result/install/client_endpoint")?,
        text("/result/install/status")?,
    );
    let now = super::now();
    line.kept.save_portal(member_id, at, now.as_microsecond()).await?;
    let pair = Pair {
        access: launch.access,
        refresh: launch.refresh,
    };
    let tokens = line.ring.seal(member_id, &pair)?;
    line.kept
        .save_tokens((member_id, user_id), &tokens, now.as_microsecond())
        .await?;
    let session = line.ring.seal_session(&Session {
        member_id: member_id.to_owned(),
        user_id,
        ends_at: now.as_second() + LIFETIME_SECONDS,
    })?;
    line.page(member_id, &session, line.weights.launch).await
}

/// Calls the portal in the name of whoever opened the app, keeps the connection, and answers as is wanted.
pub(super) async fn connect(
    State(line): State<Arc<Line>>,
    headers: HeaderMap,
    Form(press): Form<Press>,
) -> Result<Response, Fault> {
    let session = line.ring.open_session(&press.session)?;
    let now = super::now();
    let code = press.code.trim().to_ascii_lowercase();
    let is_code = code.len() == 32 && code.bytes().all(|letter| letter.is_ascii_hexdigit());
    if !is_code || session.ends_at < now.as_second() {
        return Err(anyhow::anyhow!("no code, or a session that is over").into());
    }
    let (member_id, user_id) = (session.member_id, session.user_id);
    let (endpoint, tokens) = line.kept.standing(&member_id, user_id).await?;
    let pair: Pair = line.ring.open(&member_id, &tokens)?;
    let call = line.http.post(format!("{endpoint}imopenlines.network.join"));
    let call = call.json(&json!({"CODE": code, "auth": pair.access}));
    let answer: Value = call.send().await?.json().await?;
    let bot_id = answer["result"].as_i64().context("the portal refused")?;
    line.kept
        .save_connection((&member_id, user_id), (&code, bot_id), now.as_microsecond())
        .await?;
    let accept = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok());
    if accept == Some("application/json") {
        let url = format!("{endpoint}online/?IM_DIALOG={bot_id}");
        return Ok(
            Json(json!({"status": "connected", "bot_id": bot_id, "code": code, "dialog_url": url}))
                .into_response(),
        );
    }
    let page = line.page(&member_id, &press.session, line.weights.connect);
    Ok(page.await?.into_response())
}

impl Line {
    /// A page with the session and the connected channels, as heavy as the app's.
    async fn page(&self, member_id: &str, session: &str, weight: usize) -> Result<Html<String>, Fault> {
        let mut page = String::with_capacity(weight + FILLER.len());
        page += "<!doctype html><html><head><title>Channels</title></head><body>\n";
        page += "<form method=\"post\" action=\"/connect\"><input type=\"hidden\" name=\"session\" value=\"";
        page += session;
        page += "\"><input name=\"code\"><button>Connect</button></form>\n<ul>";
        for (code, bot_id, connected_at) in self.kept.connections(member_id).await? {
            let at = Timestamp::from_microsecond(connected_at)?;
            let _ = writeln!(
                page,
                "<li>{code} <time>{at}</time> <a href=\"/online/?IM_DIALOG={bot_id}\">chat</a></li>"
            );
        }
        page += "</ul>\n";
        while page.len() < weight {
            page += &FILLER[..FILLER.len().min(weight - page.len())];
        }
        Ok(Html(page))
    }
}
