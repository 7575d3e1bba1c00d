//! Everything that goes through the door to the data, and what it takes to pass.

use threadwell_domain::access::{Operation, PortalOperation};

/// An act, as the audit names it. A new use case needs a variant, and the exhaustive matches below its rules.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "each variant is the verb of the use case that bears its name")]
pub enum Action {
    ReadSelf,
    ListThreads,
    CountUnread,
    CountInbox,
    ReadThread,
    StartThread,
    UpdateThread,
    SendReply,
    SendAndClose,
    SendForReview,
    WriteNote,
    CloseThread,
    ReopenThread,
    MarkRead,
    MarkUnread,
    ArchiveThread,
    UnarchiveThread,
    BulkAssign,
    BulkSetStatus,
    BulkClose,
    BulkReopen,
    BulkArchive,
    BulkUnarchive,
    BulkSetPriority,
    BulkMarkRead,
    BulkMarkUnread,
    UndoBulk,
    LinkThreads,
    UnlinkThreads,
    ReadStatistics,
    ListViews,
    CreateView,
    UpdateView,
    RetireView,
    ListNotifications,
    ReadNotifications,
    CreateTeam,
    UpdateTeam,
    RetireTeam,
    ReserveUpload,
    UploadAttachment,
    RefuseUpload,
    ReadAttachment,
    ReadAttachmentStatus,
    DiscardAttachment,
    ListAttachments,
    ReadLimits,
    ListCanned,
    ReadCanned,
    CreateCanned,
    UpdateCanned,
    RetireCanned,
    ListStaff,
    ListTeams,
    SearchPatients,
    SearchMessages,
    SuggestSearches,
    ListRecentSearches,
    RememberSearch,
    ForgetSearches,
    ReadSearchSettings,
    UpdateSearchSettings,
    ReadAutoReplies,
    UpdateAutoReplies,
    OpenEvents,
    ShowPresence,
    PortalReadSelf,
    PortalListThreads,
    PortalCountUnread,
    PortalReadThread,
    PortalStartThread,
    PortalSend,
    PortalMarkRead,
    PortalSearch,
    PortalReserveUpload,
    PortalUploadAttachment,
    PortalRefuseUpload,
    PortalReadAttachment,
    PortalReadAttachmentStatus,
    PortalDiscardAttachment,
    PortalListAttachments,
    PortalReadLimits,
    PortalOpenEvents,
    ActFor,
    FindLogin,
    SignIn,
    Refresh,
    RefreshReuse,
    SignOut,
    Deliver,
    WorkFiles,
    IndexMessages,
    RejectFile,
    SweepFile,
    WatchStreams,
    Provision,
}

/// Whom an action lets pass.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gate {
    /// Staff whose role has the operation.
    Staff(Operation),
    /// A portal account that acts for a patient under a grant that reaches so far.
    Portal(PortalOperation),
    /// A signed-in portal account, whether or not it has chosen a patient.
    Account,
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

impl Action {
    /// All of them.
    pub const ALL: [Self; 96] = [
        Self::ReadSelf,
        Self::ListThreads,
        Self::CountUnread,
        Self::CountInbox,
        Self::ReadThread,
        Self::StartThread,
        Self::UpdateThread,
        Self::SendReply,
        Self::SendAndClose,
        Self::SendForReview,
        Self::WriteNote,
        Self::CloseThread,
        Self::ReopenThread,
        Self::MarkRead,
        Self::MarkUnread,
        Self::ArchiveThread,
        Self::UnarchiveThread,
        Self::BulkAssign,
        Self::BulkSetStatus,
        Self::BulkClose,
        Self::BulkReopen,
        Self::BulkArchive,
        Self::BulkUnarchive,
        Self::BulkSetPriority,
        Self::BulkMarkRead,
        Self::BulkMarkUnread,
        Self::UndoBulk,
        Self::LinkThreads,
        Self::UnlinkThreads,
        Self::ReadStatistics,
        Self::ListViews,
        Self::CreateView,
        Self::UpdateView,
        Self::RetireView,
        Self::ListNotifications,
        Self::ReadNotifications,
        Self::CreateTeam,
        Self::UpdateTeam,
        Self::RetireTeam,
        Self::ReserveUpload,
        Self::UploadAttachment,
        Self::RefuseUpload,
        Self::ReadAttachment,
        Self::ReadAttachmentStatus,
        Self::DiscardAttachment,
        Self::ListAttachments,
        Self::ReadLimits,
        Self::ListCanned,
        Self::ReadCanned,
        Self::CreateCanned,
        Self::UpdateCanned,
        Self::RetireCanned,
        Self::ListStaff,
        Self::ListTeams,
        Self::SearchPatients,
        Self::SearchMessages,
        Self::SuggestSearches,
        Self::ListRecentSearches,
        Self::RememberSearch,
        Self::ForgetSearches,
        Self::ReadSearchSettings,
        Self::UpdateSearchSettings,
        Self::ReadAutoReplies,
        Self::UpdateAutoReplies,
        Self::OpenEvents,
        Self::ShowPresence,
        Self::PortalReadSelf,
        Self::PortalListThreads,
        Self::PortalCountUnread,
        Self::PortalReadThread,
        Self::PortalStartThread,
        Self::PortalSend,
        Self::PortalMarkRead,
        Self::PortalSearch,
        Self::PortalReserveUpload,
        Self::PortalUploadAttachment,
        Self::PortalRefuseUpload,
        Self::PortalReadAttachment,
        Self::PortalReadAttachmentStatus,
        Self::PortalDiscardAttachment,
        Self::PortalListAttachments,
        Self::PortalReadLimits,
        Self::PortalOpenEvents,
        Self::ActFor,
        Self::FindLogin,
        Self::SignIn,
        Self::Refresh,
        Self::RefreshReuse,
        Self::SignOut,
        Self::Deliver,
        Self::WorkFiles,
        Self::IndexMessages,
        Self::RejectFile,
        Self::SweepFile,
        Self::WatchStreams,
        Self::Provision,
    ];

    /// The name in the audit.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ReadSelf => "self.read",
            Self::ListThreads => "thread.list",
            Self::CountUnread => "thread.count_unread",
            Self::CountInbox => "thread.count_inbox",
            Self::ReadThread => "thread.read",
            Self::StartThread => "thread.start",
            Self::UpdateThread => "thread.update",
            Self::SendReply => "message.send",
            Self::SendAndClose => "message.send_and_close",
            Self::SendForReview => "message.send_for_review",
            Self::WriteNote => "note.write",
            Self::CloseThread => "thread.close",
            Self::ReopenThread => "thread.reopen",
            Self::MarkRead => "thread.mark_read",
            Self::MarkUnread => "thread.mark_unread",
            Self::ArchiveThread => "thread.archive",
            Self::UnarchiveThread => "thread.unarchive",
            Self::BulkAssign => "thread.bulk.assign",
            Self::BulkSetStatus => "thread.bulk.set_status",
            Self::BulkClose => "thread.bulk.close",
            Self::BulkReopen => "thread.bulk.reopen",
            Self::BulkArchive => "thread.bulk.archive",
            Self::BulkUnarchive => "thread.bulk.unarchive",
            Self::BulkSetPriority => "thread.bulk.set_priority",
            Self::BulkMarkRead => "thread.bulk.mark_read",
            Self::BulkMarkUnread => "thread.bulk.mark_unread",
            Self::UndoBulk => "thread.bulk.undo",
            Self::LinkThreads => "thread.link",
            Self::UnlinkThreads => "thread.unlink",
            Self::ReadStatistics => "thread.count_statistics",
            Self::ListViews => "view.list",
            Self::CreateView => "view.create",
            Self::UpdateView => "view.update",
            Self::RetireView => "view.retire",
            Self::ListNotifications => "notification.list",
            Self::ReadNotifications => "notification.mark_read",
            Self::CreateTeam => "team.create",
            Self::UpdateTeam => "team.update",
            Self::RetireTeam => "team.retire",
            Self::ReserveUpload => "attachment.reserve",
            Self::UploadAttachment => "attachment.upload",
            Self::RefuseUpload => "attachment.refuse",
            Self::ReadAttachment => "attachment.read",
            Self::ReadAttachmentStatus => "attachment.read_status",
            Self::DiscardAttachment => "attachment.discard",
            Self::ListAttachments => "attachment.list",
            Self::ReadLimits => "attachment.read_limits",
            Self::ListCanned => "canned_response.list",
            Self::ReadCanned => "canned_response.read",
            Self::CreateCanned => "canned_response.create",
            Self::UpdateCanned => "canned_response.update",
            Self::RetireCanned => "canned_response.retire",
            Self::ListStaff => "staff.list",
            Self::ListTeams => "team.list",
            Self::SearchPatients => "patient.search",
            Self::SearchMessages => "message.search",
            Self::SuggestSearches => "search.suggest",
            Self::ListRecentSearches => "search.list_recent",
            Self::RememberSearch => "search.remember",
            Self::ForgetSearches => "search.forget",
            Self::ReadSearchSettings => "search.read_settings",
            Self::UpdateSearchSettings => "search.update_settings",
            Self::ReadAutoReplies => "auto_reply.read",
            Self::UpdateAutoReplies => "auto_reply.update",
            Self::OpenEvents => "events.open",
            Self::ShowPresence => "presence.show",
            Self::PortalReadSelf => "portal.self.read",
            Self::PortalListThreads => "portal.thread.list",
            Self::PortalCountUnread => "portal.thread.count_unread",
            Self::PortalReadThread => "portal.thread.read",
            Self::PortalStartThread => "portal.thread.start",
            Self::PortalSend => "portal.message.send",
            Self::PortalMarkRead => "portal.thread.mark_read",
            Self::PortalSearch => "portal.message.search",
            Self::PortalReserveUpload => "portal.attachment.reserve",
            Self::PortalUploadAttachment => "portal.attachment.upload",
            Self::PortalRefuseUpload => "portal.attachment.refuse",
            Self::PortalReadAttachment => "portal.attachment.read",
            Self::PortalReadAttachmentStatus => "portal.attachment.read_status",
            Self::PortalDiscardAttachment => "portal.attachment.discard",
            Self::PortalListAttachments => "portal.attachment.list",
            Self::PortalReadLimits => "portal.attachment.read_limits",
            Self::PortalOpenEvents => "portal.events.open",
            Self::ActFor => "portal.act_for",
            Self::FindLogin => "auth.find_login",
            Self::SignIn => "auth.sign_in",
            Self::Refresh => "auth.refresh",
            Self::RefreshReuse => "auth.refresh_reuse",
            Self::SignOut => "auth.sign_out",
            Self::Deliver => "outbox.deliver",
            Self::WorkFiles => "file.work",
            Self::IndexMessages => "message.index",
            Self::RejectFile => "file.rejected",
            Self::SweepFile => "file.swept",
            Self::WatchStreams => "events.watch",
            Self::Provision => "practice.provision",
        }
    }

    /// Whom it lets pass: the policy row.
    pub const fn gate(self) -> Gate {
        match self {
            Self::ReadSelf | Self::ReadLimits => Gate::Staff(Operation::ReadSelf),
            Self::ListThreads
            | Self::OpenEvents
            | Self::CountUnread
            | Self::CountInbox
            | Self::ReadStatistics
            | Self::ListNotifications
            | Self::ReadNotifications => Gate::Staff(Operation::ListThreads),
            Self::ReadThread
            | Self::MarkRead
            | Self::MarkUnread
            | Self::BulkMarkRead
            | Self::BulkMarkUnread
            | Self::UndoBulk
            | Self::ReadAttachment
            | Self::ReadAttachmentStatus
            | Self::ListAttachments
            | Self::ShowPresence => Gate::Staff(Operation::ReadThread),
            Self::BulkAssign => Gate::Staff(Operation::Assign),
            Self::BulkSetStatus => Gate::Staff(Operation::SetStatus),
            Self::BulkSetPriority => Gate::Staff(Operation::SetPriority),
            Self::ArchiveThread | Self::UnarchiveThread | Self::BulkArchive | Self::BulkUnarchive => {
                Gate::Staff(Operation::Archive)
            }
            Self::LinkThreads | Self::UnlinkThreads => Gate::Staff(Operation::EditThread),
            Self::ListViews | Self::CreateView | Self::UpdateView | Self::RetireView => {
                Gate::Staff(Operation::KeepViews)
            }
            Self::CreateTeam | Self::UpdateTeam | Self::RetireTeam => Gate::Staff(Operation::ManageTeams),
            Self::StartThread => Gate::Staff(Operation::StartThread),
            Self::UpdateThread => Gate::Staff(Operation::EditThread),
            Self::SendReply
            | Self::ReserveUpload
            | Self::UploadAttachment
            | Self::RefuseUpload
            | Self::DiscardAttachment => Gate::Staff(Operation::Reply),
            Self::SendForReview => Gate::Staff(Operation::SendForReview),
            Self::WriteNote => Gate::Staff(Operation::Note),
            Self::CloseThread | Self::BulkClose | Self::SendAndClose => Gate::Staff(Operation::Close),
            Self::ReopenThread | Self::BulkReopen => Gate::Staff(Operation::Reopen),
            Self::ListCanned | Self::ReadCanned => Gate::Staff(Operation::UseCanned),
            Self::CreateCanned | Self::UpdateCanned | Self::RetireCanned => {
                Gate::Staff(Operation::ManageCanned)
            }
            Self::ListStaff | Self::ListTeams => Gate::Staff(Operation::ListStaff),
            Self::SearchPatients => Gate::Staff(Operation::SearchPatients),
            Self::SearchMessages
            | Self::SuggestSearches
            | Self::ListRecentSearches
            | Self::RememberSearch
            | Self::ForgetSearches => Gate::Staff(Operation::Search),
            Self::ReadSearchSettings => Gate::Staff(Operation::ReadSearchSettings),
            Self::UpdateSearchSettings => Gate::Staff(Operation::ManageSearch),
            Self::ReadAutoReplies => Gate::Staff(Operation::ReadAutoReplies),
            Self::UpdateAutoReplies => Gate::Staff(Operation::ManageAutoReplies),
            Self::PortalReadSelf | Self::PortalReadLimits | Self::ActFor => Gate::Account,
            Self::PortalListThreads
            | Self::PortalCountUnread
            | Self::PortalReadThread
            | Self::PortalSearch
            | Self::PortalMarkRead
            | Self::PortalReadAttachment
            | Self::PortalReadAttachmentStatus
            | Self::PortalListAttachments
            | Self::PortalOpenEvents => Gate::Portal(PortalOperation::Read),
            Self::PortalStartThread
            | Self::PortalSend
            | Self::PortalReserveUpload
            | Self::PortalUploadAttachment
            | Self::PortalRefuseUpload
            | Self::PortalDiscardAttachment => Gate::Portal(PortalOperation::Write),
            Self::FindLogin | Self::SignIn | Self::Refresh | Self::RefreshReuse | Self::SignOut => {
                Gate::Visitor
            }
            Self::Deliver
            | Self::WorkFiles
            | Self::IndexMessages
            | Self::RejectFile
            | Self::SweepFile
            | Self::WatchStreams => Gate::Worker,
            Self::Provision => Gate::Operator,
        }
    }

    /// Whether it changes something whose loss in a crash would do harm, although it leaves no row.
    pub const fn must_reach_the_disk(self) -> bool {
        matches!(
            self,
            Self::Deliver
                | Self::WorkFiles
                | Self::IndexMessages
                | Self::ReserveUpload
                | Self::PortalReserveUpload
        )
    }

    /// What a success leaves in the audit.
    pub const fn audit_rule(self) -> AuditRule {
        match self {
            Self::ReadSelf
            | Self::CountUnread
            | Self::CountInbox
            | Self::ReadStatistics
            | Self::PortalReadSelf
            | Self::PortalCountUnread
            | Self::ReserveUpload
            | Self::PortalReserveUpload
            | Self::ReadLimits
            | Self::PortalReadLimits
            | Self::FindLogin
            | Self::Deliver
            | Self::WorkFiles
            | Self::WatchStreams
            | Self::ReadSearchSettings
            | Self::IndexMessages
            | Self::ShowPresence => AuditRule::None,
            Self::ListThreads
            | Self::ReadThread
            | Self::ListViews
            | Self::ListNotifications
            | Self::ListCanned
            | Self::ReadCanned
            | Self::ListStaff
            | Self::ListTeams
            | Self::SearchPatients
            | Self::SearchMessages
            | Self::SuggestSearches
            | Self::ListRecentSearches
            | Self::ReadAutoReplies
            | Self::PortalSearch
            | Self::PortalListThreads
            | Self::PortalReadThread
            | Self::ReadAttachment
            | Self::ReadAttachmentStatus
            | Self::ListAttachments
            | Self::PortalReadAttachment
            | Self::PortalReadAttachmentStatus
            | Self::PortalListAttachments
            | Self::OpenEvents
            | Self::PortalOpenEvents => AuditRule::Read,
            Self::StartThread
            | Self::UpdateThread
            | Self::SendReply
            | Self::SendAndClose
            | Self::SendForReview
            | Self::WriteNote
            | Self::CloseThread
            | Self::ReopenThread
            | Self::MarkRead
            | Self::MarkUnread
            | Self::ArchiveThread
            | Self::UnarchiveThread
            | Self::BulkAssign
            | Self::BulkSetStatus
            | Self::BulkClose
            | Self::BulkReopen
            | Self::BulkArchive
            | Self::BulkUnarchive
            | Self::BulkSetPriority
            | Self::BulkMarkRead
            | Self::BulkMarkUnread
            | Self::UndoBulk
            | Self::LinkThreads
            | Self::UnlinkThreads
            | Self::CreateView
            | Self::UpdateView
            | Self::RetireView
            | Self::ReadNotifications
            | Self::CreateTeam
            | Self::UpdateTeam
            | Self::RetireTeam
            | Self::CreateCanned
            | Self::UpdateCanned
            | Self::RetireCanned
            | Self::UpdateAutoReplies
            | Self::RememberSearch
            | Self::ForgetSearches
            | Self::UpdateSearchSettings
            | Self::PortalStartThread
            | Self::PortalSend
            | Self::PortalMarkRead
            | Self::ActFor
            | Self::SignIn
            | Self::Refresh
            | Self::RefreshReuse
            | Self::SignOut
            | Self::UploadAttachment
            | Self::RefuseUpload
            | Self::DiscardAttachment
            | Self::PortalUploadAttachment
            | Self::PortalRefuseUpload
            | Self::PortalDiscardAttachment
            | Self::RejectFile
            | Self::SweepFile
            | Self::Provision => AuditRule::Write,
        }
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
                    ["self.read", "portal.self.read", "auth.find_login", "outbox.deliver", "file.work", "events.watch", "presence.show",
                        "message.index", "search.read_settings"]
                        .contains(&action.label())
                        || action.label().contains("count_")
                        // What is no file yet, and what may be uploaded at all.
                        || action.label().ends_with("attachment.reserve")
                        || action.label().ends_with("attachment.read_limits"),
                    "{action:?}"
                );
            }
        }
    }
}
