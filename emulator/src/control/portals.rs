//! Portals, their people, what they grant, and the channels of the network.

use serde_json::{Value, json};

use super::{Args, Complaint, state};
use crate::{
    address,
    channels::Channel,
    portal::{Portal, Quirks, User, Webhook},
    secret,
    world::World,
};

/// `rename {portal,to?,port?,path?,reuse?}`: the old address redirects from now on, the key stays. With `reuse`, the name
/// may be one that another portal has given up, which then leads there no longer.
pub(super) fn rename(world: &mut World, args: Args<'_>) -> Result<Value, Complaint> {
    let portal = args.portal(world)?;
    let (path, port) = address(world, args)?;
    if path.is_none() && port.is_none() || args.raw("to").is_some() {
        take_name(world, portal, args)?;
    }
    world.portals[portal].address.move_to(path, port);
    Ok(state::portal(world, &world.portals[portal]))
}

/// `path` and `port`, if given; the port of all portals is none of its own.
fn address(world: &World, args: Args<'_>) -> Result<(Option<String>, Option<u16>), Complaint> {
    let path = args.text("path")?.map(|path| address::path(&path)).transpose()?;
    let port = args.count("port")?.map(u16::try_from).transpose();
    let port = port.map_err(|_| Complaint::bad("`port` is no port"))?;
    Ok((path, port.map(|port| world.site.own_port(port))))
}

fn take_name(world: &mut World, portal: usize, args: Args<'_>) -> Result<(), Complaint> {
    let to = label(&args.required_text("to")?)?;
    if let Some(other) = world.named(&to).filter(|other| *other != portal) {
        let owner = &mut world.portals[other];
        if owner.name == to || !args.is("reuse")? {
            let owner = &owner.name;
            return Err(Complaint::conflict(format!("`{to}` belongs to portal `{owner}`")));
        }
        owner.former_names.retain(|former| *former != to);
    }
    let here = &mut world.portals[portal];
    if here.name != to {
        here.former_names.retain(|former| *former != to);
        let old = std::mem::replace(&mut here.name, to);
        here.former_names.push(old);
    }
    Ok(())
}

/// One label of a host name; a whole host of ours is taken for its first label.
fn label(name: &str) -> Result<String, Complaint> {
    let lower = name.to_ascii_lowercase();
    let first = lower
        .split_once(".localhost")
        .map_or(lower.as_str(), |(first, _)| first);
    let fits = (1..=63).contains(&first.len())
        && first
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
        && !first.starts_with('-')
        && !first.ends_with('-');
    if fits {
        Ok(first.to_owned())
    } else {
        Err(Complaint::bad(format!("`{name}` is no portal name")))
    }
}

/// `portal {portal,status?,payment_over?,version?,quirks?,client_endpoint?,server_endpoint?,path?,port?}`: changes a
/// portal, or adds one of that name. Its address changes without a trace, as if it had always been there.
pub(super) fn portal(world: &mut World, args: Args<'_>) -> Result<Value, Complaint> {
    let name = args.required_text("portal")?;
    let (status, payment_over) = (args.text("status")?, args.flag("payment_over")?);
    let version = args.count("version")?.map(u32::try_from).transpose();
    let version = version.map_err(|_| Complaint::bad("`version` is too large"))?;
    let quirks = args.raw("quirks").map(quirks_of).transpose()?;
    let named = |name: &str| Ok(args.raw(name).is_some().then_some(args.text(name)?));
    let (client_endpoint, server_endpoint) = (named("client_endpoint")?, named("server_endpoint")?);
    let (path, port) = address(world, args)?;
    let portal = if let Some(known) = world.named(&name) {
        known
    } else {
        world.portals.push(Portal::new(&label(&name)?));
        world.portals.len() - 1
    };
    let here = &mut world.portals[portal];
    here.address.path = path.unwrap_or(std::mem::take(&mut here.address.path));
    here.address.port = port.unwrap_or(here.address.port);
    here.status = status.unwrap_or(std::mem::take(&mut here.status));
    here.payment_over = payment_over.unwrap_or(here.payment_over);
    here.version = version.unwrap_or(here.version);
    here.quirks = quirks.unwrap_or(std::mem::take(&mut here.quirks));
    here.named_client_endpoint = client_endpoint.unwrap_or(here.named_client_endpoint.take());
    here.named_server_endpoint = server_endpoint.unwrap_or(here.named_server_endpoint.take());
    Ok(state::portal(world, &world.portals[portal]))
}

/// `{token_omits?,token_scope_app?,text_ids?,no_time?}`: replaces all quirks of a portal.
fn quirks_of(given: &Value) -> Result<Quirks, Complaint> {
    let args = Args::of(given).map_err(|_| Complaint::bad("`quirks` must be a JSON object"))?;
    let wrong = || Complaint::bad("`token_omits` must be an array of field names");
    let text = |name: &Value| name.as_str().map(str::to_owned);
    let token_omits = match args.raw("token_omits") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(names)) => names.iter().map(text).collect::<Option<_>>().ok_or_else(wrong)?,
        Some(_) => return Err(wrong()),
    };
    Ok(Quirks {
        token_omits,
        token_scope_app: args.is("token_scope_app")?,
        text_ids: args.is("text_ids")?,
        no_time: args.is("no_time")?,
    })
}

/// `user {portal,user,admin?,active?,language?,name?,last_name?,handed_to?,current?}`: changes a person,
/// or adds one.
pub(super) fn user(world: &mut World, args: Args<'_>) -> Result<Value, Complaint> {
    let portal = args.portal(world)?;
    let id = args.count("user")?.filter(|id| *id > 0);
    let id = id.ok_or_else(|| Complaint::bad("`user` is missing: a positive number"))?;
    let (admin, active, current) = (args.flag("admin")?, args.flag("active")?, args.is("current")?);
    let (language, name, last_name) = (
        args.text("language")?,
        args.text("name")?,
        args.text("last_name")?,
    );
    let handed_to = args.count("handed_to")?;
    let here = &mut world.portals[portal];
    if handed_to.is_some_and(|heir| !here.users.contains_key(&heir)) {
        return Err(Complaint::missing("`handed_to` is no user of this portal"));
    }
    let user = here
        .users
        .entry(id)
        .or_insert_with(|| User::new(id, "User", &id.to_string(), false));
    user.admin = admin.unwrap_or(user.admin);
    user.active = active.unwrap_or(user.active);
    user.language = language.unwrap_or(std::mem::take(&mut user.language));
    user.name = name.unwrap_or(std::mem::take(&mut user.name));
    user.last_name = last_name.unwrap_or(std::mem::take(&mut user.last_name));
    if args.raw("handed_to").is_some() {
        user.handed_to = handed_to;
    }
    if current {
        here.current_user = id;
    }
    Ok(state::portal(world, &world.portals[portal]))
}

/// `scope {portal,scope}`: what the portal grants from now on, as a comma list or an array.
pub(super) fn scope(world: &mut World, args: Args<'_>) -> Result<Value, Complaint> {
    let portal = args.portal(world)?;
    let wrong = || Complaint::bad("`scope` must be a comma list or an array of strings");
    let scope: Vec<String> = match args.raw("scope") {
        Some(Value::String(list)) => list.split(',').map(|one| one.trim().to_owned()).collect(),
        Some(Value::Array(list)) => list
            .iter()
            .map(|one| one.as_str().map(str::to_owned))
            .collect::<Option<_>>()
            .ok_or_else(wrong)?,
        _ => return Err(wrong()),
    };
    world.portals[portal].scope = scope.into_iter().filter(|one| !one.is_empty()).collect();
    Ok(state::portal(world, &world.portals[portal]))
}

/// `webhook {portal,user}`: an incoming webhook's address, to which a method is appended.
pub(super) fn webhook(world: &mut World, args: Args<'_>) -> Result<Value, Complaint> {
    let portal = args.portal(world)?;
    let user_id = args.user(world, portal)?;
    let secret = secret::webhook();
    let endpoint = world.site.client_endpoint(&world.portals[portal]);
    let url = format!("{endpoint}{user_id}/{secret}/");
    world.portals[portal].webhooks.push(Webhook {
        user_id,
        secret: secret.clone(),
    });
    Ok(json!({ "url": url, "secret": secret, "user": user_id }))
}

/// `channels {code,name?,active?,greeting?,error?}`: adds or changes one channel, or an array of them.
pub(super) fn channels(world: &mut World, args: Args<'_>) -> Result<Value, Complaint> {
    let code = args.required_text("code")?.to_ascii_lowercase();
    let (name, active, greeting) = (args.text("name")?, args.flag("active")?, args.text("greeting")?);
    let error = args.text("error")?;
    let at = world
        .channels
        .iter()
        .position(|channel| channel.code == code)
        .unwrap_or_else(|| {
            world
                .channels
                .push(Channel::new(&code, name.as_deref().unwrap_or("Open channel")));
            world.channels.len() - 1
        });
    let channel = &mut world.channels[at];
    channel.name = name.unwrap_or(std::mem::take(&mut channel.name));
    channel.active = active.unwrap_or(channel.active);
    channel.greeting = greeting.unwrap_or(std::mem::take(&mut channel.greeting));
    if args.raw("error").is_some() {
        channel.error = error;
    }
    Ok(state::channels(world))
}
