//! An incoming webhook: `https://PORTAL/rest/{user_id}/{secret}/`, made by a person in their portal. The
//! secret is part of the address, so the address is never shown.

use std::fmt;

use secrecy::ExposeSecret as _;
use url::Url;

use super::{ClientEndpoint, UserId};

/// Why a text is no webhook; says nothing of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is no webhook: it should look like https://PORTAL/rest/USER/SECRET/")]
pub struct NoWebhook;

/// A webhook's address, which carries its authorization.
#[derive(Clone)]
pub struct Webhook {
    endpoint: ClientEndpoint,
    user_id: UserId,
    secret: secrecy::SecretString,
}

impl Webhook {
    /// Reads the address as the portal shows it, with or without a method at its end.
    pub fn parse(text: &str) -> Result<Self, NoWebhook> {
        let url = Url::parse(text.trim()).map_err(|_| NoWebhook)?;
        let (base, rest) = url.path().split_once("/rest/").ok_or(NoWebhook)?;
        let mut parts = rest.split('/');
        let user_id = parts
            .next()
            .and_then(|part| UserId::parse(part).ok())
            .ok_or(NoWebhook)?;
        let plain = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric());
        let secret = parts.next().filter(plain).ok_or(NoWebhook)?.to_owned().into();
        let mut root = url.clone();
        root.set_path(&format!("{base}/rest/"));
        let endpoint = ClientEndpoint::parse(root.as_str()).map_err(|_| NoWebhook)?;
        Ok(Self {
            endpoint,
            user_id,
            secret,
        })
    }

    /// The portal's endpoint, without the secret.
    #[must_use]
    pub fn endpoint(&self) -> &ClientEndpoint {
        &self.endpoint
    }

    /// The secret itself, to be recognised in what is written down.
    pub(super) fn secret(&self) -> &str {
        self.secret.expose_secret()
    }

    pub(super) fn method_url(&self, method: &str) -> Url {
        self.endpoint
            .method_url(&format!("{}/{}/{method}", self.user_id, self.secret()))
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Webhook({}, …)", self.endpoint.domain())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_webhook_is_read_as_people_copy_it_and_never_shown() {
        for text in [
            "https://acme.bitrix24.com/rest/1/s3cr3t/",
            "https://acme.bitrix24.com/rest/1/s3cr3t",
            " https://acme.bitrix24.com/rest/1/s3cr3t/profile.json ",
        ] {
            let webhook = Webhook::parse(text).unwrap();
            assert_eq!(
                webhook.method_url("profile").as_str(),
                "https://acme.bitrix24.com/rest/1/s3cr3t/profile"
            );
            assert_eq!(format!("{webhook:?}"), "Webhook(acme.bitrix24.com, …)");
        }
        let on_premise = Webhook::parse("https://crm.example.com:8443/b24/rest/7/s3cr3t/").unwrap();
        assert_eq!(
            on_premise.endpoint().as_str(),
            "https://crm.example.com:8443/b24/rest/"
        );
    }

    #[test]
    fn other_addresses_are_no_webhooks() {
        for text in [
            "",
            "acme.bitrix24.com/rest/1/s3cr3t/",
            "https://acme.bitrix24.com/rest/",
            "https://acme.bitrix24.com/rest/one/s3cr3t/",
            "https://acme.bitrix24.com/rest/1//",
            "https://user@acme.bitrix24.com/rest/1/s3cr3t/",
            "https://acme.bitrix24.com/rest/1/s3cr3t/?auth=x",
            "ftp://acme.bitrix24.com/rest/1/s3cr3t/",
        ] {
            assert_eq!(Webhook::parse(text).unwrap_err(), NoWebhook, "{text}");
        }
    }
}
