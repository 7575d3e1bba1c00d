//! Ids in addresses.

use super::code::Code;
use super::error::{ApiError, ApiResult};
use super::wire::Id;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};
use uuid::Uuid;

macro_rules! parts {
    ($($(#[doc = $doc:literal])+ $name:ident $part:literal),* $(,)?) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $name(pub(crate) Uuid);

        impl FromRequest for $name {
            type Error = ApiError;
            type Future = Ready<ApiResult<Self>>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let id = Id::parse(request.match_info().query($part));
                ready(id.map(|id| Self(id.0)).ok_or_else(|| Code::InvalidId.into()))
            }
        }
    )*};
}

parts! {
    /// The `{id}` of the address.
    PathId "id",
    /// The `{threadId}` of the address.
    PathThreadId "threadId",
    /// The `{accountId}` of the address.
    PathAccountId "accountId",
    /// The `{invitationId}` of the address.
    PathInvitationId "invitationId",
}
