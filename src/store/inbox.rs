//! The inbox: events are kept before they are answered, and worked off afterwards. A row that somebody works on
//! has a worker, and a time after which it may be taken over.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::replay::REPLAYED;
use super::{Store, StoreError, instant, micros, unreadable};
use crate::bitrix24::MemberId;
use crate::seal::Purpose;

/// An event as it came, to be kept.
#[derive(Clone)]
pub struct NewEvent {
    /// Its id here.
    pub id: Uuid,
    /// Its name.
    pub event: &'static str,
    /// The portal, as claimed.
    pub member_id: Option<MemberId>,
    /// What makes it the same event when it comes twice; kept as a keyed digest.
    pub identity: Zeroizing<Vec<u8>>,
    /// The posted form, sealed.
    pub sealed: Vec<u8>,
    /// When it came.
    pub received_at: Timestamp,
    /// Whether it goes before all others that wait: what has proven itself does not wait behind what anybody may
    /// have sent.
    pub first: bool,
}

/// Its identity is the whole form, tokens and all.
impl fmt::Debug for NewEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewEvent({}, {}, …)", self.id, self.event)
    }
}

/// An event that is ours to work on.
#[derive(Clone)]
pub struct Taken {
    /// Its id here.
    pub id: Uuid,
    /// The posted form; none when it does not open under any key.
    pub body: Option<Zeroizing<Vec<u8>>>,
    /// How often it was tried, this time included.
    pub attempts: i64,
    /// The portal, as claimed.
    pub member_id: Option<MemberId>,
    /// When it came.
    pub received_at: Timestamp,
    /// Whether an operator has put it back.
    pub replayed: bool,
}

impl fmt::Debug for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Taken({}, …)", self.id)
    }
}

#[derive(sqlx::FromRow)]
struct TakenRow {
    id: String,
    body: Option<Vec<u8>>,
    attempts: i64,
    outcome: Option<String>,
    member_id: Option<String>,
    received_at: i64,
}

/// How full the inbox is.
#[derive(Clone, Copy, Debug)]
pub struct InboxDepth {
    /// Events that wait.
    pub waiting: i64,
    /// When the oldest of them came.
    pub oldest: Option<Timestamp>,
    /// Events that will never work.
    pub dead: i64,
}

const INSERT: &str = "
    insert into events
        (id, digest, event, member_id, body, state, attempts, due_at, received_at) ";

const KNOWN: &str = "
    select count(*)
    from events
    where digest = $1";

/// Moving `due_at` is what takes a row: whoever else tries finds it in the future. Joined, so that replicas that try at
/// one moment do it in one order and do not block each other; and without `and` in the last condition, or SQLite would
/// find the rows by looking at all that wait instead of by their ids.
const TAKE: &str = "
    update events
    set worker = $1, due_at = $2, attempts = attempts + 1
    from (select id as due from events where state = 'waiting' and due_at <= $3 order by due_at limit $4) as next
    where id = next.due and not (state <> 'waiting' or due_at > $3)
    returning id, body, attempts, outcome, member_id, received_at";

const GIVE_BACK: &str = "
    update events
    set worker = null, due_at = $3, attempts = attempts - 1
    where id = $1 and worker = $2 and state = 'waiting'";

const DISOWN: &str = "
    update events
    set member_id = null, body = null
    where id = $1";

/// What waits stays whole: it may belong to the next installation, and is judged when its turn comes.
const BLANK: &str = "
    update events
    set member_id = null, body = null
    where member_id = $1 and state <> 'waiting'";

const PRUNE: &str = "
    delete from events
    where id in (
        select id from events where received_at < $1 and state <> 'waiting' order by received_at limit $2
    )";

/// The oldest is found among those that wait: with the bare column, PostgreSQL may look for it among all that were ever
/// received, oldest first, which is nearly all of them where nothing waits.
const DEPTH: &str = "
    select
        (select count(*) from events where state = 'waiting'),
        (select min(received_at + 0) from events where state = 'waiting'),
        (select count(*) from events where state = 'dead')";

impl Store {
    /// Seals a posted form for its row.
    pub fn seal_event(&self, id: Uuid, body: &[u8]) -> Result<Vec<u8>, StoreError> {
        Ok(self.keys.seal(Purpose::Event, id.to_string().as_bytes(), body)?)
    }

    /// Keeps events, all or none of them; one that is there already is left as it is.
    pub async fn keep_events(&self, events: &[NewEvent]) -> Result<(), StoreError> {
        let digested = |event| {
            let event: &NewEvent = event;
            (self.keys.digest(Purpose::EventDigest, &event.identity), event)
        };
        let mut events: Vec<_> = events.iter().map(digested).collect();
        // In one order by everybody, or two replicas that are sent the same events wait for each other.
        events.sort_by(|(one, _), (other, _)| one.cmp(other));
        on!(
            self.writes(),
            |pool| async {
                let mut insert = sqlx::QueryBuilder::new(INSERT);
                insert.push_values(&events, |mut row, (digest, event)| {
                    let due_at = if event.first { 0 } else { micros(event.received_at) };
                    row.push_bind(event.id.to_string())
                        .push_bind(digest.as_slice())
                        .push_bind(event.event)
                        .push_bind(event.member_id.as_ref().map(MemberId::as_str))
                        .push_bind(event.sealed.as_slice())
                        .push_bind("waiting")
                        .push_bind(0_i64)
                        .push_bind(due_at)
                        .push_bind(micros(event.received_at));
                });
                insert.push(" on conflict (digest) do nothing");
                // Of another length each time: not worth being remembered by the connection.
                insert.build().persistent(false).execute(pool).await
            },
            drop
        )?;
        Ok(())
    }

    /// Whether an event came before, under whichever key it was noted.
    pub async fn knows_event(&self, identity: &[u8]) -> Result<bool, StoreError> {
        for digest in self.keys.digests(Purpose::EventDigest, identity) {
            let known: i64 = on!(self.reads(), |pool| {
                sqlx::query_scalar(KNOWN).bind(&digest).fetch_one(pool)
            })?;
            if known > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Takes events that are due, for `worker`, who must be done within `lease`.
    pub async fn take_events(
        &self,
        worker: &str,
        most: i64,
        (now, lease): (Timestamp, SignedDuration),
    ) -> Result<Vec<Taken>, StoreError> {
        let rows: Vec<TakenRow> = on!(self.writes(), |pool| {
            sqlx::query_as(TAKE)
                .bind(worker)
                .bind(micros(now + lease))
                .bind(micros(now))
                .bind(most)
                .fetch_all(pool)
        })?;
        rows.into_iter().map(|row| self.taken(row)).collect()
    }

    /// Gives back an event that was taken and not begun: it is due at once, and was not tried.
    pub async fn give_event_back(&self, id: Uuid, worker: &str, now: Timestamp) -> Result<(), StoreError> {
        on!(
            self.writes(),
            |pool| {
                sqlx::query(GIVE_BACK)
                    .bind(id.to_string())
                    .bind(worker)
                    .bind(micros(now))
                    .execute(pool)
            },
            drop
        )?;
        Ok(())
    }

    /// Takes the portal and the body out of one event's row.
    pub async fn disown_event(&self, id: Uuid) -> Result<(), StoreError> {
        on!(
            self.writes(),
            |pool| sqlx::query(DISOWN).bind(id.to_string()).execute(pool),
            drop
        )?;
        Ok(())
    }

    /// Takes portal and body out of a portal's finished events; the rows themselves stay.
    pub async fn blank_events(&self, member_id: &MemberId) -> Result<(), StoreError> {
        on!(
            self.writes(),
            |pool| sqlx::query(BLANK).bind(member_id.as_str()).execute(pool),
            drop
        )?;
        Ok(())
    }

    /// Deletes the oldest finished events of before a time, at most so many; says how many.
    pub async fn prune_events(&self, before: Timestamp, most: i64) -> Result<u64, StoreError> {
        Ok(on!(
            self.writes(),
            |pool| sqlx::query(PRUNE).bind(micros(before)).bind(most).execute(pool),
            |done| done.rows_affected()
        )?)
    }

    /// How full the inbox is.
    pub async fn inbox_depth(&self) -> Result<InboxDepth, StoreError> {
        let (waiting, oldest, dead): (i64, Option<i64>, i64) =
            on!(self.reads(), |pool| sqlx::query_as(DEPTH).fetch_one(pool))?;
        let oldest = oldest.map(|at| instant(at, "events", &"oldest")).transpose()?;
        Ok(InboxDepth {
            waiting,
            oldest,
            dead,
        })
    }

    fn taken(&self, row: TakenRow) -> Result<Taken, StoreError> {
        let context = row.id.as_bytes();
        let body = row
            .body
            .and_then(|sealed| self.keys.open(Purpose::Event, context, &sealed).ok());
        Ok(Taken {
            body,
            attempts: row.attempts,
            replayed: row.outcome.as_deref() == Some(REPLAYED),
            member_id: row.member_id.and_then(|id| MemberId::parse(&id).ok()),
            received_at: instant(row.received_at, "events", &row.id)?,
            id: Uuid::parse_str(&row.id).map_err(|_| unreadable("events", &row.id, "the id is no id"))?,
        })
    }
}
