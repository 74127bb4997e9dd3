//! The wire of the frame protocol: `method:JSON:callback:APP_SID`.

use serde_json::Value;

/// A message from the app's page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Message {
    pub(super) method: String,
    /// `null` when there was nothing, or nothing that is JSON.
    pub(super) params: Value,
    /// Empty when no answer is wanted.
    pub(super) callback: String,
    pub(super) app_sid: String,
}

/// Reads a message. `BX24.js` keeps empty segments and `b24jssdk` drops them, and JSON has colons of its
/// own: the first is the method, the last the sid, the one before it the callback, the rest JSON.
pub(super) fn parse(data: &str) -> Option<Message> {
    let segments: Vec<_> = data.split(':').collect();
    let [method, params @ .., callback, app_sid] = segments.as_slice() else {
        return None;
    };
    Some(Message {
        method: (*method).to_owned(),
        params: serde_json::from_str(&params.join(":")).unwrap_or(Value::Null),
        callback: (*callback).to_owned(),
        app_sid: (*app_sid).to_owned(),
    })
}

/// The answer to a callback; none when nobody waits for it.
pub(super) fn reply(callback: &str, value: &Value) -> Option<String> {
    (!callback.is_empty()).then(|| format!("{callback}:{value}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message(method: &str, params: Value, callback: &str) -> Message {
        let (method, callback, app_sid) = (method.to_owned(), callback.to_owned(), "sid".to_owned());
        Message {
            method,
            params,
            callback,
            app_sid,
        }
    }

    #[test]
    fn bx24_keeps_empty_segments() {
        assert_eq!(
            parse("getInitData::cb1:sid"),
            Some(message("getInitData", Value::Null, "cb1"))
        );
        assert_eq!(
            parse("setInstallFinish:::sid"),
            Some(message("setInstallFinish", Value::Null, ""))
        );
    }

    #[test]
    fn b24jssdk_drops_them() {
        assert_eq!(
            parse("getInitData:cb1:sid"),
            Some(message("getInitData", Value::Null, "cb1"))
        );
    }

    #[test]
    fn json_keeps_its_colons() {
        let wanted = message("resizeWindow", json!({"width": "100%", "height": 700}), "cb");
        assert_eq!(
            parse(r#"resizeWindow:{"width":"100%","height":700}:cb:sid"#),
            Some(wanted)
        );
        let wanted = message("openPath", json!({"path": "/crm/?a=b:c"}), "cb");
        assert_eq!(parse(r#"openPath:{"path":"/crm/?a=b:c"}:cb:sid"#), Some(wanted));
    }

    #[test]
    fn too_little_is_no_message() {
        assert_eq!(parse("getInitData"), None);
        assert_eq!(parse("getInitData:sid"), None);
    }

    #[test]
    fn nobody_is_answered_who_does_not_wait() {
        assert_eq!(reply("", &json!(true)), None);
        assert_eq!(reply("cb", &json!({"a": 1})).as_deref(), Some(r#"cb:{"a":1}"#));
    }
}
