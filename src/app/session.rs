//! The session: who opened the app, sealed into the page's hidden field. It needs no table, so it is valid on
//! every replica and after a restart.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{App, Failure, SealedSession};
use crate::bitrix24::{ClientEndpoint, MemberId, Origin, UserId};
use crate::seal::{KeyRing, Purpose};
use crate::store::{Birth, CredentialKey, Holder, row_id};

/// A working day: a tab left open over lunch still works, one from yesterday does not.
const LIFETIME: SignedDuration = SignedDuration::from_hours(12);

/// Longer texts are no session of ours; a sealed session has about 500 characters.
pub(super) const LONGEST_SESSION: usize = 4096;

/// One verified opening of the app: whose, and an id by which every connect can be traced to it.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    holder: Holder,
    launch: Uuid,
}

impl Opening {
    pub(super) fn new(holder: Holder, now: Timestamp) -> Self {
        Self {
            holder,
            launch: row_id(now),
        }
    }
}

/// Who opened the app. The only way for a door to reach a portal's rows; made by a verified launch or
/// sign-in alone. Worth nothing once the credential that was kept then is erased, even if the same user of the same
/// portal has another one by now.
#[derive(Clone, Debug)]
pub struct Session {
    opening: Opening,
    frame: Vec<Origin>,
    /// The portal's address where no frame names it: outside of one.
    domain: Option<String>,
    language: Option<String>,
}

/// What a sealed session turned out to be.
#[derive(Clone, Debug)]
pub enum OpenedSession {
    /// In force.
    Live(Session),
    /// Past its time: good for naming the frame and the language of the page that says so.
    Expired {
        /// The origins that may frame the page.
        frame: Vec<Origin>,
        /// The language of the launch.
        language: Option<String>,
    },
}

/// The sealed words, short because they travel in every form.
#[derive(Serialize, Deserialize)]
struct Words {
    m: String,
    u: i64,
    /// Birth and launch; a version that knew neither has sealed sessions without them.
    b: Option<i64>,
    i: Option<Uuid>,
    f: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    d: Option<String>,
    l: Option<String>,
    e: i64,
}

/// Seals a session that ends at a given time.
pub(super) fn sealed(
    session: &Session,
    ends: Timestamp,
    keys: &KeyRing,
    purpose: Purpose,
) -> Result<String, Failure> {
    let Opening { holder, launch } = &session.opening;
    let words = Words {
        m: holder.key.member_id.as_str().to_owned(),
        u: holder.key.user_id.get(),
        b: Some(holder.birth.number()),
        i: Some(*launch),
        f: session
            .frame
            .iter()
            .map(|origin| origin.as_str().to_owned())
            .collect(),
        d: session.domain.clone(),
        l: session.language.clone(),
        e: ends.as_second(),
    };
    let internal =
        |error: &dyn std::fmt::Display| Failure::Internal(format!("a session was not sealed: {error}"));
    let plain = serde_json::to_vec(&words).map_err(|error| internal(&error))?;
    let sealed = keys
        .seal(purpose, b"", &plain)
        .map_err(|error| internal(&error))?;
    Ok(URL_SAFE_NO_PAD.encode(sealed))
}

impl OpenedSession {
    /// Reads what a form sent back. Tampered with, of another purpose or key: forged. Needs nothing but the keys and
    /// the time; whether the credential is still there is seen where it is used.
    pub fn read(text: &str, keys: &KeyRing, now: Timestamp) -> Result<Self, Failure> {
        let words = unsealed(text, keys).ok_or(Failure::Forged("the session does not open"))?;
        let ends = Timestamp::from_second(words.e).map_err(|_| Failure::Forged("the session has no end"))?;
        let frame = words.f.iter().filter_map(|origin| Origin::parse(origin));
        let frame: Vec<Origin> = frame.collect();
        let (Some(birth), Some(launch), true) = (words.b, words.i, now < ends) else {
            return Ok(Self::Expired {
                frame,
                language: words.l,
            });
        };
        let unreadable = |_| Failure::Forged("the session names nobody");
        let key = CredentialKey {
            member_id: MemberId::parse(&words.m).map_err(unreadable)?,
            user_id: UserId::new(words.u).map_err(unreadable)?,
        };
        let birth = Birth::of_number(birth);
        Ok(Self::Live(Session {
            opening: Opening {
                holder: Holder { key, birth },
                launch,
            },
            frame,
            domain: words.d,
            language: words.l,
        }))
    }
}

fn unsealed(text: &str, keys: &KeyRing) -> Option<Words> {
    if text.len() > LONGEST_SESSION {
        return None;
    }
    let sealed = URL_SAFE_NO_PAD.decode(text).ok()?;
    let plain = keys.open(Purpose::Session, b"", &sealed).ok()?;
    serde_json::from_slice(&plain).ok()
}

impl Session {
    pub(super) fn new(opening: Opening, frame: Vec<Origin>, language: Option<String>) -> Self {
        Self {
            opening,
            frame,
            domain: None,
            language,
        }
    }

    /// The session of a page that stands alone: nobody may frame it.
    pub(super) fn outside(opening: Opening, endpoint: &ClientEndpoint, language: &str) -> Self {
        Self {
            opening,
            frame: Vec::new(),
            domain: Some(endpoint.domain().as_str().to_owned()),
            language: Some(language.to_owned()),
        }
    }

    /// Whose session it is. Not for doors: with it they could ask for rows past the session.
    pub(super) fn holder(&self) -> &Holder {
        &self.opening.holder
    }

    /// The id of the launch, or of the sign-in, that made it.
    pub(super) fn launch(&self) -> String {
        self.opening.launch.to_string()
    }

    /// Says that it begins, so that what is done with it later can be traced to here.
    pub(super) fn note_opening(&self) {
        tracing::info!(key = %self.holder().key, launch = self.launch(), "the app was opened");
    }

    /// The origins of the portal's pages that may frame ours: the verified one, and the claimed one of the
    /// verified launch where it differed.
    #[must_use]
    pub fn frame(&self) -> &[Origin] {
        &self.frame
    }

    /// Whether its pages are shown by a portal, rather than standing alone.
    #[must_use]
    pub fn is_framed(&self) -> bool {
        !self.frame.is_empty()
    }

    /// The portal's address as people know it.
    #[must_use]
    pub fn domain(&self) -> &str {
        let framed = self.frame.first().map(Origin::host);
        framed.or(self.domain.as_deref()).unwrap_or_default()
    }

    /// The language of the launch.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }
}

impl App {
    /// Somebody has opened the app now.
    pub(super) fn opening(&self, holder: Holder) -> Opening {
        Opening::new(holder, self.parts.clock.now())
    }

    /// Seals a session for a page; good for twelve hours from now.
    pub fn seal_session(&self, session: &Session) -> Result<SealedSession, Failure> {
        let ends = self.parts.clock.now() + LIFETIME;
        sealed(session, ends, &self.parts.keys, Purpose::Session).map(SealedSession::from)
    }

    /// Opens what a form sent back. Tampered with, of another purpose or key: forged.
    pub fn open_session(&self, text: &str) -> Result<OpenedSession, Failure> {
        OpenedSession::read(text, &self.parts.keys, self.parts.clock.now())
    }
}
