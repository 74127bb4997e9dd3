//! Master keys and their names, as an operator writes them: `id:base64-32-bytes`.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

const KEY_LENGTH: usize = 32;
const LONGEST_ID: usize = 32;

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

/// A key from which all others are derived; wiped when dropped.
pub struct MasterKey {
    id: KeyId,
    key: Zeroizing<[u8; KEY_LENGTH]>,
}

impl MasterKey {
    /// Takes 32 bytes; refuses bytes that are all equal.
    pub fn new(id: KeyId, key: [u8; KEY_LENGTH]) -> Result<Self, KeyFault> {
        let key = Zeroizing::new(key);
        if key.iter().all(|byte| *byte == key[0]) {
            return Err(KeyFault::Placeholder);
        }
        Ok(Self { id, key })
    }

    /// Reads `id:base64[,id:base64…]`, first key first.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, KeyFault> {
        text.split(',').map(|entry| Self::parse(entry.trim())).collect()
    }

    /// Reads one `id:base64`.
    pub fn parse(entry: &str) -> Result<Self, KeyFault> {
        let (id, encoded) = entry.split_once(':').ok_or(KeyFault::Form)?;
        let bytes = Zeroizing::new(STANDARD.decode(encoded).map_err(|_| KeyFault::Length)?);
        let key: [u8; KEY_LENGTH] = bytes.as_slice().try_into().map_err(|_| KeyFault::Length)?;
        Self::new(KeyId::parse(id)?, key)
    }

    /// Makes a key from the operating system's randomness.
    pub fn generate(id: KeyId) -> Result<Self, super::NoEntropy> {
        let mut key = Zeroizing::new([0; KEY_LENGTH]);
        getrandom::fill(key.as_mut()).map_err(|_| super::NoEntropy)?;
        Ok(Self { id, key })
    }

    /// `id:base64`, for the one line that `keys generate` prints and the key file.
    #[must_use]
    pub fn to_line(&self) -> Zeroizing<String> {
        Zeroizing::new(format!(
            "{}:{}",
            self.id.as_str(),
            STANDARD.encode(self.key.as_ref())
        ))
    }

    /// The key's name.
    #[must_use]
    pub fn id(&self) -> &KeyId {
        &self.id
    }

    pub(super) fn expose(&self) -> &[u8] {
        self.key.as_ref()
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({}, …)", self.id.as_str())
    }
}
