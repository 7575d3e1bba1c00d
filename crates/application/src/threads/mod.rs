//! What staff do with threads.

mod archive;
mod bulk;
mod close;
mod link;
mod list;
pub(crate) mod mark_read;
mod read;
mod read_drafts;
mod reopen;
mod save_draft;
mod send;
mod star;
mod start;
mod update;

pub use archive::{archive_thread, unarchive_thread};
pub use bulk::{BulkAnswer, BulkRequest, MOST_THREADS, act_on_threads, undo_bulk_act};
pub use close::close_thread;
pub use link::{MOST_LINKS, link_threads, unlink_threads};
pub use list::{count_inbox, count_unread, list_threads, read_statistics};
pub use mark_read::{mark_read, mark_unread};
pub use read::{OpenedThread, read_thread};
pub use read_drafts::read_drafts;
pub use reopen::reopen_thread;
pub use save_draft::save_draft;
pub use send::{OutgoingMessage, send_message};
pub use star::{star, unstar};
pub use start::{StartThread, start_thread};
pub use update::{ThreadChanges, update_thread};

use crate::{Error, Result};
use threadwell_domain::thread::Thread;

/// Refuses a change that was made against another version of the thread.
fn check_version(thread: &Thread, if_match: Option<i32>) -> Result<()> {
    match if_match {
        Some(expected) if expected != thread.facts().version => {
            Err(Error::VersionMismatch { current: thread.facts().version })
        }
        Some(_) | None => Ok(()),
    }
}
