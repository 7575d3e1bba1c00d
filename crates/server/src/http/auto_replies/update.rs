//! `PUT /api/auto-replies`

use super::read::AutoReplyList;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::Fields;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::Category;
use actix_web::{HttpResponse, put, web};
use serde::Deserialize;
use threadwell_application::FieldProblem;
use threadwell_application::practice::{self, AutoReplyChange};
use threadwell_domain::message::MessageBody;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::UnfilledPlaceholder];

/// The automatic reply of a category to be written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct AutoReplyInput {
    category: Category,
    /// Up to 5,000 characters; empty for none.
    #[schema(max_length = 5000, example = "Thank you for your prescription refill request.")]
    message_text: String,
    /// Whether it is sent; needs a text.
    is_active: bool,
}

/// The automatic replies to be written; categories that are left out stay as they are.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct AutoReplyChanges {
    #[schema(min_items = 1, max_items = 6)]
    auto_replies: Vec<AutoReplyInput>,
}

impl AutoReplyChanges {
    fn parse(self) -> ApiResult<Vec<AutoReplyChange>> {
        let mut fields = Fields::default();
        if self.auto_replies.is_empty() {
            fields.refuse("/autoReplies", FieldProblem::Empty);
        }
        let given = self.auto_replies.into_iter().enumerate();
        let changes = given.map(|(place, input)| {
            let pointer = format!("/autoReplies/{place}/messageText");
            let is_empty = input.message_text.trim().is_empty();
            let text = (!is_empty).then(|| fields.check(&pointer, MessageBody::parse(&input.message_text)));
            if is_empty && input.is_active {
                fields.refuse(&pointer, FieldProblem::Required);
            }
            let category = input.category.into();
            AutoReplyChange { category, message: text.flatten(), is_active: input.is_active }
        });
        let changes = changes.collect();
        fields.finish(Some(changes))
    }
}

/// Writes automatic replies.
#[utoipa::path(
    tag = "Staff: automatic replies", security(("staffToken" = [])), request_body = AutoReplyChanges,
    responses((status = 200, description = "All automatic replies as they are now.", body = AutoReplyList)),
)]
#[put("/api/auto-replies")]
pub(crate) async fn update_auto_replies(
    caller: StaffCaller,
    body: Json<AutoReplyChanges>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let changes = body.value.parse()?;
    let views =
        state.run(move |store| practice::update_auto_replies(store, &caller.caller, &changes)).await?;
    Ok(answer::ok(&AutoReplyList::of(&views)))
}
