//! What administrators do: people, records, invitations and grants, what the practice decides, and who looked past the
//! limits of a role.

pub mod accounts;
pub mod bulk_invitations;
pub mod emergencies;
pub mod grants;
pub mod invitations;
mod links;
mod majority;
pub mod records;
pub mod roles;
pub mod settings;
pub mod users;

pub use links::LinkHashes;
pub(crate) use links::{Draft, send_link};
