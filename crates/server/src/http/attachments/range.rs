//! Which part of a file a request asks for.

use crate::http::error::{ApiError, ApiResult};
use actix_web::HttpRequest;
use actix_web::http::header::{IF_RANGE, RANGE};
use std::ops::Range;

/// The part that is asked for; `None` for all of it. Another unit than bytes is no part; neither is one under a
/// condition, since files have no validators.
pub(super) fn asked(request: &HttpRequest, size: u64) -> ApiResult<Option<Range<u64>>> {
    let mut given = request.headers().get_all(RANGE);
    let (first, second) = (given.next(), given.next());
    let (Some(value), false) = (first, request.headers().contains_key(IF_RANGE)) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default();
    let Some(("bytes", set)) = text.split_once('=') else {
        return if text.starts_with("bytes") { Err(ApiError::Range(size)) } else { Ok(None) };
    };
    match (second, part(set.trim(), size)) {
        (None, Some(part)) => Ok(Some(part)),
        _ => Err(ApiError::Range(size)),
    }
}

/// One part that has at least one byte.
fn part(set: &str, size: u64) -> Option<Range<u64>> {
    let (first, last) = set.split_once('-')?;
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    let part = match (first, last) {
        ("", suffix) => size.saturating_sub(number(suffix)?)..size,
        (from, "") => number(from)?..size,
        (from, to) => {
            let (from, to): (u64, u64) = (number(from)?, number(to)?);
            if to < from {
                return None;
            }
            from..size.min(to.saturating_add(1))
        }
    };
    (part.start < part.end).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn read(value: &'static str) -> Result<Option<Range<u64>>, u64> {
        let request = TestRequest::default().insert_header((RANGE, value)).to_http_request();
        asked(&request, 100).map_err(|error| match error {
            ApiError::Range(size) => size,
            other => panic!("{other}"),
        })
    }

    #[test]
    fn f20_one_part_is_given_and_nonsense_refused() {
        for (value, part) in [
            ("bytes=0-9", 0..10),
            ("bytes=90-", 90..100),
            ("bytes=-10", 90..100),
            ("bytes=-1000", 0..100),
            ("bytes=99-99", 99..100),
            ("bytes=0-99999999999999999999", 0..0),
            ("bytes=50-500", 50..100),
        ] {
            let expected = if part.is_empty() { Err(100) } else { Ok(Some(part)) };
            assert_eq!(read(value), expected, "{value}");
        }
        for value in [
            "bytes=100-",
            "bytes=9-1",
            "bytes=-0",
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "bytes=0-,0-,0-",
            "bytes=+1-2",
            "bytes",
        ] {
            assert_eq!(read(value), Err(100), "{value}");
        }
        assert_eq!(read("lines=1-2"), Ok(None));
    }

    #[test]
    fn a_condition_that_cannot_be_checked_asks_for_everything() {
        let request =
            TestRequest::default().insert_header((RANGE, "bytes=0-9")).insert_header((IF_RANGE, "\"x\""));
        assert_eq!(asked(&request.to_http_request(), 100).unwrap(), None);
        let twice =
            TestRequest::default().append_header((RANGE, "bytes=0-9")).append_header((RANGE, "bytes=0-9"));
        assert!(asked(&twice.to_http_request(), 100).is_err());
    }
}
