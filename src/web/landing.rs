//! What somebody sees who comes to the app's addresses in a browser; the Market's `HEAD` checks, too.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY};
use http::{HeaderMap, StatusCode};

use super::Doors;
use super::pages::{LandingPage, SignInForm};
use crate::words::Words;

/// "Open this app inside Bitrix24."
pub(super) async fn show(State(doors): State<Arc<Doors>>, headers: HeaderMap) -> Response {
    let words = words_for(&headers);
    let page = doors.landing_page(words, None);
    doors.page(StatusCode::OK, &[], page.render())
}

/// The same, and a form by which one signs in from here.
pub(super) async fn welcome(State(doors): State<Arc<Doors>>, headers: HeaderMap) -> Response {
    doors.sign_in_page(StatusCode::OK, words_for(&headers), SignInForm::default())
}

/// The language that a browser asks for.
pub(super) fn words_for(headers: &HeaderMap) -> &'static Words {
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Words::for_accept_language(accepted.unwrap_or_default())
}

impl Doors {
    /// The page whose form leads to a portal.
    pub(super) fn sign_in_page(
        &self,
        status: StatusCode,
        words: &'static Words,
        form: SignInForm,
    ) -> Response {
        let html = self.landing_page(words, Some(form)).render();
        let mut response = self.page(status, &[], html);
        response
            .headers_mut()
            .insert(CONTENT_SECURITY_POLICY, self.headers.leading_to_portals());
        response
    }

    fn landing_page(&self, words: &'static Words, sign_in: Option<SignInForm>) -> LandingPage {
        LandingPage {
            shell: self.shell(words, &[]),
            app_name: words.app_name(),
            sign_in,
        }
    }
}

/// Every other path.
pub(super) async fn nothing_here() -> Response {
    StatusCode::NOT_FOUND.into_response()
}
