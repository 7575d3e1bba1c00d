//! What proofs mean for sessions.

use crate::errors::unavailable;
use crate::schema::{portal_account, session, staff_user};
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::access::SignInMethod;
use threadwell_application::ports::{FactorOwner, SecretText, SessionProofs};
use threadwell_domain::SessionId;

impl SessionProofs for PgTransaction<'_> {
    fn stepped_up(&mut self, id: SessionId, by: Option<SignInMethod>) -> Result<()> {
        diesel::update(session::table)
            .filter(session::tenant_id.eq(self.tenant_id()))
            .filter(session::id.eq(id.uuid()))
            .filter(session::owner_kind.eq(self.owner_kind()))
            .set((session::stepped_up_at.eq(self.now), by.map(|method| session::method.eq(method.code()))))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    fn password_hash(&mut self, owner: FactorOwner) -> Result<Option<SecretText>> {
        let hash = match owner {
            FactorOwner::Staff(id) => staff_user::table
                .filter(staff_user::tenant_id.eq(self.tenant_id()))
                .filter(staff_user::id.eq(id.uuid()))
                .select(staff_user::password_hash)
                .first::<Option<String>>(self.conn)
                .optional()
                .map_err(unavailable)?
                .flatten(),
            FactorOwner::Account(id) => portal_account::table
                .filter(portal_account::tenant_id.eq(self.tenant_id()))
                .filter(portal_account::id.eq(id.uuid()))
                .select(portal_account::password_hash)
                .first::<String>(self.conn)
                .optional()
                .map_err(unavailable)?,
        };
        Ok(hash.map(SecretText::new))
    }
}
