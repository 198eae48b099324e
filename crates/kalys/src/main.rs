//! The binary; the program is in the library beside it.

use std::process::ExitCode;

fn main() -> ExitCode {
    kalys::main()
}
