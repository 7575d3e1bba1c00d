//! The shapes of the API: what travels, and nothing else. The domain has no wire format; it is given one here.

mod account;
mod administration;
mod attachment;
mod distinct;
mod draft;
mod enums;
mod events;
mod id;
mod limited;
mod link;
mod message;
mod page;
mod people;
mod portal;
mod read_up_to;
mod receipt;
mod search;
mod templates;
mod thread;
mod time;

pub(crate) use account::{LinkedPractice, OwnSession, Preferences};
pub(crate) use administration::{
    Created, Patient, PatientDetail, PracticeHoliday, PracticeHours, StaffAccount, clock_time,
};
pub(crate) use attachment::{Attachment, AttachmentLimits, FileBytes, ThreadAttachments};
pub(crate) use distinct::Distinct;
pub(crate) use draft::{Draft, ThreadDraft};
pub(crate) use enums::{
    Accent, Afterwards, Category, DraftKind, FactorKind, FileRefusal, Integrity, InvitationOutcome,
    Operation, PortalAccess, Priority, ProofMethod, Relationship, Role, Scope, SenderType, Status,
    StepUpMethod, UserState,
};
pub(crate) use events::{
    Closed, NotificationEvent, PortalThreadEvent, PresenceEvent, Ready, StaffThreadEvent, ThreadViewer,
    ViewerState,
};
pub(crate) use id::Id;
pub(crate) use limited::{Token, TypedCode};
pub(crate) use message::{SentByProxy, StaffMessage};
pub(crate) use page::{Count, LargeCount, MessagePagination, Pagination, Session, Tenant};
pub(crate) use people::{PatientMatch, StaffMember, StaffUser, Team, categories};
pub(crate) use portal::{PortalAccount, PortalMessage, PortalPatient, PortalThread};
pub(crate) use read_up_to::ReadUpTo;
pub(crate) use receipt::{CannedResponseCreated, MessageSent, TeamCreated, ThreadCreated, ViewCreated};
pub(crate) use search::{FoundPortalMessage, FoundStaffMessage, TextPart, UnderstoodQuery, parts};
pub(crate) use templates::{AutoReply, CannedResponse};
pub(crate) use thread::{StaffThread, StaffThreadAnswer, StaffThreadDetail};
pub(crate) use time::Timestamp;

use threadwell_application::ports::Readable;

/// An unreadable text travels as an empty one, beside `integrity: failed`.
pub(crate) fn shown(text: &Readable) -> String {
    text.text().map(|text| text.expose().to_owned()).unwrap_or_default()
}
