//! From a rendered page to an answer.

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};

use super::Doors;
use super::pages::{AssetNames, Shell};
use crate::bitrix24::Origin;
use crate::words::Words;

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

impl Doors {
    /// What every page has that `frame` may show; the platform's library only where somebody may.
    pub(super) fn shell(&self, words: &'static Words, frame: &[Origin]) -> Shell {
        let text = |url: &Option<url::Url>| url.as_ref().map(url::Url::to_string);
        Shell {
            words,
            js_url: (!frame.is_empty()).then(|| self.look.js_url.to_string()),
            app_url: self
                .look
                .app_code
                .as_ref()
                .zip(frame.first())
                .map(|(code, portal)| code.page_at(portal)),
            privacy_url: text(&self.look.privacy_url),
            license_url: text(&self.look.license_url),
            support_url: text(&self.look.support_url),
            assets: AssetNames::default(),
        }
    }

    /// A page that exactly `frame` may show. A template that fails is a bug of ours and says so.
    pub(super) fn page(
        &self,
        status: StatusCode,
        frame: &[Origin],
        html: Result<String, askama::Error>,
    ) -> Response {
        match html {
            Ok(html) => {
                let headers = [
                    (CONTENT_TYPE, HTML),
                    (CONTENT_SECURITY_POLICY, self.headers.page(frame)),
                ];
                (status, headers, html).into_response()
            }
            Err(error) => {
                tracing::error!(%error, "a page could not be rendered");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}
