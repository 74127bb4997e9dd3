//! What apps in this process say to their databases, and what PostgreSQL says about it: of those apps whose database
//! URL was not made by `DatabaseUrl::parse`, which lets nothing be said of statements.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

const SENT: &str = "sqlx::query";
const SAID: &str = "sqlx::postgres::notice";

/// What was heard.
#[derive(Debug, Default)]
pub struct Overheard {
    /// Each statement that was sent.
    pub statements: BTreeSet<String>,
    /// Each notice of PostgreSQL.
    pub notices: BTreeSet<String>,
}

static HEARD: Mutex<Overheard> = Mutex::new(Overheard {
    statements: BTreeSet::new(),
    notices: BTreeSet::new(),
});

/// Everything that was heard since this was last asked for, in the whole process.
pub fn overhear() -> Overheard {
    std::mem::take(&mut *heard())
}

fn heard() -> MutexGuard<'static, Overheard> {
    HEARD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Listens to the database library and to nothing else.
pub fn listener<S>() -> impl Layer<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let targets = Targets::new().with_target(SENT, Level::DEBUG);
    Listener.with_filter(targets.with_target(SAID, Level::INFO))
}

struct Listener;

impl<S: Subscriber> Layer<S> for Listener {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut told = Told::default();
        event.record(&mut told);
        if event.metadata().target() == SAID {
            heard().notices.insert(told.message);
            return;
        }
        // A short one has no more than its summary.
        let is_short = told.statement.trim().is_empty();
        let statement = if is_short { told.summary } else { told.statement };
        heard().statements.insert(statement);
    }
}

#[derive(Default)]
struct Told {
    message: String,
    summary: String,
    statement: String,
}

impl Visit for Told {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "message" => value.clone_into(&mut self.message),
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.statement),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
