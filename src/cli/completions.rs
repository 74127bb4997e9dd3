//! `completions`: what a shell needs to complete the command line.

use clap::{ArgMatches, Command, ValueEnum as _};
use clap_complete::Shell;

use super::print;
use super::{Stop, args};

const EXAMPLES: &str = "Examples:
  channel-connect completions bash > /etc/bash_completion.d/channel-connect
  channel-connect completions zsh > ~/.zfunc/_channel-connect
  channel-connect completions fish \\
    > ~/.config/fish/completions/channel-connect.fish";

/// The command's words.
pub(super) fn command() -> Command {
    Command::new("completions")
        .about("Prints completions for a shell")
        .after_help(EXAMPLES)
        .arg(args::word("shell", "SHELL", "Which shell").value_parser(["bash", "zsh", "fish"]))
}

/// Prints them.
pub(super) fn run(given: &ArgMatches) -> Result<(), Stop> {
    let shell = Shell::from_str(args::text(given, "shell"), true)
        .map_err(|fault| Stop::Failed(anyhow::anyhow!(fault)))?;
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut super::command(), "channel-connect", &mut script);
    print::text(&String::from_utf8_lossy(&script))
}
