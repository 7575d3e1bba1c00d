//! Records of patients.

use super::invitations::{is_at, send_to_patient, withdraw_at};
use super::{LinkHashes, majority};
use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{
    HolderView, IdempotencyKey, LinkOwner, LinkPurpose, LinkRecord, OfAge, Readable, Receipt, RecordQuery,
    RecordText, RecordView, Store, Tx, Wards,
};
use crate::{Error, Result};
use threadwell_domain::{PatientId, Phi};

/// A record with those who act for the patient.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordDetail {
    /// The record.
    pub record: RecordView,
    /// Accounts with a grant.
    pub holders: Vec<HolderView>,
    /// Invitations that wait.
    pub invitations: Vec<LinkRecord>,
}

/// A page of records, newest first, and whether there are more; all of them, or those who come of age.
///
/// # Errors
/// The caller may not, or the database is unavailable.
pub fn list(
    store: &dyn Store,
    caller: &Caller,
    query: RecordQuery,
    only_coming_of_age: bool,
) -> Result<(Vec<RecordView>, bool)> {
    store.transact(&Access::to(caller, Action::ListPatients), |tx| {
        let coming_of_age = match only_coming_of_age {
            true => Some(OfAge::by(&tx.settings().settings()?.0)),
            false => None,
        };
        tx.records().records(&RecordQuery { coming_of_age, ..query })
    })
}

/// One record.
///
/// # Errors
/// There is none, the caller may not, or the database is unavailable.
pub fn read(store: &dyn Store, caller: &Caller, id: PatientId) -> Result<RecordDetail> {
    store.transact(&Access::to(caller, Action::ReadPatient).about(Subject::Patient(id)), |tx| detail(tx, id))
}

/// Adds a patient.
///
/// # Errors
/// The record number is taken, the caller may not, the idempotency key is taken, or the database is unavailable.
pub fn create(
    store: &dyn Store,
    caller: &Caller,
    text: &RecordText,
    key: Option<&IdempotencyKey>,
) -> Result<Receipt> {
    store.transact(&Access::to(caller, Action::CreatePatient), |tx| {
        crate::once(tx, "patient.create", key, |tx| {
            let id = PatientId::new(tx.fresh_id());
            tx.records().add_record(id, text)?;
            Ok(Receipt { patient: Some(id), ..Receipt::default() })
        })
    })
}

/// Changes a record, as `change` says of what it holds now.
///
/// # Errors
/// There is none, somebody else changed it since, the record number is taken, `change` refuses, the caller may not or
/// has not stepped up for another e-mail, or the database is unavailable.
pub fn update(
    store: &dyn Store,
    caller: &Caller,
    id: PatientId,
    change: &dyn Fn(&RecordView) -> Result<RecordText>,
    (if_match, hashes): (Option<i32>, &LinkHashes<'_>),
) -> Result<RecordDetail> {
    store.transact(&Access::to(caller, Action::UpdatePatient).about(Subject::Patient(id)), |tx| {
        let present = tx.records().record(id)?.ok_or(Error::NotFound)?;
        if if_match.is_some_and(|version| version != present.version) {
            return Err(Error::VersionMismatch { current: present.version });
        }
        let text = change(&present)?;
        let email = text.email.as_ref().map(|email| Readable::Intact(email.as_phi().clone()));
        if email != present.email {
            require_step_up(tx)?;
        }
        tx.records().save_record(id, &text)?;
        if email != present.email {
            move_mail(tx, &present, email.as_ref(), hashes)?;
        }
        let birth = text.birth_date.map(|date| Readable::Intact(Phi::new(date.text())));
        if birth != present.birth_date {
            let age = OfAge::by(&tx.settings().settings()?.0);
            let before = age.of(present.birth_date.as_ref());
            let after = age.of(birth.as_ref());
            majority::recompute(tx, Wards::One(id), |_| before, |_| after)?;
        }
        detail(tx, id)
    })
}

/// Links and codes to the former address are nobody's any more. An invitation that waited there goes to the new one.
fn move_mail(
    tx: &mut dyn Tx,
    before: &RecordView,
    email: Option<&Readable>,
    hashes: &LinkHashes<'_>,
) -> Result<()> {
    let patient = before.id;
    tx.account_links().withdraw(LinkOwner::Patient(patient), LinkPurpose::IdentityCheck)?;
    let Some(former) = before.email.as_ref().and_then(Readable::text) else { return Ok(()) };
    let waiting =
        tx.account_links().open_links(LinkOwner::Patient(patient), LinkPurpose::PatientInvitation)?;
    if !waiting.iter().any(|link| is_at(link, former)) {
        return Ok(());
    }
    withdraw_at(tx, (patient, LinkPurpose::PatientInvitation), former)?;
    let Some(new) = email.and_then(Readable::text) else { return Ok(()) };
    if tx.records().addresses_of_others(&[(patient, new.clone())])?.is_empty() {
        send_to_patient(tx, patient, new.clone(), hashes)?;
    }
    Ok(())
}

/// Invitations and codes go to the e-mail on file: whoever changes it can open the patient's account.
fn require_step_up(tx: &mut dyn Tx) -> Result<()> {
    let now = tx.now();
    if tx.staff()?.session_facts().has_stepped_up(now) { Ok(()) } else { Err(Error::StepUpRequired) }
}

pub(super) fn detail(tx: &mut dyn Tx, id: PatientId) -> Result<RecordDetail> {
    let record = tx.records().record(id)?.ok_or(Error::NotFound)?;
    let holders = tx.records().holders(id)?;
    let mut invitations =
        tx.account_links().open_links(LinkOwner::Patient(id), LinkPurpose::PatientInvitation)?;
    invitations.extend(tx.account_links().open_links(LinkOwner::Patient(id), LinkPurpose::ProxyInvitation)?);
    Ok(RecordDetail { record, holders, invitations })
}
