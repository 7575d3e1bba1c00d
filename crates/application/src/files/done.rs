//! What a worker did.

/// What one pass did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FilesDone {
    /// Files that became available.
    pub available: usize,
    /// Files that were refused.
    pub rejected: usize,
    /// Uploads that were swept.
    pub swept: usize,
    /// Steps that will be tried again.
    pub put_off: usize,
    /// Further steps.
    pub steps: usize,
}

impl FilesDone {
    pub(super) const fn plus(self, other: Self) -> Self {
        Self {
            available: self.available + other.available,
            rejected: self.rejected + other.rejected,
            swept: self.swept + other.swept,
            put_off: self.put_off + other.put_off,
            steps: self.steps + other.steps,
        }
    }

    /// Whether anything was there to do.
    pub const fn is_empty(self) -> bool {
        self.available + self.rejected + self.swept + self.put_off + self.steps == 0
    }
}
