//! Small shapes that many answers share.

use super::{Id, Timestamp};
use crate::http::cursor::{Cursors, Owner};
use serde::Serialize;
use threadwell_application::access::SessionFacts;
use threadwell_application::ports::{CappedCount, MessagePage, PracticeSummary};
use utoipa::ToSchema;

/// Where a list goes on.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Pagination {
    /// How many entries were asked for at most.
    #[schema(example = 50)]
    pub(crate) limit: i64,
    /// Give it back as `cursor` to go on; null at the end.
    #[schema(required, example = "AZhfPopLfC2eHzpbfJ0eLwAGJx6qYkAAkq3Jb0Rq")]
    pub(crate) next_cursor: Option<String>,
    /// Whether there are further entries.
    pub(crate) has_more: bool,
}

/// Where a page of a conversation goes on in either direction.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MessagePagination {
    /// How many messages were asked for at most.
    #[schema(example = 50)]
    limit: i64,
    /// Give it back as `cursor` to go on with older messages; null at the beginning.
    #[schema(required, example = "AZhfPopLfC2eHzpbfJ0eLwAGJx6qYkAAkq3Jb0Rq")]
    next_cursor: Option<String>,
    /// Whether there are older ones.
    has_more: bool,
    /// Give it back as `cursor` to go on with newer messages; null at the end.
    #[schema(required, example = "AQGYXz6KS3wtnh86W3ydHi8ABiceqmJAAJKtyW9Eag")]
    newer_cursor: Option<String>,
    /// Whether there are newer ones.
    has_newer: bool,
}

impl MessagePagination {
    /// Of a page, for its owner.
    pub(crate) fn of(page: &MessagePage, limit: i64, cursors: &Cursors, owner: &Owner) -> Self {
        let oldest = page.messages.first().filter(|_| page.has_more);
        let newest = page.messages.last().filter(|_| page.has_newer);
        Self {
            limit,
            next_cursor: oldest.map(|message| cursors.before_message(owner, message.id)),
            has_more: page.has_more,
            newer_cursor: newest.map(|message| cursors.after_message(owner, message.id)),
            has_newer: page.has_newer,
        }
    }
}

/// A number up to 99.
#[derive(Serialize, ToSchema)]
pub(crate) struct Count {
    /// At most 99.
    #[schema(example = 7, minimum = 0, maximum = 99)]
    pub(crate) count: i64,
    /// Whether there are more than `count` says.
    pub(crate) capped: bool,
}

impl From<CappedCount> for Count {
    fn from(counted: CappedCount) -> Self {
        Self { count: counted.count, capped: counted.is_capped }
    }
}

/// A number up to 10,000.
#[derive(Serialize, ToSchema)]
pub(crate) struct LargeCount {
    /// At most 10,000.
    #[schema(example = 420, minimum = 0, maximum = 10000)]
    pub(crate) count: i64,
    /// Whether there may be more than `count` says.
    pub(crate) capped: bool,
}

impl From<CappedCount> for LargeCount {
    fn from(counted: CappedCount) -> Self {
        Self { count: counted.count, capped: counted.is_capped }
    }
}

/// A practice as its people know it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Tenant {
    /// Its id.
    pub(crate) id: Id,
    /// Its public code.
    #[schema(example = "riverside")]
    pub(crate) slug: String,
    /// Its name.
    #[schema(example = "Riverside Dermatology")]
    pub(crate) name: String,
}

impl From<PracticeSummary> for Tenant {
    fn from(practice: PracticeSummary) -> Self {
        Self { id: Id(practice.id.uuid()), slug: practice.slug, name: practice.name }
    }
}

/// How long the session lasts.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Session {
    /// Minutes without a sign of a person after which it ends.
    #[schema(example = 15)]
    pub(crate) idle_minutes: i64,
    /// When it ends whatever happens.
    pub(crate) expires_at: Timestamp,
}

impl From<SessionFacts> for Session {
    fn from(facts: SessionFacts) -> Self {
        Self { idle_minutes: facts.idle_limit.num_minutes(), expires_at: facts.expires_at.into() }
    }
}
