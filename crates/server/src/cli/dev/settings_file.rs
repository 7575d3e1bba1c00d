//! The settings of a private installation, as a file that a shell reads: for a second server or a worker beside it.

use crate::cli::Failure;
use std::fmt::Write;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// What another process needs to serve the same data. Where it listens is for it to say.
const NAMES: [&str; 11] = [
    "THREADWELL_ENV",
    "THREADWELL_ROOT_KEY",
    "THREADWELL_PASSWORD_PEPPER",
    "THREADWELL_DATABASE_STAFF_URL",
    "THREADWELL_DATABASE_PORTAL_URL",
    "THREADWELL_DATABASE_WORKER_URL",
    "THREADWELL_FILES_DIR",
    "THREADWELL_SCANNER",
    "THREADWELL_MAILBOX_DIR",
    "THREADWELL_PUBLIC_ORIGIN",
    "THREADWELL_WEB_DIR",
];

/// Writes the file for its owner's eyes only.
pub(super) fn write(path: &Path, setting: &dyn Fn(&str) -> Option<String>) -> Result<(), Failure> {
    let mut text = String::new();
    for name in NAMES {
        if let Some(value) = setting(name) {
            // In single quotes a shell reads everything but a single quote as it stands.
            let _ = writeln!(text, "{name}='{}'", value.replace('\'', "'\\''"));
        }
    }
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    Ok(file.write_all(text.as_bytes())?)
}
