//! Listening: connections are ours from accept to close, because faults must be able to break them.

use std::{net::SocketAddr, pin::Pin, sync::Arc, time::Duration};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use crate::{
    door::{self, Connection},
    journal::Listener,
    world::Shared,
};

/// How long a connection may take to say what it wants.
const HEADERS: Duration = Duration::from_secs(30);
/// How long running answers may take once the emulator is told to stop.
const FAREWELL: Duration = Duration::from_millis(500);

/// Begins to accept connections. Boxed: whoever is answered on one may ask for another listener.
pub(crate) fn begin(shared: &Arc<Shared>, tcp: TcpListener, listener: Listener) {
    let listening: Pin<Box<dyn Future<Output = ()> + Send>> =
        Box::pin(listen(Arc::clone(shared), tcp, listener));
    shared.tasks.spawn(listening);
}

/// Accepts connections until the emulator stops.
async fn listen(shared: Arc<Shared>, tcp: TcpListener, listener: Listener) {
    let tls = shared.tls.clone().map(TlsAcceptor::from);
    loop {
        let accepted = tokio::select! {
            accepted = tcp.accept() => accepted,
            () = shared.stop.cancelled() => return,
        };
        match accepted {
            Ok((stream, peer)) => {
                let own = Arc::clone(&shared);
                shared
                    .tasks
                    .spawn(connect(own, stream, peer, tls.clone(), listener));
            }
            // Out of file handles, most likely: it passes.
            Err(error) => {
                tracing::warn!(%error, "cannot accept");
                sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn connect(
    shared: Arc<Shared>,
    stream: TcpStream,
    peer: SocketAddr,
    tls: Option<TlsAcceptor>,
    listener: Listener,
) {
    let _ = stream.set_nodelay(true);
    let connection = Connection {
        listener,
        source: peer.ip(),
        abort: CancellationToken::new(),
    };
    match tls {
        None => talk(shared, stream, connection).await,
        Some(acceptor) => {
            if let Ok(Ok(stream)) = timeout(HEADERS, acceptor.accept(stream)).await {
                talk(shared, stream, connection).await;
            }
        }
    }
}

/// Serves one connection; an abort drops it, and with it whatever was being answered.
async fn talk<S>(shared: Arc<Shared>, stream: S, connection: Connection)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (abort, stop) = (connection.abort.clone(), shared.stop.clone());
    let service = service_fn(move |request| door::answer(Arc::clone(&shared), connection.clone(), request));
    let mut http = std::pin::pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADERS)
            .serve_connection(TokioIo::new(stream), service)
    );
    tokio::select! {
        biased;
        () = abort.cancelled() => return,
        _ = http.as_mut() => return,
        () = stop.cancelled() => http.as_mut().graceful_shutdown(),
    }
    tokio::select! {
        () = abort.cancelled() => {}
        _ = http.as_mut() => {}
        () = sleep(FAREWELL) => {}
    }
}
