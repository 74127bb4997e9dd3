//! Compressed once: what browsers say they can read, and a file in each of these forms.

use std::io::Write as _;
use std::sync::OnceLock;

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// A content coding, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Brotli,
    Gzip,
    Identity,
}

impl Coding {
    const ALL: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Identity];

    /// As `Content-Encoding` says it.
    pub(super) fn token(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }

    /// What `Accept-Encoding` weighs most; of several the one that is listed first here. Who says nothing gets the
    /// file as it is, and so does who can read nothing of all this.
    pub(super) fn wanted(asked: &HeaderMap) -> Self {
        let lines = asked.get_all(ACCEPT_ENCODING).iter();
        let items: Vec<_> = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .map(weighed)
            .collect();
        let weight = |token: &str| {
            let named = |name: &str| items.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            named(token)
                .or_else(|| named("*"))
                .map_or(0.0, |(_, weight)| *weight)
        };
        let mut best = (Self::Identity, 0.0);
        for coding in Self::ALL {
            let weight = weight(coding.token().unwrap_or("identity"));
            if weight > best.1 {
                best = (coding, weight);
            }
        }
        best.0
    }

    /// A file in this form, never longer than it is.
    fn of(self, plain: &[u8]) -> Option<Bytes> {
        let coded = match self {
            Self::Brotli => brotli(plain),
            Self::Gzip => gzip(plain),
            Self::Identity => return None,
        };
        // Writing to memory does not fail; if it did, the file as it is would be right as well.
        coded
            .ok()
            .filter(|coded| coded.len() < plain.len())
            .map(Bytes::from)
    }
}

/// `br;q=0.5`: the token and its weight, which is 1 where none is said and 0 where it cannot be read.
fn weighed(item: &str) -> (&str, f32) {
    let mut parts = item.split(';').map(str::trim);
    let token = parts.next().unwrap_or_default();
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    (token, weight.map_or(1.0, |weight| weight.parse().unwrap_or(0.0)))
}

/// The best there is: this happens once in the life of a process.
fn brotli(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut coded = Vec::new();
    brotli::BrotliCompress(&mut &*plain, &mut coded, &BrotliEncoderParams::default())?;
    Ok(coded)
}

fn gzip(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain)?;
    encoder.finish()
}

/// A file in all its forms; each is made when it is first asked for.
pub(super) struct Bodies {
    plain: Bytes,
    brotli: OnceLock<Option<Bytes>>,
    gzip: OnceLock<Option<Bytes>>,
}

impl Bodies {
    pub(super) fn new(plain: Vec<u8>) -> Self {
        Self {
            plain: plain.into(),
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
        }
    }

    /// The file in this form; as it is, where that would be no shorter.
    pub(super) fn choose(&self, coding: Coding) -> (Coding, Bytes) {
        let place = match coding {
            Coding::Brotli => &self.brotli,
            Coding::Gzip => &self.gzip,
            Coding::Identity => return (coding, self.plain.clone()),
        };
        match place.get_or_init(|| coding.of(&self.plain)) {
            Some(coded) => (coding, coded.clone()),
            None => (Coding::Identity, self.plain.clone()),
        }
    }
}
