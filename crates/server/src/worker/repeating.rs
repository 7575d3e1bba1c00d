//! A thread that does one thing again and again until it is told to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

const BREATH: Duration = Duration::from_millis(500);

/// Whether everybody is to stop. Work that goes on for long looks at it between its steps.
#[derive(Clone, Debug, Default)]
pub(super) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Whether somebody said so.
    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Says so.
    pub(super) fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A thread that does one thing again and again. Dropping it waits until the work in hand is done.
#[derive(Debug)]
pub(super) struct Repeating {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Repeating {
    /// Starts it.
    pub(super) fn start(name: &str, mut work: impl FnMut() + Send + 'static) -> std::io::Result<Self> {
        let (stop, stopped) = channel();
        let repeat = move || {
            loop {
                work();
                match stopped.recv_timeout(BREATH) {
                    Err(RecvTimeoutError::Timeout) => {}
                    Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        };
        let thread = thread::Builder::new().name(name.to_owned()).spawn(repeat)?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }

    /// Tells it to stop, without waiting.
    pub(super) fn tell(&mut self) {
        drop(self.stop.take());
    }
}

impl Drop for Repeating {
    fn drop(&mut self) {
        self.tell();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the worker ended by a panic");
        }
    }
}
