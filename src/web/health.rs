//! `/livez`: the process runs. `/readyz`: it can serve.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

use super::Doors;

/// Whoever asks wants to know soon, also where the database neither answers nor goes away.
const WITHIN: Duration = Duration::from_secs(5);

/// 200 as long as anything is answered at all.
pub(super) async fn livez() -> Response {
    Json(json!({"status": "ok", "reasons": []})).into_response()
}

/// 503 with the reasons when nobody should be sent here.
pub(super) async fn readyz(State(doors): State<Arc<Doors>>) -> Response {
    let mut reasons = Vec::new();
    if doors.closing.load(Ordering::Relaxed) {
        reasons.push("shutting_down");
    }
    match tokio::time::timeout(WITHIN, doors.app.ready()).await {
        Ok(Ok(true)) => {}
        Ok(Ok(false)) => {
            tracing::warn!("not ready: the schema is older than this version");
            reasons.extend(["storage_unavailable", "schema_outdated"]);
        }
        Ok(Err(failure)) => {
            tracing::warn!(%failure, "not ready");
            reasons.push("storage_unavailable");
        }
        Err(_) => {
            tracing::warn!("not ready: the database is silent");
            reasons.push("storage_unavailable");
        }
    }
    let ready = reasons.is_empty();
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let word = if ready { "ready" } else { "unavailable" };
    if !doors.app.bitrix24_answers() {
        // Said, but no reason to send people elsewhere: running sessions go on.
        reasons.push("bitrix24_unavailable");
    }
    (status, Json(json!({"status": word, "reasons": reasons}))).into_response()
}
