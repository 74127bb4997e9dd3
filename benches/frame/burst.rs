//! Many senders, each of which sends its next request when the last one is answered.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use reqwest::{Client, StatusCode};

/// Nobody who posts events or presses a button waits longer than this.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a burst was answered.
pub struct Burst {
    /// From the first request to the last answer.
    pub lasted: Duration,
    /// How long each answer took, shortest first.
    answers: Vec<Duration>,
}

impl Burst {
    /// The time within which this share of the answers came, in percent.
    pub fn percentile(&self, percent: usize) -> Duration {
        self.answers[(self.answers.len() * percent / 100).min(self.answers.len() - 1)]
    }

    /// The longest time.
    pub fn longest(&self) -> Duration {
        self.percentile(100)
    }

    /// Sorts the times of what began then and is over now.
    pub fn of(answers: Vec<Duration>, began: Instant) -> Self {
        let (lasted, mut answers) = (began.elapsed(), answers);
        answers.sort_unstable();
        Self { lasted, answers }
    }
}

/// Where to, and which kind of answer is wanted.
#[derive(Clone, Debug)]
pub struct Door {
    pub url: String,
    pub accept: &'static str,
}

/// Whoever posts.
pub fn client() -> anyhow::Result<Client> {
    Ok(Client::builder().no_proxy().timeout(PATIENCE).build()?)
}

/// Posts every form once, over as many connections as there are senders, which have every so-manyth form each: so
/// forms of one sender never meet. Anything but 200 ends it.
pub async fn post_all(door: &Door, forms: Vec<String>, senders: usize) -> anyhow::Result<Burst> {
    let client = client()?;
    let forms = Arc::new(forms);
    let began = Instant::now();
    let sending: Vec<_> = (0..senders)
        .map(|sender| {
            let (client, door, forms) = (client.clone(), door.clone(), Arc::clone(&forms));
            tokio::spawn(async move {
                let own = forms.iter().skip(sender).step_by(senders);
                send(&client, &door, own).await
            })
        })
        .collect();
    let mut answers = Vec::with_capacity(forms.len());
    for sender in sending {
        answers.append(&mut sender.await??);
    }
    anyhow::ensure!(answers.len() == forms.len(), "not every request was sent");
    Ok(Burst::of(answers, began))
}

/// Posts one form, and gives the body of the answer, which must be 200.
pub async fn post(client: &Client, door: &Door, form: String) -> anyhow::Result<String> {
    let (status, shown) = answer(client, door, form).await?;
    anyhow::ensure!(status == StatusCode::OK, "answered {status}: {shown}");
    Ok(shown)
}

/// Posts one form, and gives status and body of the answer.
pub async fn answer(client: &Client, door: &Door, form: String) -> anyhow::Result<(StatusCode, String)> {
    let request = client
        .post(&door.url)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", door.accept)
        .body(form);
    let answer = request.send().await.context("a request was not answered")?;
    let status = answer.status();
    let body = answer.bytes().await.context("an answer broke off")?;
    Ok((status, String::from_utf8_lossy(&body).into_owned()))
}

async fn send(
    client: &Client,
    door: &Door,
    forms: impl Iterator<Item = &String>,
) -> anyhow::Result<Vec<Duration>> {
    let mut answers = Vec::new();
    for form in forms {
        let form = form.clone();
        let began = Instant::now();
        post(client, door, form).await?;
        answers.push(began.elapsed());
    }
    Ok(answers)
}
