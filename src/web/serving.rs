//! Serving a listener until told to stop: slow clients are cut off, running requests finish.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use hyper_util::rt::TokioTimer;

use super::doorkeeper::{Doorkeeper, count_refused};

/// Who has not sent its headers by then never meant to. It also ends connections between two requests, so proxies keep
/// theirs for less.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);

/// Larger heads are no browser's and no portal's.
const LARGEST_HEAD: usize = 32 * 1024;

/// How many connections may wait until they are taken, which is a matter of moments; the kernel may allow less. The
/// standard library asks for 128, and who comes in a burst of more is let wait for seconds by the network, or for ever.
const MOST_UNTAKEN: i32 = 4096;

/// A listener being served.
#[derive(Clone, Debug)]
pub struct Serving {
    handle: Handle<SocketAddr>,
}

impl Serving {
    /// Takes no new connections, and ends the present ones after `patience` at the latest.
    pub fn stop(&self, patience: Duration) {
        self.handle.graceful_shutdown(Some(patience));
    }
}

/// Serves the routes; the future ends when the server has been stopped and all requests are answered.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(
    listener: TcpListener,
    router: Router,
) -> std::io::Result<(Serving, impl Future<Output = std::io::Result<()>> + Send)> {
    listener.set_nonblocking(true)?;
    rustix::net::listen(&listener, MOST_UNTAKEN)?;
    let handle = Handle::new();
    // Whoever speaks HTTP/2 speaks it to the proxy that holds the certificate.
    let mut server = axum_server::from_tcp(listener)?
        .http1_only()
        .acceptor(Doorkeeper::new())
        .accept_error_handler(count_refused())
        .handle(handle.clone());
    server
        .http_builder()
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_buf_size(LARGEST_HEAD);
    let until_stopped = server.serve(router.into_make_service_with_connect_info::<SocketAddr>());
    Ok((Serving { handle }, until_stopped))
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;

    #[tokio::test]
    async fn a_burst_of_connections_waits_to_be_taken() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        // Nobody takes any until this is polled.
        let _idle = serve(listener, Router::new()).unwrap();
        let knock = || TcpStream::connect_timeout(&address, Duration::from_secs(1));
        let waiting: Result<Vec<_>, _> = (0..500).map(|_| knock()).collect();
        assert_eq!(waiting.unwrap().len(), 500);
    }
}
