//! Acts on many threads at once: `/api/patient-messages/threads/bulk`.

pub(crate) mod act;
mod answer;
pub(crate) mod undo;

/// How many threads an act may take for one write of its doer's.
const THREADS_PER_WRITE: usize = 20;

/// How many writes an act on so many threads counts as.
fn writes_of(threads: usize) -> u32 {
    u32::try_from(threads.div_ceil(THREADS_PER_WRITE)).unwrap_or(u32::MAX)
}
