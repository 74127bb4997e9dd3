//! A client that knows the wire and nothing of the inside.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::{Arc, Mutex},
    time::Duration,
};

use bitrix24_emulator::{Emulator, Options};
use reqwest::{Response, header};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

pub(crate) const CODE: &str = bitrix24_emulator::DEFAULT_CODE;

/// An emulator and a client.
pub(crate) struct Wire {
    pub(crate) emulator: Emulator,
    pub(crate) http: reqwest::Client,
}

/// An access token and its refresh token.
#[derive(Clone)]
pub(crate) struct Pair {
    pub(crate) access: String,
    pub(crate) refresh: String,
}

impl Wire {
    pub(crate) async fn start() -> Self {
        let emulator = Emulator::start(Options::default()).await.unwrap();
        let redirect = reqwest::redirect::Policy::none();
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(redirect)
            .build()
            .unwrap();
        Self { emulator, http }
    }

    pub(crate) async fn ask(&self, name: &str, body: Value) -> (u16, Value) {
        let url = format!("{}/_emulator/{name}", self.emulator.control_url());
        read(self.http.post(url).json(&body).send().await.unwrap()).await
    }

    /// A control call that is expected to work.
    pub(crate) async fn tell(&self, name: &str, body: Value) -> Value {
        let (status, answer) = self.ask(name, body).await;
        assert_eq!(status, 200, "{name}: {answer}");
        answer
    }

    pub(crate) async fn look(&self, name: &str) -> Value {
        let url = format!("{}/_emulator/{name}", self.emulator.control_url());
        read(self.http.get(url).send().await.unwrap()).await.1
    }

    /// A portal as the state shows it.
    pub(crate) async fn portal(&self, name: &str) -> Value {
        let state = self.look("state").await;
        let portals = state["portals"].as_array().unwrap().clone();
        portals.into_iter().find(|portal| portal["name"] == name).unwrap()
    }

    pub(crate) async fn pair(&self, portal: &str, user: u64) -> Pair {
        let answer = self.tell("token", json!({"portal": portal, "user": user})).await;
        Pair {
            access: text(&answer["access_token"]),
            refresh: text(&answer["refresh_token"]),
        }
    }

    pub(crate) async fn token_call(&self, fields: &[(&str, &str)]) -> (u16, Value) {
        let url = format!("{}/oauth/token/", self.emulator.oauth_url());
        read(self.http.post(url).form(fields).send().await.unwrap()).await
    }

    pub(crate) async fn grant(&self, kind: &str, name: &str, value: &str) -> (u16, Value) {
        let card = Options::default();
        self.token_call(&[
            ("grant_type", kind),
            (name, value),
            ("client_id", &card.client_id),
            ("client_secret", &card.client_secret),
        ])
        .await
    }

    pub(crate) async fn refresh(&self, token: &str) -> (u16, Value) {
        self.grant("refresh_token", "refresh_token", token).await
    }

    /// The authorization server's `app.info`.
    pub(crate) async fn witness(&self, token: &str) -> (u16, Value) {
        let url = format!("{}/rest/app.info", self.emulator.oauth_url());
        read(
            self.http
                .post(url)
                .json(&json!({"auth": token}))
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    /// A request to a portal's host; the answer as it is.
    pub(crate) async fn send(&self, portal: &str, path: &str, body: Value) -> reqwest::Result<Response> {
        let url = format!("{}{path}", self.emulator.control_url());
        self.http
            .post(url)
            .header(header::HOST, self.host(portal))
            .json(&body)
            .send()
            .await
    }

    pub(crate) async fn get(&self, portal: &str, path: &str) -> Response {
        let url = format!("{}{path}", self.emulator.control_url());
        self.http
            .get(url)
            .header(header::HOST, self.host(portal))
            .send()
            .await
            .unwrap()
    }

    /// A REST call with a token.
    pub(crate) async fn rest(&self, token: &str, method: &str, mut params: Value) -> (u16, Value) {
        params["auth"] = json!(token);
        read(
            self.send("acme", &format!("/rest/{method}"), params)
                .await
                .unwrap(),
        )
        .await
    }

    pub(crate) fn host(&self, portal: &str) -> String {
        format!("{portal}.localhost:{}", self.emulator.portal_addr().port())
    }

    /// Method and status of each call so far.
    pub(crate) async fn calls(&self) -> Vec<(String, Option<u64>)> {
        let calls = self.look("calls").await;
        let calls = calls.as_array().unwrap().iter();
        calls
            .map(|call| (text(&call["method"]), call["status"].as_u64()))
            .collect()
    }

    /// Sends bytes, and answers every byte that comes back before the connection closes.
    pub(crate) async fn raw(&self, request: String) -> Vec<u8> {
        let addr = self.emulator.portal_addr();
        tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect(addr).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).unwrap();
            answer
        })
        .await
        .unwrap()
    }
}

pub(crate) async fn read(answer: Response) -> (u16, Value) {
    let status = answer.status().as_u16();
    let body = answer.text().await.unwrap();
    (status, serde_json::from_str(&body).unwrap_or(Value::String(body)))
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// An app that answers 200 to everything and keeps what it was sent.
#[derive(Clone, Default)]
pub(crate) struct App(Arc<Mutex<Vec<String>>>);

impl App {
    pub(crate) async fn start(wire: &Wire) -> Self {
        let app = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        wire.emulator
            .set_app_url(&format!("http://{}", listener.local_addr().unwrap()));
        let own = app.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let own = own.clone();
                tokio::spawn(async move {
                    let mut request = Vec::new();
                    let mut part = [0; 8192];
                    while !whole(&request) {
                        match stream.read(&mut part).await {
                            Ok(0) | Err(_) => return,
                            Ok(length) => request.extend_from_slice(&part[..length]),
                        }
                    }
                    own.0.lock().unwrap().push(String::from_utf8(request).unwrap());
                    let answer = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok";
                    stream.write_all(answer).await.unwrap();
                });
            }
        });
        app
    }

    /// Path and form fields of each request.
    pub(crate) fn seen(&self) -> Vec<(String, Vec<(String, String)>)> {
        let parse = |request: &String| {
            let path = request.split(' ').nth(1).unwrap().to_owned();
            let body = request.split_once("\r\n\r\n").unwrap().1;
            (
                path,
                form_urlencoded::parse(body.as_bytes()).into_owned().collect(),
            )
        };
        self.0.lock().unwrap().iter().map(parse).collect()
    }
}

fn whole(request: &[u8]) -> bool {
    let request = String::from_utf8_lossy(request);
    let Some((head, body)) = request.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.to_ascii_lowercase();
    let length = length
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ").map(str::to_owned));
    body.len() >= length.and_then(|length| length.parse().ok()).unwrap_or(0)
}
