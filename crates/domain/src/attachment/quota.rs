//! How much may be uploaded.

use super::{MAX_FILE_BYTES, MAX_FILES_PER_MESSAGE};

/// The most bytes that one person uploads in a day.
pub const PERSON_BYTES_A_DAY: u64 = 200 * 1024 * 1024;
/// The most bytes that the people of one practice upload in a day, unless the site says otherwise.
pub const PRACTICE_BYTES_A_DAY: u64 = 20 * 1024 * 1024 * 1024;

/// The limits of an installation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UploadLimits {
    /// Of one file.
    pub file_bytes: u64,
    /// Of one message.
    pub files_per_message: usize,
    /// Of one person in a day.
    pub person_bytes_a_day: u64,
    /// Of one practice in a day.
    pub practice_bytes_a_day: u64,
}

impl Default for UploadLimits {
    fn default() -> Self {
        Self {
            file_bytes: MAX_FILE_BYTES,
            files_per_message: MAX_FILES_PER_MESSAGE,
            person_bytes_a_day: PERSON_BYTES_A_DAY,
            practice_bytes_a_day: PRACTICE_BYTES_A_DAY,
        }
    }
}

impl UploadLimits {
    /// Whether a message that has files may take further ones.
    pub const fn admits_files(&self, present: usize, more: usize) -> bool {
        present.saturating_add(more) <= self.files_per_message
    }

    /// What an upload is counted for while its size is not known: what it announces, at most the largest file.
    pub const fn counted(&self, announced: Option<u64>) -> u64 {
        match announced {
            Some(bytes) if bytes < self.file_bytes => bytes,
            Some(_) | None => self.file_bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_takes_twenty_files() {
        let limits = UploadLimits::default();
        assert!(limits.admits_files(0, 20) && limits.admits_files(19, 1) && limits.admits_files(20, 0));
        assert!(!limits.admits_files(0, 21) && !limits.admits_files(20, 1));
        assert!(!limits.admits_files(1, usize::MAX));
    }

    #[test]
    fn what_says_nothing_of_its_size_counts_for_the_most() {
        let limits = UploadLimits::default();
        assert_eq!(limits.counted(None), MAX_FILE_BYTES);
        assert_eq!(limits.counted(Some(u64::MAX)), MAX_FILE_BYTES);
        assert_eq!(limits.counted(Some(7)), 7);
    }
}
