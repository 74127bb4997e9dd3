//! Every door once, as anybody finds it: headers, frames, what pages are made of, and what is not to be found.

use crate::bitrix24::Unseen;

use super::outcome::{Attempt, Found, Tally};
use super::page::inline;
use super::probe::{Answer, Probe, Question};

pub(super) const FRAMING: Attempt = Attempt {
    name: "framing",
    must: "nothing that is shown outside of a portal may be framed: frame-ancestors 'none'",
};

pub(super) const HEADERS: Attempt = Attempt {
    name: "headers",
    must: "every door sends a content policy, nosniff, no-store, no-referrer, and over https HSTS",
};

pub(super) const INLINE: Attempt = Attempt {
    name: "inline script",
    must: "no page holds inline script or style, and no content policy allows any",
};

pub(super) const COOKIES: Attempt = Attempt {
    name: "cookies in the frame",
    must: "the doors of the frame and of events set no cookie",
};

pub(super) const METRICS: Attempt = Attempt {
    name: "metrics",
    must: "/metrics is not to be had at the public address",
};

pub(super) const ECHOES: Attempt = Attempt {
    name: "echoes",
    must: "no answer to any attempt repeats a token, code, state or session that was sent",
};

/// What every answer has: the header, and what must stand in it.
const EVERYWHERE: [(&str, &str); 4] = [
    ("content-security-policy", "frame-ancestors"),
    ("x-content-type-options", "nosniff"),
    ("cache-control", "no-store"),
    ("referrer-policy", "no-referrer"),
];

const HSTS: &str = "strict-transport-security";

/// What makes a content policy worth nothing against inline script.
const LOOSE: [&str; 2] = ["'unsafe-inline'", "'unsafe-eval'"];

const PAGES: [&str; 10] = [
    "/",
    "/app",
    "/install",
    "/privacy",
    "/license",
    "/oauth/start",
    "/oauth/callback",
    "/livez",
    "/readyz",
    "/verify-nothing-here",
];

const FRAME_DOORS: [&str; 4] = ["/app", "/install", "/connect", "/events"];

/// Goes to every door with nothing to say.
pub(super) async fn survey(probe: &Probe) -> Result<Vec<Answer>, Unseen> {
    let mut answers = Vec::new();
    for path in PAGES {
        answers.push(probe.ask(Question::get(path)).await?);
    }
    for door in FRAME_DOORS {
        answers.push(probe.ask(Question::post(door, &[("verify", "1")])).await?);
    }
    Ok(answers)
}

/// Who may frame what was found.
pub(super) fn framing(answers: &[Answer]) -> Found {
    let mut tally = Tally::default();
    for answer in answers {
        tally.require(answer.frame_ancestors() == "'none'", || {
            format!("{} may be framed", answer.asked)
        });
    }
    tally.found()
}

/// Which headers are missing.
pub(super) fn headers(answers: &[Answer], secure: bool) -> Found {
    let mut tally = Tally::default();
    for answer in answers {
        let mut missing: Vec<&str> = EVERYWHERE
            .iter()
            .filter(|(name, part)| !answer.header(name).contains(part))
            .map(|(name, _)| *name)
            .collect();
        if secure && answer.header(HSTS).is_empty() {
            missing.push(HSTS);
        }
        tally.require(missing.is_empty(), || {
            format!("{} lacks {}", answer.asked, missing.join(", "))
        });
    }
    tally.found()
}

/// Whether pages need what their policy forbids, or the policy forbids nothing.
pub(super) fn inline_script(answers: &[Answer]) -> Found {
    let mut tally = Tally::default();
    for answer in answers {
        let policy = answer.header("content-security-policy");
        for loose in LOOSE {
            tally.require(!policy.contains(loose), || {
                format!("{} allows {loose}", answer.asked)
            });
        }
        if let Some(what) = inline(&answer.body) {
            tally.fell(format!("{} holds {what}", answer.asked));
        }
    }
    tally.found()
}

/// Cookies where no browser would keep them.
pub(super) fn cookies(answers: &[Answer]) -> Found {
    let mut tally = Tally::default();
    for answer in answers {
        let framed = FRAME_DOORS.iter().any(|door| answer.asked.ends_with(door));
        tally.require(!(framed && answer.headers.contains_key("set-cookie")), || {
            format!("{} sets a cookie", answer.asked)
        });
    }
    tally.found()
}

/// The operator's own numbers.
pub(super) async fn metrics(probe: &Probe) -> Result<Found, Unseen> {
    let answer = probe.ask(Question::get("/metrics")).await?;
    Ok(match answer.status {
        200..300 => Found::Fell(format!("/metrics is answered with {}", answer.status)),
        _ => Found::Held,
    })
}

/// What came back of all that was sent before.
pub(super) fn echoes(probe: &Probe) -> Found {
    let mut echoes = probe.echoes();
    echoes.sort_unstable();
    echoes.dedup();
    if echoes.is_empty() {
        Found::Held
    } else {
        Found::Fell(format!("what was sent comes back from {}", echoes.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_https_every_door_must_send_hsts() {
        let mut headers = http::HeaderMap::new();
        for (name, value) in EVERYWHERE {
            headers.insert(name, value.parse().unwrap());
        }
        let mut answer = Answer {
            asked: "GET /".into(),
            status: 200,
            headers,
            body: String::new(),
        };
        assert_eq!(super::headers(std::slice::from_ref(&answer), false), Found::Held);
        let fell = Found::Fell("GET / lacks strict-transport-security".into());
        assert_eq!(super::headers(std::slice::from_ref(&answer), true), fell);
        answer.headers.insert(HSTS, "max-age=63072000".parse().unwrap());
        assert_eq!(super::headers(&[answer], true), Found::Held);
    }
}
