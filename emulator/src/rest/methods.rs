//! The table of methods: what each is called, what it needs, what runs.

use serde_json::{Value, json};

use super::{Caller, app, batch, bindings, openlines, people};
use crate::{clock, params::Param, reply::Refusal, world::World};

type Run = fn(&mut World, &Caller, &Param) -> Result<Value, Refusal>;

/// One REST method.
pub(super) struct Method {
    pub(super) name: &'static str,
    /// One of these scopes is enough; none needed when empty.
    pub(super) scope: &'static [&'static str],
    /// Refuses webhooks.
    pub(super) app_only: bool,
    pub(super) run: Run,
}

const fn basic(name: &'static str, run: Run) -> Method {
    Method {
        name,
        scope: &[],
        app_only: false,
        run,
    }
}

const fn app_only(name: &'static str, run: Run) -> Method {
    Method {
        name,
        scope: &[],
        app_only: true,
        run,
    }
}

const fn placement(name: &'static str, run: Run) -> Method {
    Method {
        name,
        scope: &["placement"],
        app_only: true,
        run,
    }
}

const fn openlines(name: &'static str, run: Run) -> Method {
    Method {
        name,
        scope: &["imopenlines"],
        app_only: false,
        run,
    }
}

const fn user(name: &'static str, run: Run) -> Method {
    Method {
        name,
        scope: &["user", "user_basic", "user_brief"],
        app_only: false,
        run,
    }
}

static METHODS: &[Method] = &[
    basic("batch", batch::batch),
    basic("profile", people::profile),
    user("user.current", people::current),
    basic("user.admin", people::admin),
    basic("scope", scope),
    basic("methods", methods),
    basic("method.get", method_get),
    basic("server.time", server_time),
    app_only("app.info", app::info),
    app_only("app.option.get", app::option_get),
    app_only("app.option.set", app::option_set),
    app_only("user.option.get", app::user_option_get),
    app_only("user.option.set", app::user_option_set),
    basic("events", events),
    app_only("event.bind", bindings::event_bind),
    app_only("event.get", bindings::event_get),
    app_only("event.unbind", bindings::event_unbind),
    placement("placement.bind", bindings::placement_bind),
    placement("placement.get", bindings::placement_get),
    placement("placement.unbind", bindings::placement_unbind),
    placement("placement.list", bindings::placement_list),
    openlines("imopenlines.network.join", openlines::join),
    openlines("imopenlines.network.message.add", openlines::message_add),
    openlines("imopenlines.revision.get", openlines::revision_get),
];

/// The events that handlers can be bound to.
pub(crate) const EVENTS: [&str; 14] = [
    "ONAPPINSTALL",
    "ONAPPUNINSTALL",
    "ONAPPUPDATE",
    "ONAPPPAYMENT",
    "ONAPPTEST",
    "ONOFFLINEEVENT",
    "ONUSERADD",
    "ONIMBOTMESSAGEADD",
    "ONIMBOTJOINCHAT",
    "ONIMBOTDELETE",
    "ONOPENLINEMESSAGEADD",
    "ONOPENLINEMESSAGEUPDATE",
    "ONSESSIONSTART",
    "ONSESSIONFINISH",
];

/// The places where an app can appear, with the scope each needs besides `placement`.
pub(crate) const PLACEMENTS: [(&str, &str); 7] = [
    ("REST_APP_URI", ""),
    ("CONTACT_CENTER", "contact_center"),
    ("LEFT_MENU", ""),
    ("IM_TEXTAREA", "im"),
    ("IM_SIDEBAR", "im"),
    ("IMMOBILE_CONTEXT_MENU", "im"),
    ("CRM_DEAL_DETAIL_TAB", "crm"),
];

/// A method by its name, in any letter case.
pub(super) fn find(name: &str) -> Option<&'static Method> {
    METHODS
        .iter()
        .find(|method| method.name.eq_ignore_ascii_case(name))
}

#[expect(clippy::unnecessary_wraps, reason = "every method has this shape")]
fn scope(world: &mut World, caller: &Caller, params: &Param) -> Result<Value, Refusal> {
    let every = [
        "calendar",
        "contact_center",
        "crm",
        "disk",
        "im",
        "imbot",
        "imopenlines",
        "placement",
        "task",
    ];
    if params
        .text("full")
        .is_some_and(|full| matches!(full.as_str(), "1" | "true" | "Y"))
    {
        return Ok(json!(every));
    }
    Ok(json!(caller.portal(world).scope))
}

#[expect(clippy::unnecessary_wraps, reason = "every method has this shape")]
fn methods(_: &mut World, _: &Caller, _: &Param) -> Result<Value, Refusal> {
    Ok(METHODS.iter().map(|method| method.name).collect())
}

fn method_get(world: &mut World, caller: &Caller, params: &Param) -> Result<Value, Refusal> {
    let name = params
        .text("name")
        .ok_or_else(|| Refusal::argument("Argument 'name' is null or empty"))?;
    let method = find(&name);
    let granted = &caller.portal(world).scope;
    let available = method.is_some_and(|method| {
        method.scope.is_empty() || granted.iter().any(|scope| method.scope.contains(&scope.as_str()))
    });
    Ok(json!({ "isExisting": method.is_some(), "isAvailable": available }))
}

#[expect(clippy::unnecessary_wraps, reason = "every method has this shape")]
fn server_time(world: &mut World, _: &Caller, _: &Param) -> Result<Value, Refusal> {
    Ok(json!(clock::iso(world.clock.now())))
}

#[expect(clippy::unnecessary_wraps, reason = "every method has this shape")]
fn events(_: &mut World, _: &Caller, _: &Param) -> Result<Value, Refusal> {
    Ok(json!(EVENTS))
}
