//! The filters of a query, with names looked up and days in the practice's time zone.

use super::terms::Texts;
use super::tokens::sender_token;
use super::words::{Words, is_match};
use crate::errors::unavailable;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use std::collections::HashSet;
use threadwell_application::Result;
use threadwell_application::access::Actor;
use threadwell_application::ports::{People, Readable, StaffThreadView, Understood};
use threadwell_domain::message::SenderKind;
use threadwell_domain::search::{Filter, Ignored, IgnoredReason, Query, Side};
use threadwell_domain::thread::{Assignee, Category, CategorySet, Status};
use threadwell_domain::{Moment, Phi};
use uuid::Uuid;

/// Whom a thread is with.
#[derive(Clone, Default)]
struct With {
    is_asked: bool,
    nobody: bool,
    /// With nobody, and of one of these.
    duty: CategorySet,
    people: HashSet<Uuid>,
    teams: HashSet<Uuid>,
}

/// Who wrote a message; nothing narrows where nothing is named.
#[derive(Clone, Default)]
struct By {
    is_asked: bool,
    kinds: Vec<SenderKind>,
    staff: Vec<Uuid>,
    patients: Vec<Uuid>,
}

/// What narrows a search.
#[derive(Clone, Default)]
pub(super) struct Narrowing {
    categories: Vec<Category>,
    statuses: Vec<Status>,
    with: With,
    by: By,
    before: Option<Moment>,
    since: Option<Moment>,
    has_attachment: bool,
    is_unread: bool,
    is_archived: bool,
    notes: bool,
    messages: bool,
}

impl PgTransaction<'_> {
    /// Looks everything up that a query names. What there is not is left out and told.
    pub(super) fn narrowing(&mut self, query: &Query, side: Side) -> Result<(Narrowing, Understood)> {
        let mut narrowing = Narrowing::default();
        let mut understood =
            Understood { terms: query.terms.clone(), filters: Vec::new(), ignored: query.ignored.clone() };
        for filter in &query.filters {
            match self.take_filter(&mut narrowing, filter, side)? {
                Some(label) => understood.filters.push((filter.clone(), label)),
                None => {
                    let text = format!("{}:{}", filter.name().name(), filter.value(side).expose());
                    let reason = IgnoredReason::UnknownName;
                    understood.ignored.push(Ignored { text: Phi::new(text), reason });
                }
            }
        }
        Ok((narrowing, understood))
    }

    fn take_filter(&mut self, to: &mut Narrowing, filter: &Filter, side: Side) -> Result<Option<Phi>> {
        match filter {
            Filter::Category(category) => to.categories.push(*category),
            Filter::Status(status) => to.statuses.push(*status),
            Filter::HasAttachment => to.has_attachment = true,
            Filter::IsUnread => to.is_unread = true,
            Filter::IsArchived => to.is_archived = true,
            Filter::InNotes => to.notes = true,
            Filter::InMessages => to.messages = true,
            Filter::Before(day) => {
                let start = self.start_of(*day)?;
                to.before = Some(to.before.map_or(start, |other| other.min(start)));
            }
            Filter::After(day) => {
                let start = self.start_of(*day)?;
                to.since = Some(to.since.map_or(start, |other| other.max(start)));
            }
            Filter::FromMe | Filter::FromPatient | Filter::FromStaff => self.take_side(to, filter),
            Filter::AssignedToMe | Filter::AssignedToNobody | Filter::AssignedToMyTeams => {
                self.take_own(to, filter)?;
            }
            Filter::FromPerson(name) => return self.take_author(to, name),
            Filter::AssignedTo(name) => return self.take_assignee(to, name),
        }
        Ok(Some(filter.value(side)))
    }

    fn take_side(&self, to: &mut Narrowing, filter: &Filter) {
        to.by.is_asked = true;
        match (filter, &self.actor) {
            (Filter::FromMe, Actor::Staff(me)) => to.by.staff.push(me.id().uuid()),
            (Filter::FromMe | Filter::FromPatient, _) => to.by.kinds.push(SenderKind::Patient),
            // To a patient the automatic reply is the practice's.
            (_, Actor::Portal(_)) => to.by.kinds.extend([SenderKind::Staff, SenderKind::System]),
            _ => to.by.kinds.push(SenderKind::Staff),
        }
    }

    fn take_own(&mut self, to: &mut Narrowing, filter: &Filter) -> Result<()> {
        to.with.is_asked = true;
        let me = match &self.actor {
            Actor::Staff(me) => me.id().uuid(),
            _ => return Ok(()),
        };
        match filter {
            Filter::AssignedToMe => drop(to.with.people.insert(me)),
            Filter::AssignedToNobody => to.with.nobody = true,
            _ => {
                let mine = self.my_teams()?;
                to.with.duty = mine.duty;
                to.with.teams.extend(mine.ids);
            }
        }
        Ok(())
    }

    fn take_author(&mut self, to: &mut Narrowing, name: &Phi) -> Result<Option<Phi>> {
        let staff = self.staff_named(name)?;
        let patients = self.patients_named(name)?;
        let label = staff.first().map(|(_, full)| Phi::new(full));
        // A patient's full name would be one more that is shown: what was typed says as much.
        let label = label.or_else(|| (!patients.is_empty()).then(|| name.clone()));
        if label.is_some() {
            to.by.is_asked = true;
            to.by.staff.extend(staff.into_iter().map(|(id, _)| id));
            to.by.patients.extend(patients);
        }
        Ok(label)
    }

    fn take_assignee(&mut self, to: &mut Narrowing, name: &Phi) -> Result<Option<Phi>> {
        let staff = self.staff_named(name)?;
        let asked = Words::of(name.expose());
        let teams = People::teams(self)?.into_iter().filter(|team| fits(&asked, &team.name));
        let teams: Vec<(Uuid, String)> = teams.map(|team| (team.id.uuid(), team.name)).collect();
        let label = staff.first().or(teams.first()).map(|(_, full)| Phi::new(full));
        if label.is_some() {
            to.with.is_asked = true;
            to.with.people.extend(staff.into_iter().map(|(id, _)| id));
            to.with.teams.extend(teams.into_iter().map(|(id, _)| id));
        }
        Ok(label)
    }

    /// Staff of a name, those too who have left.
    fn staff_named(&mut self, name: &Phi) -> Result<Vec<(Uuid, String)>> {
        use crate::schema::staff_user;
        let rows: Vec<(Uuid, String)> = staff_user::table
            .filter(staff_user::tenant_id.eq(self.tenant_id()))
            .order((staff_user::full_name, staff_user::id))
            .select((staff_user::id, staff_user::full_name))
            .load(self.conn)
            .map_err(unavailable)?;
        let asked = Words::of(name.expose());
        Ok(rows.into_iter().filter(|(_, full)| fits(&asked, full)).collect())
    }

    fn patients_named(&mut self, name: &Phi) -> Result<Vec<Uuid>> {
        use threadwell_application::ports::Patients;
        // Whose messages come up is in the audit by their threads; the look-up alone shows nobody.
        let shown = self.trail.clone();
        let hits = Patients::search(self, name.expose(), 100)?;
        self.trail = shown;
        Ok(hits.into_iter().map(|hit| hit.id.uuid()).collect())
    }

    /// When a day begins where the practice is.
    fn start_of(&mut self, day: NaiveDate) -> Result<Moment> {
        let (start,): (Moment,) = Statement::<(Timestamptz,)>::new("SELECT ")
            .day(day)
            .sql("::timestamp AT TIME ZONE t.time_zone FROM tenant t WHERE t.id = ")
            .uuid(self.tenant_id())
            .get_result(self.conn)
            .map_err(unavailable)?;
        Ok(start)
    }
}

fn fits(asked: &Words, name: &str) -> bool {
    is_match(asked, &[&Readable::Intact(Phi::new(name))])
}

impl Narrowing {
    /// Which texts are looked at: all where neither kind is asked for.
    pub(super) const fn texts(&self) -> Texts {
        Texts { messages: self.messages || !self.notes, notes: self.notes || !self.messages }
    }

    /// Whether it narrows by what only a message has.
    pub(super) const fn is_of_messages(&self) -> bool {
        self.by.is_asked
            || self.before.is_some()
            || self.since.is_some()
            || self.has_attachment
            || self.notes
            || self.messages
    }

    /// The tokens of who may have written it, where those decide.
    pub(super) fn senders(&self, index: &threadwell_crypto::BlindIndex) -> Option<Vec<i64>> {
        let by_staff_alone = self.by.is_asked && self.by.kinds.is_empty() && self.by.patients.is_empty();
        by_staff_alone.then(|| self.by.staff.iter().map(|id| sender_token(index, *id)).collect())
    }

    /// The least and the greatest id that a message of these days has: an id carries the time of sending.
    pub(super) fn newest_id(&self) -> Option<Uuid> {
        let end = self.before? + chrono::Duration::milliseconds(1);
        let millis = u128::try_from(end.timestamp_millis()).unwrap_or(0);
        Some(Uuid::from_u128(millis << 80))
    }

    /// The id below which no message is of these days.
    pub(super) fn oldest_id(&self) -> Option<Uuid> {
        let millis = u128::try_from(self.since?.timestamp_millis()).unwrap_or(0);
        Some(Uuid::from_u128(millis << 80))
    }

    /// Whether a thread fits.
    pub(super) fn takes_thread(&self, view: &StaffThreadView) -> bool {
        let facts = &view.facts;
        let with = &self.with;
        let is_with = match facts.assignee {
            None => with.nobody || with.duty.contains(facts.category),
            Some(Assignee::Staff(id)) => with.people.contains(&id.uuid()),
            Some(Assignee::Team(id)) => with.teams.contains(&id.uuid()),
        };
        (self.categories.is_empty() || self.categories.contains(&facts.category))
            && (self.statuses.is_empty() || self.statuses.contains(&facts.state.status()))
            && (!with.is_asked || is_with)
            && (!self.is_unread || facts.unread_by_staff)
            && (!self.is_archived || facts.archived_at.is_some())
    }

    /// The conditions on messages `m` and their threads `t`.
    pub(super) fn conditions<Row>(&self, query: Statement<Row>, visible: CategorySet) -> Statement<Row> {
        let asked = CategorySet::of(&self.categories);
        let categories = if self.categories.is_empty() { visible } else { asked.intersection(visible) };
        let mut query =
            query.sql(" AND t.category = ANY (").codes(crate::threads::codes(categories)).sql(")");
        if !self.statuses.is_empty() {
            let codes = self.statuses.iter().map(|status| status.code()).collect();
            query = query.sql(" AND t.status = ANY (").codes(codes).sql(")");
        }
        for (is_asked, condition) in [
            (self.has_attachment, " AND m.attachment_count > 0"),
            (self.is_unread, " AND t.is_unread_by_staff"),
            (self.is_archived, " AND t.archived_at IS NOT NULL"),
            (self.notes && !self.messages, " AND m.is_internal"),
            (self.messages && !self.notes, " AND NOT m.is_internal"),
        ] {
            query = if is_asked { query.sql(condition) } else { query };
        }
        if let Some(before) = self.before {
            query = query.sql(" AND m.sent_at < ").moment(before);
        }
        if let Some(since) = self.since {
            query = query.sql(" AND m.sent_at >= ").moment(since);
        }
        self.by.conditions(self.with.conditions(query))
    }
}

impl With {
    fn conditions<Row>(&self, query: Statement<Row>) -> Statement<Row> {
        if !self.is_asked {
            return query;
        }
        let query =
            query.sql(" AND (t.assigned_staff_id = ANY (").uuids(self.people.iter().copied().collect());
        let query = query.sql(") OR t.assigned_team_id = ANY (").uuids(self.teams.iter().copied().collect());
        let query = query
            .sql(") OR t.assigned_staff_id IS NULL AND t.assigned_team_id IS NULL AND t.category = ANY (");
        let open = if self.nobody { CategorySet::ALL } else { self.duty };
        query.codes(crate::threads::codes(open)).sql("))")
    }
}

impl By {
    fn conditions<Row>(&self, query: Statement<Row>) -> Statement<Row> {
        if !self.is_asked {
            return query;
        }
        let kinds = self.kinds.iter().map(|kind| kind.code()).collect();
        query
            .sql(" AND (m.sender_kind = ANY (")
            .codes(kinds)
            .sql(") OR m.staff_id = ANY (")
            .uuids(self.staff.clone())
            .sql(") OR m.sender_kind = 0 AND m.patient_id = ANY (")
            .uuids(self.patients.clone())
            .sql("))")
    }
}
