//! Bitrix24's own answers, with secrets in them: refusals that quote a token, pages of HTML, redirects that carry one
//! along, results of another shape.

use serde_json::{Value, json};

use super::flock::Flock;
use crate::world::{CODE, World};

/// Whatever the app calls.
const METHODS: [&str; 6] = [
    "token",
    "app.info",
    "profile",
    "batch",
    "imopenlines.network.join",
    "imopenlines.network.message.add",
];

/// One answer of each shape, with a secret in every place.
fn shapes(flock: &Flock, on: &str, portal: &str) -> Vec<Value> {
    let at = |place: &str| flock.at(format!("answer of {on}: {place}"));
    let error = |error: Value, status: u16| json!({"on": on, "do": "error", "status": status, "error": error, "error_description": at("error_description")});
    let body = |status: u16, body: Value| json!({"on": on, "do": "status", "status": status, "body": body});
    let redirect = |location: String| json!({"on": on, "do": "redirect", "location": location});
    vec![
        error(json!(at("error")), 400),
        error(json!(at("error with 200")), 200),
        error(json!(at("error with 503")), 503),
        error(
            json!({"code": at("error.code"), "message": at("error.message")}),
            400,
        ),
        error(json!("expired_token"), 401),
        error(json!("invalid_grant"), 400),
        error(json!("NOT_INSTALLED"), 401),
        error(json!("INVALID_REQUEST"), 400),
        json!({"on": on, "do": "html", "status": 502, "body": format!("<html>{}</html>", at("HTML"))}),
        json!({"on": on, "do": "garbage", "body": format!("{{\"auth\": {}", at("no JSON"))}),
        body(
            200,
            json!({"access_token": at("access_token"), "refresh_token": at("refresh_token")}),
        ),
        body(200, json!({"result": at("result")})),
        body(
            200,
            json!({"result": {at("name of a field"): at("value of a field")}}),
        ),
        body(
            200,
            json!({"result": {"result_error": {"bind_ONAPPINSTALL": {"error": at("an error in a batch")}}, "result": []}}),
        ),
        body(418, json!([at("list"), {"auth": [at("in a list")]}])),
        redirect(format!("http://{}.localhost:1/rest/", at("redirect to a host"))),
        redirect(format!(
            "{portal}/{}?auth={}",
            at("redirect to a path"),
            at("redirect with a query")
        )),
        redirect(format!("http://{}:x@acme.localhost/", at("redirect with a user"))),
    ]
}

/// Lets every method answer in every shape, and does what leads to its being called.
pub async fn of_every_method(world: &World, flock: &Flock) {
    let portal = world.emulator.portal_url("acme");
    for method in METHODS {
        for shape in shapes(flock, method, &portal) {
            let session = world.open("acme", 1).await;
            world.expire("acme").await;
            world.faults(json!([shape])).await;
            for accept in ["text/html", "application/json"] {
                let form = [("session", &*session), ("code", CODE)];
                let request = world
                    .request("POST", "/connect")
                    .form(&form)
                    .header("accept", accept);
                flock.send(world, "a connect", request).await;
            }
            world.faults(json!([shape])).await;
            let wish = json!({"portal": "acme", "user": 1, "install": true});
            let answer = world.post(&world.launch_with(wish).await).await;
            flock.saw_answer("an installation", &answer);
            world.faults(json!([shape])).await;
            flock.saw_answer("a sign-in", &world.visitor().sign_in(&portal, 1).await);
            world.faults(json!([])).await;
        }
    }
}
