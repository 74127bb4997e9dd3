//! The platform's library as a story wants it: late, silent, half of it, or broken.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use url::Url;

/// Answers everybody with this script after so long; gives its address.
pub fn library(script: &str, after: Duration) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{script}",
        script.len()
    );
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (Ok(mut stream), answer) = (stream, answer.clone()) else {
                return;
            };
            std::thread::spawn(move || {
                let _ = stream.read(&mut [0; 4096]);
                std::thread::sleep(after);
                let _ = stream.write_all(answer.as_bytes());
            });
        }
    });
    url.parse().unwrap()
}

/// The emulator's own library.
pub const WHOLE: &str = include_str!("../../../emulator/page/bx24.js");
