//! Choosing the patient that an account acts for.

use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{GrantedPatient, Store};
use crate::{Error, Result};
use threadwell_domain::PatientId;

/// Chooses a patient; the token to come and the refreshes after it act for them.
///
/// # Errors
/// The account has no unexpired grant for the patient (`NotFound`), or the database is unavailable.
pub fn act_for(store: &dyn Store, caller: &Caller, patient: PatientId) -> Result<GrantedPatient> {
    store.transact(&Access::to(caller, Action::ActFor).about(Subject::Patient(patient)), |tx| {
        let actor = tx.portal()?;
        let profile = tx.sessions().account_profile(actor.account())?.ok_or(Error::NotFound)?;
        let chosen = profile
            .patients
            .into_iter()
            .find(|granted| granted.grant.patient == patient)
            .ok_or(Error::NotFound)?;
        tx.sessions().act_for(actor.session(), &chosen.grant)?;
        Ok(chosen)
    })
}
