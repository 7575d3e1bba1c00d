//! Every endpoint, once. Registering one documents it: there is no other way to add a route under `/api`.

use super::code::Code;
use super::{
    account, attachments, auth, auto_replies, bulk, canned_responses, events, links, notifications,
    operational, people, portal_attachments, portal_auth, portal_search, portal_threads, practices, search,
    teams, threads, views, wire,
};
use actix_web::web::ServiceConfig;
use utoipa::OpenApi;

macro_rules! endpoints {
    ($($area:ident::$file:ident::$handler:ident),* $(,)?) => {
        /// Registers every endpoint.
        pub(crate) fn register(app: &mut ServiceConfig) {
            $(app.service($area::$file::$handler);)*
        }

        /// What the endpoints say of themselves.
        #[derive(OpenApi)]
        #[openapi(paths($($area::$file::$handler),*), components(schemas(
            super::problem::Problem, wire::Ready, wire::Closed, wire::StaffThreadEvent, wire::PortalThreadEvent,
            wire::NotificationEvent, wire::PresenceEvent,
        )))]
        pub(crate) struct Operations;

        /// By operation id, the codes that only that operation answers with.
        pub(crate) const PROBLEMS: &[(&str, &[Code])] = &[
            $((stringify!($handler), $area::$file::PROBLEMS)),*
        ];
    };
}

endpoints! {
    threads::list::list_threads,
    threads::start::start_thread,
    bulk::act::act_on_threads,
    bulk::undo::undo_bulk_act,
    threads::read::read_thread,
    threads::update::update_thread,
    threads::send_message::send_message,
    threads::close::close_thread,
    threads::reopen::reopen_thread,
    threads::archive::archive_thread,
    threads::unarchive::unarchive_thread,
    threads::mark_read::mark_read,
    threads::mark_unread::mark_unread,
    threads::presence::update_presence,
    events::staff::open_events,
    events::portal::portal_open_events,
    threads::unread_count::count_unread,
    threads::inbox_counts::count_inbox,
    threads::statistics::read_statistics,
    links::link::link_threads,
    links::unlink::unlink_threads,
    views::list::list_views,
    views::create::create_view,
    views::update::update_view,
    views::retire::retire_view,
    notifications::list::list_notifications,
    notifications::mark_read::read_notifications,
    portal_threads::list::portal_list_threads,
    portal_threads::start::portal_start_thread,
    portal_threads::read::portal_read_thread,
    portal_threads::send_message::portal_send_message,
    portal_threads::mark_read::portal_mark_read,
    portal_threads::unread_count::portal_count_unread,
    search::messages::search_messages,
    search::suggestions::suggest_searches,
    search::list_recent::list_recent_searches,
    search::remember::remember_search,
    search::forget::forget_searches,
    search::read_settings::read_search_settings,
    search::update_settings::update_search_settings,
    portal_search::messages::portal_search_messages,
    attachments::upload::upload_attachment,
    attachments::download::download_attachment,
    attachments::thumbnail::download_thumbnail,
    attachments::status::read_attachment_status,
    attachments::discard::discard_upload,
    attachments::limits::read_attachment_limits,
    attachments::list::list_thread_attachments,
    portal_attachments::upload::portal_upload_attachment,
    portal_attachments::download::portal_download_attachment,
    portal_attachments::thumbnail::portal_download_thumbnail,
    portal_attachments::status::portal_read_attachment_status,
    portal_attachments::discard::portal_discard_upload,
    portal_attachments::limits::portal_read_attachment_limits,
    portal_attachments::list::portal_list_thread_attachments,
    canned_responses::list::list_canned_responses,
    canned_responses::create::create_canned_response,
    canned_responses::read::read_canned_response,
    canned_responses::update::update_canned_response,
    canned_responses::retire::retire_canned_response,
    auto_replies::read::read_auto_replies,
    auto_replies::update::update_auto_replies,
    people::list_staff::list_staff,
    people::list_teams::list_teams,
    teams::create::create_team,
    teams::update::update_team,
    teams::retire::retire_team,
    people::search_patients::search_patients,
    auth::login::login,
    auth::refresh::refresh,
    auth::logout::logout,
    auth::me::read_self,
    portal_auth::login::portal_login,
    portal_auth::refresh::portal_refresh,
    portal_auth::logout::portal_logout,
    portal_auth::me::portal_read_self,
    portal_auth::acting_for::act_for,
    account::password_change::change_password,
    account::password_change::portal_change_password,
    account::reset_request::request_reset,
    account::reset_request::portal_request_reset,
    account::reset_check::check_reset,
    account::reset_check::portal_check_reset,
    account::reset_confirm::confirm_reset,
    account::reset_confirm::portal_confirm_reset,
    account::invitation_check::check_invitation,
    account::invitation_accept::accept_invitation,
    account::portal_invitation_check::portal_check_invitation,
    account::portal_invitation_accept::portal_accept_invitation,
    account::activation_request::request_activation,
    account::activation_complete::complete_activation,
    account::email_change::change_email,
    account::email_confirm::confirm_email,
    account::preferences_read::read_preferences,
    account::preferences_read::portal_read_preferences,
    account::preferences_update::update_preferences,
    account::preferences_update::portal_update_preferences,
    account::sessions_list::list_sessions,
    account::sessions_list::portal_list_sessions,
    account::session_end::end_session,
    account::session_end::portal_end_session,
    account::sessions_end_others::end_other_sessions,
    account::sessions_end_others::portal_end_other_sessions,
    account::sessions_end_all::end_all_sessions,
    account::sessions_end_all::portal_end_all_sessions,
    account::push_register::register_push,
    account::push_forget::forget_push,
    practices::list::list_practices,
    practices::read::read_practice,
    operational::health::read_health,
    operational::ready::read_readiness,
    operational::metrics::read_metrics,
    operational::document::read_document,
    operational::docs::read_docs,
    operational::docs::read_docs_style,
}
