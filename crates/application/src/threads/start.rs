//! Staff write to a patient first.

use crate::access::{Access, Action, Caller};
use crate::attachments::{check_count, take_along};
use crate::ports::{IdempotencyKey, MessagePlace, NewMessage, NoticeAudience, Receipt, Sender, Store, Tx};
use crate::{Error, Result, tell};
use threadwell_domain::message::{MessageBody, placeholders};
use threadwell_domain::thread::{Category, Post, Priority, Start, Subject, Thread};
use threadwell_domain::{AttachmentId, ChangeKind, MessageId, PatientId, ThreadId};

/// What staff give for a new thread.
#[derive(Clone, Debug)]
pub struct StartThread {
    /// To whom.
    pub patient: PatientId,
    /// What it is called.
    pub subject: Subject,
    /// What it is about.
    pub category: Category,
    /// How soon it wants an answer; normal unless said.
    pub priority: Option<Priority>,
    /// The first message.
    pub body: MessageBody,
    /// Shuts proxies out.
    pub is_confidential: bool,
    /// Uploads of the author that the message takes along.
    pub attachments: Vec<AttachmentId>,
}

/// Starts a thread that waits for the patient and belongs to its author.
///
/// # Errors
/// The category is not one that the role sees (`Denied`), the patient is not of this practice, the message holds
/// blanks, an upload is none of the author's, the idempotency key is taken, or the database is unavailable.
pub fn start_thread(
    store: &dyn Store,
    caller: &Caller,
    new: &StartThread,
    key: Option<&IdempotencyKey>,
) -> Result<Receipt> {
    let access = Access::to(caller, Action::StartThread).about(crate::access::Subject::Patient(new.patient));
    store.transact(&access, |tx| {
        if !tx.staff()?.categories().contains(new.category) {
            return Err(Error::Denied);
        }
        crate::once(tx, "thread.start", key, |tx| start(tx, new))
    })
}

fn start(tx: &mut dyn Tx, new: &StartThread) -> Result<Receipt> {
    let actor = tx.staff()?;
    let at = tx.now();
    if !tx.patients().exists(new.patient)? {
        return Err(Error::PatientNotFound);
    }
    check_count(&new.attachments)?;
    let blanks = placeholders(new.body.as_phi().expose());
    if !blanks.is_empty() {
        return Err(Error::UnfilledPlaceholder(blanks));
    }
    let start = Start {
        id: ThreadId::new(tx.fresh_id()),
        patient: new.patient,
        category: new.category,
        priority: new.priority.unwrap_or(Priority::Normal),
        confidential: new.is_confidential,
        linked_thread: None,
        at,
    };
    let (thread, posted) =
        Thread::start_by_staff(start, actor.id()).post(Post::Staff { role: actor.role() }, at)?;
    let message = MessageId::new(tx.fresh_id());
    tx.threads().add(&thread, &new.subject, &new.body.preview())?;
    tx.messages().add(&NewMessage {
        id: message,
        thread: start.id,
        seq: posted.seq,
        sender: Sender::Staff(actor.id()),
        body: &new.body,
        is_internal: false,
        mentions: &[],
        attachments: new.attachments.len(),
        sent_at: at,
    })?;
    let place = MessagePlace { thread: start.id, seq: posted.seq, patient: new.patient, is_internal: false };
    take_along(tx, &new.attachments, &place)?;
    tx.read_cursors().advance(start.id, posted.seq, at)?;
    tx.outbox().notify(NoticeAudience::Patient, start.id)?;
    tell::both(tx, ChangeKind::Started, thread.facts(), Some(message))?;
    Ok(Receipt { thread: Some(start.id), message: Some(message), ..Receipt::default() })
}
