//! What the use cases of accounts share.

use super::arrival::{self, Arrival};
use crate::access::{Access, Action, Audience, Caller, Credential, RequestContext};
use crate::ports::{
    AccountSecrets, MadeSecret, PresentedSecret, Readable, Recipient, SignInThrottle, SlowedRequest, Store,
    ThrottleKeys, Tx, TypedPassword,
};
use crate::{Error, FieldProblem, Result};
use chrono::Duration;
use threadwell_domain::access::{PasswordWeakness, check_password, minimum_length};
use threadwell_domain::{AccountId, Moment, Phi, SessionId, TenantId};

/// What use cases of accounts work with.
#[derive(Clone, Copy)]
pub struct AccountPorts<'a> {
    /// The data.
    pub store: &'a dyn Store,
    /// The brakes.
    pub throttle: &'a dyn SignInThrottle,
    /// Passwords and one-time secrets.
    pub secrets: &'a dyn AccountSecrets,
    /// Now.
    pub at: Moment,
}

impl std::fmt::Debug for AccountPorts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccountPorts").field("at", &self.at).finish_non_exhaustive()
    }
}

impl AccountPorts<'_> {
    /// Counts a request with a link or code, and leaves a refusal in the audit. Says how long no mail goes to the e-mail,
    /// if it got too many.
    pub(super) fn slow_down(
        &self,
        visitor: &Caller,
        action: Action,
        email: Option<&Phi>,
    ) -> Result<Option<Duration>> {
        match self.throttle.admit_request(&slowed(visitor, email), self.at) {
            Ok(mail_wait) => Ok(mail_wait),
            Err(refusal) => self.refuse(&Access::to(visitor, action), refusal),
        }
    }

    /// Counts an invitation that a patient sends and may send, and leaves a refusal in the audit: nobody's portal is a way to write
    /// to strangers.
    pub(crate) fn slow_invitation(&self, caller: &Caller, by: AccountId, email: &Phi) -> Result<()> {
        // A stolen session, or one that has not stepped up, uses nobody's budget up.
        self.store.transact(&Access::to(caller, Action::PortalCountInvitation), |_| Ok(()))?;
        match self.throttle.admit_invitation(&slowed(caller, Some(email)), by, self.at) {
            Ok(()) => Ok(()),
            Err(refusal) => self.refuse(&Access::to(caller, Action::PortalInviteProxy), refusal),
        }
    }

    /// Lets whoever set a password by a mailed secret know the device; gives the secret that it is to keep.
    pub(super) fn remember(
        &self,
        tx: &mut dyn Tx,
        link: &LinkRequest,
        person: Recipient,
    ) -> Result<MadeSecret> {
        arrival::remember(tx, self.secrets, (link.presented.tenant, person), &link.arrival)
    }

    /// Leaves a refusal in the audit, and gives it back.
    pub(super) fn refuse<T>(&self, access: &Access<'_>, refusal: Error) -> Result<T> {
        self.store.transact(access, |_| Err(refusal))
    }

    /// Checks a password that is asked for again, slowed down as sign-in is.
    pub(super) fn verify(
        &self,
        access: &Access<'_>,
        typed: &TypedPassword,
        (email, stored): (&Phi, Option<&str>),
    ) -> Result<()> {
        let caller = access.caller;
        let keys = ThrottleKeys {
            audience: caller.audience(),
            tenant: caller.tenant(),
            email,
            address: caller.request.ip,
            device: caller.counted_session(),
        };
        if let Err(refusal) = self.throttle.admit(&keys, self.at) {
            return self.refuse(access, refusal);
        }
        if !self.secrets.verify(typed, stored) {
            self.throttle.failed(&keys, self.at)?;
            return self.refuse(access, Error::InvalidCredentials);
        }
        self.throttle.succeeded(&keys, self.at)
    }
}

const fn slowed<'a>(caller: &Caller, email: Option<&'a Phi>) -> SlowedRequest<'a> {
    let (audience, tenant, address) = (caller.audience(), caller.tenant(), caller.request.ip);
    SlowedRequest { audience, tenant, email, address }
}

impl Caller {
    /// Somebody who brings a link or a code, or wants one.
    pub const fn visitor(audience: Audience, tenant: TenantId, request: RequestContext) -> Self {
        Self { credential: Credential::Visitor { audience, tenant: Some(tenant), email: None }, request }
    }

    /// At which door.
    pub const fn audience(&self) -> Audience {
        match &self.credential {
            Credential::Portal(_) => Audience::Portal,
            Credential::Visitor { audience, .. } => *audience,
            Credential::Staff(_) | Credential::Worker(_) | Credential::Operator(_) => Audience::Staff,
        }
    }

    /// What the tries of whoever is signed in are counted under: what strangers get wrong at the door does not hold
    /// them up.
    pub(super) fn counted_session(&self) -> Option<[u8; 32]> {
        let (_, session) = self.person().ok()?;
        let mut counted = [0; 32];
        counted.iter_mut().zip(session.uuid().as_bytes()).for_each(|(to, byte)| *to = *byte);
        Some(counted)
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// Nobody is.
    pub const fn person(&self) -> Result<(Recipient, SessionId)> {
        match &self.credential {
            Credential::Staff(claims) => Ok((Recipient::Staff(claims.staff), claims.session)),
            Credential::Portal(claims) => Ok((Recipient::Account(claims.account), claims.session)),
            Credential::Visitor { .. } | Credential::Worker(_) | Credential::Operator(_) => {
                Err(Error::Denied)
            }
        }
    }
}

/// A visitor who presents a secret.
#[derive(Clone, Debug)]
pub struct LinkRequest {
    /// At which door.
    pub audience: Audience,
    /// What is presented.
    pub presented: PresentedSecret,
    /// The circumstances.
    pub request: RequestContext,
    /// The device.
    pub arrival: Arrival,
}

impl LinkRequest {
    pub(super) fn visitor(&self) -> Caller {
        Caller::visitor(self.audience, self.presented.tenant, self.request.clone())
    }
}

/// Checks a new password against the rules.
pub(super) fn check_new(
    password: &TypedPassword,
    email: Option<&Readable>,
    has_second_factor: bool,
    pointer: &'static str,
) -> Result<()> {
    let email = email.and_then(Readable::text).map(Phi::expose);
    let least = minimum_length(has_second_factor);
    check_password(password.expose(), email, least)
        .map_err(|weakness| Error::field(pointer, problem(weakness)))
}

const fn problem(weakness: PasswordWeakness) -> FieldProblem {
    match weakness {
        PasswordWeakness::TooShort { least } => FieldProblem::TooShort(least),
        PasswordWeakness::TooLong => FieldProblem::TooLong(threadwell_domain::access::MAXIMUM),
        PasswordWeakness::TooCommon => FieldProblem::TooCommon,
        PasswordWeakness::ContainsEmail => FieldProblem::ContainsEmail,
    }
}
