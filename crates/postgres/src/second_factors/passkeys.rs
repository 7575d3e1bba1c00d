//! Passkeys: sealed with their counters, found by a keyed hash of the id that the authenticator gave them.

use super::factors::held;
use super::{PASSKEY, TABLE, named};
use crate::errors::unavailable;
use crate::schema::second_factor;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use std::fmt::Write;
use threadwell_application::Result;
use threadwell_application::access::Subject;
use threadwell_application::ports::{FactorOwner, KeptPasskey, KeptPasskeys, NewPasskey, SecretText};
use threadwell_crypto::Scope;
use threadwell_domain::Phi;
use uuid::Uuid;

/// An id is one person's in a practice, whoever brings it.
const CREDENTIAL: Scope = Scope::new("passkey");

impl KeptPasskeys for PgTransaction<'_> {
    fn all(&mut self, owner: FactorOwner) -> Result<Vec<KeptPasskey>> {
        self.reach(owner)?;
        let rows = second_factor::table
            .filter(held(self.tenant_id(), owner))
            .filter(second_factor::kind.eq(PASSKEY))
            .order(second_factor::id)
            .select((second_factor::id, second_factor::secret_enc))
            .for_no_key_update()
            .load::<(Uuid, Vec<u8>)>(self.conn)
            .map_err(unavailable)?;
        rows.into_iter()
            .map(|(id, sealed)| Ok(KeptPasskey { id, record: self.open_secret(owner, id, &sealed)? }))
            .collect()
    }

    fn add(&mut self, owner: FactorOwner, name: &Phi, passkey: &NewPasskey) -> Result<Option<Uuid>> {
        let id = self.new_id();
        self.trail.subject(owner);
        self.trail.subject(Subject::Factor(id));
        let (kind, staff, account) = named(owner);
        let keys = self.keys()?;
        let added = diesel::insert_into(second_factor::table)
            .values((
                second_factor::tenant_id.eq(self.tenant_id()),
                second_factor::id.eq(id),
                second_factor::owner_kind.eq(kind),
                second_factor::staff_id.eq(staff),
                second_factor::account_id.eq(account),
                second_factor::kind.eq(PASSKEY),
                second_factor::name_enc.eq(keys.seal(TABLE, "name_enc", id, name.expose())?),
                second_factor::secret_enc.eq(self.seal_secret(owner, id, &passkey.record)?),
                second_factor::credential_hash
                    .eq(keys.index().hash(CREDENTIAL, &hex(&passkey.credential)).as_slice()),
                second_factor::created_at.eq(self.now),
                second_factor::confirmed_at.eq(self.now),
            ))
            .on_conflict_do_nothing()
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok((added == 1).then_some(id))
    }

    fn used(&mut self, id: Uuid, record: &SecretText) -> Result<()> {
        let (staff, account) = second_factor::table
            .filter(second_factor::tenant_id.eq(self.tenant_id()))
            .filter(second_factor::id.eq(id))
            .select((second_factor::staff_id, second_factor::account_id))
            .first::<(Option<Uuid>, Option<Uuid>)>(self.conn)
            .map_err(unavailable)?;
        let owner = super::owner_of(TABLE, id, staff, account)?;
        let sealed = self.seal_secret(owner, id, record.expose())?;
        diesel::update(second_factor::table)
            .filter(second_factor::tenant_id.eq(self.tenant_id()))
            .filter(second_factor::id.eq(id))
            .set((second_factor::secret_enc.eq(sealed), second_factor::last_used_at.eq(self.now)))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
