//! Many senders, each of which sends its next request when the last one is answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use reqwest::{Client, StatusCode};

/// Nobody who posts events waits longer than this.
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
}

/// Posts every form once, over as many connections as there are senders. Anything but 200 ends it.
pub async fn post_all(url: &str, forms: Vec<String>, senders: usize) -> anyhow::Result<Burst> {
    let client = Client::builder().no_proxy().timeout(PATIENCE).build()?;
    let (forms, next) = (Arc::new(forms), Arc::new(AtomicUsize::new(0)));
    let began = Instant::now();
    let sending: Vec<_> = (0..senders)
        .map(|_| {
            let (client, url) = (client.clone(), url.to_owned());
            let (forms, next) = (Arc::clone(&forms), Arc::clone(&next));
            tokio::spawn(async move { send(&client, &url, &forms, &next).await })
        })
        .collect();
    let mut answers = Vec::with_capacity(forms.len());
    for sender in sending {
        answers.append(&mut sender.await??);
    }
    let lasted = began.elapsed();
    anyhow::ensure!(answers.len() == forms.len(), "not every request was sent");
    answers.sort_unstable();
    Ok(Burst { lasted, answers })
}

async fn send(
    client: &Client,
    url: &str,
    forms: &[String],
    next: &AtomicUsize,
) -> anyhow::Result<Vec<Duration>> {
    let mut answers = Vec::new();
    while let Some(form) = forms.get(next.fetch_add(1, Ordering::Relaxed)) {
        let request = client
            .post(url)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.clone());
        let began = Instant::now();
        let answer = request.send().await.context("a request was not answered")?;
        let status = answer.status();
        let body = answer.bytes().await.context("an answer broke off")?;
        answers.push(began.elapsed());
        let shown = String::from_utf8_lossy(&body);
        anyhow::ensure!(status == StatusCode::OK, "answered {status}: {shown}");
    }
    Ok(answers)
}
