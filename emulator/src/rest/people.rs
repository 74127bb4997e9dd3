//! Who am I: `profile`, `user.current`, `user.admin`.

use serde_json::{Value, json};

use super::Caller;
use crate::{params::Param, portal::User, reply::Refusal, world::World};

fn myself<'a>(world: &'a World, caller: &Caller) -> Result<&'a User, Refusal> {
    let gone = || Refusal::new(401, "authorization_error", "The user cannot be authorized");
    caller.portal(world).users.get(&caller.user_id).ok_or_else(gone)
}

/// `profile`: needs no scope; ids are strings, as PHP has them.
pub(super) fn profile(world: &mut World, caller: &Caller, _: &Param) -> Result<Value, Refusal> {
    let me = myself(world, caller)?;
    Ok(json!({
        "ID": me.id.to_string(),
        "ADMIN": me.admin,
        "NAME": me.name,
        "LAST_NAME": me.last_name,
        "PERSONAL_GENDER": "",
        "PERSONAL_PHOTO": "",
        "TIME_ZONE": "",
        "TIME_ZONE_OFFSET": 0,
    }))
}

/// `user.current`.
pub(super) fn current(world: &mut World, caller: &Caller, _: &Param) -> Result<Value, Refusal> {
    let me = myself(world, caller)?;
    let portal = &caller.portal(world).name;
    Ok(json!({
        "ID": me.id.to_string(),
        "XML_ID": me.id.to_string(),
        "ACTIVE": me.active,
        "NAME": me.name,
        "LAST_NAME": me.last_name,
        "SECOND_NAME": "",
        "EMAIL": format!("{}@{portal}.example", me.name.to_lowercase()),
        "TIME_ZONE_OFFSET": "0",
        "WORK_POSITION": if me.admin { "Administrator" } else { "Employee" },
        "UF_DEPARTMENT": [1],
        "USER_TYPE": "employee",
    }))
}

/// `user.admin`: the current user's role.
#[expect(clippy::unnecessary_wraps, reason = "every method has this shape")]
pub(super) fn admin(world: &mut World, caller: &Caller, _: &Param) -> Result<Value, Refusal> {
    Ok(json!(caller.is_admin(world)))
}
