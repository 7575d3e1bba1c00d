//! Prepared answers. Every version that ever was is kept; what is taken out of use stays as a row.

use crate::errors::{corrupt, unavailable};
use crate::schema::{canned_response, canned_response_version, staff_user};
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::access::Subject;
use threadwell_application::ports::{CannedFilter, CannedResponseView, CannedResponses, CannedVersion};
use threadwell_domain::canned_response::CannedText;
use threadwell_domain::thread::Category;
use threadwell_domain::{CannedResponseId, Moment};
use uuid::Uuid;

type Row = (Uuid, String, i16, String, bool, Moment, i32);

const COLUMNS: (
    canned_response::id,
    canned_response::title,
    canned_response::category,
    canned_response::response,
    canned_response::is_active,
    canned_response::updated_at,
    canned_response::version,
) = (
    canned_response::id,
    canned_response::title,
    canned_response::category,
    canned_response::response,
    canned_response::is_active,
    canned_response::updated_at,
    canned_response::version,
);

type VersionRow = (i32, String, i16, String, Moment, Option<String>);

impl CannedResponses for PgTransaction<'_> {
    fn list(&mut self, filter: &CannedFilter) -> Result<Vec<CannedResponseView>> {
        let rows = canned_response::table
            .filter(canned_response::tenant_id.eq(self.tenant_id()))
            .filter(canned_response::is_active)
            .order((canned_response::category, canned_response::title, canned_response::id))
            .select(COLUMNS)
            .load::<Row>(self.conn)
            .map_err(unavailable)?;
        let views = rows.into_iter().map(view).collect::<Result<Vec<_>>>()?;
        // A practice has dozens of them. Narrowing here gives Unicode's case rules, which the database's
        // locale does not have, and leaves nothing of a search text to be taken for a pattern.
        let needle = filter.search.as_deref().map(str::to_lowercase);
        let wanted = |view: &CannedResponseView| {
            filter.category.is_none_or(|category| view.category == category)
                && needle.as_deref().is_none_or(|needle| {
                    view.title.to_lowercase().contains(needle)
                        || view.response.to_lowercase().contains(needle)
                })
        };
        Ok(views.into_iter().filter(wanted).collect())
    }

    fn find(&mut self, id: CannedResponseId) -> Result<Option<CannedResponseView>> {
        canned_response::table
            .filter(canned_response::tenant_id.eq(self.tenant_id()))
            .filter(canned_response::id.eq(id.uuid()))
            .filter(canned_response::is_active)
            .select(COLUMNS)
            .first::<Row>(self.conn)
            .optional()
            .map_err(unavailable)?
            .map(view)
            .transpose()
    }

    fn add(&mut self, id: CannedResponseId, text: &CannedText) -> Result<()> {
        self.trail.subject(Subject::CannedResponse(id));
        let (tenant, now, author) = (self.tenant_id(), self.now, self.author());
        diesel::insert_into(canned_response::table)
            .values((
                canned_response::tenant_id.eq(tenant),
                canned_response::id.eq(id.uuid()),
                canned_response::title.eq(text.title.as_str()),
                canned_response::category.eq(text.category.code()),
                canned_response::response.eq(text.response.as_phi().expose()),
                canned_response::updated_at.eq(now),
                canned_response::updated_by.eq(author),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.keep_version(id, 1, text)
    }

    fn save(&mut self, id: CannedResponseId, text: &CannedText) -> Result<bool> {
        let (tenant, now, author) = (self.tenant_id(), self.now, self.author());
        let version = diesel::update(canned_response::table)
            .filter(canned_response::tenant_id.eq(tenant))
            .filter(canned_response::id.eq(id.uuid()))
            .filter(canned_response::is_active)
            .set((
                canned_response::title.eq(text.title.as_str()),
                canned_response::category.eq(text.category.code()),
                canned_response::response.eq(text.response.as_phi().expose()),
                canned_response::version.eq(canned_response::version + 1),
                canned_response::updated_at.eq(now),
                canned_response::updated_by.eq(author),
            ))
            .returning(canned_response::version)
            .get_result::<i32>(self.conn)
            .optional()
            .map_err(unavailable)?;
        match version {
            Some(version) => self.keep_version(id, version, text).map(|()| true),
            None => Ok(false),
        }
    }

    fn versions(&mut self, id: CannedResponseId) -> Result<Vec<CannedVersion>> {
        let tenant = self.tenant_id();
        let author = staff_user::tenant_id
            .eq(tenant)
            .and(staff_user::id.nullable().eq(canned_response_version::written_by));
        let rows: Vec<VersionRow> = canned_response_version::table
            .left_join(staff_user::table.on(author))
            .filter(canned_response_version::tenant_id.eq(tenant))
            .filter(canned_response_version::canned_response_id.eq(id.uuid()))
            .order(canned_response_version::version.desc())
            .select((
                canned_response_version::version,
                canned_response_version::title,
                canned_response_version::category,
                canned_response_version::response,
                canned_response_version::written_at,
                staff_user::full_name.nullable(),
            ))
            .load(self.conn)
            .map_err(unavailable)?;
        rows.into_iter()
            .map(|(version, title, category, response, written_at, written_by)| {
                let category = Category::from_code(category)
                    .ok_or_else(|| corrupt("canned_response_version", "category", id.uuid()))?;
                Ok(CannedVersion { version, title, category, response, written_at, written_by })
            })
            .collect()
    }

    fn retire(&mut self, id: CannedResponseId) -> Result<bool> {
        let (tenant, now, author) = (self.tenant_id(), self.now, self.author());
        let retired = diesel::update(canned_response::table)
            .filter(canned_response::tenant_id.eq(tenant))
            .filter(canned_response::id.eq(id.uuid()))
            .filter(canned_response::is_active)
            .set((
                canned_response::is_active.eq(false),
                canned_response::updated_at.eq(now),
                canned_response::updated_by.eq(author),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(retired == 1)
    }
}

impl PgTransaction<'_> {
    fn keep_version(&mut self, id: CannedResponseId, version: i32, text: &CannedText) -> Result<()> {
        let (tenant, now, author) = (self.tenant_id(), self.now, self.author());
        diesel::insert_into(canned_response_version::table)
            .values((
                canned_response_version::tenant_id.eq(tenant),
                canned_response_version::canned_response_id.eq(id.uuid()),
                canned_response_version::version.eq(version),
                canned_response_version::title.eq(text.title.as_str()),
                canned_response_version::category.eq(text.category.code()),
                canned_response_version::response.eq(text.response.as_phi().expose()),
                canned_response_version::written_at.eq(now),
                canned_response_version::written_by.eq(author),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }
}

fn view((id, title, category, response, is_active, updated_at, version): Row) -> Result<CannedResponseView> {
    let category = Category::from_code(category).ok_or_else(|| corrupt("canned_response", "category", id))?;
    let id = CannedResponseId::new(id);
    Ok(CannedResponseView { id, title, category, response, is_active, updated_at, version })
}
