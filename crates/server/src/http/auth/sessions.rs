//! What signing in, refreshing and leaving have in common for both audiences.

use super::tokens::{RefreshTokenBody, StaffLogin, Typed, parse_refresh};
use crate::account_secrets::ServerSecrets;
use crate::http::code::Code;
use crate::http::cookies::{self, Presented};
use crate::http::error::{ApiError, ApiResult};
use crate::http::identity::token_audience;
use crate::http::state::State;
use crate::http::{browser, context, csrf};
use crate::secrets::InstallationKeys;
use actix_web::HttpRequest;
use actix_web::http::header::USER_AGENT;
use chrono::Duration;
use std::cell::OnceCell;
use std::net::IpAddr;
use threadwell_application::access::Audience;
use threadwell_application::accounts::factors::FactorDue;
use threadwell_application::accounts::{
    self, Arrival, Leaving, SessionTerms, SignInOutcome, SignInRequest, SignInSecrets, SignedIn,
};
use threadwell_application::ports::{
    MadeSecret, PresentedRefresh, RefreshDelivery, SessionDevice, SessionOwner, SignInThrottle, Store,
};
use threadwell_application::{Error, Result};
use threadwell_crypto::access_tokens::Subject;
use threadwell_crypto::refresh::RefreshToken;
use threadwell_domain::access::Relationship;
use threadwell_domain::{PatientId, Phi, SessionId, TenantId};
use tokio::sync::SemaphorePermit;
use uuid::Uuid;
use zeroize::Zeroizing;

const HASHING_WAIT: std::time::Duration = std::time::Duration::from_secs(5);

/// How long sessions last at most: short where a screen may stand open, long where a patient wants to be remembered on
/// a phone of their own.
pub(crate) const fn terms(audience: Audience, is_remembered: bool) -> SessionTerms {
    let lifetime = match (audience, is_remembered) {
        (Audience::Staff, _) | (Audience::Portal, false) => Duration::hours(12),
        (Audience::Portal, true) => Duration::days(90),
    };
    SessionTerms { lifetime }
}

/// What a right password opened.
pub(crate) enum Opened {
    /// A session.
    Session(Box<OpenedSession>),
    /// Not yet: a second factor is due.
    FactorDue(FactorDue),
}

/// A session that has just been opened.
pub(crate) struct OpenedSession {
    pub(crate) signed_in: SignedIn,
    pub(crate) refresh: RefreshToken,
    /// What the device is to keep.
    pub(crate) device: MadeSecret,
    pub(crate) delivery: RefreshDelivery,
}

/// What is told of the device: a browser's cookie, or what the body says.
pub(crate) fn arrival(
    request: &HttpRequest,
    audience: Audience,
    (device_token, device_name): (Option<Zeroizing<String>>, Option<Phi>),
    address: Option<IpAddr>,
) -> Arrival {
    let cookie = || cookies::device(request, audience).map(Zeroizing::new);
    let agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    Arrival {
        device_secret: device_token.or_else(cookie),
        device: SessionDevice { name: device_name, browser: agent.and_then(browser::name_of), address },
        is_remembered: false,
    }
}

/// Signs in. At most two passwords are hashed at once, however many ask.
pub(crate) async fn open(
    request: &HttpRequest,
    state: &State,
    body: StaffLogin,
    audience: Audience,
) -> ApiResult<Opened> {
    csrf::refuse_other_sites(request, &state.settings.public_origin)?;
    let mut typed = body.parse()?;
    let mut context = context::of(request, state, false);
    let arrival = Arrival {
        is_remembered: typed.is_remembered,
        ..arrival(request, audience, (typed.device_token.take(), typed.device_name.take()), context.ip)
    };
    let Typed { email, password, delivery, is_remembered, .. } = typed;
    let attempt = SignInRequest {
        audience,
        practice: context.tenant_assertion.take(),
        email,
        password,
        request: context,
        arrival,
        delivery,
        terms: terms(audience, is_remembered),
        at: state.clock.now(),
    };
    let (throttle, accounts, keys) = (state.throttle.clone(), state.account_secrets(), state.keys.clone());
    let _permit = hashing_permit(state).await?;
    let outcome = state
        .run_for(audience, move |store| attempt_in(store, &*throttle, (&keys, &accounts), &attempt))
        .await;
    let counted = match &outcome {
        Ok(Opened::Session(_)) => "ok",
        Ok(Opened::FactorDue(_)) => "factor_due",
        Err(_) => "refused",
    };
    state.metrics.signed_in(audience_name(audience), counted);
    outcome
}

fn attempt_in(
    store: &dyn Store,
    throttle: &dyn SignInThrottle,
    (keys, accounts): (&InstallationKeys, &ServerSecrets),
    attempt: &SignInRequest,
) -> Result<Opened> {
    let first = OnceCell::new();
    let first_refresh_hash = |tenant: TenantId| {
        let made = first_refresh(keys, tenant);
        let hash = made.as_ref().map_or([0; 32], |(_, hash)| *hash);
        let _ = first.set(made.map(|(token, _)| token));
        hash
    };
    let secrets = SignInSecrets { accounts, first_refresh_hash: &first_refresh_hash, factors: keys };
    let (signed_in, device) = match accounts::sign_in(store, throttle, attempt, &secrets)? {
        SignInOutcome::FactorDue(due) => return Ok(Opened::FactorDue(due)),
        SignInOutcome::SignedIn(signed_in, device) => (signed_in, device),
    };
    let refresh = first.into_inner().flatten().ok_or_else(|| Error::unavailable("no refresh token"))?;
    let opened = OpenedSession { signed_in: *signed_in, refresh, device, delivery: attempt.delivery };
    Ok(Opened::Session(Box::new(opened)))
}

/// Waits for a turn at hashing.
pub(crate) async fn hashing_permit(state: &State) -> ApiResult<SemaphorePermit<'_>> {
    match tokio::time::timeout(HASHING_WAIT, state.hashing.acquire()).await {
        Ok(Ok(permit)) => Ok(permit),
        Ok(Err(_)) | Err(_) => Err(ApiError::Busy { code: Code::DependencyUnavailable, retry_after: 5 }),
    }
}

/// How the metrics call an audience.
pub(crate) const fn audience_name(audience: Audience) -> &'static str {
    match audience {
        Audience::Staff => "staff",
        Audience::Portal => "portal",
    }
}

/// The first refresh token of a session to be opened, with its hash.
pub(crate) fn first_refresh(keys: &InstallationKeys, tenant: TenantId) -> Option<(RefreshToken, [u8; 32])> {
    let token = RefreshToken::generate(tenant.uuid()).ok()?;
    let key = keys.refresh_key(tenant).ok()?;
    let hash = token.stored_hash(&key).ok()?;
    Some((token, hash))
}

/// An access token for a session and its owner.
pub(crate) fn access_token(
    state: &State,
    tenant: TenantId,
    session: SessionId,
    owner: SessionOwner,
) -> ApiResult<String> {
    let (audience, account, acting_for) = match owner {
        SessionOwner::Staff(id) => (Audience::Staff, id.uuid(), None),
        SessionOwner::Account { account, acting_for } => {
            (Audience::Portal, account.uuid(), acting_for.map(named))
        }
    };
    let subject = Subject {
        audience: token_audience(audience),
        account,
        tenant: tenant.uuid(),
        session: session.uuid(),
        acting_for,
    };
    state.tokens.issue(&subject).map_err(|_| Code::InternalError.into())
}

fn named((patient, relationship): (PatientId, Relationship)) -> (Uuid, String) {
    (patient.uuid(), relationship.name().to_owned())
}

/// How a refresh token came.
pub(crate) struct Brought {
    pub(crate) token: RefreshToken,
    pub(crate) delivery: RefreshDelivery,
}

/// Finds the refresh token of a request. A cookie speaks only from our own pages, and never beside a body.
pub(crate) fn brought(
    request: &HttpRequest,
    state: &State,
    body: &RefreshTokenBody,
    audience: Audience,
) -> ApiResult<Option<Brought>> {
    match (cookies::presented(request, audience), body.refresh_token.as_deref()) {
        (Presented::Absent, None) => Ok(None),
        (Presented::Absent, Some(text)) => {
            Ok(Some(Brought { token: parse_refresh(text)?, delivery: RefreshDelivery::Body }))
        }
        (Presented::Once(_) | Presented::Several, Some(_)) => Err(Code::AmbiguousCredentials.into()),
        (Presented::Several, None) => Err(Code::InvalidToken.into()),
        (Presented::Once(text), None) => {
            csrf::require_own_site(request, &state.settings.public_origin)?;
            Ok(Some(Brought { token: parse_refresh(&text)?, delivery: RefreshDelivery::Cookie }))
        }
    }
}

/// A session that went on.
pub(crate) struct Continued {
    pub(crate) access_token: String,
    pub(crate) successor: RefreshToken,
    pub(crate) delivery: RefreshDelivery,
}

/// Exchanges a refresh token. The successor is derived from it, so a repeated request gets the same one.
pub(crate) async fn go_on(
    request: &HttpRequest,
    state: &State,
    body: &RefreshTokenBody,
    audience: Audience,
) -> ApiResult<Continued> {
    let Brought { token, delivery } =
        brought(request, state, body, audience)?.ok_or(Code::Unauthenticated)?;
    let tenant = TenantId::new(token.tenant());
    let (successor, presented) = hashed(state, &token).map_err(|_| Code::InternalError)?;
    let (request, at) = (context::of(request, state, true), state.clock.now());
    let attempt = accounts::RefreshRequest { audience, tenant, presented, request, at };
    let throttle = state.throttle.clone();
    let exchange = move |store: &dyn Store| accounts::refresh(store, &*throttle, &attempt);
    let refreshed = state.run_for(audience, exchange).await?;
    match (audience, refreshed.owner) {
        (Audience::Staff, SessionOwner::Staff(_)) | (Audience::Portal, SessionOwner::Account { .. }) => {}
        (Audience::Staff, SessionOwner::Account { .. }) | (Audience::Portal, SessionOwner::Staff(_)) => {
            return Err(Code::InvalidToken.into());
        }
    }
    let access_token = access_token(state, tenant, refreshed.session, refreshed.owner)?;
    Ok(Continued { access_token, successor, delivery })
}

fn hashed(
    state: &State,
    token: &RefreshToken,
) -> std::result::Result<(RefreshToken, PresentedRefresh), threadwell_crypto::CryptoError> {
    let key = state.keys.refresh_key(TenantId::new(token.tenant()))?;
    let successor = token.successor(&key)?;
    let presented =
        PresentedRefresh { hash: token.stored_hash(&key)?, successor_hash: successor.stored_hash(&key)? };
    Ok((successor, presented))
}

/// Ends the session that a refresh token belongs to.
pub(crate) async fn end(
    request: &HttpRequest,
    state: &State,
    token: &RefreshToken,
    audience: Audience,
) -> ApiResult<()> {
    let (_, presented) = hashed(state, token).map_err(|_| Code::InternalError)?;
    let (tenant, request) = (TenantId::new(token.tenant()), context::of(request, state, false));
    let (leaving, throttle) =
        (Leaving { audience, tenant, request, at: state.clock.now() }, state.throttle.clone());
    let work = move |store: &dyn Store| -> Result<()> {
        accounts::sign_out_by_refresh(store, &*throttle, &leaving, &presented.hash)
    };
    state.run_for(audience, work).await
}
