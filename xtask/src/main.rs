//! Chores of the kalys workspace: `cargo xtask <command>`.

mod dict;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Chores of the kalys workspace")]
struct Xtask {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make the packed Russian dictionary from the pinned Python package
    Dict(dict::Args),
}

fn main() -> Result<()> {
    match Xtask::parse().command {
        Command::Dict(args) => dict::run(&args),
    }
}
