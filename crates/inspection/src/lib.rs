//! Looks into files that nobody trusts, and writes pictures anew: the adapter of the `FileInspector` port.
//!
//! Two halves. The pure one ([`inspect`], [`clean`]) takes bytes and gives a verdict or a picture; it knows no I/O, and
//! each kind has a module of its own. The other half puts it into a process of its own: [`run_child`] is that process,
//! [`InspectorProcess`] starts it for each file. The server calls the second half alone: what parses a stranger's
//! file never shares memory with keys or with other people's messages.
//!
//! The only crate that names decoders of pictures, XML or compressed data. To take in another kind of file, add it to
//! the domain: the exhaustive matches in `inspect.rs` and `cleaning` ask for the rest, and `tests/it` for its attacks.

mod bytes;
mod child;
mod cleaning;
#[cfg(feature = "corpus")]
#[expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "makes files for tests, and may stop where it could not"
)]
pub mod corpus;
mod docx;
mod hearing;
mod inflate;
mod inspect;
mod pdf;
mod pictures;
mod process;
mod settings;

pub use child::{confinement::Confinement, run_child};
pub use cleaning::{Cleaned, clean};
pub use inspect::inspect;
pub use process::InspectorProcess;
pub use settings::InspectorSettings;
