//! What staff see of threads: pages, one thread with everything beside it, and the numbers beside the views.
//!
//! A page is limited before its joins and reads an index in its order. Several statuses are read one by one and put
//! together, since an index that leads with the status gives the order within one status alone.

mod counts;
mod detail;
mod rows;

use crate::errors::unavailable;
pub(crate) use counts::capped;
use crate::search::{Words, is_match};
use crate::sql::{Statement, at_least};
use crate::thread_row::THREAD_COLUMNS;
use crate::threads::codes;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use rows::{InboxColumns, InboxRow};
use threadwell_application::Result;
use threadwell_application::ports::{
    AssignedTo, CappedCount, Inbox, InboxCounts, InboxQuery, Keyset, StaffThreadDetail, StaffThreadView,
};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::ThreadId;
use threadwell_domain::thread::{CategorySet, Priority, Status};
use uuid::Uuid;

impl Inbox for PgTransaction<'_> {
    fn page(&mut self, query: &InboxQuery) -> Result<(Vec<StaffThreadView>, bool)> {
        let Some(mut filter) = self.filter(query)? else { return Ok((Vec::new(), false)) };
        let wanted = usize::try_from(query.limit).unwrap_or(0);
        let fetched = at_least(query.limit + 1);
        let mut found: Vec<StaffThreadView> = Vec::with_capacity(wanted + 1);
        loop {
            let views = self.load_page(&filter, fetched)?;
            let is_last = views.len() < usize::try_from(fetched).unwrap_or(usize::MAX);
            filter.after = views.last().map(|view| Keyset { at: view.facts.last_message.at, id: view.facts.id });
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
}

/// A query of the inbox with everything resolved that needs the practice's keys or the actor.
#[derive(Clone, Debug)]
pub(crate) struct InboxFilter {
    reader: Uuid,
    /// `None` does not narrow.
    categories: Option<CategorySet>,
    statuses: Vec<Status>,
    priorities: Vec<Priority>,
    assigned_to: Option<AssignedTo>,
    unread: Option<bool>,
    archived: Option<bool>,
    patient: Option<Uuid>,
    search: Option<Search>,
    only: Option<Uuid>,
    except: Option<Uuid>,
    after: Option<Keyset>,
    offset: i64,
}

#[derive(Clone, Debug)]
struct Search {
    text: std::sync::Arc<Words>,
    mrn_hash: Vec<u8>,
    /// For each term its token among subjects and among names.
    terms: Vec<(i64, i64)>,
    mrn: String,
}

impl InboxFilter {
    /// Everything that the reader's role sees.
    fn of_reader(reader: Uuid, visible: CategorySet) -> Option<Self> {
        (!visible.is_empty()).then(|| Self {
            reader,
            categories: (visible != CategorySet::ALL).then_some(visible),
            statuses: Vec::new(),
            priorities: Vec::new(),
            assigned_to: None,
            unread: None,
            archived: None,
            patient: None,
            search: None,
            only: None,
            except: None,
            after: None,
            offset: 0,
        })
    }

    /// Looks at a candidate of a search in clear.
    fn is_meant(&self, view: &StaffThreadView) -> bool {
        self.search.as_ref().is_none_or(|search| {
            let mrn = view.patient_mrn.text().map(|mrn| normalise::mrn(mrn.expose()));
            mrn.is_some_and(|mrn| mrn == search.mrn) || is_match(&search.text, &[&view.subject, &view.patient_name])
        })
    }

    /// The statuses to read one by one; `None` reads all of them in one walk.
    fn branches(&self) -> Vec<Option<Status>> {
        let by_person = matches!(self.assigned_to, Some(AssignedTo::Staff(_)));
        match self.statuses.as_slice() {
            [] if by_person => Status::ALL.into_iter().map(Some).collect(),
            [] => vec![None],
            statuses => statuses.iter().copied().map(Some).collect(),
        }
    }
}

impl PgTransaction<'_> {
    /// Resolves a query; `None` where the role sees nothing of what is asked.
    fn filter(&self, query: &InboxQuery) -> Result<Option<InboxFilter>> {
        let visible = self.visible_categories();
        let visible = query.categories.map_or(visible, |asked| asked.intersection(visible));
        let (_, reader) = self.reader()?;
        let Some(all) = InboxFilter::of_reader(reader, visible) else { return Ok(None) };
        let mut statuses = query.statuses.clone();
        statuses.sort_unstable_by_key(|status| status.code());
        statuses.dedup();
        Ok(Some(InboxFilter {
            statuses,
            priorities: query.priorities.clone(),
            assigned_to: query.assigned_to,
            unread: query.unread,
            archived: Some(query.archived),
            patient: query.patient.map(threadwell_domain::PatientId::uuid),
            search: query.search.as_deref().map(|text| self.search_terms(text)).transpose()?,
            after: query.after,
            offset: query.offset,
            ..all
        }))
    }

    fn search_terms(&self, text: &str) -> Result<Search> {
        let keys = self.keys()?;
        let (index, mrn) = (keys.index(), normalise::mrn(text));
        let terms = normalise::query_terms(text);
        Ok(Search {
            text: std::sync::Arc::new(Words::of(text)),
            mrn_hash: index.hash(Scope::PATIENT_MRN, &mrn).to_vec(),
            terms: terms
                .iter()
                .map(|term| (index.token(Scope::THREAD_SUBJECT, term), index.token(Scope::PATIENT_NAME, term)))
                .collect(),
            mrn,
        })
    }

    /// Loads the rows of a filter, newest first.
    fn load_page(&mut self, filter: &InboxFilter, rows: i64) -> Result<Vec<StaffThreadView>> {
        let keys = self.keys()?;
        let query = self.page_statement(filter, rows);
        let rows: Vec<InboxRow> = query.load(self.conn).map_err(unavailable)?;
        rows.into_iter().map(|row| row.view(&keys)).collect()
    }

    fn page_statement(&self, filter: &InboxFilter, rows: i64) -> Statement<InboxColumns> {
        let tenant = self.tenant_id();
        let mut query = Statement::new("SELECT ").sql(THREAD_COLUMNS).sql(rows::TEXT_COLUMNS);
        query = rows::unread_column(query, tenant).sql(" FROM (SELECT * FROM (");
        for (n, status) in filter.branches().into_iter().enumerate() {
            query = query.sql(if n == 0 { "(" } else { " UNION ALL (" });
            query = self.branch(query, filter, status);
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

    /// One walk along an index.
    fn branch(
        &self,
        query: Statement<InboxColumns>,
        filter: &InboxFilter,
        status: Option<Status>,
    ) -> Statement<InboxColumns> {
        let tenant = self.tenant_id();
        let mut query = query.sql("SELECT * FROM thread t WHERE t.tenant_id = ").uuid(tenant);
        if let Some(status) = status {
            query = query.sql(" AND t.status = ").code(status.code());
        }
        if let Some(categories) = filter.categories {
            query = query.sql(" AND t.category = ANY (").codes(codes(categories)).sql(")");
        }
        if !filter.priorities.is_empty() {
            let priorities = filter.priorities.iter().map(|priority| priority.code()).collect();
            query = query.sql(" AND t.priority = ANY (").codes(priorities).sql(")");
        }
        query = match filter.assigned_to {
            None => query,
            Some(AssignedTo::Nobody) => {
                query.sql(" AND t.assigned_staff_id IS NULL AND t.assigned_team_id IS NULL")
            }
            Some(AssignedTo::Staff(id)) => query.sql(" AND t.assigned_staff_id = ").uuid(id.uuid()),
            Some(AssignedTo::Team(id)) => query.sql(" AND t.assigned_team_id = ").uuid(id.uuid()),
            Some(AssignedTo::MyTeams) => my_teams(query, tenant, filter.reader),
        };
        query = match filter.unread {
            None => query,
            Some(true) => query.sql(" AND t.is_unread_by_staff"),
            Some(false) => query.sql(" AND NOT t.is_unread_by_staff"),
        };
        query = match filter.archived {
            None => query,
            Some(true) => query.sql(" AND t.archived_at IS NOT NULL"),
            Some(false) => query.sql(" AND t.archived_at IS NULL"),
        };
        if let Some(patient) = filter.patient {
            query = query.sql(" AND t.patient_id = ").uuid(patient);
        }
        if let Some(only) = filter.only {
            query = query.sql(" AND t.id = ").uuid(only);
        }
        if let Some(except) = filter.except {
            query = query.sql(" AND t.id <> ").uuid(except);
        }
        if let Some(Keyset { at, id }) = filter.after {
            query = query.sql(" AND (t.last_message_at, t.id) < (").moment(at).sql(", ").uuid(id.uuid()).sql(")");
        }
        match &filter.search {
            None => query,
            Some(search) => matching(query, tenant, search),
        }
    }

    /// Notes a row of a list for the audit.
    fn view_was_shown(&mut self, view: &StaffThreadView) {
        self.trail.thread(view.facts.id);
        self.trail.patient(view.facts.patient);
    }
}

/// Threads of any team of the reader's.
fn my_teams<Row>(query: Statement<Row>, tenant: Uuid, reader: Uuid) -> Statement<Row> {
    query
        .sql(" AND t.assigned_team_id IN (SELECT tm.team_id FROM team_member tm WHERE tm.tenant_id = ")
        .uuid(tenant)
        .sql(" AND tm.staff_id = ")
        .uuid(reader)
        .sql(")")
}

/// Threads whose subject or patient carries every term, or whose patient has the record number.
fn matching<Row>(query: Statement<Row>, tenant: Uuid, search: &Search) -> Statement<Row> {
    let mut query = query
        .sql(" AND (t.patient_id IN (SELECT p.id FROM patient p WHERE p.tenant_id = ")
        .uuid(tenant)
        .sql(" AND p.mrn_hash = ")
        .bytes(search.mrn_hash.clone())
        .sql(")");
    for (n, (subject, name)) in search.terms.iter().enumerate() {
        query = query
            .sql(if n == 0 { " OR (" } else { " AND " })
            .sql("(t.id IN (SELECT s.thread_id FROM thread_search s WHERE s.tenant_id = ")
            .uuid(tenant)
            .sql(" AND s.is_current AND s.token = ")
            .big_int(*subject)
            .sql(") OR t.patient_id IN (SELECT s.patient_id FROM patient_search s WHERE s.tenant_id = ")
            .uuid(tenant)
            .sql(" AND s.token = ")
            .big_int(*name)
            .sql("))");
    }
    query.sql(if search.terms.is_empty() { ")" } else { "))" })
}
