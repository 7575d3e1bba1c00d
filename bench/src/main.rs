//! Measures Threadwell as docs/performance.md describes: HTTP through the release build beside the least SQL that does
//! the same work, on the same database, in alternation.
//!
//! It knows the store only to found practices, and PostgreSQL, wrk and pgbench as programs. A further kind of work is
//! an entry in [`work::ALL`], a request in `load/work.lua` and a floor in `floor/`.

mod environment;
mod generate;
mod ids;
mod keys;
mod live;
mod load;
mod machine;
mod protocol;
mod report;
mod searches;
mod size;
mod sql;
mod stack;
mod statements;
mod uploads;
mod work;

use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;
use threadwell_application::ports::{Clock, SystemClock};

/// The result of whatever can go wrong here; all of it ends the run.
type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Measures HTTP against the least SQL that does the same work.
#[derive(Parser, Debug)]
struct Options {
    /// A smoke test of a few seconds with little data; its figures mean nothing.
    #[arg(long)]
    quick: bool,
    /// Adds a practice of a million threads to the growth table.
    #[arg(long)]
    huge: bool,
    /// How long one round measures.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// How long a round warms up.
    #[arg(long, default_value_t = 4)]
    warm_up: u64,
    /// How many rounds each figure is the median of.
    #[arg(long, default_value_t = 3)]
    rounds: u64,
    /// Threads of the large practice, where it is not to have a hundred thousand.
    #[arg(long)]
    large: Option<u64>,
    /// Keeps server and database for a look by hand until standard input ends.
    #[arg(long)]
    linger: bool,
    /// Measures only kinds of work whose name contains this.
    #[arg(long)]
    only: Option<String>,
    /// Says which statements the database spends its time on; costs a little speed.
    #[arg(long)]
    statements: bool,
    /// The server's program.
    #[arg(long, default_value = "target/release/threadwell")]
    server: PathBuf,
    /// Where the results go.
    #[arg(long, default_value = "bench/results")]
    results: PathBuf,
}

fn main() -> ExitCode {
    match protocol::run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

/// Tells whoever watches how far the run is.
#[expect(clippy::print_stdout, reason = "a command line tool talks to its user")]
fn say(line: &str) {
    println!("{line}");
}

#[expect(clippy::print_stderr, reason = "a command line tool talks to its user")]
fn complain(line: &str) {
    eprintln!("{line}");
}

/// Now, in milliseconds since 1970.
fn now_ms() -> u64 {
    u64::try_from(SystemClock.now().timestamp_millis()).unwrap_or(0)
}
