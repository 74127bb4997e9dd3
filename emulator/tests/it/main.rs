//! The emulator against the facts of the platform, through HTTP.

mod control;
mod events;
mod faults;
mod limits;
mod methods;
mod pages;
mod portals;
mod tokens;
mod wire;
