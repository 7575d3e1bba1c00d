//! `GET /api/admin/settings`

use super::practice_settings::SettingsBody;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::admin::settings;
use threadwell_domain::practice::PracticeSettings;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// All that a practice decides about itself, as it is now.
#[derive(Serialize, ToSchema)]
pub(crate) struct PracticeSettingsAnswer {
    #[serde(flatten)]
    settings: SettingsBody,
    /// Moves with every change; give it back as If-Match.
    #[schema(example = 4)]
    version: i32,
}

impl PracticeSettingsAnswer {
    pub(super) fn of(settings: &PracticeSettings, version: i32) -> Self {
        Self { settings: settings.into(), version }
    }
}

/// Reads what the practice decides about itself.
#[utoipa::path(
    tag = "Administration: practice", security(("staffToken" = [])), params(),
    responses((
        status = 200, description = "The settings.", body = PracticeSettingsAnswer,
        headers(("ETag" = String, description = "The settings' version.")),
    )),
)]
#[get("/api/admin/settings")]
pub(crate) async fn read_settings(caller: StaffCaller, state: web::Data<State>) -> ApiResult<HttpResponse> {
    let (settings, version) = state.run(move |store| settings::read(store, &caller.caller)).await?;
    Ok(answer::ok_at(version, &PracticeSettingsAnswer::of(&settings, version)))
}
