//! The circumstances of a request: its id, where it came from, whether a person is at work, and the asserted practice.

use super::headers::{Given, given};
use super::state::State;
use super::wire::Id;
use actix_web::http::Method;
use actix_web::http::header::HeaderName;
use actix_web::{HttpMessage, HttpRequest};
use std::net::IpAddr;
use threadwell_application::access::{RequestContext, TenantAssertion};
use threadwell_domain::TenantId;
use uuid::Uuid;

pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TENANT: HeaderName = HeaderName::from_static("x-tenant-id");
const ACTIVITY: HeaderName = HeaderName::from_static("x-threadwell-activity");
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const LONGEST_SLUG: usize = 63;

/// The id that the outermost middleware gave the request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestId(pub(crate) Uuid);

/// The id of a request; nil only where no middleware ran.
pub(crate) fn request_id(request: &HttpRequest) -> Uuid {
    request.extensions().get::<RequestId>().map_or(Uuid::nil(), |id| id.0)
}

/// Everything that the audit keeps of a request. `refreshes` marks the one unsafe request that is no activity.
pub(crate) fn of(request: &HttpRequest, state: &State, refreshes: bool) -> RequestContext {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    RequestContext {
        request_id: request_id(request),
        ip: client_address(request, state.settings.trusted_proxy_hops),
        is_activity: !refreshes && (!is_safe || says_so(request)),
        tenant_assertion: tenant_assertion(request),
    }
}

/// Whether the request says that a person asked for it.
pub(crate) fn says_so(request: &HttpRequest) -> bool {
    matches!(given(request, &ACTIVITY), Given::Once(value) if value == "user")
}

/// One usable header is an assertion; anything else that was sent is one that matches no practice.
fn tenant_assertion(request: &HttpRequest) -> Option<TenantAssertion> {
    match given(request, &TENANT) {
        Given::Absent => None,
        Given::Once(value) => Some(value.to_str().map_or(TenantAssertion::Malformed, assertion)),
        Given::Repeated => Some(TenantAssertion::Malformed),
    }
}

fn assertion(text: &str) -> TenantAssertion {
    if let Some(id) = Id::parse(text) {
        return TenantAssertion::Id(TenantId::new(id.0));
    }
    let is_slug = (1..=LONGEST_SLUG).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if is_slug { TenantAssertion::Slug(text.to_owned()) } else { TenantAssertion::Malformed }
}

/// The address as the outermost trusted proxy saw it. Each proxy appends one entry, so counting from the right passes
/// over whatever a client wrote in front.
fn client_address(request: &HttpRequest, trusted_hops: usize) -> Option<IpAddr> {
    let peer = request.peer_addr().map(|address| address.ip());
    if trusted_hops == 0 {
        return peer;
    }
    let chain: Vec<&str> = request
        .headers()
        .get_all(&FORWARDED_FOR)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let entry = chain.len().checked_sub(trusted_hops).and_then(|place| chain.get(place));
    entry.and_then(|text| text.parse().ok()).or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn only_the_trusted_hop_is_believed() {
        let peer = "10.0.0.1:9".parse().unwrap();
        let request = |chain: &str| {
            TestRequest::default().peer_addr(peer).insert_header((FORWARDED_FOR, chain)).to_http_request()
        };
        let seen = |chain: &str, hops| client_address(&request(chain), hops).unwrap().to_string();
        assert_eq!(seen("6.6.6.6, 203.0.113.7", 0), "10.0.0.1");
        assert_eq!(seen("6.6.6.6, 203.0.113.7", 1), "203.0.113.7");
        assert_eq!(seen("6.6.6.6, 203.0.113.7, 10.0.0.2", 2), "203.0.113.7");
        assert_eq!(seen("fe80::1%eth0", 1), "10.0.0.1");
        assert_eq!(seen("garbage", 1), "10.0.0.1");
        assert_eq!(seen(&"1.1.1.1,".repeat(1_000), 1), "10.0.0.1");
    }

    #[test]
    fn an_odd_assertion_matches_no_practice() {
        assert_eq!(assertion("riverside"), TenantAssertion::Slug("riverside".into()));
        assert!(matches!(assertion("01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f"), TenantAssertion::Id(_)));
        for text in ["", "Riverside", "riverside, hillside", "riverside ", "a\u{1}", "rívërside"] {
            assert_eq!(assertion(text), TenantAssertion::Malformed, "{text}");
        }
    }
}
