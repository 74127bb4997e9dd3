//! `scripts/mutations`: takes each defence of `tests/mutations.toml` out of a copy of the sources, one at a time, and
//! runs the stories that guard it. A defence whose stories still pass without it is not guarded.

#![expect(clippy::print_stdout, reason = "what is printed is what a report is for")]

mod copy;
mod plan;
mod run;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, Result};
use clap::Parser;

use copy::Copy;
use plan::Mutation;
use run::Stories;

/// Takes one defence after another out of a copy of the sources, and expects its stories to fail.
#[derive(Parser)]
#[command(name = "scripts/mutations", bin_name = "scripts/mutations")]
struct Asked {
    /// Only the defences against these threats, such as L1 or EGRESS; all of them without any
    threats: Vec<String>,
}

fn main() -> Result<ExitCode> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mutations = plan::read(&root)?;
    let asked = Asked::parse();
    let chosen: Vec<_> = mutations
        .iter()
        .filter(|mutation| asked.threats.is_empty() || asked.threats.contains(&mutation.threat))
        .collect();
    let copy = Copy::of(&root).context("the sources are not copied")?;
    let stories = Stories::new(&root, copy.folder());

    let all: Vec<&str> = chosen.iter().flat_map(|mutation| mutation.stories()).collect();
    println!(
        "{} defences; their stories hold with all of them in place …",
        chosen.len()
    );
    stories.hold(&all)?;

    let mut unguarded = 0;
    for mutation in chosen {
        let began = Instant::now();
        let verdict = taken_out(mutation, &copy, &stories)?;
        unguarded += usize::from(verdict != Verdict::Guarded);
        let took = began.elapsed().as_secs();
        println!(
            "{:<13}{:<5}{:>4} s  {}",
            verdict.word(),
            mutation.threat,
            took,
            mutation.what
        );
        if let Verdict::Unguarded(held) = verdict {
            for story in held {
                println!("{:18}{story} holds without it", "");
            }
        }
    }
    println!("{unguarded} of them are not guarded");
    Ok(ExitCode::from(u8::from(unguarded > 0)))
}

/// What became of the stories without the defence.
#[derive(PartialEq)]
enum Verdict {
    /// Every one failed.
    Guarded,
    /// These held.
    Unguarded(Vec<String>),
    /// The sources without the defence do not compile: the compiler guards it, or the mutation is a bad one.
    DoesNotCompile,
}

impl Verdict {
    fn word(&self) -> &'static str {
        match self {
            Self::Guarded => "guarded",
            Self::Unguarded(_) => "NOT GUARDED",
            Self::DoesNotCompile => "NO MUTATION",
        }
    }
}

fn taken_out(mutation: &Mutation, copy: &Copy, stories: &Stories<'_>) -> Result<Verdict> {
    let file = Path::new(&mutation.file);
    let whole = copy.read(file)?;
    copy.write(file, &mutation.applied_to(&whole)?)?;
    let failed = stories.failed(&mutation.stories().collect::<Vec<_>>());
    copy.write(file, &whole)?;
    let Some(failed) = failed? else {
        return Ok(Verdict::DoesNotCompile);
    };
    let held: Vec<String> = mutation
        .stories()
        .filter(|story| !failed.contains(*story))
        .map(str::to_owned)
        .collect();
    Ok(if held.is_empty() {
        Verdict::Guarded
    } else {
        Verdict::Unguarded(held)
    })
}
