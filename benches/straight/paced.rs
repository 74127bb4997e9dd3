//! Requests that are sent at a fixed pace, whoever is answered.

use std::time::{Duration, Instant};

use reqwest::{Client, StatusCode};

use crate::frame::burst::{Burst, Door, answer, client};

/// How requests at a fixed pace were answered.
pub struct Paced {
    pub burst: Burst,
    /// How many were turned away with 503, because too many were under way.
    pub shed: usize,
}

/// Posts every form once, so many a second, on however many connections that takes. An answer's time begins when its
/// request was due, so whoever makes others wait does not look fast. Anything but 200 and 503 ends it.
pub async fn post_paced(door: &Door, forms: Vec<String>, rate: u32) -> anyhow::Result<Paced> {
    let client = client()?;
    let began = Instant::now();
    let sending: Vec<_> = (0..)
        .zip(forms)
        .map(|(at, form)| {
            let (client, door) = (client.clone(), door.clone());
            let due = began + Duration::from_secs(at) / rate;
            tokio::spawn(async move { post_when_due(&client, &door, form, due).await })
        })
        .collect();
    let (mut answers, mut shed) = (Vec::with_capacity(sending.len()), 0);
    for sender in sending {
        let (took, served) = sender.await??;
        answers.push(took);
        shed += usize::from(!served);
    }
    let burst = Burst::of(answers, began);
    Ok(Paced { burst, shed })
}

/// How long it took from when it was due, and whether it was served.
async fn post_when_due(
    client: &Client,
    door: &Door,
    form: String,
    due: Instant,
) -> anyhow::Result<(Duration, bool)> {
    tokio::time::sleep_until(due.into()).await;
    let (status, shown) = answer(client, door, form).await?;
    let served = status == StatusCode::OK;
    anyhow::ensure!(
        served || status == StatusCode::SERVICE_UNAVAILABLE,
        "answered {status}: {shown}"
    );
    Ok((due.elapsed(), served))
}
