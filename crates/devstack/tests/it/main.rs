//! The private servers, really started.
#![expect(clippy::unwrap_used, reason = "tests may stop")]

mod clamd;
mod postgres;
mod smtp;

use std::{
    fs,
    thread::sleep,
    time::{Duration, Instant},
};

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
