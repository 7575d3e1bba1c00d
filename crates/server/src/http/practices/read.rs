//! `GET /api/practices/{practice}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::state::State;
use crate::http::wire::{Accent, Category, PracticeHoliday, PracticeHours};
use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::ports::PracticePage;
use threadwell_domain::Moment;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::NotFound];

/// How long an answer usually takes.
#[derive(Serialize, ToSchema)]
pub(crate) struct AnswerTime {
    category: Category,
    #[schema(example = "1-2 business days")]
    text: String,
}

/// The public page of a practice.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Practice {
    #[schema(example = "riverside")]
    slug: String,
    #[schema(example = "Riverside Dermatology")]
    name: String,
    #[schema(example = "+1 555 0100")]
    phone: String,
    #[schema(example = "In an emergency call 911.")]
    emergency_text: String,
    #[schema(example = "Monday to Friday, 8 am to 5 pm")]
    hours: String,
    answer_times: Vec<AnswerTime>,
    /// Days within which a message opens a closed conversation again.
    #[schema(example = 14)]
    reopen_window_days: i32,
    #[schema(example = "Messages sent at night are read the next working day.")]
    after_hours_text: String,
    accent: Accent,
    /// Office hours by the practice's own clock.
    business_hours: Vec<PracticeHours>,
    holidays: Vec<PracticeHoliday>,
    /// The practice's clock (IANA).
    #[schema(example = "America/New_York")]
    time_zone: String,
    /// Whether the office is open now.
    is_open: bool,
    /// Whether patients may open an account by a code to the e-mail on file.
    identity_check: bool,
    /// Whether patients may invite caregivers.
    patients_may_invite: bool,
}

impl Practice {
    fn of(page: PracticePage, now: Moment) -> Self {
        let (times, face) = (page.answer_times.into_iter(), page.face);
        Self {
            slug: page.summary.slug,
            name: page.summary.name,
            phone: page.phone,
            emergency_text: page.emergency_text,
            hours: page.hours,
            answer_times: times
                .map(|time| AnswerTime { category: time.category.into(), text: time.text })
                .collect(),
            reopen_window_days: page.reopen_window_days,
            after_hours_text: page.after_hours_text,
            accent: face.accent.into(),
            business_hours: face.office_hours.hours().iter().map(PracticeHours::from).collect(),
            holidays: face.office_hours.holidays().iter().map(PracticeHoliday::from).collect(),
            time_zone: face.time_zone.name().to_owned(),
            is_open: face.office_hours.is_open(now, face.time_zone),
            identity_check: face.has_identity_check,
            patients_may_invite: face.patients_may_invite,
        }
    }
}

/// Reads the public page of a practice.
#[utoipa::path(
    tag = "Practices", security(()),
    params(("practice" = String, Path, description = "The practice's public code.", example = "riverside")),
    responses((status = 200, description = "The practice.", body = Practice)),
)]
#[get("/api/practices/{practice}")]
pub(crate) async fn read_practice(request: HttpRequest, state: web::Data<State>) -> ApiResult<HttpResponse> {
    let slug = request.match_info().query("practice").to_owned();
    let page = state.run(move |store| store.practice_page(&slug)).await?;
    Ok(answer::ok(&Practice::of(page.ok_or(Code::NotFound)?, state.clock.now())))
}
