//! What goes in: how long things take, and what is supposed of people. Measured figures are those of
//! `docs/performance.md`; of the platform only what is documented of it.

use super::{HOUR, MINUTE, Micros, SECOND};

const MS: Micros = 1_000;

/// What one node and its surroundings take for a request.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Processor time of the app: a launch, a connect, what a refresh adds, an event at the door, an event until done.
    pub launch: Micros,
    pub connect: Micros,
    pub refresh: Micros,
    pub event_door: Micros,
    pub event_done: Micros,
    /// Processor time of the database for one statement, and how long a commit waits for the disk.
    pub statement: Micros,
    pub commit: Micros,
    /// An answer of the authorization server, half of the time, and of a portal to a join and to a batch.
    pub server: Micros,
    pub join: Micros,
    pub batch: Micros,
    /// How much these vary; see `Chance::around`.
    pub spread: f64,
}

impl Default for Figures {
    fn default() -> Self {
        Self {
            launch: 1_100,
            connect: 470,
            refresh: 800,
            event_door: 110,
            event_done: 510,
            statement: 70,
            commit: 2 * MS,
            server: 100 * MS,
            // "Slow: 0.9 s typical, up to 60 s."
            join: 900 * MS,
            batch: 300 * MS,
            spread: 0.6,
        }
    }
}

/// What one node is made of, and what the program grants there.
pub const PROCESSORS: usize = 2;
pub const LAUNCH_PLACES: usize = 512;
pub const CONNECT_PLACES: usize = 2048;
pub const HANDS: usize = 16;

/// The machine of the database.
pub const DATABASE_PROCESSORS: usize = 4;

/// Calls that met a portal's limit are repeated so often, after about so long.
pub const LIMIT_WAITS: u32 = 3;
pub const FIRST_LIMIT_WAIT: Micros = 700 * MS;

/// Access tokens are good for so long: an event that is worked on later has proven nothing.
pub const TOKEN_LIFE: Micros = HOUR;

/// Of people: how many of them press the button after opening the app, how long they look at the page before, and how
/// many come back to it so late that the token has expired.
pub const PRESS: f64 = 0.5;
pub const THINKING: Micros = 40 * SECOND;
pub const EXPIRED: f64 = 0.05;
pub const LATE_BY: Micros = HOUR + 30 * MINUTE;
