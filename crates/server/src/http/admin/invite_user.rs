//! `POST /api/admin/users`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::{Fields, present};
use crate::http::headers::IdempotencyHeader;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::{Created, Id, Role};
use crate::links;
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::FieldProblem;
use threadwell_application::admin::users;
use threadwell_application::ports::{NewUser, Store};
use threadwell_domain::TeamId;
use threadwell_domain::person::{EmailAddress, PersonName, Title};
use threadwell_domain::team::MOST_MEMBERS;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired];

/// Somebody to be added to the staff.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewStaffAccount {
    /// The work e-mail, of nobody else.
    #[schema(max_length = 254, example = "nora.quinn@riverside.example")]
    email: String,
    #[schema(min_length = 1, max_length = 200, example = "Nora Quinn")]
    full_name: String,
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 100, example = "RN")]
    title: Option<String>,
    role: Role,
    /// The teams to join; those of the role, if left out.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_items = 200, example = json!([]))]
    team_ids: Option<Vec<Id>>,
}

impl NewStaffAccount {
    fn parse(&self) -> ApiResult<NewUser> {
        let mut fields = Fields::default();
        let email = EmailAddress::parse(&self.email);
        if email.is_none() {
            fields.refuse("/email", FieldProblem::Invalid);
        }
        let full_name = fields.check("/fullName", PersonName::parse(&self.full_name));
        let title = self.title.as_deref().and_then(|text| fields.check("/title", Title::parse(text)));
        let teams =
            self.team_ids.as_ref().map(|ids| ids.iter().map(|id| TeamId::new(id.0)).collect::<Vec<_>>());
        if teams.as_ref().is_some_and(|teams| teams.len() > MOST_MEMBERS) {
            fields.refuse("/teamIds", FieldProblem::TooLong(MOST_MEMBERS));
        }
        let role = self.role.into();
        fields.finish(email.zip(full_name).map(|(email, full_name)| NewUser {
            email,
            full_name,
            title,
            role,
            teams,
        }))
    }
}

/// Adds somebody to the staff, who chooses a password by a link that is mailed and good for seven days.
#[utoipa::path(
    tag = "Administration: users", security(("staffToken" = [])), params(IdempotencyHeader), request_body = NewStaffAccount,
    responses((status = 201, description = "The person's id.", body = Created)),
)]
#[post("/api/admin/users")]
pub(crate) async fn invite_user(
    caller: StaffCaller,
    key: IdempotencyHeader,
    body: Json<NewStaffAccount>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (key, user) = (key.with(body.fingerprint), body.value.parse()?);
    let (tenant, keys) = (caller.claims.tenant, state.keys.clone());
    let invite = move |store: &dyn Store| {
        users::invite(store, &caller.caller, &user, &links::hashes(&keys, tenant), key.as_ref())
    };
    let receipt = state.run(invite).await?;
    Ok(answer::created(&receipt, &Created::of(receipt.staff.map(|id| id.uuid()))?))
}
