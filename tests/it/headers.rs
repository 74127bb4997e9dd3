//! The headers of every answer, at every door and with every status; and that nothing is built from what a request
//! says about the address it came to.

use std::time::Duration;

use channel_connect::bitrix24::ClientSecret;
use serde_json::json;
use url::Url;

use crate::world::{Answer, CODE, Db, MovedClock, World};

on_both_databases!(
    every_answer_has_every_header,
    nothing_is_built_from_what_a_request_says_of_its_address,
    a_card_that_ends_in_a_slash_leads_to_the_same_doors,
);

/// What every answer says, word for word.
const ALWAYS: [(&str, &str); 5] = [
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// What no answer says.
const NEVER: [&str; 4] = [
    "x-frame-options",
    "server",
    "x-powered-by",
    "access-control-allow-origin",
];

fn expect_headers(what: &str, answer: &Answer, secure: bool) {
    let what = format!("{what}: {} {:?}", answer.status, answer.headers);
    for (name, value) in ALWAYS {
        assert_eq!(answer.header(name), value, "{name} of {what}");
        assert_eq!(answer.headers.get_all(name).iter().count(), 1, "{name} of {what}");
    }
    for name in NEVER {
        assert!(!answer.headers.contains_key(name), "{name} of {what}");
    }
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; "), "{what}");
    assert!(
        policy.contains("frame-ancestors ") && !policy.contains("unsafe"),
        "{what}"
    );
    let forms = policy.split(';').find(|part| part.contains("form-action"));
    let landing = what.starts_with("GET / ") || what.contains("/oauth/start");
    assert!(
        forms.is_none_or(|forms| landing || forms.trim() == "form-action 'self'"),
        "{what}"
    );
    let kept = what.contains("/static/app-");
    let caching = if kept {
        "public, max-age=31536000, immutable"
    } else {
        "no-store"
    };
    assert_eq!(answer.header("cache-control"), caching, "{what}");
    let transport = if secure { "max-age=63072000" } else { "" };
    assert_eq!(answer.header("strict-transport-security"), transport, "{what}");
    let signing_in = what.contains("/oauth/start?portal=acme");
    assert_eq!(answer.headers.contains_key("set-cookie"), signing_in, "{what}");
}

/// A form to a door.
async fn post(world: &World, path: &str, form: &[(&str, &str)]) -> Answer {
    world.send(world.request("POST", path).form(form)).await
}

/// What needs nobody: by method and path, with its status.
async fn plain_answers(world: &World) -> Vec<(String, Answer)> {
    let page = world.send(world.request("GET", "/")).await;
    let style = page.body.split("rel=\"stylesheet\" href=\"").nth(1).unwrap();
    let style = style.split('"').next().unwrap();
    let mut answers = Vec::new();
    for (method, path, status) in [
        ("GET", "/", 200),
        ("GET", "/app", 200),
        ("HEAD", "/app", 200),
        ("HEAD", "/install", 200),
        ("GET", "/livez", 200),
        ("GET", "/readyz", 200),
        ("GET", style, 200),
        ("GET", "/static/nothing.css", 404),
        ("GET", "/privacy", 404),
        ("GET", "/wp-login.php", 404),
        ("GET", "/connect", 405),
        ("GET", "/connections", 405),
        ("GET", "/events", 405),
        ("PUT", "/app", 405),
        ("OPTIONS", "/connect", 405),
        ("HEAD", "/oauth/callback", 405),
        ("GET", "/oauth/callback", 400),
        ("GET", "/oauth/callback?a=1&a=2", 400),
        ("GET", "/oauth/start?portal=here", 422),
        ("GET", "/oauth/start?portal=acme.bitrix24.com", 302),
        ("POST", "/app", 400),
        ("POST", "/events", 400),
    ] {
        let answer = world.send(world.request(method, path)).await.expect(status);
        answers.push((format!("{method} {path} "), answer));
    }
    for path in ["/app", "/install", "/connect", "/connections", "/events"] {
        let long = "a".repeat(70_000);
        answers.push((
            format!("{path} long"),
            post(world, path, &[("x", &long)]).await.expect(413),
        ));
    }
    answers
}

/// What takes a portal, and faults of all sides.
async fn answers_to_people(world: &World) -> Vec<(String, Answer)> {
    let mut answers = Vec::new();
    let mut keep = |what: &str, answer: Answer| answers.push((what.to_owned(), answer));
    let launch = world.launch("acme", 1).await;
    let page = world.post(&launch).await.expect(200);
    let session = page.session();
    keep("launch", page);
    let install = json!({"portal": "globex", "user": 1, "install": true});
    keep(
        "install",
        world.post(&world.launch_with(install).await).await.expect(200),
    );
    keep("connect", world.connect(&session, CODE).await.expect(200));
    keep(
        "connect page",
        world.connect_page(&session, CODE).await.expect(200),
    );
    let turn = [("session", session.as_str()), ("page", "2")];
    keep("list", post(world, "/connections", &turn).await.expect(200));
    keep("no code", world.connect_page(&session, "x").await.expect(422));
    keep("forged session", world.connect("x", CODE).await.expect(403));
    keep(
        "forged launch",
        world.post(&launch.clone().with("AUTH_ID", "x")).await.expect(403),
    );
    let uninstall = [("event", "ONAPPUNINSTALL"), ("auth[member_id]", "x")];
    keep(
        "forged uninstall",
        post(world, "/events", &uninstall).await.expect(403),
    );
    world.faults(json!([{"on": "app.info", "do": "html"}])).await;
    keep("no Bitrix24", world.post(&launch).await.expect(503));
    world
        .faults(json!([{"on": "imopenlines.network.join", "do": "hang"}]))
        .await;
    keep("a silent portal", world.connect(&session, CODE).await.expect(504));
    world.expire("acme").await;
    keep("our own fault", world.connect(&session, CODE).await.expect(500));
    keep("an expired token", world.post(&launch).await.expect(401));
    answers
}

async fn every_answer_has_every_header(db: Db) {
    for secure in [false, true] {
        let world = World::with(db, |config| {
            config.clock = MovedClock::default().still();
            config.timeouts.join = Duration::from_millis(300);
            // Only a refresh needs the secret.
            config.client_secret = ClientSecret::parse("another-5ecret-than-the-apps").unwrap();
            if secure {
                config.public_url = Url::parse("https://connect.example.com").unwrap();
            }
        })
        .await;
        let mut answers = plain_answers(&world).await;
        answers.extend(answers_to_people(&world).await);
        let launch = world.launch("acme", 1).await;
        for number in 0..120 {
            world
                .post(&launch.clone().with("AUTH_ID", &format!("{number:032x}")))
                .await;
        }
        answers.push(("limited".into(), world.post(&launch).await.expect(429)));
        for (what, answer) in &answers {
            expect_headers(what, answer, secure);
        }
    }
}

const EVIL: &str = "evil.example";

/// What a request may say of the address it was sent to.
const ADDRESSES: [(&str, &str); 8] = [
    ("host", EVIL),
    ("x-forwarded-host", EVIL),
    ("x-forwarded-server", EVIL),
    ("x-forwarded-proto", "javascript"),
    ("x-forwarded-prefix", "/evil.example"),
    ("x-original-url", "https://evil.example/"),
    ("forwarded", "host=evil.example;proto=javascript"),
    ("origin", "https://evil.example"),
];

async fn nothing_is_built_from_what_a_request_says_of_its_address(db: Db) {
    let world = World::with(db, |config| {
        config.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    })
    .await;
    let session = world.open("acme", 1).await;
    let install = json!({"portal": "acme", "user": 1, "install": true});
    let (launch, install) = (world.launch("acme", 1).await, world.launch_with(install).await);
    world.forget_calls().await;
    let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    let press = [("session", session.as_str()), ("code", CODE)].map(owned);
    let turn = [("session", session.as_str()), ("page", "1")].map(owned);
    for (method, path, form) in [
        ("GET", "/", None),
        ("GET", "/app", None),
        ("GET", "/privacy", None),
        ("GET", "/nothing", None),
        ("GET", "/oauth/start?portal=acme.bitrix24.com", None),
        ("GET", "/oauth/callback", None),
        ("POST", "/app", Some(launch.body.clone())),
        ("POST", "/install", Some(install.body.clone())),
        ("POST", "/connect", Some(press.into_iter().collect())),
        ("POST", "/connections", Some(turn.into_iter().collect())),
    ] {
        let mut request = world.request(method, path);
        for (name, value) in ADDRESSES {
            request = request.header(name, value);
        }
        let request = match &form {
            Some(form) => request.form(form),
            None => request,
        };
        let answer = world.send(request).await;
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.status);
        let all = format!("{:?} {}", answer.headers, answer.body);
        assert!(
            !all.contains(EVIL) && !all.contains("javascript:"),
            "{path}: {all}"
        );
    }
    let calls = world.calls().await;
    assert!(calls.iter().any(|call| call.method == "batch"), "{calls:?}");
    for call in &calls {
        assert!(!format!("{call:?}").contains(EVIL), "{call:?}");
    }
    let bound = &world.portal("acme").await["bindings"];
    assert!(
        bound.to_string().contains(&format!("{}/events", world.app_url)),
        "{bound}"
    );
}

async fn a_card_that_ends_in_a_slash_leads_to_the_same_doors(db: Db) {
    let world = World::new(db).await;
    for path in ["/app/", "/install/"] {
        for method in ["HEAD", "GET"] {
            let page = world.send(world.request(method, path)).await.expect(200);
            assert_eq!(page.frame_ancestors(), "'none'");
        }
        let launch = world.launch("acme", 1).await;
        let page = world.send(world.request("POST", path).form(&launch.body)).await;
        page.expect(200);
    }
    world.send(world.request("GET", "/connect/")).await.expect(404);
}
