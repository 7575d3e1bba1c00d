//! Which methods an address takes, to tell a wrong method from a wrong address.

use super::code::Code;
use super::error::ApiError;
use super::openapi;
use actix_web::dev::ResourceDef;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static TABLE: LazyLock<Vec<(ResourceDef, Vec<String>)>> = LazyLock::new(|| {
    let mut methods: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for endpoint in openapi::endpoints() {
        methods.entry(endpoint.path).or_default().push(endpoint.method);
    }
    methods.into_iter().map(|(path, methods)| (ResourceDef::new(path), methods)).collect()
});

/// Why no endpoint took the request.
pub(crate) fn refusal(path: &str) -> ApiError {
    let known = TABLE.iter().filter(|(pattern, _)| pattern.is_match(path));
    let methods: Vec<String> = known.flat_map(|(_, methods)| methods.clone()).collect();
    if methods.is_empty() { Code::NotFound.into() } else { ApiError::Method(methods) }
}
