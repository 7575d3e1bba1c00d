//! What of a session's row, and of its practice's, decides whether it holds.

use crate::errors::{corrupt, unavailable};
use crate::schema::{session, tenant};
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::access::{Audience, SessionFacts, SignInMethod};
use threadwell_domain::Moment;
use threadwell_domain::practice::Rest;
use uuid::Uuid;

type RestColumns = (tenant::staff_idle_minutes, tenant::portal_idle_minutes, tenant::mobile_idle_days);
type SessionColumns = (
    session::revoked_at,
    session::expires_at,
    session::last_activity_at,
    session::idle_limit_seconds,
    session::method,
    session::stepped_up_at,
    RestColumns,
);

/// The columns of a session beside its practice.
pub(crate) const SESSION: SessionColumns = (
    session::revoked_at,
    session::expires_at,
    session::last_activity_at,
    session::idle_limit_seconds,
    session::method,
    session::stepped_up_at,
    REST,
);
const REST: RestColumns = (tenant::staff_idle_minutes, tenant::portal_idle_minutes, tenant::mobile_idle_days);

/// What those columns hold.
pub(crate) type SessionRow = (Option<Moment>, Moment, Moment, i32, i16, Option<Moment>, RestRow);
type RestRow = (i16, i16, i16);

/// The facts of a session.
///
/// # Errors
/// A method that this build does not know.
pub(crate) fn session_facts(
    audience: Audience,
    (revoked_at, expires_at, last_activity_at, granted, method, stepped_up_at, rest): SessionRow,
) -> Result<SessionFacts> {
    Ok(SessionFacts {
        is_revoked: revoked_at.is_some(),
        expires_at,
        last_activity_at,
        idle_limit: idle_limit(audience, granted, rest_of(rest)),
        method: method_of(method)?,
        stepped_up_at,
    })
}

/// How long a session may rest now that was granted so many seconds.
pub(crate) fn idle_limit(audience: Audience, granted: i32, rest: Rest) -> Duration {
    let granted = Duration::seconds(granted.into());
    match audience {
        Audience::Staff => rest.left_to_staff(granted),
        Audience::Portal => rest.left_to_portal(granted),
    }
}

/// How a session was opened.
pub(crate) fn method_of(code: i16) -> Result<SignInMethod> {
    SignInMethod::from_code(code).ok_or_else(|| corrupt("session", "method", Uuid::nil()))
}

const fn rest_of((staff_minutes, portal_minutes, mobile_days): RestRow) -> Rest {
    Rest { staff_minutes, portal_minutes, mobile_days }
}

impl PgTransaction<'_> {
    /// How long the practice lets sessions rest now.
    pub(crate) fn rest(&mut self) -> Result<Rest> {
        let practice = tenant::table.filter(tenant::id.eq(self.tenant_id())).select(REST);
        practice.first(self.conn).map(rest_of).map_err(unavailable)
    }
}
