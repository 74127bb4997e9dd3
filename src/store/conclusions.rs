//! What became of attempts at events, written for many at once.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Store, StoreError, micros};

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventOutcome {
    /// Nothing is left to be done.
    Done,
    /// It will never work; why, in our words.
    Dead(&'static str),
    /// It may work later: why not now, and when.
    Again(&'static str, Timestamp),
}

/// What became of an attempt, to be written.
#[derive(Clone, Debug)]
pub struct Conclusion {
    /// The event.
    pub id: Uuid,
    /// Who tried it: it counts only as long as the event is still theirs.
    pub worker: String,
    /// What became of it.
    pub outcome: EventOutcome,
    /// Whether its portal is erased: then the row does not name it any more.
    pub disowned: bool,
    /// When.
    pub at: Timestamp,
}

impl EventOutcome {
    /// What may help after something was mended is kept, sealed, to be tried again or replayed.
    fn keeps_body(&self) -> bool {
        !matches!(self, Self::Done)
    }
}

/// The columns of nameless values are called the same in both databases.
const CONCLUDE: &str = "
    update events
    set state = said.column3, outcome = said.column4, due_at = said.column5, worker = null,
        body = case when said.column6 then body else null end,
        member_id = case when said.column7 then null else member_id end
    from (";

const CONCLUDE_WHOSE: &str = ") as said
    where id = said.column1 and worker = said.column2 and state = 'waiting'";

impl Store {
    /// Writes what became of attempts, all or none of them; one at an event that somebody else has taken over is
    /// left out.
    pub async fn conclude_events(&self, conclusions: &[Conclusion]) -> Result<(), StoreError> {
        on!(
            self.writes(),
            |pool| async {
                let mut update = sqlx::QueryBuilder::new(CONCLUDE);
                update.push_values(conclusions, |mut row, conclusion| {
                    let (state, why, due_at) = match &conclusion.outcome {
                        EventOutcome::Done => ("done", None, conclusion.at),
                        EventOutcome::Dead(why) => ("dead", Some(*why), conclusion.at),
                        EventOutcome::Again(why, at) => ("waiting", Some(*why), *at),
                    };
                    row.push_bind(conclusion.id.to_string())
                        .push_bind(conclusion.worker.as_str())
                        .push_bind(state)
                        .push_bind(why)
                        .push_bind(micros(due_at))
                        .push_bind(conclusion.outcome.keeps_body() && !conclusion.disowned)
                        .push_bind(conclusion.disowned);
                });
                update.push(CONCLUDE_WHOSE);
                // Of another length each time: not worth being remembered by the connection.
                update.build().persistent(false).execute(pool).await
            },
            drop
        )?;
        Ok(())
    }
}
