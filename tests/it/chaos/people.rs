//! People and portals who do what they do all day, one deed after the other, whatever becomes of the service; and who
//! remember what they were told.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::world::{Answer, CODE, Launch, Told, World};

use super::board::Board;
use super::chance::Chance;

/// Where everybody meets.
pub struct Stage {
    pub world: World,
    pub board: Board,
    pub told: Mutex<Told>,
    /// How often what was answered, by deed.
    pub tally: Mutex<BTreeMap<String, u64>>,
    /// What must not be: an error that nobody's death excuses.
    pub wrongs: Mutex<Vec<String>>,
    /// Whether only a death excuses an error. Else any answer that is true is good.
    pub strict: bool,
    /// The channels that people connect, one after the other.
    pub codes: Vec<String>,
    /// When presses were answered, and whether by a connection.
    pub served: Mutex<Vec<(Instant, bool)>>,
}

/// The administrator of a portal, whose colleague's events come in beside.
pub struct Person {
    pub portal: String,
    session: Option<String>,
    pressed: usize,
    /// The last colleague who has opened the app.
    colleague: i64,
    /// Since the last success somebody died over a request of theirs: a pair may have died with it.
    hurt: bool,
    pub chance: Chance,
    /// Whether its updates are told. Where the app is removed at any moment, they rightly come to nothing.
    pub tells: bool,
}

/// The longest pause between two deeds.
const PAUSE_MS: u64 = 250;

/// Behind those whom every portal has.
const FIRST_COLLEAGUE: i64 = 10;

impl Stage {
    /// A stage for people who press for one channel.
    pub fn new(world: World, urls: Vec<String>, strict: bool) -> Arc<Self> {
        Arc::new(Self {
            board: Board::new(urls),
            world,
            told: Mutex::default(),
            tally: Mutex::default(),
            wrongs: Mutex::default(),
            strict,
            codes: vec![CODE.to_owned()],
            served: Mutex::default(),
        })
    }

    /// How everything was answered, as a table.
    pub fn answers(&self) -> Vec<String> {
        let tally = self.tally.lock().unwrap();
        let heading = "| deed | answers |\n|---|---:|".to_owned();
        let rows = tally.iter().map(|(what, often)| format!("| {what} | {often} |"));
        [heading].into_iter().chain(rows).collect()
    }

    /// How long after a moment somebody was connected for the first time, and somebody was not for the last.
    pub fn served_since(&self, since: Instant) -> (Duration, Duration) {
        let served = self.served.lock().unwrap();
        let later = |done: bool| {
            let of_them = served
                .iter()
                .filter(move |(at, well)| *at >= since && *well == done);
            of_them.map(move |(at, _)| at.duration_since(since))
        };
        (
            later(true).min().unwrap_or(Duration::MAX),
            later(false).max().unwrap_or_default(),
        )
    }

    fn count(&self, deed: &str, outcome: &str) {
        let mut tally = self.tally.lock().unwrap();
        *tally.entry(format!("{deed}: {outcome}")).or_default() += 1;
    }

    fn wrong(&self, what: String) {
        self.wrongs.lock().unwrap().push(what);
    }

    /// Sends to one of the replicas as a balancer does: elsewhere where nobody could connect. None where a replica died
    /// over it.
    async fn send(
        &self,
        chance: &mut Chance,
        deed: &str,
        request: impl Fn(&str) -> reqwest::RequestBuilder,
    ) -> Option<Answer> {
        loop {
            let (at, url) = self.board.choose(chance).await;
            let began = Instant::now();
            let answer = match request(url).send().await {
                Ok(response) => read(response).await,
                Err(error) if error.is_connect() => {
                    self.board.is_away(at);
                    continue;
                }
                Err(error) => Err(error),
            };
            match answer {
                Ok(answer) => {
                    let slug = if answer.status == 200 {
                        "done".to_owned()
                    } else {
                        answer.slug()
                    };
                    self.count(deed, &slug);
                    return Some(answer);
                }
                Err(error) => {
                    self.count(deed, "died");
                    if !self.board.has_died(at, began).await {
                        let told = self.board.told_to_end(at);
                        self.wrong(format!(
                            "{deed}: no answer from a living replica, told to end {told:?} ago: {error:?}"
                        ));
                    }
                    return None;
                }
            }
        }
    }
}

async fn read(response: reqwest::Response) -> reqwest::Result<Answer> {
    let (status, headers) = (response.status(), response.headers().clone());
    Ok(Answer {
        status,
        headers,
        body: response.text().await?,
    })
}

impl Person {
    /// Somebody in a portal of their own, which is made for them.
    pub async fn new(stage: &Stage, number: u64, seed: u64) -> Self {
        let portal = format!("p{number}");
        stage.world.control("portal", json!({"portal": portal})).await;
        let installed = json!({"portal": portal, "deliver": false});
        stage.world.control("install", installed).await;
        Self {
            portal,
            session: None,
            pressed: 0,
            colleague: FIRST_COLLEAGUE,
            hurt: false,
            chance: Chance::new(seed.wrapping_mul(1000) + number),
            tells: true,
        }
    }

    /// One deed after the other, until then.
    pub async fn live(mut self, stage: Arc<Stage>, until: Instant) -> Self {
        while Instant::now() < until {
            self.do_something(&stage).await;
            let pause = self.chance.below(PAUSE_MS);
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
        self
    }

    pub async fn do_something(&mut self, stage: &Stage) {
        match self.chance.below(12) {
            0 => self.open(stage).await,
            1 => self.a_colleague_opens(stage).await,
            2 | 3 if self.tells => self.event(stage).await,
            4..7 => {
                let whose = json!({"portal": self.portal, "user": 1});
                stage.world.control("expire", whose).await;
                self.press(stage).await;
            }
            _ => self.press(stage).await,
        }
    }

    pub async fn open(&mut self, stage: &Stage) {
        let launch = stage.world.launch(&self.portal, 1).await;
        let answer = self.post(stage, "launch", &launch).await;
        let Some(answer) = answer else {
            self.hurt = true;
            return;
        };
        if answer.status == 200 {
            stage.told.lock().unwrap().opened.insert((self.portal.clone(), 1));
            self.session = Some(answer.session());
            self.hurt = false;
        } else if stage.strict {
            stage.wrong(format!("{} could not open the app: {}", self.portal, answer.body));
        }
    }

    /// Somebody else of the portal opens the app for the first time.
    async fn a_colleague_opens(&mut self, stage: &Stage) {
        self.colleague += 1;
        let whose = json!({"portal": self.portal, "user": self.colleague});
        stage.world.control("user", whose).await;
        let launch = stage.world.launch(&self.portal, self.colleague).await;
        match self.post(stage, "launch", &launch).await {
            Some(answer) if answer.status == 200 => {
                let who = (self.portal.clone(), self.colleague);
                stage.told.lock().unwrap().opened.insert(who);
            }
            Some(answer) if stage.strict => {
                stage.wrong(format!("a colleague could not open the app: {}", answer.body));
            }
            _ => {}
        }
    }

    pub async fn post(&mut self, stage: &Stage, deed: &str, launch: &Launch) -> Option<Answer> {
        let path = launch.url.strip_prefix(&stage.world.app_url).unwrap();
        let post = |url: &str| {
            stage
                .world
                .request_to("POST", &format!("{url}{path}"))
                .form(&launch.body)
        };
        stage.send(&mut self.chance, deed, post).await
    }

    pub async fn press(&mut self, stage: &Stage) {
        let Some(session) = self.session.clone() else {
            return self.open(stage).await;
        };
        let code = &stage.codes[self.pressed % stage.codes.len()];
        self.pressed += 1;
        let form = [("session", session.as_str()), ("code", code)];
        let post = |url: &str| {
            let request = stage.world.request_to("POST", &format!("{url}/connect"));
            request.header("accept", "application/json").form(&form)
        };
        let Some(answer) = stage.send(&mut self.chance, "connect", post).await else {
            self.hurt = true;
            return;
        };
        stage.told.lock().unwrap().pressed(&self.portal, code, &answer);
        stage
            .served
            .lock()
            .unwrap()
            .push((Instant::now(), answer.status == 200));
        if answer.status == 200 {
            self.hurt = false;
            return;
        }
        let excused = self.hurt && answer.slug() == "reopen_app";
        if stage.strict && !excused {
            stage.wrong(format!("{} was told: {}", self.portal, answer.body));
        }
        if answer.status == 401 {
            self.session = None;
        }
    }

    /// An update, told by a colleague's tokens: nobody's refresh is disturbed by it.
    pub async fn event(&mut self, stage: &Stage) {
        let event = json!({"portal": self.portal, "event": "ONAPPUPDATE", "user": 2, "drop": true});
        let made = stage.world.control("event", event).await;
        let form = made["form"].as_str().unwrap().to_owned();
        let post = |url: &str| {
            let request = stage.world.request_to("POST", &format!("{url}/events"));
            request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(form.clone())
        };
        stage.told.lock().unwrap().events_sent += 1;
        let answer = stage.send(&mut self.chance, "event", post).await;
        match answer {
            Some(answer) if answer.status == 200 => stage.told.lock().unwrap().events += 1,
            Some(answer) if stage.strict => stage.wrong(format!("an event was refused: {}", answer.body)),
            _ => {}
        }
    }
}

/// Nobody helps; everybody is there again.
pub async fn everybody_recovers(stage: &Stage, people: &[Person]) {
    for person in people {
        let mut told = Told::default();
        let mut session = None;
        for _ in 0..50 {
            let answer = told.launch(&stage.world, &person.portal, 1).await;
            if answer.status == 200 {
                session = Some(answer.session());
                break;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        told.recovers(&stage.world, &person.portal, 1, &session.unwrap())
            .await;
        let mut all = stage.told.lock().unwrap();
        all.opened.append(&mut told.opened);
        all.connected.append(&mut told.connected);
    }
}
