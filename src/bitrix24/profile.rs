//! `profile` on the portal: who the user is there. The only admin flag that counts.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Call, CallError, UserId};

/// The user's own profile; scope `basic`.
#[derive(Clone, Debug)]
pub struct Profile {
    /// `ID`.
    pub user_id: UserId,
    /// `ADMIN`: whether the user administers the portal.
    pub admin: bool,
}

impl Profile {
    /// The call that asks for it.
    #[must_use]
    pub fn call(timeout: Duration) -> Call {
        Call {
            method: "profile",
            params: json!({}),
            timeout,
        }
    }

    /// Reads `result` of the answer; anything but a clear yes is no administrator.
    pub fn read(result: &Value) -> Result<Self, CallError> {
        let user_id = result.get("ID").and_then(|id| UserId::from_json(id).ok());
        Ok(Self {
            user_id: user_id.ok_or(CallError::Unexpected("ID"))?,
            admin: match result.get("ADMIN") {
                Some(Value::Bool(admin)) => *admin,
                Some(Value::Number(number)) => number.as_i64() == Some(1),
                Some(Value::String(text)) => matches!(text.as_str(), "1" | "Y" | "true"),
                _ => false,
            },
        })
    }
}
