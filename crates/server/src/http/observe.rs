//! The outermost middleware: gives every request its id, and every answer its headers, its log line and its count.
//!
//! Logs and figures name the route's template, never the address: ids, searches and names stay out of them.

use super::code::Code;
use super::context::{REQUEST_ID, RequestId, request_id};
use super::error::ApiError;
use super::security_headers;
use super::state::State;
use super::{problem, wire::Id};
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::HeaderValue;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, web};
use std::time::Instant;
use threadwell_application::access::Audience;
use tracing::{Instrument, Level};
use uuid::Uuid;

const UNMATCHED: &str = "unmatched";

/// Wraps the whole application.
pub(crate) async fn observe<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let started = Instant::now();
    let state = request.app_data::<web::Data<State>>().cloned();
    let id = given_id(&request).unwrap_or_else(Uuid::now_v7);
    request.extensions_mut().insert(RequestId(id));
    let method = known_method(request.method().as_str());
    let route = request.match_pattern().unwrap_or_else(|| UNMATCHED.to_owned());
    let span = tracing::info_span!("request", request_id = %id, method, route);
    if let Some(state) = &state {
        state.metrics.started();
    }
    let outcome = next.call(request).instrument(span.clone()).await;
    // Handlers' refusals are responses already; only a broken middleware inside could fail here.
    let mut response =
        finish(outcome.inspect_err(|_| tracing::error!("a request failed outside its handler"))?);
    let headers =
        security_headers::for_path(response.request().path(), state.as_ref().map(|state| state.get_ref()));
    headers.into_iter().for_each(|(name, value)| {
        if !response.headers().contains_key(&name) {
            response.headers_mut().insert(name, value);
        }
    });
    if let Ok(value) = HeaderValue::from_str(&id.hyphenated().to_string()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let (status, took) = (response.status().as_u16(), started.elapsed());
    if let Some(state) = &state {
        state.metrics.answered(method, &route, status, took);
    }
    span.in_scope(|| log(status, took.as_micros()));
    Ok(response)
}

fn log(status: u16, latency_us: u128) {
    let latency_us = u64::try_from(latency_us).unwrap_or(u64::MAX);
    if status >= 500 {
        tracing::event!(Level::ERROR, status, latency_us, "answered");
    } else {
        tracing::event!(Level::INFO, status, latency_us, "answered");
    }
}

/// A refusal of ours becomes its problem document; one of the framework's becomes that of its status.
fn finish<B: MessageBody + 'static>(response: ServiceResponse<B>) -> ServiceResponse<EitherBody<B, BoxBody>> {
    let id = request_id(response.request());
    let audience = audience_of(response.request().path());
    let written = match response.response().error() {
        Some(error) => Some(explain(error, id, audience)),
        None if is_bare_refusal(&response) => Some(problem::answer_to_status(response.status(), id)),
        None => None,
    };
    match written {
        Some(answer) => response.into_response(answer).map_into_right_body(),
        None => response.map_into_left_body(),
    }
}

fn is_bare_refusal<B>(response: &ServiceResponse<B>) -> bool {
    let status = response.status();
    let has_type = response.headers().contains_key(actix_web::http::header::CONTENT_TYPE);
    (status.is_client_error() || status.is_server_error()) && !has_type
}

fn explain(error: &Error, id: Uuid, audience: Audience) -> HttpResponse {
    let Some(refusal) = error.as_error::<ApiError>() else {
        return problem::answer_to_status(error.as_response_error().status_code(), id);
    };
    if let ApiError::Refused(threadwell_application::Error::Unavailable(source)) = refusal {
        tracing::error!(error = %causes(source.as_ref()), "a dependency is unavailable");
    } else if refusal.code() == Code::InternalError {
        tracing::error!("a request failed inside");
    }
    problem::answer(refusal, id, audience)
}

/// Names the causes of a failure; adapters keep values out of them.
fn causes(error: &(dyn std::error::Error + Send + Sync)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text
}

/// Which side's shapes an answer uses.
fn audience_of(path: &str) -> Audience {
    if path.starts_with("/api/patient-portal/") { Audience::Portal } else { Audience::Staff }
}

/// A client's own id is taken if it is a UUID: anything else could smuggle text into logs.
fn given_id(request: &ServiceRequest) -> Option<Uuid> {
    let mut values = request.headers().get_all(REQUEST_ID);
    match (values.next(), values.next()) {
        (Some(only), None) => only.to_str().ok().and_then(Id::parse).map(|id| id.0),
        _ => None,
    }
}

/// A method that nobody knows must not become a label of its own.
fn known_method(method: &str) -> &'static str {
    ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"]
        .into_iter()
        .find(|known| *known == method)
        .unwrap_or("OTHER")
}
