//! After a right password: whether a factor is due, and the ticket that stands for the rest of the sign-in.

use super::ProofMethod;
use crate::Result;
use crate::access::{Access, Action, Caller};
use crate::accounts::verified::Verified;
use crate::ports::{
    FactorOwner, FactorSecrets, FactorStanding, NewTicket, RefreshDelivery, SecretText, Store, TICKET_LIFE,
    TicketDevice, TicketPurpose,
};
use chrono::Duration;
use threadwell_domain::TenantId;

/// A sign-in that waits for a factor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FactorDue {
    /// What the rest of the sign-in is done with.
    pub ticket: SecretText,
    /// How long it is good.
    pub expires_in: Duration,
    /// What can be proved; nothing, where the first factor is to be enrolled.
    pub methods: Vec<ProofMethod>,
    /// Whether the practice demands a factor and the person has none.
    pub is_enrolment: bool,
}

/// Whose password was right, and what for.
pub(in crate::accounts) struct Asking<'a> {
    pub(in crate::accounts) practice: TenantId,
    pub(in crate::accounts) verified: Verified<'a>,
    pub(in crate::accounts) delivery: RefreshDelivery,
    pub(in crate::accounts) device: TicketDevice,
}

/// Whether the password alone opens no session.
pub(in crate::accounts) const fn is_factor_due(standing: &FactorStanding) -> bool {
    standing.has_factor() || standing.is_demanded
}

/// Issues a ticket if a factor is due.
pub(in crate::accounts) fn ask_for_factor(
    store: &dyn Store,
    visitor: &Caller,
    secrets: &dyn FactorSecrets,
    asking: Asking<'_>,
) -> Result<Option<FactorDue>> {
    let owner = FactorOwner::from(asking.verified.record.owner);
    let standing =
        store.transact(&Access::to(visitor, Action::FindLogin), |tx| tx.second_factors().standing(owner))?;
    if !is_factor_due(&standing) {
        return Ok(None);
    }
    let drawn = secrets.ticket(asking.practice)?;
    let purpose = if standing.has_factor() { TicketPurpose::Proof } else { TicketPurpose::Enrolment };
    store.transact(&Access::to(visitor, Action::AskForFactor).about(owner), |tx| {
        asking.verified.hold(tx)?;
        tx.tickets().issue(&NewTicket {
            hash: drawn.hash,
            owner,
            purpose,
            session: None,
            delivery: asking.delivery,
            device: asking.device,
            state: None,
        })
    })?;
    Ok(Some(FactorDue {
        ticket: drawn.text,
        expires_in: TICKET_LIFE,
        methods: methods(&standing),
        is_enrolment: !standing.has_factor(),
    }))
}

/// What somebody with these factors can prove.
fn methods(standing: &FactorStanding) -> Vec<ProofMethod> {
    let has_codes = standing.has_factor() && standing.recovery_codes > 0;
    [
        (ProofMethod::OneTimeCode, standing.one_time_codes > 0),
        (ProofMethod::Passkey, standing.passkeys > 0),
        (ProofMethod::RecoveryCode, has_codes),
    ]
    .into_iter()
    .filter_map(|(method, is_there)| is_there.then_some(method))
    .collect()
}
