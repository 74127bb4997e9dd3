//! What a person can do on the portal's page beside the app: be somebody else, chat, remove the app.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use crate::{
    control::{Args, Complaint, remove_app},
    events::{self, Overrides},
    portal::Portal,
    world::{Shared, World},
};

/// What a link to an open channel begins with.
const NETWORK_LINES: &str = "networkLines";

/// `switch {user?,language?,admin?}`: another person, or another side of this one.
pub(super) fn switch(world: &mut World, portal: usize, args: Args<'_>) -> Result<Value, Complaint> {
    let (language, admin) = (args.text("language")?, args.flag("admin")?);
    if args.count("user")?.is_some() {
        world.portals[portal].current_user = args.user(world, portal)?;
    }
    let here = &mut world.portals[portal];
    if let Some(user) = here.users.get_mut(&here.current_user) {
        user.language = language.unwrap_or(std::mem::take(&mut user.language));
        user.admin = admin.unwrap_or(user.admin);
    }
    Ok(json!({ "user": here.current_user }))
}

/// `chat {dialog}`: a chat; a channel's greeting is there as soon as somebody opens it.
pub(super) fn chat(world: &mut World, portal: usize, args: Args<'_>) -> Result<Value, Complaint> {
    let dialog = args.text("dialog")?.unwrap_or_default();
    let here = &world.portals[portal];
    let bot = || {
        here.joined
            .iter()
            .find(|joined| joined.bot_id.to_string() == dialog)
            .map(|joined| &joined.code)
    };
    let linked = dialog.strip_prefix(NETWORK_LINES).map(str::to_ascii_lowercase);
    let code = linked.or_else(|| bot().cloned());
    let channel = code.and_then(|code| world.channels.iter().find(|channel| channel.code == code));
    let Some(channel) = channel else {
        let title = person(here, &dialog).unwrap_or_else(|| format!("Chat {dialog}"));
        return Ok(
            json!({ "dialog": dialog, "title": title, "subtitle": "", "messages": [], "known": false }),
        );
    };
    let mut messages = vec![json!({ "from": channel.name, "text": channel.greeting })];
    let mine = here
        .messages
        .iter()
        .filter(|sent| sent.user_id == here.current_user && sent.code == channel.code);
    messages.extend(mine.map(|sent| json!({ "from": channel.name, "text": sent.text })));
    Ok(json!({
        "dialog": dialog, "title": channel.name, "subtitle": "Open channel", "messages": messages, "known": true,
    }))
}

fn person(here: &Portal, dialog: &str) -> Option<String> {
    here.users
        .get(&dialog.parse().ok()?)
        .map(crate::portal::User::full_name)
}

/// `say {dialog,text}`: an administrator's `/unregister` is the only way to undo a join.
pub(super) fn say(world: &mut World, portal: usize, args: Args<'_>) -> Result<Value, Complaint> {
    let (dialog, text) = (args.required_text("dialog")?, args.required_text("text")?);
    let here = &mut world.portals[portal];
    let admin = here.users.get(&here.current_user).is_some_and(|user| user.admin);
    let before = here.joined.len();
    if admin && text.trim() == "/unregister" {
        here.joined.retain(|joined| joined.bot_id.to_string() != dialog);
    }
    Ok(json!({ "unregistered": here.joined.len() < before }))
}

/// `uninstall {clean}`: an administrator's.
pub(super) fn uninstall(shared: &Arc<Shared>, portal: usize, args: Args<'_>) -> Result<Value, Complaint> {
    let clean = args.is("clean")?;
    let deliveries = shared.with(|world| {
        let here = &world.portals[portal];
        let admin = here.users.get(&here.current_user).is_some_and(|user| user.admin);
        if !admin {
            return Err(Complaint {
                status: 403,
                error: "forbidden",
                description: "administrators only".to_owned(),
            });
        }
        Ok(remove_app(world, portal, clean, Overrides::default()))
    })?;
    events::deliver_later(shared, deliveries, Duration::ZERO);
    Ok(json!({ "uninstalled": true }))
}
