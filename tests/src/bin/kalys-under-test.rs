//! The program, built for the tests.

use std::process::ExitCode;

fn main() -> ExitCode {
    kalys::main()
}
