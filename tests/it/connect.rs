//! The button: what happens between a press and its answer.

use serde_json::json;

use crate::world::{CODE, Db, World};

on_both_databases!(
    opens_and_connects,
    an_expired_token_is_refreshed_once_and_the_call_repeated
);

async fn opens_and_connects(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    let answer = world.connect(&session, CODE).await.expect(200).json();
    assert_eq!(answer["status"], "connected");
    assert_eq!(answer["code"], CODE);
    let bot_id = answer["bot_id"].as_i64().unwrap();
    let link = format!("{}/online/?IM_DIALOG={bot_id}", world.emulator.portal_url("acme"));
    assert_eq!(answer["dialog_url"], json!(link));
    assert_eq!(
        world.called().await,
        ["app.info", "profile", "imopenlines.network.join"]
    );
    let row = "select bot_id from connections where last_outcome = 'connected' and user_id = 1";
    assert_eq!(world.database.number(row).await, bot_id);
}

async fn an_expired_token_is_refreshed_once_and_the_call_repeated(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    world.forget_calls().await;
    world.connect(&session, CODE).await.expect(200);
    assert_eq!(
        world.called().await,
        ["imopenlines.network.join", "token", "imopenlines.network.join"]
    );
    world.forget_calls().await;
    world.connect(&session, CODE).await.expect(200);
    assert_eq!(
        world.called().await,
        ["imopenlines.network.join"],
        "the new pair was kept"
    );
}
