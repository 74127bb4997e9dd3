//! `PUBLIC_URL` from outside in, as Bitrix24, its moderators and people's browsers meet it.

use http::Method;
use url::Url;

use crate::bitrix24::{Gate, Seen, Timeouts, Unseen, Visitor};
use crate::config::{self, ConfigFault, Environment};

use super::{ANSWER, Finding, pages};

const ADDRESS: &str = "public address";
const DOORS: &str = "app addresses";
const HEADERS: &str = "headers";
const READY: &str = "readiness";

/// What every answer of the app has: its name, and what must stand in it.
const OURS: [(&str, &str); 4] = [
    ("content-security-policy", "frame-ancestors"),
    ("cache-control", "no-store"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
];

/// Visits the app at its public address.
pub(super) async fn examine(environment: &Environment) -> Vec<Finding> {
    let (visitor, url) = match visit(environment) {
        Ok(visit) => visit,
        Err(finding) => return vec![finding],
    };
    let at = |path: &str| {
        let mut url = url.clone();
        url.set_path(path);
        url
    };
    let (app, install, ready) = (at("/app"), at("/install"), at("/readyz"));
    let (app, install, ready, pages) = tokio::join!(
        visitor.visit(Method::HEAD, &app),
        visitor.visit(Method::HEAD, &install),
        visitor.visit(Method::GET, &ready),
        pages::examine(environment, &visitor, &url),
    );
    let seen = match &app {
        Ok(seen) => seen,
        Err(unseen) => return vec![away(unseen, &url), pages],
    };
    let tls = if url.scheme() == "https" {
        ", with a valid certificate"
    } else {
        ""
    };
    vec![
        Finding::ok(ADDRESS, format!("{} answers{tls}", shown(&url))),
        doors([("/app", &app), ("/install", &install)]),
        headers(seen, url.scheme() == "https"),
        readiness(&ready),
        pages,
    ]
}

fn visit(environment: &Environment) -> Result<(Visitor, Url), Finding> {
    let skipped = |fault: ConfigFault| Finding::skipped(ADDRESS, fault);
    let development = config::development(environment).map_err(skipped)?;
    let url = config::public_url(environment, development).map_err(skipped)?;
    let egress = config::egress(environment).map_err(skipped)?;
    let gate = Gate::open(&egress, &Timeouts::default()).map_err(|_| {
        Finding::skipped(
            ADDRESS,
            "no certificate authorities are installed on this machine",
        )
    })?;
    Ok((Visitor::new(gate, ANSWER), url))
}

fn shown(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn away(unseen: &Unseen, url: &Url) -> Finding {
    let mend = match unseen {
        Unseen::Forbidden(_) => {
            "Bitrix24 comes from the internet: PUBLIC_URL must be https and lead to a public address (loopback is for \
             DEVELOPMENT=true)"
        }
        Unseen::NoAddress => {
            "let the name in PUBLIC_URL resolve to the machine on which the app or its proxy listens"
        }
        Unseen::Certificate(_) => {
            "give the proxy before the app a certificate for this name, with its whole chain, from a public authority"
        }
        _ => "start the service and its proxy; see whether a firewall lets the port through",
    };
    Finding::fail(
        ADDRESS,
        format!("PUBLIC_URL {} is not reached: {unseen}", shown(url)),
        mend,
    )
}

/// The Market asks with HEAD, and takes these three.
fn doors(doors: [(&str, &Result<Seen, Unseen>); 2]) -> Finding {
    let mut wrong = Vec::new();
    for (path, answer) in doors {
        match answer {
            Ok(seen) if matches!(seen.status.as_u16(), 200 | 301 | 302) => {}
            Ok(seen) => wrong.push(format!("HEAD {path} answers {}", seen.status.as_u16())),
            Err(unseen) => wrong.push(format!("HEAD {path}: {unseen}")),
        }
    }
    if wrong.is_empty() {
        return Finding::ok(DOORS, "HEAD /app and /install answer as the Market wants it");
    }
    let mend = "let the proxy pass every path and method of PUBLIC_URL on to LISTEN_ADDR";
    Finding::fail(DOORS, wrong.join("; "), mend)
}

fn headers(seen: &Seen, secure: bool) -> Finding {
    if seen.headers.contains_key("x-frame-options") {
        return Finding::fail(
            HEADERS,
            "there is an X-Frame-Options, with which no portal can show the app",
            "the app does not send it: take it out of the proxy before it",
        );
    }
    let missing = |(name, part): &(&str, &str)| !seen.header(name).contains(part);
    let mut wrong: Vec<&str> = OURS
        .iter()
        .filter(|header| missing(header))
        .map(|(name, _)| *name)
        .collect();
    if secure && seen.header("strict-transport-security").is_empty() {
        wrong.push("strict-transport-security");
    }
    if wrong.is_empty() {
        return Finding::ok(HEADERS, "the app's own headers arrive, and no X-Frame-Options");
    }
    Finding::fail(
        HEADERS,
        format!("missing or changed on the way: {}", wrong.join(", ")),
        "see whether PUBLIC_URL leads to this app, and let the proxy leave its headers alone",
    )
}

fn readiness(answer: &Result<Seen, Unseen>) -> Finding {
    match answer {
        Ok(seen) if seen.status.is_success() => Finding::ok(READY, "/readyz says that the service can serve"),
        Ok(seen) => Finding::fail(
            READY,
            format!("/readyz answers {}", seen.status.as_u16()),
            "its answer names the reasons; the log of the service says more",
        ),
        Err(unseen) => Finding::fail(
            READY,
            format!("/readyz: {unseen}"),
            "let the proxy pass /readyz on, too",
        ),
    }
}
