//! JSON that carries tokens, for as long as it is needed.

use std::ops::{Deref, DerefMut};

use serde_json::Value;
use zeroize::Zeroize as _;

/// A value whose texts are wiped when it is dropped. Has no `Debug`: what a portal answers may quote anything.
#[derive(Default)]
pub(crate) struct Wiped(pub(crate) Value);

impl Deref for Wiped {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl DerefMut for Wiped {
    fn deref_mut(&mut self) -> &mut Value {
        &mut self.0
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

/// Wipes every text in a value; the names of fields stay, as they cannot be written to.
fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_text_at_every_depth_is_wiped() {
        let mut value = json!({"auth": "s3cr3t", "cmd": [{"a": "s3cr3t"}, ["s3cr3t"], 1, null]});
        wipe(&mut value);
        assert_eq!(value, json!({"auth": "", "cmd": [{"a": ""}, [""], 1, null]}));
    }
}
