//! The headers of every answer; section 9 of the platform facts.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY};
use http::header::{HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use url::Url;

use super::Doors;
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
    secure: bool,
    plain_portals: bool,
}

impl Policy {
    /// `secure` says that our own origin is https, `plain_portals` that portals may be at http addresses.
    pub(super) fn new(js_url: &Url, secure: bool, plain_portals: bool) -> Self {
        Self {
            library: js_url.origin().ascii_serialization(),
            secure,
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

/// Completes every answer: what a door did not decide is closed.
pub(super) async fn complete(State(doors): State<Arc<Doors>>, request: Request, next: Next) -> Response {
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
    if doors.headers.secure {
        default(STRICT_TRANSPORT_SECURITY, HSTS);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(plain_portals: bool) -> Policy {
        let library = Url::parse("https://api.bitrix24.com/api/v1/").unwrap();
        Policy::new(&library, true, plain_portals)
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
