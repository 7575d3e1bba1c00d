//! Every operation of the document by the policy table: role × operation × category, and what a grant allows. An
//! operation without a row here fails every walk.

use crate::support::start;
use crate::walks::{Operation, with_token};
use threadwell_application::access::{Action, Gate};
use threadwell_domain::access::{PortalOperation, Relationship, Role};
use threadwell_domain::thread::Category;
use threadwell_testkit::{Answer, Person, TestApp};

macro_rules! rows {
    ($($operation:ident $action:ident),* $(,)?) => {
        /// The act that an operation is, by which the policy table knows it.
        pub(crate) fn action_of(operation: &str) -> Action {
            match operation {
                $(stringify!($operation) => Action::$action,)*
                other => panic!("{other} has no row in the matrix"),
            }
        }
    };
}

rows! {
    list_threads ListThreads, start_thread StartThread, act_on_threads BulkMarkRead, undo_bulk_act UndoBulk,
    read_thread ReadThread, update_thread UpdateThread, send_message SendReply, close_thread CloseThread,
    reopen_thread ReopenThread, archive_thread ArchiveThread, unarchive_thread UnarchiveThread, mark_read MarkRead,
    mark_unread MarkUnread, star_thread StarThread, unstar_thread UnstarThread, update_presence ShowPresence,
    read_drafts ReadDrafts, save_draft SaveReplyDraft,
    portal_read_draft PortalReadDraft, portal_save_draft PortalSaveDraft, portal_read_new_draft PortalReadDraft,
    portal_save_new_draft PortalSaveDraft, open_events OpenEvents, portal_open_events PortalOpenEvents,
    count_unread CountUnread, count_inbox CountInbox, read_statistics ReadStatistics, link_threads LinkThreads,
    unlink_threads UnlinkThreads, list_views ListViews, create_view CreateView, update_view UpdateView,
    retire_view RetireView, list_notifications ListNotifications, read_notifications ReadNotifications,
    portal_list_threads PortalListThreads, portal_start_thread PortalStartThread, portal_read_thread PortalReadThread,
    portal_update_thread PortalUpdateThread, portal_send_message PortalSend, portal_mark_read PortalMarkRead,
    portal_count_unread PortalCountUnread, search_messages SearchMessages, search_conversations SearchMessages, suggest_searches SuggestSearches,
    list_recent_searches ListRecentSearches, remember_search RememberSearch, forget_searches ForgetSearches,
    read_search_settings ReadSearchSettings, update_search_settings UpdateSearchSettings,
    portal_search_messages PortalSearch, upload_attachment UploadAttachment, download_attachment ReadAttachment,
    download_thumbnail ReadAttachment, read_attachment_status ReadAttachmentStatus, discard_upload DiscardAttachment,
    read_attachment_limits ReadLimits, list_thread_attachments ListAttachments,
    portal_upload_attachment PortalUploadAttachment, portal_download_attachment PortalReadAttachment,
    portal_download_thumbnail PortalReadAttachment, portal_read_attachment_status PortalReadAttachmentStatus,
    portal_discard_upload PortalDiscardAttachment, portal_read_attachment_limits PortalReadLimits,
    portal_list_thread_attachments PortalListAttachments, list_canned_responses ListCanned,
    create_canned_response CreateCanned, read_canned_response ReadCanned,
    list_canned_response_versions ListCannedVersions, update_canned_response UpdateCanned,
    retire_canned_response RetireCanned, read_auto_replies ReadAutoReplies, update_auto_replies UpdateAutoReplies,
    list_staff ListStaff, list_teams ListTeams, create_team CreateTeam, update_team UpdateTeam, retire_team RetireTeam,
    search_patients SearchPatients, read_self ReadSelf, portal_read_self PortalReadSelf, act_for ActFor,
    begin_emergency_access BeginEmergencyAccess, end_emergency_access EndEmergencyAccess, list_users ListUsers,
    invite_user InviteUser, read_user ListUsers, update_user UpdateUser, invite_user_again InviteUserAgain,
    reset_user_password ResetUserPassword, end_user_sessions EndUserSessions, remove_user_factors RemoveUserFactors,
    list_roles ReadRoles, update_role UpdateRole, list_patients ListPatients, create_patient CreatePatient,
    read_patient ReadPatient, update_patient UpdatePatient, invite_patient InvitePatient, invite_in_bulk InviteInBulk,
    withdraw_invitation RevokeInvitation, update_grant UpdateGrant, end_grant EndGrant, update_account DeactivateAccount,
    end_account_sessions EndAccountSessions, remove_account_factors RemoveAccountFactors, reset_account_password ResetAccountPassword,
    read_settings ReadSettings, update_settings UpdateSettings, list_emergency_accesses ListEmergencyAccesses,
    review_emergency_access ReviewEmergencyAccess, portal_list_grants PortalListGrants,
    portal_invite_caregiver PortalInviteProxy, portal_end_grant PortalEndGrant, portal_leave PortalEndGrant,
    portal_withdraw_invitation PortalEndGrant, list_factors ReadAccount, add_passkey ConfirmFactor,
    challenge_new_passkey AddFactor, add_totp AddFactor, confirm_totp ConfirmFactor, remove_factor RemoveFactor,
    rename_factor RenameFactor, replace_recovery_codes ReplaceRecoveryCodes, read_step_up ReadAccount, step_up StepUp,
    challenge_step_up StepUp, change_password ChangePassword, read_preferences ReadAccount,
    update_preferences UpdatePreferences, list_sessions ListSessions, end_session EndSessions,
    end_other_sessions EndSessions, end_all_sessions EndSessions, portal_list_factors ReadAccount,
    portal_add_passkey ConfirmFactor, portal_challenge_new_passkey AddFactor, portal_add_totp AddFactor,
    portal_confirm_totp ConfirmFactor, portal_remove_factor RemoveFactor, portal_rename_factor RenameFactor,
    portal_replace_recovery_codes ReplaceRecoveryCodes, portal_read_step_up ReadAccount, portal_step_up StepUp,
    portal_challenge_step_up StepUp, portal_change_password ChangePassword, portal_read_preferences ReadAccount,
    portal_update_preferences UpdatePreferences, portal_list_sessions ListSessions, portal_end_session EndSessions,
    portal_end_other_sessions EndSessions, portal_end_all_sessions EndSessions, change_email ChangeEmail,
    register_push RegisterPush, forget_push RegisterPush,
}

/// Somebody who calls.
enum Kind {
    Staff(Role),
    Patient,
    /// A caregiver who may read alone.
    Reader,
}

/// What the policy table says of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Expected {
    /// Of the other audience.
    Stranger,
    /// The role or grant does not have the operation.
    Forbidden,
    /// The object does not exist for the caller.
    Hidden,
    /// Anything that is not one of those.
    Admitted,
}

fn expected(kind: &Kind, operation: &Operation, category: Category) -> Expected {
    match (action_of(&operation.name).gate(), kind) {
        (Gate::Staff(wanted), Kind::Staff(role)) if !role.may(wanted) => Expected::Forbidden,
        (Gate::Staff(_), Kind::Staff(role)) => {
            let sees = role.default_categories().contains(category);
            if operation.is_about_a_thread() && !sees { Expected::Hidden } else { Expected::Admitted }
        }
        (Gate::Staff(_), _) | (Gate::Portal(_) | Gate::Account, Kind::Staff(_)) => Expected::Stranger,
        // What is one's own is at one's own door.
        (Gate::Own, kind) if operation.is_for("staffToken") != matches!(kind, Kind::Staff(_)) => {
            Expected::Stranger
        }
        (Gate::Portal(PortalOperation::Write | PortalOperation::Own), Kind::Reader) => Expected::Forbidden,
        (Gate::Portal(_) | Gate::Account | Gate::Own, _) => Expected::Admitted,
        // Nobody with a token gets in there; the walk says where such a row is wrong.
        (Gate::Visitor | Gate::Worker | Gate::Operator, _) => Expected::Stranger,
    }
}

fn check(expected: Expected, answer: &Answer, place: &str) {
    match expected {
        Expected::Stranger => {
            assert_eq!((answer.status, answer.code().as_str()), (401, "invalid_token"), "{place}")
        }
        Expected::Forbidden => {
            assert_eq!((answer.status, answer.code().as_str()), (403, "forbidden"), "{place}")
        }
        Expected::Hidden => {
            assert_eq!((answer.status, answer.code().as_str()), (404, "not_found"), "{place}")
        }
        Expected::Admitted => {
            // Past the door, the examples' passwords and proofs are wrong.
            let is_wrong_proof = ["invalid_credentials", "invalid_code"].contains(&answer.code().as_str());
            let is_refused = [401, 403].contains(&answer.status) && !is_wrong_proof;
            assert!(!is_refused && answer.status < 500, "{place} {}", answer.text());
        }
    }
}

/// Operations whose admission says more than the table: the category of a new thread, a patient who is no proxy, a
/// practice that does not let patients invite, or settings and sessions without which the walk would end. Their
/// refusals are walked all the same.
const SAYS_MORE: [&str; 8] = [
    "end_all_sessions",
    "portal_end_all_sessions",
    "start_thread",
    "portal_end_grant",
    "portal_withdraw_invitation",
    "portal_invite_caregiver",
    "update_settings",
    "review_emergency_access",
];

#[test]
fn a09_the_policy_table_holds_for_every_operation_role_and_category() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let reader = app.riverside().account("Carla Mendes", &[(ana.patient.unwrap(), Relationship::Caregiver)]);
    app.sql("UPDATE patient_access SET scope = 0 WHERE relationship = 2");
    let mut actors: Vec<(Kind, Person)> =
        Role::ALL.iter().map(|role| (Kind::Staff(*role), app.staff(*role))).collect();
    actors.push((Kind::Patient, ana.clone()));
    actors.push((Kind::Reader, reader));
    let all = with_token();
    let mut checked = 0;
    for category in Category::ALL {
        for operation in &all {
            let is_thread = operation.is_about_a_thread();
            if !is_thread && category != Category::General {
                continue;
            }
            for (kind, actor) in &actors {
                let expected = expected(kind, operation, category);
                if expected == Expected::Admitted && SAYS_MORE.contains(&operation.name.as_str()) {
                    continue;
                }
                let thread = start(&ana, category.name(), "Question");
                let place = format!("{} {} {expected:?} as {}", operation.name, category.name(), actor.email);
                check(expected, &operation.by(actor, &thread), &place);
                if operation.name == "begin_emergency_access" {
                    actor.delete("/api/auth/emergency-access");
                }
                checked += 1;
            }
        }
    }
    assert!(checked > 1_000, "{checked}");
}
