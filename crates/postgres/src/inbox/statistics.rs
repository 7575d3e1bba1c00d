//! The numbers above the inbox, counted along two short walks whatever the practice has grown to.

use super::counts::{CAP, capped};
use crate::errors::unavailable;
use crate::sql::Statement;
use crate::threads::codes;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use threadwell_application::Result;
use threadwell_application::ports::{CappedCount, Statistics};
use threadwell_domain::thread::CategorySet;

/// The greatest number of conversations, patients and messages that is said.
const GREATEST: i64 = 10_000;
/// How many of the newest threads are looked at: those that are archived or out of sight count among them.
const WALKED: i64 = 20_000;

type Tiles = (BigInt, BigInt, BigInt, BigInt);

impl PgTransaction<'_> {
    pub(super) fn count_statistics(&mut self) -> Result<Statistics> {
        let (visible, tenant) = (self.visible_categories(), self.tenant_id());
        if visible.is_empty() {
            return Ok(Statistics::default());
        }
        let query = Statement::<Tiles>::new(
            "SELECT count(*) FILTER (WHERE w.is_shown), count(DISTINCT w.patient_id) FILTER (WHERE w.is_shown), \
             coalesce(sum(w.message_count) FILTER (WHERE w.is_shown), 0)::bigint, count(*) FROM \
             (SELECT t.patient_id, t.message_count, t.archived_at IS NULL AND t.category = ANY (",
        )
        .codes(codes(visible))
        .sql(") AS is_shown FROM thread t WHERE t.tenant_id = ")
        .uuid(tenant)
        .sql(" ORDER BY t.last_message_at DESC, t.id DESC LIMIT ")
        .number(WALKED)
        .sql(") w");
        let (conversations, patients, messages, walked): (i64, i64, i64, i64) =
            query.get_result(self.conn).map_err(unavailable)?;
        let stopped = walked >= WALKED;
        Ok(Statistics {
            conversations: up_to_greatest(conversations, stopped),
            unread_messages: self.count_unread_messages(visible)?,
            unique_patients: up_to_greatest(patients, stopped),
            messages: up_to_greatest(messages, stopped),
        })
    }

    /// Messages of patients, in threads that are not closed, that nobody of the staff has read. Every unread thread has
    /// one at least, so that no more threads than the cap need to be looked at, nor more messages of each.
    fn count_unread_messages(&mut self, visible: CategorySet) -> Result<CappedCount> {
        let tenant = self.tenant_id();
        let query = Statement::<(BigInt,)>::new(
            "SELECT coalesce(sum((SELECT count(*) FROM (SELECT FROM message m WHERE m.tenant_id = ",
        )
        .uuid(tenant)
        .sql(" AND m.thread_id = u.id AND m.sender_kind = 0 AND m.seq > coalesce((SELECT max(c.seq) FROM read_cursor c WHERE c.tenant_id = ")
        .uuid(tenant)
        .sql(" AND c.thread_id = u.id AND c.reader_kind = 0), 0) LIMIT ")
        .number(CAP + 1)
        .sql(") m)), 0)::bigint FROM (SELECT t.id FROM thread t WHERE t.tenant_id = ")
        .uuid(tenant)
        .sql(" AND t.is_unread_by_staff AND t.status <> 4 AND t.archived_at IS NULL AND t.category = ANY (")
        .codes(codes(visible))
        .sql(") LIMIT ")
        .number(CAP + 1)
        .sql(") u");
        let (count,): (i64,) = query.get_result(self.conn).map_err(unavailable)?;
        Ok(capped(count))
    }
}

/// A number that was counted along a walk; one that the walk did not end by itself may be higher.
const fn up_to_greatest(counted: i64, stopped: bool) -> CappedCount {
    if counted > GREATEST {
        CappedCount { count: GREATEST, is_capped: true }
    } else {
        CappedCount { count: counted, is_capped: stopped }
    }
}
