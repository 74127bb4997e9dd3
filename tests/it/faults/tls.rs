//! TLS that is not what it should be, at the authorization server and at a portal: nothing is sent over it, nothing is
//! spent, and whose fault it is is said.

use std::sync::Arc;

use crate::world::{Authority, CODE, Db, Front, Manner, Process, Told, World};

const BAD: [Manner; 5] = [
    Manner::Expired,
    Manner::OtherName,
    Manner::SelfSigned,
    Manner::InClear,
    Manner::HangsUp,
];

const UNTOUCHED: &str =
    "select count(*) from credentials where state = 'live' and claim_owner is null and not unresolved";

fn port_of(url: &str) -> u16 {
    url.rsplit_once(':').unwrap().1.parse().unwrap()
}

/// The environment alone says which authorities a machine trusts, so the app is a process of its own.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_to_a_server_or_portal_whose_certificate_does_not_hold() {
    let mut world = World::without_app(Db::Sqlite).await;
    let authority = Arc::new(Authority::new());
    let server = Front::of(port_of(&world.emulator.oauth_url()), &authority).await;
    let portal = Front::of(world.emulator.portal_addr().port(), &authority).await;
    let folder = tempfile::tempdir().unwrap();
    let trusted = folder.path().join("authority.pem");
    std::fs::write(&trusted, authority.pem()).unwrap();
    let url = format!("https://127.0.0.1:{}", server.port);
    let settings = [
        ("BITRIX24_OAUTH_URL", url.as_str()),
        ("SSL_CERT_FILE", trusted.to_str().unwrap()),
    ];
    let process = Process::start(&world, &settings).await;
    world.turn_to(&process.app_url);
    let endpoint = format!("https://acme.localhost:{}/rest/", portal.port);
    world.name_endpoint("acme", &endpoint).await;
    let mut told = Told::default();
    let session = told.open(&world, "acme", 1).await;
    told.press(&world, "acme", &session).await.expect(200);

    for manner in BAD {
        portal.turn(manner);
        world.forget_calls().await;
        let answer = told.press(&world, "acme", &session).await.expect(503);
        assert_eq!(answer.slug(), "portal_unavailable", "{manner:?}");
        assert_eq!(world.called().await, [""; 0], "{manner:?}: no token went there");
    }
    portal.turn(Manner::Good);
    told.press(&world, "acme", &session).await.expect(200);

    for manner in BAD {
        server.turn(manner);
        world.expire("acme").await;
        world.forget_calls().await;
        let answer = told.press(&world, "acme", &session).await.expect(503);
        assert_eq!(answer.slug(), "bitrix24_unavailable", "{manner:?}");
        let page = told.launch(&world, "globex", 1).await.expect(503);
        assert_eq!(page.slug(), "bitrix24_unavailable", "{manner:?}");
        assert_eq!(world.called().await, ["imopenlines.network.join"], "{manner:?}");
        if manner != Manner::HangsUp {
            assert_eq!(
                world.database.number(UNTOUCHED).await,
                1,
                "{manner:?}: nothing was sent"
            );
        }
        server.turn(Manner::Good);
        told.recovers(&world, "acme", 1, &session).await;
    }
    world.connect(&session, CODE).await.expect(200);
    world.expect_invariants(&told).await;
}
