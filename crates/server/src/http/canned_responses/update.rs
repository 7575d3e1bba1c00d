//! `PUT /api/canned-responses/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::{Fields, present};
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::{CannedResponse, Category};
use actix_web::{HttpResponse, put, web};
use serde::Deserialize;
use threadwell_application::FieldProblem;
use threadwell_application::canned_responses::{self, CannedChanges};
use threadwell_domain::CannedResponseId;
use threadwell_domain::canned_response::CannedTitle;
use threadwell_domain::message::MessageBody;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// The fields to change; at least one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct CannedResponseChange {
    /// 1 to 255 characters on one line.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 255, example = "Prescription Approved")]
    title: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    category: Option<Category>,
    /// 1 to 5,000 characters; may hold `[blanks]`.
    #[serde(default, deserialize_with = "present")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 5000,
        example = "Your refill has been approved."
    )]
    response_text: Option<String>,
}

impl CannedResponseChange {
    fn parse(self) -> ApiResult<CannedChanges> {
        let mut fields = Fields::default();
        if self.title.is_none() && self.category.is_none() && self.response_text.is_none() {
            fields.refuse("", FieldProblem::Required);
        }
        let title = self.title.as_deref().and_then(|text| fields.check("/title", CannedTitle::parse(text)));
        let text = self.response_text.as_deref();
        let response = text.and_then(|text| fields.check("/responseText", MessageBody::parse(text)));
        fields.finish(Some(CannedChanges { title, category: self.category.map(Into::into), response }))
    }
}

/// Changes a prepared answer; its earlier version is kept.
#[utoipa::path(
    tag = "Staff: canned responses", security(("staffToken" = [])), request_body = CannedResponseChange,
    responses((status = 200, description = "The prepared answer as it is now.", body = CannedResponse)),
)]
#[put("/api/canned-responses/{id}")]
pub(crate) async fn update_canned_response(
    caller: StaffCaller,
    id: PathId,
    body: Json<CannedResponseChange>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (id, changes) = (CannedResponseId::new(id.0), body.value.parse()?);
    let view = state.run(move |store| canned_responses::update(store, &caller.caller, id, &changes)).await?;
    Ok(answer::ok(&CannedResponse::from(&view)))
}
