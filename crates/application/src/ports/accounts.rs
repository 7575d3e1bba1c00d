//! What the holder of an account decides about it, and how accounts come to be.

use super::{Readable, Recipient};
use crate::Result;
use crate::access::Audience;
use chrono::Duration;
use threadwell_domain::access::Grant;
use threadwell_domain::{AccountId, Moment, PatientId, Phi};
use uuid::Uuid;

/// What is known of somebody who signs in.
#[derive(Clone, PartialEq, Eq)]
pub struct CredentialRecord {
    /// Who.
    pub person: Recipient,
    /// The address on record.
    pub email: Readable,
    /// The stored form of the password; none until an invitation was taken up.
    pub password_hash: Option<String>,
    /// Whether the person may sign in.
    pub is_active: bool,
    /// Whether the password is known to be long enough to stand without a second factor.
    pub password_stands_alone: bool,
    /// Whether a second factor stands beside the password.
    pub has_second_factor: bool,
}

impl std::fmt::Debug for CredentialRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CredentialRecord").field("person", &self.person).finish_non_exhaustive()
    }
}

/// Passwords and addresses.
pub trait Credentials {
    /// What is known of a person of the caller's audience. Binds the account, for a visitor of the portal.
    ///
    /// # Errors
    /// An unavailable database.
    fn credentials_of(&mut self, person: Recipient) -> Result<Option<CredentialRecord>>;

    /// The person of the visitor's audience who has an e-mail, whoever the visitor says to be.
    ///
    /// # Errors
    /// An unavailable database.
    fn person_at(&mut self, email: &Phi) -> Result<Option<Recipient>>;

    /// Stores a password, and whether it is long enough to stand without a second factor.
    ///
    /// # Errors
    /// An unavailable database.
    fn set_password(&mut self, person: Recipient, hash: &str, stands_alone: bool) -> Result<()>;

    /// Gives an account another e-mail; `false` if another account of the practice has it.
    ///
    /// # Errors
    /// An unavailable database.
    fn set_email(&mut self, account: AccountId, email: &Phi) -> Result<bool>;
}

/// What somebody wants of mails and language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preferences {
    /// Whether mails tell of new messages.
    pub mail_enabled: bool,
    /// The language (BCP 47).
    pub language: String,
}

/// What an invitation or a code makes of a visitor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PatientFacts {
    /// The name.
    pub full_name: Readable,
    /// The birth date, as `YYYY-MM-DD`.
    pub birth_date: Option<Readable>,
    /// The preferred language (BCP 47).
    pub language: String,
}

/// An account that somebody opens.
#[derive(Clone, Debug)]
pub struct OpenedAccount<'a> {
    /// Which.
    pub id: AccountId,
    /// The e-mail.
    pub email: &'a Phi,
    /// The holder's name.
    pub full_name: &'a Phi,
    /// The preferred language (BCP 47).
    pub language: &'a str,
    /// The stored form of the password.
    pub password_hash: &'a str,
}

/// Accounts, preferences, and what links lead to.
pub trait Accounts {
    /// What a person of the caller's audience wants.
    ///
    /// # Errors
    /// No such person (`NotFound`), or an unavailable database.
    fn preferences(&mut self, person: Recipient) -> Result<Preferences>;

    /// Writes them down.
    ///
    /// # Errors
    /// An unavailable database.
    fn set_preferences(&mut self, person: Recipient, wanted: &Preferences) -> Result<()>;

    /// What must be known of the patient whom a link concerns.
    ///
    /// # Errors
    /// An unavailable database.
    fn patient_facts(&mut self, patient: PatientId) -> Result<Option<PatientFacts>>;

    /// Opens an account; `false` if the practice has one of that e-mail.
    ///
    /// # Errors
    /// An unavailable database.
    fn open_account(&mut self, account: &OpenedAccount<'_>) -> Result<bool>;

    /// Gives an account what a link of that time says; a grant that it had for the patient is replaced, unless it is the
    /// patient's own account. `false` where it must not have it: whoever acts for a patient, or is another one, does not
    /// become the patient; and what was ended after the link was made stays ended.
    ///
    /// # Errors
    /// An unavailable database.
    fn grant_by_link(&mut self, account: AccountId, grant: &Grant, link: (Uuid, Moment)) -> Result<bool>;

    /// Whether the practice opens accounts by an identity check.
    ///
    /// # Errors
    /// An unavailable database.
    fn has_identity_check(&mut self) -> Result<bool>;

    /// How long sessions of an audience may rest in this practice; `is_mobile` where an app
    /// keeps the token and remembers the person.
    ///
    /// # Errors
    /// An unavailable database.
    fn idle_limit(&mut self, audience: Audience, is_mobile: bool) -> Result<Duration>;
}

/// What became of a link that names nobody yet, when the worker looked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Identified {
    /// It is this person's.
    Person(Recipient),
    /// It is this patient's, who has no account.
    Patient(PatientId),
    /// The patient has an account.
    HasAccount,
    /// Nobody's, or that of several.
    Nobody,
}

/// The worker's side of links that a stranger asked for. It decides so that neither the answer nor its time can tell
/// whether somebody exists.
pub trait Identities {
    /// Finds whom a link is about and notes it in the link's row. Asked again, it answers the same.
    ///
    /// # Errors
    /// An unavailable database.
    fn identify(&mut self, link: Uuid) -> Result<Identified>;
}
