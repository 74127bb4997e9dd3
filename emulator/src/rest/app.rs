//! The app as its portal sees it: the *other* `app.info`, and its options.

use serde_json::{Map, Value, json};

use super::Caller;
use crate::{params::Param, reply::Refusal, world::World};

/// `app.info` on the portal: not the authorization server's method of the same name.
#[expect(clippy::unnecessary_wraps, reason = "every method has this shape")]
pub(super) fn info(world: &mut World, caller: &Caller, _: &Param) -> Result<Value, Refusal> {
    let ours = caller.client_id.as_deref() == Some(world.site.client_id.as_str());
    let here = caller.portal(world);
    let language = here
        .users
        .get(&caller.user_id)
        .map_or("en", |user| user.language.as_str());
    Ok(json!({
        "ID": if ours { 11 } else { 12 },
        "CODE": caller.client_id,
        "VERSION": here.version,
        "STATUS": here.status,
        "INSTALLED": if ours { here.installed() } else { true },
        "PAYMENT_EXPIRED": if here.payment_over { "Y" } else { "N" },
        "DAYS": Value::Null,
        "LANGUAGE_ID": language,
        "LICENSE": "com_std",
        "LICENSE_TYPE": "std",
        "LICENSE_FAMILY": "std",
    }))
}

/// `app.option.get`: all options, or one.
#[expect(clippy::unnecessary_wraps, reason = "every method has this shape")]
pub(super) fn option_get(world: &mut World, caller: &Caller, params: &Param) -> Result<Value, Refusal> {
    Ok(read(&caller.portal(world).app_options, params))
}

/// `app.option.set`: an administrator's.
pub(super) fn option_set(world: &mut World, caller: &Caller, params: &Param) -> Result<Value, Refusal> {
    caller.must_be_admin(world)?;
    let options = given(params)?;
    caller.portal_mut(world).app_options.extend(options);
    Ok(json!(true))
}

/// `user.option.get`: the caller's own.
#[expect(clippy::unnecessary_wraps, reason = "every method has this shape")]
pub(super) fn user_option_get(world: &mut World, caller: &Caller, params: &Param) -> Result<Value, Refusal> {
    let none = Map::new();
    Ok(read(
        caller
            .portal(world)
            .user_options
            .get(&caller.user_id)
            .unwrap_or(&none),
        params,
    ))
}

/// `user.option.set`: the caller's own.
pub(super) fn user_option_set(world: &mut World, caller: &Caller, params: &Param) -> Result<Value, Refusal> {
    let options = given(params)?;
    caller
        .portal_mut(world)
        .user_options
        .entry(caller.user_id)
        .or_default()
        .extend(options);
    Ok(json!(true))
}

fn read(options: &Map<String, Value>, params: &Param) -> Value {
    match params.text("option").filter(|name| !name.is_empty()) {
        Some(name) => options.get(&name).cloned().unwrap_or(Value::Null),
        // An empty map is an empty list in PHP.
        None if options.is_empty() => json!([]),
        None => Value::Object(options.clone()),
    }
}

fn given(params: &Param) -> Result<Map<String, Value>, Refusal> {
    let options = params.get("options").map(Param::to_json);
    let options = options
        .and_then(|value| value.as_object().cloned())
        .filter(|options| !options.is_empty());
    options.ok_or_else(|| Refusal::argument("Argument 'options' is null or empty"))
}
