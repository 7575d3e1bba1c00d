//! Changing a thread's fields: wholly or not at all.

use super::check_version;
use crate::access::{Access, Action, Caller};
use crate::ports::{Readable, StaffThreadDetail, Store, ThreadTexts, Tx};
use crate::{Error, Result, notifications, tell};
use threadwell_domain::ThreadId;
use threadwell_domain::thread::{Assignee, Category, Priority, Status, Subject, Thread};

/// The fields to change; `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct ThreadChanges {
    /// Who is to answer; `Some(None)` takes the assignment away.
    pub assignee: Option<Option<Assignee>>,
    /// The status, set by hand.
    pub status: Option<Status>,
    /// How soon it wants an answer.
    pub priority: Option<Priority>,
    /// What it is about.
    pub category: Option<Category>,
    /// What it is called.
    pub subject: Option<Subject>,
    /// Whether proxies are shut out.
    pub is_confidential: Option<bool>,
}

/// Changes a thread. The assignment applies first and a status that was given wins (product.md "Status, precisely").
///
/// # Errors
/// The thread does not exist for the caller or is at another version, the assignee could not see it, the status
/// table refuses, or the database is unavailable.
pub fn update_thread(
    store: &dyn Store,
    caller: &Caller,
    id: ThreadId,
    changes: &ThreadChanges,
    if_match: Option<i32>,
) -> Result<StaffThreadDetail> {
    store.transact(&Access::to_thread(caller, Action::UpdateThread, id), |tx| {
        let thread = tx.threads().find_for_update(id)?.ok_or(Error::NotFound)?;
        check_version(&thread, if_match)?;
        let subject = changed_subject(tx, id, changes.subject.as_ref())?;
        let changed = apply(tx, thread.clone(), changes, subject)?;
        if changed.facts() == thread.facts() {
            return tx.inbox().detail(id)?.ok_or(Error::NotFound);
        }
        tell::moved(tx, thread.facts(), changed.facts())?;
        notifications::reassigned(tx, thread.facts(), changed.facts())?;
        save(tx, &changed, subject)
    })
}

fn apply(
    tx: &mut dyn Tx,
    thread: Thread,
    changes: &ThreadChanges,
    subject: Option<&Subject>,
) -> Result<Thread> {
    let role = tx.staff()?.role();
    let at = tx.now();
    let category = changes.category.unwrap_or(thread.facts().category);
    let mut thread = assign(tx, thread, changes.assignee, category)?;
    if let Some(status) = changes.status {
        thread = thread.set_status(status, role, at)?;
    }
    if let Some(priority) = changes.priority {
        thread = thread.set_priority(priority, at);
    }
    thread = thread.set_category(category, at);
    if subject.is_some() {
        thread = thread.subject_corrected(at);
    }
    if let Some(confidential) = changes.is_confidential {
        thread = thread.set_confidential(confidential, at);
    }
    Ok(thread)
}

/// Assigns as asked. Where only the category moves and the present assignee cannot see the new one, the
/// assignment ends: a thread must not wait for somebody for whom it does not exist.
fn assign(
    tx: &mut dyn Tx,
    thread: Thread,
    wanted: Option<Option<Assignee>>,
    category: Category,
) -> Result<Thread> {
    let at = tx.now();
    match (wanted, thread.facts().assignee) {
        (Some(None), _) => Ok(thread.assign(None, at)),
        (Some(Some(assignee)), _) => {
            if !tx.people().can_take(assignee, category)? {
                return Err(Error::AssigneeNotFound);
            }
            Ok(thread.assign(Some(assignee), at))
        }
        (None, Some(present)) if category != thread.facts().category => {
            if tx.people().can_take(present, category)? { Ok(thread) } else { Ok(thread.assign(None, at)) }
        }
        (None, _) => Ok(thread),
    }
}

/// The new subject, unless it is the old one.
fn changed_subject<'a>(
    tx: &mut dyn Tx,
    id: ThreadId,
    wanted: Option<&'a Subject>,
) -> Result<Option<&'a Subject>> {
    let Some(wanted) = wanted else { return Ok(None) };
    let present = tx.threads().subject_of(id)?.ok_or(Error::NotFound)?;
    Ok((present.text() != Some(wanted.as_phi())).then_some(wanted))
}

/// Saves, and shows the thread as it is now, also to somebody for whom the new category no longer exists.
fn save(tx: &mut dyn Tx, thread: &Thread, subject: Option<&Subject>) -> Result<StaffThreadDetail> {
    let id = thread.facts().id;
    let texts = ThreadTexts { subject, ..ThreadTexts::default() };
    if tx.staff()?.categories().contains(thread.facts().category) {
        tx.threads().save(thread, texts)?;
        return tx.inbox().detail(id)?.ok_or(Error::NotFound);
    }
    let mut last_sight = tx.inbox().detail(id)?.ok_or(Error::NotFound)?;
    tx.threads().save(thread, texts)?;
    last_sight.view.facts = thread.facts().clone();
    if thread.facts().assignee.is_none() {
        last_sight.view.assignee_name = None;
    }
    if let Some(subject) = subject {
        last_sight.view.subject = Readable::Intact(subject.as_phi().clone());
    }
    Ok(last_sight)
}
