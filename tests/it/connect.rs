//! The button: what happens between a press and its answer.

use serde_json::json;

use crate::world::{CODE, Db, World};

on_both_databases!(
    opens_and_connects,
    an_expired_token_is_refreshed_once_and_the_call_repeated,
    a_renamed_portal_is_found_through_the_authorization_server_and_remembered,
    rename_and_expiry_may_hit_one_call_together,
    two_users_of_one_portal_keep_their_own_tokens,
    two_portals_see_only_their_own_connections,
    a_pasted_link_in_each_form_connects,
    what_is_no_code_never_leaves_the_process,
    a_long_paste_that_was_refused_can_be_tried_again,
    connecting_twice_is_one_connection,
    only_administrators_connect_when_the_publisher_says_so,
);

const JOIN: &str = "imopenlines.network.join";

async fn opens_and_connects(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    let answer = world.connect(&session, CODE).await.expect(200).json();
    assert_eq!(answer["status"], "connected");
    assert_eq!(answer["code"], CODE);
    let bot_id = answer["bot_id"].as_i64().unwrap();
    let link = format!("{}/online/?IM_DIALOG={bot_id}", world.emulator.portal_url("acme"));
    assert_eq!(answer["dialog_url"], json!(link));
    assert_eq!(world.called().await, ["app.info", "profile", JOIN]);
    let row = "select bot_id from connections where last_outcome = 'connected' and user_id = 1";
    assert_eq!(world.database.number(row).await, bot_id);

    let page = world.connect_page(&session, CODE).await.expect(200);
    assert_eq!(page.attribute("data-slug"), "connected");
    assert_eq!(page.attribute("data-bot-id"), bot_id.to_string());
    assert_eq!(page.frame_ancestors(), world.emulator.portal_url("acme"));
    assert_eq!(page.session(), session, "the page keeps its session");
}

async fn an_expired_token_is_refreshed_once_and_the_call_repeated(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world.expire("acme").await;
    world.forget_calls().await;
    world.connect(&session, CODE).await.expect(200);
    assert_eq!(world.called().await, [JOIN, "token", JOIN]);
    let calls = world.calls().await;
    assert_eq!(
        calls[0].params["CODE"], calls[2].params["CODE"],
        "the same parameters"
    );
    assert_ne!(calls[0].params["auth"], calls[2].params["auth"]);
    world.forget_calls().await;
    world.connect(&session, CODE).await.expect(200);
    assert_eq!(world.called().await, [JOIN], "the new pair was kept");
}

async fn a_renamed_portal_is_found_through_the_authorization_server_and_remembered(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world
        .control("rename", json!({"portal": "acme", "to": "umbrella"}))
        .await;
    world.forget_calls().await;
    let answer = world.connect(&session, CODE).await.expect(200).json();
    assert!(
        answer["dialog_url"]
            .as_str()
            .unwrap()
            .starts_with(&world.emulator.portal_url("umbrella"))
    );
    let calls = world.calls().await;
    let seen: Vec<_> = calls
        .iter()
        .map(|call| (call.method.as_str(), call.status))
        .collect();
    assert_eq!(
        seen,
        [(JOIN, Some(302)), ("app.info", Some(200)), (JOIN, Some(200))]
    );
    assert!(calls[2].host.starts_with("umbrella.localhost"));
    world.forget_calls().await;
    world.connect(&session, CODE).await.expect(200);
    assert_eq!(world.called().await, [JOIN], "the new address was remembered");
}

async fn rename_and_expiry_may_hit_one_call_together(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world
        .control("rename", json!({"portal": "acme", "to": "umbrella"}))
        .await;
    world.expire("acme").await;
    world.forget_calls().await;
    world.connect(&session, CODE).await.expect(200);
    assert_eq!(world.called().await, [JOIN, "app.info", "token", JOIN]);
    world.forget_calls().await;
    world.connect(&session, CODE).await.expect(200);
    assert_eq!(world.called().await, [JOIN]);
}

async fn two_users_of_one_portal_keep_their_own_tokens(db: Db) {
    let world = World::new(db).await;
    let (admin, clerk) = (world.launch("acme", 1).await, world.launch("acme", 2).await);
    let admin_session = world.post(&admin).await.expect(200).session();
    let clerk_session = world.post(&clerk).await.expect(200).session();
    world.forget_calls().await;
    world.connect(&clerk_session, CODE).await.expect(200);
    world.connect(&admin_session, CODE).await.expect(200);
    let calls = world.calls().await;
    assert_eq!(calls[0].params["auth"], json!(clerk.body["AUTH_ID"]));
    assert_eq!(calls[1].params["auth"], json!(admin.body["AUTH_ID"]));

    world
        .control("revoke", json!({"portal": "acme", "user": 2}))
        .await;
    world.forget_calls().await;
    let refused = world.connect(&clerk_session, CODE).await.expect(401);
    assert_eq!(refused.slug(), "reopen_app");
    assert!(
        world
            .calls()
            .await
            .iter()
            .all(|call| call.params["auth"] != json!(admin.body["AUTH_ID"])),
        "never silently somebody else's token"
    );
    world.connect(&admin_session, CODE).await.expect(200);
}

async fn two_portals_see_only_their_own_connections(db: Db) {
    let world = World::new(db).await;
    let (acme, globex) = (world.open("acme", 1).await, world.open("globex", 1).await);
    world.connect(&acme, CODE).await.expect(200);
    let page = world.connect_page(&globex, "not a code").await.expect(422);
    assert!(!page.body.contains(CODE), "globex has connected nothing");
    let page = world.connect_page(&acme, "not a code").await.expect(422);
    assert!(page.body.contains(CODE));
}

async fn a_pasted_link_in_each_form_connects(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    let link = format!("https://www.bitrix24.net/oauth/select/?preset=im&IM_DIALOG=networkLines{CODE}");
    for pasted in [
        CODE.to_uppercase(),
        format!(" \u{200b}{CODE} \n"),
        format!("networkLines{CODE}"),
        link.replace("www.", "auth2."),
        link.replace("www.bitrix24.net", "auth2.bitrix24.by"),
        link.replace('&', "&amp;"),
        link.replace(':', "%3A").replace('/', "%2F").replace('&', "%26"),
        format!("\"{}\"", link.to_uppercase()),
        format!("https://acme.bitrix24.com/online/?IM_DIALOG=networkLines{CODE}"),
    ] {
        world.forget_calls().await;
        let answer = world.connect(&session, &pasted).await.expect(200);
        assert_eq!(answer.json()["code"], CODE, "{pasted}");
        assert_eq!(world.calls().await[0].params["CODE"], CODE, "{pasted}");
    }
}

async fn what_is_no_code_never_leaves_the_process(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    world.forget_calls().await;
    let other = CODE.replace('0', "1");
    for pasted in [
        "Northwind Support, the channel!!",
        "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "",
        &CODE[1..],
        &format!("{CODE}0"),
        &format!("{} {}", &CODE[..16], &CODE[16..]),
        &format!("networkLines{CODE} networkLines{other}"),
    ] {
        let answer = world.connect(&session, pasted).await.expect(422);
        assert_eq!(answer.slug(), "invalid_code", "{pasted}");
        assert_eq!(answer.json()["retry"], false);
    }
    assert_eq!(world.called().await, [""; 0], "nothing was sent");
}

async fn a_long_paste_that_was_refused_can_be_tried_again(db: Db) {
    let world = World::new(db).await;
    let session = world.open("acme", 1).await;
    let refusal = json!([{"on": JOIN, "do": "error", "status": 400, "error": "NETWORK_ERROR"}]);
    world.faults(refusal).await;
    let letter = format!(
        "{}networkLines{CODE}",
        "Dear customer, here is our chat. ".repeat(20)
    );
    let page = world.connect_page(&session, &letter).await.expect(422);
    assert_eq!(page.slug(), "refused");
    let field = page.body.split("id=\"code\"").nth(1).unwrap();
    let field = field.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    world.connect_page(&session, field).await.expect(200);
}

async fn connecting_twice_is_one_connection(db: Db) {
    let world = World::new(db).await;
    let (first, second) = (world.open("acme", 1).await, world.open("acme", 2).await);
    let one = world.connect(&first, CODE).await.expect(200).json();
    let two = world.connect(&second, CODE).await.expect(200).json();
    assert_eq!(one["bot_id"], two["bot_id"]);
    assert_eq!(world.database.number("select count(*) from connections").await, 1);
    assert_eq!(world.database.number("select user_id from connections").await, 2);
}

async fn only_administrators_connect_when_the_publisher_says_so(db: Db) {
    use channel_connect::app::ConnectPolicy;
    let world = World::with(db, |config| config.rules.connect_policy = ConnectPolicy::Admins).await;
    let (admin, clerk) = (world.open("acme", 1).await, world.open("acme", 2).await);
    world.forget_calls().await;
    let refused = world.connect(&clerk, CODE).await.expect(403);
    assert_eq!(refused.slug(), "not_admin");
    assert_eq!(
        world.called().await,
        ["profile"],
        "the portal was asked, and nothing was joined"
    );
    world.connect(&admin, CODE).await.expect(200);
}
