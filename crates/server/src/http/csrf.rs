//! Whether a request comes from our own pages: asked where a cookie could speak for somebody, and at sign-in.

use super::code::Code;
use actix_web::HttpRequest;
use actix_web::http::header::{HeaderName, ORIGIN};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What browsers say about where a request comes from.
enum Site {
    /// One of our pages.
    Own,
    /// Another site, or another origin of ours.
    Other,
    /// Neither header: no browser of today.
    Unsaid,
}

fn site(request: &HttpRequest, own_origin: &str) -> Site {
    let said = |name| {
        request.headers().get_all(name).map(|value| value.to_str().unwrap_or("odd")).collect::<Vec<_>>()
    };
    let (fetch_site, origin): (Vec<_>, Vec<_>) = (said(&FETCH_SITE), said(&ORIGIN));
    match (fetch_site.as_slice(), origin.as_slice()) {
        ([], []) => Site::Unsaid,
        (["same-origin"], [] | ["null"]) => Site::Own,
        (["same-origin"] | [], [origin]) if *origin == own_origin => Site::Own,
        (["same-origin"], [origin]) if is_loopback(origin) && is_loopback(own_origin) => Site::Own,
        _ => Site::Other,
    }
}

/// `localhost` and its addresses are one machine: a developer may use either name, whatever the configured one.
fn is_loopback(origin: &str) -> bool {
    let host = origin.strip_prefix("http://").unwrap_or_default();
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|name| host.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
}

/// For refresh and logout by cookie: nothing but our own pages.
pub(crate) fn require_own_site(request: &HttpRequest, own_origin: &str) -> Result<(), Code> {
    match site(request, own_origin) {
        Site::Own => Ok(()),
        Site::Other | Site::Unsaid => Err(Code::CsrfFailed),
    }
}

/// For signing in: no other site. Apps that are no browser say nothing.
pub(crate) fn refuse_other_sites(request: &HttpRequest, own_origin: &str) -> Result<(), Code> {
    match site(request, own_origin) {
        Site::Own | Site::Unsaid => Ok(()),
        Site::Other => Err(Code::CsrfFailed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    const OWN: &str = "https://app.example";

    fn request(fetch_site: Option<&'static str>, origin: Option<&'static str>) -> HttpRequest {
        let mut request = TestRequest::default();
        if let Some(value) = fetch_site {
            request = request.insert_header((FETCH_SITE, value));
        }
        if let Some(value) = origin {
            request = request.insert_header((ORIGIN, value));
        }
        request.to_http_request()
    }

    #[test]
    fn a_cookie_speaks_for_somebody_only_from_our_own_pages() {
        for (fetch_site, origin) in
            [(Some("same-origin"), None), (Some("same-origin"), Some(OWN)), (None, Some(OWN))]
        {
            assert_eq!(require_own_site(&request(fetch_site, origin), OWN), Ok(()));
        }
        for (fetch_site, origin) in [
            (None, None),
            (Some("cross-site"), None),
            (Some("same-site"), Some(OWN)),
            (Some("none"), None),
            (None, Some("null")),
            (None, Some("https://app.example.evil.com")),
            (None, Some("http://app.example")),
            (None, Some("https://app.example:8443")),
            (Some("same-origin"), Some("https://evil.example")),
        ] {
            let forged = request(fetch_site, origin);
            assert_eq!(require_own_site(&forged, OWN), Err(Code::CsrfFailed), "{fetch_site:?} {origin:?}");
            let sign_in = refuse_other_sites(&forged, OWN);
            assert_eq!(sign_in.is_ok(), fetch_site.is_none() && origin.is_none());
        }
    }
}
