//! Callers whose session was checked in the very transaction that serves them.

use super::{PortalClaims, StaffClaims};
use crate::SessionRefusal;
use chrono::Duration;
use threadwell_domain::access::{Grant, Role};
use threadwell_domain::practice::PracticeRules;
use threadwell_domain::thread::CategorySet;
use threadwell_domain::{AccountId, Moment, PatientId, Phi, SessionId, StaffId, TenantId};

/// How long a step-up holds.
const STEP_UP: Duration = Duration::minutes(10);

/// How somebody proved who they are when a session was opened.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SignInMethod {
    /// By the password alone.
    Password,
    /// And a one-time code (RFC 6238).
    OneTimeCode,
    /// And a passkey (WebAuthn).
    Passkey,
    /// And a recovery code.
    RecoveryCode,
}

impl SignInMethod {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Password, Self::OneTimeCode, Self::Passkey, Self::RecoveryCode];

    /// A stable small number for storage.
    pub const fn code(self) -> i16 {
        match self {
            Self::Password => 0,
            Self::OneTimeCode => 1,
            Self::Passkey => 2,
            Self::RecoveryCode => 3,
        }
    }

    /// The method of that storage number.
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == code)
    }
}

/// What a session row says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SessionFacts {
    /// Signed out, replaced or revoked.
    pub is_revoked: bool,
    /// The absolute end.
    pub expires_at: Moment,
    /// The last sign that a person was at work.
    pub last_activity_at: Moment,
    /// How long the session may rest.
    pub idle_limit: Duration,
    /// How it was opened.
    pub method: SignInMethod,
    /// When the person last proved the strongest factor in it.
    pub stepped_up_at: Option<Moment>,
}

impl SessionFacts {
    /// Whether a step-up still holds.
    pub fn has_stepped_up(&self, now: Moment) -> bool {
        self.stepped_up_at.is_some_and(|at| now - at < STEP_UP)
    }

    /// Until when a step-up holds, if there was one.
    pub fn step_up_ends_at(&self) -> Option<Moment> {
        self.stepped_up_at.map(|at| at + STEP_UP)
    }

    /// Whether the session still admits its bearer. Nothing revives an expired one.
    ///
    /// # Errors
    /// Revoked, idle for longer than the limit, or past its end.
    pub fn check(&self, now: Moment) -> Result<(), SessionRefusal> {
        if self.is_revoked {
            return Err(SessionRefusal::Invalid);
        }
        if now >= self.expires_at || now - self.last_activity_at > self.idle_limit {
            return Err(SessionRefusal::Expired);
        }
        Ok(())
    }
}

/// What the store found for a staff token: the session with its person and practice, as they are now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StaffSession {
    /// The session.
    pub facts: SessionFacts,
    /// Whether the person may still sign in.
    pub is_active: bool,
    /// Whether the practice demands a second factor of its staff.
    pub needs_second_factor: bool,
    /// Until when emergency access lets the session see every category.
    pub emergency_until: Option<Moment>,
    /// The person's role now.
    pub role: Role,
    /// The categories that the role sees in this practice.
    pub categories: CategorySet,
    /// The person's name.
    pub full_name: String,
    /// The practice's rules.
    pub rules: PracticeRules,
}

/// What the store found for a portal token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PortalSession {
    /// The session.
    pub facts: SessionFacts,
    /// Whether the account may still sign in.
    pub is_active: bool,
    /// The account holder's name; `None` when it cannot be decrypted.
    pub full_name: Option<Phi>,
    /// The grant for the patient that the token names, if there is one.
    pub grant: Option<Grant>,
    /// The practice's rules.
    pub rules: PracticeRules,
}

/// A member of the staff, admitted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StaffActor {
    tenant: TenantId,
    id: StaffId,
    session: SessionId,
    found: StaffSession,
}

impl StaffActor {
    /// Admits the bearer of a token, if the session still does.
    ///
    /// # Errors
    /// Revoked, expired, or the person was disabled.
    pub fn admit(claims: &StaffClaims, found: StaffSession, now: Moment) -> Result<Self, SessionRefusal> {
        found.facts.check(now)?;
        if !found.is_active {
            return Err(SessionRefusal::Invalid);
        }
        if found.needs_second_factor && found.facts.method == SignInMethod::Password {
            return Err(SessionRefusal::SecondFactorRequired);
        }
        Ok(Self { tenant: claims.tenant, id: claims.staff, session: claims.session, found })
    }

    /// The practice.
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Who.
    pub const fn id(&self) -> StaffId {
        self.id
    }

    /// By which session.
    pub const fn session(&self) -> SessionId {
        self.session
    }

    /// The role.
    pub const fn role(&self) -> Role {
        self.found.role
    }

    /// The categories whose threads exist for this person.
    pub const fn categories(&self) -> CategorySet {
        self.found.categories
    }

    /// Until when emergency access lets the person see every category; `None` outside of one.
    pub const fn emergency_until(&self) -> Option<Moment> {
        self.found.emergency_until
    }

    /// The name that messages carry.
    pub fn full_name(&self) -> &str {
        &self.found.full_name
    }

    /// The practice's rules.
    pub const fn rules(&self) -> PracticeRules {
        self.found.rules
    }

    /// What the session row said.
    pub const fn session_facts(&self) -> SessionFacts {
        self.found.facts
    }
}

/// A portal account, admitted; it may not have chosen a patient yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PortalActor {
    tenant: TenantId,
    account: AccountId,
    session: SessionId,
    found: PortalSession,
}

impl PortalActor {
    /// Admits the bearer of a token, if session, account and grant still do.
    ///
    /// # Errors
    /// Revoked, expired, disabled; or the token acts under a grant that has gone, ended or changed.
    pub fn admit(claims: &PortalClaims, found: PortalSession, now: Moment) -> Result<Self, SessionRefusal> {
        found.facts.check(now)?;
        let grant_holds = match (claims.acting_for, &found.grant) {
            (None, _) => true,
            (Some((patient, relationship)), Some(grant)) => {
                grant.patient == patient
                    && grant.relationship == relationship
                    && grant.expires_at.is_none_or(|end| now < end)
            }
            (Some(_), None) => false,
        };
        if !found.is_active || !grant_holds {
            return Err(SessionRefusal::Invalid);
        }
        Ok(Self { tenant: claims.tenant, account: claims.account, session: claims.session, found })
    }

    /// The practice.
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Which account.
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// By which session.
    pub const fn session(&self) -> SessionId {
        self.session
    }

    /// The grant under which it acts, once a patient is chosen.
    pub const fn grant(&self) -> Option<&Grant> {
        self.found.grant.as_ref()
    }

    /// The patient that it acts for.
    pub fn patient(&self) -> Option<PatientId> {
        self.found.grant.map(|grant| grant.patient)
    }

    /// The account holder's name.
    pub const fn full_name(&self) -> Option<&Phi> {
        self.found.full_name.as_ref()
    }

    /// The practice's rules.
    pub const fn rules(&self) -> PracticeRules {
        self.found.rules
    }

    /// What the session row said.
    pub const fn session_facts(&self) -> SessionFacts {
        self.found.facts
    }
}

/// Whoever passed the door.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Actor {
    /// Staff.
    Staff(StaffActor),
    /// A patient or proxy.
    Portal(PortalActor),
    /// Somebody who is signing in, refreshing or leaving.
    Visitor,
    /// The worker.
    Worker,
    /// The command line.
    Operator,
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeZone, Utc};
    use threadwell_domain::access::{GrantScope, Relationship};
    use uuid::Uuid;

    fn now() -> Moment {
        Utc.timestamp_opt(1_780_000_000, 0).unwrap()
    }

    fn facts() -> SessionFacts {
        SessionFacts {
            is_revoked: false,
            expires_at: now() + Duration::hours(1),
            last_activity_at: now() - Duration::minutes(15),
            idle_limit: Duration::minutes(15),
            method: SignInMethod::Password,
            stepped_up_at: None,
        }
    }

    #[test]
    fn a_step_up_holds_for_ten_minutes() {
        let stepped = SessionFacts { stepped_up_at: Some(now()), ..facts() };
        assert!(stepped.has_stepped_up(now() + Duration::microseconds(599_999_999)));
        assert!(!stepped.has_stepped_up(now() + Duration::minutes(10)));
        assert!(!facts().has_stepped_up(now()));
    }

    #[test]
    fn a_session_rests_no_longer_than_its_limit_and_ends_at_its_end() {
        assert_eq!(facts().check(now()), Ok(()));
        assert_eq!(facts().check(now() + Duration::microseconds(1)), Err(SessionRefusal::Expired));
        let busy = SessionFacts { last_activity_at: now() + Duration::hours(1), ..facts() };
        assert_eq!(busy.check(now() + Duration::hours(1)), Err(SessionRefusal::Expired));
        assert_eq!(SessionFacts { is_revoked: true, ..facts() }.check(now()), Err(SessionRefusal::Invalid));
    }

    fn portal(grant: Option<Grant>) -> PortalSession {
        PortalSession {
            facts: facts(),
            is_active: true,
            full_name: None,
            grant,
            rules: PracticeRules::default(),
        }
    }

    #[test]
    fn a_token_does_not_outlive_the_grant_it_acts_under() {
        let patient = PatientId::new(Uuid::from_u128(1));
        let claims = PortalClaims {
            tenant: TenantId::new(Uuid::from_u128(2)),
            session: SessionId::new(Uuid::from_u128(3)),
            account: AccountId::new(Uuid::from_u128(4)),
            acting_for: Some((patient, Relationship::Guardian)),
        };
        let grant = Grant {
            patient,
            relationship: Relationship::Guardian,
            scope: GrantScope::ReadWrite,
            expires_at: None,
        };
        assert!(PortalActor::admit(&claims, portal(Some(grant)), now()).is_ok());
        let ended = Grant { expires_at: Some(now()), ..grant };
        let other = Grant { relationship: Relationship::Caregiver, ..grant };
        for grant in [None, Some(ended), Some(other)] {
            assert_eq!(PortalActor::admit(&claims, portal(grant), now()), Err(SessionRefusal::Invalid));
        }
        let disabled = PortalSession { is_active: false, ..portal(Some(grant)) };
        assert_eq!(PortalActor::admit(&claims, disabled, now()), Err(SessionRefusal::Invalid));
    }
}
