//! Inviting many patients at once, by their record numbers.

use super::LinkHashes;
use super::invitations::send_to_patient;
use crate::Result;
use crate::access::{Access, Action, Caller};
use crate::ports::{NumberedPatient, PortalAccess, Readable, Store, Tx};
use std::collections::{HashMap, HashSet};
use threadwell_domain::person::{EmailAddress, Mrn};
use threadwell_domain::{PatientId, Phi};

/// The most lines of one act.
pub const MOST_LINES: usize = 2_000;

/// A line that could be read.
#[derive(Clone, Debug)]
pub struct Line {
    /// The record number.
    pub mrn: Mrn,
    /// Where the invitation goes; `None` is the e-mail on file.
    pub email: Option<EmailAddress>,
}

/// What becomes of a line.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Outcome {
    /// The patient is invited.
    Invite,
    /// The patient has an account.
    AlreadyHasAccount,
    /// An invitation waits already.
    AlreadyInvited,
    /// Nobody has the record number.
    NoSuchPatient,
    /// No address is known.
    NoEmail,
    /// The address is that of somebody who acts for the patient or is another one.
    AddressOfAnother,
    /// An earlier line names the same patient.
    Duplicate,
    /// The line cannot be read.
    Malformed,
}

/// Invites the patients of the lines; `None` stands for a line that cannot be read. With one of those, or in a dry run,
/// nobody is invited, and the outcomes say what would be.
///
/// # Errors
/// The caller may not, or the database is unavailable.
pub fn invite(
    store: &dyn Store,
    caller: &Caller,
    lines: &[Option<Line>],
    is_dry_run: bool,
    hashes: &LinkHashes<'_>,
) -> Result<Vec<Outcome>> {
    store.transact(&Access::to(caller, Action::InviteInBulk), |tx| {
        let numbers: Vec<Mrn> = lines.iter().flatten().map(|line| line.mrn.clone()).collect();
        let found = tx.records().by_numbers(&numbers)?;
        let mut planned = plan(lines, &found);
        leave_others_out(tx, &mut planned)?;
        let is_whole = lines.iter().all(Option::is_some);
        if is_whole && !is_dry_run {
            for (patient, email) in planned.iter().filter_map(|(_, invited)| invited.clone()) {
                send_to_patient(tx, patient, email, hashes)?;
            }
        }
        Ok(planned.into_iter().map(|(outcome, _)| outcome).collect())
    })
}

type Planned = (Outcome, Option<(PatientId, Phi)>);

/// An invitation of the patient's own must not open the record to whoever acts for the patient.
fn leave_others_out(tx: &mut dyn Tx, planned: &mut [Planned]) -> Result<()> {
    let invited: Vec<(usize, (PatientId, Phi))> = planned
        .iter()
        .enumerate()
        .filter_map(|(place, (_, invited))| Some((place, invited.clone()?)))
        .collect();
    let (places, wanted): (Vec<usize>, Vec<(PatientId, Phi)>) = invited.into_iter().unzip();
    for other in tx.records().addresses_of_others(&wanted)? {
        if let Some(planned) = places.get(other).and_then(|place| planned.get_mut(*place)) {
            *planned = (Outcome::AddressOfAnother, None);
        }
    }
    Ok(())
}

fn plan(lines: &[Option<Line>], found: &[NumberedPatient]) -> Vec<Planned> {
    let known: HashMap<usize, &NumberedPatient> =
        found.iter().map(|patient| (patient.place, patient)).collect();
    let mut seen: HashSet<PatientId> = HashSet::new();
    let mut place = 0;
    lines
        .iter()
        .map(|line| {
            let Some(line) = line else { return (Outcome::Malformed, None) };
            let here = place;
            place += 1;
            match known.get(&here) {
                None => (Outcome::NoSuchPatient, None),
                Some(patient) if !seen.insert(patient.id) => (Outcome::Duplicate, None),
                Some(patient) => judge(line, patient),
            }
        })
        .collect()
}

fn judge(line: &Line, patient: &NumberedPatient) -> Planned {
    let on_file = || patient.email.as_ref().and_then(Readable::text).cloned();
    let email = line.email.as_ref().map(|email| email.as_phi().clone()).or_else(on_file);
    match (patient.access, email) {
        (PortalAccess::Active, _) => (Outcome::AlreadyHasAccount, None),
        (PortalAccess::Invited, _) => (Outcome::AlreadyInvited, None),
        (PortalAccess::None, None) => (Outcome::NoEmail, None),
        (PortalAccess::None, Some(email)) => (Outcome::Invite, Some((patient.id, email))),
    }
}
