//! The filters of a query, with names looked up and days in the practice's time zone.

use super::narrowing::{Narrowing, PatientName};
use super::words::{Words, is_match};
use crate::errors::unavailable;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Bytea, Timestamptz, Uuid as SqlUuid};
use std::sync::Arc;
use threadwell_application::Result;
use threadwell_application::access::Actor;
use threadwell_application::ports::{People, Readable, Understood};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::message::SenderKind;
use threadwell_domain::search::{Filter, Ignored, IgnoredReason, Query, Side};
use threadwell_domain::{Moment, Phi};
use uuid::Uuid;

/// So many patients of a name are looked at to know whether anybody bears it.
const NAMESAKES: i64 = 50;

impl PgTransaction<'_> {
    /// Looks everything up that a query names. What there is not is left out and told.
    pub(super) fn narrowing(&mut self, query: &Query, side: Side) -> Result<(Narrowing, Understood)> {
        let mut narrowing = Narrowing::default();
        let mut understood =
            Understood { terms: query.terms.clone(), filters: Vec::new(), ignored: query.ignored.clone() };
        let mut unknown = Vec::new();
        for filter in &query.filters {
            match self.take_filter(&mut narrowing, filter, side)? {
                Some(label) => understood.filters.push((filter.clone(), label)),
                None => unknown.push(format!("{}:{}", filter.name().name(), filter.value(side).expose())),
            }
        }
        let is_of_nobody = narrowing.is_of_nobody();
        let reason = if is_of_nobody { IgnoredReason::Nobody } else { IgnoredReason::NobodyBeside };
        understood.ignored.extend(unknown.into_iter().map(|text| Ignored { text: Phi::new(text), reason }));
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
        to.by.is_asked = true;
        let staff = self.staff_named(name)?;
        let (numbered, called) = (self.patients_numbered(name)?, self.patients_called(name)?);
        let label = staff.first().map(|(_, full)| Phi::new(full));
        // A patient's full name would be one more that is shown: what was typed says as much.
        let is_patient = !numbered.is_empty() || called.is_some();
        let label = label.or_else(|| is_patient.then(|| name.clone()));
        to.by.staff.extend(staff.into_iter().map(|(id, _)| id));
        to.by.patients.extend(numbered);
        to.by.names.extend(called);
        Ok(label)
    }

    fn take_assignee(&mut self, to: &mut Narrowing, name: &Phi) -> Result<Option<Phi>> {
        let staff = self.staff_named(name)?;
        let asked = Words::of(name.expose());
        let teams = People::teams(self)?.into_iter().filter(|team| fits(&asked, &team.name));
        let teams: Vec<(Uuid, String)> = teams.map(|team| (team.id.uuid(), team.name)).collect();
        let label = staff.first().or(teams.first()).map(|(_, full)| Phi::new(full));
        to.with.is_asked = true;
        to.with.people.extend(staff.into_iter().map(|(id, _)| id));
        to.with.teams.extend(teams.into_iter().map(|(id, _)| id));
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

    /// The patient of a record number.
    fn patients_numbered(&mut self, number: &Phi) -> Result<Vec<Uuid>> {
        use crate::schema::patient;
        let number = normalise::mrn(number.expose());
        let hash = self.keys()?.index().hash(Scope::PATIENT_MRN, &number).to_vec();
        patient::table
            .filter(patient::tenant_id.eq(self.tenant_id()))
            .filter(patient::mrn_hash.eq(hash))
            .select(patient::id)
            .load(self.conn)
            .map_err(unavailable)
    }

    /// How patients of a name are looked up; `None` where nobody is called so. Of a few that bear its tokens one is looked
    /// at in clear; where it is none of those there may be others.
    fn patients_called(&mut self, name: &Phi) -> Result<Option<PatientName>> {
        let (keys, tenant, words) = (self.keys()?, self.tenant_id(), Words::of(name.expose()));
        let tokens: Vec<i64> =
            keys.index().query_tokens(Scope::PATIENT_NAME, name.expose()).into_iter().collect();
        let Some((first, others)) = tokens.split_first() else { return Ok(None) };
        let mut query = Statement::<(SqlUuid, Bytea)>::uncached(
            "SELECT p.id, p.name_enc FROM patient_search s JOIN patient p ON p.tenant_id = ",
        );
        query = query.uuid(tenant).sql(" AND p.id = s.patient_id WHERE s.tenant_id = ").uuid(tenant);
        query = query.sql(" AND s.token = ").big_int(*first);
        for token in others {
            query = query.sql(" AND EXISTS (SELECT FROM patient_search o WHERE o.tenant_id = ").uuid(tenant);
            query = query.sql(" AND o.patient_id = p.id AND o.token = ").big_int(*token).sql(")");
        }
        let rows: Vec<(Uuid, Vec<u8>)> =
            query.sql(" LIMIT ").number(NAMESAKES).load(self.conn).map_err(unavailable)?;
        let is_full = i64::try_from(rows.len()).is_ok_and(|count| count == NAMESAKES);
        let mut names = rows.iter().map(|(id, name)| keys.open("patient", "name_enc", *id, name));
        let is_called = names.any(|name| is_match(&words, &[&name])) || is_full;
        Ok(is_called.then(|| PatientName { words: Arc::new(words), tokens }))
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
