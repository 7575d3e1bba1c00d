//! The contract of the `MalwareScanner` port on both adapters, clamd's own manners, and what goes wrong with it.
#![expect(clippy::unwrap_used, reason = "tests may stop")]

mod clamd;
mod content;
mod contract;
mod faults;
mod files;
mod standin;

use std::time::Duration;

use threadwell_application::ports::{ScanFailure, ScanVerdict};
use threadwell_clamav::{ClamdAddress, ClamdScanner, ClamdSettings};
use threadwell_devstack::{ClamdOptions, ClamdServer};

fn start() -> ClamdServer {
    ClamdServer::start(&ClamdOptions::default()).unwrap()
}

fn over_tcp(port: u16) -> ClamdSettings {
    let address = ClamdAddress::Tcp { host: "127.0.0.1".to_owned(), port };
    ClamdSettings { scan_timeout: Duration::from_secs(30), ..ClamdSettings::new(address) }
}

fn scanner(server: &ClamdServer) -> ClamdScanner {
    ClamdScanner::new(over_tcp(server.port())).unwrap()
}

fn is_malware(outcome: &Result<ScanVerdict, ScanFailure>) -> bool {
    matches!(outcome, Ok(ScanVerdict::Malware { .. }))
}

fn is_clean(outcome: &Result<ScanVerdict, ScanFailure>) -> bool {
    matches!(outcome, Ok(ScanVerdict::Clean))
}

/// Why the scanner is unavailable; nothing for every other outcome.
fn why_unavailable<T>(outcome: &Result<T, ScanFailure>) -> Option<String> {
    match outcome {
        Err(ScanFailure::Unavailable(source)) => Some(source.to_string()),
        _ => None,
    }
}
