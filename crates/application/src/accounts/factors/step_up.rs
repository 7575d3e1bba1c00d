//! Proving once more who one is, before what matters most.

use super::checks::{FactorProof, take};
use super::own::{Person, person};
use super::trying::refuse;
use super::{FactorTools, shown};
use crate::access::{Access, Action, Audience, Caller};
use crate::ports::{
    FactorOwner, FactorStanding, NewTicket, RefreshDelivery, SecretText, Store, ThrottleKeys, TicketDevice,
    TicketKey, TicketPurpose,
};
use crate::{Error, Result};
use threadwell_domain::{Moment, Phi, SessionId, TenantId};

/// What somebody brings to step up.
pub enum StepUpProof<'a> {
    /// The password, where there is no factor: whether it fits the stored hash.
    Password(&'a dyn Fn(Option<&str>) -> bool),
    /// A factor; recovery codes are for signing in.
    Factor(FactorProof),
}

impl std::fmt::Debug for StepUpProof<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Password(_) => "StepUpProof::Password",
            Self::Factor(_) => "StepUpProof::Factor",
        })
    }
}

/// The ways to step up.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum StepUpMethod {
    /// The password, where there is no factor.
    Password,
    /// A code by time.
    OneTimeCode,
    /// A passkey.
    Passkey,
}

/// How somebody can step up, and whether they have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StepUpStanding {
    /// What can be proved.
    pub methods: Vec<StepUpMethod>,
    /// Until when the last step-up holds.
    pub until: Option<Moment>,
}

/// How one can step up.
///
/// # Errors
/// A refusal at the door, or the database is unavailable.
pub fn read_step_up(store: &dyn Store, caller: &Caller) -> Result<StepUpStanding> {
    store.transact(&Access::to(caller, Action::ReadAccount), |tx| {
        let person = person(tx)?;
        let standing = tx.second_factors().standing(person.owner)?;
        let until = person.facts.step_up_ends_at().filter(|_| person.facts.has_stepped_up(tx.now()));
        Ok(StepUpStanding { methods: methods(&standing), until })
    })
}

/// Asks for one of one's passkeys.
///
/// # Errors
/// `NotFound` where there is none, a refusal at the door, or the database is unavailable.
pub fn challenge_step_up(tools: &FactorTools<'_>, caller: &Caller, tenant: TenantId) -> Result<SecretText> {
    let (passkeys, drawn) = (tools.passkeys()?, tools.secrets.ticket(tenant)?);
    tools.store.transact(&Access::to(caller, Action::StepUp), |tx| {
        let person = person(tx)?;
        let kept = tx.passkeys().all(person.owner)?;
        let records: Vec<String> = kept.iter().map(|one| one.record.expose().to_owned()).collect();
        if records.is_empty() {
            return Err(Error::NotFound);
        }
        let challenge = passkeys.ask_for_known(&records)?;
        tx.tickets().issue(&NewTicket {
            hash: drawn.hash,
            owner: person.owner,
            purpose: TicketPurpose::StepUp,
            session: Some(person.session),
            delivery: RefreshDelivery::Cookie,
            device: TicketDevice::default(),
            state: Some(SecretText::new(challenge.state)),
        })?;
        Ok(SecretText::new(challenge.options))
    })
}

/// Steps up: by a factor where there is one, else by the password. Guesses are counted as sign-ins are.
///
/// # Errors
/// `InvalidCode`, `InvalidCredentials` for the password, `RateLimited`, a refusal at the door, or the database is
/// unavailable.
pub fn step_up(tools: &FactorTools<'_>, caller: &Caller, proof: &StepUpProof<'_>, at: Moment) -> Result<()> {
    let is_passkey = matches!(proof, StepUpProof::Factor(FactorProof::Passkey(_)));
    let found = find_self(tools.store, caller, |session| {
        is_passkey.then_some((TicketKey::StepUpOf(session), TicketPurpose::StepUp))
    })?;
    let keys = ThrottleKeys {
        audience: found.audience(),
        tenant: Some(found.person.tenant),
        email: &found.email,
        address: caller.request.ip,
        device: caller.counted_session(),
    };
    if let Err(refusal) = tools.throttle.admit(&keys, at) {
        return refuse(tools.store, caller, Action::StepUp, refusal);
    }
    let outcome = match proof {
        StepUpProof::Password(verify) => by_password(tools.store, caller, &found, *verify),
        StepUpProof::Factor(proof) => by_factor(tools, caller, &found, proof),
    };
    match &outcome {
        Ok(()) => tools.throttle.succeeded(&keys, at)?,
        Err(_) => tools.throttle.failed(&keys, at)?,
    }
    outcome
}

fn by_password(
    store: &dyn Store,
    caller: &Caller,
    found: &Found,
    verify: &dyn Fn(Option<&str>) -> bool,
) -> Result<()> {
    if found.standing.has_factor() {
        return refuse(store, caller, Action::StepUp, Error::InvalidCode);
    }
    if !verify(found.password_hash.as_ref().map(SecretText::expose)) {
        return refuse(store, caller, Action::StepUp, Error::InvalidCredentials);
    }
    store.transact(&Access::to(caller, Action::StepUp), |tx| {
        tx.session_proofs().stepped_up(found.person.session, None)
    })
}

fn by_factor(tools: &FactorTools<'_>, caller: &Caller, found: &Found, proof: &FactorProof) -> Result<()> {
    let Person { tenant, owner, session, .. } = found.person;
    tools.store.transact(&Access::to(caller, Action::StepUp), |tx| {
        tx.second_factors().lock(owner)?;
        let method = take(tx, tools, (tenant, owner), proof, found.state.as_ref())?;
        tx.session_proofs().stepped_up(session, Some(method))
    })
}

/// What has to be known of the person before a proof is looked at.
pub(super) struct Found {
    person: Person,
    email: Phi,
    password_hash: Option<SecretText>,
    standing: FactorStanding,
    /// The challenge that was waiting, out of its ticket now.
    pub(super) state: Option<SecretText>,
}

impl Found {
    const fn audience(&self) -> Audience {
        match self.person.owner {
            FactorOwner::Staff(_) => Audience::Staff,
            FactorOwner::Account(_) => Audience::Portal,
        }
    }
}

/// Finds the person, and takes the challenge that is to be answered: it is answered once, rightly or wrongly.
pub(super) fn find_self<'k>(
    store: &dyn Store,
    caller: &Caller,
    answered: impl FnOnce(SessionId) -> Option<(TicketKey<'k>, TicketPurpose)>,
) -> Result<Found> {
    store.transact(&Access::to(caller, Action::FindSelf), |tx| {
        let person = person(tx)?;
        let state = match answered(person.session) {
            Some((key, purpose)) => {
                let ticket = tx.tickets().presented(key)?.filter(|ticket| ticket.purpose == purpose);
                let ticket = ticket.filter(|ticket| ticket.owner == person.owner);
                ticket.map(|ticket| tx.tickets().take_state(ticket.id)).transpose()?.flatten()
            }
            None => None,
        };
        Ok(Found {
            person,
            email: shown(tx, person.owner)?.email,
            password_hash: tx.session_proofs().password_hash(person.owner)?,
            standing: tx.second_factors().standing(person.owner)?,
            state,
        })
    })
}

fn methods(standing: &FactorStanding) -> Vec<StepUpMethod> {
    if !standing.has_factor() {
        return vec![StepUpMethod::Password];
    }
    [(StepUpMethod::OneTimeCode, standing.one_time_codes > 0), (StepUpMethod::Passkey, standing.passkeys > 0)]
        .into_iter()
        .filter_map(|(method, is_there)| is_there.then_some(method))
        .collect()
}
