//! What happens to files behind the scenes: scanned, written anew, swept; and whether rows and objects agree.

mod backoff;
mod orphans;
mod verify;
mod waiting;
mod whole;
mod worker;

pub use orphans::{Swept, sweep_orphans};
pub use verify::{Finding, verify_files};
pub use waiting::{FilePorts, Wait, Waiting};
pub use whole::whole;
pub use worker::{FileWorker, FilesDone};
