//! `GET /api/practices`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::state::State;
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// A practice in a list of choices.
#[derive(Serialize, ToSchema)]
pub(crate) struct PracticeSummary {
    /// Its public code.
    #[schema(example = "riverside")]
    slug: String,
    #[schema(example = "Riverside Dermatology")]
    name: String,
}

/// The practices to choose from at sign-in, by name.
#[derive(Serialize, ToSchema)]
pub(crate) struct PracticeList {
    practices: Vec<PracticeSummary>,
}

/// Lists the practices of this installation.
#[utoipa::path(
    tag = "Practices", security(()), params(),
    responses((status = 200, description = "The practices.", body = PracticeList)),
)]
#[get("/api/practices")]
pub(crate) async fn list_practices(state: web::Data<State>) -> ApiResult<HttpResponse> {
    let found = state.run(move |store| store.practices()).await?;
    let practices = found.into_iter().map(|one| PracticeSummary { slug: one.slug, name: one.name });
    Ok(answer::ok(&PracticeList { practices: practices.collect() }))
}
