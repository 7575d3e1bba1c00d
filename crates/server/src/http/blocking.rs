//! The one door from async handlers to blocking work.
//!
//! It lets in as many requests as there are database connections; the others wait a moment and are then asked to come
//! back, so that a slow database does not pile up threads. The request's span goes along, and a panic is an answer.

use super::code::Code;
use super::error::{ApiError, ApiResult};
use std::time::Duration;
use threadwell_application::Result;
use tokio::sync::Semaphore;
use tracing::Span;

const WAIT_LIMIT: Duration = Duration::from_secs(2);

/// Bounds blocking work.
#[derive(Debug)]
pub(crate) struct Blocking {
    permits: Semaphore,
}

impl Blocking {
    /// Lets this many in at once.
    pub(crate) fn new(connections: usize) -> Self {
        Self { permits: Semaphore::new(connections.max(1)) }
    }

    /// Runs a use case off the async threads.
    pub(crate) async fn run<T, F>(&self, work: F) -> ApiResult<T>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T> + Send + 'static,
    {
        let permit = tokio::time::timeout(WAIT_LIMIT, self.permits.acquire()).await;
        let Ok(Ok(_permit)) = permit else {
            return Err(ApiError::Busy { code: Code::DependencyUnavailable, retry_after: 1 });
        };
        let span = Span::current();
        #[expect(clippy::disallowed_methods, reason = "this is the door that the lint sends everybody to")]
        let done = actix_web::web::block(move || span.in_scope(work)).await;
        done.map_err(|_| Code::InternalError)?.map_err(ApiError::from)
    }
}
