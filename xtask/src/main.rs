//! Chores of the kalys workspace: `cargo xtask <command>`.

mod bench;
mod dict;
mod ud;

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
    /// Time the check beside the limit program, on the same acts
    Bench(bench::Args),
    /// Make the packed Russian dictionary from the pinned Python package
    Dict(dict::Args),
    /// Score the Kyrgyz grammar on a treebank and on acts
    Ud(ud::Args),
}

fn main() -> Result<()> {
    match Xtask::parse().command {
        Command::Bench(args) => bench::run(&args),
        Command::Dict(args) => dict::run(&args),
        Command::Ud(args) => ud::run(&args),
    }
}
