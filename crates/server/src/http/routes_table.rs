//! Which methods and parameters an address takes: to tell a wrong method from a wrong address, and a known parameter
//! from an unknown one.

use super::code::Code;
use super::error::ApiError;
use super::openapi::{self, Endpoint};
use actix_web::dev::ResourceDef;
use std::sync::LazyLock;

const LONGEST_NAME_SHOWN: usize = 64;

/// Sorted, so that a word stands before the `{id}` that it would be as well.
static TABLE: LazyLock<Vec<(ResourceDef, Endpoint)>> = LazyLock::new(|| {
    let endpoints = openapi::endpoints().into_iter();
    endpoints.map(|endpoint| (ResourceDef::new(endpoint.path.as_str()), endpoint)).collect()
});

fn at(path: &str) -> impl Iterator<Item = &'static Endpoint> {
    TABLE.iter().filter(move |(pattern, _)| pattern.is_match(path)).map(|(_, endpoint)| endpoint)
}

/// Why no endpoint took the request.
pub(crate) fn refusal(path: &str) -> ApiError {
    let mut methods: Vec<String> = at(path).map(|endpoint| endpoint.method.clone()).collect();
    methods.dedup();
    if methods.is_empty() { Code::NotFound.into() } else { ApiError::Method(methods) }
}

/// A name in the query that the endpoint does not have; nothing where there is no endpoint that needs a token or needs
/// none, as asked.
pub(crate) fn unknown_parameter(method: &str, path: &str, query: &str, needs_token: bool) -> Option<String> {
    let mut names = form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name).peekable();
    names.peek()?;
    let endpoint = at(path).find(|endpoint| endpoint.method == method)?;
    if endpoint.needs_token != needs_token {
        return None;
    }
    let unknown = names.find(|name| !endpoint.parameters.iter().any(|known| known == name))?;
    Some(unknown.chars().take(LONGEST_NAME_SHOWN).collect())
}
