//! A patient starts a thread.

use super::{grant_of, sender};
use crate::access::{Access, Action, Caller};
use crate::attachments::{check_count, take_along};
use crate::ports::{IdempotencyKey, MessagePlace, NewMessage, NoticeAudience, Receipt, Sender, Store, Tx};
use crate::{Error, Result, tell};
use threadwell_domain::message::MessageBody;
use threadwell_domain::practice::answers_automatically;
use threadwell_domain::thread::{Category, Post, Start, Subject, Thread};
use threadwell_domain::{AttachmentId, ChangeKind, MessageId, ThreadId};

/// What a patient gives for a new thread.
#[derive(Clone, Debug)]
pub struct StartPortalThread {
    /// What it is called.
    pub subject: Subject,
    /// What it is about.
    pub category: Category,
    /// The first message.
    pub body: MessageBody,
    /// Shuts proxies out; for the patient itself alone.
    pub is_confidential: bool,
    /// Uploads of the author that the message takes along.
    pub attachments: Vec<AttachmentId>,
}

/// Starts an open thread with the priority of its category, and answers it automatically where the practice does.
///
/// # Errors
/// A proxy asked for a confidential thread (`Denied`), the grant is for reading alone, an upload is none of the author's,
/// the idempotency key is taken, the thread that an earlier request with the key started is hidden from the caller by now (`NotFound`), or the
/// database is unavailable.
pub fn start_thread(
    store: &dyn Store,
    caller: &Caller,
    new: &StartPortalThread,
    key: Option<&IdempotencyKey>,
) -> Result<Receipt> {
    store.transact(&Access::to(caller, Action::PortalStartThread), |tx| {
        let actor = tx.portal()?;
        if !grant_of(&actor)?.sees(new.is_confidential) {
            return Err(Error::Denied);
        }
        let operation = format!("portal.thread.start:{}", grant_of(&actor)?.patient);
        let receipt = crate::once(tx, &operation, key, |tx| {
            check_count(&new.attachments)?;
            tx.drafts().new_was_sent(grant_of(&actor)?.patient)?;
            let auto_reply = tx.auto_replies().active_for(new.category)?;
            open(tx, new, None, auto_reply.as_ref())
        })?;
        still_seen(tx, receipt)
    })
}

/// A kept receipt names a thread that may have become confidential since: then it is not there for a proxy.
pub(super) fn still_seen(tx: &mut dyn Tx, receipt: Receipt) -> Result<Receipt> {
    match receipt.thread.filter(|_| receipt.is_replay) {
        Some(id) if tx.portal_inbox().detail(id)?.is_none() => Err(Error::NotFound),
        Some(_) | None => Ok(receipt),
    }
}

/// Opens the thread; `linked` is the closed thread that it goes on from, which gets no automatic reply.
pub(super) fn open(
    tx: &mut dyn Tx,
    new: &StartPortalThread,
    linked: Option<ThreadId>,
    auto_reply: Option<&MessageBody>,
) -> Result<Receipt> {
    let actor = tx.portal()?;
    let at = tx.now();
    let start = Start {
        id: ThreadId::new(tx.fresh_id()),
        patient: grant_of(&actor)?.patient,
        category: new.category,
        priority: actor.rules().auto_priority.for_category(new.category),
        confidential: new.is_confidential,
        linked_thread: linked,
        at,
    };
    let post = Post::Patient { reopen_window: actor.rules().reopen_window };
    let (thread, first) = Thread::start_by_patient(start).post(post, at)?;
    let answer = auto_reply.filter(|_| answers_automatically(true, true, linked.is_some()));
    let (thread, preview) = match answer {
        Some(text) => (thread.post(Post::AutoReply, at)?.0, text.preview()),
        None => (thread, new.body.preview()),
    };
    let message = MessageId::new(tx.fresh_id());
    tx.threads().add(&thread, &new.subject, &preview)?;
    tx.messages().add(&NewMessage {
        id: message,
        thread: start.id,
        seq: first.seq,
        sender: sender(&actor)?,
        body: &new.body,
        is_internal: false,
        mentions: &[],
        attachments: new.attachments.len(),
        sent_at: at,
    })?;
    let place = MessagePlace { thread: start.id, seq: first.seq, patient: start.patient, is_internal: false };
    take_along(tx, &new.attachments, &place)?;
    if let Some(text) = answer {
        add_answer(tx, &thread, text)?;
    }
    tx.read_cursors().advance(start.id, thread.facts().last_seq, at)?;
    tx.outbox().notify(NoticeAudience::Staff, start.id)?;
    tell::both(tx, ChangeKind::Started, thread.facts(), Some(message))?;
    Ok(Receipt { thread: Some(start.id), message: Some(message), ..Receipt::default() })
}

fn add_answer(tx: &mut dyn Tx, thread: &Thread, text: &MessageBody) -> Result<()> {
    let id = MessageId::new(tx.fresh_id());
    let sent_at = tx.now();
    tx.messages().add(&NewMessage {
        id,
        thread: thread.facts().id,
        seq: thread.facts().last_seq,
        sender: Sender::System,
        body: text,
        is_internal: false,
        mentions: &[],
        attachments: 0,
        sent_at,
    })
}
