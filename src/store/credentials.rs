//! Credentials: one token pair per user of a portal, sealed, fenced by a generation.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{Birth, Claim, Store, StoreError, instant, micros, unless_orphaned, unreadable};
use crate::bitrix24::{AccessToken, MemberId, RefreshToken, TokenPair, UserId, Whose};
use crate::seal::Purpose;

/// Whose credential: one user of one portal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CredentialKey {
    /// The portal.
    pub member_id: MemberId,
    /// The user there.
    pub user_id: UserId,
}

impl CredentialKey {
    /// The same, as calls are told of.
    #[must_use]
    pub fn whose(&self) -> Whose {
        Whose::user(&self.member_id, self.user_id)
    }
}

impl fmt::Display for CredentialKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.member_id, self.user_id)
    }
}

/// The fence: only grows, and starts at unix microseconds so that an erased row's numbers never come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation(pub(super) i64);

impl Generation {
    /// The generation after `before`, or the first one.
    #[must_use]
    pub fn after(before: Option<Self>, now: Timestamp) -> Self {
        Self(micros(now).max(before.map_or(1, |generation| generation.0 + 1)))
    }

    /// The number, for logs and lists.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

/// Whether a credential may still be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialState {
    /// Usable.
    Live,
    /// A refresh was sent and its answer never kept: the pair is gone. A launch heals it.
    Lost,
    /// The authorization server said the grant is over. A launch heals it.
    Revoked,
}

impl CredentialState {
    /// The word in the database and in lists.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Lost => "lost",
            Self::Revoked => "revoked",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Live, Self::Lost, Self::Revoked]
            .into_iter()
            .find(|state| state.as_str() == text)
    }
}

/// A stored token pair with everything the refresh protocol needs to know about it.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The tokens.
    pub pair: TokenPair,
    /// The fence at which they were read.
    pub generation: Generation,
    /// Whether they may be used.
    pub state: CredentialState,
    /// Who is refreshing this generation, if anyone.
    pub claim: Option<Claim>,
    /// Whether a refresh of this generation was ever sent and never answered.
    pub unresolved: bool,
    /// Which of the user's credentials it is.
    pub birth: Birth,
    pub(super) refresh_digest: Vec<u8>,
    pub(super) spent_digest: Option<Vec<u8>>,
}

impl Credential {
    /// The credential after a refresh, for use before (or without) reading it again. Its digests are left to
    /// the row.
    #[must_use]
    pub fn renewed(self, pair: TokenPair, generation: Generation) -> Self {
        Self {
            pair,
            generation,
            state: CredentialState::Live,
            claim: None,
            unresolved: false,
            birth: self.birth,
            refresh_digest: Vec::new(),
            spent_digest: Some(self.refresh_digest),
        }
    }
}

/// A row of `credentials`, as both databases give it.
#[derive(sqlx::FromRow)]
pub(super) struct CredentialRow {
    pub(super) tokens: Vec<u8>,
    pub(super) generation: i64,
    pub(super) state: String,
    pub(super) claim_owner: Option<String>,
    pub(super) claim_until: Option<i64>,
    pub(super) unresolved: bool,
    pub(super) refresh_digest: Vec<u8>,
    pub(super) spent_digest: Option<Vec<u8>>,
    pub(super) created_at: i64,
}

/// The token pair as it is sealed.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct PlainPair {
    access: String,
    refresh: String,
    #[zeroize(skip)]
    expires_at: Option<i64>,
}

/// What a sealed pair has beside its tokens: names, marks and a number.
const PLAIN_FRAME: usize = 80;

/// Nothing for a portal that is gone: its tokens were erased, and new ones come with a verified launch alone, which
/// brings the portal back first.
const INSERT: &str = "
    insert into credentials
        (member_id, user_id, tokens, generation, state, unresolved, refresh_digest, created_at, updated_at)
    select p.member_id, $2, $3, $4, 'live', false, $5, $6, $6
    from portals p
    where p.member_id = $1 and p.gone_at is null
    on conflict (member_id, user_id) do nothing
    returning created_at";

const SUPERSEDE: &str = "
    update credentials
    set tokens = $3, generation = $4, state = 'live', claim_owner = null, claim_until = null,
        unresolved = false, spent_digest = refresh_digest, refresh_digest = $5, updated_at = $6
    where member_id = $1 and user_id = $2 and generation = $7
    returning created_at";

const WITHDRAW: &str = "
    delete from credentials
    where member_id = $1 and user_id = $2 and refresh_digest = $3";

impl Store {
    /// Puts a freshly issued pair in place of what was read as `replaced` (or of nothing), and says which credential
    /// has it now. None when somebody else wrote in between, or erased the portal: read again and decide again.
    pub async fn supersede(
        &self,
        key: &CredentialKey,
        replaced: Option<Generation>,
        pair: &TokenPair,
        now: Timestamp,
    ) -> Result<Option<Birth>, StoreError> {
        let (tokens, digest) = self.seal_pair(key, pair)?;
        let generation = Generation::after(replaced, now);
        let written: Result<Option<i64>, _> = on!(self.writes(), |pool| {
            let query = sqlx::query_scalar(if replaced.is_some() { SUPERSEDE } else { INSERT })
                .bind(key.member_id.as_str())
                .bind(key.user_id.get())
                .bind(&tokens)
                .bind(generation.0)
                .bind(&digest)
                .bind(micros(now));
            match replaced {
                Some(replaced) => query.bind(replaced.0),
                None => query,
            }
            .fetch_optional(pool)
        });
        Ok(unless_orphaned(written)?.map(Birth))
    }

    /// Takes a pair back that should not have been kept, if it is still the one that is stored.
    pub async fn withdraw(&self, key: &CredentialKey, pair: &TokenPair) -> Result<(), StoreError> {
        let token = pair.refresh.expose().as_bytes();
        let digest = self.keys.digest(Purpose::RefreshDigest, token);
        on!(
            self.writes(),
            |pool| {
                sqlx::query(WITHDRAW)
                    .bind(key.member_id.as_str())
                    .bind(key.user_id.get())
                    .bind(&digest)
                    .execute(pool)
            },
            drop
        )?;
        Ok(())
    }

    /// Whether a refresh token is the stored or the last spent one of this credential: then it brings
    /// nothing new, because a reloaded frame posts old tokens.
    #[must_use]
    pub fn knows_refresh_token(&self, credential: &Credential, token: &RefreshToken) -> bool {
        let recognises = |digest: &[u8]| {
            self.keys
                .recognises(Purpose::RefreshDigest, token.expose().as_bytes(), digest)
        };
        recognises(&credential.refresh_digest) || credential.spent_digest.as_deref().is_some_and(recognises)
    }

    /// Seals a pair for its row, and digests its refresh token.
    pub(super) fn seal_pair(
        &self,
        key: &CredentialKey,
        pair: &TokenPair,
    ) -> Result<(Vec<u8>, Vec<u8>), StoreError> {
        let plain = PlainPair {
            access: pair.access.expose().to_owned(),
            refresh: pair.refresh.expose().to_owned(),
            expires_at: pair.expires_at.map(micros),
        };
        // With room for all of it, and for every letter escaped: what grows leaves copies behind.
        let room = 2 * (plain.access.len() + plain.refresh.len()) + PLAIN_FRAME;
        let mut json = Zeroizing::new(Vec::with_capacity(room));
        // why: a struct of two strings and a number always becomes JSON.
        serde_json::to_writer(&mut *json, &plain).expect("strings become JSON");
        let sealed = self
            .keys
            .seal(Purpose::Tokens, key.to_string().as_bytes(), &json)?;
        Ok((
            sealed,
            self.keys
                .digest(Purpose::RefreshDigest, pair.refresh.expose().as_bytes()),
        ))
    }

    pub(super) fn open_pair(&self, key: &CredentialKey, sealed: &[u8]) -> Result<TokenPair, StoreError> {
        let fault = |why| unreadable("credentials", key, why);
        let plain = self
            .keys
            .open(Purpose::Tokens, key.to_string().as_bytes(), sealed)
            .map_err(|_| fault("the tokens do not open under any key"))?;
        let plain: PlainPair = serde_json::from_slice(&plain).map_err(|_| fault("the tokens are no pair"))?;
        let expires_at = plain
            .expires_at
            .map(|at| instant(at, "credentials", key))
            .transpose()?;
        Ok(TokenPair {
            access: AccessToken::parse(&plain.access).map_err(|_| fault("no access token"))?,
            refresh: RefreshToken::parse(&plain.refresh).map_err(|_| fault("no refresh token"))?,
            expires_at,
        })
    }

    pub(super) fn credential(
        &self,
        key: &CredentialKey,
        row: CredentialRow,
    ) -> Result<Credential, StoreError> {
        let state = CredentialState::parse(&row.state);
        let claim = match (row.claim_owner, row.claim_until) {
            (Some(owner), Some(until)) => Some(Claim {
                owner,
                until: instant(until, "credentials", key)?,
            }),
            _ => None,
        };
        Ok(Credential {
            pair: self.open_pair(key, &row.tokens)?,
            generation: Generation(row.generation),
            state: state.ok_or_else(|| unreadable("credentials", key, "the state is unknown"))?,
            claim,
            unresolved: row.unresolved,
            birth: Birth(row.created_at),
            refresh_digest: row.refresh_digest,
            spent_digest: row.spent_digest,
        })
    }
}
