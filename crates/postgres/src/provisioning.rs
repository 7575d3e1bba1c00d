//! New practices and people, with the owner's rights.

mod files;
mod founding;

use crate::errors::{is_foreign_key_violation, unavailable};
use crate::outbox::person;
use crate::schema::{
    patient, patient_access, patient_search, portal_account, read_cursor, staff_user, team, team_member,
    thread,
};
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::access::Subject;
use threadwell_application::ports::{
    Blob, NewAccount, NewFile, NewPatient, NewPractice, NewStaff, Provisioning, Recipient,
};
use threadwell_application::{Error, FieldProblem, Result};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::access::{Grant, Role};
use threadwell_domain::practice::DEFAULT_TEAMS;
use threadwell_domain::thread::Seq;
use threadwell_domain::{AccountId, Moment, Phi, StaffId, ThreadId};
use uuid::Uuid;

impl Provisioning for PgTransaction<'_> {
    fn add_practice(&mut self, practice: &NewPractice) -> Result<()> {
        self.found_practice(practice)
    }

    fn add_staff(&mut self, staff: &NewStaff) -> Result<()> {
        let (keys, id) = (self.keys()?, staff.id.uuid());
        let hash = keys.index().hash(Scope::STAFF_EMAIL, &normalise::email(staff.email.expose()));
        let added = diesel::insert_into(staff_user::table)
            .values((
                staff_user::tenant_id.eq(self.tenant_id()),
                staff_user::id.eq(id),
                staff_user::email_hash.eq(hash.as_slice()),
                staff_user::email_enc.eq(keys.seal("staff_user", "email_enc", id, staff.email.expose())?),
                staff_user::full_name.eq(&staff.full_name),
                staff_user::title.eq(&staff.title),
                staff_user::role.eq(staff.role.code()),
                staff_user::password_hash.eq(&staff.password_hash),
                staff_user::password_stands_alone.eq(true),
                staff_user::created_at.eq(self.now),
            ))
            .on_conflict((staff_user::tenant_id, staff_user::email_hash))
            .do_nothing()
            .execute(self.conn)
            .map_err(unavailable)?;
        require_added(added, "/email")?;
        self.trail.subject(Subject::Staff(staff.id));
        self.trail.subject(Subject::Role(staff.role));
        self.join_default_teams(staff.id, staff.role)
    }

    fn add_patient(&mut self, new: &NewPatient) -> Result<()> {
        let (keys, id) = (self.keys()?, new.id.uuid());
        let hash = keys.index().hash(Scope::PATIENT_MRN, &normalise::mrn(new.mrn.expose()));
        let seal = |column, text: &Phi| keys.seal("patient", column, id, text.expose());
        let seal_some = |column, text: &Option<Phi>| text.as_ref().map(|text| seal(column, text)).transpose();
        let added = diesel::insert_into(patient::table)
            .values((
                patient::tenant_id.eq(self.tenant_id()),
                patient::id.eq(id),
                patient::mrn_hash.eq(hash.as_slice()),
                patient::mrn_enc.eq(seal("mrn_enc", &new.mrn)?),
                patient::name_enc.eq(seal("name_enc", &new.full_name)?),
                patient::birth_date_enc.eq(seal_some("birth_date_enc", &new.birth_date)?),
                patient::phone_enc.eq(seal_some("phone_enc", &new.phone)?),
                patient::email_enc.eq(seal_some("email_enc", &new.email)?),
                patient::language.eq(&new.language),
                patient::created_at.eq(self.now),
            ))
            .on_conflict((patient::tenant_id, patient::mrn_hash))
            .do_nothing()
            .execute(self.conn)
            .map_err(unavailable)?;
        require_added(added, "/mrn")?;
        self.trail.patient(new.id);
        let text = |text: &Option<Phi>| text.as_ref().map(|text| text.expose().to_owned());
        let (email, phone, birth_date) = (text(&new.email), text(&new.phone), text(&new.birth_date));
        self.index_patient(id, email.as_deref(), phone.as_deref(), birth_date.as_deref())?;
        self.index_patient_name(id, &new.full_name)
    }

    fn add_account(&mut self, account: &NewAccount) -> Result<()> {
        let (keys, id) = (self.keys()?, account.id.uuid());
        let hash = keys.index().hash(Scope::PORTAL_EMAIL, &normalise::email(account.email.expose()));
        let seal = |column, text: &Phi| keys.seal("portal_account", column, id, text.expose());
        let added = diesel::insert_into(portal_account::table)
            .values((
                portal_account::tenant_id.eq(self.tenant_id()),
                portal_account::id.eq(id),
                portal_account::email_hash.eq(hash.as_slice()),
                portal_account::email_enc.eq(seal("email_enc", &account.email)?),
                portal_account::full_name_enc.eq(seal("full_name_enc", &account.full_name)?),
                portal_account::language.eq(&account.language),
                portal_account::password_hash.eq(&account.password_hash),
                portal_account::password_stands_alone.eq(true),
                portal_account::created_at.eq(self.now),
            ))
            .on_conflict((portal_account::tenant_id, portal_account::email_hash))
            .do_nothing()
            .execute(self.conn)
            .map_err(unavailable)?;
        require_added(added, "/email")?;
        self.trail.subject(Subject::Account(account.id));
        Ok(())
    }

    fn grant(&mut self, account: AccountId, grant: &Grant) -> Result<()> {
        let terms = (
            patient_access::relationship.eq(grant.relationship.code()),
            patient_access::scope.eq(grant.scope.code()),
            patient_access::expires_at.eq(grant.expires_at),
            patient_access::ended_at.eq(None::<Moment>),
        );
        diesel::insert_into(patient_access::table)
            .values((
                patient_access::tenant_id.eq(self.tenant_id()),
                patient_access::account_id.eq(account.uuid()),
                patient_access::patient_id.eq(grant.patient.uuid()),
                patient_access::created_at.eq(self.now),
                terms,
            ))
            .on_conflict((patient_access::tenant_id, patient_access::account_id, patient_access::patient_id))
            .do_update()
            .set(terms)
            .execute(self.conn)
            .map_err(|error| {
                if is_foreign_key_violation(&error) { Error::PatientNotFound } else { unavailable(error) }
            })?;
        self.trail.patient(grant.patient);
        self.trail.subject(Subject::Account(account));
        Ok(())
    }

    fn read_up_to(&mut self, reader: Recipient, thread: ThreadId, to: Seq, at: Moment) -> Result<()> {
        let (kind, id) = person(reader);
        let place = (read_cursor::seq.eq(to.0), read_cursor::read_at.eq(at));
        let moved = diesel::insert_into(read_cursor::table)
            .values((
                read_cursor::tenant_id.eq(self.tenant_id()),
                read_cursor::thread_id.eq(thread.uuid()),
                read_cursor::reader_kind.eq(kind),
                read_cursor::reader_id.eq(id),
                place,
            ))
            .on_conflict((
                read_cursor::tenant_id,
                read_cursor::thread_id,
                read_cursor::reader_kind,
                read_cursor::reader_id,
            ))
            .do_update()
            .set(place);
        diesel::query_dsl::methods::FilterDsl::filter(moved, read_cursor::seq.lt(to.0))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.trail.thread(thread);
        match reader {
            Recipient::Staff(_) => self.mark_seen_by_staff(thread, to, at),
            Recipient::Account(_) => Ok(()),
        }
    }

    fn add_file(&mut self, file: &NewFile<'_>) -> Result<Blob> {
        self.bring_in_file(file)
    }
}

impl PgTransaction<'_> {
    pub(crate) fn join_default_teams(&mut self, staff: StaffId, role: Role) -> Result<()> {
        let names: Vec<&str> =
            DEFAULT_TEAMS.iter().filter(|team| team.roles.contains(&role)).map(|team| team.name).collect();
        let teams = team::table
            .filter(team::tenant_id.eq(self.tenant_id()))
            .filter(team::name.eq_any(names))
            .filter(team::retired_at.is_null())
            .select(team::id)
            .load::<Uuid>(self.conn)
            .map_err(unavailable)?;
        for team in teams {
            diesel::insert_into(team_member::table)
                .values((
                    team_member::tenant_id.eq(self.tenant_id()),
                    team_member::team_id.eq(team),
                    team_member::staff_id.eq(staff.uuid()),
                ))
                .execute(self.conn)
                .map_err(unavailable)?;
        }
        Ok(())
    }

    fn index_patient_name(&mut self, patient: Uuid, name: &Phi) -> Result<()> {
        let tenant = self.tenant_id();
        let tokens = self.keys()?.index().text_tokens(Scope::PATIENT_NAME, name.expose());
        let rows: Vec<_> = tokens
            .into_iter()
            .map(|token| {
                (
                    patient_search::tenant_id.eq(tenant),
                    patient_search::token.eq(token),
                    patient_search::patient_id.eq(patient),
                )
            })
            .collect();
        diesel::insert_into(patient_search::table).values(rows).execute(self.conn).map_err(unavailable)?;
        Ok(())
    }

    /// What one of the staff has read, staff have read.
    fn mark_seen_by_staff(&mut self, thread: ThreadId, to: Seq, at: Moment) -> Result<()> {
        diesel::update(thread::table)
            .filter(thread::tenant_id.eq(self.tenant_id()))
            .filter(thread::id.eq(thread.uuid()))
            .filter(thread::is_unread_by_staff)
            .filter(thread::last_patient_seq.le(to.0))
            .set((thread::is_unread_by_staff.eq(false), thread::seen_by_staff_at.eq(at)))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }
}

/// Refuses what a unique index kept out.
fn require_added(rows: usize, pointer: &'static str) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Error::field(pointer, FieldProblem::Invalid)) }
}
