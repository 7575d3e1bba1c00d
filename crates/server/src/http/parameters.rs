//! Refuses what an endpoint's query may not have, whatever its method: whoever sends `?dryRun=true` to an address
//! that knows of no such thing means something else than what would happen.
//!
//! Who calls is asked first: an endpoint that needs a token checks its query once it knows the caller.

use super::error::{ApiError, ApiResult};
use super::routes_table;
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest};
use threadwell_application::FieldProblem;

/// Wraps every endpoint, for those that need no token.
pub(crate) async fn only_known<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    match checked(request.request(), false) {
        Ok(()) => next.call(request).await.map(ServiceResponse::map_into_left_body),
        Err(refusal) => Ok(request.error_response(refusal).map_into_right_body()),
    }
}

/// Checks the query of a caller with a token.
pub(crate) fn check(request: &HttpRequest) -> ApiResult<()> {
    checked(request, true)
}

fn checked(request: &HttpRequest, has_token: bool) -> ApiResult<()> {
    let (method, path) = (request.method().as_str(), request.match_info().as_str());
    match routes_table::unknown_parameter(method, path, request.query_string(), has_token) {
        Some(name) => Err(ApiError::field(name, FieldProblem::Unknown)),
        None => Ok(()),
    }
}
