//! The private servers, really started.
#![expect(clippy::unwrap_used, reason = "tests may stop")]

mod clamd;
mod postgres;
mod smtp;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    thread::sleep,
    time::{Duration, Instant},
};

/// A copy of this test program, where every account may start it.
///
/// A process of its own writes it: a file that this one held open for writing would pass into whatever another
/// test starts meanwhile, and the kernel runs no file that is open so (`ETXTBSY`).
fn own_program_in(directory: &Path) -> PathBuf {
    let program = directory.join("victim");
    assert!(Command::new("cp").arg(env::current_exe().unwrap()).arg(&program).status().unwrap().success());
    program
}

fn runs(pid: u32) -> bool {
    // A zombie has ended; it only waits for its parent to ask.
    let state = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    state.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

fn ends_within(seconds: u64, mut ended: impl FnMut() -> bool) -> bool {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(seconds) {
        if ended() {
            return true;
        }
        sleep(Duration::from_millis(20));
    }
    false
}
