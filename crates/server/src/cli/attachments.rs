//! `threadwell attachments`

use super::{Failure, output, runtime};
use crate::config::Config;
use crate::wiring::Wiring;
use clap::Subcommand;
use std::future::Future;
use std::pin::Pin;
use threadwell_application::files::{Finding, Waiting, verify_files};

/// The bytes of files.
#[derive(Subcommand)]
pub(super) enum Attachments {
    /// Reads every stored object and compares them with the database: what is missing, broken or over is named.
    Verify,
}

impl Attachments {
    pub(super) fn run(&self) -> Result<(), Failure> {
        match self {
            Self::Verify => verify(),
        }
    }
}

fn verify() -> Result<(), Failure> {
    let wiring = Wiring::new(Config::from_environment()?)?;
    let runtime = runtime()?;
    let wait = |future: Pin<Box<dyn Future<Output = ()> + Send + '_>>| runtime.block_on(future);
    let files = Waiting { ports: &wiring.files, wait: &wait };
    let mut findings = 0_usize;
    let read = verify_files(&*wiring.store, files, &mut |finding| {
        findings += 1;
        output::say(&words(&finding));
    })?;
    output::say(&format!("{read} objects were read; {findings} findings."));
    if findings == 0 { Ok(()) } else { Err(Failure::Findings(findings)) }
}

/// A finding on a line: ids and names of objects, nothing of their content.
fn words(finding: &Finding) -> String {
    match finding {
        Finding::Missing { tenant, file, name } => {
            format!("missing: object {name} of file {file} of practice {tenant}")
        }
        Finding::Broken { tenant, file, name } => {
            format!("broken: object {name} of file {file} of practice {tenant}")
        }
        Finding::KeyUnreadable { tenant, file } => {
            format!("unreadable: the key of file {file} of practice {tenant}")
        }
        Finding::Orphan(name) => format!("orphan: object {name}"),
    }
}
