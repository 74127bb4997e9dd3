//! Calling REST methods on portals: section 5 of the platform facts.

use std::time::Duration;

use http::Method;
use http::header::ACCEPT;
use serde_json::Value;
use url::Url;

use super::exchange::Asked;
use super::redact::{HIDDEN, Secrets};
use super::wiped::Wiped;
use super::{AccessToken, CallError, ClientEndpoint, Gate, Observer, Webhook, Whose};

/// The mouth that speaks to portals. Knows no secret of the app; a token comes with each call.
#[derive(Clone, Debug)]
pub struct Portals {
    gate: Gate,
    observer: Observer,
}

/// With what a call is made: where, in whose name, and with which token.
#[derive(Clone, Debug)]
pub struct Authority<'a> {
    /// The portal's REST root.
    pub endpoint: &'a ClientEndpoint,
    /// Whose token it is.
    pub whose: Whose,
    /// The token.
    pub access: &'a AccessToken,
}

impl Portals {
    /// Speaks through the given gate.
    #[must_use]
    pub fn new(gate: Gate) -> Self {
        Self {
            gate,
            observer: Observer::none(),
        }
    }

    /// Tells every call to this observer.
    #[must_use]
    pub fn observed_by(self, observer: Observer) -> Self {
        Self { observer, ..self }
    }

    /// Calls a method once and gives its `result`. A JSON body with `auth` inside; redirects are reported,
    /// never followed.
    pub async fn call(&self, authority: Authority<'_>, call: &Call) -> Result<Value, CallError> {
        let Authority {
            endpoint,
            whose,
            access,
        } = authority;
        let with_auth = |auth: &str| {
            let mut params = call.params.clone();
            if let Some(fields) = params.as_object_mut() {
                fields.insert("auth".into(), auth.into());
            }
            params
        };
        let asked = Asked {
            method: call.method,
            request: with_auth(HIDDEN),
            secrets: Secrets(&[access.expose()]),
        };
        let url = endpoint.method_url(call.method);
        self.post(
            (endpoint, url),
            (asked, whose),
            &Wiped(with_auth(access.expose())),
            call.timeout,
        )
        .await
    }

    /// Calls a method once through a webhook, whose address is its authorization.
    pub async fn call_webhook(&self, webhook: &Webhook, call: &Call) -> Result<Value, CallError> {
        let asked = Asked {
            method: call.method,
            request: call.params.clone(),
            secrets: Secrets(&[webhook.secret()]),
        };
        let address = (webhook.endpoint(), webhook.method_url(call.method));
        self.post(
            address,
            (asked, Whose::default()),
            &Wiped(call.params.clone()),
            call.timeout,
        )
        .await
    }

    async fn post(
        &self,
        (endpoint, url): (&ClientEndpoint, Url),
        (asked, whose): (Asked<'_>, Whose),
        params: &Wiped,
        timeout: Duration,
    ) -> Result<Value, CallError> {
        let request = match self.gate.request(Method::POST, &url, timeout) {
            Ok(request) => request.header(ACCEPT, "application/json").json(&params.0),
            Err(error) => return Err(self.observer.forbidden(asked, whose, error)),
        };
        let answer = self.observer.exchange(asked, |_| whose, request).await?;
        match answer.redirect(&url) {
            Some(target) => Err(moved(endpoint, &target?)),
            None => answer.into_result(),
        }
    }
}

/// One REST call: which method, with what, and how long it may take.
#[derive(Clone, Debug)]
pub struct Call {
    /// The method's name.
    pub method: &'static str,
    /// Its parameters, an object, without `auth`.
    pub params: Value,
    /// How long to wait for the answer.
    pub timeout: Duration,
}

pub(super) fn moved(endpoint: &ClientEndpoint, target: &Url) -> CallError {
    let to_a_page = matches!(target.scheme(), "http" | "https");
    if to_a_page && endpoint.may_be_left_for(target) {
        CallError::Moved
    } else {
        CallError::Closed
    }
}
