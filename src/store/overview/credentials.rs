//! Credentials, as they are listed: whose, in which state, and never the tokens.

use jiff::Timestamp;
use sqlx::QueryBuilder;

use super::{Overview, Page};
use crate::bitrix24::{MemberId, UserId};
use crate::store::{CredentialKey, CredentialState, Generation, StoreError, instant, unreadable};

/// A credential without its tokens.
#[derive(Clone, Debug)]
pub struct CredentialSummary {
    /// Whose it is.
    pub key: CredentialKey,
    /// Whether it may be used.
    pub state: CredentialState,
    /// The fence of its refreshes.
    pub generation: Generation,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// Which credentials are wanted.
#[derive(Clone, Debug, Default)]
pub struct CredentialFilter {
    /// Only this portal's.
    pub member_id: Option<MemberId>,
    /// Only this user's.
    pub user_id: Option<UserId>,
    /// Only those in this state.
    pub state: Option<CredentialState>,
}

#[derive(sqlx::FromRow)]
struct CredentialRow {
    member_id: String,
    user_id: i64,
    state: String,
    generation: i64,
    updated_at: i64,
}

const SELECT: &str = "
    select member_id, user_id, state, generation, updated_at
    from credentials
    where 1 = 1";

impl Overview {
    /// Credentials, those first that changed last.
    pub async fn credentials(
        &self,
        filter: &CredentialFilter,
        most: u32,
    ) -> Result<Page<CredentialSummary>, StoreError> {
        let rows: Vec<CredentialRow> = on!(self.reads(), |pool| async {
            let mut query = QueryBuilder::new(SELECT);
            if let Some(member_id) = &filter.member_id {
                query.push(" and member_id = ").push_bind(member_id.as_str());
            }
            if let Some(user_id) = filter.user_id {
                query.push(" and user_id = ").push_bind(user_id.get());
            }
            if let Some(state) = filter.state {
                query.push(" and state = ").push_bind(state.as_str());
            }
            query.push(" order by updated_at desc, member_id, user_id limit ");
            query.push_bind(i64::from(most) + 1);
            query.build_query_as().fetch_all(pool).await
        })?;
        let rows: Result<_, _> = rows.iter().map(credential).collect();
        Ok(Page::of(rows?, most))
    }
}

fn credential(row: &CredentialRow) -> Result<CredentialSummary, StoreError> {
    let fault = |why| {
        let key = format!("{}/{}", row.member_id, row.user_id);
        unreadable("credentials", &key, why)
    };
    let key = CredentialKey {
        member_id: MemberId::parse(&row.member_id).map_err(|_| fault("the member_id is none"))?,
        user_id: UserId::new(row.user_id).map_err(|_| fault("the user_id is none"))?,
    };
    Ok(CredentialSummary {
        state: CredentialState::parse(&row.state).ok_or_else(|| fault("the state is unknown"))?,
        generation: Generation(row.generation),
        updated_at: instant(row.updated_at, "credentials", &key)?,
        key,
    })
}
