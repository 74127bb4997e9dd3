//! What must hold for every answer of the token endpoint.

use oauth2::{HttpRequest, HttpResponse};

use super::super::fuzzing::{SENT, answer, at_once, is_hex_key, is_nameable, is_token};
use super::{Boxed, TokenGrant, granted, oauth_client, standard};
use crate::bitrix24::{AuthorizationServerUrl, CallError, ClientId, ClientSecret};

/// The token endpoint's answer, through the OAuth library.
pub(crate) fn token_answer(input: &[u8]) -> bool {
    let Some(answer) = answer(input) else {
        return false;
    };
    let Some(granted) = asked(answer.and_then(standard)) else {
        return false;
    };
    let grant = match granted {
        Ok(grant) => grant,
        Err(error) => {
            // What cannot be read names its place, never its content.
            let said = format!("{error} {error:?}");
            assert!(said.len() < 400, "an error quotes the answer: {said}");
            return false;
        }
    };
    let (access, refresh) = (grant.pair.access.expose(), grant.pair.refresh.expose());
    assert!(is_token(access) && is_token(refresh), "no tokens");
    assert!(is_hex_key(grant.member_id.as_str()), "nobody's tokens");
    assert!(grant.user_id.is_none_or(|user| user.get() > 0), "no user");
    if let Some(endpoint) = &grant.client_endpoint {
        is_nameable(&endpoint.origin());
    }
    let shown = format!("{grant:?}");
    for token in [access, refresh].into_iter().filter(|token| token.len() > 32) {
        assert!(!shown.contains(token), "a token is shown");
    }
    true
}

/// Hands one answer to whoever asks.
struct Given(Result<HttpResponse, CallError>);

impl<'c> oauth2::AsyncHttpClient<'c> for Given {
    type Error = CallError;
    type Future = Boxed<'c, Result<HttpResponse, CallError>>;

    fn call(&'c self, _: HttpRequest) -> Self::Future {
        Box::pin(std::future::ready(self.0.clone()))
    }
}

fn asked(answer: Result<HttpResponse, CallError>) -> Option<Result<TokenGrant, CallError>> {
    let server = AuthorizationServerUrl::parse("https://oauth.bitrix.info", false).ok()?;
    let app = ClientId::parse("app.1")
        .ok()
        .zip(ClientSecret::parse("fuzzed").ok());
    let (id, secret) = app?;
    let client = oauth_client(&server, &id, &secret);
    let token = oauth2::RefreshToken::new(SENT.into());
    let courier = Given(answer);
    let asked = client.exchange_refresh_token(&token).request_async(&courier);
    Some(granted(at_once(asked)))
}
