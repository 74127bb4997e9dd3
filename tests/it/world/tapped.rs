//! Between the app and PostgreSQL: hears how often the app waits for an answer, and for which statement.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// What a client says when all it has sent is to be answered: the end of a statement, or a statement without a plan.
const SYNC: u8 = b'S';
const QUERY: u8 = b'Q';
const FLUSH: u8 = b'H';
/// What comes before: a statement gets a name, a name gets its values.
const PARSE: u8 = b'P';
const BIND: u8 = b'B';

/// A tapped way to a database.
pub struct Tapped {
    /// The same database, by this way.
    pub url: String,
    trips: Arc<Mutex<Vec<String>>>,
}

impl Tapped {
    /// Listens on a free port before a database, which is spoken to in clear.
    pub async fn before(url: &str) -> Self {
        let mut url = Url::parse(url).unwrap();
        let database = (url.host_str().unwrap().to_owned(), url.port().unwrap_or(5432));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
        url.set_query(Some("sslmode=disable"));
        let trips = Arc::<Mutex<Vec<String>>>::default();
        let heard = Arc::clone(&trips);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(database.clone()).await.unwrap();
                tokio::spawn(pass(client, server, Arc::clone(&heard)));
            }
        });
        Self {
            url: url.to_string(),
            trips,
        }
    }

    /// The statements that were waited for since this was forgotten last; an empty text is a mere question.
    pub fn trips(&self) -> Vec<String> {
        self.trips.lock().unwrap().clone()
    }

    pub fn forget(&self) {
        self.trips.lock().unwrap().clear();
    }
}

/// Passes everything on, both ways, until one side ends.
async fn pass(client: TcpStream, server: TcpStream, trips: Arc<Mutex<Vec<String>>>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let back = tokio::spawn(async move {
        let _ = tokio::io::copy(&mut from_server, &mut to_client).await;
    });
    let mut ear = Ear::default();
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from_client.read(&mut buffer).await {
        let trip = |statement| trips.lock().unwrap().push(statement);
        ear.hear(&buffer[..length], trip);
        if to_server.write_all(&buffer[..length]).await.is_err() {
            break;
        }
    }
    drop(to_server);
    let _ = back.await;
}

/// Understands what one client says.
#[derive(Default)]
struct Ear {
    heard: Vec<u8>,
    /// The first message has no kind.
    introduced: bool,
    named: HashMap<Vec<u8>, String>,
    statement: String,
}

impl Ear {
    fn hear(&mut self, bytes: &[u8], mut trip: impl FnMut(String)) {
        self.heard.extend_from_slice(bytes);
        loop {
            let kind = usize::from(self.introduced);
            let Some(length) = self.heard.get(kind..kind + 4) else {
                return;
            };
            let length = u32::from_be_bytes(length.try_into().unwrap()) as usize + kind;
            if self.heard.len() < length {
                return;
            }
            let message: Vec<u8> = self.heard.drain(..length).collect();
            if std::mem::replace(&mut self.introduced, true) {
                self.understand(message[0], &message[5..], &mut trip);
            }
        }
    }

    fn understand(&mut self, kind: u8, content: &[u8], trip: &mut impl FnMut(String)) {
        let mut words = content.split(|byte| *byte == 0);
        let mut word = || words.next().unwrap_or_default().to_vec();
        let text = |word: Vec<u8>| String::from_utf8_lossy(&word).trim().to_owned();
        match kind {
            PARSE => {
                let (name, statement) = (word(), text(word()));
                self.statement.clone_from(&statement);
                self.named.insert(name, statement);
            }
            BIND => {
                let _portal = word();
                self.statement = self.named.get(&word()).cloned().unwrap_or_default();
            }
            QUERY => trip(text(word())),
            SYNC | FLUSH => trip(std::mem::take(&mut self.statement)),
            _ => {}
        }
    }
}
