//! Open channels: the join, its companion that writes to people, and the cheap probe.

use serde_json::{Value, json};

use super::Caller;
use crate::{
    channels::{self, Channel},
    params::Param,
    portal::SentMessage,
    reply::Refusal,
    world::World,
};

/// The only thing the portal checks about a code.
const CODE_LENGTH: usize = 32;
/// One person gets one message in this time.
const MESSAGE_EVERY_SECONDS: i64 = 7 * 24 * 3600;

/// `imopenlines.network.join`: connects a channel for the whole portal, answers its bot's user id.
pub(super) fn join(world: &mut World, caller: &Caller, params: &Param) -> Result<Value, Refusal> {
    let channel = channel(world, params, "CODE")?;
    if let Some(error) = &channel.error {
        let description = if error.is_empty() {
            ""
        } else {
            "The channel could not be connected"
        };
        return Err(Refusal::new(400, error, description));
    }
    let active = channel.active;
    if let Some(bot_id) = caller.portal(world).bot_of(&channel.code) {
        return Ok(caller.portal(world).quirks.id(bot_id));
    }
    if !active {
        return Err(Refusal::new(
            400,
            "INACTIVE",
            "The open channel is not available right now",
        ));
    }
    let now = world.clock.seconds();
    let bot_id = caller.portal_mut(world).join(&channel.code, caller.user_id, now);
    Ok(caller.portal(world).quirks.id(bot_id))
}

/// Finds the channel that `CODE` means; `wrong_code` is what a code of a wrong length is called.
fn channel(world: &World, params: &Param, wrong_code: &str) -> Result<Channel, Refusal> {
    let code = params.text("CODE").unwrap_or_default();
    if code.chars().count() != CODE_LENGTH {
        return Err(Refusal::new(
            400,
            wrong_code,
            "The code of the open channel is wrong",
        ));
    }
    let found = channels::find(&world.channels, &code).cloned();
    found.ok_or_else(|| Refusal::new(400, "NOT_FOUND", "No open channel has this code"))
}

/// `imopenlines.network.message.add`: one message per person and week.
pub(super) fn message_add(world: &mut World, caller: &Caller, params: &Param) -> Result<Value, Refusal> {
    let channel = channel(world, params, "CODE")?;
    if !channel.active {
        return Err(Refusal::new(400, "NOT_FOUND", "No open channel has this code"));
    }
    let user_id = params
        .text("USER_ID")
        .and_then(|user| user.trim().parse::<u64>().ok())
        .filter(|user| *user > 0);
    let user_id = user_id.ok_or_else(|| Refusal::new(400, "USER_ID_EMPTY", "The recipient is not given"))?;
    let text = params.text("MESSAGE").filter(|text| !text.trim().is_empty());
    let text = text.ok_or_else(|| Refusal::new(400, "MESSAGE_EMPTY", "The message is empty"))?;
    let now = world.clock.seconds();
    let here = caller.portal_mut(world);
    if !here.users.contains_key(&user_id) {
        return Err(Refusal::new(
            400,
            "WRONG_REQUEST",
            "The message could not be sent",
        ));
    }
    let recent = |sent: &SentMessage| sent.user_id == user_id && now - sent.at < MESSAGE_EVERY_SECONDS;
    if here.messages.iter().any(recent) {
        return Err(Refusal::new(
            400,
            "USER_MESSAGE_LIMIT",
            "This user has had a message this week",
        ));
    }
    here.messages.push(SentMessage {
        code: channel.code,
        user_id,
        text,
        at: now,
    });
    Ok(json!(true))
}

/// `imopenlines.revision.get`.
#[expect(clippy::unnecessary_wraps, reason = "every method has this shape")]
pub(super) fn revision_get(_: &mut World, _: &Caller, _: &Param) -> Result<Value, Refusal> {
    Ok(json!({ "rest": 3, "web": 1, "mobile": 1 }))
}
