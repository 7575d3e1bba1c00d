//! Headers that every answer carries, whatever it is.

use super::state::State;
use actix_web::http::header::{self, HeaderName, HeaderValue};

const APP_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
     font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; \
     object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const API_POLICY: &str =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// What the answer from this path carries. Headers that an endpoint set itself stay.
pub(crate) fn for_path(path: &str, state: Option<&State>) -> Vec<(HeaderName, HeaderValue)> {
    let is_api = path.starts_with("/api/") || path == "/metrics" || path == "/demo/mail.json";
    let policy = if path.starts_with("/api/docs") || path == "/demo/mail" || path == "/demo/mail.css" {
        PAGE_POLICY
    } else if is_api {
        API_POLICY
    } else {
        APP_POLICY
    };
    let mut headers = vec![
        fixed(header::CONTENT_SECURITY_POLICY, policy),
        fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        fixed(header::X_FRAME_OPTIONS, "DENY"),
        fixed(header::REFERRER_POLICY, "no-referrer"),
        fixed(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        fixed(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        fixed(
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
        fixed(header::CACHE_CONTROL, if is_api { "no-store" } else { "no-cache" }),
    ];
    if state.is_some_and(|state| state.settings.is_https()) {
        headers.push(fixed(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"));
    }
    headers
}

const fn fixed(name: HeaderName, value: &'static str) -> (HeaderName, HeaderValue) {
    (name, HeaderValue::from_static(value))
}
