//! The `threadwell` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    threadwell_server::cli::run()
}
