//! Passwords and addresses of both identities.

use crate::binding::{bind_account, bind_login};
use crate::errors::{is_unique_violation, unavailable};
use crate::schema::{portal_account, second_factor, staff_user};
use crate::transaction::PgTransaction;
use diesel::dsl::{exists, select};
use diesel::prelude::*;
use threadwell_application::access::{Audience, Subject};
use threadwell_application::ports::{CredentialRecord, Credentials, Recipient};
use threadwell_application::{Error, Result};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::{AccountId, Phi, StaffId};
use uuid::Uuid;

impl Credentials for PgTransaction<'_> {
    fn credentials_of(&mut self, person: Recipient) -> Result<Option<CredentialRecord>> {
        match person {
            Recipient::Staff(id) => self.staff_credentials(id),
            Recipient::Account(id) => self.account_credentials(id),
        }
    }

    fn person_at(&mut self, email: &Phi) -> Result<Option<Recipient>> {
        let email = normalise::email(email.expose());
        match self.audience() {
            Some(Audience::Staff) => self.staff_at(&email),
            Some(Audience::Portal) => self.account_at(&email),
            None => Err(Error::Denied),
        }
    }

    fn set_password(&mut self, person: Recipient, hash: &str, stands_alone: bool) -> Result<()> {
        self.trail.subject(person);
        let changed = match person {
            Recipient::Staff(id) => diesel::update(staff_user::table)
                .filter(staff_user::tenant_id.eq(self.tenant_id()))
                .filter(staff_user::id.eq(id.uuid()))
                .set((staff_user::password_hash.eq(hash), staff_user::password_stands_alone.eq(stands_alone)))
                .execute(self.conn),
            Recipient::Account(id) => diesel::update(portal_account::table)
                .filter(portal_account::tenant_id.eq(self.tenant_id()))
                .filter(portal_account::id.eq(id.uuid()))
                .set((
                    portal_account::password_hash.eq(hash),
                    portal_account::password_stands_alone.eq(stands_alone),
                ))
                .execute(self.conn),
        };
        changed.map(drop).map_err(unavailable)
    }

    fn set_email(&mut self, account: AccountId, email: &Phi) -> Result<bool> {
        self.trail.subject(Subject::Account(account));
        let (keys, id) = (self.keys()?, account.uuid());
        let hash = keys.index().hash(Scope::PORTAL_EMAIL, &normalise::email(email.expose()));
        let sealed = keys.seal("portal_account", "email_enc", id, email.expose())?;
        let changed = diesel::update(portal_account::table)
            .filter(portal_account::tenant_id.eq(self.tenant_id()))
            .filter(portal_account::id.eq(id))
            .set((portal_account::email_hash.eq(hash.as_slice()), portal_account::email_enc.eq(sealed)))
            .execute(self.conn);
        match changed {
            Ok(rows) => Ok(rows == 1),
            Err(error) if is_unique_violation(&error) => Ok(false),
            Err(error) => Err(unavailable(error)),
        }
    }
}

impl PgTransaction<'_> {
    fn staff_credentials(&mut self, id: StaffId) -> Result<Option<CredentialRecord>> {
        let tenant = self.tenant_id();
        let row = staff_user::table
            .filter(staff_user::tenant_id.eq(tenant))
            .filter(staff_user::id.eq(id.uuid()))
            .select((
                staff_user::email_enc,
                staff_user::password_hash,
                staff_user::password_stands_alone,
                staff_user::is_active,
            ))
            .first::<(Vec<u8>, Option<String>, bool, bool)>(self.conn)
            .optional()
            .map_err(unavailable)?;
        let Some((email, password_hash, password_stands_alone, is_active)) = row else { return Ok(None) };
        let confirmed = second_factor::table
            .filter(second_factor::tenant_id.eq(tenant))
            .filter(second_factor::staff_id.eq(id.uuid()))
            .filter(second_factor::confirmed_at.is_not_null())
            .filter(second_factor::removed_at.is_null());
        let has_second_factor = select(exists(confirmed)).get_result(self.conn).map_err(unavailable)?;
        let email = self.keys()?.open("staff_user", "email_enc", id.uuid(), &email);
        let person = Recipient::Staff(id);
        Ok(Some(CredentialRecord {
            person,
            email,
            password_hash,
            password_stands_alone,
            is_active,
            has_second_factor,
        }))
    }

    fn account_credentials(&mut self, id: AccountId) -> Result<Option<CredentialRecord>> {
        bind_account(self.conn, id).map_err(unavailable)?;
        let row = portal_account::table
            .filter(portal_account::tenant_id.eq(self.tenant_id()))
            .filter(portal_account::id.eq(id.uuid()))
            .select((
                portal_account::email_enc,
                portal_account::password_hash,
                portal_account::password_stands_alone,
                portal_account::is_active,
            ))
            .first::<(Vec<u8>, String, bool, bool)>(self.conn)
            .optional()
            .map_err(unavailable)?;
        let Some((email, password_hash, password_stands_alone, is_active)) = row else { return Ok(None) };
        let confirmed = second_factor::table
            .filter(second_factor::tenant_id.eq(self.tenant_id()))
            .filter(second_factor::account_id.eq(id.uuid()))
            .filter(second_factor::confirmed_at.is_not_null())
            .filter(second_factor::removed_at.is_null());
        let has_second_factor = select(exists(confirmed)).get_result(self.conn).map_err(unavailable)?;
        let email = self.keys()?.open("portal_account", "email_enc", id.uuid(), &email);
        let (person, password_hash) = (Recipient::Account(id), Some(password_hash));
        Ok(Some(CredentialRecord {
            person,
            email,
            password_hash,
            password_stands_alone,
            is_active,
            has_second_factor,
        }))
    }

    fn staff_at(&mut self, email: &str) -> Result<Option<Recipient>> {
        let hash = self.keys()?.index().hash(Scope::STAFF_EMAIL, email);
        let found = staff_user::table
            .filter(staff_user::tenant_id.eq(self.tenant_id()))
            .filter(staff_user::email_hash.eq(hash.as_slice()))
            .select(staff_user::id)
            .first::<Uuid>(self.conn)
            .optional()
            .map_err(unavailable)?;
        Ok(found.map(|id| Recipient::Staff(StaffId::new(id))))
    }

    fn account_at(&mut self, email: &str) -> Result<Option<Recipient>> {
        let hash = self.keys()?.index().hash(Scope::PORTAL_EMAIL, email);
        bind_login(self.conn, &hash).map_err(unavailable)?;
        let found = portal_account::table
            .filter(portal_account::tenant_id.eq(self.tenant_id()))
            .filter(portal_account::email_hash.eq(hash.as_slice()))
            .select(portal_account::id)
            .first::<Uuid>(self.conn)
            .optional()
            .map_err(unavailable)?;
        Ok(found.map(|id| Recipient::Account(AccountId::new(id))))
    }
}
