//! The one door from async handlers to blocking work.
//!
//! It lets in as many requests of each audience as that audience has database connections; the others wait a moment and are then asked to come
//! back, so that a slow database does not pile up threads. The request's span goes along, and a panic is an answer.

use super::code::Code;
use super::error::{ApiError, ApiResult};
use std::time::Duration;
use threadwell_application::Result;
use threadwell_application::access::Audience;
use tokio::sync::Semaphore;
use tracing::Span;

const WAIT_LIMIT: Duration = Duration::from_secs(2);

/// Bounds blocking work. A rush of patients leaves the staff's connections to the staff.
#[derive(Debug)]
pub(crate) struct Blocking {
    staff: Semaphore,
    portal: Semaphore,
}

impl Blocking {
    /// Lets this many of each audience in at once.
    pub(crate) fn new(connections: usize) -> Self {
        let connections = connections.max(1);
        Self { staff: Semaphore::new(connections), portal: Semaphore::new(connections) }
    }

    /// Runs a use case off the async threads.
    pub(crate) async fn run<T, F>(&self, audience: Audience, work: F) -> ApiResult<T>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T> + Send + 'static,
    {
        let permits = match audience {
            Audience::Staff => &self.staff,
            Audience::Portal => &self.portal,
        };
        let permit = tokio::time::timeout(WAIT_LIMIT, permits.acquire()).await;
        let Ok(Ok(_permit)) = permit else {
            return Err(ApiError::Busy { code: Code::DependencyUnavailable, retry_after: 1 });
        };
        let span = Span::current();
        #[expect(clippy::disallowed_methods, reason = "this is the door that the lint sends everybody to")]
        let done = actix_web::web::block(move || span.in_scope(work)).await;
        done.map_err(|_| Code::InternalError)?.map_err(ApiError::from)
    }
}
