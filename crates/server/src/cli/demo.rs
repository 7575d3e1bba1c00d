//! `threadwell demo`

use super::tenant::operating;
use super::{Failure, output, runtime};
use crate::config::Environment;
use crate::demo;
use crate::secrets::Secret;
use crate::wiring::{Wiring, stored_password};
use bytes::Bytes;
use clap::Subcommand;
use threadwell_application::files::whole;
use threadwell_application::ports::StorageFailure;

/// The demo's people and conversations.
#[derive(Subcommand)]
pub(super) enum Demo {
    /// Loads the two demo practices, where they are not there yet.
    Load,
}

impl Demo {
    pub(super) fn run(&self) -> Result<(), Failure> {
        match self {
            Self::Load => {
                let wiring = operating()?;
                if wiring.config.environment == Environment::Production {
                    return Err(Failure::Usage("Demo data has no place beside real patients.".to_owned()));
                }
                let summary = load(&wiring)?;
                output::say(&format!("{} practices, {} threads loaded.", summary.practices, summary.threads));
                Ok(())
            }
        }
    }
}

/// Loads what is missing of the demo.
pub(super) fn load(wiring: &Wiring) -> Result<demo::DemoSummary, Failure> {
    // A password that cannot be hashed gives people who cannot sign in, and never an empty one who can.
    let hash = |password: &str| {
        stored_password(&wiring.passwords, &Secret::new(password)).unwrap_or_else(|_| "unusable".to_owned())
    };
    let loaded = demo::load(&*wiring.store, &hash, wiring.clock.now())?;
    let storing = async {
        for (blob, bytes) in loaded.objects() {
            wiring.files.storage.store(blob, whole(Bytes::from_static(bytes))).await?;
        }
        Ok::<(), StorageFailure>(())
    };
    runtime()?.block_on(storing).map_err(threadwell_application::Error::unavailable)?;
    Ok(loaded.summary)
}
