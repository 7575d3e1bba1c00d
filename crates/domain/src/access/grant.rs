//! What a portal account may do for a patient.

use crate::{Moment, PatientId};

/// What the account's holder is to the patient.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Relationship {
    /// The patient.
    Myself,
    /// A parent or legal guardian.
    Guardian,
    /// Somebody who helps.
    Caregiver,
}

impl Relationship {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Myself, Self::Guardian, Self::Caregiver];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Myself => "self",
            Self::Guardian => "guardian",
            Self::Caregiver => "caregiver",
        }
    }

    /// The relationship of that exact name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relationship| relationship.name() == name)
    }

    /// A stable small number for storage.
    pub const fn code(self) -> i16 {
        match self {
            Self::Myself => 0,
            Self::Guardian => 1,
            Self::Caregiver => 2,
        }
    }

    /// The relationship of that storage number.
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|relationship| relationship.code() == code)
    }
}

/// How far a grant goes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GrantScope {
    /// Read the patient's threads.
    Read,
    /// Read and write.
    ReadWrite,
}

impl GrantScope {
    /// A stable small number for storage.
    pub const fn code(self) -> i16 {
        match self {
            Self::Read => 0,
            Self::ReadWrite => 1,
        }
    }

    /// The scope of that storage number.
    pub fn from_code(code: i16) -> Option<Self> {
        [Self::Read, Self::ReadWrite].into_iter().find(|scope| scope.code() == code)
    }
}

/// An account's right to act for a patient.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grant {
    /// For whom.
    pub patient: PatientId,
    /// As what.
    pub relationship: Relationship,
    /// How far.
    pub scope: GrantScope,
    /// Until when; `None` is for good.
    pub expires_at: Option<Moment>,
}

/// What an account can do with its patient's threads.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PortalOperation {
    /// Read threads and mark them read.
    Read,
    /// Start threads and answer.
    Write,
    /// Decide who may act for the patient, and what proxies do not see: for the patient alone.
    Own,
}

/// Why a grant does not suffice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PortalRefusal {
    /// The grant has run out: as if it had never been.
    #[error("the grant has expired")]
    Expired,
    /// The grant is for reading alone.
    #[error("the grant does not allow writing")]
    ReadOnly,
    /// The account is a proxy's.
    #[error("only the patient may")]
    NotThePatient,
}

impl Grant {
    /// Whether the operation is allowed now.
    ///
    /// # Errors
    /// The grant has expired, or does not reach so far.
    pub fn allows(&self, operation: PortalOperation, now: Moment) -> Result<(), PortalRefusal> {
        if self.expires_at.is_some_and(|end| now >= end) {
            return Err(PortalRefusal::Expired);
        }
        match (operation, self.scope, self.relationship) {
            (PortalOperation::Own, _, Relationship::Myself)
            | (PortalOperation::Read, _, _)
            | (PortalOperation::Write, GrantScope::ReadWrite, _) => Ok(()),
            (PortalOperation::Own, _, Relationship::Guardian | Relationship::Caregiver) => {
                Err(PortalRefusal::NotThePatient)
            }
            (PortalOperation::Write, GrantScope::Read, _) => Err(PortalRefusal::ReadOnly),
        }
    }

    /// Whether a thread is visible under this grant: proxies never see a confidential one.
    pub const fn sees(&self, confidential: bool) -> bool {
        !confidential || matches!(self.relationship, Relationship::Myself)
    }

    /// The patient that an account acts for right after sign-in: itself, else the only grant, else nobody yet.
    pub fn first_choice(grants: &[Self]) -> Option<PatientId> {
        let own = grants.iter().find(|grant| grant.relationship == Relationship::Myself);
        match (own, grants) {
            (Some(grant), _) | (None, [grant]) => Some(grant.patient),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Duration, TimeZone, Utc};
    use uuid::Uuid;

    fn now() -> Moment {
        Utc.timestamp_opt(1_780_000_000, 0).unwrap()
    }

    fn grant(n: u128, relationship: Relationship) -> Grant {
        Grant {
            patient: PatientId::new(Uuid::from_u128(n)),
            relationship,
            scope: GrantScope::ReadWrite,
            expires_at: None,
        }
    }

    #[test]
    fn a_grant_ends_at_its_expiry_to_the_microsecond() {
        let grant = Grant { expires_at: Some(now()), ..grant(1, Relationship::Guardian) };
        let before = now() - Duration::microseconds(1);
        assert_eq!(grant.allows(PortalOperation::Write, before), Ok(()));
        assert_eq!(grant.allows(PortalOperation::Read, now()), Err(PortalRefusal::Expired));
    }

    #[test]
    fn a_reading_grant_does_not_write() {
        let grant = Grant { scope: GrantScope::Read, ..grant(1, Relationship::Caregiver) };
        assert_eq!(grant.allows(PortalOperation::Read, now()), Ok(()));
        assert_eq!(grant.allows(PortalOperation::Write, now()), Err(PortalRefusal::ReadOnly));
    }

    #[test]
    fn a_proxy_decides_nothing_for_the_patient() {
        for relationship in Relationship::ALL {
            let is_allowed = grant(1, relationship).allows(PortalOperation::Own, now()).is_ok();
            assert_eq!(is_allowed, relationship == Relationship::Myself);
        }
    }

    #[test]
    fn only_the_patient_sees_what_is_confidential() {
        for relationship in Relationship::ALL {
            assert_eq!(grant(1, relationship).sees(true), relationship == Relationship::Myself);
            assert!(grant(1, relationship).sees(false));
        }
    }

    #[test]
    fn the_first_choice_is_oneself_then_the_only_one() {
        let (me, a, b) = (
            grant(1, Relationship::Myself),
            grant(2, Relationship::Guardian),
            grant(3, Relationship::Guardian),
        );
        assert_eq!(Grant::first_choice(&[a, me, b]), Some(me.patient));
        assert_eq!(Grant::first_choice(&[a]), Some(a.patient));
        assert_eq!(Grant::first_choice(&[a, b]), None);
        assert_eq!(Grant::first_choice(&[]), None);
    }

    #[test]
    fn names_and_codes_round_trip() {
        for relationship in Relationship::ALL {
            assert_eq!(Relationship::from_name(relationship.name()), Some(relationship));
            assert_eq!(Relationship::from_code(relationship.code()), Some(relationship));
        }
    }
}
