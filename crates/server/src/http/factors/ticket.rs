//! Tickets as clients bring them, and sessions as they are opened with one.

use super::tools::run;
use crate::http::auth::sessions::{self, OpenedSession, audience_name};
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::state::State;
use crate::http::{context, csrf};
use actix_web::{HttpRequest, web};
use threadwell_application::Result;
use threadwell_application::access::Audience;
use threadwell_application::accounts::Arrival;
use threadwell_application::accounts::factors::{FactorSignedIn, FactorTools, SessionOpening, TicketRequest};
use threadwell_application::ports::SecretText;
use threadwell_crypto::one_time::{OneTimeKind, OneTimeToken};
use threadwell_domain::TenantId;

/// Reads a ticket; what is none is like one that nobody knows. No other site may present one.
pub(super) fn presented(
    request: &HttpRequest,
    state: &State,
    text: &str,
    audience: Audience,
) -> ApiResult<TicketRequest> {
    csrf::refuse_other_sites(request, &state.settings.public_origin)?;
    let token = OneTimeToken::parse(OneTimeKind::Ticket, text).map_err(|_| Code::InvalidToken)?;
    let tenant = TenantId::new(token.tenant());
    let key = state.keys.refresh_key(tenant).map_err(|_| Code::InternalError)?;
    let hash = token.stored_hash(&key).map_err(|_| Code::InternalError)?;
    Ok(TicketRequest {
        audience,
        tenant,
        hash,
        request: context::of(request, state, false),
        at: state.clock.now(),
    })
}

/// A ticket with the device that it comes from.
pub(super) fn arriving(
    request: &HttpRequest,
    state: &State,
    text: &str,
    audience: Audience,
) -> ApiResult<(TicketRequest, Arrival)> {
    let presented = presented(request, state, text, audience)?;
    let arrival = sessions::arrival(request, audience, (None, None), presented.request.ip);
    Ok((presented, arrival))
}

/// A session that was opened with a factor, and the recovery codes where it is the first one.
pub(super) struct Entered {
    pub(super) opened: OpenedSession,
    pub(super) recovery_codes: Vec<SecretText>,
}

/// Opens a session by what `work` proves or enrols.
pub(super) async fn enter<F>(
    state: &web::Data<State>,
    (presented, arrival): (TicketRequest, Arrival),
    work: F,
) -> ApiResult<Entered>
where
    F: FnOnce(&FactorTools<'_>, &TicketRequest, &SessionOpening<'_>) -> Result<FactorSignedIn>
        + Send
        + 'static,
{
    let audience = presented.audience;
    let (refresh, refresh_hash) =
        sessions::first_refresh(&state.keys, presented.tenant).ok_or(Code::InternalError)?;
    let accounts = state.account_secrets();
    let entering = move |tools: &FactorTools<'_>| {
        let terms = |is_remembered: bool| sessions::terms(audience, is_remembered);
        let opening = SessionOpening { refresh_hash, terms: &terms, arrival: &arrival, accounts: &accounts };
        work(tools, &presented, &opening)
    };
    let outcome = run(state, audience, entering).await;
    state.metrics.signed_in(audience_name(audience), if outcome.is_ok() { "ok" } else { "refused" });
    let FactorSignedIn { signed_in, device, delivery, recovery_codes } = outcome?;
    Ok(Entered {
        opened: OpenedSession { signed_in, refresh, device, delivery },
        recovery_codes: recovery_codes.unwrap_or_default(),
    })
}
