//! `health`: asks the process on this machine whether it can serve. For health checks in an image without curl.

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use clap::Command;

use crate::config::{self, Environment};

use super::{Stop, print};

/// Until the connection stands; it leads to this very machine.
const CONNECT_WITHIN: Duration = Duration::from_secs(2);

/// Until each part of the answer is there. `/readyz` itself waits up to 5 s for a database connection.
const ANSWER_WITHIN: Duration = Duration::from_secs(8);

/// Far more than `/readyz` ever says.
const LONGEST_ANSWER: u64 = 16 * 1024;

const MORE: &str =
    "Asks /readyz at LISTEN_ADDR, on loopback if that is every address, and prints the answer. Exit 0 \
if the process is ready, 1 if it is not or does not answer.

Example:
  channel-connect health";

/// The command's words.
pub(super) fn command() -> Command {
    Command::new("health")
        .about("Asks a running serve on this machine whether it is ready")
        .after_help(MORE)
}

/// Asks, and prints what was said.
pub(super) fn run(environment: &Environment) -> Result<(), Stop> {
    let address = reachable(config::listen_addr(environment)?);
    let answer = ask(address).with_context(|| format!("http://{address}/readyz does not answer"))?;
    let (status, said) = read(&answer).with_context(|| format!("http://{address} does not speak HTTP"))?;
    if status != "200" {
        return Err(anyhow!("not ready: {said}").into());
    }
    print::line(said)
}

/// Who listens on every address answers on loopback.
fn reachable(listening: SocketAddr) -> SocketAddr {
    let ip = match listening.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listening.port())
}

/// One request by hand: HTTP/1.0, so that the answer ends with the connection.
fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, CONNECT_WITHIN)?;
    stream.set_read_timeout(Some(ANSWER_WITHIN))?;
    stream.set_write_timeout(Some(ANSWER_WITHIN))?;
    stream.write_all(format!("GET /readyz HTTP/1.0\r\nHost: {address}\r\n\r\n").as_bytes())?;
    let mut answer = String::new();
    stream.take(LONGEST_ANSWER).read_to_string(&mut answer)?;
    Ok(answer)
}

/// Status and body.
fn read(answer: &str) -> Option<(&str, &str)> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.strip_prefix("HTTP/1.")?.split(' ').nth(1)?;
    Some((status, body))
}
