//! What an app binds in its installer: event handlers and placements.

use serde_json::{Value, json};

use super::{Caller, EVENTS, PLACEMENTS};
use crate::{
    params::Param,
    portal::{EventBinding, PlacementBinding},
    reply::Refusal,
    world::World,
};

/// `event.bind`: anybody may bind for himself; lifecycle events, offline events and other people's
/// authority are an administrator's.
pub(super) fn event_bind(world: &mut World, caller: &Caller, params: &Param) -> Result<Value, Refusal> {
    let event = event_name(params)?.ok_or_else(|| Refusal::argument("Argument 'EVENT' is null or empty"))?;
    let offline = params
        .text("event_type")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("offline"));
    let handler = if offline { String::new() } else { handler(params)? };
    let admin = caller.is_admin(world);
    let asked = auth_type(params)?;
    let auth_type = asked.unwrap_or(if admin { 0 } else { caller.user_id });
    if !admin && (offline || event.starts_with("ONAPP") || auth_type != caller.user_id) {
        caller.must_be_admin(world)?;
    }
    if caller
        .portal_mut(world)
        .bind_event(&event, &handler, auth_type, offline)
        .is_none()
    {
        return Err(Refusal::new(
            400,
            "ERROR_CORE",
            "Unable to set event handler: Handler already binded",
        ));
    }
    Ok(json!(true))
}

fn event_name(params: &Param) -> Result<Option<String>, Refusal> {
    let Some(event) = params.text("event").filter(|event| !event.is_empty()) else {
        return Ok(None);
    };
    let event = event.to_ascii_uppercase();
    if EVENTS.contains(&event.as_str()) || event.starts_with("ONCRM") || event.starts_with("ONTASK") {
        return Ok(Some(event));
    }
    Err(Refusal::new(400, "ERROR_EVENT_NOT_FOUND", "Event not found"))
}

fn auth_type(params: &Param) -> Result<Option<u64>, Refusal> {
    let Some(text) = params.text("auth_type").filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    text.parse()
        .map(Some)
        .map_err(|_| Refusal::argument("Argument 'AUTH_TYPE' must be a user id"))
}

fn handler(params: &Param) -> Result<String, Refusal> {
    let handler = params.text("handler").filter(|handler| !handler.is_empty());
    let handler = handler.ok_or_else(|| Refusal::argument("Argument 'HANDLER' is null or empty"))?;
    match url::Url::parse(&handler) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(handler),
        Ok(_) => Err(Refusal::new(
            400,
            "ERROR_UNSUPPORTED_PROTOCOL",
            "Unsupported event handler protocol",
        )),
        Err(_) => Err(Refusal::new(400, "ERROR_WRONG_HANDLER_URL", "Wrong handler URL")),
    }
}

/// `event.get`: `auth_type` is a string and `offline` a number, as PHP has them.
#[expect(clippy::unnecessary_wraps, reason = "every method has this shape")]
pub(super) fn event_get(world: &mut World, caller: &Caller, _: &Param) -> Result<Value, Refusal> {
    let line = |bound: &EventBinding| {
        json!({
            "event": bound.event, "handler": bound.handler,
            "auth_type": bound.auth_type.to_string(), "offline": u8::from(bound.offline),
        })
    };
    Ok(caller.portal(world).events.iter().map(line).collect())
}

/// `event.unbind`: an administrator's; answers how many went.
pub(super) fn event_unbind(world: &mut World, caller: &Caller, params: &Param) -> Result<Value, Refusal> {
    caller.must_be_admin(world)?;
    let event = event_name(params)?.ok_or_else(|| Refusal::argument("Argument 'EVENT' is null or empty"))?;
    let handler = params.text("handler").filter(|handler| !handler.is_empty());
    let auth_type = match params.text("auth_type") {
        Some(text) if text.is_empty() => Some(0),
        _ => auth_type(params)?,
    };
    let goes = |bound: &EventBinding| {
        bound.event == event
            && handler.as_ref().is_none_or(|handler| bound.handler == *handler)
            && auth_type.is_none_or(|auth_type| bound.auth_type == auth_type)
    };
    let events = &mut caller.portal_mut(world).events;
    let before = events.len();
    events.retain(|bound| !goes(bound));
    Ok(json!({ "count": before - events.len() }))
}

/// `placement.bind`: an administrator's.
pub(super) fn placement_bind(world: &mut World, caller: &Caller, params: &Param) -> Result<Value, Refusal> {
    caller.must_be_admin(world)?;
    let placement = placement_name(params)?;
    if !available(world, caller).contains(&placement.as_str()) {
        return Err(Refusal::new(
            400,
            "ERROR_PLACEMENT_NOT_FOUND",
            "Placement not found",
        ));
    }
    let handler = handler(params)?;
    let bound = &mut caller.portal_mut(world).placements;
    if bound
        .iter()
        .any(|known| known.placement == placement && known.handler == handler)
    {
        return Err(Refusal::new(
            400,
            "ERROR_CORE",
            "Unable to set placement handler: Handler already binded",
        ));
    }
    // One app has one address for its links.
    if placement == "REST_APP_URI" && bound.iter().any(|known| known.placement == placement) {
        return Err(Refusal::new(
            400,
            "ERROR_PLACEMENT_MAX_COUNT",
            "Placement max count",
        ));
    }
    let options = params.get("OPTIONS").map_or_else(|| json!([]), Param::to_json);
    bound.push(PlacementBinding {
        placement,
        handler,
        title: params.text("TITLE").unwrap_or_default(),
        description: params.text("DESCRIPTION").unwrap_or_default(),
        options,
    });
    Ok(json!(true))
}

fn placement_name(params: &Param) -> Result<String, Refusal> {
    let placement = params.text("PLACEMENT").filter(|placement| !placement.is_empty());
    let placement = placement.ok_or_else(|| Refusal::argument("Argument 'PLACEMENT' is null or empty"))?;
    Ok(placement.to_ascii_uppercase())
}

/// `placement.get`.
pub(super) fn placement_get(world: &mut World, caller: &Caller, _: &Param) -> Result<Value, Refusal> {
    caller.must_be_admin(world)?;
    let line = |bound: &PlacementBinding| {
        json!({
            "placement": bound.placement, "userId": 0, "handler": bound.handler, "options": bound.options,
            "title": bound.title, "description": bound.description, "langAll": [],
        })
    };
    Ok(caller.portal(world).placements.iter().map(line).collect())
}

/// `placement.unbind`: answers how many went.
pub(super) fn placement_unbind(world: &mut World, caller: &Caller, params: &Param) -> Result<Value, Refusal> {
    caller.must_be_admin(world)?;
    let placement = placement_name(params)?;
    let handler = params.text("HANDLER").filter(|handler| !handler.is_empty());
    let bound = &mut caller.portal_mut(world).placements;
    let before = bound.len();
    bound.retain(|known| {
        known.placement != placement || handler.as_ref().is_some_and(|handler| known.handler != *handler)
    });
    Ok(json!({ "count": before - bound.len() }))
}

/// `placement.list`: the places that the granted scope opens.
#[expect(clippy::unnecessary_wraps, reason = "every method has this shape")]
pub(super) fn placement_list(world: &mut World, caller: &Caller, _: &Param) -> Result<Value, Refusal> {
    Ok(json!(available(world, caller)))
}

fn available(world: &World, caller: &Caller) -> Vec<&'static str> {
    let granted = &caller.portal(world).scope;
    let open = |scope: &str| scope.is_empty() || granted.iter().any(|known| known == scope);
    PLACEMENTS
        .iter()
        .filter(|(_, scope)| open(scope))
        .map(|(name, _)| *name)
        .collect()
}
