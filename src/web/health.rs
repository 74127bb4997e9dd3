//! `/livez`: the process runs. `/readyz`: it can serve.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

use super::Doors;

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
    if let Err(failure) = doors.app.ready().await {
        tracing::warn!(%failure, "not ready");
        reasons.push("storage_unavailable");
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
