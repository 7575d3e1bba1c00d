//! What signing in, refreshing and leaving have in common for both audiences.

use super::tokens::{RefreshTokenBody, StaffLogin, TokenDelivery, Typed, parse_refresh};
use crate::http::code::Code;
use crate::http::cookies::{self, Presented};
use crate::http::error::{ApiError, ApiResult};
use crate::http::identity::token_audience;
use crate::http::state::State;
use crate::http::{browser, context, csrf};
use actix_web::HttpRequest;
use actix_web::http::header::USER_AGENT;
use chrono::Duration;
use std::cell::OnceCell;
use std::net::IpAddr;
use threadwell_application::access::Audience;
use threadwell_application::accounts::{self, Arrival, SignInRequest, SignInSecrets, SignedIn};
use threadwell_application::ports::{MadeSecret, PresentedRefresh, SessionDevice, SessionOwner};
use threadwell_application::{Error, Result};
use threadwell_crypto::access_tokens::Subject;
use threadwell_crypto::refresh::RefreshToken;
use threadwell_domain::access::Relationship;
use threadwell_domain::{PatientId, SessionId, TenantId};
use uuid::Uuid;
use zeroize::Zeroizing;

const HASHING_WAIT: std::time::Duration = std::time::Duration::from_secs(5);

/// How long sessions last at most: short where a screen may stand open, long on a patient's own phone.
fn lifetime(audience: Audience, delivery: TokenDelivery) -> Duration {
    match (audience, delivery) {
        (Audience::Staff, _) | (Audience::Portal, TokenDelivery::Cookie) => Duration::hours(12),
        (Audience::Portal, TokenDelivery::Body) => Duration::days(90),
    }
}

/// A session that has just been opened.
pub(crate) struct Opened {
    pub(crate) signed_in: SignedIn,
    pub(crate) refresh: RefreshToken,
    /// What the device is to keep.
    pub(crate) device: MadeSecret,
    pub(crate) delivery: TokenDelivery,
}

/// What is told of the device: a browser's cookie, or what the body says.
fn arrival(request: &HttpRequest, audience: Audience, typed: &mut Typed, address: Option<IpAddr>) -> Arrival {
    let cookie = || cookies::device(request, audience).map(Zeroizing::new);
    let agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    Arrival {
        device_secret: typed.device_token.take().or_else(cookie),
        device: SessionDevice {
            name: typed.device_name.take(),
            browser: agent.and_then(browser::name_of),
            address,
        },
        is_mobile: typed.delivery == TokenDelivery::Body,
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
    let arrival = arrival(request, audience, &mut typed, context.ip);
    let Typed { email, password, delivery, .. } = typed;
    let attempt = SignInRequest {
        audience,
        practice: context.tenant_assertion.take(),
        email,
        password,
        request: context,
        arrival,
        lifetime: lifetime(audience, delivery),
        at: state.clock.now(),
    };
    let (throttle, secrets_of_accounts, keys) =
        (state.throttle.clone(), state.account_secrets(), state.keys.clone());
    let Ok(Ok(_permit)) = tokio::time::timeout(HASHING_WAIT, state.hashing.acquire()).await else {
        return Err(ApiError::Busy { code: Code::DependencyUnavailable, retry_after: 5 });
    };
    let outcome = state
        .run_for(audience, move |store| {
            let first = OnceCell::new();
            let first_refresh_hash = |tenant: TenantId| {
                let made = first_refresh(&keys, tenant);
                let hash = made.as_ref().map_or([0; 32], |(_, hash)| *hash);
                let _ = first.set(made.map(|(token, _)| token));
                hash
            };
            let secrets =
                SignInSecrets { accounts: &secrets_of_accounts, first_refresh_hash: &first_refresh_hash };
            let (signed_in, device) = accounts::sign_in(store, &*throttle, &attempt, &secrets)?;
            let refresh =
                first.into_inner().flatten().ok_or_else(|| Error::unavailable("no refresh token"))?;
            Ok((signed_in, refresh, device))
        })
        .await;
    state.metrics.signed_in(audience_name(audience), if outcome.is_ok() { "ok" } else { "refused" });
    outcome.map(|(signed_in, refresh, device)| Opened { signed_in, refresh, device, delivery })
}

const fn audience_name(audience: Audience) -> &'static str {
    match audience {
        Audience::Staff => "staff",
        Audience::Portal => "portal",
    }
}

fn first_refresh(
    keys: &crate::secrets::InstallationKeys,
    tenant: TenantId,
) -> Option<(RefreshToken, [u8; 32])> {
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
    pub(crate) delivery: TokenDelivery,
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
            Ok(Some(Brought { token: parse_refresh(text)?, delivery: TokenDelivery::Body }))
        }
        (Presented::Once(_) | Presented::Several, Some(_)) => Err(Code::AmbiguousCredentials.into()),
        (Presented::Several, None) => Err(Code::InvalidToken.into()),
        (Presented::Once(text), None) => {
            csrf::require_own_site(request, &state.settings.public_origin)?;
            Ok(Some(Brought { token: parse_refresh(&text)?, delivery: TokenDelivery::Cookie }))
        }
    }
}

/// A session that went on.
pub(crate) struct Continued {
    pub(crate) access_token: String,
    pub(crate) successor: RefreshToken,
    pub(crate) delivery: TokenDelivery,
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
    let attempt =
        accounts::RefreshRequest { audience, tenant, presented, request: context::of(request, state, true) };
    let refreshed = state.run_for(audience, move |store| accounts::refresh(store, &attempt)).await?;
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
    let (tenant, context) = (TenantId::new(token.tenant()), context::of(request, state, false));
    let work = move |store: &dyn threadwell_application::ports::Store| -> Result<()> {
        accounts::sign_out_by_refresh(store, audience, tenant, &presented.hash, context)
    };
    state.run_for(audience, work).await
}
