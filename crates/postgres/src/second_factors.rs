//! What people prove besides the password: sources of one-time codes, passkeys, recovery codes, and the tickets that
//! stand between a right password and a session.
//!
//! A secret is sealed for its row and its owner, so that a row moved to somebody else does not open any more. A
//! visitor's transaction knows nobody: it reaches a person once the password was right or a ticket was presented, and
//! binds the account then.

mod factors;
mod passkeys;
mod recovery;
mod sessions;
mod tickets;

use crate::binding::bind_account;
use crate::errors::{corrupt, unavailable};
use crate::sessions::{ACCOUNT, STAFF};
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use threadwell_application::Result;
use threadwell_application::access::Actor;
use threadwell_application::ports::{FactorOwner, SecretText};
use threadwell_domain::{AccountId, StaffId};
use uuid::Uuid;

const TABLE: &str = "second_factor";
/// A source of one-time codes, as rows name it.
const ONE_TIME_CODE: i16 = 0;
/// A passkey, as rows name it.
const PASSKEY: i16 = 1;

#[diesel::declare_sql_function]
extern "SQL" {
    /// Takes an advisory lock until the transaction ends.
    fn pg_advisory_xact_lock(key: BigInt) -> diesel::sql_types::Text;
}

/// How rows name an owner: the kind, and one of the two ids.
const fn named(owner: FactorOwner) -> (i16, Option<Uuid>, Option<Uuid>) {
    match owner {
        FactorOwner::Staff(id) => (STAFF, Some(id.uuid()), None),
        FactorOwner::Account(id) => (ACCOUNT, None, Some(id.uuid())),
    }
}

/// The owner that a row names.
fn owner_of(
    table: &'static str,
    row: Uuid,
    staff: Option<Uuid>,
    account: Option<Uuid>,
) -> Result<FactorOwner> {
    match (staff, account) {
        (Some(id), None) => Ok(FactorOwner::Staff(StaffId::new(id))),
        (None, Some(id)) => Ok(FactorOwner::Account(AccountId::new(id))),
        _ => Err(corrupt(table, "owner_kind", row)),
    }
}

impl PgTransaction<'_> {
    /// Lets a visitor's transaction reach an account that it has been led to. Whoever is signed in is bound already.
    fn reach(&mut self, owner: FactorOwner) -> Result<()> {
        match (owner, &self.actor) {
            (FactorOwner::Account(account), Actor::Visitor) => {
                bind_account(self.conn, account).map_err(unavailable)
            }
            _ => Ok(()),
        }
    }

    fn seal_secret(&self, owner: FactorOwner, row: Uuid, secret: &str) -> Result<Vec<u8>> {
        self.keys()?.seal(TABLE, &secret_column(owner), row, secret)
    }

    fn open_secret(&self, owner: FactorOwner, row: Uuid, sealed: &[u8]) -> Result<SecretText> {
        let opened = self.keys()?.open(TABLE, &secret_column(owner), row, sealed);
        let secret = opened.text().map(|text| SecretText::new(text.expose()));
        secret.ok_or_else(|| corrupt(TABLE, "secret_enc", row))
    }

    /// One change of a person's factors at a time. Two people who share a lock now and then wait for each other.
    fn lock_person(&mut self, owner: FactorOwner) -> Result<()> {
        let (high, low) = owner.uuid().as_u64_pair();
        let key = (high ^ low.rotate_left(29) ^ 0x6661_6374_6f72).cast_signed();
        diesel::select(pg_advisory_xact_lock(key)).execute(self.conn).map_err(unavailable)?;
        Ok(())
    }
}

fn secret_column(owner: FactorOwner) -> String {
    format!("secret_enc/{}", owner.uuid())
}
