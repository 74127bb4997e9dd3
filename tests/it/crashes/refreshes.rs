//! Pressing the button with a token that has expired.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::world::{CODE, Db, World};

use super::connects::dies_over;
use super::mortal::Mortal;
use super::truth::refreshes;

on_both_databases!(a_refresh_that_died_is_settled_by_the_next_press);

/// What the next press comes to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    /// The pair is there, or can still be had.
    Connected,
    /// The pair went with the process, and the person is asked to open the app again.
    Lost,
    /// The pair was over before, by the platform's word.
    Over,
}

pub struct Row {
    pub point: &'static str,
    /// What the token endpoint does.
    fault: &'static str,
    then: Then,
    /// How often the refresh token is sent in all.
    tries: usize,
    how: &'static str,
}

pub const ROWS: &[Row] = &[
    Row {
        point: "refresh.begun",
        fault: "",
        then: Then::Connected,
        tries: 1,
        how: "pressed again: refreshed and connected",
    },
    Row {
        point: "refresh.claimed",
        fault: "",
        then: Then::Connected,
        tries: 1,
        how: "pressed again: waits for the dead one's claim to end, then refreshed and connected",
    },
    Row {
        point: "refresh.sent",
        fault: "hang",
        then: Then::Connected,
        tries: 2,
        how: "pressed again: waits for the claim, tries the token, which was not spent: connected",
    },
    Row {
        point: "refresh.sent",
        fault: "process_then_hang",
        then: Then::Lost,
        tries: 2,
        how: "pressed again: waits for the claim, tries the token, which is spent: `lost`, never `revoked`; reopening heals",
    },
    Row {
        point: "refresh.answered",
        fault: "",
        then: Then::Lost,
        tries: 2,
        how: "the only copy of the pair died: pressed again `lost`, never `revoked`; reopening heals",
    },
    Row {
        point: "refresh.written",
        fault: "",
        then: Then::Connected,
        tries: 1,
        how: "pressed again: connected with the pair that was written, nothing is refreshed again",
    },
    Row {
        point: "refresh.refused",
        fault: "revoke",
        then: Then::Over,
        tries: 2,
        how: "the grant was over: pressed again, told to reopen; reopening heals",
    },
    Row {
        point: "refresh.heir_kept",
        fault: "hand over",
        then: Then::Over,
        tries: 2,
        how: "the heir has the pair; whose it was is told to reopen, which heals",
    },
];

const STATE: &str = "select state from credentials where user_id = 1";

async fn misbehave(world: &World, fault: &str) {
    match fault {
        "" => {}
        "revoke" => {
            world
                .control("revoke", json!({"portal": "acme", "user": 1}))
                .await;
        }
        "hand over" => {
            let heir = json!({"portal": "acme", "user": 1, "handed_to": 3});
            world.control("user", heir).await;
        }
        fault => world.faults(json!([{"on": "token", "do": fault}])).await,
    }
}

async fn a_refresh_that_died_is_settled_by_the_next_press(db: Db) {
    join_all(ROWS.iter().map(|row| settled(db, row))).await;
}

async fn settled(db: Db, row: &Row) {
    let (world, mut mortal) = Mortal::begin(db).await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    misbehave(&world, row.fault).await;
    mortal.arm(&world, row.point, 1).await;
    world.forget_calls().await;
    dies_over(&world, &mut mortal, &session, CODE).await;
    assert_eq!(
        world.database.text(STATE).await,
        "live",
        "{}: nothing was judged",
        row.point
    );
    if row.fault == "hand over" {
        let heirs = "select count(*) from credentials where user_id = 3 and state = 'live'";
        assert_eq!(world.database.number(heirs).await, 1);
    }

    let pressed = world.connect(&session, CODE).await;
    let tries: Vec<_> = refreshes(&world).await.into_values().collect();
    assert_eq!(tries, [row.tries], "{}", row.point);
    let state = world.database.text(STATE).await;
    if row.then == Then::Connected {
        pressed.expect(200);
        assert_eq!(state, "live");
    } else {
        assert_eq!(pressed.expect(401).slug(), "reopen_app");
        let true_words: &[&str] = match row.then {
            Then::Lost => &["lost"],
            _ => &["lost", "revoked"],
        };
        assert!(true_words.contains(&state.as_str()), "{}: {state}", row.point);
        world
            .control(
                "user",
                json!({"portal": "acme", "user": 1, "handed_to": Value::Null}),
            )
            .await;
        let session = world.open("acme", 1).await;
        world.connect(&session, CODE).await.expect(200);
    }
    mortal.ends_whole(&world, "refresh", row.how).await;
}
