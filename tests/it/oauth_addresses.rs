//! What people type, or are made to type, where the app asks for their portal's address.

use serde_json::json;

use crate::world::{CODE, Db, World};

on_both_databases!(
    a_portals_address_may_be_typed_in_many_ways,
    what_is_no_portals_address_is_explained_and_leads_nowhere,
    a_link_from_elsewhere_shows_the_address_first,
    a_link_from_elsewhere_cannot_dress_the_address_up,
    a_portal_with_an_underscore_in_its_name_is_one_like_any_other,
);

async fn a_portals_address_may_be_typed_in_many_ways(db: Db) {
    let world = World::new(db).await;
    let host = world.portal_host("acme");
    let expected = format!("http://{host}/oauth/authorize/?client_id=");
    for typed in [
        host.clone(),
        format!("  {host} "),
        format!("{host}/"),
        format!("http://{host}"),
        format!("http://{host}/marketplace/app/1/?x=1#y"),
        host.to_uppercase(),
        format!("HTTP://{}/", host.to_uppercase()),
    ] {
        let authorize = world.visitor().start(&typed).await;
        assert!(authorize.starts_with(&expected), "{typed}: {authorize}");
    }
    for (typed, origin) in [
        ("acme.bitrix24.com", "https://acme.bitrix24.com"),
        ("http://acme.bitrix24.com/company/", "https://acme.bitrix24.com"),
        ("crm.example.com:8443", "https://crm.example.com:8443"),
        ("bücher.example", "https://xn--bcher-kva.example"),
    ] {
        let authorize = world.visitor().start(typed).await;
        assert!(
            authorize.starts_with(&format!("{origin}/oauth/authorize/?client_id=")),
            "{typed}: {authorize}"
        );
    }
    assert_eq!(world.called().await, [""; 0], "nobody is contacted");
}

async fn what_is_no_portals_address_is_explained_and_leads_nowhere(db: Db) {
    let world = World::new(db).await;
    for typed in [
        "",
        "acme",
        "javascript:alert(1)",
        "javascript://acme.bitrix24.com/%0aalert(1)",
        "//evil.example",
        "https://acme.bitrix24.com@evil.example/",
        "acme.bitrix24.com\\@evil.example",
        "acme.bitrix24.com\r\nset-cookie: a=b",
        "https://192.168.1.1/",
        "http://169.254.169.254/latest/",
        "https://[::1]/",
        "\"><script>alert(1)</script>",
    ] {
        let query: String = form_urlencoded::Serializer::new(String::new())
            .append_pair("portal", typed)
            .finish();
        let path = format!("/oauth/start?{query}");
        let page = world.visitor().visit(&path).await.expect(422);
        assert_eq!(page.slug(), "invalid_portal", "{typed}");
        assert_eq!((page.header("location"), page.header("set-cookie")), ("", ""));
        assert_eq!(page.frame_ancestors(), "'none'");
        assert!(!page.body.contains("<script>alert") && page.body.contains("aria-invalid=\"true\""));
        let json = world
            .visitor()
            .visit_with(&path, &[("accept", "application/json")])
            .await;
        assert_eq!(json.expect(422).json()["error"], "invalid_portal", "{typed}");
    }
    let page = world.visitor().visit("/oauth/start?portal=acme").await;
    assert!(page.body.contains("value=\"acme\""), "what was typed is kept");
    assert_eq!(world.visitor().visit("/oauth/start").await.status, 422);
    let twice = "/oauth/start?portal=a.example&portal=b.example";
    assert_eq!(world.visitor().visit(twice).await.status, 400);
}

async fn a_link_from_elsewhere_shows_the_address_first(db: Db) {
    let world = World::new(db).await;
    let path = "/oauth/start?portal=evil.example";
    for site in ["cross-site", "same-site"] {
        let person = world.visitor();
        let page = person
            .visit_with(path, &[("sec-fetch-site", site)])
            .await
            .expect(200);
        assert!(page.body.contains("A link has brought you"));
        assert!(page.body.contains("value=\"https://evil.example\""));
        assert_eq!(page.header("set-cookie"), "");
    }
    for site in ["none", "same-origin"] {
        let answer = world
            .visitor()
            .visit_with(path, &[("sec-fetch-site", site)])
            .await;
        answer.expect(302);
    }
}

async fn a_link_from_elsewhere_cannot_dress_the_address_up(db: Db) {
    let world = World::new(db).await;
    for (typed, shown) in [
        ("\u{430}cme.bitrix24.com", "https://xn--cme-5cd.bitrix24.com"),
        ("evil.example/acme.bitrix24.com/", "https://evil.example"),
        (
            "evil.example?acme.bitrix24.com#\u{202e}acme.bitrix24.com",
            "https://evil.example",
        ),
        (
            "acme.bitrix24.com\u{3002}evil\u{200b}.example",
            "https://acme.bitrix24.com.evil.example",
        ),
    ] {
        let query: String = form_urlencoded::Serializer::new(String::new())
            .append_pair("portal", typed)
            .finish();
        let sent = [("sec-fetch-site", "cross-site")];
        let page = world
            .visitor()
            .visit_with(&format!("/oauth/start?{query}"), &sent)
            .await;
        let page = page.expect(200);
        assert!(
            page.body.contains(&format!("value=\"{shown}\"")),
            "{typed}: {}",
            page.body
        );
    }
}

/// Servers in a company's own network do have such names.
async fn a_portal_with_an_underscore_in_its_name_is_one_like_any_other(db: Db) {
    let world = World::new(db).await;
    world
        .control("rename", json!({"portal": "acme", "to": "bx_crm"}))
        .await;
    let session = world.open("bx_crm", 1).await;
    world.connect(&session, CODE).await.expect(200);
    let host = world.portal_host("bx_crm");
    let page = world.visitor().sign_in(&host, 2).await.expect(200);
    world.connect(&page.session(), CODE).await.expect(200);
}
