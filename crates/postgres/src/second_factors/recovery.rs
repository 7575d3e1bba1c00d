//! Recovery codes, by their keyed hashes.

use super::named;
use crate::errors::unavailable;
use crate::schema::recovery_code;
use crate::transaction::PgTransaction;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use threadwell_application::Result;
use threadwell_application::ports::{FactorOwner, RecoveryCodes};
use uuid::Uuid;

/// The codes of somebody that are left; each kind of person has an index.
pub(super) fn left(
    tenant: Uuid,
    owner: FactorOwner,
) -> Box<dyn BoxableExpression<recovery_code::table, Pg, SqlType = Bool>> {
    let of_practice = recovery_code::tenant_id
        .eq(tenant)
        .and(recovery_code::used_at.is_null())
        .and(recovery_code::replaced_at.is_null());
    match owner {
        FactorOwner::Staff(id) => {
            Box::new(of_practice.and(recovery_code::staff_id.assume_not_null().eq(id.uuid())))
        }
        FactorOwner::Account(id) => {
            Box::new(of_practice.and(recovery_code::account_id.assume_not_null().eq(id.uuid())))
        }
    }
}

impl RecoveryCodes for PgTransaction<'_> {
    fn replace(&mut self, owner: FactorOwner, hashes: &[[u8; 32]]) -> Result<()> {
        self.reach(owner)?;
        let (kind, staff, account) = named(owner);
        diesel::update(recovery_code::table)
            .filter(left(self.tenant_id(), owner))
            .set(recovery_code::replaced_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        let rows: Vec<_> = hashes
            .iter()
            .map(|hash| {
                (
                    recovery_code::tenant_id.eq(self.tenant_id()),
                    recovery_code::code_hash.eq(hash.as_slice()),
                    recovery_code::owner_kind.eq(kind),
                    recovery_code::staff_id.eq(staff),
                    recovery_code::account_id.eq(account),
                    recovery_code::created_at.eq(self.now),
                )
            })
            .collect();
        diesel::insert_into(recovery_code::table).values(&rows).execute(self.conn).map_err(unavailable)?;
        Ok(())
    }

    /// The update itself decides: of two that come at once, the second finds the row used.
    fn use_up(&mut self, owner: FactorOwner, hash: &[u8; 32]) -> Result<bool> {
        self.reach(owner)?;
        let used = diesel::update(recovery_code::table)
            .filter(left(self.tenant_id(), owner))
            .filter(recovery_code::code_hash.eq(hash.as_slice()))
            .set(recovery_code::used_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(used == 1)
    }
}
