//! The refresh cookies: one for each audience, out of reach of scripts and of other hosts.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use threadwell_application::access::Audience;

/// The name of the audience's cookie.
pub(crate) const fn name(audience: Audience) -> &'static str {
    match audience {
        Audience::Staff => "__Host-tw_staff",
        Audience::Portal => "__Host-tw_portal",
    }
}

/// The name of the cookie by which the audience's devices are known again.
const fn device_name(audience: Audience) -> &'static str {
    match audience {
        Audience::Staff => "__Host-tw_staff_device",
        Audience::Portal => "__Host-tw_portal_device",
    }
}

/// How the cookie came.
pub(crate) enum Presented {
    /// Not at all.
    Absent,
    /// Once, with this value.
    Once(String),
    /// Several of one name: something else on the path put one there.
    Several,
}

/// The audience's cookie of a request.
pub(crate) fn presented(request: &HttpRequest, audience: Audience) -> Presented {
    let Ok(all) = request.cookies() else { return Presented::Absent };
    let mut ours = all.iter().filter(|cookie| cookie.name() == name(audience));
    match (ours.next(), ours.next()) {
        (None, _) => Presented::Absent,
        (Some(cookie), None) => Presented::Once(cookie.value().to_owned()),
        (Some(_), Some(_)) => Presented::Several,
    }
}

/// Keeps a refresh token in the browser for as long as it runs.
pub(crate) fn keep(audience: Audience, token: &str) -> Cookie<'static> {
    base(audience, token.to_owned()).finish()
}

/// Takes it away.
pub(crate) fn forget(audience: Audience) -> Cookie<'static> {
    base(audience, String::new()).max_age(Duration::ZERO).finish()
}

/// The secret by which a device is known again; of several of one name, none.
pub(crate) fn device(request: &HttpRequest, audience: Audience) -> Option<String> {
    let all = request.cookies().ok()?;
    let mut ours = all.iter().filter(|cookie| cookie.name() == device_name(audience));
    match (ours.next(), ours.next()) {
        (Some(cookie), None) => Some(cookie.value().to_owned()),
        (None | Some(_), _) => None,
    }
}

/// Keeps the secret of a device in its browser for as long as browsers keep anything.
pub(crate) fn keep_device(audience: Audience, secret: &str) -> Cookie<'static> {
    Cookie::build(device_name(audience), secret.to_owned())
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(Duration::days(400))
        .finish()
}

fn base(audience: Audience, value: String) -> actix_web::cookie::CookieBuilder<'static> {
    Cookie::build(name(audience), value).path("/").secure(true).http_only(true).same_site(SameSite::Strict)
}
