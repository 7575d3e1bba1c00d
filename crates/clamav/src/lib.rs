//! Adapters of the `MalwareScanner` port: clamd over its INSTREAM command, and the demo's scanner that knows the EICAR
//! test file alone.
//!
//! **Invariant:** whatever goes wrong, no file is `Clean` by it. There is one way to that verdict: every byte was
//! handed over, and the answer is `stream: OK` to the letter.
//!
//! clamd is spoken to directly rather than through a client crate: those read an answer of any length, lose the answer
//! that comes before the file's end, and report a file that cannot be read as a connection that broke. To add an
//! adapter, implement the port and put it through the contract in `tests/it`.

mod address;
mod answer;
mod clamd;
mod eicar;
mod failure;
mod pieces;
mod settings;
mod wire;

pub use address::ClamdAddress;
pub use clamd::ClamdScanner;
pub use eicar::EicarScanner;
pub use failure::ClamdFailure;
pub use settings::{ClamdSettings, SettingsError};
