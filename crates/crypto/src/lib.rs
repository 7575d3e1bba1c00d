//! Everything Threadwell knows about keys: sealed fields, the key hierarchy, blind indexes, passwords and tokens.
//!
//! Pure: no files, no network, no clock. Time is an argument, keys come in as bytes, and the only thing taken from
//! the machine is randomness. This crate depends on no other crate of the workspace, so that it can be fuzzed and
//! reviewed alone. Errors name what went wrong and never carry a plaintext, a key or a token.
//!
//! Where to look: [`root_key`] wraps [`keys`]; [`envelope`] seals one column of one row; [`blob`] seals a file outside
//! the database, piece by piece; [`blind_index`] makes sealed values findable, over texts normalised by
//! [`normalise`]; [`passwords`], [`access_tokens`] and [`refresh`] carry identity. To add a purpose for a data key, add
//! a variant to [`Purpose`]: the exhaustive matches ask for the rest.

pub mod access_tokens;
pub mod blind_index;
pub mod blob;
pub mod envelope;
mod error;
pub mod keys;
pub mod normalise;
pub mod one_time;
pub mod passwords;
mod prk;
pub mod random;
pub mod recovery;
pub mod refresh;
pub mod root_key;
mod sealing;
pub mod stems;
pub mod totp;

pub use blind_index::{BlindIndex, Scope};
pub use envelope::Place;
pub use error::CryptoError;
pub use keys::{KeyRing, Purpose, TenantKey};
pub use root_key::{RootKey, RootKeyId};
