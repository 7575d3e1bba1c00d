//! What everybody may know of practices, and what the worker asks before it binds one.

use crate::admin::office_hours;
use crate::binding::INSTALLATION;
use crate::errors::{corrupt, unavailable};
use crate::outbox::work_code;
use crate::schema::{tenant, work_due};
use crate::store::PgStore;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::ports::{AnswerTime, PracticeFace, PracticePage, PracticeSummary, Work};
use threadwell_domain::practice::{Accent, TimeZone};
use threadwell_domain::thread::Category;
use threadwell_domain::{Moment, TenantId};
use uuid::Uuid;

#[derive(Queryable, Selectable)]
#[diesel(table_name = tenant, check_for_backend(diesel::pg::Pg))]
struct PageRow {
    id: Uuid,
    slug: String,
    name: String,
    phone: String,
    emergency_text: String,
    hours: String,
    after_hours_text: String,
    answer_times: Vec<String>,
    reopen_window_days: i32,
    accent: i16,
    business_hours: Vec<i16>,
    holidays: Vec<String>,
    time_zone: String,
    has_identity_check: bool,
    patients_may_invite: bool,
}

impl PgStore {
    pub(crate) fn list_practices(&self) -> Result<Vec<PracticeSummary>> {
        let mut conn = self.pools().lend_public()?;
        let rows = tenant::table
            .filter(tenant::id.ne(INSTALLATION.uuid()))
            .order((tenant::name, tenant::id))
            .select((tenant::id, tenant::slug, tenant::name))
            .load::<(Uuid, String, String)>(&mut conn)
            .map_err(unavailable)?;
        let summary = |(id, slug, name)| PracticeSummary { id: TenantId::new(id), slug, name };
        Ok(rows.into_iter().map(summary).collect())
    }

    pub(crate) fn find_practice_page(&self, slug: &str) -> Result<Option<PracticePage>> {
        // PostgreSQL refuses NUL in text; no practice has one in its code.
        if slug.contains('\0') {
            return Ok(None);
        }
        let mut conn = self.pools().lend_public()?;
        let row: Option<PageRow> = tenant::table
            .filter(tenant::slug.eq(slug))
            .filter(tenant::id.ne(INSTALLATION.uuid()))
            .select(PageRow::as_select())
            .first(&mut conn)
            .optional()
            .map_err(unavailable)?;
        row.map(PageRow::page).transpose()
    }

    pub(crate) fn find_practices_with_due_work(&self, work: Work, now: Moment) -> Result<Vec<TenantId>> {
        let mut conn = self.pools().lend_worker()?;
        let rows = work_due::table
            .filter(work_due::kind.eq(work_code(work)))
            .filter(work_due::due_at.le(now))
            .order((work_due::due_at, work_due::tenant_id))
            .select(work_due::tenant_id)
            .load::<Uuid>(&mut conn)
            .map_err(unavailable)?;
        Ok(rows.into_iter().map(TenantId::new).collect())
    }
}

impl PageRow {
    fn page(self) -> Result<PracticePage> {
        let corrupt = |column| corrupt("tenant", column, self.id);
        let face = PracticeFace {
            accent: Accent::from_code(self.accent).ok_or_else(|| corrupt("accent"))?,
            office_hours: office_hours(&self.business_hours, &self.holidays)
                .ok_or_else(|| corrupt("business_hours"))?,
            time_zone: TimeZone::parse(&self.time_zone).ok_or_else(|| corrupt("time_zone"))?,
            has_identity_check: self.has_identity_check,
            patients_may_invite: self.patients_may_invite,
        };
        let texts = self.answer_times.into_iter();
        let answer_times = Category::ALL
            .into_iter()
            .zip(texts)
            .filter(|(_, text)| !text.is_empty())
            .map(|(category, text)| AnswerTime { category, text })
            .collect();
        Ok(PracticePage {
            summary: PracticeSummary { id: TenantId::new(self.id), slug: self.slug, name: self.name },
            phone: self.phone,
            emergency_text: self.emergency_text,
            hours: self.hours,
            after_hours_text: self.after_hours_text,
            answer_times,
            reopen_window_days: self.reopen_window_days,
            face,
        })
    }
}
