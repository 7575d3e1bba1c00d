//! What people prove besides the password.

use super::{NewPasskey, Readable, Recipient, SecretText, SessionOwner};
use crate::Result;
use crate::access::SignInMethod;
use threadwell_domain::{AccountId, Moment, Phi, SessionId, StaffId};
use uuid::Uuid;

/// Whose factors.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FactorOwner {
    /// A staff member's.
    Staff(StaffId),
    /// A portal account's.
    Account(AccountId),
}

impl FactorOwner {
    /// The person's id.
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::Staff(id) => id.uuid(),
            Self::Account(id) => id.uuid(),
        }
    }

    /// The person as mails go to them.
    pub const fn recipient(self) -> Recipient {
        match self {
            Self::Staff(id) => Recipient::Staff(id),
            Self::Account(id) => Recipient::Account(id),
        }
    }

    /// The person as a session to be opened names them; an account acts for nobody yet.
    pub const fn session_owner(self) -> SessionOwner {
        match self {
            Self::Staff(id) => SessionOwner::Staff(id),
            Self::Account(account) => SessionOwner::Account { account, acting_for: None },
        }
    }
}

impl From<Recipient> for FactorOwner {
    fn from(person: Recipient) -> Self {
        match person {
            Recipient::Staff(id) => Self::Staff(id),
            Recipient::Account(id) => Self::Account(id),
        }
    }
}

impl From<SessionOwner> for FactorOwner {
    fn from(owner: SessionOwner) -> Self {
        match owner {
            SessionOwner::Staff(id) => Self::Staff(id),
            SessionOwner::Account { account, .. } => Self::Account(account),
        }
    }
}

/// The kinds of factors.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FactorKind {
    /// Codes by time (RFC 6238).
    OneTimeCode,
    /// A passkey (WebAuthn).
    Passkey,
}

/// A confirmed factor as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FactorView {
    /// Which.
    pub id: Uuid,
    /// Of which kind.
    pub kind: FactorKind,
    /// What the owner calls it.
    pub name: Readable,
    /// When it was added.
    pub created_at: Moment,
    /// When it was last used to sign in or step up.
    pub last_used_at: Option<Moment>,
}

/// What of factors somebody has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FactorStanding {
    /// How many confirmed sources of one-time codes.
    pub one_time_codes: usize,
    /// How many passkeys.
    pub passkeys: usize,
    /// How many recovery codes are left.
    pub recovery_codes: usize,
    /// Whether the practice demands a factor of this person.
    pub is_demanded: bool,
}

impl FactorStanding {
    /// How many factors there are; recovery codes are none by themselves.
    pub const fn factors(&self) -> usize {
        self.one_time_codes + self.passkeys
    }

    /// Whether there is a factor.
    pub const fn has_factor(&self) -> bool {
        self.factors() > 0
    }
}

/// A source of one-time codes, under its row's lock.
#[derive(Clone, Debug)]
pub struct OneTimeSource {
    /// Which.
    pub id: Uuid,
    /// The shared secret.
    pub secret: SecretText,
    /// The newest step whose code was taken.
    pub newest_step: Option<i64>,
    /// Whether it was proved before.
    pub is_confirmed: bool,
}

/// A passkey as it is kept, under its row's lock.
#[derive(Clone, Debug)]
pub struct KeptPasskey {
    /// Which.
    pub id: Uuid,
    /// Its record.
    pub record: SecretText,
}

/// People's second factors.
pub trait SecondFactors {
    /// What somebody has.
    ///
    /// # Errors
    /// An unavailable database.
    fn standing(&mut self, owner: FactorOwner) -> Result<FactorStanding>;

    /// The confirmed factors, oldest first.
    ///
    /// # Errors
    /// An unavailable database.
    fn list(&mut self, owner: FactorOwner) -> Result<Vec<FactorView>>;

    /// Lets one thing at a time happen to what somebody signs in with, until the transaction ends: a change of factors or
    /// password, a deactivation, and whatever opens a session. Taken before any row of the person.
    ///
    /// # Errors
    /// An unavailable database.
    fn lock(&mut self, owner: FactorOwner) -> Result<()>;

    /// Adds a source of one-time codes, not confirmed yet; one that was left unconfirmed goes.
    ///
    /// # Errors
    /// An unavailable database.
    fn add_one_time(&mut self, owner: FactorOwner, name: &Phi, secret: &SecretText) -> Result<Uuid>;

    /// The sources of one-time codes, confirmed and not.
    ///
    /// # Errors
    /// An unavailable database, or a secret that does not open.
    fn one_time_sources(&mut self, owner: FactorOwner) -> Result<Vec<OneTimeSource>>;

    /// Notes that a step's code was taken, which confirms the source.
    ///
    /// # Errors
    /// An unavailable database.
    fn take_step(&mut self, id: Uuid, step: i64) -> Result<()>;

    /// Renames a factor; `false` if the owner has none of that id.
    ///
    /// # Errors
    /// An unavailable database.
    fn rename(&mut self, owner: FactorOwner, id: Uuid, name: &Phi) -> Result<bool>;

    /// Removes a factor; `false` if the owner has none of that id.
    ///
    /// # Errors
    /// An unavailable database.
    fn remove(&mut self, owner: FactorOwner, id: Uuid) -> Result<bool>;
}

/// People's passkeys.
pub trait KeptPasskeys {
    /// All of somebody's.
    ///
    /// # Errors
    /// An unavailable database, or a record that does not open.
    fn all(&mut self, owner: FactorOwner) -> Result<Vec<KeptPasskey>>;

    /// Adds one; `None` if somebody in the practice has it already.
    ///
    /// # Errors
    /// An unavailable database.
    fn add(&mut self, owner: FactorOwner, name: &Phi, passkey: &NewPasskey) -> Result<Option<Uuid>>;

    /// Notes that one was used, with its counter moved on.
    ///
    /// # Errors
    /// An unavailable database.
    fn used(&mut self, id: Uuid, record: &SecretText) -> Result<()>;
}

/// Recovery codes, by their keyed hashes.
pub trait RecoveryCodes {
    /// Puts new codes in the place of all that are left; none, where the last factor went.
    ///
    /// # Errors
    /// An unavailable database.
    fn replace(&mut self, owner: FactorOwner, hashes: &[[u8; 32]]) -> Result<()>;

    /// Uses a code up; `false` if it is none of the owner's that are left.
    ///
    /// # Errors
    /// An unavailable database.
    fn use_up(&mut self, owner: FactorOwner, hash: &[u8; 32]) -> Result<bool>;
}

/// What proofs mean for sessions.
pub trait SessionProofs {
    /// Notes that the person proved the strongest factor in the session; with a factor, the session counts as opened
    /// with it from now on.
    ///
    /// # Errors
    /// An unavailable database.
    fn stepped_up(&mut self, session: SessionId, by: Option<SignInMethod>) -> Result<()>;

    /// The stored hash of somebody's password.
    ///
    /// # Errors
    /// An unavailable database.
    fn password_hash(&mut self, owner: FactorOwner) -> Result<Option<SecretText>>;
}
