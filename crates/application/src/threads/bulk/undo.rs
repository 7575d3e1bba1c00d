//! Taking an act back: once, within ten minutes, by who did it, and only where nothing moved since.

use super::plan::{Able, Change, Plan, locked, refusal_of};
use super::{BulkAnswer, answer};
use crate::access::{Access, Action, Caller, StaffActor};
use crate::ports::{
    BulkEntry, BulkOutcome, BulkRecord, BulkRefusal, Footprint, IdempotencyKey, ReadCursor, Receipt, Store,
    ThreadTexts, Tx,
};
use crate::{Error, Result, notifications};
use chrono::Duration;
use std::collections::HashMap;
use threadwell_domain::thread::{Act, Before, Done, Thread};
use threadwell_domain::{BulkActId, ThreadId};

/// How long after an act it can be taken back.
const UNDO_WINDOW: Duration = Duration::minutes(10);

/// Takes an act of the caller's own back.
///
/// # Errors
/// There is no such act of the caller's, it was taken back or is too old (all the same), the role lost the act, the
/// idempotency key is taken, or the database is unavailable.
pub fn undo_bulk_act(
    store: &dyn Store,
    caller: &Caller,
    id: BulkActId,
    key: Option<&IdempotencyKey>,
) -> Result<BulkAnswer> {
    store.transact(&Access::to(caller, Action::UndoBulk), |tx| {
        let receipt = crate::once(tx, "thread.bulk.undo", key, |tx| undo(tx, id))?;
        answer(tx, &receipt)
    })
}

fn undo(tx: &mut dyn Tx, id: BulkActId) -> Result<Receipt> {
    let (actor, now) = (tx.staff()?, tx.now());
    if !tx.bulk_acts().take_for_undo(id, now - UNDO_WINDOW)? {
        return Err(Error::NotFound);
    }
    let record = tx.bulk_acts().find(id)?.ok_or(Error::NotFound)?;
    if !actor.role().may(record.act.operation()) {
        return Err(Error::Denied);
    }
    let plan = plan(tx, &actor, &record)?;
    let undoing = BulkActId::new(tx.fresh_id());
    tx.bulk_acts().keep(&plan.record(undoing, record.act, now, true))?;
    let close_reason = matches!(record.act, Act::Close).then_some(None);
    let texts = ThreadTexts { close_reason, ..ThreadTexts::default() };
    plan.carry_out(tx, texts, notifications::put_back)?;
    if matches!(record.act, Act::Reopen) {
        for change in &plan.changes {
            tx.bulk_acts().give_reason_back(id, change.thread.facts().id)?;
        }
    }
    Ok(Receipt { bulk_act: Some(undoing), ..Receipt::default() })
}

/// What was done, thread by thread; what was left alone then is nothing to be taken back.
fn plan(tx: &mut dyn Tx, actor: &StaffActor, record: &BulkRecord) -> Result<Plan> {
    let prints: Vec<(ThreadId, Footprint)> =
        record.entries.iter().filter_map(|entry| Some((entry.thread, entry.footprint?))).collect();
    let ids: Vec<ThreadId> = prints.iter().map(|(id, _)| *id).collect();
    let mut threads = locked(tx, &ids)?;
    let cursors = if record.act.is_reading() { tx.read_cursors().own_of(&ids)? } else { HashMap::new() };
    let mut able = Able::default();
    let mut plan = Plan::default();
    for (id, print) in prints {
        let Some(thread) = threads.remove(&id) else {
            plan.refuse(id, BulkRefusal::NotFound);
            continue;
        };
        let own = record.act.is_reading().then(|| cursors.get(&id).copied().unwrap_or_default());
        match change(tx, &mut able, (actor, record), thread, print, own)? {
            Ok(change) => {
                let outcome = BulkOutcome::Done;
                plan.entries.push(BulkEntry { thread: id, outcome, footprint: None });
                plan.changes.push(change);
            }
            Err(refusal) => plan.refuse(id, refusal),
        }
    }
    Ok(plan)
}

/// The step back for one thread, or why there is none.
fn change(
    tx: &mut dyn Tx,
    able: &mut Able,
    (actor, record): (&StaffActor, &BulkRecord),
    thread: Thread,
    print: Footprint,
    own: Option<ReadCursor>,
) -> Result<std::result::Result<Change, BulkRefusal>> {
    if own.map(ReadCursor::place) != print.left_cursor.map(ReadCursor::place) {
        return Ok(Err(BulkRefusal::VersionMismatch));
    }
    if let (Act::Assign(_), Some(former)) = (record.act, print.before.assignee)
        && !able.is_able(tx, former, thread.facts().category)?
    {
        return Ok(Err(BulkRefusal::AssigneeNotFound));
    }
    if record.act == Act::MarkRead && is_read_by_others(tx, &thread, &print.before)? {
        let before = thread.facts().clone();
        return Ok(Ok(Change { before, thread, cursor: print.cursor }));
    }
    let Footprint { before, left_version, cursor, .. } = print;
    let done = Done { act: record.act, role: actor.role(), at: record.at, before, left_version };
    let facts = thread.facts().clone();
    let back = thread.take_back(&done, tx.now());
    Ok(back.map(|thread| Change { before: facts, thread, cursor }).map_err(refusal_of))
}

/// Whether the thread stays read for the staff, because a colleague has read it too.
fn is_read_by_others(tx: &mut dyn Tx, thread: &Thread, before: &Before) -> Result<bool> {
    let facts = thread.facts();
    Ok(before.unread_by_staff
        && !facts.unread_by_staff
        && tx.read_cursors().is_read_by_colleague(facts.id, facts.last_patient_seq)?)
}
