//! Searching messages, and what is kept for it.

use super::{Keyset, PortalThreadView, Readable, StaffThreadView};
use crate::Result;
use chrono::Duration;
use threadwell_domain::message::SenderKind;
use threadwell_domain::search::{Filter, Ignored, Query, Term};
use threadwell_domain::{MessageId, Moment, Phi};
use uuid::Uuid;

/// What is searched for, and which page of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SearchQuery {
    /// As it was understood.
    pub query: Query,
    /// How many hits at most.
    pub limit: i64,
    /// Goes on behind this message.
    pub after: Option<MessageId>,
}

/// A piece of a text, and whether it was looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextPart {
    /// The piece.
    pub text: Phi,
    /// Whether it is what was looked for.
    pub is_hit: bool,
}

/// A message that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundMessage {
    /// Which.
    pub id: MessageId,
    /// Which side wrote it.
    pub sender_kind: SenderKind,
    /// Who wrote it.
    pub sender_name: Readable,
    /// When.
    pub sent_at: Moment,
    /// For staff's eyes alone.
    pub is_internal: bool,
    /// Whether the actor wrote it.
    pub is_own: bool,
    /// Whether it has files.
    pub has_attachments: bool,
    /// The text around the first hit.
    pub snippet: Vec<TextPart>,
    /// The subject of its thread.
    pub subject: Vec<TextPart>,
}

/// A query as it was understood, names looked up.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Understood {
    /// What was looked for.
    pub terms: Vec<Term>,
    /// What it was narrowed by, with the name of who is meant.
    pub filters: Vec<(Filter, Phi)>,
    /// What was left out.
    pub ignored: Vec<Ignored>,
}

/// Which page of the threads is asked for that a search shows beside the messages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConversationQuery {
    /// As it was understood.
    pub query: Query,
    /// How many threads at most.
    pub limit: i64,
    /// Goes on behind this thread.
    pub after: Option<Keyset>,
}

/// Threads that meet every word by their subject or patient, those with the newest messages first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ConversationPage {
    /// The threads.
    pub conversations: Vec<StaffThreadView>,
    /// Where it goes on; a page may be short although there are further ones.
    pub next: Option<Keyset>,
}

/// A page of hits with the threads that they are in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SearchPage<Thread> {
    /// Newest first.
    pub hits: Vec<(Thread, FoundMessage)>,
    /// Threads that are found without a look at their messages; on the first page alone.
    pub beside: ConversationPage,
    /// Where it goes on; a page may be short although there are further ones.
    pub next: Option<MessageId>,
    /// How the query was understood.
    pub understood: Understood,
    /// Whether the texts of messages were searched.
    pub is_body_searched: bool,
    /// The query as it may have been meant; where nothing was found alone.
    pub respelt: Option<Phi>,
}

/// The answer to a patient's search.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PortalSearch {
    /// The hits.
    pub page: SearchPage<PortalThreadView>,
    /// How long after closing a message reopens a thread.
    pub reopen_window: Duration,
}

/// Finding messages. Only those that the actor may see exist; the audit names the threads and patients that are shown.
pub trait Search {
    /// A page of what staff search for.
    ///
    /// # Errors
    /// An unavailable database.
    fn messages(&mut self, query: &SearchQuery) -> Result<SearchPage<StaffThreadView>>;

    /// A page of the threads that a search of the staff shows beside the messages.
    ///
    /// # Errors
    /// An unavailable database.
    fn conversations(&mut self, query: &ConversationQuery) -> Result<ConversationPage>;

    /// A page of what a portal account searches for among its patient's public messages.
    ///
    /// # Errors
    /// An unavailable database.
    fn own_messages(&mut self, query: &SearchQuery) -> Result<SearchPage<PortalThreadView>>;

    /// Words of messages that begin so; none for whoever does not see all of the practice's messages.
    ///
    /// # Errors
    /// An unavailable database.
    fn words(&mut self, beginning: &str, limit: usize) -> Result<Vec<Phi>>;
}

/// A query that somebody searched for before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecentSearch {
    /// Which.
    pub id: Uuid,
    /// The query.
    pub query: Phi,
    /// When it was searched for last.
    pub at: Moment,
}

/// What the actor searched for before.
pub trait RecentSearches {
    /// The newest ones, newest first.
    ///
    /// # Errors
    /// An unavailable database.
    fn recent(&mut self, limit: i64) -> Result<Vec<RecentSearch>>;

    /// Keeps a query; the same text moves up.
    ///
    /// # Errors
    /// An unavailable database.
    fn remember(&mut self, query: &Phi) -> Result<()>;

    /// Forgets all of them.
    ///
    /// # Errors
    /// An unavailable database.
    fn forget(&mut self) -> Result<()>;
}

/// How far a practice's index is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IndexState {
    /// Whether the texts of messages are searched.
    pub is_on: bool,
    /// Whether the last rebuild, or the emptying, has come to its end.
    pub is_complete: bool,
    /// Grows with every rebuild.
    pub generation: i32,
    /// Messages that it has been at.
    pub messages: i64,
}

/// What one step of a rebuild did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RebuildStep {
    /// Rows that were worked on.
    pub rows: usize,
    /// Whether nothing is left.
    pub is_complete: bool,
}

/// What became of a job that failed by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SetAside {
    /// It is tried again, later each time.
    Waiting,
    /// It is tried no more: its message is found by a rebuild alone.
    GivenUp,
}

/// The index behind the search, one practice at a time.
pub trait SearchIndex {
    /// The jobs of new messages that are due, oldest first.
    ///
    /// # Errors
    /// An unavailable database.
    fn waiting(&mut self, limit: i64) -> Result<Vec<Uuid>>;

    /// Indexes the messages of jobs and marks these done; how many of them nobody else had.
    ///
    /// # Errors
    /// An unavailable database, or a message that cannot be indexed.
    fn index_new(&mut self, jobs: &[Uuid]) -> Result<usize>;

    /// Lets a job wait that failed by itself, or gives it up after several attempts.
    ///
    /// # Errors
    /// An unavailable database.
    fn set_aside(&mut self, job: Uuid) -> Result<SetAside>;

    /// Goes on with a rebuild, or with emptying the index of a practice that does without.
    ///
    /// # Errors
    /// An unavailable database, or a message that cannot be indexed.
    fn rebuild_step(&mut self, limit: i64) -> Result<RebuildStep>;

    /// Lets a rebuild pass over its next message, which gets a job of its own; which one, if there is one.
    ///
    /// # Errors
    /// An unavailable database.
    fn pass_over(&mut self) -> Result<Option<Uuid>>;

    /// Says when the index has work next; called when nothing was left to do.
    ///
    /// # Errors
    /// An unavailable database.
    fn rest(&mut self) -> Result<()>;

    /// How far it is.
    ///
    /// # Errors
    /// An unavailable database.
    fn state(&mut self) -> Result<IndexState>;

    /// Starts a rebuild from the beginning, with the switch as it is given, or as it is.
    ///
    /// # Errors
    /// An unavailable database.
    fn restart(&mut self, is_on: Option<bool>) -> Result<()>;
}
