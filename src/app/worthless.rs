//! Sessions that must open nothing, for trying a deployment of one's own. Whoever makes one holds the keys anyway; even
//! so none can be made here that would be somebody's: the portal is drawn by lot, and is nobody's.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::session::{Opening, sealed};
use super::{Failure, Session};
use crate::bitrix24::{MemberId, UserId};
use crate::seal::{KeyRing, Purpose};
use crate::store::{Birth, CredentialKey, Holder};

/// Far from any clock's error.
const LONG_OVER: SignedDuration = SignedDuration::from_hours(1);

/// What is wrong with a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worthless {
    /// One letter of it was changed.
    Tampered,
    /// Its end is missing.
    Cut,
    /// Sealed with the right keys for something else.
    OtherPurpose,
    /// It ended an hour ago.
    Expired,
    /// Nothing but that its portal is not known here. Its user may be known: in another portal.
    Nobodys(UserId),
}

impl Worthless {
    /// Makes such a session with the keys of a deployment.
    pub fn seal(self, keys: &KeyRing, now: Timestamp) -> Result<String, Failure> {
        let internal = |_| Failure::Internal("no session could be made up".into());
        let key = CredentialKey {
            member_id: MemberId::parse(&Uuid::new_v4().simple().to_string()).map_err(internal)?,
            user_id: match self {
                Self::Nobodys(user_id) => user_id,
                _ => UserId::new(1).map_err(internal)?,
            },
        };
        let ends = match self {
            Self::Expired => now - LONG_OVER,
            _ => now + LONG_OVER,
        };
        let purpose = match self {
            Self::OtherPurpose => Purpose::OauthState,
            _ => Purpose::Session,
        };
        let birth = Birth::at(now);
        let opening = Opening::new(Holder { key, birth }, now);
        let text = sealed(&Session::new(opening, Vec::new(), None), ends, keys, purpose)?;
        let middle = text.len() / 2;
        Ok(match self {
            Self::Tampered => {
                let other = if &text[middle..=middle] == "A" { "B" } else { "A" };
                format!("{}{other}{}", &text[..middle], &text[middle + 1..])
            }
            Self::Cut => text[..middle].to_owned(),
            _ => text,
        })
    }
}
