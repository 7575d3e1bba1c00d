//! `PUT /api/admin/accounts/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::links;
use actix_web::{HttpResponse, put, web};
use serde::Deserialize;
use threadwell_application::admin::accounts::{self, Help};
use threadwell_application::ports::Store;
use threadwell_domain::AccountId;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired];

/// Whether an account may sign in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct AccountChange {
    /// False ends all sessions.
    #[schema(example = true)]
    is_active: bool,
}

/// Lets an account of the portal sign in, or not.
#[utoipa::path(
    tag = "Administration: patients", security(("staffToken" = [])), request_body = AccountChange,
    responses((status = 204, description = "Done.")),
)]
#[put("/api/admin/accounts/{id}")]
pub(crate) async fn update_account(
    caller: StaffCaller,
    id: PathId,
    body: Json<AccountChange>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let how = if body.value.is_active { Help::Activate } else { Help::Deactivate };
    let (id, tenant, keys) = (AccountId::new(id.0), caller.claims.tenant, state.keys.clone());
    let help = move |store: &dyn Store| {
        accounts::help(store, &caller.caller, id, how, &links::hashes(&keys, tenant))
    };
    state.run(help).await?;
    Ok(answer::no_content())
}
