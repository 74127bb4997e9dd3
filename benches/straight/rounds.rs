//! Rounds in which app and baseline take turns, and the table of what they came to.

use std::time::Duration;

use anyhow::Context as _;

use super::paced::Paced;
use super::rivals::{Cost, Rival, Rivals};
use crate::frame::burst::Door;
use crate::frame::report::{Figure, section};

/// Requests of a closed loop, and rounds; `BENCH_REQUESTS` and `BENCH_ROUNDS` change them.
const REQUESTS: usize = 2000;
const ROUNDS: usize = 5;

/// Requests a second at a fixed pace, and how long.
const RATES: [u32; 2] = [100, 300];
const PACED_SECONDS: u32 = 2;

/// Whatever takes longer hangs.
pub const WITHIN: Duration = Duration::from_mins(15);

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    pub requests: usize,
    pub rounds: usize,
}

impl Extent {
    /// As the environment wishes.
    pub fn read() -> anyhow::Result<Self> {
        Ok(Self {
            requests: setting("BENCH_REQUESTS", REQUESTS)?,
            rounds: setting("BENCH_ROUNDS", ROUNDS)?,
        })
    }
}

fn setting(name: &str, otherwise: usize) -> anyhow::Result<usize> {
    match std::env::var(name) {
        Ok(number) => number.parse().with_context(|| format!("{name} is no number")),
        Err(_) => Ok(otherwise),
    }
}

/// What one of the two came to in all rounds.
#[derive(Default)]
pub struct Score {
    costs: Vec<Cost>,
    paced: [Vec<Paced>; RATES.len()],
}

impl Score {
    /// One closed loop more.
    pub async fn close(&mut self, rival: &Rival, door: &Door, forms: Vec<String>) -> anyhow::Result<()> {
        self.costs.push(rival.closed(door, forms).await?);
        Ok(())
    }

    /// One run more at each pace.
    async fn pace(
        &mut self,
        rival: &Rival,
        door: &Door,
        forms: impl Fn(&Rival, usize) -> Vec<String>,
    ) -> anyhow::Result<()> {
        for (rate, paced) in RATES.into_iter().zip(&mut self.paced) {
            let number = usize::try_from(rate * PACED_SECONDS)?;
            paced.push(rival.paced(door, forms(rival, number), rate).await?);
        }
        Ok(())
    }

    /// How many were turned away in each round, at whichever pace.
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    fn shed(&self) -> Vec<f64> {
        let rounds = 0..self.costs.len();
        let shed = |round| {
            self.paced
                .iter()
                .filter_map(move |paced: &Vec<Paced>| paced.get(round))
        };
        rounds
            .map(|round| shed(round).map(|paced| paced.shed as f64).sum())
            .collect()
    }

    /// Microseconds of processor time a request, round by round.
    pub fn processor(&self) -> Vec<f64> {
        self.costs.iter().map(Cost::processor).collect()
    }

    /// Answers a second, round by round.
    pub fn rates(&self) -> Vec<f64> {
        self.costs.iter().map(Cost::rate).collect()
    }

    fn paced(&self, rate: usize, percent: usize) -> Vec<f64> {
        let milliseconds = |paced: &Paced| paced.burst.percentile(percent).as_secs_f64() * 1000.0;
        self.paced[rate].iter().map(milliseconds).collect()
    }
}

/// Lets both take the same forms in turns, whoever begins; and tables what it came to.
pub async fn duel(
    rivals: &Rivals,
    heading: &str,
    door: impl Fn(&Rival) -> Door,
    forms: impl Fn(&Rival, usize) -> Vec<String>,
    extent: Extent,
) -> anyhow::Result<String> {
    let (app, baseline) = (&rivals.app, &rivals.baseline);
    let (mut ours, mut theirs) = (Score::default(), Score::default());
    for round in 0..extent.rounds {
        let turns = [(app, &mut ours), (baseline, &mut theirs)];
        let turns = if round % 2 == 0 {
            turns
        } else {
            let [one, other] = turns;
            [other, one]
        };
        for (rival, score) in turns {
            let door = door(rival);
            score.close(rival, &door, forms(rival, extent.requests)).await?;
            score.pace(rival, &door, &forms).await?;
        }
    }
    let memory = (app.megabytes()?, baseline.megabytes()?);
    Ok(section(heading, &figures(&ours, &theirs, memory)))
}

fn figures(app: &Score, baseline: &Score, memory: (f64, f64)) -> Vec<Figure> {
    let compared = |name, digits, of: &dyn Fn(&Score) -> Vec<f64>| Figure {
        name,
        digits,
        app: of(app),
        baseline: of(baseline),
    };
    vec![
        compared("processor, µs a request", 0, &Score::processor),
        compared("answered a second, 32 at once", 0, &Score::rates),
        compared("p50 at 100 a second, ms", 2, &|score| score.paced(0, 50)),
        compared("p99 at 100 a second, ms", 2, &|score| score.paced(0, 99)),
        compared("p50 at 300 a second, ms", 2, &|score| score.paced(1, 50)),
        compared("p99 at 300 a second, ms", 2, &|score| score.paced(1, 99)),
        compared("of them turned away", 0, &Score::shed),
        Figure {
            name: "most memory so far, MB",
            digits: 0,
            app: vec![memory.0],
            baseline: vec![memory.1],
        },
    ]
}
