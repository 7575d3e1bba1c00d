//! Second factors: proved and enrolled while signing in, kept and proved once more by who is signed in. Each endpoint
//! stands at both doors, in one file.

pub(crate) mod add_passkey;
pub(crate) mod add_totp;
pub(crate) mod challenge;
pub(crate) mod confirm_totp;
pub(crate) mod enrol_challenge;
pub(crate) mod enrol_confirm;
pub(crate) mod enrol_passkey;
pub(crate) mod enrol_start;
pub(crate) mod list;
pub(crate) mod proof_challenge;
pub(crate) mod prove;
pub(crate) mod read_step_up;
pub(crate) mod recovery_codes;
pub(crate) mod remove;
pub(crate) mod rename;
pub(crate) mod shapes;
mod signed_in;
pub(crate) mod step_up;
pub(crate) mod step_up_challenge;
mod ticket;
mod tools;

use super::code::Code;

/// What may be refused to a ticket.
const TICKET_PROBLEMS: &[Code] =
    &[Code::InvalidToken, Code::CsrfFailed, Code::NotFound, Code::TenantMismatch, Code::RateLimited];
/// What may be refused to a guess that comes with a ticket.
const GUESS_PROBLEMS: &[Code] = &[
    Code::InvalidToken,
    Code::InvalidCode,
    Code::CsrfFailed,
    Code::NotFound,
    Code::RateLimited,
    Code::TenantMismatch,
];
