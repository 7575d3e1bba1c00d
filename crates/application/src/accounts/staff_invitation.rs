//! Taking up an invitation to the staff.

use super::common::{AccountPorts, LinkRequest, check_new};
use super::reset::practice;
use crate::access::{Access, Action, Audience};
use crate::ports::{
    CredentialRecord, LinkPurpose, LinkRecord, MadeSecret, PracticeSummary, Recipient, StaffProfile, Tx,
    TypedPassword,
};
use crate::{Error, Result, tell};
use threadwell_domain::access::minimum_length;

/// What the page of an invitation shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckedStaffInvitation {
    /// The practice.
    pub practice: PracticeSummary,
    /// Who is invited.
    pub profile: StaffProfile,
    /// How long the password must be.
    pub minimum_length: usize,
}

/// Shows what an invitation is good for. Consumes nothing.
///
/// # Errors
/// `RateLimited`, `InvalidLink`, or the database is unavailable.
pub fn check_staff_invitation(
    ports: &AccountPorts<'_>,
    link: &LinkRequest,
) -> Result<CheckedStaffInvitation> {
    let visitor = link.visitor();
    ports.slow_down(&visitor, Action::CheckLink, None)?;
    let practice = practice(ports, link.presented.tenant)?;
    ports.store.transact(&Access::to(&visitor, Action::CheckLink), |tx| {
        let (_, record) = presented(tx, link)?;
        let profile = match record.person {
            Recipient::Staff(id) => tx.sessions().staff_profile(id)?,
            Recipient::Account(_) => None,
        };
        let minimum_length = minimum_length(record.has_second_factor);
        Ok(CheckedStaffInvitation { practice, profile: profile.ok_or(Error::InvalidLink)?, minimum_length })
    })
}

/// Stores the first password; gives the secret that the device is to keep. Signing in comes after.
///
/// # Errors
/// `RateLimited`, `InvalidLink`, a password that breaks a rule (`Invalid`), or the database is unavailable.
pub fn accept_staff_invitation(
    ports: &AccountPorts<'_>,
    link: &LinkRequest,
    password: &TypedPassword,
) -> Result<MadeSecret> {
    let visitor = link.visitor();
    ports.slow_down(&visitor, Action::AcceptInvitation, None)?;
    let (_, record) =
        ports.store.transact(&Access::to(&visitor, Action::CheckLink), |tx| presented(tx, link))?;
    check_new(password, Some(&record.email), record.has_second_factor, "/password")?;
    let hash = ports.secrets.hash(password)?;
    ports.store.transact(&Access::to(&visitor, Action::AcceptInvitation), |tx| {
        tx.second_factors().lock(record.person.into())?;
        let (row, record) = presented(tx, link)?;
        tx.credentials().set_password(record.person, &hash, password.stands_alone())?;
        tx.account_links().use_up(row.id, None)?;
        tx.account_links().withdraw(super::links::owner(record.person), row.purpose)?;
        // Colleagues can give work to whoever joined.
        tell::practice(tx)?;
        ports.remember(tx, link, record.person)
    })
}

fn presented(tx: &mut dyn Tx, link: &LinkRequest) -> Result<(LinkRecord, CredentialRecord)> {
    let row = tx.account_links().presented(&link.presented.hash)?.ok_or(Error::InvalidLink)?;
    let (Audience::Staff, LinkPurpose::StaffInvitation, Some(staff)) =
        (link.audience, row.purpose, row.staff)
    else {
        return Err(Error::InvalidLink);
    };
    let record = tx.credentials().credentials_of(Recipient::Staff(staff))?.filter(|record| record.is_active);
    Ok((row, record.ok_or(Error::InvalidLink)?))
}
