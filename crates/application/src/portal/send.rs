//! A patient answers.

use super::sender;
use super::start::{StartPortalThread, open, still_seen};
use crate::access::{Access, Action, Caller};
use crate::attachments::{check_count, take_along};
use crate::ports::{
    IdempotencyKey, MessagePlace, NewMessage, NoticeAudience, Receipt, Store, ThreadTexts, Tx,
};
use crate::{Error, Result, tell};
use threadwell_domain::message::{DraftKind, MessageBody};
use threadwell_domain::thread::{Post, Status, Subject, Thread, ThreadRefusal};
use threadwell_domain::{AttachmentId, ChangeKind, MessageId, ThreadId};

/// What a patient writes into a thread.
#[derive(Clone, Debug)]
pub struct PortalMessage {
    /// The text.
    pub body: MessageBody,
    /// The last message that the author saw; the message is refused if a public one came in since.
    pub last_seen: Option<MessageId>,
    /// Uploads of the author that it takes along.
    pub attachments: Vec<AttachmentId>,
}

/// The subject of a thread that goes on from one whose subject cannot be read any more.
const CONTINUED: &str = "Continued conversation";

/// Sends a message. Within the practice's window it reopens a closed thread; after it, the message starts a new
/// thread that is linked to the old one, and the receipt names it.
///
/// # Errors
/// The thread does not exist for the caller or moved on (`StaleReply`), the grant is for reading alone, an upload is
/// none of the author's, the idempotency key is taken, or the database is unavailable.
pub fn send_message(
    store: &dyn Store,
    caller: &Caller,
    id: ThreadId,
    message: &PortalMessage,
    key: Option<&IdempotencyKey>,
) -> Result<Receipt> {
    store.transact(&Access::to_thread(caller, Action::PortalSend, id), |tx| {
        let thread = tx.threads().find_for_update(id)?.ok_or(Error::NotFound)?;
        let operation = format!("portal.message.send:{id}");
        let receipt = crate::once(tx, &operation, key, |tx| send(tx, thread, message))?;
        still_seen(tx, receipt)
    })
}

fn send(tx: &mut dyn Tx, thread: Thread, message: &PortalMessage) -> Result<Receipt> {
    let actor = tx.portal()?;
    let at = tx.now();
    check_count(&message.attachments)?;
    crate::refuse_stale(tx, thread.facts().id, message.last_seen)?;
    tx.drafts().were_sent(thread.facts().id, DraftKind::Reply)?;
    let was_closed = thread.facts().state.status() == Status::Closed;
    let post = Post::Patient { reopen_window: actor.rules().reopen_window };
    let (thread, posted) = match thread.clone().post(post, at) {
        Ok(posted) => posted,
        Err(ThreadRefusal::ReopenWindowPassed) => return go_on_in_new_thread(tx, &thread, message),
        Err(refusal) => return Err(refusal.into()),
    };
    let thread_id = thread.facts().id;
    let id = MessageId::new(tx.fresh_id());
    tx.messages().add(&NewMessage {
        id,
        thread: thread_id,
        seq: posted.seq,
        sender: sender(&actor)?,
        body: &message.body,
        is_internal: false,
        mentions: &[],
        attachments: message.attachments.len(),
        sent_at: at,
    })?;
    let patient = thread.facts().patient;
    let place = MessagePlace { thread: thread_id, seq: posted.seq, patient, is_internal: false };
    take_along(tx, &message.attachments, &place)?;
    let preview = message.body.preview();
    let close_reason = was_closed.then_some(None);
    tx.threads()
        .save(&thread, ThreadTexts { preview: Some(&preview), close_reason, ..ThreadTexts::default() })?;
    tx.read_cursors().advance(thread_id, posted.seq, at)?;
    tx.outbox().notify(NoticeAudience::Staff, thread_id)?;
    tell::both(tx, ChangeKind::Message, thread.facts(), Some(id))?;
    Ok(Receipt { message: Some(id), ..Receipt::default() })
}

fn go_on_in_new_thread(tx: &mut dyn Tx, old: &Thread, message: &PortalMessage) -> Result<Receipt> {
    let facts = old.facts();
    let old_subject = tx.threads().subject_of(facts.id)?;
    let text =
        old_subject.as_ref().and_then(|subject| subject.text()).map_or(CONTINUED, |text| text.expose());
    let new = StartPortalThread {
        subject: Subject::parse(text).or_else(|_| Subject::parse(CONTINUED)).map_err(Error::unavailable)?,
        category: facts.category,
        body: message.body.clone(),
        is_confidential: facts.confidential,
        attachments: message.attachments.clone(),
    };
    open(tx, &new, Some(facts.id), None)
}
