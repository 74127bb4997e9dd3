//! The key ring: seals and opens, one derived key per purpose. Imports nothing of ours.
//!
//! Every blob is `version · length of key id · key id · nonce · ciphertext`, sealed with
//! XChaCha20-Poly1305 under a key that HKDF-SHA-256 derives from the master key and the [`Purpose`]. The
//! header and the caller's context (a row's identity) are authenticated with it: a blob moved to another row,
//! or offered for another purpose, does not open. There is no algorithm field to attack.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::{ZeroizeOnDrop, Zeroizing};

#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod keys;
mod purpose;

use keys::KEY_LENGTH;
pub use keys::{KeyFault, KeyId, MasterKey};
use purpose::PURPOSES;
pub use purpose::Purpose;

const VERSION: u8 = 1;
const NONCE_LENGTH: usize = 24;

/// A blob that does not open: cut, altered, of another purpose or context, or under a key that is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sealed value does not open")]
pub struct DoesNotOpen;

/// The operating system gave no randomness: nothing may be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no randomness")]
pub struct NoEntropy;

/// Whether two secrets are the same; takes the same time wherever they differ.
#[must_use]
pub fn same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

/// The keys in force: the first seals, all open.
pub struct KeyRing {
    keys: Vec<DerivedKeys>,
}

/// The keys that one master key gives; wiped when dropped.
#[derive(ZeroizeOnDrop)]
struct DerivedKeys {
    #[zeroize(skip)]
    id: KeyId,
    by_purpose: SecretBox<[[u8; KEY_LENGTH]; PURPOSES]>,
}

impl DerivedKeys {
    fn of(master: &MasterKey) -> Self {
        let hkdf = Hkdf::<Sha256>::new(None, master.expose());
        let derive = |keys: &mut [[u8; KEY_LENGTH]; PURPOSES]| {
            for purpose in Purpose::ALL {
                // why: HKDF-SHA-256 gives up to 8160 bytes, and 32 are asked for.
                hkdf.expand(purpose.label(), &mut keys[purpose as usize])
                    .expect("32 bytes are within HKDF's limit");
            }
        };
        Self {
            id: master.id().clone(),
            by_purpose: SecretBox::init_with_mut(derive),
        }
    }

    fn key(&self, purpose: Purpose) -> &[u8; KEY_LENGTH] {
        &self.by_purpose.expose_secret()[purpose as usize]
    }

    fn cipher(&self, purpose: Purpose) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.key(purpose).into())
    }

    fn header(&self) -> Vec<u8> {
        let id = self.id.as_str().as_bytes();
        // why: a key id has at most 32 bytes.
        let length = u8::try_from(id.len()).expect("key ids are short");
        [&[VERSION, length], id].concat()
    }

    fn mac(&self, purpose: Purpose, message: &[u8]) -> Vec<u8> {
        // why: HMAC takes keys of any length.
        let mut mac =
            <Hmac<Sha256> as KeyInit>::new_from_slice(self.key(purpose)).expect("any length is a key");
        mac.update(message);
        mac.finalize().into_bytes().to_vec()
    }
}

impl DerivedKeys {
    fn digest(&self, purpose: Purpose, value: &[u8]) -> Vec<u8> {
        let mut digest = self.header();
        digest.extend_from_slice(&self.mac(purpose, value));
        digest
    }
}

impl KeyRing {
    /// Derives every purpose's key from the master keys, newest first. Needs at least one.
    pub fn new(masters: &[MasterKey]) -> Result<Self, KeyFault> {
        if masters.is_empty() {
            return Err(KeyFault::None);
        }
        let mut ids: Vec<&str> = masters.iter().map(|master| master.id().as_str()).collect();
        ids.sort_unstable();
        if ids.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(KeyFault::DoubleId);
        }
        Ok(Self {
            keys: masters.iter().map(DerivedKeys::of).collect(),
        })
    }

    /// Seals under the first key; `context` must be given again to open.
    pub fn seal(&self, purpose: Purpose, context: &[u8], plain: &[u8]) -> Result<Vec<u8>, NoEntropy> {
        let keys = &self.keys[0];
        let mut nonce = [0; NONCE_LENGTH];
        getrandom::fill(&mut nonce).map_err(|_| NoEntropy)?;
        let mut blob = keys.header();
        let aad = [&blob, context].concat();
        let payload = Payload {
            msg: plain,
            aad: &aad,
        };
        let sealed = keys
            .cipher(purpose)
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| NoEntropy)?;
        blob.extend_from_slice(&nonce);
        blob.extend_from_slice(&sealed);
        Ok(blob)
    }

    /// Opens what any key of the ring has sealed for this purpose and context.
    pub fn open(
        &self,
        purpose: Purpose,
        context: &[u8],
        blob: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
        let (header, rest) = split_header(blob).ok_or(DoesNotOpen)?;
        let keys = self.named(&header[2..]).ok_or(DoesNotOpen)?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_LENGTH>().ok_or(DoesNotOpen)?;
        let aad = [header, context].concat();
        let payload = Payload {
            msg: sealed,
            aad: &aad,
        };
        let plain = keys.cipher(purpose).decrypt(&XNonce::from(*nonce), payload);
        plain.map(Zeroizing::new).map_err(|_| DoesNotOpen)
    }

    /// A keyed digest by which a value can be recognised without being stored.
    #[must_use]
    pub fn digest(&self, purpose: Purpose, value: &[u8]) -> Vec<u8> {
        self.keys[0].digest(purpose, value)
    }

    /// The digests under which a value may have been noted, one per key, newest first: for looking it up.
    pub fn digests<'a>(&'a self, purpose: Purpose, value: &'a [u8]) -> impl Iterator<Item = Vec<u8>> + 'a {
        self.keys.iter().map(move |keys| keys.digest(purpose, value))
    }

    /// A keyed digest of a sealed blob, under the key that sealed it: the same on every replica, also while the
    /// keys are being changed.
    pub fn digest_of_sealed(&self, purpose: Purpose, blob: &[u8]) -> Result<Vec<u8>, DoesNotOpen> {
        let (header, _) = split_header(blob).ok_or(DoesNotOpen)?;
        let keys = self.named(&header[2..]).ok_or(DoesNotOpen)?;
        Ok([header, &keys.mac(purpose, blob)].concat())
    }

    /// Whether a stored digest is that of `value`; in constant time, under whichever key made it.
    #[must_use]
    pub fn recognises(&self, purpose: Purpose, value: &[u8], digest: &[u8]) -> bool {
        let Some((header, mac)) = split_header(digest) else {
            return false;
        };
        self.named(&header[2..])
            .is_some_and(|keys| keys.mac(purpose, value).ct_eq(mac).into())
    }

    /// The names of the keys, the sealing one first.
    pub fn ids(&self) -> impl Iterator<Item = &KeyId> {
        self.keys.iter().map(|keys| &keys.id)
    }

    /// What every blob and digest begins with that this key has made.
    pub fn marks(&self) -> impl Iterator<Item = (&KeyId, Vec<u8>)> {
        self.keys.iter().map(|keys| (&keys.id, keys.header()))
    }

    /// Whether the first key has made this blob or digest, so that nothing needs to be done about it.
    #[must_use]
    pub fn is_current(&self, blob: &[u8]) -> bool {
        split_header(blob).is_some_and(|(header, _)| header == self.keys[0].header())
    }

    fn named(&self, id: &[u8]) -> Option<&DerivedKeys> {
        self.keys.iter().find(|keys| keys.id.as_str().as_bytes() == id)
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.keys.iter().map(|keys| keys.id.as_str()))
            .finish()
    }
}

fn split_header(blob: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&[version, length], _) = blob.split_first_chunk::<2>()?;
    (version == VERSION).then(|| blob.split_at_checked(2 + usize::from(length)))?
}

#[cfg(test)]
mod tests;
