//! What `doctor` finds at the public address, and what the Market would say to it.

use bitrix24_emulator::{Emulator, Options};

use super::{Findings, fails_with};
use crate::world::{Db, free_port, lived_in, serve_answer};

on_both_databases!(
    a_public_address_that_nobody_reaches_is_named,
    what_a_proxy_does_to_the_headers_is_named,
    in_production_what_the_market_demands_fails,
    links_to_pages_that_are_gone_are_named,
    a_public_name_that_leads_to_a_private_address_is_named,
    development_without_an_address_is_looked_at_as_far_as_it_goes,
    a_proxy_that_nobody_named_is_a_warning,
);

async fn a_public_address_that_nobody_reaches_is_named(db: Db) {
    let (world, _) = lived_in(db).await;
    let nowhere = format!("http://127.0.0.1:{}", free_port());
    fails_with(&world, &[("PUBLIC_URL", Some(&nowhere))], "PUBLIC_URL").await;
    let options = Options {
        tls: true,
        ..Options::default()
    };
    let emulator = Emulator::start(options).await.unwrap();
    let untrusted = emulator.control_url().replace("http://", "https://");
    fails_with(
        &world,
        &[("PUBLIC_URL", Some(&untrusted))],
        "no valid certificate",
    )
    .await;
    let teapot = serve_answer(404, &[]).await;
    let (code, findings) = Findings::of(&world, &[("PUBLIC_URL", Some(&teapot))]).await;
    assert_eq!(code, 1);
    let failed = findings.with("fail").join("\n");
    for part in [
        "HEAD /app answers 404",
        "missing or changed on the way",
        "/readyz answers 404",
    ] {
        assert!(failed.contains(part), "{part}: {failed}");
    }
}

async fn what_a_proxy_does_to_the_headers_is_named(db: Db) {
    let (world, _) = lived_in(db).await;
    let ours = [
        (
            "content-security-policy",
            "default-src 'none'; frame-ancestors 'none'",
        ),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ];
    let good = serve_answer(200, &ours).await;
    let (code, findings) = Findings::of(&world, &[("PUBLIC_URL", Some(&good))]).await;
    assert_eq!((code, findings.with("fail")), (0, Vec::new()));
    let framed = serve_answer(200, &[&ours[..], &[("x-frame-options", "SAMEORIGIN")]].concat()).await;
    fails_with(&world, &[("PUBLIC_URL", Some(&framed))], "X-Frame-Options").await;
    let bare = serve_answer(200, &ours[..2]).await;
    fails_with(
        &world,
        &[("PUBLIC_URL", Some(&bare))],
        "referrer-policy, x-content-type-options",
    )
    .await;
}

async fn in_production_what_the_market_demands_fails(db: Db) {
    let (world, _) = lived_in(db).await;
    let production = [
        ("DEVELOPMENT", None),
        // Never asked: loopback is not called, and nothing else is reachable from a test.
        ("BITRIX24_OAUTH_URL", Some("https://127.0.0.1")),
        ("BITRIX24_JS_URL", None),
    ];
    let (code, findings) = Findings::of(&world, &production).await;
    assert_eq!(code, 1);
    let failed = findings.with("fail").join("\n");
    for part in [
        "Market rules: PUBLIC_URL is not https",
        "no link to a privacy policy",
        "no link to a license agreement",
        "configuration: BITRIX24_OAUTH_URL",
        "public address: PUBLIC_URL http://127.0.0.1",
    ] {
        assert!(failed.contains(part), "{part}: {failed}");
    }
}

async fn links_to_pages_that_are_gone_are_named(db: Db) {
    let (world, _) = lived_in(db).await;
    let (there, gone) = (serve_answer(200, &[]).await, serve_answer(410, &[]).await);
    let links = [
        ("PRIVACY_URL", Some(&there[..])),
        ("LICENSE_URL", Some(&gone[..])),
        ("SUPPORT_URL", Some("mailto:help@example.com")),
    ];
    let (code, findings) = Findings::of(&world, &links).await;
    assert_eq!(code, 0, "a warning in development");
    let warned = findings.with("warn").join("\n");
    assert!(
        warned.contains("LICENSE_URL answers 410") && !warned.contains("PRIVACY_URL"),
        "{warned}"
    );
    let (_, findings) = Findings::of(&world, &links[..1]).await;
    assert!(
        findings
            .with("ok")
            .iter()
            .any(|line| line == "linked pages: 1 of 1 answer"),
        "{:?}",
        findings.with("ok")
    );
}

async fn a_public_name_that_leads_to_a_private_address_is_named(db: Db) {
    let (world, _) = lived_in(db).await;
    let production = [
        ("DEVELOPMENT", None),
        ("BITRIX24_OAUTH_URL", Some("https://127.0.0.1")),
        ("BITRIX24_JS_URL", None),
    ];
    for (url, part) in [
        ("https://localhost", "not a public one"),
        ("https://192.168.1.1", "not a public one"),
    ] {
        let changes = [&production[..], &[("PUBLIC_URL", Some(url))]].concat();
        let (_, findings) = Findings::of(&world, &changes).await;
        let failed = findings.with("fail").join("\n");
        assert!(
            failed.contains("public address") && failed.contains(part),
            "{url}: {failed}"
        );
    }
}

async fn a_proxy_that_nobody_named_is_a_warning(db: Db) {
    let (world, _) = lived_in(db).await;
    let line = async |verdict: &str, changes: &[(&str, Option<&str>)]| {
        let (_, findings) = Findings::of(&world, changes).await;
        let lines = findings.with(verdict);
        lines
            .into_iter()
            .find(|line| line.starts_with("trusted proxies: "))
    };
    let secure = ("PUBLIC_URL", Some("https://localhost"));
    assert!(line("ok", &[]).await.unwrap().contains("no proxy is needed"));
    let warned = line("warn", &[secure]).await.unwrap();
    assert!(warned.contains("all visitors look like one"), "{warned}");
    let named = line("ok", &[secure, ("TRUSTED_PROXIES", Some("127.0.0.1,10.0.0.0/8"))]).await;
    assert!(named.unwrap().contains("from 2 networks or addresses"));
}

async fn development_without_an_address_is_looked_at_as_far_as_it_goes(db: Db) {
    let (world, _) = lived_in(db).await;
    let (code, findings) = Findings::of(&world, &[("PUBLIC_URL", None)]).await;
    assert_eq!((code, findings.with("fail")), (0, Vec::new()));
    let warned = findings.with("warn").join("\n");
    assert!(
        warned.contains("public address: not looked at: PUBLIC_URL is missing"),
        "{warned}"
    );
}
