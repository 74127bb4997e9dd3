//! The app's code in the Market, and the links that open the app with a channel's code in the field.

/// Codes in the Market look like `vendor.app`; nothing honest is longer.
const LONGEST: usize = 100;

/// The app's code in the Market, such as `vendor.channel_connect`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppCode(String);

/// A text that is no app code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is no app code: letters, digits, dots, hyphens and underscores only")]
pub struct NoAppCode;

/// The two links that open the app in a portal with a channel's code; which of them work depends on the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeepLinks {
    /// Opens the app in a slider over whatever the person is doing; needs the placement `REST_APP_URI`.
    pub slider: String,
    /// Opens the app's own page; needs nothing.
    pub page: String,
}

impl AppCode {
    /// Reads a code; it goes into addresses as it is.
    pub fn parse(text: &str) -> Result<Self, NoAppCode> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        let first = text
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_alphanumeric());
        if first && text.len() <= LONGEST && text.bytes().all(fits) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NoAppCode)
        }
    }

    /// The code itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The page of the app in the portal of an origin, `https://acme.bitrix24.com`.
    #[must_use]
    pub fn page_at(&self, portal: &super::Origin) -> String {
        format!("{}/marketplace/app/{}/", portal.as_str(), self.0)
    }

    /// The links for a portal (`acme.bitrix24.com`) and a channel's code. Both may be placeholders for people
    /// to replace; a code in a link only prefills, whoever made it.
    #[must_use]
    pub fn deep_links(&self, portal: &str, code: &str) -> DeepLinks {
        let app_code = &self.0;
        DeepLinks {
            slider: format!("https://{portal}/marketplace/view/{app_code}/?params[code]={code}"),
            page: format!("https://{portal}/marketplace/app/{app_code}/?code={code}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_lies_at_the_portals_own_origin() {
        let origin = super::super::Origin::parse("https://portal.example:8443").unwrap();
        let code = AppCode::parse("northwind.channels").unwrap();
        assert_eq!(
            code.page_at(&origin),
            "https://portal.example:8443/marketplace/app/northwind.channels/"
        );
    }

    #[test]
    fn the_links_name_portal_app_and_channel() {
        let links = AppCode::parse("northwind.channels")
            .unwrap()
            .deep_links("acme.bitrix24.com", "CODE");
        assert_eq!(
            links.slider,
            "https://acme.bitrix24.com/marketplace/view/northwind.channels/?params[code]=CODE"
        );
        assert_eq!(
            links.page,
            "https://acme.bitrix24.com/marketplace/app/northwind.channels/?code=CODE"
        );
    }

    #[test]
    fn what_would_change_the_link_is_no_code() {
        for text in ["", "a/b", "a?b", "..", "a b", "ä", "-a", &"a".repeat(101)] {
            assert_eq!(AppCode::parse(text), Err(NoAppCode), "{text}");
        }
    }
}
