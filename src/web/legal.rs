//! `GET /privacy` and `GET /license`: the pages that the Market asks for, filled with the publisher's name. They
//! are served only where the publisher links no pages of their own.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::Doors;
use super::pages::{LicensePage, PrivacyPage};
use crate::words::Words;

/// What the privacy policy and the license agreement say of this installation of the app.
#[derive(Clone, Debug)]
pub struct Legal {
    /// Who publishes the app.
    pub publisher: String,
    /// Where the publisher answers questions.
    pub email: String,
    /// The publisher's postal address.
    pub address: Option<String>,
    /// Days for which connections are kept when nobody asked for their erasure.
    pub connections_days: i64,
    /// Days for which calls of Bitrix24 are kept.
    pub rest_log_days: i64,
    /// Whether the policy is served here.
    pub privacy: bool,
    /// Whether the agreement is served here.
    pub license: bool,
}

/// The privacy policy.
pub(super) async fn privacy(State(doors): State<Arc<Doors>>) -> Response {
    let Some(legal) = doors.look.legal.clone().filter(|legal| legal.privacy) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let shell = doors.shell(english(), &[]);
    doors.page(StatusCode::OK, &[], PrivacyPage { shell, legal }.render())
}

/// The license agreement.
pub(super) async fn license(State(doors): State<Arc<Doors>>) -> Response {
    let Some(legal) = doors.look.legal.clone().filter(|legal| legal.license) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let shell = doors.shell(english(), &[]);
    doors.page(StatusCode::OK, &[], LicensePage { shell, legal }.render())
}

/// Legal texts are not translated: a translation would be another text.
fn english() -> &'static Words {
    Words::for_lang("en")
}
