//! Counts that stop at a cap: an exact one would grow with the practice.

use super::my_teams::MyTeams;
use crate::errors::unavailable;
use crate::sql::Statement;
use crate::threads::codes;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use threadwell_application::Result;
use threadwell_application::ports::{CappedCount, InboxCounts};
use threadwell_domain::thread::CategorySet;
use uuid::Uuid;

/// The greatest number that is said.
pub(crate) const CAP: i64 = 99;

type NineCounts = (BigInt, BigInt, BigInt, BigInt, BigInt, BigInt, BigInt, BigInt, BigInt);

/// Every status but closed, as a constant that the index on the status can use.
const NOT_CLOSED: &str = " AND t.status = ANY ('{0,1,2,3}')";
/// The same, one by one.
const OPEN: [&str; 4] = [" AND t.status = 0", " AND t.status = 1", " AND t.status = 2", " AND t.status = 3"];
/// In the order of the index on the status.
const NEWEST: &str = " ORDER BY t.last_message_at DESC, t.id DESC";
const WITH_NOBODY: &str = " AND t.assigned_staff_id IS NULL AND t.assigned_team_id IS NULL";

impl PgTransaction<'_> {
    pub(super) fn count_unread_threads(&mut self) -> Result<CappedCount> {
        let visible = self.visible_categories();
        if visible.is_empty() {
            return Ok(CappedCount::default());
        }
        let query = Statement::<(BigInt,)>::new("SELECT ");
        let query =
            counted(query, self.tenant_id(), visible).sql(" AND t.is_unread_by_staff AND t.status <> 4");
        let (count,): (i64,) = end(query).get_result(self.conn).map_err(unavailable)?;
        Ok(capped(count))
    }

    pub(super) fn count_views(&mut self) -> Result<InboxCounts> {
        let (visible, tenant) = (self.visible_categories(), self.tenant_id());
        let (_, reader) = self.reader()?;
        if visible.is_empty() {
            return Ok(InboxCounts::default());
        }
        let teams = self.my_teams()?;
        let rows = |query| counted_rows(query, tenant, visible);
        let mine = |query| rows(query).sql(" AND t.assigned_staff_id = ").uuid(reader);
        let next = |query| counted(end(query).sql(", "), tenant, visible);
        let then = |query: Statement<NineCounts>| end(query).sql(", ");
        let query = of_statuses(Statement::<NineCounts>::new("SELECT "), &OPEN, rows);
        let query = of_statuses(then(query), &OPEN, mine);
        let query = of_teams(then(query), &teams, rows);
        let query = next(query).sql(NOT_CLOSED).sql(WITH_NOBODY);
        let query = next(query).sql(NOT_CLOSED).sql(" AND t.priority = 3");
        let query = of_statuses(then(query), &[" AND t.status = 0", " AND t.status = 1"], rows);
        let query = next(query).sql(" AND t.status = 3").sql(NEWEST);
        let query = next(query).sql(" AND t.status = 2").sql(NEWEST);
        let query = next(query).sql(" AND t.is_unread_by_staff AND t.status <> 4");
        let counts: (i64, i64, i64, i64, i64, i64, i64, i64, i64) =
            end(query).get_result(self.conn).map_err(unavailable)?;
        let (open, mine, my_teams, unassigned, urgent, needs_reply, provider, patient, unread) = counts;
        Ok(InboxCounts {
            open: capped(open),
            mine: capped(mine),
            my_teams: capped(my_teams),
            unassigned: capped(unassigned),
            urgent: capped(urgent),
            needs_reply: capped(needs_reply),
            waiting_provider: capped(provider),
            waiting_patient: capped(patient),
            unread: capped(unread),
        })
    }
}

fn counted<Row>(query: Statement<Row>, tenant: Uuid, visible: CategorySet) -> Statement<Row> {
    counted_rows(query.sql("(SELECT count(*) FROM ("), tenant, visible)
}

/// Threads of some statuses, each found along the index that has them in order: a plan that is made for no values in
/// particular would rather look through everything for the first hundred.
fn of_statuses<Row>(
    query: Statement<Row>,
    statuses: &[&'static str],
    rows: impl Fn(Statement<Row>) -> Statement<Row>,
) -> Statement<Row> {
    let mut query = query.sql("(SELECT count(*) FROM (");
    for (n, status) in statuses.iter().enumerate() {
        query = rows(query.sql(if n == 0 { "(" } else { " UNION ALL (" })).sql(status);
        query = query.sql(NEWEST).sql(" LIMIT ").number(CAP + 1).sql(")");
    }
    query
}

/// Threads that are with a team, and those that it is on duty for: an index finds either kind, and no thread is of both.
fn of_teams<Row>(
    query: Statement<Row>,
    teams: &MyTeams,
    rows: impl Fn(Statement<Row>) -> Statement<Row>,
) -> Statement<Row> {
    let with_them = rows(query.sql("(SELECT count(*) FROM (")).sql(NOT_CLOSED);
    let with_them = with_them.sql(" AND t.assigned_staff_id IS NULL AND t.assigned_team_id = ANY (");
    let on_duty = rows(with_them.uuids(teams.ids.clone()).sql(") UNION ALL ")).sql(NOT_CLOSED);
    on_duty.sql(WITH_NOBODY).sql(" AND t.category = ANY (").codes(codes(teams.duty)).sql(")")
}

fn counted_rows<Row>(query: Statement<Row>, tenant: Uuid, visible: CategorySet) -> Statement<Row> {
    let query =
        query.sql("SELECT FROM thread t WHERE t.tenant_id = ").uuid(tenant).sql(" AND t.archived_at IS NULL");
    if visible == CategorySet::ALL {
        return query;
    }
    query.sql(" AND t.category = ANY (").codes(codes(visible)).sql(")")
}

fn end<Row>(query: Statement<Row>) -> Statement<Row> {
    query.sql(" LIMIT ").number(CAP + 1).sql(") n)")
}

/// What is said of a number that was counted up to one beyond the cap.
pub(crate) const fn capped(counted: i64) -> CappedCount {
    if counted > CAP {
        CappedCount { count: CAP, is_capped: true }
    } else {
        CappedCount { count: counted, is_capped: false }
    }
}
