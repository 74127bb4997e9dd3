//! Requests that are sent at a fixed pace, whoever is answered.

use std::time::{Duration, Instant};

use crate::frame::burst::{Burst, Door, client, post};

/// Posts every form once, so many a second, on however many connections that takes. An answer's time begins when its
/// request was due, so whoever makes others wait does not look fast. Anything but 200 ends it.
pub async fn post_paced(door: &Door, forms: Vec<String>, rate: u32) -> anyhow::Result<Burst> {
    let client = client()?;
    let began = Instant::now();
    let sending: Vec<_> = (0..)
        .zip(forms)
        .map(|(at, form)| {
            let (client, door, due) = (
                client.clone(),
                door.clone(),
                began + Duration::from_secs(at) / rate,
            );
            tokio::spawn(async move {
                tokio::time::sleep_until(due.into()).await;
                post(&client, &door, form).await?;
                anyhow::Ok(due.elapsed())
            })
        })
        .collect();
    let mut answers = Vec::with_capacity(sending.len());
    for sender in sending {
        answers.push(sender.await??);
    }
    Ok(Burst::of(answers, began))
}
