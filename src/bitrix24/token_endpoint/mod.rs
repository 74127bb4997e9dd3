//! `/oauth/token/` through the `oauth2` crate, which expects a standard server: the differences of Bitrix24's
//! (no `token_type`, commas in `scope`, errors with status 200) are straightened here.
//!
//! Only in this folder can the client secret be read, and what is sent from here goes to the configured
//! [`AuthorizationServerUrl`]: there is no other address in it.

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use http::header::CONTENT_TYPE;
use oauth2::{AuthType, HttpRequest, HttpResponse, RequestTokenError, TokenUrl};
use serde_json::{Value, json};
use zeroize::{Zeroize as _, Zeroizing};

use super::answer::RawAnswer;
use super::exchange::Asked;
use super::redact::{HIDDEN, Secrets};
use super::{
    AuthorizationCode, AuthorizationServerUrl, CallError, ClientId, Gate, MemberId, Observer, RefreshToken,
    Refusal, UserId, Whose,
};

mod answer;
#[cfg(any(test, fuzzing))]
pub(super) mod fuzzing;
mod secret;

pub use answer::TokenGrant;
use answer::{OauthClient, TokenAnswer, TokenRefusal};
pub use secret::ClientSecret;

/// The path of the token endpoint, with its slash.
const TOKEN: &str = "/oauth/token/";

/// The crate's futures hide their lifetimes; boxed, they may cross threads.
pub(super) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The token endpoint of the one authorization server, with the app's credentials.
#[derive(Clone)]
pub(super) struct TokenEndpoint {
    gate: Gate,
    server: AuthorizationServerUrl,
    oauth: OauthClient,
    /// Kept beside the client's own copy, to be recognised in what is written down.
    secret: ClientSecret,
    timeout: Duration,
    observer: Observer,
}

impl fmt::Debug for TokenEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenEndpoint").finish_non_exhaustive()
    }
}

impl TokenEndpoint {
    pub(super) fn new(
        gate: Gate,
        server: &AuthorizationServerUrl,
        id: &ClientId,
        secret: &ClientSecret,
    ) -> Self {
        Self {
            gate,
            server: server.clone(),
            oauth: oauth_client(server, id, secret),
            secret: secret.clone(),
            timeout: super::Timeouts::default().token,
            observer: Observer::none(),
        }
    }

    pub(super) fn observed_by(self, observer: Observer) -> Self {
        Self { observer, ..self }
    }

    pub(super) fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    pub(super) fn refresh<'a>(
        &'a self,
        whose: Whose,
        refresh: &RefreshToken,
    ) -> Boxed<'a, Result<TokenGrant, CallError>> {
        let spent = Zeroizing::new(refresh.expose().to_owned());
        Box::pin(async move {
            let token = oauth2::RefreshToken::new(spent.to_string());
            let courier = Courier {
                endpoint: self,
                whose: Some(whose),
                grant_type: "refresh_token",
                spent,
            };
            let request = self.oauth.exchange_refresh_token(&token);
            let answer = request.request_async(&courier).await;
            token.into_secret().zeroize();
            granted(answer)
        })
    }

    pub(super) fn exchange<'a>(
        &'a self,
        code: &AuthorizationCode,
    ) -> Boxed<'a, Result<TokenGrant, CallError>> {
        let spent = Zeroizing::new(code.expose().to_owned());
        Box::pin(async move {
            let request = self
                .oauth
                .exchange_code(oauth2::AuthorizationCode::new(spent.to_string()));
            let courier = Courier {
                endpoint: self,
                whose: None,
                grant_type: "authorization_code",
                spent,
            };
            granted(request.request_async(&courier).await)
        })
    }
}

fn oauth_client(server: &AuthorizationServerUrl, id: &ClientId, secret: &ClientSecret) -> OauthClient {
    oauth2::Client::new(oauth2::ClientId::new(id.as_str().to_owned()))
        .set_client_secret(oauth2::ClientSecret::new(secret.expose().to_owned()))
        .set_auth_type(AuthType::RequestBody)
        .set_token_uri(TokenUrl::from_url(server.at(TOKEN)))
}

/// Carries one request to the token endpoint.
struct Courier<'a> {
    endpoint: &'a TokenEndpoint,
    /// Of a code it is only known once it is exchanged.
    whose: Option<Whose>,
    grant_type: &'static str,
    /// What is spent by it, and must not be written down.
    spent: Zeroizing<String>,
}

impl Courier<'_> {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, CallError> {
        let endpoint = self.endpoint;
        let (parts, body) = request.into_parts();
        let request = endpoint
            .gate
            .request_of_server(&endpoint.server, TOKEN, endpoint.timeout)
            .headers(parts.headers)
            .body(body);
        let asked = Asked {
            method: "oauth/token",
            request: json!({"grant_type": self.grant_type, "client_secret": HIDDEN}),
            secrets: Secrets(&[&self.spent, endpoint.secret.expose()]),
        };
        let answer = endpoint
            .observer
            .exchange(
                asked,
                |value| self.whose.clone().unwrap_or_else(|| granted_to(value)),
                request,
            )
            .await?;
        standard(answer)
    }
}

/// Makes a standard answer of Bitrix24's: an error body never comes with status 200, and what is no JSON never
/// reaches a parser that would keep it.
fn standard(mut answer: RawAnswer) -> Result<HttpResponse, CallError> {
    let status = match answer.judged() {
        Ok(_) => 200,
        Err(CallError::Refused(refusal)) if refusal.status < 500 => 400,
        Err(error) => return Err(error),
    };
    http::Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "application/json")
        .body(std::mem::take(&mut *answer.body))
        .map_err(|_| CallError::Unreadable(answer.status))
}

impl<'c> oauth2::AsyncHttpClient<'c> for Courier<'_> {
    type Error = CallError;
    type Future = Boxed<'c, Result<HttpResponse, CallError>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// Whose tokens were granted.
fn granted_to(value: Option<&Value>) -> Whose {
    let field = |name: &str| value.and_then(|value| value.get(name));
    Whose {
        member_id: field("member_id")
            .and_then(Value::as_str)
            .and_then(|id| MemberId::parse(id).ok()),
        user_id: field("user_id").and_then(|id| UserId::from_json(id).ok()),
    }
}

/// What the crate has read, as a grant of ours.
fn granted(
    answer: Result<TokenAnswer, RequestTokenError<CallError, TokenRefusal>>,
) -> Result<TokenGrant, CallError> {
    TokenGrant::read(&answer.map_err(call_error)?)
}

/// The crate's error, without what it quotes: its texts may hold the body.
fn call_error(error: RequestTokenError<CallError, TokenRefusal>) -> CallError {
    match error {
        RequestTokenError::ServerResponse(TokenRefusal(body)) => {
            Refusal::read(400, &body).map_or(CallError::Unreadable(400), CallError::Refused)
        }
        RequestTokenError::Request(error) => error,
        RequestTokenError::Parse(..) => CallError::Unexpected("access_token"),
        RequestTokenError::Other(_) => CallError::Unreadable(200),
    }
}
