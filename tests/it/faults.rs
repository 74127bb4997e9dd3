//! Faults, caused on purpose: each story breaks something for real, and says what must hold while it is broken, and what
//! afterwards. `docs/faults.md` names the story for each fault, those of other files included; `world/invariants.rs` says
//! once what must hold after all of them.

mod between;
mod checker;
mod clocks;
mod moments;
mod poolers;
mod server;
mod sigterm;
mod silence;
mod tls;
mod wired;
