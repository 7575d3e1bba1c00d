//! New practices and people, from the command line and the demo.

use super::{Blob, MessagePlace, PracticePage, Recipient, Sender};
use crate::Result;
use threadwell_domain::access::{Grant, Role};
use threadwell_domain::attachment::FileName;
use threadwell_domain::thread::Seq;
use threadwell_domain::{AccountId, Moment, PatientId, Phi, StaffId, ThreadId};

/// A practice to be founded.
#[derive(Clone, Debug)]
pub struct NewPractice {
    /// Its public face.
    pub page: PracticePage,
    /// Its IANA time zone.
    pub time_zone: String,
    /// Whether sessions of its staff need a second factor.
    pub needs_second_factor: bool,
}

/// A staff member to be added.
#[derive(Clone, Debug)]
pub struct NewStaff {
    /// Who.
    pub id: StaffId,
    /// The work e-mail.
    pub email: Phi,
    /// The name.
    pub full_name: String,
    /// The title.
    pub title: Option<String>,
    /// The role; the person joins the default teams of the role.
    pub role: Role,
    /// The stored form of the password, which is long enough to stand alone.
    pub password_hash: String,
}

/// A patient to be added.
#[derive(Clone, Debug)]
pub struct NewPatient {
    /// Who.
    pub id: PatientId,
    /// The name.
    pub full_name: Phi,
    /// The medical record number.
    pub mrn: Phi,
    /// The date of birth, as `YYYY-MM-DD`.
    pub birth_date: Option<Phi>,
    /// The telephone number.
    pub phone: Option<Phi>,
    /// The e-mail address.
    pub email: Option<Phi>,
    /// The preferred language (BCP 47).
    pub language: String,
}

/// A portal account to be added.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Which account.
    pub id: AccountId,
    /// The e-mail.
    pub email: Phi,
    /// The holder's name.
    pub full_name: Phi,
    /// The preferred language (BCP 47).
    pub language: String,
    /// The stored form of the password, which is long enough to stand alone.
    pub password_hash: String,
}

/// A file of a message that is brought in with its history. Its bytes are stored after the transaction.
#[derive(Clone, Copy, Debug)]
pub struct NewFile<'a> {
    /// Its name.
    pub name: &'a FileName,
    /// Its size in bytes.
    pub bytes: u64,
    /// The message that has it.
    pub place: MessagePlace,
    /// Who sent it.
    pub sender: &'a Sender,
    /// When.
    pub sent_at: Moment,
}

/// Adds practices and people, with the owner's rights.
pub trait Provisioning {
    /// Founds the practice that the operator names, with keys, default teams, automatic replies and prepared answers.
    ///
    /// # Errors
    /// The code is taken (`Invalid`), or an unavailable database.
    fn add_practice(&mut self, practice: &NewPractice) -> Result<()>;

    /// Adds a staff member.
    ///
    /// # Errors
    /// The e-mail is taken in this practice (`Invalid`), or an unavailable database.
    fn add_staff(&mut self, staff: &NewStaff) -> Result<()>;

    /// Adds a patient.
    ///
    /// # Errors
    /// The MRN is taken in this practice (`Invalid`), or an unavailable database.
    fn add_patient(&mut self, patient: &NewPatient) -> Result<()>;

    /// Adds a portal account.
    ///
    /// # Errors
    /// The e-mail is taken in this practice (`Invalid`), or an unavailable database.
    fn add_account(&mut self, account: &NewAccount) -> Result<()>;

    /// Lets an account act for a patient.
    ///
    /// # Errors
    /// Either does not exist (`PatientNotFound`), or an unavailable database.
    fn grant(&mut self, account: AccountId, grant: &Grant) -> Result<()>;

    /// Says how far somebody has read a thread, for threads that are brought in with their history.
    ///
    /// # Errors
    /// An unavailable database.
    fn read_up_to(&mut self, reader: Recipient, thread: ThreadId, to: Seq, at: Moment) -> Result<()>;

    /// Adds a file of a message; gives the object to store. The worker checks it like an upload, seconds later.
    ///
    /// # Errors
    /// The sender is nobody (`NotFound`), or an unavailable database.
    fn add_file(&mut self, file: &NewFile<'_>) -> Result<Blob>;
}
