use std::{ffi::OsString, num::NonZeroUsize, path::PathBuf, thread, time::Duration};

/// How files are looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectorSettings {
    /// The program that looks into one file: it must end in [`run_child`](crate::run_child).
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// The longest time that is waited for one file once it was handed over. Longer than the process may be at work, by
    /// which alone a file is refused.
    pub time_limit: Duration,
    /// The most files at once.
    pub at_once: NonZeroUsize,
}

impl Default for InspectorSettings {
    /// The running program itself with the argument `inspect-file`, thirty seconds, one file for each processor.
    ///
    /// The program is named by what the kernel started, not by its path: an update may have replaced the file.
    fn default() -> Self {
        Self {
            program: PathBuf::from("/proc/self/exe"),
            arguments: vec!["inspect-file".into()],
            time_limit: Duration::from_secs(30),
            at_once: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        }
    }
}
