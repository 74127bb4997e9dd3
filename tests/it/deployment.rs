//! What an operator does around the process: health checks, upgrades, and the files they are written down in.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::{Command, Output};

use crate::world::{Db, Process, World, free_port};

on_both_databases!(a_replica_of_the_older_version_starts_on_a_schema_that_went_further);

fn run(words: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_channel-connect"))
        .env_clear()
        .envs(variables.iter().copied())
        .args(words)
        .output()
        .unwrap()
}

fn health(listen_addr: &str) -> (Option<i32>, String) {
    let output = run(&["health"], &[("LISTEN_ADDR", listen_addr)]);
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code(), said)
}

#[tokio::test(flavor = "multi_thread")]
async fn health_says_whether_the_process_on_this_machine_is_ready() {
    let world = World::without_app(Db::Sqlite).await;
    let process = Process::start(&world, &[]).await;
    let port = process.app_url.rsplit(':').next().unwrap();
    for listening in ["127.0.0.1", "0.0.0.0"] {
        let (status, said) = health(&format!("{listening}:{port}"));
        assert_eq!(status, Some(0), "{said}");
        assert!(said.contains(r#""status":"ready""#), "{said}");
    }
    let (status, said) = health(&format!("127.0.0.1:{}", free_port()));
    assert_eq!(status, Some(1));
    assert!(
        said.contains("/readyz does not answer") && said.lines().count() == 1,
        "{said}"
    );
    assert_eq!(health("everywhere").0, Some(2));
}

#[test]
fn health_fails_while_the_process_answers_that_it_is_not_ready() {
    for (answer, expected) in [
        (
            "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 40\r\n\r\n{\"status\":\"unavailable\",\"reasons\":[\"x\"]}",
            "not ready: {\"status\":\"unavailable\"",
        ),
        ("220 mail.example ESMTP\r\n", "does not speak HTTP"),
        ("", "does not speak HTTP"),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let other = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = [0; 256];
            let read = stream.read(&mut asked).unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
            String::from_utf8_lossy(&asked[..read]).into_owned()
        });
        let (status, said) = health(&address);
        assert!(other.join().unwrap().starts_with("GET /readyz HTTP/1.0\r\n"));
        assert_eq!(status, Some(1));
        assert!(said.contains(expected), "{said}");
    }
}

async fn a_replica_of_the_older_version_starts_on_a_schema_that_went_further(db: Db) {
    let mut world = World::new(db).await;
    world
        .database
        .execute(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
             select 9999, 'of a later version', success, checksum, 0 from _sqlx_migrations where version = 1",
        )
        .await;
    world.start_second_app(|_| ()).await;
    world.send(world.request("GET", "/readyz")).await.expect(200);
    let output = run(&["migrate"], &[("DATABASE_URL", &world.database.url)]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A role of this database alone, and the URL with which it connects.
async fn role(world: &World, rights: &[&str]) -> String {
    let (_, name) = world.database.url.rsplit_once('/').unwrap();
    let role = format!("{name}_role");
    world.database.execute(&format!("create role {role} login")).await;
    for right in rights {
        world.database.execute(&format!("{right} {role}")).await;
    }
    world.database.url.replace("postgres@", &format!("{role}@"))
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn a_replica_serves_as_a_role_that_may_only_read_and_write_rows() {
    let world = World::without_app(Db::Postgres).await;
    let migrated = run(&["migrate"], &[("DATABASE_URL", &world.database.url)]);
    assert!(migrated.status.success());
    let rows = "grant select, insert, update, delete on all tables in schema public to";
    let url = role(&world, &[rows]).await;
    let process = Process::start(&world, &[("DATABASE_URL", &url)]).await;
    assert_eq!(
        health(process.app_url.strip_prefix("http://").unwrap()).0,
        Some(0)
    );
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn an_engine_without_advisory_locks_is_migrated_by_command_and_then_served() {
    let world = World::without_app(Db::Postgres).await;
    let nobody = "revoke execute on function pg_advisory_lock(bigint) from public";
    world.database.execute(nobody).await;
    let url = role(&world, &["grant create, usage on schema public to"]).await;
    let refused = run(&["migrate"], &[("DATABASE_URL", &url)]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(said.contains("pg_advisory_lock"), "{said}");
    let migrated = run(&["migrate", "--without-lock"], &[("DATABASE_URL", &url)]);
    assert!(
        migrated.status.success(),
        "{}",
        String::from_utf8_lossy(&migrated.stderr)
    );
    Process::start(&world, &[("DATABASE_URL", &url)]).await;
}
