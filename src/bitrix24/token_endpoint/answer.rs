//! What the token endpoint says, in the `oauth2` crate's words and in ours.

use std::fmt;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use oauth2::basic::{BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType};
use oauth2::{EndpointNotSet, EndpointSet, StandardRevocableToken};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zeroize::Zeroize as _;

use crate::bitrix24::ids::integer;
use crate::bitrix24::{AccessToken, CallError, ClientEndpoint, MemberId, RefreshToken, TokenPair, UserId};

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
    pub(super) fn read(answer: &TokenAnswer) -> Result<Self, CallError> {
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

/// The crate's client, with Bitrix24's answers instead of the standard's.
pub(super) type OauthClient = oauth2::Client<
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

/// The crate does not wipe what it has read.
impl Drop for TokenAnswer {
    fn drop(&mut self) {
        let access = std::mem::replace(&mut self.access_token, oauth2::AccessToken::new(String::new()));
        access.into_secret().zeroize();
        if let Some(refresh) = self.refresh_token.take() {
            refresh.into_secret().zeroize();
        }
    }
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
pub(super) struct TokenRefusal(pub(super) Value);

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
