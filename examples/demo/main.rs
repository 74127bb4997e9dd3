//! `cargo demo`: an emulated Bitrix24, the app and an embedded database in one process, ready to be opened in
//! a browser. `cargo demo -- --headless` walks the same path without one and checks every step.

#![expect(
    clippy::print_stdout,
    reason = "what is printed is what a demonstration is for"
)]

mod portal_page;
mod stage;
mod walk;
mod wire;

use std::process::ExitCode;
use std::time::Duration;

use bitrix24_emulator::DEFAULT_CODE;
use clap::Parser;
use tokio::signal::unix::{SignalKind, signal};

use stage::Stage;
use wire::Wire;

/// The walk takes about a second; whatever takes this long hangs.
const WALK_WITHIN: Duration = Duration::from_mins(1);

/// How soon a call is shown after it crossed the wire.
const GLANCE: Duration = Duration::from_millis(300);

/// Starts an emulated Bitrix24, the app and an embedded database, and prints the link of a portal to open.
#[derive(Parser)]
#[command(name = "cargo demo --", bin_name = "cargo demo --")]
struct Asked {
    /// Needs no browser: installs, opens, connects with an expired token, checks every step. Exit 0 if all
    /// held, 1 if not
    #[arg(long)]
    headless: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let asked = Asked::parse();
    let filter = std::env::var("RUST_LOG").unwrap_or_else(|_| "error".to_owned());
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(filter))
        .with_writer(std::io::stderr)
        .init();
    let outcome = if asked.headless {
        headless().await
    } else {
        in_a_browser().await
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("\nThe demo did not hold: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn headless() -> anyhow::Result<()> {
    let stage = Stage::set().await?;
    println!("Channel Connect without a browser\n");
    println!("{stage}");
    let walked = tokio::time::timeout(WALK_WITHIN, walk::walk(&stage)).await;
    let cleared = stage.clear().await;
    walked.map_err(|_| anyhow::anyhow!("not done within {} s", WALK_WITHIN.as_secs()))??;
    cleared?;
    println!("\nEverything held.");
    Ok(())
}

async fn in_a_browser() -> anyhow::Result<()> {
    let stage = Stage::set().await?;
    println!("Channel Connect in an emulated Bitrix24\n");
    println!("{stage}");
    println!("  Open   {}/", stage.portal_url());
    println!();
    println!("  1. You are signed in as an administrator. The install wizard runs by itself.");
    println!("  2. Paste this code and press Connect channel:");
    println!();
    println!("         {DEFAULT_CODE}");
    println!();
    println!("  3. Press Open chat. Above the page you can change person, role, language and portal.");
    println!();
    println!("  Ctrl-C ends everything; nothing is kept. What the app asks of Bitrix24 meanwhile:");
    println!();
    let (wire, mut shown) = (Wire::of(&stage)?, 0);
    let mut ended = std::pin::pin!(end_signal());
    loop {
        tokio::select! {
            ended = &mut ended => break ended?,
            () = tokio::time::sleep(GLANCE) => shown = show_news(&wire, shown).await?,
        }
    }
    println!("\nStopping.");
    stage.clear().await
}

/// Prints the calls that were answered since the last glance; gives how many have been shown in all.
async fn show_news(wire: &Wire, shown: usize) -> anyhow::Result<usize> {
    let calls = wire.calls().await?;
    let answered = calls.iter().take_while(|call| call.status.is_some()).count();
    for call in calls.iter().take(answered).skip(shown) {
        println!("  {call}");
    }
    Ok(answered)
}

/// Resolves at Ctrl-C or SIGTERM.
async fn end_signal() -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        pressed = tokio::signal::ctrl_c() => pressed,
    }
}
