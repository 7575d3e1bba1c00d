//! The rules of Threadwell: what a thread, a message, a role and a grant are and what may happen to them.
//!
//! Nothing here does I/O, reads a clock, awaits or knows a wire format; time and identity are arguments.
//! It depends on no other crate of the workspace. A new rule goes beside the noun it belongs to, with a
//! table test of every case and, where it concerns order or visibility, a property test.

pub mod access;
pub mod attachment;
pub mod canned_response;
mod change;
mod ids;
pub mod message;
pub mod person;
pub mod practice;
pub mod search;
pub mod team;
mod text;
pub mod thread;
pub mod view;

pub use change::ChangeKind;
pub use ids::{
    AccountId, AttachmentId, BulkActId, CannedResponseId, EmergencyAccessId, MessageId, NotificationId,
    PatientId, SessionId, StaffId, TeamId, TenantId, ThreadId, ViewId,
};
pub use text::{Phi, TextRefusal};

/// A moment in UTC. Adapters keep microseconds; the wire shows milliseconds.
pub type Moment = chrono::DateTime<chrono::Utc>;
