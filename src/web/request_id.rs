//! The id of a request: in its answer, in its log lines, and in the log of the calls that it led to.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderName;

use crate::app::correlated;

/// Where the id travels.
pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// A UUID has 36 characters; other systems use less than this.
const LONGEST: usize = 64;

/// Takes a proxy's id only if it is one: it goes into logs and answers.
pub(super) async fn accept(mut request: Request, next: Next) -> Response {
    if !id(&request).is_some_and(is_plain) {
        request.headers_mut().remove(HEADER);
    }
    next.run(request).await
}

/// Lets everything that the request leads to happen on its account.
pub(super) async fn correlate(request: Request, next: Next) -> Response {
    match id(&request).map(str::to_owned) {
        Some(id) => correlated(&id, next.run(request)).await,
        None => next.run(request).await,
    }
}

/// The id of a request, if it has one.
pub(super) fn id<B>(request: &http::Request<B>) -> Option<&str> {
    request.headers().get(HEADER).and_then(|id| id.to_str().ok())
}

fn is_plain(id: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    !id.is_empty() && id.len() <= LONGEST && id.bytes().all(plain)
}
