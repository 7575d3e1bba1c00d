//! The asynchronous ports of files, used from a thread that may wait.

use crate::ports::{AttachmentStorage, FileInspector, MalwareScanner};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// Runs a future to its end on the caller's thread. The server gives its runtime's.
pub type Wait<'a> = dyn Fn(Pin<Box<dyn Future<Output = ()> + Send + '_>>) + Send + Sync + 'a;

/// Where the bytes of files are, and who looks into them.
#[derive(Clone, Debug)]
pub struct FilePorts {
    /// Keeps them.
    pub storage: Arc<dyn AttachmentStorage>,
    /// Looks for malware.
    pub scanner: Arc<dyn MalwareScanner>,
    /// Looks into them and writes pictures anew.
    pub inspector: Arc<dyn FileInspector>,
}

/// The ports, with somebody who waits for them.
#[derive(Clone, Copy)]
pub struct Waiting<'a> {
    /// The ports.
    pub ports: &'a FilePorts,
    /// How to wait.
    pub wait: &'a Wait<'a>,
}

impl std::fmt::Debug for Waiting<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Waiting").field("ports", self.ports).finish_non_exhaustive()
    }
}

impl Waiting<'_> {
    /// Waits for a future. `None` if whoever waits gave up.
    pub(super) fn until<T: Send>(&self, future: impl Future<Output = T> + Send) -> Option<T> {
        let mut result = None;
        let place = &mut result;
        (self.wait)(Box::pin(async move { *place = Some(future.await) }));
        result
    }
}
