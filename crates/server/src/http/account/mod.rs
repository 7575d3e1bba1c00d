//! What people do about their own accounts, at both doors: one operation a file, with an endpoint for each audience
//! that has it.

pub(crate) mod activation_complete;
pub(crate) mod activation_request;
pub(crate) mod email_change;
pub(crate) mod email_confirm;
pub(crate) mod invitation_accept;
pub(crate) mod invitation_check;
pub(crate) mod password_change;
pub(crate) mod portal_invitation_accept;
pub(crate) mod portal_invitation_check;
pub(crate) mod preferences_read;
pub(crate) mod preferences_update;
pub(crate) mod push_forget;
pub(crate) mod push_register;
pub(crate) mod reset_check;
pub(crate) mod reset_confirm;
pub(crate) mod reset_request;
pub(crate) mod session_end;
pub(crate) mod sessions_end_all;
pub(crate) mod sessions_end_others;
pub(crate) mod sessions_list;
pub(crate) mod typed;
pub(crate) mod working;

use crate::http::code::Code;

/// What whoever brings a link may be refused with.
pub(crate) const LINK_PROBLEMS: &[Code] = &[Code::InvalidToken, Code::CsrfFailed, Code::RateLimited];
/// What whoever brings a link and types something may be refused with.
pub(crate) const ANSWER_PROBLEMS: &[Code] =
    &[Code::InvalidToken, Code::InvalidCode, Code::InvalidCredentials, Code::CsrfFailed, Code::RateLimited];
/// What whoever asks for a mail may be refused with.
pub(crate) const ASKING_PROBLEMS: &[Code] = &[Code::TenantRequired, Code::CsrfFailed, Code::RateLimited];
/// What whoever types the password again may be refused with.
pub(crate) const PASSWORD_PROBLEMS: &[Code] = &[Code::InvalidCredentials];
