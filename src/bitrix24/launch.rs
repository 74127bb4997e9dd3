//! The launch: what the portal posts into the frame. Everything in it is hearsay.

use super::{
    AccessToken, AppStatus, ApplicationToken, Fields, MemberId, OpenChannelCode, PortalDomain, RefreshToken,
};

/// The names of which at least one must be there before anything is called a launch.
const LAUNCH_WORDS: [&str; 4] = ["AUTH_ID", "REFRESH_ID", "member_id", "PLACEMENT"];

/// Languages are two letters on the platform; room for a region.
const LONGEST_LANGUAGE: usize = 8;

/// Why a post is no launch, or not one that can be verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LaunchFault {
    /// None of a launch's words is there: the sender meant something else. 400.
    #[error("this is no launch of the app")]
    NotALaunch,
    /// A word is missing or unreadable: the sender's fault. 400.
    #[error("the launch lacks a readable {0}")]
    Unreadable(&'static str),
    /// There is no token that could be verified: nobody vouches for this launch. 403.
    #[error("the launch carries no token")]
    NoToken,
}

/// A launch as it was claimed; section 2 of the platform facts.
#[derive(Clone, Debug)]
pub struct LaunchRequest {
    /// `AUTH_ID`.
    pub access: AccessToken,
    /// `REFRESH_ID`.
    pub refresh: RefreshToken,
    /// `member_id`: must agree with the authorization server's.
    pub member_id: MemberId,
    /// `status`.
    pub status: AppStatus,
    /// `DOMAIN`, when it is a host at all. Never contacted, never stored as an endpoint.
    pub domain: Option<PortalDomain>,
    /// `PROTOCOL`: whether the portal's page says it is served over https.
    pub secure: bool,
    /// `LANG`, as sent, if it looks like a language.
    pub language: Option<String>,
    /// The channel's code in `PLACEMENT_OPTIONS`, which a shared link asks to prefill. Attacker-controlled: a code or
    /// nothing, and nothing is done with it before a person sends it.
    pub suggested_code: Option<OpenChannelCode>,
    /// `APPLICATION_TOKEN`, from newer portals.
    pub application_token: Option<ApplicationToken>,
}

impl LaunchRequest {
    /// Reads a launch from the query and the form body, old shape and new.
    pub fn parse(query: &Fields, body: &Fields) -> Result<Self, LaunchFault> {
        if !LAUNCH_WORDS.iter().any(|word| body.contains(word)) {
            return Err(LaunchFault::NotALaunch);
        }
        let text = |name: &str| body.text(name);
        let page = |name: &str| query.get(name).or_else(|| body.get(name));
        let member_id =
            MemberId::parse(text("member_id")).map_err(|_| LaunchFault::Unreadable("member_id"))?;
        let access = AccessToken::parse(text("AUTH_ID")).map_err(|_| LaunchFault::NoToken)?;
        let refresh =
            RefreshToken::parse(text("REFRESH_ID")).map_err(|_| LaunchFault::Unreadable("REFRESH_ID"))?;
        Ok(Self {
            access,
            refresh,
            member_id,
            status: AppStatus::parse(text("status")),
            domain: page("DOMAIN").and_then(PortalDomain::parse),
            secure: page("PROTOCOL") != Some("0"),
            language: page("LANG").and_then(language),
            suggested_code: suggested_code(text("PLACEMENT_OPTIONS")),
            application_token: ApplicationToken::parse(text("APPLICATION_TOKEN")).ok(),
        })
    }

    /// The origin from which the portal's page claims to come.
    #[must_use]
    pub fn claimed_origin(&self) -> Option<super::Origin> {
        self.domain.as_ref().and_then(|domain| domain.origin(self.secure))
    }
}

fn language(text: &str) -> Option<String> {
    let fits = !text.is_empty()
        && text.len() <= LONGEST_LANGUAGE
        && text
            .bytes()
            .all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'_'));
    fits.then(|| text.to_ascii_lowercase())
}

/// Absent, `''`, the word `undefined`, an empty PHP array `[]` and broken JSON all mean: no options.
fn suggested_code(options: &str) -> Option<OpenChannelCode> {
    let options: serde_json::Map<String, serde_json::Value> = serde_json::from_str(options).ok()?;
    OpenChannelCode::find(options.get("code")?.as_str()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    fn pairs_of_a_body() -> [(&'static str, &'static str); 6] {
        [
            ("AUTH_ID", "a1"),
            ("AUTH_EXPIRES", "3600"),
            ("REFRESH_ID", "r1"),
            ("member_id", "A223C6B3710F85DF22E9377D6C4F7553"),
            ("status", "F"),
            ("PLACEMENT", "DEFAULT"),
        ]
    }

    fn old_shape() -> (Fields, Fields) {
        let query = fields(&[
            ("DOMAIN", "acme.bitrix24.com"),
            ("PROTOCOL", "1"),
            ("LANG", "de"),
            ("APP_SID", "x"),
        ]);
        (query, fields(&pairs_of_a_body()))
    }

    #[test]
    fn the_old_shape_without_server_endpoint_is_a_launch() {
        let (query, body) = old_shape();
        let launch = LaunchRequest::parse(&query, &body).unwrap();
        assert_eq!(launch.member_id.as_str(), "a223c6b3710f85df22e9377d6c4f7553");
        assert_eq!(launch.status, AppStatus::Free);
        assert_eq!(launch.language.as_deref(), Some("de"));
        assert_eq!(
            launch.claimed_origin().unwrap().as_str(),
            "https://acme.bitrix24.com"
        );
        assert!(launch.application_token.is_none() && launch.suggested_code.is_none());
    }

    #[test]
    fn placement_options_come_in_many_shapes() {
        for (sent, code) in [
            (None, None),
            (Some(""), None),
            (Some("undefined"), None),
            (Some("[]"), None),
            (Some("{broken"), None),
            (
                Some(r#"{"code":"AB515F5D85A8B844D484F6EA75A2E494"}"#),
                Some("ab515f5d85a8b844d484f6ea75a2e494"),
            ),
            (Some(r#"{"code":"abc"}"#), None),
            (Some(r#"{"code":7}"#), None),
        ] {
            let (query, mut body) = old_shape();
            if let Some(text) = sent {
                assert!(body.insert("PLACEMENT_OPTIONS".into(), text.into()));
            }
            let launch = LaunchRequest::parse(&query, &body).unwrap();
            let suggested = launch.suggested_code.as_ref().map(OpenChannelCode::as_str);
            assert_eq!(suggested, code, "{sent:?}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let (query, _) = old_shape();
        let without = |name: &str| {
            let body = pairs_of_a_body().into_iter().filter(|(given, _)| *given != name);
            LaunchRequest::parse(&query, &fields(&body.collect::<Vec<_>>())).unwrap_err()
        };
        assert_eq!(without("AUTH_ID"), LaunchFault::NoToken);
        assert_eq!(without("REFRESH_ID"), LaunchFault::Unreadable("REFRESH_ID"));
        assert_eq!(without("member_id"), LaunchFault::Unreadable("member_id"));
        assert_eq!(
            LaunchRequest::parse(&query, &Fields::new()).unwrap_err(),
            LaunchFault::NotALaunch
        );
    }

    #[test]
    fn a_hostile_domain_is_dropped_and_a_hostile_language_too() {
        let (_, body) = old_shape();
        let query = fields(&[("DOMAIN", "evil.example/ ; script-src *"), ("LANG", "<script>")]);
        let launch = LaunchRequest::parse(&query, &body).unwrap();
        assert!(launch.domain.is_none() && launch.language.is_none());
    }
}
