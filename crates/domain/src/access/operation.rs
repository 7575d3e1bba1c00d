//! What staff can do, and which role may: the policy table of product.md "People".

use super::Role;

/// Groups of roles that the table speaks of.
#[derive(Clone, Copy)]
enum Who {
    Everybody,
    /// All but the auditor.
    Workers,
    /// Who may ask a provider.
    Askers,
    /// Providers and administrators.
    Approvers,
    Admins,
    /// Administrators and auditors.
    Overseers,
}

impl Who {
    const fn includes(self, role: Role) -> bool {
        match self {
            Self::Everybody => true,
            Self::Workers => !matches!(role, Role::Auditor),
            Self::Askers => role.may_send_for_review(),
            Self::Approvers => role.may_approve(),
            Self::Admins => matches!(role, Role::Admin),
            Self::Overseers => matches!(role, Role::Admin | Role::Auditor),
        }
    }
}

macro_rules! operations {
    ($(#[doc = $doc:literal] $variant:ident $name:literal $who:ident),* $(,)?) => {
        /// An operation of the staff's side. Every route and every use case names one.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Operation {
            $(#[doc = $doc] $variant,)*
        }

        impl Operation {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name on the wire, by which apps decide what to show.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }

        impl Role {
            /// The policy table: every operation is a row.
            pub const fn may(self, operation: Operation) -> bool {
                match operation { $(Operation::$variant => Who::$who.includes(self),)* }
            }
        }
    };
}

operations! {
    /// See who one is.
    ReadSelf "read_self" Everybody,
    /// See the list of threads, their counts and their patients' names.
    ListThreads "list_threads" Workers,
    /// Read a thread, mark it read or unread for oneself.
    ReadThread "read_thread" Workers,
    /// Write to a patient first.
    StartThread "start_thread" Workers,
    /// Answer a patient.
    Reply "reply" Workers,
    /// Write an internal note.
    Note "note" Workers,
    /// Say who is to answer.
    Assign "assign" Workers,
    /// Set a status by hand.
    SetStatus "set_status" Workers,
    /// Ask a provider.
    SendForReview "send_for_review" Askers,
    /// Answer what waits for a provider.
    Approve "approve" Approvers,
    /// Set the priority.
    SetPriority "set_priority" Workers,
    /// Correct subject and category, mark confidential.
    EditThread "edit_thread" Workers,
    /// Close a thread.
    Close "close" Workers,
    /// Open a closed thread again.
    Reopen "reopen" Workers,
    /// Put closed threads away, and fetch them back.
    Archive "archive" Workers,
    /// Use prepared answers.
    UseCanned "use_canned" Workers,
    /// Write prepared answers.
    ManageCanned "manage_canned" Approvers,
    /// Find a patient to write to.
    SearchPatients "search_patients" Workers,
    /// Search messages, and have one's own searches kept.
    Search "search" Workers,
    /// See whether messages are searched by their texts.
    ReadSearchSettings "read_search_settings" Workers,
    /// Decide whether messages are searched by their texts.
    ManageSearch "manage_search" Admins,
    /// See colleagues and teams.
    ListStaff "list_staff" Workers,
    /// Say which teams there are and who belongs to them.
    ManageTeams "manage_teams" Admins,
    /// Keep views of the inbox, one's own or shared ones.
    KeepViews "keep_views" Workers,
    /// See the automatic replies.
    ReadAutoReplies "read_auto_replies" Workers,
    /// Change the automatic replies.
    ManageAutoReplies "manage_auto_replies" Admins,
    /// Say who is on the staff, and in which role.
    ManageUsers "manage_users" Admins,
    /// Keep the records of patients, their accounts and grants.
    ManagePatients "manage_patients" Admins,
    /// Decide what the practice decides: its face, its hours, its rules.
    ManagePractice "manage_practice" Admins,
    /// Look past the limits of the role in an emergency (45 CFR 164.312(a)(2)(ii)).
    BreakGlass "break_glass" Workers,
    /// See and review who looked past the limits of the role.
    ReviewEmergencyAccess "review_emergency_access" Overseers,
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

    /// What administrators alone may, and providers, and who may ask them.
    const ADMINS: [&str; 6] = [
        "manage_search",
        "manage_teams",
        "manage_auto_replies",
        "manage_users",
        "manage_patients",
        "manage_practice",
    ];
    const APPROVERS: [&str; 2] = ["approve", "manage_canned"];

    #[test]
    fn the_whole_table() {
        let auditor = ["read_self", "review_emergency_access"];
        for operation in Operation::ALL {
            let name = operation.name();
            let (admins, approvers) = (ADMINS.contains(&name), APPROVERS.contains(&name));
            let oversees = name == "review_emergency_access";
            for role in Role::ALL {
                let expected = match role {
                    Role::Admin => true,
                    Role::Provider => !admins && !oversees,
                    Role::Nurse | Role::MedicalAssistant => !admins && !oversees && !approvers,
                    Role::FrontDesk | Role::Billing => {
                        !admins && !oversees && !approvers && name != "send_for_review"
                    }
                    Role::Auditor => auditor.contains(&name),
                };
                assert_eq!(role.may(*operation), expected, "{role:?} {name}");
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
