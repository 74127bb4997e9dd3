//! Starts the emulator and prints where everything is.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::Context;
use bitrix24_emulator::{DEFAULT_CODE, Emulator, Options};
use clap::Parser;
use tokio::signal::unix::{SignalKind, signal};

/// Bitrix24 portals and their authorization server, on loopback.
#[derive(Parser)]
#[command(version)]
struct Flags {
    /// Where the authorization server listens
    #[arg(long, default_value = "127.0.0.1:8091")]
    oauth: SocketAddr,
    /// Where the portals listen
    #[arg(long, default_value = "127.0.0.1:8092")]
    portal: SocketAddr,
    /// The app's origin
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    app_url: String,
    /// Speak TLS with a certificate made at start
    #[arg(long)]
    tls: bool,
    /// Write the certificate authority to this file (PEM)
    #[arg(long, value_name = "PATH", requires = "tls")]
    ca_file: Option<PathBuf>,
    /// The app's id at the platform
    #[arg(long, value_name = "ID", default_value_t = Options::default().client_id)]
    client_id: String,
    /// The app's secret at the platform
    #[arg(long, value_name = "SECRET", default_value_t = Options::default().client_secret)]
    client_secret: String,
    /// Turn the request and operating limits on
    #[arg(long)]
    limits: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .init();
    let Flags {
        oauth,
        portal,
        app_url,
        tls,
        ca_file,
        client_id,
        client_secret,
        limits,
    } = Flags::parse();
    let options = Options {
        oauth,
        portal,
        app_url,
        tls,
        client_id,
        client_secret,
    };
    let emulator = Emulator::start(options.clone()).await?;
    if limits {
        emulator.turn_limits_on();
    }
    if let (Some(path), Some(pem)) = (&ca_file, emulator.ca_pem()) {
        std::fs::write(path, pem).with_context(|| format!("cannot write {}", path.display()))?;
    }
    announce(&emulator, &options);
    stopped().await?;
    emulator.stop().await;
    Ok(())
}

#[expect(
    clippy::print_stdout,
    reason = "the links are what the person at the terminal needs"
)]
fn announce(emulator: &Emulator, options: &Options) {
    println!("Portals               {}/", emulator.portal_url("acme"));
    println!("                      {}/", emulator.portal_url("globex"));
    println!("Authorization server  {}", emulator.oauth_url());
    println!("Control               {}/_emulator/", emulator.control_url());
    println!("Frame library         {}/api/v1/", emulator.control_url());
    println!(
        "App                   {} as {}",
        options.app_url, options.client_id
    );
    println!("A channel to connect  {DEFAULT_CODE}");
}

async fn stopped() -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupt = tokio::signal::ctrl_c() => interrupt?,
        _ = terminate.recv() => {}
    }
    Ok(())
}
