//! The wire as a story wants it: names that resolve to anything, listeners that nobody may come to, and a portal that
//! answers whatever bytes it likes.

use std::io::{Read, Write};
use std::net::{IpAddr, TcpListener};
use std::sync::{Arc, Mutex};

use channel_connect::bitrix24::Names;

/// A resolver that gives the same answer to every name.
#[derive(Clone, Default)]
pub struct Dns(Arc<Mutex<Answers>>);

#[derive(Default)]
struct Answers {
    /// The last one stays.
    next: Vec<Vec<IpAddr>>,
    asked: Vec<String>,
}

impl Dns {
    /// The resolver to give to the app.
    pub fn names(&self) -> Names {
        let own = self.clone();
        Names::new(move |name| {
            let mut answers = own.0.lock().unwrap();
            answers.asked.push(name);
            let found = match answers.next.len() {
                0 => Err(std::io::Error::other("no such name")),
                1 => Ok(answers.next[0].clone()),
                _ => Ok(answers.next.remove(0)),
            };
            std::future::ready(found)
        })
    }

    /// What names resolve to from now on.
    pub fn answer(&self, addresses: &[&str]) {
        self.answer_in_turn(&[addresses]);
    }

    /// What names resolve to at the next look, at the one after it, and so on.
    pub fn answer_in_turn(&self, turns: &[&[&str]]) {
        let read = |turn: &&[&str]| turn.iter().map(|address| address.parse().unwrap()).collect();
        self.0.lock().unwrap().next = turns.iter().map(read).collect();
    }

    /// Which names were looked up since this was asked last.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap().asked)
    }
}

/// A listener that answers nothing, and knows who came: a connection stands before anybody accepts it.
pub struct Trap {
    listener: TcpListener,
    pub port: u16,
}

impl Trap {
    /// On a port of loopback.
    pub fn set() -> Self {
        Self::at("127.0.0.1", 0)
    }

    /// At this address and port; at any port for 0.
    pub fn at(address: &str, port: u16) -> Self {
        let listener = TcpListener::bind((address, port)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        Self { listener, port }
    }

    /// How many came since this was asked last.
    pub fn visits(&self) -> usize {
        std::iter::from_fn(|| self.listener.accept().ok()).count()
    }
}

/// A portal on loopback that answers the requests of each connection with these bytes, one after the other, and then
/// keeps the connection open; gives its port. What it has heard is added to `heard`.
pub fn serve_bytes(answers: Vec<Vec<u8>>, heard: Arc<Mutex<Vec<u8>>>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (Ok(mut stream), answers, heard) = (stream, answers.clone(), Arc::clone(&heard)) else {
                return;
            };
            std::thread::spawn(move || {
                let mut piece = vec![0; 64 * 1024];
                let mut answers = answers.into_iter();
                while let Ok(length @ 1..) = stream.read(&mut piece) {
                    heard.lock().unwrap().extend_from_slice(&piece[..length]);
                    // Requests of this program end with the object that they send.
                    if piece[length - 1] == b'}' {
                        let Some(answer) = answers.next() else { return };
                        let _ = stream.write_all(&answer);
                    }
                }
            });
        }
    });
    port
}
