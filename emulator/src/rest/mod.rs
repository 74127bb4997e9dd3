//! The portal's REST face: who calls, may they, and the envelope around every answer.

mod app;
mod batch;
mod bindings;
mod methods;
mod openlines;
mod people;

use serde_json::{Value, json};

use self::methods::Method;
pub(crate) use self::methods::{EVENTS, PLACEMENTS};
use crate::{
    call::{Call, rest_method},
    clock,
    journal::Listener,
    limits::Operating,
    oauth,
    params::Param,
    portal::{AppState, Portal},
    reply::{Refusal, Reply},
    tokens::{Owner, Standing},
    world::World,
};

/// On whose behalf a method runs.
#[derive(Clone, Debug)]
struct Caller {
    /// Index of the portal.
    portal: usize,
    user_id: u64,
    /// The app whose token was shown; none for a webhook.
    client_id: Option<String>,
}

impl Caller {
    fn portal<'a>(&self, world: &'a World) -> &'a Portal {
        &world.portals[self.portal]
    }

    fn portal_mut<'a>(&self, world: &'a mut World) -> &'a mut Portal {
        &mut world.portals[self.portal]
    }

    fn is_admin(&self, world: &World) -> bool {
        self.portal(world)
            .users
            .get(&self.user_id)
            .is_some_and(|user| user.admin)
    }

    fn must_be_admin(&self, world: &World) -> Result<(), Refusal> {
        if self.is_admin(world) {
            return Ok(());
        }
        Err(Refusal::new(
            403,
            "ACCESS_DENIED",
            "Access denied! Administrator rights are needed.",
        ))
    }
}

/// Answers a REST call to a portal.
pub(crate) fn answer(world: &mut World, portal: usize, call: &Call) -> Reply {
    let started = world.clock.precise();
    let reply = match run(world, portal, call) {
        Ok((result, _)) if world.portals[portal].quirks.no_time => {
            Reply::json(200, &json!({ "result": result }))
        }
        Ok((result, operating)) => Reply::json(
            200,
            &json!({ "result": result, "time": time(world, started, Some(operating)) }),
        ),
        Err(refusal) => refusal.reply(),
    };
    // Pages of the app may call REST from the browser.
    reply.with("access-control-allow-origin", "*")
}

fn run(world: &mut World, portal: usize, call: &Call) -> Result<(Value, Operating), Refusal> {
    let member_id = world.portals[portal].member_id.clone();
    if !world.limits.admit(&member_id, call.source, world.clock.precise()) {
        return Err(Refusal::new(503, "QUERY_LIMIT_EXCEEDED", "Too many requests"));
    }
    let segments = call.segments();
    let (name, format) = segments.last().map_or(("", None), |last| rest_method(last));
    if format.is_some_and(|format| format.eq_ignore_ascii_case("xml")) {
        return Err(Refusal::new(400, "INVALID_REQUEST", "Only JSON is spoken here"));
    }
    let method = methods::find(name)
        .filter(|_| matches!(segments.len(), 2 | 4))
        .ok_or_else(unknown_method)?;
    let caller = match segments.as_slice() {
        [_, user, secret, _] => by_webhook(world, portal, user, secret)?,
        _ => by_token(world, portal, call)?,
    };
    let operating = world
        .limits
        .work(&member_id, method.name, world.clock.precise())
        .map_err(over_budget)?;
    let result = invoke(world, &caller, method, &call.params)?;
    Ok((result, operating))
}

fn unknown_method() -> Refusal {
    Refusal::new(404, "ERROR_METHOD_NOT_FOUND", "Method not found!")
}

fn over_budget(reset_at: f64) -> Refusal {
    let description = "Method is blocked due to operation time limit.";
    let time = json!({ "operating_reset_at": whole(reset_at), "operating": 480 });
    Refusal {
        time: Some(time),
        ..Refusal::new(429, "OPERATION_TIME_LIMIT", description)
    }
}

/// Checks kind of authorization and scope, then runs a method; a batch comes here for each command.
fn invoke(world: &mut World, caller: &Caller, method: &Method, params: &Param) -> Result<Value, Refusal> {
    if method.app_only && caller.client_id.is_none() {
        let description =
            "Current authorization type is denied for this method: application context required";
        return Err(Refusal::new(403, "WRONG_AUTH_TYPE", description));
    }
    let granted = &caller.portal(world).scope;
    if !method.scope.is_empty() && !granted.iter().any(|scope| method.scope.contains(&scope.as_str())) {
        let description = "The request requires higher privileges than provided by the access token";
        return Err(Refusal::new(403, "insufficient_scope", description));
    }
    (method.run)(world, caller, params)
}

fn by_webhook(world: &World, portal: usize, user: &str, secret: &str) -> Result<Caller, Refusal> {
    let wrong = || Refusal::new(401, "INVALID_CREDENTIALS", "Invalid request credentials");
    let user_id: u64 = user.parse().map_err(|_| wrong())?;
    let here = &world.portals[portal];
    let known = here
        .webhooks
        .iter()
        .any(|hook| hook.user_id == user_id && hook.secret == secret);
    let active = here.users.get(&user_id).is_some_and(|user| user.active);
    if known && active {
        Ok(Caller {
            portal,
            user_id,
            client_id: None,
        })
    } else {
        Err(wrong())
    }
}

fn by_token(world: &World, portal: usize, call: &Call) -> Result<Caller, Refusal> {
    let no_auth = || Refusal::new(401, "NO_AUTH_FOUND", "Wrong authorization data");
    let token = call.auth().ok_or_else(no_auth)?;
    let standing = world.tokens.access(&token, world.clock.seconds());
    let Some(owner) = standing.owner() else {
        return Err(oauth::killed());
    };
    if owner.member_id != world.portals[portal].member_id {
        return Err(no_auth());
    }
    if !matches!(world.app_state(owner), AppState::Installing | AppState::Installed) {
        return Err(Refusal::new(401, "ERROR_OAUTH", "Application not installed"));
    }
    match &standing {
        Standing::Expired(_) => return Err(oauth::expired()),
        Standing::Killed(_) | Standing::Unknown => return Err(oauth::killed()),
        Standing::Live(_) => oauth::allowed(world, owner)?,
    }
    let Owner {
        user_id, client_id, ..
    } = owner.clone();
    Ok(Caller {
        portal,
        user_id,
        client_id: Some(client_id),
    })
}

/// The `time` of an answer.
pub(crate) fn time(world: &World, started: f64, operating: Option<Operating>) -> Value {
    let finished = world.clock.now();
    let finish = clock::precise(finished);
    let duration = (finish - started).max(0.0);
    let mut time = json!({
        "start": started,
        "finish": finish,
        "duration": duration,
        "processing": duration,
        "date_start": clock::iso_seconds(whole(started)),
        "date_finish": clock::iso(finished),
    });
    if let Some(operating) = operating {
        time["operating_reset_at"] = json!(whole(operating.reset_at));
        // PHP writes a zero without its fraction: the same field is an integer now and a float then.
        time["operating"] = if operating.seconds > 0.0 {
            json!(operating.seconds)
        } else {
            json!(0)
        };
    }
    time
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "unix seconds are far from the ends of an i64"
)]
fn whole(seconds: f64) -> i64 {
    seconds as i64
}

/// Whether a call is one for this face.
pub(crate) fn is_rest(call: &Call) -> bool {
    call.listener == Listener::Portal && call.segments().first() == Some(&"rest")
}
