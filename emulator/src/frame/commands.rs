//! What the app's page may ask of the portal's page. Refused and unknown commands get no answer.

use std::{sync::Arc, time::Duration};

use serde_json::{Map, Value, json};

use super::{
    opening::OpenFrame,
    paths,
    protocol::{self, Message},
};
use crate::{
    control::{Args, Complaint},
    events::{self, Overrides},
    tokens::ACCESS_SECONDS,
    world::{Shared, World},
};

/// What a placement's page is not told: only the app's own page is the portal's whole page.
const NOT_IN_PLACEMENTS: [&str; 3] = ["setTitle", "setScroll", "reloadWindow"];
/// Longest list of what was said that is kept.
const MOST_SAID: usize = 10_000;

/// What comes of a command: an answer for the frame, something for the page to do, both or neither.
#[derive(Default)]
struct Outcome {
    answer: Option<Value>,
    act: Option<Value>,
}

impl OpenFrame {
    /// Whether this frame is not heard with it, and not told so.
    fn refuses(&self, method: &str) -> bool {
        (self.placement != "DEFAULT" && NOT_IN_PLACEMENTS.contains(&method))
            || (self.popup && method == "resizeWindow")
    }
}

impl Outcome {
    fn answer(value: Value) -> Self {
        Self {
            answer: Some(value),
            act: None,
        }
    }

    fn act(act: Value) -> Self {
        Self {
            answer: None,
            act: Some(act),
        }
    }

    fn and_act(self, act: Value) -> Self {
        Self {
            act: Some(act),
            ..self
        }
    }
}

/// `message {app_sid,data}`: one `postMessage` of a frame, passed on by the page.
pub(super) fn message(shared: &Arc<Shared>, portal: usize, args: Args<'_>) -> Result<Value, Complaint> {
    let (app_sid, data) = (args.required_text("app_sid")?, args.required_text("data")?);
    let none = json!({ "reply": null, "act": null });
    let Some(message) = protocol::parse(&data).filter(|message| message.app_sid == app_sid) else {
        return Ok(none);
    };
    let outcome = shared.with(|world| {
        let frame = world.frames.get(&app_sid)?.clone();
        let here = frame.member_id == world.portals[portal].member_id;
        here.then(|| {
            note(world, portal, &frame, &message);
            obey(world, portal, &frame, &message)
        })
    });
    let Some((outcome, installed)) = outcome else {
        return Ok(none);
    };
    if installed {
        announce_install(shared, portal);
    }
    let reply = outcome
        .answer
        .and_then(|value| protocol::reply(&message.callback, &value));
    let mut act = outcome.act.unwrap_or(Value::Null);
    if act.is_object() {
        act["callback"] = json!(message.callback);
    }
    Ok(json!({ "reply": reply, "act": act }))
}

/// What was said, for whoever wants to know; nothing that was answered.
fn note(world: &mut World, portal: usize, frame: &OpenFrame, message: &Message) {
    if world.said.len() < MOST_SAID {
        let said = json!({
            "portal": world.portals[portal].name, "user": frame.user_id, "app_sid": message.app_sid,
            "method": message.method, "params": message.params, "wants_answer": !message.callback.is_empty(),
        });
        world.said.push(said);
    }
}

/// The truth beside the outcome: the app has just been installed.
fn obey(world: &mut World, portal: usize, frame: &OpenFrame, message: &Message) -> (Outcome, bool) {
    let params = &message.params;
    if frame.refuses(&message.method) {
        return (Outcome::default(), false);
    }
    let outcome = match message.method.as_str() {
        "getInitData" => Outcome::answer(init_data(world, portal, frame)),
        "setInstall" => welcome(world, portal, frame, params),
        "setInstallFinish" => return finish(world, portal, frame),
        "refreshAuth" => Outcome::answer(fresh_auth(world, portal, frame)),
        // Answered by the page, with the size that came of it.
        "resizeWindow" => {
            Outcome::act(json!({ "kind": "resize", "width": params["width"], "height": params["height"] }))
        }
        "setTitle" => {
            let act = json!({ "kind": "title", "title": params["title"] });
            Outcome::answer(params.clone()).and_act(act)
        }
        "setScroll" => {
            let act = json!({ "kind": "scroll", "scroll": params["scroll"] });
            Outcome::answer(params.clone()).and_act(act)
        }
        "reloadWindow" => Outcome::act(json!({ "kind": "reload" })),
        "openApplication" => Outcome::act(json!({ "kind": "open_app", "params": params })),
        "closeApplication" => Outcome::act(json!({ "kind": "close" })),
        "openPath" => open_path(frame, params),
        // What a placement can do beside what every page can; these can nothing.
        "getInterface" => Outcome::answer(json!({ "command": [], "event": [] })),
        // The mobile app's page has no messenger to open.
        "imOpenMessenger" if frame.mobile => Outcome::default(),
        "imOpenMessenger" => Outcome::act(json!({ "kind": "messenger", "dialog": params["dialogId"] })),
        "setAppOption" => set_app_option(world, portal, frame, params),
        "setUserOption" => set_user_option(world, portal, frame, params),
        _ => Outcome::default(),
    };
    (outcome, false)
}

/// Always answered: a library waits for it when `FIRST_RUN` is true.
fn welcome(world: &mut World, portal: usize, frame: &OpenFrame, params: &Value) -> Outcome {
    if params["install"] == json!(true) {
        world.portals[portal].welcomed.insert(frame.user_id);
    }
    Outcome::answer(params.clone())
}

/// Never answered: the portal marks the app installed and reloads.
fn finish(world: &mut World, portal: usize, frame: &OpenFrame) -> (Outcome, bool) {
    if !frame.install || !is_admin(world, portal, frame) || !world.portals[portal].has_app() {
        return (Outcome::default(), false);
    }
    let news = world.portals[portal].finish_install();
    (Outcome::act(json!({ "kind": "reload" })), news)
}

/// The portal tells the handlers that were bound in the installer.
fn announce_install(shared: &Arc<Shared>, portal: usize) {
    let deliveries = shared.with(|world| {
        let bound = world.portals[portal]
            .events
            .iter()
            .any(|bound| bound.event == "ONAPPINSTALL");
        if bound {
            events::make(world, portal, "ONAPPINSTALL", &Overrides::default())
        } else {
            Vec::new()
        }
    });
    events::deliver_later(shared, deliveries, Duration::ZERO);
}

fn is_admin(world: &World, portal: usize, frame: &OpenFrame) -> bool {
    world.portals[portal]
        .users
        .get(&frame.user_id)
        .is_some_and(|user| user.admin)
}

fn init_data(world: &World, portal: usize, frame: &OpenFrame) -> Value {
    let here = &world.portals[portal];
    let launched = |name: &str| {
        let fields = frame.launch.query.iter().chain(&frame.launch.body);
        fields
            .clone()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.clone())
    };
    json!({
        "LANG": launched("LANG"),
        "DOMAIN": launched("DOMAIN"),
        "PROTOCOL": u8::from(world.site.tls),
        "PATH": format!("{}/rest", here.address.path),
        "AUTH_ID": launched("AUTH_ID"),
        "AUTH_EXPIRES": launched("AUTH_EXPIRES"),
        "REFRESH_ID": launched("REFRESH_ID"),
        "MEMBER_ID": here.member_id,
        "FIRST_RUN": !here.welcomed.contains(&frame.user_id),
        "IS_ADMIN": is_admin(world, portal, frame),
        "INSTALL": frame.install,
        "USER_OPTIONS": options(here.user_options.get(&frame.user_id).unwrap_or(&Map::new())),
        "APP_OPTIONS": options(&here.app_options),
        "PLACEMENT": launched("PLACEMENT"),
        "PLACEMENT_OPTIONS": frame.placement_options.as_object().map_or(frame.placement_options.clone(), options),
    })
}

/// The frame's user gets a fresh chain, as with every launch.
fn fresh_auth(world: &mut World, portal: usize, frame: &OpenFrame) -> Value {
    let pair = world
        .tokens
        .issue(world.our_owner(portal, frame.user_id), world.clock.seconds());
    json!({
        "AUTH_ID": pair.access_token,
        "AUTH_EXPIRES": ACCESS_SECONDS.to_string(),
        "REFRESH_ID": pair.refresh_token,
    })
}

fn open_path(frame: &OpenFrame, params: &Value) -> Outcome {
    let path = params["path"].as_str().unwrap_or_default();
    match paths::refusal(path, frame.mobile) {
        Some(refusal) => Outcome::answer(refusal),
        None => Outcome::act(json!({ "kind": "open_path", "path": path })),
    }
}

fn set_app_option(world: &mut World, portal: usize, frame: &OpenFrame, params: &Value) -> Outcome {
    if !is_admin(world, portal, frame) {
        return Outcome::default();
    }
    set_option(&mut world.portals[portal].app_options, params)
}

/// Answered with all options, as the portal keeps them.
fn set_option(options: &mut Map<String, Value>, params: &Value) -> Outcome {
    let Some(name) = params["name"].as_str() else {
        return Outcome::default();
    };
    options.insert(name.to_owned(), params["value"].clone());
    Outcome::answer(json!(options))
}

/// Answered with what was set: the page keeps it, and the portal later.
fn set_user_option(world: &mut World, portal: usize, frame: &OpenFrame, params: &Value) -> Outcome {
    let options = world.portals[portal].user_options.entry(frame.user_id);
    set_option(options.or_default(), params);
    Outcome::answer(params.clone())
}

/// An empty map is an empty list in PHP.
fn options(options: &Map<String, Value>) -> Value {
    if options.is_empty() {
        json!([])
    } else {
        json!(options)
    }
}
