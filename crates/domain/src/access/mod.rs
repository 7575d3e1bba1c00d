//! Who may do what: roles, operations and the one table that joins them; grants of portal accounts.

mod grant;
mod operation;
mod role;

pub use grant::{Grant, GrantScope, PortalOperation, PortalRefusal, Relationship};
pub use operation::Operation;
pub use role::Role;
