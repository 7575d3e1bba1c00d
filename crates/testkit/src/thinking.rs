//! A scanner that thinks for long about some files and gives no answer.

use crate::clock::FixedClock;
use async_trait::async_trait;
use chrono::Duration;
use std::future::poll_fn;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use threadwell_application::ports::{FileStream, MalwareScanner, ScanFailure, ScanVerdict};

/// Passes everything but files in which the mark stands: over those a minute of the app's clock passes, then it gives up.
#[derive(Debug)]
pub struct ThinkingScanner {
    mark: &'static [u8],
    clock: OnceLock<Arc<FixedClock>>,
    given_up: AtomicUsize,
}

impl ThinkingScanner {
    /// Thinks about files with a mark.
    pub fn over(mark: &'static [u8]) -> Arc<Self> {
        Arc::new(Self { mark, clock: OnceLock::new(), given_up: AtomicUsize::new(0) })
    }

    /// From now on time passes over its thoughts.
    pub fn set_clock(&self, clock: Arc<FixedClock>) {
        self.clock.set(clock).unwrap();
    }

    /// How often it gave up.
    pub fn given_up(&self) -> usize {
        self.given_up.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl MalwareScanner for ThinkingScanner {
    async fn scan(&self, mut content: FileStream) -> Result<ScanVerdict, ScanFailure> {
        let mut bytes = Vec::new();
        while let Some(piece) = poll_fn(|cx| content.as_mut().poll_next(cx)).await {
            bytes.extend_from_slice(&piece.map_err(ScanFailure::Content)?);
        }
        if !bytes.windows(self.mark.len()).any(|part| part == self.mark) {
            return Ok(ScanVerdict::Clean);
        }
        self.given_up.fetch_add(1, Ordering::SeqCst);
        if let Some(clock) = self.clock.get() {
            clock.advance(Duration::minutes(1));
        }
        Err(ScanFailure::Unavailable("it thinks".into()))
    }

    async fn ready(&self) -> Result<(), ScanFailure> {
        Ok(())
    }
}
