//! Private servers for `threadwell dev` and for tests: the real programs, started for one owner and gone with it.
//!
//! Never depends on another crate of the workspace, and is never part of a production path. Everything here is
//! synchronous. A server stops when its value is dropped, and also when the owning process is killed: each has a
//! companion that notices the end of a pipe. To add a server, give it a module with `start` and `Drop`, and an entry
//! in [`StackError::MissingProgram`]'s users that names the Debian package.

mod account;
pub mod clamd;
mod directory;
mod error;
pub mod postgres;
mod process;
pub mod smtp;
mod watchdog;

pub use clamd::{ClamdOptions, ClamdServer, eicar_test_file};
pub use directory::reachable_directory;
pub use error::StackError;
pub use postgres::{Durability, PostgresOptions, PostgresServer};
pub use smtp::{AfterData, Faults, ReceivedMail, SmtpOptions, SmtpServer, TlsMode};
