//! What is said of a panic. Its message may quote a value: an expectation shows the error that it met, and a slice cut
//! within a letter shows the whole text. So only messages that stand in the program are repeated.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::PanicHookInfo;

use super::print;
use crate::app::cause;

/// What stands for a message that was put together when it was needed.
const UNTOLD: &str = "(not repeated: it may quote a value)";

/// Says of every panic from now on where it was and on whose account, and no more of its message than a literal.
pub(super) fn tell_without_values() {
    std::panic::set_hook(Box::new(tell));
}

fn tell(panic: &PanicHookInfo<'_>) {
    let message = panic.payload().downcast_ref::<&'static str>().unwrap_or(&UNTOLD);
    let at = panic.location().map(ToString::to_string).unwrap_or_default();
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("unnamed");
    let cause = cause().unwrap_or_default();
    // Functions and lines, no values; only if RUST_BACKTRACE asks for it.
    let trace = Backtrace::capture();
    // Nobody logs yet, or nothing of ours: a panic is never silent.
    if !tracing::enabled!(tracing::Level::ERROR) {
        print::aside(&format!(
            "channel-connect: panicked at {at} (thread {thread}): {message}"
        ));
        return;
    }
    if trace.status() == BacktraceStatus::Captured {
        tracing::error!(at, thread, cause, said = message, %trace, "panicked");
    } else {
        tracing::error!(at, thread, cause, said = message, "panicked");
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::app::correlated;

    /// Says to the test of this name, started as a process of its own, how to panic.
    const HOW: &str = "TEST_PANIC";
    const SECRET: &str = "s3cr3t-\u{e9}-s3cr3t";

    fn panic_somehow(how: &str) {
        let secret = std::env::var("TEST_SECRET").unwrap();
        match how {
            "literal" => panic!("a literal of ours"),
            "format" => panic!("the token {secret} is odd"),
            "expect" => Some(secret).map_or(Ok(()), Err).expect("it works"),
            "slice" => drop(secret[..8].to_owned()),
            _ => std::panic::panic_any(secret),
        }
    }

    /// A process that panics in a task, on somebody's account; what it says.
    fn told(how: &str, logs: &str) -> String {
        let test = "cli::panics::tests::a_panic_is_told_without_the_values_it_quotes";
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", test, "--nocapture"])
            .env(HOW, how)
            .env("TEST_SECRET", SECRET)
            .env("TEST_LOGGING", logs)
            .output()
            .unwrap();
        format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    }

    fn be_the_process_that_panics(how: &str) {
        tell_without_values();
        let lines = tracing_subscriber::fmt().with_writer(std::io::stderr);
        match std::env::var("TEST_LOGGING").as_deref() {
            Ok("text") => lines.init(),
            Ok("json") => lines.json().init(),
            _ => {}
        }
        let how = how.to_owned();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .thread_name("panicking")
            .build()
            .unwrap();
        let task = async { correlated("request-7", None, async move { panic_somehow(&how) }).await };
        let _ = runtime.block_on(runtime.spawn(task));
    }

    #[test]
    fn a_panic_is_told_without_the_values_it_quotes() {
        if let Ok(how) = std::env::var(HOW) {
            return be_the_process_that_panics(&how);
        }
        for how in ["literal", "format", "expect", "slice", "any"] {
            for logs in ["text", "json", ""] {
                let told = told(how, logs);
                assert!(!told.contains("s3cr3t"), "{how}: {told}");
                assert!(
                    told.contains("panicked") && told.contains("panicking"),
                    "{how}: {told}"
                );
                assert!(told.contains("src/cli/panics.rs:"), "{how}: {told}");
                assert_eq!(told.contains("a literal of ours"), how == "literal", "{told}");
                assert_eq!(told.contains("request-7"), !logs.is_empty(), "{how}: {told}");
                let objects = told
                    .lines()
                    .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
                let panics = objects
                    .filter(|line| line["fields"]["message"] == "panicked")
                    .count();
                assert_eq!(panics, usize::from(logs == "json"), "{how}: {told}");
            }
        }
    }
}
