//! The authorization server's face: the token endpoint, and `app.info` as a trusted witness.
//! Also the portal's `/oauth/authorize/`, which leads to it.

use serde_json::{Value, json};

use crate::{
    call::{Call, rest_method},
    clock,
    frame::error_page,
    portal::{AppState, Portal},
    reply::{Refusal, Reply},
    tokens::{ACCESS_SECONDS, Owner, Pair, Standing},
    world::World,
};

/// Answers a call to the authorization server.
pub(crate) fn answer(world: &mut World, call: &Call) -> Reply {
    let outcome = match call.segments().as_slice() {
        ["oauth", "token"] => token(world, call),
        ["rest", name] if rest_method(name).0.eq_ignore_ascii_case("app.info") => app_info(world, call),
        ["rest", ..] => Err(Refusal::new(404, "ERROR_METHOD_NOT_FOUND", "Method not found!")),
        [] => {
            return Reply::html(
                200,
                "<!DOCTYPE html><title>Authorization server</title><p>Authorization server</p>",
            );
        }
        _ => return Reply::html(404, "<!DOCTYPE html><title>404</title><h1>404 Not Found</h1>"),
    };
    let reply = match outcome {
        Ok(body) => Reply::json(200, &body),
        Err(refusal) => refusal.reply(),
    };
    Reply {
        content_type: "application/json",
        ..reply
    }
    .with("cache-control", "no-store")
    .with("date", &clock::http_date(world.clock.now()))
}

fn token(world: &mut World, call: &Call) -> Result<Value, Refusal> {
    let missing = |name: &str| Refusal::new(400, "invalid_request", &format!("Parameter {name} is missing"));
    let need = |name: &str| {
        call.text(name)
            .filter(|value| !value.is_empty())
            .ok_or_else(|| missing(name))
    };
    let (grant, client_id, secret) = (need("grant_type")?, need("client_id")?, need("client_secret")?);
    if client_id != world.site.client_id {
        return Err(Refusal::new(200, "wrong_client", "Application not found"));
    }
    if secret != world.site.client_secret {
        return Err(Refusal::new(
            400,
            "invalid_client",
            "The client credentials are wrong",
        ));
    }
    match grant.as_str() {
        "authorization_code" => by_code(world, &client_id, &need("code")?),
        "refresh_token" => by_refresh(world, &client_id, &need("refresh_token")?),
        _ => Err(Refusal::new(
            400,
            "invalid_request",
            "This grant_type is not supported",
        )),
    }
}

fn by_code(world: &mut World, client_id: &str, code: &str) -> Result<Value, Refusal> {
    let now = world.clock.seconds();
    let standing = world.tokens.code_standing(code, now);
    let owner = usable(world, &standing, client_id)?;
    world.tokens.spend_code(code);
    let pair = world.tokens.issue(owner, now);
    token_answer(world, &pair)
}

fn by_refresh(world: &mut World, client_id: &str, token: &str) -> Result<Value, Refusal> {
    let now = world.clock.seconds();
    let standing = world.tokens.refresh(token, now);
    let owner = usable(world, &standing, client_id)?;
    let user = heir(world, &owner).unwrap_or(owner.user_id);
    let pair = world.tokens.rotate(token, user, now).ok_or_else(invalid_grant)?;
    token_answer(world, &pair)
}

fn invalid_grant() -> Refusal {
    Refusal::new(
        400,
        "invalid_grant",
        "The code or refresh token is unknown, expired or has been used",
    )
}

/// Who gets the tokens of a user whose work has been handed to somebody else.
fn heir(world: &World, owner: &Owner) -> Option<u64> {
    let portal = &world.portals[world.by_member_id(&owner.member_id)?];
    portal.users.get(&owner.user_id)?.handed_to
}

/// What the platform checks in this order: ours at all, app there, not used, user there, paid.
fn usable(world: &World, standing: &Standing, client_id: &str) -> Result<Owner, Refusal> {
    let owner = standing
        .owner()
        .cloned()
        .filter(|owner| owner.client_id == client_id)
        .ok_or_else(invalid_grant)?;
    installed(world, &owner)?;
    if !matches!(standing, Standing::Live(_)) {
        return Err(invalid_grant());
    }
    allowed(world, &owner)?;
    Ok(owner)
}

fn installed(world: &World, owner: &Owner) -> Result<(), Refusal> {
    match world.app_state(owner) {
        AppState::Installing | AppState::Installed => Ok(()),
        AppState::Absent | AppState::Uninstalled => Err(Refusal::new(
            401,
            "NOT_INSTALLED",
            "The application is not installed on this portal",
        )),
    }
}

/// A dismissed user and an unpaid app are refused alike by token endpoint, witness and portal.
pub(crate) fn allowed(world: &World, owner: &Owner) -> Result<(), Refusal> {
    let Some(portal) = world.by_member_id(&owner.member_id).map(|at| &world.portals[at]) else {
        return Ok(());
    };
    let gone = |user: &crate::portal::User| !user.active && user.handed_to.is_none();
    if portal.users.get(&owner.user_id).is_none_or(gone) {
        return Err(Refusal::new(
            401,
            "authorization_error",
            "The user cannot be authorized",
        ));
    }
    if portal.payment_over && owner.client_id == world.site.client_id {
        return Err(Refusal::new(
            402,
            "PAYMENT_REQUIRED",
            "The paid or trial period of the application is over",
        ));
    }
    Ok(())
}

fn portal_of<'a>(world: &'a World, owner: &Owner) -> Result<&'a Portal, Refusal> {
    let at = world.by_member_id(&owner.member_id).ok_or_else(invalid_grant)?;
    Ok(&world.portals[at])
}

fn token_answer(world: &World, pair: &Pair) -> Result<Value, Refusal> {
    let portal = portal_of(world, &pair.owner)?;
    let quirks = &portal.quirks;
    let scope = if quirks.token_scope_app {
        "app".to_owned()
    } else {
        portal.scope_list()
    };
    let mut answer = json!({
        "access_token": pair.access_token,
        "refresh_token": pair.refresh_token,
        "expires": pair.access_expires,
        "expires_in": ACCESS_SECONDS,
        "scope": scope,
        "domain": world.site.oauth_host(),
        "server_endpoint": portal.named_server_endpoint.clone().unwrap_or_else(|| world.site.server_endpoint()),
        "client_endpoint": world.client_endpoint(portal),
        "status": portal.status,
        "member_id": portal.member_id,
        "user_id": quirks.id(pair.owner.user_id),
    });
    if let Some(fields) = answer.as_object_mut() {
        fields.retain(|name, _| !quirks.token_omits.contains(name));
    }
    Ok(answer)
}

/// The trusted witness: says whose token this is, tokens of other apps included.
fn app_info(world: &World, call: &Call) -> Result<Value, Refusal> {
    let started = world.clock.precise();
    let no_auth = || Refusal::new(401, "NO_AUTH_FOUND", "Wrong authorization data");
    let token = call.auth().ok_or_else(no_auth)?;
    let standing = world.tokens.access(&token, world.clock.seconds());
    let unknown = || Refusal::new(400, "invalid_client", "The token belongs to no known application");
    let owner = standing.owner().ok_or_else(unknown)?;
    installed(world, owner)?;
    match &standing {
        Standing::Expired(_) => return Err(expired()),
        Standing::Killed(_) => return Err(killed()),
        Standing::Unknown | Standing::Live(_) => allowed(world, owner)?,
    }
    let portal = portal_of(world, owner)?;
    let installed = world.app_state(owner) == AppState::Installed;
    let expires = world.tokens.access_expires(&token).unwrap_or_default();
    let result = json!({
        "client_id": owner.client_id,
        "scope": portal.scope_list(),
        "expires": clock::iso_seconds(expires),
        "install": {
            "installed": installed,
            "version": portal.version,
            "status": portal.status,
            "scope": portal.scope_list(),
            "domain": world.site.host(portal),
            "uri": world.site.portal_url(portal),
            "client_endpoint": world.client_endpoint(portal),
            "member_id": portal.member_id,
            "member_type": "bitrix24",
        },
        "user_id": portal.quirks.id(owner.user_id),
    });
    Ok(json!({ "result": result, "time": crate::rest::time(world, started, None) }))
}

/// The access token's hour is over.
pub(crate) fn expired() -> Refusal {
    Refusal::new(401, "expired_token", "The access token provided has expired.")
}

/// The access token has been ended before its time.
pub(crate) fn killed() -> Refusal {
    Refusal::new(401, "invalid_token", "Unable to get application by token")
}

/// The portal's `/oauth/authorize/`: sends the current user back to the app with a code at once.
/// Whatever is wrong is shown on the portal's own page; there is no error redirect.
pub(crate) fn authorize(world: &mut World, portal: usize, call: &Call) -> Reply {
    let client_id = call.text("client_id").unwrap_or_default();
    if client_id != world.site.client_id {
        return error_page(
            404,
            "Application not found",
            "The portal does not know this application.",
        );
    }
    let here = &world.portals[portal];
    let user_id = call
        .text("user")
        .and_then(|user| user.parse().ok())
        .unwrap_or(here.current_user);
    let Some(user) = here.users.get(&user_id).filter(|user| user.active) else {
        return error_page(403, "No access", "This user cannot sign in here.");
    };
    // A portal that never saw the app lets its administrator agree to it on the way.
    let agrees = here.app == AppState::Absent && user.admin;
    if !(here.has_app() || agrees) {
        return error_page(
            403,
            "Application not installed",
            "Ask an administrator to install the application.",
        );
    }
    if !here.has_app() {
        world.portals[portal].finish_install();
    }
    let owner = world.our_owner(portal, user_id);
    let code = world.tokens.code(owner, world.clock.seconds());
    Reply::redirect(
        302,
        &callback(world, portal, &code, call.text("state").as_deref()),
    )
}

fn callback(world: &World, portal: usize, code: &str, state: Option<&str>) -> String {
    let here = &world.portals[portal];
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("code", code);
    if let Some(state) = state {
        query.append_pair("state", state);
    }
    query
        .append_pair("domain", &world.site.host(here))
        .append_pair("member_id", &here.member_id)
        .append_pair("scope", &here.scope_list())
        .append_pair("server_domain", &world.site.oauth_host());
    let base = world.site.redirect_url();
    let joint = if base.contains('?') { '&' } else { '?' };
    format!("{base}{joint}{}", query.finish())
}
