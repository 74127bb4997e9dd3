//! More than can be served: what is too much is told so at once, what runs goes on, and it is over when it is over.

use std::io::Read as _;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::world::{Answer, CODE, Db, Process, World};

on_both_databases!(
    a_launch_too_many_is_told_so_at_once_in_the_claimed_frame,
    a_connect_too_many_is_told_so_and_nothing_is_lost,
    a_silent_portal_takes_nobody_elses_places,
    a_sign_in_too_many_is_told_so_and_is_not_spent,
    a_turn_of_the_list_too_many_is_told_so_and_holds_up_nobody,
    who_goes_away_early_makes_no_room,
    a_door_that_waits_for_something_nobody_thought_of_answers_all_the_same,
);

/// What is slow takes so long.
const SLOW: Duration = Duration::from_millis(1500);

/// Shorter than anything slow, longer than anything else.
const AT_ONCE: Duration = Duration::from_millis(700);

/// Time for requests to be under way.
async fn under_way() {
    tokio::time::sleep(Duration::from_millis(400)).await;
}

fn slow(method: &str, times: u32) -> serde_json::Value {
    json!([{"on": method, "do": "delay", "ms": SLOW.as_millis(), "times": times}])
}

fn expect_overloaded(answer: Answer) -> Answer {
    let answer = answer.expect(503);
    assert_eq!(
        (answer.slug().as_str(), answer.header("retry-after")),
        ("overloaded", "3")
    );
    answer
}

async fn a_launch_too_many_is_told_so_at_once_in_the_claimed_frame(db: Db) {
    let world = World::with(db, |config| config.capacity.launches = 2).await;
    world.install("acme").await;
    let session = world.open("acme", 1).await;
    world.faults(slow("app.info", 2)).await;
    let (one, two) = (world.launch("acme", 1).await, world.launch("acme", 2).await);
    let too_much = async {
        under_way().await;
        let began = Instant::now();
        let launch = world.launch("globex", 1).await;
        let page = expect_overloaded(world.post(&launch).await);
        assert_eq!(page.frame_ancestors(), world.emulator.portal_url("globex"));
        assert!(page.body.contains("id=\"again\"") && !page.body.contains("name=\"session\""));
        let request = world.request("POST", "/install").form(&launch.body);
        let json = expect_overloaded(world.send(request.header("accept", "application/json")).await);
        assert_eq!(
            (&json.json()["retry"], &json.json()["retry_after"]),
            (&json!(true), &json!(3))
        );
        // Others have places of their own, and events need none.
        world.connect(&session, CODE).await.expect(200);
        let told = world
            .control("event", json!({"portal": "acme", "event": "ONAPPUPDATE"}))
            .await;
        assert_eq!(told["status"], 200, "{told}");
        world.send(world.request("GET", "/readyz")).await.expect(200);
        assert!(began.elapsed() < AT_ONCE, "{:?}", began.elapsed());
    };
    let (one, two, ()) = tokio::join!(world.post(&one), world.post(&two), too_much);
    one.expect(200);
    two.expect(200);
    world.open("globex", 1).await;
}

async fn a_connect_too_many_is_told_so_and_nothing_is_lost(db: Db) {
    let world = World::with(db, |config| config.capacity.connects = 1).await;
    let (session, other) = (world.open("acme", 1).await, world.open("globex", 1).await);
    world.faults(slow("imopenlines.network.join", 1)).await;
    let too_much = async {
        under_way().await;
        let began = Instant::now();
        let json = expect_overloaded(world.connect(&other, CODE).await);
        assert_eq!(json.json()["retry"], true);
        let page = expect_overloaded(world.connect_page(&other, CODE).await);
        assert_eq!(page.frame_ancestors(), world.emulator.portal_url("globex"));
        assert!(began.elapsed() < AT_ONCE, "{:?}", began.elapsed());
    };
    let (answer, ()) = tokio::join!(world.connect(&session, CODE), too_much);
    answer.expect(200);
    world.connect(&other, CODE).await.expect(200);
}

/// Whoever runs a portal may let it be silent, and press as often as they like.
async fn a_silent_portal_takes_nobody_elses_places(db: Db) {
    let world = World::with(db, |config| {
        (config.capacity.connects, config.capacity.launches) = (4, 4);
        (config.shares.connects, config.shares.openings) = (2, 2);
    })
    .await;
    world.install("acme").await;
    let (session, other) = (world.open("acme", 1).await, world.open("globex", 1).await);
    world.faults(slow("imopenlines.network.join", 2)).await;
    let too_much = async {
        under_way().await;
        expect_overloaded(world.connect(&session, CODE).await);
        expect_overloaded(world.connect(&session, CODE).await);
        world.connect(&other, CODE).await.expect(200);
    };
    let presses = (world.connect(&session, CODE), world.connect(&session, CODE));
    let (one, two, ()) = tokio::join!(presses.0, presses.1, too_much);
    one.expect(200);
    two.expect(200);

    world.faults(slow("batch", 2)).await;
    let wish = json!({"portal": "acme", "user": 1, "install": true});
    let installer = world.launch_with(wish).await;
    let too_much = async {
        under_way().await;
        for _ in 0..4 {
            expect_overloaded(world.post(&installer).await);
        }
        world.open("acme", 2).await;
        world.open("globex", 1).await;
    };
    let (one, two, ()) = tokio::join!(world.post(&installer), world.post(&installer), too_much);
    one.expect(200);
    two.expect(200);
}

async fn a_sign_in_too_many_is_told_so_and_is_not_spent(db: Db) {
    let world = World::with(db, |config| config.capacity.sign_ins = 1).await;
    let portal = world.emulator.portal_url("acme");
    let (one, two) = (world.visitor(), world.visitor());
    let first = one.agree(&one.start(&portal).await, 1).await;
    let second = two.agree(&two.start(&portal).await, 2).await;
    world.faults(slow("app.info", 1)).await;
    let cookies = two.cookies.lock().unwrap().clone();
    let too_much = async {
        under_way().await;
        let page = expect_overloaded(two.visit(&second).await);
        assert_eq!(page.frame_ancestors(), "'none'");
    };
    let (answer, ()) = tokio::join!(one.visit(&first), too_much);
    answer.expect(200);
    assert_eq!(
        *two.cookies.lock().unwrap(),
        cookies,
        "the browser keeps its half"
    );
    two.visit(&second).await.expect(200);
}

async fn a_turn_of_the_list_too_many_is_told_so_and_holds_up_nobody(db: Db) {
    // Where the database lets nobody wait for a reader, one too many is the first.
    let places = usize::from(db == Db::Postgres);
    let world = World::with(db, |config| config.capacity.lists = places).await;
    let session = world.open("acme", 1).await;
    let turn = || async {
        let form = [("session", session.as_str()), ("page", "1")];
        world
            .send(world.request("POST", "/connections").form(&form))
            .await
    };
    let too_much = || async {
        let page = expect_overloaded(turn().await);
        assert_eq!(page.frame_ancestors(), world.emulator.portal_url("acme"));
    };
    if db == Db::Sqlite {
        too_much().await;
        world.connect(&session, CODE).await.expect(200);
        return;
    }
    let lock = world.database.lock("connections").await;
    let beside = async {
        under_way().await;
        too_much().await;
        world.send(world.request("GET", "/readyz")).await.expect(200);
        drop(lock);
    };
    let (answer, ()) = tokio::join!(turn(), beside);
    answer.expect(200);
    turn().await.expect(200);
}

async fn who_goes_away_early_makes_no_room(db: Db) {
    let world = World::with(db, |config| config.capacity.launches = 1).await;
    let launch = world.launch("acme", 1).await;
    world.faults(slow("app.info", 1)).await;
    let impatient = world
        .request("POST", "/app")
        .form(&launch.body)
        .timeout(Duration::from_millis(300));
    assert!(impatient.send().await.is_err());
    expect_overloaded(world.post(&launch).await);
    tokio::time::sleep(SLOW).await;
    world.open("acme", 1).await;
}

async fn a_door_that_waits_for_something_nobody_thought_of_answers_all_the_same(db: Db) {
    let world = World::with(db, |config| config.budgets.others = Duration::from_millis(500)).await;
    world.faults(slow("app.info", 1)).await;
    let launch = world.launch("acme", 1).await;
    let began = Instant::now();
    expect_overloaded_plainly(&world.post(&launch).await);
    assert!(began.elapsed() < SLOW);
    tokio::time::sleep(SLOW).await;
    world.open("acme", 1).await;
}

fn expect_overloaded_plainly(answer: &Answer) {
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert_eq!(answer.header("retry-after"), "3");
    assert_eq!(answer.frame_ancestors(), "'none'");
}

/// As many connections as one can get; those that are refused are closed by the other side.
fn occupy(address: &str, wanted: usize) -> (Vec<TcpStream>, usize) {
    let mut connections: Vec<_> = (0..wanted)
        .map(|_| {
            let connection = TcpStream::connect(address).unwrap();
            connection.set_nonblocking(true).unwrap();
            connection
        })
        .collect();
    std::thread::sleep(Duration::from_secs(1));
    let is_open = |connection: &mut TcpStream| {
        let read = connection.read(&mut [0]);
        matches!(read, Err(error) if error.kind() == std::io::ErrorKind::WouldBlock)
    };
    let open = connections
        .iter_mut()
        .filter_map(|connection| is_open(connection).then_some(()))
        .count();
    (connections, open)
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_take_half_of_the_files_and_more_are_refused_at_once() {
    let mut world = World::without_app(Db::Sqlite).await;
    let process = Process::start_with_files(&world, 80).await;
    world.turn_to(&process.app_url);
    let (held, open) = occupy(process.address(), 120);
    assert!((39..=40).contains(&open), "{open} of 120 are held open");
    drop(held);
    world.open("acme", 1).await;
    let metrics = process.metrics().await;
    assert!(metrics.contains("connections_refused_total 8"), "{metrics}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_without_files_left_neither_ends_nor_spins_and_serves_again() {
    let mut world = World::without_app(Db::Sqlite).await;
    let process = Process::start_with_files(&world, 26).await;
    world.turn_to(&process.app_url);
    let (held, _) = occupy(process.address(), 100);
    assert!(
        process.log().contains("connections are refused"),
        "{}",
        process.log()
    );
    assert!(process.log().contains("Too many open files"));
    let before = process.busy();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let busy = process.busy().saturating_sub(before);
    assert!(
        busy < Duration::from_millis(700),
        "busy for {busy:?} of two seconds"
    );
    drop(held);
    let ready = world.send(world.request("GET", "/readyz")).await;
    assert_eq!(ready.expect(200).json()["status"], "ready");
}
