//! `PUT /api/admin/settings`

use super::practice_settings::SettingsBody;
use super::read_settings::PracticeSettingsAnswer;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::headers::IfMatch;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use actix_web::{HttpResponse, put, web};
use threadwell_application::admin::settings;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired, Code::VersionMismatch];

/// Writes all that the practice decides about itself. It acts from the next request on.
#[utoipa::path(
    tag = "Administration: practice", security(("staffToken" = [])), params(IfMatch), request_body = SettingsBody,
    responses((
        status = 200, description = "The settings as they are now.", body = PracticeSettingsAnswer,
        headers(("ETag" = String, description = "The settings' version.")),
    )),
)]
#[put("/api/admin/settings")]
pub(crate) async fn update_settings(
    caller: StaffCaller,
    if_match: IfMatch,
    body: Json<SettingsBody>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let wanted = body.value.parse()?;
    let update = move |store: &dyn threadwell_application::ports::Store| {
        settings::update(store, &caller.caller, &wanted, if_match.version)
    };
    let (settings, version) = state.run(update).await?;
    Ok(answer::ok_at(version, &PracticeSettingsAnswer::of(&settings, version)))
}
