//! `POST /api/canned-responses`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::Fields;
use crate::http::headers::IdempotencyHeader;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::{CannedResponseCreated, Category};
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::canned_responses;
use threadwell_domain::canned_response::{CannedText, CannedTitle};
use threadwell_domain::message::MessageBody;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// A prepared answer to be written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewCannedResponse {
    /// 1 to 255 characters on one line.
    #[schema(min_length = 1, max_length = 255, example = "Prescription Approved")]
    title: String,
    category: Category,
    /// 1 to 5,000 characters; may hold `[blanks]`.
    #[schema(min_length = 1, max_length = 5000, example = "Your prescription refill has been approved.")]
    response_text: String,
}

impl NewCannedResponse {
    fn parse(self) -> ApiResult<CannedText> {
        let mut fields = Fields::default();
        let title = fields.check("/title", CannedTitle::parse(&self.title));
        let response = fields.check("/responseText", MessageBody::parse(&self.response_text));
        let (title, response) = fields.finish(title.zip(response))?;
        Ok(CannedText { title, category: self.category.into(), response })
    }
}

/// Writes a prepared answer.
#[utoipa::path(
    tag = "Staff: canned responses", security(("staffToken" = [])), params(IdempotencyHeader),
    request_body = NewCannedResponse,
    responses((status = 201, description = "Its id.", body = CannedResponseCreated)),
)]
#[post("/api/canned-responses")]
pub(crate) async fn create_canned_response(
    caller: StaffCaller,
    key: IdempotencyHeader,
    body: Json<NewCannedResponse>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (key, text) = (key.with(body.fingerprint), body.value.parse()?);
    let receipt =
        state.run(move |store| canned_responses::create(store, &caller.caller, &text, key.as_ref())).await?;
    Ok(answer::created(&receipt, &CannedResponseCreated::of(&receipt)?))
}
