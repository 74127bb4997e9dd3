//! `POST /events`: what the platform tells of the app's life. Kept, answered, and only then worked on.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::Doors;
use super::error::{Face, RequestFault, log, refuse_request};
use super::form::Posted;
use crate::app::Receipt;
use crate::words::Words;

/// Takes an event. Nobody reads the answer but machines. What has come in whole is kept even if its sender goes away
/// before the answer: it will not be sent again.
pub(super) async fn receive(State(doors): State<Arc<Doors>>, posted: Posted) -> Response {
    let app = Arc::clone(&doors.app);
    let received = async move { app.receive(&posted.body).await };
    match doors.app.see_through(received).await {
        Ok(Receipt::Taken) => Json(json!({"status": "ok"})).into_response(),
        Ok(Receipt::NoEvent) => {
            refuse_request(RequestFault::Malformed("no event"), true, Words::for_lang("en"))
        }
        Err(failure) => {
            log(&failure, "event");
            Face::of(&failure, Words::for_lang("en")).json()
        }
    }
}
