//! `threadwell search`

use super::tenant::{find, operate, operating};
use super::{Failure, output};
use clap::{Args, Subcommand};
use threadwell_application::access::Action;
use threadwell_application::ports::IndexState;
use threadwell_application::search;

/// The index by which the texts of messages are searched.
#[derive(Subcommand)]
pub(super) enum Search {
    /// Has the worker index every message of a practice again, while everybody goes on working.
    Rebuild(OfPractice),
    /// Says how far the index of a practice is.
    Status(OfPractice),
}

/// Of which practice.
#[derive(Args)]
pub(super) struct OfPractice {
    /// The practice's public code.
    #[arg(long)]
    practice: String,
}

impl Search {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let wiring = operating()?;
        let state = match self {
            Self::Rebuild(of) => {
                let practice = find(&wiring, &of.practice)?;
                operate(&wiring, (practice, Action::OperatorRebuildIndex), search::rebuild)?
            }
            Self::Status(of) => {
                let practice = find(&wiring, &of.practice)?;
                operate(&wiring, (practice, Action::OperatorReadIndex), |tx| tx.search_index().state())?
            }
        };
        output::say(&words(state));
        Ok(())
    }
}

fn words(state: IndexState) -> String {
    let phase = match (state.is_on, state.is_complete) {
        (true, true) => "ready",
        (true, false) => "building",
        (false, true) => "off",
        (false, false) => "off, being emptied",
    };
    format!("{phase}; rebuild {} has been at {} messages", state.generation, state.messages)
}
