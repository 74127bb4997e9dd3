//! `imopenlines.network.join`: the one method this app exists for. Section 6 of the platform facts.

use std::time::Duration;

use serde_json::{Value, json};

use super::{BotId, Call, CallError, OpenChannelCode};

/// The call that connects an external open channel to the whole portal.
#[derive(Clone, Debug)]
pub struct NetworkJoin<'a> {
    /// The channel.
    pub code: &'a OpenChannelCode,
}

impl NetworkJoin<'_> {
    /// The call that connects it.
    #[must_use]
    pub fn call(&self, timeout: Duration) -> Call {
        Call {
            method: "imopenlines.network.join",
            params: json!({"CODE": self.code.as_str()}),
            timeout,
        }
    }

    /// Reads `result`: the bot's id, as a number or a numeric string.
    pub fn read(result: &Value) -> Result<BotId, CallError> {
        BotId::from_json(result).map_err(|_| CallError::Unexpected("result"))
    }
}
