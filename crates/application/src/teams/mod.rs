//! Which teams there are: admins say so.
//!
//! A team may be on duty for nothing: threads are then given to it by hand alone. Whoever leaves a team, and whatever
//! category it lays down, its threads stay with it.

use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{IdempotencyKey, Receipt, Store, TeamChanges, TeamView, Tx};
use crate::{Error, FieldProblem, Result, tell};
use threadwell_domain::TeamId;
use threadwell_domain::team::{MOST_TEAMS, TeamName};
use threadwell_domain::thread::CategorySet;

/// Makes a team.
///
/// # Errors
/// There are as many as there can be (`LimitReached`), another has the name, one of the people is not of the staff, the
/// caller may not, the idempotency key is taken, or the database is unavailable.
pub fn create(
    store: &dyn Store,
    caller: &Caller,
    name: &TeamName,
    rest: &TeamChanges,
    key: Option<&IdempotencyKey>,
) -> Result<Receipt> {
    store.transact(&Access::to(caller, Action::CreateTeam), |tx| {
        crate::once(tx, "team.create", key, |tx| {
            if tx.teams().count_for_update()? >= MOST_TEAMS {
                return Err(Error::LimitReached);
            }
            let id = TeamId::new(tx.fresh_id());
            tx.teams().add(id, name, rest.categories.unwrap_or(CategorySet::NONE))?;
            set_members(tx, id, rest)?;
            tell::practice(tx)?;
            Ok(Receipt { team: Some(id), ..Receipt::default() })
        })
    })
}

/// Changes a team.
///
/// # Errors
/// There is no such team, another has the name, one of the people is not of the staff, the caller may not, or the
/// database is unavailable.
pub fn update(store: &dyn Store, caller: &Caller, id: TeamId, changes: &TeamChanges) -> Result<TeamView> {
    store.transact(&Access::to(caller, Action::UpdateTeam).about(Subject::Team(id)), |tx| {
        tx.teams().count_for_update()?;
        if !tx.teams().save(id, changes)? {
            return Err(Error::NotFound);
        }
        set_members(tx, id, changes)?;
        tell::practice(tx)?;
        let teams = tx.people().teams()?;
        teams.into_iter().find(|team| team.id == id).ok_or(Error::NotFound)
    })
}

/// Takes a team out of use. Its closed threads are with nobody from then on: opened again, by whomever, they wait for
/// everybody instead of coming back to nobody's list.
///
/// # Errors
/// There is no such team, open threads are with it (`TeamInUse`), the caller may not, or the database is unavailable.
pub fn retire(store: &dyn Store, caller: &Caller, id: TeamId) -> Result<()> {
    store.transact(&Access::to(caller, Action::RetireTeam).about(Subject::Team(id)), |tx| {
        // In this order: whoever gives the team a thread holds the team's row until the thread is there to be seen.
        if !tx.teams().retire(id)? {
            return Err(Error::NotFound);
        }
        if tx.teams().has_open_threads(id)? || !tx.teams().release_threads(id)? {
            return Err(Error::TeamInUse);
        }
        tell::practice(tx)
    })
}

fn set_members(tx: &mut dyn Tx, id: TeamId, changes: &TeamChanges) -> Result<()> {
    let Some(members) = &changes.members else { return Ok(()) };
    if tx.teams().set_members(id, members)? {
        Ok(())
    } else {
        Err(Error::field("/memberIds", FieldProblem::Invalid))
    }
}
