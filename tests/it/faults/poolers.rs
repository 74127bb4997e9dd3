//! `PgBouncer` in front of the database: by sessions everything works; by transactions only if it tracks prepared
//! statements, and without that nobody is told anything untrue and the operator reads why.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;

use super::wired::{database_host, pause};
use crate::world::{CODE, Db, Process, Told, World, free_port};

/// One for the length of a story.
struct Pooler {
    child: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Pooler {
    async fn start(world: &World, mode: &str) -> Self {
        let port = free_port();
        let host = database_host(world);
        let (_, server) = host.rsplit_once(':').unwrap();
        let folder = tempfile::Builder::new().prefix("story-pooler").tempdir().unwrap();
        let version = Command::new("pgbouncer")
            .arg("--version")
            .output()
            .expect("pgbouncer: run scripts/test");
        let version = String::from_utf8(version.stdout).unwrap();
        let minor: u32 = version
            .split("1.")
            .nth(1)
            .unwrap()
            .split('.')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        // Tracking came with 1.21; here it is to be missing.
        let untracked = if minor >= 21 {
            "max_prepared_statements = 0\n"
        } else {
            ""
        };
        // A session takes one for itself; of transactions many share few.
        let size = if mode == "session" { 20 } else { 3 };
        let file = folder.path().join("pgbouncer.ini");
        let settings = format!(
            "[databases]\n* = host=127.0.0.1 port={server} user=postgres\n[pgbouncer]\nlisten_addr = 127.0.0.1\n\
             listen_port = {port}\nauth_type = any\npool_mode = {mode}\ndefault_pool_size = {size}\nunix_socket_dir =\n\
             ignore_startup_parameters = extra_float_digits\n{untracked}"
        );
        std::fs::write(&file, settings).unwrap();
        // It does not run as root, and needs nothing of whom it runs as.
        let open = format!("chmod -R a+rX {}", folder.path().display());
        assert!(Command::new("sh").args(["-c", &open]).status().unwrap().success());
        let root = std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").unwrap()) == 0;
        let mut command = Command::new("pgbouncer");
        if root {
            command.args(["-u", "nobody"]);
        }
        let child = command
            .arg("-q")
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        for _ in 0..100 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                break;
            }
            pause(50).await;
        }
        Self {
            child,
            port,
            _folder: folder,
        }
    }

    fn url(&self, world: &World) -> String {
        let (_, name) = world.database.url.rsplit_once('/').unwrap();
        format!("postgres://postgres@127.0.0.1:{}/{name}", self.port)
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL and PgBouncer: scripts/test"]
async fn by_sessions_everything_works() {
    let mut world = World::without_app(Db::Postgres).await;
    let pooler = Pooler::start(&world, "session").await;
    let process = Process::start(&world, &[("DATABASE_URL", &pooler.url(&world))]).await;
    world.turn_to(&process.app_url);
    let mut told = Told::default();
    world.install("acme").await;
    let session = told.open(&world, "acme", 1).await;
    world.expire("acme").await;
    for answer in join_all((0..40).map(|_| world.connect(&session, CODE))).await {
        told.pressed("acme", CODE, &answer);
        answer.expect(200);
    }
    assert!(
        told.event(&world, json!({"portal": "acme", "event": "ONAPPUPDATE"}))
            .await
    );
    world.expect_invariants(&told).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL and PgBouncer: scripts/test"]
async fn by_transactions_without_tracking_it_fails_and_says_why() {
    let mut world = World::without_app(Db::Postgres).await;
    assert_eq!(world.command(&["migrate"]).await.code, 0);
    let pooler = Pooler::start(&world, "transaction").await;
    let url = pooler.url(&world);
    let process = Process::start(&world, &[("DATABASE_URL", &url)]).await;
    world.turn_to(&process.app_url);
    let mut told = Told::default();
    let mut refused = 0;
    for _ in 0..12 {
        let opened = join_all((0..8).map(|_| world.launch("acme", 1))).await;
        for answer in join_all(opened.iter().map(|launch| world.post(launch))).await {
            if answer.status == 200 {
                told.opened.insert(("acme".into(), 1));
            } else {
                assert_eq!(answer.expect(503).slug(), "storage_unavailable");
                refused += 1;
            }
        }
        if refused > 0 {
            break;
        }
    }
    assert!(refused > 0, "prepared statements were tracked after all");
    assert!(
        process.log().contains("prepared statement"),
        "the operator reads why"
    );
    drop(process);
    world.start_app(|_| ()).await;
    let session = told.open(&world, "acme", 1).await;
    told.recovers(&world, "acme", 1, &session).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    world.expect_invariants(&told).await;
}
