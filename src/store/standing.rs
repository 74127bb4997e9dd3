//! How a user of a portal stands with us: the portal and the user's credential, in one round trip.

use super::credentials::CredentialRow;
use super::{Credential, CredentialKey, Generation, Portal, Store, StoreError, readable};
use crate::bitrix24::AppStatus;

/// A known portal, and the credential of one of its users if we hold one.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The portal.
    pub portal: Portal,
    /// What is bound in the portal; see the migration.
    pub bound: Option<String>,
    /// Whether the app is not installed there any more.
    pub gone: bool,
    /// The user's credential there.
    pub credential: Option<Credential>,
    /// Where there is a credential that no key of the ring opens: its generation, which a launch supersedes.
    pub unreadable: Option<Generation>,
}

impl Standing {
    /// What a new pair would replace.
    #[must_use]
    pub fn replaceable(&self) -> Option<Generation> {
        self.credential
            .as_ref()
            .map(|credential| credential.generation)
            .or(self.unreadable)
    }
}

#[derive(sqlx::FromRow)]
struct StandingRow {
    client_endpoint: String,
    status: String,
    application_token: Option<Vec<u8>>,
    bound: Option<String>,
    gone_at: Option<i64>,
    tokens: Option<Vec<u8>>,
    generation: Option<i64>,
    state: Option<String>,
    claim_owner: Option<String>,
    claim_until: Option<i64>,
    unresolved: Option<bool>,
    refresh_digest: Option<Vec<u8>>,
    spent_digest: Option<Vec<u8>>,
    created_at: Option<i64>,
}

const STANDING: &str = "
    select p.client_endpoint, p.status, p.application_token, p.bound, p.gone_at, c.tokens, c.generation, c.state,
        c.claim_owner, c.claim_until, c.unresolved, c.refresh_digest, c.spent_digest,
        c.created_at
    from portals p
    left join credentials c on c.member_id = p.member_id and c.user_id = $2
    where p.member_id = $1";

impl Store {
    /// Reads how a user stands; nothing for a portal that is not known.
    pub async fn standing(&self, key: &CredentialKey) -> Result<Option<Standing>, StoreError> {
        let row: Option<StandingRow> = on!(self.reads(), |pool| {
            sqlx::query_as(STANDING)
                .bind(key.member_id.as_str())
                .bind(key.user_id.get())
                .fetch_optional(pool)
        })?;
        row.map(|row| self.read_standing(key, row)).transpose()
    }

    fn read_standing(&self, key: &CredentialKey, row: StandingRow) -> Result<Standing, StoreError> {
        let member_id = key.member_id.clone();
        let endpoint = super::portals::read_endpoint(&member_id, &row.client_endpoint)?;
        let portal = Portal {
            client_endpoint: endpoint,
            status: AppStatus::parse(&row.status),
            application_token: self.readable_application_token(&member_id, row.application_token),
            member_id,
        };
        let generation = row.generation.map(Generation);
        let credential = match (
            row.tokens,
            row.generation,
            row.state,
            row.unresolved,
            row.refresh_digest,
            row.created_at,
        ) {
            (
                Some(tokens),
                Some(generation),
                Some(state),
                Some(unresolved),
                Some(refresh_digest),
                Some(created_at),
            ) => {
                let row = CredentialRow {
                    tokens,
                    generation,
                    state,
                    claim_owner: row.claim_owner,
                    claim_until: row.claim_until,
                    unresolved,
                    refresh_digest,
                    spent_digest: row.spent_digest,
                    created_at,
                };
                readable(self.credential(key, row))
            }
            _ => None,
        };
        let unreadable = generation.filter(|_| credential.is_none());
        Ok(Standing {
            portal,
            bound: row.bound,
            gone: row.gone_at.is_some(),
            credential,
            unreadable,
        })
    }
}
