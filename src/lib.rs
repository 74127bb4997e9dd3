//! Channel Connect: the backend of a Bitrix24 app that connects external open channels to a portal.
//!
//! A portal administrator opens the app inside Bitrix24, pastes a channel's code or link and presses **Connect
//! channel**; the app calls `imopenlines.network.join` once, in that person's name, with the token refreshed
//! if it has expired. Everything else exists so that this press always works, for every portal, without
//! anyone getting in who does not belong.
//!
//! The rooms, in reading order, and one way down:
//!
//! ```text
//! main ─▶ cli ─▶ service ─▶ web ─▶ app ─▶ store ─▶ bitrix24
//!                      seal, words and telemetry stand beside and import nothing of ours
//! ```
//!
//! - [`bitrix24`]: the platform: its words and how to speak to it. Owns reqwest and oauth2.
//! - [`seal`]: the key ring: seals and opens, one derived key per purpose. Owns the crypto crates.
//! - [`store`]: what must not be forgotten. Owns sqlx.
//! - [`app`]: the deeds: launch, install, sign-in, connect, and the refresh behind them. Owns no library.
//! - [`words`]: the sentences, per language. Owns Fluent.
//! - [`sentences`]: which sentence belongs to which failure, for pages and terminals alike.
//! - [`web`]: the doors: routes, pages, headers, the error table. Owns axum and askama.
//! - [`config`]: the environment and the file of offered channels, read once; rooms get plain values. Owns toml.
//! - [`telemetry`]: what an operator sees from outside: metrics and traces. Owns the exporters.
//! - [`service`]: the assembly: makes the rooms and opens the doors; what `main` starts is what tests start.
//! - [`cli`]: the operator's commands. Owns clap.
//!
//! `docs/architecture.md` walks one launch, one connect and one refresh through them;
//! `tests/it/house.rs` holds who may import whom.

pub mod app;
pub mod bitrix24;
pub mod cli;
pub mod config;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
pub mod seal;
pub mod sentences;
pub mod service;
pub mod store;
pub mod telemetry;
pub mod web;
pub mod words;
