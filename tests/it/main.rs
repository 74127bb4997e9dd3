//! Stories: each plays a person, a portal or an operator against the real service, the real store and the
//! emulator, through the front door. `on_both_databases!` tells each story on SQLite and on PostgreSQL.

#![expect(
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test binary has no outside, its names are the sentences, and a failed unwrap is a failed test"
)]

/// Makes a test on each database of a story that takes a [`world::Db`].
macro_rules! on_both_databases {
    ($($story:ident),+ $(,)?) => {
        $(mod $story {
            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                super::$story(crate::world::Db::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            #[ignore = "needs PostgreSQL: scripts/test"]
            async fn on_postgres() {
                super::$story(crate::world::Db::Postgres).await;
            }
        })+
    };
}

mod browser;
mod canaries;
mod canary;
mod client_secret;
mod command_line;
mod commands;
mod commands_deeds;
mod commands_doctor;
mod commands_keys;
mod commands_left;
mod connect;
mod connections;
mod deployment;
mod doors;
mod egress;
mod erasure;
mod events;
mod faults;
mod forgery;
#[path = "../../examples/gallery/mod.rs"]
mod gallery;
mod headers;
mod house;
mod inbox;
mod install;
mod isolation;
mod languages;
mod launch;
mod legal;
mod limits;
mod oauth;
mod oauth_addresses;
mod oauth_attacks;
mod offered;
mod on_premise;
mod outages;
mod overload;
mod oversize;
mod pages;
mod redirects;
mod refresh;
mod refusals;
mod refused_tokens;
mod rest_log;
mod second_opinion;
mod sessions;
mod slow_clients;
mod standstill;
mod strange_requests;
mod uninstall;
mod uninstall_in_disorder;
mod upkeep;
mod verify;
mod world;
