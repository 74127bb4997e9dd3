//! What people, portals and operators were told while faults were about, as those remember it who were told: the half of
//! the truth that no database and no journal holds.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::{Answer, CODE, World};

/// Slug, status and whether pressing again may help, as the doors promise it: an answer outside of this table is untrue.
const CONTRACT: &[(&str, u16)] = &[
    ("invalid_code", 422),
    ("not_found", 422),
    ("inactive", 422),
    ("refused", 422),
    ("session_expired", 401),
    ("reopen_app", 401),
    ("forged", 403),
    ("not_admin", 403),
    ("missing_scope", 403),
    ("access_restricted", 403),
    ("plan_required", 402),
    ("payment_required", 402),
    ("not_installed", 409),
    ("rate_limited", 429),
    ("overloaded", 503),
    ("portal_unavailable", 503),
    ("bitrix24_unavailable", 503),
    ("storage_unavailable", 503),
    ("timeout", 504),
    ("internal", 500),
];

/// How long anything may take to recover by itself: the longest pause of the breaker, and a little.
const RECOVERY: Duration = Duration::from_secs(25);

/// What was acknowledged, and what a fault may honestly have cost.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Portal and user whose launch was answered with the page.
    pub opened: BTreeSet<(String, i64)>,
    /// Portal and code of which somebody was told that it is connected.
    pub connected: BTreeSet<(String, String)>,
    /// Different events that were answered with 200.
    pub events: i64,
    /// Different events that were sent, whatever came back.
    pub events_sent: i64,
    /// Answers to a refresh that never arrived (a cut wire, a killed process): each excuses one more try with the same
    /// token. What the emulator itself spoiled excuses itself.
    pub refreshes_unanswered: usize,
    /// The keys that seal by now, if they are not the world's.
    pub keys: Option<String>,
}

impl Told {
    /// Opens the app; what came back, by the contract. Remembered if it was the page.
    pub async fn launch(&mut self, world: &World, portal: &str, user: i64) -> Answer {
        let answer = world.post(&world.launch(portal, user).await).await;
        by_contract(&answer);
        if answer.status == 200 {
            self.opened.insert((portal.to_owned(), user));
        }
        answer
    }

    /// Opens the app, which must succeed; the session.
    pub async fn open(&mut self, world: &World, portal: &str, user: i64) -> String {
        self.launch(world, portal, user).await.expect(200).session()
    }

    /// Presses the button; what came back, by the contract. Remembered if it was a success.
    pub async fn press(&mut self, world: &World, portal: &str, session: &str) -> Answer {
        let answer = world.connect(session, CODE).await;
        self.pressed(portal, CODE, &answer);
        answer
    }

    /// Remembers what somebody was told who pressed the button.
    pub fn pressed(&mut self, portal: &str, code: &str, answer: &Answer) {
        by_contract(answer);
        if answer.status == 200 {
            self.connected.insert((portal.to_owned(), code.to_owned()));
        }
    }

    /// Lets the portal send an event; whether it was acknowledged. Each must differ from all others.
    pub async fn event(&mut self, world: &World, event: serde_json::Value) -> bool {
        let status = world.control("event", event).await["status"].clone();
        self.events_sent += 1;
        self.events += i64::from(status == 200);
        status == 200
    }

    /// Presses as a person does, without anybody's help, until it is done: again where that may help, from a fresh page
    /// where the app is to be reopened. Gives the session that works.
    pub async fn recovers(&mut self, world: &World, portal: &str, user: i64, session: &str) -> String {
        let (began, mut session) = (Instant::now(), session.to_owned());
        loop {
            let answer = self.press(world, portal, &session).await;
            match answer.slug().as_str() {
                "connected" => return session,
                "reopen_app" | "session_expired" => {
                    let page = self.launch(world, portal, user).await;
                    if page.status == 200 {
                        session = page.session();
                        continue;
                    }
                }
                _ => assert_eq!(answer.json()["retry"], true, "a dead end: {}", answer.body),
            }
            assert!(began.elapsed() < RECOVERY, "it does not recover: {}", answer.body);
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
    }
}

/// Says that an answer is one that the doors may give: success, or a slug with its own status.
fn by_contract(answer: &Answer) {
    if answer.status == 200 {
        return;
    }
    let slug = answer.slug();
    let said = (slug.as_str(), answer.status.as_u16());
    assert!(CONTRACT.contains(&said), "{said:?}: {}", answer.body);
    assert!(!answer.body.contains(super::CLIENT_SECRET));
}
