//! Every door, tried with everything that the other portal has.

use form_urlencoded::Serializer;

use super::ACMES;
use super::arms::Arms;
use crate::world::{Answer, CODE, Launch, World, routes, with_parameter};

/// What there is to be tried at each door; a new one needs a line, and an attempt.
const DOORS: [(&str, &str); 16] = [
    (
        "/app",
        "launches with one word of acme's; a sign-in that comes back there",
    ),
    ("/install", "the same, of the installer"),
    ("/app/", "the same as at /app"),
    ("/install/", "the same as at /install"),
    ("/connect", "a session of globex's, whole and pieced together"),
    ("/connections", "the same, and every page of the list"),
    ("/events", "events with one word of acme's, under globex's proof"),
    ("/oauth/start", "a sign-in at acme, begun by somebody of globex"),
    (
        "/oauth/callback",
        "acme's state with globex's code, and the reverse",
    ),
    ("/", "nothing is read; words of acme's in the query"),
    ("/privacy", "the same"),
    ("/license", "the same"),
    ("/livez", "the same"),
    ("/readyz", "the same"),
    ("/static/{name}", "the same"),
    (
        "/metrics",
        "portals are no label: the operator's own address, not reached from here",
    ),
];

pub async fn all(world: &World, arms: &Arms) {
    for route in routes() {
        let tried = DOORS.iter().any(|(known, _)| *known == route);
        assert!(
            tried,
            "{route} is a new door: try it, and say in DOORS what is tried"
        );
    }
    launches(world, arms).await;
    connects(world, arms).await;
    lists(world, arms).await;
    events(world, arms).await;
    sign_ins(world, arms).await;
    everything_everywhere(world, arms).await;
}

async fn ask(world: &World, arms: &Arms, path: &str, form: &[(String, String)]) -> Answer {
    let body = encoded(form);
    let request = world
        .request("POST", path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body.clone());
    let answer = world.send(request).await;
    arms.expect_nothing(
        path,
        &format!("{path} {body}"),
        &format!("{:?} {}", answer.headers, answer.body),
    );
    answer
}

fn encoded(form: &[(String, String)]) -> String {
    Serializer::new(String::new()).extend_pairs(form).finish()
}

/// What a field of a launch or an event would hold at `acme`, as far as anybody can know it.
fn acmes(arms: &Arms, name: &str) -> Option<String> {
    Some(match name {
        "member_id" | "auth[member_id]" => arms.member_id.clone(),
        "DOMAIN" | "auth[domain]" => arms.host.clone(),
        "auth[client_endpoint]" | "SERVER_ENDPOINT" | "auth[server_endpoint]" => {
            format!("http://{}/rest/", arms.host)
        }
        "PLACEMENT_OPTIONS" => format!("{{\"code\":\"{ACMES}\"}}"),
        _ => return None,
    })
}

async fn launches(world: &World, arms: &Arms) {
    for launch in [&arms.launch, &arms.install] {
        let path = launch.url.strip_prefix(&world.app_url).unwrap();
        let names = launch
            .body
            .keys()
            .map(String::as_str)
            .chain(["SERVER_ENDPOINT", "DOMAIN"]);
        for name in names {
            let Some(theirs) = acmes(arms, name) else { continue };
            let changed = launch.clone().with(name, &theirs);
            let status = send(world, arms, path, &changed).await;
            assert!(name != "member_id" || status == 403, "{name}: {status}");
        }
        // All at once, and what is said in the address.
        let all = ["member_id", "SERVER_ENDPOINT", "PLACEMENT_OPTIONS"];
        let with_all = all.iter().fold(launch.clone(), |launch, name| {
            let theirs = acmes(arms, name).unwrap();
            launch.with(name, &theirs)
        });
        let url = with_parameter(&launch.url, "DOMAIN", Some(&arms.host));
        let path = url.strip_prefix(&world.app_url).unwrap();
        assert_eq!(send(world, arms, path, &with_all).await, 403);
        send(world, arms, path, launch).await;
    }
}

/// At the door, and at the same door as it is written in many a card.
async fn send(world: &World, arms: &Arms, path: &str, launch: &Launch) -> u16 {
    let form: Vec<_> = launch.body.clone().into_iter().collect();
    let slashed = path.replacen('?', "/?", 1);
    assert!(slashed != path, "{path} says its portal in the query");
    let status = ask(world, arms, path, &form).await.status.as_u16();
    assert_eq!(
        ask(world, arms, &slashed, &form).await.status,
        status,
        "{slashed}"
    );
    status
}

/// The sessions of globex's and one that is put together of both, with the statuses they get.
fn sessions(arms: &Arms) -> [(String, u16); 3] {
    let [one, other] = &arms.sessions;
    let half = one.len() / 2;
    let pieced = format!("{}{}", &one[..half], &other[half.min(other.len())..]);
    [(one.clone(), 200), (other.clone(), 200), (pieced, 403)]
}

async fn connects(world: &World, arms: &Arms) {
    for (session, status) in sessions(arms) {
        let pairs = |code: &str| {
            vec![
                ("session".to_owned(), session.clone()),
                ("code".to_owned(), code.to_owned()),
                ("member_id".to_owned(), arms.member_id.clone()),
                ("DOMAIN".to_owned(), arms.host.clone()),
                ("user_id".to_owned(), "2".to_owned()),
            ]
        };
        let path = format!("/connect?member_id={}&DOMAIN={}", arms.member_id, arms.host);
        let answer = ask(world, arms, &path, &pairs(CODE)).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
        // The list of its channels is its own.
        assert!(!answer.body.contains(ACMES));
    }
}

async fn lists(world: &World, arms: &Arms) {
    let path = format!("/connections?member_id={}&DOMAIN={}", arms.member_id, arms.host);
    for (session, status) in sessions(arms) {
        for page in ["1", "2", "99", "-1", ACMES] {
            let form = [
                ("session", session.as_str()),
                ("page", page),
                ("member_id", &arms.member_id),
                ("DOMAIN", &arms.host),
                ("user_id", "2"),
            ];
            let form = form.map(|(name, value)| (name.to_owned(), value.to_owned()));
            let answer = ask(world, arms, &path, &form).await;
            assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
            assert!(!answer.body.contains(ACMES));
        }
    }
}

async fn events(world: &World, arms: &Arms) {
    for event in &arms.events {
        let uninstall = event.iter().any(|(_, value)| value == "ONAPPUNINSTALL");
        for (at, (name, _)) in event.iter().enumerate() {
            let Some(theirs) = acmes(arms, name) else { continue };
            let mut changed = event.clone();
            changed[at].1 = theirs;
            // Of globex itself, an uninstall would be proven and honest.
            if uninstall && name != "auth[member_id]" {
                continue;
            }
            let answer = ask(world, arms, "/events", &changed).await;
            assert!(
                !uninstall || answer.status.as_u16() == 403,
                "{name}: {}",
                answer.body
            );
        }
        let mut all = event.clone();
        for (name, value) in &mut all {
            if let Some(theirs) = acmes(arms, name) {
                *value = theirs;
            }
        }
        ask(world, arms, "/events", &all).await;
    }
}

async fn sign_ins(world: &World, arms: &Arms) {
    let (acme, globex) = (
        format!("http://{}", arms.host),
        world.emulator.portal_url("globex"),
    );
    // Begun at acme, and come back with globex's code: with its own member_id, and with acme's.
    for member_id in [None, Some(&*arms.member_id)] {
        let person = world.visitor();
        let at_acme = person.start(&acme).await;
        let at_globex = person.start(&globex).await;
        let back = person.agree(&at_globex, 1).await;
        let state = crate::world::parameter(&at_acme, "state");
        let mut mixed = with_parameter(&back, "state", Some(&state));
        if let Some(member_id) = member_id {
            mixed = with_parameter(&mixed, "member_id", Some(member_id));
        }
        let answer = person.visit(&mixed).await;
        assert!([401, 403].contains(&answer.status.as_u16()), "{}", answer.body);
        arms.expect_nothing("a mixed callback", &format!("{mixed} {acme}"), &answer.body);
    }
    // Globex's own, with every word of acme's.
    for (name, theirs) in [
        ("member_id", &arms.member_id),
        ("domain", &arms.host),
        ("server_domain", &arms.host),
    ] {
        let person = world.visitor();
        let back = person.agree(&person.start(&globex).await, 1).await;
        let changed = with_parameter(&back, name, Some(theirs));
        for path in [changed.clone(), changed.replace("/oauth/callback", "/app")] {
            let answer = person.visit(&path).await;
            assert!(
                name != "member_id" || !answer.status.is_success(),
                "{path}: {}",
                answer.body
            );
            arms.expect_nothing(name, &path, &answer.body);
        }
    }
}

/// Every door, asked with everything at once under every name.
async fn everything_everywhere(world: &World, arms: &Arms) {
    let text = |value: &str| value.to_owned();
    let mut everything: Vec<(String, String)> = vec![
        ("session".into(), arms.sessions[0].clone()),
        ("code".into(), text(CODE)),
        ("page".into(), text("1")),
        ("portal".into(), arms.member_id.clone()),
        ("domain".into(), arms.host.clone()),
        ("DOMAIN".into(), arms.host.clone()),
        ("auth[member_id]".into(), arms.member_id.clone()),
        ("event".into(), text("ONAPPUNINSTALL")),
        ("data[CLEAN]".into(), text("1")),
    ];
    everything.extend(
        arms.launch
            .body
            .clone()
            .into_iter()
            .filter(|(name, _)| name != "member_id"),
    );
    everything.push(("member_id".into(), arms.member_id.clone()));
    let proof = arms.events[3]
        .iter()
        .find(|(name, _)| name == "auth[application_token]");
    everything.extend(proof.cloned());
    let query = encoded(&everything);
    for (route, _) in DOORS.iter().filter(|(route, _)| *route != "/metrics") {
        let path = route.replace("{name}", "app.css");
        for method in ["GET", "HEAD", "POST", "PUT", "DELETE"] {
            let asked = format!("{path}?{query}");
            let request = world
                .request(method, &asked)
                .header("referer", format!("http://{}/", arms.host));
            let answer = world.send(request).await;
            let said = format!("{:?} {}", answer.headers, answer.body);
            arms.expect_nothing(&format!("{method} {path}"), "", &without_csp(&said, arms));
        }
        ask(world, arms, &path, &everything).await;
    }
}

/// What was sent may be named again where a page says who may frame it, and in the field for an address.
fn without_csp(said: &str, arms: &Arms) -> String {
    let origins = [
        format!("frame-ancestors http://{}", arms.host),
        format!("value=\"{}\"", arms.member_id),
    ];
    origins
        .iter()
        .fold(said.to_owned(), |said, named| said.replace(named, ""))
}
