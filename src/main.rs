//! `channel-connect`: see `--help`, or the README.

fn main() -> std::process::ExitCode {
    channel_connect::cli::run()
}
