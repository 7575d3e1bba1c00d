//! Taking up an invitation to the portal: as the patient, or to act for one.

use super::common::{AccountPorts, LinkRequest, check_new};
use super::reset::practice;
use super::verified::hold;
use crate::access::{Access, Action, Audience, Caller, Subject};
use crate::ports::{
    CredentialRecord, InvitedGrant, LinkPurpose, LinkRecord, MadeSecret, OpenedAccount, PatientFacts,
    PracticeSummary, Readable, Recipient, Tx, TypedPassword,
};
use crate::{Error, FieldProblem, Result};
use threadwell_domain::access::{Grant, Relationship, minimum_length};
use threadwell_domain::{AccountId, PatientId, Phi};
use uuid::Uuid;

/// What the page of an invitation shows; never a patient's name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckedInvitation {
    /// The practice.
    pub practice: PracticeSummary,
    /// As what.
    pub relationship: Relationship,
    /// Whether the patient's birth date is asked for.
    pub needs_birth_date: bool,
    /// Whether the practice has an account of this e-mail, whose password is asked for.
    pub has_account: bool,
    /// How long a new password must be.
    pub minimum_length: usize,
}

/// What somebody types to take an invitation up.
#[derive(Clone, Debug)]
pub struct InvitationAnswer {
    /// The password: that of the account of this e-mail, or the new one.
    pub password: TypedPassword,
    /// The name of a proxy who has no account yet.
    pub full_name: Option<Phi>,
    /// The patient's birth date, as `YYYY-MM-DD`.
    pub birth_date: Option<Phi>,
}

/// A good invitation with what it leads to.
struct Invitation {
    row: LinkRecord,
    patient: PatientId,
    grant: InvitedGrant,
    email: Phi,
    facts: PatientFacts,
    holder: Option<CredentialRecord>,
}

impl Invitation {
    fn needs_birth_date(&self) -> bool {
        self.grant.relationship == Relationship::Myself && self.facts.birth_date.is_some()
    }

    fn fits(&self, birth_date: Option<&Phi>) -> bool {
        if !self.needs_birth_date() {
            return true;
        }
        let on_file = self.facts.birth_date.as_ref().and_then(Readable::text);
        matches!((on_file, birth_date), (Some(known), Some(given)) if known.expose().trim() == given.expose())
    }
}

/// Shows what an invitation is good for. Consumes nothing.
///
/// # Errors
/// `RateLimited`, `InvalidLink`, or the database is unavailable.
pub fn check_invitation(ports: &AccountPorts<'_>, link: &LinkRequest) -> Result<CheckedInvitation> {
    let visitor = link.visitor();
    ports.slow_down(&visitor, Action::CheckLink, None)?;
    let practice = practice(ports, link.presented.tenant)?;
    let found = find(ports, link, &visitor)?;
    Ok(CheckedInvitation {
        practice,
        relationship: found.grant.relationship,
        needs_birth_date: found.needs_birth_date(),
        has_account: found.holder.is_some(),
        minimum_length: minimum_length(false),
    })
}

/// Takes an invitation up: opens an account, or gives the one that there is another grant. Gives the secret that the
/// device is to keep, where a password was set.
///
/// # Errors
/// `RateLimited`, `InvalidLink`, a wrong birth date (`InvalidCode`, five times), the wrong password of the account that
/// there is (`InvalidCredentials`), fields that are wrong (`Invalid`), or the database is unavailable.
pub fn accept_invitation(
    ports: &AccountPorts<'_>,
    link: &LinkRequest,
    answer: &InvitationAnswer,
) -> Result<Option<MadeSecret>> {
    let visitor = link.visitor();
    ports.slow_down(&visitor, Action::AcceptInvitation, None)?;
    let access = Access::to(&visitor, Action::AcceptInvitation);
    let found = match find_for(ports, link, &visitor, answer)? {
        Ok(found) => found,
        Err((link, patient)) => {
            let access = access.about(Subject::Link(link)).about(Subject::Patient(patient));
            return ports.refuse(&access, Error::InvalidCode);
        }
    };
    let access = access.about(Subject::Link(found.row.id)).about(Subject::Patient(found.patient));
    match &found.holder {
        Some(holder) => {
            let access = access.about(holder.person);
            let holder = Some(holder).filter(|holder| holder.is_active);
            let stored = holder.and_then(|holder| holder.password_hash.as_deref());
            ports.verify(&access, &answer.password, (&found.email, stored))?;
            ports.store.transact(&access, |tx| {
                holder.map_or(Ok(()), |holder| hold(tx, holder))?;
                join(tx, link, answer, None)
            })?;
            Ok(None)
        }
        None => {
            let email = Readable::Intact(found.email.clone());
            check_new(&answer.password, Some(&email), false, "/password")?;
            name_of(&found, answer)?;
            let hash = ports.secrets.hash(&answer.password)?;
            ports.store.transact(&access, |tx| {
                let account = join(tx, link, answer, Some(&hash))?;
                ports.remember(tx, link, Recipient::Account(account)).map(Some)
            })
        }
    }
}

fn find(ports: &AccountPorts<'_>, link: &LinkRequest, visitor: &Caller) -> Result<Invitation> {
    ports.store.transact(&Access::to(visitor, Action::CheckLink), |tx| presented(tx, link))
}

fn presented(tx: &mut dyn Tx, link: &LinkRequest) -> Result<Invitation> {
    let row = tx.account_links().presented(&link.presented.hash)?.ok_or(Error::InvalidLink)?;
    let is_invitation = matches!(row.purpose, LinkPurpose::PatientInvitation | LinkPurpose::ProxyInvitation);
    let (true, Some(patient), Some(grant), Some(Readable::Intact(email))) =
        (is_invitation && link.audience == Audience::Portal, row.patient, row.grant, row.email.clone())
    else {
        return Err(Error::InvalidLink);
    };
    let facts = tx.accounts().patient_facts(patient)?.ok_or(Error::InvalidLink)?;
    let holder = match tx.credentials().person_at(&email)? {
        Some(person) => tx.credentials().credentials_of(person)?,
        None => None,
    };
    Ok(Invitation { row, patient, grant, email, facts, holder })
}

/// Compares the birth date under the row's lock, so that many guesses at once are no more than five. A wrong one counts,
/// and gives the link's row and the patient that it was about.
fn find_for(
    ports: &AccountPorts<'_>,
    link: &LinkRequest,
    visitor: &Caller,
    answer: &InvitationAnswer,
) -> Result<std::result::Result<Invitation, (Uuid, PatientId)>> {
    ports.store.transact(&Access::to(visitor, Action::CheckLink), |tx| {
        let found = presented(tx, link)?;
        if found.fits(answer.birth_date.as_ref()) {
            return Ok(Ok(found));
        }
        tx.account_links().count_attempt(found.row.id)?;
        Ok(Err((found.row.id, found.patient)))
    })
}

/// Uses the invitation up: for the account that there is, or for a new one with this password.
fn join(
    tx: &mut dyn Tx,
    link: &LinkRequest,
    answer: &InvitationAnswer,
    password_hash: Option<&str>,
) -> Result<AccountId> {
    let found = presented(tx, link)?;
    let account = match (&found.holder, password_hash) {
        (Some(holder), None) => match holder.person {
            Recipient::Account(account) => account,
            Recipient::Staff(_) => return Err(Error::InvalidLink),
        },
        (None, Some(password_hash)) => open(tx, &found, &name_of(&found, answer)?, password_hash)?,
        // An account came or went in the meantime: what was proved was the other thing.
        (Some(_), Some(_)) | (None, None) => return Err(Error::InvalidLink),
    };
    let InvitedGrant { relationship, scope, expires_at } = found.grant;
    let grant = Grant { patient: found.patient, relationship, scope, expires_at };
    if !tx.accounts().grant_by_link(account, &grant, (found.row.id, found.row.created_at))? {
        return Err(Error::InvalidLink);
    }
    tx.account_links().use_up(found.row.id, Some(account))?;
    Ok(account)
}

fn open(tx: &mut dyn Tx, found: &Invitation, name: &Phi, password_hash: &str) -> Result<AccountId> {
    let id = AccountId::new(tx.fresh_id());
    let account = OpenedAccount {
        id,
        email: &found.email,
        full_name: name,
        language: &found.facts.language,
        password_hash,
    };
    if tx.accounts().open_account(&account)? { Ok(id) } else { Err(Error::InvalidLink) }
}

/// The patient's own name stands in the record; a proxy says it, or whoever invited did.
fn name_of(found: &Invitation, answer: &InvitationAnswer) -> Result<Phi> {
    let known = match found.grant.relationship {
        Relationship::Myself => found.facts.full_name.text().cloned(),
        Relationship::Guardian | Relationship::Caregiver => {
            let invited = || found.row.name.as_ref().and_then(Readable::text).cloned();
            answer.full_name.clone().or_else(invited)
        }
    };
    known.ok_or_else(|| Error::field("/fullName", FieldProblem::Required))
}
