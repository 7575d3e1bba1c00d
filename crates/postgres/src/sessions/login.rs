//! Finding whom an e-mail belongs to. The e-mail itself is sealed: its keyed hash is what is looked up, and all that
//! the portal's role is let see of accounts before one is signed in.

use crate::errors::unavailable;
use crate::schema::{portal_account, staff_user};
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::ports::{LoginRecord, SessionOwner};
use threadwell_crypto::Scope;
use threadwell_domain::{AccountId, StaffId};
use uuid::Uuid;

impl PgTransaction<'_> {
    pub(super) fn staff_login(&mut self, email: &str) -> Result<Option<LoginRecord>> {
        let hash = self.keys()?.index().hash(Scope::STAFF_EMAIL, email);
        let row = staff_user::table
            .filter(staff_user::tenant_id.eq(self.tenant_id()))
            .filter(staff_user::email_hash.eq(hash.as_slice()))
            .select((
                staff_user::id,
                staff_user::password_hash,
                staff_user::password_stands_alone,
                staff_user::is_active,
            ))
            .first::<(Uuid, Option<String>, bool, bool)>(self.conn)
            .optional()
            .map_err(unavailable)?;
        Ok(row.map(|(id, password_hash, password_stands_alone, is_active)| LoginRecord {
            owner: SessionOwner::Staff(StaffId::new(id)),
            // Nobody's password meets an empty hash: an invitation waits to be taken up.
            password_hash: password_hash.unwrap_or_default(),
            password_stands_alone,
            is_active,
        }))
    }

    pub(super) fn account_login(&mut self, email: &str) -> Result<Option<LoginRecord>> {
        let hash = self.keys()?.index().hash(Scope::PORTAL_EMAIL, email);
        let row = portal_account::table
            .filter(portal_account::tenant_id.eq(self.tenant_id()))
            .filter(portal_account::email_hash.eq(hash.as_slice()))
            .select((
                portal_account::id,
                portal_account::password_hash,
                portal_account::password_stands_alone,
                portal_account::is_active,
            ))
            .first::<(Uuid, String, bool, bool)>(self.conn)
            .optional()
            .map_err(unavailable)?;
        Ok(row.map(|(id, password_hash, password_stands_alone, is_active)| LoginRecord {
            owner: SessionOwner::Account { account: AccountId::new(id), acting_for: None },
            password_hash,
            password_stands_alone,
            is_active,
        }))
    }
}
