//! What must hold whatever has died: read from the database, with the keys, and held against what the emulator knows.

use std::collections::BTreeMap;
use std::sync::Arc;

use channel_connect::bitrix24::{MemberId, UserId};
use channel_connect::seal::{KeyRing, MasterKey};
use channel_connect::store::{CredentialKey, CredentialState, DatabaseUrl, Store};
use serde_json::Value;

use crate::world::{KEYS, World};

use super::rotations::NEW;

/// A dead process has spent a refresh token, and another one finds that out: never more.
const MOST_TRIES: usize = 2;

/// No row says anything that the platform does not know: at any moment, a death included.
pub async fn holds_at_any_moment(world: &World) {
    let state = world.state().await;
    for connection in list(world, "connections", "member_id || '/' || code || '/' || bot_id").await {
        let known = state["portals"].as_array().unwrap().iter().any(|portal| {
            let joined = portal["joined"].as_array().unwrap().iter();
            let name = |joined: &Value| {
                let text = |name: &str| joined[name].to_string().replace('"', "");
                format!(
                    "{}/{}/{}",
                    portal["member_id"].as_str().unwrap(),
                    text("code"),
                    text("bot_id")
                )
            };
            joined.map(name).any(|name| name == connection)
        });
        assert!(known, "a connection that is none: {connection}");
    }
    for (token, tries) in refreshes(world).await {
        assert!(tries <= MOST_TRIES, "{token:.20}… was spent {tries} times");
    }
}

/// And in the end nothing is half done: every usable credential is usable, no claim is left, no event waits, and nobody
/// was told that their grant is over whose is not.
pub async fn holds_in_the_end(world: &World) {
    holds_at_any_moment(world).await;
    world.inbox_is_empty().await;
    let count = async |query: &str| world.database.number(query).await;
    assert_eq!(count("select count(*) from events where state = 'dead'").await, 0);
    assert_eq!(
        count("select count(*) from credentials where claim_owner is not null").await,
        0
    );
    let state = world.state().await;
    let tokens = state["tokens"].as_array().unwrap();
    let store = open(world).await;
    for key in list(world, "credentials", "member_id || '/' || user_id").await {
        let (member_id, user_id) = key.split_once('/').unwrap();
        let key = CredentialKey {
            member_id: MemberId::parse(member_id).unwrap(),
            user_id: UserId::new(user_id.parse().unwrap()).unwrap(),
        };
        let credential = store.standing(&key).await.unwrap().unwrap().credential.unwrap();
        assert_eq!(credential.state, CredentialState::Live, "{key}");
        let kept = tokens
            .iter()
            .find(|token| token["token"] == credential.pair.refresh.expose());
        assert_eq!(kept.unwrap()["status"], "live", "the kept pair of {key} is over");
    }
    store.close().await;
}

async fn open(world: &World) -> Store {
    let list = format!("{KEYS},{NEW}");
    let keys = Arc::new(KeyRing::new(&MasterKey::parse_list(&list).unwrap()).unwrap());
    let url = DatabaseUrl::parse(&world.database.url).unwrap();
    Store::open(&url, keys).await.unwrap()
}

/// How often each refresh token was sent to the authorization server.
pub async fn refreshes(world: &World) -> BTreeMap<String, usize> {
    let mut tries = BTreeMap::new();
    for call in world.calls().await {
        if let Some(token) = call.params["refresh_token"]
            .as_str()
            .filter(|_| call.method == "token")
        {
            *tries.entry(token.to_owned()).or_default() += 1;
        }
    }
    tries
}

/// An expression for each row of a table.
async fn list(world: &World, table: &str, expression: &str) -> Vec<String> {
    let together = if world.database.url.starts_with("sqlite") {
        "group_concat"
    } else {
        "string_agg"
    };
    let query = format!("select coalesce({together}({expression}, ','), '') from {table}");
    let listed = world.database.text(&query).await;
    listed
        .split(',')
        .filter(|item| !item.is_empty())
        .map(str::to_owned)
        .collect()
}
