use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CLOCK_SKEW_SECONDS, MAX_LIFETIME_SECONDS, TokenError};

/// Whom a token is for; a token of one audience is refused by the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Audience {
    /// The staff API.
    #[serde(rename = "threadwell-staff")]
    Staff,
    /// The patient portal's API.
    #[serde(rename = "threadwell-portal")]
    Portal,
}

/// Who signed in, and for whom they act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Whom the token is for.
    pub audience: Audience,
    /// The staff member or portal account.
    pub account: Uuid,
    /// The tenant of the session.
    pub tenant: Uuid,
    /// The session, which every request looks up.
    pub session: Uuid,
    /// On the portal, the patient acted for and the relationship's code.
    pub acting_for: Option<(Uuid, String)>,
}

/// The claims of an access token, as they travel.
///
/// Unknown and repeated members are refused by the deserialiser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// The installation that issued the token.
    pub iss: String,
    /// Whom the token is for.
    pub aud: Audience,
    /// The staff member or portal account.
    pub sub: Uuid,
    /// The tenant of the session.
    pub tid: Uuid,
    /// The session, which every request looks up.
    pub sid: Uuid,
    /// The patient acted for, on the portal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<Uuid>,
    /// The code of the relationship to that patient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rel: Option<String>,
    /// Issued at, in seconds since 1970.
    pub iat: i64,
    /// Not valid before.
    pub nbf: i64,
    /// Not valid from this second on.
    pub exp: i64,
}

impl Claims {
    pub(super) fn new(issuer: &str, subject: &Subject, now: i64, lifetime_seconds: i64) -> Self {
        let (pid, rel) = subject.acting_for.clone().unzip();
        Self {
            iss: issuer.to_owned(),
            aud: subject.audience,
            sub: subject.account,
            tid: subject.tenant,
            sid: subject.session,
            pid,
            rel,
            iat: now,
            nbf: now,
            exp: now.saturating_add(lifetime_seconds),
        }
    }

    /// Checks everything that a signature does not.
    pub(super) fn check(&self, issuer: &str, audience: Audience, now: i64) -> Result<(), TokenError> {
        let latest_start = now.saturating_add(CLOCK_SKEW_SECONDS);
        let lifetime = self.exp.saturating_sub(self.iat);
        let times_are_sound = self.iat > 0
            && self.iat <= latest_start
            && self.nbf >= self.iat
            && self.nbf <= latest_start
            && (1..=MAX_LIFETIME_SECONDS).contains(&lifetime);
        let patient_is_sound = match (self.aud, &self.pid, &self.rel) {
            (_, None, None) => true,
            (Audience::Portal, Some(_), Some(rel)) => is_code(rel),
            (Audience::Staff, _, _) | (Audience::Portal, _, _) => false,
        };
        if self.iss != issuer || self.aud != audience || !times_are_sound || !patient_is_sound {
            return Err(TokenError::Invalid);
        }
        if now >= self.exp { Err(TokenError::Expired) } else { Ok(()) }
    }
}

/// Relationship codes are short lower-case words.
fn is_code(text: &str) -> bool {
    (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'-')
}
