//! The ways of requests: through which queues each kind goes, in which order.

use super::Micros;
use super::figures::Figures;

/// What somebody wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Opens the app.
    Launch,
    /// Presses the button.
    Connect,
    /// Presses it with a token that has expired.
    ConnectLate,
    /// A portal says that the app was updated.
    Update,
}

/// One step of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The node's processors work on it.
    Processor(Micros),
    /// The database works on it.
    Database(Micros),
    /// Nobody is kept from anything: a disk, or somebody else's machine that takes about so long.
    Wait(Micros),
    /// The authorization server is asked whose token it is, which must be good by then.
    Server(Micros),
    /// The portal is called, if its limit lets it be.
    Portal(Micros),
    /// It has been answered; what follows nobody waits for.
    Answered,
    /// A hand takes it out of the inbox, and is not free again before the end.
    Hand,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Launch, Self::Connect, Self::ConnectLate, Self::Update];

    /// Its whole way.
    pub fn way(self, figures: &Figures) -> Vec<Step> {
        let statements = |number: Micros| Step::Database(number * figures.statement);
        let commit = Step::Wait(figures.commit);
        let half = |time: Micros| Step::Processor(time / 2);
        let join = Step::Portal(figures.join);
        match self {
            Self::Launch => vec![
                half(figures.launch),
                Step::Server(figures.server),
                statements(4),
                commit,
                commit,
                half(figures.launch),
                Step::Answered,
            ],
            Self::Connect => vec![
                half(figures.connect),
                statements(1),
                join,
                statements(1),
                commit,
                half(figures.connect),
                Step::Answered,
            ],
            Self::ConnectLate => vec![
                half(figures.connect + figures.refresh),
                statements(2),
                join,
                commit,
                Step::Wait(figures.server),
                statements(1),
                commit,
                join,
                statements(1),
                commit,
                half(figures.connect + figures.refresh),
                Step::Answered,
            ],
            Self::Update => vec![
                Step::Processor(figures.event_door),
                statements(1),
                commit,
                Step::Answered,
                Step::Hand,
                Step::Server(figures.server),
                Step::Processor(figures.event_done - figures.event_door),
                statements(6),
                commit,
                commit,
                Step::Portal(figures.batch),
                statements(2),
                commit,
            ],
        }
    }
}
