//! How handlers reach the use cases of accounts.

use crate::http::auth::sessions;
use crate::http::code::Code;
use crate::http::error::{ApiError, ApiResult};
use crate::http::state::State;
use crate::http::{answer, context, cookies, csrf};
use actix_web::{HttpRequest, HttpResponse};
use std::time::Duration;
use threadwell_application::Result;
use threadwell_application::access::Audience;
use threadwell_application::accounts::{AccountPorts, LinkRequest};
use threadwell_application::ports::{MadeSecret, PresentedSecret};
use threadwell_crypto::CryptoError;
use threadwell_crypto::one_time::{OneTimeKind, OneTimeToken};
use threadwell_domain::TenantId;

/// How long a request waits for its turn to hash.
const HASHING_WAIT: Duration = Duration::from_secs(5);

/// Runs a use case that hashes no password.
pub(crate) async fn run<T, F>(state: &State, audience: Audience, work: F) -> ApiResult<T>
where
    T: Send + 'static,
    F: FnOnce(&AccountPorts<'_>) -> Result<T> + Send + 'static,
{
    let (throttle, secrets, at) = (state.throttle.clone(), state.account_secrets(), state.clock.now());
    let work = move |store: &dyn threadwell_application::ports::Store| {
        work(&AccountPorts { store, throttle: &*throttle, secrets: &secrets, at })
    };
    state.run_for(audience, work).await
}

/// Runs a use case that hashes passwords: two at once, however many ask.
pub(super) async fn run_hashing<T, F>(state: &State, audience: Audience, work: F) -> ApiResult<T>
where
    T: Send + 'static,
    F: FnOnce(&AccountPorts<'_>) -> Result<T> + Send + 'static,
{
    let Ok(Ok(_permit)) = tokio::time::timeout(HASHING_WAIT, state.hashing.acquire()).await else {
        return Err(ApiError::Busy { code: Code::DependencyUnavailable, retry_after: 5 });
    };
    run(state, audience, work).await
}

/// Reads the secret that somebody presents. What is none is like one that nobody knows.
pub(super) fn presented(
    request: &HttpRequest,
    state: &State,
    audience: Audience,
    (kind, text): (OneTimeKind, &str),
) -> ApiResult<LinkRequest> {
    csrf::refuse_other_sites(request, &state.settings.public_origin)?;
    let token = OneTimeToken::parse(kind, text).map_err(|_| Code::InvalidToken)?;
    let tenant = TenantId::new(token.tenant());
    let hash = hashed(state, &token).map_err(|_| Code::InternalError)?;
    let mut context = context::of(request, state, false);
    // The secret says which practice it is of.
    context.tenant_assertion = None;
    let arrival = sessions::arrival(request, audience, (None, None), context.ip);
    Ok(LinkRequest { audience, presented: PresentedSecret { tenant, hash }, request: context, arrival })
}

/// Answers whoever set a password by a mailed secret: their browser is known from now on.
pub(super) fn known(audience: Audience, device: &MadeSecret) -> HttpResponse {
    let mut answer = answer::no_content();
    // A cookie of our own making is one that can be written.
    drop(answer.add_cookie(&cookies::keep_device(audience, &device.text)));
    answer
}

fn hashed(state: &State, token: &OneTimeToken) -> std::result::Result<[u8; 32], CryptoError> {
    token.stored_hash(&state.keys.refresh_key(TenantId::new(token.tenant()))?)
}
