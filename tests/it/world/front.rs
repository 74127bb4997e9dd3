//! A TLS front of the emulator whose certificate may be wrong in any of the ways in which certificates are, or that speaks
//! no TLS at all.

use std::sync::{Arc, Mutex};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// What it shows to whoever connects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    Good,
    Expired,
    OtherName,
    SelfSigned,
    /// Answers in clear, as a server does that listens on the wrong port.
    InClear,
    /// Ends every connection as soon as it stands.
    HangsUp,
}

/// An authority that everybody in the story trusts.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new() -> Self {
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        Self(CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap())
    }

    /// Its certificate, to be trusted.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    fn config(&self, manner: Manner) -> ServerConfig {
        let names = match manner {
            Manner::OtherName => vec!["somebody.else".to_owned()],
            _ => vec!["acme.localhost".to_owned(), "127.0.0.1".to_owned()],
        };
        let key = KeyPair::generate().unwrap();
        let mut leaf = CertificateParams::new(names).unwrap();
        if manner == Manner::Expired {
            leaf.not_before = date_time_ymd(2020, 1, 1);
            leaf.not_after = date_time_ymd(2021, 1, 1);
        }
        let leaf = match manner {
            Manner::SelfSigned => leaf.self_signed(&key),
            _ => leaf.signed_by(&key, &self.0),
        };
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![leaf.unwrap().der().clone()], key)
            .unwrap()
    }
}

pub struct Front {
    pub port: u16,
    manner: Arc<Mutex<Manner>>,
    connections: Arc<Mutex<JoinSet<()>>>,
}

impl Front {
    /// Stands before a port of loopback.
    pub async fn of(port: u16, authority: &Arc<Authority>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let front = Self {
            port: listener.local_addr().unwrap().port(),
            manner: Arc::new(Mutex::new(Manner::Good)),
            connections: Arc::default(),
        };
        let (manner, connections) = (Arc::clone(&front.manner), Arc::clone(&front.connections));
        let (own, authority) = (front.port, Arc::clone(authority));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let manner = *manner.lock().unwrap();
                let carried = carry(client, manner, Arc::clone(&authority), (own, port));
                connections.lock().unwrap().spawn(carried);
            }
        });
        front
    }

    /// Ends all connections and is like this from now on.
    pub fn turn(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
        *self.connections.lock().unwrap() = JoinSet::new();
    }
}

async fn carry(mut client: TcpStream, manner: Manner, authority: Arc<Authority>, (own, port): (u16, u16)) {
    match manner {
        Manner::HangsUp => return,
        Manner::InClear => {
            let _ = client
                .write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")
                .await;
            return;
        }
        _ => {}
    }
    let acceptor = TlsAcceptor::from(Arc::new(authority.config(manner)));
    let Ok(client) = acceptor.accept(client).await else {
        return;
    };
    let server = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let (mut client_reads, mut client_writes) = tokio::io::split(client);
    let (mut server_reads, mut server_writes) = server.into_split();
    let asking = async {
        let mut bytes = vec![0; 64 * 1024];
        while let Ok(length @ 1..) = client_reads.read(&mut bytes).await {
            // The emulator tells portals by host and port.
            let asked = String::from_utf8_lossy(&bytes[..length])
                .replace(&format!(":{own}\r\n"), &format!(":{port}\r\n"));
            if server_writes.write_all(asked.as_bytes()).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = asking => {}
        _ = tokio::io::copy(&mut server_reads, &mut client_writes) => {}
    }
}
