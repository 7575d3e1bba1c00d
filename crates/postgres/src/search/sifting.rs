//! The sieve: filters and terms of thousands of threads, looked up message by message.
//!
//! One statement looks at no more than [`LOOKED`] messages and says which was the last, however few of them pass: the
//! next one goes on below it, so that nothing is skipped and nothing comes twice.

use super::candidates::{Batch, Wanted};
use super::conditions::{Ids, below_id, from_id};
use super::contexts::Context;
use crate::errors::unavailable;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use threadwell_application::Result;
use uuid::Uuid;

/// Of how many messages one statement looks something up.
pub(super) const LOOKED: u64 = 1_000;

/// Messages that pass have the number nought; the last that was looked at has how many were.
type Sifted = Statement<(SqlUuid, BigInt)>;

impl PgTransaction<'_> {
    /// The newest messages below `below` that pass: of those with files where they are asked for, else of all.
    pub(super) fn walked_candidates(
        &mut self,
        wanted: &Wanted,
        below: Option<Uuid>,
        most: usize,
    ) -> Result<Batch> {
        let has_files = wanted.sieve.as_ref().is_some_and(|(narrowing, _)| narrowing.has_attachment);
        let query = if has_files {
            let query = Ids::uncached(
                "WITH looked AS MATERIALIZED (SELECT s.* FROM (SELECT m.id AS message_id, m.thread_id, x.tokens \
                 FROM message m LEFT JOIN message_search x ON x.tenant_id = ",
            );
            let query = query.uuid(self.tenant_id()).sql(" AND x.message_id = m.id WHERE m.tenant_id = ");
            query.uuid(self.tenant_id()).sql(" AND m.attachment_count > 0) s WHERE true")
        } else {
            let columns = "WITH looked AS MATERIALIZED (SELECT s.message_id, s.thread_id, s.tokens ";
            self.messages(Ids::uncached(columns))
        };
        self.sift(wanted, from_id(below_id(query, below), wanted.oldest), most)
    }

    /// The first `most` that pass of what a statement begins to name as `looked`. Where more is left, says where.
    pub(super) fn sift(&mut self, wanted: &Wanted, looked: Ids, most: usize) -> Result<Batch> {
        let query = looked.sql(" ORDER BY s.message_id DESC LIMIT ").number(LOOKED.cast_signed());
        // In order, and `OFFSET 0` keeps it: what stands behind a full batch is not looked up.
        let query = query.sql(
            ") (SELECT s.message_id, 0::bigint FROM (SELECT * FROM looked s ORDER BY s.message_id DESC OFFSET 0) s \
             WHERE true",
        );
        let query = self.sifted(query, wanted);
        let query =
            wanted.wide().fold(query, |query, term| self.meets(query.sql(" AND "), term, &Context::Wide));
        let query = query.sql(" ORDER BY s.message_id DESC LIMIT ");
        let query: Sifted = query.number(i64::try_from(most).unwrap_or(i64::MAX)).with_rows();
        let query = query.sql(
            ") UNION ALL (SELECT s.message_id, s.place FROM (SELECT s.message_id, \
             row_number() OVER (ORDER BY s.message_id DESC) AS place FROM looked s) s ORDER BY s.place DESC LIMIT 1)",
        );
        Ok(batch(query.load(self.conn).map_err(unavailable)?, most))
    }
}

fn batch(rows: Vec<(Uuid, i64)>, most: usize) -> Batch {
    let (passed, last): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, place)| *place == 0);
    let mut messages: Vec<Uuid> = passed.into_iter().map(|(id, _)| id).collect();
    messages.sort_unstable_by(|one, other| other.cmp(one));
    let (last, looked) =
        last.first().map_or((None, 0), |(id, place)| (Some(*id), u64::try_from(*place).unwrap_or(0)));
    let next =
        if messages.len() == most { messages.last().copied() } else { last.filter(|_| looked == LOOKED) };
    Batch { messages, is_full: next.is_some(), next, looked }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids<const COUNT: usize>() -> [Uuid; COUNT] {
        std::array::from_fn(|n| Uuid::from_u128(n as u128))
    }

    #[test]
    fn a_batch_leads_on_from_the_last_that_was_looked_at_unless_it_is_full() {
        let [end, old, new] = ids();
        let all = LOOKED.cast_signed();
        let next = |rows: &[(Uuid, i64)], most| batch(rows.to_vec(), most).next;
        assert_eq!(next(&[(new, 0), (old, 0), (end, all)], 3), Some(end));
        assert_eq!(next(&[(end, all)], 3), Some(end));
        assert_eq!(next(&[(new, 0), (old, 0), (end, all)], 2), Some(old));
        assert_eq!(next(&[(new, 0), (old, 0), (end, all - 1)], 3), None);
        assert_eq!(next(&[], 3), None);
    }
}
