//! Lifecycle events: their bracketed form, and their delivery, which nobody repeats.

use std::{sync::Arc, time::Duration};

use serde_json::{Map, Value, json};

use crate::{
    clock,
    params::Param,
    tokens::ACCESS_SECONDS,
    world::{Shared, World},
};

/// The platform does not wait for ever for a handler.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a test changes about an event. `null` takes a field away.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overrides {
    pub(crate) user: Option<u64>,
    pub(crate) data: Map<String, Value>,
    pub(crate) auth: Map<String, Value>,
    /// Fields beside `data` and `auth`: `ts`, `event_handler_id`, anything.
    pub(crate) top: Map<String, Value>,
    /// Where to instead of the bound handlers or the app's `/events`.
    pub(crate) handler: Option<String>,
}

/// One event on its way to one handler.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    pub(crate) url: String,
    pub(crate) params: Value,
    pub(crate) form: String,
}

/// Makes an event for each handler it goes to.
pub(crate) fn make(world: &mut World, portal: usize, event: &str, overrides: &Overrides) -> Vec<Delivery> {
    let event = event.to_ascii_uppercase();
    let mut auth = auth(world, portal, &event, overrides.user.unwrap_or(1));
    let mut data = data(world, portal, &event);
    apply(&mut auth, &overrides.auth);
    apply(&mut data, &overrides.data);
    let make_one = |handler_id: u64, url: String| {
        let mut top = Map::new();
        top.insert("event".to_owned(), json!(event));
        top.insert("event_handler_id".to_owned(), json!(handler_id.to_string()));
        top.insert("data".to_owned(), Value::Object(data.clone()));
        top.insert("ts".to_owned(), json!(world.clock.seconds().to_string()));
        top.insert("auth".to_owned(), Value::Object(auth.clone()));
        apply(&mut top, &overrides.top);
        let params = Value::Object(top);
        Delivery {
            url,
            form: bracketed(&params),
            params,
        }
    };
    if let Some(url) = &overrides.handler {
        return vec![make_one(1, url.clone())];
    }
    let here = &world.portals[portal];
    let bound = here
        .events
        .iter()
        .filter(|bound| bound.event == event && !bound.offline);
    let handlers: Vec<_> = bound
        .map(|bound| make_one(bound.id, bound.handler.clone()))
        .collect();
    if handlers.is_empty() {
        vec![make_one(1, format!("{}/events", world.site.app_url))]
    } else {
        handlers
    }
}

fn apply(fields: &mut Map<String, Value>, changes: &Map<String, Value>) {
    for (name, value) in changes {
        if value.is_null() {
            fields.remove(name);
        } else {
            fields.insert(name.clone(), value.clone());
        }
    }
}

fn fields<const N: usize>(fields: [(&str, Value); N]) -> Map<String, Value> {
    fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn auth(world: &mut World, portal: usize, event: &str, user_id: u64) -> Map<String, Value> {
    let (site, here) = (&world.site, &world.portals[portal]);
    let mut auth = fields([
        ("domain", json!(site.host(here))),
        ("client_endpoint", json!(site.client_endpoint(here))),
        ("server_endpoint", json!(site.server_endpoint())),
        ("member_id", json!(here.member_id)),
    ]);
    // Documented without the application token: only a hint.
    if event == "ONAPPPAYMENT" {
        return auth;
    }
    auth.insert("application_token".to_owned(), json!(here.application_token));
    if event == "ONAPPUNINSTALL" {
        return auth;
    }
    let (scope, status) = (here.scope_list(), here.status.clone());
    let pair = world
        .tokens
        .issue(world.our_owner(portal, user_id), world.clock.seconds());
    auth.append(&mut fields([
        ("access_token", json!(pair.access_token)),
        ("refresh_token", json!(pair.refresh_token)),
        ("expires", json!(pair.access_expires.to_string())),
        ("expires_in", json!(ACCESS_SECONDS.to_string())),
        ("scope", json!(scope)),
        ("status", json!(status)),
        ("user_id", json!(user_id.to_string())),
    ]));
    auth
}

fn data(world: &World, portal: usize, event: &str) -> Map<String, Value> {
    let here = &world.portals[portal];
    let language = here.users.get(&1).map_or("en", |user| user.language.as_str());
    let version = here.version.to_string();
    match event {
        "ONAPPINSTALL" => fields([
            ("VERSION", json!(version)),
            ("ACTIVE", json!("Y")),
            ("INSTALLED", json!(if here.installed() { "Y" } else { "N" })),
            ("LANGUAGE_ID", json!(language)),
        ]),
        "ONAPPUNINSTALL" => fields([("CLEAN", json!("0")), ("LANGUAGE_ID", json!(language))]),
        "ONAPPUPDATE" => fields([
            ("VERSION", json!(version)),
            (
                "PREVIOUS_VERSION",
                json!(here.version.saturating_sub(1).to_string()),
            ),
            ("LANGUAGE_ID", json!(language)),
        ]),
        "ONAPPPAYMENT" => fields([
            ("CODE", json!(world.site.client_id)),
            ("VERSION", json!(version)),
            ("STATUS", json!(here.status)),
            (
                "PAYMENT_EXPIRED",
                json!(if here.payment_over { "Y" } else { "N" }),
            ),
            ("DAYS", json!(if here.payment_over { "0" } else { "30" })),
            ("LANGUAGE_ID", json!(language)),
        ]),
        _ => fields([("LANGUAGE_ID", json!(language))]),
    }
}

/// `{"data":{"CLEAN":1}}` → `data[CLEAN]=1`, urlencoded.
fn bracketed(params: &Value) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    let mut pairs = Vec::new();
    // The order in which the platform writes its fields; what a test adds comes last.
    let known = ["event", "event_handler_id", "data", "ts", "auth"];
    let mut fields = Param::from(params).into_entries();
    fields.sort_by_key(|(name, _)| known.iter().position(|one| one == name).unwrap_or(known.len()));
    flatten(&Param::Tree(fields), String::new(), &mut pairs);
    form.extend_pairs(pairs);
    form.finish()
}

fn flatten(param: &Param, name: String, pairs: &mut Vec<(String, String)>) {
    match param {
        Param::Tree(_) | Param::List(_) => {
            for (key, child) in param.entries() {
                let inner = if name.is_empty() {
                    key
                } else {
                    format!("{name}[{key}]")
                };
                flatten(child, inner, pairs);
            }
        }
        leaf => pairs.push((name, leaf.as_text().unwrap_or_default())),
    }
}

/// Sends an event, once, and notes how it went. The answer is the app's HTTP status, or why there is none.
pub(crate) async fn deliver(shared: &Shared, delivery: &Delivery) -> Value {
    let sent = shared
        .http
        .post(&delivery.url)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("user-agent", "Bitrix24 Webhook Engine")
        .timeout(PATIENCE)
        .body(delivery.form.clone())
        .send()
        .await;
    let (status, body, error) = match sent {
        Ok(answer) => {
            let status = answer.status().as_u16();
            (Some(status), answer.text().await.unwrap_or_default(), None)
        }
        Err(error) => (None, String::new(), Some(error.without_url().to_string())),
    };
    let body: String = body.chars().take(2000).collect();
    note(
        shared,
        delivery,
        &json!({ "status": status, "body": body, "error": error }),
    )
}

/// Notes what has become of an event: sent, lost, or held back.
pub(crate) fn note(shared: &Shared, delivery: &Delivery, outcome: &Value) -> Value {
    shared.with(|world| {
        let mut line = delivery.to_json(outcome);
        line["at"] = json!(clock::iso_precise(world.clock.now()));
        world.deliveries.push(line.clone());
        line
    })
}

impl Delivery {
    /// What was sent, and what has become of it.
    pub(crate) fn to_json(&self, outcome: &Value) -> Value {
        let mut line = json!({ "url": self.url, "params": self.params, "form": self.form });
        for (name, value) in outcome.as_object().into_iter().flatten() {
            line[name] = value.clone();
        }
        line
    }
}

/// Delivers in the background, as the platform does when nobody watches.
pub(crate) fn deliver_later(shared: &Arc<Shared>, deliveries: Vec<Delivery>, delay: Duration) {
    let own = Arc::clone(shared);
    shared.tasks.spawn(async move {
        let work = async {
            tokio::time::sleep(delay).await;
            for delivery in &deliveries {
                deliver(&own, delivery).await;
            }
        };
        tokio::select! { () = work => {}, () = own.stop.cancelled() => {} }
    });
}

/// The client that delivers events: no redirects, no proxies, any certificate (the app is a test's).
pub(crate) fn client() -> anyhow::Result<reqwest::Client> {
    let client = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .tls_danger_accept_invalid_certs(true)
        .dns_resolver(crate::resolver::Loopback)
        .build()?;
    Ok(client)
}
