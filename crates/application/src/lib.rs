//! What people can do with Threadwell: one use case per file, and the ports they need.
//!
//! Depends on the domain alone. A use case is a plain function or struct; it names an [`access::Action`],
//! goes through [`ports::Store::transact`], and lets the domain decide. Adapters implement [`ports`]; only the
//! server wires them. To add one: a variant of `Action`, a file named after its verb, a line in its room's `mod.rs`.

pub mod access;
pub mod accounts;
pub mod admin;
pub mod attachments;
pub mod canned_responses;
pub mod delivery;
mod error;
pub mod files;
pub mod live;
pub mod notifications;
mod once;
pub mod people;
pub mod portal;
pub mod ports;
pub mod practice;
pub mod search;
mod stale;
pub mod teams;
mod tell;
pub mod threads;
pub mod views;

use once::once;
use stale::refuse_stale;

pub use error::{Error, FieldError, FieldProblem, Result, SessionRefusal};
