//! The world a story is told in: an emulator, the app in this process, a database of its own.

use std::sync::Arc;
use std::time::Duration;

use bitrix24_emulator::{Emulator, Options};
use channel_connect::config::{Config, Environment};
use channel_connect::service::Service;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

mod answers;
mod collector;
mod command;
mod database;
mod front;
mod invariants;
mod logs;
mod overheard;
mod postgres;
mod process;
mod raw;
mod relay;
mod routes;
mod tapped;
mod time;
mod told;
mod visitor;
mod wire;

pub use answers::{Answer, Call};
pub use collector::{Collector, Recorded};
pub use command::{Ran, exit_code, lived_in, run_in, serve_answer, signal, until};
pub use database::{Database, Db, sqlite};
pub use front::{Authority, Front, Manner};
pub use overheard::{Overheard, overhear};
pub use postgres::Server;
pub use process::{Process, free_port};
pub use relay::Relay;
pub use routes::routes;
pub use tapped::Tapped;
pub use time::MovedClock;
pub use told::Told;
pub use visitor::{parameter, with_parameter};
pub use wire::{Dns, Trap, serve_bytes};

/// A secret that no log may ever show; shares its beginning with the emulator's tokens.
pub const CLIENT_SECRET: &str = "5ec2e75ec2e7c11e47";

/// The key id makes sealed sessions recognisable in logs: they all begin with its header.
pub const KEYS: &str = "canary-key:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// The channel that the emulator offers from the start.
pub const CODE: &str = bitrix24_emulator::DEFAULT_CODE;

pub struct World {
    pub emulator: Arc<Emulator>,
    pub database: Database,
    pub app_url: String,
    http: reqwest::Client,
    running: Vec<Running>,
}

/// Dropped with the world, which is what tells the app to end.
struct Running {
    _stop: oneshot::Sender<()>,
    _served: JoinHandle<()>,
}

impl World {
    /// Emulator and app with everything as it comes.
    pub async fn new(db: Db) -> Self {
        Self::with(db, |_| ()).await
    }

    /// The same, with changes to the configuration.
    pub async fn with(db: Db, change: impl FnOnce(&mut Config)) -> Self {
        let mut world = Self::without_app(db).await;
        world.start_app(change).await;
        world
    }

    /// An emulator and a database; the app is still to be started.
    pub async fn without_app(db: Db) -> Self {
        logs::keep();
        let options = Options {
            client_secret: CLIENT_SECRET.into(),
            ..Options::default()
        };
        let emulator = Arc::new(Emulator::start(options).await.unwrap());
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            // As proxies are told: for less than the app keeps a connection between two requests.
            .pool_idle_timeout(Duration::from_secs(5))
            .build()
            .unwrap();
        Self {
            emulator,
            database: Database::new(db).await,
            app_url: String::new(),
            http,
            running: Vec::new(),
        }
    }

    /// What an operator would set.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("BITRIX24_CLIENT_ID", Options::default().client_id),
            ("BITRIX24_CLIENT_SECRET", CLIENT_SECRET.into()),
            ("BITRIX24_OAUTH_URL", self.emulator.oauth_url()),
            (
                "BITRIX24_JS_URL",
                format!("{}/api/v1/", self.emulator.control_url()),
            ),
            ("DATABASE_URL", self.database.url.clone()),
            ("ENCRYPTION_KEYS", KEYS.into()),
            ("DEVELOPMENT", "true".into()),
        ]
    }

    /// Starts the app in this process; the emulator's launches go to it from now on.
    pub async fn start_app(&mut self, change: impl FnOnce(&mut Config)) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let app_url = format!("http://{}", listener.local_addr().unwrap());
        let settings = self
            .environment()
            .into_iter()
            .chain([("PUBLIC_URL", app_url.clone())]);
        let mut config = Config::read(&settings.collect::<Environment>()).unwrap();
        change(&mut config);
        let service = Service::assemble(config).await.unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let served = tokio::spawn(async move {
            service
                .serve(listener, async { drop(stopped.await) })
                .await
                .unwrap();
        });
        self.turn_to(&app_url);
        self.running.push(Running {
            _stop: stop,
            _served: served,
        });
    }

    /// Lets the emulator's launches and this world's requests go to another app.
    pub fn turn_to(&mut self, app_url: &str) {
        self.emulator.set_app_url(app_url);
        app_url.clone_into(&mut self.app_url);
    }

    /// Starts another replica on the same database; the first goes on, launches go to the new one.
    pub async fn start_second_app(&mut self, change: impl FnOnce(&mut Config)) {
        self.start_app(change).await;
    }

    /// Opens the installer for the administrator, which binds everything, and finishes it without a word of the
    /// platform.
    pub async fn install(&self, portal: &str) {
        let wish = json!({"portal": portal, "user": 1, "install": true});
        self.post(&self.launch_with(wish).await).await.expect(200);
        self.control("install", json!({"portal": portal, "deliver": false}))
            .await;
    }

    /// Waits until a query gives a number.
    pub async fn becomes(&self, query: &str, number: i64) {
        let mut seen = None;
        for _ in 0..160 {
            seen = Some(self.database.number(query).await);
            if seen == Some(number) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{query} is {seen:?}, not {number}");
    }

    /// Waits until no event is left to be worked on.
    pub async fn inbox_is_empty(&self) {
        self.becomes("select count(*) from events where state = 'waiting'", 0)
            .await;
    }

    /// Lets whatever waits in the inbox be due now.
    pub async fn hurry_events(&self) {
        self.database
            .execute("update events set due_at = 0 where state = 'waiting'")
            .await;
    }

    /// Calls the emulator's control API.
    pub async fn control(&self, deed: &str, body: Value) -> Value {
        let url = format!("{}/_emulator/{deed}", self.emulator.control_url());
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert_eq!(status, StatusCode::OK, "{deed} {body}: {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Something that the emulator's control API shows.
    pub async fn look(&self, name: &str) -> Value {
        let url = format!("{}/_emulator/{name}", self.emulator.control_url());
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// The emulator's state.
    pub async fn state(&self) -> Value {
        let url = format!("{}/_emulator/state", self.emulator.control_url());
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// Every call that crossed the wire since the last [`World::forget_calls`].
    pub async fn calls(&self) -> Vec<Call> {
        let url = format!("{}/_emulator/calls", self.emulator.control_url());
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// Names of the calls, in order.
    pub async fn called(&self) -> Vec<String> {
        self.calls().await.into_iter().map(|call| call.method).collect()
    }

    pub async fn forget_calls(&self) {
        let url = format!("{}/_emulator/calls", self.emulator.control_url());
        self.http
            .delete(url)
            .send()
            .await
            .unwrap()
            .error_for_status()
            .unwrap();
    }

    /// What the portal would post for this user, fresh tokens included.
    pub async fn launch(&self, portal: &str, user: i64) -> Launch {
        self.launch_with(json!({"portal": portal, "user": user})).await
    }

    pub async fn launch_with(&self, wish: Value) -> Launch {
        serde_json::from_value(self.control("launch", wish).await).unwrap()
    }

    /// Posts a launch to the app as the portal's page does.
    pub async fn post(&self, launch: &Launch) -> Answer {
        self.send(self.http.post(&launch.url).form(&launch.body)).await
    }

    /// Posts a form from a browser that asks for a language.
    pub async fn post_in(&self, language: &str, url: &str, form: &impl serde::Serialize) -> Answer {
        let request = self.http.post(url).header("accept-language", language);
        self.send(request.form(form)).await
    }

    /// Opens the app for a user and gives the session of its page.
    pub async fn open(&self, portal: &str, user: i64) -> String {
        let answer = self.post(&self.launch(portal, user).await).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.session()
    }

    /// Presses the button; JSON.
    pub async fn connect(&self, session: &str, code: &str) -> Answer {
        self.connect_at(&self.app_url, session, code).await
    }

    /// Presses the button of a page that another replica served.
    pub async fn connect_at(&self, app_url: &str, session: &str, code: &str) -> Answer {
        let form = [("session", session), ("code", code)];
        let request = self.http.post(format!("{app_url}/connect")).form(&form);
        self.send(request.header("accept", "application/json")).await
    }

    /// Presses the button without script; a page.
    pub async fn connect_page(&self, session: &str, code: &str) -> Answer {
        let form = [("session", session), ("code", code)];
        self.send(self.http.post(format!("{}/connect", self.app_url)).form(&form))
            .await
    }

    /// Any other request to the app.
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.http
            .request(method.parse().unwrap(), format!("{}{path}", self.app_url))
    }

    /// A request to anywhere.
    pub fn request_to(&self, method: &str, url: &str) -> reqwest::RequestBuilder {
        self.http.request(method.parse().unwrap(), url)
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        Answer::of(request.send().await.unwrap()).await
    }

    /// Lets the emulator misbehave.
    pub async fn faults(&self, schedule: Value) {
        self.control("faults", schedule).await;
    }

    /// Lets the authorization server name another endpoint for a portal.
    pub async fn name_endpoint(&self, portal: &str, endpoint: &str) {
        self.control("portal", json!({"portal": portal, "client_endpoint": endpoint}))
            .await;
    }

    /// Lets the access tokens of a portal's users expire.
    pub async fn expire(&self, portal: &str) {
        self.control("expire", json!({"portal": portal})).await;
    }

    /// A portal as the emulator sees it.
    pub async fn portal(&self, name: &str) -> Value {
        let state = self.state().await;
        let portals = state["portals"].as_array().unwrap();
        portals
            .iter()
            .find(|found| found["name"] == name)
            .unwrap()
            .clone()
    }

    /// The portal's `member_id`.
    pub async fn member_id(&self, portal: &str) -> String {
        self.portal(portal).await["member_id"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}

/// What the emulator says the portal would post.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Launch {
    pub url: String,
    pub body: std::collections::BTreeMap<String, String>,
}

impl Launch {
    /// The same launch with one parameter of the body changed.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.body.insert(name.into(), value.into());
        self
    }

    /// The same launch without one parameter of the body.
    pub fn without(mut self, name: &str) -> Self {
        self.body.remove(name);
        self
    }
}
