//! Which teams there are: `/api/teams`.

pub(crate) mod create;
pub(crate) mod retire;
pub(crate) mod update;

use super::fields::Fields;
use super::wire::{Category, Id};
use threadwell_application::FieldProblem;
use threadwell_domain::StaffId;
use threadwell_domain::team::MOST_MEMBERS;
use threadwell_domain::thread::CategorySet;

/// The categories of a team's duty.
fn duty(categories: &[Category]) -> CategorySet {
    CategorySet::of(&categories.iter().map(|category| (*category).into()).collect::<Vec<_>>())
}

/// The people of a team, unless they are too many.
fn members(fields: &mut Fields, ids: &[Id]) -> Vec<StaffId> {
    if ids.len() > MOST_MEMBERS {
        fields.refuse("/memberIds", FieldProblem::TooLong(MOST_MEMBERS));
    }
    ids.iter().map(|id| StaffId::new(id.0)).collect()
}
