//! `PUT /api/admin/users/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::{Fields, nullable, present};
use crate::http::headers::IfMatch;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::{Role, StaffAccount};
use crate::links;
use actix_web::{HttpResponse, put, web};
use serde::Deserialize;
use threadwell_application::FieldProblem;
use threadwell_application::admin::users;
use threadwell_application::ports::{Store, UserChanges};
use threadwell_domain::StaffId;
use threadwell_domain::person::{EmailAddress, PersonName, Title};
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired, Code::LastAdmin, Code::VersionMismatch];

/// The parts of somebody to change; at least one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct StaffAccountChange {
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 200, example = "Nora Quinn")]
    full_name: Option<String>,
    /// Null for none.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 100, example = "RN")]
    title: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, example = "nurse")]
    role: Option<Role>,
    /// Whether the person may sign in; false ends all sessions.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, example = true)]
    is_active: Option<bool>,
    /// The work e-mail, of nobody else.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_length = 254, example = "nora.quinn@riverside.example")]
    email: Option<String>,
}

impl StaffAccountChange {
    fn parse(&self) -> ApiResult<UserChanges> {
        let mut fields = Fields::default();
        let email = self.email.as_deref().map(EmailAddress::parse);
        if matches!(email, Some(None)) {
            fields.refuse("/email", FieldProblem::Invalid);
        }
        let name = self.full_name.as_deref();
        let title = self
            .title
            .as_ref()
            .map(|title| title.as_deref().and_then(|text| fields.check("/title", Title::parse(text))));
        let changes = UserChanges {
            email: email.flatten(),
            full_name: name.and_then(|text| fields.check("/fullName", PersonName::parse(text))),
            title,
            role: self.role.map(Into::into),
            is_active: self.is_active,
        };
        let is_given =
            [self.email.is_some(), self.full_name.is_some(), self.title.is_some(), self.role.is_some()];
        if !is_given.contains(&true) && self.is_active.is_none() {
            fields.refuse("", FieldProblem::Required);
        }
        fields.finish(Some(changes))
    }
}

/// Changes a member of the staff, from the person's next request on. Threads that then no longer exist for the person
/// wait for everybody. Another e-mail is told to both addresses, and makes links to the former one worthless; whoever is
/// still invited gets a new one.
#[utoipa::path(
    tag = "Administration: users", security(("staffToken" = [])), params(IfMatch), request_body = StaffAccountChange,
    responses((
        status = 200, description = "The person as it is now.", body = StaffAccount,
        headers(("ETag" = String, description = "The person's version.")),
    )),
)]
#[put("/api/admin/users/{id}")]
pub(crate) async fn update_user(
    caller: StaffCaller,
    id: PathId,
    if_match: IfMatch,
    body: Json<StaffAccountChange>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (id, changes) = (StaffId::new(id.0), body.value.parse()?);
    let (tenant, keys) = (caller.claims.tenant, state.keys.clone());
    let update = move |store: &dyn Store| {
        let hashes = links::hashes(&keys, tenant);
        users::update(store, &caller.caller, id, &changes, (if_match.version, &hashes))
    };
    let user = state.run(update).await?;
    Ok(answer::ok_at(user.version, &StaffAccount::from(&user)))
}
