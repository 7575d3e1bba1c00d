//! The records of patients, and who acts for them.

use super::Readable;
use crate::Result;
use std::collections::HashSet;
use threadwell_domain::access::{GrantScope, Relationship};
use threadwell_domain::person::{BirthDate, EmailAddress, Language, Mrn, PersonName, Phone};
use threadwell_domain::practice::{PracticeSettings, TimeZone};
use threadwell_domain::{AccountId, Moment, PatientId, Phi};
use uuid::Uuid;

/// Whether a patient has a way into the portal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PortalAccess {
    /// None.
    None,
    /// An invitation that waits to be taken up.
    Invited,
    /// An account.
    Active,
}

/// A patient's record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordView {
    /// Who.
    pub id: PatientId,
    /// The name.
    pub full_name: Readable,
    /// The medical record number.
    pub mrn: Readable,
    /// The date of birth, as `YYYY-MM-DD`.
    pub birth_date: Option<Readable>,
    /// The telephone number.
    pub phone: Option<Readable>,
    /// The e-mail address.
    pub email: Option<Readable>,
    /// The preferred language (BCP 47).
    pub language: String,
    /// Whether the patient has a way into the portal.
    pub access: PortalAccess,
    /// Moves with every change.
    pub version: i32,
}

/// What decides when somebody is of age.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OfAge {
    years: i16,
    zone: TimeZone,
}

impl OfAge {
    /// As the practice has decided.
    pub const fn by(settings: &PracticeSettings) -> Self {
        Self { years: settings.majority_age, zone: settings.time_zone }
    }

    /// When a patient is of age; `None` where no birth date is known.
    pub fn of(self, birth: Option<&Readable>) -> Option<Moment> {
        let text = birth.and_then(Readable::text)?;
        BirthDate::stored(text.expose()).map(|date| date.majority(self.years, self.zone))
    }
}

/// Which records.
#[derive(Clone, Debug)]
pub struct RecordQuery {
    /// The beginnings of names, a record number or an e-mail address.
    pub search: Option<Phi>,
    /// Only those who come of age soon or did lately by this, and so lose a guardian, and have no account of their own.
    pub coming_of_age: Option<OfAge>,
    /// Only those after this one.
    pub after: Option<PatientId>,
    /// At most so many.
    pub limit: i64,
}

/// What a record says.
#[derive(Clone, Debug)]
pub struct RecordText {
    /// The name.
    pub full_name: PersonName,
    /// The medical record number.
    pub mrn: Mrn,
    /// The date of birth.
    pub birth_date: Option<BirthDate>,
    /// The telephone number.
    pub phone: Option<Phone>,
    /// The e-mail address.
    pub email: Option<EmailAddress>,
    /// The preferred language.
    pub language: Language,
}

/// Somebody who acts for a patient, or did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HolderView {
    /// Which account.
    pub account: AccountId,
    /// The holder's name.
    pub full_name: Readable,
    /// The e-mail.
    pub email: Readable,
    /// As what.
    pub relationship: Relationship,
    /// How far.
    pub scope: GrantScope,
    /// Until when.
    pub expires_at: Option<Moment>,
    /// Whether the account may sign in.
    pub is_active: bool,
    /// When a session was last opened.
    pub last_sign_in_at: Option<Moment>,
    /// Whether a second factor is there.
    pub has_second_factor: bool,
}

/// Who is found by a record number.
#[derive(Clone, Debug)]
pub struct NumberedPatient {
    /// Who.
    pub id: PatientId,
    /// The place of the number that was asked for.
    pub place: usize,
    /// The e-mail on file.
    pub email: Option<Readable>,
    /// Whether the patient has a way into the portal.
    pub access: PortalAccess,
}

/// Records of patients, for those who keep them.
pub trait Records {
    /// A page, newest first, and whether there are more.
    ///
    /// # Errors
    /// An unavailable database.
    fn records(&mut self, query: &RecordQuery) -> Result<(Vec<RecordView>, bool)>;

    /// One record, which nobody else changes until the transaction ends.
    ///
    /// # Errors
    /// An unavailable database.
    fn record(&mut self, id: PatientId) -> Result<Option<RecordView>>;

    /// Patients by their record numbers, one for each place; numbers that nobody has are left out.
    ///
    /// # Errors
    /// An unavailable database.
    fn by_numbers(&mut self, numbers: &[Mrn]) -> Result<Vec<NumberedPatient>>;

    /// Those of these addresses, by place, whose account acts for the patient, once did, or is another patient's own: an
    /// invitation of the patient's own must not go there.
    ///
    /// # Errors
    /// An unavailable database.
    fn addresses_of_others(&mut self, wanted: &[(PatientId, Phi)]) -> Result<HashSet<usize>>;

    /// Adds a record.
    ///
    /// # Errors
    /// The record number is taken (`Invalid`), or an unavailable database.
    fn add_record(&mut self, id: PatientId, text: &RecordText) -> Result<()>;

    /// Changes a record, which is moved on by one version, and what it is found by.
    ///
    /// # Errors
    /// The record number is taken (`Invalid`), or an unavailable database.
    fn save_record(&mut self, id: PatientId, text: &RecordText) -> Result<()>;

    /// The accounts whose grants for a patient were not ended; the patient's own first.
    ///
    /// # Errors
    /// An unavailable database.
    fn holders(&mut self, id: PatientId) -> Result<Vec<HolderView>>;
}

/// A grant as its row says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HeldGrant {
    /// Which account.
    pub account: AccountId,
    /// For whom.
    pub patient: PatientId,
    /// As what.
    pub relationship: Relationship,
    /// Until when.
    pub expires_at: Option<Moment>,
}

/// Somebody who acts for the patient at work.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GivenGrant {
    /// Which account.
    pub account: AccountId,
    /// The holder's name.
    pub full_name: Readable,
    /// As what.
    pub relationship: Relationship,
    /// How far.
    pub scope: GrantScope,
    /// Until when.
    pub expires_at: Option<Moment>,
}

/// A guardian's invitation that waits.
#[derive(Clone, Debug)]
pub struct InvitedGuardian {
    /// Which invitation.
    pub invitation: Uuid,
    /// The end of the grant that it brings.
    pub expires_at: Option<Moment>,
    /// The patient's date of birth.
    pub birth_date: Option<Readable>,
}

/// Whose grants of guardians are meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wards {
    /// Those for one patient.
    One(PatientId),
    /// Those for every patient.
    All,
}

/// Who acts for whom.
pub trait Grants {
    /// A grant, ended or not, which nobody else changes until the transaction ends.
    ///
    /// # Errors
    /// An unavailable database.
    fn grant_of(&mut self, account: AccountId, patient: PatientId) -> Result<Option<HeldGrant>>;

    /// Gives a grant its terms; one that was ended holds again.
    ///
    /// # Errors
    /// An unavailable database.
    fn set_terms(&mut self, grant: &HeldGrant, scope: GrantScope, expires_at: Option<Moment>) -> Result<()>;

    /// The address of an account that has a grant for the patient.
    ///
    /// # Errors
    /// An unavailable database.
    fn holder_address(&mut self, account: AccountId, patient: PatientId) -> Result<Option<Readable>>;

    /// Ends a grant now; `false` if there is none that holds.
    ///
    /// # Errors
    /// An unavailable database.
    fn end_grant(&mut self, account: AccountId, patient: PatientId) -> Result<bool>;

    /// Guardians' grants that hold, with the birth dates of their patients.
    ///
    /// # Errors
    /// An unavailable database.
    fn guardians(&mut self, of: Wards) -> Result<Vec<(HeldGrant, Option<Readable>)>>;

    /// Open invitations of guardians.
    ///
    /// # Errors
    /// An unavailable database.
    fn invited_guardians(&mut self, of: Wards) -> Result<Vec<InvitedGuardian>>;

    /// Moves the end of a grant.
    ///
    /// # Errors
    /// An unavailable database.
    fn set_end(&mut self, grant: &HeldGrant, expires_at: Option<Moment>) -> Result<()>;

    /// Moves the end that an invitation brings.
    ///
    /// # Errors
    /// An unavailable database.
    fn set_invited_end(&mut self, invitation: Uuid, expires_at: Option<Moment>) -> Result<()>;

    /// Those who act for the patient at work, besides the patient.
    ///
    /// # Errors
    /// An unavailable database.
    fn given(&mut self, patient: PatientId) -> Result<Vec<GivenGrant>>;

    /// Lets an account sign in or not; `false` if there is none.
    ///
    /// # Errors
    /// An unavailable database.
    fn set_account_active(&mut self, account: AccountId, is_active: bool) -> Result<bool>;

    /// Whether there is such an account, and whether it may sign in.
    ///
    /// # Errors
    /// An unavailable database.
    fn is_account_active(&mut self, account: AccountId) -> Result<Option<bool>>;
}
