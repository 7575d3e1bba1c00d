//! What staff can do, and which role may: the policy table of product.md "People".

use super::Role;

/// An operation of the staff's side. Every route and every use case names one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Operation {
    /// See who one is.
    ReadSelf,
    /// See the list of threads, their counts and their patients' names.
    ListThreads,
    /// Read a thread, mark it read or unread for oneself.
    ReadThread,
    /// Write to a patient first.
    StartThread,
    /// Answer a patient.
    Reply,
    /// Write an internal note.
    Note,
    /// Say who is to answer.
    Assign,
    /// Set a status by hand.
    SetStatus,
    /// Ask a provider.
    SendForReview,
    /// Answer what waits for a provider.
    Approve,
    /// Set the priority.
    SetPriority,
    /// Correct subject and category, mark confidential.
    EditThread,
    /// Close a thread.
    Close,
    /// Open a closed thread again.
    Reopen,
    /// Put closed threads away, and fetch them back.
    Archive,
    /// Use prepared answers.
    UseCanned,
    /// Write prepared answers.
    ManageCanned,
    /// Find a patient to write to.
    SearchPatients,
    /// Search messages, and have one's own searches kept.
    Search,
    /// See whether messages are searched by their texts.
    ReadSearchSettings,
    /// Decide whether messages are searched by their texts.
    ManageSearch,
    /// See colleagues and teams.
    ListStaff,
    /// Say which teams there are and who belongs to them.
    ManageTeams,
    /// Keep views of the inbox, one's own or shared ones.
    KeepViews,
    /// See the automatic replies.
    ReadAutoReplies,
    /// Change the automatic replies.
    ManageAutoReplies,
}

impl Operation {
    /// All of them.
    pub const ALL: [Self; 26] = [
        Self::ReadSelf,
        Self::ListThreads,
        Self::ReadThread,
        Self::StartThread,
        Self::Reply,
        Self::Note,
        Self::Assign,
        Self::SetStatus,
        Self::SendForReview,
        Self::Approve,
        Self::SetPriority,
        Self::EditThread,
        Self::Close,
        Self::Reopen,
        Self::Archive,
        Self::UseCanned,
        Self::ManageCanned,
        Self::SearchPatients,
        Self::Search,
        Self::ReadSearchSettings,
        Self::ManageSearch,
        Self::ListStaff,
        Self::ManageTeams,
        Self::KeepViews,
        Self::ReadAutoReplies,
        Self::ManageAutoReplies,
    ];

    /// The name on the wire, by which apps decide what to show.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReadSelf => "read_self",
            Self::ListThreads => "list_threads",
            Self::ReadThread => "read_thread",
            Self::StartThread => "start_thread",
            Self::Reply => "reply",
            Self::Note => "note",
            Self::Assign => "assign",
            Self::SetStatus => "set_status",
            Self::SendForReview => "send_for_review",
            Self::Approve => "approve",
            Self::SetPriority => "set_priority",
            Self::EditThread => "edit_thread",
            Self::Close => "close",
            Self::Reopen => "reopen",
            Self::Archive => "archive",
            Self::UseCanned => "use_canned",
            Self::ManageCanned => "manage_canned",
            Self::SearchPatients => "search_patients",
            Self::Search => "search",
            Self::ReadSearchSettings => "read_search_settings",
            Self::ManageSearch => "manage_search",
            Self::ListStaff => "list_staff",
            Self::ManageTeams => "manage_teams",
            Self::KeepViews => "keep_views",
            Self::ReadAutoReplies => "read_auto_replies",
            Self::ManageAutoReplies => "manage_auto_replies",
        }
    }
}

impl Role {
    /// The policy table. **Invariant:** the match is exhaustive, so a new operation needs its row.
    pub const fn may(self, operation: Operation) -> bool {
        match operation {
            Operation::ReadSelf => true,
            Operation::ListThreads
            | Operation::ReadThread
            | Operation::StartThread
            | Operation::Reply
            | Operation::Note
            | Operation::Assign
            | Operation::SetStatus
            | Operation::SetPriority
            | Operation::EditThread
            | Operation::Close
            | Operation::Reopen
            | Operation::Archive
            | Operation::KeepViews
            | Operation::UseCanned
            | Operation::SearchPatients
            | Operation::Search
            | Operation::ReadSearchSettings
            | Operation::ListStaff
            | Operation::ReadAutoReplies => !matches!(self, Self::Auditor),
            Operation::SendForReview => self.may_send_for_review(),
            Operation::Approve => self.may_approve(),
            Operation::ManageCanned => matches!(self, Self::Admin | Self::Provider),
            Operation::ManageAutoReplies | Operation::ManageTeams | Operation::ManageSearch => {
                matches!(self, Self::Admin)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = Operation::ALL.iter().map(|operation| operation.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Operation::ALL.len());
    }

    #[test]
    fn the_whole_table() {
        const ADMIN: [bool; 26] = [true; 26];
        // read_self, list, read, start, reply, note, assign, status, review, approve, priority, edit, close, reopen,
        // archive, use_canned, manage_canned, search_patients, search, read_search, manage_search, list_staff, manage_teams,
        // keep_views, read_auto, manage_auto
        let worker = |review: bool, approve: bool, manage: bool| {
            let mut row = ADMIN;
            (row[8], row[9], row[16]) = (review, approve, manage);
            (row[20], row[22], row[25]) = (false, false, false);
            row
        };
        let mut auditor = [false; 26];
        auditor[0] = true;
        for (role, row) in [
            (Role::Admin, ADMIN),
            (Role::Provider, worker(true, true, true)),
            (Role::Nurse, worker(true, false, false)),
            (Role::MedicalAssistant, worker(true, false, false)),
            (Role::FrontDesk, worker(false, false, false)),
            (Role::Billing, worker(false, false, false)),
            (Role::Auditor, auditor),
        ] {
            for (operation, expected) in Operation::ALL.into_iter().zip(row) {
                assert_eq!(role.may(operation), expected, "{role:?} {operation:?}");
            }
        }
    }

    #[test]
    fn scopes_are_those_of_the_product() {
        use crate::thread::Category::{Appointment, Billing, General, Other};
        for role in [Role::Admin, Role::Provider, Role::Nurse, Role::MedicalAssistant] {
            assert_eq!(role.default_categories().iter().count(), 6);
        }
        let scope = |role: Role| role.default_categories().iter().collect::<Vec<_>>();
        assert_eq!(scope(Role::FrontDesk), [General, Appointment, Other]);
        assert_eq!(scope(Role::Billing), [Billing]);
        assert!(scope(Role::Auditor).is_empty());
    }
}
