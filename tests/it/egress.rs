//! Where the app goes: only where the authorization server sends it, and of that only where it may.

use std::time::Duration;

use channel_connect::bitrix24::{AuthorizationServerUrl, Egress, Names};
use serde_json::json;

use crate::world::{CODE, Db, Dns, Process, Trap, World, run_in};

mod forms;

on_both_databases!(
    an_endpoint_that_may_not_be_called_opens_nothing,
    a_name_is_called_at_no_address_that_may_not_be_called,
    a_name_that_moves_is_judged_at_every_connection,
    a_name_without_an_answer_is_a_portal_that_cannot_be_reached,
    a_portal_in_a_private_network_is_called_there_and_nowhere_else,
    the_authorization_server_is_not_asked_inside_of_our_network,
    a_proxy_that_the_environment_names_is_not_used,
);

const JOIN: &str = "imopenlines.network.join";
const CONNECTING: Duration = Duration::from_millis(400);

/// The app as it is outside of development, the emulator's authorization server excepted; names are the story's.
async fn abroad(db: Db, private: &[&str]) -> (World, Dns) {
    let dns = Dns::default();
    let names = dns.names();
    let private = private.iter().map(|network| network.parse().unwrap()).collect();
    let world = World::with(db, |config| {
        config.egress = Egress::new(false, private).resolving_by(names);
        config.timeouts.connect = CONNECTING;
    })
    .await;
    (world, dns)
}

/// How many calls of the method ended so.
fn logged(method: &str, error: &str) -> String {
    format!("select count(*) from rest_log where method = '{method}' and error = '{error}'")
}

/// Opens the app at a portal that the authorization server knows under this endpoint.
async fn opened_at(world: &World, endpoint: &str) -> String {
    world.name_endpoint("acme", endpoint).await;
    let launch = world
        .launch_with(json!({"portal": "acme", "user": 1, "legacy": true}))
        .await;
    world.post(&launch).await.expect(200).session()
}

pub async fn connect_fails(world: &World, session: &str, what: &str) {
    let answer = world.connect(session, CODE).await;
    assert_eq!(
        (answer.status.as_u16(), answer.slug().as_str()),
        (503, "portal_unavailable"),
        "{what}"
    );
}

async fn an_endpoint_that_may_not_be_called_opens_nothing(db: Db) {
    let (world, dns) = abroad(db, &["10.7.0.0/16"]).await;
    dns.answer(&["127.0.0.1"]);
    let trap = Trap::set();
    for host in forms::HOSTS {
        for port in [String::new(), format!(":{}", trap.port)] {
            refused_at_the_door(&world, &format!("https://{host}{port}/rest/")).await;
        }
    }
    for endpoint in forms::ENDPOINTS {
        refused_at_the_door(&world, &endpoint.replace("{port}", &trap.port.to_string())).await;
    }
    assert_eq!(world.database.rows().await, 0, "nothing is stored");
    assert_eq!(dns.asked(), [""; 0], "nobody was looked up");
    assert_eq!(trap.visits(), 0, "nobody came");
    let calls = world.called().await;
    assert!(calls.iter().all(|method| method == "app.info"), "{calls:?}");
}

async fn refused_at_the_door(world: &World, endpoint: &str) {
    world.name_endpoint("acme", endpoint).await;
    let answer = world.post(&world.launch("acme", 1).await).await;
    assert_eq!(
        (answer.status.as_u16(), answer.slug().as_str()),
        (503, "portal_unavailable"),
        "{endpoint}"
    );
}

async fn a_name_is_called_at_no_address_that_may_not_be_called(db: Db) {
    let (world, dns) = abroad(db, &["127.0.0.2/32"]).await;
    let trap = Trap::set();
    let friend = Trap::at("127.0.0.2", trap.port);
    let session = opened_at(&world, &format!("https://rebind.example:{}/rest/", trap.port)).await;
    let addresses = forms::addresses();
    assert!(addresses.len() >= 60, "{}", addresses.len());
    for address in &addresses {
        dns.answer(&[address]);
        connect_fails(&world, &session, address).await;
    }
    // Beside one that may be called, before and after it.
    for address in &addresses[..10] {
        for both in [["127.0.0.2", address], [address, "127.0.0.2"]] {
            dns.answer(&both);
            connect_fails(&world, &session, address).await;
        }
    }
    let calls = addresses.len() + 20;
    assert_eq!(dns.asked().len(), calls, "one look for each connection");
    assert_eq!((trap.visits(), friend.visits()), (0, 0), "nobody came");
    world
        .becomes(&logged(JOIN, "forbidden"), i64::try_from(calls).unwrap())
        .await;
}

async fn a_name_that_moves_is_judged_at_every_connection(db: Db) {
    let (world, dns) = abroad(db, &["127.0.0.2/32"]).await;
    let trap = Trap::set();
    let friend = Trap::at("127.0.0.2", trap.port);
    let session = opened_at(&world, &format!("https://rebind.example:{}/rest/", trap.port)).await;

    // Whoever looked once to check and once to connect would come to the trap.
    dns.answer_in_turn(&[&["127.0.0.2"], &["127.0.0.1"]]);
    connect_fails(&world, &session, "the address that was checked").await;
    assert_eq!(
        (friend.visits(), trap.visits()),
        (1, 0),
        "to whom it was checked for"
    );
    assert_eq!(dns.asked(), ["rebind.example"]);
    connect_fails(&world, &session, "the name has moved").await;
    dns.answer(&["127.0.0.2", "127.0.0.1"]);
    connect_fails(&world, &session, "both at once").await;
    dns.answer(&["127.0.0.1", "127.0.0.2"]);
    connect_fails(&world, &session, "both at once").await;
    assert_eq!((friend.visits(), trap.visits()), (0, 0), "nobody came");
    world.becomes(&logged(JOIN, "forbidden"), 3).await;
    world.becomes(&logged(JOIN, "unreachable"), 1).await;
}

async fn a_name_without_an_answer_is_a_portal_that_cannot_be_reached(db: Db) {
    let (world, dns) = abroad(db, &[]).await;
    let session = opened_at(&world, "https://portal.example/rest/").await;
    connect_fails(&world, &session, "the resolver fails").await;
    dns.answer(&[]);
    connect_fails(&world, &session, "no address").await;
    world.becomes(&logged(JOIN, "unreachable"), 2).await;

    let silent = World::with(db, |config| {
        config.egress = Egress::new(false, Vec::new()).resolving_by(Names::new(|_| std::future::pending()));
        config.timeouts.connect = CONNECTING;
        config.timeouts.join = 5 * CONNECTING;
    })
    .await;
    let session = opened_at(&silent, "https://portal.example/rest/").await;
    connect_fails(&silent, &session, "the resolver is silent").await;
    silent.becomes(&logged(JOIN, "unreachable"), 1).await;
}

async fn a_portal_in_a_private_network_is_called_there_and_nowhere_else(db: Db) {
    let (world, _) = abroad(db, &["127.0.0.2/32"]).await;
    let portal = Trap::at("127.0.0.2", 0);
    let neighbour = Trap::at("127.0.0.3", portal.port);
    let session = opened_at(&world, &format!("https://127.0.0.2:{}/rest/", portal.port)).await;
    connect_fails(&world, &session, "it does not answer").await;
    assert_eq!(portal.visits(), 1);
    for endpoint in [
        format!("https://127.0.0.3:{}/rest/", portal.port),
        format!("http://127.0.0.2:{}/rest/", portal.port),
        "https://127.0.0.2:6379/rest/".into(),
    ] {
        refused_at_the_door(&world, &endpoint).await;
    }
    assert_eq!((portal.visits(), neighbour.visits()), (0, 0), "nobody came");
}

async fn the_authorization_server_is_not_asked_inside_of_our_network(db: Db) {
    let dns = Dns::default();
    dns.answer(&["127.0.0.1"]);
    let names = dns.names();
    let world = World::with(db, |config| {
        config.egress = Egress::new(false, Vec::new()).resolving_by(names);
        config.oauth_url = AuthorizationServerUrl::parse("https://oauth.bitrix.info", false).unwrap();
    })
    .await;
    let answer = world.post(&world.launch("acme", 1).await).await.expect(503);
    assert_eq!(answer.slug(), "bitrix24_unavailable");
    assert_eq!(dns.asked(), ["oauth.bitrix.info"]);
    world.becomes(&logged("app.info", "forbidden"), 1).await;
}

/// A proxy would resolve names for itself.
async fn a_proxy_that_the_environment_names_is_not_used(db: Db) {
    let mut world = World::without_app(db).await;
    let trap = Trap::set();
    let proxy = format!("http://127.0.0.1:{}", trap.port);
    let names = [
        "http_proxy",
        "HTTP_PROXY",
        "https_proxy",
        "HTTPS_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ];
    let variables = names.map(|name| (name, proxy.as_str()));
    let process = Process::start(&world, &variables).await;
    world.turn_to(&process.app_url);
    let session = world.open("acme", 1).await;
    world.connect(&session, CODE).await.expect(200);
    assert_eq!(trap.visits(), 0, "nobody came");
}

#[test]
fn the_authorization_server_is_one_of_two_hosts() {
    for url in [
        "https://oauth.bitrix.info",
        "https://oauth.bitrix24.tech/",
        "HTTPS://OAuth.Bitrix.info:443",
    ] {
        assert!(AuthorizationServerUrl::parse(url, false).is_ok(), "{url}");
    }
    for url in [
        "",
        "oauth.bitrix.info",
        "http://oauth.bitrix.info",
        "ftp://oauth.bitrix.info",
        "https://oauth.bitrix.info:8443",
        "https://oauth.bitrix.info.",
        "https://oauth.bitrix.info.evil.example",
        "https://oauth.bitrix.info@evil.example",
        "https://user@oauth.bitrix.info",
        "https://:password@oauth.bitrix.info",
        "https://oauth.bitrix.info/oauth",
        "https://oauth.bitrix.info/?x",
        "https://oauth.bitrix.info/#x",
        "https://oauth.bitrix.info\\@evil.example",
        "https://evil.example/https://oauth.bitrix.info",
        "https://oauth.bitrix.com",
        "https://oauth-bitrix.info",
        "https://bitrix.info",
        "https://oаuth.bitrix.info",
        "https://acme.bitrix24.com",
        "https://8.8.8.8",
        "https://127.0.0.1",
        "http://127.0.0.1:8091",
    ] {
        assert!(AuthorizationServerUrl::parse(url, false).is_err(), "{url}");
    }
}

#[test]
fn a_webhook_is_called_only_where_a_portal_may_be() {
    let trap = Trap::set();
    let folder = tempfile::tempdir().unwrap();
    let port = trap.port;
    for root in [
        format!("http://127.0.0.1:{port}"),
        format!("http://acme.localhost:{port}"),
        format!("https://127.0.0.1:{port}"),
        format!("https://0x7f.1:{port}"),
        format!("https://2130706433:{port}"),
        format!("https://localhost:{port}"),
        format!("https://[::1]:{port}"),
        format!("https://[::ffff:127.0.0.1]:{port}"),
        "https://10.0.0.1".into(),
        "https://169.254.169.254".into(),
        "http://acme.bitrix24.com".into(),
        "https://acme.bitrix24.com:22".into(),
    ] {
        let webhook = format!("{root}/rest/1/5ec2e75ec2e7s3cr3t/");
        let ran = run_in(folder.path(), &[], &["join", "--webhook", &webhook, CODE]);
        let ran = ran.expect(1);
        assert!(
            ran.out.is_empty() && !ran.err.contains("5ec2e7"),
            "{}",
            ran.said()
        );
    }
    assert_eq!(trap.visits(), 0, "nobody came");
}
