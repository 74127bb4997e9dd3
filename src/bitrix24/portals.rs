//! Calling REST methods on portals: section 5 of the platform facts.

use std::time::Duration;

use serde_json::Value;
use url::Url;

use super::answer::RawAnswer;
use super::{AccessToken, CallError, ClientEndpoint, Egress, Origin, Webhook};

/// The mouth that speaks to portals. Knows no secret of the app; a token comes with each call.
#[derive(Clone, Debug)]
pub struct Portals {
    http: reqwest::Client,
    egress: Egress,
}

impl Portals {
    /// Speaks through the given client.
    #[must_use]
    pub fn new(http: reqwest::Client, egress: Egress) -> Self {
        Self { http, egress }
    }

    /// Calls a method once and gives its `result`. A JSON body with `auth` inside; redirects are reported,
    /// never followed.
    pub async fn call(
        &self,
        endpoint: &ClientEndpoint,
        access: &AccessToken,
        call: &Call,
    ) -> Result<Value, CallError> {
        let mut params = call.params.clone();
        if let Some(fields) = params.as_object_mut() {
            fields.insert("auth".into(), access.expose().into());
        }
        self.post(endpoint, endpoint.method_url(call.method), &params, call.timeout)
            .await
    }

    /// Calls a method once through a webhook, whose address is its authorization.
    pub async fn call_webhook(&self, webhook: &Webhook, call: &Call) -> Result<Value, CallError> {
        self.post(
            webhook.endpoint(),
            webhook.method_url(call.method),
            &call.params,
            call.timeout,
        )
        .await
    }

    async fn post(
        &self,
        endpoint: &ClientEndpoint,
        url: Url,
        params: &Value,
        timeout: Duration,
    ) -> Result<Value, CallError> {
        self.egress.permits(endpoint.url())?;
        let request = self
            .http
            .post(url.clone())
            .header(http::header::ACCEPT, "application/json")
            .timeout(timeout)
            .json(params);
        let answer = RawAnswer::of(request).await?;
        if let Some(target) = answer.redirect(&url) {
            return Err(moved(endpoint, &target?));
        }
        answer
            .json()?
            .get_mut("result")
            .map(Value::take)
            .ok_or(CallError::Unexpected("result"))
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

fn moved(endpoint: &ClientEndpoint, target: &Url) -> CallError {
    match Origin::of(target) {
        Some(origin) if !endpoint.shares_host_with(target) => CallError::Moved(origin),
        _ => CallError::Closed,
    }
}
