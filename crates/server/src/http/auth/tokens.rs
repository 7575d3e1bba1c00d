//! The shapes of sign-in and refresh, and how a refresh token reaches its client.

use crate::http::account::typed;
use crate::http::code::Code;
use crate::http::cookies;
use crate::http::error::{ApiError, ApiResult};
use crate::http::fields::present;
use crate::http::wire::Token;
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::{Deserialize, Serialize};
use threadwell_application::access::Audience;
use threadwell_application::ports::{MadeSecret, RefreshDelivery, TypedPassword};
use threadwell_crypto::refresh::RefreshToken;
use threadwell_domain::Phi;
use threadwell_domain::access::DeviceName;
use utoipa::ToSchema;
use zeroize::Zeroizing;

/// Where the refresh token goes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TokenDelivery {
    /// Into a cookie that scripts cannot read.
    #[default]
    Cookie,
    /// Into the body, for clients that keep no cookies.
    Body,
}

impl From<TokenDelivery> for RefreshDelivery {
    fn from(delivery: TokenDelivery) -> Self {
        match delivery {
            TokenDelivery::Cookie => Self::Cookie,
            TokenDelivery::Body => Self::Body,
        }
    }
}

/// Who wants to sign in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct StaffLogin {
    #[schema(max_length = 320, example = "ma@riverside.example")]
    email: String,
    #[schema(min_length = 1, max_length = 128, format = Password, example = "threadwell-demo-2026")]
    password: String,
    /// `cookie` unless said.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    token_delivery: Option<TokenDelivery>,
    /// Whether an app on a patient's own device is to stay signed in for days (90 at most; it may rest for 30, or as the
    /// practice says). Without it, and for the staff, the session lasts as long as one in a browser. Counts with
    /// `tokenDelivery: body` alone.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, example = true)]
    remember_device: Option<bool>,
    /// What the list of sessions is to call this device.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 60, example = "Ana's phone")]
    device_name: Option<String>,
    /// What an earlier sign-in on this device gave as `deviceToken`. Browsers have it in a cookie.
    #[serde(default, deserialize_with = "present")]
    #[schema(
        nullable = false,
        value_type = String,
        max_length = 512,
        example = "d1.01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f.kJ8s2mQp0aXv7Yb1Zc3Dd5Ee7Ff9Gg1Hh3Ii5Jj7KkA"
    )]
    device_token: Option<Token>,
}

/// A sign-in whose form is good.
pub(super) struct Typed {
    pub(super) email: Phi,
    pub(super) password: TypedPassword,
    pub(super) delivery: RefreshDelivery,
    pub(super) is_remembered: bool,
    pub(super) device_name: Option<Phi>,
    pub(super) device_token: Option<Zeroizing<String>>,
}

impl StaffLogin {
    /// Checks the form before anything is hashed.
    pub(super) fn parse(self) -> ApiResult<Typed> {
        let name = self.device_name.as_deref().map(DeviceName::parse).transpose();
        let name = name.map_err(|refusal| ApiError::field("/deviceName", refusal.into()))?;
        let delivery: RefreshDelivery = self.token_delivery.unwrap_or_default().into();
        let is_wanted = self.remember_device.unwrap_or_default();
        Ok(Typed {
            email: typed::known_email(&self.email)?,
            password: typed::password("/password", &self.password)?,
            delivery,
            is_remembered: is_wanted && delivery == RefreshDelivery::Body,
            device_name: name.map(DeviceName::into_phi),
            device_token: self.device_token.map(Token::into_inner),
        })
    }
}

/// A refresh token in the body.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct RefreshTokenBody {
    /// Left out where the cookie brings it.
    #[serde(default, deserialize_with = "present")]
    #[schema(
        nullable = false,
        value_type = String,
        max_length = 512,
        example = "v1.01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f.kJ8s2mQp0aXv7Yb1Zc3Dd5Ee7Ff9Gg1Hh3Ii5Jj7KkA"
    )]
    pub(super) refresh_token: Option<Token>,
}

/// A new access token.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Refreshed {
    /// For the Authorization header; kept in memory alone.
    #[schema(example = "eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9.eyJpc3MiOiJ0aHJlYWR3ZWxsIn0.c2lnbmF0dXJl")]
    pub(crate) access_token: String,
    /// Seconds.
    #[schema(example = 600)]
    pub(crate) expires_in: i64,
    /// Only where the token is delivered in the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "v1.01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f.kJ8s2mQp0aXv7Yb1Zc3Dd5Ee7Ff9Gg1Hh3Ii5Jj7KkA"
    )]
    pub(crate) refresh_token: Option<String>,
}

/// Answers with tokens: the refresh token goes the way the client chose.
pub(crate) fn deliver<T: Serialize>(
    audience: Audience,
    delivery: RefreshDelivery,
    refresh: &RefreshToken,
    body: impl FnOnce(Option<String>) -> T,
) -> HttpResponse {
    let text = refresh.expose();
    let mut answer: HttpResponseBuilder = HttpResponse::Ok();
    match delivery {
        RefreshDelivery::Cookie => answer.cookie(cookies::keep(audience, &text)).json(body(None)),
        RefreshDelivery::Body => answer.json(body(Some(text.to_string()))),
    }
}

/// Answers a sign-in: the device's secret goes the way of the refresh token.
pub(crate) fn deliver_with_device<T: Serialize>(
    audience: Audience,
    delivery: RefreshDelivery,
    (refresh, device): (&RefreshToken, &MadeSecret),
    body: impl FnOnce(Option<String>, Option<String>) -> T,
) -> HttpResponse {
    let in_body = (delivery == RefreshDelivery::Body).then(|| device.text.to_string());
    let mut answer = deliver(audience, delivery, refresh, |refresh| body(refresh, in_body));
    if delivery == RefreshDelivery::Cookie {
        // A cookie of our own making is one that can be written.
        drop(answer.add_cookie(&cookies::keep_device(audience, &device.text)));
    }
    answer
}

/// Reads a refresh token; what is none is like one that nobody knows.
pub(super) fn parse_refresh(text: &str) -> ApiResult<RefreshToken> {
    RefreshToken::parse(text).map_err(|_| Code::InvalidToken.into())
}
