//! Signing in outside the frame, as somebody else would have it.

use url::Url;

use crate::bitrix24::Unseen;

use super::launches::nobodys_id;
use super::outcome::{Attempt, Found, Tally};
use super::probe::{Answer, Probe, Question};

/// A portal that nobody has; nobody goes there, either.
const PORTAL: &str = "nobody.example.com";

/// What is shorter is no secret, and stands in any page.
const LEAST_SECRET: usize = 16;

pub(super) const STATE: Attempt = Attempt {
    name: "made-up state",
    must: "a sign-in with a made-up state, or with a true one in another browser, is forged: 403",
};

pub(super) const TWICE: Attempt = Attempt {
    name: "a state twice",
    must: "a state is spent by its first use, even with the cookie kept and whatever came of that use",
};

pub(super) const ELSEWHERE: Attempt = Attempt {
    name: "open redirect",
    must: "/oauth/start leads to https://HOST/oauth/authorize/ and nowhere else, whatever is typed",
};

/// What people would write who want to be led elsewhere.
const HOSTILE: [&str; 16] = [
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "javascript://evil.example/%0aalert(1)",
    "data:text/html,x",
    "ftp://evil.example",
    "https://nobody.example.com@evil.example",
    "https://user:word@evil.example/",
    "https://evil.example\\@nobody.example.com",
    "nobody.example.com\r\nset-cookie: a=b",
    "https://evil.example/oauth/../../x?y=https://nobody.example.com#z",
    "http://evil.example",
    "https://127.0.0.1/",
    "https://169.254.169.254/latest/",
    "https://[::1]/",
    "https://evil.example:99999",
];

/// A sign-in that was begun.
struct Begun {
    state: String,
    cookie: String,
}

/// Begins a sign-in; nothing when the target does not do so.
async fn begun(probe: &Probe) -> Result<Option<Begun>, Unseen> {
    let answer = probe
        .ask(Question::get_with("/oauth/start", &[("portal", PORTAL)]))
        .await?;
    let set = answer.headers.get_all("set-cookie").iter();
    let cookies: Vec<&str> = set
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .collect();
    let location = Url::parse(answer.header("location")).ok();
    let state = location.and_then(|url| {
        let state = url.query_pairs().find(|(name, _)| name == "state");
        state.map(|(_, state)| state.into_owned())
    });
    let Some(state) = state.filter(|state| !state.is_empty()) else {
        return Ok(None);
    };
    probe.watch(&state);
    let secrets = cookies.iter().filter_map(|cookie| cookie.split_once('='));
    for (_, secret) in secrets.filter(|(_, secret)| secret.len() >= LEAST_SECRET) {
        probe.watch(secret);
    }
    Ok(Some(Begun {
        state,
        cookie: cookies.join("; "),
    }))
}

/// What a portal would send back, with a made-up code.
fn back(probe: &Probe, door: &str, state: &str) -> Question {
    let member_id = nobodys_id();
    let query = [
        ("code", probe.made_up()),
        ("state", state),
        ("domain", PORTAL),
        ("member_id", &*member_id),
    ];
    Question::get_with(door, &query).json()
}

fn expect_forged(tally: &mut Tally, what: &str, answer: &Answer) {
    if tally.expect(what, answer, &[403]) {
        tally.require(answer.slug() == "forged", || {
            format!("{what} is refused as {:?}, not as forged", answer.slug())
        });
    }
}

/// States that are nobody's, or another browser's.
pub(super) async fn state(probe: &Probe) -> Result<Found, Unseen> {
    let mut tally = Tally::default();
    for door in ["/oauth/callback", "/app"] {
        let answer = probe.ask(back(probe, door, probe.made_up())).await?;
        expect_forged(&mut tally, &format!("a made-up state at {door}"), &answer);
    }
    match begun(probe).await? {
        Some(begun) => {
            let answer = probe.ask(back(probe, "/oauth/callback", &begun.state)).await?;
            expect_forged(&mut tally, "a state without its browser's cookie", &answer);
        }
        None => tally.fell("/oauth/start gives no state"),
    }
    Ok(tally.found())
}

/// Uses a state up with a made-up code, and then again.
pub(super) async fn twice(probe: &Probe) -> Result<Found, Unseen> {
    let mut tally = Tally::default();
    let Some(begun) = begun(probe).await? else {
        return Ok(Found::Fell("/oauth/start gives no state".into()));
    };
    let use_it = || back(probe, "/oauth/callback", &begun.state).with("cookie", begun.cookie.as_str());
    let first = probe.ask(use_it()).await?;
    tally.expect("a made-up code", &first, &[401, 403]);
    let second = probe.ask(use_it()).await?;
    expect_forged(&mut tally, "a state that was used", &second);
    Ok(tally.found())
}

/// Addresses that are meant to lead elsewhere.
pub(super) async fn elsewhere(probe: &Probe) -> Result<Found, Unseen> {
    let mut tally = Tally::default();
    for typed in HOSTILE {
        let answer = probe
            .ask(Question::get_with("/oauth/start", &[("portal", typed)]))
            .await?;
        if answer.is_redirect() {
            let location = answer.header("location");
            tally.require(leads_to_a_portal(location, probe.target.is_development()), || {
                format!("{typed:?} leads elsewhere than to https://HOST/oauth/authorize/")
            });
        }
    }
    Ok(tally.found())
}

/// In development, which is on loopback, portals may be there without TLS.
fn leads_to_a_portal(location: &str, development: bool) -> bool {
    let Ok(url) = Url::parse(location) else {
        return false;
    };
    let local = url.host_str().is_some_and(|host| {
        host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || host == "[::1]"
    });
    let names: Vec<_> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
    (url.scheme() == "https" && !local || development && local)
        && url.path() == "/oauth/authorize/"
        && url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none()
        && names == ["client_id", "state"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_portals_own_page_is_led_to() {
        let good = "https://acme.example.com/oauth/authorize/?client_id=a&state=b";
        assert!(leads_to_a_portal(good, false) && leads_to_a_portal(good, true));
        for bad in [
            "https://acme.example.com/oauth/authorize/?client_id=a&state=b&redirect_uri=c",
            "https://acme.example.com/evil?client_id=a&state=b",
            "http://acme.example.com/oauth/authorize/?client_id=a&state=b",
            "https://user@acme.example.com/oauth/authorize/?client_id=a&state=b",
            "https://localhost/oauth/authorize/?client_id=a&state=b",
            "//acme.example.com/oauth/authorize/?client_id=a&state=b",
            "javascript:alert(1)",
            "",
        ] {
            assert!(!leads_to_a_portal(bad, false), "{bad}");
        }
    }
}
