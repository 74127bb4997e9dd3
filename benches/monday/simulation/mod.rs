//! A day of many portals, second by second: who comes when, who waits for whom, and what is full. Each request goes
//! its way through queues: the processors of its node, the database, the authorization server, a portal and its limit.
//! The same seed gives the same day.
//!
//! Shared by the bench, which prints the days, and by `tests/it`, which holds what they are made of.

pub mod bucket;
pub mod chance;
pub mod day;
pub mod figures;
pub mod morning;
pub mod station;
pub mod tally;
pub mod way;

/// Times are whole microseconds since midnight.
pub type Micros = u64;

pub const SECOND: Micros = 1_000_000;
pub const MINUTE: Micros = 60 * SECOND;
pub const HOUR: Micros = 60 * MINUTE;
