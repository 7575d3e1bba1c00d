//! What happens to files behind the scenes: scanned, written anew, swept; and whether rows and objects agree.

mod backoff;
mod done;
mod orphans;
mod step;
mod verify;
mod waiting;
mod whole;
mod worker;

pub use done::FilesDone;
pub use orphans::{Swept, sweep_orphans, tidy_storage};
pub use verify::{Finding, verify_files};
pub use waiting::{FilePorts, Wait, Waiting};
pub use whole::whole;
pub use worker::FileWorker;
