//! The checker of invariants finds what it is there to find: each lie is put into the database, and is seen.

use serde_json::json;

use crate::world::{Db, Told, World};

on_both_databases!(
    honest_life_violates_nothing,
    every_violation_is_found,
    a_second_refresh_is_found,
);

async fn honest_life_violates_nothing(db: Db) {
    let world = World::new(db).await;
    let mut told = Told::default();
    world.install("acme").await;
    let session = told.open(&world, "acme", 1).await;
    told.press(&world, "acme", &session).await.expect(200);
    world.expire("acme").await;
    told.press(&world, "acme", &session).await.expect(200);
    assert!(
        told.event(&world, json!({"portal": "acme", "event": "ONAPPUPDATE"}))
            .await
    );
    told.open(&world, "globex", 1).await;
    world.expect_invariants(&told).await;
    world
        .faults(json!([{"on": "token", "do": "rotate_then_drop", "times": 2}]))
        .await;
    world.expire("acme").await;
    told.recovers(&world, "acme", 1, &session).await;
    world.expect_invariants(&told).await;
}

async fn every_violation_is_found(db: Db) {
    let world = World::new(db).await;
    let mut told = Told::default();
    let session = told.open(&world, "acme", 1).await;
    told.press(&world, "acme", &session).await.expect(200);
    world.expect_invariants(&told).await;
    for (lie, undo, word) in [
        (
            "update credentials set state = 'revoked'",
            "update credentials set state = 'live'",
            "is called revoked",
        ),
        (
            "update credentials set state = 'lost'",
            "update credentials set state = 'live'",
            "is called lost",
        ),
        (
            "update connections set bot_id = bot_id + 1",
            "update connections set bot_id = bot_id - 1",
            "that nobody joined",
        ),
        (
            "update portals set gone_at = 1",
            "update portals set gone_at = null",
            "not as it is said",
        ),
    ] {
        world.database.execute(lie).await;
        let found = world.violations(&told).await.join("\n");
        assert!(found.contains(word), "{lie}: {found}");
        world.database.execute(undo).await;
        assert_eq!(world.violations(&told).await, [""; 0]);
    }
    told.events += 1;
    let found = world.violations(&told).await.join("\n");
    assert!(found.contains("0 events kept, 1 acknowledged"), "{found}");
    told.events = 0;
    // A refresh whose pair is thrown away: what is stored is spent.
    world
        .database
        .execute("create table kept as select * from credentials")
        .await;
    world.expire("acme").await;
    told.press(&world, "acme", &session).await.expect(200);
    let back = "update credentials set tokens = (select tokens from kept)";
    world.database.execute(back).await;
    let found = world.violations(&told).await.join("\n");
    assert!(found.contains("its token is spent"), "{found}");
    // Everything of that user is gone.
    world.database.execute("delete from credentials").await;
    world.database.execute("delete from connections").await;
    let found = world.violations(&told).await.join("\n");
    assert!(found.contains("has opened the app and is not known"), "{found}");
    assert!(found.contains("a connection that is not recorded"), "{found}");
}

/// The authorization server's answer arrived, and the same token is sent again.
async fn a_second_refresh_is_found(db: Db) {
    let world = World::new(db).await;
    let mut told = Told::default();
    let session = told.open(&world, "acme", 1).await;
    world
        .database
        .execute("create table kept as select * from credentials")
        .await;
    world.expire("acme").await;
    told.press(&world, "acme", &session).await.expect(200);
    let back = "update credentials set tokens = (select tokens from kept)";
    world.database.execute(back).await;
    world.expire("acme").await;
    told.press(&world, "acme", &session).await.expect(401);
    let found = world.violations(&told).await.join("\n");
    assert!(
        found.contains("1 refreshes of tokens whose refresh was answered"),
        "{found}"
    );
    assert!(found.contains("is called revoked"), "{found}");
    told.refreshes_unanswered = 1;
    let found = world.violations(&told).await.join("\n");
    assert!(!found.contains("refreshes of tokens"), "{found}");
}
