//! Ids that three programs can compute from a number: the generator, wrk's script and pgbench's.
//!
//! An id is a UUIDv7 whose random part is kind, practice and number. Threads and messages carry a time that grows with
//! their number, so that they lie in the index as real ones do; everything else carries the same time.

use uuid::Uuid;

/// What an id is of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Tenant = 1,
    Staff = 2,
    Patient = 3,
    Account = 4,
    Thread = 5,
    Message = 6,
    StaffSession = 7,
    PortalSession = 8,
    Audit = 9,
}

/// 2024-11-22 in milliseconds: when the oldest thread was started.
pub(crate) const EPOCH_MS: u64 = 1_732_233_600_000;

/// The time over which threads are spread: two years less a day.
pub(crate) const SPAN_MS: u64 = 729 * 24 * 3_600 * 1_000;

/// An id that carries no time of its own.
pub(crate) fn id(kind: Kind, practice: u64, number: u64) -> Uuid {
    timed(kind, practice, number, EPOCH_MS)
}

/// An id that carries a time.
pub(crate) fn timed(kind: Kind, practice: u64, number: u64, ms: u64) -> Uuid {
    let high = u128::from(ms) << 80 | 0x7 << 76 | (kind as u128) << 64;
    let low = 0x8 << 60 | u128::from(practice) << 48 | u128::from(number);
    Uuid::from_u128(high | low)
}

/// The time between two threads of a practice of this size.
pub(crate) const fn step_ms(threads: u64) -> u64 {
    SPAN_MS / threads
}

/// When a thread was started.
pub(crate) const fn started_ms(threads: u64, number: u64) -> u64 {
    EPOCH_MS + number * step_ms(threads)
}

/// A thread's id.
pub(crate) fn thread(practice: u64, threads: u64, number: u64) -> Uuid {
    timed(Kind::Thread, practice, number, started_ms(threads, number))
}
