//! What the product logs while the tests of a binary run.

use std::io::{self, Write};
use std::sync::{Mutex, Once};
use tracing_subscriber::filter::LevelFilter;

static LOGGED: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Everything that was logged so far, by all tests of the binary, down to debug level.
pub fn logged() -> String {
    String::from_utf8_lossy(&LOGGED.lock().unwrap()).into_owned()
}

/// Keeps the logs from now on.
pub(crate) fn keep() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        let kept = tracing_subscriber::fmt().json().with_max_level(LevelFilter::DEBUG).with_writer(|| Keeper);
        drop(kept.try_init());
    });
}

struct Keeper;

impl Write for Keeper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOGGED.lock().map_err(|_| io::Error::other("a test failed while logging"))?.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
