//! What staff see of threads: pages, one thread with everything beside it, and the numbers beside the views.
//!
//! A page is limited before its joins and reads an index in its order. Several statuses are read one by one and put
//! together, since an index that leads with the status gives the order within one status alone.

mod counts;
mod detail;
mod filter;
mod my_teams;
mod rows;
mod search;
mod statistics;

use crate::errors::unavailable;
use crate::search::With;
use crate::sql::{Statement, at_least};
use crate::thread_row::THREAD_COLUMNS;
use crate::transaction::PgTransaction;
pub(crate) use counts::capped;
use diesel::prelude::*;
use filter::InboxFilter;
use rows::{InboxColumns, InboxRow};
pub(crate) use search::TermTokens;
use search::{Search, Step};
use std::collections::HashMap;
use threadwell_application::Result;
use threadwell_application::ports::{
    CappedCount, Inbox, InboxCounts, InboxQuery, Keyset, StaffThreadDetail, StaffThreadView, Statistics,
};
use threadwell_domain::ThreadId;
use threadwell_domain::thread::{CategorySet, Status};
use uuid::Uuid;

/// Which threads a search shows beside the messages.
pub(crate) struct FoundThreads {
    pub(crate) categories: CategorySet,
    pub(crate) statuses: Vec<Status>,
    pub(crate) with: With,
    pub(crate) is_unread: bool,
    pub(crate) is_archived: bool,
    /// `None` where nothing names few.
    pub(crate) among: Option<Vec<Uuid>>,
    /// What is looked up for each.
    pub(crate) terms: Vec<TermTokens>,
}

impl Inbox for PgTransaction<'_> {
    fn page(&mut self, query: &InboxQuery) -> Result<(Vec<StaffThreadView>, bool)> {
        let Some(mut filter) = self.filter(query)? else { return Ok((Vec::new(), false)) };
        let wanted = usize::try_from(query.limit).unwrap_or(0);
        let fetched = at_least(query.limit + 1);
        let mut found: Vec<StaffThreadView> = Vec::with_capacity(wanted + 1);
        loop {
            let views = self.load_search(&mut filter, fetched)?;
            let is_last = views.len() < usize::try_from(fetched).unwrap_or(usize::MAX);
            filter.after =
                views.last().map(|view| Keyset { at: view.facts.last_message.at, id: view.facts.id });
            filter.offset = 0;
            found.extend(views.into_iter().filter(|view| filter.is_meant(view)));
            if is_last || found.len() > wanted {
                break;
            }
        }
        let has_more = found.len() > wanted;
        found.truncate(wanted);
        found.iter().for_each(|view| self.view_was_shown(view));
        Ok((found, has_more))
    }

    fn detail(&mut self, id: ThreadId) -> Result<Option<StaffThreadDetail>> {
        self.thread_detail(id)
    }

    fn count_unread(&mut self) -> Result<CappedCount> {
        self.count_unread_threads()
    }

    fn counts(&mut self) -> Result<InboxCounts> {
        self.count_views()
    }

    fn statistics(&mut self) -> Result<Statistics> {
        self.count_statistics()
    }
}

impl PgTransaction<'_> {
    /// Loads the rows of a filter that may hold a search: its second step only where the first fills no page.
    fn load_search(&mut self, filter: &mut InboxFilter, rows: i64) -> Result<Vec<StaffThreadView>> {
        if filter.look_at(Step::Newest) {
            let views = self.load_page(filter, rows)?;
            if views.len() >= usize::try_from(rows).unwrap_or(usize::MAX) {
                return Ok(views);
            }
            filter.look_at(Step::Candidates);
        }
        self.load_page(filter, rows)
    }

    /// Loads the rows of a filter, newest first.
    fn load_page(&mut self, filter: &InboxFilter, rows: i64) -> Result<Vec<StaffThreadView>> {
        let keys = self.keys()?;
        let query: Statement<InboxColumns> = self.page_statement(filter, rows, "");
        let rows: Vec<InboxRow> = query.load(self.conn).map_err(unavailable)?;
        let mut views: Vec<StaffThreadView> =
            rows.into_iter().map(|row| row.view(&keys)).collect::<Result<_>>()?;
        self.forget_unseen_origins(views.iter_mut().map(|view| &mut view.facts))?;
        views.iter().for_each(|view| self.note_unreadable(view));
        Ok(views)
    }

    /// Notes that a row's texts do not open.
    fn note_unreadable(&mut self, view: &StaffThreadView) {
        if !(view.subject.is_intact() && view.preview.is_intact()) {
            self.trail.unreadable(view.facts.id);
        }
    }

    /// The rows of a filter, with further columns of the tables that are joined to a page.
    fn page_statement<Row>(&self, filter: &InboxFilter, rows: i64, further: &'static str) -> Statement<Row> {
        let tenant = self.tenant_id();
        let mut query = Statement::new("SELECT ").sql(THREAD_COLUMNS).sql(rows::TEXT_COLUMNS);
        query = if filter.counts_unread { rows::unread_column(query, tenant) } else { query.sql("0") };
        query = query.sql(further).sql(" FROM (SELECT * FROM (");
        for (n, status) in filter.branches().into_iter().enumerate() {
            query = query.sql(if n == 0 { "(" } else { " UNION ALL (" });
            query = filter.branch(query, tenant, status);
            // A skipped row must be read in every branch; the planner must know how few rows are wanted.
            let read = if filter.offset > 0 { 1_101 } else { rows };
            query = query.sql(" ORDER BY t.last_message_at DESC, t.id DESC LIMIT ").number(read).sql(")");
        }
        query = query.sql(") t ORDER BY t.last_message_at DESC, t.id DESC LIMIT ").number(rows);
        if filter.offset > 0 {
            query = query.sql(" OFFSET ").big_int(filter.offset);
        }
        rows::joins(query.sql(") t"), tenant, filter.reader)
            .sql(" ORDER BY t.last_message_at DESC, t.id DESC")
    }

    /// Threads by their ids, those that the reader's role sees.
    pub(crate) fn threads_by_id(&mut self, ids: Vec<Uuid>) -> Result<HashMap<Uuid, StaffThreadView>> {
        let rows = i64::try_from(ids.len()).unwrap_or(i64::MAX);
        let views = if rows == 0 { Vec::new() } else { self.newest_threads(ids, at_least(rows))? };
        Ok(views.into_iter().map(|view| (view.facts.id.uuid(), view)).collect())
    }

    /// The newest of these threads, those that the reader's role sees.
    pub(crate) fn newest_threads(&mut self, ids: Vec<Uuid>, rows: i64) -> Result<Vec<StaffThreadView>> {
        let (_, reader) = self.reader()?;
        let Some(all) = InboxFilter::of_reader(reader, self.visible_categories()) else {
            return Ok(Vec::new());
        };
        self.load_page(&InboxFilter { among: Some(ids), ..all }, rows)
    }

    /// The newest threads behind a place that may have what is asked of them.
    pub(crate) fn threads_found(
        &mut self,
        wanted: &FoundThreads,
        after: Option<Keyset>,
        rows: i64,
    ) -> Result<Vec<StaffThreadView>> {
        let (_, reader) = self.reader()?;
        let Some(all) = InboxFilter::of_reader(reader, wanted.categories) else { return Ok(Vec::new()) };
        let mut filter = InboxFilter {
            statuses: wanted.statuses.clone(),
            with: wanted.with.clone(),
            unread: wanted.is_unread.then_some(true),
            archived: wanted.is_archived.then_some(true),
            among: wanted.among.clone(),
            search: (!wanted.terms.is_empty()).then(|| Search::of_terms(wanted.terms.clone())),
            after,
            ..all
        };
        match &filter.among {
            // So few that its first step sees all of them.
            Some(_) => self.load_page(&filter, rows),
            None => self.load_search(&mut filter, rows),
        }
    }

    /// Notes a row of a list for the audit.
    fn view_was_shown(&mut self, view: &StaffThreadView) {
        self.trail.thread(view.facts.id);
        self.trail.patient(view.facts.patient);
    }
}
