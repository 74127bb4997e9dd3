//! The id of a request: in its answer, in its log lines, and in the log of the calls that it led to.

use std::str::FromStr as _;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderName;

use super::tracing_span;
use crate::app::correlated;

/// Where the id travels.
pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Takes a proxy's id only if it is a UUID: it goes into logs and into the log of calls, where it stays for days. Any
/// other plain text could as well be a token or an application token that went astray, which look the same.
pub(super) async fn accept(mut request: Request, next: Next) -> Response {
    if !id(&request).is_some_and(is_uuid) {
        request.headers_mut().remove(HEADER);
    }
    next.run(request).await
}

/// Lets everything that the request leads to happen on its account.
pub(super) async fn correlate(request: Request, next: Next) -> Response {
    match id(&request).map(str::to_owned) {
        Some(id) => {
            let trace = tracing_span::trace(request.headers());
            correlated(&id, trace, next.run(request)).await
        }
        None => next.run(request).await,
    }
}

/// The id of a request, if it has one.
pub(super) fn id<B>(request: &http::Request<B>) -> Option<&str> {
    request.headers().get(HEADER).and_then(|id| id.to_str().ok())
}

/// With its hyphens: without them, a UUID looks like an application token.
fn is_uuid(id: &str) -> bool {
    uuid::fmt::Hyphenated::from_str(id).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No door panics on purpose, so one is made.
    #[tokio::test]
    async fn a_panic_is_answered_with_the_requests_id_and_headers() {
        let panicking = async || -> Response { panic!("on purpose") };
        let routes = axum::Router::new().route("/", axum::routing::get(panicking).head(panicking));
        let doors = super::super::dressed(routes, true);
        for method in ["GET", "HEAD"] {
            let request = http::Request::builder().method(method);
            let request = request.body(axum::body::Body::empty()).unwrap();
            let answer = tower::ServiceExt::oneshot(doors.clone(), request).await.unwrap();
            assert_eq!(answer.status(), 500);
            let id = answer.headers()[HEADER].to_str().unwrap();
            assert!(is_uuid(id), "{id}");
            assert_eq!(answer.headers()["cache-control"], "no-store");
        }
    }

    #[test]
    fn an_id_is_a_uuid_and_nothing_that_could_be_a_token() {
        assert!(is_uuid("019e8b1a-6f2c-7d31-9a54-0c1d2e3f4a5b"));
        assert!(is_uuid("019E8B1A-6F2C-7D31-9A54-0C1D2E3F4A5B"));
        for other in [
            "",
            "a",
            "019e8b1a6f2c7d319a540c1d2e3f4a5b",
            "{019e8b1a-6f2c-7d31-9a54-0c1d2e3f4a5b}",
            "urn:uuid:019e8b1a-6f2c-7d31-9a54-0c1d2e3f4a5b",
            "5ec2e75ec2e7c11e475ec2e75ec2e7c11e475ec2e7",
        ] {
            assert!(!is_uuid(other), "{other}");
        }
    }
}
