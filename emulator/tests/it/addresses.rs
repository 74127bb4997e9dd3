//! On-premise portals: on a path, on a port of their own, and moving between them.

use serde_json::{Value, json};

use crate::wire::{Wire, read, text};

/// A REST call to any address of a portal; where a redirect leads.
async fn call(wire: &Wire, endpoint: &str, token: &str) -> (u16, Option<String>) {
    let url = url::Url::parse(endpoint).unwrap();
    let host = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
    let to = format!("http://127.0.0.1:{}{}profile", url.port().unwrap(), url.path());
    let call = wire
        .http
        .post(to)
        .header("host", host)
        .json(&json!({"auth": token}));
    let answer = call.send().await.unwrap();
    let location = answer.headers().get("location");
    let location = location.map(|to| to.to_str().unwrap().to_owned());
    (answer.status().as_u16(), location)
}

async fn endpoint(wire: &Wire, token: &str) -> String {
    let (_, info) = wire.witness(token).await;
    text(&info["result"]["install"]["client_endpoint"])
}

#[tokio::test]
async fn a_portal_on_a_path_is_there_and_nowhere_else() {
    let wire = Wire::start().await;
    wire.tell("portal", json!({"portal": "acme", "path": "/b24"}))
        .await;
    let pair = wire.pair("acme", 1).await;
    let home = format!("http://{}/b24", wire.host("acme"));
    let (_, info) = wire.witness(&pair.access).await;
    let install = &info["result"]["install"];
    assert_eq!(
        (
            text(&install["domain"]),
            text(&install["uri"]),
            text(&install["client_endpoint"])
        ),
        (wire.host("acme"), home.clone(), format!("{home}/rest/"))
    );
    assert_eq!(wire.emulator.portal_url("acme"), home);
    assert_eq!(
        call(&wire, &format!("{home}/rest/"), &pair.access).await,
        (200, None)
    );
    let outside = format!("http://{}/rest/", wire.host("acme"));
    assert_eq!(call(&wire, &outside, &pair.access).await, (404, None));
    assert_eq!(wire.get("acme", "/").await.status(), 404);
    let page = wire.get("acme", "/b24/").await.text().await.unwrap();
    assert!(page.contains("src=\"/b24/_portal/frames.js\"") && page.contains("data-base=\"/b24\""));
    assert_eq!(wire.get("acme", "/b24/_portal/frames.js").await.status(), 200);
    let paths: Vec<_> = wire.look("calls").await.as_array().unwrap().clone();
    assert_eq!(
        text(&paths[1]["path"]),
        "/b24/rest/profile",
        "the journal tells the whole path"
    );
    let (_, fresh) = wire.refresh(&pair.refresh).await;
    assert_eq!(fresh["client_endpoint"], format!("{home}/rest/"));
    assert_eq!(
        wire.ask("portal", json!({"portal": "acme", "path": "b 24"}))
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn its_frame_is_told_the_path_and_the_launch_is_not() {
    let wire = Wire::start().await;
    wire.tell("portal", json!({"portal": "acme", "path": "/b24"}))
        .await;
    let launch = wire.tell("launch", json!({"portal": "acme", "user": 1})).await;
    assert_eq!(launch["query"]["DOMAIN"], wire.host("acme"));
    let ask = async |name: &str, body: Value| {
        read(
            wire.send("acme", &format!("/b24/_portal/{name}"), body)
                .await
                .unwrap(),
        )
        .await
        .1
    };
    let frame = ask("open", json!({"path": "/"})).await["content"].clone();
    let sid = text(&frame["app_sid"]);
    assert_eq!(text(&frame["name"]), format!("{}|0|{sid}", wire.host("acme")));
    let answer = ask(
        "message",
        json!({"app_sid": sid, "data": format!("getInitData:k:{sid}")}),
    )
    .await;
    let init: Value = serde_json::from_str(text(&answer["reply"]).strip_prefix("k:").unwrap()).unwrap();
    assert_eq!(
        (&init["PATH"], &init["PROTOCOL"]),
        (&json!("/b24/rest"), &json!(0))
    );
    assert_eq!(init["DOMAIN"], wire.host("acme"));
    assert_eq!(init["APP_OPTIONS"], json!([]), "an empty list of PHP");
}

#[tokio::test]
async fn a_portal_moves_between_paths_and_ports() {
    let wire = Wire::start().await;
    let token = wire.pair("acme", 1).await.access;
    let first = endpoint(&wire, &token).await;
    wire.tell("rename", json!({"portal": "acme", "path": "/b24"}))
        .await;
    let second = endpoint(&wire, &token).await;
    assert_eq!(second, first.replace("/rest/", "/b24/rest/"));
    assert_eq!(
        call(&wire, &first, &token).await,
        (302, Some(format!("{second}profile")))
    );
    let port = wire.tell("listen", json!({})).await["port"].clone();
    wire.tell("rename", json!({"portal": "acme", "port": port, "path": ""}))
        .await;
    let third = endpoint(&wire, &token).await;
    assert_eq!(third, format!("http://acme.localhost:{port}/rest/"));
    for old in [&first, &second] {
        assert_eq!(
            call(&wire, old, &token).await,
            (302, Some(format!("{third}profile"))),
            "{old}"
        );
    }
    assert_eq!(call(&wire, &third, &token).await, (200, None));
    let home = json!({"portal": "acme", "port": wire.emulator.portal_addr().port()});
    wire.tell("rename", home).await;
    assert_eq!(call(&wire, &first, &token).await, (200, None), "home again");
    assert_eq!(
        call(&wire, &third, &token).await,
        (302, Some(format!("{first}profile")))
    );
    assert_eq!(
        call(&wire, &first.replace("acme", "globex"), &token).await.0,
        401,
        "others have not moved"
    );
}
