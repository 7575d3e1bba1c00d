//! What is asked of the inbox, resolved against the actor and the practice's keys, and its conditions in SQL.

use super::my_teams::MyTeams;
use super::search::{Search, Step};
use crate::search::With;
use crate::sql::Statement;
use crate::threads::codes;
use crate::transaction::PgTransaction;
use threadwell_application::Result;
use threadwell_application::ports::{AssignedTo, InboxQuery, Keyset, StaffThreadView};
use threadwell_domain::PatientId;
use threadwell_domain::thread::{CategorySet, Priority, Status};
use uuid::Uuid;

/// A query of the inbox with everything resolved that needs the practice's keys or the actor.
#[derive(Clone, Debug)]
pub(super) struct InboxFilter {
    pub(super) reader: Uuid,
    /// `None` does not narrow.
    pub(super) categories: Option<CategorySet>,
    pub(super) statuses: Vec<Status>,
    pub(super) priorities: Vec<Priority>,
    pub(super) assigned_to: Option<AssignedTo>,
    /// The reader's teams, where they are asked for.
    pub(super) teams: MyTeams,
    pub(super) unread: Option<bool>,
    pub(super) archived: Option<bool>,
    pub(super) starred: bool,
    pub(super) patient: Option<Uuid>,
    pub(super) search: Option<Search>,
    /// Whom the threads are with, in the words of a search.
    pub(super) with: With,
    pub(super) only: Option<Uuid>,
    pub(super) except: Option<Uuid>,
    pub(super) among: Option<Vec<Uuid>>,
    pub(super) after: Option<Keyset>,
    pub(super) offset: i64,
    /// Whether rows count the reader's unread messages, which costs more than all the rest of a row.
    pub(super) counts_unread: bool,
}

impl InboxFilter {
    /// Everything that the reader's role sees.
    pub(super) fn of_reader(reader: Uuid, visible: CategorySet) -> Option<Self> {
        (!visible.is_empty()).then(|| Self {
            reader,
            categories: (visible != CategorySet::ALL).then_some(visible),
            statuses: Vec::new(),
            priorities: Vec::new(),
            assigned_to: None,
            teams: MyTeams::default(),
            unread: None,
            archived: None,
            starred: false,
            patient: None,
            search: None,
            with: With::default(),
            only: None,
            except: None,
            among: None,
            after: None,
            offset: 0,
            counts_unread: true,
        })
    }

    /// Looks at a candidate of a search in clear.
    pub(super) fn is_meant(&self, view: &StaffThreadView) -> bool {
        self.search.as_ref().is_none_or(|search| search.is_meant(view))
    }

    /// Chooses the step of a search. `false` where nothing is searched for.
    pub(super) fn look_at(&mut self, step: Step) -> bool {
        self.search.as_mut().map(|search| search.step = step).is_some()
    }

    /// The statuses to read one by one; `None` reads all of them in one walk.
    pub(super) fn branches(&self) -> Vec<Option<Status>> {
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
    pub(super) fn filter(&mut self, query: &InboxQuery) -> Result<Option<InboxFilter>> {
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
            teams: match query.assigned_to {
                Some(AssignedTo::MyTeams) => self.my_teams()?,
                _ => MyTeams::default(),
            },
            unread: query.unread,
            archived: Some(query.archived),
            starred: query.starred,
            patient: query.patient.map(PatientId::uuid),
            search: query.search.as_deref().map(|text| self.search_for(text)).transpose()?,
            after: query.after,
            offset: query.offset,
            ..all
        }))
    }
}

impl InboxFilter {
    /// One walk along an index.
    pub(super) fn branch<Row>(
        &self,
        query: Statement<Row>,
        tenant: Uuid,
        status: Option<Status>,
    ) -> Statement<Row> {
        let looks_at_newest = self.search.as_ref().is_some_and(|search| search.step == Step::Newest);
        let query = if looks_at_newest { query.sql("SELECT * FROM (") } else { query };
        let mut query = query.sql("SELECT * FROM thread t WHERE t.tenant_id = ").uuid(tenant);
        if let Some(status) = status {
            query = query.sql(" AND t.status = ").code(status.code());
        }
        if let Some(categories) = self.categories {
            query = query.sql(" AND t.category = ANY (").codes(codes(categories)).sql(")");
        }
        if !self.priorities.is_empty() {
            let priorities = self.priorities.iter().map(|priority| priority.code()).collect();
            query = query.sql(" AND t.priority = ANY (").codes(priorities).sql(")");
        }
        query = match self.assigned_to {
            None => query,
            Some(AssignedTo::Nobody) => {
                query.sql(" AND t.assigned_staff_id IS NULL AND t.assigned_team_id IS NULL")
            }
            Some(AssignedTo::Staff(id)) => query.sql(" AND t.assigned_staff_id = ").uuid(id.uuid()),
            Some(AssignedTo::Team(id)) => query.sql(" AND t.assigned_team_id = ").uuid(id.uuid()),
            Some(AssignedTo::MyTeams) => self.teams.narrow(query),
        };
        query = match self.unread {
            None => query,
            Some(true) => query.sql(" AND t.is_unread_by_staff"),
            Some(false) => query.sql(" AND NOT t.is_unread_by_staff"),
        };
        query = match self.archived {
            None => query,
            Some(true) => query.sql(" AND t.archived_at IS NOT NULL"),
            Some(false) => query.sql(" AND t.archived_at IS NULL"),
        };
        if self.starred {
            query = query
                .sql(" AND t.id IN (SELECT s.thread_id FROM read_cursor s WHERE s.tenant_id = ")
                .uuid(tenant)
                .sql(" AND s.reader_kind = 0 AND s.starred_at IS NOT NULL AND s.reader_id = ")
                .uuid(self.reader)
                .sql(")");
        }
        if let Some(patient) = self.patient {
            query = query.sql(" AND t.patient_id = ").uuid(patient);
        }
        query = self.with.conditions(query);
        if let Some(only) = self.only {
            query = query.sql(" AND t.id = ").uuid(only);
        }
        if let Some(except) = self.except {
            query = query.sql(" AND t.id <> ").uuid(except);
        }
        if let Some(among) = &self.among {
            query = query.sql(" AND t.id = ANY (").uuids(among.clone()).sql(")");
        }
        if let Some(Keyset { at, id }) = self.after {
            query =
                query.sql(" AND (t.last_message_at, t.id) < (").moment(at).sql(", ").uuid(id.uuid()).sql(")");
        }
        match &self.search {
            None => query,
            Some(search) => search.narrow(query, tenant),
        }
    }
}
