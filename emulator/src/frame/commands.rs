//! What the app's page may ask of the portal's page. Refused and unknown commands get no answer.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use super::{
    opening::OpenFrame,
    protocol::{self, Message},
};
use crate::{
    control::{Args, Complaint},
    events::{self, Overrides},
    tokens::ACCESS_SECONDS,
    world::{Shared, World},
};

/// Paths that `openPath` opens; `#` stands for an id.
const OPEN_PATHS: [&str; 4] = [
    "/crm/",
    "/marketplace/",
    "/company/personal/user/#",
    "/workgroups/group/#",
];

/// What comes of a command: an answer for the frame, something for the page to do, both or neither.
#[derive(Default)]
struct Outcome {
    answer: Option<Value>,
    act: Option<Value>,
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
        (frame.member_id == world.portals[portal].member_id).then(|| obey(world, portal, &frame, &message))
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

/// The truth beside the outcome: the app has just been installed.
fn obey(world: &mut World, portal: usize, frame: &OpenFrame, message: &Message) -> (Outcome, bool) {
    let params = &message.params;
    let outcome = match message.method.as_str() {
        "getInitData" => Outcome::answer(init_data(world, portal, frame)),
        "setInstall" => {
            if params["install"] == json!(true) {
                world.portals[portal].welcomed.insert(frame.user_id);
            }
            Outcome::answer(json!(true))
        }
        "setInstallFinish" => return finish(world, portal, frame),
        "refreshAuth" => Outcome::answer(fresh_auth(world, portal, frame)),
        "resizeWindow" => {
            let act = json!({ "kind": "resize", "width": params["width"], "height": params["height"] });
            Outcome::answer(json!({ "width": params["width"], "height": params["height"] })).and_act(act)
        }
        "setTitle" => {
            let act = json!({ "kind": "title", "title": params["title"] });
            Outcome::answer(json!({ "title": params["title"] })).and_act(act)
        }
        "setScroll" => {
            let act = json!({ "kind": "scroll", "scroll": params["scroll"] });
            Outcome::answer(json!({ "scroll": params["scroll"] })).and_act(act)
        }
        "reloadWindow" => Outcome::act(json!({ "kind": "reload" })),
        "openApplication" => Outcome::act(json!({ "kind": "open_app", "params": params })),
        "closeApplication" => Outcome::act(json!({ "kind": "close" })),
        "openPath" => open_path(params),
        "imOpenMessenger" => Outcome::act(json!({ "kind": "messenger", "dialog": params["dialogId"] })),
        "setAppOption" => set_app_option(world, portal, frame, params),
        "setUserOption" => {
            let options = world.portals[portal]
                .user_options
                .entry(frame.user_id)
                .or_default();
            set_option(options, params)
        }
        _ => Outcome::default(),
    };
    (outcome, false)
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
        "PROTOCOL": launched("PROTOCOL"),
        "PATH": "/rest",
        "AUTH_ID": launched("AUTH_ID"),
        "AUTH_EXPIRES": launched("AUTH_EXPIRES"),
        "REFRESH_ID": launched("REFRESH_ID"),
        "MEMBER_ID": here.member_id,
        "FIRST_RUN": !here.welcomed.contains(&frame.user_id),
        "IS_ADMIN": is_admin(world, portal, frame),
        "INSTALL": frame.install,
        "USER_OPTIONS": here.user_options.get(&frame.user_id).cloned().unwrap_or_default(),
        "APP_OPTIONS": here.app_options,
        "PLACEMENT": launched("PLACEMENT"),
        "PLACEMENT_OPTIONS": frame.placement_options,
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

fn open_path(params: &Value) -> Outcome {
    let path = params["path"].as_str().unwrap_or_default();
    if may_open(path) {
        Outcome::act(json!({ "kind": "open_path", "path": path }))
    } else {
        Outcome::default()
    }
}

/// Only what a path begins with counts, dots behind it do not: `b24jssdk` opens its sliders that way.
fn may_open(path: &str) -> bool {
    OPEN_PATHS
        .iter()
        .any(|start| match path.strip_prefix(start.trim_end_matches('#')) {
            Some(rest) if start.ends_with('#') => rest
                .split_once('/')
                .is_some_and(|(id, _)| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())),
            rest => rest.is_some(),
        })
}

fn set_app_option(world: &mut World, portal: usize, frame: &OpenFrame, params: &Value) -> Outcome {
    if !is_admin(world, portal, frame) {
        return Outcome::default();
    }
    set_option(&mut world.portals[portal].app_options, params)
}

fn set_option(options: &mut serde_json::Map<String, Value>, params: &Value) -> Outcome {
    let Some(name) = params["name"].as_str() else {
        return Outcome::default();
    };
    options.insert(name.to_owned(), params["value"].clone());
    Outcome::answer(json!(options))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_path_opens_crm_marketplace_users_and_groups() {
        let open = [
            "/crm/deal/details/1/",
            "/marketplace/detail/x/",
            "/company/personal/user/7/",
            "/workgroups/group/3/",
        ];
        let shut = [
            "/",
            "/online/",
            "/company/personal/user/x/",
            "/workgroups/",
            "crm/deal/",
            "https://evil.example/crm/",
        ];
        assert!(open.into_iter().all(may_open));
        assert!(!shut.into_iter().any(may_open));
    }
}
