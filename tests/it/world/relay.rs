//! A wire in between that breaks as wires do: it stops forwarding without a word, in both directions or in one, forgets
//! connections whose ends both believe in them, cuts them, or is not there at all.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};

/// What becomes of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    Both,
    /// Questions arrive; answers do not.
    NoAnswers,
    Nothing,
    /// The connection ends when the next answer comes, after so many bytes of it.
    CutAnswer(usize),
}

/// Between what was held and the end of its connection.
const HELD_APART: Duration = Duration::from_millis(100);

/// Connections of before the last [`Relay::forget`] belong to an epoch that is over.
type State = (Flow, u64);

pub struct Relay {
    pub address: SocketAddr,
    state: Arc<watch::Sender<State>>,
    connections: Arc<Mutex<JoinSet<()>>>,
    to: SocketAddr,
    listening: Mutex<Option<AbortHandle>>,
}

impl Relay {
    /// Begins to forward to a host and port of loopback.
    pub async fn to(host_and_port: &str) -> Self {
        let to = host_and_port.replace("localhost", "127.0.0.1").parse().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let relay = Self {
            address: listener.local_addr().unwrap(),
            state: Arc::new(watch::Sender::new((Flow::Both, 0))),
            connections: Arc::default(),
            to,
            listening: Mutex::default(),
        };
        relay.listen(listener);
        relay
    }

    /// A URL that leads through the relay instead of to where it leads.
    pub fn url(&self, direct: &str) -> String {
        let to = self.to.to_string();
        let spelled = direct.replace("localhost", "127.0.0.1");
        assert!(spelled.contains(&to), "{direct} does not lead to {to}");
        spelled.replace(&to, &self.address.to_string())
    }

    fn listen(&self, listener: TcpListener) {
        let (state, connections, to) = (Arc::clone(&self.state), Arc::clone(&self.connections), self.to);
        let accepting = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let carried = carry(client, to, Arc::clone(&state));
                connections.lock().unwrap().spawn(carried);
            }
        });
        *self.listening.lock().unwrap() = Some(accepting.abort_handle());
    }

    /// Nothing gets through any more, and nobody is told. New connections stand, and are as silent.
    pub fn silence(&self) {
        self.flow(Flow::Nothing);
    }

    /// What is sent arrives, what is answered does not.
    pub fn silence_answers(&self) {
        self.flow(Flow::NoAnswers);
    }

    /// Ends the connection on which the next answer comes, after so many bytes of it.
    pub fn cut_next_answer_after(&self, bytes: usize) {
        self.flow(Flow::CutAnswer(bytes));
    }

    /// Everything gets through again, also what was held.
    pub fn heal(&self) {
        self.flow(Flow::Both);
    }

    /// New connections get through; those of before stay silent for ever, and nobody is told.
    pub fn heal_forgetting(&self) {
        self.state.send_modify(|(flow, epoch)| {
            *flow = Flow::Both;
            *epoch += 1;
        });
    }

    fn flow(&self, flow: Flow) {
        self.state.send_modify(|state| state.0 = flow);
    }

    /// Ends every connection, in the middle of whatever it was doing.
    pub fn cut(&self) {
        *self.connections.lock().unwrap() = JoinSet::new();
    }

    /// Cuts, and refuses new connections.
    pub async fn refuse(&self) {
        self.listening.lock().unwrap().take().unwrap().abort();
        self.cut();
        // The listener is closed once its task is dropped.
        while TcpStream::connect(self.address).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Accepts again after [`Relay::refuse`].
    pub async fn accept(&self) {
        self.listen(TcpListener::bind(self.address).await.unwrap());
    }

    /// How many connections stand.
    pub fn standing(&self) -> usize {
        let mut connections = self.connections.lock().unwrap();
        while connections.try_join_next().is_some() {}
        connections.len()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        if let Some(listening) = self.listening.lock().unwrap().take() {
            listening.abort();
        }
    }
}

async fn carry(client: TcpStream, to: SocketAddr, relay: Arc<watch::Sender<State>>) {
    let state = relay.subscribe();
    let epoch = state.borrow().1;
    let (client_reads, client_writes) = client.into_split();
    Direction::Asking.wait(&mut state.clone(), epoch).await;
    let Ok(server) = TcpStream::connect(to).await else {
        return;
    };
    let (server_reads, server_writes) = server.into_split();
    let asking = Direction::Asking.pump((client_reads, server_writes), state.clone(), epoch);
    let answering = Direction::Answering.pump((server_reads, client_writes), state, epoch);
    let (mut asking, mut answering) = (std::pin::pin!(asking), std::pin::pin!(answering));
    // An end is forwarded like everything else, and each direction has its own; a cut ends both.
    tokio::select! {
        _ = &mut asking => {
            answering.await;
        }
        ending = &mut answering => match ending {
            Ending::Ended => {
                asking.await;
            }
            Ending::Cut => relay.send_modify(|state| state.0 = Flow::Both),
        },
    }
}

#[derive(Clone, Copy)]
enum Direction {
    Asking,
    Answering,
}

#[derive(PartialEq, Eq)]
enum Ending {
    Ended,
    Cut,
}

impl Direction {
    fn is_open(self, flow: Flow) -> bool {
        match flow {
            Flow::Both | Flow::CutAnswer(_) => true,
            Flow::NoAnswers => matches!(self, Self::Asking),
            Flow::Nothing => false,
        }
    }

    /// Waits until bytes of this epoch may pass: for ever, once it is over.
    async fn wait(self, state: &mut watch::Receiver<State>, epoch: u64) -> Flow {
        let passing = state.wait_for(|(flow, now)| *now == epoch && self.is_open(*flow));
        passing.await.map_or(Flow::Both, |state| state.0)
    }

    async fn pump(
        self,
        (mut from, mut to): (OwnedReadHalf, OwnedWriteHalf),
        mut state: watch::Receiver<State>,
        epoch: u64,
    ) -> Ending {
        let mut bytes = vec![0; 16 * 1024];
        loop {
            let read = from.read(&mut bytes).await;
            let flow = self.wait(&mut state, epoch).await;
            let Ok(length @ 1..) = read else {
                // What was held arrives piece by piece; an end that comes along with a question would take it back.
                tokio::time::sleep(HELD_APART).await;
                break;
            };
            if let (Self::Answering, Flow::CutAnswer(after)) = (self, flow) {
                let _ = to.write_all(&bytes[..after.min(length)]).await;
                return Ending::Cut;
            }
            if to.write_all(&bytes[..length]).await.is_err() {
                break;
            }
        }
        let _ = to.shutdown().await;
        Ending::Ended
    }
}
