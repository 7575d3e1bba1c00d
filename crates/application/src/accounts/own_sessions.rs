//! One's own sessions, and where their devices take push notifications.

use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{PushPlatform, SessionView, Store};
use crate::{Error, Result};
use threadwell_domain::{Phi, SessionId};

/// The sessions of whoever is signed in, the latest used first.
///
/// # Errors
/// The session does not admit the caller, or the database is unavailable.
pub fn list_sessions(store: &dyn Store, caller: &Caller) -> Result<Vec<SessionView>> {
    let (person, _) = caller.person()?;
    store.transact(&Access::to(caller, Action::ListSessions), |tx| tx.devices().sessions_of(person))
}

/// Ends one of them.
///
/// # Errors
/// There is none of that id (`NotFound`), or the database is unavailable.
pub fn end_session(store: &dyn Store, caller: &Caller, session: SessionId) -> Result<()> {
    let (person, _) = caller.person()?;
    let access = Access::to(caller, Action::EndSessions).about(Subject::Session(session));
    store.transact(&access, |tx| {
        if tx.devices().end_one(person, session)? { Ok(()) } else { Err(Error::NotFound) }
    })
}

/// Ends all of them, or all but the one at hand.
///
/// # Errors
/// The session does not admit the caller, or the database is unavailable.
pub fn end_sessions(store: &dyn Store, caller: &Caller, spares_this_one: bool) -> Result<()> {
    let (person, session) = caller.person()?;
    let spared = spares_this_one.then_some(session);
    store.transact(&Access::to(caller, Action::EndSessions), |tx| tx.devices().end_all(person, spared))
}

/// Notes where the device of the session at hand takes push notifications.
///
/// # Errors
/// The session does not admit the caller, or the database is unavailable.
pub fn register_push(store: &dyn Store, caller: &Caller, platform: PushPlatform, token: &Phi) -> Result<()> {
    let (_, session) = caller.person()?;
    store.transact(&Access::to(caller, Action::RegisterPush), |tx| {
        tx.devices().register_push(session, platform, token)
    })
}

/// Forgets it.
///
/// # Errors
/// The session does not admit the caller, or the database is unavailable.
pub fn forget_push(store: &dyn Store, caller: &Caller) -> Result<()> {
    let (_, session) = caller.person()?;
    store.transact(&Access::to(caller, Action::RegisterPush), |tx| tx.devices().forget_push(session))
}
