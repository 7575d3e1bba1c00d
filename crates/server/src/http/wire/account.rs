//! Accounts as their holders see them.

use super::{Id, Timestamp, shown};
use serde::{Deserialize, Serialize};
use threadwell_application::access;
use threadwell_application::ports::{self, PracticeSummary, SessionView};
use threadwell_domain::SessionId;
use utoipa::ToSchema;

/// The practice that a link is of.
#[derive(Serialize, ToSchema)]
pub(crate) struct LinkedPractice {
    /// Its public code.
    #[schema(example = "riverside")]
    slug: String,
    /// Its name.
    #[schema(example = "Riverside Dermatology")]
    name: String,
}

impl From<PracticeSummary> for LinkedPractice {
    fn from(practice: PracticeSummary) -> Self {
        Self { slug: practice.slug, name: practice.name }
    }
}

/// The languages that mails are written in.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Language {
    /// English.
    En,
    /// Spanish.
    Es,
}

/// What one wants of mails and language.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Preferences {
    /// Whether mails tell of new messages. Mails about the account come in any case.
    mail_enabled: bool,
    language: Language,
}

impl From<ports::Preferences> for Preferences {
    fn from(wanted: ports::Preferences) -> Self {
        let is_spanish = wanted.language == "es" || wanted.language.starts_with("es-");
        let language = if is_spanish { Language::Es } else { Language::En };
        Self { mail_enabled: wanted.mail_enabled, language }
    }
}

impl From<Preferences> for ports::Preferences {
    fn from(wanted: Preferences) -> Self {
        let language = match wanted.language {
            Language::En => "en",
            Language::Es => "es",
        };
        Self { mail_enabled: wanted.mail_enabled, language: language.to_owned() }
    }
}

/// How a session was opened.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SignInMethod {
    /// By the password alone.
    Password,
    /// And a one-time code.
    Totp,
    /// And a passkey.
    Passkey,
    /// And a recovery code.
    RecoveryCode,
}

impl From<access::SignInMethod> for SignInMethod {
    fn from(method: access::SignInMethod) -> Self {
        match method {
            access::SignInMethod::Password => Self::Password,
            access::SignInMethod::OneTimeCode => Self::Totp,
            access::SignInMethod::Passkey => Self::Passkey,
            access::SignInMethod::RecoveryCode => Self::RecoveryCode,
        }
    }
}

/// A session of one's own.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OwnSession {
    id: Id,
    /// Whether it is the one that asks.
    is_current: bool,
    /// What the app called the device.
    #[schema(required, example = "Ana's phone")]
    device_name: Option<String>,
    /// Browser and system, as far as they are known.
    #[schema(required, example = "Firefox on Windows")]
    browser: Option<String>,
    /// Where it was opened from.
    #[schema(required, example = "203.0.113.7")]
    address: Option<String>,
    created_at: Timestamp,
    last_activity_at: Timestamp,
    /// When it ends at the latest.
    expires_at: Timestamp,
    method: SignInMethod,
}

impl OwnSession {
    /// A session as its owner sees it from another, or from itself.
    pub(crate) fn of(session: &SessionView, current: SessionId) -> Self {
        Self {
            id: Id(session.id.uuid()),
            is_current: session.id == current,
            device_name: session.device_name.as_ref().map(shown),
            browser: session.browser.clone(),
            address: session.address.clone(),
            created_at: session.created_at.into(),
            last_activity_at: session.last_activity_at.into(),
            expires_at: session.expires_at.into(),
            method: session.method.into(),
        }
    }
}
