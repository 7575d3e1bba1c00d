//! What opening a stream has in common for both sides.

use super::frames::Frames;
use super::stream::body;
use crate::http::code::Code;
use crate::http::error::{ApiError, ApiResult};
use crate::http::headers::{Given, given};
use crate::http::state::State;
use crate::live::Joined;
use actix_web::http::header::{self, ContentEncoding, HeaderName};
use actix_web::{HttpRequest, HttpResponse, web};
use std::time::Instant;
use threadwell_application::live::OpenedStream;
use utoipa::IntoParams;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
const ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");
const RETRY_AFTER_SECONDS: u64 = 5;

/// Where a stream was cut.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "says in the document what the header is for")]
pub(super) struct LastEventId {
    /// The id of the last event that came. One that is foreign, forged or too old begins anew.
    #[param(rename = "Last-Event-ID", required = false, value_type = String)]
    id: Option<String>,
}

/// Lets the stream begin, whose session was asked for at a time: what it missed first, then what comes.
pub(super) async fn begin(
    request: &HttpRequest,
    state: web::Data<State>,
    opened: OpenedStream,
    asked_at: Instant,
) -> ApiResult<HttpResponse> {
    let frames = Frames::of(&opened);
    let was_at = match given(request, &LAST_EVENT_ID) {
        Given::Once(text) => text.to_str().ok().and_then(|text| state.event_ids.open(frames.reader(), text)),
        Given::Absent | Given::Repeated => None,
    };
    if let Some(was_at) = was_at {
        state.live.catch_up(was_at).await;
    }
    match state.live.join(opened, asked_at, was_at) {
        Joined::In { subscription, is_resumed, place } => {
            let at = was_at.filter(|_| is_resumed).unwrap_or(place);
            Ok(answer().streaming(body(state, frames, subscription, (at, is_resumed))))
        }
        Joined::Stopping => {
            Err(ApiError::Busy { code: Code::DependencyUnavailable, retry_after: RETRY_AFTER_SECONDS })
        }
    }
}

/// An event stream that nobody on the way keeps, collects or packs.
fn answer() -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_TYPE, "text/event-stream"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((ACCEL_BUFFERING, "no"))
        .insert_header(ContentEncoding::Identity);
    answer
}
