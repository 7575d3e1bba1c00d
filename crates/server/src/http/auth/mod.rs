//! Signing in, staying signed in and leaving, for staff: `/api/auth`; and what both audiences share.

pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod me;
pub(crate) mod refresh;
pub(crate) mod sessions;
pub(crate) mod tokens;

use crate::http::code::Code;

/// What every sign-in may be refused with.
pub(crate) const LOGIN_PROBLEMS: &[Code] = &[
    Code::TenantRequired,
    Code::InvalidCredentials,
    Code::PasswordTooShort,
    Code::CsrfFailed,
    Code::RateLimited,
];
/// What every refresh may be refused with.
pub(crate) const REFRESH_PROBLEMS: &[Code] = &[
    Code::AmbiguousCredentials,
    Code::Unauthenticated,
    Code::InvalidToken,
    Code::SessionExpired,
    Code::RefreshReused,
    Code::CsrfFailed,
    Code::TenantMismatch,
    Code::RateLimited,
];
/// What every sign-out may be refused with.
pub(crate) const LOGOUT_PROBLEMS: &[Code] = &[
    Code::AmbiguousCredentials,
    Code::Unauthenticated,
    Code::InvalidToken,
    Code::CsrfFailed,
    Code::RateLimited,
];
