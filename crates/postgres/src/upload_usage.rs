//! The day's quotas. A row is changed under its own lock alone, and only as far as the limit: uploads that race do not
//! get past it together.

use crate::errors::unavailable;
use crate::schema::upload_usage;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use chrono::NaiveTime;
use diesel::prelude::*;
use threadwell_application::ports::UploadUsage;
use threadwell_application::{Error, Result};
use threadwell_domain::Moment;
use threadwell_domain::attachment::UploadLimits;
use uuid::Uuid;

const PRACTICE: i16 = 0;
const STAFF: i16 = 1;
const ACCOUNT: i16 = 2;

/// Whose quota, as rows name it.
pub(crate) type Owner = (i16, Uuid);

impl UploadUsage for PgTransaction<'_> {
    fn count(&mut self, bytes: u64, limits: &UploadLimits) -> Result<bool> {
        let [practice, person] = self.owners()?;
        for (owner, limit) in [(practice, limits.practice_bytes_a_day), (person, limits.person_bytes_a_day)] {
            if bytes > limit || !self.add(owner, bytes, limit)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn uncount(&mut self, bytes: u64, counted_at: Moment) -> Result<()> {
        let owners = self.owners()?;
        self.give_back(owners, signed(bytes)?, counted_at)
    }
}

impl PgTransaction<'_> {
    /// Takes back what was counted for an upload of a person at a time.
    pub(crate) fn give_back(&mut self, owners: [Owner; 2], bytes: i64, counted_at: Moment) -> Result<()> {
        for (kind, id) in owners {
            diesel::update(upload_usage::table)
                .filter(upload_usage::tenant_id.eq(self.tenant_id()))
                .filter(upload_usage::day.eq(day_of(counted_at)))
                .filter(upload_usage::owner_kind.eq(kind))
                .filter(upload_usage::owner_id.eq(id))
                .set(upload_usage::bytes.eq(upload_usage::bytes - bytes))
                .execute(self.conn)
                .map_err(unavailable)?;
        }
        Ok(())
    }

    /// The practice and a person, in the order in which their rows are locked.
    pub(crate) fn owners_of(&self, staff: Option<Uuid>, account: Option<Uuid>) -> Result<[Owner; 2]> {
        let person = match (staff, account) {
            (Some(staff), _) => (STAFF, staff),
            (None, Some(account)) => (ACCOUNT, account),
            (None, None) => return Err(Error::Denied),
        };
        Ok([(PRACTICE, self.tenant_id()), person])
    }

    fn owners(&self) -> Result<[Owner; 2]> {
        let uploader = self.uploader()?;
        self.owners_of(uploader.staff, uploader.account)
    }

    fn add(&mut self, (kind, id): Owner, bytes: u64, limit: u64) -> Result<bool> {
        let added = Statement::<()>::new(
            "INSERT INTO upload_usage AS u (tenant_id, day, owner_kind, owner_id, bytes) VALUES (",
        )
        .uuid(self.tenant_id())
        .sql(", ")
        .moment(day_of(self.now))
        .sql(", ")
        .code(kind)
        .sql(", ")
        .uuid(id)
        .sql(", ")
        .big_int(signed(bytes)?)
        .sql(
            ") ON CONFLICT (tenant_id, day, owner_kind, owner_id) DO UPDATE SET bytes = u.bytes + excluded.bytes \
             WHERE u.bytes + excluded.bytes <= ",
        )
        .big_int(signed(limit)?)
        .execute(self.conn)
        .map_err(unavailable)?;
        Ok(added == 1)
    }
}

fn signed(bytes: u64) -> Result<i64> {
    i64::try_from(bytes).map_err(Error::unavailable)
}

/// Midnight before, in UTC.
fn day_of(at: Moment) -> Moment {
    at.date_naive().and_time(NaiveTime::MIN).and_utc()
}
