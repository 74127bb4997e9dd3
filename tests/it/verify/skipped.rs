//! What `verify` does not try, and why: never silently.

use serde_json::json;

use super::Outcomes;
use crate::world::{Db, World, lived_in};

on_both_databases!(
    what_is_not_given_is_skipped_and_says_so,
    the_target_is_enough_of_a_setting_on_loopback,
    a_foreign_token_that_is_none_is_said_to_be_none,
    a_deployment_that_nobody_has_opened_is_tried_as_far_as_it_goes,
    while_bitrix24_cannot_be_asked_nothing_is_claimed,
    an_expired_token_shows_nothing_of_another_portals,
);

async fn what_is_not_given_is_skipped_and_says_so(db: Db) {
    let (world, member_id) = lived_in(db).await;
    let target = world.app_url.clone();
    let ran = world
        .command(&["verify", "--target", &target, "--json"])
        .await
        .expect(0);
    let outcomes = Outcomes::of(&ran);
    let skipped = ["another app's token", "plain http", "replayed uninstall"];
    assert_eq!(outcomes.with("skipped"), skipped, "{}", outcomes.shown());
    assert!(
        outcomes
            .says("another app's token")
            .contains("--foreign-token TOKEN")
    );
    assert!(outcomes.says("replayed uninstall").contains("--replay MEMBER_ID"));
    assert!(outcomes.says("plain http").contains("loopback"));

    let words = [
        "verify",
        "--target",
        &target,
        "--without-database",
        "--replay",
        &member_id,
    ];
    let ran = world.command(&words).await.expect(0);
    assert_eq!(
        ran.out.matches("--without-database was given").count(),
        5,
        "{}",
        ran.out
    );
    assert!(ran.out.contains("held     forged launch"), "{}", ran.out);
}

async fn the_target_is_enough_of_a_setting_on_loopback(db: Db) {
    let (world, _) = lived_in(db).await;
    let target = world.app_url.clone();
    let nothing = [
        "BITRIX24_CLIENT_ID",
        "BITRIX24_CLIENT_SECRET",
        "BITRIX24_OAUTH_URL",
    ]
    .map(|name| (name, None));
    let nothing = [
        &nothing[..],
        &[
            ("DATABASE_URL", None),
            ("ENCRYPTION_KEYS", None),
            ("PUBLIC_URL", None),
        ],
    ];
    let words = [
        "verify",
        "--target",
        &target,
        "--foreign-token",
        "5ec2e7foreign",
        "--json",
    ];
    let ran = world.command_with(&nothing.concat(), &words).await.expect(0);
    let outcomes = Outcomes::of(&ran);
    assert!(
        outcomes.says("swapped member_id").contains("DATABASE_URL"),
        "{}",
        outcomes.shown()
    );
    assert!(
        outcomes
            .says("another app's token")
            .contains("BITRIX24_CLIENT_ID"),
        "{}",
        outcomes.shown()
    );
}

async fn a_foreign_token_that_is_none_is_said_to_be_none(db: Db) {
    let (world, _) = lived_in(db).await;
    let target = world.app_url.clone();
    let ours = world.launch("acme", 1).await.body["AUTH_ID"].clone();
    for (token, why) in [(ours.as_str(), "of this app"), ("5ec2e7unknown", "does not know")] {
        let words = ["verify", "--target", &target, "--foreign-token", token, "--json"];
        let outcomes = Outcomes::of(&world.command(&words).await.expect(0));
        assert!(
            outcomes.says("another app's token").contains(why),
            "{}",
            outcomes.shown()
        );
    }
}

async fn a_deployment_that_nobody_has_opened_is_tried_as_far_as_it_goes(db: Db) {
    let world = World::new(db).await;
    let nobody = "0".repeat(32);
    let words = [
        "verify",
        "--target",
        &world.app_url,
        "--replay",
        &nobody,
        "--json",
    ];
    let outcomes = Outcomes::of(&world.command(&words).await.expect(0));
    let skipped = [
        "another app's token",
        "forged uninstall, known portal",
        "plain http",
        "replayed uninstall",
        "session of another portal",
        "swapped member_id",
    ];
    assert_eq!(outcomes.with("skipped"), skipped, "{}", outcomes.shown());
    assert!(
        outcomes
            .says("replayed uninstall")
            .contains("no application_token")
    );
    assert!(outcomes.says("swapped member_id").contains("open the app once"));
    assert_eq!(world.database.rows().await, 0);
}

async fn while_bitrix24_cannot_be_asked_nothing_is_claimed(db: Db) {
    let (world, _) = lived_in(db).await;
    world
        .faults(json!([{"on": "app.info", "do": "html", "times": 100}]))
        .await;
    let words = ["verify", "--target", &world.app_url, "--json"];
    let outcomes = Outcomes::of(&world.command(&words).await.expect(0));
    for attempt in ["forged launch", "swapped member_id", "hostile DOMAIN"] {
        assert!(
            outcomes.says(attempt).contains("answered with 503"),
            "{}",
            outcomes.shown()
        );
    }
}

async fn an_expired_token_shows_nothing_of_another_portals(db: Db) {
    let (world, _) = lived_in(db).await;
    world.expire("acme").await;
    let words = ["verify", "--target", &world.app_url, "--json"];
    let outcomes = Outcomes::of(&world.command(&words).await.expect(0));
    assert!(
        outcomes.says("swapped member_id").contains("has expired"),
        "{}",
        outcomes.shown()
    );
}
