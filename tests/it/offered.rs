//! The channels that the publisher offers: what is shown, what is refused, and the welcome.

use std::time::{Duration, Instant};

use channel_connect::app::OfferedChannel;
use channel_connect::config::{Environment, offered};
use serde_json::{Value, json};

use crate::world::{CODE, Db, World};

on_both_databases!(
    an_offered_channel_is_a_card_that_connects,
    cards_are_read_in_the_language_of_the_launch,
    without_custom_codes_the_field_is_hidden_and_other_codes_are_refused,
    a_refused_card_is_what_can_be_tried_again,
    a_code_in_a_link_points_at_its_card_or_fills_the_field_and_never_connects,
    the_welcome_goes_to_who_connected_once_and_in_their_language,
    the_answer_waits_for_no_welcome_and_no_refusal_of_it_matters,
);

const JOIN: &str = "imopenlines.network.join";
const MESSAGE: &str = "imopenlines.network.message.add";

/// The second channel of the emulator, and of the example.
const SECOND: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";

/// The channels of the documented example.
pub fn example() -> Vec<OfferedChannel> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/channels.example.toml");
    of_file(file)
}

fn of_file(path: &str) -> Vec<OfferedChannel> {
    let environment: Environment = [("CHANNELS_FILE", path)].into_iter().collect();
    offered(&environment).unwrap()
}

/// The channels of a file with this text.
pub fn of_text(text: &str) -> Vec<OfferedChannel> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("channels.toml");
    std::fs::write(&file, text).unwrap();
    of_file(file.to_str().unwrap())
}

/// The app with the channels of the example.
pub async fn offering(db: Db) -> World {
    World::with(db, |config| config.rules.offered = example()).await
}

async fn an_offered_channel_is_a_card_that_connects(db: Db) {
    let world = offering(db).await;
    let page = world.post(&world.launch("acme", 1).await).await.expect(200);
    let session = page.session();
    assert!(page.body.contains("Northwind Support") && page.body.contains("Contoso Helpdesk"));
    assert!(page.body.contains("id=\"code\""), "the field is there, too");
    for code in [CODE, SECOND] {
        let form = page
            .body
            .split(&format!(
                "<form id=\"offer-{code}\" method=\"post\" action=\"/connect\">"
            ))
            .nth(1)
            .and_then(|rest| rest.split("</form>").next())
            .unwrap_or_else(|| panic!("no card for {code}: {}", page.body));
        assert!(form.contains(&format!("name=\"session\" value=\"{session}\"")));
        assert!(form.contains(&format!("name=\"code\" value=\"{code}\"")));
    }
    assert!(!page.body.contains("Connect again"));

    let page = world.connect_page(&session, CODE).await.expect(200);
    assert_eq!(page.attribute("data-slug"), "connected");
    assert!(
        page.body.contains("Connect again"),
        "the card says that it is connected"
    );
    let outcome = page.body.split("id=\"outcome\"").nth(1).unwrap();
    let outcome = outcome.split("</section>").next().unwrap();
    assert!(
        outcome.contains("Northwind Support") && !outcome.contains(CODE),
        "people know the channel by its name"
    );
    let line = page.body.split("<ul class=\"channels\">").nth(1).unwrap();
    assert!(
        line.contains("Northwind Support</span>") && line.contains(CODE),
        "the list has both"
    );
    let bot_id = page.attribute("data-bot-id");
    let chats = page.body.matches(&format!("data-dialog-id=\"{bot_id}\"")).count();
    assert_eq!(chats, 3, "the outcome, the card and the list open the chat");
}

async fn cards_are_read_in_the_language_of_the_launch(db: Db) {
    let world = offering(db).await;
    for (lang, title) in [("de", "Northwind-Kundendienst"), ("fr", "Northwind Support")] {
        let wish = json!({"portal": "acme", "user": 1, "lang": lang});
        let page = world.post(&world.launch_with(wish).await).await.expect(200);
        assert!(page.body.contains(title), "{lang}: {}", page.body);
    }
}

async fn without_custom_codes_the_field_is_hidden_and_other_codes_are_refused(db: Db) {
    let world = World::with(db, |config| {
        config.rules.offered = example();
        config.rules.offered.truncate(1);
        config.rules.custom_codes = false;
    })
    .await;
    let link = format!("https://www.bitrix24.net/oauth/select/?preset=im&IM_DIALOG=networkLines{SECOND}");
    let wish = json!({"portal": "acme", "user": 1, "placement_options": {"code": link}});
    let page = world.post(&world.launch_with(wish).await).await.expect(200);
    assert!(!page.body.contains("id=\"code\"") && !page.body.contains(SECOND));
    let session = page.session();
    world.forget_calls().await;
    for foreign in [SECOND, &link] {
        let refused = world.connect(&session, foreign).await.expect(422);
        assert_eq!(refused.slug(), "refused");
        assert_eq!(refused.json()["retry"], false);
        let page = world.connect_page(&session, foreign).await.expect(422);
        assert_eq!(page.attribute("data-slug"), "refused");
        assert!(
            !page.body.contains("type=\"submit\" form="),
            "nothing to try again"
        );
    }
    assert_eq!(
        world.connect(&session, "no code").await.expect(422).slug(),
        "invalid_code"
    );
    assert_eq!(world.called().await, [""; 0], "nothing was sent");
    world.connect(&session, CODE).await.expect(200);
}

async fn a_refused_card_is_what_can_be_tried_again(db: Db) {
    let gone = "0123456789abcdef".repeat(2);
    let file = format!(
        "[[channels]]\ncode = \"{CODE}\"\ntitle = \"Here\"\n[[channels]]\ncode = \"{gone}\"\ntitle = \"Gone\"\n"
    );
    let world = World::with(db, |config| config.rules.offered = of_text(&file)).await;
    let session = world.open("acme", 1).await;
    world
        .faults(json!([{"on": JOIN, "do": "error", "status": 400, "error": "NETWORK_ERROR"}]))
        .await;
    let page = world.connect_page(&session, CODE).await.expect(422);
    assert_eq!(page.attribute("data-slug"), "refused");
    assert!(
        page.body
            .contains(&format!("type=\"submit\" form=\"offer-{CODE}\"")),
        "{}",
        page.body
    );
    assert!(
        !page.body.contains(&format!("type=\"text\" value=\"{CODE}\"")),
        "nobody typed it"
    );
    world.faults(json!([])).await;
    world.connect_page(&session, CODE).await.expect(200);

    let refused = world.connect(&session, &gone).await.expect(422);
    assert_eq!(refused.slug(), "not_found");
    let message = refused.json()["message"].as_str().unwrap().to_owned();
    assert!(
        message.contains("any more"),
        "not the person's code to check: {message}"
    );
    let page = world.connect_page(&session, &gone).await.expect(422);
    assert!(page.body.contains("class=\"offer wanted\"") && !page.body.contains("aria-invalid"));
}

async fn a_code_in_a_link_points_at_its_card_or_fills_the_field_and_never_connects(db: Db) {
    let world = World::with(db, |config| {
        config.rules.offered = example();
        config.rules.offered.truncate(1);
    })
    .await;
    let link =
        |code: &str| format!("https://www.bitrix24.net/oauth/select/?preset=im&IM_DIALOG=networkLines{code}");
    for (options, placement, field, wanted) in [
        (json!({"code": SECOND}), "DEFAULT", SECOND, false),
        (json!({"code": link(SECOND)}), "DEFAULT", SECOND, false),
        (
            json!({"code": SECOND.to_uppercase(), "URI": "/x"}),
            "REST_APP_URI",
            SECOND,
            false,
        ),
        (json!({"code": CODE}), "DEFAULT", "", true),
        (json!({"code": link(CODE)}), "DEFAULT", "", true),
        (
            json!({"code": CODE, "URI": "/marketplace/view/app/"}),
            "REST_APP_URI",
            "",
            true,
        ),
        (json!({"code": "Call 555 0100 to win"}), "DEFAULT", "", false),
        (json!({"code": format!("{CODE} {SECOND}")}), "DEFAULT", "", false),
        (json!({"code": [CODE]}), "DEFAULT", "", false),
        (json!({"code": {"code": CODE}}), "REST_APP_URI", "", false),
        (json!([CODE]), "DEFAULT", "", false),
        (json!("\u{0}"), "DEFAULT", "", false),
    ] {
        let wish = json!({"portal": "acme", "user": 1, "placement": placement, "placement_options": options});
        let page = world.post(&world.launch_with(wish).await).await.expect(200);
        let shown = format!("id=\"code\" name=\"code\" type=\"text\" value=\"{field}\"");
        assert!(page.body.contains(&shown), "{options}: {}", page.body);
        assert_eq!(page.body.contains("class=\"offer wanted\""), wanted, "{options}");
        assert!(!page.body.contains("555 0100"));
    }
    assert!(
        !world.called().await.contains(&JOIN.to_owned()),
        "nothing connects by itself"
    );
}

/// The welcomes that were sent, once there are so many; none may follow.
async fn welcomes(world: &World, count: usize) -> Vec<Value> {
    let mut last_look = false;
    for _ in 0..300 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let calls = world.calls().await;
        let sent = calls
            .iter()
            .filter(|call| call.method == MESSAGE && call.status.is_some());
        let sent: Vec<_> = sent.map(|call| call.params.clone()).collect();
        if sent.len() >= count && last_look {
            return sent;
        }
        last_look = sent.len() >= count;
    }
    panic!("no {count} welcomes were sent");
}

async fn the_welcome_goes_to_who_connected_once_and_in_their_language(db: Db) {
    let world = offering(db).await;
    let admin = world.open("acme", 1).await;
    let wish = json!({"portal": "acme", "user": 2, "lang": "de"});
    let clerk = world
        .post(&world.launch_with(wish).await)
        .await
        .expect(200)
        .session();
    world.forget_calls().await;
    let answer = world.connect(&admin, CODE).await.expect(200);
    assert_eq!(answer.json()["status"], "connected");
    let sent = welcomes(&world, 1).await;
    assert_eq!(sent[0]["CODE"], CODE);
    assert_eq!(sent[0]["USER_ID"].to_string().trim_matches('"'), "1");
    assert_eq!(sent[0]["MESSAGE"], "Welcome! Write here whenever you need us.");
    world.connect(&admin, CODE).await.expect(200);
    welcomes(&world, 1).await;
    world.connect(&clerk, CODE).await.expect(200);
    let sent = welcomes(&world, 2).await;
    assert_eq!(sent.len(), 2, "who pressed again was welcomed before");
    assert!(sent[1]["MESSAGE"].as_str().unwrap().starts_with("Willkommen!"));
    assert_eq!(sent[1]["USER_ID"].to_string().trim_matches('"'), "2");
    world.connect(&clerk, SECOND).await.expect(200);
    assert_eq!(
        welcomes(&world, 2).await.len(),
        2,
        "the second channel has no welcome"
    );
}

async fn the_answer_waits_for_no_welcome_and_no_refusal_of_it_matters(db: Db) {
    let file = format!(
        "[[channels]]\ncode = \"{CODE}\"\ntitle = \"A\"\nwelcome_message = \"Hello from A\"\n\
         [[channels]]\ncode = \"{SECOND}\"\ntitle = \"B\"\nwelcome_message = \"Hello from B\"\n"
    );
    let world = World::with(db, |config| config.rules.offered = of_text(&file)).await;
    let session = world.open("acme", 1).await;
    world
        .faults(json!([{"on": MESSAGE, "nth": 1, "do": "delay", "ms": 4000}]))
        .await;
    let pressed = Instant::now();
    world.connect(&session, CODE).await.expect(200);
    assert!(
        pressed.elapsed() < Duration::from_secs(3),
        "the answer did not wait"
    );
    assert_eq!(welcomes(&world, 1).await.len(), 1);
    // One message a week for each person: the platform refuses the second.
    let page = world.connect_page(&session, SECOND).await.expect(200);
    assert_eq!(page.attribute("data-slug"), "connected");
    let sent = welcomes(&world, 2).await;
    assert_eq!(sent[1]["CODE"], SECOND);
    let calls = world.calls().await;
    let refused = calls.iter().rfind(|call| call.method == MESSAGE);
    assert_eq!(refused.unwrap().status, Some(400));
    let outcomes = "select count(*) from connections where last_outcome = 'connected'";
    assert_eq!(world.database.number(outcomes).await, 2);
}

#[test]
fn the_readme_shows_the_example_as_it_is() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let example = std::fs::read_to_string(root.join("docs/channels.example.toml")).unwrap();
    let (_, shown) = readme.split_once("```toml\n").unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    assert!(example.ends_with(shown), "README.md shows another example");
}
