//! Looks into one file, as `threadwell inspect-file` does; for tests and for looking by hand.

use std::{
    io::{stdin, stdout},
    process::ExitCode,
};

fn main() -> ExitCode {
    threadwell_inspection::run_child(stdin().lock(), stdout().lock())
}
