//! The program that dies where it is told to, and lives again at the same address.

use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::world::{Answer, Db, Process, World};

use super::truth;

/// Nothing in a story takes longer to get to its point, two claims of a refresh included.
const DIES_WITHIN: Duration = Duration::from_mins(1);

pub struct Mortal {
    process: Process,
    point: &'static str,
    died: Option<Instant>,
}

impl Mortal {
    /// A world, and the program in it, with nothing armed.
    pub async fn begin(db: Db) -> (World, Self) {
        let mut world = World::without_app(db).await;
        let process = Process::start(&world, &[]).await;
        world.turn_to(&process.app_url);
        let mortal = Self {
            process,
            point: "",
            died: None,
        };
        (world, mortal)
    }

    /// Starts it anew with a point armed, at the passing of this number.
    pub async fn arm(&mut self, world: &World, point: &'static str, nth: u32) {
        self.process.kill();
        let armed = format!("{point}:{nth}");
        self.process = self.process.again(world, &[("CRASH_POINT", &armed)]).await;
        self.point = point;
    }

    /// Sees it die where it was told to, and starts it again.
    pub async fn dies(&mut self, world: &World) {
        let killed = self.process.is_killed(DIES_WITHIN).await;
        assert!(killed, "{}: {}", self.point, self.process.log());
        self.died = Some(Instant::now());
        truth::holds_at_any_moment(world).await;
        self.process = self.process.again(world, &[]).await;
    }

    /// The end of a row: what is kept must be true now; and the row is written into the report.
    pub async fn ends_whole(self, world: &World, deed: &str, how: &str) {
        truth::holds_in_the_end(world, None).await;
        note((self.point, deed, how), world, self.died.unwrap().elapsed());
    }
}

/// Sends a request whose answer may die with the program.
pub async fn attempt(request: reqwest::RequestBuilder) -> Option<Answer> {
    let response = request.send().await.ok()?;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.text().await.ok()?;
    Some(Answer {
        status,
        headers,
        body,
    })
}

/// One line of the report that `scripts/chaos` makes, if it is what runs this.
pub fn note((point, deed, how): (&str, &str, &str), world: &World, took: Duration) {
    let Some(file) = std::env::var_os("CHAOS_CELLS") else {
        return;
    };
    let database = if world.database.url.starts_with("sqlite") {
        "SQLite"
    } else {
        "PostgreSQL"
    };
    let line = format!("{point}|{deed}|{database}|{how}|{:.1}\n", took.as_secs_f64());
    let mut file = std::fs::File::options()
        .create(true)
        .append(true)
        .open(file)
        .unwrap();
    file.write_all(line.as_bytes()).unwrap();
}
