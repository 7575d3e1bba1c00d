//! `GET /api/patient-portal/auth/me`

use crate::http::answer;
use crate::http::auth::me::practice_of;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::PortalCaller;
use crate::http::state::State;
use crate::http::wire::{Id, PortalAccount, PortalPatient, Session, Tenant};
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::access::Audience;
use threadwell_application::accounts::{self, PortalSelf};
use threadwell_application::ports::PracticeSummary;
use threadwell_application::ports::Store;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Who is signed in, and for whom.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PortalMe {
    account: PortalAccount,
    /// Whom the account may act for; oneself first.
    patients: Vec<PortalPatient>,
    /// The patient that it acts for now; null until one is chosen.
    #[schema(required)]
    acting_for: Option<Id>,
    tenant: Tenant,
    session: Session,
}

impl PortalMe {
    fn of(me: &PortalSelf, practice: PracticeSummary) -> Self {
        Self {
            account: (&me.profile).into(),
            patients: me.profile.patients.iter().map(PortalPatient::from).collect(),
            acting_for: me.actor.patient().map(|patient| Id(patient.uuid())),
            tenant: practice.into(),
            session: me.actor.session_facts().into(),
        }
    }
}

/// Tells who is signed in.
#[utoipa::path(
    tag = "Portal: session", security(("portalToken" = [])), params(),
    responses((status = 200, description = "The caller.", body = PortalMe)),
)]
#[get("/api/patient-portal/auth/me")]
pub(crate) async fn portal_read_self(
    caller: PortalCaller,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let read = move |store: &dyn Store| {
        let me = accounts::read_portal_self(store, &caller.caller)?;
        Ok((me, practice_of(store, caller.claims.tenant)?))
    };
    let (me, practice) = state.run_for(Audience::Portal, read).await?;
    Ok(answer::ok(&PortalMe::of(&me, practice)))
}
