//! Signing in with e-mail and password.

use super::arrival::{Arrival, known_device, person_of};
use super::factors::{Asking, FactorDue, ask_for_factor, is_factor_due};
use super::longer::ask_for_longer;
use super::opening::{self, Opening, SessionTerms};
use super::verified::Verified;
use crate::access::{
    Access, Action, Audience, Caller, Credential, RequestContext, SignInMethod, TenantAssertion,
};
use crate::ports::{
    AccountProfile, AccountSecrets, FactorOwner, FactorSecrets, LoginRecord, MadeSecret, PracticeSummary,
    Recipient, RefreshDelivery, SecretText, SignInThrottle, StaffProfile, Store, ThrottleKeys, TicketDevice,
    TypedPassword,
};
use crate::{Error, Result, SessionRefusal};
use threadwell_domain::access::Grant;
use threadwell_domain::{AccountId, Moment, Phi, SessionId, StaffId, TenantId};
use uuid::Uuid;

/// An attempt to sign in.
#[derive(Clone, Debug)]
pub struct SignInRequest {
    /// As which of the two identities.
    pub audience: Audience,
    /// The practice that was named.
    pub practice: Option<TenantAssertion>,
    /// The e-mail as typed.
    pub email: Phi,
    /// The password as typed.
    pub password: TypedPassword,
    /// The circumstances.
    pub request: RequestContext,
    /// The device.
    pub arrival: Arrival,
    /// Where the refresh token goes.
    pub delivery: RefreshDelivery,
    /// How long the session lasts.
    pub terms: SessionTerms,
    /// Now.
    pub at: Moment,
}

/// What the cryptography does for a sign-in; the hashing happens outside every transaction.
pub struct SignInSecrets<'a> {
    /// Passwords and devices.
    pub accounts: &'a dyn AccountSecrets,
    /// Makes the first refresh token for the practice and gives its hash.
    pub first_refresh_hash: &'a dyn Fn(TenantId) -> [u8; 32],
    /// Draws the secret of a ticket.
    pub factors: &'a dyn FactorSecrets,
}

impl std::fmt::Debug for SignInSecrets<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignInSecrets")
    }
}

/// Who signed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SignedInAs {
    /// A staff member.
    Staff(StaffProfile),
    /// A portal account, acting for the first choice of its patients or for nobody yet.
    Account {
        /// The account.
        profile: AccountProfile,
        /// The grant that it acts under.
        acting_for: Option<Grant>,
    },
}

/// A new session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedIn {
    /// Which session.
    pub session: SessionId,
    /// The practice.
    pub practice: PracticeSummary,
    /// Who.
    pub who: SignedInAs,
}

/// What a right password leads to.
#[derive(Debug)]
pub enum SignInOutcome {
    /// A session, and the secret that the device is to keep.
    SignedIn(Box<SignedIn>, MadeSecret),
    /// Not yet: a second factor is to be proved, or the first one enrolled.
    FactorDue(FactorDue),
}

/// Signs in. Whatever was wrong, the answer and the time it takes are the same; also from where the practice's staff do
/// not come from, whether or not the password is right. Somebody with a second factor, or of whom the practice demands
/// one, gets a ticket instead of a session.
///
/// # Errors
/// `TenantRequired`, `RateLimited`, `InvalidCredentials`, `PasswordTooShort` where it is right but stands alone, or the
/// database is unavailable.
pub fn sign_in(
    store: &dyn Store,
    throttle: &dyn SignInThrottle,
    attempt: &SignInRequest,
    secrets: &SignInSecrets<'_>,
) -> Result<SignInOutcome> {
    let practice = store.practice_for_sign_in(attempt.practice.as_ref())?;
    let tenant = practice.as_ref().map(|practice| practice.id);
    let visitor = visitor(attempt, tenant);
    let Found { record, device, is_outside } = match tenant {
        Some(tenant) => find_login(store, &visitor, attempt, (tenant, secrets))?,
        None => Found::default(),
    };
    let (audience, email, address) = (attempt.audience, &attempt.email, attempt.request.ip);
    let keys = ThrottleKeys { audience, tenant, email, address, device };
    let person = record.as_ref().map_or(nobody(audience), |record| person_of(record.owner));
    if let Err(refusal) = throttle.admit(&keys, attempt.at) {
        return record_refusal(store, &visitor, person, refusal);
    }
    let stored = record.as_ref().map(|record| record.password_hash.as_str());
    let fits = secrets.accounts.verify(&attempt.password, stored);
    let (Some(practice), Some(record), true) = (practice, record.filter(|record| record.is_active), fits)
    else {
        throttle.failed(&keys, attempt.at)?;
        return record_refusal(store, &visitor, person, Error::InvalidCredentials);
    };
    if is_outside {
        throttle.failed(&keys, attempt.at)?;
        return refuse_outside(store, &visitor, person);
    }
    let outcome =
        let_in((store, throttle), &visitor, attempt, (practice, &record, device.is_some()), secrets);
    match &outcome {
        Ok(SignInOutcome::FactorDue(_)) | Err(Error::PasswordTooShort | Error::RateLimited { .. }) => {
            throttle.halfway(&keys, attempt.at)?
        }
        Ok(SignInOutcome::SignedIn(..)) => throttle.succeeded(&keys, attempt.at)?,
        Err(Error::InvalidCredentials) => throttle.failed(&keys, attempt.at)?,
        Err(_) => {}
    }
    outcome
}

/// After a right password: a ticket where a factor is due, else a session if the password may stand alone.
fn let_in(
    (store, throttle): (&dyn Store, &dyn SignInThrottle),
    visitor: &Caller,
    attempt: &SignInRequest,
    (practice, record, is_known): (PracticeSummary, &LoginRecord, bool),
    secrets: &SignInSecrets<'_>,
) -> Result<SignInOutcome> {
    let stands_alone = attempt.password.stands_alone();
    let verified = Verified { email: &attempt.email, record, stands_alone };
    let device = kept_device(attempt, is_known);
    let asking = Asking { practice: practice.id, verified, delivery: attempt.delivery, device };
    if let Some(due) = ask_for_factor(store, visitor, secrets.factors, asking)? {
        return Ok(SignInOutcome::FactorDue(due));
    }
    if !stands_alone {
        return ask_for_longer(
            store,
            throttle,
            (visitor, attempt),
            (practice.id, verified),
            secrets.accounts,
        );
    }
    let (signed_in, device) = open_session(store, visitor, attempt, (practice, verified), secrets)?;
    Ok(SignInOutcome::SignedIn(Box::new(signed_in), device))
}

fn visitor(attempt: &SignInRequest, tenant: Option<TenantId>) -> Caller {
    let credential =
        Credential::Visitor { audience: attempt.audience, tenant, email: Some(attempt.email.clone()) };
    Caller { credential, request: attempt.request.clone() }
}

/// What is known of an attempt before the password is looked at.
#[derive(Default)]
struct Found {
    /// What to check the password against.
    record: Option<LoginRecord>,
    /// The device, if the person knows it.
    device: Option<[u8; 32]>,
    /// Whether the practice's staff come from other addresses.
    is_outside: bool,
}

/// Asks as much about nobody's device.
fn find_login(
    store: &dyn Store,
    visitor: &Caller,
    attempt: &SignInRequest,
    (tenant, secrets): (TenantId, &SignInSecrets<'_>),
) -> Result<Found> {
    store.transact(&Access::to(visitor, Action::FindLogin), |tx| {
        let record = tx.sessions().login_record(&attempt.email)?;
        let person = record.as_ref().map_or(nobody(attempt.audience), |record| person_of(record.owner));
        let device = known_device(tx, secrets.accounts, (tenant, person), &attempt.arrival)?;
        Ok(Found { record, device, is_outside: tx.sessions().is_outside()? })
    })
}

/// What a ticket keeps of the device: a browser brings its cookie again by itself.
fn kept_device(attempt: &SignInRequest, is_known: bool) -> TicketDevice {
    let is_kept = is_known && attempt.delivery == RefreshDelivery::Body;
    let secret = attempt.arrival.device_secret.as_ref().filter(|_| is_kept);
    TicketDevice {
        name: attempt.arrival.device.name.clone(),
        secret: secret.map(|secret| SecretText::new(secret.as_str())),
        is_remembered: attempt.arrival.is_remembered,
    }
}

/// Whoever has an e-mail that nobody has.
const fn nobody(audience: Audience) -> Recipient {
    match audience {
        Audience::Staff => Recipient::Staff(StaffId::new(Uuid::nil())),
        Audience::Portal => Recipient::Account(AccountId::new(Uuid::nil())),
    }
}

/// Leaves the refusal in the audit, with the person whose e-mail it was, and gives it back. Nobody is named by the nil id:
/// a row that says less would be written faster.
pub(super) fn record_refusal<T>(
    store: &dyn Store,
    visitor: &Caller,
    person: Recipient,
    refusal: Error,
) -> Result<T> {
    store.transact(&Access::to(visitor, Action::SignIn).about(person), |_| Err(refusal))
}

/// Refuses the right password from elsewhere as a wrong one is refused, so that nobody out there can try passwords out.
/// The audit alone says why.
fn refuse_outside<T>(store: &dyn Store, visitor: &Caller, person: Recipient) -> Result<T> {
    match record_refusal(store, visitor, person, Error::AddressNotAllowed) {
        Err(Error::AddressNotAllowed) => Err(Error::InvalidCredentials),
        other => other,
    }
}

fn open_session(
    store: &dyn Store,
    visitor: &Caller,
    attempt: &SignInRequest,
    (practice, verified): (PracticeSummary, Verified<'_>),
    secrets: &SignInSecrets<'_>,
) -> Result<(SignedIn, MadeSecret)> {
    let owner = FactorOwner::from(verified.record.owner);
    let is_stale = secrets.accounts.needs_rehash(&verified.record.password_hash);
    let anew = is_stale.then(|| secrets.accounts.hash(&attempt.password)).transpose()?;
    store.transact(&Access::to(visitor, Action::SignIn).about(owner), |tx| {
        // A factor that came in between closes this way, and one that is coming ends the session that is opened here.
        verified.hold(tx)?;
        if is_factor_due(&tx.second_factors().standing(owner)?) {
            return Err(Error::Session(SessionRefusal::SecondFactorRequired));
        }
        if let Some(anew) = &anew {
            tx.credentials().set_password(owner.recipient(), anew, verified.stands_alone)?;
        }
        let refresh_hash = (secrets.first_refresh_hash)(practice.id);
        let (method, terms) = (SignInMethod::Password, attempt.terms);
        let (arrival, secrets, refresh_hash) = (&attempt.arrival, secrets.accounts, &refresh_hash);
        opening::open(tx, Opening { owner, practice, method, terms, refresh_hash, arrival, secrets })
    })
}
