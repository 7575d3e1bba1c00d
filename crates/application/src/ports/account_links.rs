//! Links and codes that are mailed about accounts, and what they are good for, once.

use super::Readable;
use crate::Result;
use threadwell_domain::access::{GrantScope, Relationship};
use threadwell_domain::{AccountId, Moment, PatientId, Phi, StaffId};
use uuid::Uuid;

/// What a link or code is good for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LinkPurpose {
    /// Somebody who was added to the staff chooses the first password.
    StaffInvitation,
    /// A member of the staff chooses a new password.
    StaffReset,
    /// The holder of an account chooses a new password.
    AccountReset,
    /// The holder of an account proves a new e-mail.
    AccountEmail,
    /// A patient opens an account.
    PatientInvitation,
    /// Somebody else is to act for a patient.
    ProxyInvitation,
    /// A code to the e-mail on file proves that somebody is a patient.
    IdentityCheck,
}

impl LinkPurpose {
    /// All of them, each at the place of its storage number.
    pub const ALL: [Self; 7] = [
        Self::StaffInvitation,
        Self::StaffReset,
        Self::AccountReset,
        Self::AccountEmail,
        Self::PatientInvitation,
        Self::ProxyInvitation,
        Self::IdentityCheck,
    ];

    /// A stable small number for storage.
    pub const fn code(self) -> i16 {
        match self {
            Self::StaffInvitation => 0,
            Self::StaffReset => 1,
            Self::AccountReset => 2,
            Self::AccountEmail => 3,
            Self::PatientInvitation => 4,
            Self::ProxyInvitation => 5,
            Self::IdentityCheck => 6,
        }
    }

    /// The purpose of that storage number.
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}

/// The grant that an invitation brings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvitedGrant {
    /// As what.
    pub relationship: Relationship,
    /// How far.
    pub scope: GrantScope,
    /// Until when; `None` is for good.
    pub expires_at: Option<Moment>,
}

/// A link to be mailed.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// Its row; the secret derives from it.
    pub id: Uuid,
    /// The keyed hash of the secret.
    pub hash: [u8; 32],
    /// What it is good for.
    pub purpose: LinkPurpose,
    /// The member of the staff whose link it is.
    pub staff: Option<StaffId>,
    /// The account whose link it is.
    pub account: Option<AccountId>,
    /// The patient that it concerns.
    pub patient: Option<PatientId>,
    /// Where it goes, where that is not the person's own address on record.
    pub email: Option<Phi>,
    /// The name of whom it invites.
    pub name: Option<Phi>,
    /// The birth date that somebody gave, as `YYYY-MM-DD`.
    pub birth_date: Option<Phi>,
    /// What an invitation brings.
    pub grant: Option<InvitedGrant>,
    /// Until when it is good.
    pub expires_at: Moment,
}

/// A link as its row says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkRecord {
    /// Its row.
    pub id: Uuid,
    /// What it is good for.
    pub purpose: LinkPurpose,
    /// The member of the staff whose link it is.
    pub staff: Option<StaffId>,
    /// The account whose link it is.
    pub account: Option<AccountId>,
    /// The patient that it concerns.
    pub patient: Option<PatientId>,
    /// Where it went.
    pub email: Option<Readable>,
    /// The name of whom it invites.
    pub name: Option<Readable>,
    /// The birth date that somebody gave.
    pub birth_date: Option<Readable>,
    /// What an invitation brings.
    pub grant: Option<InvitedGrant>,
    /// Wrong codes and birth dates so far.
    pub attempts: i16,
    /// When it was made.
    pub created_at: Moment,
    /// Until when it is good.
    pub expires_at: Moment,
}

/// Whose open links are meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LinkOwner {
    /// Those of a member of the staff.
    Staff(StaffId),
    /// Those of an account.
    Account(AccountId),
    /// Those that concern a patient.
    Patient(PatientId),
}

/// How often a code or birth date may be wrong before its link is dead.
pub const LINK_ATTEMPTS: i16 = 5;

/// Mailed links. A link is good until it is used, withdrawn, out of time, or was tried wrongly too often.
pub trait AccountLinks {
    /// Keeps a link; the actor is remembered as who made it.
    ///
    /// # Errors
    /// An unavailable database.
    fn issue(&mut self, link: &NewLink) -> Result<()>;

    /// The good link of this hash, under its row's lock; `None` if there is none.
    ///
    /// # Errors
    /// An unavailable database.
    fn presented(&mut self, hash: &[u8; 32]) -> Result<Option<LinkRecord>>;

    /// Good links of somebody, newest first.
    ///
    /// # Errors
    /// An unavailable database.
    fn open_links(&mut self, of: LinkOwner, purpose: LinkPurpose) -> Result<Vec<LinkRecord>>;

    /// Counts a wrong code or birth date. It counts though the request is refused: commit before refusing.
    ///
    /// # Errors
    /// An unavailable database.
    fn count_attempt(&mut self, id: Uuid) -> Result<()>;

    /// Takes a link out of use because it served; the account that it made or served is noted.
    ///
    /// # Errors
    /// An unavailable database.
    fn use_up(&mut self, id: Uuid, account: Option<AccountId>) -> Result<()>;

    /// Withdraws somebody's open links of a purpose; gives how many there were.
    ///
    /// # Errors
    /// An unavailable database.
    fn withdraw(&mut self, of: LinkOwner, purpose: LinkPurpose) -> Result<usize>;

    /// Withdraws one open link; `false` if there is none of that id.
    ///
    /// # Errors
    /// An unavailable database.
    fn withdraw_one(&mut self, id: Uuid) -> Result<bool>;
}
