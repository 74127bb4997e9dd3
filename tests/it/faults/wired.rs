//! Worlds with a wire in between that can be broken: to the database, or to the authorization server.

use std::time::{Duration, Instant};

use channel_connect::bitrix24::AuthorizationServerUrl;
use channel_connect::config::Config;
use channel_connect::store::DatabaseUrl;

use crate::world::{Db, Relay, World};

pub const JOIN: &str = "imopenlines.network.join";

/// An app on PostgreSQL that reaches its database by a wire of its own; the story looks into it directly.
pub async fn wired_database() -> (World, Relay) {
    let mut world = World::without_app(Db::Postgres).await;
    let relay = Relay::to(&database_host(&world)).await;
    let through = through(&world, &relay);
    world.start_app(through).await;
    (world, relay)
}

pub fn database_host(world: &World) -> String {
    let (_, place) = world.database.url.rsplit_once('@').unwrap();
    place.split_once('/').unwrap().0.to_owned()
}

/// Lets an app reach its database through the relay.
pub fn through(world: &World, relay: &Relay) -> impl FnOnce(&mut Config) + use<> {
    let url = DatabaseUrl::parse(&relay.url(&world.database.url)).unwrap();
    |config| config.database = url
}

/// An app that reaches the authorization server by a wire of its own, and waits for its answers so long.
pub async fn wired_server(db: Db, patience: Duration) -> (World, Relay) {
    let mut world = World::without_app(db).await;
    let url = world.emulator.oauth_url();
    let relay = Relay::to(url.strip_prefix("http://").unwrap()).await;
    let url = AuthorizationServerUrl::parse(&relay.url(&url), true).unwrap();
    world
        .start_app(|config| {
            config.oauth_url = url;
            config.timeouts.token = patience;
        })
        .await;
    (world, relay)
}

/// Waits for something, and says what it was if it takes longer than that.
pub async fn within<T>(limit: Duration, what: &str, deed: impl Future<Output = T>) -> T {
    let began = Instant::now();
    let done = tokio::time::timeout(limit, deed).await;
    done.unwrap_or_else(|_| panic!("{what} takes longer than {:?}", began.elapsed()))
}

pub async fn pause(milliseconds: u64) {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}
