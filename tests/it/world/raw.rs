//! A client that writes its bytes itself: slowly, half, or such as no library would send.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::World;

pub struct Wire {
    stream: TcpStream,
    began: Instant,
}

/// What came back until the other side closed or the patience was over.
#[derive(Debug)]
pub struct Heard {
    pub text: String,
    /// Whether the other side has ended the connection.
    pub closed: bool,
    /// Since the connection was made.
    pub after: Duration,
}

impl Heard {
    /// The statuses of all answers, in order; informational ones, too.
    pub fn statuses(&self) -> Vec<u16> {
        let lines = self.text.split("HTTP/1.").skip(1);
        lines.filter_map(|line| line.get(2..5)?.parse().ok()).collect()
    }
}

impl World {
    /// A connection to the app.
    pub async fn wire(&self) -> Wire {
        let address = self.app_url.strip_prefix("http://").unwrap();
        Wire {
            stream: TcpStream::connect(address).await.unwrap(),
            began: Instant::now(),
        }
    }
}

impl Wire {
    /// Sends something; false when the other side takes nothing any more.
    pub async fn say(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.write_all(bytes.as_ref()).await.is_ok()
    }

    /// Sends something byte by byte, a second after each; stops when nobody takes it any more.
    pub async fn drip(&mut self, text: &str) {
        for byte in text.bytes() {
            if !self.say([byte]).await {
                return;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    /// Sends as much as is taken, until the connection is ended or the patience is over; true if it was ended.
    pub async fn flood(&mut self, text: &str, patience: Duration) -> bool {
        tokio::time::timeout(patience, async { while self.say(text).await {} })
            .await
            .is_ok()
    }

    /// Listens until the other side closes, or so long.
    pub async fn hear(mut self, patience: Duration) -> Heard {
        let mut bytes = Vec::new();
        let read = async {
            let mut part = [0; 4096];
            while let Ok(length @ 1..) = self.stream.read(&mut part).await {
                bytes.extend_from_slice(&part[..length]);
            }
        };
        let closed = tokio::time::timeout(patience, read).await.is_ok();
        Heard {
            text: String::from_utf8_lossy(&bytes).into_owned(),
            closed,
            after: self.began.elapsed(),
        }
    }
}
