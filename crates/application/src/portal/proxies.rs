//! Who acts for whom, as patients and proxies see and decide it.

use super::grant_of;
use crate::access::{Access, Action, Caller, Subject};
use crate::accounts::AccountPorts;
use crate::admin::LinkHashes;
use crate::admin::grants::end_with_invitations;
use crate::admin::invitations::{is_at, send_to_proxy, withdraw_one};
use crate::ports::{
    FactorOwner, GivenGrant, GrantedPatient, IdempotencyKey, InvitedGrant, LinkOwner, LinkPurpose,
    LinkRecord, Receipt, Recipient, Store, Tx,
};
use crate::{Error, FieldProblem, Result};
use threadwell_domain::access::{GrantScope, Relationship};
use threadwell_domain::person::{EmailAddress, PersonName};
use threadwell_domain::{AccountId, Moment, PatientId};
use uuid::Uuid;

/// How many invitations to act for a patient can wait.
const MOST_WAITING: usize = 10;

/// Who acts for whom, as one account knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnGrants {
    /// Others for whom the account acts.
    pub mine: Vec<GrantedPatient>,
    /// Those who act for the patient that the account is.
    pub given: Vec<GivenGrant>,
    /// Those who are invited to.
    pub pending: Vec<LinkRecord>,
}

/// A caregiver to be invited.
#[derive(Clone, Debug)]
pub struct Caregiver {
    /// Where the invitation goes.
    pub email: EmailAddress,
    /// The name.
    pub full_name: PersonName,
    /// How far.
    pub scope: GrantScope,
    /// Until when; `None` is for good.
    pub expires_at: Option<Moment>,
}

/// Who acts for whom.
///
/// # Errors
/// The session does not admit the caller, or the database is unavailable.
pub fn list_grants(store: &dyn Store, caller: &Caller) -> Result<OwnGrants> {
    store.transact(&Access::to(caller, Action::PortalListGrants), |tx| {
        let account = tx.portal()?.account();
        let profile = tx.sessions().account_profile(account)?.ok_or(Error::NotFound)?;
        let is_other = |patient: &GrantedPatient| patient.grant.relationship != Relationship::Myself;
        let mine = profile.patients.into_iter().filter(is_other).collect();
        let (given, pending) = match own_patient(tx)? {
            Some(patient) => {
                let pending = tx
                    .account_links()
                    .open_links(LinkOwner::Patient(patient), LinkPurpose::ProxyInvitation)?;
                (tx.grants().given(patient)?, pending)
            }
            None => (Vec::new(), Vec::new()),
        };
        Ok(OwnGrants { mine, given, pending })
    })
}

/// Invites a caregiver.
///
/// # Errors
/// The practice does not let patients, the end has passed (`Invalid`), the caller is not the patient or has not stepped
/// up, as many wait as can (`LimitReached`), `RateLimited`, the idempotency key is taken, or the database is
/// unavailable.
pub fn invite_caregiver(
    ports: &AccountPorts<'_>,
    caller: &Caller,
    caregiver: &Caregiver,
    hashes: &LinkHashes<'_>,
    key: Option<&IdempotencyKey>,
) -> Result<Receipt> {
    let (Recipient::Account(account), _) = caller.person()? else { return Err(Error::Denied) };
    ports.slow_invitation(caller, account, caregiver.email.as_phi())?;
    ports.store.transact(&Access::to(caller, Action::PortalInviteProxy), |tx| {
        let patient = grant_of(&tx.portal()?)?.patient;
        if !tx.settings().may_patients_invite()? {
            return Err(Error::Denied);
        }
        if caregiver.expires_at.is_some_and(|end| end <= tx.now()) {
            return Err(Error::field("/expiresAt", FieldProblem::Invalid));
        }
        crate::once(tx, "portal.grant.invite", key, |tx| {
            check_limit(tx, (account, patient), &caregiver.email)?;
            let (scope, expires_at) = (caregiver.scope, caregiver.expires_at);
            let grant = InvitedGrant { relationship: Relationship::Caregiver, scope, expires_at };
            let name = Some(&caregiver.full_name);
            let link = send_to_proxy(tx, patient, &caregiver.email, name, (grant, hashes))?;
            Ok(Receipt { link: Some(link), ..Receipt::default() })
        })
    })
}

/// Whether one more may wait; one that waits at the same address makes room.
fn check_limit(
    tx: &mut dyn Tx,
    (account, patient): (AccountId, PatientId),
    email: &EmailAddress,
) -> Result<()> {
    // One change of the account at a time, or two at once would both find room.
    tx.second_factors().lock(FactorOwner::Account(account))?;
    let waiting = tx.account_links().open_links(LinkOwner::Patient(patient), LinkPurpose::ProxyInvitation)?;
    let others = waiting.iter().filter(|link| !is_at(link, email.as_phi())).count();
    if others < MOST_WAITING { Ok(()) } else { Err(Error::LimitReached) }
}

/// Ends the grant of somebody who acts for the patient that the account is.
///
/// # Errors
/// There is none, the caller is not the patient, or the database is unavailable.
pub fn end_given(store: &dyn Store, caller: &Caller, account: AccountId) -> Result<()> {
    let access = Access::to(caller, Action::PortalEndGrant).about(Subject::Account(account));
    store.transact(&access, |tx| {
        let patient = own_patient(tx)?.ok_or(Error::Denied)?;
        if tx.portal()?.account() == account {
            return Err(Error::NotFound);
        }
        end_with_invitations(tx, account, patient)
    })
}

/// Acts for somebody no more.
///
/// # Errors
/// The account does not act for such a patient, or is the patient; or the database is unavailable.
pub fn leave(store: &dyn Store, caller: &Caller, patient: PatientId) -> Result<()> {
    let access = Access::to(caller, Action::PortalEndGrant).about(Subject::Patient(patient));
    store.transact(&access, |tx| {
        let account = tx.portal()?.account();
        let grant = tx.grants().grant_of(account, patient)?.ok_or(Error::NotFound)?;
        let is_own = grant.relationship == Relationship::Myself;
        if !is_own && tx.grants().end_grant(account, patient)? { Ok(()) } else { Err(Error::NotFound) }
    })
}

/// Withdraws an invitation to act for the patient that the account is.
///
/// # Errors
/// There is none, the caller is not the patient, or the database is unavailable.
pub fn withdraw_invitation(store: &dyn Store, caller: &Caller, invitation: Uuid) -> Result<()> {
    let access = Access::to(caller, Action::PortalEndGrant).about(Subject::Link(invitation));
    store.transact(&access, |tx| {
        let patient = own_patient(tx)?.ok_or(Error::Denied)?;
        withdraw_one(tx, patient, invitation)
    })
}

/// The patient that the account is, if it acts as such.
fn own_patient(tx: &mut dyn Tx) -> Result<Option<PatientId>> {
    let now = tx.now();
    let actor = tx.portal()?;
    let own = actor.grant().filter(|grant| {
        grant.relationship == Relationship::Myself && grant.expires_at.is_none_or(|end| now < end)
    });
    Ok(own.map(|grant| grant.patient))
}
