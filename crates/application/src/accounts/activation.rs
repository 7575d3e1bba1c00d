//! Opening an account by a code to the e-mail on file.
//!
//! Whoever asks gets the same answer after the same statements; the worker finds out whether one patient fits, and what
//! goes to the e-mail. So nobody learns here who is a patient.

use super::common::{AccountPorts, LinkRequest, check_new};
use crate::access::{Access, Action, Audience, Caller, Omission, RequestContext, Subject};
use crate::ports::{
    AccountMail, Identified, LinkPurpose, LinkRecord, MadeSecret, MailTo, NewLink, OpenedAccount,
    PatientFacts, Readable, Recipient, Store, Tx, TypedPassword,
};
use crate::{Error, Result};
use chrono::Duration;
use threadwell_domain::access::{Grant, GrantScope, Relationship};
use threadwell_domain::{AccountId, PatientId, Phi};
use uuid::Uuid;

/// How long a code is good.
pub const ACTIVATION_LIFETIME: Duration = Duration::minutes(15);

/// Somebody who says to be a patient.
#[derive(Clone, Debug)]
pub struct ActivationRequest {
    /// The e-mail on file.
    pub email: Phi,
    /// The birth date, as `YYYY-MM-DD`.
    pub birth_date: Phi,
    /// The circumstances.
    pub request: RequestContext,
}

/// Asks for a code; gives the secret to come back with.
///
/// # Errors
/// The practice has no such check, or there is no such practice (`NotFound`); `TenantRequired`, `RateLimited`, or the
/// database is unavailable.
pub fn request_activation(ports: &AccountPorts<'_>, asked: &ActivationRequest) -> Result<MadeSecret> {
    let practice = ports.store.practice_for_sign_in(asked.request.tenant_assertion.as_ref())?;
    let practice = practice.ok_or(Error::NotFound)?;
    let request = RequestContext { tenant_assertion: None, ..asked.request.clone() };
    let visitor = Caller::visitor(Audience::Portal, practice.id, request);
    let mail_wait = ports.slow_down(&visitor, Action::RequestActivation, Some(&asked.email))?;
    ports.store.transact(&Access::to(&visitor, Action::RequestActivation), |tx| {
        if !tx.accounts().has_identity_check()? {
            return Err(Error::NotFound);
        }
        let id = tx.fresh_id();
        let secret = ports.secrets.activation(practice.id, id)?;
        tx.account_links().issue(&NewLink {
            id,
            hash: secret.hash,
            purpose: LinkPurpose::IdentityCheck,
            staff: None,
            account: None,
            patient: None,
            email: Some(asked.email.clone()),
            name: None,
            birth_date: Some(asked.birth_date.clone()),
            grant: None,
            expires_at: ports.at + ACTIVATION_LIFETIME,
        })?;
        if mail_wait.is_none() {
            tx.outbox().account_mail(AccountMail::ActivationCode, MailTo::LinkAddress(id), Some(id))?;
        } else {
            tx.leave_out(Omission::ThrottledMail);
        }
        Ok(secret)
    })
}

/// Opens the account, with the patient's own grant; gives the secret that the device is to keep.
///
/// # Errors
/// `RateLimited`, `InvalidLink`, a wrong code (`InvalidCode`, five times; also where no code went out), a password that
/// breaks a rule (`Invalid`), or the database is unavailable.
pub fn complete_activation(
    ports: &AccountPorts<'_>,
    link: &LinkRequest,
    code: &Phi,
    password: &TypedPassword,
) -> Result<MadeSecret> {
    let visitor = link.visitor();
    ports.slow_down(&visitor, Action::Activate, None)?;
    if let Err(row) = check(ports, link, &visitor, (code, password))? {
        let access = Access::to(&visitor, Action::Activate).about(Subject::Link(row.id));
        let access = match row.patient {
            Some(patient) => access.about(Subject::Patient(patient)),
            None => access,
        };
        return ports.refuse(&access, Error::InvalidCode);
    }
    let hash = ports.secrets.hash(password)?;
    ports.store.transact(&Access::to(&visitor, Action::Activate), |tx| {
        let row = presented(tx, link)?;
        let patient = row.patient.ok_or(Error::InvalidLink)?;
        let facts = tx.accounts().patient_facts(patient)?.ok_or(Error::InvalidLink)?;
        let account = open(tx, &row, &facts, &hash)?;
        if !tx.accounts().grant_by_link(account, &own(patient), (row.id, row.created_at))? {
            return Err(Error::InvalidLink);
        }
        tx.account_links().use_up(row.id, Some(account))?;
        ports.remember(tx, link, Recipient::Account(account))
    })
}

/// Compares the code under the row's lock, so that many guesses at once are no more than five. A wrong one counts, and
/// gives the row that it was for.
fn check(
    ports: &AccountPorts<'_>,
    link: &LinkRequest,
    visitor: &Caller,
    (code, password): (&Phi, &TypedPassword),
) -> Result<std::result::Result<(), Box<LinkRecord>>> {
    ports.store.transact(&Access::to(visitor, Action::CheckLink), |tx| {
        let row = presented(tx, link)?;
        check_new(password, row.email.as_ref(), false, "/password")?;
        let fits = ports.secrets.is_code(link.presented.tenant, row.id, code)? && row.patient.is_some();
        if fits {
            return Ok(Ok(()));
        }
        tx.account_links().count_attempt(row.id)?;
        Ok(Err(Box::new(row)))
    })
}

fn presented(tx: &mut dyn Tx, link: &LinkRequest) -> Result<LinkRecord> {
    let row = tx.account_links().presented(&link.presented.hash)?;
    row.filter(|row| row.purpose == LinkPurpose::IdentityCheck).ok_or(Error::InvalidLink)
}

fn open(tx: &mut dyn Tx, row: &LinkRecord, facts: &PatientFacts, password_hash: &str) -> Result<AccountId> {
    let id = AccountId::new(tx.fresh_id());
    let email = row.email.as_ref().and_then(Readable::text).ok_or(Error::InvalidLink)?;
    let full_name = facts.full_name.text().ok_or(Error::InvalidLink)?;
    let account = OpenedAccount { id, email, full_name, language: &facts.language, password_hash };
    if tx.accounts().open_account(&account)? { Ok(id) } else { Err(Error::InvalidLink) }
}

const fn own(patient: PatientId) -> Grant {
    Grant { patient, relationship: Relationship::Myself, scope: GrantScope::ReadWrite, expires_at: None }
}

/// What the worker mails, and to whom, for a link that a stranger asked for; `None` for nothing.
///
/// # Errors
/// The database is unavailable.
pub(crate) fn identify(
    store: &dyn Store,
    worker: &Caller,
    link: Uuid,
) -> Result<Option<(AccountMail, MailTo, Option<Uuid>)>> {
    let found =
        store.transact(&Access::to(worker, Action::CheckIdentity), |tx| tx.identities().identify(link))?;
    Ok(match found {
        Identified::Person(person @ (Recipient::Staff(_) | Recipient::Account(_))) => {
            Some((AccountMail::PasswordReset, MailTo::Person(person), Some(link)))
        }
        Identified::Patient(_) => Some((AccountMail::ActivationCode, MailTo::LinkAddress(link), Some(link))),
        Identified::HasAccount => Some((AccountMail::HasAccount, MailTo::LinkAddress(link), None)),
        Identified::Nobody => None,
    })
}
