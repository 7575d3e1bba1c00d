//! The stable codes that clients switch on: one table, from which answers, OpenAPI and docs are made.

use actix_web::http::StatusCode;

macro_rules! codes {
    ($($variant:ident $status:ident $code:literal $detail:literal),* $(,)?) => {
        /// Why a request was refused. A code never changes its meaning.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[expect(clippy::enum_variant_names, reason = "that a code was wrong has a code as well")]
        pub(crate) enum Code {
            $(#[doc = $detail] $variant,)*
        }

        impl Code {
            /// All of them.
            pub(crate) const ALL: &[Self] = &[$(Self::$variant),*];

            /// The code on the wire.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The status of the answer.
            pub(crate) const fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status,)* }
            }

            /// What happened, for people. Never holds anything of the request.
            pub(crate) const fn detail(self) -> &'static str {
                match self { $(Self::$variant => $detail,)* }
            }
        }
    };
}

codes! {
    MalformedRequest BAD_REQUEST "malformed_request" "The request cannot be read: broken JSON, a repeated member or an unusable header.",
    InvalidCursor BAD_REQUEST "invalid_cursor" "The cursor is not one of this list.",
    TenantRequired BAD_REQUEST "tenant_required" "Several practices live here: name one in X-Tenant-ID.",
    AmbiguousCredentials BAD_REQUEST "ambiguous_credentials" "A cookie and a token in the body cannot come together.",
    Unauthenticated UNAUTHORIZED "unauthenticated" "Sign in first.",
    InvalidToken UNAUTHORIZED "invalid_token" "The token is not valid here, or no longer.",
    SessionExpired UNAUTHORIZED "session_expired" "The session ended after a time without activity, or at its limit.",
    InvalidCredentials UNAUTHORIZED "invalid_credentials" "E-mail, password or practice do not match.",
    InvalidCode UNAUTHORIZED "invalid_code" "The code, the birth date or the passkey's answer is wrong.",
    MfaRequired UNAUTHORIZED "mfa_required" "The practice asks for a second factor; sign in with it.",
    StepUpRequired UNAUTHORIZED "step_up_required" "Prove your second factor, or your password where you have none, once more.",
    RefreshReused UNAUTHORIZED "refresh_reused" "The refresh token was used before; the session has been ended.",
    Forbidden FORBIDDEN "forbidden" "Your role or access does not include this.",
    AddressNotAllowed FORBIDDEN "address_not_allowed" "The practice's staff sign in from other addresses.",
    TenantMismatch FORBIDDEN "tenant_mismatch" "X-Tenant-ID names another practice than the session's.",
    CsrfFailed FORBIDDEN "csrf_failed" "The request did not come from this site.",
    NotFound NOT_FOUND "not_found" "There is nothing here.",
    MethodNotAllowed METHOD_NOT_ALLOWED "method_not_allowed" "This address does not take this method.",
    RequestTimeout REQUEST_TIMEOUT "request_timeout" "The body did not arrive in time; the connection is closed.",
    IllegalTransition CONFLICT "illegal_transition" "The thread's status does not allow this, or a message has the file already.",
    NotReady CONFLICT "not_ready" "The file is still being checked; ask for its status.",
    StaleReply CONFLICT "stale_reply" "Messages came in that you had not seen; they are in `missed`.",
    TeamInUse CONFLICT "team_in_use" "Open conversations are with the team; give them to somebody else first.",
    LastFactor CONFLICT "last_factor" "The practice asks for a second factor, and this is the last one.",
    PasswordTooShort CONFLICT "password_too_short" "The password is too short to stand without a second factor: choose one of 15 characters or more. At sign-in a link to a new one was mailed.",
    LastAdmin CONFLICT "last_admin" "A practice keeps at least one administrator.",
    LimitReached CONFLICT "limit_reached" "There are as many of these as there can be.",
    ActingForRequired CONFLICT "acting_for_required" "Choose a patient to act for first.",
    IdempotencyInProgress CONFLICT "idempotency_in_progress" "A request with this Idempotency-Key is under way.",
    VersionMismatch PRECONDITION_FAILED "version_mismatch" "It was changed since you read it.",
    PayloadTooLarge PAYLOAD_TOO_LARGE "payload_too_large" "The body is larger than 512 KiB.",
    FileTooLarge PAYLOAD_TOO_LARGE "file_too_large" "The file is larger than 10 MiB; the connection is closed.",
    UnsupportedMediaType UNSUPPORTED_MEDIA_TYPE "unsupported_media_type" "The body must be plain application/json in UTF-8, or multipart/form-data for an upload.",
    RangeNotSatisfiable RANGE_NOT_SATISFIABLE "range_not_satisfiable" "The file has no such part, or several were asked for.",
    ValidationFailed UNPROCESSABLE_ENTITY "validation_failed" "Some fields are wrong; `errors` names them.",
    UnknownField UNPROCESSABLE_ENTITY "unknown_field" "The body has a field that does not exist here; `errors` names it.",
    InvalidId UNPROCESSABLE_ENTITY "invalid_id" "The id in the address is not a UUID.",
    PatientNotFound UNPROCESSABLE_ENTITY "patient_not_found" "There is no such patient.",
    AssigneeNotFound UNPROCESSABLE_ENTITY "assignee_not_found" "There is no such person or team for this thread.",
    AttachmentNotFound UNPROCESSABLE_ENTITY "attachment_not_found" "There is no such upload of yours.",
    TooManyFiles UNPROCESSABLE_ENTITY "too_many_files" "A message takes at most 20 files.",
    FileTypeNotAllowed UNPROCESSABLE_ENTITY "file_type_not_allowed" "Only JPEG, PNG, GIF, PDF and DOCX files are taken; a phone can save HEIC photos as JPEG.",
    FileTypeMismatch UNPROCESSABLE_ENTITY "file_type_mismatch" "The file's content, extension and declared type do not agree.",
    ActiveContent UNPROCESSABLE_ENTITY "active_content" "The document holds scripts, macros or embedded files.",
    EncryptedFile UNPROCESSABLE_ENTITY "encrypted_file" "The document is protected by a password; send it without.",
    ImageTooLarge UNPROCESSABLE_ENTITY "image_too_large" "The picture has more than 40 megapixels, or a side of more than 12,000.",
    ArchiveRejected UNPROCESSABLE_ENTITY "archive_rejected" "The document is not put together like a safe one.",
    MalwareDetected UNPROCESSABLE_ENTITY "malware_detected" "The malware scanner recognised the file.",
    UnfilledPlaceholder UNPROCESSABLE_ENTITY "unfilled_placeholder" "The message still holds blanks in square brackets.",
    IdempotencyKeyReused UNPROCESSABLE_ENTITY "idempotency_key_reused" "This Idempotency-Key was used for another request.",
    RateLimited TOO_MANY_REQUESTS "rate_limited" "Too many attempts; wait as long as Retry-After says.",
    QuotaExceeded TOO_MANY_REQUESTS "quota_exceeded" "As much was uploaded today as a day allows.",
    InternalError INTERNAL_SERVER_ERROR "internal_error" "Something went wrong on our side; it has been recorded.",
    DependencyUnavailable SERVICE_UNAVAILABLE "dependency_unavailable" "Something we depend on is unavailable; try again after Retry-After.",
}

impl Code {
    /// The short title of the problem: the status in words.
    pub(crate) fn title(self) -> &'static str {
        self.status().canonical_reason().unwrap_or("Error")
    }

    /// The problem type: a page of the docs that explains the code.
    pub(crate) fn type_uri(self) -> String {
        format!("/api/docs#{}", self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_unique_and_name_errors() {
        let names: HashSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        assert!(Code::ALL.iter().all(|code| code.status().as_u16() >= 400));
    }
}
