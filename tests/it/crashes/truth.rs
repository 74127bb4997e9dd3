//! What must hold whatever has died: read from the database and held against what the emulator knows.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::world::{Told, World};

/// A dead process has spent a refresh token, and another one finds that out: never more.
const MOST_TRIES: usize = 2;

/// No story here sends more different events.
const MOST_EVENTS: i64 = 2;

const CONNECTIONS: &str = "select member_id || '/' || code || '/' || bot_id from connections";

/// No row says anything that the platform does not know: at any moment, a death included.
pub async fn holds_at_any_moment(world: &World) {
    let state = world.state().await;
    for connection in world.database.lines(CONNECTIONS).await {
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

/// And in the end nothing is half done: the invariants hold, every credential is usable, no claim is left, and no event
/// waits. A process that died may have heard the answer to one refresh, and have told nobody.
pub async fn holds_in_the_end(world: &World, keys: Option<String>) {
    let told = Told {
        events_sent: MOST_EVENTS,
        refreshes_unanswered: 1,
        keys,
        ..Told::default()
    };
    holds_at_any_moment(world).await;
    world.expect_invariants(&told).await;
    for half_done in [
        "select count(*) from credentials where claim_owner is not null or state <> 'live'",
        "select count(*) from events where state <> 'done'",
    ] {
        assert_eq!(world.database.number(half_done).await, 0, "{half_done}");
    }
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
