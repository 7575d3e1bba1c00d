//! Signing in with e-mail and password.

use crate::access::{
    Access, Action, Audience, Caller, Credential, RequestContext, SignInMethod, TenantAssertion,
};
use crate::ports::{
    AccountProfile, LoginRecord, NewSession, PracticeSummary, SessionOwner, SignInThrottle, StaffProfile,
    Store, ThrottleKeys, Tx,
};
use crate::{Error, Result};
use chrono::Duration;
use threadwell_domain::access::Grant;
use threadwell_domain::{Moment, Phi, SessionId, TenantId};

/// An attempt to sign in.
#[derive(Clone, Debug)]
pub struct SignInRequest {
    /// As which of the two identities.
    pub audience: Audience,
    /// The practice that was named.
    pub practice: Option<TenantAssertion>,
    /// The e-mail as typed.
    pub email: Phi,
    /// The circumstances.
    pub request: RequestContext,
    /// How long the session may rest.
    pub idle_limit: Duration,
    /// How long the session lasts at most.
    pub lifetime: Duration,
    /// Now.
    pub at: Moment,
}

/// What the cryptography does for a sign-in; the hashing happens outside every transaction.
pub struct SignInSecrets<'a> {
    /// Whether the password fits the stored hash. Must take as long when there is none.
    pub verify: &'a dyn Fn(Option<&str>) -> bool,
    /// Makes the first refresh token for the practice and gives its hash.
    pub first_refresh_hash: &'a dyn Fn(TenantId) -> [u8; 32],
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

/// Signs in. Whatever was wrong, the answer and the time it takes are the same.
///
/// # Errors
/// `TenantRequired`, `RateLimited`, `InvalidCredentials`, or the database is unavailable.
pub fn sign_in(
    store: &dyn Store,
    throttle: &dyn SignInThrottle,
    attempt: &SignInRequest,
    secrets: &SignInSecrets<'_>,
) -> Result<SignedIn> {
    let practice = store.practice_for_sign_in(attempt.practice.as_ref())?;
    let keys = ThrottleKeys {
        audience: attempt.audience,
        tenant: practice.as_ref().map(|practice| practice.id),
        email: &attempt.email,
        address: attempt.request.ip,
    };
    let visitor = visitor(attempt, keys.tenant);
    if let Err(refusal) = throttle.admit(&keys, attempt.at) {
        return record_refusal(store, &visitor, refusal);
    }
    let record = match &practice {
        Some(_) => find_login(store, &visitor, &attempt.email)?,
        None => None,
    };
    let fits = (secrets.verify)(record.as_ref().map(|record| record.password_hash.as_str()));
    let (Some(practice), Some(record), true) = (practice, record.filter(|record| record.is_active), fits)
    else {
        throttle.failed(&keys, attempt.at)?;
        return record_refusal(store, &visitor, Error::InvalidCredentials);
    };
    let signed_in = open_session(store, &visitor, attempt, practice, &record, secrets)?;
    throttle.succeeded(&keys, attempt.at)?;
    Ok(signed_in)
}

fn visitor(attempt: &SignInRequest, tenant: Option<TenantId>) -> Caller {
    let credential =
        Credential::Visitor { audience: attempt.audience, tenant, email: Some(attempt.email.clone()) };
    Caller { credential, request: attempt.request.clone() }
}

fn find_login(store: &dyn Store, visitor: &Caller, email: &Phi) -> Result<Option<LoginRecord>> {
    store.transact(&Access::to(visitor, Action::FindLogin), |tx| tx.sessions().login_record(email))
}

/// Leaves the refusal in the audit, and gives it back.
fn record_refusal<T>(store: &dyn Store, visitor: &Caller, refusal: Error) -> Result<T> {
    store.transact(&Access::to(visitor, Action::SignIn), |_| Err(refusal))
}

fn open_session(
    store: &dyn Store,
    visitor: &Caller,
    attempt: &SignInRequest,
    practice: PracticeSummary,
    record: &LoginRecord,
    secrets: &SignInSecrets<'_>,
) -> Result<SignedIn> {
    store.transact(&Access::to(visitor, Action::SignIn), |tx| {
        let (who, owner) = profile(tx, record.owner)?;
        let session = SessionId::new(tx.fresh_id());
        tx.sessions().open(&NewSession {
            id: session,
            owner,
            refresh_hash: (secrets.first_refresh_hash)(practice.id),
            method: SignInMethod::Password,
            has_stepped_up: true,
            idle_limit: attempt.idle_limit,
            expires_at: attempt.at + attempt.lifetime,
        })?;
        Ok(SignedIn { session, practice, who })
    })
}

fn profile(tx: &mut dyn Tx, owner: SessionOwner) -> Result<(SignedInAs, SessionOwner)> {
    match owner {
        SessionOwner::Staff(id) => {
            let profile = tx.sessions().staff_profile(id)?.ok_or(Error::InvalidCredentials)?;
            Ok((SignedInAs::Staff(profile), owner))
        }
        SessionOwner::Account { account, .. } => {
            let profile = tx.sessions().account_profile(account)?.ok_or(Error::InvalidCredentials)?;
            let grants: Vec<Grant> = profile.patients.iter().map(|patient| patient.grant).collect();
            let chosen = Grant::first_choice(&grants);
            let acting_for = grants.into_iter().find(|grant| Some(grant.patient) == chosen);
            let owner = SessionOwner::Account {
                account,
                acting_for: acting_for.map(|grant| (grant.patient, grant.relationship)),
            };
            Ok((SignedInAs::Account { profile, acting_for }, owner))
        }
    }
}
