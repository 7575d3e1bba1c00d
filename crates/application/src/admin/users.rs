//! Who is on the staff.

use super::links::tell_former_address;
use super::{Draft, LinkHashes, send_link};
use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{
    AccountMail, FactorOwner, IdempotencyKey, LinkOwner, LinkPurpose, MailTo, NewUser, Readable, Receipt,
    Recipient, Store, Tx, UserChanges, UserState, UserView,
};
use crate::{Error, Result, tell};
use threadwell_domain::access::Role;
use threadwell_domain::{ChangeKind, StaffId};

/// Everybody on the staff.
///
/// # Errors
/// The caller may not, or the database is unavailable.
pub fn list(store: &dyn Store, caller: &Caller) -> Result<Vec<UserView>> {
    store.transact(&Access::to(caller, Action::ListUsers), |tx| tx.users().list())
}

/// One of them.
///
/// # Errors
/// There is nobody of that id, the caller may not, or the database is unavailable.
pub fn read(store: &dyn Store, caller: &Caller, id: StaffId) -> Result<UserView> {
    let access = Access::to(caller, Action::ListUsers).about(Subject::Staff(id));
    store.transact(&access, |tx| tx.users().user(id)?.ok_or(Error::NotFound))
}

/// Adds somebody, who chooses a password by a link that is mailed.
///
/// # Errors
/// The e-mail is taken, a team is none, the caller may not, the idempotency key is taken, or the database is unavailable.
pub fn invite(
    store: &dyn Store,
    caller: &Caller,
    user: &NewUser,
    hashes: &LinkHashes<'_>,
    key: Option<&IdempotencyKey>,
) -> Result<Receipt> {
    store.transact(&Access::to(caller, Action::InviteUser), |tx| {
        crate::once(tx, "user.invite", key, |tx| {
            let id = StaffId::new(tx.fresh_id());
            tx.users().add_user(id, user)?;
            send_link(tx, Draft::staff_invitation(id), hashes)?;
            Ok(Receipt { staff: Some(id), ..Receipt::default() })
        })
    })
}

/// Changes somebody. It acts on the person's next request; who may no longer sign in is signed out, and threads that
/// no longer exist for the person wait for everybody. Another e-mail is told to both addresses.
///
/// # Errors
/// There is nobody of that id, somebody else changed the person since, no administrator would be left, the e-mail is
/// taken, the caller may not, or the database is unavailable.
pub fn update(
    store: &dyn Store,
    caller: &Caller,
    id: StaffId,
    changes: &UserChanges,
    (if_match, hashes): (Option<i32>, &LinkHashes<'_>),
) -> Result<UserView> {
    store.transact(&Access::to(caller, Action::UpdateUser).about(Subject::Staff(id)), |tx| {
        if changes.is_active == Some(false) {
            tx.second_factors().lock(FactorOwner::Staff(id))?;
        }
        let admins = hold_admins(tx)?;
        let present = tx.users().user(id)?.ok_or(Error::NotFound)?;
        if if_match.is_some_and(|version| version != present.version) {
            return Err(Error::VersionMismatch { current: present.version });
        }
        let stays = changes.role.is_none_or(|role| role == Role::Admin) && changes.is_active != Some(false);
        if !stays && admins == [id] {
            return Err(Error::LastAdmin);
        }
        tx.users().save_user(id, changes)?;
        if changes.is_active == Some(false) && present.state != UserState::Deactivated {
            shut_out(tx, id)?;
        }
        if changes.role.is_some() || changes.is_active.is_some() {
            release(tx, &[id])?;
        }
        let user = tx.users().user(id)?.ok_or(Error::NotFound)?;
        name_changes(tx, &present, &user);
        tell::practice(tx)?;
        if user.email != present.email {
            move_mail(tx, &user, present.email, hashes)?;
        }
        Ok(user)
    })
}

/// Lets the audit name what of somebody is other than before, and the role that the person has now.
fn name_changes(tx: &mut dyn Tx, before: &UserView, after: &UserView) {
    let is_out = |user: &UserView| user.state == UserState::Deactivated;
    let fields = [
        ("email", before.email != after.email),
        ("fullName", before.full_name != after.full_name),
        ("title", before.title != after.title),
        ("role", before.role != after.role),
        ("isActive", is_out(before) != is_out(after)),
    ];
    fields.iter().filter(|(_, differs)| *differs).for_each(|(name, _)| tx.about(Subject::Field(name)));
    if before.role != after.role {
        tx.about(Subject::Role(after.role));
    }
}

/// Links to the former address are nobody's any more: whoever is still invited gets a new one at the new address.
fn move_mail(tx: &mut dyn Tx, user: &UserView, former: Readable, hashes: &LinkHashes<'_>) -> Result<()> {
    for purpose in [LinkPurpose::StaffInvitation, LinkPurpose::StaffReset] {
        tx.account_links().withdraw(LinkOwner::Staff(user.id), purpose)?;
    }
    if let Readable::Intact(former) = former {
        tell_former_address(tx, user.id, former, hashes)?;
    }
    match user.state {
        UserState::Invited => send_link(tx, Draft::staff_invitation(user.id), hashes).map(drop),
        UserState::Active | UserState::Deactivated => {
            let to = MailTo::Person(Recipient::Staff(user.id));
            tx.outbox().account_mail(AccountMail::StaffEmailChanged, to, None)
        }
    }
}

/// The administrators, whose number nobody else changes from now on; whoever acts is still one of them.
fn hold_admins(tx: &mut dyn Tx) -> Result<Vec<StaffId>> {
    let admins = tx.users().hold_admins()?;
    match tx.staff() {
        // Two who shut each other out at once: the second finds the door closed already.
        Ok(actor) if !admins.contains(&actor.id()) => Err(Error::LastAdmin),
        Ok(_) | Err(_) => Ok(admins),
    }
}

/// Ends what somebody has open and what was begun; the person is held already.
fn shut_out(tx: &mut dyn Tx, id: StaffId) -> Result<()> {
    tx.tickets().end_all(FactorOwner::Staff(id))?;
    tx.holdings().end_sessions(Recipient::Staff(id))?;
    for purpose in [LinkPurpose::StaffInvitation, LinkPurpose::StaffReset] {
        tx.account_links().withdraw(LinkOwner::Staff(id), purpose)?;
    }
    Ok(())
}

/// Lets threads wait for everybody that no longer exist for the people who had them.
pub(super) fn release(tx: &mut dyn Tx, people: &[StaffId]) -> Result<()> {
    for thread in tx.holdings().release_threads(people)? {
        tell::side(tx, crate::access::Audience::Staff, ChangeKind::Assigned, thread, None)?;
    }
    Ok(())
}

/// What an administrator can do for somebody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Help {
    /// Mails the invitation again; the earlier link is good no more.
    Invitation,
    /// Mails a link to a new password.
    PasswordReset,
    /// Ends all sessions.
    EndSessions,
}

impl Help {
    const fn action(self) -> Action {
        match self {
            Self::Invitation => Action::InviteUserAgain,
            Self::PasswordReset => Action::ResetUserPassword,
            Self::EndSessions => Action::EndUserSessions,
        }
    }
}

/// Helps somebody.
///
/// # Errors
/// There is nobody of that id or state, the caller may not, or the database is unavailable.
pub fn help(
    store: &dyn Store,
    caller: &Caller,
    id: StaffId,
    how: Help,
    hashes: &LinkHashes<'_>,
) -> Result<()> {
    let access = Access::to(caller, how.action()).about(Subject::Staff(id));
    store.transact(&access, |tx| give_help(tx, id, how, hashes))
}

/// Helps somebody inside a transaction.
///
/// # Errors
/// There is nobody of that id or state, or the database is unavailable.
pub fn give_help(tx: &mut dyn Tx, id: StaffId, how: Help, hashes: &LinkHashes<'_>) -> Result<()> {
    let user = tx.users().user(id)?.ok_or(Error::NotFound)?;
    match (how, user.state) {
        (Help::Invitation, UserState::Invited) | (Help::PasswordReset, UserState::Invited) => {
            tx.account_links().withdraw(LinkOwner::Staff(id), LinkPurpose::StaffInvitation)?;
            send_link(tx, Draft::staff_invitation(id), hashes).map(drop)
        }
        (Help::PasswordReset, UserState::Active) => {
            tx.account_links().withdraw(LinkOwner::Staff(id), LinkPurpose::StaffReset)?;
            send_link(tx, Draft::staff_reset(id), hashes).map(drop)
        }
        (Help::EndSessions, _) => tx.holdings().end_sessions(Recipient::Staff(id)).map(drop),
        (Help::Invitation, UserState::Active | UserState::Deactivated)
        | (Help::PasswordReset, UserState::Deactivated) => Err(Error::NotFound),
    }
}

/// Takes the second factors of somebody who lost them away. The person is told, and signs in anew.
///
/// # Errors
/// There is nobody of that id, the caller may not or has not stepped up, or the database is unavailable.
pub fn remove_factors(store: &dyn Store, caller: &Caller, id: StaffId) -> Result<()> {
    let access = Access::to(caller, Action::RemoveUserFactors).about(Subject::Staff(id));
    store.transact(&access, |tx| take_factors(tx, id))
}

/// Takes second factors away inside a transaction.
///
/// # Errors
/// There is nobody of that id, or the database is unavailable.
pub fn take_factors(tx: &mut dyn Tx, id: StaffId) -> Result<()> {
    tx.users().user(id)?.ok_or(Error::NotFound)?;
    tx.second_factors().lock(FactorOwner::Staff(id))?;
    tx.holdings().remove_factors(Recipient::Staff(id))?;
    tx.tickets().end_all(FactorOwner::Staff(id))?;
    tx.holdings().end_sessions(Recipient::Staff(id))?;
    tx.outbox().account_mail(AccountMail::FactorsRemoved, MailTo::Person(Recipient::Staff(id)), None)
}

/// Adds somebody inside a transaction; gives the id and that of the link.
///
/// # Errors
/// The e-mail is taken, a team is none, or the database is unavailable.
pub fn add_invited(
    tx: &mut dyn Tx,
    user: &NewUser,
    hashes: &LinkHashes<'_>,
) -> Result<(StaffId, uuid::Uuid)> {
    let id = StaffId::new(tx.fresh_id());
    tx.users().add_user(id, user)?;
    let link = send_link(tx, Draft::staff_invitation(id), hashes)?;
    Ok((id, link))
}

/// Lets somebody sign in no more, inside a transaction.
///
/// # Errors
/// There is nobody of that id, no administrator would be left, or the database is unavailable.
pub fn deactivate(tx: &mut dyn Tx, id: StaffId) -> Result<()> {
    tx.second_factors().lock(FactorOwner::Staff(id))?;
    let admins = hold_admins(tx)?;
    tx.users().user(id)?.ok_or(Error::NotFound)?;
    if admins == [id] {
        return Err(Error::LastAdmin);
    }
    tx.users().save_user(id, &UserChanges { is_active: Some(false), ..UserChanges::default() })?;
    shut_out(tx, id)?;
    release(tx, &[id])?;
    tell::practice(tx)
}
