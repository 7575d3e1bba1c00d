//! Whom or what an act was about, as the audit names it.

use crate::ports::{FactorOwner, Recipient, SessionOwner};
use std::fmt::{Display, Formatter, Result};
use threadwell_domain::access::Role;
use threadwell_domain::thread::Category;
use threadwell_domain::{
    AccountId, AttachmentId, CannedResponseId, EmergencyAccessId, PatientId, SessionId, StaffId, TeamId,
    ViewId,
};
use uuid::Uuid;

/// Whom or what an act was about. Threads have a place of their own in the audit, and so have patients and files, which
/// can be named here before the act has found them. Its text, `kind:id`, says nothing that is PHI.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Subject {
    /// A member of the staff.
    Staff(StaffId),
    /// An account of the portal.
    Account(AccountId),
    /// A patient.
    Patient(PatientId),
    /// A file.
    Attachment(AttachmentId),
    /// A sign-in.
    Session(SessionId),
    /// An invitation or another mailed link.
    Link(Uuid),
    /// A second factor.
    Factor(Uuid),
    /// A role, whose rights changed.
    Role(Role),
    /// A team.
    Team(TeamId),
    /// A prepared answer.
    CannedResponse(CannedResponseId),
    /// A kept view.
    View(ViewId),
    /// A use of emergency access.
    EmergencyAccess(EmergencyAccessId),
    /// The messages of a category.
    Category(Category),
    /// A field that was changed, by its name in the API.
    Field(&'static str),
}

/// What an act left out although it was done and its answer does not say so, as the audit names it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Omission {
    /// The mail: the address got too many.
    ThrottledMail,
}

impl Display for Subject {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Staff(id) => write!(f, "staff:{id}"),
            Self::Account(id) => write!(f, "account:{id}"),
            Self::Patient(id) => write!(f, "patient:{id}"),
            Self::Attachment(id) => write!(f, "attachment:{id}"),
            Self::Session(id) => write!(f, "session:{id}"),
            Self::Link(id) => write!(f, "link:{id}"),
            Self::Factor(id) => write!(f, "factor:{id}"),
            Self::Role(role) => write!(f, "role:{}", role.name()),
            Self::Team(id) => write!(f, "team:{id}"),
            Self::CannedResponse(id) => write!(f, "canned_response:{id}"),
            Self::View(id) => write!(f, "view:{id}"),
            Self::EmergencyAccess(id) => write!(f, "emergency_access:{id}"),
            Self::Category(category) => write!(f, "category:{}", category.name()),
            Self::Field(name) => write!(f, "field:{name}"),
        }
    }
}

impl From<Recipient> for Subject {
    fn from(person: Recipient) -> Self {
        match person {
            Recipient::Staff(id) => Self::Staff(id),
            Recipient::Account(id) => Self::Account(id),
        }
    }
}

impl From<FactorOwner> for Subject {
    fn from(owner: FactorOwner) -> Self {
        owner.recipient().into()
    }
}

impl From<SessionOwner> for Subject {
    fn from(owner: SessionOwner) -> Self {
        FactorOwner::from(owner).into()
    }
}
