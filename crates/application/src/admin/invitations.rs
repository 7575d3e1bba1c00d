//! Inviting patients, and people who are to act for them.

use super::majority;
use super::{Draft, LinkHashes, send_link};
use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{
    IdempotencyKey, InvitedGrant, LinkOwner, LinkPurpose, LinkRecord, OfAge, PortalAccess, Readable, Receipt,
    RecordView, Store, Tx,
};
use crate::{Error, FieldProblem, Result};
use threadwell_domain::access::{GrantScope, Relationship};
use threadwell_domain::person::{EmailAddress, PersonName};
use threadwell_domain::{Moment, PatientId, Phi};
use uuid::Uuid;

/// Whom to invite, as what.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Where it goes; `None` is the e-mail on file, for patients themselves.
    pub email: Option<EmailAddress>,
    /// As what.
    pub relationship: Relationship,
    /// The name of who is invited.
    pub full_name: Option<PersonName>,
    /// How far.
    pub scope: GrantScope,
    /// Until when; `None` is for good.
    pub expires_at: Option<Moment>,
}

/// Invites somebody to the portal. An invitation of the same kind that waits at the same address is good no more.
///
/// # Errors
/// There is no such patient, the patient has an account already, is of age, no address is known, or it is that of
/// somebody who acts for the patient or is another one (`Invalid`), the caller may not, the idempotency key is taken, or
/// the database is unavailable.
pub fn invite(
    store: &dyn Store,
    caller: &Caller,
    patient: PatientId,
    invitation: &Invitation,
    (hashes, key): (&LinkHashes<'_>, Option<&IdempotencyKey>),
) -> Result<Receipt> {
    store.transact(&Access::to(caller, Action::InvitePatient).about(Subject::Patient(patient)), |tx| {
        let record = tx.records().record(patient)?.ok_or(Error::NotFound)?;
        crate::once(tx, "patient.invite", key, |tx| {
            let link = match invitation.relationship {
                Relationship::Myself => invite_patient(tx, &record, invitation, hashes)?,
                Relationship::Guardian | Relationship::Caregiver => {
                    invite_proxy(tx, &record, invitation, hashes)?
                }
            };
            Ok(Receipt { link: Some(link), ..Receipt::default() })
        })
    })
}

fn invite_patient(
    tx: &mut dyn Tx,
    record: &RecordView,
    invitation: &Invitation,
    hashes: &LinkHashes<'_>,
) -> Result<Uuid> {
    if invitation.scope == GrantScope::Read || invitation.expires_at.is_some() {
        return Err(Error::field("/scope", FieldProblem::Conflict));
    }
    if record.access == PortalAccess::Active {
        return Err(Error::field("/relationship", FieldProblem::Taken));
    }
    let on_file = record.email.as_ref().and_then(Readable::text).cloned();
    let email = invitation.email.as_ref().map(|email| email.as_phi().clone()).or(on_file);
    let email = email.ok_or_else(|| Error::field("/email", FieldProblem::Required))?;
    if !tx.records().addresses_of_others(&[(record.id, email.clone())])?.is_empty() {
        return Err(Error::field("/email", FieldProblem::Taken));
    }
    send_to_patient(tx, record.id, email, hashes)
}

/// Sends a patient's own invitation; the one before is good no more.
pub(super) fn send_to_patient(
    tx: &mut dyn Tx,
    patient: PatientId,
    email: Phi,
    hashes: &LinkHashes<'_>,
) -> Result<Uuid> {
    tx.account_links().withdraw(LinkOwner::Patient(patient), LinkPurpose::PatientInvitation)?;
    let grant =
        InvitedGrant { relationship: Relationship::Myself, scope: GrantScope::ReadWrite, expires_at: None };
    send_link(tx, Draft::patient_invitation(patient, email, grant), hashes)
}

fn invite_proxy(
    tx: &mut dyn Tx,
    record: &RecordView,
    invitation: &Invitation,
    hashes: &LinkHashes<'_>,
) -> Result<Uuid> {
    let email = invitation.email.as_ref().ok_or_else(|| Error::field("/email", FieldProblem::Required))?;
    let now = tx.now();
    if invitation.expires_at.is_some_and(|end| end <= now) {
        return Err(Error::field("/expiresAt", FieldProblem::Invalid));
    }
    let majority = match invitation.relationship {
        Relationship::Guardian => OfAge::by(&tx.settings().settings()?.0).of(record.birth_date.as_ref()),
        Relationship::Myself | Relationship::Caregiver => None,
    };
    if majority.is_some_and(|end| end <= now) {
        return Err(Error::field("/relationship", FieldProblem::Conflict));
    }
    let grant = InvitedGrant {
        relationship: invitation.relationship,
        scope: invitation.scope,
        expires_at: majority::end(invitation.expires_at, majority),
    };
    send_to_proxy(tx, record.id, email, invitation.full_name.as_ref(), (grant, hashes))
}

/// Sends a proxy's invitation; one that waits at the same address is good no more.
pub(crate) fn send_to_proxy(
    tx: &mut dyn Tx,
    patient: PatientId,
    email: &EmailAddress,
    name: Option<&PersonName>,
    (grant, hashes): (InvitedGrant, &LinkHashes<'_>),
) -> Result<Uuid> {
    let address = email.as_phi();
    withdraw_at(tx, (patient, LinkPurpose::ProxyInvitation), address)?;
    let name = name.map(|name| name.as_phi().clone());
    send_link(tx, Draft::proxy_invitation(patient, address.clone(), name, grant), hashes)
}

/// Withdraws what of that kind waits at an address.
pub(super) fn withdraw_at(
    tx: &mut dyn Tx,
    (patient, purpose): (PatientId, LinkPurpose),
    address: &Phi,
) -> Result<()> {
    for waiting in tx.account_links().open_links(LinkOwner::Patient(patient), purpose)? {
        if is_at(&waiting, address) {
            tx.account_links().withdraw_one(waiting.id)?;
        }
    }
    Ok(())
}

pub(crate) fn is_at(link: &LinkRecord, address: &Phi) -> bool {
    let known = link.email.as_ref().and_then(Readable::text);
    known.is_some_and(|known| known.expose().to_lowercase() == address.expose().to_lowercase())
}

/// Withdraws an invitation of a patient that waits.
///
/// # Errors
/// There is none of that patient and id, the caller may not, or the database is unavailable.
pub fn withdraw(store: &dyn Store, caller: &Caller, patient: PatientId, invitation: Uuid) -> Result<()> {
    let access = Access::to(caller, Action::RevokeInvitation).about(Subject::Patient(patient));
    store.transact(&access.about(Subject::Link(invitation)), |tx| withdraw_one(tx, patient, invitation))
}

pub(crate) fn withdraw_one(tx: &mut dyn Tx, patient: PatientId, invitation: Uuid) -> Result<()> {
    let mut waiting = Vec::new();
    for purpose in [LinkPurpose::PatientInvitation, LinkPurpose::ProxyInvitation] {
        waiting.extend(tx.account_links().open_links(LinkOwner::Patient(patient), purpose)?);
    }
    let is_known = waiting.iter().any(|link| link.id == invitation);
    if is_known && tx.account_links().withdraw_one(invitation)? { Ok(()) } else { Err(Error::NotFound) }
}
