//! Ids in addresses.

use super::code::Code;
use super::error::{ApiError, ApiResult};
use super::wire::Id;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};
use uuid::Uuid;

/// The `{id}` of the address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathId(pub(crate) Uuid);

impl FromRequest for PathId {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = Id::parse(request.match_info().query("id"));
        ready(id.map(|id| Self(id.0)).ok_or_else(|| Code::InvalidId.into()))
    }
}

/// The `{threadId}` of the address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathThreadId(pub(crate) Uuid);

impl FromRequest for PathThreadId {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = Id::parse(request.match_info().query("threadId"));
        ready(id.map(|id| Self(id.0)).ok_or_else(|| Code::InvalidId.into()))
    }
}
