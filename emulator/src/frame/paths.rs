//! `openPath`: which pages of the portal an app may open above itself. The one command that is refused with an answer.

use serde_json::{Value, json};

/// Paths that are opened; `#` stands for an id.
const OPEN_PATHS: [&str; 8] = [
    "/crm/deal/",
    "/crm/lead/",
    "/crm/contact/",
    "/crm/company/",
    "/crm/type/",
    "/marketplace/",
    "/company/personal/user/#",
    "/workgroups/group/#",
];

/// Why the path that an app wishes is not opened, as its library is told; nothing if it is.
pub(super) fn refusal(path: &str, mobile: bool) -> Option<Value> {
    let code = if mobile {
        "METHOD_NOT_SUPPORTED_ON_DEVICE"
    } else if may_open(path) {
        return None;
    } else {
        "PATH_NOT_AVAILABLE"
    };
    Some(json!({ "result": "error", "errorCode": code }))
}

/// Only what a path begins with counts, dots behind it do not: `b24jssdk` opens its sliders that way.
fn may_open(path: &str) -> bool {
    OPEN_PATHS
        .iter()
        .any(|start| match path.strip_prefix(start.trim_end_matches('#')) {
            Some(rest) if start.ends_with('#') => rest
                .split_once('/')
                .is_some_and(|(id, _)| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())),
            rest => rest.is_some(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crm_cards_marketplace_users_and_groups_are_opened() {
        let open = [
            "/crm/deal/details/1/",
            "/crm/type/128/details/3/",
            "/marketplace/detail/x/",
            "/company/personal/user/7/",
            "/workgroups/group/3/",
        ];
        let shut = [
            "/",
            "/online/",
            "/crm/",
            "/crm/invoice/",
            "/company/personal/user/x/",
            "/workgroups/",
            "crm/deal/",
            "https://evil.example/crm/deal/",
        ];
        assert!(open.into_iter().all(|path| refusal(path, false).is_none()));
        for path in shut {
            assert_eq!(
                refusal(path, false).unwrap()["errorCode"],
                "PATH_NOT_AVAILABLE",
                "{path}"
            );
        }
        let mobile = refusal("/crm/deal/details/1/", true).unwrap();
        assert_eq!(mobile["errorCode"], "METHOD_NOT_SUPPORTED_ON_DEVICE");
    }
}
