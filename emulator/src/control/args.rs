//! The JSON that control calls take, read forgivingly and complained about helpfully.

use serde_json::{Map, Value, json};

use crate::{reply::Reply, world::World};

/// Why a control call was not obeyed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    pub(crate) status: u16,
    pub(crate) error: &'static str,
    pub(crate) description: String,
}

impl Complaint {
    /// The body cannot be understood.
    pub(crate) fn bad(description: impl Into<String>) -> Self {
        Self {
            status: 400,
            error: "bad_request",
            description: description.into(),
        }
    }

    /// What it names is not there.
    pub(crate) fn missing(description: impl Into<String>) -> Self {
        Self {
            status: 404,
            error: "not_found",
            description: description.into(),
        }
    }

    /// It cannot be done as things stand.
    pub(crate) fn conflict(description: impl Into<String>) -> Self {
        Self {
            status: 409,
            error: "conflict",
            description: description.into(),
        }
    }

    /// The answer that says so.
    pub(crate) fn reply(&self) -> Reply {
        Reply::json(
            self.status,
            &json!({"error": self.error, "error_description": self.description}),
        )
    }
}

/// The fields of a control call's body.
#[derive(Clone, Copy)]
pub(crate) struct Args<'a>(&'a Map<String, Value>);

impl<'a> Args<'a> {
    /// Takes a JSON object, nothing else.
    pub(crate) fn of(body: &'a Value) -> Result<Self, Complaint> {
        body.as_object()
            .map(Self)
            .ok_or_else(|| Complaint::bad("the body must be a JSON object"))
    }

    /// A field as it is; `null` counts as present.
    pub(crate) fn raw(self, name: &str) -> Option<&'a Value> {
        self.0.get(name)
    }

    fn set(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// A text, if given.
    pub(crate) fn text(self, name: &str) -> Result<Option<String>, Complaint> {
        match self.set(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(_) => Err(Complaint::bad(format!("`{name}` must be a string"))),
        }
    }

    /// A text that must be given and must not be empty.
    pub(crate) fn required_text(self, name: &str) -> Result<String, Complaint> {
        self.text(name)?
            .filter(|text| !text.is_empty())
            .ok_or_else(|| Complaint::bad(format!("`{name}` is missing: a string is needed")))
    }

    /// A whole number, if given; a numeric string counts.
    pub(crate) fn whole(self, name: &str) -> Result<Option<i64>, Complaint> {
        let Some(value) = self.set(name) else {
            return Ok(None);
        };
        let number = value
            .as_i64()
            .or_else(|| value.as_str().and_then(|text| text.trim().parse().ok()));
        number
            .map(Some)
            .ok_or_else(|| Complaint::bad(format!("`{name}` must be a whole number")))
    }

    /// A whole number that is not negative, if given.
    pub(crate) fn count(self, name: &str) -> Result<Option<u64>, Complaint> {
        let Some(number) = self.whole(name)? else {
            return Ok(None);
        };
        u64::try_from(number)
            .map(Some)
            .map_err(|_| Complaint::bad(format!("`{name}` must not be negative")))
    }

    /// A number that is not negative, if given.
    pub(crate) fn number(self, name: &str) -> Result<Option<f64>, Complaint> {
        let Some(value) = self.set(name) else {
            return Ok(None);
        };
        let number = value.as_f64().filter(|number| *number >= 0.0);
        number
            .map(Some)
            .ok_or_else(|| Complaint::bad(format!("`{name}` must be a number that is not negative")))
    }

    /// A truth, if given: a boolean, or 0, 1, "Y", "N" as the platform writes them.
    pub(crate) fn flag(self, name: &str) -> Result<Option<bool>, Complaint> {
        let Some(value) = self.set(name) else {
            return Ok(None);
        };
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
            .to_ascii_lowercase();
        match text.as_str() {
            "true" | "1" | "y" | "yes" => Ok(Some(true)),
            "false" | "0" | "n" | "no" | "" => Ok(Some(false)),
            _ => Err(Complaint::bad(format!("`{name}` must be true or false"))),
        }
    }

    /// The same, with no for an answer when it is not given.
    pub(crate) fn is(self, name: &str) -> Result<bool, Complaint> {
        Ok(self.flag(name)?.unwrap_or(false))
    }

    /// An HTTP status, if given.
    pub(crate) fn status(self, name: &str) -> Result<Option<u16>, Complaint> {
        let Some(number) = self.whole(name)? else {
            return Ok(None);
        };
        let status = u16::try_from(number)
            .ok()
            .filter(|status| (200..=599).contains(status));
        status
            .map(Some)
            .ok_or_else(|| Complaint::bad(format!("`{name}` must be an HTTP status from 200 to 599")))
    }

    /// The portal that `portal` names (by name, former name, host or `member_id`).
    pub(crate) fn portal(self, world: &World) -> Result<usize, Complaint> {
        let name = self.required_text("portal")?;
        world.named(&name).ok_or_else(|| {
            let known: Vec<_> = world.portals.iter().map(|portal| portal.name.as_str()).collect();
            Complaint::missing(format!("no portal `{name}`; there are {}", known.join(", ")))
        })
    }

    /// The user that `user` names in a portal; its administrator when not given.
    pub(crate) fn user(self, world: &World, portal: usize) -> Result<u64, Complaint> {
        let user = self.count("user")?.unwrap_or(1);
        let portal = &world.portals[portal];
        if portal.users.contains_key(&user) {
            return Ok(user);
        }
        Err(Complaint::missing(format!(
            "no user {user} in portal `{}`",
            portal.name
        )))
    }
}
