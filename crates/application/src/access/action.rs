//! Everything that goes through the door to the data, and what it takes to pass.

use threadwell_domain::access::{Operation, PortalOperation};

/// Whom an action lets pass.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gate {
    /// Staff whose role has the operation.
    Staff(Operation),
    /// A portal account that acts for a patient under a grant that reaches so far.
    Portal(PortalOperation),
    /// A signed-in portal account, whether or not it has chosen a patient.
    Account,
    /// Whoever is signed in, at either door, to what is their own.
    Own,
    /// Anybody who wants to become somebody, and sessions that end.
    Visitor,
    /// The background worker.
    Worker,
    /// The command line.
    Operator,
}

/// Whether a success leaves an audit row. Denials always do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AuditRule {
    /// A row in the same transaction, awaited on disk.
    Write,
    /// A row in the same transaction; the commit need not wait for the disk.
    Read,
    /// No row: the answer holds nothing about any patient.
    None,
}

macro_rules! gate {
    (Staff($operation:ident)) => {
        Gate::Staff(Operation::$operation)
    };
    (Portal($operation:ident)) => {
        Gate::Portal(PortalOperation::$operation)
    };
    ($gate:ident) => {
        Gate::$gate
    };
}

macro_rules! actions {
    ($($variant:ident $label:literal $gate:ident $(($operation:ident))? $rule:ident),* $(,)?) => {
        /// An act, as the audit names it. A new use case needs a row here: its label, whom it lets pass, and what a
        /// success leaves in the audit.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[expect(missing_docs, reason = "each variant is the verb of the use case that bears its name")]
        pub enum Action {
            $($variant,)*
        }

        impl Action {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name in the audit.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }

            /// Whom it lets pass: the policy row.
            pub const fn gate(self) -> Gate {
                match self { $(Self::$variant => gate!($gate $(($operation))?),)* }
            }

            /// What a success leaves in the audit.
            pub const fn audit_rule(self) -> AuditRule {
                match self { $(Self::$variant => AuditRule::$rule,)* }
            }
        }
    };
}

actions! {
    ReadSelf "self.read" Staff(ReadSelf) None,
    ListThreads "thread.list" Staff(ListThreads) Read,
    CountUnread "thread.count_unread" Staff(ListThreads) None,
    CountInbox "thread.count_inbox" Staff(ListThreads) None,
    ReadThread "thread.read" Staff(ReadThread) Read,
    StartThread "thread.start" Staff(StartThread) Write,
    UpdateThread "thread.update" Staff(EditThread) Write,
    SendReply "message.send" Staff(Reply) Write,
    SendAndClose "message.send_and_close" Staff(Close) Write,
    SendForReview "message.send_for_review" Staff(SendForReview) Write,
    WriteNote "note.write" Staff(Note) Write,
    CloseThread "thread.close" Staff(Close) Write,
    ReopenThread "thread.reopen" Staff(Reopen) Write,
    MarkRead "thread.mark_read" Staff(ReadThread) Write,
    MarkUnread "thread.mark_unread" Staff(ReadThread) Write,
    StarThread "thread.star" Staff(ReadThread) Write,
    UnstarThread "thread.unstar" Staff(ReadThread) Write,
    ArchiveThread "thread.archive" Staff(Archive) Write,
    UnarchiveThread "thread.unarchive" Staff(Archive) Write,
    BulkAssign "thread.bulk.assign" Staff(Assign) Write,
    BulkSetStatus "thread.bulk.set_status" Staff(SetStatus) Write,
    BulkClose "thread.bulk.close" Staff(Close) Write,
    BulkReopen "thread.bulk.reopen" Staff(Reopen) Write,
    BulkArchive "thread.bulk.archive" Staff(Archive) Write,
    BulkUnarchive "thread.bulk.unarchive" Staff(Archive) Write,
    BulkSetPriority "thread.bulk.set_priority" Staff(SetPriority) Write,
    BulkMarkRead "thread.bulk.mark_read" Staff(ReadThread) Write,
    BulkMarkUnread "thread.bulk.mark_unread" Staff(ReadThread) Write,
    UndoBulk "thread.bulk.undo" Staff(ReadThread) Write,
    LinkThreads "thread.link" Staff(EditThread) Write,
    UnlinkThreads "thread.unlink" Staff(EditThread) Write,
    ReadStatistics "thread.count_statistics" Staff(ListThreads) None,
    ListViews "view.list" Staff(KeepViews) Read,
    CreateView "view.create" Staff(KeepViews) Write,
    UpdateView "view.update" Staff(KeepViews) Write,
    RetireView "view.retire" Staff(KeepViews) Write,
    ListNotifications "notification.list" Staff(ListThreads) Read,
    ReadNotifications "notification.mark_read" Staff(ListThreads) Write,
    CreateTeam "team.create" Staff(ManageTeams) Write,
    UpdateTeam "team.update" Staff(ManageTeams) Write,
    RetireTeam "team.retire" Staff(ManageTeams) Write,
    ReserveUpload "attachment.reserve" Staff(Reply) None,
    UploadAttachment "attachment.upload" Staff(Reply) Write,
    RefuseUpload "attachment.refuse" Staff(Reply) Write,
    ReadAttachment "attachment.read" Staff(ReadThread) Read,
    ReadAttachmentStatus "attachment.read_status" Staff(ReadThread) Read,
    DiscardAttachment "attachment.discard" Staff(Reply) Write,
    ListAttachments "attachment.list" Staff(ReadThread) Read,
    ReadLimits "attachment.read_limits" Staff(ReadSelf) None,
    ListCanned "canned_response.list" Staff(UseCanned) Read,
    ReadCanned "canned_response.read" Staff(UseCanned) Read,
    CreateCanned "canned_response.create" Staff(ManageCanned) Write,
    UpdateCanned "canned_response.update" Staff(ManageCanned) Write,
    RetireCanned "canned_response.retire" Staff(ManageCanned) Write,
    ListStaff "staff.list" Staff(ListStaff) Read,
    ListTeams "team.list" Staff(ListStaff) Read,
    SearchPatients "patient.search" Staff(SearchPatients) Read,
    SearchMessages "message.search" Staff(Search) Read,
    SuggestSearches "search.suggest" Staff(Search) Read,
    ListRecentSearches "search.list_recent" Staff(Search) Read,
    RememberSearch "search.remember" Staff(Search) Write,
    ForgetSearches "search.forget" Staff(Search) Write,
    ReadSearchSettings "search.read_settings" Staff(ReadSearchSettings) None,
    UpdateSearchSettings "search.update_settings" Staff(ManageSearch) Write,
    ReadAutoReplies "auto_reply.read" Staff(ReadAutoReplies) Read,
    UpdateAutoReplies "auto_reply.update" Staff(ManageAutoReplies) Write,
    OpenEvents "events.open" Staff(ListThreads) Read,
    ShowPresence "presence.show" Staff(ReadThread) None,
    ReadDrafts "draft.read" Staff(ReadThread) Read,
    SaveReplyDraft "draft.save" Staff(Reply) None,
    SaveNoteDraft "draft.save_note" Staff(Note) None,
    PortalReadSelf "portal.self.read" Account None,
    PortalListThreads "portal.thread.list" Portal(Read) Read,
    PortalCountUnread "portal.thread.count_unread" Portal(Read) None,
    PortalReadThread "portal.thread.read" Portal(Read) Read,
    PortalStartThread "portal.thread.start" Portal(Write) Write,
    PortalSend "portal.message.send" Portal(Write) Write,
    PortalMarkRead "portal.thread.mark_read" Portal(Read) Write,
    PortalSearch "portal.message.search" Portal(Read) Read,
    PortalReserveUpload "portal.attachment.reserve" Portal(Write) None,
    PortalUploadAttachment "portal.attachment.upload" Portal(Write) Write,
    PortalRefuseUpload "portal.attachment.refuse" Portal(Write) Write,
    PortalReadAttachment "portal.attachment.read" Portal(Read) Read,
    PortalReadAttachmentStatus "portal.attachment.read_status" Portal(Read) Read,
    PortalDiscardAttachment "portal.attachment.discard" Portal(Write) Write,
    PortalListAttachments "portal.attachment.list" Portal(Read) Read,
    PortalReadLimits "portal.attachment.read_limits" Account None,
    PortalOpenEvents "portal.events.open" Portal(Read) Read,
    PortalReadDraft "portal.draft.read" Portal(Write) Read,
    PortalSaveDraft "portal.draft.save" Portal(Write) None,
    ActFor "portal.act_for" Account Write,
    FindLogin "auth.find_login" Visitor None,
    SignIn "auth.sign_in" Visitor Write,
    Refresh "auth.refresh" Visitor Write,
    RefreshReuse "auth.refresh_reuse" Visitor Write,
    SignOut "auth.sign_out" Visitor Write,
    Deliver "outbox.deliver" Worker None,
    WorkFiles "file.work" Worker None,
    IndexMessages "message.index" Worker None,
    RejectFile "file.rejected" Worker Write,
    SweepFile "file.swept" Worker Write,
    WatchStreams "events.watch" Worker None,
    ReadAccount "account.read" Own Read,
    FindSelf "account.find_self" Own None,
    AddFactor "account.factor.add" Own Write,
    ConfirmFactor "account.factor.confirm" Own Write,
    RenameFactor "account.factor.rename" Own Write,
    RemoveFactor "account.factor.remove" Own Write,
    ReplaceRecoveryCodes "account.recovery_codes.replace" Own Write,
    StepUp "account.step_up" Own Write,
    ChangePassword "account.password.change" Own Write,
    ListSessions "account.sessions.list" Own Read,
    EndSessions "account.sessions.end" Own Write,
    UpdatePreferences "account.preferences.update" Own Write,
    ChangeEmail "account.email.change" Account Write,
    RegisterPush "account.push.register" Own Write,
    BeginEmergencyAccess "emergency_access.begin" Staff(BreakGlass) Write,
    EndEmergencyAccess "emergency_access.end" Staff(BreakGlass) Write,
    ListUsers "user.list" Staff(ManageUsers) Read,
    InviteUser "user.invite" Staff(ManageUsers) Write,
    UpdateUser "user.update" Staff(ManageUsers) Write,
    InviteUserAgain "user.invite_again" Staff(ManageUsers) Write,
    ResetUserPassword "user.password.reset" Staff(ManageUsers) Write,
    EndUserSessions "user.sessions.end" Staff(ManageUsers) Write,
    RemoveUserFactors "user.factors.remove" Staff(ManageUsers) Write,
    ReadRoles "role.list" Staff(ManageUsers) Read,
    UpdateRole "role.update" Staff(ManageUsers) Write,
    ListPatients "patient.list" Staff(ManagePatients) Read,
    ReadPatient "patient.read" Staff(ManagePatients) Read,
    CreatePatient "patient.create" Staff(ManagePatients) Write,
    UpdatePatient "patient.update" Staff(ManagePatients) Write,
    InvitePatient "patient.invite" Staff(ManagePatients) Write,
    RevokeInvitation "patient.invitation.revoke" Staff(ManagePatients) Write,
    InviteInBulk "patient.invite_in_bulk" Staff(ManagePatients) Write,
    UpdateGrant "grant.update" Staff(ManagePatients) Write,
    EndGrant "grant.end" Staff(ManagePatients) Write,
    ActivateAccount "portal_account.activate" Staff(ManagePatients) Write,
    DeactivateAccount "portal_account.deactivate" Staff(ManagePatients) Write,
    ResetAccountPassword "portal_account.password.reset" Staff(ManagePatients) Write,
    EndAccountSessions "portal_account.sessions.end" Staff(ManagePatients) Write,
    RemoveAccountFactors "portal_account.factors.remove" Staff(ManagePatients) Write,
    ReadSettings "practice.settings.read" Staff(ManagePractice) Read,
    UpdateSettings "practice.settings.update" Staff(ManagePractice) Write,
    ListEmergencyAccesses "emergency_access.list" Staff(ReviewEmergencyAccess) Read,
    ReviewEmergencyAccess "emergency_access.review" Staff(ReviewEmergencyAccess) Write,
    ListCannedVersions "canned_response.list_versions" Staff(UseCanned) Read,
    PortalListGrants "portal.grant.list" Account Read,
    PortalInviteProxy "portal.grant.invite" Portal(Own) Write,
    PortalCountInvitation "portal.grant.count_invite" Portal(Own) None,
    PortalEndGrant "portal.grant.end" Account Write,
    PortalUpdateThread "portal.thread.update" Portal(Own) Write,
    AcceptInvitation "auth.accept_invitation" Visitor Write,
    CheckLink "auth.check_link" Visitor None,
    RequestReset "auth.request_reset" Visitor Write,
    ResetPassword "auth.reset_password" Visitor Write,
    ConfirmEmail "auth.confirm_email" Visitor Write,
    RequestActivation "auth.request_activation" Visitor Write,
    Activate "auth.activate" Visitor Write,
    AskForFactor "auth.ask_for_second_factor" Visitor Write,
    ChallengePasskey "auth.challenge_passkey" Visitor Write,
    CountAttempt "auth.count_attempt" Visitor None,
    ProveFactor "auth.second_factor" Visitor Write,
    UseRecoveryCode "auth.recovery_code" Visitor Write,
    Enrol "auth.enrol" Visitor Write,
    CheckIdentity "auth.check_identity" Worker Write,
    Provision "practice.provision" Operator Write,
    OperatorCreatePractice "operator.practice.create" Operator Write,
    OperatorAddUser "operator.user.add" Operator Write,
    OperatorInviteUser "operator.user.invite" Operator Write,
    OperatorDeactivateUser "operator.user.deactivate" Operator Write,
    OperatorRemoveFactors "operator.user.factors.remove" Operator Write,
    OperatorAddPatient "operator.patient.add" Operator Write,
    OperatorAddAccount "operator.account.add" Operator Write,
    OperatorGrant "operator.grant.add" Operator Write,
    OperatorRebuildIndex "operator.search.rebuild" Operator Write,
    OperatorReadIndex "operator.search.read" Operator Read,
}

impl Action {
    /// Whether the person must have proved the strongest factor within the last minutes: what opens a door to somebody,
    /// changes who may do what, who is told or what is kept for searches, or cannot be taken back. What only takes rights
    /// away must not wait, and needs none.
    pub const fn needs_step_up(self) -> bool {
        matches!(
            self,
            Self::AddFactor
                | Self::ConfirmFactor
                | Self::RemoveFactor
                | Self::ReplaceRecoveryCodes
                | Self::InviteUser
                | Self::UpdateUser
                | Self::InviteUserAgain
                | Self::ResetUserPassword
                | Self::EndUserSessions
                | Self::RemoveUserFactors
                | Self::UpdateRole
                | Self::UpdateSettings
                | Self::InvitePatient
                | Self::InviteInBulk
                | Self::UpdateGrant
                | Self::ActivateAccount
                | Self::DeactivateAccount
                | Self::ResetAccountPassword
                | Self::EndAccountSessions
                | Self::RemoveAccountFactors
                | Self::UpdateSearchSettings
                | Self::CreateTeam
                | Self::UpdateTeam
                | Self::RetireTeam
                | Self::BeginEmergencyAccess
                | Self::ReviewEmergencyAccess
                | Self::PortalInviteProxy
                | Self::PortalCountInvitation
        )
    }

    /// Whether it changes something whose loss in a crash would do harm, although it leaves no row.
    pub const fn must_reach_the_disk(self) -> bool {
        matches!(
            self,
            Self::CountAttempt
                | Self::FindSelf
                | Self::Deliver
                | Self::WorkFiles
                | Self::IndexMessages
                | Self::ReserveUpload
                | Self::PortalReserveUpload
                | Self::SaveReplyDraft
                | Self::SaveNoteDraft
                | Self::PortalSaveDraft
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_action_has_a_label_of_its_own() {
        let labels: HashSet<_> = Action::ALL.iter().map(|action| action.label()).collect();
        assert_eq!(labels.len(), Action::ALL.len());
        assert_eq!(Action::ALL.iter().collect::<HashSet<_>>().len(), Action::ALL.len());
    }

    #[test]
    fn whatever_touches_a_thread_is_audited_but_its_bare_count() {
        for action in Action::ALL {
            if action.audit_rule() == AuditRule::None {
                assert!(
                    ["self.read", "portal.self.read", "auth.find_login", "account.find_self", "auth.count_attempt", "outbox.deliver", "file.work", "events.watch", "presence.show",
                        "message.index", "search.read_settings", "auth.check_link"]
                        .contains(&action.label())
                        || action.label().contains("count_")
                        // What is no file yet, and what may be uploaded at all.
                        || action.label().ends_with("attachment.reserve")
                        || action.label().ends_with("attachment.read_limits")
                        // What nobody but its writer has, and is not sent.
                        || action.label().contains("draft.save"),
                    "{action:?}"
                );
            }
        }
    }
}
