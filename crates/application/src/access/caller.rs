//! What is known of a caller before the store has looked at the session.

use super::{Action, Subject};
use std::net::IpAddr;
use threadwell_domain::access::Relationship;
use threadwell_domain::{AccountId, PatientId, Phi, SessionId, StaffId, TenantId, ThreadId};
use uuid::Uuid;

/// Which of the two separate identities a token or visitor belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Audience {
    /// The practice's staff.
    Staff,
    /// Patients and their proxies.
    Portal,
}

/// The verified content of a staff access token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StaffClaims {
    /// The practice.
    pub tenant: TenantId,
    /// The session that the token was made for.
    pub session: SessionId,
    /// The person.
    pub staff: StaffId,
}

/// The verified content of a portal access token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PortalClaims {
    /// The practice.
    pub tenant: TenantId,
    /// The session that the token was made for.
    pub session: SessionId,
    /// The portal account.
    pub account: AccountId,
    /// The patient that the account acts for, and as what; `None` until one is chosen.
    pub acting_for: Option<(PatientId, Relationship)>,
}

/// By what right a caller comes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Credential {
    /// A staff access token.
    Staff(StaffClaims),
    /// A portal access token.
    Portal(PortalClaims),
    /// Nobody yet: signing in or refreshing. The practice is known from the request or the refresh token.
    Visitor {
        /// Which identity is asked for.
        audience: Audience,
        /// The practice, if it exists.
        tenant: Option<TenantId>,
        /// The e-mail that signs in; its keyed hash is all that the portal's role may look an account up by.
        email: Option<Phi>,
    },
    /// The worker on behalf of one practice.
    Worker(TenantId),
    /// Somebody at the command line, with the owner's rights, for one practice.
    Operator(TenantId),
}

/// What the caller says about the practice besides the token: a slug or an id that must match.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TenantAssertion {
    /// The practice's public code.
    Slug(String),
    /// The practice's id.
    Id(TenantId),
    /// Something that names no practice; matches none.
    Malformed,
}

/// The circumstances of a request, for the audit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RequestContext {
    /// Ties answer, log line and audit row together.
    pub request_id: Uuid,
    /// Where it came from, as the trusted hop saw it.
    pub ip: Option<IpAddr>,
    /// Whether it proves that a person is at work: unsafe requests, and those that say so.
    pub is_activity: bool,
    /// The asserted practice.
    pub tenant_assertion: Option<TenantAssertion>,
}

/// A caller: a credential in its circumstances.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Caller {
    /// By what right.
    pub credential: Credential,
    /// In what circumstances.
    pub request: RequestContext,
}

impl Caller {
    /// The worker at work for a practice.
    pub fn worker_of(tenant: TenantId) -> Self {
        Self {
            credential: Credential::Worker(tenant),
            request: RequestContext {
                request_id: Uuid::now_v7(),
                ip: None,
                is_activity: false,
                tenant_assertion: None,
            },
        }
    }

    /// The practice, where one is known.
    pub const fn tenant(&self) -> Option<TenantId> {
        match &self.credential {
            Credential::Staff(claims) => Some(claims.tenant),
            Credential::Portal(claims) => Some(claims.tenant),
            Credential::Visitor { tenant, .. } => *tenant,
            Credential::Worker(tenant) | Credential::Operator(tenant) => Some(*tenant),
        }
    }
}

/// What somebody wants to do, and to what: the key to [`crate::ports::Store::transact`].
#[derive(Clone, Debug)]
pub struct Access<'a> {
    /// Who.
    pub caller: &'a Caller,
    /// What.
    pub action: Action,
    /// To which thread, where the request names one; a denial is recorded with it.
    pub thread: Option<ThreadId>,
    /// Whom or what the request names besides; recorded whether the act is done or refused.
    pub about: Vec<Subject>,
}

impl<'a> Access<'a> {
    /// An action that concerns no single thread.
    pub const fn to(caller: &'a Caller, action: Action) -> Self {
        Self { caller, action, thread: None, about: Vec::new() }
    }

    /// An action on one thread.
    pub const fn to_thread(caller: &'a Caller, action: Action, thread: ThreadId) -> Self {
        Self { caller, action, thread: Some(thread), about: Vec::new() }
    }

    /// The same action, about somebody or something.
    #[must_use]
    pub fn about(mut self, subject: impl Into<Subject>) -> Self {
        self.about.push(subject.into());
        self
    }
}
