//! The headers of every answer; section 9 of the platform facts.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY};
use http::header::{HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use url::Url;

use crate::bitrix24::Origin;

const NOBODY: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// Two years, as the preload lists want it.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// Nobody else's page needs our answers as a part of its own; a frame is no such part.
const OURS_ALONE: HeaderValue = HeaderValue::from_static("same-origin");

/// What a page of ours never asks a person for, whoever gets to run a script in it.
const NOTHING_OF_THE_DEVICE: HeaderValue =
    HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()");

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// What pages may load and who may frame them.
#[derive(Debug)]
pub(super) struct Policy {
    library: String,
    plain_portals: bool,
}

impl Policy {
    /// `plain_portals` says that portals may be at http addresses.
    pub(super) fn new(js_url: &Url, plain_portals: bool) -> Self {
        Self {
            library: js_url.origin().ascii_serialization(),
            plain_portals,
        }
    }

    /// The content security policy of a page that exactly `frame` may show; nobody when it is empty, and then
    /// it does not need the platform's library either.
    pub(super) fn page(&self, frame: &[Origin]) -> HeaderValue {
        match frame {
            [] => standing_alone("'self'"),
            some => {
                let ancestors = some.iter().map(Origin::as_str).collect::<Vec<_>>().join(" ");
                policy(&format!("'self' {}", self.library), "'self'", &ancestors)
            }
        }
    }

    /// The policy of a page whose form leads to any portal: browsers check `form-action` on redirects, too.
    pub(super) fn leading_to_portals(&self) -> HeaderValue {
        standing_alone(if self.plain_portals {
            "'self' https: http:"
        } else {
            "'self' https:"
        })
    }
}

fn standing_alone(forms: &str) -> HeaderValue {
    policy("'self'", forms, "'none'")
}

fn policy(scripts: &str, forms: &str, ancestors: &str) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action {forms}; base-uri 'none'; frame-ancestors {ancestors}"
    );
    HeaderValue::try_from(policy).unwrap_or(NOBODY)
}

/// Completes every answer: what a door did not decide is closed. `secure` says that our own origin is https.
pub(super) async fn complete(State(secure): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut default = |name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };
    default(CONTENT_SECURITY_POLICY, NOBODY);
    default(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    default(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    default(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    default(RESOURCE_POLICY, OURS_ALONE);
    // A page that stands alone keeps no tie to whoever opened it; in a frame this says nothing.
    default(OPENER_POLICY, OURS_ALONE);
    default(PERMISSIONS_POLICY, NOTHING_OF_THE_DEVICE);
    if secure {
        default(STRICT_TRANSPORT_SECURITY, HSTS);
    }
    response
}

#[cfg(test)]
mod tests {
    use tower::ServiceExt as _;

    use super::*;

    fn policy(plain_portals: bool) -> Policy {
        let library = Url::parse("https://api.bitrix24.com/api/v1/").unwrap();
        Policy::new(&library, plain_portals)
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_like_any_other_and_tells_nothing_of_itself() {
        async fn panics() {
            panic!("a secret")
        }
        let doors = axum::Router::new().route("/", axum::routing::get(panics));
        let request = Request::get("/").body(axum::body::Body::empty()).unwrap();
        let answer = crate::web::dressed(doors, true).oneshot(request).await.unwrap();
        assert_eq!(answer.status(), http::StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in [
            (CONTENT_SECURITY_POLICY, NOBODY),
            (CACHE_CONTROL, HeaderValue::from_static("no-store")),
            (STRICT_TRANSPORT_SECURITY, HSTS),
            (RESOURCE_POLICY, OURS_ALONE),
        ] {
            assert_eq!(answer.headers()[name], value);
        }
        let body = axum::body::to_bytes(answer.into_body(), 1000).await.unwrap();
        let body = str::from_utf8(&body).unwrap();
        assert!(body.starts_with("Something went wrong on our side."), "{body}");
    }

    #[test]
    fn a_page_that_stands_alone_loads_nothing_of_the_platform() {
        let alone = policy(false).page(&[]);
        let alone = alone.to_str().unwrap();
        assert!(alone.contains("frame-ancestors 'none'") && alone.contains("form-action 'self';"));
        assert!(!alone.contains("bitrix24"));
        let portal = Origin::parse("https://acme.bitrix24.com").unwrap();
        let framed = policy(false).page(&[portal]);
        let framed = framed.to_str().unwrap();
        assert!(framed.contains("frame-ancestors https://acme.bitrix24.com"));
        assert!(framed.contains("script-src 'self' https://api.bitrix24.com;"));
    }

    #[test]
    fn only_the_first_pages_form_leads_elsewhere_and_to_plain_http_in_development_alone() {
        for (plain, forms) in [
            (false, "form-action 'self' https:;"),
            (true, "form-action 'self' https: http:;"),
        ] {
            let leading = policy(plain).leading_to_portals();
            assert!(leading.to_str().unwrap().contains(forms), "{leading:?}");
        }
    }
}
