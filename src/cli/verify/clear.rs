//! The same host without TLS.

use crate::bitrix24::Unseen;

use super::outcome::{Attempt, Found};
use super::probe::{Answer, Probe, Question};

pub(super) const CLEAR: Attempt = Attempt {
    name: "plain http",
    must: "over http the same host redirects to https, or refuses",
};

/// Asks for the app over plain http.
pub(super) async fn clear(probe: &Probe) -> Found {
    if probe.target.is_here() {
        return Found::Skipped("the target is on loopback, where no network is in between".into());
    }
    judged(
        probe.ask_in_clear(Question::get("/app")).await,
        probe.target.host(),
    )
}

fn judged(answer: Result<Answer, Unseen>, host: &str) -> Found {
    let answer = match answer {
        Ok(answer) => answer,
        Err(Unseen::NoConnection(_) | Unseen::Silent | Unseen::Broken) => return Found::Held,
        Err(unseen) => return Found::Fell(format!("there is no telling: {unseen}")),
    };
    let status = answer.status;
    if answer.is_redirect() {
        let location = url::Url::parse(answer.header("location"));
        let secure = location.is_ok_and(|to| to.scheme() == "https" && to.host_str() == Some(host));
        return if secure {
            Found::Held
        } else {
            Found::Fell("plain http redirects elsewhere than to https at the same host".into())
        };
    }
    match status {
        400..500 => Found::Held,
        500.. => Found::Skipped(format!("plain http is answered with {status}: nothing is shown")),
        _ => Found::Fell(format!("plain http is answered with {status}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, location: &str) -> Answer {
        let mut headers = http::HeaderMap::new();
        if !location.is_empty() {
            headers.insert("location", location.parse().unwrap());
        }
        Answer {
            asked: "GET /app".into(),
            status,
            headers,
            body: String::new(),
        }
    }

    #[test]
    fn plain_http_must_lead_to_https_or_nowhere() {
        let host = "connect.example.com";
        let answers = [
            (Ok(answer(301, "https://connect.example.com/app")), true),
            (Ok(answer(308, "https://connect.example.com:443/")), true),
            (Ok(answer(404, "")), true),
            (Err(Unseen::NoConnection("refused".into())), true),
            (Err(Unseen::Silent), true),
            (Ok(answer(200, "")), false),
            (Ok(answer(302, "http://connect.example.com/app")), false),
            (Ok(answer(302, "https://evil.example/app")), false),
            (Ok(answer(302, "/app")), false),
            (Ok(answer(502, "")), false),
            (Err(Unseen::NoAddress), false),
        ];
        for (number, (answered, held)) in answers.into_iter().enumerate() {
            assert_eq!(judged(answered, host) == Found::Held, held, "answer {number}");
        }
        assert!(matches!(judged(Ok(answer(502, "")), host), Found::Skipped(_)));
    }
}
