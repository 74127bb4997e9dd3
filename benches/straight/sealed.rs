//! Sealing as the app does it, with one key and no more than it takes.

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};

const NONCE_LENGTH: usize = 24;

/// What is sealed in a bench is no secret.
const KEY: [u8; 32] = *b"what is sealed here is no secret";

/// One key for all.
pub(super) struct Ring(XChaCha20Poly1305);

/// Who opened the app.
#[derive(Serialize, Deserialize)]
pub(super) struct Session {
    pub(super) member_id: String,
    pub(super) user_id: i64,
    pub(super) ends_at: i64,
}

/// A pair of tokens.
#[derive(Serialize, Deserialize)]
pub(super) struct Pair {
    pub(super) access: String,
    pub(super) refresh: String,
}

impl Default for Ring {
    fn default() -> Self {
        Self(XChaCha20Poly1305::new(&KEY.into()))
    }
}

impl Ring {
    pub(super) fn seal(&self, context: &str, value: &impl Serialize) -> anyhow::Result<Vec<u8>> {
        let mut nonce = [0; NONCE_LENGTH];
        getrandom::fill(&mut nonce)?;
        let plain = serde_json::to_vec(value)?;
        let payload = Payload {
            msg: &plain,
            aad: context.as_bytes(),
        };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.ok().context("nothing was sealed")?;
        Ok([&nonce, &sealed[..]].concat())
    }

    pub(super) fn open<T: for<'de> Deserialize<'de>>(
        &self,
        context: &str,
        sealed: &[u8],
    ) -> anyhow::Result<T> {
        let (nonce, sealed) = sealed
            .split_first_chunk::<NONCE_LENGTH>()
            .context("nothing sealed")?;
        let payload = Payload {
            msg: sealed,
            aad: context.as_bytes(),
        };
        let plain = self.0.decrypt(&XNonce::from(*nonce), payload);
        Ok(serde_json::from_slice(&plain.ok().context("it does not open")?)?)
    }

    /// As text for a form.
    pub(super) fn seal_session(&self, session: &Session) -> anyhow::Result<String> {
        Ok(URL_SAFE_NO_PAD.encode(self.seal("session", session)?))
    }

    pub(super) fn open_session(&self, text: &str) -> anyhow::Result<Session> {
        self.open("session", &URL_SAFE_NO_PAD.decode(text)?)
    }
}
