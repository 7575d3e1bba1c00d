//! Sign-ins and sessions.

use super::Readable;
use crate::Result;
use crate::access::{Audience, SignInMethod};
use chrono::Duration;
use threadwell_domain::access::{Grant, Relationship, Role};
use threadwell_domain::{AccountId, Moment, PatientId, Phi, SessionId, StaffId};

/// A staff member as `me` and sign-in show it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StaffProfile {
    /// Who.
    pub id: StaffId,
    /// The name.
    pub full_name: String,
    /// The title.
    pub title: Option<String>,
    /// The work e-mail.
    pub email: Readable,
    /// The role.
    pub role: Role,
}

/// A patient that an account may act for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GrantedPatient {
    /// The grant.
    pub grant: Grant,
    /// The patient's name.
    pub full_name: Readable,
}

/// A portal account as `me` and sign-in show it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountProfile {
    /// Which account.
    pub id: AccountId,
    /// The holder's name.
    pub full_name: Readable,
    /// The e-mail.
    pub email: Readable,
    /// The preferred language (BCP 47).
    pub language: String,
    /// Whom it may act for, by unexpired grants; oneself first, then by name.
    pub patients: Vec<GrantedPatient>,
}

/// Who owns a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SessionOwner {
    /// A staff member.
    Staff(StaffId),
    /// A portal account, acting for a patient or nobody yet.
    Account {
        /// Which account.
        account: AccountId,
        /// For whom it acts, and as what.
        acting_for: Option<(PatientId, Relationship)>,
    },
}

impl SessionOwner {
    /// At which door.
    pub const fn audience(self) -> Audience {
        match self {
            Self::Staff(_) => Audience::Staff,
            Self::Account { .. } => Audience::Portal,
        }
    }
}

/// What is needed to check a password.
#[derive(Clone, PartialEq, Eq)]
pub struct LoginRecord {
    /// Whose.
    pub owner: SessionOwner,
    /// The stored hash.
    pub password_hash: String,
    /// Whether the password is known to be long enough to stand without a second factor.
    pub password_stands_alone: bool,
    /// Whether the person may sign in.
    pub is_active: bool,
}

impl std::fmt::Debug for LoginRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoginRecord").field("owner", &self.owner).finish_non_exhaustive()
    }
}

/// A session to be opened.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub owner: SessionOwner,
    /// The hash of the first refresh token.
    pub refresh_hash: [u8; 32],
    /// How the person proved who they are.
    pub method: SignInMethod,
    /// Whether that was the strongest factor that the person has, so that a step-up is not asked for at once.
    pub has_stepped_up: bool,
    /// How long it may rest.
    pub idle_limit: Duration,
    /// Its absolute end.
    pub expires_at: Moment,
}

/// A refresh token that was presented, with the successor that it would have.
#[derive(Clone, Copy)]
pub struct PresentedRefresh {
    /// The hash of the presented token.
    pub hash: [u8; 32],
    /// The hash of its successor, which is derived from it.
    pub successor_hash: [u8; 32],
}

impl std::fmt::Debug for PresentedRefresh {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PresentedRefresh")
    }
}

/// What became of a presented refresh token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RefreshOutcome {
    /// Good: the session goes on with the successor (the same one, if a lost answer is asked for again).
    Continued {
        /// The session.
        session: SessionId,
        /// Whose.
        owner: SessionOwner,
    },
    /// A consumed token came back after its successor was used: the session is now revoked.
    Reused {
        /// Which session.
        session: SessionId,
        /// Whose.
        owner: SessionOwner,
    },
    /// Nobody knows it, or its session ended.
    Unknown,
    /// The session rested for too long or is past its end.
    Expired,
}

/// Sign-in, refresh and sign-out, for visitors; profiles, for whoever is signed in.
pub trait Sessions {
    /// What to check the password of this visitor's e-mail against.
    ///
    /// # Errors
    /// An unavailable database.
    fn login_record(&mut self, email: &Phi) -> Result<Option<LoginRecord>>;

    /// Whether the visitor comes from elsewhere than the practice's staff do; never so at the portal.
    ///
    /// # Errors
    /// An unavailable database.
    fn is_outside(&mut self) -> Result<bool>;

    /// Opens a session.
    ///
    /// # Errors
    /// The practice's staff come from other addresses (`AddressNotAllowed`), or an unavailable database.
    fn open(&mut self, session: &NewSession) -> Result<()>;

    /// Exchanges a refresh token under the session's lock. A revocation for reuse is part of this transaction
    /// and stays: the caller commits before it refuses.
    ///
    /// # Errors
    /// An unavailable database.
    fn exchange(&mut self, presented: &PresentedRefresh) -> Result<RefreshOutcome>;

    /// Whether a refresh token belongs to a session that holds.
    ///
    /// # Errors
    /// An unavailable database.
    fn knows_refresh(&mut self, hash: &[u8; 32]) -> Result<bool>;

    /// Revokes the session that a refresh token (newest or consumed) belongs to. Whether there was an open one.
    ///
    /// # Errors
    /// An unavailable database.
    fn revoke_by_refresh(&mut self, hash: &[u8; 32]) -> Result<bool>;

    /// Revokes a session of the visitor's audience by its id. Whether there was an open one.
    ///
    /// # Errors
    /// An unavailable database.
    fn revoke(&mut self, session: SessionId) -> Result<bool>;

    /// Remembers whom an account acts for in its session, for the refreshes to come.
    ///
    /// # Errors
    /// An unavailable database.
    fn act_for(&mut self, session: SessionId, grant: &Grant) -> Result<()>;

    /// A staff member's profile.
    ///
    /// # Errors
    /// An unavailable database.
    fn staff_profile(&mut self, id: StaffId) -> Result<Option<StaffProfile>>;

    /// A portal account's profile with its unexpired grants.
    ///
    /// # Errors
    /// An unavailable database.
    fn account_profile(&mut self, id: AccountId) -> Result<Option<AccountProfile>>;
}
