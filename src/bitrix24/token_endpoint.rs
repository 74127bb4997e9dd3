//! `/oauth/token/` through the `oauth2` crate, which expects a standard server: the differences of Bitrix24's
//! (no `token_type`, commas in `scope`, errors with status 200) are straightened here.

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use http::header::CONTENT_TYPE;
use jiff::{SignedDuration, Timestamp};
use oauth2::basic::{BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType};
use oauth2::{
    AuthType, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, RequestTokenError,
    StandardRevocableToken, TokenUrl,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use super::answer::RawAnswer;
use super::exchange::Asked;
use super::ids::integer;
use super::redact::{HIDDEN, Secrets};
use super::{
    AccessToken, AuthorizationCode, CallError, ClientEndpoint, ClientId, ClientSecret, MemberId, Observer,
    RefreshToken, Refusal, TokenPair, UserId, Whose,
};

/// What the token endpoint grants; section 3 of the platform facts.
#[derive(Clone, Debug)]
pub struct TokenGrant {
    /// The new pair.
    pub pair: TokenPair,
    /// The portal; must be the one whose token was refreshed, or where the code was issued.
    pub member_id: MemberId,
    /// The user, when named; may be another one (a dismissed employee's app goes to a system user).
    pub user_id: Option<UserId>,
    /// Where the portal's REST answers now, when named.
    pub client_endpoint: Option<ClientEndpoint>,
    /// How long the access token lasts, when the answer says it.
    pub expires_in: Option<SignedDuration>,
}

impl TokenGrant {
    fn read(answer: &TokenAnswer) -> Result<Self, CallError> {
        let text = |name: &str| answer.fields.get(name).and_then(Value::as_str);
        Ok(Self {
            pair: TokenPair {
                access: AccessToken::parse(answer.access_token.secret())
                    .map_err(|_| CallError::Unexpected("access_token"))?,
                refresh: answer
                    .refresh_token
                    .as_ref()
                    .and_then(|token| RefreshToken::parse(token.secret()).ok())
                    .ok_or(CallError::Unexpected("refresh_token"))?,
                expires_at: answer
                    .fields
                    .get("expires")
                    .and_then(integer)
                    .and_then(|seconds| Timestamp::from_second(seconds).ok()),
            },
            member_id: text("member_id")
                .and_then(|id| MemberId::parse(id).ok())
                .ok_or(CallError::Unexpected("member_id"))?,
            user_id: answer
                .fields
                .get("user_id")
                .and_then(|id| UserId::from_json(id).ok()),
            client_endpoint: text("client_endpoint").and_then(|url| ClientEndpoint::parse(url).ok()),
            expires_in: answer
                .fields
                .get("expires_in")
                .and_then(integer)
                .map(SignedDuration::from_secs),
        })
    }
}

/// The crate's futures hide their lifetimes; boxed, they may cross threads.
pub(super) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

type OauthClient = oauth2::Client<
    TokenRefusal,
    TokenAnswer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// The token endpoint of the one authorization server, with the app's credentials.
#[derive(Clone)]
pub(super) struct TokenEndpoint {
    http: reqwest::Client,
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
    pub(super) fn new(http: reqwest::Client, url: Url, id: &ClientId, secret: &ClientSecret) -> Self {
        Self {
            http,
            oauth: oauth_client(url, id, secret),
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
        let token = oauth2::RefreshToken::new(refresh.expose().to_owned());
        Box::pin(async move {
            let courier = Courier {
                endpoint: self,
                whose: Some(whose),
                grant_type: "refresh_token",
                spent: token.secret().clone(),
            };
            let request = self.oauth.exchange_refresh_token(&token);
            granted(request.request_async(&courier).await)
        })
    }

    pub(super) fn exchange<'a>(
        &'a self,
        code: &AuthorizationCode,
    ) -> Boxed<'a, Result<TokenGrant, CallError>> {
        let code = oauth2::AuthorizationCode::new(code.expose().to_owned());
        Box::pin(async move {
            let courier = Courier {
                endpoint: self,
                whose: None,
                grant_type: "authorization_code",
                spent: code.secret().clone(),
            };
            let request = self.oauth.exchange_code(code);
            granted(request.request_async(&courier).await)
        })
    }
}

pub(super) fn oauth_client(url: Url, id: &ClientId, secret: &ClientSecret) -> OauthClient {
    oauth2::Client::new(oauth2::ClientId::new(id.as_str().to_owned()))
        .set_client_secret(oauth2::ClientSecret::new(secret.expose().to_owned()))
        .set_auth_type(AuthType::RequestBody)
        .set_token_uri(TokenUrl::from_url(url))
}

/// Carries one request to the token endpoint.
struct Courier<'a> {
    endpoint: &'a TokenEndpoint,
    /// Of a code it is only known once it is exchanged.
    whose: Option<Whose>,
    grant_type: &'static str,
    /// What is spent by it, and must not be written down.
    spent: String,
}

impl Courier<'_> {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, CallError> {
        let endpoint = self.endpoint;
        let (parts, body) = request.into_parts();
        let request = endpoint
            .http
            .request(parts.method, parts.uri.to_string())
            .headers(parts.headers)
            .timeout(endpoint.timeout)
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
pub(super) fn standard(answer: RawAnswer) -> Result<HttpResponse, CallError> {
    let status = match answer.judged() {
        Ok(_) => 200,
        Err(CallError::Refused(refusal)) if refusal.status < 500 => 400,
        Err(error) => return Err(error),
    };
    http::Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "application/json")
        .body(answer.body)
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
pub(super) fn granted(
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

/// The answer in Bitrix24's shape; what the crate does not ask for stays in `fields`.
#[derive(Clone, Deserialize, Serialize)]
pub(super) struct TokenAnswer {
    access_token: oauth2::AccessToken,
    refresh_token: Option<oauth2::RefreshToken>,
    #[serde(skip, default = "bearer")]
    token_type: BasicTokenType,
    #[serde(flatten)]
    fields: serde_json::Map<String, Value>,
}

fn bearer() -> BasicTokenType {
    BasicTokenType::Bearer
}

impl fmt::Debug for TokenAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenAnswer(…)")
    }
}

impl oauth2::TokenResponse for TokenAnswer {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &oauth2::AccessToken {
        &self.access_token
    }

    fn token_type(&self) -> &BasicTokenType {
        &self.token_type
    }

    fn expires_in(&self) -> Option<Duration> {
        let seconds = self.fields.get("expires_in").and_then(integer)?;
        u64::try_from(seconds).ok().map(Duration::from_secs)
    }

    fn refresh_token(&self) -> Option<&oauth2::RefreshToken> {
        self.refresh_token.as_ref()
    }

    fn scopes(&self) -> Option<&Vec<oauth2::Scope>> {
        None
    }
}

/// An error body, kept as it is for [`Refusal::read`].
#[derive(Clone, Deserialize, Serialize)]
pub(super) struct TokenRefusal(Value);

impl fmt::Debug for TokenRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenRefusal(…)")
    }
}

impl fmt::Display for TokenRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the token endpoint refused")
    }
}

impl oauth2::ErrorResponse for TokenRefusal {}
