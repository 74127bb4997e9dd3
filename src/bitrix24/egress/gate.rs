//! The client behind the policy. Nobody else in the program has one.

use std::sync::Arc;
use std::time::Duration;

use http::Method;
use reqwest::RequestBuilder;
use url::Url;

use super::names::CheckedResolver;
use super::{Egress, EgressError};
use crate::bitrix24::{AuthorizationServerUrl, Timeouts};

/// Connections without a call are kept so long; servers close theirs after a minute.
const KEPT_IDLE: Duration = Duration::from_secs(55);

/// The way out of this process: no redirects, no proxies, no retries, checked addresses only, and no request without
/// a limit of time, which covers the last byte of its answer.
#[derive(Clone, Debug)]
pub struct Gate {
    http: reqwest::Client,
    egress: Egress,
}

impl Gate {
    /// Opens the one way out under this policy.
    ///
    /// # Errors
    /// When no certificate authorities are installed on this machine.
    pub fn open(egress: &Egress, timeouts: &Timeouts) -> Result<Self, reqwest::Error> {
        let resolver = CheckedResolver {
            egress: egress.clone(),
        };
        let http = reqwest::Client::builder()
            .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .referer(false)
            // Covers the resolution, too.
            .connect_timeout(timeouts.connect)
            .dns_resolver(Arc::new(resolver))
            .pool_idle_timeout(KEPT_IDLE)
            .build()?;
        let egress = egress.clone();
        Ok(Self { http, egress })
    }

    /// A request to an address that the policy allows.
    pub(in crate::bitrix24) fn request(
        &self,
        method: Method,
        url: &Url,
        within: Duration,
    ) -> Result<RequestBuilder, EgressError> {
        self.egress.permits(url)?;
        Ok(self.http.request(method, url.clone()).timeout(within))
    }

    /// The same over plain http, at a host that may be called over https: to see whether somebody answers there.
    pub(in crate::bitrix24) fn request_in_clear(
        &self,
        method: Method,
        url: &Url,
        within: Duration,
    ) -> Result<RequestBuilder, EgressError> {
        let mut secure = url.clone();
        secure.set_scheme("https").map_err(|()| EgressError::NotHttps)?;
        self.egress.permits(&secure)?;
        Ok(self.http.request(method, url.clone()).timeout(within))
    }

    /// A request to the authorization server, whose address was judged when it was configured; if it is a name, what
    /// that resolves to is checked like that of any other.
    pub(in crate::bitrix24) fn request_of_server(
        &self,
        server: &AuthorizationServerUrl,
        path: &'static str,
        within: Duration,
    ) -> RequestBuilder {
        self.http.post(server.at(path)).timeout(within)
    }
}
