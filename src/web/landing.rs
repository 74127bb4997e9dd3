//! What somebody sees who comes to the app's address in a browser; the Market's `HEAD` checks, too.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::ACCEPT_LANGUAGE;
use http::{HeaderMap, StatusCode};

use super::Doors;
use super::pages::LandingPage;
use crate::words::Words;

/// "Open this app inside Bitrix24."
pub(super) async fn show(State(doors): State<Arc<Doors>>, headers: HeaderMap) -> Response {
    let accepted = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let words = Words::for_accept_language(accepted);
    let page = LandingPage {
        shell: doors.shell(words, false),
        app_name: words.app_name(),
    };
    doors.page(StatusCode::OK, &[], page.render())
}

/// Every other path.
pub(super) async fn nothing_here() -> Response {
    StatusCode::NOT_FOUND.into_response()
}
