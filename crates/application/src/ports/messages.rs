//! Messages, notes and how far people have read.

use super::{AttachmentView, Readable};
use crate::Result;
use std::collections::HashMap;
use threadwell_domain::access::Relationship;
use threadwell_domain::message::{MessageBody, SenderKind};
use threadwell_domain::thread::Seq;
use threadwell_domain::{AccountId, MessageId, Moment, Phi, StaffId, ThreadId};

/// A proxy in whose words the patient spoke.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProxySender {
    /// The name at the time of sending.
    pub full_name: Phi,
    /// What they were to the patient.
    pub relationship: Relationship,
}

/// Who sends a new message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sender {
    /// The patient, by an account; with the proxy if it is not the patient's own.
    Patient {
        /// The account.
        account: AccountId,
        /// The proxy.
        proxy: Option<ProxySender>,
    },
    /// A staff member.
    Staff(StaffId),
    /// The practice's automatic reply.
    System,
}

/// A message to be stored at its place.
#[derive(Clone, Debug)]
pub struct NewMessage<'a> {
    /// Its id.
    pub id: MessageId,
    /// Its thread.
    pub thread: ThreadId,
    /// Its place.
    pub seq: Seq,
    /// Who sends it.
    pub sender: Sender,
    /// The text.
    pub body: &'a MessageBody,
    /// For staff's eyes alone.
    pub is_internal: bool,
    /// Colleagues that a note mentions.
    pub mentions: &'a [StaffId],
    /// How many files it takes along; they are claimed next.
    pub attachments: usize,
    /// When.
    pub sent_at: Moment,
}

/// A message as a reader sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MessageView {
    /// Which message.
    pub id: MessageId,
    /// Its place. Never on the portal's wire.
    pub seq: Seq,
    /// Which side wrote it.
    pub sender_kind: SenderKind,
    /// The staff member who wrote it, if one did.
    pub staff: Option<StaffId>,
    /// The account that wrote it, if one did.
    pub account: Option<AccountId>,
    /// The name of the staff member or of the patient; "Automated System" for automatic replies.
    pub sender_name: Readable,
    /// The title of the staff member.
    pub sender_title: Option<String>,
    /// The proxy's name and relationship.
    pub proxy: Option<(Readable, Relationship)>,
    /// The text.
    pub body: Readable,
    /// When it was sent.
    pub sent_at: Moment,
    /// For staff's eyes alone.
    pub is_internal: bool,
    /// When it was last corrected.
    pub revised_at: Option<Moment>,
    /// Colleagues that a note mentions.
    pub mentions: Vec<StaffId>,
    /// Its files.
    pub attachments: Vec<AttachmentView>,
}

/// A page of a conversation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MessagePage {
    /// Oldest first.
    pub messages: Vec<MessageView>,
    /// Whether there are older ones.
    pub has_more: bool,
    /// Whether there are newer ones.
    pub has_newer: bool,
}

/// Which messages of a conversation make a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PageAt {
    /// The newest.
    Newest,
    /// Those before a message.
    Before(MessageId),
    /// Those after a message.
    After(MessageId),
    /// A message and what stands around it.
    Around(MessageId),
}

/// Messages. To a portal account notes do not exist.
pub trait Messages {
    /// Stores a message.
    ///
    /// # Errors
    /// An unavailable database.
    fn add(&mut self, message: &NewMessage<'_>) -> Result<()>;

    /// At most `limit` messages of a conversation, oldest first.
    ///
    /// # Errors
    /// `InvalidCursor` when the message that is named is none of the thread; an unavailable database.
    fn page(&mut self, thread: ThreadId, limit: i64, at: PageAt) -> Result<MessagePage>;

    /// Where a message stands, if the actor may see it.
    ///
    /// # Errors
    /// An unavailable database.
    fn place_of(&mut self, thread: ThreadId, message: MessageId) -> Result<Option<Seq>>;

    /// The public messages after a place that are neither the actor's own nor automatic, oldest first, at most 50.
    ///
    /// # Errors
    /// An unavailable database.
    fn missed_since(&mut self, thread: ThreadId, place: Seq) -> Result<Vec<MessageView>>;

    /// The place of the newest message that the actor may see.
    ///
    /// # Errors
    /// An unavailable database.
    fn newest_place(&mut self, thread: ThreadId) -> Result<Option<Seq>>;
}

/// How far one person has read a thread.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ReadCursor {
    /// Up to this place.
    pub seq: Seq,
    /// When.
    pub read_at: Option<Moment>,
    /// Marked unread by hand since.
    pub is_marked_unread: bool,
}

impl ReadCursor {
    /// Where it stands, whenever it came there.
    pub const fn place(self) -> (Seq, bool) {
        (self.seq, self.is_marked_unread)
    }
}

/// The actor's own read state.
pub trait ReadCursors {
    /// Moves the actor's cursor forward, never back, and takes a mark of unread away.
    ///
    /// # Errors
    /// An unavailable database.
    fn advance(&mut self, thread: ThreadId, to: Seq, at: Moment) -> Result<()>;

    /// Marks the thread unread for the actor alone.
    ///
    /// # Errors
    /// An unavailable database.
    fn mark_unread(&mut self, thread: ThreadId, at: Moment) -> Result<()>;

    /// Gives the thread the actor's own star, or takes it away.
    ///
    /// # Errors
    /// An unavailable database.
    fn set_star(&mut self, thread: ThreadId, is_starred: bool) -> Result<()>;

    /// The actor's own cursors in these threads, where there are any.
    ///
    /// # Errors
    /// An unavailable database.
    fn own_of(&mut self, threads: &[ThreadId]) -> Result<HashMap<ThreadId, ReadCursor>>;

    /// Sets the actor's cursor, back too: an act of reading is taken back.
    ///
    /// # Errors
    /// An unavailable database.
    fn put(&mut self, thread: ThreadId, cursor: ReadCursor) -> Result<()>;

    /// Whether a colleague has read the thread up to a place.
    ///
    /// # Errors
    /// An unavailable database.
    fn is_read_by_colleague(&mut self, thread: ThreadId, up_to: Seq) -> Result<bool>;

    /// The actor's own cursor.
    ///
    /// # Errors
    /// An unavailable database.
    fn own(&mut self, thread: ThreadId) -> Result<Option<ReadCursor>>;
}
