//! What Bitrix24 and its people really send, with a secret in place of one value after the other, so that requests get
//! as far as they can.

use serde_json::{Value, json};

use super::flock::Flock;
use crate::world::{CODE, Launch, World, with_parameter};

/// Launches, connects, events and sign-ins; the portal `acme` is installed by then.
pub async fn requests(world: &World, flock: &Flock) {
    world.install("acme").await;
    launches(world, flock).await;
    connects(world, flock).await;
    events(world, flock).await;
    sign_ins(world, flock).await;
}

/// Uninstalls, so that every table has had its rows: one portal is erased, one stays.
pub async fn ends(world: &World) {
    world.faults(json!([])).await;
    world.install("globex").await;
    world
        .control("uninstall", json!({"portal": "globex", "clean": true}))
        .await;
    world.becomes("select count(*) from erasures", 1).await;
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
}

async fn launches(world: &World, flock: &Flock) {
    for door in ["/app", "/install"] {
        let wish = json!({"portal": "acme", "user": 1, "install": door == "/install"});
        let launch = world.launch_with(wish).await;
        for name in launch.body.keys().cloned().chain(["unknown".to_owned()]) {
            let secret = flock.at(format!("launch {door} {name}"));
            send(world, flock, door, &launch.clone().with(&name, &secret)).await;
        }
        let options = flock.at(format!("launch {door} nested in PLACEMENT_OPTIONS"));
        let options = json!({"code": options, "auth": {"AUTH_ID": options}, "URI": options}).to_string();
        send(
            world,
            flock,
            door,
            &launch.clone().with("PLACEMENT_OPTIONS", &options),
        )
        .await;
        for name in ["DOMAIN", "PROTOCOL", "LANG", "APP_SID", "unknown"] {
            let secret = flock.at(format!("launch {door} query {name}"));
            let mut changed = launch.clone();
            changed.url = with_parameter(&launch.url, name, Some(&secret));
            send(world, flock, door, &changed).await;
        }
    }
}

async fn send(world: &World, flock: &Flock, door: &str, launch: &Launch) {
    for accept in ["text/html", "application/json"] {
        let path = launch.url.strip_prefix(&world.app_url).unwrap();
        let request = world
            .request("POST", path)
            .form(&launch.body)
            .header("accept", accept);
        flock.send(world, &format!("a launch at {door}"), request).await;
    }
}

async fn connects(world: &World, flock: &Flock) {
    let session = world.open("acme", 1).await;
    let secret = |what: &str| flock.at(format!("connect {what}"));
    let tampered = format!(
        "{}{}",
        &session[..session.len() - 64],
        secret("end of the session")
    );
    for (session, code) in [
        (&*session, secret("code")),
        (
            &*session,
            format!("networkLines{CODE} {}", secret("beside the code")),
        ),
        (
            &*session,
            format!(
                "https://www.bitrix24.net/?IM_DIALOG=networkLines{CODE}&auth={}",
                secret("in a link")
            ),
        ),
        (&*tampered, CODE.to_owned()),
        (&*secret("session"), CODE.to_owned()),
    ] {
        for accept in ["text/html", "application/json"] {
            let form = [("session", session), ("code", &code), ("auth", &secret("beside"))];
            let request = world
                .request("POST", "/connect")
                .form(&form)
                .header("accept", accept);
            flock.send(world, "a connect", request).await;
        }
    }
    world.expire("acme").await;
    world.connect(&session, CODE).await.expect(200);
}

/// What the emulator would post about an event.
async fn form(world: &World, event: &str) -> Vec<(String, String)> {
    let wish = json!({"portal": "acme", "event": event, "drop": true});
    let made = world.control("event", wish).await;
    let text = made["form"].as_str().unwrap_or_else(|| panic!("no form: {made}"));
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

async fn events(world: &World, flock: &Flock) {
    for event in [
        "ONAPPINSTALL",
        "ONAPPUPDATE",
        "ONAPPPAYMENT",
        "ONAPPUNINSTALL",
        "ONCRMLEADADD",
    ] {
        let honest = form(world, event).await;
        for at in 0..=honest.len() {
            let mut changed = honest.clone();
            let secret = |name: &str| flock.at(format!("event {event} {name}"));
            match changed.get_mut(at) {
                // Its own name only decides whether it is one at all.
                Some((name, _)) if name == "event" => continue,
                Some((name, value)) => *value = secret(name),
                None => changed.push(("data[unknown]".into(), secret("unknown"))),
            }
            // An honest uninstall would end the story here.
            if event == "ONAPPUNINSTALL"
                && !changed
                    .iter()
                    .any(|(name, value)| name.contains("application_token") && value.starts_with("ca9a"))
            {
                changed.retain(|(name, _)| !name.contains("application_token"));
            }
            let request = world.request("POST", "/events").form(&changed);
            flock.send(world, &format!("the event {event}"), request).await;
        }
    }
}

async fn sign_ins(world: &World, flock: &Flock) {
    let portal = world.emulator.portal_url("globex");
    for name in [
        "code",
        "state",
        "domain",
        "member_id",
        "scope",
        "server_domain",
        "unknown",
    ] {
        let person = world.visitor();
        let authorize = person.start(&portal).await;
        let back = person.agree(&authorize, 1).await;
        let secret = flock.at(format!("callback {name}"));
        let changed = with_parameter(&back, name, Some(&secret));
        flock.saw_answer("a callback", &person.visit(&changed).await);
        let stolen = person.visit_with(&back, &[("referer", &changed)]).await;
        flock.saw_answer("a callback, again", &stolen);
    }
    let person = world.visitor();
    let back = person.agree(&person.start(&portal).await, 1).await;
    for mark in person.cookies.lock().unwrap().values_mut() {
        *mark = flock.at("callback cookie");
    }
    flock.saw_answer("a callback with another cookie", &person.visit(&back).await);
    for (typed, what) in [
        (
            format!("https://{}@acme.bitrix24.com/", flock.at("start user")),
            "user",
        ),
        (
            format!("https://acme.bitrix24.com/?AUTH_ID={}", flock.at("start query")),
            "query",
        ),
        (
            format!("https://acme.bitrix24.com/#{}", flock.at("start fragment")),
            "fragment",
        ),
        (flock.at("start portal"), "no address"),
    ] {
        let query: Value = json!({"portal": typed});
        let request = world.request("GET", "/oauth/start").query(&query);
        flock.send(world, &format!("a start with {what}"), request).await;
    }
}
