//! What commands say of a schema that is not quite theirs.

use super::Findings;
use crate::world::{Db, lived_in};

on_both_databases!(
    an_old_schema_is_named,
    a_schema_of_a_newer_version_is_said_to_be_one,
);

async fn an_old_schema_is_named(db: Db) {
    let (world, _) = lived_in(db).await;
    world
        .database
        .execute("delete from _sqlx_migrations where version > 1")
        .await;
    let (code, findings) = Findings::of(&world, &[]).await;
    assert_eq!(code, 1);
    let failed = findings.with("fail");
    assert!(
        failed
            .iter()
            .any(|line| line.contains("migrations: the schema is older")),
        "{failed:?}"
    );
    assert!(
        failed.iter().any(|line| line.contains("/readyz answers 503")),
        "{failed:?}"
    );
    let ran = world.command(&["doctor"]).await;
    assert!(ran.out.contains("channel-connect migrate"), "{}", ran.out);
}

async fn a_schema_of_a_newer_version_is_said_to_be_one(db: Db) {
    let (world, _) = lived_in(db).await;
    world
        .database
        .execute(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
             select 9999, 'of a later version', success, checksum, execution_time
             from _sqlx_migrations
             where version = 1",
        )
        .await;
    // Migrations only add, so this version goes on; whoever wonders which one is at work is told.
    let (code, findings) = Findings::of(&world, &[]).await;
    assert_eq!(code, 0);
    let said = findings.with("ok");
    assert!(
        said.iter()
            .any(|line| line.contains("migrations: a newer version has taken the schema further")),
        "{said:?}"
    );
    world.command(&["portals", "list"]).await.expect(0);
    world.command(&["migrate"]).await.expect(0);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/test"]
async fn a_role_that_may_not_read_is_not_a_missing_schema() {
    let (world, _) = lived_in(Db::Postgres).await;
    // A view reads with its owner's rights, and this one has none.
    for statement in [
        "create schema kept",
        "alter table _sqlx_migrations set schema kept",
        "create view _sqlx_migrations as select * from kept._sqlx_migrations",
        "alter view _sqlx_migrations owner to pg_monitor",
    ] {
        world.database.execute(statement).await;
    }
    for words in [&["portals", "list"][..], &["doctor"]] {
        let ran = world.command(words).await.expect(1);
        let said = ran.said();
        assert!(
            said.contains("permission denied") && !said.contains("no schema"),
            "{said}"
        );
    }
}
