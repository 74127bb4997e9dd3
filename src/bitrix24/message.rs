//! `imopenlines.network.message.add`: writes to one person in a connected channel's name. Section 6 of the
//! platform facts.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Call, CallError, OpenChannelCode, UserId};

/// A message from a channel to a user of the portal. The platform takes one a week for each person.
#[derive(Clone, Debug)]
pub struct NetworkMessage<'a> {
    /// The channel in whose name it is written.
    pub code: &'a OpenChannelCode,
    /// Who reads it.
    pub user_id: UserId,
    /// What it says.
    pub text: &'a str,
}

impl NetworkMessage<'_> {
    /// The call that sends it; links in it are shown with a preview.
    #[must_use]
    pub fn call(&self, timeout: Duration) -> Call {
        Call {
            method: "imopenlines.network.message.add",
            params: json!({
                "CODE": self.code.as_str(),
                "USER_ID": self.user_id.get(),
                "MESSAGE": self.text,
                "URL_PREVIEW": "Y",
            }),
            timeout,
        }
    }

    /// Reads `result`: true, and nothing else of interest.
    pub fn read(result: &Value) -> Result<(), CallError> {
        match result {
            Value::Bool(true) => Ok(()),
            _ => Err(CallError::Unexpected("result")),
        }
    }
}
