//! Master keys and their names, as an operator writes them: `id:base64-32-bytes`.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretBox};
use zeroize::{ZeroizeOnDrop, Zeroizing};

pub(super) const KEY_LENGTH: usize = 32;
const LONGEST_ID: usize = 32;

/// What decoding base64 may write for a key, and the letters of a line of `id:base64`.
const LONGEST_DECODED: usize = KEY_LENGTH + 1;
const LONGEST_LINE: usize = LONGEST_ID + 1 + 44;

/// Why a key or a list of keys cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// No key at all.
    #[error("holds no key")]
    None,
    /// Not `id:base64`.
    #[error("must be id:base64, separated by commas")]
    Form,
    /// An id is 1 to 32 letters, digits, `-` or `_`.
    #[error("has a key id that is not 1 to 32 letters, digits, - or _")]
    Id,
    /// The key is not 32 bytes in base64.
    #[error("has a key that is not 32 bytes in base64")]
    Length,
    /// The key is a placeholder.
    #[error("has a key of equal bytes, which is a placeholder")]
    Placeholder,
    /// Two keys share an id.
    #[error("names one key id twice")]
    DoubleId,
}

/// A key's name, written into every blob that it seals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyId(String);

impl KeyId {
    /// Takes 1 to 32 letters, digits, `-` or `_`.
    pub fn parse(text: &str) -> Result<Self, KeyFault> {
        let plain = text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        if plain && (1..=LONGEST_ID).contains(&text.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(KeyFault::Id)
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A key from which all others are derived. It stays in one place of the memory until it is dropped, and then it is
/// wiped.
#[derive(ZeroizeOnDrop)]
pub struct MasterKey {
    #[zeroize(skip)]
    id: KeyId,
    key: SecretBox<[u8; KEY_LENGTH]>,
}

impl MasterKey {
    /// Takes a copy of 32 bytes; refuses bytes that are all equal.
    pub fn new(id: KeyId, key: &[u8; KEY_LENGTH]) -> Result<Self, KeyFault> {
        if key.iter().all(|byte| *byte == key[0]) {
            return Err(KeyFault::Placeholder);
        }
        Ok(Self {
            id,
            key: SecretBox::init_with_mut(|own: &mut [u8; KEY_LENGTH]| own.copy_from_slice(key)),
        })
    }

    /// Reads `id:base64[,id:base64…]`, first key first.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, KeyFault> {
        text.split(',').map(|entry| Self::parse(entry.trim())).collect()
    }

    /// Reads one `id:base64`.
    pub fn parse(entry: &str) -> Result<Self, KeyFault> {
        let (id, encoded) = entry.split_once(':').ok_or(KeyFault::Form)?;
        let mut bytes = Zeroizing::new([0; LONGEST_DECODED]);
        let length = STANDARD.decode_slice(encoded, bytes.as_mut());
        let key = bytes.first_chunk().filter(|_| length == Ok(KEY_LENGTH));
        Self::new(KeyId::parse(id)?, key.ok_or(KeyFault::Length)?)
    }

    /// Makes a key from the operating system's randomness.
    pub fn generate(id: KeyId) -> Result<Self, super::NoEntropy> {
        let mut drawn = Ok(());
        let key = SecretBox::init_with_mut(|key: &mut [u8; KEY_LENGTH]| drawn = getrandom::fill(key));
        drawn.map_err(|_| super::NoEntropy)?;
        Ok(Self { id, key })
    }

    /// `id:base64`, for the one line that `keys generate` prints and the key file.
    #[must_use]
    pub fn to_line(&self) -> Zeroizing<String> {
        // With room for all of it: what grows leaves copies behind.
        let mut line = Zeroizing::new(String::with_capacity(LONGEST_LINE));
        line.push_str(self.id.as_str());
        line.push(':');
        STANDARD.encode_string(self.expose(), &mut line);
        line
    }

    /// The key's name.
    #[must_use]
    pub fn id(&self) -> &KeyId {
        &self.id
    }

    pub(super) fn expose(&self) -> &[u8; KEY_LENGTH] {
        self.key.expose_secret()
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({}, …)", self.id.as_str())
    }
}
