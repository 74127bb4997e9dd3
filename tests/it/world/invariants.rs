//! What must hold after every fault, said once. The database is compared with the emulator's state and journal, which are
//! the truth about tokens and joins, and with what was acknowledged.
//!
//! 1. No credential is lost that was stored, and what is stored is not spent.
//! 2. Nothing is called `revoked` that nobody has revoked, nor `lost` while it is good.
//! 3. A refresh token is sent once, and again only after an answer that did not arrive.
//! 4. Every acknowledged event is there once, and done; its effect is what the portal is.
//! 5. No row in `connections` without a join behind it, and none missing of which a person was told.
//!
//! That every answer was true and that it recovers by itself is held by [`Told`], as it is told.

use std::collections::BTreeMap;
use std::time::Duration;

use channel_connect::bitrix24::{MemberId, UserId};
use channel_connect::config::{Config, Environment};
use channel_connect::store::{CredentialKey, Store};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

use super::{Call, Database, Told, World};

/// What is written off the path of requests (a pair, a connection, an event) may take so long.
const SETTLES: u32 = 160;

impl World {
    /// Says that all invariants hold, once what is still under way has come to its end.
    pub async fn expect_invariants(&self, told: &Told) {
        let mut found = Vec::new();
        for _ in 0..SETTLES {
            found = self.violations(told).await;
            if found.is_empty() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("violated: {found:#?}\n{told:#?}");
    }

    /// Which invariants do not hold at this moment, each in a sentence.
    pub async fn violations(&self, told: &Told) -> Vec<String> {
        let truth = Truth {
            state: self.state().await,
            calls: self.calls().await,
        };
        let mut found = Vec::new();
        let store = self.opened_store(told).await;
        for row in self.database.lines(CREDENTIALS).await {
            found.extend(credential(&store, &truth, &row).await);
        }
        store.close().await;
        for (portal, user) in &told.opened {
            let member_id = truth.named(portal)["member_id"].as_str().unwrap().to_owned();
            let stored = format!(
                "select count(*) from credentials where member_id = '{member_id}' and user_id = {user}"
            );
            if truth.is_installed(&member_id) && self.database.number(&stored).await != 1 {
                found.push(format!("{portal}/{user} has opened the app and is not known"));
            }
        }
        found.extend(truth.repeated_refreshes(told.refreshes_unanswered));
        found.extend(self.connections(&truth, told).await);
        found.extend(self.events(&truth, told).await);
        found
    }

    async fn opened_store(&self, told: &Told) -> Store {
        let settings = self
            .environment()
            .into_iter()
            .chain([("PUBLIC_URL", "http://127.0.0.1:1".to_owned())])
            .map(|(name, value)| match &told.keys {
                Some(keys) if name == "ENCRYPTION_KEYS" => (name, keys.clone()),
                _ => (name, value),
            });
        let config = Config::read(&settings.collect::<Environment>()).unwrap();
        Store::open(&config.database, config.keys).await.unwrap()
    }

    async fn connections(&self, truth: &Truth, told: &Told) -> Vec<String> {
        let rows = self.database.lines(CONNECTIONS).await;
        let mut found = Vec::new();
        for row in &rows {
            let [member_id, code, bot_id] = parts(row);
            let joined = truth.portal(member_id)["joined"].as_array().unwrap();
            let is_it = |join: &Value| join["code"] == *code && number(&join["bot_id"]) == bot_id;
            if !joined.iter().any(is_it) {
                found.push(format!("a connection that nobody joined: {row}"));
            }
        }
        for (portal, code) in &told.connected {
            let portal = truth.named(portal);
            let (name, member_id) = (&portal["name"], portal["member_id"].as_str().unwrap());
            let joined = portal["joined"].as_array().unwrap();
            if !joined.iter().any(|join| join["code"] == **code) {
                found.push(format!("{name} was told of a connection that is not there"));
            }
            let begins = format!("{member_id}|{code}|");
            if truth.is_installed(member_id) && !rows.iter().any(|row| row.starts_with(&begins)) {
                found.push(format!("{name} was told of a connection that is not recorded"));
            }
        }
        found
    }

    async fn events(&self, truth: &Truth, told: &Told) -> Vec<String> {
        let rows = self.database.lines(EVENTS).await;
        let mut found: Vec<String> = rows
            .iter()
            .filter(|row| !row.starts_with("done|"))
            .map(|row| format!("an event that was not done: {row}"))
            .collect();
        let kept = i64::try_from(rows.len()).unwrap();
        if kept < told.events || kept > told.events_sent {
            let (events, sent) = (told.events, told.events_sent);
            found.push(format!("{kept} events kept, {events} acknowledged, {sent} sent"));
        }
        for row in self.database.lines(PORTALS).await {
            let [member_id, gone] = parts(&row);
            if (gone == "1") == truth.is_installed(member_id) {
                found.push(format!("a portal that is not as it is said to be: {row}"));
            }
        }
        found
    }
}

const CREDENTIALS: &str = "select member_id || '|' || user_id from credentials order by 1";

const CONNECTIONS: &str = "select member_id || '|' || code || '|' || bot_id from connections order by 1";

const EVENTS: &str =
    "select state || '|' || event || '|' || coalesce(outcome, '') || '|' || id from events order by 1";

const PORTALS: &str =
    "select member_id || '|' || case when gone_at is null then '0' else '1' end from portals order by 1";

fn parts<const N: usize>(row: &str) -> [&str; N] {
    row.split('|').collect::<Vec<_>>().try_into().unwrap()
}

/// A number as a row has it.
fn number(value: &Value) -> String {
    value.to_string()
}

/// What the emulator knows.
struct Truth {
    state: Value,
    calls: Vec<Call>,
}

impl Truth {
    fn found(&self, field: &str, value: &str) -> &Value {
        let portals = self.state["portals"].as_array().unwrap();
        portals.iter().find(|portal| portal[field] == *value).unwrap()
    }

    fn portal(&self, member_id: &str) -> &Value {
        self.found("member_id", member_id)
    }

    fn named(&self, name: &str) -> &Value {
        self.found("name", name)
    }

    /// Whether nobody has removed the app; one that was only ever opened counts.
    fn is_installed(&self, member_id: &str) -> bool {
        self.portal(member_id)["app"] != "uninstalled"
    }

    fn refresh_token(&self, token: &str) -> Option<&Value> {
        let tokens = self.state["tokens"].as_array().unwrap();
        let is_it = |known: &&Value| known["kind"] == "refresh" && known["token"] == *token;
        tokens.iter().find(is_it)
    }

    fn has_heir(&self, member_id: &str, user: &str) -> bool {
        let users = self.portal(member_id)["users"].as_array().unwrap();
        users
            .iter()
            .any(|known| number(&known["id"]) == user && !known["handed_to"].is_null())
    }

    /// Tries with a token that had been answered already, beyond those that are excused.
    fn repeated_refreshes(&self, excused: usize) -> Option<String> {
        let mut tries: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for call in self.calls.iter().filter(|call| call.method == "token") {
            let Some(token) = call.params["refresh_token"].as_str() else {
                continue;
            };
            let answered = call.fault.is_none() && call.status.is_some_and(|status| status < 500);
            let (all, good) = tries.entry(token).or_default();
            *all += 1;
            *good += usize::from(answered);
        }
        let repeated: usize = tries.values().map(|(_, good)| good.saturating_sub(1)).sum();
        (repeated > excused).then(|| {
            format!("{repeated} refreshes of tokens whose refresh was answered, {excused} excused: {tries:?}")
        })
    }
}

/// Whether what is stored about one user's tokens is what the authorization server would say.
async fn credential(store: &Store, truth: &Truth, row: &str) -> Option<String> {
    let [member_id, user] = parts(row);
    let key = CredentialKey {
        member_id: MemberId::parse(member_id).unwrap(),
        user_id: UserId::new(user.parse().unwrap()).unwrap(),
    };
    let Some(credential) = store.standing(&key).await.unwrap().and_then(|s| s.credential) else {
        return Some(format!("the credential {row} cannot be read"));
    };
    let Some(token) = truth.refresh_token(credential.pair.refresh.expose()) else {
        return Some(format!("{row} holds a token that nobody gave"));
    };
    if token["member_id"] != *member_id || number(&token["user"]) != user {
        return Some(format!("{row} holds somebody else's token"));
    }
    let (state, fate) = (credential.state.as_str(), token["status"].as_str().unwrap());
    let in_doubt = credential.unresolved || credential.claim.is_some();
    let is_true = match (state, fate) {
        // Killed and not noticed yet is no fault of ours; spent and not noticed is.
        ("live", "live" | "expired" | "killed") | ("lost", "spent" | "killed") | ("revoked", "killed") => {
            true
        }
        ("live", "spent") => in_doubt,
        ("revoked", "spent") => truth.has_heir(member_id, user),
        _ => false,
    };
    (!is_true).then(|| format!("{row} is called {state} (in doubt: {in_doubt}), and its token is {fate}"))
}

impl Database {
    /// The lines of text that a query gives.
    pub async fn lines(&self, query: &str) -> Vec<String> {
        let query = AssertSqlSafe(query.to_owned());
        if self.url.starts_with("sqlite") {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            return sqlx::query_scalar(query)
                .fetch_all(&mut connection)
                .await
                .unwrap();
        }
        let mut connection = PgConnection::connect(&self.url).await.unwrap();
        sqlx::query_scalar(query)
            .fetch_all(&mut connection)
            .await
            .unwrap()
    }
}
