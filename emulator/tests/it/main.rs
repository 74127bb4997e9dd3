//! The emulator against the facts of the platform, through HTTP.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails where it stands"
)]

mod addresses;
mod control;
mod events;
mod faults;
mod limits;
mod methods;
mod pages;
mod portals;
mod tokens;
mod wire;
