//! `GET /api/auth/me`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use crate::http::wire::{Category, Operation, Session, StaffUser, Tenant, Timestamp, categories};
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::Result;
use threadwell_application::accounts::{self, StaffSelf};
use threadwell_application::ports::{PracticeSummary, Store};
use threadwell_domain::TenantId;
use threadwell_domain::access::{Operation as RoleOperation, Role};
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Who is signed in, and what the role allows.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StaffMe {
    user: StaffUser,
    tenant: Tenant,
    /// What the role allows; apps leave out the rest.
    may_do: Vec<Operation>,
    /// The categories whose threads the role sees.
    categories: Vec<Category>,
    session: Session,
    /// Until when emergency access opens every category; null outside of one.
    #[schema(required)]
    emergency_access_until: Option<Timestamp>,
}

impl StaffMe {
    fn of(me: &StaffSelf, practice: PracticeSummary) -> Self {
        Self {
            user: (&me.profile).into(),
            tenant: practice.into(),
            may_do: allowed(me.actor.role()),
            categories: categories(me.actor.categories()),
            session: me.actor.session_facts().into(),
            emergency_access_until: me.actor.emergency_until().map(Timestamp),
        }
    }
}

/// Reading oneself and the threads of one's list go without saying.
fn allowed(role: Role) -> Vec<Operation> {
    let said = |operation: &RoleOperation| {
        !matches!(operation, RoleOperation::ReadSelf | RoleOperation::ReadThread) && role.may(*operation)
    };
    RoleOperation::ALL.iter().copied().filter(said).map(Operation::from).collect()
}

/// The practice of a session.
pub(crate) fn practice_of(store: &dyn Store, tenant: TenantId) -> Result<PracticeSummary> {
    let found = store.practices()?.into_iter().find(|practice| practice.id == tenant);
    found.ok_or(threadwell_application::Error::NotFound)
}

/// Tells who is signed in.
#[utoipa::path(
    tag = "Staff: session", security(("staffToken" = [])), params(),
    responses((status = 200, description = "The caller.", body = StaffMe)),
)]
#[get("/api/auth/me")]
pub(crate) async fn read_self(caller: StaffCaller, state: web::Data<State>) -> ApiResult<HttpResponse> {
    let read = move |store: &dyn Store| {
        let me = accounts::read_staff_self(store, &caller.caller)?;
        Ok((me, practice_of(store, caller.claims.tenant)?))
    };
    let (me, practice) = state.run(read).await?;
    Ok(answer::ok(&StaffMe::of(&me, practice)))
}
