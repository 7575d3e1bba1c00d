//! Identifiers as types, so that a patient's id can never stand where a thread's is meant.

use std::fmt;
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an id that was read from storage or parsed at the edge.
            pub const fn new(value: Uuid) -> Self {
                Self(value)
            }

            /// The bare UUID, for adapters.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

id! {
    /// A practice that is kept apart from every other.
    TenantId,
    /// A member of the practice's staff.
    StaffId,
    /// A group of staff that threads are assigned to.
    TeamId,
    /// A person under care.
    PatientId,
    /// A sign-in to the patient portal; serves one or several patients through grants.
    AccountId,
    /// A conversation between a patient and the care team.
    ThreadId,
    /// One message or internal note of a thread.
    MessageId,
    /// A file that belongs to a message.
    AttachmentId,
    /// A prepared answer that staff start from.
    CannedResponseId,
    /// An act that was done to threads at once.
    BulkActId,
    /// A way to look at the inbox that somebody keeps.
    ViewId,
    /// One signed-in device.
    SessionId,
    /// A time in which somebody looked past the limits of the role.
    EmergencyAccessId,
    /// Word to one member of the staff: a mention, an assignment.
    NotificationId,
}
