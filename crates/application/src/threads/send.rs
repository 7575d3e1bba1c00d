//! A public reply or an internal note.

use crate::access::{Access, Action, Caller, StaffActor};
use crate::attachments::{check_count, take_along};
use crate::ports::{
    IdempotencyKey, MessagePlace, NewMessage, NoticeAudience, Receipt, Sender, Store, ThreadTexts, Tx,
};
use crate::{Error, FieldProblem, Result, notifications, tell};
use threadwell_domain::message::{DraftKind, MessageBody, placeholders};
use threadwell_domain::thread::{Afterwards, Assignee, Category, Post, Thread};
use threadwell_domain::{AttachmentId, ChangeKind, MessageId, StaffId, ThreadId};

/// What staff write into a thread.
#[derive(Clone, Debug)]
pub struct OutgoingMessage {
    /// The text.
    pub body: MessageBody,
    /// For staff's eyes alone.
    pub is_internal: bool,
    /// The last message that the author saw; a reply is refused if a public one came in since.
    pub last_seen: Option<MessageId>,
    /// Colleagues that a note mentions.
    pub mentions: Vec<StaffId>,
    /// Uploads of the author that it takes along.
    pub attachments: Vec<AttachmentId>,
    /// What follows a reply in the same breath.
    pub then: Option<Afterwards>,
}

/// Sends a reply or saves a note.
///
/// # Errors
/// The thread does not exist for the caller, is closed (replies), moved on (`StaleReply`), the text holds blanks
/// (replies), what is to follow is refused, a mentioned colleague could not read it, an upload is none of the author's, the idempotency key is taken,
/// or the database is unavailable.
pub fn send_message(
    store: &dyn Store,
    caller: &Caller,
    id: ThreadId,
    message: &OutgoingMessage,
    key: Option<&IdempotencyKey>,
) -> Result<Receipt> {
    store.transact(&Access::to_thread(caller, action_of(message), id), |tx| {
        let thread = tx.threads().find_for_update(id)?.ok_or(Error::NotFound)?;
        let operation = format!("message.send:{id}");
        crate::once(tx, &operation, key, |tx| {
            check_count(&message.attachments)?;
            if message.is_internal { note(tx, thread, message) } else { reply(tx, thread, message) }
        })
    })
}

const fn action_of(message: &OutgoingMessage) -> Action {
    match (message.is_internal, message.then) {
        (true, _) => Action::WriteNote,
        (false, None) => Action::SendReply,
        (false, Some(Afterwards::Close)) => Action::SendAndClose,
        (false, Some(Afterwards::WaitForProvider)) => Action::SendForReview,
    }
}

fn reply(tx: &mut dyn Tx, thread: Thread, message: &OutgoingMessage) -> Result<Receipt> {
    let actor = tx.staff()?;
    if !message.mentions.is_empty() {
        return Err(Error::field("/mentions", FieldProblem::Conflict));
    }
    let blanks = placeholders(message.body.as_phi().expose());
    if !blanks.is_empty() {
        return Err(Error::UnfilledPlaceholder(blanks));
    }
    crate::refuse_stale(tx, thread.facts().id, message.last_seen)?;
    let at = tx.now();
    let (thread, posted) = thread.post(Post::Staff { role: actor.role() }, at)?;
    let thread = thread.read_by_staff(posted.seq, at);
    let id = thread.facts().id;
    let stored = store_message(tx, &actor, &thread, message)?;
    let posted_facts = thread.facts().clone();
    let thread = match message.then {
        Some(then) => thread.afterwards(then, actor.role(), at)?,
        None => thread,
    };
    let preview = message.body.preview();
    tx.threads().save(&thread, ThreadTexts { preview: Some(&preview), ..ThreadTexts::default() })?;
    tx.read_cursors().advance(id, posted.seq, at)?;
    notifications::thread_was_read(tx, id, posted.seq)?;
    tx.outbox().notify(NoticeAudience::Patient, id)?;
    tell::both(tx, ChangeKind::Message, thread.facts(), Some(stored))?;
    if message.then.is_some() {
        tell::moved(tx, &posted_facts, thread.facts())?;
    }
    Ok(Receipt { message: Some(stored), ..Receipt::default() })
}

fn note(tx: &mut dyn Tx, thread: Thread, message: &OutgoingMessage) -> Result<Receipt> {
    let actor = tx.staff()?;
    if message.then.is_some() {
        return Err(Error::field("/then", FieldProblem::Conflict));
    }
    check_mentions(tx, thread.facts().category, &message.mentions)?;
    let (thread, _) = thread.post(Post::InternalNote, tx.now())?;
    let stored = store_message(tx, &actor, &thread, message)?;
    tx.threads().save(&thread, ThreadTexts::default())?;
    tell::staff(tx, ChangeKind::Note, thread.facts(), Some(stored))?;
    notifications::mentioned(tx, thread.facts(), stored, &message.mentions)?;
    Ok(Receipt { message: Some(stored), ..Receipt::default() })
}

fn store_message(
    tx: &mut dyn Tx,
    actor: &StaffActor,
    thread: &Thread,
    message: &OutgoingMessage,
) -> Result<MessageId> {
    let id = MessageId::new(tx.fresh_id());
    let sent_at = tx.now();
    tx.messages().add(&NewMessage {
        id,
        thread: thread.facts().id,
        seq: thread.facts().last_seq,
        sender: Sender::Staff(actor.id()),
        body: &message.body,
        is_internal: message.is_internal,
        mentions: &message.mentions,
        attachments: message.attachments.len(),
        sent_at,
    })?;
    let facts = thread.facts();
    let place = MessagePlace {
        thread: facts.id,
        seq: facts.last_seq,
        patient: facts.patient,
        is_internal: message.is_internal,
    };
    take_along(tx, &message.attachments, &place)?;
    let kind = if message.is_internal { DraftKind::Note } else { DraftKind::Reply };
    tx.drafts().were_sent(facts.id, kind)?;
    Ok(id)
}

fn check_mentions(tx: &mut dyn Tx, category: Category, mentions: &[StaffId]) -> Result<()> {
    for colleague in mentions {
        if !tx.people().can_take(Assignee::Staff(*colleague), category)? {
            return Err(Error::AssigneeNotFound);
        }
    }
    Ok(())
}
