//! Tells those who look on what an act changed. What staff do among themselves has words of its own, so that nothing of
//! it can reach a patient's side.

use crate::Result;
use crate::access::Audience;
use crate::ports::{Change, ThreadSight, Tx};
use threadwell_domain::thread::ThreadFacts;
use threadwell_domain::{ChangeKind, MessageId, StaffId};

/// Tells one side.
pub(crate) fn side(
    tx: &mut dyn Tx,
    audience: Audience,
    kind: ChangeKind,
    thread: ThreadSight,
    message: Option<MessageId>,
) -> Result<()> {
    tx.changes().publish(&Change::Thread { audience, kind, thread, message, only: None })
}

/// Tells the staff alone.
pub(crate) fn staff(
    tx: &mut dyn Tx,
    kind: ChangeKind,
    thread: &ThreadFacts,
    message: Option<MessageId>,
) -> Result<()> {
    side(tx, Audience::Staff, kind, ThreadSight::of(thread), message)
}

/// Tells one member of the staff alone, on whatever devices.
pub(crate) fn only(tx: &mut dyn Tx, kind: ChangeKind, thread: &ThreadFacts, staff: StaffId) -> Result<()> {
    tx.changes().publish(&Change::Thread {
        audience: Audience::Staff,
        kind,
        thread: ThreadSight::of(thread),
        message: None,
        only: Some(staff),
    })
}

/// Tells the staff that views, teams, colleagues, canned responses or settings moved.
pub(crate) fn practice(tx: &mut dyn Tx) -> Result<()> {
    tx.changes().publish(&Change::Practice { only: None })
}

/// Tells both sides of a public act.
pub(crate) fn both(
    tx: &mut dyn Tx,
    kind: ChangeKind,
    thread: &ThreadFacts,
    message: Option<MessageId>,
) -> Result<()> {
    staff(tx, kind, thread, message)?;
    side(tx, Audience::Portal, kind, ThreadSight::of(thread), message)
}

/// Tells of moved fields: the staff of the most telling one, the patient's side only of what it can see.
pub(crate) fn moved(tx: &mut dyn Tx, before: &ThreadFacts, after: &ThreadFacts) -> Result<()> {
    let sight = ThreadSight::moved(before, after);
    let has_status_moved = before.state.status() != after.state.status();
    let public = if has_status_moved { ChangeKind::Status } else { ChangeKind::Fields };
    let kind = if before.assignee == after.assignee { public } else { ChangeKind::Assigned };
    side(tx, Audience::Staff, kind, sight, None)?;
    if before.public_version == after.public_version {
        return Ok(());
    }
    side(tx, Audience::Portal, public, sight, None)
}
