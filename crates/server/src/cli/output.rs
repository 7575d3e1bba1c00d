//! What a person at the terminal reads.

use std::io::{self, Write};

/// Says something on standard output; a closed pipe is no failure.
pub(super) fn say(text: &str) {
    let _ = writeln!(io::stdout(), "{text}");
}

/// Says what went wrong on standard error.
pub(super) fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "threadwell: {}", text.trim_end());
}
