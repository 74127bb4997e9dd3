//! Launches, tokens, the clock, the limits and the app's card.

use serde_json::{Value, json};

use super::{Args, Complaint, state};
use crate::{
    launch::{self, PlacementOptions, Wish},
    tokens::{ACCESS_SECONDS, Owner},
    world::World,
};

/// `launch {portal,user,install?,placement?,placement_options?,legacy?,lang?}`: a launch with a new chain.
pub(super) fn launch(world: &mut World, args: Args<'_>) -> Result<Value, Complaint> {
    let portal = args.portal(world)?;
    let user = args.user(world, portal)?;
    let placement_options = match args.raw("placement_options") {
        None => PlacementOptions::Empty,
        Some(Value::Null) => PlacementOptions::Absent,
        Some(Value::String(text)) => PlacementOptions::Raw(text.clone()),
        Some(other) => PlacementOptions::Raw(other.to_string()),
    };
    let wish = Wish {
        install: args.is("install")?,
        placement: args.text("placement")?,
        handler: None,
        placement_options,
        legacy: args.is("legacy")?,
        lang: args.text("lang")?,
    };
    let launch = launch::launch(world, portal, user, &wish);
    launch::settle(world, portal, wish.install);
    Ok(launch.to_json())
}

/// `token {portal,user,client_id?,install?}`: a pair as any app may hold one.
pub(super) fn token(world: &mut World, args: Args<'_>) -> Result<Value, Complaint> {
    let portal = args.portal(world)?;
    let user_id = args.user(world, portal)?;
    let ours = world.our_owner(portal, user_id);
    let client_id = args.text("client_id")?.unwrap_or_else(|| ours.client_id.clone());
    if client_id == ours.client_id {
        let install = args.is("install")?;
        if !world.portals[portal].has_app() {
            world.portals[portal].begin_install();
        }
        launch::settle(world, portal, install);
    }
    let pair = world
        .tokens
        .issue(Owner { client_id, ..ours }, world.clock.seconds());
    let here = &world.portals[portal];
    Ok(json!({
        "access_token": pair.access_token, "refresh_token": pair.refresh_token,
        "expires": pair.access_expires, "expires_in": ACCESS_SECONDS,
        "client_id": pair.owner.client_id, "member_id": here.member_id, "user_id": user_id,
        "client_endpoint": world.site.client_endpoint(here),
    }))
}

/// `expire {portal,user?}`: the access tokens' hour is over now.
pub(super) fn expire(world: &mut World, args: Args<'_>) -> Result<Value, Complaint> {
    let whose = whose(world, args)?;
    let now = world.clock.seconds();
    Ok(json!({ "expired": world.tokens.expire(whose, now) }))
}

/// `revoke {portal,user?}`: tokens of both kinds end.
pub(super) fn revoke(world: &mut World, args: Args<'_>) -> Result<Value, Complaint> {
    let whose = whose(world, args)?;
    Ok(json!({ "revoked": world.tokens.kill(whose) }))
}

fn whose(world: &World, args: Args<'_>) -> Result<impl Fn(&Owner) -> bool + use<>, Complaint> {
    let portal = args.portal(world)?;
    let user = match args.count("user")? {
        Some(_) => Some(args.user(world, portal)?),
        None => None,
    };
    let member_id = world.portals[portal].member_id.clone();
    Ok(move |owner: &Owner| owner.member_id == member_id && user.is_none_or(|user| owner.user_id == user))
}

/// `clock {advance_s}`.
pub(super) fn clock(world: &mut World, args: Args<'_>) -> Result<Value, Complaint> {
    let seconds = args.whole("advance_s")?;
    world
        .clock
        .advance(seconds.ok_or_else(|| Complaint::bad("`advance_s` is missing: seconds, may be negative"))?);
    Ok(state::moment(world))
}

/// `limits {requests?,burst?,per_second?,operating?,budget_s?,cost_s?}`: what is not named stays.
pub(super) fn limits(world: &mut World, args: Args<'_>) -> Result<Value, Complaint> {
    let requests = args.flag("requests")?;
    let operating = args.flag("operating")?;
    let (burst, per_second) = (args.number("burst")?, args.number("per_second")?);
    let (budget_s, cost_s) = (args.number("budget_s")?, args.number("cost_s")?);
    let limits = &mut world.limits;
    limits.requests = requests.unwrap_or(limits.requests);
    limits.operating = operating.unwrap_or(limits.operating);
    limits.burst = burst.unwrap_or(limits.burst);
    limits.per_second = per_second.unwrap_or(limits.per_second);
    limits.budget_s = budget_s.unwrap_or(limits.budget_s);
    limits.cost_s = cost_s.unwrap_or(limits.cost_s);
    limits.forget();
    Ok(limits.to_json())
}

/// `app {app_url?,redirect_url?,client_id?,client_secret?}`: the app's card.
pub(super) fn app(world: &mut World, args: Args<'_>) -> Result<Value, Complaint> {
    let (app_url, redirect_url) = (url(args, "app_url")?, url(args, "redirect_url")?);
    let (client_id, client_secret) = (args.text("client_id")?, args.text("client_secret")?);
    let site = &mut world.site;
    if let Some(url) = app_url {
        site.set_app_url(&url);
    }
    site.redirect_url = redirect_url.or(site.redirect_url.take());
    site.client_id = client_id.unwrap_or(std::mem::take(&mut site.client_id));
    site.client_secret = client_secret.unwrap_or(std::mem::take(&mut site.client_secret));
    Ok(json!({
        "app_url": site.app_url, "redirect_url": site.redirect_url(),
        "client_id": site.client_id, "client_secret": site.client_secret,
    }))
}

fn url(args: Args<'_>, name: &str) -> Result<Option<String>, Complaint> {
    let Some(text) = args.text(name)? else {
        return Ok(None);
    };
    match url::Url::parse(&text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(Some(text)),
        _ => Err(Complaint::bad(format!("`{name}` must be an http or https URL"))),
    }
}
