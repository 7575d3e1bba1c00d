//! `threadwell attachments`

use super::{Failure, output, runtime};
use crate::config::Config;
use crate::wiring::Wiring;
use clap::{Args, Subcommand};
use std::future::Future;
use std::pin::Pin;
use threadwell_application::files::{Finding, Waiting, sweep_orphans, verify_files};

/// The bytes of files.
#[derive(Subcommand)]
pub(super) enum Attachments {
    /// Reads every stored object and compares them with the database: what is missing, broken or over is named.
    Verify,
    /// Removes objects of more than a day that no row names, as the worker does once a day.
    Sweep(Sweep),
}

/// Removes orphaned objects.
#[derive(Args)]
pub(super) struct Sweep {
    /// Removes them even if they are so many that this looks like the storage of another database.
    #[arg(long)]
    force: bool,
}

impl Attachments {
    pub(super) fn run(&self) -> Result<(), Failure> {
        match self {
            Self::Verify => verify(),
            Self::Sweep(sweep) => sweep.run(),
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

impl Sweep {
    fn run(&self) -> Result<(), Failure> {
        let wiring = Wiring::new(Config::from_environment()?)?;
        let runtime = runtime()?;
        let wait = |future: Pin<Box<dyn Future<Output = ()> + Send + '_>>| runtime.block_on(future);
        let files = Waiting { ports: &wiring.files, wait: &wait };
        let swept = sweep_orphans(&*wiring.store, files, wiring.clock.now(), self.force)?;
        if swept.is_refused() {
            return Err(Failure::Usage(format!(
                "{} of {} objects belong to no row; nothing was removed. Is this the storage of this database? \
                 --force removes them.",
                swept.orphans, swept.seen
            )));
        }
        output::say(&format!("{} of {} objects were orphans and are removed.", swept.removed, swept.seen));
        Ok(())
    }
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
