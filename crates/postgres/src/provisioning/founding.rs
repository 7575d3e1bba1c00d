//! Founding a practice: its row, its keys, and what every practice starts with.

use super::require_added;
use crate::admin::{holiday_texts, triples};
use crate::binding::{INSTALLATION, bind_tenant};
use crate::errors::{unavailable, unsealable};
use crate::keys::TenantKeys;
use crate::outbox::work_code;
use crate::schema::{role_scope, search_index, team, tenant, tenant_key, work_due};
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as Diesel};
use std::sync::Arc;
use threadwell_application::ports::{
    AutoReplies, CannedResponses, KeyPlace, NewPractice, PracticePage, TenantKeyMaterial, Work,
};
use threadwell_application::{Error, FieldProblem, Result};
use threadwell_crypto::{Purpose, TenantKey};
use threadwell_domain::access::Role;
use threadwell_domain::canned_response::{CannedText, CannedTitle, DEFAULT_CANNED_RESPONSES};
use threadwell_domain::message::MessageBody;
use threadwell_domain::practice::{DEFAULT_AUTO_REPLIES, DEFAULT_TEAMS};
use threadwell_domain::thread::Category;
use threadwell_domain::{CannedResponseId, TenantId};
use uuid::Uuid;

/// Practices begin with the first version of every key.
const FIRST_VERSION: u16 = 1;

impl PgTransaction<'_> {
    pub(super) fn found_practice(&mut self, practice: &NewPractice) -> Result<()> {
        self.add_tenant(practice)?;
        self.ensure_installation_keys()?;
        let keys = self.add_keys(self.tenant)?;
        // Held by this transaction alone: the cache learns of them from a later one, when they are there to stay.
        self.tenant_keys = Some(Arc::new(TenantKeys::new(self.tenant, keys)?));
        self.add_role_scopes()?;
        self.add_default_teams()?;
        for (category, text) in DEFAULT_AUTO_REPLIES {
            self.put(category, Some(&default_text(text)?), true)?;
        }
        for (title, category, text) in DEFAULT_CANNED_RESPONSES {
            let id = CannedResponseId::new(self.new_id());
            let title = CannedTitle::parse(title).map_err(Error::unavailable)?;
            CannedResponses::add(self, id, &CannedText { title, category, response: default_text(text)? })?;
        }
        self.add_due_work()
    }

    fn add_tenant(&mut self, practice: &NewPractice) -> Result<()> {
        let page = &practice.page;
        let added = diesel::insert_into(tenant::table)
            .values((
                tenant::id.eq(self.tenant_id()),
                tenant::slug.eq(&page.summary.slug),
                tenant::name.eq(&page.summary.name),
                tenant::phone.eq(&page.phone),
                tenant::emergency_text.eq(&page.emergency_text),
                tenant::hours.eq(&page.hours),
                tenant::after_hours_text.eq(&page.after_hours_text),
                tenant::answer_times.eq(answer_times(page)),
                tenant::reopen_window_days.eq(page.reopen_window_days),
                tenant::time_zone.eq(&practice.time_zone),
                tenant::staff_need_second_factor.eq(practice.needs_second_factor),
                (
                    tenant::accent.eq(page.face.accent.code()),
                    tenant::business_hours.eq(triples(&page.face.office_hours)),
                    tenant::holidays.eq(holiday_texts(&page.face.office_hours)),
                ),
                tenant::created_at.eq(self.now),
            ))
            .on_conflict_do_nothing()
            .execute(self.conn)
            .map_err(refused_practice)?;
        require_added(added, "/slug")
    }

    /// The installation's own keys come with its first practice: whoever founds one has the owner's rights.
    fn ensure_installation_keys(&mut self) -> Result<()> {
        bind_tenant(self.conn, INSTALLATION).map_err(unavailable)?;
        let known = tenant_key::table
            .filter(tenant_key::tenant_id.eq(INSTALLATION.uuid()))
            .count()
            .get_result::<i64>(self.conn)
            .map_err(unavailable)?;
        if known == 0 {
            self.add_keys(INSTALLATION)?;
        }
        bind_tenant(self.conn, self.tenant).map_err(unavailable)
    }

    /// Draws a key for every purpose and keeps it wrapped. Where another transaction was first, its keys stand.
    fn add_keys(&mut self, owner: TenantId) -> Result<Vec<TenantKey>> {
        let mut keys = Vec::with_capacity(Purpose::ALL.len());
        for purpose in Purpose::ALL {
            let key = TenantKey::generate(owner.uuid(), purpose, FIRST_VERSION).map_err(unsealable)?;
            let version = i16::try_from(FIRST_VERSION).map_err(Error::unavailable)?;
            let place = KeyPlace { tenant: owner, purpose: purpose.code(), version };
            let material = TenantKeyMaterial(*key.material());
            let wrapped = self.keyrings.provider().wrap(place, &material).map_err(Error::unavailable)?;
            diesel::insert_into(tenant_key::table)
                .values((
                    tenant_key::tenant_id.eq(owner.uuid()),
                    tenant_key::purpose.eq(place.purpose),
                    tenant_key::version.eq(version),
                    tenant_key::wrapped.eq(wrapped),
                    tenant_key::created_at.eq(self.now),
                ))
                .on_conflict_do_nothing()
                .execute(self.conn)
                .map_err(unavailable)?;
            keys.push(key);
        }
        Ok(keys)
    }

    fn add_role_scopes(&mut self) -> Result<()> {
        let tenant = self.tenant_id();
        let rows: Vec<_> = Role::ALL
            .into_iter()
            .map(|role| {
                (
                    role_scope::tenant_id.eq(tenant),
                    role_scope::role.eq(role.code()),
                    role_scope::categories.eq(role.default_categories().bits()),
                )
            })
            .collect();
        diesel::insert_into(role_scope::table).values(rows).execute(self.conn).map_err(unavailable)?;
        Ok(())
    }

    fn add_default_teams(&mut self) -> Result<()> {
        for default in DEFAULT_TEAMS {
            diesel::insert_into(team::table)
                .values((
                    team::tenant_id.eq(self.tenant_id()),
                    team::id.eq(self.new_id()),
                    team::name.eq(default.name),
                    team::categories.eq(default.categories.bits()),
                    team::created_at.eq(self.now),
                ))
                .execute(self.conn)
                .map_err(unavailable)?;
        }
        Ok(())
    }

    fn add_due_work(&mut self) -> Result<()> {
        diesel::insert_into(search_index::table)
            .values((
                search_index::tenant_id.eq(self.tenant_id()),
                search_index::is_complete.eq(true),
                search_index::patients_up_to.eq(Uuid::max()),
                search_index::changed_at.eq(self.now),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        let rows = [Work::Outbox, Work::Files, Work::Search].map(|work| {
            (
                work_due::tenant_id.eq(self.tenant_id()),
                work_due::kind.eq(work_code(work)),
                work_due::due_at.eq(self.now),
            )
        });
        diesel::insert_into(work_due::table).values(&rows).execute(self.conn).map_err(unavailable)?;
        Ok(())
    }
}

/// The texts in the order of the categories' codes, empty where there is none.
fn answer_times(page: &PracticePage) -> Vec<&str> {
    let text_for = |category: Category| {
        page.answer_times.iter().find(|time| time.category == category).map_or("", |time| time.text.as_str())
    };
    Category::ALL.into_iter().map(text_for).collect()
}

fn default_text(text: &str) -> Result<MessageBody> {
    MessageBody::parse(text).map_err(Error::unavailable)
}

/// A public code that cannot be one is the caller's mistake, not the database's.
fn refused_practice(error: Diesel) -> Error {
    match &error {
        Diesel::DatabaseError(DatabaseErrorKind::CheckViolation, facts)
            if facts.constraint_name() == Some("tenant_slug_check") =>
        {
            Error::field("/slug", FieldProblem::Invalid)
        }
        _ => unavailable(error),
    }
}
