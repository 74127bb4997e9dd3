//! Everything that somebody at `globex` has, to be tried on `acme`.

use serde_json::json;

use super::ACMES;
use crate::world::{Launch, World};

pub struct Arms {
    /// A live session of its administrator, and one of a colleague.
    pub sessions: [String; 2],
    /// Its own launch, tokens fresh.
    pub launch: Launch,
    /// Its own installation.
    pub install: Launch,
    /// Its events as they would be posted: install, update, payment, uninstall; with its `application_token`.
    pub events: Vec<Vec<(String, String)>>,
    /// What is said of `acme`: known to anybody who has ever seen its address.
    pub member_id: String,
    pub host: String,
    /// Words that only `acme` has.
    words: Vec<String>,
}

impl Arms {
    pub async fn of_globex(world: &World, acme: &str) -> Self {
        let wish = json!({"portal": "globex", "user": 1, "install": true});
        let install = world.launch_with(wish).await;
        world
            .control("install", json!({"portal": "globex", "deliver": false}))
            .await;
        let mut events = Vec::new();
        for event in ["ONAPPINSTALL", "ONAPPUPDATE", "ONAPPPAYMENT", "ONAPPUNINSTALL"] {
            let wish = json!({"portal": "globex", "event": event, "drop": true});
            let made = world.control("event", wish).await;
            let form = made["form"].as_str().unwrap();
            events.push(form_urlencoded::parse(form.as_bytes()).into_owned().collect());
        }
        let host = world.portal_host("acme");
        Self {
            sessions: [world.open("globex", 1).await, world.open("globex", 2).await],
            launch: world.launch("globex", 1).await,
            install,
            events,
            member_id: acme.to_owned(),
            words: vec![acme.to_owned(), host.clone(), ACMES.to_owned()],
            host,
        }
    }

    /// Says that a text holds nothing of `acme` but what was in the question itself.
    pub fn expect_nothing(&self, what: &str, asked: &str, said: &str) {
        for word in &self.words {
            let named = asked.contains(word.as_str()) || asked.contains(&word.replace(':', "%3A"));
            assert!(
                named || !said.contains(word.as_str()),
                "{what} shows {word}:\n{said}"
            );
        }
    }
}
