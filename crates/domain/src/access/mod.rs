//! Who may do what: roles, operations and the one table that joins them; grants of portal accounts.

mod device_name;
mod factor_name;
mod grant;
mod one_time_code;
mod operation;
mod password;
mod role;

pub use device_name::{DeviceName, HolderName};
pub use factor_name::FactorName;
pub use grant::{Grant, GrantScope, PortalOperation, PortalRefusal, Relationship};
pub use one_time_code::open_steps;
pub use operation::Operation;
pub use password::{MAXIMUM, PasswordWeakness, check_password, minimum_length, stands_alone};
pub use role::Role;
