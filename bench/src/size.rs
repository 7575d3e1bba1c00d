//! How much data a run measures.

/// Practices and their sizes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    /// Threads of each small practice.
    pub(crate) small: u64,
    /// How many small practices there are.
    pub(crate) small_practices: u64,
    /// Threads of the large practice.
    pub(crate) large: u64,
    /// Threads of the huge practice, where one is asked for.
    pub(crate) huge: Option<u64>,
}

/// One practice of the data.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Practice {
    /// Its number; part of every id in it.
    pub(crate) number: u64,
    /// Its threads.
    pub(crate) threads: u64,
    /// Messages of each thread.
    pub(crate) messages: u64,
}

/// Threads of one patient.
pub(crate) const THREADS_PER_PATIENT: u64 = 10;

/// Members of each staff; all of them see every category.
pub(crate) const STAFF: u64 = 20;

/// The large practice's number.
pub(crate) const LARGE: u64 = 1;

/// The first small practice's number.
pub(crate) const SMALL: u64 = 2;

/// The huge practice's number.
pub(crate) const HUGE: u64 = 900;

impl Sizes {
    /// What the protocol asks for.
    pub(crate) const fn full(with_huge: bool) -> Self {
        let huge = if with_huge { Some(1_000_000) } else { None };
        Self { small: 1_000, small_practices: 49, large: 100_000, huge }
    }

    /// Enough to see that everything works.
    pub(crate) const fn quick() -> Self {
        Self { small: 1_000, small_practices: 2, large: 2_000, huge: None }
    }

    /// The practices, the large one first.
    pub(crate) fn practices(&self) -> Vec<Practice> {
        let practice = |number, threads, messages| Practice { number, threads, messages };
        let small = (0..self.small_practices).map(|n| practice(SMALL + n, self.small, 10));
        // A million conversations of ten messages would not fit a developer's machine; two are enough for its index.
        let huge = self.huge.map(|threads| practice(HUGE, threads, 2));
        std::iter::once(practice(LARGE, self.large, 10)).chain(small).chain(huge).collect()
    }
}

impl Practice {
    /// Its patients; each has an account of its own.
    pub(crate) const fn patients(&self) -> u64 {
        self.threads / THREADS_PER_PATIENT
    }
}
