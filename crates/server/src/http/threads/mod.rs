//! The inbox of the staff: `/api/patient-messages`.

pub(crate) mod archive;
pub(crate) mod close;
pub(crate) mod inbox_counts;
pub(crate) mod list;
pub(crate) mod mark_read;
pub(crate) mod mark_unread;
pub(crate) mod presence;
pub(crate) mod read;
pub(crate) mod read_drafts;
pub(crate) mod reopen;
pub(crate) mod save_draft;
pub(crate) mod send_message;
pub(crate) mod star;
pub(crate) mod start;
pub(crate) mod statistics;
pub(crate) mod unarchive;
pub(crate) mod unread_count;
pub(crate) mod unstar;
pub(crate) mod update;

use super::answer;
use super::wire::{StaffThreadAnswer, StaffThreadDetail};
use actix_web::HttpResponse;
use threadwell_application::ports::StaffThreadDetail as Detail;

/// A thread after a change, with its new ETag.
fn changed(detail: &Detail) -> HttpResponse {
    let version = detail.view.facts.version;
    answer::ok_at(version, &StaffThreadAnswer { thread: StaffThreadDetail::from(detail) })
}
