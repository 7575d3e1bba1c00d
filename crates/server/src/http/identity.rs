//! Who calls: a verified access token in an Authorization header, and nowhere else.

use super::code::Code;
use super::context;
use super::error::{ApiError, ApiResult};
use super::headers::{Given, given};
use super::limits::Person;
use super::parameters;
use super::state::State;
use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};
use std::future::{Ready, ready};
use threadwell_application::access::{Audience, Caller, Credential, PortalClaims, StaffClaims};
use threadwell_crypto::access_tokens::{Audience as TokenAudience, Claims};
use threadwell_crypto::one_time::{OneTimeKind, OneTimeToken};
use threadwell_domain::access::Relationship;
use threadwell_domain::{AccountId, PatientId, SessionId, StaffId, TenantId};

/// A caller of the staff's API; whether the session still holds is found out in the transaction.
#[derive(Clone, Debug)]
pub(crate) struct StaffCaller {
    /// As use cases take it.
    pub(crate) caller: Caller,
    /// Who.
    pub(crate) claims: StaffClaims,
}

/// A caller of the portal's API.
#[derive(Clone, Debug)]
pub(crate) struct PortalCaller {
    /// As use cases take it.
    pub(crate) caller: Caller,
    /// Who.
    pub(crate) claims: PortalClaims,
}

impl StaffCaller {
    /// Whose limits the request counts against.
    pub(crate) const fn person(&self) -> Person {
        Person { tenant: self.claims.tenant, id: self.claims.staff.uuid() }
    }
}

impl StaffCaller {
    /// Of a request that clients repeat by themselves: no activity, whatever its method, unless it says so.
    pub(crate) fn repeating(mut self, request: &HttpRequest) -> Self {
        self.caller.request.is_activity = context::says_so(request);
        self
    }
}

impl PortalCaller {
    /// Whose limits the request counts against.
    pub(crate) const fn person(&self) -> Person {
        Person { tenant: self.claims.tenant, id: self.claims.account.uuid() }
    }

    /// Of a request that clients repeat by themselves: no activity, whatever its method, unless it says so.
    pub(crate) fn repeating(mut self, request: &HttpRequest) -> Self {
        self.caller.request.is_activity = context::says_so(request);
        self
    }
}

impl FromRequest for StaffCaller {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(admit(request, Audience::Staff).map(|(claims, state)| {
            let claims = staff_claims(&claims);
            let request = context::of(request, &state, false);
            Self { caller: Caller { credential: Credential::Staff(claims), request }, claims }
        }))
    }
}

impl FromRequest for PortalCaller {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(admit(request, Audience::Portal).and_then(|(claims, state)| {
            let claims = portal_claims(&claims)?;
            let request = context::of(request, &state, false);
            Ok(Self { caller: Caller { credential: Credential::Portal(claims), request }, claims })
        }))
    }
}

fn admit(request: &HttpRequest, audience: Audience) -> ApiResult<(Claims, web::Data<State>)> {
    let state = request.app_data::<web::Data<State>>().ok_or(Code::InternalError)?;
    let token = match given(request, &AUTHORIZATION) {
        Given::Absent => return Err(Code::Unauthenticated.into()),
        Given::Repeated => return Err(Code::InvalidToken.into()),
        Given::Once(value) => value.to_str().map_err(|_| Code::InvalidToken)?,
    };
    let (scheme, token) = token.split_once(' ').ok_or(Code::InvalidToken)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Code::InvalidToken.into());
    }
    if OneTimeToken::is_of(OneTimeKind::Ticket, token) {
        return Err(Code::MfaRequired.into());
    }
    let claims = state.tokens.verify(token, audience).ok_or(Code::InvalidToken)?;
    state.limits.admit(Person { tenant: TenantId::new(claims.tid), id: claims.sub })?;
    parameters::check(request)?;
    Ok((claims, state.clone()))
}

fn staff_claims(claims: &Claims) -> StaffClaims {
    StaffClaims {
        tenant: TenantId::new(claims.tid),
        session: SessionId::new(claims.sid),
        staff: StaffId::new(claims.sub),
    }
}

fn portal_claims(claims: &Claims) -> ApiResult<PortalClaims> {
    let acting_for = match (claims.pid, claims.rel.as_deref()) {
        (None, None) => None,
        (Some(patient), Some(relationship)) => {
            let relationship = Relationship::from_name(relationship).ok_or(Code::InvalidToken)?;
            Some((PatientId::new(patient), relationship))
        }
        (Some(_), None) | (None, Some(_)) => return Err(Code::InvalidToken.into()),
    };
    Ok(PortalClaims {
        tenant: TenantId::new(claims.tid),
        session: SessionId::new(claims.sid),
        account: AccountId::new(claims.sub),
        acting_for,
    })
}

/// The audience of a token as the crypto crate names it.
pub(crate) const fn token_audience(audience: Audience) -> TokenAudience {
    match audience {
        Audience::Staff => TokenAudience::Staff,
        Audience::Portal => TokenAudience::Portal,
    }
}
