//! The whole state as JSON, secrets included: it is a test's view.

use serde_json::{Value, json};

use crate::{
    clock,
    portal::{AppState, Portal, User},
    tokens::{Fate, Pair},
    world::World,
};

/// Everything but the journal.
pub(super) fn state(world: &World) -> Value {
    json!({
        "portals": world.portals.iter().map(|here| portal(world, here)).collect::<Value>(),
        "channels": channels(world),
        "tokens": world.tokens.pairs().iter().flat_map(|pair| tokens(world, pair)).collect::<Value>(),
        "clock": moment(world),
        "faults": world.faults.to_json(),
        "limits": world.limits.to_json(),
        "app_url": world.site.app_url,
        "redirect_url": world.site.redirect_url(),
        "client": { "client_id": world.site.client_id, "client_secret": world.site.client_secret },
        "oauth_url": world.site.oauth_url(),
        "calls": world.journal.entries().len(),
    })
}

/// The clock.
pub(super) fn moment(world: &World) -> Value {
    json!({
        "now": clock::iso(world.clock.now()), "unix": world.clock.seconds(), "offset_s": world.clock.offset_s(),
    })
}

/// The channels.
pub(super) fn channels(world: &World) -> Value {
    let line = |channel: &crate::channels::Channel| {
        json!({
            "code": channel.code, "name": channel.name, "active": channel.active,
            "greeting": channel.greeting, "error": channel.error,
        })
    };
    world.channels.iter().map(line).collect()
}

/// One portal.
pub(super) fn portal(world: &World, here: &Portal) -> Value {
    let app = match here.app {
        AppState::Absent => "absent",
        AppState::Installing => "installing",
        AppState::Installed => "installed",
        AppState::Uninstalled => "uninstalled",
    };
    json!({
        "name": here.name,
        "former_names": here.former_names,
        "path": here.address.path,
        "host": world.site.host(here),
        "url": world.site.portal_url(here),
        "client_endpoint": world.client_endpoint(here),
        "member_id": here.member_id,
        "installed": here.installed(),
        "app": app,
        "status": here.status,
        "version": here.version,
        "payment_over": here.payment_over,
        "scope": here.scope,
        "application_token": here.application_token,
        "current_user": here.current_user,
        "users": here.users.values().map(user).collect::<Value>(),
        "bindings": bindings(here),
        "placements": placements(here),
        "joined": joined(world, here),
        "messages": messages(here),
        "webhooks": webhooks(world, here),
        "app_options": here.app_options,
        "quirks": quirks(here),
    })
}

fn quirks(here: &Portal) -> Value {
    let quirks = &here.quirks;
    json!({
        "token_omits": quirks.token_omits, "token_scope_app": quirks.token_scope_app,
        "text_ids": quirks.text_ids, "no_time": quirks.no_time,
    })
}

fn user(user: &User) -> Value {
    json!({
        "id": user.id, "name": user.name, "last_name": user.last_name, "admin": user.admin,
        "active": user.active, "language": user.language, "handed_to": user.handed_to,
    })
}

fn bindings(here: &Portal) -> Value {
    let line = |bound: &crate::portal::EventBinding| {
        json!({
            "id": bound.id, "event": bound.event, "handler": bound.handler,
            "auth_type": bound.auth_type, "offline": bound.offline,
        })
    };
    here.events.iter().map(line).collect()
}

fn placements(here: &Portal) -> Value {
    let line = |bound: &crate::portal::PlacementBinding| {
        json!({
            "placement": bound.placement, "handler": bound.handler, "title": bound.title,
            "description": bound.description, "options": bound.options,
        })
    };
    here.placements.iter().map(line).collect()
}

fn joined(world: &World, here: &Portal) -> Value {
    let name = |code: &str| {
        world
            .channels
            .iter()
            .find(|channel| channel.code == code)
            .map(|channel| &channel.name)
    };
    let line = |joined: &crate::portal::JoinedChannel| {
        json!({
            "code": joined.code, "bot_id": joined.bot_id, "name": name(&joined.code),
            "user": joined.user_id, "at": clock::iso_seconds(joined.at),
        })
    };
    here.joined.iter().map(line).collect()
}

fn messages(here: &Portal) -> Value {
    let line = |sent: &crate::portal::SentMessage| {
        json!({
            "code": sent.code, "user": sent.user_id, "message": sent.text, "at": clock::iso_seconds(sent.at),
        })
    };
    here.messages.iter().map(line).collect()
}

fn webhooks(world: &World, here: &Portal) -> Value {
    let endpoint = world.site.client_endpoint(here);
    let line = |hook: &crate::portal::Webhook| json!({ "user": hook.user_id, "secret": hook.secret, "url": format!("{endpoint}{}/{}/", hook.user_id, hook.secret) });
    here.webhooks.iter().map(line).collect()
}

/// Both halves of a pair, each naming the other.
fn tokens(world: &World, pair: &Pair) -> [Value; 2] {
    let now = world.clock.seconds();
    let portal = world
        .by_member_id(&pair.owner.member_id)
        .map(|at| world.portals[at].name.as_str());
    let line = |kind: &str, token: &str, other: &str, fate: Fate, expires: i64| {
        let status = match fate {
            Fate::Spent => "spent",
            Fate::Killed => "killed",
            Fate::Live if now >= expires => "expired",
            Fate::Live => "live",
        };
        json!({
            "token": token, "kind": kind, "status": status, "pair": other, "chain": pair.chain,
            "portal": portal, "member_id": pair.owner.member_id, "user": pair.owner.user_id,
            "client_id": pair.owner.client_id, "expires": expires,
        })
    };
    let (access, refresh) = (pair.access_token.as_str(), pair.refresh_token.as_str());
    [
        line("access", access, refresh, pair.access, pair.access_expires),
        line("refresh", refresh, access, pair.refresh, pair.refresh_expires),
    ]
}
