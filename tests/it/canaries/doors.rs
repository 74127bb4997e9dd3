//! Every door, with a secret under every name that Bitrix24 or we know, and under some that nobody knows.

use super::flock::Flock;
use crate::world::{Answer, World, routes};

/// Paths to be asked for, for each route.
const DOORS: [(&str, &str); 15] = [
    ("/", "/"),
    ("/app", "/app"),
    ("/install", "/install"),
    ("/app/", "/app/"),
    ("/install/", "/install/"),
    ("/connect", "/connect"),
    ("/connections", "/connections"),
    ("/privacy", "/privacy"),
    ("/license", "/license"),
    ("/events", "/events"),
    ("/oauth/start", "/oauth/start"),
    ("/oauth/callback", "/oauth/callback"),
    ("/livez", "/livez"),
    ("/readyz", "/readyz"),
    ("/static/{name}", "/static/app.css"),
];

/// Of the operator's address; it reads nothing of a request.
const OPERATORS: [&str; 1] = ["/metrics"];

const METHODS: [&str; 5] = ["GET", "HEAD", "POST", "PUT", "OPTIONS"];

/// What parameters are called, in launches, events, sign-ins, our own forms and the token endpoint.
const NAMES: [&str; 49] = [
    "DOMAIN",
    "PROTOCOL",
    "LANG",
    "APP_SID",
    "AUTH_ID",
    "AUTH_EXPIRES",
    "REFRESH_ID",
    "member_id",
    "status",
    "PLACEMENT",
    "PLACEMENT_OPTIONS",
    "SERVER_ENDPOINT",
    "APPLICATION_TOKEN",
    "APPLICATION_SCOPE",
    "session",
    "code",
    "page",
    "portal",
    "state",
    "domain",
    "scope",
    "server_domain",
    "event",
    "event_handler_id",
    "ts",
    "data[VERSION]",
    "data[CLEAN]",
    "data[LANGUAGE_ID]",
    "data[STATUS]",
    "auth",
    "auth[access_token]",
    "auth[refresh_token]",
    "auth[application_token]",
    "auth[member_id]",
    "auth[domain]",
    "auth[client_endpoint]",
    "auth[server_endpoint]",
    "auth[scope]",
    "auth[status]",
    "auth[expires]",
    "auth[user_id]",
    "access_token",
    "refresh_token",
    "client_id",
    "client_secret",
    "application_token",
    "token",
    "password",
    "nobody_knows",
];

/// Headers that browsers, proxies and machines send.
const HEADERS: [&str; 24] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "referer",
    "user-agent",
    "x-request-id",
    "x-correlation-id",
    "traceparent",
    "tracestate",
    "baggage",
    "x-forwarded-for",
    "x-forwarded-host",
    "forwarded",
    "origin",
    "accept",
    "accept-language",
    "x-api-key",
    "if-none-match",
    "if-modified-since",
    "range",
    "via",
    "x-auth-token",
    "sec-fetch-site",
    "x-nobody-knows",
];

/// Past the limit for bodies.
const TOO_MUCH: usize = 70_000;

fn encoded(pairs: impl IntoIterator<Item = (String, String)>) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// Asks every door, in every way that a parameter can be sent.
pub async fn everywhere(world: &World, flock: &Flock) {
    let known: Vec<&str> = DOORS.iter().map(|(route, _)| *route).chain(OPERATORS).collect();
    for route in routes() {
        assert!(
            known.contains(&route.as_str()),
            "{route} is a new door: add it to DOORS"
        );
    }
    for (_, path) in DOORS {
        for method in METHODS {
            let door = Door {
                world,
                flock,
                what: format!("{method} {path}"),
                method,
                path,
            };
            door.plainly().await;
            door.oddly().await;
            door.as_something_else().await;
        }
        let method = flock.at(format!("method at {path}"));
        flock
            .send(world, "a method of nobody's", world.request(&method, path))
            .await;
    }
    paths(world, flock).await;
    over_http2(world, flock).await;
}

struct Door<'a> {
    world: &'a World,
    flock: &'a Flock,
    what: String,
    method: &'a str,
    path: &'a str,
}

impl Door<'_> {
    fn pairs(&self, place: &str, spelled: impl Fn(&str) -> String) -> String {
        let pair = |name: &&str| {
            let name = spelled(name);
            let secret = self.flock.at(format!("{} {place} {name}", self.what));
            (name, secret)
        };
        encoded(NAMES.iter().map(pair))
    }

    async fn send(&self, query: &str, kind: &str, body: String) {
        let path = format!("{}?{query}", self.path);
        let mut request = self.world.request(self.method, &path);
        for header in HEADERS {
            let secret = self.flock.at(format!("{} header {header}", self.what));
            request = request.header(header, header_value(header, &secret));
        }
        let long = body.len() > TOO_MUCH;
        request = request.header("content-type", kind).body(body);
        if long {
            request = request.header("connection", "close");
        }
        match request.send().await {
            Ok(answer) => self.flock.saw_answer(&self.what, &Answer::of(answer).await),
            // Whoever does not want to read so much may hang up.
            Err(error) => assert!(long, "{}: {error}", self.what),
        }
    }

    /// Every name in the query, and every name in the body.
    async fn plainly(&self) {
        let query = self.pairs("query", str::to_owned);
        let body = self.pairs("body", str::to_owned);
        self.send(&query, FORM, body.clone()).await;
        self.send("", FORM, body).await;
    }

    /// In another letter case, deeper in brackets, as names, twice, too long, and broken off.
    async fn oddly(&self) {
        let body = self.pairs("body in capitals", str::to_uppercase);
        self.send("", FORM, body).await;
        let body = self.pairs("body within brackets", |name| format!("auth[auth][{name}][]"));
        self.send(&body, FORM, body.clone()).await;
        let name = |place: &str| self.flock.at(format!("{} {place}", self.what));
        let named = encoded([
            (name("name"), "1".into()),
            (format!("auth[{}]", name("bracketed name")), "1".into()),
        ]);
        self.send(&named, FORM, named.clone()).await;
        let twice = encoded([
            ("AUTH_ID".into(), name("first of two")),
            ("AUTH_ID".into(), name("second of two")),
        ]);
        self.send(&twice, FORM, twice.clone()).await;
        let long = format!("AUTH_ID={}&pad={}", name("too long"), "x".repeat(TOO_MUCH));
        self.send("", FORM, long).await;
        self.send("", FORM, format!("AUTH_ID=%{}&=%&&;", name("broken")))
            .await;
    }

    /// As JSON, as parts, as nothing that is known.
    async fn as_something_else(&self) {
        let name = |place: &str| self.flock.at(format!("{} {place}", self.what));
        let json =
            serde_json::json!({"AUTH_ID": name("JSON"), "auth": {"access_token": name("nested JSON")}});
        self.send("", "application/json", json.to_string()).await;
        let part = format!(
            "--x\r\nContent-Disposition: form-data; name=\"AUTH_ID\"\r\n\r\n{}\r\n--x--\r\n",
            name("part")
        );
        self.send("", "multipart/form-data; boundary=x", part).await;
        let kind = format!("text/{}", name("kind of body"));
        self.send("", &kind, name("text")).await;
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

/// A header as it is usually written, with the secret where it would be.
fn header_value(name: &str, secret: &str) -> String {
    match name {
        "authorization" | "proxy-authorization" => format!("Bearer {secret}"),
        "cookie" => format!("__Host-oauth-{secret}={secret}; session={secret}"),
        "referer" => format!("https://acme.bitrix24.com/app?AUTH_ID={secret}"),
        "traceparent" => format!("00-{}-{}-01", &secret[..32], &secret[..16]),
        "x-forwarded-for" => format!("{secret}, 203.0.113.7"),
        "forwarded" => format!("for={secret};host={secret}"),
        "origin" => format!("https://{secret}.example"),
        _ => secret.to_owned(),
    }
}

/// In the path itself.
async fn paths(world: &World, flock: &Flock) {
    for above in [
        "",
        "/app",
        "/static",
        "/oauth",
        "/oauth/callback",
        "/connect",
        "/connections",
    ] {
        for method in METHODS {
            let secret = flock.at(format!("{method} path below {above}/"));
            let path = format!("{above}/{secret}/%2e%2e/{secret}");
            let what = format!("{method} {above}/…");
            flock.send(world, &what, world.request(method, &path)).await;
        }
    }
}

/// Over HTTP/2, which is not spoken here: whoever does it anyway is not repeated either.
async fn over_http2(world: &World, flock: &Flock) {
    let http = reqwest::Client::builder()
        .http2_prior_knowledge()
        .no_proxy()
        .build()
        .unwrap();
    for (_, path) in DOORS {
        let pairs = NAMES.map(|name| (name.to_owned(), flock.at(format!("HTTP/2 {path} {name}"))));
        let body = encoded(pairs);
        let mut request = http.post(format!("{}{path}?{body}", world.app_url));
        for header in HEADERS {
            let secret = flock.at(format!("HTTP/2 {path} header {header}"));
            request = request.header(header, header_value(header, &secret));
        }
        let request = request.header("content-type", FORM).body(body);
        assert!(request.send().await.is_err(), "HTTP/2 is spoken at {path}");
    }
}
