//! The client behind the policy. Nobody else in the program has one.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use http::Method;
use reqwest::RequestBuilder;
use tokio::time::Instant;
use url::Url;

use super::names::CheckedResolver;
use super::{Egress, EgressError};
use crate::bitrix24::{AuthorizationServerUrl, Timeouts};

/// Connections without a call are kept so long; servers close theirs after a minute.
const KEPT_IDLE: Duration = Duration::from_secs(55);

/// Pings of HTTP/2, on which everything for one host shares a connection: a dead one would hold all of it up.
const PING_EVERY: Duration = Duration::from_secs(15);
const PONG_WITHIN: Duration = Duration::from_secs(10);

/// Connections are forgotten so often at most: a server that is only slow must not cost a handshake for every call.
const FORGOTTEN_ONCE_IN: Duration = Duration::from_secs(5);

/// The way out of this process: no redirects, no proxies, no retries, checked addresses only, and no request without
/// a limit of time, which covers the last byte of its answer.
#[derive(Clone, Debug)]
pub struct Gate {
    http: Arc<RwLock<Kept>>,
    egress: Egress,
    connect_timeout: Duration,
}

/// The client with its open connections.
#[derive(Debug)]
struct Kept {
    client: reqwest::Client,
    forgotten: Option<Instant>,
}

impl Gate {
    /// Opens the one way out under this policy.
    ///
    /// # Errors
    /// When no certificate authorities are installed on this machine.
    pub fn open(egress: &Egress, timeouts: &Timeouts) -> Result<Self, reqwest::Error> {
        let client = client(egress, timeouts.connect)?;
        Ok(Self {
            http: Arc::new(RwLock::new(Kept {
                client,
                forgotten: None,
            })),
            egress: egress.clone(),
            connect_timeout: timeouts.connect,
        })
    }

    /// Begins anew with fresh connections; what is under way goes on. A wire that goes dead without a word leaves idle
    /// connections that never end, and each of them would cost a call its whole time before the next one is tried.
    pub(in crate::bitrix24) fn forget_connections(&self) {
        let now = Instant::now();
        let recent = |at: Instant| now.duration_since(at) < FORGOTTEN_ONCE_IN;
        let mut kept = self.http.write().unwrap_or_else(PoisonError::into_inner);
        if kept.forgotten.is_some_and(recent) {
            return;
        }
        kept.forgotten = Some(now);
        match client(&self.egress, self.connect_timeout) {
            Ok(client) => kept.client = client,
            Err(error) => tracing::warn!(%error, "connections that may be dead are kept"),
        }
    }

    fn client(&self) -> reqwest::Client {
        let kept = self.http.read().unwrap_or_else(PoisonError::into_inner);
        kept.client.clone()
    }

    /// A request to an address that the policy allows.
    pub(in crate::bitrix24) fn request(
        &self,
        method: Method,
        url: &Url,
        within: Duration,
    ) -> Result<RequestBuilder, EgressError> {
        self.egress.permits(url)?;
        Ok(self.client().request(method, url.clone()).timeout(within))
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
        Ok(self.client().request(method, url.clone()).timeout(within))
    }

    /// A request to the authorization server, whose address was judged when it was configured; if it is a name, what
    /// that resolves to is checked like that of any other.
    pub(in crate::bitrix24) fn request_of_server(
        &self,
        server: &AuthorizationServerUrl,
        path: &'static str,
        within: Duration,
    ) -> RequestBuilder {
        self.client().post(server.at(path)).timeout(within)
    }
}

fn client(egress: &Egress, connect_timeout: Duration) -> Result<reqwest::Client, reqwest::Error> {
    let resolver = CheckedResolver {
        egress: egress.clone(),
    };
    reqwest::Client::builder()
        .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .referer(false)
        // Covers the resolution, too.
        .connect_timeout(connect_timeout)
        .dns_resolver(Arc::new(resolver))
        .pool_idle_timeout(KEPT_IDLE)
        .http2_keep_alive_interval(PING_EVERY)
        .http2_keep_alive_timeout(PONG_WITHIN)
        .http2_keep_alive_while_idle(true)
        .build()
}
