//! The configuration under which the server is measured.

use crate::Outcome;
use crate::keys::BenchKeys;
use crate::stack::Database;
use std::net::SocketAddr;
use std::path::Path;
use threadwell_crypto::RootKey;

/// More than any client asks for.
const UNLIMITED: &str = "1000000000";

/// What a site would set, but for what production refuses and the protocol asks for: plain HTTP on the loopback, and
/// rate limits that are out of the way.
///
/// # Errors
/// The machine has no randomness to give.
pub(crate) fn environment(
    address: SocketAddr,
    database: &Database,
    keys: &BenchKeys,
    scratch: &Path,
) -> Outcome<Vec<(&'static str, String)>> {
    let url = |role: &str| database.url(role);
    Ok(vec![
        ("THREADWELL_ENV", "development".to_owned()),
        ("THREADWELL_LISTEN", address.to_string()),
        ("THREADWELL_PUBLIC_ORIGIN", issuer(address)),
        ("THREADWELL_ROOT_KEY", keys.as_base64().to_owned()),
        ("THREADWELL_PASSWORD_PEPPER", RootKey::generate_base64()?.to_string()),
        ("THREADWELL_DATABASE_STAFF_URL", url("staff")),
        ("THREADWELL_DATABASE_PORTAL_URL", url("portal")),
        ("THREADWELL_DATABASE_WORKER_URL", url("worker")),
        ("THREADWELL_MAILBOX_DIR", scratch.join("mailbox").display().to_string()),
        ("THREADWELL_FILES_DIR", scratch.join("files").display().to_string()),
        ("THREADWELL_WEB_DIR", scratch.join("web").display().to_string()),
        ("THREADWELL_REQUESTS_PER_MINUTE", UNLIMITED.to_owned()),
        ("THREADWELL_WRITES_PER_MINUTE", UNLIMITED.to_owned()),
        ("THREADWELL_SEARCHES_PER_MINUTE", UNLIMITED.to_owned()),
    ])
}

/// Who issues the tokens of the measured installation.
pub(crate) fn issuer(address: SocketAddr) -> String {
    format!("http://{address}")
}
