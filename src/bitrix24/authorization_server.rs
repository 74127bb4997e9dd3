//! The authorization server: the one address that is believed, and the only one that gets the secret.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::time::Instant;
use url::Url;

use super::breaker::Breaker;
use super::exchange::Asked;
use super::redact::{HIDDEN, Secrets};
use super::token_endpoint::{TokenEndpoint, TokenGrant};
use super::{
    AccessToken, AppInfo, AuthorizationCode, CallError, ClientId, ClientSecret, Egress, Gate, MemberId,
    Observer, RefreshToken, Timeouts, UserId, Whose,
};

/// The two official authorization servers; there is no third.
const OFFICIAL: [&str; 2] = ["https://oauth.bitrix.info", "https://oauth.bitrix24.tech"];

/// The path of the witness.
const APP_INFO: &str = "/rest/app.info";

/// A URL that is no authorization server to trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is neither https://oauth.bitrix.info nor https://oauth.bitrix24.tech")]
pub struct UntrustedServer;

/// The configured authorization server. Cannot be made from anything that a request says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationServerUrl(Url);

impl AuthorizationServerUrl {
    /// Takes one of the official servers; in development also an address of this machine.
    pub fn parse(text: &str, development: bool) -> Result<Self, UntrustedServer> {
        let url = Url::parse(text).map_err(|_| UntrustedServer)?;
        let bare = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        let official = OFFICIAL.contains(&url.origin().ascii_serialization().as_str());
        let allowed = official || (development && Egress::new(true, Vec::new()).permits(&url).is_ok());
        if bare && allowed {
            Ok(Self(url))
        } else {
            Err(UntrustedServer)
        }
    }

    /// The witness's address, for looking whether anybody answers there.
    #[must_use]
    pub fn witness(&self) -> Url {
        self.at(APP_INFO)
    }

    pub(super) fn at(&self, path: &'static str) -> Url {
        let mut url = self.0.clone();
        url.set_path(path);
        url
    }
}

/// The mouth that speaks to the authorization server. While that is down, calls are held back; see `breaker`.
#[derive(Clone, Debug)]
pub struct AuthorizationServer {
    gate: Gate,
    url: AuthorizationServerUrl,
    client_id: ClientId,
    tokens: TokenEndpoint,
    timeouts: Timeouts,
    breaker: Arc<Breaker>,
    heard: Arc<Mutex<Option<Heard>>>,
    observer: Observer,
}

/// What its clock said, and when that was by a clock that only runs forward.
#[derive(Clone, Copy, Debug)]
struct Heard {
    said: Timestamp,
    at: Instant,
}

impl AuthorizationServer {
    /// Speaks through the given gate, as the given app.
    #[must_use]
    pub fn new(
        gate: Gate,
        url: &AuthorizationServerUrl,
        (client_id, client_secret): (ClientId, &ClientSecret),
        timeouts: Timeouts,
    ) -> Self {
        let tokens = TokenEndpoint::new(gate.clone(), url, &client_id, client_secret);
        let tokens = tokens.with_timeout(timeouts.token);
        Self {
            gate,
            url: url.clone(),
            client_id,
            tokens,
            timeouts,
            breaker: Arc::new(Breaker::new()),
            heard: Arc::default(),
            observer: Observer::none(),
        }
    }

    /// Tells every call to this observer.
    #[must_use]
    pub fn observed_by(self, observer: Observer) -> Self {
        Self {
            tokens: self.tokens.observed_by(observer.clone()),
            observer,
            ..self
        }
    }

    /// The app's own identifier, with which a witness must agree.
    #[must_use]
    pub fn client_id(&self) -> &ClientId {
        &self.client_id
    }

    /// What time it is by the authorization server's clock, which alone all replicas share; unknown until it has
    /// answered for the first time.
    #[must_use]
    pub fn time(&self) -> Option<Timestamp> {
        let heard = (*self.heard.lock().unwrap_or_else(PoisonError::into_inner))?;
        let since = SignedDuration::try_from(heard.at.elapsed()).ok()?;
        heard.said.checked_add(since).ok()
    }

    /// Asks whose token this is that somebody has brought.
    pub async fn app_info(&self, access: &AccessToken) -> Result<AppInfo, CallError> {
        self.ask(access, |value| self.witnessed(value)).await
    }

    /// Asks about a token that is kept as this user's.
    pub async fn app_info_of(&self, whose: Whose, access: &AccessToken) -> Result<AppInfo, CallError> {
        self.ask(access, |_| whose).await
    }

    async fn ask(
        &self,
        access: &AccessToken,
        whose: impl FnOnce(Option<&Value>) -> Whose,
    ) -> Result<AppInfo, CallError> {
        let request = self
            .gate
            .request_of_server(&self.url, APP_INFO, self.timeouts.token)
            .header(http::header::ACCEPT, "application/json")
            .form(&[("auth", access.expose())]);
        let asked = Asked {
            method: "app.info",
            request: json!({"auth": HIDDEN}),
            secrets: Secrets(&[access.expose()]),
        };
        let exchange = async {
            let answer = self.observer.exchange(asked, whose, request).await?;
            Ok((answer.judged()?.clone(), answer.date))
        };
        // What is wrong with a readable answer is wrong with this token's portal, and tells nothing of the server.
        let (value, date) = self.heeded(self.breaker.guard(exchange).await)?;
        let info = AppInfo::read(&value, date)?;
        if let Some(said) = info.said_at {
            let at = Instant::now();
            *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(Heard { said, at });
        }
        Ok(info)
    }

    /// Whose token it is, if it is one of this app's: nobody else's portals belong into our log.
    fn witnessed(&self, value: Option<&Value>) -> Whose {
        let field = |path: &str| value.and_then(|value| value.pointer(path));
        let text = |path: &str| field(path).and_then(Value::as_str);
        if text("/result/client_id") != Some(self.client_id.as_str()) {
            return Whose::default();
        }
        Whose {
            member_id: text("/result/install/member_id").and_then(|id| MemberId::parse(id).ok()),
            user_id: field("/result/user_id").and_then(|id| UserId::from_json(id).ok()),
        }
    }

    /// Exchanges what a person brought back from the portal for their first pair. The code is spent whatever
    /// becomes of the answer.
    pub async fn exchange_code(&self, code: &AuthorizationCode) -> Result<TokenGrant, CallError> {
        self.heeded(self.breaker.guard(self.tokens.exchange(code)).await)
    }

    /// Exchanges a refresh token for a new pair. The token is spent whatever becomes of the answer.
    pub async fn refresh(&self, whose: Whose, refresh: &RefreshToken) -> Result<TokenGrant, CallError> {
        self.heeded(self.breaker.guard(self.tokens.refresh(whose, refresh)).await)
    }

    /// After silence, the connections that are kept are no longer trusted.
    fn heeded<T>(&self, answer: Result<T, CallError>) -> Result<T, CallError> {
        if matches!(answer, Err(CallError::TimedOut)) {
            self.gate.forget_connections();
        }
        answer
    }

    /// Whether the last call was answered sensibly, be it by a refusal.
    #[must_use]
    pub fn answers(&self) -> bool {
        self.breaker.answers()
    }
}
