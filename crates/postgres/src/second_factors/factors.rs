//! Factors as such, and sources of one-time codes.

use super::recovery::left;
use super::{ONE_TIME_CODE, PASSKEY, TABLE, named};
use crate::errors::{corrupt, unavailable};
use crate::schema::{recovery_code, second_factor, tenant};
use crate::transaction::PgTransaction;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use threadwell_application::Result;
use threadwell_application::access::Subject;
use threadwell_application::ports::{
    FactorKind, FactorOwner, FactorStanding, FactorView, OneTimeSource, SecondFactors, SecretText,
};
use threadwell_domain::{Moment, Phi};
use uuid::Uuid;

type ViewRow = (Uuid, i16, Vec<u8>, Moment, Option<Moment>);

/// The factors of somebody that were not removed; each kind of person has an index.
pub(super) fn held(
    tenant: Uuid,
    owner: FactorOwner,
) -> Box<dyn BoxableExpression<second_factor::table, Pg, SqlType = Bool>> {
    let of_practice = second_factor::tenant_id.eq(tenant).and(second_factor::removed_at.is_null());
    match owner {
        FactorOwner::Staff(id) => {
            Box::new(of_practice.and(second_factor::staff_id.assume_not_null().eq(id.uuid())))
        }
        FactorOwner::Account(id) => {
            Box::new(of_practice.and(second_factor::account_id.assume_not_null().eq(id.uuid())))
        }
    }
}

impl SecondFactors for PgTransaction<'_> {
    fn standing(&mut self, owner: FactorOwner) -> Result<FactorStanding> {
        self.reach(owner)?;
        let kinds = second_factor::table
            .filter(held(self.tenant_id(), owner))
            .filter(second_factor::confirmed_at.is_not_null())
            .select(second_factor::kind)
            .load::<i16>(self.conn)
            .map_err(unavailable)?;
        let codes = recovery_code::table
            .filter(left(self.tenant_id(), owner))
            .count()
            .get_result::<i64>(self.conn)
            .map_err(unavailable)?;
        let count = |kind| kinds.iter().filter(|found| **found == kind).count();
        Ok(FactorStanding {
            one_time_codes: count(ONE_TIME_CODE),
            passkeys: count(PASSKEY),
            recovery_codes: usize::try_from(codes).unwrap_or_default(),
            is_demanded: self.is_factor_demanded(owner)?,
        })
    }

    fn list(&mut self, owner: FactorOwner) -> Result<Vec<FactorView>> {
        self.reach(owner)?;
        let rows = second_factor::table
            .filter(held(self.tenant_id(), owner))
            .filter(second_factor::confirmed_at.is_not_null())
            .order(second_factor::id)
            .select((
                second_factor::id,
                second_factor::kind,
                second_factor::name_enc,
                second_factor::created_at,
                second_factor::last_used_at,
            ))
            .load::<ViewRow>(self.conn)
            .map_err(unavailable)?;
        rows.into_iter().map(|row| self.view(row)).collect()
    }

    fn lock(&mut self, owner: FactorOwner) -> Result<()> {
        self.reach(owner)?;
        self.lock_person(owner)
    }

    fn add_one_time(&mut self, owner: FactorOwner, name: &Phi, secret: &SecretText) -> Result<Uuid> {
        self.drop_unconfirmed(owner)?;
        let id = self.new_id();
        self.trail.subject(owner);
        self.trail.subject(Subject::Factor(id));
        let (kind, staff, account) = named(owner);
        diesel::insert_into(second_factor::table)
            .values((
                second_factor::tenant_id.eq(self.tenant_id()),
                second_factor::id.eq(id),
                second_factor::owner_kind.eq(kind),
                second_factor::staff_id.eq(staff),
                second_factor::account_id.eq(account),
                second_factor::kind.eq(ONE_TIME_CODE),
                second_factor::name_enc.eq(self.keys()?.seal(TABLE, "name_enc", id, name.expose())?),
                second_factor::secret_enc.eq(self.seal_secret(owner, id, secret.expose())?),
                second_factor::created_at.eq(self.now),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(id)
    }

    fn one_time_sources(&mut self, owner: FactorOwner) -> Result<Vec<OneTimeSource>> {
        self.reach(owner)?;
        let rows = second_factor::table
            .filter(held(self.tenant_id(), owner))
            .filter(second_factor::kind.eq(ONE_TIME_CODE))
            .order(second_factor::id)
            .select((
                second_factor::id,
                second_factor::secret_enc,
                second_factor::last_step,
                second_factor::confirmed_at,
            ))
            .for_no_key_update()
            .load::<(Uuid, Vec<u8>, Option<i64>, Option<Moment>)>(self.conn)
            .map_err(unavailable)?;
        rows.into_iter()
            .map(|(id, sealed, newest_step, confirmed_at)| {
                let secret = self.open_secret(owner, id, &sealed)?;
                Ok(OneTimeSource { id, secret, newest_step, is_confirmed: confirmed_at.is_some() })
            })
            .collect()
    }

    fn take_step(&mut self, id: Uuid, step: i64) -> Result<()> {
        self.confirm(id)?;
        diesel::update(second_factor::table)
            .filter(second_factor::tenant_id.eq(self.tenant_id()))
            .filter(second_factor::id.eq(id))
            .set((second_factor::last_step.eq(step), second_factor::last_used_at.eq(self.now)))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    fn rename(&mut self, owner: FactorOwner, id: Uuid, name: &Phi) -> Result<bool> {
        let sealed = self.keys()?.seal(TABLE, "name_enc", id, name.expose())?;
        let renamed = diesel::update(second_factor::table)
            .filter(held(self.tenant_id(), owner))
            .filter(second_factor::id.eq(id))
            .set(second_factor::name_enc.eq(sealed))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(renamed == 1)
    }

    fn remove(&mut self, owner: FactorOwner, id: Uuid) -> Result<bool> {
        let removed = diesel::update(second_factor::table)
            .filter(held(self.tenant_id(), owner))
            .filter(second_factor::id.eq(id))
            .set(second_factor::removed_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(removed == 1)
    }
}

impl PgTransaction<'_> {
    /// Whether the practice demands a factor: of its staff it may, of patients never.
    fn is_factor_demanded(&mut self, owner: FactorOwner) -> Result<bool> {
        if matches!(owner, FactorOwner::Account(_)) {
            return Ok(false);
        }
        tenant::table
            .filter(tenant::id.eq(self.tenant_id()))
            .select(tenant::staff_need_second_factor)
            .first(self.conn)
            .map_err(unavailable)
    }

    fn view(&self, (id, kind, name, created_at, last_used_at): ViewRow) -> Result<FactorView> {
        let kind = match kind {
            ONE_TIME_CODE => FactorKind::OneTimeCode,
            PASSKEY => FactorKind::Passkey,
            _ => return Err(corrupt(TABLE, "kind", id)),
        };
        let name = self.keys()?.open(TABLE, "name_enc", id, &name);
        Ok(FactorView { id, kind, name, created_at, last_used_at })
    }

    fn drop_unconfirmed(&mut self, owner: FactorOwner) -> Result<()> {
        diesel::update(second_factor::table)
            .filter(held(self.tenant_id(), owner))
            .filter(second_factor::confirmed_at.is_null())
            .set(second_factor::removed_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    fn confirm(&mut self, id: Uuid) -> Result<()> {
        self.trail.subject(Subject::Factor(id));
        diesel::update(second_factor::table)
            .filter(second_factor::tenant_id.eq(self.tenant_id()))
            .filter(second_factor::id.eq(id))
            .filter(second_factor::confirmed_at.is_null())
            .set(second_factor::confirmed_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }
}
